//! A page's elements as text: a blank line between paragraphs, a mark before each entry of a
//! list, a line for each row of a table with tabs between its cells.

use scraper::{ElementRef, Html, Node};

/// Elements that are no text of an article.
const SKIPPED: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "head",
    "iframe",
    "button",
    "select",
    "form",
    "textarea",
    "input",
    "nav",
    "figcaption",
    "audio",
    "video",
    "object",
    "math",
    "dialog",
];
/// Elements that are paragraphs of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
    "caption",
];
/// Elements that only navigate, where the whole body is taken.
const FRAME: &[&str] = &["footer", "aside", "header", "menu"];
/// How many descendants of a cell are looked at to tell a table of data from one of layout.
const CELL_REACH: usize = 48;

/// The text of a fragment.
pub(super) fn fragment(html: &Html) -> String {
    render(html.root_element(), false)
}

/// The text of a whole page's body, without its frame.
pub(super) fn body(html: &Html) -> String {
    render(html.root_element(), true)
}

/// Walks the elements without recursion: pages nest deeper than a thread's stack may bear.
fn render(root: ElementRef<'_>, whole: bool) -> String {
    let mut out = Writer::default();
    let mut open = vec![(root, root.children())];
    while let Some((element, children)) = open.last_mut() {
        let Some(child) = children.next() else {
            out.element(*element, false);
            open.pop();
            continue;
        };
        match child.value() {
            Node::Text(text) => out.text(text),
            Node::Element(value) => {
                let name = value.name();
                let skipped = SKIPPED.contains(&name) || (whole && FRAME.contains(&name));
                if let Some(child) = ElementRef::wrap(child).filter(|_| !skipped) {
                    out.element(child, true);
                    open.push((child, child.children()));
                }
            }
            _ => {}
        }
    }
    out.text.trim().to_owned()
}

#[derive(Default)]
struct Writer {
    text: String,
    /// Blank lines (2), a line end (1) or nothing (0) that must stand before the next word.
    breaks: u8,
    blank: bool,
    /// The lists that are open.
    lists: usize,
    /// Whether a mark or a tab was written and no word since.
    begun: bool,
    verbatim: usize,
}

impl Writer {
    fn element(&mut self, node: ElementRef<'_>, opens: bool) {
        let name = node.value().name();
        match name {
            "br" if opens => self.line_break(),
            "li" => {
                self.need(1);
                if opens {
                    self.mark();
                }
            }
            "ul" | "ol" => {
                self.need(if self.lists > usize::from(!opens) { 1 } else { 2 });
                if opens { self.lists += 1 } else { self.lists = self.lists.saturating_sub(1) }
            }
            "tr" => self.need(1),
            "td" | "th" => self.cell(node, opens),
            "p" | "div" if is_in_cell(node) => self.blank = true,
            _ if BLOCKS.contains(&name) => {
                // A paragraph inside an entry of a list stays on the entry's line.
                let first = opens && self.begun;
                if !first {
                    self.need(if self.lists > 0 { 1 } else { 2 });
                }
                if name == "pre" {
                    if opens { self.verbatim += 1 } else { self.verbatim -= 1 }
                }
            }
            _ => {}
        }
    }

    /// A cell of data stands on its row's line, after a tab.
    fn cell(&mut self, node: ElementRef<'_>, opens: bool) {
        if !is_cell(node) {
            self.need(2);
        } else if opens && self.breaks == 0 && !self.text.is_empty() {
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.text.push('\t');
            self.blank = false;
        }
    }

    fn need(&mut self, breaks: u8) {
        self.breaks = self.breaks.max(breaks);
        self.blank = false;
    }

    fn line_break(&mut self) {
        self.breaks = (self.breaks + 1).min(2);
        self.blank = false;
    }

    /// Writes the breaks that are due.
    fn settle(&mut self) {
        if self.breaks > 0 && !self.text.is_empty() && !self.begun {
            self.text.truncate(self.text.trim_end().len());
            self.text.push_str(if self.breaks > 1 { "\n\n" } else { "\n" });
            if self.lists > 0 {
                self.text.push_str(&"  ".repeat(self.lists.min(8)));
            }
        } else if self.blank && !self.begun && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.breaks = 0;
        self.blank = false;
    }

    fn mark(&mut self) {
        if self.begun {
            return;
        }
        self.settle();
        let indent = self.text.trim_end_matches(' ').len();
        self.text.truncate(indent);
        self.text.push_str(&"  ".repeat(self.lists.saturating_sub(1).min(8)));
        self.text.push_str("• ");
        self.begun = true;
    }

    fn text(&mut self, text: &str) {
        if self.verbatim > 0 {
            self.settle();
            self.text.push_str(text);
            self.begun = false;
            return;
        }
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            if !word.is_empty() {
                self.settle();
                self.text.extend(
                    word.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')),
                );
                self.begun = false;
            }
            self.blank |= word.len() < piece.len();
        }
    }
}

/// Whether a cell holds no further blocks, as those of data do.
fn is_cell(cell: ElementRef<'_>) -> bool {
    let mut paragraphs = 0;
    cell.descendent_elements().skip(1).take(CELL_REACH).all(|inner| {
        let name = inner.value().name();
        paragraphs += usize::from(matches!(name, "p" | "div"));
        paragraphs <= 1 && (!BLOCKS.contains(&name) || matches!(name, "p" | "div"))
    })
}

fn is_in_cell(element: ElementRef<'_>) -> bool {
    element
        .parent()
        .and_then(ElementRef::wrap)
        .is_some_and(|parent| matches!(parent.value().name(), "td" | "th") && is_cell(parent))
}

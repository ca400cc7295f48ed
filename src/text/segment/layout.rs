//! Whether a text's lines are paragraphs or are wrapped at a width.
//! A wrapper puts a word on the next line only where it does not fit; that is what is looked for.

use super::lines::{Line, Shape};
use super::marks;

/// The widest line that a wrapper makes; longer ones are paragraphs.
const WIDEST: usize = 132;
/// Columns by which a wrapper may stop short, for blanks that were trimmed.
const SLACK: usize = 3;

/// How a text's lines make paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Each line is a paragraph.
    Lines,
    /// Lines are wrapped at `width` columns; `strict` where nearly all are filled.
    Wrapped { width: usize, strict: bool },
}

/// Tells the layout from the lines that have a line directly below.
pub(super) fn detect(text: &str, lines: &[Line]) -> Layout {
    let pairs: Vec<(&Line, &Line)> = lines
        .windows(2)
        .filter(|pair| pair[0].is_text() && pair[1].is_text())
        .filter(|pair| marks::mark(pair[1].span.of(text)).is_none())
        // An address cannot be wrapped and says nothing of the width.
        .filter(|pair| pair.iter().all(|line| !holds_address(line.span.of(text))))
        .map(|pair| (&pair[0], &pair[1]))
        .collect();
    let wide = pairs.iter().filter(|(line, _)| line.columns > WIDEST).count();
    // Lines that end where a sentence ends are paragraphs.
    let stopped = pairs.iter().filter(|(line, next)| is_stopped(text, line, next)).count();
    if pairs.len() < 2 || wide * 10 > pairs.len() || stopped * 2 > pairs.len() {
        return Layout::Lines;
    }
    let mut widths: Vec<usize> =
        pairs.iter().map(|(line, _)| line.columns).filter(|columns| *columns <= WIDEST).collect();
    widths.sort_unstable();
    // A few lines are longer than the rest for a word that cannot be cut.
    let Some(&width) = widths.get((widths.len() - 1) * 98 / 100) else { return Layout::Lines };
    let filled = pairs.iter().filter(|(line, next)| is_filled(line, next, width)).count();
    let running = pairs.iter().filter(|(_, next)| starts_lower(text, next)).count();
    let few = pairs.len() < 4;
    let wrapped = if few {
        filled == pairs.len() || running == pairs.len()
    } else {
        filled * 10 >= pairs.len() * 6 || running * 3 >= pairs.len()
    };
    if width >= 40 && wrapped {
        Layout::Wrapped { width, strict: filled * 10 >= pairs.len() * 8 }
    } else {
        Layout::Lines
    }
}

impl Layout {
    /// Whether `next`, directly below `line`, opens with a capital although its first word would have
    /// fitted.
    pub(super) fn begins(self, text: &str, line: &Line, next: &Line) -> bool {
        let filled = match self {
            Self::Lines => false,
            Self::Wrapped { width, .. } => is_filled(line, next, width),
        };
        !filled && !starts_lower(text, next)
    }

    /// Whether `next`, directly below `line`, goes on with its paragraph.
    pub(super) fn joins(self, text: &str, line: &Line, next: &Line) -> bool {
        if line.shape != Shape::Text || next.shape != Shape::Text {
            return false;
        }
        let content = line.span.of(text);
        let open = !content.ends_with(['.', '!', '?', ':', ';', '”', '"', ')', '…', '»']);
        match self {
            Self::Lines => open && line.columns > 40 && starts_lower(text, next),
            Self::Wrapped { width, strict } => {
                is_filled(line, next, width)
                    || (starts_lower(text, next) && !content.ends_with(':'))
                    || (!strict && open && line.columns * 10 >= width * 6)
            }
        }
    }
}

/// Few lines have a colon: the others are not searched.
fn holds_address(line: &str) -> bool {
    line.contains(':') && line.contains("://")
}

/// Whether the next line's first word would not have fitted.
fn is_filled(line: &Line, next: &Line, width: usize) -> bool {
    line.columns + 1 + next.first_word + SLACK > width
}

fn is_stopped(text: &str, line: &Line, next: &Line) -> bool {
    let content = line.span.of(text).trim_end_matches(['”', '"', '\'', ')', '»', '*']);
    content.ends_with(['.', '!', '?', '…', ':']) && !starts_lower(text, next)
}

fn starts_lower(text: &str, line: &Line) -> bool {
    let content = line.span.of(text).trim_start_matches(|c: char| !c.is_alphanumeric());
    content.starts_with(char::is_lowercase)
}

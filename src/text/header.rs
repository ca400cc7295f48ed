//! The lines before an article's text: title, date, address, publisher, labelled or bare.

use super::dateline::{date_line, dateline, place_line};
use super::published::{Candidates, is_publication_line};
use super::words::{HeaderLabel, words};
use super::{boundary, language};
use crate::model::{CivilDate, Span};

/// The longest line that may be a header line or a title, in bytes.
const LINE_LIMIT: usize = 400;
/// The line that opens and closes a block of header lines.
const FENCE: &str = "---";

/// What a document's first lines tell of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) title: Option<String>,
    pub(super) title_span: Option<Span>,
    pub(super) published: Option<CivilDate>,
    pub(super) url: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    pub(super) body_start: usize,
}

#[derive(Default)]
struct Reader {
    header: Header,
    dates: Candidates,
    /// Whether the title's quotes are still open: it goes on in the next line.
    title_open: bool,
}

/// Reads the header lines of a text; `url` is what is known of its address.
pub(super) fn read(text: &str, url: Option<&str>) -> Header {
    let mut reader = Reader::default();
    reader.header.body_start = reader.read_lines(text);
    let lines = Lines { text, at: 0 }.map(|line| line.of(text));
    reader.dates.add_lines(lines.filter(|line| *line != FENCE && labelled(line).is_none()));
    if let Some(url) = url.or(reader.header.url.as_deref()) {
        reader.dates.add_address(url);
    }
    reader.header.published = reader.dates.choose();
    reader.header.title = reader.header.title_span.map(|span| tidy_title(span.of(text)));
    reader.header
}

impl Reader {
    /// Takes the lines that are header lines and returns where the text begins.
    fn read_lines(&mut self, text: &str) -> usize {
        let mut at = 0;
        let mut first = true;
        let mut fenced = false;
        for line in (Lines { text, at: 0 }) {
            let content = line.of(text);
            if content.is_empty() {
                continue;
            }
            if content == FENCE && first {
                fenced = is_fenced(text, line);
                if !fenced {
                    break;
                }
            } else if content == FENCE && fenced {
                return line.end;
            } else if let Some(end) = first.then(|| self.inline_date(line, text)).flatten() {
                return end;
            } else if self.take(content, line, fenced) || self.take_title(text, line) {
                at = line.end;
            } else {
                break;
            }
            first = false;
        }
        at
    }

    /// Takes a labelled line, a line of publication or a line of a date alone.
    fn take(&mut self, content: &str, line: Span, fenced: bool) -> bool {
        if fenced && self.title_open {
            self.go_on_with_title(content, line);
            return true;
        }
        if content.len() > LINE_LIMIT {
            return fenced;
        }
        if let Some((label, value)) = labelled(content) {
            self.take_label(label, value, line);
            return true;
        }
        fenced || is_publication_line(content) || date_line(content).is_some()
    }

    fn take_label(&mut self, label: HeaderLabel, value: &str, line: Span) {
        let unquoted = value.trim_matches(['"', '\'']).trim();
        if unquoted.is_empty() {
            return;
        }
        match label {
            HeaderLabel::Title if self.header.title_span.is_none() => {
                let inner = value.find(unquoted).unwrap_or(0);
                let start = line.end - value.len() + inner;
                self.header.title_span = Some(Span::new(start, start + unquoted.len()));
                self.title_open = inner == 1 && value.len() == 1 + unquoted.len();
            }
            HeaderLabel::Date => self.dates.add_header(unquoted),
            HeaderLabel::Url if self.header.url.is_none() => {
                self.header.url = Some(unquoted.to_owned());
            }
            HeaderLabel::Publisher if self.header.publisher.is_none() => {
                self.header.publisher = Some(unquoted.to_owned());
            }
            HeaderLabel::Language => self.header.language = language::from_tag(unquoted),
            _ => {}
        }
    }

    /// A quoted title may run over several lines of a fenced block.
    fn go_on_with_title(&mut self, content: &str, line: Span) {
        let inner = content.trim_end_matches(['"', '\'']);
        self.title_open = inner.len() == content.len();
        if let Some(span) = &mut self.header.title_span {
            span.end = line.start + inner.len();
        }
    }

    /// ` date 2022-11-11 The text goes on`: takes the date and returns where the text goes on.
    fn inline_date(&mut self, line: Span, text: &str) -> Option<usize> {
        let content = line.of(text);
        let (word, rest) = content.split_once(' ')?;
        if words().headers.get(&word.to_lowercase()) != Some(&HeaderLabel::Date) {
            return None;
        }
        let (date, span) = super::parse_date(&rest[..boundary(rest, 24)])?;
        if span.start > 2 || !date.is_day() {
            return None;
        }
        self.dates.add_header(span.of(rest));
        let start = line.end - rest.len() + span.end;
        Some(start + (text[start..].len() - text[start..].trim_start().len()))
    }

    /// Takes a bare first line that looks like a headline and stands apart from the text.
    fn take_title(&mut self, text: &str, line: Span) -> bool {
        let content = line.of(text);
        let taken = self.header.title_span.is_some();
        if taken || !is_headline(content) || !is_followed_by_gap(text, line) {
            return false;
        }
        let inner = content.trim_matches(['#', '*', '_', ' ']);
        let start = line.start + content.find(inner).unwrap_or(0);
        self.header.title_span = Some(Span::new(start, start + inner.len()));
        true
    }
}

/// The label and value of a `LABEL: value` line, and of lines that are a label alone.
fn labelled(line: &str) -> Option<(HeaderLabel, &str)> {
    let (label, value) = line.split_once(':').unwrap_or((line, ""));
    if label.len() > 40 {
        return None;
    }
    let label = label.trim_matches(['*', ' ', '_']).to_lowercase();
    let kind = *words().headers.get(&label)?;
    (line.contains(':') || kind == HeaderLabel::Other)
        .then_some((kind, value.trim_start_matches('*').trim()))
}

/// Whether a line by its shape is a headline: short, without the stop of a sentence.
fn is_headline(line: &str) -> bool {
    if line.len() > LINE_LIMIT / 2 {
        return false;
    }
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let count = line.split_whitespace().count();
    count >= 3
        && letters * 2 > line.chars().count()
        && !line.ends_with(['.', ';', ':', ','])
        && dateline(line).is_none_or(|dateline| dateline.date.is_none())
        && place_line(line).is_none()
        && !line.starts_with(['-', '–', '—', '•', '('])
}

/// Whether a blank line or a header line follows, and something after it.
fn is_followed_by_gap(text: &str, line: Span) -> bool {
    let mut lines = Lines { text, at: line.end }.skip(1);
    let next = lines.next().map(|next| next.of(text));
    let apart = next.is_some_and(|next| {
        next.is_empty()
            || labelled(next).is_some()
            || is_publication_line(next)
            || date_line(next).is_some()
    });
    apart && lines.any(|line| !line.is_empty())
}

/// Whether a fence is closed again within the lines that a header may have.
fn is_fenced(text: &str, line: Span) -> bool {
    let lines = Lines { text, at: line.end }.skip(1).take(60);
    lines.map(|line| line.of(text)).any(|line| line == FENCE)
}

/// A title with single blanks, without escapes: `\u2019`, `\_`, and `\` at a line's end.
pub(super) fn tidy_title(title: &str) -> String {
    let mut plain = String::with_capacity(title.len());
    let mut rest = title;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let hex = after.strip_prefix('u').and_then(|hex| hex.get(..4));
        let named = hex.and_then(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?));
        rest = match named {
            Some(c) => {
                plain.push(c);
                &after[5..]
            }
            // An escaped line end joins its lines.
            None if after.starts_with(['\n', '\r']) => after.trim_start(),
            None if after.starts_with('_') => {
                plain.push(' ');
                &after[1..]
            }
            None => after,
        };
    }
    plain.push_str(rest);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The spans of a text's lines, without blanks at their ends.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').unwrap_or(rest.len());
        let line = &rest[..length];
        let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
        let lead = line.len() - line.trim_start_matches(blank).len();
        let content = line.trim_matches(blank);
        let start = self.at + lead;
        self.at += (length + 1).min(rest.len());
        Some(Span::new(start, start + content.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labelled_lines_tell_title_date_and_address() {
        let text = "\u{feff}TITLE: Biden\\u2019s  aid\r\nDATE: 2021-06-18\r\nURL: https://e.org/a\r\n\r\nText.";
        let header = read(text, None);
        assert_eq!(header.title.as_deref(), Some("Biden’s aid"));
        assert_eq!(header.title_span.unwrap().of(text), "Biden\\u2019s  aid");
        assert_eq!(header.published.unwrap().to_string(), "2021-06-18");
        assert_eq!(header.url.as_deref(), Some("https://e.org/a"));
        assert_eq!(text[header.body_start..].trim(), "Text.");
    }

    #[test]
    fn a_date_may_stand_in_front_of_the_text() {
        let text = " date 2022-11-11 Ukraine's troops entered the city on Friday.";
        let header = read(text, None);
        assert_eq!(header.published.unwrap().to_string(), "2022-11-11");
        assert!(text[header.body_start..].starts_with("Ukraine's"));
    }

    #[test]
    fn a_fenced_block_is_read_with_a_title_over_two_lines() {
        let text = "---\ndate: '2023-08-08'\nmodified_time: 2023-08-09 01:00\n\
                    source_url: https://e.org/x\ntags: a\ntitle: \"FACT SHEET:\\_The Aid to\\\n  \\ \
                    Kyiv\"\n---\n \nThe text.";
        let header = read(text, None);
        assert_eq!(header.title.as_deref(), Some("FACT SHEET: The Aid to Kyiv"));
        assert_eq!(header.published.unwrap().to_string(), "2023-08-08");
        assert_eq!(text[header.body_start..].trim(), "The text.");
    }

    #[test]
    fn a_bare_headline_is_the_title_and_a_first_sentence_is_not() {
        let header = read("Oslo gives four launchers\n\nOslo gives them to Kyiv, it said.", None);
        assert_eq!(header.title.as_deref(), Some("Oslo gives four launchers"));
        assert_eq!(read("Oslo gives them to Kyiv.\n\nIt said so.", None).title, None);
        assert_eq!(read("New Delhi, May 2\n\nIndia gives ships.", None).title, None);
        assert_eq!(read("Oslo gives four launchers", None).title, None);
    }

    #[test]
    fn header_lines_without_labels_stand_before_the_text() {
        let text = "Oslo gives launchers\nPublished: 10 November 2022\n\nOslo gives them.";
        let header = read(text, None);
        assert_eq!(header.published.unwrap().to_string(), "2022-11-10");
        assert_eq!(text[header.body_start..].trim(), "Oslo gives them.");
    }
}

//! The lines before an article's text: title, date, address, publisher, labelled or bare.

use super::date::{WrittenDate, parse_date, written_dates};
use super::dateline::{date_line, dateline, place_line};
use super::words::{HeaderLabel, words};
use super::{boundary, language};
use crate::model::{CivilDate, Span};

/// How many lines with text are searched for a date of publication.
const LEADING_LINES: usize = 15;
/// The longest line that may be a header line or a title, in bytes.
const LINE_LIMIT: usize = 400;

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

/// Where a date of publication was found; the first has precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Header,
    Published,
    Updated,
    Dateline,
    Address,
    Page,
}

#[derive(Default)]
struct Reader {
    header: Header,
    dates: Vec<(Rank, WrittenDate)>,
}

/// Reads the header lines of a text.
pub(super) fn read(text: &str) -> Header {
    let mut reader = Reader::default();
    reader.header.body_start = reader.read_lines(text);
    reader.read_dates(text);
    if let Some(url) = &reader.header.url
        && let Some(date) = address_date(url)
    {
        reader.dates.push((Rank::Address, date));
    }
    reader.header.published = choose(&mut reader.dates);
    reader.header
}

/// The date that the first lines of an article's text tell, for documents whose own data has none.
pub(super) fn leading_date(text: &str, url: Option<&str>) -> Option<CivilDate> {
    let mut reader = Reader::default();
    reader.read_dates(text);
    reader.dates.extend(url.and_then(address_date).map(|date| (Rank::Address, date)));
    choose(&mut reader.dates)
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
            if content == "---" && (first || fenced) {
                fenced = first;
                at = line.end;
            } else if let Some(end) = first.then(|| self.inline_date(line, text)).flatten() {
                return end;
            } else if self.take(content, line, fenced)
                || (self.header.title.is_none() && self.take_title(text, line))
            {
                at = line.end;
            } else if !fenced {
                break;
            }
            first = false;
        }
        at
    }

    /// Takes a labelled line, a line of publication or a line of a date alone.
    fn take(&mut self, content: &str, line: Span, fenced: bool) -> bool {
        if content.len() > LINE_LIMIT {
            return false;
        }
        if let Some((label, value)) = labelled(content) {
            self.take_label(label, value, line);
            return true;
        }
        fenced || publication(content).is_some() || date_line(content).is_some()
    }

    fn take_label(&mut self, label: HeaderLabel, value: &str, line: Span) {
        let unquoted = value.trim_matches(['"', '\'']).trim();
        if unquoted.is_empty() {
            return;
        }
        match label {
            HeaderLabel::Title if self.header.title.is_none() => {
                let inner = value.find(unquoted).unwrap_or(0);
                let start = line.end - value.len() + inner;
                self.header.title = Some(tidy_title(unquoted));
                self.header.title_span = Some(Span::new(start, start + unquoted.len()));
            }
            HeaderLabel::Date => {
                let date = written_dates(unquoted).next();
                self.dates.extend(date.map(|date| (Rank::Header, date)));
            }
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

    /// ` date 2022-11-11 The text goes on`: takes the date and returns where the text goes on.
    fn inline_date(&mut self, line: Span, text: &str) -> Option<usize> {
        let content = line.of(text);
        let (word, rest) = content.split_once(' ')?;
        if words().headers.get(&word.to_lowercase()) != Some(&HeaderLabel::Date) {
            return None;
        }
        let head = &rest[..boundary(rest, 24)];
        let date = written_dates(head).next().filter(|date| date.span.start <= 2)?;
        date.civil()?;
        self.dates.push((Rank::Header, date));
        let start = line.end - rest.len() + date.span.end;
        Some(start + (text[start..].len() - text[start..].trim_start().len()))
    }

    /// Takes a bare first line that looks like a headline and stands apart from the text.
    fn take_title(&mut self, text: &str, line: Span) -> bool {
        let content = line.of(text);
        if !is_headline(content) || !is_followed_by_gap(text, line) {
            return false;
        }
        let inner = content.trim_matches(['#', '*', '_', ' ']);
        let start = line.start + content.find(inner).unwrap_or(0);
        self.header.title = Some(tidy_title(inner));
        self.header.title_span = Some(Span::new(start, start + inner.len()));
        true
    }

    /// Collects the dates of the first lines, whether header lines or not.
    fn read_dates(&mut self, text: &str) {
        let lines = Lines { text, at: 0 }.map(|line| line.of(text)).filter(|line| !line.is_empty());
        for line in lines.take(LEADING_LINES) {
            let head = &line[..boundary(line, LINE_LIMIT)];
            if labelled(head).is_some() {
                continue;
            }
            if let Some(found) = (head.len() == line.len()).then(|| publication(line)).flatten() {
                self.dates.push(found);
            } else if let Some(date) = date_line(head) {
                self.dates.push((Rank::Page, date));
            } else if let Some(date) = place_line(head) {
                self.dates.push((Rank::Dateline, date));
            } else if let Some(date) = dateline(head).and_then(|dateline| dateline.date) {
                self.dates.push((Rank::Dateline, date));
            }
        }
    }
}

/// The label and value of a `LABEL: value` line, and of lines that are a label alone.
fn labelled(line: &str) -> Option<(HeaderLabel, &str)> {
    let (label, value) = line.split_once(':').unwrap_or((line, ""));
    let label = label.trim_matches(['*', ' ', '_']).to_lowercase();
    if label.len() > 40 {
        return None;
    }
    let kind = *words().headers.get(&label)?;
    (line.contains(':') || kind == HeaderLabel::Other)
        .then_some((kind, value.trim_start_matches('*').trim()))
}

/// The date of a line such as `By A. Writer | Published: 10 November 2022`.
pub(super) fn is_publication_line(line: &str) -> bool {
    line.len() <= LINE_LIMIT && publication(line).is_some()
}

fn publication(line: &str) -> Option<(Rank, WrittenDate)> {
    line.split(['|', '•', '·']).find_map(|part| {
        let part = part.trim();
        let ranks = [(Rank::Published, &words().published), (Rank::Updated, &words().updated)];
        ranks.into_iter().find_map(|(rank, forms)| {
            let rest = forms.iter().find_map(|form| strip_form(part, form))?;
            let date = written_dates(&rest[..boundary(rest, 48)]).next()?;
            (date.day.is_some() && date.span.start <= 24).then_some((rank, date))
        })
    })
}

/// What follows `form` at the beginning of `text`, in any case of letters.
pub(super) fn strip_form<'t>(text: &'t str, form: &str) -> Option<&'t str> {
    let head = text.get(..form.len()).filter(|head| head.to_lowercase() == form)?;
    let rest = &text[head.len()..];
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// A date in the path of a web address: `/2022/11/10/` or `2022-11-10`.
fn address_date(url: &str) -> Option<WrittenDate> {
    let path = url.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    let joined = parts.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits =
            year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        (fits && parts.iter().all(|part| digits(part)))
            .then(|| format!("{year}-{month:0>2}-{day:0>2}"))
    });
    let dated =
        |text: &str| written_dates(text).find(|date| date.year.is_some() && date.day.is_some());
    match joined {
        Some(joined) => dated(&joined),
        None => dated(path),
    }
}

/// The date of the best rank; where it has no year, the latest year that another date allows.
fn choose(dates: &mut [(Rank, WrittenDate)]) -> Option<CivilDate> {
    dates.sort_by_key(|(rank, _)| *rank);
    let certain = dates.iter().find_map(|(rank, date)| Some((*rank, date.civil()?)));
    let (rank, anchor) = certain?;
    let undated = dates.iter().find(|(other, date)| *other < rank && date.year.is_none());
    let resolved = undated.and_then(|(_, date)| {
        let year = anchor.year_number();
        date.in_year(year).filter(|date| *date <= anchor).or_else(|| date.in_year(year - 1))
    });
    Some(resolved.unwrap_or(anchor))
}

/// Whether a line by its shape is a headline: short, without the stop of a sentence.
fn is_headline(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let count = line.split_whitespace().count();
    line.len() <= LINE_LIMIT / 2
        && count >= 3
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

/// A title with its blanks made single and `\u2019` escapes read.
pub(super) fn tidy_title(title: &str) -> String {
    let mut tidy = title.split_whitespace().collect::<Vec<_>>().join(" ");
    while let Some(at) = tidy.find("\\u") {
        let code = tidy.get(at + 2..at + 6).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let Some(c) = code.and_then(char::from_u32) else { break };
        tidy.replace_range(at..at + 6, c.encode_utf8(&mut [0; 4]));
    }
    tidy
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
        let content = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let start = self.at + (content.as_ptr() as usize - line.as_ptr() as usize);
        self.at += (length + 1).min(rest.len());
        Some(Span::new(start, start + content.len()))
    }
}

/// The first date with a year in a machine-readable value.
pub(super) fn stated_date(value: &str) -> Option<CivilDate> {
    parse_date(value).map(|(date, _)| date)
}

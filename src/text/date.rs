//! Dates that stand in text, in the shapes of header lines, datelines and pages.
//! Knows nothing of weekdays that count from an article's date: mentions do.

use super::words::{DocumentWords, words};
use crate::model::{CivilDate, Span};

/// A date as it stands in a text, perhaps without a year or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenDate {
    pub(super) year: Option<i32>,
    pub(super) month: u32,
    pub(super) day: Option<u32>,
    pub(super) span: Span,
}

impl WrittenDate {
    /// The date, where the year is written.
    pub(super) fn civil(self) -> Option<CivilDate> {
        self.in_year(self.year?)
    }

    /// The date, taken to lie in `year`.
    pub(super) fn in_year(self, year: i32) -> Option<CivilDate> {
        match self.day {
            Some(day) => CivilDate::day(year, self.month, day),
            None => CivilDate::month(year, self.month),
        }
    }
}

/// The first date with a year that stands in `text`.
pub fn parse_date(text: &str) -> Option<(CivilDate, Span)> {
    written_dates(text).find_map(|date| Some((date.civil()?, date.span)))
}

/// All dates with a year that stand in `text`, in order: `2022-11-10`, `10.11.2022`,
/// `Nov. 10, 2022`, `10th of November 2022`, `November 2022`; both orders of `/` where the
/// numbers leave no doubt.
pub fn find_dates(text: &str) -> Vec<(CivilDate, Span)> {
    written_dates(text).filter_map(|date| Some((date.civil()?, date.span))).collect()
}

/// All dates that stand in `text`, also those without a year.
pub(super) fn written_dates(text: &str) -> impl Iterator<Item = WrittenDate> + '_ {
    let mut tokens = Tokens { text, at: 0 };
    let mut window: Vec<Token> = Vec::with_capacity(6);
    std::iter::from_fn(move || {
        loop {
            while window.len() < 6 {
                match tokens.next() {
                    Some(token) => window.push(token),
                    None => break,
                }
            }
            if window.is_empty() {
                return None;
            }
            match date_at(words(), text, &window) {
                Some((date, used)) => {
                    window.drain(..used);
                    if date.is_some() {
                        return date;
                    }
                }
                None => drop(window.remove(0)),
            }
        }
    })
}

#[derive(Debug, Clone, Copy)]
struct Token<'t> {
    text: &'t str,
    span: Span,
    number: Option<u32>,
}

/// Words and numbers of a text; a number ends where a letter begins.
struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let rest = &self.text[self.at..];
        let skip = rest.find(char::is_alphanumeric)?;
        let start = self.at + skip;
        let rest = &self.text[start..];
        let digits = rest.as_bytes()[0].is_ascii_digit();
        let same = |c: char| if digits { c.is_ascii_digit() } else { c.is_alphabetic() };
        // A character that is neither, such as another script's digit, stands alone.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = rest.find(|c| !same(c)).unwrap_or(rest.len()).max(first);
        let span = Span::new(start, start + length);
        self.at = span.end;
        let text = span.of(self.text);
        let number = if digits && length <= 4 { text.parse().ok() } else { None };
        Some(Token { text, span, number })
    }
}

/// The date that begins with the window's first token, and how many tokens it takes; no date
/// where the calendar has no such day.
fn date_at(
    words: &DocumentWords,
    text: &str,
    window: &[Token],
) -> Option<(Option<WrittenDate>, usize)> {
    // A number that goes on from another (1,2 or 1.5) or from a word (MiG29) begins no date.
    let before = text[..window[0].span.start].chars().next_back();
    if window[0].number.is_some()
        && before.is_some_and(|c| c.is_alphanumeric() || "$€£".contains(c))
    {
        return None;
    }
    let found = numeric(text, window)
        .or_else(|| day_first(words, text, window))
        .or_else(|| month_first(words, text, window))?;
    let (year, month, day, used) = found;
    let span = window[0].span.join(window[used - 1].span);
    let date = WrittenDate { year, month, day, span };
    let exists = date.in_year(year.unwrap_or(2000)).is_some();
    Some((exists.then_some(date), used))
}

type Found = (Option<i32>, u32, Option<u32>, usize);

/// `2022-11-10`, `2022/11/10`, `10.11.2022`, `10/11/2022` where only one reading is a date.
fn numeric(text: &str, window: &[Token]) -> Option<Found> {
    let [first, second, third, ..] = window else { return None };
    let (x, y, z) = (first.number?, second.number?, third.number?);
    let separator = gap(text, first, second);
    if separator != gap(text, second, third) || !matches!(separator, "-" | "/" | "." | "–") {
        return None;
    }
    let goes_on = text[third.span.end..].starts_with(separator)
        && text[third.span.end + separator.len()..]
            .starts_with(|after: char| after.is_ascii_digit());
    if goes_on || first.text.len() + second.text.len() + third.text.len() < 6 {
        return None;
    }
    if let Some(year) = full_year(first) {
        return Some((Some(year), y, Some(z), 3));
    }
    let year = full_year(third)?;
    let american = separator != "." && y > 12;
    let certain = separator == "." || x > 12 || y > 12 || x == y;
    let (month, day) = if american { (x, y) } else { (y, x) };
    certain.then_some((Some(year), month, Some(day), 3))
}

/// `10 November 2022`, `10th of Nov., 2022`, `10-Nov-2022`, `10. November`.
fn day_first(words: &DocumentWords, text: &str, window: &[Token]) -> Option<Found> {
    let day = window[0].number.filter(|_| window[0].text.len() <= 2)?;
    let mut at = 1;
    let suffix = window.get(at)?;
    if suffix.span.start == window[0].span.end && words.ordinal_suffixes.contains(suffix.text) {
        at += 1;
    }
    if window.get(at).is_some_and(|token| words.date_joiners.contains(token.text)) {
        at += 1;
    }
    let month_token = window.get(at)?;
    let month = month(words, month_token)?;
    is_near(text, &window[at - 1], month_token).then_some(())?;
    let year = year_after(text, window, at);
    Some((year, month, Some(day), at + 1 + usize::from(year.is_some())))
}

/// `November 10, 2022`, `Nov. 10th`, `November 2022`.
fn month_first(words: &DocumentWords, text: &str, window: &[Token]) -> Option<Found> {
    let month = month(words, &window[0])?;
    let next = window.get(1).filter(|next| is_near(text, &window[0], next))?;
    if let Some(year) = full_year(next) {
        return Some((Some(year), month, None, 2));
    }
    let day = next.number.filter(|_| next.text.len() <= 2)?;
    let mut at = 1;
    if let Some(suffix) = window.get(2)
        && suffix.span.start == next.span.end
    {
        // `March 12mm` is no date, `March 12th` is one.
        words.ordinal_suffixes.contains(suffix.text).then_some(())?;
        at = 2;
    }
    let year = year_after(text, window, at);
    Some((year, month, Some(day), at + 1 + usize::from(year.is_some())))
}

/// The month that a capitalised word names.
fn month(words: &DocumentWords, token: &Token) -> Option<u32> {
    if token.text.len() > 24 || !token.text.starts_with(char::is_uppercase) {
        return None;
    }
    words.months.get(&token.text.to_lowercase()).copied()
}

fn year_after(text: &str, window: &[Token], at: usize) -> Option<i32> {
    let next = window.get(at + 1).filter(|next| is_near(text, &window[at], next))?;
    let year = full_year(next)?;
    // `Nov. 10, 2000 shells` is a day and a quantity only to a reader; take the year.
    Some(year)
}

fn full_year(token: &Token) -> Option<i32> {
    let year = token.number.filter(|year| token.text.len() == 4 && (1900..=2199).contains(year))?;
    Some(year.cast_signed())
}

fn gap<'t>(text: &'t str, left: &Token, right: &Token) -> &'t str {
    &text[left.span.end..right.span.start]
}

/// Whether two tokens are apart only by blanks and one comma, stop, hyphen or slash.
fn is_near(text: &str, left: &Token, right: &Token) -> bool {
    let gap = gap(text, left, right);
    let marks = gap.chars().filter(|c| !c.is_whitespace());
    gap.len() <= 6
        && marks.clone().all(|c| matches!(c, ',' | '.' | '-' | '/'))
        && marks.count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<String> {
        parse_date(text).map(|(date, _)| date.to_string())
    }

    #[test]
    fn dates_of_headers_and_datelines_are_read() {
        for (text, date) in [
            ("Published: 10 November 2022", "2022-11-10"),
            ("Published : 03 Apr 2024, 20:22", "2024-04-03"),
            ("Updated Mar 16, 2022 - World & Security", "2022-03-16"),
            ("Tuesday April 16, 2024", "2024-04-16"),
            ("10.11.2022 18:30", "2022-11-10"),
            ("2022-11-10T23:30:00-05:00", "2022-11-10"),
            ("posted 12/20/2022 by", "2022-12-20"),
            ("20/12/2022", "2022-12-20"),
            ("the 3rd of May, 2023", "2023-05-03"),
            ("Sept. 5th, 2023", "2023-09-05"),
            ("10-Nov-2022", "2022-11-10"),
            ("since November 2022", "2022-11"),
            ("'2025-02-11'", "2025-02-11"),
        ] {
            assert_eq!(first(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_with_a_year_is_not_read() {
        for text in [
            "03/04/2024",
            "31 February 2022",
            "25 June, 01:05 PM",
            "may 2022 soldiers",
            "from 1.5.2 to 3",
            "155 and 2022",
            "",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn the_span_covers_exactly_the_date() {
        let text = "KYIV, 5 May 2023 — and on Nov. 10, 2022, too";
        let quotes: Vec<_> = find_dates(text).iter().map(|(_, span)| span.of(text)).collect();
        assert_eq!(quotes, ["5 May 2023", "Nov. 10, 2022"]);
    }
}

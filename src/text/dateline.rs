//! Datelines (`KYIV, 5 May 2023 —`) and lines that hold only a date or a place and a date.
//! Judges by letters' case, punctuation and the names of months; knows no place.

use super::boundary;
use super::date::{WrittenDate, written_dates};
use super::words::words;

/// How far into a paragraph a dateline may reach, in bytes.
const REACH: usize = 120;

/// Marks that end a dateline.
const ENDS: &[&str] = &[" - ", " – ", " — ", " -- ", "—", "–", ":", ". -", ". –", ". —", "/. "];

/// A dateline at the beginning of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Bytes up to the end of the place, date and agency.
    pub(super) length: usize,
    /// Bytes up to the text that follows.
    pub(super) text_at: usize,
    pub(super) date: Option<WrittenDate>,
}

/// The dateline with which a paragraph begins.
pub(super) fn dateline(paragraph: &str) -> Option<Dateline> {
    let head = &paragraph[..boundary(paragraph, REACH)];
    let mut ends: Vec<(usize, &str)> =
        ENDS.iter().filter_map(|end| Some((head.find(end)?, *end))).collect();
    ends.sort_by_key(|(at, end)| (*at, std::cmp::Reverse(end.len())));
    ends.into_iter().take(3).find_map(|(at, end)| {
        let rest = &paragraph[at + end.len()..];
        let blanks = rest.len() - rest.trim_start().len();
        let next = rest.trim_start().chars().next()?;
        let begins = next.is_uppercase() || next.is_numeric() || "\"“‘'«$€£[(".contains(next);
        // A colon inside a time or an address ends nothing.
        if !begins || (end == ":" && blanks == 0) {
            return None;
        }
        let date = is_place_and_date(&head[..at])?;
        let length = at + usize::from(end.starts_with('.'));
        Some(Dateline { length, text_at: at + end.len() + blanks, date })
    })
}

/// The date of a line that holds nothing but a date, with a weekday, a time and a zone.
pub(super) fn date_line(line: &str) -> Option<WrittenDate> {
    if line.len() > REACH {
        return None;
    }
    let date = written_dates(line).next().filter(|date| date.day.is_some())?;
    other_words(line, date).all(is_clock_or_zone).then_some(date)
}

/// The date of a line that holds nothing but a place and a date (`New Delhi, May 2`).
pub(super) fn place_line(line: &str) -> Option<WrittenDate> {
    if line.len() > REACH || line.contains(':') || line.ends_with(['.', '!', '?', ';']) {
        return None;
    }
    let date = written_dates(line).next().filter(|date| date.day.is_some())?;
    let mut places = other_words(line, date).filter(|word| !is_clock_or_zone(word));
    let at_end = line[date.span.end..].chars().all(|c| !c.is_alphabetic());
    let short = places.clone().count() <= 4;
    (at_end && short && places.all(|word| word.starts_with(char::is_uppercase))).then_some(date)
}

/// Whether a line is only a time of day (`2:05 P.M. EDT`).
pub(super) fn is_time_line(line: &str) -> bool {
    let line = line.trim();
    line.len() <= 40
        && line.starts_with(|c: char| c.is_ascii_digit())
        && line.contains([':', '.'])
        && line.contains(char::is_alphabetic)
        && alphabetic(line).all(is_clock_or_zone)
}

/// For what stands before a dateline's dash: its date, or no date, or that it is no dateline.
#[allow(clippy::option_option)] // no dateline, one without a date, one with a date
fn is_place_and_date(prefix: &str) -> Option<Option<WrittenDate>> {
    let (outside, bracketed) = without_brackets(prefix);
    let date = written_dates(&outside).next();
    let kept = match date {
        Some(date) => {
            format!("{} {}", &outside[..date.span.start], &outside[date.span.end..])
        }
        None => outside.clone(),
    };
    let places: Vec<&str> = alphabetic(&kept).filter(|word| !is_clock_or_zone(word)).collect();
    let digits = kept.bytes().any(|byte| byte.is_ascii_digit());
    let capitals = places.iter().all(|word| word.starts_with(char::is_uppercase));
    let shouted = places
        .first()
        .is_some_and(|word| word.chars().count() >= 4 && word.chars().all(char::is_uppercase));
    let certain = date.is_some() || bracketed || shouted;
    let agency = bracketed && places.is_empty() && prefix.len() <= 24;
    let told = date.is_some() || agency || !places.is_empty();
    let fits = places.len() <= 6 && capitals && !digits && told;
    (fits && certain).then(|| date.filter(|date| date.day.is_some()))
}

/// A text without its `(...)` and `[...]`, blanks in their place, and whether it ended in one.
fn without_brackets(text: &str) -> (String, bool) {
    let mut depth = 0_u32;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    (kept, text.trim_end().ends_with([')', ']']))
}

fn other_words(line: &str, date: WrittenDate) -> impl Iterator<Item = &str> + Clone {
    alphabetic(&line[..date.span.start]).chain(alphabetic(&line[date.span.end..]))
}

fn alphabetic(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(|c: char| !(c.is_alphabetic() || c == '.' || c == '\''))
        .map(|word| word.trim_matches(['.', '\'']))
        .filter(|word| !word.is_empty())
}

/// A weekday, `p.m.`, `GMT`, or a word that joins the parts of a date.
fn is_clock_or_zone(word: &str) -> bool {
    let words = words();
    let lower = word.to_lowercase();
    let capitals = word.bytes().all(|byte| byte.is_ascii_uppercase());
    let zone = (3..=4).contains(&word.len()) && capitals && word.ends_with('T');
    zone || words.weekdays.contains_key(&lower)
        || words.clocks.contains(&lower)
        || words.date_joiners.contains(&lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Option<(&str, &str, Option<String>)> {
        let found = dateline(text)?;
        let year = found.date.and_then(WrittenDate::civil).map(|date| date.to_string());
        Some((&text[..found.length], &text[found.text_at..], year))
    }

    #[test]
    fn datelines_of_agencies_and_ministries_are_cut_off() {
        for (text, place, date) in [
            ("WASHINGTON, Nov. 10 (Reuters) - The US said", "WASHINGTON, Nov. 10 (Reuters)", None),
            ("KYIV, 5 May 2023 — Ukraine got", "KYIV, 5 May 2023", Some("2023-05-05")),
            ("BRUSSELS, Belgium – Under the", "BRUSSELS, Belgium", None),
            ("WASHINGTON: Taiwan is", "WASHINGTON", None),
            ("New Delhi [India], May 2 (ANI): India", "New Delhi [India], May 2 (ANI)", None),
            ("KYIV. April 5 (Agency) - Aid", "KYIV. April 5 (Agency)", None),
            ("KYIV, March 21. /AGENCY/. Aid", "KYIV, March 21. /AGENCY", None),
            ("KYIV (AP) — Ukraine got", "KYIV (AP)", None),
            ("(Agency) - Germany gives", "(Agency)", None),
            ("WASHINGTON, D.C. - The aid", "WASHINGTON, D.C.", None),
            ("Oslo, 14 December 2023—Norway", "Oslo, 14 December 2023", Some("2023-12-14")),
        ] {
            let (found, _, year) = split(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found, year.as_deref()), (place, date), "{text}");
        }
    }

    #[test]
    fn a_sentence_with_a_dash_or_a_colon_has_no_dateline() {
        for text in [
            "Germany – the second largest donor – gives",
            "Slovak premier: 13 MiG-29s are going to Kiev",
            "The package includes: Stingers",
            "NATO – which met on Friday – decided",
            "At 10:30 The ministry said",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    #[test]
    fn lines_of_a_date_a_time_or_a_place_are_told_apart() {
        assert!(date_line("Tuesday April 16, 2024").is_some());
        assert!(date_line("25 June, 01:05 PM").is_some());
        assert!(date_line("The war began on 24 February 2022").is_none());
        assert!(place_line("New Delhi, May 2").is_some());
        assert!(place_line("Ukraine got 14 tanks on May 2").is_none());
        assert!(is_time_line("2:05 P.M. EDT"));
        assert!(!is_time_line("14 tanks"));
    }
}

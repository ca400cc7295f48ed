//! Dates as spreadsheets have them: `3/20/2022`, `2022-03-20`, `until 12/20/2022`, `unclear, 10/2022`.

use crate::model::{CivilDate, Span};
use crate::text;

/// In which order the parts of `3/4/2022` stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// The month first.
    MonthFirst,
    /// The day first.
    DayFirst,
}

/// What a cell says of the day: where it names an end or two, all between which it may lie, as far as
/// a date with a precision can hold it; the year alone, or nothing, where it may lie in several.
pub(super) fn read(
    text: &str,
    order: Order,
    ends: &[&str],
    start: Option<CivilDate>,
) -> Result<Option<CivilDate>, String> {
    if text.chars().any(char::is_alphabetic)
        && let Some((date, span)) = text::parse_date(text)
        && span == Span::new(0, text.len())
    {
        return Ok(Some(date));
    }
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '.');
    let mut dates = Vec::new();
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c: char| c == ',' || c == ';');
        // The time of day behind a day says nothing here.
        let bare = word.split('T').next().unwrap_or(word);
        if bare.contains(':') {
            continue;
        }
        if bare.starts_with(|c: char| c.is_ascii_digit()) && bare.chars().all(is_part) {
            dates.push(bare);
        } else {
            words.push(word.to_lowercase());
        }
    }
    let is_end = words.iter().any(|word| ends.contains(&word.as_str()));
    let read = |date| one(date, order).or_else(|| month_of(date, order).filter(|_| is_end));
    let dates: Option<Vec<CivilDate>> = dates.into_iter().map(read).collect();
    let dates = dates.ok_or_else(|| expected(text, order))?;
    Ok(match dates[..] {
        [] => None,
        [date] if is_end => start.map_or_else(
            || CivilDate::year(date.year_number()),
            |start| within(start, date.last_day()),
        ),
        [date] => Some(date),
        [first, .., last] => within(first.first_day(), last.last_day()),
    })
}

/// What is wrong with a cell that holds no date.
pub(super) fn expected(text: &str, order: Order) -> String {
    let written = match order {
        Order::MonthFirst => "3/20/2022, the month first",
        Order::DayFirst => "20/3/2022, the day first",
    };
    format!("date \"{text}\": expected one such as 2022-03-20 or {written}")
}

/// The narrowest date that holds both days.
fn within(first: CivilDate, last: CivilDate) -> Option<CivilDate> {
    if first.year_number() != last.year_number() {
        return None;
    }
    if first == last {
        return Some(first);
    }
    match (first.month_number(), last.month_number()) {
        (Some(month), Some(other)) if month == other => {
            CivilDate::month(first.year_number(), month)
        }
        _ => CivilDate::year(first.year_number()),
    }
}

fn one(text: &str, order: Order) -> Option<CivilDate> {
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    match parts(text, order)? {
        (year, month, Some(day)) => CivilDate::day(year, month, day),
        (year, month, None) => CivilDate::month(year, month),
    }
}

/// The month that a day names which the calendar lacks: as an end, it says no more than that.
fn month_of(text: &str, order: Order) -> Option<CivilDate> {
    let (year, month, _) = parts(text, order)?;
    CivilDate::month(year, month)
}

/// Year, month and day as they stand. With dots between them the day stands first everywhere.
fn parts(text: &str, order: Order) -> Option<(i32, u32, Option<u32>)> {
    let parts: Vec<u32> =
        text.split(['/', '.', '-']).map(|part| part.parse().ok()).collect::<Option<Vec<u32>>>()?;
    let year = |year: u32| i32::try_from(if year < 100 { 2000 + year } else { year }).ok();
    let order = if text.contains('.') { Order::DayFirst } else { order };
    match (&parts[..], order) {
        ([month, last], _) => Some((year(*last)?, *month, None)),
        ([month, day, last], Order::MonthFirst) | ([day, month, last], Order::DayFirst) => {
            Some((year(*last)?, *month, Some(*day)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_far_as_they_say() {
        let start = CivilDate::day(2022, 1, 24);
        for (text, expected) in [
            ("3/20/2022", Some("2022-03-20")),
            ("2022-03-20", Some("2022-03-20")),
            ("2022-03-20 00:00:00", Some("2022-03-20")),
            ("until 12/20/2022", Some("2022")),
            ("until 2/24/2023", None),
            ("until 06/31/2022", Some("2022")),
            ("from 3/2/2022 until 3/20/2022", Some("2022-03")),
            ("between 3/20/2022 and 7/1/2022", Some("2022")),
            ("unclear, 10/2022", Some("2022-10")),
            ("not specified, 03/22", Some("2022-03")),
            ("5.3.2024", Some("2024-03-05")),
            ("Undisclosed", None),
            ("", None),
        ] {
            let found = read(text, Order::MonthFirst, &["until"], start).unwrap();
            assert_eq!(found.map(|date| date.to_string()).as_deref(), expected, "{text}");
        }
        let day_first = read("4/3/2022", Order::DayFirst, &[], None).unwrap().unwrap();
        assert_eq!(day_first.to_string(), "2022-03-04");
        for (text, order) in [
            ("13/13/2022", Order::MonthFirst),
            ("31/02/2024", Order::DayFirst),
            ("2/30/2024", Order::MonthFirst),
            ("2023-02-29", Order::DayFirst),
        ] {
            assert!(read(text, order, &["until"], None).is_err(), "{text}");
        }
    }
}

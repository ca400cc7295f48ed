//! Civil dates with a precision, and ranges of them. The only file that knows the date library.

use super::amount::push_digits;
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A calendar date that may be known to the day, the month or only the year; no time, no zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CivilDate {
    year: i32,
    month: Option<u32>,
    day: Option<u32>,
}

/// A text that is no date of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\": expected a date such as 2022-11-10, 2022-11 or 2022")]
pub struct BadDate(pub String);

impl CivilDate {
    /// A day; `None` where the calendar has no such day or the year is not in 1..=9999.
    pub fn day(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).filter(|_| (1..=9999).contains(&year))?;
        Some(Self { year, month: Some(month), day: Some(day) })
    }

    /// A month; `None` where there is no such month.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Self::day(year, month, 1).map(|_| Self { year, month: Some(month), day: None })
    }

    /// A year in 1..=9999.
    pub fn year(year: i32) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self { year, month: None, day: None })
    }

    fn read(text: &[u8]) -> Option<Self> {
        let (year, rest) = text.split_at_checked(4)?;
        let year = digits(year)?.cast_signed();
        match *rest {
            [] => Self::year(year),
            [b'-', m, n] => Self::month(year, digits(&[m, n])?),
            [b'-', m, n, b'-', d, e] => Self::day(year, digits(&[m, n])?, digits(&[d, e])?),
            _ => None,
        }
    }

    /// Its year.
    pub const fn year_number(self) -> i32 {
        self.year
    }

    /// Its month, 1 to 12, where known.
    pub const fn month_number(self) -> Option<u32> {
        self.month
    }

    /// Its day of the month, where known.
    pub const fn day_number(self) -> Option<u32> {
        self.day
    }

    /// Whether the day is known.
    pub const fn is_day(self) -> bool {
        self.day.is_some()
    }

    /// The first day that it may mean.
    #[must_use]
    pub fn first_day(self) -> Self {
        Self {
            year: self.year,
            month: Some(self.month.unwrap_or(1)),
            day: Some(self.day.unwrap_or(1)),
        }
    }

    /// The last day that it may mean.
    #[must_use]
    pub fn last_day(self) -> Self {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| {
            (28..=31)
                .rev()
                .find(|day| NaiveDate::from_ymd_opt(self.year, month, *day).is_some())
                .unwrap_or(28)
        });
        Self { year: self.year, month: Some(month), day: Some(day) }
    }

    /// Writes it as far as it is known: `2022-11-10`, `2022-11`, `2022`.
    pub fn push(self, out: &mut String) {
        push_digits(u64::from(self.year.unsigned_abs()), 4, out);
        for part in [self.month, self.day].into_iter().map_while(|part| part) {
            out.push('-');
            push_digits(u64::from(part), 2, out);
        }
    }

    /// The day of the week of its first day, 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> u32 {
        self.naive().weekday().num_days_from_monday()
    }

    /// The day that lies `days` later (earlier where negative), counted from its first day.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let moved = if days < 0 {
            self.naive().checked_sub_days(Days::new(days.unsigned_abs()))
        } else {
            self.naive().checked_add_days(Days::new(days.unsigned_abs()))
        }?;
        Self::day(moved.year(), moved.month(), moved.day())
    }

    /// The number of days from `other` to this date, first day to first day.
    pub fn days_since(self, other: Self) -> i64 {
        self.naive().signed_duration_since(other.naive()).num_days()
    }

    /// Today by the machine's clock in UTC. Only `cli` may ask; nothing that is computed from an
    /// article depends on it.
    pub fn today_utc() -> Self {
        Self::of_moment(Utc::now())
    }

    /// The present moment in UTC as `2022-11-10T18:00:00Z`, for the journal's `recorded_at`.
    pub fn now_utc_text() -> String {
        Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// The moment in a stamp such as `Thu, 10 Nov 2022 23:30:00 -0500`, as if the clock that it shows
    /// were that of UTC: so its day stays the day of whoever wrote it.
    pub fn wall_clock(text: &str) -> Option<DateTime<Utc>> {
        let stamp =
            DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text));
        stamp.ok().map(|stamp| stamp.naive_local().and_utc())
    }

    /// The day of a moment in UTC.
    pub fn of_moment(moment: DateTime<Utc>) -> Self {
        Self { year: moment.year(), month: Some(moment.month()), day: Some(moment.day()) }
    }

    fn naive(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .unwrap_or(NaiveDate::MIN)
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(10);
        self.push(&mut text);
        f.pad(&text)
    }
}

/// The number that these digits, few of them, are.
fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
    })
}

impl FromStr for CivilDate {
    type Err = BadDate;

    /// Reads `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, with exactly these numbers of digits.
    fn from_str(text: &str) -> Result<Self, BadDate> {
        Self::read(text.as_bytes()).ok_or_else(|| BadDate(text.to_owned()))
    }
}

impl TryFrom<String> for CivilDate {
    type Error = BadDate;

    fn try_from(text: String) -> Result<Self, BadDate> {
        text.parse()
    }
}

impl From<CivilDate> for String {
    fn from(date: CivilDate) -> Self {
        date.to_string()
    }
}

/// A range of days; an end that is `None` is open. Both ends are included, as people mean
/// `--from 2022-02 --to 2022-03`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateRange {
    /// The first day of the range.
    pub from: Option<CivilDate>,
    /// The last day of the range.
    pub to: Option<CivilDate>,
}

impl DateRange {
    /// Whether the whole of `date`, as far as it is known, lies in the range; a date that is not
    /// known lies only in the range that is open at both ends.
    pub fn contains(self, date: Option<CivilDate>) -> bool {
        match date {
            None => self.from.is_none() && self.to.is_none(),
            Some(date) => {
                self.from.is_none_or(|from| date.first_day() >= from.first_day())
                    && self.to.is_none_or(|to| date.last_day() <= to.last_day())
            }
        }
    }

    /// Reads one word of `--from` or `--to`: a day, a month, a year, or a quarter `2024-Q1`, as the
    /// first and the last day that it covers.
    pub fn parse_period(text: &str) -> Result<(CivilDate, CivilDate), BadDate> {
        if let Some((year, quarter)) = text.split_once("-Q") {
            let bad = || BadDate(text.to_owned());
            let year: CivilDate = year.parse().map_err(|_| bad())?;
            let quarter: u32 =
                quarter.parse().ok().filter(|q| (1..=4).contains(q)).ok_or_else(bad)?;
            let first = CivilDate::month(year.year, quarter * 3 - 2).ok_or_else(bad)?;
            let last = CivilDate::month(year.year, quarter * 3).ok_or_else(bad)?;
            return Ok((first.first_day(), last.last_day()));
        }
        let date: CivilDate = text.parse()?;
        Ok((date.first_day(), date.last_day()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_the_calendar_lacks_is_refused() {
        for text in ["2022-02-31", "2022-13", "22-01-01", "2022-1-1", "0000", "", "2022-01-01-01"] {
            assert!(text.parse::<CivilDate>().is_err(), "{text}");
        }
        assert_eq!("2024-02-29".parse::<CivilDate>().unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn a_month_in_a_range_counts_with_all_its_days() {
        let (from, to) = DateRange::parse_period("2024-Q1").unwrap();
        let range = DateRange { from: Some(from), to: Some(to) };
        assert!(range.contains("2024-03-31".parse().ok()));
        assert!(range.contains("2024-03".parse().ok()));
        assert!(!range.contains("2024".parse().ok()));
        assert!(!range.contains(None));
    }

    #[test]
    fn days_are_counted_across_months() {
        let date: CivilDate = "2022-11-11".parse().unwrap();
        assert_eq!(date.weekday(), 4);
        assert_eq!(date.plus_days(-11).unwrap().to_string(), "2022-10-31");
        assert_eq!(date.days_since("2022-10-31".parse().unwrap()), 11);
    }
}

//! Expressions of time as written; which day they mean is settled against the article's date later.

mod told;

use super::{Mention, Sentence, Value, numbers};
use crate::lexicon::{
    Label,
    token::{Joint, Shape, TokenKind},
};
use crate::model::CivilDate;
use rust_decimal::prelude::ToPrimitive;

/// An expression of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateExpression {
    /// A date with its year: a day, a month or a year.
    Full(CivilDate),
    /// "10 November".
    DayOfMonth {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// "on the 14th".
    Day(u32),
    /// "in July".
    Month(u32),
    /// "Thursday", "last Friday" (-1), "next Monday" (1).
    Weekday {
        /// 0 for Monday.
        weekday: u32,
        /// -1, 0 or 1.
        shift: i8,
    },
    /// "today", "yesterday": the days to add.
    Relative(i64),
    /// "a day later", "on the same day": the days to add to the day that was told before.
    FromTold(i64),
    /// "the same month": the month of the day that was told before.
    ToldMonth,
    /// "a year later", "two months before that": counted from the day that was told before.
    MonthsFromTold {
        /// The months to add.
        months: i32,
        /// Whether only the year is told: "the following year".
        year: bool,
    },
    /// "last June": the latest such month before the article's own.
    LastMonth(u32),
    /// "last month" (-1), "earlier this month" (0): the months to add to the article's own.
    MonthShift(i32),
    /// "October of last year", "12 May of that year".
    InYear {
        /// 1 to 12.
        month: u32,
        /// 1 to 31, where a day is told.
        day: Option<u32>,
        /// The years to add to the article's own; `None` for the year that was told before.
        shift: Option<i32>,
    },
    /// A time, but no day: "last week" lies well back, "recently" may be today.
    Undated {
        /// Whether it lies well before the article; with `later` it is either, by the verb.
        earlier: bool,
        /// Whether it lies after the article.
        later: bool,
    },
}

/// Finds expressions of time among the tokens.
pub fn find(text: &str, sentence: &Sentence) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        let reader = Reader { text, sentence };
        match reader.at(at) {
            Some((expression, end, rule)) => {
                let tokens = at..end;
                let span = sentence.span_of(&tokens);
                mentions.push(Mention { span, tokens, value: Value::Date(expression), rule });
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    mentions
}

/// The day of two figures of which only one can be the month.
fn either_order(year: u32, one: u32, two: u32) -> Option<DateExpression> {
    let (month, day) = if one > 12 || one == two { (two, one) } else { (one, two) };
    let date = CivilDate::day(year.cast_signed(), month, day)?;
    (one > 12 || two > 12 || one == two).then_some(DateExpression::Full(date))
}

/// Years before this one are mostly those of laws, or no years at all.
const RECENT: u32 = 1990;

struct Reader<'a> {
    text: &'a str,
    sentence: &'a Sentence,
}

type Found = (DateExpression, usize, &'static str);

impl Reader<'_> {
    fn at(&self, at: usize) -> Option<Found> {
        self.numeric(at)
            .or_else(|| self.month_first(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.day_alone(at))
            .or_else(|| self.months_from_told(at))
            .or_else(|| self.days_ago(at))
            .or_else(|| self.last_month(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.year_first(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.bare_year(at))
    }

    fn integer(&self, at: usize) -> Option<u32> {
        let token = self.sentence.tokens.get(at)?.token;
        (token.kind == TokenKind::Number && !token.plural)
            .then(|| token.span.of(self.text).parse().ok())?
    }

    fn value(&self, label: Label, at: usize) -> Option<(i64, usize)> {
        let cue = self.sentence.starting_at(label, at)?;
        Some((cue.value?.to_i64()?, cue.tokens.end))
    }

    fn month(&self, at: usize) -> Option<(u32, usize)> {
        let (month, mut end) = self.value(Label::Month, at)?;
        // No month has a plural: "Mars" is a launcher, or a planet.
        let written = self.sentence.span_of(&(at..end)).of(self.text);
        if written.ends_with(['s', 'S']) {
            return None;
        }
        if self.sentence.is_sign(self.text, end, &["."]) {
            end += 1;
        }
        Some((u32::try_from(month).ok()?, end))
    }

    fn year(&self, at: usize) -> Option<(i32, usize)> {
        let at = if self.sentence.is_sign(self.text, at, &[",", "("]) { at + 1 } else { at };
        let year = self.integer(at).filter(|year| (1900..=2100).contains(year))?;
        let closed = self.sentence.is_sign(self.text, at + 1, &[")"]);
        let opened = self.sentence.is_sign(self.text, at - 1, &["("]);
        (opened == closed || !opened).then_some((year.cast_signed(), at + 1 + usize::from(opened)))
    }

    /// A day of the month, with "st", "nd", "rd", "th" or without.
    fn day(&self, at: usize) -> Option<(u32, usize)> {
        let day = self.integer(at).filter(|day| (1..=31).contains(day))?;
        let ending = self.sentence.starting_at(Label::OrdinalEnding, at + 1);
        let tight = self.sentence.tokens.get(at + 1).is_some_and(|t| t.token.joint == Joint::Tight);
        Some((day, if ending.is_some() && tight { at + 2 } else { at + 1 }))
    }

    /// `2022-11-10`, `10.11.2022`, `10/11/2022`, `10-11-2022`
    fn numeric(&self, at: usize) -> Option<Found> {
        let raw = self.sentence.tokens.get(at)?.token.span.of(self.text);
        let part = |offset: usize| -> Option<u32> {
            let token = self.sentence.tokens.get(at + offset)?.token;
            (token.joint == Joint::Hyphen).then(|| token.span.of(self.text).parse().ok())?
        };
        if raw.len() == 4
            && let (Some(year), Some(month), Some(day)) = (self.integer(at), part(1), part(2))
        {
            let date = CivilDate::day(year.cast_signed(), month, day)?;
            return Some((DateExpression::Full(date), at + 3, "date.iso"));
        }
        let parts: Vec<u32> = raw.split('.').filter_map(|part| part.parse().ok()).collect();
        if let ([day, month, year], 2) = (parts.as_slice(), raw.matches('.').count()) {
            let date = CivilDate::day(year.cast_signed(), *month, *day)?;
            return Some((DateExpression::Full(date), at + 1, "date.dotted"));
        }
        let year = |offset: usize| self.integer(at + offset).filter(|year| *year > 1900);
        if let (Some(day), Some(month), Some(year)) = (self.integer(at), part(1), year(2)) {
            return either_order(year, day, month).map(|date| (date, at + 3, "date.hyphened"));
        }
        let slash = |offset: usize| self.sentence.is_sign(self.text, at + offset, &["/"]);
        if let (Some(day), Some(month), Some(year)) =
            (self.integer(at), self.integer(at + 2), year(4))
            && slash(1)
            && slash(3)
        {
            return either_order(year, day, month).map(|date| (date, at + 5, "date.slashed"));
        }
        None
    }

    /// "on the 14th", "on the 14th of this month": a day of the article's own month or the one before;
    /// "on the 14th anniversary" is none.
    fn day_alone(&self, at: usize) -> Option<Found> {
        let (day, end) = self.day(at).filter(|(_, end)| *end == at + 2)?;
        let before = at.checked_sub(2)?;
        let named =
            self.sentence.is(Label::In, before) && self.sentence.is(Label::Definite, at - 1);
        let of_month = self.sentence.is(Label::Of, end)
            && self.sentence.is(Label::Definite, end + 1)
            && self.value(Label::TimeUnit, end + 2).is_some_and(|(days, _)| days == 30);
        let after =
            [Label::Indefinite, Label::Definite, Label::To, Label::For, Label::In, Label::By];
        let alone = self.sentence.tokens.get(end).is_none()
            || self.sentence.is_any_sign(end)
            || self.sentence.is_any(&after, end);
        let end = if of_month { end + 3 } else { end };
        (named && (alone || of_month) && !numbers::counts_packages(self.text, self.sentence, at))
            .then_some((DateExpression::Day(day), end, "date.day"))
    }

    /// "November 10, 2022", "Nov. 10", "November 2022", "in November"
    fn month_first(&self, at: usize) -> Option<Found> {
        let (month, after) = self.month(at)?;
        if let Some((day, end)) = self.day(after) {
            if let Some((year, end)) = self.year(end) {
                let date = CivilDate::day(year, month, day)?;
                return Some((DateExpression::Full(date), end, "date.month-day-year"));
            }
            return Some(self.in_year(month, Some(day), end).unwrap_or((
                DateExpression::DayOfMonth { month, day },
                end,
                "date.month-day",
            )));
        }
        if let Some((year, end)) = self.year(after) {
            let date = CivilDate::month(year, month)?;
            return Some((DateExpression::Full(date), end, "date.month-year"));
        }
        self.in_year(month, None, after).or_else(|| {
            let told = (DateExpression::Month(month), after, "date.month");
            // "May I say thank you for the ships"
            let asks = at == 0 && self.sentence.is_any(&[Label::We, Label::It], after);
            (!asks && !self.is_first_name(at, after)).then_some(told)
        })
    }

    /// "Jan Nowak", "April Miller": a month with a capitalised word behind it, and no word before it that
    /// a time follows.
    fn is_first_name(&self, at: usize, after: usize) -> bool {
        let times =
            [Label::In, Label::Of, Label::Since, Label::Until, Label::From, Label::Definite];
        // "in early April Germany pledged"
        let led = self.sentence.has_any(&times, &(at.saturating_sub(2)..at));
        let next = self.sentence.tokens.get(after);
        after == at + 1
            && !led
            && next.is_some_and(|next| next.token.shape == Shape::Capital)
            && self.sentence.mention_at(after).is_none()
            && self.sentence.cues_into(after).next().is_none()
    }

    /// "last June", "last December's", "last month"
    fn last_month(&self, at: usize) -> Option<Found> {
        let (shift, start) = self.value(Label::DateShift, at)?;
        // "over the last month" is a span.
        let definite = at.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Definite, at));
        if let Some((30, end)) = self.value(Label::TimeUnit, start)
            && shift < 0
            && !definite
        {
            return Some((DateExpression::MonthShift(-1), end, "date.month-word"));
        }
        let (month, end) = self.month(start)?;
        let alone = self.day(end).is_none() && self.year(end).is_none();
        (shift < 0 && alone).then_some((DateExpression::LastMonth(month), end, "date.last-month"))
    }

    /// "December last year", "12 May of that year": the year in words behind a month or day.
    fn in_year(&self, month: u32, day: Option<u32>, at: usize) -> Option<Found> {
        let cue = self.sentence.starting_at(Label::YearWord, at)?;
        let shift = match cue.value {
            Some(value) => Some(value.to_i32()?),
            None => None,
        };
        Some((DateExpression::InYear { month, day, shift }, cue.tokens.end, "date.in-year"))
    }

    /// "last year, in March": the year in words before its month.
    fn year_first(&self, at: usize) -> Option<Found> {
        let shift = self.sentence.starting_at(Label::YearWord, at)?;
        let value = shift.value?.to_i32()?;
        let comma = usize::from(self.sentence.is_sign(self.text, shift.tokens.end, &[","]));
        let word = shift.tokens.end + comma;
        let (month, end) = self.month(word + 1).filter(|_| self.sentence.is(Label::In, word))?;
        let alone = self.day(end).is_none() && self.year(end).is_none();
        let told = DateExpression::InYear { month, day: None, shift: Some(value) };
        alone.then_some((told, end, "date.in-year"))
    }

    /// "10 November 2022", "the 10th of November"
    fn day_first(&self, at: usize) -> Option<Found> {
        let (day, after) = self.day(at)?;
        let after = if self.sentence.is(Label::Of, after) { after + 1 } else { after };
        let (month, end) = self.month(after)?;
        if let Some((year, end)) = self.year(end) {
            let date = CivilDate::day(year, month, day)?;
            return Some((DateExpression::Full(date), end, "date.day-month-year"));
        }
        Some(self.in_year(month, Some(day), end).unwrap_or((
            DateExpression::DayOfMonth { month, day },
            end,
            "date.day-month",
        )))
    }

    /// "ten days ago"; weeks and longer give no day.
    fn days_ago(&self, at: usize) -> Option<Found> {
        let reading = numbers::read(self.text, self.sentence, at)?;
        let (days, after) = self.value(Label::TimeUnit, reading.end)?;
        let cue = self.sentence.starting_at(Label::Ago, after)?;
        // "Six days earlier, on 17 March": the date says which day.
        let comma =
            cue.tokens.end + usize::from(self.sentence.is_sign(self.text, cue.tokens.end, &[","]));
        let on = comma + usize::from(self.sentence.is(Label::In, comma));
        let dated =
            (on > cue.tokens.end).then(|| self.month_first(on).or_else(|| self.day_first(on)));
        if let Some(found) = dated.flatten() {
            return Some(found);
        }
        let count = reading.value.to_i64().filter(|count| (0..400).contains(count))?;
        let expression = if days == 1 {
            DateExpression::Relative(-count)
        } else {
            DateExpression::Undated { earlier: true, later: false }
        };
        Some((expression, cue.tokens.end, "date.ago"))
    }

    fn weekday(&self, at: usize) -> Option<Found> {
        let (shift, start) = self.value(Label::DateShift, at).unwrap_or((0, at));
        let (weekday, end) = self.value(Label::Weekday, start)?;
        // "Thus" is no short form of a day.
        if self.sentence.is(Label::Aside, start) {
            return None;
        }
        let weekday = u32::try_from(weekday).ok()?;
        // A weekday before a full date only repeats it.
        let next = if self.sentence.is_sign(self.text, end, &[","]) { end + 1 } else { end };
        if let Some(found) =
            self.numeric(next).or_else(|| self.month_first(next)).or_else(|| self.day_first(next))
            && matches!(found.0, DateExpression::Full(_) | DateExpression::DayOfMonth { .. })
        {
            return Some(found);
        }
        let shift = i8::try_from(shift).unwrap_or(0);
        Some((DateExpression::Weekday { weekday, shift }, end, "date.weekday"))
    }

    /// "in 2021", "of 2023": a year after a small word.
    fn bare_year(&self, at: usize) -> Option<Found> {
        let before = at.checked_sub(1)?;
        let labels = [Label::In, Label::Of, Label::Since, Label::From, Label::And, Label::For];
        let digits = self.sentence.tokens.get(at)?.token.span.len() == 4;
        let year = self.integer(at).filter(|year| digits && (1950..=2060).contains(year))?;
        let date = CivilDate::year(year.cast_signed())?;
        // "the Act of 1961", "for 1970 soldiers": so far back only "in" tells a time.
        let labels = if year < RECENT { &labels[..1] } else { &labels[..] };
        // "in late 2022", "in fiscal 2023"
        let described = self.sentence.is_silent(before)
            && !self.sentence.is_any_sign(before)
            && before.checked_sub(1).is_some_and(|at| self.sentence.is(Label::In, at));
        (self.sentence.is_any(labels, before) || described).then_some((
            DateExpression::Full(date),
            at + 1,
            "date.year",
        ))
    }
}

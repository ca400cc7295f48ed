//! Times that words tell: counted from the article's date, or from the time told before.

use super::{DateExpression, Found, Reader};
use crate::lexicon::Label;
use crate::mentions::numbers;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::cmp::Ordering;

impl Reader<'_> {
    /// "a year later", "two months before that", "the following year".
    pub(super) fn months_from_told(&self, at: usize) -> Option<Found> {
        if let Some((years, end)) = self.value(Label::ToldYear, at).filter(|it| self.is_alone(it.1))
        {
            let months = i32::try_from(years).ok()? * 12;
            let expression = DateExpression::MonthsFromTold { months, year: true };
            return Some((expression, end, "date.from-told"));
        }
        let counted = numbers::read(self.text, self.sentence, at);
        let counted = counted.and_then(|number| Some((number.value.to_i32()?, number.end)));
        let single = || self.sentence.is(Label::Indefinite, at).then_some((1, at + 1));
        let (count, unit) = counted.or_else(single).filter(|(count, _)| (1..40).contains(count))?;
        let (days, end) = self.value(Label::TimeUnit, unit)?;
        let unit = match days {
            30 => 1,
            365 => 12,
            _ => return None,
        };
        let (sign, end) = self.value(Label::Afterwards, end).filter(|it| self.is_alone(it.1))?;
        let months = i32::try_from(sign).ok()? * count * unit;
        Some((DateExpression::MonthsFromTold { months, year: false }, end, "date.from-told"))
    }

    /// "a day later,", not "the day after the meeting": what it counts from is told before.
    fn is_alone(&self, end: usize) -> bool {
        !self.sentence.is_any(&[Label::Definite, Label::Indefinite, Label::Clause], end)
    }

    pub(super) fn relative(&self, at: usize) -> Option<Found> {
        if let Some(cue) = self.sentence.starting_at(Label::MonthWord, at)
            && cue.value.is_none()
        {
            return Some((DateExpression::ToldMonth, cue.tokens.end, "date.from-told"));
        }
        if let Some((shift, end)) = self.value(Label::MonthWord, at) {
            let shift = i32::try_from(shift).ok()?;
            return Some((DateExpression::MonthShift(shift), end, "date.month-word"));
        }
        if let Some(cue) = self.sentence.starting_at(Label::Undated, at) {
            let sign = cue.value.map(|value| value.cmp(&Decimal::ZERO));
            // "in the autumn" is either, by its verb.
            let earlier = matches!(sign, Some(Ordering::Less | Ordering::Equal));
            let later = matches!(sign, Some(Ordering::Greater | Ordering::Equal));
            let undated = DateExpression::Undated { earlier, later };
            return Some((undated, cue.tokens.end, "date.undated"));
        }
        // "came a day after the United Kingdom pledged": counted back from the news.
        let follows = self.sentence.starting_at(Label::EarlierAfter, at).is_some();
        let counted = self.sentence.is(Label::Number, at);
        if let Some((days, end)) = self
            .value(Label::ToldDay, at)
            .filter(|(days, end)| *days == 0 || follows || counted || self.is_alone(*end))
        {
            return Some((DateExpression::FromTold(days), end, "date.from-told"));
        }
        let (days, end) = self.value(Label::RelativeDay, at)?;
        Some((DateExpression::Relative(days), end, "date.relative"))
    }
}

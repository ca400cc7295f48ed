//! Years that words speak of: alone ("last year"), or told before the months that stand behind them.

use super::days::{TOLD_REACH, told_before};
use super::document::Document;
use crate::lexicon::Label;
use crate::mentions::{DateExpression, Mention, Sentence, Value};
use crate::model::CivilDate;
use rust_decimal::prelude::ToPrimitive;

/// "late last year", "that year": the year that words without a day end with.
pub(super) fn year_of(
    document: &Document<'_>,
    sentence: &Sentence,
    mention: &Mention,
) -> Option<CivilDate> {
    let Value::Date(DateExpression::Undated { .. }) = mention.value else { return None };
    let word = sentence.ending_at(Label::YearWord, mention.tokens.end)?;
    let told = || told_before(document, sentence, mention.tokens.start, TOLD_REACH);
    let year = match word.value {
        Some(shift) => document.published()?.year_number() + shift.to_i32()?,
        None => told()?.year_number(),
    };
    CivilDate::year(year)
}

/// "Two shipments came in 2017: one in June, one in October": months behind the colon are of the year before it.
pub(super) fn within_year(
    document: &Document<'_>,
    sentence: &Sentence,
    mention: &Mention,
) -> Option<CivilDate> {
    let Value::Date(DateExpression::Month(month)) = mention.value else { return None };
    let colon = (0..mention.tokens.start)
        .rev()
        .find(|at| sentence.is_sign(&document.article.text, *at, &[":"]))?;
    let before = 0..colon;
    let years = sentence.mentions_in(&before).filter_map(|told| match told.value {
        Value::Date(DateExpression::Full(date)) if date.month_number().is_none() => Some(date),
        _ => None,
    });
    CivilDate::month(years.last()?.year_number(), month)
}

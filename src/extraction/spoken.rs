//! The day on which what a report quotes was said, where that is before the report.

use super::days::settle;
use super::document::Document;
use crate::lexicon::Label;
use crate::mentions::{DateExpression, Mention, Sentence, Value};
use crate::model::CivilDate;
use crate::text::SegmentKind;

/// How many sentences of a report may tell the day on which its news was said.
const LEAD: usize = 5;

/// How many days before the report that may be.
const AGE: i64 = 3;

/// Whether a place stands in a quotation that was opened in its paragraph.
fn is_quoted(document: &Document<'_>, sentence: &Sentence, at: usize) -> bool {
    let (block, start) = (sentence.segment.block, sentence.segment.span.start);
    let index = document.sentences.partition_point(|other| other.segment.span.start <= start);
    let opening = document.sentences[..index].iter().rev();
    let opening = opening.take_while(|other| other.segment.block == block).last();
    let start = opening.map_or(start, |opening| opening.segment.span.start);
    let before = document.article.text.get(start..at).unwrap_or_default();
    let count = |sign: char| before.matches(sign).count();
    count('“') > count('”') || count('"') % 2 == 1
}

/// "announced Wednesday ... “Today’s donation”": the day from which a time counts. What is quoted was said
/// on the day of the news.
pub(super) fn counted_from(
    document: &Document<'_>,
    sentence: &Sentence,
    mention: &Mention,
) -> Option<CivilDate> {
    let relative = matches!(mention.value, Value::Date(DateExpression::Relative(_)));
    let told = document.spoken.filter(|_| relative);
    told.filter(|_| is_quoted(document, sentence, mention.span.start)).or(document.published())
}

/// The day on which the beginning of a report says that something was said or made public, where that is
/// right before the report.
pub(super) fn day_of_words(document: &Document<'_>) -> Option<CivilDate> {
    let published = document.published().filter(|day| day.is_day())?;
    let told = document.sentences.iter().filter(|s| s.segment.kind == SegmentKind::Sentence);
    let days = told.take(LEAD).filter_map(|sentence| {
        let all = sentence.all();
        let says = sentence.cues_in(&all).any(|cue| {
            let told = cue.inflection.is_past_form();
            told && matches!(cue.label, Label::Say | Label::Announce | Label::Give | Label::Receive)
        });
        let weekday = sentence.mentions.iter().find_map(|mention| match mention.value {
            Value::Date(date @ DateExpression::Weekday { shift: ..=0, .. }) => Some(date),
            _ => None,
        });
        settle(weekday.filter(|_| says)?, Some(published), None, false)
    });
    days.into_iter().next().filter(|day| (1..=AGE).contains(&published.days_since(*day)))
}

//! Entries that are headed by their day alone: "Jan 26 - Germany says", "Monday. Latvia hands over", or a day in a
//! line of its own. What an entry tells was done on its day.

use super::days::{Day, EARLIER, settle};
use crate::mentions::{DateExpression, Mention, Sentence, Value};
use crate::model::{Article, CivilDate, Span};
use crate::text::SegmentKind;

/// No aid of an earlier year is told of in tables.
const FIRST_YEAR: i32 = 1990;

/// How long a week is, in days.
const WEEK: i64 = 7;

/// A day that heads what stands behind it.
struct Head<'s> {
    /// Its sentence.
    index: usize,
    mention: &'s Mention,
    expression: DateExpression,
    /// Whether it stands in a line of its own, over several paragraphs.
    is_line: bool,
}

/// The day of the entry in which each sentence stands; none in an article that has no such entries.
pub(super) fn days_of_entries(article: &Article, sentences: &[Sentence]) -> Vec<Option<Day>> {
    let heads: Vec<Head> =
        (0..sentences.len()).filter_map(|index| head(article, sentences, index)).collect();
    let expressions: Vec<DateExpression> = heads.iter().map(|head| head.expression).collect();
    let published = article.published;
    let mut entries: Vec<Option<Day>> =
        sentences.iter().map(|sentence| year_of_row(article, sentence)).collect();
    let Some(dates) = published.and_then(|published| in_order(&expressions, published)) else {
        return entries;
    };
    for (place, (head, date)) in heads.iter().zip(dates).enumerate() {
        let own = &sentences[head.index].segment;
        let next = heads.get(place + 1).map_or(sentences.len(), |next| next.index);
        let day = published.map(|published| day(head.mention.span, date, published));
        for index in head.index..next {
            let segment = &sentences[index].segment;
            let under = if head.is_line {
                index == head.index || segment.kind != SegmentKind::Heading
            } else {
                segment.block == own.block && segment.entry == own.entry
            };
            if !under {
                break;
            }
            entries[index] = day;
        }
    }
    entries
}

/// The day with which a sentence begins, where nothing but a sign stands behind it, or nothing at all.
fn head<'s>(article: &Article, sentences: &'s [Sentence], index: usize) -> Option<Head<'s>> {
    let sentence = &sentences[index];
    let mention = sentence.mentions.first()?;
    let Value::Date(expression) = mention.value else { return None };
    let is_year = |date: CivilDate| date.month_number().is_none();
    let names_day = match expression {
        DateExpression::Full(date) => !is_year(date),
        DateExpression::DayOfMonth { .. } | DateExpression::Month(_) => true,
        DateExpression::Weekday { shift, .. } => shift == 0,
        _ => false,
    };
    let dated = |at: usize| {
        sentence.mention_at(at).is_some_and(|mention| matches!(mention.value, Value::Date(_)))
    };
    let end = mention.tokens.end;
    let sign = sentence.is_sign(&article.text, end, &[":", "-", "–", "—"]);
    let alone = sentence.all().all(|at| dated(at) || sentence.is_any_sign(at));
    let opens = sentence.segment.kind != SegmentKind::Title && mention.tokens.start == 0;
    // "24 February 2022 – 23 June 2023" is a span.
    let inline = sign && end + 1 < sentence.tokens.len() && !dated(end + 1);
    let block = |index: usize| sentences.get(index).map(|other| other.segment.block);
    let is_line = alone && block(index + 1) != Some(sentence.segment.block);
    (names_day && opens && (alone || inline)).then_some(Head {
        index,
        mention,
        expression,
        is_line,
    })
}

/// The dates of several heads, where they stand in order, the oldest or the newest first, and differ: days of
/// a week go back from the article's own.
fn in_order(heads: &[DateExpression], published: CivilDate) -> Option<Vec<CivilDate>> {
    let dates = heads.iter().map(|head| settle(*head, Some(published), None, false));
    let dates = dates.collect::<Option<Vec<CivilDate>>>()?;
    let weekday = |index: usize| matches!(heads[index], DateExpression::Weekday { .. });
    let mut rising = dates.clone();
    for index in (1..dates.len()).rev() {
        if rising[index - 1] > rising[index] && weekday(index - 1) {
            rising[index - 1] = rising[index - 1].plus_days(-WEEK)?;
        }
    }
    let mut falling = dates;
    for index in 1..falling.len() {
        if falling[index - 1] < falling[index] && weekday(index) {
            falling[index] = falling[index].plus_days(-WEEK)?;
        }
    }
    let differ = rising.first() != rising.last();
    let rises = rising.windows(2).all(|pair| pair[0] <= pair[1]);
    let falls = falling.windows(2).all(|pair| pair[0] >= pair[1]);
    match (rises, falls) {
        (true, true) if span(&falling) < span(&rising) => Some(falling),
        (true, _) => Some(rising),
        (_, true) => Some(falling),
        _ => None,
    }
    .filter(|_| differ)
}

/// How many days lie between the first and the last of some dates.
fn span(dates: &[CivilDate]) -> i64 {
    let ends = dates.first().zip(dates.last());
    ends.map_or(0, |(first, last)| first.first_day().days_since(last.first_day()).abs())
}

/// "| two patrol boats | 2016 |": a year that is over and alone in its cell.
fn year_of_row(article: &Article, sentence: &Sentence) -> Option<Day> {
    let published = article.published.filter(|_| sentence.segment.kind == SegmentKind::Row)?;
    let edge =
        |at: usize| at >= sentence.tokens.len() || sentence.is_sign(&article.text, at, &["|"]);
    sentence.all().find_map(|at| {
        let alone = edge(at + 1) && at.checked_sub(1).is_none_or(edge);
        let span = sentence.span_of(&(at..at + 1));
        let year = span.of(&article.text).parse().ok().filter(|_| alone)?;
        let over = (FIRST_YEAR..published.year_number()).contains(&year);
        over.then(|| CivilDate::year(year)).flatten().map(|date| day(span, date, published))
    })
}

fn day(span: Span, date: CivilDate, published: CivilDate) -> Day {
    let age = published.first_day().days_since(date.last_day());
    Day {
        date: Some(date),
        is_earlier: age > EARLIER || !date.is_day() && age > 0,
        is_later: age < 0,
        is_span: false,
        dates_act: true,
        year: None,
        span,
        at: 0,
        rule: "date.of-the-entry",
    }
}

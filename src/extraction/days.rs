//! Which day an expression of time means, counted from the article's date.

use super::ahead::{is_of_what_comes, is_told_as_present, lies_ahead, opens_what_will_be};
use super::dating::{comes_from, names_package, stands_before_act, stands_behind_act};
use super::document::Document;
use super::spoken::counted_from;
use super::years::{within_year, year_of};
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{DateExpression, Sentence, Value};
use crate::model::{Article, CivilDate, Span};
use crate::text::SegmentKind;
use std::ops::Range;

#[allow(clippy::struct_excessive_bools)] // each is a finding of its own, read by other rules
/// An expression of time in its sentence, settled as far as it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The date, `None` where the words name no day or the year is not known.
    pub date: Option<CivilDate>,
    /// Whether the words speak of a time well before the article.
    pub is_earlier: bool,
    /// Whether they speak of the time after it.
    pub is_later: bool,
    /// Whether they only begin or end a span: "since 24 February", "until Sept. 30".
    pub is_span: bool,
    /// Whether a verb of giving or announcing stands beside them: "announced on 13 April", "in August
    /// provided".
    pub dates_act: bool,
    /// The year that words which name no day speak of: "last year", "in the first half of the year".
    pub year: Option<CivilDate>,
    /// Where they stand.
    pub span: Span,
    /// Their first token.
    pub at: usize,
    /// The rule that settled them.
    pub rule: &'static str,
}

impl Day {
    /// Whether they open their sentence: "In May it gave".
    pub fn opens_sentence(&self) -> bool {
        self.at <= OPENING
    }

    /// Whether the words name no day: "last week", "earlier this month".
    pub fn names_no_day(&self) -> bool {
        self.date.is_none() || self.rule == MONTH_WORD
    }
}

/// The rule for a month in words: no day of what is news, but when something recalled was given.
const MONTH_WORD: &str = "date.month-word";

/// Up to this token a time opens its sentence.
const OPENING: usize = 2;

/// More than so many days before the article is well before it.
pub(super) const EARLIER: i64 = 10;

/// From so many days before the article on, an act is no news of its own any more.
pub const OLD: i64 = 2;

/// The verbs of what is given.
pub(super) const ACTS: [Label; 3] = [Label::Give, Label::Receive, Label::Arrive];

/// Settles an expression; `told` is the date told before it, `future` says that the sentence speaks
/// of what is still to come.
pub fn settle(
    expression: DateExpression,
    published: Option<CivilDate>,
    told: Option<CivilDate>,
    future: bool,
) -> Option<CivilDate> {
    match expression {
        DateExpression::Full(date) => Some(date),
        DateExpression::Relative(days) => published?.plus_days(days),
        DateExpression::Weekday { weekday, shift } => {
            let published = published.filter(|day| day.is_day())?;
            let today = i64::from(published.weekday());
            let back = (today - i64::from(weekday)).rem_euclid(7);
            let ahead = (i64::from(weekday) - today).rem_euclid(7);
            let days = match (shift, future) {
                (1, _) => {
                    if ahead == 0 {
                        7
                    } else {
                        ahead
                    }
                }
                (-1, _) => {
                    if back == 0 {
                        -7
                    } else {
                        -back
                    }
                }
                (_, true) => ahead,
                (_, false) => -back,
            };
            published.plus_days(days)
        }
        DateExpression::DayOfMonth { month, day } => {
            let published = published?;
            let this_year = CivilDate::day(published.year_number(), month, day);
            if future {
                return this_year
                    .filter(|date| *date >= published)
                    .or_else(|| CivilDate::day(published.year_number() + 1, month, day));
            }
            this_year
                .filter(|date| *date <= published.plus_days(1).unwrap_or(published))
                .or_else(|| CivilDate::day(published.year_number() - 1, month, day))
        }
        DateExpression::Day(day) => {
            let published = published?;
            let (year, month) = (published.year_number(), published.month_number()?);
            let before = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
            let after = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            let this_month = CivilDate::day(year, month, day);
            let (other_year, other_month) = if future { after } else { before };
            this_month
                .filter(|date| if future { *date >= published } else { *date <= published })
                .or_else(|| CivilDate::day(other_year, other_month, day))
        }
        DateExpression::Month(month) => {
            let published = published?;
            let this_year = CivilDate::month(published.year_number(), month)?;
            if future || this_year <= published {
                Some(this_year)
            } else {
                CivilDate::month(published.year_number() - 1, month)
            }
        }
        DateExpression::LastMonth(month) => {
            let published = published?;
            let year = published.year_number();
            let before = |date: &CivilDate| published.first_day().days_since(date.last_day()) > 0;
            CivilDate::month(year, month)
                .filter(before)
                .or_else(|| CivilDate::month(year - 1, month))
        }
        DateExpression::MonthShift(shift) => {
            let published = published?;
            let month = published.month_number()?.cast_signed() - 1 + shift;
            let year = published.year_number() + month.div_euclid(12);
            CivilDate::month(year, month.rem_euclid(12).cast_unsigned() + 1)
        }
        DateExpression::InYear { month, day, shift } => {
            let year = told.map(CivilDate::year_number);
            let year = shift.map_or(year, |shift| Some(published?.year_number() + shift))?;
            day.map_or_else(
                || CivilDate::month(year, month),
                |day| CivilDate::day(year, month, day),
            )
        }
        DateExpression::MonthsFromTold { months, year } => months_on(told?, months, year),
        DateExpression::ToldMonth => {
            told.and_then(|told| CivilDate::month(told.year_number(), told.month_number()?))
        }
        // "the day before", where no day is told: the day before the article; "the same day" is none.
        DateExpression::FromTold(0) => told,
        DateExpression::FromTold(days) => {
            told.or(published).filter(|day| day.is_day())?.plus_days(days)
        }
        DateExpression::Undated { .. } => None,
    }
}

/// "a year later", where a month was told: that month of the next year.
fn months_on(told: CivilDate, months: i32, year: bool) -> Option<CivilDate> {
    let Some(month) = told.month_number().filter(|_| !year) else {
        let years = (months % 12 == 0).then_some(months / 12)?;
        return CivilDate::year(told.year_number() + years);
    };
    let month = month.cast_signed() - 1 + months;
    let year = told.year_number() + month.div_euclid(12);
    CivilDate::month(year, month.rem_euclid(12).cast_unsigned() + 1)
}

/// Within so many tokens behind "when" stands the verb of what was done then.
const CLAUSE: usize = 6;

/// How many sentences back the day lies that "a day later" counts from.
pub(super) const TOLD_REACH: usize = 4;

/// How far back "on the same day" may point: mostly to the day of the news.
const SAME_DAY_REACH: usize = 12;

/// The date told last before a place in a sentence.
pub(super) fn told_before(
    document: &Document<'_>,
    sentence: &Sentence,
    at: usize,
    reach: usize,
) -> Option<CivilDate> {
    let start = sentence.segment.span.start;
    let index = document.sentences.partition_point(|other| other.segment.span.start < start);
    let before = &document.sentences[index.saturating_sub(reach)..index];
    let before = before.iter().filter(|other| other.segment.kind != SegmentKind::Meta);
    let own = sentence.mentions.iter().filter(|mention| mention.tokens.start < at);
    let published = document.published();
    before.flat_map(|other| &other.mentions).chain(own).fold(None, |told, mention| {
        let Value::Date(expression) = mention.value else { return told };
        let date = settle(expression, published, told, false);
        date.filter(|date| reach == TOLD_REACH || date.is_day()).or(told)
    })
}

/// The expressions of time that begin in a range, settled.
pub fn in_range(
    document: &Document<'_>,
    sentence: &Sentence,
    range: &Range<usize>,
    future: bool,
) -> Vec<Day> {
    sentence
        .mentions_in(range)
        .filter_map(|mention| {
            let Value::Date(expression) = mention.value else { return None };
            let published = document.published();
            let at = mention.tokens.start;
            let month = matches!(expression, DateExpression::Month(_));
            let ahead = future
                || lies_ahead(sentence, at)
                || opens_what_will_be(sentence, &mention.tokens)
                || month && is_told_as_present(sentence, at);
            let told = match expression {
                DateExpression::FromTold(0) => told_before(document, sentence, at, SAME_DAY_REACH),
                DateExpression::FromTold(_)
                | DateExpression::ToldMonth
                | DateExpression::MonthsFromTold { .. }
                | DateExpression::InYear { shift: None, .. } => {
                    told_before(document, sentence, at, TOLD_REACH)
                }
                _ => None,
            };
            let from = counted_from(document, sentence, mention);
            let date = settle(expression, from, told, ahead);
            let date = within_year(document, sentence, mention).or(date);
            // "are due in January", told in July: the next one.
            let gone = month
                && date.zip(published).is_some_and(|(date, published)| {
                    published.first_day().days_since(date.last_day()) > 0
                });
            let date = if gone && is_of_what_comes(sentence, at) {
                date.and_then(|date| CivilDate::month(date.year_number() + 1, date.month_number()?))
            } else {
                date
            };
            // "on the same day", where no day was told, says nothing.
            let from_told = match expression {
                DateExpression::FromTold(_) | DateExpression::ToldMonth => true,
                DateExpression::MonthsFromTold { months, .. } => months > 0,
                _ => false,
            };
            if from_told && date.is_none() {
                return None;
            }
            let distance = date
                .zip(published)
                .map(|(date, published)| published.first_day().days_since(date.last_day()));
            let is_year_or_month = date.is_some_and(|date| !date.is_day());
            // "the 11 July announcement of a package", told on the 22nd: that is the news.
            let noun = sentence.starting_at(Label::Announce, mention.tokens.end);
            let noun = noun.is_some_and(|noun| noun.inflection == Inflection::Base);
            let is_earlier = match expression {
                DateExpression::Relative(days) => days < -7,
                DateExpression::MonthsFromTold { months, .. } if date.is_none() => months < 0,
                DateExpression::Undated { earlier, later } => earlier && !(later && ahead),
                DateExpression::MonthShift(_) => !ahead,
                _ => {
                    !noun
                        && distance
                            .is_some_and(|days| days > EARLIER || is_year_or_month && days > 0)
                }
            };
            let own_month = matches!(expression, DateExpression::MonthShift(_));
            let undated = matches!(expression, DateExpression::Undated { later: true, .. });
            let is_later =
                undated && !is_earlier || !own_month && distance.is_some_and(|days| days < 0);
            let rule = mention.rule;
            let acts = sentence.ending_at(Label::Announce, at).is_some();
            let comes =
                || distance.is_some_and(|days| days > 0) && comes_from(document, sentence, at);
            // "since 2021, when it gave"
            let text = &document.article.text;
            let end = mention.tokens.end;
            let clause = end + usize::from(sentence.is_sign(text, end, &[","]));
            let clause = sentence.starting_at(Label::Clause, clause);
            let clause = clause.filter(|cue| cue.is(Grade::OpensTime));
            let when = clause.is_some_and(|cue| {
                let behind = cue.tokens.end..cue.tokens.end + CLAUSE;
                let mut verbs = sentence.cues_in(&behind);
                verbs.any(|verb| ACTS.contains(&verb.label) && verb.inflection.is_past_form())
            });
            let is_span = !(acts || comes() || when)
                && (at.saturating_sub(6)..at).any(|before| {
                    let clear = || !sentence.mentions_in(&(before..at)).any(|m| m.tokens.end <= at);
                    sentence.is(Label::Since, before) && !begins_now(sentence, before, expression)
                        || before + 3 >= at && sentence.is(Label::Until, before) && clear()
                });
            let dates_act = noun
                || stands_before_act(sentence, mention.tokens.end)
                || names_package(sentence, at)
                || stands_behind_act(sentence, at);
            Some(Day {
                date,
                is_earlier,
                is_later,
                is_span,
                dates_act,
                year: year_of(document, sentence, mention).filter(|_| is_earlier || !is_later),
                span: mention.span,
                at: mention.tokens.start,
                rule,
            })
        })
        .collect()
}

/// "since Friday two craft fly the flag of Mozambique", as what opens the sentence: the day of the news.
fn begins_now(sentence: &Sentence, since: usize, expression: DateExpression) -> bool {
    let opens = since == 0 || sentence.is(Label::And, since - 1);
    opens && matches!(expression, DateExpression::Weekday { .. })
}

/// "19:05 – Norway in too", "15.10 Three launchers": a time of day at the beginning.
pub(super) fn begins_with_time(article: &Article, sentence: &Sentence) -> bool {
    let text = sentence.segment.span.of(&article.text);
    let hour = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let minute = text.get(hour + 1..).unwrap_or_default();
    let digits = minute.find(|c: char| !c.is_ascii_digit()).unwrap_or(minute.len());
    let in_range = |text: Option<&str>, most: u8| {
        text.and_then(|text| text.parse::<u8>().ok()).is_some_and(|value| value <= most)
    };
    matches!(hour, 1 | 2)
        && text[hour..].starts_with([':', '.', 'h'])
        && digits == 2
        && in_range(text.get(..hour), 23)
        && in_range(minute.get(..2), 59)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_weekday_is_the_latest_not_after_the_article() {
        let friday = Some(day("2022-11-11"));
        let weekday = |weekday, shift, future| {
            settle(DateExpression::Weekday { weekday, shift }, friday, None, future)
                .unwrap()
                .to_string()
        };
        assert_eq!(weekday(3, 0, false), "2022-11-10");
        assert_eq!(weekday(4, 0, false), "2022-11-11");
        assert_eq!(weekday(4, -1, false), "2022-11-04");
        assert_eq!(weekday(5, 0, false), "2022-11-05");
        assert_eq!(weekday(5, 0, true), "2022-11-12");
        assert_eq!(weekday(4, 1, true), "2022-11-18");
    }

    #[test]
    fn a_day_without_a_year_is_the_latest_one() {
        let published = Some(day("2023-01-02"));
        let settled = |month, day| {
            settle(DateExpression::DayOfMonth { month, day }, published, None, false)
                .unwrap()
                .to_string()
        };
        assert_eq!(settled(12, 30), "2022-12-30");
        assert_eq!(settled(1, 2), "2023-01-02");
        assert_eq!(
            settle(DateExpression::Weekday { weekday: 1, shift: 0 }, None, None, false),
            None
        );
    }
}

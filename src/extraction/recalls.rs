//! When what is handed over or given up was announced, where the same sentence says so: "the tanks that were
//! promised in January have arrived".

use super::days::{self, Day, OLD};
use super::document::Document;
use super::tellings::Telling;
use crate::lexicon::{Inflection, Label};
use crate::mentions::CueMention;

/// Within so many tokens behind a verb stands its day: "promised by Germany in January".
const BESIDE: usize = 5;

/// The time of the announcement that a telling recalls beside its news.
pub(super) fn announcement(document: &Document<'_>, telling: &Telling) -> Option<Day> {
    let sentence = &document.sentences[telling.sentence];
    let published = document.published()?;
    let announced = |cue: &&CueMention| {
        matches!(cue.label, Label::Announce | Label::Give)
            && matches!(cue.inflection, Inflection::Past | Inflection::Participle)
            && Some(sentence.span_of(&cue.tokens)) != telling.status.span
    };
    let days = days::in_range(document, sentence, &sentence.all(), false);
    let mut recalled = days.into_iter().filter(|day| {
        let is_old = day.date.is_some_and(|date| {
            date.month_number().is_some() && published.days_since(date.last_day()) > OLD
        });
        let before = day.at.saturating_sub(BESIDE)..day.at;
        let verb = sentence.cues_in(&before).filter(announced).last();
        let is_beside = verb.is_some_and(|verb| {
            let between = verb.tokens.end..day.at;
            let comma = |at| sentence.is_sign(&document.article.text, at, &[",", ";"]);
            let others = [Label::Arrive, Label::Receive, Label::Withdraw, Label::Clause];
            !between.clone().any(comma) && !sentence.has_any(&others, &between)
        });
        is_old && is_beside && !day.is_span && !day.is_later
    });
    let day = recalled.next()?;
    recalled.next().is_none().then_some(day)
}

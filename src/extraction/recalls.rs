//! When what is handed over or given up was announced, where the same sentence says so: "the tanks that were
//! promised in January have arrived".

use super::days::{self, Day, OLD};
use super::document::Document;
use super::tellings::Telling;
use crate::lexicon::Label;
use crate::mentions::{CueMention, Mention, Sentence, Value};
use crate::model::{Span, Status};

/// Within so many tokens behind a verb stands its day: "promised by Germany in January".
const BESIDE: usize = 8;

/// Within so many tokens before the verb stands what was announced: "the package that its predecessor
/// announced", but not "was frozen, as the ambassador revealed".
const OF_IT: usize = 9;

/// The time of the announcement that a telling recalls beside its news.
pub(super) fn announcement(document: &Document<'_>, telling: &Telling) -> Option<Day> {
    beside(document, &document.sentences[telling.sentence], telling.status.span)
}

/// The same of a sentence in which the words at `news` tell the news.
pub(super) fn beside(
    document: &Document<'_>,
    sentence: &Sentence,
    news: Option<Span>,
) -> Option<Day> {
    let published = document.published()?;
    let announced = |cue: &&CueMention| {
        matches!(cue.label, Label::Announce | Label::Give)
            && cue.inflection.is_past_form()
            && Some(sentence.span_of(&cue.tokens)) != news
    };
    let days = days::in_range(document, sentence, &sentence.all(), false);
    let mut recalled = days.into_iter().filter(|day| {
        let is_old = day.date.is_some_and(|date| {
            date.month_number().is_some() && published.days_since(date.last_day()) > OLD
        });
        let before = day.at.saturating_sub(BESIDE)..day.at;
        let verb = sentence.cues_in(&before).rfind(announced);
        let is_beside = verb.is_some_and(|verb| {
            let between = verb.tokens.end..day.at;
            let comma = |at| sentence.is_sign(&document.article.text, at, &[",", ";"]);
            let others = [Label::Arrive, Label::Receive, Label::Withdraw, Label::Clause];
            let thing = (verb.tokens.start.saturating_sub(OF_IT)..verb.tokens.start).rev();
            let of_it = thing.take_while(|at| !comma(*at)).any(|at| is_given(sentence, at));
            of_it && !between.clone().any(comma) && !sentence.has_any(&others, &between)
        });
        is_old && is_beside && !day.is_span && !day.is_later
    });
    let day = recalled.next()?;
    recalled.next().is_none().then_some(day)
}

/// Whether a thing, a sum, or a word for help stands here.
fn is_given(sentence: &Sentence, at: usize) -> bool {
    let is_sum = |told: &Mention| matches!(told.value, Value::Money(_));
    sentence.is_any(&[Label::PackageNoun, Label::AidNoun], at)
        || sentence.items.iter().any(|item| item.tokens.contains(&at))
        || sentence.mention_at(at).is_some_and(is_sum)
}

/// "rejected the package that was announced on 4 October"
pub(super) fn is_called_off(document: &Document<'_>, telling: &Telling) -> bool {
    telling.status.status == Status::Withdrawn
        && telling.has_package_noun
        && announcement(document, telling).is_some()
}

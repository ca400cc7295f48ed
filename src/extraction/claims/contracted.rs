//! When what an article recalls was ordered from industry: "has signed the contract for the radars that it
//! promised in April".

use super::Writer;
use crate::extraction::days;
use crate::extraction::grouping::Group;
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, Sentence, Value};
use crate::model::{CivilDate, Evidence, Span, Status};

/// How many tokens may stand between a verb and the contract that it is about.
const OBJECT: usize = 4;

/// Within so many tokens before a verb stands what makes it done, denied or still to come.
const AUXILIARY: usize = 4;

impl Writer<'_> {
    /// The day on which an article tells that it was ordered. The order of what is not recalled is its own
    /// act, and no stage of another one.
    pub(super) fn contracted(
        &self,
        group: &Group,
        evidence: &mut Vec<Evidence>,
    ) -> Option<CivilDate> {
        if group.status().status != Status::Past {
            return None;
        }
        let promised = evidence.iter().find(|proof| proof.field == "announced")?.span;
        let tellings = group.tellings.iter().filter(|telling| !telling.is_title);
        let (day, span) = tellings.into_iter().find_map(|telling| {
            let sentence = &self.document.sentences[telling.sentence];
            let here = ordering(sentence).filter(|verb| promises(sentence, verb));
            let next = self.document.sentences.get(telling.sentence + 1);
            // "The contract for them has been signed": behind what was recalled, and of nothing else.
            let next = next.filter(|next| next.items.is_empty() && !has_money(next));
            let behind = || next.and_then(|next| Some((next, ordering(next)?)));
            let (sentence, verb) = here.map(|verb| (sentence, verb)).or_else(behind)?;
            Some((self.day_beside(sentence, promised)?, sentence.span_of(&verb.tokens)))
        })?;
        evidence.push(self.evidence("contracted", span, "stage.contracted"));
        Some(day)
    }

    /// The other day that a sentence tells than that of the promise, else that of the article.
    fn day_beside(&self, sentence: &Sentence, promised: Span) -> Option<CivilDate> {
        let published = self.document.published().filter(|date| date.is_day())?;
        let days = days::in_range(self.document, sentence, &sentence.all(), false);
        let mut others = days.iter().filter(|day| day.span != promised);
        let day = others.next().map_or(Some(published), |day| day.date)?;
        let is_told = day.is_day() && day <= published && others.next().is_none();
        is_told.then_some(day)
    }
}

/// Whether another verb of the sentence says that it was promised.
fn promises(sentence: &Sentence, ordered: &CueMention) -> bool {
    sentence.cues.iter().any(|cue| {
        matches!(cue.label, Label::Give | Label::Announce)
            && is_done(cue)
            && !cue.tokens.contains(&ordered.tokens.start)
    })
}

/// The verb, or the words that stand for it, by which something is said to have been ordered.
fn ordering(sentence: &Sentence) -> Option<&CueMention> {
    let all = sentence.all();
    let before = |cue: &CueMention, labels: &[Label]| {
        let start = cue.tokens.start;
        sentence.has_any(labels, &(start.saturating_sub(AUXILIARY)..start))
    };
    let is_real =
        |cue: &CueMention| !before(cue, &[Label::Not, Label::Will, Label::Would, Label::Expect]);
    let signs = |verb: &CueMention| {
        let (start, end) = (verb.tokens.start, verb.tokens.end);
        let is_contract = |cue: &CueMention| cue.is(Grade::Contract);
        let object = sentence.cues_in(&(end..(end + OBJECT).min(all.end))).any(is_contract);
        let passive = before(verb, &[Label::Be])
            && sentence
                .cues_in(&(start.saturating_sub(AUXILIARY + OBJECT)..start))
                .any(is_contract);
        matches!(verb.label, Label::Announce | Label::Trade) && (object || passive)
    };
    let orders = |verb: &CueMention| {
        let buys = |cue: &CueMention| cue.label == Label::Buy && cue.tokens == verb.tokens;
        verb.label == Label::Trade && sentence.cues_in(&verb.tokens).any(buys)
    };
    let mut cues = sentence.cues_in(&all);
    cues.find(|cue| {
        let is_ordered = cue.is(Grade::Contracted) && before(cue, &[Label::Be, Label::Have]);
        is_real(cue) && (is_ordered || is_done(cue) && (signs(cue) || orders(cue)))
    })
}

fn has_money(sentence: &Sentence) -> bool {
    sentence.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)))
}

fn is_done(cue: &CueMention) -> bool {
    matches!(cue.inflection, Inflection::Past | Inflection::Participle)
}

//! When what an article tells of was ordered from industry: "has signed the contract for the radars that it
//! promised in April", "has ordered radars for Ukraine".

use super::Writer;
use crate::extraction::days;
use crate::extraction::grouping::Group;
use crate::extraction::orders::{ordering, promises};
use crate::extraction::topic::buys_for_somebody;
use crate::lexicon::Label;
use crate::mentions::{CueMention, Sentence, Value};
use crate::model::{CivilDate, Evidence, Span, Status};

impl Writer<'_> {
    /// The day on which an article tells that it was ordered.
    pub(super) fn contracted(
        &self,
        group: &Group,
        announced: Option<CivilDate>,
        evidence: &mut Vec<Evidence>,
    ) -> Option<CivilDate> {
        match group.status().status {
            Status::Past => self.ordered_after_promise(group, evidence),
            Status::Announced => self.given_by_order(group, announced, evidence),
            _ => None,
        }
    }

    /// "has contracted 54 howitzers for Ukraine": what is given by its order alone.
    fn given_by_order(
        &self,
        group: &Group,
        announced: Option<CivilDate>,
        evidence: &mut Vec<Evidence>,
    ) -> Option<CivilDate> {
        let acts = [Label::Give, Label::Handover, Label::Receive, Label::Arrive];
        let tellings = group.tellings.iter().filter(|telling| !telling.is_title);
        let span = tellings.into_iter().find_map(|telling| {
            let sentence = &self.document.sentences[telling.sentence];
            let verb = ordering(sentence).filter(|_| buys_for_somebody(sentence))?;
            let is_other = |cue: &CueMention| cue.tokens != verb.tokens;
            let gives = sentence.cues.iter().any(|cue| acts.contains(&cue.label) && is_other(cue));
            (!gives).then(|| sentence.span_of(&verb.tokens))
        })?;
        let day = announced.or(self.document.published()).filter(|day| day.is_day())?;
        evidence.push(self.evidence("contracted", span, "stage.contracted"));
        Some(day)
    }

    fn ordered_after_promise(
        &self,
        group: &Group,
        evidence: &mut Vec<Evidence>,
    ) -> Option<CivilDate> {
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

fn has_money(sentence: &Sentence) -> bool {
    sentence.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)))
}

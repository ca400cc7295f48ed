//! When what an article recalls was ordered from industry: "has signed the contract for the radars that it
//! promised in April".

use super::Writer;
use crate::extraction::days;
use crate::extraction::grouping::Group;
use crate::extraction::orders::{ordering, promises};
use crate::mentions::{Sentence, Value};
use crate::model::{CivilDate, Evidence, Span, Status};

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

fn has_money(sentence: &Sentence) -> bool {
    sentence.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)))
}

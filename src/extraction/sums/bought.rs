//! Money for what is bought: to be given, from the receiver's industry, or for whoever buys.

use super::Reader;
use crate::extraction::parties;
use crate::extraction::topic::buys_for_somebody;
use crate::lexicon::{Label, PartyKind, Role};
use crate::mentions::{CueMention, Mention, Value};
use std::ops::Range;

/// Within so many tokens a sentence names the contract that it is about.
const CONTRACT: usize = 3;

impl Reader<'_> {
    /// "London is to send Ukraine 650 missiles. The contract with Thales is worth 162 million": what is
    /// bought to be given costs as much.
    pub(super) fn values_what_is_given(&self, own: &Range<usize>) -> bool {
        let before = self.index.checked_sub(1).and_then(|at| self.document.sentences.get(at));
        let Some(gift) = before else { return false };
        let opening = 0..CONTRACT;
        let contract = self.sentence.is(Label::Definite, 0)
            && self.sentence.has_any(&[Label::Sale, Label::Trade], &opening);
        let worth = self.sentence.has(Label::Worth, &(own.start.saturating_sub(3)..own.start));
        let given = parties::in_range(self.document, gift, &gift.all());
        let whole = given.donors.iter().any(|party| party.score >= 3)
            && (gift.has(Label::Give, &gift.all()) || buys_for_somebody(gift))
            && gift.items.iter().any(|item| item.quantity.is_some())
            && !gift.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)));
        let seller = self.sentence.mentions_in(&(0..own.start)).any(|mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| self.document.lexicon.party_kind(code) == PartyKind::State)
        });
        contract && worth && whole && !seller && self.document.is_military
    }

    /// "Latvia handed over drones. The drones, with a value of 1.7 million, were bought by its ministry": what was
    /// just given is worth as much, wherever it was bought.
    pub(super) fn values_what_was_bought(&self, own: &Range<usize>) -> bool {
        let before = self.index.checked_sub(1).and_then(|at| self.document.sentences.get(at));
        let Some(gift) = before else { return false };
        let acts = [Label::Give, Label::Arrive, Label::Receive, Label::Handover];
        let sum = |mention: &Mention| matches!(mention.value, Value::Money(_));
        let before = 0..own.start;
        // "The contracts are valued at 20 billion, the first export of the launcher"
        let same = self.sentence.items.iter().any(|item| {
            item.role != Role::Vague
                && before.contains(&item.tokens.start)
                && gift.items.iter().any(|told| told.class == item.class)
        });
        self.sentence.is(Label::Definite, 0)
            && self.sentence.has(Label::Worth, &before)
            && same
            && gift.has_any(&acts, &gift.all())
            && !gift.mentions.iter().any(sum)
            && !self.sentence.mentions_in(&before).any(sum)
    }

    /// "for drones from Ukrainian manufacturers": whoever is attacked has an industry of its own, and
    /// what is bought there is given.
    pub(super) fn is_industry_of_receiver(
        &self,
        own: &Range<usize>,
        territory: &Range<usize>,
    ) -> bool {
        let attacked = |mention: &Mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| self.document.lexicon.is_attacked(code))
        };
        let mut industry = self.sentence.cues_in(territory).filter(|c| c.label == Label::Domestic);
        industry.any(|cue| {
            let start = cue.tokens.start;
            let bought = own.end..start;
            // "donates 20 million to the Kenyan arms industry"
            let given = self.sentence.has(Label::Would, &(start..own.start))
                || self.sentence.ending_at(Label::Give, own.start).is_some()
                || self.sentence.items.iter().any(|item| bought.contains(&item.tokens.start));
            given && self.sentence.mentions_in(&(start.saturating_sub(4)..start)).any(attacked)
        })
    }

    /// "Taiwan's ministry said it would also buy 16 guns for $30 million": the receiver is the buyer.
    pub(super) fn buys_for_itself(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let before = territory.start..own.start;
        let buys = |cue: &CueMention| matches!(cue.label, Label::Trade | Label::Buy);
        let Some(verb) = self.sentence.cues_in(&before).rfind(|cue| buys(cue)) else {
            return false;
        };
        let subject = before.start..verb.tokens.start;
        let mentions = self.sentence.mentions_in(&subject);
        let buyer = mentions.filter_map(|mention| self.document.actor_code(&mention.value)).last();
        let needs = |code: &str| {
            Some(code) == self.document.main_recipient.as_deref()
                || self.document.lexicon.is_attacked(code)
        };
        buyer.is_some_and(needs)
            && !self.sentence.has_any(&[Label::AidNoun, Label::By, Label::Give], territory)
    }
}

//! Gifts that answer each other: who gives and gets something in return.

use super::acts::VERBS;
use super::{Reader, parties};
use crate::extraction::parties::{Parties, Party};
use crate::lexicon::Label;

impl Reader<'_> {
    /// "and gets 15 tanks from Germany", "and Berlin makes up for it with trucks": who gives and gets
    /// something in return receives it.
    pub(super) fn answer(&self, parties: &mut Parties, giver: Option<&Party>) {
        let Some(giver) = giver else { return };
        let gets = self.sentence.has(Label::Receive, &self.act)
            && !self.sentence.has(Label::Give, &self.act);
        let answers = gets || self.sentence.has(Label::Return, &self.act);
        let named = parties.recipients.iter().any(|party| party.score >= 2);
        if answers && !named && parties.donors.iter().all(|party| party.code != giver.code) {
            parties.recipients = vec![giver.clone()];
        }
    }

    /// "In return for the 28 tanks that it gave to Ukraine, Slovenia gets": where the main clause
    /// begins.
    pub(super) fn returned_opening(&self) -> Option<usize> {
        self.sentence.first(Label::Return, &(0..3))?;
        let comma =
            self.sentence.all().find(|at| self.sentence.is_sign(self.text(), *at, &[","]))?;
        let opening = 0..comma;
        let main = comma + 1..self.sentence.tokens.len();
        let gives = self.sentence.has(Label::Give, &opening) && self.has_thing(&opening);
        (gives && self.sentence.has_any(&VERBS, &main) && self.has_thing(&main)).then_some(comma)
    }

    /// "Greece will transfer 40 vehicles to Ukraine and will get as many from Germany": where the
    /// giver's own receiving begins.
    pub(super) fn return_gift(&self, subjects: &[&Party]) -> Option<usize> {
        let all = self.sentence.all();
        let verb = self.sentence.cues_in(&all).find(|cue| cue.label == Label::Give)?;
        let giver = subjects.iter().find(|party| party.tokens.end <= verb.tokens.start)?;
        let behind = verb.tokens.end..all.end;
        let gets = self.sentence.cues_in(&behind).find(|cue| cue.label == Label::Receive)?;
        let other = parties::in_range(self.document, self.sentence, &(gets.tokens.end..all.end));
        let from = other.donors.iter().any(|party| {
            party.score >= 4 && party.rule == "donor.from" && party.code != giver.code
        });
        let link = (verb.tokens.end..gets.tokens.start).rev().find(|at| {
            self.sentence.is(Label::And, *at)
                || self.sentence.is_sign(self.text(), *at, &[",", ";"])
        })?;
        let subject = self
            .sentence
            .mentions_in(&(link..gets.tokens.start))
            .any(|mention| self.document.actor_code(&mention.value).is_some());
        (from && !subject).then_some(link)
    }
}

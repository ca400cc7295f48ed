//! Gifts that answer each other: who gives tanks to a third state and gets others in return.

use super::acts::VERBS;
use super::{Reader, parties};
use crate::extraction::parties::{Parties, Party};
use crate::lexicon::Label;
use crate::mentions::CueMention;

impl Reader<'_> {
    /// "and gets 15 tanks from Germany", "and Berlin makes up for it with trucks": who gives and gets
    /// something in return receives it.
    pub(super) fn answer(&self, parties: &mut Parties, giver: Option<&Party>) {
        let Some(giver) = giver else { return };
        let verb = self.sentence.first(Label::Give, &self.act);
        let passive = |verb: &CueMention| parties::is_passive(self.document, self.sentence, verb);
        let gets = self.sentence.has(Label::Receive, &self.act) && verb.is_none()
            || verb.is_some_and(passive) && self.goes_on_passively(self.act.start);
        let answers = gets || self.sentence.has(Label::Return, &self.act);
        let named = parties.recipients.iter().any(|party| party.score >= 2);
        if answers && !named && parties.donors.iter().all(|party| party.code != giver.code) {
            parties.recipients = vec![giver.clone()];
        }
    }

    /// "and will be compensated": a passive right behind a link, with no subject of its own.
    fn goes_on_passively(&self, at: usize) -> bool {
        let near = at + 1..at + 5;
        let verb = self.sentence.first(Label::Give, &near);
        self.is_link(at)
            && verb.is_some_and(|verb| {
                let between = at + 1..verb.tokens.start;
                self.sentence.has(Label::Be, &between)
                    && self.sentence.mentions_in(&between).next().is_none()
            })
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
        // "and will be compensated by Germany with 40 trucks"
        let passive = |cue: &CueMention| parties::is_passive(self.document, self.sentence, cue);
        let gets = self
            .sentence
            .cues_in(&behind)
            .find(|cue| cue.label == Label::Receive || cue.label == Label::Give && passive(cue))?;
        let other = parties::in_range(self.document, self.sentence, &(gets.tokens.end..all.end));
        let from = other.donors.iter().any(|party| {
            let rules = ["donor.from", "donor.by"];
            party.score >= 4 && rules.contains(&party.rule) && party.code != giver.code
        });
        // "and gets German trucks in return"
        let returned = self.sentence.has(Label::Return, &(gets.tokens.end..all.end));
        let link = (verb.tokens.end..gets.tokens.start).rev().find(|at| {
            self.sentence.is(Label::And, *at)
                || self.sentence.is_sign(self.text(), *at, &[",", ";"])
        })?;
        let subject = self
            .sentence
            .mentions_in(&(link..gets.tokens.start))
            .any(|mention| self.document.actor_code(&mention.value).is_some());
        ((from || returned) && !subject).then_some(link)
    }
}

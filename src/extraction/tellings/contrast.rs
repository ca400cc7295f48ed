//! What is done beside what is refused.

use super::Reader;
use crate::extraction::parties;
use crate::lexicon::{Inflection, Label};
use crate::mentions::CueMention;

impl Reader<'_> {
    /// "will not supply weapons, but it is sending helmets", "refused to sell tanks and sent vests":
    /// where what is done begins, behind what is refused.
    pub(super) fn contrast(&self) -> Option<usize> {
        let all = self.sentence.all();
        let denied = |verb: &CueMention| {
            let start = verb.tokens.start;
            self.sentence.has(Label::Not, &(start.saturating_sub(3)..start))
        };
        let refused = self.sentence.cues_in(&all).find(|verb| match verb.label {
            Label::Give => denied(verb),
            Label::Withdraw => !denied(verb),
            _ => false,
        })?;
        let done = self.sentence.cues_in(&(refused.tokens.end..all.end)).find(|verb| {
            let start = verb.tokens.start;
            let will = self.sentence.has(Label::Will, &(start.saturating_sub(3)..start));
            verb.label == Label::Give
                && (verb.inflection != Inflection::Base || will)
                && !denied(verb)
                && !parties::is_passive(self.document, self.sentence, verb)
                && self.has_thing(&(verb.tokens.end..all.end))
        })?;
        let link = (refused.tokens.end..done.tokens.start).rev().find(|at| {
            self.sentence.is(Label::And, *at)
                || self.sentence.starting_at(Label::Clause, *at).is_some()
                || self.sentence.is_sign(self.text(), *at, &[",", ";"])
        })?;
        // "refused to send the tanks that it was given" tells of no second act.
        let that = self.sentence.is(Label::It, link);
        (!that).then_some(link)
    }
}

//! Plans that are no gifts, and plans to make one public.

use super::Reader;
use crate::lexicon::{Inflection, Label};
use crate::mentions::{CueMention, Mention, Value};

impl Reader<'_> {
    /// "prepare to host a meeting": what is planned is no gift.
    pub(super) fn plans_else(&self, verb: &CueMention) -> bool {
        let to = [verb.tokens.end - 1, verb.tokens.end]
            .into_iter()
            .find(|at| self.sentence.is(Label::To, *at));
        let unknown = |at: usize| {
            !self.sentence.is_any_sign(at)
                && self.sentence.mention_at(at).is_none()
                && self.sentence.is_silent(at)
                && self.sentence.is_silent(at + 1)
                && self.sentence.cues_into(at).next().is_none()
        };
        to.is_some_and(|to| unknown(to + 1))
            || self.plans_no_gift(verb)
            || self.asks_for_another(verb)
    }

    /// "Kyiv waits for a decision on whether Oslo will send": the plan of who stands right behind it.
    fn asks_for_another(&self, verb: &CueMention) -> bool {
        let start =
            verb.tokens.end + usize::from(self.sentence.is(Label::Definite, verb.tokens.end));
        let subject = self.sentence.mention_at(start);
        let subject = subject.filter(|it| self.document.actor_code(&it.value).is_some());
        let acts = [Label::Will, Label::Would];
        subject.is_some_and(|it| self.sentence.is_any(&acts, it.tokens.end))
    }

    /// "announced arms for Kyiv, as Germany prepares for a summit": beside an act, a plan behind which
    /// nothing is given.
    fn plans_no_gift(&self, verb: &CueMention) -> bool {
        let words = [
            Label::Give,
            Label::Announce,
            Label::Receive,
            Label::Arrive,
            Label::Buy,
            Label::PackageNoun,
            Label::AidNoun,
        ];
        let behind = verb.tokens.end..self.sentence.tokens.len();
        let sum = |mention: &Mention| matches!(mention.value, Value::Money(_));
        let acts = [Label::Give, Label::Announce];
        self.sentence.has_any(&acts, &(0..verb.tokens.start))
            && !self.sentence.has_any(&words, &behind)
            && !self.sentence.items.iter().any(|item| behind.contains(&item.tokens.start))
            && !self.sentence.mentions_in(&behind).any(sum)
    }

    /// "is expected to announce", "could announce"
    pub(super) fn plans_to_announce(&self, verb: &CueMention) -> bool {
        let near = verb.tokens.start..verb.tokens.end + 3;
        self.sentence
            .cues_in(&near)
            .any(|cue| cue.label == Label::Announce && cue.inflection == Inflection::Base)
    }
}

//! Plans that are no gifts, and plans to make one public.

use super::Reader;
use crate::lexicon::{Inflection, Label};
use crate::mentions::{CueMention, Mention, Value};

/// So many tokens behind a verb of deciding stands the accord that it is about.
const ACCORD: usize = 5;

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

    /// "agreed to send", "is considering sending", "cancelled the delivery of": a verb of deciding or
    /// planning right before the verb of giving, or before its noun.
    pub(super) fn resolves_to_give(&self, verb: &CueMention) -> bool {
        let end = verb.tokens.end;
        // "announced on Tuesday the delivery of"
        let end = self.behind_day(end);
        let article = self.sentence.is_any(&[Label::Definite, Label::Indefinite, Label::It], end);
        let noun = self.sentence.starting_at(Label::PackageNoun, end + usize::from(article));
        // "announced the supply of", "the dispatch of": a verb's form behind an article is a noun.
        let noun = noun.or_else(|| {
            let verb = self.sentence.starting_at(Label::Give, end + 1)?;
            Some(verb).filter(|verb| article && verb.inflection == Inflection::Base)
        });
        if noun.is_some_and(|noun| self.sentence.is(Label::Of, noun.tokens.end)) {
            return true;
        }
        // "approved a draft agreement on donating vehicles"
        let accord = self.sentence.first(Label::Accord, &(end..end + ACCORD));
        if accord.is_some_and(|accord| self.is_about_giving(accord.tokens.end)) {
            return true;
        }
        let to =
            end > 0 && (self.sentence.is(Label::To, end) || self.sentence.is(Label::To, end - 1));
        self.sentence.cues_in(&(end..end + 3)).any(|cue| {
            cue.label == Label::Give
                && match cue.inflection {
                    Inflection::Base => to,
                    Inflection::Gerund => cue.tokens.start == end,
                    _ => false,
                }
        })
    }

    /// Behind a day right behind a verb, with its preposition.
    fn behind_day(&self, end: usize) -> usize {
        let on = end + usize::from(self.sentence.is(Label::In, end));
        match self.sentence.mention_at(on) {
            Some(day) if matches!(day.value, Value::Date(_)) => day.tokens.end,
            _ => end,
        }
    }
}

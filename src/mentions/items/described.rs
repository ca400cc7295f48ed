//! Numbers that words part from what they count: where it comes from, what state it is in.

use super::{Chunker, Phrase};
use crate::lexicon::{
    ActorKind, Label, Role,
    token::{Joint, Shape},
};
use crate::mentions::Value;
use crate::model::Bounds;
use rust_decimal::Decimal;

/// So many tokens describe a thing at most between its number and its own words.
const LONGEST_DESCRIPTION: usize = 6;

/// Words that tell nothing of a gift between a number and a description: "12 recently repaired tanks".
const BETWEEN: [Label; 5] =
    [Label::Earlier, Label::New, Label::Undated, Label::Remaining, Label::Share];

impl Chunker<'_> {
    /// "3 mobile, remote controlled systems": a number before describing words that a comma parts.
    pub(super) fn quantity_before_words(&self, left: usize) -> Option<(Bounds, usize, usize)> {
        let comma =
            left.checked_sub(1).filter(|at| self.sentence.is_sign(self.text, *at, &[","]))?;
        // "100 BTRs, portable missiles": a noun, though an unknown one.
        let plain = |at: usize| {
            self.describes_at(at)
                && self.sentence.tokens[at].token.shape == Shape::Lower
                && !self.is_plural(at)
        };
        let words = (0..comma).rev().take(2).take_while(|at| plain(*at)).count();
        let (bounds, from, name) = self.quantity_before(comma - words).filter(|_| words > 0)?;
        (bounds.figure() > Decimal::ONE).then_some((bounds, from, name))
    }

    /// "3,000 Chinese rifles", "45 of the Soviet-designed tanks": a number before the word for where
    /// a thing comes from.
    pub(super) fn quantity_before_origin(
        &self,
        phrase: &Phrase,
        left: usize,
    ) -> Option<(Bounds, usize, usize)> {
        let mut at = left;
        while at > 0
            && left - at < 3
            && (self.sentence.is(Label::Made, at - 1)
                || self.is_origin(at - 1)
                // "NATO-standard"
                || self.is_actor(at - 1)
                    && self.sentence.tokens[at].token.joint == Joint::Hyphen
                // "locally produced"
                || at < left && self.sentence.is(Label::Made, at) && self.is_describing(at - 1))
        {
            at -= 1;
        }
        let partitive = at >= 3
            && phrase.plural
            && phrase.role != Role::Vague
            && self.sentence.is(Label::Definite, at - 1)
            && self.sentence.is(Label::Of, at - 2);
        let end = if partitive { at - 2 } else { at };
        if end == left {
            return None;
        }
        let (bounds, from, _) = self.quantity_before(end)?;
        let counted = bounds.figure() > Decimal::ONE;
        counted.then_some((bounds, from, left))
    }

    /// "12 fully equipped ambulances", "12 NATO-compatible howitzers": a number before participles and
    /// joined words, whatever else these tell.
    pub(super) fn quantity_before_description(
        &self,
        phrase: &Phrase,
        left: usize,
    ) -> Option<(Bounds, usize, usize)> {
        let joined = |at: usize| {
            let joint = |at: usize| self.sentence.tokens.get(at).map(|known| known.token.joint);
            // "12 trailer-mounted generators": a thing that only says how.
            let joint_thing = joint(at + 1) == Some(Joint::Hyphen)
                && self.sentence.mention_at(at + 1).is_none()
                && self.sentence.mention_at(at).is_some_and(super::names_materiel);
            let free = self.sentence.mention_at(at).is_none() || self.is_actor(at) || joint_thing;
            free && (joint(at) == Some(Joint::Hyphen) || joint(at + 1) == Some(Joint::Hyphen))
        };
        let participle = |at: usize| {
            self.sentence
                .cues_in(&(at..at + 1))
                .any(|cue| cue.tokens == (at..at + 1) && cue.inflection.is_past_form())
        };
        let small = |at: usize| {
            self.sentence.is_sign(self.text, at, &["\"", "“", "”", "'", "‘", ","])
                || self.sentence.is_any(&BETWEEN, at)
        };
        let mut at = left;
        while at > 0
            && left - at < LONGEST_DESCRIPTION
            && (joined(at - 1)
                || participle(at - 1)
                || small(at - 1)
                || self.describes_at(at - 1)
                || self.is_origin(at - 1)
                || self.is_of_forces(at - 1))
        {
            at -= 1;
        }
        let comma = |at: usize| self.sentence.is_sign(self.text, at, &[","]);
        let number = self.quantity_before(at).or_else(|| self.quantity_behind_verb(at));
        let (bounds, from, _) = number.filter(|_| at < left)?;
        // "a former US Coast Guard cutter", not "a Russian rocket"
        let told = |at: usize| joined(at) || participle(at) || self.is_of_forces(at);
        let one = !phrase.plural && (at..left).any(told);
        let counted = if bounds.figure() > Decimal::ONE { phrase.plural } else { one };
        if comma(at) || comma(left - 1) {
            return None;
        }
        (counted && phrase.role != Role::Vague).then_some((bounds, from, left))
    }

    /// "a former U.S. military aircraft", "an ex-Belgian navy minehunter": whose thing it was.
    fn is_of_forces(&self, at: usize) -> bool {
        let named = self.sentence.mention_at(at).is_some_and(|mention| match mention.value {
            Value::Actor(number) => {
                matches!(self.lexicon.actor_at(number).kind, ActorKind::Forces | ActorKind::Name)
            }
            _ => false,
        });
        named || self.sentence.is(Label::Forces, at)
    }

    fn is_origin(&self, at: usize) -> bool {
        self.sentence.mention_at(at).is_some_and(|mention| match mention.value {
            Value::Actor(number) => self.lexicon.actor_at(number).kind == ActorKind::Adjective,
            _ => false,
        })
    }
}

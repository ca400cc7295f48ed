//! What a thing costs: the price of one piece, of what replaces a gift, of what is no gift at all.

use super::Reader;
use crate::extraction::parties;
use crate::lexicon::{Label, Role};
use crate::mentions::{Mention, Value};
use std::ops::Range;

/// How many tokens before a relative clause name what it speaks of.
const ANTECEDENT: usize = 6;

/// How far before a sum, in tokens, the verb of its price stands: "cost the Netherlands about".
const VERB_REACH: usize = 5;

impl Reader<'_> {
    /// "256,000 euros worth of unused ammunition": what is left over is a thing, and not money.
    pub(super) fn describes_a_thing(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let near = own.end..(own.end + 6).min(territory.end);
        self.sentence.cues_in(&near).any(|cue| {
            let things = self.sentence.items.iter();
            let mut starts = things.map(|item| item.tokens.start);
            cue.label == Label::Remaining
                && starts.any(|at| at == cue.tokens.end || at == cue.tokens.start)
        })
    }

    /// "€4 million apiece", "Each radar costs about 850,000 euros"; but "each" of several givers
    /// gives as much.
    pub(super) fn is_price_of_one(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let before = territory.start..own.start;
        let after = own.end..territory.end;
        let shared = self.sentence.has(Label::Each, &(after.start..after.end.min(after.start + 2)))
            || self.sentence.has(Label::Each, &self.subject(&before));
        let givers = parties::in_range(self.document, self.sentence, territory);
        shared && givers.donors.len() < 2
            || self.near_after(Label::UnitPrice, &after, 4)
            || self.near_before(Label::UnitPrice, &before, 5)
    }

    /// "releases weapons in $500 million tranches": what each of several parts is worth.
    pub(super) fn is_size_of_each(&self, own: &Range<usize>) -> bool {
        own.start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::In, at))
            && self.sentence.is_any(&[Label::PackageNoun, Label::Counted], own.end)
    }

    /// "the base cost $50 million", "to replace the tanks will cost 3.4 billion": the price of what
    /// is no gift.
    pub(super) fn price(
        &self,
        own: &Range<usize>,
        territory: &Range<usize>,
    ) -> Option<(&'static str, &'static str)> {
        let reach = own.start.saturating_sub(VERB_REACH).max(territory.start)..own.start;
        let is_noun = |at: usize| self.sentence.is_any(&[Label::Indefinite, Label::Definite], at);
        let verb = self.sentence.cues_in(&reach).rfind(|cue| cue.label == Label::Cost)?;
        if verb.tokens.start.checked_sub(1).is_some_and(is_noun) {
            return None;
        }
        let mut subject = self.subject(&(territory.start..verb.tokens.start));
        let behind = own.end..territory.end.min(own.end + 4);
        if self.sentence.has(Label::Replacement, &subject)
            || self.sentence.has(Label::Replacement, &behind)
        {
            return Some(("replacement", "sum.replacement"));
        }
        // "TURKSOM, which cost $50 million": what is named right before the relative clause.
        if subject.end > subject.start && self.sentence.is(Label::Clause, subject.end - 1) {
            subject.start = subject.start.max(subject.end.saturating_sub(ANTECEDENT));
        }
        let gift = [Label::PackageNoun, Label::AidNoun, Label::Give, Label::Handover];
        let thing = |mention: &Mention| {
            let materiel =
                |number| self.document.lexicon.materiel_at(number).role != Role::Modifier;
            match mention.value {
                Value::Materiel(number) => materiel(number),
                Value::System(_) | Value::Number(_) => true,
                _ => false,
            }
        };
        // "Stationing the batteries cost": what is done with arms is no gift.
        if self.sentence.has(Label::OwnUse, &subject) {
            return Some(("price", "sum.price"));
        }
        // "it will cost": what was told before; "Made by Teledyne in Waterloo, they cost".
        let pronoun = verb.tokens.start.checked_sub(1);
        let refers = pronoun.is_some_and(|at| self.sentence.is(Label::It, at) && at > 0)
            && !self.sentence.has_any(&[Label::Clause, Label::Indefinite], &subject)
            || subject.len() <= 3
                && self.sentence.has_any(&[Label::It, Label::Definite], &subject)
                && !self.sentence.has(Label::Clause, &subject);
        let is_gift = self.sentence.has_any(&gift, &subject)
            || self.sentence.mentions_in(&subject).any(thing)
            || subject.is_empty()
            || refers;
        let is_one = self.sentence.is(Label::Indefinite, subject.start);
        (!is_gift || is_one).then_some(("price", "sum.price"))
    }

    /// "Denmark has ordered 15 howitzers for Ukraine. The contract costs 9 million": the contract
    /// that opens the sentence is for what the sentence before buys for another.
    pub(super) fn is_contract_for_another(&self) -> bool {
        let previous = self.index.checked_sub(1).map(|index| &self.document.sentences[index]);
        self.sentence.is(Label::Definite, 0)
            && self.sentence.is(Label::Sale, 1)
            && previous.is_some_and(|previous| {
                parties::buys_for_another(self.document, previous, &previous.all())
            })
    }

    /// What stands before a verb or a sum as its subject: back to a comma, and over such parts as
    /// hold no noun for help, "the package, announced on Monday, totals".
    pub(super) fn subject(&self, before: &Range<usize>) -> Range<usize> {
        let nouns = [Label::AidNoun, Label::PackageNoun, Label::Frame, Label::Sale, Label::Loan];
        let mut end = before.end;
        loop {
            let opens = |at: &usize| {
                self.sentence.is_any_sign(*at)
                    || self.sentence.starting_at(Label::Clause, *at).is_some()
            };
            let comma = (before.start..end).rev().find(opens);
            let part = comma.map_or(before.start, |at| at + 1)..end;
            match comma {
                Some(at) if !self.sentence.has_any(&nouns, &part) => end = at,
                _ => return part.start..before.end,
            }
        }
    }
}

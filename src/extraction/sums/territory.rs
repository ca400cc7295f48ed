//! The stretch of a sentence that speaks of one sum and no other, and what stands near in it.

use super::Reader;
use crate::lexicon::Label;
use crate::mentions::{Mention, Value};
use std::ops::Range;

impl Reader<'_> {
    /// The stretch of the sentence that speaks of one sum: up to the boundaries towards its
    /// neighbours.
    pub(super) fn territory(&self, places: &[usize], order: usize) -> Range<usize> {
        let own = self.tokens(places[order]);
        let left = match order.checked_sub(1).map(|before| self.tokens(places[before])) {
            Some(previous) => self.boundary(&(previous.end..own.start)),
            None => self.clause_start(own.start),
        };
        // "10 million euro ($10.4 million) of assistance goes to": a sum in brackets parts nothing.
        let next = (order + 1..places.len()).find(|next| !self.is_in_brackets(places, *next));
        let right = match next {
            Some(next) => {
                let end = self.tokens(places[next - 1]).end;
                self.boundary(&(end..self.tokens(places[next]).start))
            }
            None => self.clause_end(own.end),
        };
        left.min(own.start)..right.max(own.end)
    }

    /// Where the stretch between two sums parts: at a clause, else at the last comma or "and".
    pub(super) fn boundary(&self, between: &Range<usize>) -> usize {
        // "on Moldova – 7 million": a dash right before the sum joins it to what it is for.
        let joins = |at: usize| {
            at + 1 == between.end && self.sentence.is_sign(self.text(), at, &["—", "–"])
        };
        // "), Belgium (€200 million)": a sum in brackets is that of the actor before it.
        let bracket = between.end.checked_sub(2).filter(|actor| {
            actor >= &between.start && self.sentence.is_sign(self.text(), actor + 1, &["("])
        });
        let owner = bracket.and_then(|actor| self.sentence.mention_at(actor));
        if let Some(owner) = owner.filter(|owner| matches!(owner.value, Value::Actor(_))) {
            return owner.tokens.start.max(between.start);
        }
        // "is worth 161 million, and the value of all packages is 910 million"
        let comma = self.sentence.is_sign(self.text(), between.start, &[","]);
        if comma
            && between.len() > 1
            && self.sentence.starting_at(Label::And, between.start + 1).is_some()
        {
            return between.start;
        }
        let opens = |at: &usize| {
            self.sentence.is_sign(self.text(), *at, &[";", ":", "—", "–", "(", "•"]) && !joins(*at)
                || self.sentence.starting_at(Label::Clause, *at).is_some()
                || self.sentence.starting_at(Label::Share, *at).is_some()
                || self.sentence.starting_at(Label::TotalBefore, *at).is_some()
        };
        // "for Moldova and another worth €30 million": a link right before the next sum parts best.
        let close = between.end.saturating_sub(4).max(between.start)..between.end;
        // ", and Sweden and Denmark €25 million each": what joins two actors parts nothing there.
        let joins_actors = |at: usize| {
            let actor = |mention: Option<&Mention>| {
                mention.is_some_and(|mention| matches!(mention.value, Value::Actor(_)))
            };
            actor(at.checked_sub(1).and_then(|at| self.sentence.mention_at(at)))
                && actor(self.sentence.mention_at(at + 1))
        };
        let links = |at: &usize| self.sentence.starting_at(Label::And, *at).is_some();
        let parts = |at: &usize| self.sentence.is_sign(self.text(), *at, &[","]) || links(at);
        let list = |at: &usize| {
            joins_actors(*at) && (between.start..*at).any(|at| opens(&at) || parts(&at))
        };
        let linked = close.clone().rev().find(links).filter(|at| !list(at));
        if let Some(at) = linked
            && !close.clone().any(|at| opens(&at))
        {
            return at;
        }
        if let Some(at) = between.clone().find(opens) {
            return at;
        }
        between.clone().rev().find(|at| parts(at) && !list(at)).unwrap_or(between.end)
    }

    /// The first token of the clause before a sum: after a semicolon or colon.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        let hard = |at: &usize| self.sentence.is_sign(self.text(), *at, &[";", ":"]);
        (0..at).rev().find(hard).map_or(0, |found| found + 1)
    }

    pub(super) fn clause_end(&self, at: usize) -> usize {
        let hard = |at: &usize| self.sentence.is_sign(self.text(), *at, &[";"]);
        (at..self.sentence.tokens.len()).find(hard).unwrap_or(self.sentence.tokens.len())
    }

    pub(super) fn near_before(&self, label: Label, before: &Range<usize>, reach: usize) -> bool {
        let from = before.start.max(before.end.saturating_sub(reach));
        (from + 1..=before.end).filter(|end| self.sentence.is(label, end - 1)).any(|end| {
            self.sentence
                .cues_ending_at(end)
                .any(|cue| cue.label == label && cue.tokens.start >= before.start)
        })
    }

    pub(super) fn near_after(&self, label: Label, after: &Range<usize>, reach: usize) -> bool {
        self.sentence.has(label, &(after.start..after.end.min(after.start + reach)))
    }

    pub(super) fn near(
        &self,
        label: Label,
        own: &Range<usize>,
        territory: &Range<usize>,
        reach: usize,
    ) -> bool {
        self.near_before(label, &(territory.start..own.start), reach)
            || self.near_after(label, &(own.end..territory.end), reach)
    }

    /// A sum with the same sum in brackets behind it: "5 billion yen ($33 million) of its budget".
    pub(super) fn with_conversion(&self, own: &Range<usize>) -> Range<usize> {
        let opens = self.sentence.is_sign(self.text(), own.end, &["("]);
        let sum = self
            .sentence
            .mention_at(own.end + 1)
            .filter(|mention| opens && matches!(mention.value, Value::Money(_)));
        let end = sum
            .map(|sum| sum.tokens.end)
            .filter(|end| self.sentence.is_sign(self.text(), *end, &[")"]));
        own.start..end.map_or(own.end, |end| end + 1)
    }
}

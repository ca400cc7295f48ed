//! What is only counted up: "has given 89 tanks so far".

use super::Reader;
use crate::lexicon::{Grade, Label};
use crate::mentions::{CueMention, ItemMention, Value};
use std::ops::Range;

impl Reader<'_> {
    /// "so far", "to date"; "already" only says that an act is done.
    pub(super) fn sums_up_to_now(&self, range: &Range<usize>) -> bool {
        let mut cues = self.sentence.cues_in(range).filter(|cue| cue.label == Label::TotalAfter);
        // "in the first half of the year it had handed over 14 carriers": a time that is over.
        // "the carriers it had been given by Sweden: 50 in all": the number of what has just been named.
        let apposed = |cue: &CueMention| {
            let number =
                cue.tokens.start.checked_sub(1).and_then(|at| self.sentence.mention_at(at));
            let number = number.filter(|number| matches!(number.value, Value::Number(_)));
            let before = number.and_then(|number| number.tokens.start.checked_sub(1));
            cue.is(Grade::InAll) && before.is_some_and(|at| self.sentence.is_any_sign(at))
        };
        cues.any(|cue| {
            !cue.is(Grade::Done)
                && !apposed(cue)
                && self.sentence.starting_at(Label::Undated, cue.tokens.start).is_none()
        })
    }

    /// "has so far given 89 tanks; now it sends 20 more": the clause of an item counts what was given
    /// before, another one does not.
    pub(super) fn is_running_total(&self, item: &ItemMention) -> bool {
        let parts = |at: &usize| self.sentence.is_sign(self.text(), *at, &[";"]);
        let all = self.sentence.all();
        let start = (0..item.tokens.start).rev().find(parts).unwrap_or(0);
        let end = (item.tokens.end..all.end).find(parts).unwrap_or(all.end);
        let clause = start..end;
        // "had already supplied 20 trucks on 25 November": one act of a day.
        // "Back in March, Norway had already promised 8 tanks": an act that is long done.
        let done = self.sentence.has(Label::Had, &clause);
        let around = if done { self.sentence.all() } else { clause.clone() };
        let dated = self
            .sentence
            .mentions_in(&around)
            .any(|mention| matches!(mention.value, Value::Date(_)))
            && !self.sentence.has_any(&[Label::Since, Label::Until], &clause);
        // "has committed a total of 90 carriers"
        let start = item.tokens.start;
        let summed = start.saturating_sub(3)..start + 1;
        let in_all = item.quantity.is_some()
            && self.sentence.has_any(&[Label::TotalBefore, Label::TotalWeak], &summed);
        self.will_have_given(start)
            || !dated
                && (self.sums_up_to_now(&clause) || in_all)
                && self.sentence.has(Label::Have, &clause)
                && !self.names_new(&clause)
                && !self.sentence.has(Label::SequenceNoun, &clause)
    }
}

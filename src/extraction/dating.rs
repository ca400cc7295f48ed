//! Which times belong to an act or a package, by the words right beside them.

use super::days::ACTS;
use super::document::Document;
use crate::lexicon::{Inflection, Label};
use crate::mentions::{CueMention, Sentence, Value};
use std::ops::Range;

/// Within so many tokens before a time stands the verb whose act it dates.
const BEHIND_ACT: usize = 5;

/// Within so many it does where a list of things may stand between them.
const BEHIND_THINGS: usize = 8;

/// "the seventeenth package, from September,", "a measure of €12.75 million from last December": the time of
/// what stands before it, and no beginning of a span.
pub(super) fn comes_from(document: &Document<'_>, sentence: &Sentence, at: usize) -> bool {
    let Some(from) = at.checked_sub(1).filter(|at| sentence.is(Label::From, *at)) else {
        return false;
    };
    let comma = |at: usize| sentence.is_sign(&document.article.text, at, &[","]);
    let end = from - usize::from(from > 0 && comma(from - 1));
    let sum = end.checked_sub(1).and_then(|at| sentence.mention_at(at));
    let told = sum.is_some_and(|sum| matches!(sum.value, Value::Money(_)));
    told || sentence.ending_at(Label::PackageNoun, end).is_some()
}

/// "the package of January 25": its day, as its name.
pub(super) fn names_package(sentence: &Sentence, at: usize) -> bool {
    let of = at.checked_sub(1).filter(|at| sentence.is(Label::Of, *at));
    of.is_some_and(|of| sentence.ending_at(Label::PackageNoun, of).is_some())
}

/// "Saudi Arabia in August provided": the verb stands right behind its time.
pub(super) fn stands_before_act(sentence: &Sentence, end: usize) -> bool {
    let told = |cue: &CueMention| {
        let acts = cue.label == Label::Announce || ACTS.contains(&cue.label);
        acts && cue.inflection == Inflection::Past
    };
    sentence.cues_in(&(end..end + 1)).any(told)
}

/// "announced on 13 April", "gave six boats on Monday": a verb stands before its time.
pub(super) fn stands_behind_act(sentence: &Sentence, at: usize) -> bool {
    acts_in(sentence, &(at.saturating_sub(BEHIND_ACT)..at))
}

/// "gave six M-113 ambulances on Monday": the verb, what is given and its time, with no sign between them.
pub(super) fn stands_behind_things(sentence: &Sentence, at: usize) -> bool {
    let from = at.saturating_sub(BEHIND_THINGS);
    let clause = (from..at).rev().find(|at| sentence.is_any_sign(*at));
    acts_in(sentence, &(clause.map_or(from, |sign| sign + 1)..at))
}

fn acts_in(sentence: &Sentence, range: &Range<usize>) -> bool {
    let mut cues = sentence.cues_in(range);
    cues.any(|cue| cue.label == Label::Announce || ACTS.contains(&cue.label))
}

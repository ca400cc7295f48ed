//! Words by which what was promised is ordered from industry: "has signed the contract for the launchers that
//! it promised in April".

use crate::lexicon::{Grade, Label};
use crate::mentions::{CueMention, Sentence};

/// How many tokens may stand between a verb and the contract that it is about, its sum among them.
const OBJECT: usize = 7;

/// Up to this token the subject of a sentence begins.
const HEAD: usize = 2;

/// Within so many tokens before a verb stands what makes it done, denied or still to come.
const AUXILIARY: usize = 4;

/// Whether a sentence says that what was promised before is ordered now.
pub(super) fn orders_what_was_promised(sentence: &Sentence) -> bool {
    ordering(sentence).is_some_and(|verb| promises(sentence, verb))
}

/// Whether another verb of the sentence says that it was promised.
pub(super) fn promises(sentence: &Sentence, ordered: &CueMention) -> bool {
    sentence.cues.iter().any(|cue| {
        matches!(cue.label, Label::Give | Label::Announce)
            && is_done(cue)
            && !cue.tokens.contains(&ordered.tokens.start)
    })
}

/// The verb, or the words that stand for it, by which something is said to have been ordered.
pub(super) fn ordering(sentence: &Sentence) -> Option<&CueMention> {
    let all = sentence.all();
    let before = |cue: &CueMention, labels: &[Label]| {
        let start = cue.tokens.start;
        sentence.has_any(labels, &(start.saturating_sub(AUXILIARY)..start))
    };
    let is_real =
        |cue: &CueMention| !before(cue, &[Label::Not, Label::Will, Label::Would, Label::Expect]);
    let signs = |verb: &CueMention| {
        let (start, end) = (verb.tokens.start, verb.tokens.end);
        let is_contract = |cue: &CueMention| cue.is(Grade::Contract);
        let object = sentence.cues_in(&(end..(end + OBJECT).min(all.end))).any(is_contract);
        let passive = before(verb, &[Label::Be])
            && sentence.cues_in(&(0..start)).any(|cue| {
                // "Contracts for the package that was announced in August have been signed"
                let heads = cue.tokens.start <= HEAD;
                is_contract(cue) && (heads || cue.tokens.start + AUXILIARY + OBJECT >= start)
            });
        let signs = matches!(verb.label, Label::Announce | Label::Trade);
        (signs || verb.is(Grade::BuysByContract)) && (object || passive)
    };
    let orders = |verb: &CueMention| {
        let buys = |cue: &CueMention| cue.label == Label::Buy && cue.tokens == verb.tokens;
        verb.label == Label::Trade && sentence.cues_in(&verb.tokens).any(buys)
    };
    let mut cues = sentence.cues_in(&all);
    cues.find(|cue| {
        let is_ordered = cue.is(Grade::Contracted) && before(cue, &[Label::Be, Label::Have]);
        is_real(cue) && (is_ordered || is_done(cue) && (signs(cue) || orders(cue)))
    })
}

fn is_done(cue: &CueMention) -> bool {
    cue.inflection.is_past_form()
}

//! Whether a time in a sentence lies ahead, by the verbs around it. Knows no calendar.

use super::days::ACTS;
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, Sentence};
use std::ops::Range;

/// How far behind "will", in tokens, a time lies ahead.
const AHEAD: usize = 40;

/// So many tokens behind "will" stands the verb that it governs.
const GOVERNED: usize = 4;

/// Up to this token a day opens its sentence.
const OPENING: usize = 4;

/// Within so many tokens behind it "will" stands.
const SUBJECT: usize = 9;

/// "In Honolulu on Thursday the cutter will be handed over": what opens a sentence is the time of its verb.
pub(super) fn opens_what_will_be(sentence: &Sentence, day: &Range<usize>) -> bool {
    let subject = day.end..day.end + SUBJECT;
    let modal = sentence.cues_in(&subject).find(|cue| {
        matches!(cue.label, Label::Say | Label::Announce | Label::Clause | Label::Will)
            || ACTS.contains(&cue.label)
    });
    day.start <= OPENING && modal.is_some_and(|cue| cue.label == Label::Will)
}

/// "is to go to Kyiv in August", "is due to arrive on Friday": the day lies ahead of what is to be done.
pub(super) fn lies_ahead(sentence: &Sentence, at: usize) -> bool {
    let will = |cue: &CueMention| {
        let end = cue.tokens.end;
        // "a letter of intent to that effect" plans nothing for the day.
        let verb = |to: usize| sentence.is(Label::To, to) && !sentence.is(Label::Definite, to + 1);
        // "is scheduled for June", "with ten more to come in June"
        let set = cue.label == Label::Expect && sentence.is(Label::For, end - 1);
        let before = cue.tokens.start.checked_sub(1);
        let comes = cue.label == Label::Arrive
            && before.is_some_and(|to| sentence.is(Label::To, to) && !sentence.is(Label::Give, to))
            && (cue.tokens.end..cue.tokens.end + 2).contains(&at);
        let plans = cue.label == Label::Expect && (verb(end) || verb(end - 1));
        cue.label == Label::Will || plans || set || comes
    };
    // "said that it would deliver guns, missiles and 5,000 blankets in the autumn"
    let would = |cue: &CueMention| {
        let governed = cue.tokens.end..cue.tokens.end + GOVERNED;
        cue.label == Label::Would && sentence.has_any(&ACTS, &governed)
    };
    let told = |cue: &CueMention| {
        let modal = cue.tokens.start.saturating_sub(GOVERNED)..cue.tokens.start;
        // "intend to spend it, he said after a session on Wednesday"
        if cue.label == Label::Unnamed || cue.is(Grade::Beside) {
            return true;
        }
        let says = matches!(cue.label, Label::Say | Label::Announce)
            || ACTS.contains(&cue.label) && !sentence.cues_in(&modal).any(|m| will(m) || would(m));
        says && cue.inflection.is_past_form()
    };
    let before = at.saturating_sub(AHEAD)..at;
    let nearest = sentence.cues_in(&before).rfind(|cue| will(cue) || would(cue) || told(cue));
    nearest.is_some_and(|cue| will(cue) || would(cue))
}

/// "will leave for Kyiv in January", "are due in January": a month right behind what is to be done.
pub(super) fn is_of_what_comes(sentence: &Sentence, at: usize) -> bool {
    let before = at.saturating_sub(GOVERNED + 2)..at;
    let told = |cue: &&CueMention| {
        let verb = matches!(cue.label, Label::Say | Label::Announce) || ACTS.contains(&cue.label);
        cue.label == Label::Will
            || matches!(cue.label, Label::Clause | Label::And | Label::Had | Label::Have)
            || verb && cue.inflection == Inflection::Past
    };
    let nearest = sentence.cues_in(&before).rfind(told);
    nearest.is_some_and(|cue| cue.label == Label::Will)
}

/// "the tanks arrive in June": a month behind a verb in the present is the next one.
pub(super) fn is_told_as_present(sentence: &Sentence, at: usize) -> bool {
    let acts = |cue: &&CueMention| {
        matches!(cue.label, Label::Say | Label::Announce | Label::Have | Label::Had)
            || ACTS.contains(&cue.label)
    };
    let before = at.saturating_sub(AHEAD)..at;
    let nearest = sentence.cues_in(&before).rfind(acts);
    nearest.is_some_and(|cue| {
        ACTS.contains(&cue.label) && matches!(cue.inflection, Inflection::Third | Inflection::Base)
    })
}

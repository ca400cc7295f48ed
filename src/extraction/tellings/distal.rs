//! "That one was worth", "That package, the 24th, was estimated at": what points at a package which the sentence
//! before recalls is recalled with it, and on its day.

use super::Telling;
use crate::extraction::days::{self, Day};
use crate::extraction::document::Document;
use crate::extraction::status::Reading;
use crate::lexicon::{Grade, Label};
use crate::mentions::{CueMention, Sentence};
use crate::model::{CivilDate, Status};
use crate::text::SegmentKind;

/// Up to this token the verb may stand that says that it is no more than announced: "That package will".
const SUBJECT: usize = 8;

/// Recalls what points back so, and dates it.
pub(super) fn carry(document: &Document<'_>, tellings: &mut [Telling]) {
    for telling in tellings.iter_mut().filter(|telling| !telling.is_title) {
        let Some(before) = telling.sentence.checked_sub(1) else { continue };
        let (sentence, before) =
            (&document.sentences[telling.sentence], &document.sentences[before]);
        let distal = |cue: &&CueMention| cue.is(Grade::Distal) || cue.is(Grade::DistalOther);
        let points = sentence.cues_in(&(0..2)).find(distal);
        // "The Philippines had been on the list a year ago. It was to have radars"
        let pronoun = || sentence.starting_at(Label::It, 0).filter(|_| goes_on(sentence, before));
        let Some(words) = points.or_else(pronoun) else { continue };
        let other = words.is(Grade::DistalOther);
        // "It was to have": the verb that says what was planned then.
        let end = words.tokens.end + if words.label == Label::It { 3 } else { 0 };
        let named = other
            || words.label == Label::It
            || sentence.is_any(&[Label::PackageNoun, Label::AidNoun, Label::Military], end);
        let same = before.segment.block == sentence.segment.block
            && !matches!(before.segment.kind, SegmentKind::Title | SegmentKind::Meta);
        let ahead = [Label::Will, Label::Would, Label::Expect, Label::Is, Label::Have, Label::Not];
        let fresh = |day: &Day| day.date.is_some_and(CivilDate::is_day) && !day.is_earlier;
        if !named
            || !same
            || sentence.has_any(&ahead, &(end..SUBJECT))
            || telling.days.iter().any(fresh)
        {
            continue;
        }
        let told = recalled_days(document, before);
        let recalls = other || !told.is_empty() || recalls(before);
        if recalls && telling.status.status == Status::Announced {
            let span = Some(sentence.span_of(&words.tokens));
            telling.status = Reading { status: Status::Past, span, rule: "status.carried" };
        }
        if telling.status.status == Status::Past
            && telling.days.iter().all(|day| day.date.is_none())
        {
            telling.days.extend(told);
        }
    }
}

/// The earlier times that a sentence tells.
fn recalled_days(document: &Document<'_>, sentence: &Sentence) -> Vec<Day> {
    let days = days::in_range(document, sentence, &sentence.all(), false);
    days.into_iter().filter(|day| day.is_earlier && !day.is_span).collect()
}

/// Whether its words say that it tells of an earlier time.
fn recalls(sentence: &Sentence) -> bool {
    sentence.has_any(&[Label::Earlier, Label::EarlierAfter, Label::Had], &sentence.all())
}

/// Whether a sentence that opens with a pronoun goes on with what the one before tells of an earlier time: "was to".
fn goes_on(sentence: &Sentence, before: &Sentence) -> bool {
    let told = [Label::Had, Label::Receive, Label::PackageNoun, Label::AidNoun, Label::Arrive];
    sentence.is(Label::Be, 1) && sentence.is(Label::To, 2) && before.has_any(&told, &before.all())
}

//! Acts that are told without who gives: "4,500 uniforms were dispatched last week", right behind what
//! somebody gives.

use super::{Grouper, Telling};
use crate::extraction::parties::is_passive;
use crate::lexicon::{Label, Role};
use crate::mentions::{CueMention, Sentence};
use crate::text::SegmentKind;

impl Grouper<'_> {
    /// Whether a sentence tells in the passive, or of an arrival, that counted things changed hands, names
    /// nobody but those who receive them, and goes on with a paragraph.
    pub(super) fn is_silent_on_giver(&self, telling: &Telling, sentence: &Sentence) -> bool {
        let before = telling.sentence.checked_sub(1);
        let before = before.and_then(|index| self.document.sentences.get(index));
        let goes_on = before.is_some_and(|before| {
            before.segment.kind == SegmentKind::Sentence
                && before.segment.block == sentence.segment.block
        });
        let passive = |cue: &CueMention| match cue.label {
            Label::Give => is_passive(self.document, sentence, cue),
            label => label == Label::Arrive,
        };
        let receives =
            |code: &str| telling.parties.recipients.iter().any(|party| party.code == code);
        let other = sentence.mentions.iter().any(|mention| {
            self.document.actor_code(&mention.value).is_some_and(|code| !receives(code))
        });
        goes_on
            && !other
            && telling.parties.donors.is_empty()
            && telling.items.iter().any(|item| item.quantity.is_some() && item.role != Role::Vague)
            && sentence.cues.iter().any(passive)
    }
}

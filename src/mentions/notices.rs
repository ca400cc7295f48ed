//! Sentences that say what an earlier text got wrong, which tell nothing themselves: "An earlier version
//! of this article gave the number as four".

use super::Sentence;
use crate::lexicon::Grade;
use crate::text::SegmentKind;

/// Takes them out of the article's own telling.
pub(super) fn set_aside(sentences: &mut [Sentence]) {
    for sentence in sentences.iter_mut().filter(|told| told.segment.kind != SegmentKind::Title) {
        if sentence.cues.iter().any(|cue| cue.is(Grade::Notice)) {
            sentence.segment.kind = SegmentKind::Meta;
        }
    }
}

//! Which sentences are entries of a list, and which one introduces them.

use crate::extraction::document::Document;
use crate::lexicon::Label;
use crate::mentions::{Sentence, Value};
use crate::text::SegmentKind;

/// Whether a list stands right behind a sentence; headings may part it from what introduces it.
pub(super) fn opens_list(document: &Document<'_>, index: usize) -> bool {
    let sentence = &document.sentences[index];
    let introduces = sentence.segment.kind == SegmentKind::Heading
        || sentence.segment.span.of(&document.article.text).trim_end().ends_with(':');
    let behind = document.sentences.get(index + 1..).unwrap_or_default();
    let next = behind.iter().find(|next| {
        next.segment.kind != SegmentKind::Heading || !introduces || names_a_package(next)
    });
    next.is_some_and(is_entry)
}

/// Whether a heading speaks of a package of its own.
pub(super) fn names_a_package(sentence: &Sentence) -> bool {
    let labels = [Label::PackageNoun, Label::AidNoun, Label::Give, Label::Announce, Label::Earlier];
    sentence.has_any(&labels, &sentence.all())
        || sentence
            .mentions
            .iter()
            .any(|m| matches!(m.value, Value::Money(_) | Value::Actor(_) | Value::Date(_)))
}

/// Whether a sentence is an entry of a list or a table.
pub(super) fn is_entry(sentence: &Sentence) -> bool {
    matches!(sentence.segment.kind, SegmentKind::Bullet | SegmentKind::Row)
}

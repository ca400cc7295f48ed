//! Things of one list: what stands between two that belong to a package belongs to it as well.

use crate::extraction::document::Document;
use crate::lexicon::Label;
use crate::mentions::{ItemMention, Sentence};

/// Lets those stay that stand in a list between two that do; the things in the order of the text.
pub(super) fn let_stay(
    document: &Document<'_>,
    things: &[(&Sentence, &ItemMention)],
    stays: &mut [bool],
) {
    let mut last = None;
    for at in 0..things.len() {
        let listed = at.checked_sub(1).is_some_and(|before| {
            let ((one, thing), (other, next)) = (things[before], things[at]);
            std::ptr::eq(one, other) && is_listed(document, one, thing, next)
        });
        if !listed {
            last = None;
        }
        if stays[at] {
            if let Some(first) = last {
                stays[first..at].fill(true);
            }
            last = Some(at);
        }
    }
}

/// Whether nothing but the signs of a list and "and" parts two things.
fn is_listed(
    document: &Document<'_>,
    sentence: &Sentence,
    thing: &ItemMention,
    next: &ItemMention,
) -> bool {
    let text = &document.article.text;
    let mut gap = thing.tokens.end..next.tokens.start.max(thing.tokens.end);
    let sign = |at: usize| sentence.is_sign(text, at, &[",", ";"]) || sentence.is(Label::And, at);
    !gap.is_empty() && gap.all(sign)
}

//! Whether arms, or somebody's needs, are what a package is about: texts on something else name sums
//! and things too, and states beside them.

use super::Group;
use crate::extraction::document::{Document, SHORT_ARTICLE, is_arms, is_soldiers, names_forces};
use crate::extraction::tellings::Telling;
use crate::lexicon::Label;
use crate::mentions::{Sentence, Value};
use crate::text::SegmentKind;
use std::ops::Range;

/// So many sentences before and behind a telling say what it is about.
const NEAR: usize = 3;

/// So many sentences, the headline among them, say what a text is about.
const LEAD: usize = 4;

/// Whether words of arms stand near a package of arms, or lead the text; and whether other help is for
/// somebody whom the words beside it name.
pub(super) fn is_of_its_topic(document: &Document<'_>, groups: &[Group], group: &Group) -> bool {
    let sentences = &document.sentences;
    let told = sentences.iter().filter(|sentence| sentence.segment.kind != SegmentKind::Meta);
    let led = told.take(LEAD).any(|sentence| tells_of_arms(document, sentence));
    let mut tellings = group.tellings.iter();
    if group.is_civil() {
        let short = sentences.len() <= SHORT_ARTICLE;
        return short
            || led
            || group.in_title
            || tellings.any(|telling| names_receiver(document, group, at_or_before(telling)));
    }
    // Where a long text leads with something else, words near what is given say who receives it.
    let named = |other: &Group| {
        let near = |telling| names_receiver(document, other, beside(document, telling));
        other.recipients == group.recipients && other.tellings.iter().any(near)
    };
    let open = document.sentences.len() > SHORT_ARTICLE && !led && !group.in_title;
    if open && !groups.iter().any(named) {
        return false;
    }
    led || tellings.any(|telling| {
        let near = &sentences[beside(document, telling)];
        telling.mechanism.is_some()
            || helps_forces(document, telling)
            || near.iter().any(|sentence| tells_of_arms(document, sentence))
    })
}

/// "a package of vehicles for the Kenyan army": help for armed forces, whatever it is.
fn helps_forces(document: &Document<'_>, telling: &Telling) -> bool {
    names_forces(document.lexicon, &document.sentences[telling.sentence])
        && telling.parties.recipients.iter().any(|party| party.score >= 3)
}

/// The sentences near a telling.
fn beside(document: &Document<'_>, telling: &Telling) -> Range<usize> {
    let end = (telling.sentence + NEAR + 1).min(document.sentences.len());
    telling.sentence.saturating_sub(NEAR)..end
}

fn tells_of_arms(document: &Document<'_>, sentence: &Sentence) -> bool {
    let route = |value: &Value| matches!(value, Value::Mechanism(_));
    sentence.has(Label::Military, &sentence.all())
        || sentence
            .items
            .iter()
            .any(|item| is_arms(document.lexicon, item) || is_soldiers(document.lexicon, item))
        || sentence.mentions.iter().any(|mention| route(&mention.value))
}

/// The sentence of a telling, and that right before it.
fn at_or_before(telling: &Telling) -> Range<usize> {
    telling.sentence.saturating_sub(1)..telling.sentence + 1
}

/// Whether one of these sentences names who receives.
fn names_receiver(document: &Document<'_>, group: &Group, near: Range<usize>) -> bool {
    let mut mentions = document.sentences[near].iter().flat_map(|sentence| &sentence.mentions);
    mentions.any(|mention| {
        let code = document.actor_code(&mention.value);
        code.is_some_and(|code| group.recipients.iter().any(|other| other == code))
    })
}

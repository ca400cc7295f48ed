//! Entries of a survey by country: each is headed by nothing but the name of a state, in a line of its own
//! or at the beginning of its paragraph ("Germany. Berlin will send").

use super::days::begins_with_time;
use super::document::Document;
use crate::lexicon::PartyKind;
use crate::mentions::{Mention, Sentence};
use crate::text::SegmentKind;

/// So many sentences back the head of an entry is looked for.
const REACH: usize = 30;

/// The state of which a sentence consists, and nothing else, with its code.
pub(super) fn lone<'s>(
    document: &'s Document<'_>,
    sentence: &'s Sentence,
) -> Option<(&'s Mention, &'s str)> {
    let (mention, code) = first(document, sentence)?;
    (words(sentence) <= mention.tokens.len() + 1).then_some((mention, code))
}

/// The first actor of a sentence that consists of actors alone: "Spain and Romania".
fn first<'s>(document: &'s Document<'_>, sentence: &'s Sentence) -> Option<(&'s Mention, &'s str)> {
    let mention = sentence.mentions.first()?;
    let code = document.actor_code(&mention.value)?;
    let mut mentions = sentence.mentions.iter();
    let named = mentions.all(|mention| document.actor_code(&mention.value).is_some());
    let own: usize = sentence.mentions.iter().map(|mention| mention.tokens.len() + 1).sum();
    (named && words(sentence) <= own).then_some((mention, code))
}

fn words(sentence: &Sentence) -> usize {
    sentence.all().filter(|at| !sentence.is_any_sign(*at)).count()
}

/// Whether a sentence is the head of an entry: a heading, or what opens a paragraph with more in it.
pub(super) fn heads(document: &Document<'_>, index: usize) -> bool {
    let Some(sentence) = document.sentences.get(index) else { return false };
    let Some((_, code)) = first(document, sentence) else { return false };
    let block = |index: usize| document.sentences.get(index).map(|s| s.segment.block);
    let opens = || {
        let before = index.checked_sub(1).and_then(block);
        matches!(sentence.segment.kind, SegmentKind::Sentence | SegmentKind::Bullet)
            && before != Some(sentence.segment.block)
            && block(index + 1) == Some(sentence.segment.block)
    };
    let gives = document.lexicon.can_give(code)
        && document.lexicon.party_kind(code) != PartyKind::Group
        && document.main_recipient.as_deref() != Some(code);
    gives && (sentence.segment.kind == SegmentKind::Heading || opens())
}

/// Whether several states that could give head an entry each, by nothing but their name: a survey by country.
pub(super) fn make_survey(document: &Document<'_>) -> bool {
    let heads = (0..document.sentences.len()).filter(|index| heads(document, *index));
    let mut codes = heads.filter_map(|index| first(document, &document.sentences[index]));
    let Some((_, one)) = codes.next() else { return false };
    codes.any(|(_, other)| other != one)
}

/// Whether what a sentence tells is of another entry than `own`: that of another state in a survey, of
/// another time of day in a live blog, of another point in a list.
pub(super) fn are_apart(document: &Document<'_>, own: usize, other: usize) -> bool {
    let differ = |one: Option<usize>, two: Option<usize>| two.is_some() && one != two;
    // "OTTAWA, ONTARIO" above a release is no entry of which the list at its end would be apart.
    let (one, two) = (head_of(document, own), head_of(document, other));
    let entries = one.is_some() || two.is_some_and(|head| head > own) || make_survey(document);
    entries && differ(one, two)
        || document.is_live && differ(moment_of(document, own), moment_of(document, other))
}

/// Whether they stand in two entries of a live blog.
pub(super) fn are_moments_apart(document: &Document<'_>, own: usize, other: usize) -> bool {
    document.is_live && moment_of(document, own) != moment_of(document, other)
}

/// The sentence that opens the entry of a live blog: "14:10 The figure is out".
fn moment_of(document: &Document<'_>, index: usize) -> Option<usize> {
    let opens = |index: &usize| begins_with_time(document.article, &document.sentences[*index]);
    (0..=index).rev().find(opens)
}

/// The head of the entry in which a sentence stands.
pub(super) fn head_of(document: &Document<'_>, index: usize) -> Option<usize> {
    let block = document.sentences.get(index)?.segment.block;
    let from = index.saturating_sub(REACH);
    let stands = |place: &usize| document.sentences[*place].segment.kind == SegmentKind::Heading;
    let own =
        (from..=index).rev().take_while(|place| document.sentences[*place].segment.block == block);
    let own = own.last().filter(|place| heads(document, *place));
    own.or_else(|| (from..=index).rev().find(stands).filter(|place| heads(document, *place)))
}

//! Who buys: a giver where another is to have what is bought.

use super::{Document, Parties, Party, in_range};
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::Sentence;
use std::ops::Range;

/// So many tokens before a seller's name the verb stands.
const SELLER: usize = 5;

/// The rule for who buys; a giver where the sentence names who is to have it.
pub(super) const BUYS: &str = "donor.buys";

/// "The Netherlands buys 45 tanks from the Czech Republic for Ukraine": who pays gives, who sells does
/// not; what another buys with money that is given is that money's gift.
pub(super) fn settle(sentence: &Sentence, range: &Range<usize>, parties: &mut Parties) {
    // "The shells have been procured from Denmark": who sells them.
    parties.donors.retain(|party| party.rule != "donor.from" || !is_bought_from(sentence, party));
    let Some(buys) = sentence.first(Label::Buy, range).map(|cue| cue.tokens.start) else { return };
    if parties.recipients.iter().all(|party| party.score < 3) {
        return;
    }
    let gives = sentence.has_any(&[Label::Give, Label::Announce], &(range.start..buys));
    // "helicopters which India bought were handed over": the buyer's own gift.
    if gives && !sentence.has(Label::Give, &(buys..range.end)) {
        parties.donors.retain(|party| party.rule != BUYS || party.tokens.start == range.start);
    }
    for buyer in parties.donors.iter_mut().filter(|party| party.rule == BUYS) {
        buyer.score = 4;
    }
    // "a sum to purchase a battery from Washington to donate to Kyiv"
    let passes_on = sentence.cues_in(&(buys..range.end)).any(|cue| {
        cue.label == Label::Give
            && cue.inflection == Inflection::Base
            && sentence.is(Label::To, cue.tokens.start.saturating_sub(1))
    });
    let buyer = parties.donors.iter().any(|party| party.score >= 2 && party.tokens.start < buys);
    if buyer || passes_on {
        parties.donors.retain(|party| party.rule != "donor.from" || party.tokens.start < buys);
    }
}

/// Whether the participle of buying stands right before the one from whom something comes.
fn is_bought_from(sentence: &Sentence, party: &Party) -> bool {
    let near = party.tokens.start.saturating_sub(SELLER)..party.tokens.start;
    let mut verbs = sentence.cues_in(&near).filter(|cue| cue.label == Label::Buy);
    verbs.any(|verb| {
        let (start, end) = (verb.tokens.start, verb.tokens.end);
        verb.inflection.is_past_form()
            && sentence.is(Label::From, end)
            && sentence.has(Label::Be, &(start.saturating_sub(2)..start))
    })
}

/// Whether somebody buys in a stretch what another is to have: "is buying 12 howitzers for Ukraine".
pub fn buys_for_another(
    document: &Document<'_>,
    sentence: &Sentence,
    range: &Range<usize>,
) -> bool {
    let parties = in_range(document, sentence, range);
    // "finances the purchase of drones for Ukraine with", "With 7 million from Zagreb, drones will be bought for Kyiv"
    let bought = sentence.cues_in(range).any(|cue| {
        let passive = cue.label == Label::Buy && cue.inflection == Inflection::Participle;
        cue.is(Grade::Buys) || passive && sentence.is(Label::Be, cue.tokens.start.saturating_sub(1))
    });
    let helped = bought
        && parties.donors.iter().any(|donor| donor.score >= 3)
        && parties.recipients.iter().any(|other| {
            other.rule == "recipient.preposition" && document.lexicon.is_attacked(&other.code)
        });
    helped
        || parties.donors.iter().any(|donor| {
            let mut others = parties.recipients.iter().filter(|other| other.code != donor.code);
            donor.rule == BUYS
                && others.any(|other| {
                    matches!(other.rule, "recipient.preposition" | "recipient.possessive")
                })
        })
}

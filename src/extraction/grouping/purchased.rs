//! What a state buys for itself: "ordered 12 howitzers to replace those that it gave to Ukraine", "received the
//! first of the tanks that it bought". Nothing is given there, whoever else is named.

use super::{Group, Telling};
use crate::extraction::document::Document;
use crate::extraction::topic::{buys_for_somebody, is_trade};
use crate::lexicon::{Grade, Label};
use crate::mentions::{CueMention, ItemMention, Mention, Sentence, Value};
use crate::text::SegmentKind;
use std::ops::Range;

/// A sentence of fewer tokens is no lead: "Berlin."
const LEAD: usize = 4;

/// Within so many sentences of a delivery its order is told.
const NEAR: usize = 2;

/// From this score on words say who receives.
const NAMED: i32 = 3;

/// Words of gifts, of packages, of help, and of what several do for another.
const GIVEN: [Label; 4] = [Label::Gift, Label::PackageNoun, Label::AidNoun, Label::Venture];

/// Whether no telling of a group speaks of a gift, and it tells of what somebody buys for itself, or of the delivery of
/// that.
pub(super) fn is_purchased(document: &Document<'_>, group: &Group) -> bool {
    let sentence = |telling: &Telling| &document.sentences[telling.sentence];
    let is_bought = |telling: &Telling| {
        let sentence = sentence(telling);
        let mut receivers = telling.parties.recipients.iter();
        // "paid for four helicopters, two of which were handed over in Kabul"
        sentence.cues_in(&scope(sentence)).any(buys) && !receivers.any(|party| party.score >= NAMED)
    };
    // "18 tanks, which replace those given to Ukraine": for its own stocks, whatever the article is about.
    let replaces = |telling: &Telling| scope(sentence(telling)) != sentence(telling).all();
    // "We've bought 12 howitzers more from Korea", whatever the article is about: who sells them is no giver.
    let is_sold = |telling: &Telling| {
        let mut donors = telling.parties.donors.iter();
        let (told, all) = (sentence(telling), sentence(telling).all());
        let buyer = telling.first_person || !telling.parties.recipients.is_empty();
        let sold = buyer && told.has(Label::Trade, &all) && !told.has(Label::Give, &all);
        sold && !telling.parties.donors.is_empty() && donors.all(|party| party.rule == "donor.from")
    };
    let (counted, others): (Vec<&Telling>, Vec<&Telling>) =
        group.tellings.iter().partition(|telling| is_counted(telling));
    let mut tellings = if counted.is_empty() { &others } else { &counted }.iter().copied();
    others.iter().all(|telling| is_beside(document, telling))
        && tellings.clone().all(|telling| is_own(document, telling))
        && (tellings.clone().all(replaces)
            || tellings.clone().all(is_sold)
            || !leads_with_gift(document)
                && (tellings.any(is_bought) || is_for_buyer(document, group)))
}

/// Whether it brings a sum, or things with their number.
fn is_counted(telling: &Telling) -> bool {
    telling.amount.is_some() || telling.items.iter().any(|item| item.quantity.is_some())
}

/// "Ukraine has shown interest in the old ones": a sentence that says of nothing that was told that it is given.
fn is_beside(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    !(sentence.has_any(&GIVEN, &scope(sentence))
        || telling.refers_back && names_attacked(document, sentence))
}

/// Whether a sentence, as far as it tells of what is new, says nothing of a gift, a route of aid, or a receiver
/// for whom something is bought.
fn is_own(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let scope = scope(sentence);
    let is_route = |mention: &Mention| matches!(mention.value, Value::Mechanism(_));
    let whole = scope == sentence.all();
    // "will acquire 29 helicopters" only receives what it buys.
    let receives = sentence.has(Label::Receive, &scope) && !sentence.cues_in(&scope).any(buys);
    let moves = receives || sentence.has_any(&[Label::Give, Label::Arrive], &scope);
    let is_told = |item: &ItemMention| item.tokens.start >= scope.end;
    !sentence.has_any(&GIVEN, &scope)
        && !sentence.mentions_in(&scope).any(is_route)
        && !names_attacked(document, sentence)
        && (whole || !moves && !telling.items.iter().any(is_told))
        && !(whole && buys_for_somebody(sentence))
}

/// The sentence up to where it says what something replaces.
fn scope(sentence: &Sentence) -> Range<usize> {
    let all = sentence.all();
    let replaces = sentence
        .cues_in(&all)
        .find(|cue| cue.label == Label::Replacement && !cue.is(Grade::InReturn));
    replaces.map_or(all.clone(), |cue| all.start..cue.tokens.start)
}

/// Whether the new in a sentence names who is attacked, otherwise than as where something is from.
fn names_attacked(document: &Document<'_>, sentence: &Sentence) -> bool {
    sentence.mentions_in(&scope(sentence)).any(|mention| {
        let code = document.actor_code(&mention.value);
        let before = mention.tokens.start.checked_sub(1);
        code.is_some_and(|code| document.lexicon.is_attacked(code))
            && !before.is_some_and(|at| sentence.is(Label::From, at))
    })
}

fn buys(cue: &CueMention) -> bool {
    is_trade(cue) || cue.label == Label::Trade
}

/// Whether the headline or the first sentence tells of a gift, or names who is attacked: then what is bought may be
/// for them.
fn leads_with_gift(document: &Document<'_>) -> bool {
    let is_body = |sentence: &Sentence| {
        sentence.segment.kind == SegmentKind::Sentence && sentence.tokens.len() >= LEAD
    };
    let first = document.sentences.iter().position(is_body);
    let head = document.sentences.iter().take(first.map_or(0, |first| first + 1));
    let mut lead = head.filter(|s| s.segment.kind != SegmentKind::Meta);
    lead.any(|sentence| {
        names_attacked(document, sentence) || sentence.has_any(&GIVEN, &scope(sentence))
    })
}

/// "Warsaw ordered 116 of them in January": whether near the tellings everybody who gets something buys.
fn is_for_buyer(document: &Document<'_>, group: &Group) -> bool {
    let near = |at: usize| {
        let range = at.saturating_sub(NEAR)..(at + NEAR + 1).min(document.sentences.len());
        &document.sentences[range]
    };
    let is_buyer = |code: &String, sentence: &Sentence| {
        // "will give Amman 25 million to buy vehicles"
        let pays = !sentence.has_any(&GIVEN, &sentence.all());
        pays && sentence.cues.iter().filter(|cue| buys(cue)).any(|cue| {
            let before = 0..cue.tokens.start;
            let named = sentence.mentions_in(&before);
            named.filter_map(|mention| document.actor_code(&mention.value)).last() == Some(code)
        })
    };
    !group.recipients.is_empty()
        && group.recipients.iter().all(|code| {
            let mut around = group.tellings.iter().flat_map(|telling| near(telling.sentence));
            !document.lexicon.is_attacked(code) && around.any(|sentence| is_buyer(code, sentence))
        })
}

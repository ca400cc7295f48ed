//! By which legal or budget route a package goes: the one that its words name, or the only one that
//! the document names and its givers can use.

use super::document::Document;
use super::grouping::Group;
use super::tellings::{Proven, Telling};
use crate::lexicon::{Label, Lexicon, Mechanism, PartyKind};
use crate::mentions::{Mention, Sentence, Value};
use crate::model::Status;
use crate::text::SegmentKind;
use std::collections::BTreeSet;
use std::ops::Range;

/// The donor of a mechanism that every giver of an article pays into: `PURL`.
pub(super) const ANY_DONOR: &str = "*";

/// From so many routes on, a giver goes by one of them only where it is told.
const SEVERAL: usize = 5;

/// How many sentences from a fund's name the money may be told that goes into it.
const NEAR: usize = 4;

/// How far before a route, in tokens, a word stands that denies it.
const DENIED: usize = 4;

/// How far before a route, in tokens, a superlative ranks those who get it.
const RANKED: usize = 8;

/// "the fifth largest recipient of FMF" ranks the receiver, and tells of no package.
pub(super) fn ranks(sentence: &Sentence, route: &Mention) -> bool {
    let start = route.tokens.start;
    sentence.has(Label::Superlative, &(start.saturating_sub(RANKED)..start))
}

/// Whether a stretch names a route that only the main giver has: what goes by it is a package for itself.
pub(super) fn is_givers_own(
    document: &Document<'_>,
    sentence: &Sentence,
    range: &Range<usize>,
) -> bool {
    sentence.mentions_in(range).any(|mention| match mention.value {
        Value::Mechanism(number) => {
            let owner = document.lexicon.mechanism_at(number).donor.as_deref();
            owner.is_some() && owner == document.main_donor.as_deref()
        }
        _ => false,
    })
}

/// The mechanism of a package, where it has one: that told with its sum, else the first one told.
pub(super) fn of(
    document: &Document<'_>,
    groups: &[Group],
    group: &Group,
) -> Option<Proven<String>> {
    let route = |telling: &Telling| {
        let named = telling.mechanism.clone();
        named.filter(|route| is_route_of(document, group, &route.value))
    };
    let priced = group.tellings.iter().filter(|telling| telling.amount.is_some());
    let told = priced.filter(|telling| !telling.is_title).find_map(route);
    told.or_else(|| group.tellings.iter().find_map(route))
        .or_else(|| own_words(document, group))
        .or_else(|| only_mechanism(document, groups, group))
}

/// What only its owner's packages mean a route by: "from existing stocks", in a sentence that tells of
/// the package or goes on right behind it.
fn own_words(document: &Document<'_>, group: &Group) -> Option<Proven<String>> {
    let told = group.tellings.iter().map(|telling| telling.sentence);
    let nearest = told.clone().chain(told.map(|index| index + 1));
    let sentences = nearest.filter_map(|index| document.sentences.get(index));
    sentences.flat_map(|sentence| routes_in(document, sentence)).find_map(|(mention, route)| {
        let own = group.donors.iter().eq(&route.donor);
        (own && mention.is_doubtful()).then(|| Proven {
            value: route.id.clone(),
            span: mention.span,
            rule: "mechanism.own-words",
        })
    })
}

/// The routes that a sentence names, but for those that it sets against what it tells of: "rather than
/// from its own stocks".
fn routes_in<'a>(
    document: &'a Document<'_>,
    sentence: &'a Sentence,
) -> impl Iterator<Item = (&'a Mention, &'a Mechanism)> {
    let told = sentence.segment.kind != SegmentKind::Meta;
    sentence.mentions.iter().filter(move |_| told).filter_map(move |mention| {
        let Value::Mechanism(number) = mention.value else { return None };
        let start = mention.tokens.start;
        let denied = sentence.has(Label::Not, &(start.saturating_sub(DENIED)..start));
        (!denied && !ranks(sentence, mention))
            .then(|| (mention, document.lexicon.mechanism_at(number)))
    })
}

/// Whether a package of these givers can go by a route: by its owner's only, or by one that is open
/// to all. What many pay into without a route of its own is no mechanism of a package.
fn is_route_of(document: &Document<'_>, group: &Group, route: &str) -> bool {
    let lexicon = document.lexicon;
    let owner = lexicon.mechanisms().iter().find(|mechanism| mechanism.id == route);
    owner.and_then(|mechanism| mechanism.donor.as_ref()).is_some_and(|owner| {
        owner == ANY_DONOR
            || lexicon.party_kind(owner) == PartyKind::Group
            || group.donors.contains(owner)
    })
}

/// The one mechanism of this giver's that the document names: "All this happens under PURL"; of a
/// giver with several routes not where another package of the same parties bears it. What many pay
/// into is the route of money that is told near its name.
fn only_mechanism(
    document: &Document<'_>,
    groups: &[Group],
    group: &Group,
) -> Option<Proven<String>> {
    let lexicon = document.lexicon;
    let many = |route: &Mechanism| route.donor.as_deref() == Some(ANY_DONOR);
    let fits = |route: &Mechanism| {
        if many(route) {
            return !document.is_live && group.amount().is_some();
        }
        group.donors.iter().eq(&route.donor)
    };
    let named: Vec<(usize, &Mention, &Mechanism)> = document
        .sentences
        .iter()
        .enumerate()
        .flat_map(|(index, sentence)| {
            routes_in(document, sentence).map(move |(mention, route)| (index, mention, route))
        })
        .filter(|(_, mention, route)| !mention.is_doubtful() && fits(route))
        .collect();
    let distance = |index: usize| {
        group.tellings.iter().map(|telling| telling.sentence.abs_diff(index)).min().unwrap_or(0)
    };
    let (index, mention, route) =
        *named.iter().min_by_key(|(index, mention, _)| (distance(*index), mention.span))?;
    let routes: BTreeSet<&str> = lexicon
        .mechanisms()
        .iter()
        .filter(|other| other.donor == route.donor)
        .map(|other| other.id.as_str())
        .collect();
    let several = many(route) || routes.len() >= SEVERAL;
    let elsewhere = groups.iter().any(|other| {
        several && other.mechanism() == Some(route.id.as_str()) && other.donors == group.donors
    });
    // What is only recalled mostly went by another route than the news.
    let recalled = group.status().status == Status::Past;
    let far = (many(route) || recalled) && distance(index) > NEAR && !group.in_title;
    let same_sentence = distance(index) == 0;
    let only = named.iter().all(|(_, _, other)| other.id == route.id);
    (only && (!elsewhere || same_sentence) && !far).then(|| Proven {
        value: route.id.clone(),
        span: mention.span,
        rule: "mechanism.document",
    })
}

/// The givers whose own routes a sentence names.
pub(super) fn owners_of_routes<'l>(
    lexicon: &'l Lexicon,
    sentence: &Sentence,
) -> impl Iterator<Item = &'l str> {
    let owners = named(lexicon, sentence).filter_map(|route| route.donor.as_deref());
    owners.filter(|owner| lexicon.can_give(owner))
}

/// Those for whom alone the routes are that a sentence names: what goes into "the Czech ammunition initiative" is
/// for Ukraine.
pub(super) fn receivers_of_routes<'l>(
    lexicon: &'l Lexicon,
    sentence: &Sentence,
) -> impl Iterator<Item = &'l str> {
    named(lexicon, sentence).filter_map(|route| route.recipient.as_deref())
}

fn named<'l>(lexicon: &'l Lexicon, sentence: &Sentence) -> impl Iterator<Item = &'l Mechanism> {
    sentence.mentions.iter().filter_map(|mention| match mention.value {
        Value::Mechanism(number) if !mention.is_doubtful() => Some(lexicon.mechanism_at(number)),
        _ => None,
    })
}

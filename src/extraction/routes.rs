//! By which legal or budget route a package goes: the one that its words name, or the only one that
//! the document names and its givers can use.

use super::claims::first;
use super::document::Document;
use super::grouping::Group;
use super::tellings::Proven;
use crate::lexicon::{Mechanism, PartyKind};
use crate::mentions::Value;
use crate::text::SegmentKind;

/// The donor of a mechanism that every giver of an article pays into: `PURL`.
const ANY_DONOR: &str = "*";

/// From so many routes on, a giver goes by one of them only where it is told.
const SEVERAL: usize = 5;

/// The mechanism of a package, where it has one.
pub(super) fn of(
    document: &Document<'_>,
    groups: &[Group],
    group: &Group,
) -> Option<Proven<String>> {
    let told = first(group, |telling| {
        telling.mechanism.as_ref().filter(|route| is_route_of(document, group, &route.value))
    });
    told.cloned().or_else(|| only_mechanism(document, groups, group))
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
/// giver with several routes not where another package of the same parties bears it.
fn only_mechanism(
    document: &Document<'_>,
    groups: &[Group],
    group: &Group,
) -> Option<Proven<String>> {
    let lexicon = document.lexicon;
    let any = |donor: &String| donor == ANY_DONOR && !document.is_live;
    let fits = |mechanism: &&Mechanism| {
        let owner = mechanism.donor.as_ref();
        owner.is_some_and(|owner| any(owner) || group.donors == [owner.clone()])
    };
    let mut named = document
        .sentences
        .iter()
        .filter(|sentence| sentence.segment.kind != SegmentKind::Meta)
        .flat_map(|sentence| &sentence.mentions)
        .filter_map(|mention| match mention.value {
            Value::Mechanism(number) => Some((mention.span, lexicon.mechanism_at(number))),
            _ => None,
        })
        .filter(|(_, mechanism)| fits(mechanism));
    let (span, mechanism) = named.next()?;
    let mut routes: Vec<&str> = lexicon
        .mechanisms()
        .iter()
        .filter(|other| other.donor == mechanism.donor)
        .map(|other| other.id.as_str())
        .collect();
    routes.dedup();
    let several = mechanism.donor.as_deref() == Some(ANY_DONOR) || routes.len() >= SEVERAL;
    let elsewhere = groups.iter().any(|other| {
        several
            && other.mechanism() == Some(mechanism.id.as_str())
            && other.donors == group.donors
            && other.recipients == group.recipients
    });
    let only = named.all(|(_, other)| other.id == mechanism.id) && !elsewhere;
    only.then(|| Proven { value: mechanism.id.clone(), span, rule: "mechanism.document" })
}

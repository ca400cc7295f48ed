//! Packages that may be one, and packages that are the sum of others: both would count twice.

use super::{about, days_apart, is_within, meet};
use crate::ledger::choose::thing;
use crate::model::finding::{Fault, Likeness};
use crate::model::{Aid, Amount, Check, CivilDate, Finding, Package};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// How many days apart packages of one amount are worth a look.
const SAME_AMOUNT: i64 = 14;
/// How many days apart packages of the same things are worth a look.
const SAME_ITEMS: i64 = 7;
/// How many days apart a sum and its parts, or one figure in two currencies, are told.
const SAME_NEWS: i64 = 3;
/// How many packages are tried as the parts of a sum.
const PARTS: usize = 12;

/// Pairs of packages that count and may be one.
pub(super) fn duplicates(packages: &[Package]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for near in neighbours(packages) {
        for (place, left) in near.iter().enumerate() {
            for right in &near[place + 1..] {
                let (first, second) =
                    if left.id < right.id { (left, right) } else { (right, left) };
                if let Some(likeness) = likeness(first, second) {
                    let fault = Fault::Alike(likeness);
                    findings.push(about(Check::Duplicates, &[first, second], fault));
                }
            }
        }
    }
    findings.sort_by(|left, right| left.packages.cmp(&right.packages));
    findings.dedup_by(|left, right| left.packages == right.packages);
    findings
}

/// Packages that count, put together by what could make two of them one: figure, number, or parties
/// and month; so that not each is held against each.
fn neighbours(packages: &[Package]) -> Vec<Vec<&Package>> {
    let mut by_key: BTreeMap<String, Vec<&Package>> = BTreeMap::new();
    let mut put = |key: String, package| by_key.entry(key).or_default().push(package);
    for package in packages.iter().filter(|package| package.counts()) {
        if let Some(amount) = package.amount {
            put(format!("figure {}", amount.bounds.figure().normalize()), package);
        }
        if let Some(sequence) = package.sequence {
            put(format!("number {sequence}"), package);
        }
        let Some(date) = package.announced.filter(|date| date.is_day()) else { continue };
        let parties = format!("{:?} {:?}", package.donors, package.recipients);
        let month_of = |day: CivilDate| (day.year_number(), day.month_number());
        let later = date.plus_days(SAME_ITEMS).unwrap_or(date);
        put(format!("{parties} {:?}", month_of(date)), package);
        if month_of(later) != month_of(date) {
            put(format!("{parties} {:?}", month_of(later)), package);
        }
    }
    by_key.into_values().filter(|near| near.len() > 1).collect()
}

/// In what two packages are so alike that they may be one; `None` where something tells them apart.
pub(super) fn likeness(left: &Package, right: &Package) -> Option<Likeness> {
    let aids_fit = left.aid == right.aid || left.aid == Aid::Mixed || right.aid == Aid::Mixed;
    if !meet(&left.donors, &right.donors)
        || !meet(&left.recipients, &right.recipients)
        || (left.mechanism.is_some()
            && right.mechanism.is_some()
            && left.mechanism != right.mechanism)
        || !aids_fit
    {
        return None;
    }
    match (left.sequence, right.sequence) {
        (Some(one), Some(other)) if one == other && left.mechanism == right.mechanism => {
            return Some(Likeness::Sequence(one));
        }
        (Some(_), Some(_)) => return None,
        _ => {}
    }
    let apart = days_apart(left.announced, right.announced);
    match (left.amount, right.amount) {
        (Some(one), Some(other)) if one.bounds.figure() != other.bounds.figure() => None,
        (Some(one), Some(other)) if one.currency != other.currency => {
            let near = apart.is_some_and(|days| days <= SAME_NEWS);
            near.then_some(Likeness::Figure(one, other))
        }
        (Some(amount), Some(_)) => {
            let near = apart.map_or(can_be_one_day(left, right), |days| days <= SAME_AMOUNT);
            near.then_some(Likeness::Amount(amount, apart))
        }
        _ => {
            let days = apart.filter(|days| *days <= SAME_ITEMS)?;
            let parties = left.donors == right.donors && left.recipients == right.recipients;
            (parties && share_most(left, right)).then_some(Likeness::Items(days))
        }
    }
}

/// Whether dates that are not both known to the day may be one.
fn can_be_one_day(left: &Package, right: &Package) -> bool {
    match (left.announced, right.announced) {
        (Some(one), Some(other)) => {
            one.first_day() <= other.last_day() && other.first_day() <= one.last_day()
        }
        _ => true,
    }
}

/// Whether two packages hold mostly the same things, and more than one.
fn share_most(left: &Package, right: &Package) -> bool {
    let things = |package: &Package| {
        let mut things: Vec<String> = package.items.iter().map(thing).collect();
        things.sort();
        things.dedup();
        things
    };
    let (left, right) = (things(left), things(right));
    let shared = left.iter().filter(|thing| right.contains(thing)).count();
    shared > 1 && shared * 2 >= left.len().min(right.len())
}

/// Packages whose value is the sum of others that count beside them.
pub(super) fn sums_over_parts(packages: &[Package]) -> Vec<Finding> {
    let mut dated: Vec<(&Package, Amount)> = packages
        .iter()
        .filter(|package| package.counts() && package.announced.is_some_and(CivilDate::is_day))
        .filter_map(|package| Some((package, package.amount?)))
        .collect();
    dated.sort_by_key(|(package, _)| (package.announced, package.id));
    let mut findings = Vec::new();
    for (place, (whole, amount)) in dated.iter().enumerate() {
        let is_near = |other: &(&Package, Amount)| {
            days_apart(whole.announced, other.0.announced).is_some_and(|days| days <= SAME_NEWS)
        };
        let before = dated[..place].iter().rev().take_while(|other| is_near(other));
        let after = dated[place + 1..].iter().take_while(|other| is_near(other));
        let parts: Vec<(&Package, Decimal)> = before
            .chain(after)
            .filter(|(part, value)| {
                value.currency == amount.currency
                    && is_within(&part.donors, &whole.donors)
                    && is_within(&part.recipients, &whole.recipients)
                    && value.bounds.figure() < amount.bounds.figure()
            })
            .map(|(part, value)| (*part, value.bounds.figure()))
            .take(PARTS)
            .collect();
        if let Some(found) = adding_up(&parts, amount.bounds.figure()) {
            let mut told = vec![*whole];
            told.extend(found);
            told[1..].sort_by_key(|package| package.id);
            findings.push(about(Check::SumOverParts, &told, Fault::Parts(*amount)));
        }
    }
    findings
}

/// The fewest packages that add up to a figure exactly, two at least.
fn adding_up<'a>(parts: &[(&'a Package, Decimal)], figure: Decimal) -> Option<Vec<&'a Package>> {
    let mut choices: Vec<u32> =
        (0..1_u32 << parts.len()).filter(|set| set.count_ones() > 1).collect();
    choices.sort_by_key(|set| set.count_ones());
    let chosen =
        |set: u32| parts.iter().enumerate().filter(move |(place, _)| set & (1 << place) != 0);
    let adds_up = |set: &&u32| {
        let sum =
            chosen(**set).try_fold(Decimal::ZERO, |sum, (_, (_, value))| sum.checked_add(*value));
        sum == Some(figure)
    };
    let set = choices.iter().find(adds_up)?;
    Some(chosen(*set).map(|(_, (package, _))| *package).collect())
}

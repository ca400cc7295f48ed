//! Packages that may be one, and packages that are the sum of others: both would count twice.

use super::seen::{Seen, plain};
use super::{about, days_apart, is_within, meet};
use crate::model::finding::{Fault, Likeness};
use crate::model::{Aid, Amount, Check, CivilDate, Finding, Package, PackageId};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

/// How many days apart packages of one amount are worth a look.
const SAME_AMOUNT: i64 = 14;
/// How many days apart packages of the same things are worth a look.
const SAME_ITEMS: i64 = 7;
/// How many days apart a sum and its parts, or one figure in two currencies, are told.
const SAME_NEWS: i64 = 3;
/// How many packages are tried as the parts of a sum.
const PARTS: usize = 12;

/// Packages that count and may be one: those that are the same in all that is compared, together; the others, of
/// which the first stands for all that are the same, in pairs. Those that a person told apart from others stand
/// for themselves.
pub(super) fn duplicates(packages: &[Seen], told_apart: &BTreeSet<PackageId>) -> Vec<Finding> {
    let mut same: HashMap<Same, Vec<&Seen>> = HashMap::new();
    let mut one_each = Vec::new();
    for package in packages.iter().filter(|package| package.counts()) {
        if told_apart.contains(&package.id) {
            one_each.push(package);
        } else {
            same.entry(Same(package)).or_default().push(package);
        }
    }
    let mut findings = Vec::new();
    for mut copies in same.into_values() {
        copies.sort_unstable_by_key(|package| package.id);
        one_each.push(copies[0]);
        if let [first, second, ..] = copies[..]
            && let Some(likeness) = likeness(first, second)
        {
            let copies: Vec<&Package> = copies.into_iter().map(|copy| &**copy).collect();
            findings.push(about(Check::Duplicates, &copies, Fault::Alike(likeness)));
        }
    }
    one_each.sort_unstable_by_key(|package| package.id);
    for near in neighbours(&one_each) {
        for (place, first) in near.iter().enumerate() {
            for second in &near[place + 1..] {
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

/// A package as that which it is compared by: those that are equal are alike with the same others.
struct Same<'a>(&'a Seen);

impl Same<'_> {
    fn facts(&self) -> impl Eq + Hash {
        let Self(package) = self;
        let parties = (&package.donors, &package.recipients, &package.mechanism);
        (parties, package.aid, package.sequence, package.announced, package.amount, &package.things)
    }
}

impl PartialEq for Same<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.facts() == other.facts()
    }
}

impl Eq for Same<'_> {}

impl Hash for Same<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.facts().hash(state);
    }
}

/// What could make two packages one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Near<'a> {
    Figure(Decimal),
    Number(u32),
    Month(&'a [String], &'a [String], i32, Option<u32>),
}

/// Packages put together by what could make two of them one: figure, number, or parties and month; so that
/// not each is held against each.
fn neighbours<'a>(packages: &[&'a Seen]) -> Vec<Vec<&'a Seen>> {
    let mut by_key: BTreeMap<Near, Vec<&Seen>> = BTreeMap::new();
    let mut put = |key, package| by_key.entry(key).or_default().push(package);
    for package in packages {
        if let Some(amount) = package.amount {
            put(Near::Figure(amount.bounds.figure()), package);
        }
        if let Some(sequence) = package.sequence {
            put(Near::Number(sequence), package);
        }
        let Some(date) = package.announced.filter(|date| date.is_day()) else { continue };
        let month_of = |day: CivilDate| {
            let (year, month) = (day.year_number(), day.month_number());
            Near::Month(&package.donors, &package.recipients, year, month)
        };
        let later = date.plus_days(SAME_ITEMS).unwrap_or(date);
        if month_of(later) != month_of(date) {
            put(month_of(later), package);
        }
        put(month_of(date), package);
    }
    by_key.into_values().filter(|near| near.len() > 1).collect()
}

/// In what two packages are so alike that they may be one; `None` where something tells them apart.
pub(super) fn likeness(left: &Seen, right: &Seen) -> Option<Likeness> {
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
fn share_most(left: &Seen, right: &Seen) -> bool {
    let (left, right) = (&left.things, &right.things);
    let shared = left.iter().filter(|thing| right.contains(thing)).count();
    shared > 1 && shared * 2 >= left.len().min(right.len())
}

/// Packages whose value is the sum of others that count beside them.
pub(super) fn sums_over_parts(packages: &[Seen]) -> Vec<Finding> {
    let mut dated: Vec<(&Package, Amount)> = plain(packages)
        .filter(|package| package.counts() && package.announced.is_some_and(CivilDate::is_day))
        .filter_map(|package| Some((package, package.amount?)))
        .collect();
    dated.sort_by_key(|(package, _)| (package.announced, package.id));
    let mut choices: Vec<u32> = (0..1 << PARTS).filter(|set: &u32| set.count_ones() > 1).collect();
    choices.sort_by_key(|set| set.count_ones());
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
        if let Some(found) = adding_up(&parts, &choices, amount.bounds.figure()) {
            let mut told = vec![*whole];
            told.extend(found);
            told[1..].sort_by_key(|package| package.id);
            findings.push(about(Check::SumOverParts, &told, Fault::Parts(*amount)));
        }
    }
    findings
}

/// The fewest packages that add up to a figure exactly; `choices` of them are tried in this order, each a set of
/// places.
fn adding_up<'a>(
    parts: &[(&'a Package, Decimal)],
    choices: &[u32],
    figure: Decimal,
) -> Option<Vec<&'a Package>> {
    let chosen =
        |set: u32| parts.iter().enumerate().filter(move |(place, _)| set & (1 << place) != 0);
    let adds_up = |set: &&u32| {
        let sum =
            chosen(**set).try_fold(Decimal::ZERO, |sum, (_, (_, value))| sum.checked_add(*value));
        sum == Some(figure)
    };
    let set = choices.iter().filter(|set| **set < 1 << parts.len()).find(adds_up)?;
    Some(chosen(*set).map(|(_, (package, _))| *package).collect())
}

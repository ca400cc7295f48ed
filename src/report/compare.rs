//! Packages of another collection beside those of the ledger: which are the same, which differ, and
//! which are only on one side.

use super::figures::counted;
use super::table::{Cell, Column, Kind, Table};
use crate::model::package::PackageSource;
use crate::model::{Amount, CivilDate, Package, closed_set};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

closed_set! {
    /// How a package stands on the two sides.
    Finding {
        /// On both, with amounts that agree.
        Matched = "matched",
        /// On both, with amounts that do not agree, or one that only one side has.
        Differing = "differing",
        /// Only in the other collection.
        OnlyThere = "only-there",
        /// Only in the ledger.
        OnlyHere = "only-here",
    }
}

/// A package of the other collection. Its id is its place there.
#[derive(Debug, Clone)]
pub struct Theirs {
    /// The package, with its amount in the money in which both are compared.
    pub package: Package,
    /// What it says of the amount besides: what it converted it to, or what its source states of it.
    pub also: Vec<Amount>,
    /// Its first and last row.
    pub rows: (usize, usize),
    /// The address that it gives as its source.
    pub source: String,
}

impl Theirs {
    /// Its amount beside one of ours: of what it says, that which agrees best.
    fn amount_beside(&self, ours: Option<Amount>) -> Option<Amount> {
        let Some(ours) = ours else { return self.package.amount };
        let all = self.also.iter().copied().chain(self.package.amount);
        all.max_by_key(|one| agreement(*one, ours))
    }
}

/// Days beyond which two packages are not the same, and those within which they are near.
const FAR: i64 = 31;
const NEAR: i64 = 14;
const SAME: i64 = 3;

/// What a pair must reach to be taken for one package.
const ENOUGH: u32 = 4;

/// Compares; each package is in one row, but for those of ours to others than the other collection tells
/// of, which are counted. Those of one side pair with the likest of the other, the likest pairs first.
pub fn compare(theirs: &[Theirs], ours: &[Package]) -> Table {
    let pairs = pairs(theirs, ours);
    let mut rows: Vec<(Finding, Option<&Theirs>, Option<&Package>)> = Vec::new();
    let taken: BTreeSet<usize> = pairs.values().copied().collect();
    for (place, one) in theirs.iter().enumerate() {
        let Some(&other) = pairs.get(&place) else {
            rows.push((Finding::OnlyThere, Some(one), None));
            continue;
        };
        let agree = match (one.amount_beside(ours[other].amount), ours[other].amount) {
            (None, None) => true,
            (Some(one), Some(other)) => agreement(one, other) == Some(2),
            _ => false,
        };
        let finding = if agree { Finding::Matched } else { Finding::Differing };
        rows.push((finding, Some(one), Some(&ours[other])));
    }
    let alone = ours.iter().enumerate().filter(|(place, _)| !taken.contains(place));
    // A collection of what goes to some tells nothing of what goes to others.
    let recipients: BTreeSet<&String> =
        theirs.iter().flat_map(|one| &one.package.recipients).collect();
    let is_theirs = |one: &&Package| {
        recipients.is_empty() || one.recipients.iter().any(|code| recipients.contains(code))
    };
    let (only_here, to_others): (Vec<&Package>, Vec<&Package>) =
        alone.map(|(_, one)| one).partition(is_theirs);
    rows.extend(only_here.into_iter().map(|one| (Finding::OnlyHere, None, Some(one))));
    rows.sort_by_key(|(finding, there, here)| {
        let package = there.map(|one| &one.package).or(*here);
        let donors = package.map(|one| one.donors.join(", ")).unwrap_or_default();
        let date = package.and_then(|one| one.announced);
        (donors, date.is_none(), date, *finding, there.map(|one| one.rows), here.map(|one| one.id))
    });
    let mut table = Table::new(columns());
    table.rows = rows.iter().map(|(finding, there, here)| row(*finding, *there, *here)).collect();
    table.notes = Finding::ALL
        .iter()
        .map(|finding| {
            let count = rows.iter().filter(|(found, ..)| found == finding).count();
            format!("{}: {finding}", counted(count, "package", "packages"))
        })
        .collect();
    if !to_others.is_empty() {
        let packages = counted(to_others.len(), "package", "packages");
        table.notes.push(format!("{packages} to others than those of theirs: not in this table"));
    }
    table
        .notes
        .push("matched: amounts within 2 % of each other, or none on either side".to_owned());
    table
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("finding", "Finding", Kind::Text),
        Column::new("donors", "Donor", Kind::Text),
        Column::new("their_rows", "Rows", Kind::Text),
        Column::new("their_date", "Their date", Kind::Date),
        Column::new("their_amount", "Their amount", Kind::Amount),
        Column::new("package", "Package", Kind::Text),
        Column::new("date", "Our date", Kind::Date),
        Column::new("our_amount", "Our amount", Kind::Amount),
        Column::new("difference", "Difference", Kind::Number),
        Column::new("told_there", "Their source", Kind::Text).for_people(),
        Column::new("told_here", "Our sources", Kind::Text).for_people(),
        Column::new("their_items", "Their items", Kind::Text).for_programs(),
        Column::new("our_items", "Our items", Kind::Text).for_programs(),
        Column::new("their_source", "Their source", Kind::Text).for_programs(),
        Column::new("our_sources", "Our sources", Kind::Text).for_programs(),
    ]
}

fn row(finding: Finding, there: Option<&Theirs>, here: Option<&Package>) -> Vec<Cell> {
    let their = there.map(|one| &one.package);
    let donors = their.or(here).map(|one| one.donors.clone()).unwrap_or_default();
    let amount = |one: Option<&Package>| one.and_then(|one| one.amount);
    let ours = amount(here);
    let theirs = there.and_then(|one| match here {
        Some(_) => one.amount_beside(ours),
        None => one.package.amount.or(one.also.first().copied()),
    });
    let difference = match (theirs, ours) {
        (Some(theirs), Some(ours)) if theirs.currency == ours.currency => {
            ours.bounds.figure().checked_sub(theirs.bounds.figure())
        }
        _ => None,
    };
    let items =
        |one: Option<&Package>| one.map_or(Cell::Blank, |one| Cell::Items(one.items.clone()));
    let money = |amount: Option<Amount>| amount.map_or(Cell::Blank, Cell::Amount);
    let rows = there.map(|one| match one.rows {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first} to {last}"),
    });
    vec![
        Cell::Text(finding.to_string()),
        Cell::List(donors),
        Cell::text(rows.as_deref()),
        Cell::date(their.and_then(|one| one.announced)),
        money(theirs),
        here.map_or(Cell::Blank, |one| Cell::Text(one.id.to_string())),
        Cell::date(here.and_then(|one| one.announced)),
        money(ours),
        difference.map_or(Cell::Blank, Cell::Decimal),
        Cell::text(there.and_then(|one| host(&one.source))),
        Cell::text(here.map(|one| tellers(&one.sources)).as_deref()),
        items(their),
        items(here),
        there.map_or(Cell::Blank, |one| Cell::Text(one.source.clone())),
        here.map_or(Cell::Blank, |one| Cell::Sources(one.sources.clone())),
    ]
}

/// Whose a web address is; the name of a file.
fn host(location: &str) -> Option<&str> {
    let bare = match location.split_once("://") {
        Some((_, rest)) => rest.split(['/', '?', '#']).next().unwrap_or(rest),
        None => location.rsplit('/').next().unwrap_or(location),
    };
    Some(bare.trim_start_matches("www.")).filter(|bare| !bare.is_empty())
}

/// Who tells a package, each once.
fn tellers(sources: &[PackageSource]) -> String {
    let tellers = sources.iter().filter_map(|source| {
        source.publisher.as_deref().or_else(|| host(source.location.as_deref()?))
    });
    tellers.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}

/// Which of theirs is which of ours.
fn pairs(theirs: &[Theirs], ours: &[Package]) -> BTreeMap<usize, usize> {
    let mut by_donor: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, package) in ours.iter().enumerate() {
        for donor in &package.donors {
            by_donor.entry(donor).or_default().push(place);
        }
    }
    let mut likely = Vec::new();
    for (place, one) in theirs.iter().enumerate() {
        let donors = one.package.donors.iter();
        let others: BTreeSet<usize> =
            donors.filter_map(|donor| by_donor.get(donor.as_str())).flatten().copied().collect();
        for other in others {
            let likeness = likeness(one, &ours[other]);
            if likeness >= ENOUGH {
                likely.push((std::cmp::Reverse(likeness), place, other));
            }
        }
    }
    likely.sort_unstable();
    let mut pairs = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (_, place, other) in likely {
        if !pairs.contains_key(&place) && taken.insert(other) {
            pairs.insert(place, other);
        }
    }
    pairs
}

/// How alike two packages are; 0 where they cannot be one.
fn likeness(theirs: &Theirs, other: &Package) -> u32 {
    let one = &theirs.package;
    if !one.recipients.iter().any(|recipient| other.recipients.contains(recipient)) {
        return 0;
    }
    let date = match (one.announced, other.announced) {
        (Some(one), Some(other)) => match days_apart(one, other) {
            days if days > FAR => return 0,
            days if days > NEAR => 1,
            days if days > SAME => 2,
            _ => 3,
        },
        (None, None) => 1,
        _ => 0,
    };
    let amount = match (theirs.amount_beside(other.amount), other.amount) {
        (Some(one), Some(other)) => match agreement(one, other) {
            Some(2) => 4,
            Some(1) => 2,
            _ => 0,
        },
        _ => 0,
    };
    let items = shared_items(one, other);
    // The date alone makes no pair, but where it is all that either side knows.
    let knows = |package: &Package| package.amount.is_some() || !package.items.is_empty();
    let only_date = date == 3 && one.aid == other.aid && !knows(one) && !knows(other);
    match (amount, items) {
        (0, 0) if only_date => ENOUGH,
        (0, 0) => 0,
        _ => date + amount + items,
    }
}

/// 2 where two amounts agree within a fiftieth, 1 within a fifth, 0 else; nothing where they are in
/// different money.
fn agreement(one: Amount, other: Amount) -> Option<u32> {
    if one.currency != other.currency {
        return None;
    }
    let (one, other) = (one.bounds.figure(), other.bounds.figure());
    let (small, large) = (one.min(other), one.max(other));
    let apart = large.checked_sub(small)?;
    let within = |part: i64| apart.checked_mul(Decimal::from(part)).is_some_and(|n| n <= large);
    Some(if within(50) { 2 } else { u32::from(within(5)) })
}

/// Days between the nearest days that two dates may mean.
fn days_apart(one: CivilDate, other: CivilDate) -> i64 {
    let after = one.first_day().days_since(other.last_day());
    let before = other.first_day().days_since(one.last_day());
    after.max(before).max(0)
}

/// 0 to 3 by the part of the things of the smaller package that the other has too.
fn shared_items(one: &Package, other: &Package) -> u32 {
    let things = |package: &Package| -> BTreeSet<String> {
        let items = package.items.iter();
        items.map(|item| item.system.clone().unwrap_or_else(|| item.name.to_lowercase())).collect()
    };
    let (one, other) = (things(one), things(other));
    let least = one.len().min(other.len());
    if least == 0 {
        return 0;
    }
    let shared = one.intersection(&other).count();
    u32::try_from((shared * 3).div_ceil(least)).unwrap_or(3)
}

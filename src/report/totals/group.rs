//! The values of keys, in the order in which they stand.

use super::Key;
use crate::model::{CivilDate, Item, Package, Thing};
use crate::report::table::Cell;
use std::cmp::Ordering;

/// One value of a key, ordered with what is not known last.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) unknown: bool,
    rank: usize,
    /// What it is ordered by where that is not its text.
    order: Option<String>,
    pub(super) text: String,
    /// What people know it as where that is not its text.
    name: Option<String>,
}

impl Group {
    pub(super) fn known(text: &str) -> Self {
        Self::ranked(text, 0)
    }

    pub(super) fn ranked(text: &str, rank: usize) -> Self {
        Self { unknown: false, rank, order: None, text: text.to_owned(), name: None }
    }

    /// An id, which stands and is ordered under a name where it has one.
    pub(super) fn named(id: &str, name: Option<&str>) -> Self {
        Self { name: name.map(str::to_owned), ..Self::known(id) }
    }

    fn unknown() -> Self {
        Self { unknown: true, ..Self::known("") }
    }

    fn of(text: Option<&str>) -> Self {
        text.map_or_else(Self::unknown, Self::known)
    }

    fn order(&self) -> (bool, usize, &str, &str) {
        let order = self.order.as_ref().or(self.name.as_ref()).unwrap_or(&self.text);
        (self.unknown, self.rank, order, &self.text)
    }

    pub(super) fn cell(&self) -> Cell {
        match (self.unknown, self.text.is_empty(), &self.name) {
            (true, _, _) => Cell::Unknown,
            (false, true, _) => Cell::Blank,
            (false, false, None) => Cell::Text(self.text.clone()),
            (false, false, Some(name)) => Cell::Named(self.text.clone(), name.clone()),
        }
    }
}

impl Ord for Group {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for Group {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Group {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Group {}

/// The value of a key of a package, or of an item of it and the thing that it is.
pub(super) fn group(key: Key, package: &Package, item: Option<(&Item, &Thing)>) -> Group {
    match key {
        Key::Donor => Group::of(joined(&package.donors).as_deref()),
        Key::Recipient => Group::of(joined(&package.recipients).as_deref()),
        Key::Month | Key::Quarter | Key::Year => {
            package.announced.map_or_else(Group::unknown, |date| period(key, date))
        }
        Key::System => Group::of(item.map(|(_, thing)| thing.name.as_str())),
        Key::Class => Group::of(item.and_then(|(item, _)| item.class.as_deref())),
        Key::Mechanism => Group::of(package.mechanism.as_deref()),
        Key::Stage => Group::ranked(package.stage.as_str(), package.stage as usize),
        // No amount, no currency: after all currencies, and nothing that is unknown.
        Key::Currency => package
            .amount
            .as_ref()
            .map_or_else(|| Group::ranked("", 1), |amount| Group::known(amount.currency.as_str())),
    }
}

fn joined(codes: &[String]) -> Option<String> {
    (!codes.is_empty()).then(|| codes.join(", "))
}

/// The period that a date falls in, or the year alone, after its months, where the date is known no
/// better: at the end of it all of it has come.
pub(super) fn period(key: Key, date: CivilDate) -> Group {
    let year = date.year_number();
    let text = match (key, date.month_number()) {
        (Key::Month, Some(month)) => format!("{year:04}-{month:02}"),
        (Key::Quarter, Some(month)) => format!("{year:04}-Q{}", month.div_ceil(3)),
        _ => format!("{year:04}"),
    };
    let is_coarse = key != Key::Year && date.month_number().is_none();
    let order = is_coarse.then(|| format!("{text}-~"));
    Group { order, ..Group::known(&text) }
}

/// All periods from the one of `first` to the one of `last`.
pub(super) fn periods(key: Key, first: CivilDate, last: CivilDate) -> Vec<Group> {
    let mut all = Vec::new();
    for year in first.year_number()..=last.year_number() {
        for month in 1..=12 {
            let Some(date) = CivilDate::month(year, month) else { continue };
            let is_within = date.last_day() >= first.first_day() && date <= last.last_day();
            let group = period(key, date);
            if is_within && all.last() != Some(&group) {
                all.push(group);
            }
        }
    }
    all
}

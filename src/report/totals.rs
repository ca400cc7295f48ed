//! Totals of packages by any keys: sums of money per currency, or numbers of things per unit.
//! Never adds across currencies or units, and never splits a package's value among its items.

use super::figures::grouped;
use super::select::count_packages;
use super::table::{Cell, Column, Kind, Table};
use crate::model::{Bounds, CivilDate, Item, Package, closed_set};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

closed_set! {
    /// What totals are grouped by.
    Key {
        /// The set of donors; joint donors stay together.
        Donor = "donor",
        /// The set of recipients.
        Recipient = "recipient",
        /// The month of announcement.
        Month = "month",
        /// The quarter of announcement.
        Quarter = "quarter",
        /// The year of announcement.
        Year = "year",
        /// The system of each item: counts things, not money.
        System = "system",
        /// The class of each item: counts things, not money.
        Class = "class",
        /// The legal or budget route.
        Mechanism = "mechanism",
        /// How far the packages have come.
        Stage = "stage",
        /// The currency; a key of every total of money.
        Currency = "currency",
    }
}

impl Key {
    const fn column(self) -> Column {
        match self {
            Self::Donor => Column::new("donor", "Donor", Kind::Text),
            Self::Recipient => Column::new("recipient", "Recipient", Kind::Text),
            Self::Month => Column::new("month", "Month", Kind::Text),
            Self::Quarter => Column::new("quarter", "Quarter", Kind::Text),
            Self::Year => Column::new("year", "Year", Kind::Text),
            Self::System => Column::new("system", "System", Kind::Text),
            Self::Class => Column::new("class", "Class", Kind::Text),
            Self::Mechanism => Column::new("mechanism", "Mechanism", Kind::Text),
            Self::Stage => Column::new("stage", "Stage", Kind::Text),
            Self::Currency => Column::new("currency", "Currency", Kind::Text),
        }
    }

    const fn is_of_items(self) -> bool {
        matches!(self, Self::System | Self::Class)
    }
}

/// What is asked of totals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TotalsQuery {
    /// The keys in the order of their columns; donor where there is none.
    pub keys: Vec<Key>,
}

/// One value of a key, ordered with what is not known last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    unknown: bool,
    rank: usize,
    text: String,
}

impl Group {
    fn known(text: &str) -> Self {
        Self { unknown: false, rank: 0, text: text.to_owned() }
    }

    fn of(text: Option<&str>) -> Self {
        text.map_or(Self { unknown: true, rank: 0, text: String::new() }, Self::known)
    }

    fn cell(&self) -> Cell {
        match (self.unknown, self.text.is_empty()) {
            (true, _) => Cell::Unknown,
            (false, true) => Cell::Blank,
            (false, false) => Cell::Text(self.text.clone()),
        }
    }
}

/// A running sum of figures with a low and a high end.
#[derive(Debug, Default)]
struct Sum {
    packages: BTreeSet<u64>,
    without: usize,
    figures: usize,
    open: usize,
    stated: Decimal,
    low: Decimal,
    high: Decimal,
    too_large: bool,
}

impl Sum {
    fn add(&mut self, package: &Package, bounds: Option<Bounds>) {
        self.packages.insert(package.id.0);
        let Some(bounds) = bounds else {
            self.without += 1;
            return;
        };
        self.figures += 1;
        self.open += usize::from(bounds.high().is_none());
        self.stated = self.plus(self.stated, bounds.figure());
        self.low = self.plus(self.low, bounds.low().unwrap_or_default());
        self.high = self.plus(self.high, bounds.high().unwrap_or(bounds.figure()));
    }

    fn plus(&mut self, sum: Decimal, figure: Decimal) -> Decimal {
        sum.checked_add(figure).unwrap_or_else(|| {
            self.too_large = true;
            sum
        })
    }

    fn cells(&self) -> Vec<Cell> {
        let mut cells =
            vec![Cell::Count(self.packages.len() as u64), Cell::Count(self.without as u64)];
        cells.extend(if self.figures == 0 {
            [Cell::Blank, Cell::Blank, Cell::Blank]
        } else if self.too_large {
            [Cell::text(Some("too large")), Cell::Blank, Cell::Blank]
        } else {
            let high = if self.open > 0 { Cell::Open } else { Cell::Decimal(self.high) };
            [Cell::Decimal(self.stated), Cell::Decimal(self.low), high]
        });
        cells
    }
}

/// Totals of the packages by the query's keys. Money is summed per currency; where a key is of
/// items, things are counted per unit instead.
pub fn totals(packages: &[Package], query: &TotalsQuery) -> Table {
    let mut keys = query.keys.clone();
    if keys.is_empty() {
        keys.push(Key::Donor);
    }
    let mut seen = BTreeSet::new();
    keys.retain(|key| seen.insert(key.as_str()));
    if keys.iter().any(|key| key.is_of_items()) {
        totals_of_things(packages, &keys)
    } else {
        keys.retain(|key| *key != Key::Currency);
        keys.push(Key::Currency);
        totals_of_money(packages, &keys)
    }
}

fn totals_of_money(packages: &[Package], keys: &[Key]) -> Table {
    let mut groups: BTreeMap<Vec<Group>, Sum> = BTreeMap::new();
    let mut currencies: BTreeMap<Group, Sum> = BTreeMap::new();
    for package in packages {
        let path: Vec<Group> = keys.iter().map(|key| group(*key, package, None)).collect();
        let bounds = package.amount.map(|amount| amount.bounds);
        groups.entry(path).or_default().add(package, bounds);
        currencies.entry(group(Key::Currency, package, None)).or_default().add(package, bounds);
    }
    let mut table = Table::new(columns(keys, false));
    if groups.len() > currencies.len() {
        table.sums =
            currencies.iter().map(|(currency, sum)| sum_row(keys, currency, sum)).collect();
    }
    let without: usize = groups.values().map(|sum| sum.without).sum();
    let open: usize = groups.values().map(|sum| sum.open).sum();
    table.rows = groups.iter().map(|(path, sum)| row(path, sum)).collect();
    if without > 0 {
        table.notes.push(format!(
            "{} without a stated amount: counted, not in the sums",
            count_packages(without)
        ));
    }
    if open > 0 {
        let floor = currencies.iter().filter(|(_, sum)| sum.open > 0);
        let floor: Vec<String> = floor
            .map(|(currency, sum)| format!("{} {}", grouped(sum.high), currency.text))
            .collect();
        table.notes.push(format!(
            "{} stated as \"more than\" or \"at least\": the high end is open (at least {})",
            count_packages(open),
            floor.join(", "),
        ));
    }
    table.notes.extend(date_notes(packages, keys));
    table
}

fn totals_of_things(packages: &[Package], keys: &[Key]) -> Table {
    let mut groups: BTreeMap<Vec<Group>, Sum> = BTreeMap::new();
    let mut without_items = 0;
    for package in packages {
        without_items += usize::from(package.items.is_empty());
        for item in &package.items {
            let mut path: Vec<Group> =
                keys.iter().map(|key| group(*key, package, Some(item))).collect();
            path.push(Group::known(item.unit.as_deref().unwrap_or_default()));
            groups.entry(path).or_default().add(package, item.quantity);
        }
    }
    let mut table = Table::new(columns(keys, true));
    table.rows = groups.iter().map(|(path, sum)| row(path, sum)).collect();
    if without_items > 0 {
        let packages = count_packages(without_items);
        table.notes.push(format!("{packages} without items: not in this table"));
    }
    if groups.values().any(|sum| sum.without > 0) {
        let lines: usize = groups.values().map(|sum| sum.without).sum();
        let lines = if lines == 1 { "1 item".to_owned() } else { format!("{lines} items") };
        table.notes.push(format!("{lines} without a stated quantity: not in the sums"));
    }
    if groups.values().any(|sum| sum.open > 0) {
        table.notes.push(
            "an open high end: a quantity stated as \"more than\" or \"at least\"".to_owned(),
        );
    }
    table.notes.push("quantities, not money: a package's value is never split".to_owned());
    table.notes.extend(date_notes(packages, keys));
    table
}

fn columns(keys: &[Key], of_things: bool) -> Vec<Column> {
    let mut columns: Vec<Column> = keys.iter().map(|key| key.column()).collect();
    let without = if of_things {
        columns.push(Column::new("unit", "Unit", Kind::Text));
        Column::new("without_quantity", "No quantity", Kind::Number)
    } else {
        Column::new("without_amount", "No amount", Kind::Number)
    };
    columns.push(Column::new("packages", "Packages", Kind::Number));
    columns.push(without);
    columns.push(Column::new("stated", "Stated", Kind::Number));
    columns.push(Column::new("low", "Low", Kind::Number));
    columns.push(Column::new("high", "High", Kind::Number));
    columns
}

fn row(path: &[Group], sum: &Sum) -> Vec<Cell> {
    let mut cells: Vec<Cell> = path.iter().map(Group::cell).collect();
    cells.extend(sum.cells());
    cells
}

fn sum_row(keys: &[Key], currency: &Group, sum: &Sum) -> Vec<Cell> {
    let mut cells: Vec<Cell> = vec![Cell::Blank; keys.len() - 1];
    if let Some(first) = cells.first_mut() {
        *first = Cell::text(Some("all"));
    }
    cells.push(currency.cell());
    cells.extend(sum.cells());
    cells
}

fn group(key: Key, package: &Package, item: Option<&Item>) -> Group {
    match key {
        Key::Donor => Group::of(joined(&package.donors).as_deref()),
        Key::Recipient => Group::of(joined(&package.recipients).as_deref()),
        Key::Month | Key::Quarter | Key::Year => {
            Group::of(package.announced.map(|date| period(key, date)).as_deref())
        }
        Key::System => Group::of(item.map(|item| item.name.as_str())),
        Key::Class => Group::of(item.and_then(|item| item.class.as_deref())),
        Key::Mechanism => Group::of(package.mechanism.as_deref()),
        Key::Stage => {
            Group { rank: package.stage as usize, ..Group::known(package.stage.as_str()) }
        }
        // No amount, no currency: after all currencies, and nothing that is unknown.
        Key::Currency => package
            .amount
            .as_ref()
            .map_or(Group { unknown: false, rank: 1, text: String::new() }, |amount| {
                Group::known(amount.currency.as_str())
            }),
    }
}

fn joined(codes: &[String]) -> Option<String> {
    (!codes.is_empty()).then(|| codes.join(", "))
}

/// The period that a date falls in, or the year alone where the date is known no better.
fn period(key: Key, date: CivilDate) -> String {
    let year = date.year_number();
    match (key, date.month_number()) {
        (Key::Month, Some(month)) => format!("{year:04}-{month:02}"),
        (Key::Quarter, Some(month)) => format!("{year:04}-Q{}", month.div_ceil(3)),
        _ => format!("{year:04}"),
    }
}

fn date_notes(packages: &[Package], keys: &[Key]) -> Option<String> {
    if !keys.iter().any(|key| matches!(key, Key::Month | Key::Quarter)) {
        return None;
    }
    let known = packages.iter().filter_map(|package| package.announced);
    let coarse = known.filter(|date| date.month_number().is_none()).count();
    (coarse > 0)
        .then(|| format!("{} dated only to the year: under the year", count_packages(coarse)))
}

#[cfg(test)]
#[path = "totals_tests.rs"]
mod tests;

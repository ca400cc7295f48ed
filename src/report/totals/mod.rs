//! Totals of packages by any keys: sums of money per currency, or numbers of things per kind and
//! unit. Never adds across currencies, kinds or units, and never splits a package's value among its
//! items.

mod group;
mod lines;
mod notes;
pub(super) mod sum;

use super::table::{Cell, Column, Kind, Table};
use crate::model::{Item, Package, Thing, closed_set};
use group::{Group, group};
use lines::Lines;
use std::collections::BTreeSet;

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

    /// Whether it is a key of items, so that things are counted.
    pub const fn is_of_items(self) -> bool {
        matches!(self, Self::System | Self::Class)
    }

    /// Whether it is a stretch of time.
    pub const fn is_period(self) -> bool {
        matches!(self, Self::Month | Self::Quarter | Self::Year)
    }
}

closed_set! {
    /// Which figure stands in the columns of a pivoted table.
    Figure {
        /// The figures as they are stated.
        Stated = "stated",
        /// The low end.
        Low = "low",
        /// The high end.
        High = "high",
        /// How many packages.
        Packages = "packages",
    }
}

/// What is asked of totals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TotalsQuery {
    /// The keys in the order of their columns; donor where there is none, of things system.
    pub keys: Vec<Key>,
    /// Month, quarter or year: a column each, the figures in them.
    pub pivot: Option<Key>,
    /// The figure in the columns of a pivoted table; stated where it is not given.
    pub figure: Option<Figure>,
    /// Whether each period holds all before it too.
    pub cumulative: bool,
}

impl TotalsQuery {
    /// Totals by these keys.
    pub fn by(keys: &[Key]) -> Self {
        Self { keys: keys.to_vec(), ..Self::default() }
    }

    fn figure(&self) -> Figure {
        self.figure.unwrap_or(Figure::Stated)
    }

    /// The keys that have a column of their own, each once.
    fn columns(&self, default: Key) -> Vec<Key> {
        let mut keys = self.keys.clone();
        if keys.is_empty() {
            keys.push(default);
        }
        let mut seen = BTreeSet::new();
        keys.retain(|key| seen.insert(key.as_str()) && self.pivot != Some(*key));
        keys
    }
}

/// Totals of packages that are added one by one: money per currency, or numbers of things per kind
/// and unit.
pub struct Tally<'a> {
    query: TotalsQuery,
    thing: &'a dyn Fn(&Item) -> Thing,
    class_name: &'a dyn Fn(&str) -> Option<&'a str>,
    keys: Vec<Key>,
    is_of_things: bool,
    lines: Lines,
    met: notes::Met,
}

impl<'a> Tally<'a> {
    /// Of money; where a key is of items, of things instead, each as what `thing` says that it is.
    pub fn of_money(query: &TotalsQuery, thing: &'a dyn Fn(&Item) -> Thing) -> Self {
        if query.keys.iter().any(|key| key.is_of_items()) {
            return Self::of_things(query, thing);
        }
        let mut keys = query.columns(Key::Donor);
        keys.retain(|key| *key != Key::Currency);
        keys.push(Key::Currency);
        let lines = Lines::new(&keys, query, keys.len() - 1..keys.len());
        Self::new(query, thing, keys, false, lines)
    }

    /// Of things.
    pub fn of_things(query: &TotalsQuery, thing: &'a dyn Fn(&Item) -> Thing) -> Self {
        let mut keys = query.columns(Key::System);
        keys.retain(|key| *key != Key::Currency);
        let lines = Lines::new(&keys, query, keys.len()..keys.len() + 2);
        Self::new(query, thing, keys, true, lines)
    }

    fn new(
        query: &TotalsQuery,
        thing: &'a dyn Fn(&Item) -> Thing,
        keys: Vec<Key>,
        is_of_things: bool,
        lines: Lines,
    ) -> Self {
        let (query, met) = (query.clone(), notes::Met::default());
        Self { query, thing, class_name: &|_| None, keys, is_of_things, lines, met }
    }

    /// The same with classes under the names by which people know them.
    #[must_use]
    pub fn with_class_names(self, class_name: &'a dyn Fn(&str) -> Option<&'a str>) -> Self {
        Self { class_name, ..self }
    }

    /// Whether it asks for the packages' lines of materiel.
    pub const fn is_of_items(&self) -> bool {
        self.is_of_things
    }

    /// Adds a package, with its amount as it is stated.
    pub fn add(&mut self, package: &Package) {
        self.met.add(package);
        if self.is_of_things {
            for item in &package.items {
                let thing = (self.thing)(item);
                let path = self.keys.iter().map(|key| match (key, item.class.as_deref()) {
                    (Key::Class, Some(class)) => Group::named(class, (self.class_name)(class)),
                    _ => group(*key, package, Some((item, &thing))),
                });
                let mut path: Vec<Group> = path.collect();
                path.push(Group::ranked(thing.counted.as_str(), thing.counted as usize));
                path.push(Group::known(thing.unit.as_deref().unwrap_or_default()));
                self.lines.add(path, package, item.quantity);
            }
        } else {
            let path = self.keys.iter().map(|key| group(*key, package, None)).collect();
            self.lines.add(path, package, package.amount.map(|amount| amount.bounds));
        }
    }

    /// The table of what was added.
    pub fn table(&self) -> Table {
        let mut columns: Vec<Column> = self.keys.iter().map(|key| key.column()).collect();
        let mut table = Table::new(Vec::new());
        if self.is_of_things {
            columns.push(Column::new("counted", "Counted", Kind::Text));
            columns.push(Column::new("unit", "Unit", Kind::Text));
            // Of one package several items may be a thing, of which some have a quantity.
            let without = Column::new("without_quantity", "Items unstated", Kind::Count);
            self.lines.fill(&mut table, columns, without);
            notes::of_things(&mut table, &self.lines, &self.met, &self.query);
        } else {
            let without = Column::new("without_amount", "No amount", Kind::Count);
            self.lines.fill(&mut table, columns, without);
            notes::of_money(&mut table, &self.lines, &self.met, &self.query);
        }
        table
    }
}

/// Totals of the packages by the query's keys: [`Tally::of_money`] over all of them.
pub fn totals(packages: &[Package], query: &TotalsQuery, thing: &dyn Fn(&Item) -> Thing) -> Table {
    let mut tally = Tally::of_money(query, thing);
    for package in packages {
        tally.add(package);
    }
    tally.table()
}

/// The first cells of a row of sums.
fn head(cells: usize) -> Vec<Cell> {
    let mut head = vec![Cell::Blank; cells];
    if let Some(first) = head.first_mut() {
        *first = Cell::text(Some("all"));
    }
    head
}

#[cfg(test)]
#[path = "../totals_tests.rs"]
mod tests;

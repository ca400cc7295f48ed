//! Sums in the prices of one year, by levels of prices that the user imports.

use super::convert::{LeftOut, whole};
use crate::model::{Currency, Package, ReferenceTable};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Levels of prices by currency and year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PriceLevels {
    levels: BTreeMap<(Currency, i32), Decimal>,
    sources: Vec<String>,
}

impl PriceLevels {
    /// Those of the tables, of which a later one stands before an earlier one.
    pub fn of(tables: &[ReferenceTable]) -> Self {
        let mut all = Self::default();
        for table in tables.iter().filter(|table| !table.price_levels.is_empty()) {
            all.sources.push(table.source.clone());
            let levels = table.price_levels.iter();
            all.levels.extend(levels.map(|one| ((one.currency, one.year), one.index)));
        }
        all
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    /// The years that each currency has.
    pub fn years(&self) -> BTreeMap<Currency, Vec<i32>> {
        let mut years: BTreeMap<Currency, Vec<i32>> = BTreeMap::new();
        for (currency, year) in self.levels.keys() {
            years.entry(*currency).or_default().push(*year);
        }
        years
    }

    /// What a sum of `currency` and `from` is multiplied with to be in prices of `to`.
    fn factor(&self, currency: Currency, from: i32, to: i32) -> Option<Decimal> {
        let level = |year| self.levels.get(&(currency, year));
        level(to)?.checked_div(*level(from)?)
    }
}

/// Brings the packages' amounts to the prices of `year`, in the currency in which they are. Those
/// that have no level of prices are taken out, since sums in other prices must not be added, and named
/// with their figures.
pub fn in_prices_of(
    packages: Vec<Package>,
    year: i32,
    levels: &PriceLevels,
) -> (Vec<Package>, Vec<String>) {
    let mut left = LeftOut::default();
    let mut kept = Vec::with_capacity(packages.len());
    for mut package in packages {
        let Some(amount) = package.amount else {
            kept.push(package);
            continue;
        };
        let from = package.announced.map(crate::model::CivilDate::year_number);
        let factor = from.and_then(|from| levels.factor(amount.currency, from, year));
        let bounds =
            factor.and_then(|factor| amount.bounds.map(|end| end.checked_mul(factor).map(whole)));
        if let Some(bounds) = bounds {
            package.amount = Some(crate::model::Amount { bounds, ..amount });
            kept.push(package);
        } else {
            left.push(package.id, amount);
        }
    }
    let mut notes = vec![format!("in prices of {year} ({})", levels.sources.join("; "))];
    if !left.is_empty() {
        let words = left.words();
        notes.push(format!("not in this table, no level of prices for the year: {words}"));
    }
    (kept, notes)
}

//! Sums in the prices of one year, by levels of prices that the user imports.

use super::convert::{LeftOut, whole};
use crate::model::{Amount, CivilDate, Currency, Package, ReferenceTable};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::rc::Rc;

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

    /// Whether a currency has a level of this year.
    fn has(&self, currency: Currency, year: i32) -> bool {
        self.levels.contains_key(&(currency, year))
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

/// Brings amounts to the prices of a year, in the currency in which they are. Those that have no
/// level of prices are remembered, since sums in other prices must not be added.
#[derive(Debug)]
pub struct InPrices {
    year: i32,
    levels: Rc<PriceLevels>,
    left: BTreeMap<&'static str, LeftOut>,
}

impl InPrices {
    /// One that has met no package yet.
    pub fn of(year: i32, levels: Rc<PriceLevels>) -> Self {
        Self { year, levels, left: BTreeMap::new() }
    }

    /// The same before it met a package.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self::of(self.year, Rc::clone(&self.levels))
    }

    /// An amount of a package in these prices; nothing where there is no level of prices for it.
    pub fn worth(&mut self, package: &Package, amount: Amount) -> Option<Amount> {
        let from = package.announced.map(CivilDate::year_number);
        let factor = from.and_then(|from| self.levels.factor(amount.currency, from, self.year));
        let end = |factor: Decimal| amount.bounds.map(|end| end.checked_mul(factor).map(whole));
        let bounds = factor.and_then(end);
        if bounds.is_none() {
            let reason = match from {
                None => "no date",
                Some(_) if self.levels.has(amount.currency, self.year) => {
                    "no level of prices of its year"
                }
                Some(_) => "no level of prices of its currency",
            };
            self.left.entry(reason).or_default().push(package.id, amount);
        }
        bounds.map(|bounds| Amount { bounds, ..amount })
    }

    /// Which levels were taken, and what has none, with its figures.
    pub fn notes(&self) -> Vec<String> {
        let sources = self.levels.sources.join("; ");
        let mut notes = vec![format!("in prices of {} ({sources})", self.year)];
        let left = self.left.iter();
        notes.extend(
            left.map(|(reason, left)| format!("not in this table, {reason}: {}", left.words())),
        );
        notes
    }
}

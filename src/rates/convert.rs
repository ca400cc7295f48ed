//! Packages with their amounts in another currency. What cannot be converted keeps its own and is
//! named with the reason.

use super::series::{Missing, Rates};
use crate::model::amount::grouped;
use crate::model::{Amount, CivilDate, Currency, Package, PackageId};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// Of which day the rate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The day on which the package was announced.
    Announced,
    /// The last day of the tables, never the clock's.
    Today,
    /// A given day, or the mean of a month or a year.
    On(CivilDate),
}

/// Packages in another currency, and what must be said of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// The packages in their order; amounts that could not be converted are as they were.
    pub packages: Vec<Package>,
    /// Which rates were taken, and what was not converted and why; a sentence each.
    pub notes: Vec<String>,
}

/// Those that one reason keeps from being converted.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    packages: Vec<PackageId>,
    figures: BTreeMap<Currency, Decimal>,
}

/// How many packages are named one by one.
const NAMED: usize = 6;

impl LeftOut {
    pub(super) fn push(&mut self, package: PackageId, amount: Amount) {
        self.packages.push(package);
        let sum = self.figures.entry(amount.currency).or_default();
        *sum = sum.checked_add(amount.bounds.figure()).unwrap_or(Decimal::MAX);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.packages.is_empty()
    }

    /// `2 packages, 35000000 UAH (P4, P9)`.
    pub(super) fn words(&self) -> String {
        let figures =
            self.figures.iter().map(|(currency, sum)| format!("{} {currency}", grouped(*sum)));
        let mut names: Vec<String> =
            self.packages.iter().take(NAMED).map(ToString::to_string).collect();
        if self.packages.len() > NAMED {
            names.push(format!("{} more", self.packages.len() - NAMED));
        }
        let sums: Vec<String> = figures.collect();
        format!("{}, {} ({})", count(self.packages.len()), sums.join(", "), names.join(", "))
    }
}

fn count(packages: usize) -> String {
    if packages == 1 { "1 package".to_owned() } else { format!("{packages} packages") }
}

/// Converts the packages' amounts into `target`, each rounded to whole units: a rate has five or six
/// digits, so that more would only seem exact.
pub fn convert(packages: &[Package], target: Currency, when: When, rates: &Rates) -> Converted {
    let (mut earlier, mut means) = (0, 0);
    let mut missing: BTreeMap<Missing, LeftOut> = BTreeMap::new();
    let mut converted = packages.to_vec();
    for package in &mut converted {
        let Some(amount) = package.amount.filter(|amount| amount.currency != target) else {
            continue;
        };
        let date = match when {
            When::Announced => package.announced,
            When::Today => rates.last_day(),
            When::On(date) => Some(date),
        };
        let rate = date.ok_or(Missing::Date);
        let rate = rate.and_then(|date| rates.rate(amount.currency, target, date));
        let result = rate.and_then(|rate| {
            let value = |end: Decimal| Some(whole(end.checked_mul(rate.value)?));
            let bounds = amount.bounds.map(value).ok_or(Missing::Currency(amount.currency))?;
            Ok((Amount { bounds, currency: target }, rate))
        });
        match result {
            Ok((amount, rate)) => {
                package.amount = Some(amount);
                means += usize::from(date.is_some_and(|date| !date.is_day()));
                earlier += usize::from(date.is_some_and(|d| d.is_day() && d != rate.day));
            }
            Err(reason) => missing.entry(reason).or_default().push(package.id, amount),
        }
    }
    let mut notes = vec![head(target, when, rates)];
    if earlier > 0 {
        notes.push(format!(
            "{}: no rate on the day, the last one before it taken, at most {} days back",
            count(earlier),
            super::DAYS_BACK
        ));
    }
    if means > 0 && when == When::Announced {
        let packages = count(means);
        notes.push(format!("{packages} dated to a month or year: at the mean of its days"));
    }
    notes.extend(
        missing.iter().map(|(reason, left)| format!("not converted, {reason}: {}", left.words())),
    );
    Converted { packages: converted, notes }
}

fn head(target: Currency, when: When, rates: &Rates) -> String {
    let of = match (when, rates.last_day()) {
        (When::Announced, _) => "of the day of announcement".to_owned(),
        (When::Today, Some(day)) => format!("of {day}, the last day of the tables"),
        (When::Today, None) => "of no day".to_owned(),
        (When::On(date), _) if date.is_day() => format!("of {date}"),
        (When::On(date), _) => format!("of {date}, the mean of its days"),
    };
    format!("in {target} at the rate {of} ({})", rates.sources().join("; "))
}

/// Rounded to whole units.
pub(super) fn whole(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
}

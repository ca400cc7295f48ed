//! Amounts of packages in another currency. What cannot be converted keeps its own and is
//! named with the reason.

use super::series::{Missing, Rates};
use crate::model::amount::grouped;
use crate::model::{Amount, CivilDate, Currency, Package, PackageId};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;
use std::rc::Rc;

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

/// Those that one reason keeps from being converted.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    packages: usize,
    /// The first of them.
    named: Vec<PackageId>,
    figures: BTreeMap<Currency, Decimal>,
}

/// How many packages are named one by one.
const NAMED: usize = 6;

impl LeftOut {
    pub(super) fn push(&mut self, package: PackageId, amount: Amount) {
        self.packages += 1;
        if self.named.len() < NAMED {
            self.named.push(package);
        }
        let sum = self.figures.entry(amount.currency).or_default();
        *sum = sum.checked_add(amount.bounds.figure()).unwrap_or(Decimal::MAX);
    }

    /// Takes in those of another reason.
    fn join(&mut self, other: &Self) {
        self.packages += other.packages;
        let free = NAMED - self.named.len();
        self.named.extend(other.named.iter().take(free));
        for (currency, further) in &other.figures {
            let sum = self.figures.entry(*currency).or_default();
            *sum = sum.checked_add(*further).unwrap_or(Decimal::MAX);
        }
    }

    /// `2 packages, 35000000 UAH (P4, P9)`.
    pub(super) fn words(&self) -> String {
        let figures =
            self.figures.iter().map(|(currency, sum)| format!("{} {currency}", grouped(*sum)));
        let mut names: Vec<String> = self.named.iter().map(ToString::to_string).collect();
        if self.packages > self.named.len() {
            names.push(format!("{} more", self.packages - self.named.len()));
        }
        let sums: Vec<String> = figures.collect();
        format!("{}, {} ({})", count(self.packages), sums.join(", "), names.join(", "))
    }
}

fn count(packages: usize) -> String {
    if packages == 1 { "1 package".to_owned() } else { format!("{packages} packages") }
}

/// Brings amounts into one currency, each rounded to whole units: a rate has five or six digits, so
/// that more would only seem exact. What cannot be converted keeps its own and is remembered.
#[derive(Debug)]
pub struct Conversion {
    target: Currency,
    when: When,
    rates: Rc<Rates>,
    earlier: usize,
    means: usize,
    missing: BTreeMap<Missing, LeftOut>,
}

impl Conversion {
    /// One that has met no package yet.
    pub fn new(target: Currency, when: When, rates: Rc<Rates>) -> Self {
        Self { target, when, rates, earlier: 0, means: 0, missing: BTreeMap::new() }
    }

    /// The same before it met a package.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self::new(self.target, self.when, Rc::clone(&self.rates))
    }

    /// The package's amount in the currency, or as it is where it cannot be converted.
    pub fn worth(&mut self, package: &Package) -> Option<Amount> {
        let Some(amount) = package.amount.filter(|amount| amount.currency != self.target) else {
            return package.amount;
        };
        let date = match self.when {
            When::Announced => package.announced,
            When::Today => self.rates.last_day(),
            When::On(date) => Some(date),
        };
        let rate = date.ok_or(Missing::Date);
        let rate = rate.and_then(|date| self.rates.rate(amount.currency, self.target, date));
        let result = rate.and_then(|rate| {
            let value = |end: Decimal| Some(whole(end.checked_mul(rate.value)?));
            let bounds = amount.bounds.map(value).ok_or(Missing::Currency(amount.currency))?;
            Ok((Amount { bounds, currency: self.target }, rate))
        });
        match result {
            Ok((amount, rate)) => {
                self.means += usize::from(date.is_some_and(|date| !date.is_day()));
                self.earlier += usize::from(date.is_some_and(|d| d.is_day() && d != rate.day));
                Some(amount)
            }
            Err(reason) => {
                self.missing.entry(reason).or_default().push(package.id, amount);
                package.amount
            }
        }
    }

    /// Which rates were taken, and what was not converted and why; a sentence each.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = vec![head(self.target, self.when, &self.rates)];
        if self.earlier > 0 {
            notes.push(format!(
                "{}: no rate on the day, the last one before it taken, at most {} days back",
                count(self.earlier),
                super::DAYS_BACK
            ));
        }
        if self.means > 0 && self.when == When::Announced {
            let packages = count(self.means);
            notes.push(format!("{packages} dated to a month or year: at the mean of its days"));
        }
        notes.extend(self.left_out());
        notes
    }

    /// What was not converted and why; the days on which one currency has no rate together, since where its
    /// table ends early they are many.
    fn left_out(&self) -> Vec<String> {
        let all: Vec<(&Missing, &LeftOut)> = self.missing.iter().collect();
        let are_alike = |one: &(&Missing, &LeftOut), other: &(&Missing, &LeftOut)| matches!((one.0, other.0), (Missing::Day(one, _), Missing::Day(other, _)) if one == other);
        let words = |alike: &[(&Missing, &LeftOut)]| {
            let [(reason, _), further @ ..] = alike else { return String::new() };
            let mut left = LeftOut::default();
            for (_, other) in alike {
                left.join(other);
            }
            let days = match further {
                [.., (Missing::Day(_, last), _)] => {
                    let days = if further.len() == 1 { "day" } else { "days" };
                    format!(" and {} further {days} up to {last}", further.len())
                }
                _ => String::new(),
            };
            format!("not converted, {reason}{days}: {}", left.words())
        };
        all.chunk_by(are_alike).map(words).collect()
    }
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

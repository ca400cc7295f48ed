//! Options that bring amounts to one currency and to the prices of one year.

use super::failure::{hinted, usage};
use crate::ledger::Ledger;
use crate::model::{Amount, Currency, Package, PackageId};
use crate::rates::{PriceLevels, Rates, RatesOnDemand, When, convert, in_prices_of};
use anyhow::Result;
use clap::Args;
use std::collections::BTreeMap;
use std::sync::Arc;

/// In which currency, at which rate, in the prices of which year.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "In which money")]
pub(super) struct ConvertArgs {
    /// Amounts in this currency, such as EUR; what has no rate keeps its own and is named
    #[arg(long = "in", value_name = "CODE")]
    target: Option<Currency>,
    /// At the rate of the day of announcement (announced, where it is not given), of the last day of
    /// the tables (today), or of a given day, month or year
    #[arg(long, value_name = "WHEN", value_parser = when)]
    rate: Option<When>,
    /// In the prices of this year, by levels of prices from `rates import`
    #[arg(long, value_name = "YEAR", value_parser = year)]
    prices: Option<i32>,
}

/// Packages with their amounts as they were asked for.
pub(super) struct Money {
    /// The packages; those that have no amount in this money, and must not be added, are left out.
    pub(super) packages: Vec<Package>,
    /// What was done, and what was not done and why.
    pub(super) notes: Vec<String>,
}

impl ConvertArgs {
    /// Whether amounts are to be other than they were stated.
    pub(super) const fn is_asked(&self) -> bool {
        self.target.is_some() || self.prices.is_some()
    }

    /// The packages in the money that is asked for.
    pub(super) fn apply(&self, ledger: &Ledger, packages: Vec<Package>) -> Result<Money> {
        let mut money = Money { packages, notes: Vec::new() };
        if self.rate.is_some() && self.target.is_none() {
            return Err(usage("--rate: expected --in and a currency with it"));
        }
        if !self.is_asked() {
            return Ok(money);
        }
        let tables = ledger.tables()?;
        if let Some(target) = self.target {
            let rates = rates(&tables);
            if rates.latest(target).is_none() {
                let message = format!("--in: \"{target}\": no table has rates of this currency");
                return Err(hinted(message, "aidledger rates import FILE brings a table in"));
            }
            let when = self.rate.unwrap_or(When::Announced);
            let converted = convert(&money.packages, target, when, &rates);
            money = Money { packages: converted.packages, notes: converted.notes };
        }
        if let Some(year) = self.prices {
            let levels = PriceLevels::of(&tables);
            if levels.is_empty() {
                let message = format!("--prices {year}: the ledger has no levels of prices");
                let hint = "aidledger rates import FILE takes a table with the columns \
                            currency,year,index";
                return Err(hinted(message, hint));
            }
            let (packages, notes) = in_prices_of(money.packages, year, &levels);
            money.packages = packages;
            money.notes.extend(notes);
        }
        Ok(money)
    }
}

impl Money {
    /// The amount of each package in this money.
    pub(super) fn amounts(&self) -> BTreeMap<PackageId, Amount> {
        let amounts = self.packages.iter().filter_map(|one| Some((one.id, one.amount?)));
        amounts.collect()
    }
}

/// The rates that ship, with those of the ledger's tables over them.
pub(super) fn rates(tables: &[crate::model::ReferenceTable]) -> Rates {
    Rates::shipped().with(tables)
}

/// The same ledger, which knows sums in two currencies for one by the rates that ship and its own.
pub(super) fn exchanging(ledger: Ledger) -> Result<Ledger> {
    let tables = ledger.tables()?;
    Ok(ledger.exchanging(Arc::new(RatesOnDemand::with(tables))))
}

fn when(text: &str) -> Result<When, String> {
    match text {
        "announced" => Ok(When::Announced),
        "today" => Ok(When::Today),
        _ => text.parse().map(When::On).map_err(|_| {
            format!(
                "\"{text}\": expected announced, today, or a date such as 2022-11-10 or 2022-11"
            )
        }),
    }
}

fn year(text: &str) -> Result<i32, String> {
    let year = text.parse::<crate::model::CivilDate>().ok().filter(|_| text.len() == 4);
    year.map(crate::model::CivilDate::year_number)
        .ok_or_else(|| format!("\"{text}\": expected a year such as 2022"))
}

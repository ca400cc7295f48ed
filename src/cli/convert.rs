//! Options that bring amounts to one currency and to the prices of one year.

use super::args::Globals;
use super::failure::{hinted, usage};
use crate::ledger::{Access, Ledger};
use crate::model::{Amount, Currency, Package};
use crate::rates::{Conversion, InPrices, PriceLevels, Rates, RatesOnDemand, When};
use anyhow::Result;
use clap::Args;
use std::rc::Rc;
use std::str::FromStr;
use std::sync::Arc;

/// In which currency, at which rate, in the prices of which year.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "In which money")]
pub(super) struct ConvertArgs {
    /// Amounts in this currency, such as EUR; what has no rate keeps its own and is named
    #[arg(long = "in", value_name = "CODE", value_parser = currency)]
    target: Option<Currency>,
    /// At the rate of the day of announcement (announced, where it is not given), of the last day of
    /// the tables (today), or of a given day, month or year
    #[arg(long, value_name = "WHEN", value_parser = when)]
    rate: Option<When>,
    /// In the prices of this year, by levels of prices from `rates import`
    #[arg(long, value_name = "YEAR", value_parser = year)]
    prices: Option<i32>,
}

/// Amounts as they are asked for, and what must be said of those that were met.
#[derive(Debug)]
pub(super) struct Money {
    conversion: Option<Conversion>,
    prices: Option<InPrices>,
}

/// What a package is worth in the money that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Worth {
    /// Its amount; `None` where none is stated.
    pub(super) amount: Option<Amount>,
    /// Whether it can be in sums: sums in other prices must not be added.
    pub(super) is_summed: bool,
}

impl ConvertArgs {
    /// Whether amounts are to be other than they were stated.
    pub(super) const fn is_asked(&self) -> bool {
        self.target.is_some() || self.prices.is_some()
    }

    /// The money that is asked for, before a package was met.
    pub(super) fn money(&self, ledger: &Ledger) -> Result<Money> {
        if self.rate.is_some() && self.target.is_none() {
            return Err(usage("--rate: expected --in and a currency with it"));
        }
        let mut money = Money { conversion: None, prices: None };
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
            money.conversion = Some(Conversion::new(target, when, Rc::new(rates)));
        }
        if let Some(year) = self.prices {
            let levels = PriceLevels::of(&tables);
            if levels.is_empty() {
                let message = format!("--prices {year}: the ledger has no levels of prices");
                let hint = "aidledger rates import FILE takes a table with the columns \
                            currency,year,index";
                return Err(hinted(message, hint));
            }
            let years = levels.years();
            if !years.values().any(|years| years.contains(&year)) {
                let known: Vec<String> = years
                    .iter()
                    .map(|(currency, years)| {
                        let (first, last) = (years.iter().min(), years.iter().max());
                        let year = |year: Option<&i32>| year.copied().unwrap_or_default();
                        format!("{currency} {} to {}", year(first), year(last))
                    })
                    .collect();
                let known = known.join(", ");
                return Err(usage(format!(
                    "--prices: \"{year}\": no level of prices of this year: expected one of {known}"
                )));
            }
            money.prices = Some(InPrices::of(year, Rc::new(levels)));
        }
        Ok(money)
    }
}

impl Money {
    /// The same before it met a package.
    pub(super) fn anew(&self) -> Self {
        Self {
            conversion: self.conversion.as_ref().map(Conversion::anew),
            prices: self.prices.as_ref().map(InPrices::anew),
        }
    }

    /// What a package is worth.
    pub(super) fn worth(&mut self, package: &Package) -> Worth {
        let amount = match &mut self.conversion {
            Some(conversion) => conversion.worth(package),
            None => package.amount,
        };
        match (&mut self.prices, amount) {
            (Some(prices), Some(amount)) => {
                let amount = prices.worth(package, amount);
                Worth { amount, is_summed: amount.is_some() }
            }
            (_, amount) => Worth { amount, is_summed: true },
        }
    }

    /// The package with its amount in this money; nothing where it must not be added.
    pub(super) fn bring(&mut self, package: Package) -> Option<Package> {
        let worth = self.worth(&package);
        worth.is_summed.then_some(Package { amount: worth.amount, ..package })
    }

    /// What was done, and what was not done and why.
    pub(super) fn notes(&self) -> Vec<String> {
        let converted = self.conversion.iter().flat_map(Conversion::notes);
        converted.chain(self.prices.iter().flat_map(InPrices::notes)).collect()
    }
}

/// A currency's code, in capitals or not.
pub(super) fn currency(text: &str) -> Result<Currency, <Currency as FromStr>::Err> {
    text.parse().or_else(|error| text.to_ascii_uppercase().parse().map_err(|_| error))
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

/// Opens the ledger for a person's decisions, after which claims may be placed anew.
pub(super) fn open_to_rule(globals: &Globals) -> Result<Ledger> {
    exchanging(globals.open(Access::Write)?)
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

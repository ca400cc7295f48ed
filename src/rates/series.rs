//! Daily rates against the euro, and what follows for any pair of currencies on a day.

use super::compact::{Table, unpack};
use super::{DAYS_BACK, SOURCE};
use crate::model::{CivilDate, Currency, Exchange, Price, Quote, ReferenceTable};
use rust_decimal::Decimal;
use std::sync::OnceLock;

/// The European Central Bank's reference rates as they ship; `rates/README.md` says from when.
const SHIPPED: &[u8] = include_bytes!("../../rates/ecb.bin");

/// The rates at which currencies became the euro, and from when.
const FIXED: &str = include_str!("../../rates/fixed.tsv");

/// Exchange rates by day.
#[derive(Debug, Clone)]
pub struct Rates {
    /// What one euro cost on each day.
    per_euro: Table,
    /// What one euro costs for good, from a day on.
    fixed: Vec<(Currency, CivilDate, Decimal)>,
    sources: Vec<String>,
}

/// A rate for one pair of currencies, and of which day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// What one unit of the first currency costs in the second.
    pub value: Decimal,
    /// The day of the older of the two rates that it is made of.
    pub day: CivilDate,
    /// Over how many days it is the mean; 1 for the rate of a day.
    pub days: usize,
}

/// Why there is no rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Missing {
    /// No table has the currency.
    #[error("no rate of {0}")]
    Currency(Currency),
    /// None on the day, nor within the days before it.
    #[error("no rate of {0} for {1}")]
    Day(Currency, CivilDate),
    /// The day is not known.
    #[error("no date")]
    Date,
}

/// From when to when a currency has rates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The currency.
    pub currency: Currency,
    /// Its first day.
    pub first: CivilDate,
    /// Its last day.
    pub last: CivilDate,
    /// On how many days it has a rate.
    pub days: usize,
    /// The rate at which it became the euro, and from when.
    pub fixed: Option<(CivilDate, Decimal)>,
}

impl Exchange for Rates {
    fn price(&self, from: Currency, to: Currency, day: CivilDate) -> Option<Price> {
        let Rate { value, day, .. } = self.rate(from, to, day).ok()?;
        Some(Price { value, day, source: self.sources.join("; ") })
    }
}

impl Rates {
    /// The rates that ship.
    pub fn shipped() -> &'static Self {
        static RATES: OnceLock<Rates> = OnceLock::new();
        RATES.get_or_init(|| {
            let per_euro = unpack(SHIPPED).unwrap_or_default();
            let fixed = FIXED.lines().filter_map(fixed_line).collect();
            let mut rates = Self { per_euro, fixed, sources: Vec::new() };
            let last = rates.last_day().map(|day| format!(" to {day}")).unwrap_or_default();
            rates.sources.push(format!("{SOURCE}, reference rates{last}"));
            rates
        })
    }

    /// The same with further tables, of which a later one stands before an earlier one.
    #[must_use]
    pub fn with(&self, tables: &[ReferenceTable]) -> Self {
        let mut rates = self.clone();
        for table in tables.iter().filter(|table| !table.rates.is_empty()) {
            rates.sources.push(table.source.clone());
            // A rate against another currency needs that one's rate against the euro first.
            let (euro, other): (Vec<&Quote>, Vec<&Quote>) =
                table.rates.iter().partition(|quote| quote.base == Currency::EUR);
            for quote in euro.into_iter().chain(other) {
                let base = rates.on(quote.base, quote.day).ok().map(|(rate, _)| rate);
                if let Some(rate) = base.and_then(|base| base.checked_mul(quote.rate)) {
                    rates.per_euro.entry(quote.currency).or_default().insert(quote.day, rate);
                }
            }
        }
        rates
    }

    /// The last day of all tables: what "today" means.
    pub fn last_day(&self) -> Option<CivilDate> {
        self.per_euro.values().filter_map(|row| row.keys().next_back()).max().copied()
    }

    /// The last day on which a currency has a rate; of the euro, that of all.
    pub fn latest(&self, currency: Currency) -> Option<CivilDate> {
        if currency == Currency::EUR {
            return self.last_day();
        }
        let stated = self.per_euro.get(&currency).and_then(|row| row.keys().next_back()).copied();
        let is_fixed = self.fixed.iter().any(|row| row.0 == currency);
        stated.or_else(|| self.last_day().filter(|_| is_fixed))
    }

    /// Who states the rates, the shipped ones first.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// What one unit of `from` cost in `to` on a day, or as the mean over the days of a month or a
    /// year. A day without a rate takes the last one before, at most [`DAYS_BACK`] days back.
    pub fn rate(&self, from: Currency, to: Currency, date: CivilDate) -> Result<Rate, Missing> {
        if from == to {
            return Ok(Rate { value: Decimal::ONE, day: date, days: 1 });
        }
        if !date.is_day() {
            return self.mean(from, to, date);
        }
        let (per_euro, from_day) = self.on(from, date)?;
        let (to_per_euro, to_day) = self.on(to, date)?;
        let value = to_per_euro.checked_div(per_euro).ok_or(Missing::Day(from, date))?;
        Ok(Rate { value, day: from_day.min(to_day), days: 1 })
    }

    /// The mean of the rates of the days within a month or a year on which both have one.
    fn mean(&self, from: Currency, to: Currency, date: CivilDate) -> Result<Rate, Missing> {
        let (first, last) = (date.first_day(), date.last_day());
        let (mut sum, mut to_sum, mut days) = (Decimal::ZERO, Decimal::ZERO, 0_usize);
        let mut day = Some(first);
        while let Some(at) = day.filter(|at| *at <= last) {
            if let (Some(one), Some(other)) = (self.exactly(from, at), self.exactly(to, at)) {
                sum = sum.checked_add(one).ok_or(Missing::Day(from, date))?;
                to_sum = to_sum.checked_add(other).ok_or(Missing::Day(to, date))?;
                days += 1;
            }
            day = at.plus_days(1);
        }
        if days == 0 {
            for currency in [from, to] {
                self.on(currency, last).map_err(|missing| match missing {
                    Missing::Day(currency, _) => Missing::Day(currency, date),
                    other => other,
                })?;
            }
            return Err(Missing::Day(from, date));
        }
        let value = to_sum.checked_div(sum).ok_or(Missing::Day(from, date))?;
        Ok(Rate { value, day: first, days })
    }

    /// Whether the tables say just that already.
    pub fn holds(&self, quote: &Quote) -> bool {
        quote.base == Currency::EUR && self.exactly(quote.currency, quote.day) == Some(quote.rate)
    }

    fn exactly(&self, currency: Currency, day: CivilDate) -> Option<Decimal> {
        if currency == Currency::EUR {
            return Some(Decimal::ONE);
        }
        let stated = self.per_euro.get(&currency).and_then(|row| row.get(&day)).copied();
        stated.or_else(|| self.fixed_on(currency, day))
    }

    fn fixed_on(&self, currency: Currency, day: CivilDate) -> Option<Decimal> {
        let is_meant = |row: &&(Currency, CivilDate, Decimal)| row.0 == currency && day >= row.1;
        self.fixed.iter().find(is_meant).map(|row| row.2)
    }

    /// What one euro cost on a day, and the day of the rate.
    fn on(&self, currency: Currency, day: CivilDate) -> Result<(Decimal, CivilDate), Missing> {
        if let Some(rate) = self.exactly(currency, day) {
            return Ok((rate, day));
        }
        let is_fixed = self.fixed.iter().any(|row| row.0 == currency);
        let Some(row) = self.per_euro.get(&currency) else {
            let missing = Missing::Currency(currency);
            return Err(if is_fixed { Missing::Day(currency, day) } else { missing });
        };
        let first = day.plus_days(-DAYS_BACK).unwrap_or(day);
        let last = row.range(first..=day).next_back();
        last.map(|(day, rate)| (*rate, *day)).ok_or(Missing::Day(currency, day))
    }

    /// Each currency but the euro with the days for which it has rates.
    pub fn coverage(&self) -> Vec<Coverage> {
        let rows = self.per_euro.iter().filter_map(|(currency, row)| {
            let (first, last) = (*row.keys().next()?, *row.keys().next_back()?);
            let fixed = self.fixed.iter().find(|fixed| fixed.0 == *currency);
            let fixed = fixed.map(|fixed| (fixed.1, fixed.2));
            Some(Coverage { currency: *currency, first, last, days: row.len(), fixed })
        });
        rows.collect()
    }
}

/// `HRK<tab>2023-01-01<tab>7.5345`; a line that begins with # is a comment.
fn fixed_line(line: &str) -> Option<(Currency, CivilDate, Decimal)> {
    let mut cells = line.split('\t');
    Some((cells.next()?.parse().ok()?, cells.next()?.parse().ok()?, cells.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(from: &str, to: &str, date: &str) -> Result<(String, String), Missing> {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        let rate = Rates::shipped().rate(from, to, date.parse().unwrap())?;
        Ok((rate.value.round_dp(4).to_string(), rate.day.to_string()))
    }

    #[test]
    fn a_weekend_takes_the_last_rate_before_and_a_gap_of_eight_days_none() {
        let found = |value: &str, day: &str| Ok((value.to_owned(), day.to_owned()));
        assert_eq!(rate("EUR", "USD", "2022-11-10"), found("0.9954", "2022-11-10"));
        assert_eq!(rate("USD", "EUR", "2022-11-10"), found("1.0046", "2022-11-10"));
        assert_eq!(rate("EUR", "USD", "2022-11-13"), found("1.0308", "2022-11-11"));
        let rub = "RUB".parse().unwrap();
        assert_eq!(rate("EUR", "RUB", "2022-03-08"), found("117.201", "2022-03-01"));
        let late: CivilDate = "2022-03-09".parse().unwrap();
        assert_eq!(rate("EUR", "RUB", "2022-03-09"), Err(Missing::Day(rub, late)));
        assert_eq!(
            rate("UAH", "EUR", "2022-11-10"),
            Err(Missing::Currency("UAH".parse().unwrap()))
        );
    }

    #[test]
    fn a_month_takes_the_mean_of_its_days_and_a_currency_that_became_the_euro_its_fixed_rate() {
        assert_eq!(rate("EUR", "USD", "2023-07").unwrap().0, "1.1058");
        assert_eq!(rate("EUR", "GBP", "2023-07").unwrap().0, "0.8586");
        assert_eq!(rate("EUR", "HRK", "2023-07-01").unwrap().0, "7.5345");
        assert!(rate("EUR", "HRK", "2022-12-20").is_ok());
    }

    #[test]
    fn a_later_table_stands_before_an_earlier_one_and_may_have_another_base() {
        let quote = |day: &str, base: &str, rate: &str| Quote {
            day: day.parse().unwrap(),
            base: base.parse().unwrap(),
            currency: "UAH".parse().unwrap(),
            rate: rate.parse().unwrap(),
        };
        let rates = vec![quote("2022-11-10", "USD", "36.5686")];
        let table = ReferenceTable { rates, source: "NBU".to_owned(), ..Default::default() };
        let with = Rates::shipped().with(&[table]);
        let day = "2022-11-12".parse().unwrap();
        let uah = "UAH".parse().unwrap();
        let found = with.rate(Currency::EUR, uah, day).unwrap();
        assert_eq!(found.value.round_dp(4).to_string(), "36.4004");
        assert_eq!(found.day.to_string(), "2022-11-10");
        assert_eq!(with.sources().len(), 2);
        let euro = Quote {
            base: Currency::EUR,
            currency: Currency::USD,
            ..quote("2022-11-10", "USD", "0.9954")
        };
        assert!(Rates::shipped().holds(&euro));
        assert!(!Rates::shipped().holds(&Quote { rate: "0.9955".parse().unwrap(), ..euro }));
    }
}

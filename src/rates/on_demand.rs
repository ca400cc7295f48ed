//! Rates that are unpacked only where somebody asks for one: most articles tell sums in one currency.

use super::Rates;
use crate::model::{CivilDate, Currency, Exchange, Price, ReferenceTable};
use std::sync::OnceLock;

/// The rates that ship with further tables laid over them.
#[derive(Debug, Default)]
pub struct RatesOnDemand {
    tables: Vec<ReferenceTable>,
    rates: OnceLock<Rates>,
}

impl RatesOnDemand {
    /// With these tables, of which a later one stands before an earlier one.
    pub fn with(tables: Vec<ReferenceTable>) -> Self {
        Self { tables, rates: OnceLock::new() }
    }
}

impl Exchange for RatesOnDemand {
    fn price(&self, from: Currency, to: Currency, day: CivilDate) -> Option<Price> {
        self.rates.get_or_init(|| Rates::shipped().with(&self.tables)).price(from, to, day)
    }
}

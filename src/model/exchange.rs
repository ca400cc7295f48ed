//! What a sum is worth in another currency, as far as those who compare sums need to know it.

use super::{CivilDate, Currency};
use rust_decimal::Decimal;
use std::fmt::Debug;

/// What one unit of a currency cost in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// How much.
    pub value: Decimal,
    /// The day of the rate: the one that was asked for, or the last before it that has one.
    pub day: CivilDate,
    /// Who states the rates.
    pub source: String,
}

/// Exchange rates by day.
pub trait Exchange: Debug + Send + Sync {
    /// What one unit of `from` cost in `to` on a day; `None` where that is not known.
    fn price(&self, from: Currency, to: Currency, day: CivilDate) -> Option<Price>;
}

/// Knows no rate: sums in two currencies are never one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRates;

impl Exchange for NoRates {
    fn price(&self, _: Currency, _: Currency, _: CivilDate) -> Option<Price> {
        None
    }
}

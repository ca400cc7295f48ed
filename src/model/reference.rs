//! Reference tables: exchange rates and price indices, as a person imports them.

use super::{CivilDate, Currency};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What one unit of `base` cost on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The day.
    pub day: CivilDate,
    /// The currency of which one unit is bought.
    pub base: Currency,
    /// The currency in which it is paid.
    pub currency: Currency,
    /// How much is paid; above zero.
    pub rate: Decimal,
}

/// The level of prices of a year in a currency, in any unit that all years of the table share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceLevel {
    /// The currency.
    pub currency: Currency,
    /// The year.
    pub year: i32,
    /// The index; above zero.
    pub index: Decimal,
}

/// A table of rates or of price levels with its origin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferenceTable {
    /// Who states it, in a person's words.
    pub source: String,
    /// SHA-256 of the file's bytes.
    pub sha256: String,
    /// Exchange rates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<Quote>,
    /// Levels of prices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub price_levels: Vec<PriceLevel>,
    /// Who imported it.
    pub by: String,
}

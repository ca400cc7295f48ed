//! What a sum is worth in another currency, or in the prices of another year. Knows the reference
//! rates that ship and those that it is given: no ledger, no files, no clock. All in decimals.

mod compact;
mod convert;
mod on_demand;
mod prices;
mod read;
mod series;

pub use compact::{pack, unpack};
pub use convert::{Conversion, When};
pub use on_demand::RatesOnDemand;
pub use prices::{InPrices, PriceLevels};
pub use read::{BadTable, read};
pub use series::{Coverage, Missing, Rate, Rates};

/// Who states the rates that ship.
pub const SOURCE: &str = "European Central Bank";

/// How many days before a day the last rate may lie that still holds for it.
pub const DAYS_BACK: i64 = 7;

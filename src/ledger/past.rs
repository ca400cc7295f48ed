//! The ledger as it stood at the end of a day: a copy, of whose journal the later entries
//! are left out, and whose tables are computed from the rest.

use super::error::LedgerError;
use super::projection;
use super::store::{self, inspect};
use crate::model::CivilDate;
use rusqlite::Connection;

type Result<T> = std::result::Result<T, LedgerError>;

/// Takes back, in a copy, all from the first entry on that was recorded after this day (UTC). An
/// entry that a slow clock dated back stays after those that it follows.
pub(super) fn forget_after(copy: &Connection, day: CivilDate) -> Result<()> {
    let end = format!("{}T23:59:59Z", day.last_day());
    match store::select::first_after(copy, &end)? {
        Some(first) => forget_from(copy, first),
        None => Ok(()),
    }
}

/// Takes back, in a copy, the entry of this number and all after it.
pub(super) fn forget_from(copy: &Connection, first: u64) -> Result<()> {
    inspect::check_references(copy, false)?;
    store::forget_from(copy, first)?;
    projection::rebuild(copy, copy)?;
    inspect::check_references(copy, true)
}

//! The only place with SQL on the ledger's tables: what goes in, what comes out, no judgement.

pub(super) mod insert;
pub(super) mod select;
pub(super) mod candidates;
pub(super) mod inspect;
mod values;

use super::error::LedgerError;
use rusqlite::Connection;

/// The projections and the columns that order their rows, each after those that it refers to.
pub(super) const PROJECTIONS: &[(&str, &str)] = &[
    ("article", "number"),
    ("claim", "number"),
    ("claim_item", "claim, number"),
    ("evidence", "claim, number"),
    ("package", "number"),
    ("telling", "claim"),
    ("item", "package, number"),
    ("control_total", "article, number"),
    ("gap", "article, number"),
    ("decision", "entry"),
];

/// Empties all projections, within the caller's transaction. The caller turns foreign keys off
/// before it, since checking each deleted claim against each package takes the square of the time.
pub(super) fn clear(connection: &Connection) -> Result<(), LedgerError> {
    for (table, _) in PROJECTIONS.iter().rev() {
        connection.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(())
}

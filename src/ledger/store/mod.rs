//! The only place with SQL on the ledger's tables: what goes in, what comes out, no judgement.

pub(super) mod insert;
pub(super) mod select;
pub(super) mod candidates;
pub(super) mod beside;
pub(super) mod faces;
mod unlike;
pub(super) mod inspect;
mod reference;
mod feeds;
mod values;
pub(super) mod folio;

pub(super) use feeds::{entries_read, feed, feeds, insert_watching};
pub(super) use reference::{insert_table, tables};

use super::error::LedgerError;
use rusqlite::Connection;

/// The projections and the columns that order their rows, each after those that it refers to.
pub(super) const PROJECTIONS: &[(&str, &str)] = &[
    // What empties the others fills it, and so it is emptied last.
    ("stale", "package"),
    ("folio", "package"),
    ("article", "number"),
    ("claim", "number"),
    ("claim_item", "claim, number"),
    ("evidence", "claim, number"),
    ("trace", "claim, trace"),
    ("package", "number"),
    ("face", "number"),
    ("telling", "claim"),
    ("effect", "entry, number"),
    ("item", "package, number"),
    ("control_total", "article, number"),
    ("gap", "article, number"),
    ("decision", "entry, number"),
    ("feed", "address"),
    ("feed_entry", "feed, sha256"),
    ("rate", "base, currency, day"),
    ("price_level", "currency, year"),
];

/// Takes all projections away, before the newest version of them is made.
pub(super) fn drop_projections(connection: &Connection) -> Result<(), LedgerError> {
    connection.execute_batch("DROP VIEW IF EXISTS package_summary")?;
    for (table, _) in PROJECTIONS.iter().rev() {
        connection.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
    }
    Ok(())
}

/// Takes the end of a journal away, from the entry of this number on. Only ever of a copy that is not
/// kept: the guards against it are taken away first.
pub(super) fn forget_from(copy: &Connection, seq: u64) -> Result<(), LedgerError> {
    copy.execute_batch("DROP TRIGGER entry_is_never_deleted")?;
    copy.execute("DELETE FROM entry WHERE seq >= ?1", [values::column(seq)])?;
    Ok(())
}

/// Empties all projections, within the caller's transaction. The caller turns foreign keys off
/// before it, since checking each deleted claim against each package takes the square of the time.
pub(super) fn clear(connection: &Connection) -> Result<(), LedgerError> {
    for (table, _) in PROJECTIONS.iter().rev() {
        connection.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(())
}

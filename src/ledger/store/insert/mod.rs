//! What goes into the ledger's tables. Every function works within the caller's transaction.

mod articles;
mod traces;
mod packages;
mod effects;

pub(in crate::ledger) use articles::*;
pub(in crate::ledger) use effects::*;
pub(in crate::ledger) use packages::*;
pub(in crate::ledger) use traces::mark_leaders;

use super::values::column;
use crate::ledger::error::LedgerError;
use crate::ledger::journal::Entry;
use rusqlite::{Connection, params};

type Result<T> = std::result::Result<T, LedgerError>;

/// Gives a new ledger its identity.
pub(in crate::ledger) fn identity(connection: &Connection, id: &str, genesis: &str) -> Result<()> {
    let sql = "INSERT INTO ledger (one, id, genesis) VALUES (1, ?1, ?2)";
    connection.execute(sql, [id, genesis])?;
    Ok(())
}

/// Appends to the journal.
pub(in crate::ledger) fn entry(connection: &Connection, entry: &Entry) -> Result<()> {
    let sql = "INSERT INTO entry (seq, recorded_at, kind, body, prev, hash)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute(params![
        column(entry.seq),
        entry.recorded_at,
        entry.kind,
        entry.body,
        entry.prev,
        entry.hash,
    ])?;
    Ok(())
}

/// Stores the bytes of an article, where they are not there yet.
pub(in crate::ledger) fn raw(connection: &Connection, sha256: &str, content: &[u8]) -> Result<()> {
    let known = "SELECT 1 FROM raw_article WHERE sha256 = ?1";
    if !connection.prepare_cached(known)?.exists([sha256])? {
        let sql = "INSERT INTO raw_article (sha256, content) VALUES (?1, ?2)";
        connection.prepare_cached(sql)?.execute(params![sha256, content])?;
    }
    Ok(())
}

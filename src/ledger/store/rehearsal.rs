//! A copy of a ledger in memory to rehearse on: all that placing needs, without texts and bytes.

use super::PROJECTIONS;
use crate::ledger::error::LedgerError;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

type Result<T> = std::result::Result<T, LedgerError>;

/// Tables that placing does not look at.
const LEFT_OUT: &[&str] = &["evidence", "control_total", "gap"];

/// Fills `copy`, a ledger without identity, with what placing needs of `ledger`. The journal keeps
/// its numbers and hashes, so that new entries get the numbers that they would get.
pub(in crate::ledger) fn fill(copy: &Connection, ledger: &Connection) -> Result<()> {
    let transaction = copy.unchecked_transaction()?;
    transfer(&transaction, ledger, "ledger", "*")?;
    transfer(&transaction, ledger, "entry", "seq, recorded_at, kind, '{}' AS body, prev, hash")?;
    transfer(&transaction, ledger, "raw_article", "sha256, x'' AS content")?;
    let article = "number, sha256, recorded_at, format, title, title_start, title_end, publisher,
                   published, language, path, url, body_start, body_end, '' AS text";
    for (table, _) in PROJECTIONS.iter().filter(|(table, _)| !LEFT_OUT.contains(table)) {
        transfer(&transaction, ledger, table, if *table == "article" { article } else { "*" })?;
    }
    transaction.commit()?;
    Ok(())
}

fn transfer(copy: &Connection, ledger: &Connection, table: &str, columns: &str) -> Result<()> {
    let mut read = ledger.prepare(&format!("SELECT {columns} FROM {table} ORDER BY 1"))?;
    let names = read.column_names().collect::<Vec<_>>().join(", ");
    let width = read.column_count();
    let marks = vec!["?"; width].join(", ");
    let mut write = copy.prepare(&format!("INSERT INTO {table} ({names}) VALUES ({marks})"))?;
    let mut rows = read.query([])?;
    while let Some(row) = rows.next()? {
        let values =
            (0..width).map(|column| row.get(column)).collect::<rusqlite::Result<Vec<Value>>>()?;
        write.execute(params_from_iter(values))?;
    }
    Ok(())
}

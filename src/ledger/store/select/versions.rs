//! Pages that are read again: which article is a version of which.

use super::super::values::{column, number};
use crate::ledger::error::LedgerError;
use rusqlite::{Connection, OptionalExtension, Row};

type Result<T> = std::result::Result<T, LedgerError>;

/// Whether what is read under a name later is another version of it: at a web address, or as an entry
/// of a feed in a file. Files of one name may be any.
pub(in crate::ledger) fn has_versions(connection: &Connection, path: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM feed WHERE substr(?1, 1, length(address) + 1) = address || '#'";
    Ok(path.contains("://") || connection.prepare_cached(sql)?.exists([path])?)
}

/// The article that was read before this one as an earlier version of it.
pub(in crate::ledger) fn version_before(
    connection: &Connection,
    article: u64,
) -> Result<Option<u64>> {
    version(connection, "other.number < ?1 ORDER BY other.number DESC", article)
}

/// The article that was read after this one as the next version of it.
pub(in crate::ledger) fn version_after(
    connection: &Connection,
    article: u64,
) -> Result<Option<u64>> {
    version(connection, "other.number > ?1 ORDER BY other.number", article)
}

fn version(connection: &Connection, which: &str, article: u64) -> Result<Option<u64>> {
    let sql = &format!(
        "SELECT other.number, article.path FROM article
           JOIN article AS other ON other.path = article.path
          WHERE article.number = ?1 AND {which} LIMIT 1"
    );
    let read = |row: &Row| Ok((number(row, 0)?, row.get::<_, String>(1)?));
    let found = connection.prepare_cached(sql)?.query_row([column(article)], read).optional()?;
    let Some((other, path)) = found else { return Ok(None) };
    Ok(if has_versions(connection, &path)? { Some(other) } else { None })
}

//! The truth: identity, journal and raw articles.

use crate::ledger::error::LedgerError;
use crate::ledger::journal::Entry;
use crate::ledger::store::values::{column, number};
use crate::model::PackageId;
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// The number and the hash of the last entry; of an empty journal, 0 and the genesis.
pub(in crate::ledger) fn head(connection: &Connection) -> Result<(u64, String)> {
    let sql = "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1";
    let last = connection
        .prepare_cached(sql)?
        .query_row([], |row| Ok((number(row, 0)?, row.get(1)?)))
        .optional()?;
    match last {
        Some(last) => Ok(last),
        None => Ok((0, identity(connection)?.1)),
    }
}

/// The ledger's id and its genesis.
pub(in crate::ledger) fn identity(connection: &Connection) -> Result<(String, String)> {
    let sql = "SELECT id, genesis FROM ledger";
    Ok(connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

const ENTRY: &str = "SELECT entry.seq, entry.recorded_at, entry.kind, entry.body, entry.prev,
                            entry.hash FROM entry";

fn read_entry(row: &Row) -> rusqlite::Result<Entry> {
    Ok(Entry {
        seq: number(row, 0)?,
        recorded_at: row.get(1)?,
        kind: row.get(2)?,
        body: row.get(3)?,
        prev: row.get(4)?,
        hash: row.get(5)?,
    })
}

/// The entry of this number.
pub(in crate::ledger) fn entry(connection: &Connection, seq: u64) -> Result<Option<Entry>> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} WHERE seq = ?1"))?;
    Ok(statement.query_row([column(seq)], read_entry).optional()?)
}

/// Hands each entry on, oldest first.
pub(in crate::ledger) fn each_entry(
    connection: &Connection,
    mut take: impl FnMut(Entry) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(read_entry(row)?)?;
    }
    Ok(())
}

/// The entries that touched a package or a part of it: decisions and the articles of its claims.
pub(in crate::ledger) fn entries_of(
    connection: &Connection,
    package: PackageId,
) -> Result<Vec<Entry>> {
    let sql = format!(
        "{ENTRY} WHERE seq IN (
            WITH RECURSIVE down (number) AS (
                VALUES (?1)
                UNION SELECT package.number FROM package
                  JOIN down ON package.merged_into = down.number)
            SELECT entry FROM decision JOIN down ON down.number = decision.package
            UNION SELECT claim.entry FROM telling JOIN claim ON claim.number = telling.claim
                   WHERE telling.package = ?1)
         ORDER BY seq"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([column(package.0)], read_entry)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The decisions on any of these packages, oldest first, and the articles of their claims.
pub(in crate::ledger) fn entries_about(
    connection: &Connection,
    packages: &BTreeSet<PackageId>,
) -> Result<Vec<Entry>> {
    let sql = "SELECT decision.entry, claim.entry
                 FROM decision LEFT JOIN claim ON claim.number = decision.claim
                WHERE decision.package = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut numbers = BTreeSet::new();
    for package in packages {
        let mut rows = statement.query([column(package.0)])?;
        while let Some(row) = rows.next()? {
            numbers.insert(number(row, 0)?);
            if row.get::<_, Option<i64>>(1)?.is_some() {
                numbers.insert(number(row, 1)?);
            }
        }
    }
    let mut entries = Vec::with_capacity(numbers.len());
    for seq in numbers {
        entries.extend(entry(connection, seq)?);
    }
    Ok(entries)
}

/// The packages in which any claim was placed that was once placed in one of these.
pub(in crate::ledger) fn shared_with(
    connection: &Connection,
    packages: &BTreeSet<PackageId>,
) -> Result<BTreeSet<PackageId>> {
    let sql = "SELECT DISTINCT other.package FROM decision
                 JOIN decision AS other ON other.claim = decision.claim
                WHERE decision.package = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut shared = BTreeSet::new();
    for package in packages {
        let mut rows = statement.query([column(package.0)])?;
        while let Some(row) = rows.next()? {
            shared.insert(PackageId(number(row, 0)?));
        }
    }
    Ok(shared)
}

/// The numbers of the entries of a kind, oldest first.
pub(in crate::ledger) fn entries_of_kind(connection: &Connection, kind: &str) -> Result<Vec<u64>> {
    let sql = "SELECT seq FROM entry WHERE kind = ?1 ORDER BY seq";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([kind], |row| number(row, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The number of the first entry that was recorded after this moment.
pub(in crate::ledger) fn first_after(connection: &Connection, moment: &str) -> Result<Option<u64>> {
    let sql = "SELECT seq FROM entry WHERE recorded_at > ?1 ORDER BY seq LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([moment], |row| number(row, 0)).optional()?)
}

/// The bytes of an article.
pub(in crate::ledger) fn raw(connection: &Connection, sha256: &str) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT content FROM raw_article WHERE sha256 = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([sha256], |row| row.get(0)).optional()?)
}

/// Hands on the hash and the bytes of each article.
pub(in crate::ledger) fn each_raw(
    connection: &Connection,
    mut take: impl FnMut(&str, &[u8]),
) -> Result<()> {
    let mut statement = connection.prepare("SELECT sha256, content FROM raw_article")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (Ok(sha256), Ok(content)) = (row.get_ref(0)?.as_str(), row.get_ref(1)?.as_blob())
        else {
            continue;
        };
        take(sha256, content);
    }
    Ok(())
}

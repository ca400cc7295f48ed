//! The feeds that are watched, and what was read of them.

use super::values::{column, number};
use crate::ledger::error::LedgerError;
use crate::model::{Feed, Validators, Watching};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// Lays what became of a feed over what was known of it.
pub(in crate::ledger) fn insert_watching(
    connection: &Connection,
    entry: u64,
    watching: &Watching,
) -> Result<()> {
    match watching {
        Watching::Add { address, title, by } => {
            let sql = "INSERT INTO feed (address, title, added_by, added, watched)
                       VALUES (?1, ?2, ?3, ?4, 1)
                       ON CONFLICT DO UPDATE SET title = excluded.title, watched = 1,
                           added_by = excluded.added_by, added = excluded.added";
            connection.execute(sql, params![address, title, by, column(entry)])?;
        }
        Watching::Remove { address, .. } => {
            connection.execute("UPDATE feed SET watched = 0 WHERE address = ?1", [address])?;
        }
        Watching::Poll { address, validators, read } => {
            let sql = "UPDATE feed SET polled = ?2, etag = ?3, last_modified = ?4
                        WHERE address = ?1";
            let Validators { etag, last_modified } = validators;
            connection.execute(sql, params![address, column(entry), etag, last_modified])?;
            let sql = "INSERT INTO feed_entry (feed, sha256, entry) VALUES (?1, ?2, ?3)
                       ON CONFLICT DO NOTHING";
            let mut statement = connection.prepare_cached(sql)?;
            for sha256 in read {
                statement.execute(params![address, sha256, column(entry)])?;
            }
        }
    }
    Ok(())
}

const FEED: &str = "SELECT address, title, added_by,
                           (SELECT recorded_at FROM entry WHERE entry.seq = feed.added),
                           (SELECT recorded_at FROM entry WHERE entry.seq = feed.polled),
                           (SELECT count(*) FROM feed_entry WHERE feed_entry.feed = feed.address),
                           etag, last_modified
                      FROM feed WHERE watched = 1";

fn read_feed(row: &Row) -> rusqlite::Result<Feed> {
    Ok(Feed {
        address: row.get(0)?,
        title: row.get(1)?,
        by: row.get(2)?,
        since: row.get(3)?,
        polled: row.get(4)?,
        read: number(row, 5)?,
        validators: Validators { etag: row.get(6)?, last_modified: row.get(7)? },
    })
}

/// The feeds that are watched, by address.
pub(in crate::ledger) fn feeds(connection: &Connection) -> Result<Vec<Feed>> {
    let mut statement = connection.prepare_cached(&format!("{FEED} ORDER BY address"))?;
    let rows = statement.query_map([], read_feed)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The feed of this address, where it is watched.
pub(in crate::ledger) fn feed(connection: &Connection, address: &str) -> Result<Option<Feed>> {
    let mut statement = connection.prepare_cached(&format!("{FEED} AND address = ?1"))?;
    Ok(statement.query_row([address], read_feed).optional()?)
}

/// The hashes of the entries of a feed that were read.
pub(in crate::ledger) fn entries_read(
    connection: &Connection,
    address: &str,
) -> Result<BTreeSet<String>> {
    let mut statement =
        connection.prepare_cached("SELECT sha256 FROM feed_entry WHERE feed = ?1")?;
    let rows = statement.query_map([address], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

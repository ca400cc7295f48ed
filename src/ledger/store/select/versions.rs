//! Pages that are read again: which article is a version of which.

use super::super::values::{column, number};
use super::claims_said;
use crate::ledger::body::IdentifiedClaim;
use crate::ledger::error::LedgerError;
use crate::model::Claim;
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

/// How often what a claim of an article says was told before and is corrected by it: as its words say, or
/// since the page told something else before, and tells that no more.
pub(in crate::ledger) fn amends(
    connection: &Connection,
    article: u64,
    now: &[IdentifiedClaim],
    claim: &Claim,
) -> Result<u32> {
    let says_so = u32::from(claim.corrects.is_some());
    let Some(earlier) = version_before(connection, article)? else { return Ok(says_so) };
    let told = claims_said(connection, earlier)?;
    let is_changed = |told: &Claim| {
        told.donors == claim.donors
            && told.recipients == claim.recipients
            && !now.iter().any(|now| says_the_same(told, &now.claim))
    };
    if told.iter().any(|told| says_the_same(told, claim)) || !told.iter().any(is_changed) {
        return Ok(says_so);
    }
    let sql = "SELECT count(*) FROM article
                WHERE number < ?1 AND path = (SELECT path FROM article WHERE number = ?1)";
    let versions =
        connection.prepare_cached(sql)?.query_row([column(article)], |row| row.get::<_, u32>(0))?;
    Ok(versions.saturating_add(1))
}

/// Whether two versions of a page tell a package alike.
fn says_the_same(one: &Claim, other: &Claim) -> bool {
    one.donors == other.donors
        && one.recipients == other.recipients
        && one.amount == other.amount
        && one.announced == other.announced
}

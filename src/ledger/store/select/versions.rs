//! Pages that are read again: which article is a version of which.

use super::super::values::{column, number};
use super::claims_said;
use crate::ledger::body::IdentifiedClaim;
use crate::ledger::choose::Told;
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

/// Whether the later of two claims is told by the publisher of the earlier one, and not before it.
pub(in crate::ledger) fn is_after(
    connection: &Connection,
    earlier: u64,
    later: u64,
) -> Result<bool> {
    let (before, after) = (origin(connection, earlier)?, origin(connection, later)?);
    Ok(matches!((before, after), (Some(before), Some(after)) if after.revises(&before)))
}

/// Who tells a claim, and when.
struct Origin {
    article: u64,
    publisher: Option<String>,
    /// The host of its address.
    host: Option<String>,
    published: Option<String>,
}

impl Origin {
    /// Whether it comes from where the other comes from, and not before it.
    fn revises(&self, other: &Self) -> bool {
        let is_same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
        self.article != other.article
            && (is_same(&self.host, &other.host) || is_same(&self.publisher, &other.publisher))
            && matches!((&other.published, &self.published), (Some(before), Some(after))
                if before <= after)
    }
}

fn origin(connection: &Connection, claim: u64) -> Result<Option<Origin>> {
    let sql = "SELECT article.number, article.publisher, article.url, article.published
                 FROM claim JOIN article ON article.number = claim.article WHERE claim.number = ?1";
    let read = |row: &Row| {
        let address: Option<String> = row.get(2)?;
        let host = address.and_then(|address| {
            Some(address.split_once("://")?.1.split('/').next()?.to_lowercase())
        });
        Ok(Origin {
            article: number(row, 0)?,
            publisher: row.get(1)?,
            host,
            published: row.get(3)?,
        })
    };
    Ok(connection.prepare_cached(sql)?.query_row([column(claim)], read).optional()?)
}

/// Which of these tellings are told anew by which others, by their places: of a page that was changed, or of
/// a publisher who says later that an earlier text was wrong, and not what it said.
pub(in crate::ledger) fn told_anew(
    connection: &Connection,
    tellings: &[Told],
) -> Result<Vec<(usize, usize)>> {
    let sql = "SELECT 1 FROM article AS one, article AS other
                WHERE one.number = ?1 AND other.number = ?2
                  AND one.path = other.path AND one.number < other.number";
    let mut statement = connection.prepare_cached(sql)?;
    let mut pairs = Vec::new();
    for (before, one) in tellings.iter().enumerate() {
        for (after, other) in tellings.iter().enumerate() {
            let (Some(left), Some(right)) = (one.article, other.article) else { continue };
            if one.amends >= other.amends {
                continue;
            }
            let is_bare = other.claim.corrects.is_some_and(|taken| taken.amount.is_none());
            let is_notice = is_bare && is_after(connection, one.number, other.number)?;
            // The path of a page counts its versions; that of a file says nothing.
            if is_notice || other.amends > 1 && statement.exists([column(left), column(right)])? {
                pairs.push((before, after));
            }
        }
    }
    Ok(pairs)
}

/// Whether two versions of a page tell a package alike.
fn says_the_same(one: &Claim, other: &Claim) -> bool {
    one.donors == other.donors
        && one.recipients == other.recipients
        && one.amount == other.amount
        && one.announced == other.announced
}

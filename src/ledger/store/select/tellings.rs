//! Tellings as placement looks at them: how sure each is, which leads, on which a person ruled.

use super::effects::PARTS;
use crate::ledger::body::Marks;
use crate::ledger::choose::LAST;
use crate::ledger::error::LedgerError;
use crate::ledger::store::insert::Wait;
use crate::ledger::store::values::{column, number};
use crate::model::PackageId;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

fn read_marks(row: &Row, first: usize) -> rusqlite::Result<Marks> {
    let maybe: Option<i64> = row.get(first + 1)?;
    Ok(Marks {
        doubt: row.get(first)?,
        maybe: maybe.map(|package| PackageId(package.unsigned_abs())),
        weak: row.get(first + 2)?,
    })
}

/// How sure a telling is; of a claim that is not placed yet, nothing speaks against it.
pub(in crate::ledger) fn marks(connection: &Connection, claim: u64) -> Result<Marks> {
    let sql = "SELECT doubt, maybe, weak FROM telling WHERE claim = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_row([column(claim)], |row| read_marks(row, 0)).optional()?;
    Ok(found.unwrap_or_default())
}

/// The telling that leads a package, with its rank and how sure it is.
pub(in crate::ledger) fn leader(
    connection: &Connection,
    home: PackageId,
) -> Result<Option<(u64, String, Marks)>> {
    let sql = "SELECT claim, rank, doubt, maybe, weak FROM telling
                WHERE home = ?1 ORDER BY rank LIMIT 1";
    let read = |row: &Row| Ok((number(row, 0)?, row.get(1)?, read_marks(row, 2)?));
    Ok(connection.prepare_cached(sql)?.query_row([column(home.0)], read).optional()?)
}

/// The lowest rank among the tellings of a package with its parts.
pub(in crate::ledger) fn lowest_rank(
    connection: &Connection,
    package: PackageId,
) -> Result<String> {
    let sql = "SELECT coalesce(min(rank), '') FROM telling WHERE package = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([column(package.0)], |row| row.get(0))?)
}

/// The rank of a claim.
pub(in crate::ledger) fn rank(connection: &Connection, claim: u64) -> Result<String> {
    let sql = "SELECT rank FROM claim WHERE number = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([column(claim)], |row| row.get(0))?)
}

/// Whether a package has a telling that is enough by itself.
pub(in crate::ledger) fn is_surely_told(
    connection: &Connection,
    package: PackageId,
) -> Result<bool> {
    let sql = "SELECT 1 FROM telling WHERE package = ?1 AND weak IS NULL LIMIT 1";
    Ok(connection.prepare_cached(sql)?.exists([column(package.0)])?)
}

/// Whether a person put tellings here, be they put elsewhere since: what counts then goes on counting.
pub(in crate::ledger) fn is_put_together(connection: &Connection, home: PackageId) -> Result<bool> {
    let sql = "SELECT 1 FROM effect WHERE package = ?1 AND claim IS NOT NULL LIMIT 1";
    Ok(connection.prepare_cached(sql)?.exists([column(home.0)])?)
}

/// Whether a person put others together with a package.
pub(in crate::ledger) fn has_parts(connection: &Connection, package: PackageId) -> Result<bool> {
    let sql = "SELECT 1 FROM package WHERE merged_into = ?1 LIMIT 1";
    Ok(connection.prepare_cached(sql)?.exists([column(package.0)])?)
}

/// Whether a person ruled on a package, or made others part of it: its tellings stay where they are
/// then.
pub(in crate::ledger) fn is_ruled(connection: &Connection, home: PackageId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM effect WHERE package = ?1)
                   OR EXISTS (SELECT 1 FROM package WHERE merged_into = ?1)";
    Ok(connection.prepare_cached(sql)?.query_row([column(home.0)], |row| row.get(0))?)
}

/// The entry that recorded a claim.
pub(in crate::ledger) fn entry_of_claim(connection: &Connection, claim: u64) -> Result<u64> {
    let sql = "SELECT entry FROM claim WHERE number = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([column(claim)], |row| number(row, 0))?)
}

/// Of a claim and the effect of a decision: whether the claim came after it.
const AFTER: &str = "(claim.entry > effect.entry OR claim.id IN (
    SELECT later.value FROM entry, json_each(entry.body, '$.later') AS later
     WHERE entry.seq = effect.entry))";

/// Of a telling of the package `?1`: whether a person ruled on that since it stands there, or put it there. What
/// founded it stands there from the first, whatever was said of it again.
const SETTLED: &str = "EXISTS (
    SELECT 1 FROM effect
     WHERE (effect.package = ?1
            OR effect.package IN (SELECT number FROM package WHERE merged_into = ?1))
       AND (effect.entry > telling.entry OR effect.claim = telling.claim
            OR EXISTS (SELECT 1 FROM decision WHERE decision.entry = telling.entry
                          AND decision.decision IN ('new', 'enter'))))";

/// Whether a person ruled on a package, or made others part of it, before a claim was recorded; one that is
/// not recorded has the number 0.
pub(in crate::ledger) fn is_ruled_before(
    connection: &Connection,
    home: PackageId,
    claim: u64,
) -> Result<bool> {
    let sql = format!(
        "SELECT 1 FROM effect LEFT JOIN claim ON claim.number = ?2
          WHERE (package = ?1 OR package IN (SELECT number FROM package WHERE merged_into = ?1))
            AND (claim.number IS NULL OR {AFTER}) LIMIT 1"
    );
    Ok(connection.prepare_cached(&sql)?.exists([column(home.0), column(claim)])?)
}

/// Whether a claim stood in a package, or was put there, when a person ruled on it: it stays then. What joined it
/// after that is placed as what joins any other.
pub(in crate::ledger) fn is_settled(
    connection: &Connection,
    home: PackageId,
    claim: u64,
) -> Result<bool> {
    let sql = format!("SELECT 1 FROM telling WHERE claim = ?2 AND home = ?1 AND {SETTLED}");
    Ok(connection.prepare_cached(&sql)?.exists([column(home.0), column(claim)])?)
}

/// The claims that lead a package: the telling of the lowest rank, and where a person ruled on it, that of those
/// on which was ruled.
pub(in crate::ledger) fn leaders(
    connection: &Connection,
    home: PackageId,
) -> Result<BTreeSet<u64>> {
    let mut leaders = BTreeSet::new();
    leaders.extend(leader(connection, home)?.map(|(claim, ..)| claim));
    if is_ruled(connection, home)? {
        let sql = format!(
            "SELECT claim FROM telling WHERE home = ?1 AND {SETTLED} ORDER BY rank LIMIT 1"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        leaders.extend(statement.query_row([column(home.0)], |row| number(row, 0)).optional()?);
    }
    Ok(leaders)
}

/// Whether a person split tellings off to here, or left these here, when a claim was recorded already that
/// stood elsewhere, and did not wait to be told apart: it joins them no more by itself.
pub(in crate::ledger) fn is_settled_beside(
    connection: &Connection,
    home: PackageId,
    claim: u64,
) -> Result<bool> {
    let sql = format!(
        "SELECT 1 FROM effect
           JOIN decision ON decision.entry = effect.entry AND decision.decision = 'split'
           JOIN claim ON claim.number = ?2 AND NOT {AFTER}
           JOIN telling ON telling.claim = claim.number AND telling.maybe IS NULL
          WHERE effect.package = ?1 LIMIT 1"
    );
    Ok(connection.prepare_cached(&sql)?.exists([column(home.0), column(claim)])?)
}

/// Whether a claim of an article tells a package, or a part of it.
pub(in crate::ledger) fn is_told_in(
    connection: &Connection,
    article: u64,
    package: PackageId,
) -> Result<bool> {
    is_told_before(connection, (article, LAST), package)
}

/// The same of its claims that are of a lower rank than this one.
pub(in crate::ledger) fn is_told_before(
    connection: &Connection,
    (article, rank): (u64, &str),
    package: PackageId,
) -> Result<bool> {
    let sql = format!(
        "{PARTS} SELECT 1 FROM down CROSS JOIN telling ON telling.home = down.number
          WHERE telling.article = ?2 AND telling.rank < ?3 LIMIT 1"
    );
    let values = params![column(package.0), column(article), rank];
    Ok(connection.prepare_cached(&sql)?.exists(values)?)
}

/// The claims of an article that are placed, with their rank.
pub(in crate::ledger) fn claims_beside(
    connection: &Connection,
    article: u64,
) -> Result<Vec<(String, u64)>> {
    claims_after(connection, article, "")
}

/// The same that are of a higher rank than this one.
pub(in crate::ledger) fn claims_after(
    connection: &Connection,
    article: u64,
    rank: &str,
) -> Result<Vec<(String, u64)>> {
    let sql = "SELECT rank, claim FROM telling WHERE article = ?1 AND rank > ?2";
    ranked(connection, sql, params![column(article), rank])
}

/// The claims at home in a package, with their rank.
pub(in crate::ledger) fn claims_ranked(
    connection: &Connection,
    home: PackageId,
) -> Result<Vec<(String, u64)>> {
    let sql = "SELECT rank, claim FROM telling WHERE home = ?1";
    ranked(connection, sql, params![column(home.0)])
}

fn ranked(connection: &Connection, sql: &str, values: impl Params) -> Result<Vec<(String, u64)>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(values, |row| Ok((row.get(0)?, number(row, 1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether a package would wait for a person by the tellings that have their home in it.
pub(in crate::ledger) fn waits_alone(connection: &Connection, home: PackageId) -> Result<bool> {
    let sql = "SELECT 1 FROM telling WHERE home = ?1 AND weak IS NULL LIMIT 1";
    let is_sure = connection.prepare_cached(sql)?.exists([column(home.0)])?;
    let leads = leader(connection, home)?.map(|(.., marks)| marks).unwrap_or_default();
    Ok(leads.doubt.is_some() || (!is_sure && leads.weak.is_some()))
}

/// Whether a package waits for a person, by how sure its tellings are; with one that is to join it.
/// `None` where a person put tellings here, or none is here: it waits as it did.
pub(in crate::ledger) fn wait(
    connection: &Connection,
    package: PackageId,
    joining: Option<(u64, &Marks)>,
) -> Result<Option<Wait>> {
    if is_put_together(connection, package)? {
        return Ok(None);
    }
    let mut leads = leader(connection, package)?.map(|(_, rank, marks)| (rank, marks));
    let mut is_sure = is_surely_told(connection, package)?;
    if let Some((claim, marks)) = joining {
        let rank = rank(connection, claim)?;
        is_sure |= marks.weak.is_none();
        if leads.as_ref().is_none_or(|(led, _)| rank < *led) {
            leads = Some((rank, marks.clone()));
        }
    }
    let Some((_, Marks { doubt, maybe, weak })) = leads else { return Ok(None) };
    Ok(Some(match (doubt, weak) {
        (Some(doubt), _) => Wait { pending: true, reason: Some(doubt), maybe },
        (None, Some(weak)) if !is_sure => Wait { pending: true, reason: Some(weak), maybe: None },
        _ => Wait::default(),
    }))
}

//! What of persons' decisions holds, and how packages hang together by them.

use crate::ledger::error::LedgerError;
use crate::ledger::store::values::{column, number, parse};
use crate::model::{Confidence, Fact, PackageId, Standing};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// The effects on a package with their entries, oldest first: the last of a field holds.
pub(in crate::ledger) fn effects_on(
    connection: &Connection,
    package: PackageId,
) -> Result<Vec<(u64, Fact)>> {
    let sql = "SELECT entry, value FROM effect WHERE package = ?1 ORDER BY entry, number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows =
        statement.query_map([column(package.0)], |row| Ok((number(row, 0)?, fact(row, 1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn fact(row: &Row, column: usize) -> rusqlite::Result<Fact> {
    serde_json::from_str(&row.get::<_, String>(column)?).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
    })
}

/// The fields of a package that a person amended, with the entry that did it last: those of its own,
/// before them those of its parts that tell something. Who gives and receives is the whole's to say;
/// lines of materiel are no single fact, they are united elsewhere.
pub(in crate::ledger) fn amended(
    connection: &Connection,
    package: PackageId,
) -> Result<Vec<(u64, Fact)>> {
    let mut of_parts = Vec::new();
    for part in parts(connection, package)? {
        if part != package && !claims_at(connection, part)?.is_empty() {
            of_parts.extend(effects_on(connection, part)?);
        }
    }
    of_parts.sort_by_key(|(entry, _)| *entry);
    let is_carried =
        |fact: &Fact| !matches!(fact, Fact::Donors(_) | Fact::Recipients(_) | Fact::Items(_));
    of_parts.retain(|(_, fact)| is_carried(fact));
    let own = effects_on(connection, package)?;
    let mut amended: Vec<(u64, Fact)> = Vec::new();
    for (entry, fact) in of_parts.into_iter().chain(own) {
        if fact.can_be_amended() {
            amended.retain(|(_, earlier)| earlier.field() != fact.field());
            amended.push((entry, fact));
        }
    }
    Ok(amended)
}

/// The packages and the tellings on which an entry has effects.
pub(in crate::ledger) fn touched(
    connection: &Connection,
    entry: u64,
) -> Result<Vec<(PackageId, Option<u64>)>> {
    let sql = "SELECT package, claim FROM effect WHERE entry = ?1 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(entry)], |row| {
        let claim: Option<i64> = row.get(1)?;
        Ok((PackageId(number(row, 0)?), claim.and_then(|claim| u64::try_from(claim).ok())))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The package that a claim tells.
pub(in crate::ledger) fn package_of_claim(
    connection: &Connection,
    claim: u64,
) -> Result<Option<PackageId>> {
    placed(connection, claim, "SELECT package FROM telling WHERE claim = ?1")
}

/// Where a telling stands now before packages are merged.
pub(in crate::ledger) fn home_now(
    connection: &Connection,
    claim: u64,
) -> Result<Option<PackageId>> {
    placed(connection, claim, "SELECT home FROM telling WHERE claim = ?1")
}

/// Where a telling belongs before packages are merged: where a person put it last, else where it was
/// placed.
pub(in crate::ledger) fn home_of(connection: &Connection, claim: u64) -> Result<Option<PackageId>> {
    let sql = "SELECT coalesce(
                   (SELECT effect.package FROM effect WHERE effect.claim = telling.claim
                     ORDER BY effect.entry DESC, effect.number DESC LIMIT 1), placed)
                 FROM telling WHERE claim = ?1";
    placed(connection, claim, sql)
}

fn placed(connection: &Connection, claim: u64, sql: &str) -> Result<Option<PackageId>> {
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([column(claim)], |row| number(row, 0).map(PackageId)).optional()?)
}

/// The package that this one is part of: itself where it was not merged.
pub(in crate::ledger) fn whole(connection: &Connection, package: PackageId) -> Result<PackageId> {
    let sql = "WITH RECURSIVE up (number) AS (
                   VALUES (?1)
                   UNION SELECT merged_into FROM package JOIN up USING (number)
                    WHERE merged_into IS NOT NULL)
               SELECT up.number FROM up LEFT JOIN package USING (number)
                WHERE package.merged_into IS NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let whole = statement.query_row([column(package.0)], |row| number(row, 0)).optional()?;
    Ok(whole.map_or(package, PackageId))
}

/// `down`: the package `?1` and all that were merged into it, directly or by way of another.
pub(super) const PARTS: &str = "WITH RECURSIVE down (number) AS (
    VALUES (?1)
    UNION SELECT package.number FROM package JOIN down ON package.merged_into = down.number)";

/// The package and all that were merged into it, directly or by way of another.
pub(in crate::ledger) fn parts(
    connection: &Connection,
    package: PackageId,
) -> Result<Vec<PackageId>> {
    let sql = format!("{PARTS} SELECT number FROM down ORDER BY number");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([column(package.0)], |row| number(row, 0).map(PackageId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The package that this one was merged into, where it was.
pub(in crate::ledger) fn merged_into(
    connection: &Connection,
    package: PackageId,
) -> Result<Option<PackageId>> {
    let sql = "SELECT merged_into FROM package WHERE number = ?1 AND merged_into IS NOT NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let whole = statement.query_row([column(package.0)], |row| number(row, 0)).optional()?;
    Ok(whole.map(PackageId))
}

/// The packages that a person said this one is not.
pub(in crate::ledger) fn not_same(
    connection: &Connection,
    package: PackageId,
) -> Result<Vec<PackageId>> {
    let effects = effects_on(connection, package)?;
    let last = effects.into_iter().rev().find_map(|(_, fact)| match fact {
        Fact::NotSame(packages) => Some(packages),
        _ => None,
    });
    Ok(last.unwrap_or_default())
}

/// All packages of which a person said that one is not the other.
pub(in crate::ledger) fn told_apart(connection: &Connection) -> Result<BTreeSet<PackageId>> {
    let sql = "SELECT package, value FROM effect WHERE field = 'not_same'";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut apart = BTreeSet::new();
    while let Some(row) = rows.next()? {
        apart.insert(PackageId(number(row, 0)?));
        if let Fact::NotSame(packages) = fact(row, 1)? {
            apart.extend(packages);
        }
    }
    Ok(apart)
}

/// The claims that have their home here, in the order in which they were placed.
pub(in crate::ledger) fn claims_at(connection: &Connection, home: PackageId) -> Result<Vec<u64>> {
    let sql = "SELECT claim FROM telling WHERE home = ?1 ORDER BY entry";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(home.0)], |row| number(row, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The claims that tell a package, its parts' among them, in the order in which they were placed.
pub(in crate::ledger) fn claims_in(
    connection: &Connection,
    package: PackageId,
) -> Result<Vec<u64>> {
    let sql = "SELECT claim FROM telling WHERE package = ?1 ORDER BY entry";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(package.0)], |row| number(row, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The content ids of the claims that tell a package, in the order in which they were placed.
pub(in crate::ledger) fn claim_ids_in(
    connection: &Connection,
    package: PackageId,
) -> Result<Vec<String>> {
    let sql = "SELECT claim.id FROM telling JOIN claim ON claim.number = telling.claim
                WHERE telling.package = ?1 ORDER BY telling.entry";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(package.0)], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The content ids of the claims of a package that a person typed in.
pub(in crate::ledger) fn typed_in(
    connection: &Connection,
    package: PackageId,
) -> Result<Vec<String>> {
    let sql = "SELECT claim.id FROM telling JOIN claim ON claim.number = telling.claim
                WHERE telling.package = ?1 AND claim.article IS NULL ORDER BY telling.entry";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(package.0)], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those of them whose entry was taken back, and that a person restored since.
pub(in crate::ledger) fn typed_in_and_undone(
    connection: &Connection,
    package: PackageId,
) -> Result<Vec<String>> {
    let sql = "SELECT claim.id FROM telling JOIN claim ON claim.number = telling.claim
                 JOIN decision ON decision.entry = claim.entry
                WHERE telling.package = ?1 AND claim.article IS NULL
                  AND decision.undone IS NOT NULL ORDER BY telling.entry";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(package.0)], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The highest confidence of the claims that tell a package.
pub(in crate::ledger) fn confidence(
    connection: &Connection,
    package: PackageId,
) -> Result<Confidence> {
    let sql = "SELECT coalesce(max(claim.confidence), 0)
                 FROM telling JOIN claim ON claim.number = telling.claim
                WHERE telling.package = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(Confidence(statement.query_row([column(package.0)], |row| row.get(0))?))
}

/// Whether a package is shown otherwise than it is told.
pub(in crate::ledger) fn has_face(connection: &Connection, package: PackageId) -> Result<bool> {
    let sql = "SELECT 1 FROM face WHERE number = ?1";
    Ok(connection.prepare_cached(sql)?.exists([column(package.0)])?)
}

/// Whether a package counts, where there is such a package.
pub(in crate::ledger) fn standing(
    connection: &Connection,
    package: PackageId,
) -> Result<Option<Standing>> {
    let sql = "SELECT standing FROM package WHERE number = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([column(package.0)], |row| parse(row, 0)).optional()?)
}

/// The last decision of a person that stands.
pub(in crate::ledger) fn last_decision(connection: &Connection) -> Result<Option<u64>> {
    let sql = "SELECT max(entry) FROM decision
                WHERE ruled_by <> 'auto' AND undone IS NULL AND decision NOT IN ('undo', 'redo')";
    one(connection, sql)
}

/// The decision that was undone last, where nobody has decided anything since.
pub(in crate::ledger) fn last_undone(connection: &Connection) -> Result<Option<u64>> {
    let sql = "SELECT entry FROM decision
                WHERE ruled_by <> 'auto' AND undone > (
                    SELECT max(entry) FROM decision
                     WHERE ruled_by <> 'auto' AND decision NOT IN ('undo', 'redo'))
                ORDER BY undone DESC LIMIT 1";
    one(connection, sql)
}

/// The entry that undid this one.
pub(in crate::ledger) fn undone_by(connection: &Connection, entry: u64) -> Result<Option<u64>> {
    let sql = "SELECT undone FROM decision WHERE entry = ?1 LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    let found: Option<Option<i64>> =
        statement.query_row([column(entry)], |row| row.get(0)).optional()?;
    Ok(found.flatten().and_then(|number| u64::try_from(number).ok()))
}

fn one(connection: &Connection, sql: &str) -> Result<Option<u64>> {
    let mut statement = connection.prepare_cached(sql)?;
    let found: Option<Option<i64>> = statement.query_row([], |row| row.get(0)).optional()?;
    Ok(found.flatten().and_then(|number| u64::try_from(number).ok()))
}

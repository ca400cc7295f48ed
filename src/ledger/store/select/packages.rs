//! A package's fields with the claims that they were taken from, its lines and its tellings.

use super::claims::{read_item, read_told_item};
use super::stream::{SOURCE, read_source};
use crate::ledger::choose::{Fields, Taken};
use crate::ledger::error::LedgerError;
use crate::ledger::lines::Line;
use crate::ledger::store::insert::Wait;
use crate::ledger::store::values::{amount, column, number, parse, parse_some, size, split};
use crate::model::package::PackageSource;
use crate::model::{Item, PackageId};
use rusqlite::{Connection, OptionalExtension, Row};

type Result<T> = std::result::Result<T, LedgerError>;

/// The claims that tell a package, in the order in which they were placed.
pub(in crate::ledger) fn claims_of(
    connection: &Connection,
    package: PackageId,
) -> Result<Vec<(u64, String)>> {
    let sql = "SELECT telling.claim, coalesce(decision.reason, '')
                 FROM telling JOIN decision ON decision.entry = telling.entry AND decision.number = 0
                WHERE telling.package = ?1 ORDER BY telling.entry";
    let mut statement = connection.prepare_cached(sql)?;
    let rows =
        statement.query_map([column(package.0)], |row| Ok((number(row, 0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The highest number that a package ever had, 0 where there was none: a number is never given
/// twice, even where undo took its package away.
pub(in crate::ledger) fn last_package(connection: &Connection) -> Result<u64> {
    let sql = "SELECT coalesce(max(package), 0) FROM decision";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| number(row, 0))?)
}

/// The package that a claim tells.
pub(in crate::ledger) fn package_of(
    connection: &Connection,
    claim: &str,
) -> Result<Option<PackageId>> {
    let sql = "SELECT telling.package
                 FROM claim JOIN telling ON telling.claim = claim.number WHERE claim.id = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([claim], |row| number(row, 0).map(PackageId)).optional()?)
}

/// A package's fields with the claims that they were taken from, and whether it waits.
pub(in crate::ledger) fn fields(
    connection: &Connection,
    package: PackageId,
) -> Result<Option<(Fields, Wait)>> {
    let sql = "SELECT donors, recipients, announced, announced_from, amount_low, amount_high,
                      qualifier, currency, amount_from, aid, aid_from, stage, stage_from,
                      mechanism, mechanism_from, sequence, sequence_from, around, around_from,
                      recalled, waits, pending_reason, maybe
                 FROM package WHERE number = ?1";
    let read = |row: &Row| {
        let taken = |column| maybe_number(row, column);
        let fields = Fields {
            donors: split(&row.get::<_, String>(0)?),
            recipients: split(&row.get::<_, String>(1)?),
            announced: match parse_some(row, 2)? {
                Some(value) => Some(Taken { value, from: taken(3)? }),
                None => None,
            },
            amount: match amount(row, 4)? {
                Some(value) => Some(Taken { value, from: taken(8)? }),
                None => None,
            },
            aid: Taken { value: parse(row, 9)?, from: taken(10)? },
            stage: Taken { value: parse(row, 11)?, from: taken(12)? },
            mechanism: match row.get(13)? {
                Some(value) => Some(Taken { value, from: taken(14)? }),
                None => None,
            },
            sequence: match row.get(15)? {
                Some(value) => Some(Taken { value, from: taken(16)? }),
                None => None,
            },
            around: Taken { value: parse_some(row, 17)?, from: taken(18)? },
            recalled: row.get(19)?,
        };
        let maybe = maybe_number(row, 22)?.map(PackageId);
        let wait = Wait { pending: row.get(20)?, reason: row.get(21)?, maybe };
        Ok((fields, wait))
    };
    Ok(connection.prepare_cached(sql)?.query_row([column(package.0)], read).optional()?)
}

fn maybe_number(row: &Row, column: usize) -> rusqlite::Result<Option<u64>> {
    match row.get::<_, Option<i64>>(column)? {
        Some(_) => number(row, column).map(Some),
        None => Ok(None),
    }
}

/// The lines of the packages from one number to another.
const LINE: &str =
    "SELECT system, name, class, low, high, qualifier, unit, text, start_byte, end_byte,
            claim, claim_item, package
       FROM item WHERE package BETWEEN ?1 AND ?2 ORDER BY package, number";

/// What the tellings of a package and one more claim name, each name once.
pub(in crate::ledger) fn named_in(
    connection: &Connection,
    package: PackageId,
    further: u64,
) -> Result<Vec<Item>> {
    let sql = "SELECT system, name, class, NULL, NULL, NULL, unit, text, 0, 0, kinds
                 FROM claim_item
                WHERE claim = ?2 OR claim IN (SELECT claim FROM telling WHERE package = ?1)
                GROUP BY system, name, class, unit, kinds, text";
    let mut statement = connection.prepare_cached(sql)?;
    let values = [column(package.0), column(further)];
    let rows = statement.query_map(values, read_told_item)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The lines of a package, each with the line of a claim that it was taken from.
pub(in crate::ledger) fn lines(connection: &Connection, package: PackageId) -> Result<Vec<Line>> {
    let read = |row: &Row| {
        let from = match maybe_number(row, 10)? {
            Some(claim) => Some((claim, size(row, 11)?)),
            None => None,
        };
        Ok(Line { item: read_item(row)?, from })
    };
    let mut statement = connection.prepare_cached(LINE)?;
    let rows = statement.query_map([column(package.0); 2], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many articles, claims and packages there are.
pub(in crate::ledger) fn counts(connection: &Connection) -> Result<(u64, u64, u64)> {
    let sql = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM claim),
                      (SELECT count(*) FROM package WHERE merged_into IS NULL)";
    Ok(connection
        .query_row(sql, [], |row| Ok((number(row, 0)?, number(row, 1)?, number(row, 2)?)))?)
}

/// The articles that tell packages, each with them, in the order in which they were read.
pub(in crate::ledger) fn packages_by_article(
    connection: &Connection,
) -> Result<Vec<(PackageSource, Vec<PackageId>)>> {
    let sql =
        format!("{SOURCE} WHERE article.number IS NOT NULL ORDER BY article.number, claim.place");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut found: Vec<(PackageSource, Vec<PackageId>)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (source, package) = (read_source(row, 0)?, PackageId(number(row, 5)?));
        match found.last_mut().filter(|(last, _)| last.article == source.article) {
            Some((_, packages)) => packages.push(package),
            None => found.push((source, vec![package])),
        }
    }
    Ok(found)
}

/// The packages that the article with these bytes tells, in its order.
pub(in crate::ledger) fn packages_told_by(
    connection: &Connection,
    sha256: &str,
) -> Result<Vec<PackageId>> {
    let sql = "SELECT telling.package
                 FROM article JOIN claim ON claim.article = article.number
                 JOIN telling ON telling.claim = claim.number
                WHERE article.sha256 = ?1 ORDER BY claim.place";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([sha256], |row| number(row, 0).map(PackageId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

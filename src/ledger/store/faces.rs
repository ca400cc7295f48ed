//! Packages in each shape in which they stand, where a person's ruling shows them otherwise than they are
//! told.

use super::candidates::as_ruled;
use super::select;
use super::unlike::is_other_sum;
use super::values::{amount, bounds, column, joined, number, parse, parse_some, split};
use crate::ledger::choose::Told;
use crate::ledger::error::LedgerError;
use crate::ledger::matching::{Candidate, Openness};
use crate::ledger::print::Print;
use crate::ledger::things::Thing;
use crate::ledger::wording::Wording;
use crate::model::{Exchange, Item, PackageId, Span};
use rusqlite::{Connection, Row};

type Result<T> = std::result::Result<T, LedgerError>;

/// Packages that are shown otherwise than they are told, as they are shown and as they are told.
const SHOWN: &str = "SELECT package.number, package.announced, package.around, package.amount_low,
           package.amount_high, package.qualifier, package.currency, package.aid, package.stage,
           package.mechanism, package.sequence, package.recalled
      FROM package JOIN face USING (number)
     WHERE package.donors = ?1 AND package.recipients = ?2 AND package.merged_into IS NULL";
const TOLD: &str = "SELECT number, announced, around, amount_low, amount_high, qualifier, currency,
           aid, stage, mechanism, sequence, recalled
      FROM face WHERE donors = ?1 AND recipients = ?2";

pub(in crate::ledger) fn shown(
    connection: &Connection,
    told: &Told,
    exchange: &dyn Exchange,
) -> Result<Vec<Candidate>> {
    let mut candidates = Vec::new();
    if !connection.prepare_cached("SELECT 1 FROM face LIMIT 1")?.exists([])? {
        return Ok(candidates);
    }
    let parties = [joined(&told.claim.donors), joined(&told.claim.recipients)];
    for (sql, items) in [(SHOWN, ITEMS), (TOLD, TOLD_ITEMS)] {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(parties.clone())?;
        while let Some(row) = rows.next()? {
            let mut candidate = read(row)?;
            let Candidate { amount, sequence, around, .. } = candidate;
            if is_other_sum(told, (amount, None), sequence, around, exchange)
                || !select::is_ruled_before(connection, candidate.home, told.number)?
                || select::is_settled_beside(connection, candidate.home, told.number)?
            {
                continue;
            }
            candidate.things = things(connection, candidate.home, items)?;
            candidate.rank = select::lowest_rank(connection, candidate.home)?;
            candidates.extend(as_ruled(connection, candidate)?);
        }
    }
    Ok(candidates)
}

/// The claims that such packages may have to do with, by who gives and receives.
pub(in crate::ledger) fn lookers(connection: &Connection) -> Result<Vec<u64>> {
    let sql = "SELECT claim.number FROM claim
                 JOIN (SELECT donors, recipients FROM face
                       UNION SELECT package.donors, package.recipients
                               FROM package JOIN face USING (number))
                USING (donors, recipients) ORDER BY claim.number";
    let mut statement = connection.prepare_cached(sql)?;
    let claims = statement.query_map([], |row| number(row, 0))?;
    Ok(claims.collect::<rusqlite::Result<_>>()?)
}

fn read(row: &Row) -> rusqlite::Result<Candidate> {
    let home = PackageId(number(row, 0)?);
    Ok(Candidate {
        id: home,
        home,
        rank: String::new(),
        announced: parse_some(row, 1)?,
        around: parse_some(row, 2)?,
        amount: amount(row, 3)?,
        aid: parse(row, 7)?,
        stage: parse(row, 8)?,
        mechanism: row.get(9)?,
        sequence: row.get(10)?,
        things: Vec::new(),
        recalled: row.get(11)?,
        wording: Wording::default(),
        print: Print::default(),
        corrects: None,
        recalls: None,
        is_beside: false,
        is_revised: false,
        openness: Openness::Open,
    })
}

const ITEMS: &str =
    "SELECT system, name, low, high, qualifier, class, '' FROM item WHERE package = ?1";
const TOLD_ITEMS: &str = "SELECT DISTINCT claim_item.system, claim_item.name, claim_item.low,
                                          claim_item.high, claim_item.qualifier,
                                          claim_item.class, claim_item.kinds
                            FROM telling JOIN claim_item ON claim_item.claim = telling.claim
                           WHERE telling.home = ?1";

fn things(connection: &Connection, package: PackageId, sql: &str) -> Result<Vec<Thing>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(package.0)], |row| {
        Ok(Thing::of(Item {
            system: row.get(0)?,
            name: row.get(1)?,
            class: row.get(5)?,
            kinds: split(&row.get::<_, String>(6)?),
            quantity: bounds(row, 2)?,
            unit: None,
            text: String::new(),
            evidence: Span::new(0, 0),
        }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

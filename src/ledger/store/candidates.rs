//! Finds the claims and the packages that a claim may have to do with, by index: the cost does not
//! grow with the ledger.

use super::select;
use super::values::{amount, column, joined, number, parse, parse_some};
use crate::ledger::choose::{Told, anchor, stage, thing_named};
use crate::ledger::error::LedgerError;
use crate::ledger::matching::{CLOSE, Candidate, PLAN, REACH, earlier};
use crate::ledger::reach;
use crate::model::{Amount, CivilDate, Exchange, PackageId, Standing, Status};
use rusqlite::{Connection, Row, ToSql};
use std::collections::{BTreeMap, BTreeSet};

type Result<T> = std::result::Result<T, LedgerError>;

/// A claim that tells some package and may have to do with another claim.
#[derive(Debug, Clone)]
pub(in crate::ledger) struct Near {
    pub(in crate::ledger) claim: u64,
    pub(in crate::ledger) rank: String,
    pub(in crate::ledger) home: PackageId,
    /// Whether it leads its home.
    pub(in crate::ledger) leads: bool,
    amount: Option<Amount>,
    sequence: Option<u32>,
}

const NEAR: &str = "SELECT claim.number, claim.rank, telling.home,
           claim.rank = (SELECT min(other.rank) FROM telling AS other
                          WHERE other.home = telling.home),
           claim.amount_low, claim.amount_high, claim.qualifier, claim.currency, claim.sequence,
           claim.around
      FROM claim JOIN telling ON telling.claim = claim.number
     WHERE claim.donors = ?1 AND claim.recipients = ?2 AND NOT claim.continues";

/// The claims with the same donors and recipients that matching could find alike, by their number.
/// Where one claim finds another, that one finds it too.
pub(in crate::ledger) fn near(
    connection: &Connection,
    told: &Told,
    exchange: &dyn Exchange,
) -> Result<Vec<Near>> {
    let claim = &told.claim;
    let (donors, recipients) = (joined(&claim.donors), joined(&claim.recipients));
    let mut found = BTreeMap::new();
    let mut look = |condition: &str, values: &[&dyn ToSql]| -> Result<()> {
        let mut all: Vec<&dyn ToSql> = vec![&donors, &recipients];
        all.extend(values);
        let mut statement = connection.prepare_cached(&format!("{NEAR} AND {condition}"))?;
        let mut rows = statement.query(&all[..])?;
        while let Some(row) = rows.next()? {
            let near = read_near(row)?;
            let around = parse_some(row, 9)?;
            let is_other = is_other_sum(told, near.amount, near.sequence, around, exchange);
            if near.claim != told.number && !is_other {
                found.insert(near.claim, near);
            }
        }
        Ok(())
    };
    if let Some(sequence) = claim.sequence {
        look("claim.sequence = ?3", &[&sequence])?;
    }
    let (currency, figure) = match claim.amount {
        Some(amount) => {
            (amount.currency.to_string(), amount.bounds.figure().normalize().to_string())
        }
        None => Default::default(),
    };
    // Of the sum that it tells, and of those that tell none.
    let same = "claim.currency = ?5 AND claim.figure = ?6";
    let unpriced = "claim.currency IS NULL AND claim.figure IS NULL";
    let priced = claim.amount.is_some();
    for (from, to) in overlapping(claim.announced) {
        let between = "claim.announced BETWEEN ?3 AND ?4";
        if priced {
            look(&format!("{same} AND {between}"), &[&from, &to, &currency, &figure])?;
            look(&format!("{unpriced} AND {between}"), &[&from, &to])?;
        } else {
            look(between, &[&from, &to])?;
        }
    }
    let Some(day) = anchor(told) else {
        if priced {
            look("claim.currency = ?3 AND claim.figure = ?4", &[&currency, &figure])?;
        }
        return Ok(found.into_values().collect());
    };
    let within = |days: i64| {
        let shift = |days| day.plus_days(days).unwrap_or(day).to_string();
        (shift(-days), shift(days))
    };
    let between = "claim.around BETWEEN ?3 AND ?4";
    let (from, to) = within(PLAN);
    if priced {
        look(&format!("{unpriced} AND {between}"), &[&from, &to])?;
        let (from, to) = within(REACH);
        look(&format!("{same} AND {between}"), &[&from, &to, &currency, &figure])?;
        let (from, to) = within(CLOSE);
        look(&format!("claim.currency IS NOT NULL AND {between}"), &[&from, &to])?;
        let undated = "claim.currency = ?3 AND claim.figure = ?4 AND claim.around IS NULL";
        look(undated, &[&currency, &figure])?;
    } else {
        look(between, &[&from, &to])?;
    }
    Ok(found.into_values().collect())
}

/// The stretches in which the announcement of a claim must lie that is told of the same time, where
/// one of the two names only a month or a year.
fn overlapping(announced: Option<CivilDate>) -> Vec<(String, String)> {
    let Some(date) = announced else { return Vec::new() };
    let text = date.to_string();
    // What is less exact is the beginning of what is more exact.
    let less = [4, 7].into_iter().filter(|length| *length < text.len());
    let mut stretches: Vec<(String, String)> =
        less.map(|length| (text[..length].to_owned(), text[..length].to_owned())).collect();
    if !date.is_day() {
        stretches.push((text.clone(), format!("{text}-99")));
    }
    stretches
}

fn read_near(row: &Row) -> rusqlite::Result<Near> {
    Ok(Near {
        claim: number(row, 0)?,
        rank: row.get(1)?,
        home: PackageId(number(row, 2)?),
        leads: row.get(3)?,
        amount: amount(row, 4)?,
        sequence: row.get(8)?,
    })
}

/// Whether two sums are neither one figure nor one the other rounded or converted, and no number joins
/// them. Of claims that are only near in time these are left out at once, since a busy week may hold
/// hundreds.
fn is_other_sum(
    told: &Told,
    amount: Option<Amount>,
    sequence: Option<u32>,
    around: Option<CivilDate>,
    exchange: &dyn Exchange,
) -> bool {
    let (Some(one), Some(other)) = (told.claim.amount, amount) else { return false };
    let is_numbered = told.claim.sequence.is_some() && told.claim.sequence == sequence;
    let (left, right) = (one.bounds, other.bounds);
    let is_converted = || {
        let day = earlier(anchor(told), around);
        day.is_some_and(|day| reach::converted(one, other, day, exchange).is_some())
    };
    !is_numbered
        && left.figure() != right.figure()
        && !reach::is_rounded(left, right)
        && !reach::is_rounded(right, left)
        && !is_converted()
}

/// The packages among which a claim of this rank is placed: those that are led by a near claim of a
/// lower rank, and those on which a person ruled, in each shape in which they stand. Those in `apart`
/// are left out.
pub(in crate::ledger) fn find(
    connection: &Connection,
    told: &Told,
    rank: &str,
    near: &[Near],
    apart: &BTreeSet<PackageId>,
    exchange: &dyn Exchange,
) -> Result<Vec<Candidate>> {
    let mut candidates = Vec::new();
    for one in near.iter().filter(|one| one.leads && !apart.contains(&one.home)) {
        let ruled = select::is_ruled(connection, one.home)?;
        if one.rank.as_str() < rank || ruled {
            candidates.extend(led(connection, one, ruled)?);
        }
    }
    candidates.extend(shown(connection, told, exchange)?);
    candidates.retain(|candidate| !apart.contains(&candidate.id));
    Ok(candidates)
}

/// A package as its leading claim tells it; `None` where it was undone.
fn led(connection: &Connection, near: &Near, ruled: bool) -> Result<Option<Candidate>> {
    let Some(stored) = select::continued(connection, near.claim)? else { return Ok(None) };
    let mut candidate = as_candidate(&stored.told(), &near.rank, near.home);
    candidate.doubtful = select::marks(connection, near.claim)?.maybe.is_some();
    if ruled { as_ruled(connection, candidate) } else { Ok(Some(candidate)) }
}

/// The package as persons' decisions have it: part of which, and whether it is closed.
fn as_ruled(connection: &Connection, candidate: Candidate) -> Result<Option<Candidate>> {
    let id = select::whole(connection, candidate.home)?;
    let standing = select::standing(connection, id)?;
    // Whatever was ruled of a package, it is one by now.
    let (doubtful, closed) = (
        standing == Some(Standing::Pending),
        matches!(standing, Some(Standing::Rejected | Standing::Void)),
    );
    let candidate = Candidate { id, doubtful: candidate.doubtful && doubtful, closed, ..candidate };
    Ok(Some(candidate).filter(|_| standing != Some(Standing::Undone)))
}

/// A claim as it would lead a package.
pub(in crate::ledger) fn as_candidate(told: &Told, rank: &str, home: PackageId) -> Candidate {
    let claim = &told.claim;
    let things = claim.items.iter().map(|item| thing_named(item.system.as_deref(), &item.name));
    Candidate {
        id: home,
        home,
        rank: rank.to_owned(),
        announced: claim.announced,
        around: anchor(told),
        amount: claim.amount,
        aid: claim.aid,
        stage: stage(claim.status),
        mechanism: claim.mechanism.clone(),
        sequence: claim.sequence,
        things: things.collect(),
        recalled: claim.status == Status::Past,
        doubtful: false,
        closed: false,
    }
}

/// Packages that are shown otherwise than they are told, as they are shown and as they are told.
const SHOWN: &str = "SELECT package.number, package.announced, package.around, package.amount_low,
           package.amount_high, package.qualifier, package.currency, package.aid, package.stage,
           package.mechanism, package.sequence, package.recalled
      FROM package JOIN face USING (number)
     WHERE package.donors = ?1 AND package.recipients = ?2 AND package.merged_into IS NULL";
const TOLD: &str = "SELECT number, announced, around, amount_low, amount_high, qualifier, currency,
           aid, stage, mechanism, sequence, recalled
      FROM face WHERE donors = ?1 AND recipients = ?2";

fn shown(connection: &Connection, told: &Told, exchange: &dyn Exchange) -> Result<Vec<Candidate>> {
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
            if is_other_sum(told, amount, sequence, around, exchange) {
                continue;
            }
            candidate.things = things(connection, candidate.home, items)?;
            candidate.rank = select::lowest_rank(connection, candidate.home)?;
            candidates.extend(as_ruled(connection, candidate)?);
        }
    }
    Ok(candidates)
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
        doubtful: false,
        closed: false,
    })
}

const ITEMS: &str = "SELECT system, name FROM item WHERE package = ?1";
const TOLD_ITEMS: &str = "SELECT DISTINCT claim_item.system, claim_item.name
                            FROM telling JOIN claim_item ON claim_item.claim = telling.claim
                           WHERE telling.home = ?1";

fn things(connection: &Connection, package: PackageId, sql: &str) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(package.0)], |row| {
        let (system, name): (Option<String>, String) = (row.get(0)?, row.get(1)?);
        Ok(thing_named(system.as_deref(), &name))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

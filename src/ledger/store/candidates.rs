//! Finds the packages that a claim may tell, by index: the cost does not grow with the ledger.

use super::select;
use super::values::{amount, column, joined, number, parse, parse_some};
use crate::ledger::choose::{Told, anchor, thing_named};
use crate::ledger::error::LedgerError;
use crate::ledger::matching::{CLOSE, Candidate, PLAN, REACH};
use crate::ledger::reach;
use crate::model::{Claim, PackageId, Standing, Status};
use rusqlite::{Connection, Row, ToSql};
use std::collections::BTreeMap;

/// How far the day of a package may lie from where its year alone puts it.
const YEAR: i64 = 366;

type Result<T> = std::result::Result<T, LedgerError>;

/// Where packages stand as they are shown; what was entered by hand and undone is none.
const SHOWN: &str =
    "SELECT number, announced, around, amount_low, amount_high, qualifier, currency,
                            aid, stage, mechanism, sequence, recalled,
                            maybe IS NOT NULL AND ruled IS NULL, merged_into IS NOT NULL,
                            ruled IN ('rejected', 'void')
                       FROM package
                      WHERE donors = ?1 AND recipients = ?2 AND ruled IS NOT 'undone'";

/// Where packages stand as they are told, where that differs.
const TOLD: &str = "SELECT number, announced, around, amount_low, amount_high, qualifier, currency,
                           aid, stage, mechanism, sequence, recalled, 0, 0,
                           (SELECT ruled IN ('rejected', 'void') FROM package
                             WHERE package.number = face.number)
                      FROM face WHERE donors = ?1 AND recipients = ?2";

/// Candidates by their number and the place where they stand, and whether they are part of another.
type Found = BTreeMap<(PackageId, usize), (Candidate, bool)>;

/// The packages with the claim's donors and recipients that it may tell, by number. Whatever
/// matching could find alike is among them.
pub(in crate::ledger) fn find(connection: &Connection, told: &Told) -> Result<Vec<Candidate>> {
    let claim = &told.claim;
    let (donors, recipients) = (joined(&claim.donors), joined(&claim.recipients));
    let mut found = Found::new();
    let places: &[&str] = if has_faces(connection)? { &[SHOWN, TOLD] } else { &[SHOWN] };
    let mut look = |condition: &str, values: &[&dyn ToSql]| -> Result<()> {
        let mut all: Vec<&dyn ToSql> = vec![&donors, &recipients];
        all.extend(values);
        for (number, place) in places.iter().enumerate() {
            let mut statement = connection.prepare_cached(&format!("{place} AND {condition}"))?;
            let mut rows = statement.query(&all[..])?;
            while let Some(row) = rows.next()? {
                let candidate = read(row)?;
                found.insert((candidate.home, number), (candidate, row.get(13)?));
            }
        }
        Ok(())
    };
    if let Some(sequence) = claim.sequence {
        look("sequence = ?3", &[&sequence])?;
    }
    let (currency, figure) = match claim.amount {
        Some(amount) => {
            (amount.currency.to_string(), amount.bounds.figure().normalize().to_string())
        }
        None => Default::default(),
    };
    let priced = claim.amount.is_some();
    if let Some(day) = anchor(told) {
        let shift = |days| day.plus_days(days).unwrap_or(day);
        let (near_from, near_to) = (shift(-PLAN).to_string(), shift(PLAN).to_string());
        if priced {
            let same = "currency = ?3 AND figure = ?4 AND around";
            let vague = claim.announced.filter(|date| !date.is_day());
            let later = !matches!(claim.status, Status::Announced | Status::Proposed);
            let reach = |days: i64| {
                let (from, to) = (shift(-days), shift(days));
                let from = vague.map_or(from, |date| from.min(date.first_day()));
                (from.to_string(), vague.map_or(to, |date| to.max(date.last_day())).to_string())
            };
            if later || vague.is_some() {
                let (from, to) = reach(REACH);
                look(&format!("{same} BETWEEN ?5 AND ?6"), &[&currency, &figure, &from, &to])?;
            } else {
                let near = format!("{same} BETWEEN ?5 AND ?6");
                look(&near, &[&currency, &figure, &near_from, &near_to])?;
                // Farther off lies only what looks back, or is not known to the day.
                let (from, to) = reach(REACH);
                let later = "(recalled = 1 OR stage IN ('delivered', 'withdrawn'))";
                let recalls = format!("{same} BETWEEN ?5 AND ?6 AND {later}");
                look(&recalls, &[&currency, &figure, &from, &to])?;
            }
            let (close_from, close_to) = (shift(-CLOSE).to_string(), shift(CLOSE).to_string());
            let rounded = "currency = ?3 AND around BETWEEN ?4 AND ?5";
            look(rounded, &[&currency, &close_from, &close_to])?;
            let (from, to) = reach(YEAR);
            let vague = format!("{same} BETWEEN ?5 AND ?6 AND length(announced) < 10");
            look(&vague, &[&currency, &figure, &from, &to])?;
            look(&format!("{same} IS NULL"), &[&currency, &figure])?;
            look(
                "currency IS NULL AND figure IS NULL AND around BETWEEN ?3 AND ?4",
                &[&near_from, &near_to],
            )?;
        } else {
            look("around BETWEEN ?3 AND ?4", &[&near_from, &near_to])?;
        }
    } else if priced {
        look("currency = ?3 AND figure = ?4", &[&currency, &figure])?;
    }
    // Of those that are only near in time, matching takes what is the claim's sum rounded: the others
    // are left out before their items are read, since a busy week may hold hundreds.
    found.retain(|_, (candidate, _)| !is_other_sum(claim, candidate));
    complete(connection, found)
}

/// Whether two sums are neither one figure nor one the other rounded, and no number joins them.
fn is_other_sum(claim: &Claim, candidate: &Candidate) -> bool {
    let (Some(left), Some(right)) = (claim.amount, candidate.amount) else { return false };
    let is_numbered = claim.sequence.is_some() && claim.sequence == candidate.sequence;
    let (left, right) = (left.bounds, right.bounds);
    !is_numbered
        && left.figure() != right.figure()
        && !reach::is_rounded(left, right)
        && !reach::is_rounded(right, left)
}

/// Finds out of which package each candidate is part, and what is in it.
fn complete(connection: &Connection, found: Found) -> Result<Vec<Candidate>> {
    let mut candidates = Vec::with_capacity(found.len());
    for ((home, place), (mut candidate, is_part)) in found {
        if is_part {
            candidate.id = select::whole(connection, home)?;
            // A part counts, or does not, with its whole.
            let standing = select::standing(connection, candidate.id)?;
            candidate.closed =
                matches!(standing, Some(Standing::Rejected | Standing::Void | Standing::Undone));
            // What is left of a package that was merged and then lost its tellings is like nothing.
            if select::claims_at(connection, home)?.is_empty() {
                continue;
            }
        }
        let is_shown = place == 0 && !is_part;
        candidate.things = things(connection, home, if is_shown { ITEMS } else { TOLD_ITEMS })?;
        candidates.push(candidate);
    }
    Ok(candidates)
}

fn has_faces(connection: &Connection) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM face LIMIT 1")?.exists([])?)
}

fn read(row: &Row) -> rusqlite::Result<Candidate> {
    let home = PackageId(number(row, 0)?);
    Ok(Candidate {
        id: home,
        home,
        announced: parse_some(row, 1)?,
        around: parse_some(row, 2)?,
        amount: amount(row, 3)?,
        aid: parse(row, 7)?,
        stage: parse(row, 8)?,
        mechanism: row.get(9)?,
        sequence: row.get(10)?,
        things: Vec::new(),
        recalled: row.get(11)?,
        doubtful: row.get(12)?,
        closed: row.get::<_, Option<bool>>(14)?.unwrap_or(false),
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

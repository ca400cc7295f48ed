//! Finds the packages that a claim may tell, by index: the cost does not grow with the ledger.

use super::values::{amount, column, joined, number, parse, parse_some};
use crate::ledger::choose::{Told, anchor, thing_named};
use crate::ledger::error::LedgerError;
use crate::ledger::matching::{Candidate, PLAN, REACH};
use crate::model::{PackageId, Status};
use rusqlite::{Connection, Row, ToSql};
use std::collections::BTreeMap;

type Result<T> = std::result::Result<T, LedgerError>;

const CANDIDATE: &str = "SELECT number, announced, around, amount_low, amount_high, qualifier,
                                currency, aid, stage, mechanism, sequence, recalled, maybe
                           FROM package WHERE donors = ?1 AND recipients = ?2";

/// The packages with the claim's donors and recipients that it may tell, by number. Whatever
/// matching could find alike is among them.
pub(in crate::ledger) fn find(connection: &Connection, told: &Told) -> Result<Vec<Candidate>> {
    let claim = &told.claim;
    let (donors, recipients) = (joined(&claim.donors), joined(&claim.recipients));
    let mut found = BTreeMap::new();
    let mut look = |condition: &str, values: &[&dyn ToSql]| -> Result<()> {
        let mut all: Vec<&dyn ToSql> = vec![&donors, &recipients];
        all.extend(values);
        let mut statement = connection.prepare_cached(&format!("{CANDIDATE} AND {condition}"))?;
        let mut rows = statement.query(&all[..])?;
        while let Some(row) = rows.next()? {
            let candidate = read(row)?;
            found.insert(candidate.id, candidate);
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
        let shift = |days| day.plus_days(days).unwrap_or(day).to_string();
        let (from, to) = (shift(-PLAN), shift(PLAN));
        let (far_from, far_to) = (shift(-REACH), shift(REACH));
        if priced {
            let same = "currency = ?3 AND figure = ?4 AND around";
            let looks_back = !matches!(claim.status, Status::Announced | Status::Proposed)
                || claim.announced.is_some_and(|date| !date.is_day());
            if looks_back {
                let wide = format!("{same} BETWEEN ?5 AND ?6");
                look(&wide, &[&currency, &figure, &far_from, &far_to])?;
            } else {
                // Only what is itself a recall, or is known to the month, lies farther off.
                let narrow = format!("{same} BETWEEN ?5 AND ?6");
                look(&narrow, &[&currency, &figure, &from, &to])?;
                let wide = format!(
                    "{same} BETWEEN ?5 AND ?6 AND (recalled = 1 OR length(announced) < 10)"
                );
                look(&wide, &[&currency, &figure, &far_from, &far_to])?;
            }
            look(&format!("{same} IS NULL"), &[&currency, &figure])?;
            look(
                "currency IS NULL AND figure IS NULL AND around BETWEEN ?3 AND ?4",
                &[&from, &to],
            )?;
        } else {
            look("around BETWEEN ?3 AND ?4", &[&from, &to])?;
        }
    } else if priced {
        look("currency = ?3 AND figure = ?4", &[&currency, &figure])?;
    }
    let mut candidates: Vec<Candidate> = found.into_values().collect();
    for candidate in &mut candidates {
        candidate.things = things(connection, candidate.id)?;
    }
    Ok(candidates)
}

fn read(row: &Row) -> rusqlite::Result<Candidate> {
    Ok(Candidate {
        id: PackageId(number(row, 0)?),
        announced: parse_some(row, 1)?,
        around: parse_some(row, 2)?,
        amount: amount(row, 3)?,
        aid: parse(row, 7)?,
        stage: parse(row, 8)?,
        mechanism: row.get(9)?,
        sequence: row.get(10)?,
        things: Vec::new(),
        recalled: row.get(11)?,
        doubtful: row.get::<_, Option<i64>>(12)?.is_some(),
    })
}

fn things(connection: &Connection, package: PackageId) -> Result<Vec<String>> {
    let sql = "SELECT system, name FROM item WHERE package = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(package.0)], |row| {
        let (system, name): (Option<String>, String) = (row.get(0)?, row.get(1)?);
        Ok(thing_named(system.as_deref(), &name))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

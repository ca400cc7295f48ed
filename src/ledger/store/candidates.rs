//! Finds the packages that a claim may tell, by index: the cost does not grow with the ledger.

use super::select;
use super::values::{joined, number};
use crate::ledger::choose::{Told, anchor, thing};
use crate::ledger::error::LedgerError;
use crate::ledger::matching::{Candidate, NEAR, REACH};
use crate::model::PackageId;
use rusqlite::{Connection, ToSql};
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// How many packages one index may offer for a claim; more would be the same thing over and over.
const MOST: u32 = 100;

/// The packages with the claim's donors and recipients that it may tell, by number.
pub(in crate::ledger) fn find(connection: &Connection, told: &Told) -> Result<Vec<Candidate>> {
    let claim = &told.claim;
    let (donors, recipients) = (joined(&claim.donors), joined(&claim.recipients));
    let day = anchor(told);
    let window = |reach: i64| {
        day.map(|day| {
            let (from, to) = (day.plus_days(-reach), day.plus_days(reach));
            (from.unwrap_or(day).to_string(), to.unwrap_or(day).to_string())
        })
    };
    let mut found = BTreeSet::new();
    let mut look = |condition: &str, values: &[&dyn ToSql]| -> Result<()> {
        let sql = format!(
            "SELECT number FROM package
              WHERE donors = ?1 AND recipients = ?2 AND {condition} LIMIT {MOST}"
        );
        let mut all: Vec<&dyn ToSql> = vec![&donors, &recipients];
        all.extend(values);
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query(&all[..])?;
        while let Some(row) = rows.next()? {
            found.insert(PackageId(number(row, 0)?));
        }
        Ok(())
    };
    if let Some(sequence) = claim.sequence {
        look("sequence = ?3", &[&sequence])?;
    }
    let (wide, narrow) = (window(REACH), window(NEAR));
    if let Some(amount) = claim.amount {
        let currency = amount.currency.as_str();
        let figure = amount.bounds.figure().normalize().to_string();
        match &wide {
            Some((from, to)) => {
                let near = "currency = ?3 AND figure = ?4 AND around BETWEEN ?5 AND ?6";
                look(near, &[&currency, &figure, from, to])?;
                look("currency = ?3 AND figure = ?4 AND around IS NULL", &[&currency, &figure])?;
            }
            None => look("currency = ?3 AND figure = ?4", &[&currency, &figure])?,
        }
        if let Some((from, to)) = &narrow {
            look("currency IS NULL AND figure IS NULL AND around BETWEEN ?3 AND ?4", &[from, to])?;
        }
    } else if let Some((from, to)) = &narrow {
        look("around BETWEEN ?3 AND ?4", &[from, to])?;
    }
    found.into_iter().map(|id| candidate(connection, id)).filter_map(Result::transpose).collect()
}

fn candidate(connection: &Connection, id: PackageId) -> Result<Option<Candidate>> {
    let Some((fields, wait)) = select::fields(connection, id)? else { return Ok(None) };
    let lines = select::lines(connection, id)?;
    Ok(Some(Candidate {
        id,
        announced: fields.announced.map(|taken| taken.value),
        around: fields.around.value,
        amount: fields.amount.map(|taken| taken.value),
        aid: fields.aid.value,
        stage: fields.stage.value,
        mechanism: fields.mechanism.map(|taken| taken.value),
        sequence: fields.sequence.map(|taken| taken.value),
        things: lines.iter().map(|line| thing(&line.item)).collect(),
        recalled: fields.recalled,
        doubtful: wait.maybe.is_some(),
    }))
}

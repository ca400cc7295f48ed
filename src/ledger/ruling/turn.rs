//! Undo and redo: takes the last decision of a person back, and brings back what was undone last.
//! Articles and what was placed automatically stay; they are no decisions of a person.

use super::standing::judged;
use super::{Plan, Result, change, standing_of};
use crate::ledger::body::{self, Body};
use crate::ledger::error::LedgerError;
use crate::ledger::journal::Entry;
use crate::ledger::store::select;
use crate::model::{Change, Fact, Standing, Verdict};
use rusqlite::Connection;

pub(super) fn undo(connection: &Connection) -> Result<Plan> {
    let last = select::last_decision(connection)?;
    let entry = find(connection, last, Verdict::Undo)?;
    let changes = match body::parse(&entry)? {
        Body::Ruling(ruling) => ruling
            .changes
            .into_iter()
            .rev()
            .map(|done| taken_back(connection, &entry, done))
            .collect::<Result<_>>()?,
        Body::Placing(placing) => {
            let package = placing.decision.package();
            let before = Fact::Standing(standing_of(connection, package)?);
            vec![change(package, before, Fact::Standing(Standing::Undone))]
        }
        Body::Article(_) => Vec::new(),
    };
    Ok(Plan { changes, unchanged: Vec::new(), of: Some(entry) })
}

/// The change that takes this one back. Articles that were read since may have changed what a
/// package is without it.
fn taken_back(connection: &Connection, entry: &Entry, done: Change) -> Result<Change> {
    let Change { package, before, after } = done;
    let (before, after) = (after, before);
    Ok(match (before, after) {
        (Fact::Standing(_), Fact::Standing(_)) => {
            let now = standing_of(connection, package)?;
            let then = judged(connection, package, |seq, _| seq != entry.seq)?;
            change(package, Fact::Standing(now), Fact::Standing(then))
        }
        (before, after) => change(package, before, after),
    })
}

pub(super) fn redo(connection: &Connection) -> Result<Plan> {
    let last = select::last_undone(connection)?;
    let entry = find(connection, last, Verdict::Redo)?;
    let changes = match body::parse(&entry)? {
        Body::Ruling(ruling) => ruling
            .changes
            .into_iter()
            .map(|mut again| {
                if let Fact::Standing(_) = again.before {
                    again.before = Fact::Standing(standing_of(connection, again.package)?);
                }
                Ok(again)
            })
            .collect::<Result<_>>()?,
        Body::Placing(placing) => {
            let package = placing.decision.package();
            let before = Fact::Standing(standing_of(connection, package)?);
            vec![change(package, before, Fact::Standing(Standing::Accepted))]
        }
        Body::Article(_) => Vec::new(),
    };
    Ok(Plan { changes, unchanged: Vec::new(), of: Some(entry) })
}

fn find(connection: &Connection, seq: Option<u64>, verdict: Verdict) -> Result<Entry> {
    let found = match seq {
        Some(seq) => select::entry(connection, seq)?,
        None => None,
    };
    found.ok_or(LedgerError::Nothing { verdict })
}

//! Undo and redo: takes the last decision of a person back, and brings back what was undone last.
//! Articles and what was placed automatically stay; they are no decisions of a person.

use super::{Plan, Result, change, standing_of};
use crate::ledger::body::{self, Body};
use crate::ledger::error::LedgerError;
use crate::ledger::journal::Entry;
use crate::ledger::store::select;
use crate::model::{Change, Decision, Fact, PackageId, Standing, Verdict};
use rusqlite::Connection;

/// Takes back the last decision that stands; where `only` says which one is meant, no other.
pub(super) fn undo(connection: &Connection, only: Option<u64>) -> Result<Plan> {
    let last = select::last_decision(connection)?;
    let entry = find(connection, last, Verdict::Undo)?;
    if let Some(only) = only.filter(|only| *only != entry.seq) {
        let found = if only < entry.seq {
            format!("entry {}, which was decided after it", entry.seq)
        } else {
            "it taken back already".to_owned()
        };
        return Err(LedgerError::Refused {
            place: format!("entry {only}"),
            found,
            expected: "the last decision that stands",
            hint: "log tells what was decided, undo takes the last of it back",
        });
    }
    let changes = match body::parse(&entry)? {
        Body::Ruling(ruling) => reversed(ruling.changes),
        Body::Placing(placing) => not_entered(connection, &placing.decision, placing.entered)?,
        Body::Article(_) | Body::Table(_) | Body::Feed(_) => Vec::new(),
    };
    Ok(Plan { changes, of: Some(entry), ..Plan::default() })
}

/// What takes an entry by hand back. Where articles tell its package too, the package stays theirs,
/// and what was typed in goes to a package of its own, which counts no more.
fn not_entered(
    connection: &Connection,
    decision: &Decision,
    entered: Option<String>,
) -> Result<Vec<Change>> {
    let package = decision.package();
    let all = select::claim_ids_in(connection, package)?;
    let undone =
        |package, before| change(package, Fact::Standing(before), Fact::Standing(Standing::Undone));
    let own: Vec<String> = entered.into_iter().collect();
    let left: Vec<String> = all.iter().filter(|claim| !own.contains(claim)).cloned().collect();
    if left.is_empty() {
        return Ok(vec![undone(package, standing_of(connection, package)?)]);
    }
    let new = PackageId(select::last_package(connection)? + 1);
    Ok(vec![
        change(package, Fact::Tellings(all), Fact::Tellings(left)),
        change(new, Fact::Tellings(Vec::new()), Fact::Tellings(own)),
        undone(new, Standing::Accepted),
    ])
}

pub(super) fn redo(connection: &Connection) -> Result<Plan> {
    let last = select::last_undone(connection)?;
    let entry = find(connection, last, Verdict::Redo)?;
    let changes = match body::parse(&entry)? {
        Body::Ruling(ruling) => ruling.changes,
        Body::Placing(_) => entered_again(connection, &entry)?,
        Body::Article(_) | Body::Table(_) | Body::Feed(_) => Vec::new(),
    };
    Ok(Plan { changes, of: Some(entry), ..Plan::default() })
}

/// What brings an entry by hand back: the reverse of what took it back.
fn entered_again(connection: &Connection, entry: &Entry) -> Result<Vec<Change>> {
    let undo = find(connection, select::undone_by(connection, entry.seq)?, Verdict::Redo)?;
    let Body::Ruling(ruling) = body::parse(&undo)? else { return Ok(Vec::new()) };
    Ok(reversed(ruling.changes))
}

fn reversed(changes: Vec<Change>) -> Vec<Change> {
    changes.into_iter().rev().map(|done| change(done.package, done.after, done.before)).collect()
}

fn find(connection: &Connection, seq: Option<u64>, verdict: Verdict) -> Result<Entry> {
    let found = match seq {
        Some(seq) => select::entry(connection, seq)?,
        None => None,
    };
    found.ok_or(LedgerError::Nothing { verdict })
}

//! Undo and redo: takes the last decision of a person back, and brings back what was undone last.
//! Articles and what was placed automatically stay; they are no decisions of a person.

use super::{Plan, Result, change, standing_of};
use crate::ledger::body::{self, Body, Placing};
use crate::ledger::error::LedgerError;
use crate::ledger::journal::Entry;
use crate::ledger::store::select;
use crate::model::{Change, Fact, PackageId, Ruling, Standing, Verdict};
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
        Body::Ruling(ruling) => not_ruled(connection, &ruling)?,
        Body::Placing(placing) => not_entered(connection, &placing)?,
        Body::Article(_) | Body::Table(_) | Body::Feed(_) => Vec::new(),
    };
    Ok(Plan { changes, of: Some(entry), ..Plan::default() })
}

/// What takes an entry by hand back, from the package that it tells by now.
fn not_entered(connection: &Connection, placing: &Placing) -> Result<Vec<Change>> {
    let Some(id) = &placing.entered else { return Ok(Vec::new()) };
    let found = select::package_of(connection, id)?;
    let package = found.unwrap_or_else(|| placing.decision.package());
    Ok(match apart(connection, package, vec![id.clone()], 1)? {
        Some(changes) => changes,
        None => vec![undone(package, standing_of(connection, package)?)],
    })
}

/// What takes a ruling back: the reverse of what it changed. An entry by hand that it restored leaves
/// the package that articles tell too by now.
fn not_ruled(connection: &Connection, ruling: &Ruling) -> Result<Vec<Change>> {
    let (mut changes, mut rest) = (Vec::new(), ruling.changes.clone());
    let was_undone = |change: &&Change| change.before == Fact::Standing(Standing::Undone);
    let mut new = 1;
    for restored in ruling.changes.iter().filter(was_undone) {
        let package = restored.package;
        let own = select::typed_in_and_undone(connection, package)?;
        if let Some(parted) = apart(connection, package, own, new)? {
            // It was undone before: now it is as its articles tell it.
            let now = Fact::Standing(standing_of(connection, package)?);
            changes.push(change(package, now, Fact::Standing(Standing::Pending)));
            changes.extend(parted);
            rest.retain(|other| other.package != package);
            new += 1;
        }
    }
    changes.extend(reversed(rest));
    Ok(changes)
}

/// Where others tell a package too that was entered by hand, it stays theirs, and what was typed in
/// goes to a package of its own, the next one but so many, which counts no more.
fn apart(
    connection: &Connection,
    package: PackageId,
    own: Vec<String>,
    next: u64,
) -> Result<Option<Vec<Change>>> {
    let all = select::claim_ids_in(connection, package)?;
    let left: Vec<String> = all.iter().filter(|claim| !own.contains(claim)).cloned().collect();
    if left.is_empty() {
        return Ok(None);
    }
    let new = PackageId(select::last_package(connection)? + next);
    Ok(Some(vec![
        change(package, Fact::Tellings(all), Fact::Tellings(left)),
        change(new, Fact::Tellings(Vec::new()), Fact::Tellings(own)),
        undone(new, Standing::Accepted),
    ]))
}

fn undone(package: PackageId, before: Standing) -> Change {
    change(package, Fact::Standing(before), Fact::Standing(Standing::Undone))
}

pub(super) fn redo(connection: &Connection) -> Result<Plan> {
    let last = select::last_undone(connection)?;
    let entry = find(connection, last, Verdict::Redo)?;
    let changes = match body::parse(&entry)? {
        Body::Ruling(ruling) => {
            let undo = undo_of(connection, &entry)?;
            undo.filter(|undo| !undo.lasting().is_empty())
                .map_or(ruling.changes, |undo| reversed(undo.changes))
        }
        // What brings an entry by hand back is the reverse of what took it back.
        Body::Placing(_) => {
            undo_of(connection, &entry)?.map_or_else(Vec::new, |undo| reversed(undo.changes))
        }
        Body::Article(_) | Body::Table(_) | Body::Feed(_) => Vec::new(),
    };
    Ok(Plan { changes, of: Some(entry), ..Plan::default() })
}

/// The ruling that took an entry back.
fn undo_of(connection: &Connection, entry: &Entry) -> Result<Option<Ruling>> {
    let undo = find(connection, select::undone_by(connection, entry.seq)?, Verdict::Redo)?;
    Ok(if let Body::Ruling(ruling) = body::parse(&undo)? { Some(*ruling) } else { None })
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

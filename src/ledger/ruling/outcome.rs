//! What undo, redo and restore turn out to change: what a package is without a decision depends on
//! the articles that were read since, so the decision is made, looked at, and made undone again.

use super::{Change, PackageId, Result, Ruling, Verdict, append};
use crate::ledger::body::{self, DECISION};
use crate::ledger::error::LedgerError;
use crate::ledger::history;
use crate::model::Fact;
use rusqlite::{Connection, Transaction};
use std::collections::BTreeMap;

/// What is known of packages; `None` of those that there are not.
type Known = BTreeMap<PackageId, Option<Vec<Fact>>>;

/// The changes of a ruling with the values that its fields have and will have.
pub(super) fn changes(
    transaction: &mut Transaction,
    ruling: &Ruling,
    recorded_at: &str,
) -> Result<Vec<Change>> {
    let before = known(transaction, ruling)?;
    let trial = transaction.savepoint()?;
    append(&trial, recorded_at, DECISION, body::write(ruling))?;
    let after = known(&trial, ruling)?;
    // Dropped, it takes back all that it did.
    drop(trial);
    if let (Verdict::Restore, Some(package)) = (ruling.verdict, first_gone(&after)) {
        return Err(LedgerError::Refused {
            place: package.to_string(),
            found: "no telling that would be left to it".to_owned(),
            expected: "tellings that were not split off",
            hint: "undo takes a split back; merge puts packages together again",
        });
    }
    let changes = ruling.changes.iter().cloned().map(|change| Change {
        package: change.package,
        before: now(&before, change.package, change.before),
        after: now(&after, change.package, change.after),
    });
    Ok(changes.collect())
}

fn known(connection: &Connection, ruling: &Ruling) -> Result<Known> {
    let facts = |package| Ok((package, history::facts(connection, package)?));
    ruling.packages().into_iter().map(facts).collect()
}

fn first_gone(known: &Known) -> Option<PackageId> {
    known.iter().find(|(_, facts)| facts.is_none()).map(|(package, _)| *package)
}

/// The same field as it is known; of a package that there is not, as it was planned.
fn now(known: &Known, package: PackageId, planned: Fact) -> Fact {
    let facts = known.get(&package).and_then(Option::as_deref).unwrap_or_default();
    facts.iter().find(|fact| fact.field() == planned.field()).cloned().unwrap_or(planned)
}

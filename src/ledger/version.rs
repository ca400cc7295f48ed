//! Whose file it is, of which version, and how an older one becomes the newest.

use super::error::LedgerError;
use super::{journal, projection, store};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// `AIDL`: says to any tool whose file this is.
pub(super) const APPLICATION_ID: i64 = 0x4149_444c;

/// The tables of a new ledger.
pub(super) const SCHEMA: &str = include_str!("../../schema.sql");

/// Before this line of `schema.sql` stands the truth, after it what is computed from it.
const PROJECTIONS_BEGIN: &str = " projections --\n";

/// `MIGRATIONS[n]` turns version n + 1 into version n + 2; `schema.sql` is always the newest. Only
/// what is not computed needs a step: after the last one all projections are made anew.
pub(super) const MIGRATIONS: &[&str] = &[
    "-- 2: persons' decisions; the truth is as it was",
    "-- 3: reference tables; the truth is as it was",
    "-- 4: who publishes an article; the truth is as it was",
    "-- 5: feeds, and articles by address and by content; the truth is as it was",
    "-- 6: packages by date; the truth is as it was",
    "-- 7: the words of items beside them; the truth is as it was",
    "-- 8: claims that go on with the package of the one before; the truth is as it was",
    "-- 9: traces by which claims are found; the truth is as it was",
    "-- 10: folios of packages; the truth is as it was",
    "-- 11: amounts in the giver's money before others; the truth is as it was",
    "-- 12: folios as text; the truth is as it was",
    "-- 13: in which words claims are told, and what of them later; the truth is as it was",
    "-- 14: the words of articles, and when packages were contracted; the truth is as it was",
    "-- 15: the words of claims without their sums; the truth is as it was",
    "-- 16: what claims correct, and which announcement they recall; the truth is as it was",
    "-- 17: what is ordered or called off; the truth is as it was",
    "-- 18: what tells a sum that was taken back, rounded or converted; the truth is as it was",
    "-- 19: the classes above those of items; the truth is as it was",
    "-- 20: claims found by the class of what they name; the truth is as it was",
    "-- 21: rounded sums of which only the month is told; the truth is as it was",
    "-- 22: the articles of tellings beside them; the truth is as it was",
];

/// The version of a new ledger.
pub const VERSION: i64 = newest(MIGRATIONS);

fn number(connection: &Connection, pragma: &str) -> Result<i64, LedgerError> {
    Ok(connection.pragma_query_value(None, pragma, |row| row.get(0))?)
}

/// How many tables and the like there are; the first question that really reads the file.
pub(super) fn probe(connection: &Connection) -> Result<i64, LedgerError> {
    Ok(connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?)
}

/// Whether nobody has written to the file yet.
pub(super) fn is_fresh(connection: &Connection) -> Result<bool, LedgerError> {
    Ok(probe(connection)? == 0
        && number(connection, "application_id")? == 0
        && number(connection, "user_version")? == 0)
}

/// The ledger's version, where it is one of ours that this program knows.
pub(super) fn version(connection: &Connection, path: &Path) -> Result<i64, LedgerError> {
    let shown = path.display().to_string();
    let application = number(connection, "application_id").map_err(|error| error.at(path))?;
    if application != APPLICATION_ID {
        let found = format!("a SQLite file of another application (id {application:#010x})");
        return Err(LedgerError::NotALedger { path: shown, found });
    }
    let found = number(connection, "user_version").map_err(|error| error.at(path))?;
    match found {
        ..1 => {
            let found = format!("a ledger without a version (user_version {found})");
            Err(LedgerError::NotALedger { path: shown, found })
        }
        found if found > VERSION => Err(LedgerError::Newer { path: shown, found, known: VERSION }),
        found => Ok(found),
    }
}

/// Makes the tables and the ledger's identity, unless another process was quicker.
pub(super) fn create(connection: &mut Connection) -> Result<(), LedgerError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if is_fresh(&transaction)? {
        transaction.execute_batch(SCHEMA)?;
        let id = journal::random_id()?;
        store::insert::identity(&transaction, &id, &journal::genesis(&id))?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()?;
    Ok(())
}

/// Brings an older ledger up to the newest version: one transaction a step, so that each step is
/// done wholly or not at all.
pub(super) fn migrate(
    connection: &mut Connection,
    path: &Path,
    steps: &[&str],
) -> Result<(), LedgerError> {
    let found = |connection: &Connection| {
        number(connection, "user_version").map_err(|error| error.at(path))
    };
    if found(connection)? == newest(steps) {
        return Ok(());
    }
    store::inspect::check_references(connection, false)?;
    let mut result = Ok(());
    while result.is_ok() && found(connection)? < newest(steps) {
        result = step(connection, steps).map_err(|error| error.at(path));
    }
    store::inspect::check_references(connection, true)?;
    result
}

fn step(connection: &mut Connection, steps: &[&str]) -> Result<(), LedgerError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = number(&transaction, "user_version")?;
    // Another process may have made this step while this one waited for the lock.
    if let Some(sql) = usize::try_from(found - 1).ok().and_then(|step| steps.get(step)) {
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", found + 1)?;
        if found + 1 == newest(steps) {
            let (_, projections) = SCHEMA.split_once(PROJECTIONS_BEGIN).unwrap_or_default();
            store::drop_projections(&transaction)?;
            transaction.execute_batch(projections)?;
            projection::rebuild(&transaction, &transaction)?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// The version to which these steps lead.
const fn newest(steps: &[&str]) -> i64 {
    1 + steps.len().cast_signed() as i64
}

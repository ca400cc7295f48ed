//! The traces by which claims are found that may tell one package, and which claims lead theirs.

use crate::ledger::choose::{Told, anchor};
use crate::ledger::error::LedgerError;
use crate::ledger::store::select;
use crate::ledger::store::values::{column, joined, shown};
use crate::ledger::traces;
use crate::model::PackageId;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// The traces of a claim that was put in. Where it goes on with the package of another one, that one is
/// found by its items too, and it itself by nothing.
pub(super) fn insert(connection: &Connection, number: u64, told: &Told, rank: &str) -> Result<()> {
    if !told.claim.continues {
        let crowded = traces::left_in_crowds(told);
        put(connection, number, told, &crowded, rank)?;
        return put(connection, number, told, &traces::left(told), "");
    }
    let Some(head) = select::head_of(connection, number)? else { return Ok(()) };
    let Some(stored) = select::bare_claim(connection, head)? else { return Ok(()) };
    let mut whole = stored.told();
    whole.claim.items.clone_from(&told.claim.items);
    put(connection, head, &whole, &traces::left(&whole), "")
}

fn put<'a>(
    connection: &Connection,
    number: u64,
    told: &Told,
    traces: impl IntoIterator<Item = &'a String>,
    rank: &str,
) -> Result<()> {
    let sql = "INSERT INTO trace (donors, recipients, trace, leads, around, rank, claim)
               VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
    let mut statement = connection.prepare_cached(sql)?;
    let (donors, recipients) = (joined(&told.claim.donors), joined(&told.claim.recipients));
    let around = shown(anchor(told)).unwrap_or_default();
    for trace in traces {
        statement.execute(params![donors, recipients, trace, around, rank, column(number)])?;
    }
    Ok(())
}

/// Makes a change to the tellings of these homes, and keeps which claims lead them.
pub(super) fn leading_anew(
    connection: &Connection,
    homes: &[PackageId],
    change: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let leaders = || -> Result<BTreeSet<u64>> {
        let mut leaders = BTreeSet::new();
        for home in homes {
            leaders.extend(select::leaders(connection, *home)?);
        }
        Ok(leaders)
    };
    let before = leaders()?;
    change()?;
    let after = leaders()?;
    let mut statement =
        connection.prepare_cached("UPDATE trace SET leads = ?2 WHERE claim = ?1")?;
    for claim in before.symmetric_difference(&after) {
        statement.execute(params![column(*claim), after.contains(claim)])?;
    }
    Ok(())
}

/// Marks anew which of its claims lead a package, after a person ruled on it or took that back.
pub(in crate::ledger) fn mark_leaders(connection: &Connection, home: PackageId) -> Result<()> {
    let leaders = select::leaders(connection, home)?;
    let sql = "UPDATE trace SET leads = ?2 WHERE claim = ?1 AND leads <> ?2";
    let mut statement = connection.prepare_cached(sql)?;
    for claim in select::claims_at(connection, home)? {
        statement.execute(params![column(claim), leaders.contains(&claim)])?;
    }
    Ok(())
}

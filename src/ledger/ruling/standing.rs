//! Accept, reject, void and restore: whether packages count.

use super::{Plan, Result, change, each_once, refused, standing_of};
use crate::ledger::store::select;
use crate::model::{Fact, PackageId, Standing};
use rusqlite::Connection;

/// Gives packages a standing; those that have it stay as they are. Only a package that is pending or
/// accepted can be given one: what was rejected or voided is not accepted by the way.
pub(super) fn give(
    connection: &Connection,
    packages: &[PackageId],
    after: Standing,
) -> Result<Plan> {
    let mut plan = Plan::default();
    for package in each_once(packages) {
        let before = standing_of(connection, package)?;
        let is_open = matches!(before, Standing::Pending | Standing::Accepted);
        if before == after {
            plan.unchanged.push(package);
        } else if is_open {
            let (before, after) = (Fact::Standing(before), Fact::Standing(after));
            plan.changes.push(change(package, before, after));
        } else {
            return Err(refused(connection, package, before)?);
        }
    }
    Ok(plan)
}

/// Takes back what put packages out of the totals, and leaves those that count or wait.
pub(super) fn restore(connection: &Connection, packages: &[PackageId]) -> Result<Plan> {
    let mut plan = Plan::default();
    for package in each_once(packages) {
        match standing_of(connection, package)? {
            Standing::Pending | Standing::Accepted => plan.unchanged.push(package),
            Standing::Merged => {
                let whole = select::merged_into(connection, package)?;
                let (before, after) = (Fact::MergedInto(whole), Fact::MergedInto(None));
                plan.changes.push(change(package, before, after));
            }
            before => {
                let (before, after) = (Fact::Standing(before), earlier(connection, package)?);
                plan.changes.push(change(package, before, Fact::Standing(after)));
            }
        }
    }
    Ok(plan)
}

/// What a package was before it was put out.
fn earlier(connection: &Connection, package: PackageId) -> Result<Standing> {
    judged(connection, package, |_, standing| {
        matches!(standing, Standing::Accepted | Standing::Pending)
    })
}

/// The standing of a package by those of persons' decisions that `counts` lets through, else by the
/// automatic one.
pub(super) fn judged(
    connection: &Connection,
    package: PackageId,
    counts: impl Fn(u64, Standing) -> bool,
) -> Result<Standing> {
    let effects = select::effects_on(connection, package)?;
    let ruled = effects.into_iter().rev().find_map(|(entry, fact)| match fact {
        Fact::Standing(standing) if counts(entry, standing) => Some(standing),
        _ => None,
    });
    let waits = || -> Result<bool> {
        Ok(select::fields(connection, package)?.is_some_and(|(_, wait)| wait.pending))
    };
    Ok(match ruled {
        Some(standing) if standing != Standing::Pending => standing,
        _ if waits()? => Standing::Pending,
        _ => Standing::Accepted,
    })
}

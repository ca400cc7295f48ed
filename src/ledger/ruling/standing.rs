//! Accept, reject, void and restore: whether packages count.

use super::{Plan, Result, change, each_once, refused, standing_of};
use crate::ledger::body::{self, Body};
use crate::ledger::store::select;
use crate::model::{Change, Fact, PackageId, Standing, Verdict};
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
            Standing::Merged => part(connection, package, packages, &mut plan.changes)?,
            before => {
                let (before, after) = (Fact::Standing(before), earlier(connection, package)?);
                plan.changes.push(change(package, before, Fact::Standing(after)));
            }
        }
    }
    Ok(plan)
}

/// Parts a package from the one that it was merged into, which waits again where only this part let
/// it count. Which tellings go along shows when it is done.
fn part(
    connection: &Connection,
    package: PackageId,
    parted: &[PackageId],
    changes: &mut Vec<Change>,
) -> Result<()> {
    let into = select::merged_into(connection, package)?;
    changes.push(change(package, Fact::MergedInto(into), Fact::MergedInto(None)));
    let whole = select::whole(connection, package)?;
    for one in [package, whole] {
        let tellings = Fact::Tellings(select::claim_ids_in(connection, one)?);
        let change = change(one, tellings.clone(), tellings);
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    told_apart_again(connection, package, changes)?;
    let mut left = select::parts(connection, whole)?;
    left.retain(|one| *one != whole && !parted.contains(one));
    for one in left {
        if judged(connection, one, |_, _| true)? == Standing::Accepted {
            return Ok(());
        }
    }
    if let Some(merge) = counts_by_merge(connection, whole)? {
        // Without its parts it waits as its own tellings do.
        let waits = select::waits_alone(connection, whole)?;
        let ruled = ruled(connection, whole, |entry, _| entry != merge)?;
        let then = standing(ruled, waits);
        let change = change(whole, Fact::Standing(Standing::Accepted), Fact::Standing(then));
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    Ok(())
}

/// Brings back that a part is not the same as another package, which the merge took back.
fn told_apart_again(
    connection: &Connection,
    package: PackageId,
    changes: &mut Vec<Change>,
) -> Result<()> {
    let effects = select::effects_on(connection, package)?;
    let is_merge = |(_, fact): &&(u64, Fact)| matches!(fact, Fact::MergedInto(Some(_)));
    let Some((seq, _)) = effects.iter().rev().find(is_merge) else { return Ok(()) };
    let Some(entry) = select::entry(connection, *seq)? else { return Ok(()) };
    let Body::Ruling(merge) = body::parse(&entry)? else { return Ok(()) };
    for done in merge.changes {
        let (Fact::NotSame(before), Fact::NotSame(after)) = (done.before, done.after) else {
            continue;
        };
        let is_own = |other: &PackageId| done.package == package || *other == package;
        let lost = before.into_iter().filter(|other| !after.contains(other)).filter(is_own);
        let now = select::not_same(connection, done.package)?;
        let mut then = now.clone();
        then.extend(lost.filter(|other| !now.contains(other)));
        then.sort_unstable();
        if then != now {
            changes.push(change(done.package, Fact::NotSame(now), Fact::NotSame(then)));
        }
    }
    Ok(())
}

/// The merge that let a package count, where no later decision did.
fn counts_by_merge(connection: &Connection, package: PackageId) -> Result<Option<u64>> {
    let effects = select::effects_on(connection, package)?;
    let last = effects.into_iter().rev().find(|(_, fact)| matches!(fact, Fact::Standing(_)));
    let Some((seq, Fact::Standing(Standing::Accepted))) = last else { return Ok(None) };
    let Some(entry) = select::entry(connection, seq)? else { return Ok(None) };
    let by = body::parse(&entry)?;
    let is_merge = matches!(by, Body::Ruling(ruling) if ruling.verdict == Verdict::Merge);
    Ok(Some(seq).filter(|_| is_merge))
}

/// What a package was before it was put out.
fn earlier(connection: &Connection, package: PackageId) -> Result<Standing> {
    judged(connection, package, |_, standing| {
        matches!(standing, Standing::Accepted | Standing::Pending)
    })
}

/// The standing of a package by those of persons' decisions that `counts` lets through, else by the
/// automatic one.
fn judged(
    connection: &Connection,
    package: PackageId,
    counts: impl Fn(u64, Standing) -> bool,
) -> Result<Standing> {
    let waits = select::fields(connection, package)?.is_some_and(|(_, wait)| wait.pending);
    Ok(standing(ruled(connection, package, counts)?, waits))
}

/// The last of persons' decisions on the standing of a package that `counts` lets through.
fn ruled(
    connection: &Connection,
    package: PackageId,
    counts: impl Fn(u64, Standing) -> bool,
) -> Result<Option<Standing>> {
    let effects = select::effects_on(connection, package)?;
    Ok(effects.into_iter().rev().find_map(|(entry, fact)| match fact {
        Fact::Standing(standing) if counts(entry, standing) => Some(standing),
        _ => None,
    }))
}

fn standing(ruled: Option<Standing>, waits: bool) -> Standing {
    match ruled {
        Some(standing) if standing != Standing::Pending => standing,
        _ if waits => Standing::Pending,
        _ => Standing::Accepted,
    }
}

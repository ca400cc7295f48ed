//! Merge, split and not-same: which tellings are one package. What a person rules here stands above
//! all automatic placement: a further article finds the parts of a package by how each is told.

use super::{Plan, Result, change, each_once, open, refused, standing_of};
use crate::ledger::error::LedgerError;
use crate::ledger::placing::doubt_left;
use crate::ledger::store::select;
use crate::model::{Change, Exchange, Fact, PackageId, Standing};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Makes the others part of `into`. Where one of them counts, the whole counts.
pub(super) fn merge(
    connection: &Connection,
    into: PackageId,
    others: &[PackageId],
) -> Result<Plan> {
    let standing = open(connection, into)?;
    let mut plan = Plan::default();
    let mut tellings = select::claim_ids_in(connection, into)?;
    let own = tellings.clone();
    let mut apart = Apart::default();
    let mut counts = false;
    for other in each_once(others) {
        if other == into {
            return Err(itself(into));
        }
        match standing_of(connection, other)? {
            Standing::Merged if select::whole(connection, other)? == into => {
                plan.unchanged.push(other);
                continue;
            }
            Standing::Pending => {}
            Standing::Accepted => counts = true,
            found => return Err(refused(connection, other, found)?),
        }
        let moved = select::claim_ids_in(connection, other)?;
        plan.changes.push(change(other, Fact::MergedInto(None), Fact::MergedInto(Some(into))));
        tellings.extend(moved.iter().cloned());
        plan.changes.push(change(other, Fact::Tellings(moved), Fact::Tellings(Vec::new())));
        apart.take_back(connection, into, other)?;
    }
    if plan.changes.is_empty() {
        return Ok(plan);
    }
    plan.changes.push(change(into, Fact::Tellings(own), Fact::Tellings(tellings)));
    if standing == Standing::Pending && counts {
        let (before, after) = (Standing::Pending, Standing::Accepted);
        plan.changes.push(change(into, Fact::Standing(before), Fact::Standing(after)));
    }
    plan.changes.extend(apart.changes());
    Ok(plan)
}

/// Puts claims of a package into a new one, which is not the same by that: where the package waited only to
/// be told apart from what leaves it, it waits no more.
pub(super) fn split(
    connection: &Connection,
    package: PackageId,
    claims: &[String],
    exchange: &dyn Exchange,
) -> Result<Plan> {
    open(connection, package)?;
    let all = select::claim_ids_in(connection, package)?;
    if let Some(stranger) = claims.iter().find(|claim| !all.contains(claim)) {
        return Err(LedgerError::Refused {
            place: package.to_string(),
            found: format!("claim {stranger}, which tells another package"),
            expected: "claims that tell this one",
            hint: "show lists the tellings of a package",
        });
    }
    let (taken, left): (Vec<String>, Vec<String>) =
        all.iter().cloned().partition(|claim| claims.contains(claim));
    if taken.is_empty() || left.is_empty() {
        return Err(LedgerError::Refused {
            place: package.to_string(),
            found: format!("{} of its {} tellings to split off", taken.len(), all.len()),
            expected: "some of them, and some that stay",
            hint: "show lists the tellings of a package",
        });
    }
    let new = PackageId(select::last_package(connection)? + 1);
    let mut plan = Plan::default();
    plan.changes.push(change(package, Fact::Tellings(all), Fact::Tellings(left)));
    plan.changes.push(change(new, Fact::Tellings(Vec::new()), Fact::Tellings(taken)));
    let mut apart = Apart::default();
    apart.put(connection, package, new)?;
    let pair = [package, new];
    plan.changes.extend(told_apart(connection, package, &pair, &mut apart, exchange)?);
    plan.changes.extend(apart.changes());
    Ok(plan)
}

/// Rules that no two of the packages are one. A package that waited only to be told apart from
/// another of them waits no more, unless it may be a third as well.
pub(super) fn not_same(
    connection: &Connection,
    packages: &[PackageId],
    exchange: &dyn Exchange,
) -> Result<Plan> {
    let packages = each_once(packages);
    let mut plan = Plan::default();
    let mut apart = Apart::default();
    for package in &packages {
        let standing = standing_of(connection, *package)?;
        if matches!(standing, Standing::Merged | Standing::Undone) {
            return Err(refused(connection, *package, standing)?);
        }
        for other in packages.iter().filter(|other| *other != package) {
            apart.add(connection, *package, *other)?;
        }
        plan.changes.extend(told_apart(connection, *package, &packages, &mut apart, exchange)?);
    }
    if packages.len() < 2 {
        return Err(packages.first().map_or_else(|| itself(PackageId(0)), |one| itself(*one)));
    }
    plan.changes.extend(apart.changes());
    if plan.changes.is_empty() {
        plan.unchanged = packages;
    }
    Ok(plan)
}

/// That a package waits no more, where it waited only to be told apart from one of these.
fn told_apart(
    connection: &Connection,
    package: PackageId,
    packages: &[PackageId],
    apart: &mut Apart,
    exchange: &dyn Exchange,
) -> Result<Option<Change>> {
    let maybe = select::fields(connection, package)?.and_then(|(_, wait)| wait.maybe);
    let maybe = maybe.map(|maybe| select::whole(connection, maybe)).transpose()?;
    let is_answered = maybe.is_some_and(|maybe| packages.contains(&maybe));
    let waits = standing_of(connection, package)? == Standing::Pending;
    if !waits || !is_answered {
        return Ok(None);
    }
    let not = apart.list(connection, package)?;
    let left = doubt_left(connection, package, not, exchange)?;
    let (before, after) = (Standing::Pending, Standing::Accepted);
    let change = change(package, Fact::Standing(before), Fact::Standing(after));
    Ok(Some(change).filter(|_| left.is_none()))
}

fn itself(package: PackageId) -> LedgerError {
    LedgerError::Refused {
        place: package.to_string(),
        found: "the same package twice".to_owned(),
        expected: "two packages",
        hint: "list names those that the ledger holds",
    }
}

/// Which packages are not one, before and after.
#[derive(Default)]
struct Apart {
    lists: BTreeMap<PackageId, (Vec<PackageId>, Vec<PackageId>)>,
}

impl Apart {
    fn list(&mut self, connection: &Connection, package: PackageId) -> Result<&mut Vec<PackageId>> {
        let place = match self.lists.entry(package) {
            Entry::Occupied(place) => place.into_mut(),
            Entry::Vacant(place) => {
                let now = select::not_same(connection, package)?;
                place.insert((now.clone(), now))
            }
        };
        Ok(&mut place.1)
    }

    fn add(&mut self, connection: &Connection, one: PackageId, other: PackageId) -> Result<()> {
        let list = self.list(connection, one)?;
        if !list.contains(&other) {
            list.push(other);
            list.sort_unstable();
        }
        Ok(())
    }

    fn put(&mut self, connection: &Connection, one: PackageId, other: PackageId) -> Result<()> {
        self.add(connection, one, other)?;
        self.add(connection, other, one)
    }

    /// A later ruling that they are one stands above the earlier one that they are not.
    fn take_back(
        &mut self,
        connection: &Connection,
        one: PackageId,
        other: PackageId,
    ) -> Result<()> {
        self.list(connection, one)?.retain(|package| *package != other);
        self.list(connection, other)?.retain(|package| *package != one);
        Ok(())
    }

    fn changes(self) -> impl Iterator<Item = Change> {
        let lists = self.lists.into_iter().filter(|(_, (before, after))| before != after);
        lists.map(|(package, (before, after))| {
            change(package, Fact::NotSame(before), Fact::NotSame(after))
        })
    }
}

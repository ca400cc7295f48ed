//! Amend: fields of a package that are other than its tellings say.

use super::{Plan, Result, change, open};
use crate::ledger::choose::Fields;
use crate::ledger::error::LedgerError;
use crate::ledger::store::select;
use crate::ledger::{agreement, guard};
use crate::model::{Exchange, Fact, Item, PackageId};
use rusqlite::Connection;

/// Sets fields; those that are so already stay as they are.
pub(super) fn amend(
    connection: &Connection,
    package: PackageId,
    facts: &[Fact],
    exchange: &dyn Exchange,
) -> Result<Plan> {
    open(connection, package)?;
    let Some((fields, _)) = select::fields(connection, package)? else {
        return Err(LedgerError::NoPackage { package });
    };
    check_parties(package, &fields, facts)?;
    let mut plan = Plan::default();
    for fact in facts {
        guard::check_fact(&package.to_string(), fact)?;
        let after = in_order(fact.clone());
        let before = match &after {
            Fact::Items(_) => {
                let lines = select::lines(connection, package)?;
                Some(Fact::Items(lines.into_iter().map(|line| line.item).collect()))
            }
            fact => current(&fields, fact),
        };
        let Some(before) = before else { continue };
        // Where tellings contradict each other, that the value shown is right is a ruling too.
        if !is_same(&before, &after) || is_in_conflict(connection, package, &after, exchange)? {
            plan.changes.push(change(package, before, after));
        }
    }
    if plan.changes.is_empty() {
        plan.unchanged.push(package);
    }
    Ok(plan)
}

/// Checks who gives and receives where that is amended; what was read is never held against a person.
fn check_parties(package: PackageId, fields: &Fields, facts: &[Fact]) -> Result<()> {
    let amended = facts.iter().fold((None, None), |(donors, recipients), fact| match fact {
        Fact::Donors(actors) => (Some(actors), recipients),
        Fact::Recipients(actors) => (donors, Some(actors)),
        _ => (donors, recipients),
    });
    if amended == (None, None) {
        return Ok(());
    }
    let donors = amended.0.unwrap_or(&fields.donors);
    let recipients = amended.1.unwrap_or(&fields.recipients);
    guard::check_parties(&package.to_string(), donors, recipients)
}

/// Whether tellings contradict a field, and no person has ruled on it.
fn is_in_conflict(
    connection: &Connection,
    package: PackageId,
    fact: &Fact,
    exchange: &dyn Exchange,
) -> Result<bool> {
    let Some(shown) = select::package(connection, package)? else { return Ok(false) };
    let told = select::told(connection, package)?;
    let amended: Vec<Fact> =
        select::amended(connection, package)?.into_iter().map(|(_, fact)| fact).collect();
    let fields = agreement::agreement(connection, &shown, &told, &amended, exchange)?;
    Ok(fields.iter().any(|told| told.value.field() == fact.field() && told.is_conflict()))
}

fn in_order(fact: Fact) -> Fact {
    let sorted = |mut actors: Vec<String>| {
        actors.sort();
        actors.dedup();
        actors
    };
    match fact {
        Fact::Donors(actors) => Fact::Donors(sorted(actors)),
        Fact::Recipients(actors) => Fact::Recipients(sorted(actors)),
        other => other,
    }
}

/// Whether two facts say the same: of lines of materiel it does not matter where they were read.
fn is_same(before: &Fact, after: &Fact) -> bool {
    let (Fact::Items(before), Fact::Items(after)) = (before, after) else { return before == after };
    let says =
        |item: &Item| (item.system.clone(), item.name.clone(), item.quantity, item.unit.clone());
    before.iter().map(says).eq(after.iter().map(says))
}

/// The same field as it is now; `None` for what is no field of the package's own row.
fn current(fields: &Fields, fact: &Fact) -> Option<Fact> {
    Some(match fact {
        Fact::Donors(_) => Fact::Donors(fields.donors.clone()),
        Fact::Recipients(_) => Fact::Recipients(fields.recipients.clone()),
        Fact::Announced(_) => Fact::Announced(fields.announced.as_ref().map(|taken| taken.value)),
        Fact::Amount(_) => Fact::Amount(fields.amount.as_ref().map(|taken| taken.value)),
        Fact::Aid(_) => Fact::Aid(fields.aid.value),
        Fact::Stage(_) => Fact::Stage(fields.stage.value),
        Fact::Mechanism(_) => {
            Fact::Mechanism(fields.mechanism.as_ref().map(|taken| taken.value.clone()))
        }
        Fact::Sequence(_) => Fact::Sequence(fields.sequence.as_ref().map(|taken| taken.value)),
        Fact::Items(_)
        | Fact::Standing(_)
        | Fact::MergedInto(_)
        | Fact::Tellings(_)
        | Fact::NotSame(_) => return None,
    })
}

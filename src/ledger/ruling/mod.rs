//! Persons' decisions: finds out what an order changes, appends the decision with what was before
//! and what is after, and folds it, in one transaction. What is so already is left as it is.

mod carried;
mod fields;
mod outcome;
mod standing;
mod together;
mod turn;

use super::body::{self, DECISION};
use super::error::LedgerError;
use super::journal::{Entry, Receipt};
use super::placing::Entered;
use super::record::{AUTO, append};
use super::store::select;
use crate::model::{Change, Exchange, Fact, PackageId, Ruling, Standing, Verdict};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::collections::BTreeSet;

pub use carried::Arrived;
pub(super) use carried::arrive;

type Result<T> = std::result::Result<T, LedgerError>;

/// What a person orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// These pending packages are right.
    Accept(Vec<PackageId>),
    /// These are no packages.
    Reject(Vec<PackageId>),
    /// These packages count no more.
    Void(Vec<PackageId>),
    /// These packages are again as they were before they were rejected, voided or merged.
    Restore(Vec<PackageId>),
    /// These fields of a package are so, whatever its tellings say.
    Amend(PackageId, Vec<Fact>),
    /// The first package and the others are one, which keeps the number of the first.
    Merge(PackageId, Vec<PackageId>),
    /// The claims of these content ids tell another package than this one.
    Split(PackageId, Vec<String>),
    /// No two of these packages are one.
    NotSame(Vec<PackageId>),
    /// The last decision that stands is taken back.
    Undo,
    /// The decision of this entry is taken back, if it is the last that stands.
    TakeBack(u64),
    /// The decision that was undone last stands again.
    Redo,
}

/// Who orders it, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub by: String,
    /// Why, where the person says so.
    pub reason: Option<String>,
}

/// What an order did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruled {
    /// What was ordered.
    pub verdict: Verdict,
    /// The decision; `None` where all was so already and nothing was written.
    pub ruling: Option<Ruling>,
    /// The packages of which it was so already.
    pub unchanged: Vec<PackageId>,
    /// Of undo and redo: the entry that was taken back or stands again.
    pub of: Option<Entry>,
    /// Packages that turned out to be others by it, with these.
    pub gone: Vec<(PackageId, PackageId)>,
    /// Proof of the decision; `None` where nothing was written.
    pub receipt: Option<Receipt>,
}

/// What an order changes, before anything is written.
#[derive(Default)]
struct Plan {
    changes: Vec<Change>,
    unchanged: Vec<PackageId>,
    of: Option<Entry>,
}

impl Order {
    const fn verdict(&self) -> Verdict {
        match self {
            Self::Accept(_) => Verdict::Accept,
            Self::Reject(_) => Verdict::Reject,
            Self::Void(_) => Verdict::Void,
            Self::Restore(_) => Verdict::Restore,
            Self::Amend(..) => Verdict::Amend,
            Self::Merge(..) => Verdict::Merge,
            Self::Split(..) => Verdict::Split,
            Self::NotSame(_) => Verdict::NotSame,
            Self::Undo | Self::TakeBack(_) => Verdict::Undo,
            Self::Redo => Verdict::Redo,
        }
    }
}

/// Does what a person orders, all of it or nothing.
pub(super) fn rule(
    connection: &mut Connection,
    order: &Order,
    person: &Person,
    exchange: &dyn Exchange,
    recorded_at: &str,
) -> Result<Ruled> {
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let ruled = decide(&mut transaction, order, (person, None), exchange, recorded_at)?;
    transaction.commit()?;
    Ok(ruled)
}

/// Of a decision that came from another ledger: the entry that decided it first, and the claims that this
/// ledger holds and that one did not hold then.
struct Origin {
    id: String,
    later: Vec<String>,
}

/// The same within a transaction.
fn decide(
    transaction: &mut Transaction,
    order: &Order,
    (person, origin): (&Person, Option<&Origin>),
    exchange: &dyn Exchange,
    recorded_at: &str,
) -> Result<Ruled> {
    check_name(&person.by)?;
    let verdict = order.verdict();
    let Plan { changes, unchanged, of } = plan(transaction, order, exchange)?;
    if changes.is_empty() {
        let gone = Vec::new();
        return Ok(Ruled { verdict, ruling: None, unchanged, of: None, gone, receipt: None });
    }
    let mut ruling = Ruling {
        verdict,
        changes,
        of: of.as_ref().map(|entry| entry.seq),
        origin: origin.map(|origin| origin.id.clone()),
        later: origin.map(|origin| origin.later.clone()).unwrap_or_default(),
        reason: person.reason.clone(),
        by: person.by.clone(),
    };
    if matches!(verdict, Verdict::Undo | Verdict::Redo | Verdict::Restore) {
        ruling.changes = outcome::changes(transaction, &ruling, recorded_at)?;
    }
    let entered = Entered::of(transaction, &ruling)?;
    let entry = append(transaction, recorded_at, DECISION, body::write(&ruling))?;
    let receipt = entry.receipt();
    let done =
        entered.place_anew(transaction, exchange, recorded_at, (&ruling, receipt.clone()))?;
    let (ruling, receipt) = (Some(ruling), Some(receipt));
    Ok(Ruled { verdict, ruling, unchanged, of, gone: done.gone, receipt })
}

fn plan(connection: &Connection, order: &Order, exchange: &dyn Exchange) -> Result<Plan> {
    match order {
        Order::Accept(packages) => standing::give(connection, packages, Standing::Accepted),
        Order::Reject(packages) => standing::give(connection, packages, Standing::Rejected),
        Order::Void(packages) => standing::give(connection, packages, Standing::Void),
        Order::Restore(packages) => standing::restore(connection, packages),
        Order::Amend(package, facts) => fields::amend(connection, *package, facts, exchange),
        Order::Merge(into, others) => together::merge(connection, *into, others),
        Order::Split(package, claims) => together::split(connection, *package, claims, exchange),
        Order::NotSame(packages) => together::not_same(connection, packages, exchange),
        Order::Undo => turn::undo(connection, None),
        Order::TakeBack(entry) => turn::undo(connection, Some(*entry)),
        Order::Redo => turn::redo(connection),
    }
}

/// Only the program itself rules as `auto`.
pub(super) fn check_name(by: &str) -> Result<()> {
    if by.trim().is_empty() || by == AUTO {
        return Err(LedgerError::Value {
            place: "the decision".to_owned(),
            what: "who rules".to_owned(),
            found: by.to_owned(),
            expected: "a person's name",
        });
    }
    Ok(())
}

/// Each package once, in the order in which they are named.
fn each_once(packages: &[PackageId]) -> Vec<PackageId> {
    let mut seen = BTreeSet::new();
    packages.iter().copied().filter(|package| seen.insert(*package)).collect()
}

fn standing_of(connection: &Connection, package: PackageId) -> Result<Standing> {
    select::standing(connection, package)?.ok_or(LedgerError::NoPackage { package })
}

/// Refuses a package that neither counts nor may come to count.
fn open(connection: &Connection, package: PackageId) -> Result<Standing> {
    let standing = standing_of(connection, package)?;
    match standing {
        Standing::Accepted | Standing::Pending => Ok(standing),
        _ => Err(refused(connection, package, standing)?),
    }
}

/// The refusal of a package of this standing, which is no longer open.
fn refused(connection: &Connection, package: PackageId, standing: Standing) -> Result<LedgerError> {
    let found = match standing {
        Standing::Merged => format!("a part of {}", select::whole(connection, package)?),
        Standing::Rejected => "a rejected package".to_owned(),
        Standing::Void => "a void package".to_owned(),
        Standing::Undone => "an entry by hand that was undone".to_owned(),
        Standing::Accepted | Standing::Pending => format!("a package that is {standing}"),
    };
    Ok(LedgerError::Refused {
        place: package.to_string(),
        found,
        expected: "a package that is pending or accepted",
        hint: match standing {
            Standing::Merged => "name the package that it is part of, or part them with restore",
            _ => "restore brings it back",
        },
    })
}

fn change(package: PackageId, before: Fact, after: Fact) -> Change {
    Change { package, before, after }
}

//! What a person's decision changes in what was placed automatically. An entry by hand that counts again,
//! or counts no more, is told or not told by what was read after it; a package of which a person said that
//! it is not another one may still be a third.

use super::{Done, Placing, Result, leads};
use crate::ledger::body::{self, Marks};
use crate::ledger::journal::Receipt;
use crate::ledger::matching;
use crate::ledger::record::AUTO;
use crate::ledger::store::beside::Apart;
use crate::ledger::store::{candidates, select};
use crate::model::{Decision, Exchange, Fact, PackageId, Placement, Ruling, Standing};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// The claims that a person typed in, of the packages that a decision is about: whether each was undone
/// before it, and where it was.
pub(in crate::ledger) struct Entered(BTreeMap<u64, (bool, Option<PackageId>)>);

impl Entered {
    /// As they are before the decision is recorded.
    pub(in crate::ledger) fn of(connection: &Connection, ruling: &Ruling) -> Result<Self> {
        let mut entered = BTreeMap::new();
        for package in ruling.packages() {
            for id in select::typed_in(connection, package)? {
                if let Some(claim) = select::claim_number(connection, &id)? {
                    let home = select::home_now(connection, claim)?;
                    entered.insert(claim, (is_undone(connection, claim)?, home));
                }
            }
        }
        Ok(Self(entered))
    }

    /// Places anew what a decision concerns, of which `receipt` is the proof.
    pub(in crate::ledger) fn place_anew(
        &self,
        connection: &Connection,
        exchange: &dyn Exchange,
        recorded_at: &str,
        (ruling, receipt): (&Ruling, Receipt),
    ) -> Result<Done> {
        let numbers = BTreeMap::new();
        let mut work = Placing::new(connection, exchange, recorded_at, Some(receipt), numbers)?;
        for (claim, (was_undone, home)) in &self.0 {
            let is_undone = is_undone(connection, *claim)?;
            if is_undone != *was_undone {
                work.beside(*claim, *home, !is_undone)?;
            }
        }
        for change in &ruling.changes {
            if let Fact::NotSame(_) = change.after {
                work.doubt_anew(change.package)?;
            }
        }
        work.run()
    }
}

/// Places claims anew of which a person's decision now says what they are compared with. Those that are held
/// back are not looked at.
pub(in crate::ledger) fn again(
    connection: &Connection,
    (claims, held): (&BTreeSet<u64>, &BTreeSet<u64>),
    exchange: &dyn Exchange,
    recorded_at: &str,
) -> Result<Done> {
    let mut work = Placing::new(connection, exchange, recorded_at, None, BTreeMap::new())?;
    for claim in claims {
        work.queue.insert((select::rank(connection, *claim)?, *claim));
    }
    work.hold(held)?;
    work.run()
}

/// Places claims anew as they were placed before those came that are held back: these stand by themselves then.
pub(in crate::ledger) fn without(
    connection: &Connection,
    (claims, held): (&BTreeSet<u64>, &BTreeSet<u64>),
    exchange: &dyn Exchange,
    recorded_at: &str,
) -> Result<Done> {
    let mut work = Placing::new(connection, exchange, recorded_at, None, BTreeMap::new())?;
    for claim in claims {
        work.queue.insert((select::rank(connection, *claim)?, *claim));
    }
    for claim in held {
        let Some(home) = select::home_now(connection, *claim)? else { continue };
        let here = select::claims_ranked(connection, home)?;
        if select::is_ruled(connection, home)? {
            work.stand_alone(*claim)?;
        } else if leads(connection, home, *claim)? {
            work.queue.extend(here.into_iter().filter(|(_, one)| !held.contains(one)));
        } else if here.iter().any(|(_, one)| claims.contains(one)) {
            work.stand_alone(*claim)?;
        }
    }
    work.hold(held)?;
    work.run()
}

fn is_undone(connection: &Connection, claim: u64) -> Result<bool> {
    let Some(package) = select::package_of_claim(connection, claim)? else { return Ok(false) };
    Ok(select::standing(connection, package)? == Some(Standing::Undone))
}

impl Placing<'_> {
    /// Puts those into the queue that an entry by hand concerns, which was in this package before it
    /// went or came back, and itself where it is back.
    fn beside(&mut self, claim: u64, before: Option<PackageId>, is_back: bool) -> Result<()> {
        let rank = select::rank(self.connection, claim)?;
        let Some(turn) = self.known(rank, claim)? else { return Ok(()) };
        self.follow(&turn, true, before)?;
        if is_back {
            self.loose.insert(claim);
            self.queue.insert((turn.rank, claim));
        }
        Ok(())
    }

    /// Does not look at claims, nor at what they lead.
    pub(super) fn hold(&mut self, held: &BTreeSet<u64>) -> Result<()> {
        for claim in held {
            let Some(home) = select::home_now(self.connection, *claim)? else { continue };
            let leads =
                leads(self.connection, home, *claim)? && !select::is_ruled(self.connection, home)?;
            self.unseen.1.extend(leads.then_some(home));
        }
        self.unseen.0.clone_from(held);
        Ok(())
    }

    /// Puts a claim into a package of its own, if no person ruled where it is.
    fn stand_alone(&mut self, claim: u64) -> Result<()> {
        let rank = select::rank(self.connection, claim)?;
        let Some(turn) = self.turn(rank, claim)? else { return Ok(()) };
        let package = self.next_number();
        let reason = "read after what is ruled on next";
        let marks = Marks { weak: turn.marks.weak.clone(), ..Marks::default() };
        self.found(&turn, package, reason, marks)?;
        self.follow(&turn, turn.leads, None)
    }

    /// Says of a package that waits to be told apart which one it may still be.
    fn doubt_anew(&mut self, package: PackageId) -> Result<()> {
        let connection = self.connection;
        if select::standing(connection, package)? != Some(Standing::Pending) {
            return Ok(());
        }
        let not = select::not_same(connection, package)?;
        let left = doubt_left(connection, package, &not, self.exchange)?;
        let (Some((claim, _, marks)), Some((doubt, maybe))) =
            (select::leader(connection, package)?, left)
        else {
            return Ok(());
        };
        let Some(stored) = select::bare_claim(connection, claim)? else { return Ok(()) };
        let anew = Marks { doubt: Some(doubt.clone()), maybe: Some(maybe), ..marks.clone() };
        if anew == marks {
            return Ok(());
        }
        let (claim, by) = (stored.id, AUTO.to_owned());
        let decision = Decision::New { claim, package, pending: true, reason: doubt, by };
        let mut placing = body::Placing::plain(decision);
        (placing.maybe, placing.weak) = (anew.maybe, anew.weak);
        self.write(placing)
    }
}

/// Which package one that waits to be told apart may be, if it is none of `not`, and why. It is not put
/// there by itself: a person is about to say what it is.
pub(in crate::ledger) fn doubt_left(
    connection: &Connection,
    package: PackageId,
    not: &[PackageId],
    exchange: &dyn Exchange,
) -> Result<Option<(String, PackageId)>> {
    let Some((claim, rank, marks)) = select::leader(connection, package)? else { return Ok(None) };
    let Some(stored) = select::continued(connection, claim)?.filter(|_| marks.maybe.is_some())
    else {
        return Ok(None);
    };
    let beside = stored.article.map(|article| (article, rank.clone()));
    let mut apart = Apart { beside, ..Apart::default() };
    for other in not.iter().chain([&package]) {
        apart.unseen.extend([*other, select::whole(connection, *other)?]);
    }
    let told = stored.told();
    let near = candidates::near(connection, &told, exchange)?;
    let found = candidates::find(connection, &told, &rank, &near, &apart, exchange)?;
    Ok(match matching::place(&told, &found, exchange).0 {
        Placement::Further { package, reason } => {
            Some((format!("may be {package}: {reason}"), package))
        }
        Placement::Doubtful { package: Some(package), reason } => Some((reason, package)),
        Placement::Doubtful { package: None, .. } | Placement::New { .. } => None,
    })
}

//! Decisions that persons made in another ledger, one after the other as they were made there. Between two of
//! them comes here what was read between them there, and after the last one the rest: all of it was read here
//! before, and so it is held back until its turn.

mod rule;

use super::{Origin, Result};
use crate::ledger::placing;
use crate::ledger::store::select;
use crate::model::carried::ENTER;
use crate::model::{Carried, Exchange};
use rule::Work;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::collections::{BTreeMap, BTreeSet};

/// What became of a decision of another ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrived {
    /// It stands here too now.
    Ruled,
    /// It came here before, or was made here.
    Known,
    /// It changed nothing: all is so already.
    Already,
}

/// Does what was decided in another ledger: each decision whole or not at all, and all that can stand here in
/// one transaction.
pub(in crate::ledger) fn arrive(
    connection: &mut Connection,
    all: &[Carried],
    exchange: &dyn Exchange,
    recorded_at: &str,
) -> Result<Vec<Result<Arrived>>> {
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let known = select::known_decisions(&transaction)?;
    let is_known: Vec<bool> = all.iter().map(|carried| known.contains(&carried.id)).collect();
    let turns = turns(&transaction, all, &is_known)?;
    let (held, moved, came) = Default::default();
    let mut work = Arriving { turns, held, moved, came, exchange, recorded_at };
    let mut arrived = Vec::with_capacity(all.len());
    for (place, carried) in all.iter().enumerate() {
        if is_known[place] || work.came.contains(&carried.id) {
            arrived.push(Ok(Arrived::Known));
        } else {
            arrived.push(work.try_one(&mut transaction, (place, carried))?);
        }
        work.release(&transaction, place)?;
    }
    work.settle(&transaction)?;
    transaction.commit()?;
    Ok(arrived)
}

/// After which of the decisions a claim comes that was read after one of them there.
fn turns(
    connection: &Connection,
    all: &[Carried],
    is_known: &[bool],
) -> Result<BTreeMap<u64, usize>> {
    let places: BTreeMap<&str, usize> =
        all.iter().enumerate().map(|(place, carried)| (&carried.id[..], place)).collect();
    let mut turns: BTreeMap<u64, usize> = BTreeMap::new();
    for (place, carried) in all.iter().enumerate().filter(|(place, _)| !is_known[*place]) {
        for pointer in &carried.later {
            if let Some(claim) = select::pointed_at(connection, pointer)? {
                let after = pointer.after.as_deref().and_then(|id| places.get(id)).copied();
                let turn = turns.entry(claim).or_default();
                *turn = (*turn).max(after.unwrap_or(place)).max(place);
            }
        }
    }
    Ok(turns)
}

/// Decisions on their way into a ledger.
struct Arriving<'a> {
    /// After which decision each claim comes.
    turns: BTreeMap<u64, usize>,
    /// Those of them that are held back.
    held: BTreeSet<u64>,
    /// What was placed anew meanwhile, and so once more at the end.
    moved: BTreeSet<u64>,
    /// Decisions that stand here by now.
    came: BTreeSet<String>,
    exchange: &'a dyn Exchange,
    recorded_at: &'a str,
}

impl Arriving<'_> {
    /// Rules on one, or leaves all as it was.
    fn try_one(
        &mut self,
        transaction: &mut Transaction,
        (place, carried): (usize, &Carried),
    ) -> Result<Result<Arrived>> {
        let (held, moved) = (self.held.clone(), self.moved.clone());
        transaction.execute_batch("SAVEPOINT arrival")?;
        let done = self.rule(transaction, (place, carried));
        if !matches!(done, Ok(true)) {
            transaction.execute_batch("ROLLBACK TO arrival")?;
            (self.held, self.moved) = (held, moved);
        }
        transaction.execute_batch("RELEASE arrival")?;
        match done {
            Ok(true) => {
                self.came.insert(carried.id.clone());
                Ok(Ok(Arrived::Ruled))
            }
            Ok(false) => Ok(Ok(Arrived::Already)),
            Err(error) if error.is_of_decision() => Ok(Err(error)),
            Err(error) => Err(error),
        }
    }

    /// Rules on one; whether it changed anything.
    fn rule(
        &mut self,
        transaction: &mut Transaction,
        (place, carried): (usize, &Carried),
    ) -> Result<bool> {
        let mut later = Vec::new();
        for pointer in &carried.later {
            let Some(claim) = select::pointed_at(transaction, pointer)? else { continue };
            later.extend(select::bare_claim(transaction, claim)?.map(|stored| stored.id));
            self.held.extend(self.turns.get(&claim).filter(|turn| **turn >= place).map(|_| claim));
        }
        let origin = Origin { id: carried.id.clone(), later };
        let (exchange, recorded_at) = (self.exchange, self.recorded_at);
        let held = self.held.clone();
        let has_ruled = false;
        let mut work =
            Work { transaction, carried, origin, later: &held, exchange, recorded_at, has_ruled };
        if carried.decision == ENTER {
            work.enter()?;
            return Ok(work.has_ruled);
        }
        let mut told = work.told()?;
        told.retain(|claim| !held.contains(claim));
        self.unsee(work.transaction, &told)?;
        work.rule()?;
        Ok(work.has_ruled)
    }

    /// Places the claims that a decision is about as they were placed where it was decided.
    fn unsee(&mut self, connection: &Connection, told: &BTreeSet<u64>) -> Result<()> {
        // What tells no package of another claim of its article may tell that of another one by then.
        for claim in told {
            let stored = select::bare_claim(connection, *claim)?;
            if let Some(article) = stored.and_then(|stored| stored.article) {
                let beside = select::claims_beside(connection, article)?;
                self.moved.extend(beside.into_iter().map(|(_, claim)| claim));
            }
        }
        let (exchange, recorded_at) = (self.exchange, self.recorded_at);
        let done = placing::without(connection, (told, &self.held), exchange, recorded_at)?;
        for id in done.placements.keys() {
            self.moved.extend(select::claim_number(connection, id)?);
        }
        Ok(())
    }

    /// Places what was read after this decision and before the next one.
    fn release(&mut self, connection: &Connection, place: usize) -> Result<()> {
        let turns = &self.turns;
        let is_due = |claim: &u64| turns.get(claim).is_none_or(|turn| *turn <= place);
        let due: BTreeSet<u64> = self.held.iter().copied().filter(is_due).collect();
        if due.is_empty() {
            return Ok(());
        }
        self.held.retain(|claim| !due.contains(claim));
        let (exchange, recorded_at) = (self.exchange, self.recorded_at);
        self.moved.extend(&due);
        placing::again(connection, (&due, &self.held), exchange, recorded_at)?;
        Ok(())
    }

    /// Places what is still held back, and all that moved meanwhile.
    fn settle(mut self, connection: &Connection) -> Result<()> {
        self.moved.append(&mut self.held);
        let (exchange, recorded_at) = (self.exchange, self.recorded_at);
        placing::again(connection, (&self.moved, &self.held), exchange, recorded_at)?;
        Ok(())
    }
}

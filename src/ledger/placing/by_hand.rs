//! Places what a person types in: as an article's claim, but that the entry which places it records it.

use super::{Done, Marks, Placing, Result, Turn};
use crate::ledger::body::Typed;
use crate::ledger::choose::{self, Told};
use crate::ledger::store::beside::Apart;
use crate::ledger::store::candidates;
use crate::model::Exchange;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Places it beside all but the claims that are held back, and records it.
pub(in crate::ledger) fn enter(
    connection: &Connection,
    (typed, held): (Typed, &BTreeSet<u64>),
    exchange: &dyn Exchange,
    recorded_at: &str,
) -> Result<Done> {
    let told = Told::new(0, typed.id.clone(), typed.claim.clone());
    let mut work = Placing::new(connection, exchange, recorded_at, None, BTreeMap::new())?;
    work.hold(held)?;
    let turn = Turn {
        rank: choose::rank(&told, true),
        near: candidates::near(connection, &told, exchange)?,
        told,
        article: None,
        marks: Marks::default(),
        home: None,
        leads: false,
        is_guest: false,
        apart: Apart { unseen: work.unseen.1.clone(), beside: None },
    };
    work.typed = Some(typed);
    work.place(&turn)?;
    work.run()
}

//! Checks all that the ledger promises of itself: chain, bytes, quotes, and tables that are what
//! the journal says.

use super::error::LedgerError;
use super::hash::sha256;
use super::store::inspect::{self, Quoted};
use super::store::select;
use super::{connection, journal, projection};
use crate::model::Span;
use rusqlite::{Connection, TransactionBehavior};

type Result<T> = std::result::Result<T, LedgerError>;

/// What a check of the whole ledger found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// How many entries the journal has.
    pub entries: u64,
    /// How many articles are recorded.
    pub articles: u64,
    /// How many claims there are.
    pub claims: u64,
    /// How many packages there are.
    pub packages: u64,
    /// The hash of the last entry.
    pub head: String,
    /// What is wrong, a sentence each that names the place; empty where all is well.
    pub problems: Vec<String>,
}

/// Checks everything and changes nothing.
pub(super) fn verify(ledger: &Connection) -> Result<Verification> {
    let mut problems = inspect::damage(ledger)?;
    let aside = connection::in_memory()?;
    problems.extend(inspect::changed_schema(ledger, &aside)?);
    let (entries, head) = check_chain(ledger, &mut problems)?;
    check_bytes(ledger, &mut problems)?;
    check_quotes(ledger, &mut problems)?;
    check_projections(ledger, &aside, &mut problems)?;
    let (articles, claims, packages) = select::counts(ledger)?;
    Ok(Verification { entries, articles, claims, packages, head, problems })
}

/// Computes the projections anew in one transaction, unless the journal is damaged.
pub(super) fn rebuild(ledger: &mut Connection) -> Result<()> {
    let mut problems = Vec::new();
    check_chain(ledger, &mut problems)?;
    if !problems.is_empty() {
        return Ok(());
    }
    inspect::check_references(ledger, false)?;
    let result = rebuild_in_transaction(ledger);
    inspect::check_references(ledger, true)?;
    result
}

fn rebuild_in_transaction(ledger: &mut Connection) -> Result<()> {
    let transaction = ledger.transaction_with_behavior(TransactionBehavior::Immediate)?;
    projection::rebuild(&transaction, &transaction)?;
    transaction.commit()?;
    Ok(())
}

/// Walks the chain from the genesis: each entry must follow the one before and have its own hash.
fn check_chain(ledger: &Connection, problems: &mut Vec<String>) -> Result<(u64, String)> {
    let (id, genesis) = select::identity(ledger)?;
    if journal::genesis(&id) != genesis {
        problems.push(format!("ledger: genesis {genesis} does not belong to the id {id}"));
    }
    let (mut entries, mut head) = (0, genesis);
    select::each_entry(ledger, |entry| {
        entries += 1;
        let seq = entry.seq;
        if seq != entries {
            problems.push(format!("entry {seq}: found after {} entries", entries - 1));
        }
        if entry.prev != head {
            let found = &entry.prev;
            problems.push(format!("entry {seq}: prev is {found}, expected {head}"));
        }
        let expected = entry.computed_hash();
        if entry.hash != expected {
            let found = &entry.hash;
            problems.push(format!("entry {seq}: hash is {found}, expected {expected}"));
        }
        head = entry.hash;
        Ok(())
    })?;
    Ok((entries, head))
}

fn check_bytes(ledger: &Connection, problems: &mut Vec<String>) -> Result<()> {
    select::each_raw(ledger, |name, content| {
        let found = sha256(content);
        if found != name {
            problems.push(format!("raw_article {name}: its bytes have SHA-256 {found}"));
        }
    })
}

/// Each quote must be what its text says under its span.
pub(super) fn check_quotes(ledger: &Connection, problems: &mut Vec<String>) -> Result<()> {
    inspect::each_quote(ledger, |Quoted { text, what, start, end, quote }| {
        let found = Span { start, end }.of(text);
        if found != quote {
            problems.push(format!(
                "{what}: quotes \"{quote}\", but bytes {start} to {end} of its text are \"{found}\""
            ));
        }
    })
}

/// Folds the journal once more, aside, and compares the tables row by row.
fn check_projections(
    ledger: &Connection,
    aside: &Connection,
    problems: &mut Vec<String>,
) -> Result<()> {
    inspect::check_references(aside, false)?;
    match projection::rebuild(aside, ledger) {
        Ok(()) => problems.extend(inspect::differences(ledger, aside)?),
        Err(error @ LedgerError::Entry { .. }) => problems.push(error.to_string()),
        Err(error) => problems.push(format!("the journal cannot be read again: {error}")),
    }
    Ok(())
}

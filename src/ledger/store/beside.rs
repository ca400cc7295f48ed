//! What the articles of two claims say of each other: that they tell both, or that the one corrects the other.

use super::candidates::as_candidate;
use super::select;
use crate::ledger::choose::Told;
use crate::ledger::error::LedgerError;
use crate::ledger::matching::Candidate;
use crate::model::{Amount, Correction, PackageId};
use rusqlite::Connection;
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// The packages among which a claim is not placed.
#[derive(Debug, Default)]
pub(in crate::ledger) struct Apart {
    /// Those that are not looked at.
    pub(in crate::ledger) unseen: BTreeSet<PackageId>,
    /// Those that its article tells apart from it, by claims of a lower rank: the article, and its rank.
    pub(in crate::ledger) beside: Option<(u64, String)>,
}

impl Apart {
    /// Whether the package is one of these.
    pub(in crate::ledger) fn has(
        &self,
        connection: &Connection,
        package: PackageId,
    ) -> Result<bool> {
        let is_beside = match &self.beside {
            Some((article, rank)) => select::is_told_before(connection, (*article, rank), package)?,
            None => false,
        };
        Ok(is_beside || self.unseen.contains(&package))
    }
}

/// Says of a candidate that this claim leads what their articles say of each other.
pub(super) fn compare(
    connection: &Connection,
    told: &Told,
    candidate: &mut Candidate,
    claim: u64,
) -> Result<()> {
    candidate.is_beside = are_told_together(connection, told, candidate, claim)?;
    candidate.is_revised = is_revised(connection, told, candidate, claim)?;
    Ok(())
}

/// A claim that leads no package yet, as a candidate of this number for another one.
pub(in crate::ledger) fn as_candidate_for(
    connection: &Connection,
    other: &Told,
    (told, rank, home): (&Told, &str, PackageId),
) -> Result<Candidate> {
    let mut candidate = as_candidate(told, rank, home);
    compare(connection, other, &mut candidate, told.number)?;
    Ok(candidate)
}

/// Whether an article that tells one of the two tells the other sum beside it.
fn are_told_together(
    connection: &Connection,
    told: &Told,
    candidate: &Candidate,
    claim: u64,
) -> Result<bool> {
    let figure = |amount: Option<Amount>| amount.map(|amount| amount.bounds.figure());
    Ok(figure(told.claim.amount) != figure(candidate.amount)
        && (select::is_told_beside(connection, claim, told.claim.amount)?
            || select::is_told_beside(connection, told.number, candidate.amount)?))
}

/// Whether the one of two corrects an earlier text of the publisher that tells the other.
fn is_revised(
    connection: &Connection,
    told: &Told,
    candidate: &Candidate,
    claim: u64,
) -> Result<bool> {
    let is_bare = |correction: Option<Correction>| {
        correction.is_some_and(|correction| correction.amount.is_none())
    };
    Ok(is_bare(told.claim.corrects) && select::is_after(connection, claim, told.number)?
        || is_bare(candidate.corrects) && select::is_after(connection, told.number, claim)?)
}

//! Persons' decisions on their way to another ledger: each that stands, with its packages named by the
//! claims that tell them now, those among them that came after the decision.

use super::body::{self, Body};
use super::error::LedgerError;
use super::journal::Entry;
use super::matching;
use super::store::{beside, candidates, select};
use super::traces::FOREMOST;
use crate::model::carried::ENTER;
use crate::model::{
    Carried, Change, Decision, Entered, Exchange, Fact, PackageId, Placement, Pointer, Ruling,
    Standing, Verdict,
};
use rusqlite::Connection;
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// All decisions of persons that stand, oldest first.
pub(super) fn carried(connection: &Connection, exchange: &dyn Exchange) -> Result<Vec<Carried>> {
    let mut all = Vec::new();
    for seq in select::standing_decisions(connection)? {
        let Some(entry) = select::entry(connection, seq)? else { continue };
        match body::parse(&entry)? {
            Body::Ruling(ruling) => all.extend(of_ruling(connection, entry, *ruling, exchange)?),
            Body::Placing(placing) => {
                let entered = placing.entered.as_deref().unwrap_or_default();
                let now = select::package_of(connection, entered)?;
                let package = now.unwrap_or_else(|| placing.decision.package());
                if let Decision::Enter { claim, quote, source, by, .. } = placing.decision {
                    let entered = Some(Entered { claim: *claim, quote, source });
                    all.push(Carried {
                        id: entry.hash,
                        decision: ENTER.to_owned(),
                        packages: vec![pointers(connection, &claims_of(connection, package)?)?],
                        apart: Vec::new(),
                        later: Vec::new(),
                        facts: Vec::new(),
                        entered,
                        reason: None,
                        by,
                        recorded_at: entry.recorded_at,
                    });
                }
            }
            Body::Article(_) | Body::Table(_) | Body::Feed(_) => {}
        }
    }
    Ok(all)
}

/// A ruling; `None` where nothing is left of what it was about.
fn of_ruling(
    connection: &Connection,
    entry: Entry,
    ruling: Ruling,
    exchange: &dyn Exchange,
) -> Result<Option<Carried>> {
    let (mut packages, mut facts, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for package in named(&ruling) {
        let claims = claims_of(connection, package)?;
        packages.push(pointers(connection, &claims)?);
        // Whether the parts of a split wait is settled by the whole that they were, which may be none
        // elsewhere.
        let standing = select::standing(connection, package)?.map(Fact::Standing);
        facts.extend(standing.filter(|_| ruling.verdict == Verdict::Split));
    }
    for package in ruling.packages() {
        told.extend(claims_of(connection, package)?);
    }
    packages.retain(|claims| !claims.is_empty());
    let verdict = ruling.verdict;
    let least = if matches!(verdict, Verdict::Merge | Verdict::Split) { 2 } else { 1 };
    if packages.len() < least {
        return Ok(None);
    }
    // To be told apart from a package that is gone is to be accepted.
    let is_one = verdict == Verdict::NotSame && packages.len() < 2;
    let verdict = if is_one { Verdict::Accept } else { verdict };
    let (apart, later) = near_by(connection, &told, (entry.seq, &ruling), exchange)?;
    let amended = ruling.changes.into_iter().map(|change| change.after);
    facts.extend(amended.filter(Fact::can_be_amended));
    Ok(Some(Carried {
        id: ruling.origin.unwrap_or(entry.hash),
        decision: verdict.to_string(),
        packages,
        apart: pointers(connection, &apart)?,
        later: pointers(connection, &later)?,
        facts,
        entered: None,
        reason: ruling.reason,
        by: ruling.by,
        recorded_at: entry.recorded_at,
    }))
}

/// The packages that a ruling names, that which keeps its tellings before those that join or leave it.
fn named(ruling: &Ruling) -> Vec<PackageId> {
    let having = |is_meant: &dyn Fn(&Change) -> bool| -> Vec<PackageId> {
        ruling.changes.iter().filter(|one| is_meant(one)).map(|one| one.package).collect()
    };
    match ruling.verdict {
        Verdict::Merge => {
            let whole = ruling.changes.iter().find_map(|change| match change.after {
                Fact::MergedInto(whole) => whole,
                _ => None,
            });
            let parts = having(&|one| matches!(one.after, Fact::MergedInto(Some(_))));
            whole.into_iter().chain(parts).collect()
        }
        Verdict::Split => having(&|one| matches!(one.after, Fact::Tellings(_))),
        Verdict::Restore => having(&|one| match (&one.before, &one.after) {
            (_, Fact::MergedInto(_)) => true,
            (Fact::Standing(before), _) => {
                !matches!(before, Standing::Accepted | Standing::Pending)
            }
            _ => false,
        }),
        _ => ruling.packages(),
    }
}

/// The claims that tell a package by themselves; where all of them were split off, those of packages
/// that were merged into it, be it a part itself by now. What was typed in and undone is no telling.
fn claims_of(connection: &Connection, package: PackageId) -> Result<Vec<u64>> {
    if select::standing(connection, package)? == Some(Standing::Undone) {
        return Ok(Vec::new());
    }
    let mut claims = select::claims_at(connection, package)?;
    if claims.is_empty() {
        for part in select::parts(connection, package)? {
            claims.extend(select::claims_at(connection, part)?);
        }
    }
    Ok(claims)
}

/// The claims that are like one of these and tell other packages: where they are all read before anything
/// is ruled, they may stand together. And those that may only be like one, and were recorded after a ruling.
fn near_by(
    connection: &Connection,
    told: &[u64],
    (entry, ruling): (u64, &Ruling),
    exchange: &dyn Exchange,
) -> Result<(BTreeSet<u64>, BTreeSet<u64>)> {
    let came_later: BTreeSet<&String> = ruling.later.iter().collect();
    let is_after = |claim: u64, id: &String| -> Result<bool> {
        Ok(came_later.contains(id) || select::entry_of_claim(connection, claim)? > entry)
    };
    let mut homes = BTreeSet::new();
    for claim in told {
        homes.extend(select::home_now(connection, *claim)?);
    }
    let (mut apart, mut later) = (BTreeSet::new(), BTreeSet::new());
    for claim in told {
        let Some(stored) = select::continued(connection, *claim)? else { continue };
        if is_after(*claim, &stored.id)? {
            later.insert(*claim);
        }
        let own = stored.told();
        for near in candidates::concerned(connection, &own, ("", FOREMOST), exchange)? {
            if homes.contains(&near.home) {
                continue;
            }
            let Some(other) = select::continued(connection, near.claim)? else { continue };
            let other = other.told();
            let candidate = (&other, &near.rank[..], near.home);
            let candidate = beside::as_candidate_for(connection, &own, candidate)?;
            match matching::place(&own, &[candidate], exchange).0 {
                Placement::New { .. } => continue,
                Placement::Further { .. } => apart.insert(near.claim),
                Placement::Doubtful { .. } => false,
            };
            if is_after(near.claim, &other.id)? {
                later.insert(near.claim);
            }
        }
    }
    Ok((apart, later))
}

fn pointers<'a>(
    connection: &Connection,
    claims: impl IntoIterator<Item = &'a u64>,
) -> Result<Vec<Pointer>> {
    let mut pointers = Vec::new();
    for claim in claims {
        pointers.extend(select::pointer(connection, *claim)?);
    }
    Ok(pointers)
}

//! Persons' decisions on their way to another ledger: each that stands, with its packages named by the
//! claims that tell them now, those among them that came after the decision.

use super::body::{self, Body, Placing};
use super::error::LedgerError;
use super::journal::Entry;
use super::matching;
use super::store::{beside, candidates, faces, select};
use super::traces::FOREMOST;
use crate::model::carried::ENTER;
use crate::model::{
    Carried, Change, Decision, Entered, Exchange, Fact, PackageId, Placement, Pointer, Ruling,
    Standing, Verdict,
};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

type Result<T> = std::result::Result<T, LedgerError>;

/// All decisions of persons that stand, oldest first.
pub(super) fn carried(connection: &Connection, exchange: &dyn Exchange) -> Result<Vec<Carried>> {
    let (mut all, mut turns) = (Vec::new(), Turns::default());
    let shown = shown_to(connection, exchange)?;
    let around = Around { connection, exchange, shown };
    for seq in select::standing_decisions(connection)? {
        let Some(entry) = select::entry(connection, seq)? else { continue };
        let (one, later) = match body::parse(&entry)? {
            Body::Ruling(ruling) => {
                let later = ruling.later.clone();
                (around.of_ruling(entry, *ruling)?, later)
            }
            Body::Placing(placing) => (around.of_entering(entry, *placing)?, Vec::new()),
            Body::Article(_) | Body::Table(_) | Body::Feed(_) => continue,
        };
        if let Some(one) = one {
            turns.last.extend(later.into_iter().map(|claim| (claim, all.len())));
            turns.entries.push(seq);
            all.push(one);
        }
    }
    let ids: Vec<String> = all.iter().map(|carried| carried.id.clone()).collect();
    for pointer in all.iter_mut().flat_map(|carried| &mut carried.later) {
        let last = turns.of(connection, &pointer.claim)?;
        pointer.after = last.and_then(|last| ids.get(last).cloned());
    }
    Ok(all)
}

/// After which decision each claim came.
#[derive(Default)]
struct Turns {
    /// The entries of the decisions, oldest first.
    entries: Vec<u64>,
    /// Of claims that came to this ledger before a decision and after it where it was decided: the last such.
    last: BTreeMap<String, usize>,
}

impl Turns {
    /// The last decision before a claim, counted from the first.
    fn of(&self, connection: &Connection, id: &str) -> Result<Option<usize>> {
        let Some(claim) = select::claim_number(connection, id)? else { return Ok(None) };
        let entry = select::entry_of_claim(connection, claim)?;
        let here = self.entries.partition_point(|seq| *seq < entry).checked_sub(1);
        Ok(here.max(self.last.get(id).copied()))
    }
}

/// What stands around decisions.
struct Around<'a> {
    connection: &'a Connection,
    exchange: &'a dyn Exchange,
    /// Of packages that rulings show otherwise than they are told: the claims that see them so.
    shown: BTreeMap<PackageId, BTreeSet<u64>>,
}

impl Around<'_> {
    /// What a person typed in.
    fn of_entering(&self, entry: Entry, placing: Placing) -> Result<Option<Carried>> {
        let connection = self.connection;
        let id = placing.entered.as_deref().unwrap_or_default();
        let now = select::package_of(connection, id)?;
        let package = now.unwrap_or_else(|| placing.decision.package());
        let own = select::claim_number(connection, id)?;
        let (_, later) = self.near_by(own.as_slice(), entry.seq, (&[package], &[]))?;
        let Decision::Enter { claim, quote, source, by, .. } = placing.decision else {
            return Ok(None);
        };
        Ok(Some(Carried {
            id: entry.hash,
            decision: ENTER.to_owned(),
            packages: vec![pointers(connection, &claims_of(connection, package)?)?],
            apart: Vec::new(),
            later: pointers(connection, &later)?,
            facts: Vec::new(),
            entered: Some(Entered { claim: *claim, quote, source }),
            reason: None,
            by,
            recorded_at: entry.recorded_at,
        }))
    }

    /// A ruling; `None` where nothing is left of what it was about.
    fn of_ruling(&self, entry: Entry, ruling: Ruling) -> Result<Option<Carried>> {
        let connection = self.connection;
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
        let (apart, later) = self.near_by(&told, entry.seq, (&ruling.packages(), &ruling.later))?;
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

    /// The claims that are like one of these and tell other packages: where they are all read before anything
    /// is ruled, they may stand together. And those that may only be like one, and were recorded after a ruling.
    fn near_by(
        &self,
        told: &[u64],
        entry: u64,
        (packages, later): (&[PackageId], &[String]),
    ) -> Result<(BTreeSet<u64>, BTreeSet<u64>)> {
        let (connection, exchange) = (self.connection, self.exchange);
        let came_later: BTreeSet<&String> = later.iter().collect();
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
                let Some(other) = select::continued(connection, near.claim)? else { continue };
                let other = other.told();
                if is_after(near.claim, &other.id)? {
                    later.insert(near.claim);
                }
                if homes.contains(&near.home) {
                    continue;
                }
                let candidate = (&other, &near.rank[..], near.home);
                let candidate = beside::as_candidate_for(connection, &own, candidate)?;
                let alike = matching::place(&own, &[candidate], exchange).0;
                apart.extend(matches!(alike, Placement::Further { .. }).then_some(near.claim));
            }
        }
        for claim in packages.iter().filter_map(|one| self.shown.get(one)).flatten() {
            if let Some(stored) = select::bare_claim(connection, *claim)?
                && is_after(*claim, &stored.id)?
            {
                later.insert(*claim);
            }
        }
        Ok((apart, later))
    }
}

/// By which packages that rulings show otherwise each claim is looked at.
fn shown_to(
    connection: &Connection,
    exchange: &dyn Exchange,
) -> Result<BTreeMap<PackageId, BTreeSet<u64>>> {
    let mut shown: BTreeMap<PackageId, BTreeSet<u64>> = BTreeMap::new();
    for claim in faces::lookers(connection)? {
        let Some(stored) = select::continued(connection, claim)? else { continue };
        let told = stored.told();
        for candidate in faces::shown(connection, &told, exchange)? {
            if matching::concerns(&told, &candidate, exchange) {
                shown.entry(candidate.home).or_default().insert(claim);
                shown.entry(candidate.id).or_default().insert(claim);
            }
        }
    }
    Ok(shown)
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

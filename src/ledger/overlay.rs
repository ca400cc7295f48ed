//! Lays what persons decided over what was placed automatically. Each decision is a set of effects
//! under its entry; undo takes them away, redo brings them back, and whatever they touch is computed
//! anew from its tellings and the effects that hold.

use super::body::{self, Body};
use super::choose::{self, Told};
use super::error::LedgerError;
use super::journal::Entry;
use super::lines::{self, Line};
use super::store::insert::{DecisionRow, Effect, Wait};
use super::store::select::StoredClaim;
use super::store::{insert, select};
use crate::model::{Change, Fact, PackageId, Ruling, Standing, Verdict};
use rusqlite::Connection;
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// Brings the tables in `into` forward by a person's decision. Entries that it takes back or brings
/// back are read from `truth`.
pub(super) fn fold(
    into: &Connection,
    truth: &Connection,
    entry: &Entry,
    ruling: &Ruling,
) -> Result<()> {
    match (ruling.verdict, ruling.of) {
        (Verdict::Undo, Some(of)) => undo(into, truth, entry, ruling, of)?,
        (Verdict::Redo, Some(of)) => redo(into, truth, entry, of)?,
        _ => lay(into, entry.seq, ruling)?,
    }
    for (number, package) in ruling.packages().into_iter().enumerate() {
        let row = DecisionRow {
            decision: ruling.verdict.as_str(),
            claim: None,
            package,
            pending: false,
            maybe: None,
            reason: ruling.reason.as_deref(),
            by: &ruling.by,
        };
        insert::decision(into, entry, number, &row)?;
    }
    Ok(())
}

/// Puts the effects of a decision in place, under the number of its entry.
fn lay(into: &Connection, seq: u64, ruling: &Ruling) -> Result<()> {
    put(into, seq, ruling.verdict, &ruling.changes.iter().collect::<Vec<_>>())?;
    settle(into, &select::touched(into, seq)?)
}

fn put(into: &Connection, seq: u64, verdict: Verdict, changes: &[&Change]) -> Result<()> {
    let mut number = 0;
    for change in changes {
        for effect in effects(into, seq, verdict, change)? {
            insert::effect(into, seq, number, &effect)?;
            number += 1;
        }
    }
    found_split(into, &select::touched(into, seq)?)
}

/// Takes an entry back. What was entered by hand has no effects of its own, its undo has; so has the
/// undo of a restore that finds articles beside what was entered.
fn undo(
    into: &Connection,
    truth: &Connection,
    entry: &Entry,
    ruling: &Ruling,
    of: u64,
) -> Result<()> {
    insert::undone(into, of, Some(entry.seq))?;
    if is_entered(truth, entry, of)? {
        return lay(into, entry.seq, ruling);
    }
    let mut touched = select::touched(into, of)?;
    put(into, entry.seq, ruling.verdict, &ruling.lasting())?;
    insert::no_effects(into, of)?;
    touched.extend(select::touched(into, entry.seq)?);
    settle(into, &touched)
}

fn redo(into: &Connection, truth: &Connection, entry: &Entry, of: u64) -> Result<()> {
    if let Some(undo) = select::undone_by(into, of)? {
        insert::undone(into, of, None)?;
        let touched = select::touched(into, undo)?;
        insert::no_effects(into, undo)?;
        settle(into, &touched)?;
    }
    match read(truth, entry, of)? {
        Body::Ruling(ruling) => lay(into, of, &ruling),
        _ => Ok(()),
    }
}

/// Whether the entry `of` enters a package by hand.
fn is_entered(truth: &Connection, entry: &Entry, of: u64) -> Result<bool> {
    Ok(matches!(read(truth, entry, of)?, Body::Placing(_)))
}

fn read(truth: &Connection, entry: &Entry, of: u64) -> Result<Body> {
    let found = select::entry(truth, of)?.ok_or_else(|| LedgerError::Entry {
        seq: entry.seq,
        problem: format!("it is about entry {of}, which is not before it"),
    })?;
    body::parse(&found)
}

/// What a change gives its package: a value for a field, or tellings that it did not have.
fn effects(into: &Connection, seq: u64, verdict: Verdict, change: &Change) -> Result<Vec<Effect>> {
    let effect = |claim, fact: &Fact| Effect {
        package: change.package,
        field: fact.field(),
        claim,
        value: body::write(fact),
    };
    let (Fact::Tellings(after), Fact::Tellings(before)) = (&change.after, &change.before) else {
        return Ok(vec![effect(None, &change.after)]);
    };
    if !matches!(verdict, Verdict::Split | Verdict::Undo) {
        // They follow from what else the decision changes.
        return Ok(Vec::new());
    }
    let mut effects = Vec::new();
    for id in after.iter().filter(|id| !before.contains(id)) {
        let claim = select::claim_number(into, id)?.ok_or_else(|| LedgerError::Entry {
            seq,
            problem: format!("it rules on claim {id}, which no entry before it records"),
        })?;
        effects.push(effect(Some(claim), &Fact::Tellings(vec![id.clone()])));
    }
    Ok(effects)
}

/// Founds the packages to which tellings are split off, each on its first telling. They wait where
/// the package that they come from waits.
fn found_split(into: &Connection, touched: &[(PackageId, Option<u64>)]) -> Result<()> {
    for (package, claim) in touched {
        let Some(claim) = claim else { continue };
        let wait = match select::package_of_claim(into, *claim)? {
            Some(source) if select::standing(into, source)? == Some(Standing::Pending) => {
                let wait = select::fields(into, source)?.map(|(_, wait)| wait).unwrap_or_default();
                Wait { maybe: None, ..wait }
            }
            _ => Wait::default(),
        };
        found(into, *package, *claim, &wait)?;
    }
    Ok(())
}

/// Founds a package on a telling, where there is none of this number.
fn found(into: &Connection, package: PackageId, claim: u64, wait: &Wait) -> Result<()> {
    if select::standing(into, package)?.is_none()
        && let Some(fields) = choose::fields(&told(into, &[claim])?)
    {
        insert::package(into, package, &fields, wait)?;
    }
    Ok(())
}

/// Computes anew what these packages and tellings have to do with.
fn settle(into: &Connection, touched: &[(PackageId, Option<u64>)]) -> Result<()> {
    let mut packages = BTreeSet::new();
    for (package, claim) in touched {
        packages.extend([*package, select::whole(into, *package)?]);
        let Some(claim) = claim else { continue };
        packages.extend(select::package_of_claim(into, *claim)?);
        packages.extend(select::home_now(into, *claim)?);
        if let Some(home) = select::home_of(into, *claim)? {
            // It may be gone: all others that stood there were placed elsewhere meanwhile.
            found(into, home, *claim, &Wait::default())?;
            insert::home(into, *claim, home)?;
            packages.insert(home);
        }
    }
    for package in packages.clone() {
        let (mut ruled, mut merged_into) = (None, None);
        for (_, fact) in select::effects_on(into, package)? {
            match fact {
                Fact::Standing(standing) => {
                    ruled = Some(standing).filter(|standing| *standing != Standing::Pending);
                }
                Fact::MergedInto(whole) => merged_into = whole,
                _ => {}
            }
        }
        insert::ruled(into, package, ruled, merged_into)?;
    }
    for package in packages.clone() {
        let whole = select::whole(into, package)?;
        packages.insert(whole);
        for part in select::parts(into, package)? {
            insert::retold(into, part, whole)?;
        }
    }
    for package in &packages {
        insert::mark_leaders(into, *package)?;
    }
    packages.into_iter().try_for_each(|package| refresh(into, package))
}

/// Computes a package anew from all its tellings and the amendments that hold.
pub(super) fn refresh(into: &Connection, package: PackageId) -> Result<()> {
    let Some(before) = select::fields(into, package)? else { return Ok(()) };
    let wait = select::wait(into, package, None)?.unwrap_or_else(|| before.1.clone());
    let own = told(into, &select::claims_at(into, package)?)?;
    insert::no_items(into, package)?;
    if select::whole(into, package)? != package {
        // By its own tellings it is still found, though they stand under another package.
        if let Some(fields) = choose::fields(&own) {
            insert::package(into, package, &fields, &wait)?;
        }
        return insert::face(into, package, None);
    }
    let all = told(into, &select::claims_in(into, package)?)?;
    let Some(mut fields) = choose::fields(&all) else {
        insert::face(into, package, None)?;
        return insert::no_package(into, package);
    };
    let as_told = choose::fields(&own);
    let amended = select::amended(into, package)?;
    for (_, fact) in &amended {
        choose::amend(&mut fields, fact);
    }
    if before != (fields.clone(), wait.clone()) {
        insert::package(into, package, &fields, &wait)?;
    }
    insert::items(into, package, &all_lines(into, package, &all)?)?;
    let is_plain = own.len() == all.len() && amended.is_empty();
    insert::face(into, package, as_told.as_ref().filter(|_| !is_plain))
}

/// What is in a package: the lines that a person set, else those of all tellings, where the lines that
/// a person set for a part stand for those of its tellings.
fn all_lines(into: &Connection, package: PackageId, all: &[Told]) -> Result<Vec<Line>> {
    let (mut set, mut unheard) = (Vec::new(), BTreeSet::new());
    for part in select::parts(into, package)? {
        let claims = select::claims_at(into, part)?;
        let last = select::effects_on(into, part)?
            .into_iter()
            .rev()
            .find_map(|(_, fact)| if let Fact::Items(items) = fact { Some(items) } else { None });
        let Some(items) = last.filter(|_| part == package || !claims.is_empty()) else { continue };
        let mut amended = items.into_iter().map(|item| Line { item, from: None });
        if part == package {
            return Ok(amended.collect());
        }
        set.extend(&mut amended);
        unheard.extend(claims);
    }
    let heard = all.iter().filter(|told| !unheard.contains(&told.number)).cloned();
    let mut lines = lines::of(&heard.collect::<Vec<_>>());
    let is_set =
        |line: &Line| set.iter().any(|set| choose::thing(&set.item) == choose::thing(&line.item));
    lines.retain(|line| !is_set(line));
    lines.extend(set);
    Ok(lines)
}

fn told(into: &Connection, claims: &[u64]) -> Result<Vec<Told>> {
    let mut tellings = Vec::with_capacity(claims.len());
    for claim in claims {
        tellings.extend(select::claim(into, *claim)?.map(StoredClaim::told));
    }
    Ok(tellings)
}

//! Rules on a decision of another ledger: finds the packages that it is about by the claims that tell them,
//! puts together what stood together there, and rules as was ruled there.

use super::super::{Order, Origin, Person, Result, Ruled, decide};
use crate::ledger::error::LedgerError;
use crate::ledger::record::{self, Manual};
use crate::ledger::store::select;
use crate::model::{Carried, Exchange, Fact, PackageId, Pointer, Standing, Verdict};
use rusqlite::Transaction;
use std::collections::{BTreeMap, BTreeSet};

/// A decision whose turn it is.
pub(super) struct Work<'a, 'c> {
    pub(super) transaction: &'a mut Transaction<'c>,
    pub(super) carried: &'a Carried,
    pub(super) origin: Origin,
    /// The claims that came after it where it was decided.
    pub(super) later: &'a BTreeSet<u64>,
    pub(super) exchange: &'a dyn Exchange,
    pub(super) recorded_at: &'a str,
    /// Whether anything was ruled.
    pub(super) has_ruled: bool,
}

impl Work<'_, '_> {
    /// Records what was typed in.
    pub(super) fn enter(&mut self) -> Result<()> {
        let Some(entered) = self.carried.entered.clone() else {
            return Err(self.refused("nothing that was typed in", "the fields of a package"));
        };
        let manual = Manual {
            claim: entered.claim,
            quote: entered.quote,
            source: entered.source,
            by: self.carried.by.clone(),
        };
        let (exchange, recorded_at) = (self.exchange, self.recorded_at);
        match record::enter_in(self.transaction, (&manual, self.later), exchange, recorded_at) {
            Ok(_) => self.has_ruled = true,
            Err(LedgerError::AlreadyEntered { .. }) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// The claims that it is about.
    pub(super) fn told(&self) -> Result<BTreeSet<u64>> {
        let mut claims = BTreeSet::new();
        for told in &self.carried.packages {
            claims.extend(self.found(told)?);
        }
        Ok(claims)
    }

    /// Rules as was ruled there.
    pub(super) fn rule(&mut self) -> Result<()> {
        let verdict = self.verdict()?;
        if verdict == Verdict::Restore {
            let mut parts = Vec::new();
            for told in &self.carried.packages {
                parts.extend(self.homes(told)?);
            }
            return self.give(&Order::Restore(parts)).map(drop);
        }
        let packages = self.packages()?;
        match verdict {
            Verdict::Accept => self.give(&Order::Accept(packages)).map(drop),
            Verdict::Reject => self.give(&Order::Reject(packages)).map(drop),
            Verdict::Void => self.give(&Order::Void(packages)).map(drop),
            Verdict::Amend => self.amend(packages),
            Verdict::Merge => self.merge(packages),
            Verdict::Split | Verdict::NotSame => self.tell_apart(packages),
            Verdict::Restore | Verdict::Undo | Verdict::Redo => {
                Err(self.refused(&format!("{verdict}"), "a decision that stands by itself"))
            }
        }
    }

    fn verdict(&self) -> Result<Verdict> {
        self.carried.decision.parse().map_err(|_| {
            let found = format!("the decision \"{}\"", self.carried.decision);
            self.refused(&found, "enter, or what a person can rule")
        })
    }

    /// The packages that it is about, each put together as it stood together there.
    fn packages(&mut self) -> Result<Vec<PackageId>> {
        let mut packages = Vec::new();
        for told in &self.carried.packages {
            self.draw_off(told)?;
            packages.push(self.gather(told)?);
        }
        // What was put together for one of them may be a part of another by now.
        for package in &mut packages {
            *package = select::whole(self.transaction, *package)?;
        }
        Ok(packages)
    }

    fn amend(&mut self, mut packages: Vec<PackageId>) -> Result<()> {
        let facts = &self.carried.facts;
        packages.dedup();
        let amend = |package| Order::Amend(package, facts.clone());
        packages.into_iter().try_for_each(|one| self.give(&amend(one)).map(drop))
    }

    fn merge(&mut self, mut packages: Vec<PackageId>) -> Result<()> {
        let into = self.first(&packages)?;
        packages.retain(|package| *package != into);
        if packages.is_empty() {
            return Ok(());
        }
        self.give(&Order::Merge(into, packages)).map(drop)
    }

    /// Rules that packages are not one; where they are, the later ones are split off.
    fn tell_apart(&mut self, mut packages: Vec<PackageId>) -> Result<()> {
        for place in 1..packages.len() {
            let whole = packages[place];
            if packages[..place].contains(&whole) {
                let mut claims = Vec::new();
                for claim in self.found(&self.carried.packages[place])? {
                    claims.extend(select::claim(self.transaction, claim)?.map(|stored| stored.id));
                }
                let ruled = self.give(&Order::Split(whole, claims))?;
                let changed = ruled.ruling.map(|ruling| ruling.packages()).unwrap_or_default();
                packages[place] = changed.into_iter().max().unwrap_or(whole);
            }
        }
        self.give(&Order::NotSame(packages.clone()))?;
        let counts = Fact::Standing(Standing::Accepted);
        for (package, fact) in packages.into_iter().zip(&self.carried.facts) {
            let waits = select::standing(self.transaction, package)? == Some(Standing::Pending);
            if *fact == counts && waits {
                self.give(&Order::Accept(vec![package]))?;
            }
        }
        Ok(())
    }

    /// Splits claims off what they stand with here that told other packages there: it was not ruled on.
    fn draw_off(&mut self, told: &[Pointer]) -> Result<()> {
        let mut apart = BTreeSet::new();
        for pointer in &self.carried.apart {
            apart.extend(select::pointed_at(self.transaction, pointer)?);
        }
        let mut homes: BTreeMap<PackageId, Vec<String>> = BTreeMap::new();
        for claim in self.found(told)? {
            let home = select::home_now(self.transaction, claim)?;
            if let (Some(home), Some(stored)) = (home, select::claim(self.transaction, claim)?) {
                homes.entry(home).or_default().push(stored.id);
            }
        }
        for (home, claims) in homes {
            let here = select::claims_at(self.transaction, home)?;
            let whole = select::whole(self.transaction, home)?;
            if self.is_open(whole)? && here.iter().any(|claim| apart.contains(claim)) {
                self.give(&Order::Split(whole, claims))?;
            }
        }
        Ok(())
    }

    fn is_open(&self, package: PackageId) -> Result<bool> {
        let standing = select::standing(self.transaction, package)?;
        Ok(matches!(standing, Some(Standing::Accepted | Standing::Pending)))
    }

    /// The package that claims tell, which are put together where they tell several.
    fn gather(&mut self, told: &[Pointer]) -> Result<PackageId> {
        let mut packages = BTreeSet::new();
        for claim in self.found(told)? {
            packages.extend(select::package_of_claim(self.transaction, claim)?);
        }
        let mut packages: Vec<PackageId> = packages.into_iter().collect();
        // What was put out here stays out where others tell it too.
        let mut open = Vec::new();
        for package in &packages {
            open.extend(self.is_open(*package)?.then_some(*package));
        }
        if !open.is_empty() {
            packages = open;
        }
        let into = self.first(&packages)?;
        if packages.len() > 1 {
            self.give(&Order::Merge(into, packages[1..].to_vec()))?;
        }
        Ok(into)
    }

    /// The packages in which claims have their homes, be they parts of another one; those that are parts of
    /// one of these go along with it.
    fn homes(&self, told: &[Pointer]) -> Result<Vec<PackageId>> {
        let mut homes = BTreeSet::new();
        for claim in self.found(told)? {
            homes.extend(select::home_now(self.transaction, claim)?);
        }
        let mut outermost = Vec::new();
        for home in &homes {
            let into = select::merged_into(self.transaction, *home)?;
            if into.is_none_or(|into| !homes.contains(&into)) {
                outermost.push(*home);
            }
        }
        Ok(outermost)
    }

    /// The claims of these that this ledger holds; none at all is refused.
    fn found(&self, told: &[Pointer]) -> Result<Vec<u64>> {
        let mut claims = Vec::new();
        for pointer in told {
            claims.extend(select::pointed_at(self.transaction, pointer)?);
        }
        if claims.is_empty() {
            let place = told.first().and_then(|pointer| pointer.place.as_deref());
            let found = format!("no claim of {}", place.unwrap_or("what was typed in"));
            return Err(self.refused(&found, "the articles that tell its packages"));
        }
        // What joined it there after the decision joins it here then.
        if claims.iter().any(|claim| !self.later.contains(claim)) {
            claims.retain(|claim| !self.later.contains(claim));
        }
        Ok(claims)
    }

    fn first(&self, packages: &[PackageId]) -> Result<PackageId> {
        let none = || self.refused("no package", "the packages that it is about");
        packages.first().copied().ok_or_else(none)
    }

    fn give(&mut self, order: &Order) -> Result<Ruled> {
        let Carried { by, reason, .. } = self.carried;
        let person = Person { by: by.clone(), reason: reason.clone() };
        let (exchange, recorded_at) = (self.exchange, self.recorded_at);
        let by = (&person, Some(&self.origin));
        let ruled = decide(self.transaction, order, by, exchange, recorded_at)?;
        self.has_ruled |= ruled.ruling.is_some();
        Ok(ruled)
    }

    fn refused(&self, found: &str, expected: &'static str) -> LedgerError {
        let Carried { decision, by, recorded_at, .. } = self.carried;
        LedgerError::Refused {
            place: format!("{decision} by {by}, {recorded_at}"),
            found: found.to_owned(),
            expected,
            hint: "add reads articles; what came already is not ruled twice when it comes again",
        }
    }
}

//! Packages as checks look at them: of what is in them no more is kept than what can be compared, so that those of a
//! large ledger are in memory at once.

use super::Result;
use crate::ledger::choose::thing;
use crate::ledger::store::select::{self, Parts};
use crate::model::{DateRange, Package, Standing};
use rusqlite::Connection;
use std::collections::HashMap;
use std::ops::Deref;

/// A package without its lines and sources.
pub(super) struct Seen {
    package: Package,
    /// What its lines are, each thing once: a number that stands for the same thing in all packages.
    pub(super) things: Vec<u32>,
    /// Whether it counts, and several articles tell it.
    pub(super) is_told_often: bool,
}

impl Deref for Seen {
    type Target = Package;

    fn deref(&self) -> &Package {
        &self.package
    }
}

/// All packages that are no part of another, by date.
pub(super) fn all(connection: &Connection) -> Result<Vec<Seen>> {
    let (mut all, mut numbers) = (Vec::new(), HashMap::new());
    select::each_package(connection, DateRange::default(), Parts::ALL, &mut |mut package| {
        let mut things: Vec<u32> =
            package.items.iter().map(|item| numbered(&mut numbers, thing(item))).collect();
        things.sort_unstable();
        things.dedup();
        let is_told_often = package.standing == Standing::Accepted && package.sources.len() > 1;
        (package.items, package.sources) = Default::default();
        all.push(Seen { package, things, is_told_often });
        true
    })?;
    Ok(all)
}

/// The number of a thing: the next one where it is new.
fn numbered(numbers: &mut HashMap<String, u32>, thing: String) -> u32 {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    *numbers.entry(thing).or_insert(next)
}

/// The packages themselves.
pub(super) fn plain(seen: &[Seen]) -> impl Iterator<Item = &Package> {
    seen.iter().map(|seen| &**seen)
}

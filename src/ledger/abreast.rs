//! One state of a ledger read by several connections at once, stretch by stretch of its packages.

use super::error::LedgerError;
use super::store::folio;
use super::store::select::{self, Parts};
use super::{Access, Ledger, filter};
use crate::model::{Filter, Folio, Package};

/// How many numbers a stretch holds: enough that asking for it costs little beside reading it, and few enough
/// that the stretches in hand are a small part of what the program needs in any case.
const NUMBERS: u64 = 256;

/// What a connection that reads stretch after stretch keeps of the file, in KiB where below zero: none of
/// it is read twice, and little stays near the processor.
const CACHE: i64 = -512;

/// Packages whose numbers follow each other.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    first: u64,
    last: u64,
}

impl Ledger {
    /// The stretches in which all packages lie, by number.
    pub fn stretches(&self) -> Result<Vec<Stretch>, LedgerError> {
        let last = self.looking(select::last_package)?;
        let firsts = (1..=last).step_by(usize::try_from(NUMBERS).unwrap_or(usize::MAX));
        Ok(firsts.map(|first| Stretch { first, last: first + NUMBERS - 1 }).collect())
    }

    /// The packages of a stretch that the filter selects, by number.
    pub fn packages_within(
        &self,
        stretch: Stretch,
        filter: &Filter,
        parts: Parts,
    ) -> Result<Vec<Package>, LedgerError> {
        let parts = parts.for_filter(filter);
        let Stretch { first, last } = stretch;
        let mut packages =
            self.looking(|connection| select::packages_within(connection, first, last, parts))?;
        packages.retain(|package| filter::selects(filter, package));
        Ok(packages)
    }

    /// Gives the folio of each package of a stretch that the filter selects to `visit`, by number.
    pub fn folios_within<E: From<LedgerError>>(
        &self,
        stretch: Stretch,
        filter: &Filter,
        parts: Parts,
        visit: &mut dyn FnMut(&Folio) -> Result<(), E>,
    ) -> Result<(), E> {
        let parts = parts.for_filter(filter);
        let takes_all = *filter == Filter::default();
        let mut failed = None;
        self.looking(|connection| {
            let ends = (stretch.first, stretch.last);
            select::folios_within(connection, ends, parts, &mut |folio| {
                let is_meant = takes_all || filter::selects(filter, &folio::package(folio)?);
                if is_meant && let Err(error) = visit(folio) {
                    failed = Some(error);
                }
                Ok(failed.is_none())
            })
        })?;
        failed.map_or(Ok(()), Err)
    }

    /// A further connection to the state that this ledger holds, for another thread; none where there
    /// is none to be had: the ledger stands in memory, or another process wrote to it meanwhile.
    pub fn another(&self) -> Option<Self> {
        self.connection.path().filter(|path| !path.is_empty())?;
        let other = Self::open(&self.path, Access::Read).ok()?;
        other.connection.pragma_update(None, "cache_size", CACHE).ok()?;
        other.connection.execute_batch("BEGIN").ok()?;
        // All that is read comes from the journal, of which the head says all.
        (other.head().ok()? == self.head().ok()?).then_some(other)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{on_disk, tell};
    use super::*;

    fn all(ledger: &Ledger) -> Vec<Package> {
        let within = |stretch| ledger.packages_within(stretch, &Filter::default(), Parts::ALL);
        ledger
            .stretches()
            .unwrap()
            .into_iter()
            .flat_map(|stretch| within(stretch).unwrap())
            .collect()
    }

    #[test]
    fn a_further_connection_reads_the_same_state_or_none() {
        let (_folder, path, mut writer) = on_disk();
        tell(&mut writer, "A: $400", "2022-11-11", |_| {});
        let ledger = Ledger::open(&path, Access::Read).unwrap();
        let _state = ledger.hold().unwrap();
        let early = ledger.another().unwrap();
        tell(&mut writer, "B: $900", "2023-11-11", |claim| claim.donors = vec!["DE".to_owned()]);
        assert!(ledger.another().is_none(), "another state");
        assert_eq!(all(&early), ledger.packages(&Filter::default()).unwrap());
        assert_eq!(all(&early).len(), 1);
        assert_eq!(all(&writer).len(), 2);
        assert!(writer.rehearsal().unwrap().another().is_none(), "in memory");
    }
}

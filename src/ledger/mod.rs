//! The ledger: a journal that is only added to, and the tables that are computed from it. Knows
//! claims and packages, not how they were read from text. The only place with SQL.

mod error;
mod hash;
mod settings;
mod version;
mod connection;
mod journal;
mod body;
mod carry;
mod choose;
mod lines;
mod reach;
mod agreement;
mod matching;
mod steps;
mod guard;
mod store;
mod sums;
mod traces;
mod digits;
mod overlay;
mod projection;
mod placing;
mod record;
mod ruling;
mod watching;
mod wording;
mod print;
mod things;
mod apart;
mod filter;
mod history;
mod look;
mod abreast;
mod past;
mod verify;
mod check;
#[cfg(test)]
mod tests;

pub use abreast::Stretch;
pub use agreement::Reached;
pub use error::LedgerError;
pub use filter::selects;
pub use hash::{Digest, sha256};
pub use history::Step;
pub use journal::{Entry, Receipt};
pub use look::{Library, PackageDetail, StoredTotal, Telling, Waiting};
pub use record::{Manual, Placed, Policy, Recorded};
pub use ruling::{Arrived, Order, Person, Ruled};
pub use store::select::{Order as ReadingOrder, Parts};
pub use verify::Verification;
pub use version::VERSION;

use crate::model::{
    Article, Carried, Check, CivilDate, Claim, Exchange, Extraction, Finding, NoRates, Placement,
    ReferenceTable,
};
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::select;

/// How long an opened ledger waits for another process by default.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many pages a copy of a ledger takes in one step.
const PAGES_AT_ONCE: i32 = 1024;

/// What a ledger is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Only looking: the file must be there, keeps its bytes, and may be read-only.
    Read,
    /// Recording into a ledger that must be there.
    Write,
    /// Recording into a ledger that is made where it is missing.
    Create,
}

/// One state of a ledger, which lasts as long as this does.
#[derive(Debug)]
pub struct Hold<'a> {
    _transaction: rusqlite::Transaction<'a>,
}

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    path: PathBuf,
    exchange: Arc<dyn Exchange>,
}

impl Ledger {
    /// Opens the ledger at `path`; waits a few seconds where another process holds it.
    pub fn open(path: &Path, access: Access) -> Result<Self, LedgerError> {
        Self::open_patiently(path, access, PATIENCE)
    }

    /// Opens the ledger at `path`; each later wait for another process also lasts up to `patience`.
    pub fn open_patiently(
        path: &Path,
        access: Access,
        patience: Duration,
    ) -> Result<Self, LedgerError> {
        let connection = connection::open(path, access, patience).map_err(|e| e.at(path))?;
        Ok(Self { connection, path: path.to_owned(), exchange: Arc::new(NoRates) })
    }

    /// The same ledger, which knows sums in different currencies for one by these rates. They are asked
    /// only where a claim is placed: what was placed stands in the journal.
    #[must_use]
    pub fn exchanging(self, exchange: Arc<dyn Exchange>) -> Self {
        Self { exchange, ..self }
    }

    /// An empty ledger in memory, gone when it is dropped.
    pub fn in_memory() -> Result<Self, LedgerError> {
        let (connection, path) = (connection::in_memory()?, PathBuf::from(":memory:"));
        Ok(Self { connection, path, exchange: Arc::new(NoRates) })
    }

    /// A copy of this ledger, in which to try what would happen; this one stays as it is, and the copy is gone
    /// when it is dropped.
    pub fn rehearsal(&self) -> Result<Self, LedgerError> {
        let mut copy = connection::aside(&self.connection)?;
        let copied = Backup::new(&self.connection, &mut copy)
            .and_then(|backup| backup.run_to_completion(PAGES_AT_ONCE, Duration::ZERO, None));
        self.named(copied.map_err(LedgerError::from))?;
        let exchange = Arc::clone(&self.exchange);
        Ok(Self { connection: copy, path: self.path.clone(), exchange })
    }

    /// This ledger as it stood at the end of a day (UTC), as a copy.
    pub fn as_of(&self, day: CivilDate) -> Result<Self, LedgerError> {
        let copy = self.rehearsal()?;
        self.named(past::forget_after(&copy.connection, day))?;
        Ok(copy)
    }

    /// Where the ledger is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the article with these bytes was recorded before.
    pub fn holds(&self, sha256: &str) -> Result<bool, LedgerError> {
        self.named(select::article_number(&self.connection, sha256).map(|found| found.is_some()))
    }

    /// Records an article with what was read from it: one transaction, all of it or nothing. Bytes
    /// that were recorded before change nothing. `recorded_at` is as `2022-11-10T18:00:00Z`.
    pub fn record(
        &mut self,
        raw: &[u8],
        article: &Article,
        extraction: &Extraction,
        policy: Policy,
        recorded_at: &str,
    ) -> Result<Recorded, LedgerError> {
        let reading =
            record::Reading { raw, article, extraction, policy, exchange: &*self.exchange };
        let result = record::record(&mut self.connection, &reading, recorded_at);
        self.named(result)
    }

    /// Says what [`Ledger::record`] would do, and writes nothing.
    pub fn preview(
        &self,
        raw: &[u8],
        article: &Article,
        extraction: &Extraction,
        policy: Policy,
    ) -> Result<Recorded, LedgerError> {
        let reading =
            record::Reading { raw, article, extraction, policy, exchange: &*self.exchange };
        let mut copy = self.rehearsal()?;
        self.named(record::preview(&mut copy.connection, &reading))
    }

    /// Says where a claim of an article would belong beside what the ledger holds, if nothing else of
    /// the article were known; writes nothing.
    pub fn placement(&self, article: &Article, claim: &Claim) -> Result<Placement, LedgerError> {
        let result = placing::alone(&self.connection, article, claim, &*self.exchange);
        self.named(result)
    }

    /// Records a package that a person typed in. It is placed as an article's claim is, but leads
    /// those, and is enough by itself for a package that counts.
    pub fn enter(&mut self, manual: &Manual, recorded_at: &str) -> Result<Recorded, LedgerError> {
        let exchange = &*self.exchange;
        let result = record::enter(&mut self.connection, manual, exchange, recorded_at);
        self.named(result)
    }

    /// Records a table of rates or price levels; a table with these bytes that was recorded before
    /// changes nothing and gives no receipt.
    pub fn import_table(
        &mut self,
        table: &ReferenceTable,
        recorded_at: &str,
    ) -> Result<Option<Receipt>, LedgerError> {
        let result = record::import_table(&mut self.connection, table, recorded_at);
        self.named(result)
    }

    /// The tables of rates and price levels that were recorded, oldest first.
    pub fn tables(&self) -> Result<Vec<ReferenceTable>, LedgerError> {
        self.looking(store::tables)
    }

    /// Does what a person orders: one transaction, all of it or nothing. What is so already is left
    /// as it is.
    pub fn rule(
        &mut self,
        order: &Order,
        person: &Person,
        recorded_at: &str,
    ) -> Result<Ruled, LedgerError> {
        let result =
            ruling::rule(&mut self.connection, order, person, &*self.exchange, recorded_at);
        self.named(result)
    }

    /// The decisions of persons that stand, oldest first, as another ledger of the same articles can
    /// take them.
    pub fn carried(&self) -> Result<Vec<Carried>, LedgerError> {
        self.looking(|connection| carry::carried(connection, &*self.exchange))
    }

    /// Does what persons decided in another ledger, in one transaction: each decision whole or not at all. What
    /// came before is left as it is.
    pub fn arrive(
        &mut self,
        all: &[Carried],
        recorded_at: &str,
    ) -> Result<Vec<Result<Arrived, LedgerError>>, LedgerError> {
        let result = ruling::arrive(&mut self.connection, all, &*self.exchange, recorded_at);
        self.named(result)
    }

    /// Number and hash of the last entry: whoever keeps them can tell later whether the history up
    /// to there is still the same. An empty ledger has entry 0.
    pub fn head(&self) -> Result<Receipt, LedgerError> {
        self.looking(|connection| {
            let (seq, hash) = select::head(connection)?;
            Ok(Receipt { seq, hash })
        })
    }

    /// Checks all that the ledger promises of itself; changes nothing.
    pub fn verify(&self) -> Result<Verification, LedgerError> {
        self.looking(verify::verify)
    }

    /// Makes named checks of what the ledger holds, in this order; changes nothing.
    pub fn check(&self, checks: &[Check]) -> Result<Vec<Finding>, LedgerError> {
        self.looking(|connection| check::check(connection, checks, &*self.exchange))
    }

    /// Computes all tables anew from the journal and the raw articles, in one transaction, then
    /// checks them. Where the journal itself is damaged the tables are left as they are.
    pub fn rebuild(&mut self) -> Result<Verification, LedgerError> {
        let result = verify::rebuild(&mut self.connection);
        self.named(result)?;
        self.verify()
    }

    /// Holds the state of the ledger as it is now: until the hold is dropped, all that is asked is
    /// answered from it, whatever other processes write meanwhile.
    pub fn hold(&self) -> Result<Hold<'_>, LedgerError> {
        let held = self.connection.unchecked_transaction().map_err(LedgerError::from).and_then(
            |transaction| {
                // A transaction begins with what is first read.
                select::head(&transaction)?;
                Ok(Hold { _transaction: transaction })
            },
        );
        self.named(held)
    }

    /// Runs several queries on one state of the ledger, whatever other processes write meanwhile.
    fn looking<T>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        if !self.connection.is_autocommit() {
            return self.named(look(&self.connection));
        }
        let result = self.connection.unchecked_transaction().map_err(LedgerError::from).and_then(
            |transaction| {
                let found = look(&transaction)?;
                transaction.rollback()?;
                Ok(found)
            },
        );
        self.named(result)
    }

    fn named<T>(&self, result: Result<T, LedgerError>) -> Result<T, LedgerError> {
        result.map_err(|error| error.at(&self.path))
    }
}

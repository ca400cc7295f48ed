//! Which feeds are watched, and what was read of them: entries of the journal like all others, so
//! that the ledger as it stood on a day knows what it had read by then.

use super::body::{self, FEED};
use super::error::LedgerError;
use super::journal::Receipt;
use super::store::select;
use super::{Ledger, record, ruling, store};
use crate::model::{Feed, Validators, Watching};
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

impl Ledger {
    /// Records what becomes of a feed. What is so already changes nothing and gives no receipt; a
    /// feed that is not watched can be neither removed nor polled.
    pub fn watch(&mut self, watching: &Watching, recorded_at: &str) -> Result<Option<Receipt>> {
        let result = watch(&mut self.connection, watching, recorded_at);
        self.named(result)
    }

    /// The feeds that are watched, by address.
    pub fn feeds(&self) -> Result<Vec<Feed>> {
        self.looking(store::feeds)
    }

    /// The entries of a feed that were read, each by the SHA-256 of all that the feed said of it.
    pub fn entries_read(&self, address: &str) -> Result<BTreeSet<String>> {
        self.looking(|connection| store::entries_read(connection, address))
    }

    /// What a server said of the version of the article that was read last from this address.
    pub fn validators(&self, address: &str) -> Result<Validators> {
        self.looking(|connection| {
            Ok(select::last_version(connection, address)?
                .map(|(_, known)| known)
                .unwrap_or_default())
        })
    }

    /// The hashes of the bytes of all articles that are recorded.
    pub fn known(&self) -> Result<BTreeSet<String>> {
        self.looking(select::known)
    }
}

fn watch(
    connection: &mut Connection,
    watching: &Watching,
    recorded_at: &str,
) -> Result<Option<Receipt>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let feed = store::feed(&transaction, watching.address())?;
    let unknown = || LedgerError::NoFeed { address: watching.address().to_owned() };
    match watching {
        Watching::Add { by, .. } => {
            ruling::check_name(by)?;
            if feed.is_some() {
                return Ok(None);
            }
        }
        Watching::Remove { by, .. } => {
            ruling::check_name(by)?;
            feed.ok_or_else(unknown)?;
        }
        Watching::Poll { address, validators, read } => {
            let feed = feed.ok_or_else(unknown)?;
            let known = store::entries_read(&transaction, address)?;
            if feed.validators == *validators && read.iter().all(|sha256| known.contains(sha256)) {
                return Ok(None);
            }
        }
    }
    let entry = record::append(&transaction, recorded_at, FEED, body::write(watching))?;
    transaction.commit()?;
    Ok(Some(entry.receipt()))
}

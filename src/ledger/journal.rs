//! The journal: numbered entries, each bound to the one before by its hash. Knows what an entry is,
//! not what its body says.

use super::error::LedgerError;
use super::hash::{Hasher, hex, unhex};
use super::store;
use rusqlite::Connection;

/// One row of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number: 1, 2, 3 ...
    pub seq: u64,
    /// When it was recorded, as `2022-11-10T18:00:00Z`.
    pub recorded_at: String,
    /// What its body is: `article`, `decision`, `table` or `feed`.
    pub kind: String,
    /// What it says, as JSON.
    pub body: String,
    /// The hash of the entry before; of the first one, the ledger's genesis.
    pub prev: String,
    /// SHA-256 over all of the above.
    pub hash: String,
}

/// Proof that something was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The number of the last entry that was written.
    pub seq: u64,
    /// Its hash, which commits to the whole journal before it.
    pub hash: String,
}

impl Entry {
    /// The hash that this entry must have.
    pub(super) fn computed_hash(&self) -> String {
        Hasher::new("aidledger entry v1")
            .fixed(&self.seq.to_be_bytes())
            .fixed(&unhex(&self.prev).unwrap_or_default())
            .part(self.recorded_at.as_bytes())
            .part(self.kind.as_bytes())
            .part(self.body.as_bytes())
            .finish()
    }

    /// The receipt for this entry.
    pub(super) fn receipt(&self) -> Receipt {
        Receipt { seq: self.seq, hash: self.hash.clone() }
    }
}

/// What the first entry's `prev` must be in the ledger of this id.
pub(super) fn genesis(id: &str) -> String {
    Hasher::new("aidledger ledger v1").fixed(&unhex(id).unwrap_or_default()).finish()
}

/// A fresh id for a ledger: 32 random bytes in hexadecimal digits.
pub(super) fn random_id() -> Result<String, LedgerError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(LedgerError::Random)?;
    Ok(hex(&bytes))
}

/// Appends an entry within the caller's transaction, reads it back and hashes what was read.
pub(super) fn append(
    connection: &Connection,
    recorded_at: &str,
    kind: &str,
    body: String,
) -> Result<Entry, LedgerError> {
    let (last, prev) = store::select::head(connection)?;
    let mut entry = Entry {
        seq: last + 1,
        recorded_at: recorded_at.to_owned(),
        kind: kind.to_owned(),
        body,
        prev,
        hash: String::new(),
    };
    entry.hash = entry.computed_hash();
    store::insert::entry(connection, &entry)?;
    let stored = store::select::entry(connection, entry.seq)?;
    if stored.as_ref().is_none_or(|stored| stored.computed_hash() != entry.hash) {
        let problem = "it was not stored as it was written".to_owned();
        return Err(LedgerError::Entry { seq: entry.seq, problem });
    }
    Ok(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_an_entry_never_changes_between_versions() {
        let entry = Entry {
            seq: 1,
            recorded_at: "2022-11-10T18:00:00Z".to_owned(),
            kind: "decision".to_owned(),
            body: "{}".to_owned(),
            prev: genesis(&"ab".repeat(32)),
            hash: String::new(),
        };
        assert_eq!(entry.prev, "b88dbd97ae1f8b9a3786e6202f9ae01f1ca9dcccd70c1e65e7f0956a16328ed6");
        assert_eq!(
            entry.computed_hash(),
            "b47b7029b1e3f77986a324fae8709fff3352111cfa8ad6b209885425af6d5724"
        );
    }

    #[test]
    fn moving_a_letter_from_kind_to_body_changes_the_hash() {
        let entry = |kind: &str, body: &str| Entry {
            seq: 1,
            recorded_at: String::new(),
            kind: kind.to_owned(),
            body: body.to_owned(),
            prev: "00".repeat(32),
            hash: String::new(),
        };
        assert_ne!(entry("ab", "c").computed_hash(), entry("a", "bc").computed_hash());
    }
}

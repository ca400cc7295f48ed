//! What can go wrong with a ledger, told by the place, what was found and what was expected.

use rusqlite::ErrorCode;
use std::path::Path;

/// Why a ledger could not be opened, read or added to. In every case it is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// There is no file of that name.
    #[error("{path}: no such ledger")]
    Missing {
        /// The ledger's path.
        path: String,
    },
    /// The file is no ledger of this program.
    #[error("{path}: found {found}, expected a ledger of aidledger")]
    NotALedger {
        /// The ledger's path.
        path: String,
        /// What it is instead.
        found: String,
    },
    /// The ledger was made by a newer program.
    #[error("{path}: found a ledger of version {found}, expected version {known} or lower")]
    Newer {
        /// The ledger's path.
        path: String,
        /// Its version.
        found: i64,
        /// The highest version that this program knows.
        known: i64,
    },
    /// The ledger is of an older version and was opened only for reading.
    #[error("{path}: found a ledger of version {found}, expected version {known}")]
    Older {
        /// The ledger's path.
        path: String,
        /// Its version.
        found: i64,
        /// The version that this program reads.
        known: i64,
    },
    /// The file or its folder may not be written.
    #[error("{path}: the ledger or its folder is read-only, expected to write there")]
    ReadOnly {
        /// The ledger's path.
        path: String,
    },
    /// Another process holds the ledger.
    #[error("{path}: the ledger is locked by another process")]
    Locked {
        /// The ledger's path.
        path: String,
    },
    /// No room is left for the ledger.
    #[error("{path}: the disk is full, nothing was recorded")]
    Full {
        /// The ledger's path.
        path: String,
    },
    /// The file is a database whose pages are damaged.
    #[error("{path}: the file is damaged: {found}")]
    Damaged {
        /// The ledger's path.
        path: String,
        /// What the database says of it.
        found: String,
    },
    /// A setting of the connection could not be made.
    #[error("{path}: {name} is \"{found}\", expected \"{expected}\"")]
    Setting {
        /// The ledger's path.
        path: String,
        /// The setting's name.
        name: String,
        /// Its value.
        found: String,
        /// The value that it must have.
        expected: String,
    },
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file's path.
        path: String,
        /// What it said.
        source: std::io::Error,
    },
    /// The database refused.
    #[error("{path}: {source}")]
    Sqlite {
        /// The ledger's path.
        path: String,
        /// What it said.
        source: rusqlite::Error,
    },
    /// A feed that is not watched.
    #[error("{address}: no such feed, expected one that is watched")]
    NoFeed {
        /// Its address.
        address: String,
    },
    /// The bytes of an article are not those that it was read from.
    #[error("{place}: its bytes have SHA-256 {found}, expected {expected}")]
    Content {
        /// The article's path or address.
        place: String,
        /// The hash of the bytes.
        found: String,
        /// The hash that the article bears.
        expected: String,
    },
    /// A quote is not what stands in the text.
    #[error(
        "{place}: {what} quotes \"{quote}\", expected the text at bytes {start} to {end}: \"{found}\""
    )]
    Quote {
        /// The article's path or address.
        place: String,
        /// Whose quote it is, such as `claim 1, field amount`.
        what: String,
        /// The quote.
        quote: String,
        /// The first byte.
        start: usize,
        /// One past the last byte.
        end: usize,
        /// What stands there.
        found: String,
    },
    /// A figure comes without the words that prove it.
    #[error("{place}: {what} has no evidence, expected the words that state it")]
    NoEvidence {
        /// The article's path or address.
        place: String,
        /// Which figure, such as `claim 1, field amount`.
        what: String,
    },
    /// A value of a claim is none that the ledger takes.
    #[error("{place}: {what} is \"{found}\", expected {expected}")]
    Value {
        /// The article's path or address.
        place: String,
        /// Which value, such as `claim 1, donor`.
        what: String,
        /// The value.
        found: String,
        /// What the ledger takes.
        expected: &'static str,
    },
    /// The same package was entered by hand before.
    #[error("the same package with the same quote was entered before as {package}")]
    AlreadyEntered {
        /// That package.
        package: crate::model::PackageId,
    },
    /// The ledger has no package of this number.
    #[error("{package}: the ledger holds no such package")]
    NoPackage {
        /// The number.
        package: crate::model::PackageId,
    },
    /// A decision does not fit what is known of a package.
    #[error("{place}: found {found}, expected {expected}")]
    Refused {
        /// The package.
        place: String,
        /// What was found.
        found: String,
        /// What the decision needs.
        expected: &'static str,
        /// What the user can do about it.
        hint: &'static str,
    },
    /// There is no decision to take back or to bring back.
    #[error("nothing to {verdict}: expected a decision of a person that {}", stands(*verdict))]
    Nothing {
        /// Undo or redo.
        verdict: crate::model::Verdict,
    },
    /// An entry of the journal cannot be read or does not fit those before it.
    #[error("entry {seq}: {problem}")]
    Entry {
        /// Its number.
        seq: u64,
        /// What is wrong with it.
        problem: String,
    },
    /// The system gave no random bytes.
    #[error("no random bytes for the ledger's identity: {0}")]
    Random(getrandom::Error),
}

impl LedgerError {
    /// What the user can do about it, where there is something.
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing { .. } => {
                Some("add, enter or feed add makes a ledger; --ledger names another")
            }
            Self::NotALedger { .. } => Some("--ledger names another file"),
            Self::Newer { .. } => Some("a newer aidledger reads it"),
            Self::Older { .. } => Some("a command that writes, such as add, brings it up to date"),
            Self::Locked { .. } => Some("try again when the other process has ended"),
            Self::Damaged { .. } => Some("verify says what is left"),
            Self::NoPackage { .. } => {
                Some("aidledger list --standing all --aid all names those that it holds")
            }
            Self::AlreadyEntered { .. } => {
                Some("restore brings it back where it was undone or voided")
            }
            Self::Refused { hint, .. } => Some(hint),
            Self::Nothing { verdict: crate::model::Verdict::Redo } => {
                Some("log tells what was decided and undone")
            }
            Self::Nothing { .. } => {
                Some("redo brings back what was undone; history and log tell what was decided")
            }
            _ => None,
        }
    }

    /// Whether only the decision that was to come here is at fault, so that others can go on.
    pub const fn is_of_decision(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::NoPackage { .. } | Self::Nothing { .. })
            || self.is_of_article()
    }

    /// Whether the fault is in the article that was to be recorded, so that others can go on.
    pub const fn is_of_article(&self) -> bool {
        matches!(
            self,
            Self::Content { .. }
                | Self::Quote { .. }
                | Self::NoEvidence { .. }
                | Self::Value { .. }
        )
    }

    /// Names the ledger in an error that the database gave, and says it in this program's words.
    pub(super) fn at(self, path: &Path) -> Self {
        let Self::Sqlite { source, .. } = self else { return self };
        let path = path.display().to_string();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::NotADatabase) => {
                Self::NotALedger { path, found: "a file of another kind".to_owned() }
            }
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, found: source.to_string() },
            _ => Self::Sqlite { path, source },
        }
    }
}

const fn stands(verdict: crate::model::Verdict) -> &'static str {
    match verdict {
        crate::model::Verdict::Redo => "was undone, and none after it",
        _ => "stands",
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(source: rusqlite::Error) -> Self {
        Self::Sqlite { path: String::new(), source }
    }
}

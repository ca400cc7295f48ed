//! Feeds that a ledger watches, and what is remembered of what was fetched.

use serde::{Deserialize, Serialize};

/// What a server says of the version of a document, by which it tells later whether it changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The version's name, as the server gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When it was changed last, as the server wrote it; only ever given back to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

impl Validators {
    /// Whether the server said nothing.
    pub const fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// What becomes of a feed, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "feed", rename_all = "kebab-case")]
pub enum Watching {
    /// A person wants it watched.
    Add {
        /// Its web address, or its path as the user named it.
        address: String,
        /// What it calls itself.
        title: Option<String>,
        /// Who wants it.
        by: String,
    },
    /// A person wants it watched no more.
    Remove {
        /// Its address.
        address: String,
        /// Who wants it.
        by: String,
    },
    /// It was asked, and held something that was not read before.
    Poll {
        /// Its address.
        address: String,
        /// What to ask with next time; nothing where some of its entries could not be read, so that
        /// they are asked for again.
        #[serde(flatten)]
        validators: Validators,
        /// The entries that were read, each by the SHA-256 of all that the feed says of it.
        read: Vec<String>,
    },
}

impl Watching {
    /// The address of the feed.
    pub fn address(&self) -> &str {
        match self {
            Self::Add { address, .. }
            | Self::Remove { address, .. }
            | Self::Poll { address, .. } => address,
        }
    }
}

/// A feed that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its web address, or its path.
    pub address: String,
    /// What it calls itself.
    pub title: Option<String>,
    /// Who added it.
    pub by: String,
    /// When it was added, as `2022-11-10T18:00:00Z`.
    pub since: String,
    /// When it last brought something that was new.
    pub polled: Option<String>,
    /// How many of its entries were read.
    pub read: u64,
    /// What to ask with next time.
    pub validators: Validators,
}

//! Why a document did not come, or is no feed.

/// Why a document did not come from the web.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebError {
    /// An address that is not asked.
    #[error("expected an address such as https://example.org/news, {what}")]
    Address {
        /// What is wrong with it.
        what: String,
    },
    /// The server answered, but not with the document.
    #[error("the server answers {status}: expected the document")]
    Status {
        /// The number of the answer, with its words where it has some.
        status: String,
    },
    /// A document of a kind that is not read.
    #[error("the server sends \"{found}\": expected {expected}")]
    Kind {
        /// The media type that the server states.
        found: String,
        /// Which kinds are read.
        expected: &'static str,
    },
    /// More bytes than are read; none of them is kept.
    #[error("more than {} MiB: expected one document", limit / 1024 / 1024)]
    TooLarge {
        /// The most that is read.
        limit: u64,
    },
    /// The server sends from one address to the next.
    #[error("sent on more than {limit} times: expected the document")]
    SentOn {
        /// How often an address may lead to another.
        limit: u32,
    },
    /// A name of the public web leads to a machine nearby.
    #[error("{0}, in this machine or its network: expected an address of the public web")]
    Near(String),
    /// Too slow.
    #[error("no whole answer in {seconds} seconds")]
    Slow {
        /// The limit.
        seconds: u64,
    },
    /// No connection, or one that broke.
    #[error("no answer: {0}")]
    NoAnswer(String),
}

/// Why a document is no feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadFeed {
    /// Its markup is broken, or it is something else.
    #[error("expected an RSS, Atom or JSON feed: {0}")]
    Unreadable(String),
    /// More entries than are read.
    #[error("{found} entries: expected at most {limit}")]
    TooMany {
        /// How many there are.
        found: usize,
        /// The most that is read.
        limit: usize,
    },
}

//! Why a document cannot be read.

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing but blanks.
    #[error("document is empty: expected text")]
    Empty,
    /// Bytes that no text has.
    #[error("byte {at} is 0x{byte:02x}: expected text or a web page, not binary data")]
    Binary {
        /// The byte's position.
        at: usize,
        /// The byte.
        byte: u8,
    },
    /// A format that the program does not read, told by the document's first bytes.
    #[error("document begins with \"{signature}\": expected text or a web page")]
    UnknownFormat {
        /// The first bytes.
        signature: String,
    },
    /// More bytes than are read.
    #[error("document has {bytes} bytes: expected at most {limit}")]
    TooLarge {
        /// The document's bytes.
        bytes: usize,
        /// The most that is read.
        limit: usize,
    },
    /// More lines than are read.
    #[error("document has {lines} lines: expected at most {limit}")]
    TooManyLines {
        /// The document's line ends.
        lines: usize,
        /// The most that is read.
        limit: usize,
    },
    /// Elements nested too deep.
    #[error("page nests its elements {depth} deep at byte {at}: expected at most {limit}")]
    TooDeep {
        /// The byte's position in the decoded page.
        at: usize,
        /// The depth there.
        depth: usize,
        /// The most that is read.
        limit: usize,
    },
    /// A page in which no text was found.
    #[error("page holds no text: expected an article")]
    NoText,
}

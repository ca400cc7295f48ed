//! One document that was read.

use super::{CivilDate, Span, Validators, closed_set};
use serde::{Deserialize, Serialize};

closed_set! {
    /// The kinds of document that the program reads.
    DocumentFormat {
        /// Plain text, with or without header lines.
        Text = "text",
        /// A web page.
        Html = "html",
    }
}

closed_set! {
    /// Who publishes a document.
    PublisherKind {
        /// Those who give or receive speak themselves.
        Official = "official",
        /// A news agency.
        Agency = "agency",
    }
}

/// Where a document came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The path or the web address as the user or a feed named it, `-` for standard input.
    pub path: Option<String>,
    /// The web address that the document itself or the user states.
    pub url: Option<String>,
    /// Who publishes under this address, where the lexicon knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<PublisherKind>,
    /// What the server said of this version, where the document was fetched.
    #[serde(flatten, skip_serializing_if = "Validators::is_empty")]
    pub validators: Validators,
}

/// A document as text, with what it says of itself. Every span in a claim points into `text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Where it came from.
    pub source: Source,
    /// What kind of document it was.
    pub format: DocumentFormat,
    /// SHA-256 of the document's bytes as read, in 64 hexadecimal digits: the article's identity.
    pub sha256: String,
    /// Its headline.
    pub title: Option<String>,
    /// Where the headline stands in `text`, where it does.
    pub title_span: Option<Span>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day of publication: relative days count from it.
    pub published: Option<CivilDate>,
    /// The language, as a two-letter code.
    pub language: Option<String>,
    /// The whole text: for a plain-text document in UTF-8, exactly its bytes.
    pub text: String,
    /// The part of `text` that is the article itself, after header lines.
    pub body: Span,
}

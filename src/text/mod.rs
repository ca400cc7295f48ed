//! Documents become articles, and articles become sentences, bullets, headings and rows.
//! Knows no actor, no system and no amount; every word that it looks for stands in `lexicon/lang`.

mod cues;
mod date;
mod dateline;
mod depth;
mod encoding;
mod error;
mod header;
mod html;
mod json_ld;
mod language;
mod page;
mod plain;
mod published;
mod render;
mod segment;
mod words;

pub use date::{find_dates, parse_date};
pub use error::ReadError;
pub use segment::{Segment, SegmentKind, Sentences, segment};

use crate::model::{Article, DocumentFormat};
use sha2::{Digest, Sha256};

/// The longest document that is read, in bytes; a longer one is refused, never cut.
pub const SIZE_LIMIT: usize = 64 * 1024 * 1024;

/// The most lines that are read; each may become a sentence.
pub const LINE_LIMIT: usize = 2_000_000;

/// What is known of a document beside its bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hint<'a> {
    /// The path as the user named it, `-` for standard input.
    pub path: Option<&'a str>,
    /// The web address that it came from.
    pub url: Option<&'a str>,
    /// The format, where the user or the server stated it; else it is told from the content.
    pub format: Option<DocumentFormat>,
    /// The encoding, where the server stated one.
    pub charset: Option<&'a str>,
}

/// Reads a document: format, encoding, main text, title, publisher, date and language.
///
/// For plain text in UTF-8 the article's text is exactly the document's bytes.
///
/// # Errors
/// Where the document is empty, binary, too large, or a page without text.
pub fn read(bytes: &[u8], hint: &Hint) -> Result<Article, ReadError> {
    if bytes.len() > SIZE_LIMIT {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: SIZE_LIMIT });
    }
    let decoded = encoding::decode(bytes, hint.charset)?;
    let lines = decoded.bytes().filter(|byte| *byte == b'\n').count();
    if lines > LINE_LIMIT {
        return Err(ReadError::TooManyLines { lines, limit: LINE_LIMIT });
    }
    let format = hint.format.unwrap_or_else(|| {
        let page = html::is_html(&decoded) || html::is_saved_page(hint.path, &decoded);
        if page { DocumentFormat::Html } else { DocumentFormat::Text }
    });
    let mut article = match format {
        DocumentFormat::Html => html::read(&decoded, hint)?,
        DocumentFormat::Text => plain::read(decoded, hint),
    };
    article.sha256 = hex(&Sha256::digest(bytes));
    Ok(article)
}

/// The text of a file that is not an article, such as a table: its encoding is told as a document's is.
///
/// # Errors
/// Where it is empty or binary.
pub fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    encoding::decode(bytes, None)
}

fn hex(digest: &[u8]) -> String {
    use std::fmt::Write as _;
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The last character boundary at or before byte `at`.
fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod html_tests;

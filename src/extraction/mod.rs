//! From mentions to claims: each sum of money and each list of materiel is read as one telling of a
//! package, a total, or something else; tellings of one package are put together.

mod arms;
mod chronicle;
pub mod document;
mod counts;
mod currency;
mod entries;
pub mod parties;
pub mod sums;
mod ahead;
mod dating;
pub mod days;
mod spoken;
pub mod status;
pub mod tellings;
pub mod grouping;
mod routes;
mod rolls;
mod recalls;
mod orders;
mod topic;
mod years;
pub mod stated;
pub mod claims;
pub mod learned;

use crate::lexicon::Lexicon;
use crate::mentions::{self, Sentence};
use crate::model::{Article, Extraction};
use crate::text;
use document::Document;

/// Reads an article's claims: segments, mentions and extraction in one call. Never fails: what was
/// not understood is a gap.
pub fn read_claims(lexicon: &Lexicon, article: &Article) -> Extraction {
    let segments = text::segment(article);
    let sentences = mentions::find(lexicon, article, &segments);
    extract(lexicon, article, &sentences)
}

/// Puts an article's mentions together into claims, control totals and gaps.
pub fn extract(lexicon: &Lexicon, article: &Article, sentences: &[Sentence]) -> Extraction {
    let document = Document::new(lexicon, article, sentences);
    let (sums, grouped) = grouped(&document);
    claims::write(&document, &sums, &grouped)
}

/// The sums of a document in their roles, and its tellings put together.
fn grouped(document: &Document<'_>) -> (Vec<sums::Sum>, grouping::Grouped) {
    let (sums, grouped) = sifted(document);
    (sums, learned::status::weigh(document, grouped))
}

/// The same with each status as the rules find it.
fn sifted(document: &Document<'_>) -> (Vec<sums::Sum>, grouping::Grouped) {
    let (sums, grouped) = unsifted(document);
    (sums, learned::belonging::sift(document, grouped))
}

/// The same with all things that were read into a package, those told in passing too.
fn unsifted(document: &Document<'_>) -> (Vec<sums::Sum>, grouping::Grouped) {
    let sums = sums::classify_all(document);
    let tellings = if document.is_of_trade { Vec::new() } else { tellings::read(document, &sums) };
    let grouped = grouping::group(document, &sums, tellings);
    (sums, grouped)
}

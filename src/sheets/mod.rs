//! Spreadsheets become an article with claims: each line of the article's text is a row, and each
//! claim has the rows that tell it as its evidence. Knows no ledger.

mod dates;
mod items;
pub mod kiel;
pub mod mapped;
mod sheet;

pub use sheet::{BadSheet, Row, Sheet};

use crate::model::{Amount, Claim};

/// What a spreadsheet tells.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The packages, in the order of their first rows.
    pub claims: Vec<Claim>,
    /// For each claim the number of its first and its last row, as a spreadsheet counts them.
    pub rows: Vec<(usize, usize)>,
    /// For each claim the address that its first row gives as its source; empty where it gives none.
    pub sources: Vec<String>,
    /// For each claim without an amount that the source of its rows states one, as a part of the amount
    /// of a claim before it.
    pub parts: Vec<Option<Amount>>,
    /// The rows that are not understood.
    pub refused: Vec<Refused>,
}

/// A row that is not understood, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row}: {problem}")]
pub struct Refused {
    /// Its number, as a spreadsheet counts it.
    pub row: usize,
    /// What was found and what was expected.
    pub problem: String,
}

//! Reads the lexicon's tables; every error names file and line.

use std::fmt;

/// A line of the lexicon that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct LexiconError {
    /// The file's name below `lexicon/`.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The value found and what was expected.
    pub what: String,
}

/// A table of the lexicon: a name and its text.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// The file's name below `lexicon/`.
    pub file: &'a str,
    /// Its whole text.
    pub text: &'a str,
}

/// One entry: its cells and where it stands.
#[derive(Debug, Clone)]
pub struct Row<'a, const N: usize> {
    /// The cells; an empty one, written `-`, is the empty text.
    pub cells: [&'a str; N],
    file: &'a str,
    line: usize,
}

impl<const N: usize> Row<'_, N> {
    /// An error at this place.
    pub fn error(&self, what: impl fmt::Display) -> LexiconError {
        LexiconError { file: self.file.to_owned(), line: self.line, what: what.to_string() }
    }
}

impl<'a> Table<'a> {
    /// The entries, which must have `N` cells each, stand in bytewise order and differ.
    pub fn rows<const N: usize>(self) -> Result<Vec<Row<'a, N>>, LexiconError> {
        let mut rows = Vec::new();
        let mut previous = "";
        let entries = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        let entries = entries.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        for (line, entry) in entries.skip(1) {
            let fail = |what: String| LexiconError { file: self.file.to_owned(), line, what };
            let cells: Vec<&str> = entry.split('\t').collect();
            let cells: [&str; N] = cells.try_into().map_err(|cells: Vec<&str>| {
                fail(format!("{} cells, expected {N} separated by tabs", cells.len()))
            })?;
            if entry < previous {
                return Err(fail(format!("\"{entry}\" is out of order, expected bytewise order")));
            }
            if entry == previous {
                return Err(fail(format!("\"{entry}\" stands twice")));
            }
            previous = entry;
            let cells = cells.map(|cell| if cell == "-" { "" } else { cell });
            rows.push(Row { cells, file: self.file, line });
        }
        Ok(rows)
    }
}

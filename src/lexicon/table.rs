//! Cuts tables into lines and cells and joins those of one name; every error names file and line.
//! Knows nothing of what the cells mean.

use std::collections::{HashMap, HashSet};
use std::fmt;

/// A line of the lexicon that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct LexiconError {
    /// The table's file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The value found and what was expected.
    pub what: String,
}

/// A table of the lexicon: its name and its text.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// The name below `lexicon/`, which says what it holds: `systems.tsv`, `lang/en.tsv`.
    pub name: &'a str,
    /// The file that errors name.
    pub file: &'a str,
    /// Its whole text.
    pub text: &'a str,
    is_sorted: bool,
}

/// What the lines of a table look like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout<const N: usize> {
    /// The names of the columns, which the first line that is no comment repeats.
    pub(super) columns: [&'static str; N],
    /// The columns by which a user's line replaces the shipped ones.
    pub(super) key: &'static [usize],
    /// Whether the key names one line of a file only.
    pub(super) is_unique: bool,
}

/// One line: its cells and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Row<'a, const N: usize> {
    /// The cells; an empty one, written `-`, is the empty text.
    pub(super) cells: [&'a str; N],
    file: &'a str,
    line: usize,
    entry: &'a str,
}

impl<const N: usize> Row<'_, N> {
    /// An error at this place.
    pub(super) fn error(&self, what: impl fmt::Display) -> LexiconError {
        LexiconError { file: self.file.to_owned(), line: self.line, what: what.to_string() }
    }
}

impl<'a> Table<'a> {
    /// A table that ships with the program; its lines must be sorted.
    pub const fn shipped(name: &'a str, text: &'a str) -> Self {
        Self { name, file: name, text, is_sorted: true }
    }

    /// A user's own table, whose lines may stand in any order.
    pub fn own(name: &'a str, file: &'a str, text: &'a str) -> Self {
        Self { name, file, text: text.trim_start_matches('\u{feff}'), is_sorted: false }
    }

    /// The lines below the header, each with as many cells as the layout has columns.
    fn rows<const N: usize>(self, layout: &Layout<N>) -> Result<Vec<Row<'a, N>>, LexiconError> {
        let numbered = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        let mut lines = numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        if let Some((line, header)) = lines.next() {
            self.check_header(layout, line, header)?;
        }
        let rows: Vec<Row<'a, N>> =
            lines.map(|(line, entry)| self.row(line, entry)).collect::<Result<_, _>>()?;
        self.check_order(&rows)?;
        layout.check_keys(&rows)?;
        Ok(rows)
    }

    fn check_header<const N: usize>(
        self,
        layout: &Layout<N>,
        line: usize,
        header: &str,
    ) -> Result<(), LexiconError> {
        if header.split('\t').eq(layout.columns) {
            return Ok(());
        }
        let expected = layout.columns.join(", ");
        let what = format!("\"{header}\", expected the columns {expected}, separated by tabs");
        Err(LexiconError { file: self.file.to_owned(), line, what })
    }

    fn row<const N: usize>(self, line: usize, entry: &'a str) -> Result<Row<'a, N>, LexiconError> {
        let cells: Vec<&str> = entry.split('\t').collect();
        let cells: [&str; N] = cells.try_into().map_err(|cells: Vec<&str>| LexiconError {
            file: self.file.to_owned(),
            line,
            what: format!("{} cells, expected {N} separated by tabs", cells.len()),
        })?;
        let cells = cells.map(|cell| if cell == "-" { "" } else { cell });
        Ok(Row { cells, file: self.file, line, entry })
    }

    /// Refuses a line that stands twice or, in a table that ships, out of bytewise order.
    fn check_order<const N: usize>(self, rows: &[Row<'_, N>]) -> Result<(), LexiconError> {
        let mut seen = HashSet::new();
        for (index, row) in rows.iter().enumerate() {
            let before = index.checked_sub(1).map_or("", |before| rows[before].entry);
            let stands_twice = row.entry == before || !self.is_sorted && !seen.insert(row.entry);
            if stands_twice {
                return Err(row.error(format!("\"{}\" stands twice", row.entry)));
            }
            if self.is_sorted && row.entry < before {
                let entry = row.entry;
                return Err(
                    row.error(format!("\"{entry}\" is out of order, expected bytewise order"))
                );
            }
        }
        Ok(())
    }
}

impl<const N: usize> Layout<N> {
    /// Refuses a second line with the key of another where the key names one line.
    fn check_keys(&self, rows: &[Row<'_, N>]) -> Result<(), LexiconError> {
        let mut lines = HashMap::new();
        for row in rows.iter().filter(|_| self.is_unique) {
            if let Some(line) = lines.insert(self.key_of(row), row.line) {
                let key = self.key_of(row).join(" ");
                return Err(row.error(format!(
                    "\"{key}\" stands in line {line} too, expected one line of it"
                )));
            }
        }
        Ok(())
    }

    fn key_of<'a>(&self, row: &Row<'a, N>) -> Vec<&'a str> {
        self.key.iter().map(|column| row.cells[*column]).collect()
    }

    /// The lines of all tables of one name, in bytewise order; lines of a later table replace those
    /// with the same key of the tables before it.
    pub(super) fn join<'a>(
        &self,
        tables: impl Iterator<Item = Table<'a>>,
    ) -> Result<Vec<Row<'a, N>>, LexiconError> {
        let mut joined: Vec<Row<'a, N>> = Vec::new();
        for table in tables {
            let rows = table.rows(self)?;
            if !joined.is_empty() {
                let keys: HashSet<Vec<&str>> = rows.iter().map(|row| self.key_of(row)).collect();
                joined.retain(|row| !keys.contains(&self.key_of(row)));
            }
            joined.extend(rows);
        }
        joined.sort_by_key(|row| row.entry);
        Ok(joined)
    }
}

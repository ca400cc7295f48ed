//! A Markdown table for people, its notes as a list under it.

use super::{Lines, Rows, field_words, is_right, visible, words};
use crate::report::table::{Cell, Column, Field, Shown};
use std::io::{self, Write};

/// A table of which the rows are being written.
pub(super) struct Markdown<'a> {
    columns: Vec<usize>,
    out: &'a mut dyn Write,
}

impl<'a> Markdown<'a> {
    pub(super) fn begin(columns: &[Column], out: &'a mut dyn Write) -> io::Result<Self> {
        let lines = Self::lines(columns, out);
        let Self { columns: shown, out } = lines;
        let titles = shown.iter().map(|index| escape_text(&super::clean(&columns[*index].title)));
        write_row(titles, out)?;
        let rule = |index: &usize| if is_right(columns[*index].kind) { "---:" } else { "---" };
        write_row(shown.iter().map(|index| rule(index).to_owned()), out)?;
        Ok(Self { columns: shown, out })
    }

    /// The rows without their heading.
    pub(super) fn lines(columns: &[Column], out: &'a mut dyn Write) -> Self {
        Self { columns: visible(columns, Shown::Programs), out }
    }
}

impl Rows for Markdown<'_> {
    fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        write_row(self.columns.iter().map(|index| escape(&row[*index])), self.out)
    }

    fn end(&mut self, sums: &[Vec<Cell>], notes: &[String]) -> io::Result<()> {
        sums.iter().try_for_each(|row| self.row(row))?;
        if !notes.is_empty() {
            writeln!(self.out)?;
        }
        for note in notes {
            writeln!(self.out, "- {}", escape_text(&super::clean(note)))?;
        }
        Ok(())
    }
}

impl Lines for Markdown<'_> {
    fn fields(&mut self, row: &[Field<'_>]) -> io::Result<()> {
        let words = self.columns.iter().map(|index| field_words(&row[*index]));
        let words: Vec<String> = words.collect::<io::Result<_>>()?;
        write_row(words.iter().map(|words| escape_text(words)), self.out)
    }

    fn join(&mut self, rows: &[u8], _: usize) -> io::Result<()> {
        self.out.write_all(rows)
    }
}

fn write_row(cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "))
}

fn escape(cell: &Cell) -> String {
    escape_text(&words(cell))
}

/// Text in which nothing is taken for Markdown or HTML.
pub(in crate::report) fn escape_text(text: &str) -> String {
    let is_plain = |byte: u8| !b"<>&|\\`*_[]~$".contains(&byte);
    if text.bytes().all(is_plain) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}

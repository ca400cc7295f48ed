//! A Markdown table for people, its notes as a list under it.

use super::{is_right, visible, words};
use crate::report::table::{Cell, Shown, Table};
use std::io::{self, Write};

pub(super) fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let columns = visible(table, Shown::Programs);
    let titles =
        columns.iter().map(|index| escape_text(&super::clean(&table.columns[*index].title)));
    write_row(titles, out)?;
    let rules = columns
        .iter()
        .map(|index| if is_right(table.columns[*index].kind) { "---:" } else { "---" }.to_owned());
    write_row(rules, out)?;
    for row in table.rows.iter().chain(&table.sums) {
        write_row(columns.iter().map(|index| escape(&row[*index])), out)?;
    }
    if !table.notes.is_empty() {
        writeln!(out)?;
    }
    for note in &table.notes {
        writeln!(out, "- {}", escape_text(&super::clean(note)))?;
    }
    Ok(())
}

fn write_row(cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "))
}

fn escape(cell: &Cell) -> String {
    escape_text(&words(cell))
}

/// Text in which nothing is taken for Markdown or HTML.
pub(in crate::report) fn escape_text(text: &str) -> String {
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

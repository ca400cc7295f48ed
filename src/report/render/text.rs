//! Aligned columns for a terminal, wrapped to its width and never cut.

use super::{Page, is_right, visible, words};
use crate::report::table::{Shown, Table};
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, TableStyle};
use std::io::{self, Write};

pub(super) fn write(table: &Table, page: Page, out: &mut dyn Write) -> io::Result<()> {
    if !table.rows.is_empty() {
        write_grid(table, page, out)?;
    }
    if !table.notes.is_empty() && !table.rows.is_empty() {
        writeln!(out)?;
    }
    for note in &table.notes {
        writeln!(out, "{}", super::clean(note))?;
    }
    Ok(())
}

fn write_grid(table: &Table, page: Page, out: &mut dyn Write) -> io::Result<()> {
    let columns = visible(table, Shown::Programs);
    let mut grid = comfy_table::Table::new();
    grid.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')));
    match page.width {
        Some(width) => {
            grid.set_content_arrangement(ContentArrangement::Dynamic).set_width(width.max(40));
        }
        None => {
            grid.set_content_arrangement(ContentArrangement::Disabled);
        }
    }
    grid.set_header(columns.iter().map(|index| table.columns[*index].title));
    for row in table.rows.iter().chain(&table.sums) {
        grid.add_row(columns.iter().map(|index| words(&row[*index])));
    }
    for (place, index) in columns.iter().enumerate() {
        if let Some(column) = grid.column_mut(place) {
            column.set_padding((0, 2));
            if is_right(table.columns[*index].kind) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
    }
    let text = grid.trim_fmt();
    let mut lines = text.lines();
    if let Some(header) = lines.next() {
        if page.colour {
            writeln!(out, "\u{1b}[1m{header}\u{1b}[0m")?;
        } else {
            writeln!(out, "{header}")?;
        }
    }
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

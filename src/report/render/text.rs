//! Aligned columns for a terminal, wrapped to its width and never cut.

use super::{Page, Rows, is_right, visible, words};
use crate::report::table::{Cell, Column, Kind, Shown, Table};
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width,
};
use std::io::{self, Write};

/// Columns of words up to this width are never wrapped, and wider ones never below it; on a narrow
/// screen, the lesser one.
const WRAPPED_FROM: u16 = 18;
const WRAPPED_FROM_NARROW: u16 = 14;
const NARROW: u16 = 100;

/// The most characters on a line of a cell: the grid counts columns of the screen in 16 bits.
const LINE: usize = 10_000;

/// How many items of a package are named.
const ITEMS: usize = 4;

/// A table whose rows wait for the last one, since that may be the widest.
pub(super) struct Aligned<'a> {
    table: Table,
    page: Page,
    out: &'a mut dyn Write,
}

impl<'a> Aligned<'a> {
    pub(super) fn new(columns: &[Column], page: Page, out: &'a mut dyn Write) -> Self {
        Self { table: Table::new(columns.to_vec()), page, out }
    }
}

impl Rows for Aligned<'_> {
    fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        self.table.rows.push(row.to_vec());
        Ok(())
    }

    fn end(&mut self, sums: &[Vec<Cell>], notes: &[String]) -> io::Result<()> {
        self.table.sums = sums.to_vec();
        let has_rows = !self.table.rows.is_empty();
        if has_rows {
            write_grid(&self.table, self.page, self.out)?;
        }
        if has_rows && !notes.is_empty() {
            writeln!(self.out)?;
        }
        for note in notes {
            writeln!(self.out, "{}", super::clean(note))?;
        }
        Ok(())
    }
}

fn write_grid(table: &Table, page: Page, out: &mut dyn Write) -> io::Result<()> {
    let columns = visible(&table.columns, Shown::Programs);
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
    grid.set_header(columns.iter().map(|index| table.columns[*index].title.as_ref()));
    let add = |grid: &mut comfy_table::Table, row: &[Cell]| {
        grid.add_row(columns.iter().map(|index| short_words(&row[*index])));
    };
    for row in &table.rows {
        add(&mut grid, row);
    }
    if !table.sums.is_empty() {
        grid.add_row([""]);
    }
    for row in &table.sums {
        add(&mut grid, row);
    }
    let widths = grid.column_max_content_widths();
    let is_narrow = page.width.is_some_and(|width| width < NARROW);
    let least = if is_narrow { WRAPPED_FROM_NARROW } else { WRAPPED_FROM };
    for (place, index) in columns.iter().enumerate() {
        let Some(column) = grid.column_mut(place) else { continue };
        column.set_padding((0, 1));
        if is_right(table.columns[*index].kind) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        // Figures, dates and codes stand on one line; only longer words are wrapped.
        let is_words = table.columns[*index].kind == Kind::Text && widths[place] > least;
        column.set_constraint(if is_words {
            ColumnConstraint::LowerBoundary(Width::Fixed(least))
        } else {
            ColumnConstraint::ContentWidth
        });
    }
    write_lines(&grid.trim_fmt(), page, out)
}

fn write_lines(text: &str, page: Page, out: &mut dyn Write) -> io::Result<()> {
    for (number, line) in text.lines().enumerate() {
        if number == 0 && page.colour {
            writeln!(out, "\u{1b}[1m{line}\u{1b}[0m")?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// Text whose lines are no longer than the grid can count.
fn in_lines(text: String) -> String {
    if text.len() <= LINE {
        return text;
    }
    let characters: Vec<char> = text.chars().collect();
    let lines: Vec<String> = characters.chunks(LINE).map(|line| line.iter().collect()).collect();
    lines.join("\n")
}

/// A cell in words; of many items the first ones, and how many more there are.
fn short_words(cell: &Cell) -> String {
    match cell {
        Cell::Items(items) if items.len() > ITEMS => {
            let first = words(&Cell::Items(items[..ITEMS].to_vec()));
            in_lines(format!("{first}; and {} more", items.len() - ITEMS))
        }
        _ => in_lines(words(cell)),
    }
}

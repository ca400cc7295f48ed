//! Aligned columns for a terminal, wrapped to its width and never cut.

use super::{Page, Rows, is_right, visible, words};
use crate::report::table::{Cell, Column, Kind, Shown, Table};
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width,
};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Words longer than this are broken before sums of money are, and those longer than the lesser one
/// where it must be.
const LONG: usize = 12;
const BROKEN: usize = 10;

/// Blanks between two columns, and where the screen is too narrow for them.
const GAP: usize = 2;
const NARROW_GAP: usize = 1;

/// A screen that says that it is narrower is taken to be so wide.
const NARROWEST: u16 = 40;

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

/// Writes the table; where its figures are wider than the screen, in parts below each other, each with
/// the columns of words at the beginning that say what its rows are.
fn write_grid(table: &Table, page: Page, out: &mut dyn Write) -> io::Result<()> {
    // Behind the last column no blank is needed.
    let Some(screen) = page.width.map(|width| usize::from(width.max(NARROWEST)) + 1) else {
        let all: Vec<_> = visible(&table.columns, Shown::Programs);
        if write_lines_alone(table, &all, page, out)? {
            return Ok(());
        }
        let all: Vec<_> = all.into_iter().map(|index| (index, None)).collect();
        return write_part(table, &all, GAP, page, out);
    };
    let columns = measured(table);
    let heads = columns.iter().take_while(|column| column.kind == Kind::Text).count();
    let (heads, figures) = columns.split_at(heads);
    let whole: usize = columns.iter().map(|column| column.least + GAP).sum();
    let gap = if whole <= screen { GAP } else { NARROW_GAP };
    let least = |column: &Measured| column.least + gap;
    let taken: usize = heads.iter().map(least).sum();
    let mut parts: Vec<(usize, Vec<&Measured>)> = Vec::new();
    for column in figures {
        match parts.last_mut() {
            Some((width, part)) if *width + least(column) <= screen => {
                *width += least(column);
                part.push(column);
            }
            _ => parts.push((taken + least(column), vec![column])),
        }
    }
    if parts.is_empty() {
        parts.push((taken, Vec::new()));
    }
    for (number, (_, part)) in parts.into_iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let columns = fitted(heads.iter().chain(part).collect(), gap, screen);
        write_part(table, &columns, gap, page, out)?;
    }
    Ok(())
}

/// A column with the widths that its cells ask for.
struct Measured {
    index: usize,
    kind: Kind,
    /// Of the longest line.
    widest: usize,
    /// Below this it reads badly.
    good: usize,
    /// Below this it cannot be read.
    least: usize,
}

/// The columns that people see, with the widths that their cells ask for.
fn measured(table: &Table) -> Vec<Measured> {
    let columns = visible(&table.columns, Shown::Programs);
    let widths = |shape: fn(String) -> String| {
        let mut grid = comfy_table::Table::new();
        let titles = columns.iter().map(|index| table.columns[*index].title.clone().into_owned());
        grid.set_header(titles.map(shape));
        for row in table.rows.iter().chain(&table.sums) {
            grid.add_row(columns.iter().map(|index| shape(short_words(&row[*index]))));
        }
        grid.column_max_content_widths()
    };
    let widest = widths(|text| text);
    let words = widths(|text| text.split_whitespace().collect::<Vec<_>>().join("\n"));
    let each = columns.iter().zip(widest).zip(words);
    let measured = each.map(|((index, widest), word)| {
        let kind = table.columns[*index].kind;
        let (widest, word) = (usize::from(widest), usize::from(word));
        let (good, least) = match kind {
            Kind::Text => (word.min(LONG), word.min(BROKEN)),
            Kind::Amount | Kind::Quantity => (word.max(widest.div_ceil(2)), word),
            _ => (word, word),
        };
        Measured { index: *index, kind, widest, good, least }
    });
    measured.collect()
}

/// Each column with the width that it has on a screen: the widest ones give way, first as far as all
/// read well.
fn fitted(columns: Vec<&Measured>, gap: usize, screen: usize) -> Vec<(usize, Option<usize>)> {
    let mut fitted: Vec<(&Measured, usize)> =
        columns.into_iter().map(|column| (column, column.widest)).collect();
    let floors: [fn(&Measured) -> usize; 2] = [|column| column.good, |column| column.least];
    for floor in floors {
        while fitted.iter().map(|(_, width)| width + gap).sum::<usize>() > screen {
            let wider = fitted.iter_mut().filter(|(column, width)| *width > floor(column));
            let Some((_, width)) = wider.max_by_key(|(_, width)| *width) else { break };
            *width -= 1;
        }
    }
    fitted.into_iter().map(|(column, width)| (column.index, Some(width))).collect()
}

/// Writes columns, by their places, each of this width or as its cells are.
fn write_part(
    table: &Table,
    columns: &[(usize, Option<usize>)],
    gap: usize,
    page: Page,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut grid = comfy_table::Table::new();
    grid.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')));
    grid.set_content_arrangement(ContentArrangement::Disabled);
    if page.width.is_some() {
        let all: usize =
            columns.iter().filter_map(|(_, width)| *width).map(|width| width + gap).sum();
        grid.set_content_arrangement(ContentArrangement::Dynamic).set_width(short(all));
    }
    grid.set_header(columns.iter().map(|(index, _)| table.columns[*index].title.as_ref()));
    let add = |grid: &mut comfy_table::Table, row: &[Cell]| {
        grid.add_row(columns.iter().map(|(index, _)| short_words(&row[*index])));
    };
    table.rows.iter().for_each(|row| add(&mut grid, row));
    if !table.sums.is_empty() {
        grid.add_row([""]);
    }
    table.sums.iter().for_each(|row| add(&mut grid, row));
    for (place, (index, width)) in columns.iter().enumerate() {
        let Some(column) = grid.column_mut(place) else { continue };
        // The grid itself sets one blank between columns.
        column.set_padding((0, short(gap - 1)));
        if is_right(table.columns[*index].kind) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if let Some(width) = width {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(short(width + gap - 1))));
        }
    }
    write_lines(&grid.trim_fmt(), page, out)
}

/// Writes columns as wide as their cells are, a line a row, which the grid would take many times as long
/// for; `false` where a cell has more lines than one, and nothing is written.
fn write_lines_alone(
    table: &Table,
    columns: &[usize],
    page: Page,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let of_row = |row: &Vec<Cell>| columns.iter().map(|index| short_words(&row[*index])).collect();
    let titles = columns.iter().map(|index| table.columns[*index].title.clone().into_owned());
    let mut rows: Vec<Vec<String>> = vec![titles.collect()];
    rows.extend(table.rows.iter().map(of_row));
    if !table.sums.is_empty() {
        rows.push(Vec::new());
    }
    rows.extend(table.sums.iter().map(of_row));
    let mut widths = vec![0; columns.len()];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            if cell.contains('\n') {
                return Ok(false);
            }
            *width = cell.width().max(*width);
        }
    }
    let mut line = String::new();
    for (number, row) in rows.iter().enumerate() {
        line.clear();
        for ((cell, width), index) in row.iter().zip(&widths).zip(columns) {
            let blanks = width.saturating_sub(cell.width());
            let (before, after) =
                if is_right(table.columns[*index].kind) { (blanks, 0) } else { (0, blanks) };
            line.extend(std::iter::repeat_n(' ', before));
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', after + GAP));
        }
        write_line(line.trim_end(), number, page, out)?;
        if number == 0 {
            let whole = widths.iter().map(|width| width + GAP).sum::<usize>().saturating_sub(1);
            writeln!(out, "{}", "─".repeat(whole))?;
        }
    }
    Ok(true)
}

/// A width as the grid counts it.
fn short(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

fn write_lines(text: &str, page: Page, out: &mut dyn Write) -> io::Result<()> {
    text.lines().enumerate().try_for_each(|(number, line)| write_line(line, number, page, out))
}

/// A line of a table, of which the first is its heading.
fn write_line(line: &str, number: usize, page: Page, out: &mut dyn Write) -> io::Result<()> {
    if number == 0 && page.colour {
        writeln!(out, "\u{1b}[1m{line}\u{1b}[0m")
    } else {
        writeln!(out, "{line}")
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_that_do_not_fit_beside_each_other_stand_in_parts_below_each_other() {
        let figures = ["first", "second", "third", "fourth"];
        let mut columns = vec![Column::new("donor", "Donor", Kind::Text)];
        columns.extend(figures.map(|name| Column::new(name, name, Kind::Number)));
        let mut table = Table::new(columns);
        let mut row = vec![Cell::Text("US".to_owned())];
        row.resize(5, Cell::Decimal(1_234_567_890_i64.into()));
        table.rows.push(row);
        let text = |width| {
            let (mut out, page) = (Vec::new(), Page { width, ..Page::default() });
            write_grid(&table, page, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let narrow = text(Some(40));
        assert!(narrow.lines().all(|line| line.chars().count() <= 40), "{narrow}");
        assert_eq!(narrow.matches("US").count(), 2, "{narrow}");
        assert_eq!(narrow.matches("1,234,567,890").count(), 4, "{narrow}");
        for width in [Some(100), None] {
            assert_eq!(text(width).lines().count(), 3);
        }
    }
}

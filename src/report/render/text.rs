//! Aligned columns for a terminal, wrapped to its width and never cut.

use super::wrap::{fit, parts, wrap};
use super::{Page, Rows, is_right, visible, words};
use crate::report::table::{Cell, Column, Kind, Shown};
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

/// A table whose rows wait for the last one, since that may be the widest: those of its columns that
/// people see, in words.
pub(super) struct Aligned<'a> {
    columns: Vec<Column>,
    places: Vec<usize>,
    rows: Vec<Vec<String>>,
    sums: Vec<Vec<String>>,
    page: Page,
    out: &'a mut dyn Write,
}

impl<'a> Aligned<'a> {
    pub(super) fn new(columns: &[Column], page: Page, out: &'a mut dyn Write) -> Self {
        let places = visible(columns, Shown::Programs);
        let columns = places.iter().map(|place| columns[*place].clone()).collect();
        Self { columns, places, rows: Vec::new(), sums: Vec::new(), page, out }
    }

    fn words(&self, row: &[Cell]) -> Vec<String> {
        self.places.iter().map(|place| short_words(&row[*place])).collect()
    }
}

impl Rows for Aligned<'_> {
    fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        self.rows.push(self.words(row));
        Ok(())
    }

    fn end(&mut self, sums: &[Vec<Cell>], notes: &[String]) -> io::Result<()> {
        self.sums = sums.iter().map(|row| self.words(row)).collect();
        let has_rows = !self.rows.is_empty();
        if has_rows {
            self.write_grid()?;
        }
        if has_rows && !notes.is_empty() {
            writeln!(self.out)?;
        }
        let width = self.page.width.map_or(usize::MAX, |width| usize::from(width.max(NARROWEST)));
        for line in notes.iter().flat_map(|note| wrap(&super::clean(note), width)) {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }
}

impl Aligned<'_> {
    /// Writes the table; where its figures are wider than the screen, in parts below each other, each with
    /// the columns of words at the beginning that say what its rows are.
    fn write_grid(&mut self) -> io::Result<()> {
        // Behind the last column no blank is needed.
        let Some(screen) = self.page.width.map(|width| usize::from(width.max(NARROWEST)) + 1)
        else {
            if self.write_lines_alone()? {
                return Ok(());
            }
            let all: Vec<_> = (0..self.columns.len()).map(|index| (index, None)).collect();
            return self.write_part(&all, GAP);
        };
        let columns = self.measured();
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
                writeln!(self.out)?;
            }
            let columns = fitted(heads.iter().chain(part).collect(), gap, screen);
            self.write_part(&columns, gap)?;
        }
        Ok(())
    }

    /// The columns that people see, with the widths that their cells ask for.
    fn measured(&self) -> Vec<Measured> {
        let widths = |shape: fn(&str) -> String| {
            let mut grid = comfy_table::Table::new();
            grid.set_header(self.columns.iter().map(|column| shape(&column.title)));
            for row in self.rows.iter().chain(&self.sums) {
                grid.add_row(row.iter().map(|cell| shape(cell)));
            }
            grid.column_max_content_widths()
        };
        let widest = widths(str::to_owned);
        let words = widths(|text| text.split_whitespace().collect::<Vec<_>>().join("\n"));
        let split =
            widths(|text| text.split_whitespace().flat_map(parts).collect::<Vec<_>>().join("\n"));
        let each = self.columns.iter().zip(widest).zip(words.into_iter().zip(split)).enumerate();
        let measured = each.map(|(index, ((column, widest), (word, part)))| {
            let kind = column.kind;
            let [widest, word, part] = [widest, word, part].map(usize::from);
            let (good, least) = match kind {
                Kind::Text => (word.min(LONG), part.min(BROKEN)),
                Kind::Amount | Kind::Quantity => (word.max(widest.div_ceil(2)), word),
                _ => (word, word),
            };
            Measured { index, kind, widest, good, least }
        });
        measured.collect()
    }

    /// Writes columns, by their places, each of this width or as its cells are.
    fn write_part(&mut self, columns: &[(usize, Option<usize>)], gap: usize) -> io::Result<()> {
        let mut grid = comfy_table::Table::new();
        grid.load_style(
            TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')),
        );
        grid.set_content_arrangement(ContentArrangement::Disabled);
        if self.page.width.is_some() {
            let all: usize =
                columns.iter().filter_map(|(_, width)| *width).map(|width| width + gap).sum();
            grid.set_content_arrangement(ContentArrangement::Dynamic).set_width(short(all));
        }
        grid.set_header(columns.iter().map(|(index, _)| self.columns[*index].title.as_ref()));
        let fitting = |index: usize, width: Option<usize>, cell: &str| match width {
            Some(width) if self.columns[index].kind == Kind::Text => {
                let lines: Vec<_> = cell.lines().flat_map(|line| fit(line, width)).collect();
                lines.join("\n")
            }
            _ => cell.to_owned(),
        };
        let add = |grid: &mut comfy_table::Table, row: &[String]| {
            grid.add_row(
                columns.iter().map(|(index, width)| fitting(*index, *width, &row[*index])),
            );
        };
        self.rows.iter().for_each(|row| add(&mut grid, row));
        if !self.sums.is_empty() {
            grid.add_row([""]);
        }
        self.sums.iter().for_each(|row| add(&mut grid, row));
        for (place, (index, width)) in columns.iter().enumerate() {
            let Some(column) = grid.column_mut(place) else { continue };
            // The grid itself sets one blank between columns.
            column.set_padding((0, short(gap - 1)));
            if is_right(self.columns[*index].kind) {
                column.set_cell_alignment(CellAlignment::Right);
            }
            if let Some(width) = width {
                column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(short(
                    width + gap - 1,
                ))));
            }
        }
        write_lines(&grid.trim_fmt(), self.page, self.out)
    }

    /// Writes columns as wide as their cells are, a line a row, which the grid would take many times as long
    /// for; `false` where a cell has more lines than one, and nothing is written.
    fn write_lines_alone(&mut self) -> io::Result<bool> {
        let titles: Vec<String> =
            self.columns.iter().map(|column| column.title.clone().into_owned()).collect();
        let between = (!self.sums.is_empty()).then(Vec::new);
        let rows = || [&titles].into_iter().chain(&self.rows).chain(&between).chain(&self.sums);
        let mut widths = vec![0; self.columns.len()];
        for row in rows() {
            for (width, cell) in widths.iter_mut().zip(row) {
                if cell.contains('\n') {
                    return Ok(false);
                }
                *width = cell.width().max(*width);
            }
        }
        let mut line = String::new();
        for (number, row) in rows().enumerate() {
            line.clear();
            for ((cell, width), column) in row.iter().zip(&widths).zip(&self.columns) {
                let blanks = width.saturating_sub(cell.width());
                let (before, after) = if is_right(column.kind) { (blanks, 0) } else { (0, blanks) };
                line.extend(std::iter::repeat_n(' ', before));
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', after + GAP));
            }
            write_line(line.trim_end(), number, self.page, self.out)?;
            if number == 0 {
                let whole = widths.iter().map(|width| width + GAP).sum::<usize>().saturating_sub(1);
                writeln!(self.out, "{}", "─".repeat(whole))?;
            }
        }
        Ok(true)
    }
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
        let mut row = vec![Cell::Text("US".to_owned())];
        row.resize(5, Cell::Decimal(1_234_567_890_i64.into()));
        let text = |width| {
            let (mut out, page) = (Vec::new(), Page { width, ..Page::default() });
            let mut rows = Aligned::new(&columns, page, &mut out);
            rows.row(&row).unwrap();
            rows.end(&[], &[]).unwrap();
            drop(rows);
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

//! A workbook with a sheet a table: typed cells, a frozen heading, filters. Text is always text: no
//! cell is a formula or a link, whatever it begins with.

use super::{Rows, visible, words};
use crate::model::{Bounds, CivilDate};
use crate::report::figures::items_text;
use crate::report::table::{Cell, Column, Kind, Shown, Table};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::error::Error;
use std::io::{self, Seek, Write};

/// The most characters of a cell, and the most rows of a sheet, that a spreadsheet holds.
const CELL: usize = 32_767;
const ROWS: u32 = 1_048_576;

/// More digits than these a spreadsheet's number does not hold: then it is written as text.
const DIGITS: u32 = 15;

/// What stands at the end of a text that is longer than a cell.
const CUT: &str = " … (longer than a cell: see the CSV)";

/// The cells' looks.
struct Looks {
    head: Format,
    date: Format,
    whole: Format,
    number: Format,
}

impl Looks {
    fn new() -> Self {
        Self {
            head: Format::new().set_bold(),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            whole: Format::new().set_num_format("#,##0"),
            number: Format::new().set_num_format("#,##0.0##############"),
        }
    }

    /// That of a figure without zeros at its end: where the look has a point, a whole number would
    /// end in one.
    fn of(&self, figure: Decimal) -> &Format {
        if figure.scale() == 0 { &self.whole } else { &self.number }
    }
}

/// A workbook under construction. Rows wait in files of the system, not in memory.
pub struct Book {
    workbook: Workbook,
    looks: Looks,
    sheets: usize,
}

impl Book {
    /// A workbook without sheets; `made` is the moment, as `2022-11-10T18:00:00Z`, that it bears, so
    /// that the same ledger gives the same bytes.
    pub fn new(about: &str, made: Option<&str>) -> io::Result<Self> {
        let mut workbook = Workbook::new();
        let moment = made.unwrap_or("1970-01-01T00:00:00Z");
        let moment = ExcelDateTime::parse_from_str(moment).map_err(into_io)?;
        let properties = DocProperties::new().set_comment(about).set_creation_datetime(&moment);
        workbook.set_properties(&properties);
        Ok(Self { workbook, looks: Looks::new(), sheets: 0 })
    }

    /// Adds a sheet of this name; what it does not hold goes on in further ones, `items 2`.
    pub fn sheet(&mut self, name: &str, columns: &[Column]) -> io::Result<Sheet<'_>> {
        let mut sheet = Sheet {
            book: self,
            name: name.to_owned(),
            columns: columns.to_vec(),
            part: 0,
            line: 0,
        };
        sheet.begin().map_err(into_io)?;
        Ok(sheet)
    }

    /// Adds a sheet with a table.
    pub fn table(&mut self, name: &str, table: &Table) -> io::Result<()> {
        let mut sheet = self.sheet(name, &table.columns)?;
        table.rows.iter().try_for_each(|row| sheet.row(row))?;
        sheet.end(&table.sums, &table.notes)
    }

    /// Writes it all.
    pub fn save(mut self, out: impl Write + Seek + Send) -> io::Result<()> {
        self.workbook.save_to_writer(out).map_err(into_io)
    }
}

/// A sheet of which the rows are being written.
pub struct Sheet<'a> {
    book: &'a mut Book,
    name: String,
    columns: Vec<Column>,
    part: usize,
    line: u32,
}

impl Sheet<'_> {
    /// Begins the next sheet with the heading.
    fn begin(&mut self) -> Result<(), XlsxError> {
        self.part += 1;
        self.line = 0;
        let page = self.book.workbook.add_worksheet_with_constant_memory()?;
        self.book.sheets += 1;
        let name = &self.name;
        page.set_name(if self.part == 1 { name.clone() } else { format!("{name} {}", self.part) })?;
        let mut place = 0;
        for index in visible(&self.columns, Shown::People) {
            let column = &self.columns[index];
            for name in super::field_names(column) {
                page.write_string_with_format(0, place, text(&name), &self.book.looks.head)?;
                let width = if column.kind == Kind::Text { 24 } else { 14 };
                page.set_column_width(place, width)?;
                place += 1;
            }
        }
        page.set_freeze_panes(1, 0)?;
        Ok(())
    }

    fn put(&mut self, row: &[Cell]) -> Result<(), XlsxError> {
        if self.line + 1 == ROWS {
            self.finish()?;
            self.begin()?;
        }
        self.line += 1;
        let page = self.book.workbook.worksheet_from_index(self.book.sheets - 1)?;
        let mut place = 0;
        for index in visible(&self.columns, Shown::People) {
            let kind = self.columns[index].kind;
            place = write(page, self.line, place, kind, &row[index], &self.book.looks)?;
        }
        Ok(())
    }

    /// Gives the sheet its filters.
    fn finish(&mut self) -> Result<(), XlsxError> {
        let fields: usize = visible(&self.columns, Shown::People)
            .iter()
            .map(|index| super::field_names(&self.columns[*index]).len())
            .sum();
        let page = self.book.workbook.worksheet_from_index(self.book.sheets - 1)?;
        if let Some(last) = u16::try_from(fields).ok().and_then(|fields| fields.checked_sub(1)) {
            page.autofilter(0, 0, self.line, last)?;
        }
        Ok(())
    }
}

impl Rows for Sheet<'_> {
    fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        self.put(row).map_err(into_io)
    }

    fn end(&mut self, _: &[Vec<Cell>], _: &[String]) -> io::Result<()> {
        self.finish().map_err(into_io)
    }
}

fn into_io(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => {
            let source = other.source().and_then(|source| source.downcast_ref::<io::Error>());
            source.map_or_else(|| io::Error::other(other.to_string()), |io| io.kind().into())
        }
    }
}

/// Writes a cell, or the several of an amount or a quantity, and gives the next place.
fn write(
    page: &mut Worksheet,
    line: u32,
    place: u16,
    kind: Kind,
    cell: &Cell,
    looks: &Looks,
) -> Result<u16, XlsxError> {
    let (bounds, of): (Bounds, &str) = match (kind, cell) {
        (Kind::Amount, Cell::Amount(amount)) => (amount.bounds, amount.currency.as_str()),
        (Kind::Quantity, Cell::Quantity(bounds, unit)) => {
            (*bounds, unit.as_deref().unwrap_or_default())
        }
        (Kind::Amount | Kind::Quantity, _) => return Ok(place + 4),
        _ => {
            single(page, line, place, cell, looks)?;
            return Ok(place + 1);
        }
    };
    for (offset, end) in [bounds.low(), bounds.high()].into_iter().enumerate() {
        if let Some(end) = end {
            number(page, line, place + u16::from(offset == 1), end, looks)?;
        }
    }
    words_at(page, line, place + 2, of)?;
    words_at(page, line, place + 3, bounds.qualifier().as_str())?;
    Ok(place + 4)
}

fn single(
    page: &mut Worksheet,
    line: u32,
    place: u16,
    cell: &Cell,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank | Cell::Unknown | Cell::Open => Ok(()),
        Cell::Count(count) => number(page, line, place, Decimal::from(*count), looks),
        Cell::Decimal(figure) => number(page, line, place, *figure, looks),
        Cell::Date(date) => day(page, line, place, *date, looks),
        Cell::Flag(flag) => page.write_boolean(line, place, *flag).map(|_| ()),
        Cell::Items(items) => words_at(page, line, place, &items_text(items)),
        Cell::Text(words) => words_at(page, line, place, words),
        Cell::Word(word) => words_at(page, line, place, word),
        other => words_at(page, line, place, &words(other)),
    }
}

fn words_at(page: &mut Worksheet, line: u32, place: u16, words: &str) -> Result<(), XlsxError> {
    if !words.is_empty() {
        page.write_string(line, place, text(words))?;
    }
    Ok(())
}

/// Harmless text that a cell holds.
fn text(words: &str) -> String {
    if words.len() <= CELL && words.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return words.to_owned();
    }
    let text = super::clean(words);
    // A spreadsheet counts in units of UTF-16.
    if text.encode_utf16().count() <= CELL {
        return text;
    }
    let mut room = CELL - CUT.encode_utf16().count();
    let fits = text.chars().take_while(|character| {
        let is_fitting = character.len_utf16() <= room;
        room = room.saturating_sub(character.len_utf16());
        is_fitting
    });
    fits.collect::<String>() + CUT
}

fn number(
    page: &mut Worksheet,
    line: u32,
    place: u16,
    figure: Decimal,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let figure = figure.normalize();
    let digits = figure.mantissa().unsigned_abs().checked_ilog10().map_or(1, |power| power + 1);
    match figure.to_f64().filter(|_| digits <= DIGITS) {
        Some(value) => page.write_number_with_format(line, place, value, looks.of(figure))?,
        None => page.write_string(line, place, figure.to_string())?,
    };
    Ok(())
}

/// A day as a date; a month or a year, which a spreadsheet has no value for, as text.
fn day(
    page: &mut Worksheet,
    line: u32,
    place: u16,
    date: CivilDate,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let parts = (date.month_number(), date.day_number());
    let year = u16::try_from(date.year_number()).ok();
    let value = match (year, parts) {
        (Some(year), (Some(month), Some(day))) => {
            let (month, day) = (u8::try_from(month).ok(), u8::try_from(day).ok());
            month.zip(day).and_then(|(month, day)| ExcelDateTime::from_ymd(year, month, day).ok())
        }
        _ => None,
    };
    match value {
        Some(value) => page.write_datetime_with_format(line, place, &value, &looks.date)?,
        None => page.write_string(line, place, date.to_string())?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_shown_without_a_point_and_a_part_of_one_whole() {
        let looks = Looks::new();
        for (figure, pattern) in [("400000000", "\"#,##0\""), ("2.125", "\"#,##0.0####")] {
            let look = format!("{:?}", looks.of(figure.parse().unwrap()));
            assert!(look.contains(pattern), "{figure}: {look}");
        }
    }
}

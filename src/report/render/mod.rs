//! A table in each format that it is given out in: a file per format.

mod clean;
mod csv;
mod datapackage;
mod html;
mod iati;
mod journal;
mod json;
pub(super) mod markdown;
mod parquet;
mod text;
pub(super) mod wrap;
mod xlsx;

pub use clean::clean;
pub use datapackage::{About, Resource, datapackage};
pub use iati::{Activities, Reporter, iati};
pub use journal::{Accounts, Journal, journal};
pub use json::{amount_value, quantity_value};
pub use parquet::Parquet;
pub use xlsx::{Book, Sheet};

use super::table::{Cell, Column, Field, Kind, Shown, Table};
use crate::model::{Amount, Package, closed_set};
use std::io::{self, Write};

closed_set! {
    /// The formats that a table is given out in.
    Format {
        /// Aligned columns for a terminal.
        Table = "table",
        /// Comma-separated values, RFC 4180.
        Csv = "csv",
        /// Tab-separated values.
        Tsv = "tsv",
        /// One JSON object with rows, sums and notes.
        Json = "json",
        /// One JSON object a row.
        Ndjson = "ndjson",
        /// A Markdown table.
        Markdown = "markdown",
        /// A page for a browser.
        Html = "html",
    }
}

/// How the page looks that a table is written on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page {
    /// The number of columns of the screen; text wraps to it. Unbounded where there is none.
    pub width: Option<u16>,
    /// Whether headings are set off with colour.
    pub colour: bool,
    /// Whether CSV begins with a byte order mark, which Excel needs to read UTF-8.
    pub byte_order_mark: bool,
    /// The headline of a page for a browser, where it has one of its own.
    pub title: Option<&'static str>,
}

/// A table that is written row by row, so that none but the row at hand is in memory.
pub trait Rows {
    /// Writes a row: one cell a column.
    fn row(&mut self, row: &[Cell]) -> io::Result<()>;

    /// Writes what stands under the rows.
    fn end(&mut self, sums: &[Vec<Cell>], notes: &[String]) -> io::Result<()>;
}

/// A table of which each row is written for itself.
pub trait Lines: Rows {
    /// Writes a row: one field a column.
    fn fields(&mut self, row: &[Field<'_>]) -> io::Result<()>;

    /// Takes rows that were written apart by [`lines`], and how many they are.
    fn join(&mut self, rows: &[u8], count: usize) -> io::Result<()>;
}

/// Begins a table of these columns in the format. Aligned columns alone wait for the last row.
pub fn rows<'a>(
    columns: &[Column],
    format: Format,
    page: Page,
    out: &'a mut dyn Write,
) -> io::Result<Box<dyn Rows + 'a>> {
    let begins = page.byte_order_mark;
    Ok(match format {
        Format::Table => Box::new(text::Aligned::new(columns, page, out)),
        Format::Csv => Box::new(csv::Csv::begin(columns, b',', begins, out)?),
        Format::Tsv => Box::new(csv::Csv::begin(columns, b'\t', begins, out)?),
        Format::Json => Box::new(json::Document::begin(columns, out)?),
        Format::Ndjson => Box::new(json::Lines::begin(columns, out)),
        Format::Markdown => Box::new(markdown::Markdown::begin(columns, out)?),
        Format::Html => Box::new(html::Page::begin(columns, page.title, out)?),
    })
}

/// Begins a table in a format that writes each row for itself: none in those that wait for the last row, or
/// are for small tables.
pub fn joined<'a>(
    columns: &[Column],
    format: Format,
    page: Page,
    out: &'a mut dyn Write,
) -> io::Result<Option<Box<dyn Lines + 'a>>> {
    let begins = page.byte_order_mark;
    Ok(Some(match format {
        Format::Csv => Box::new(csv::Csv::begin(columns, b',', begins, out)?),
        Format::Tsv => Box::new(csv::Csv::begin(columns, b'\t', begins, out)?),
        Format::Json => Box::new(json::Document::begin(columns, out)?),
        Format::Ndjson => Box::new(json::Lines::begin(columns, out)),
        Format::Markdown => Box::new(markdown::Markdown::begin(columns, out)?),
        Format::Table | Format::Html => return Ok(None),
    }))
}

/// The rows alone of such a table, without what stands above and under them; as NDJSON in any other
/// format.
pub fn lines<'a>(columns: &[Column], format: Format, out: &'a mut Vec<u8>) -> Box<dyn Lines + 'a> {
    match format {
        Format::Csv => Box::new(csv::Csv::lines(columns, b',', out)),
        Format::Tsv => Box::new(csv::Csv::lines(columns, b'\t', out)),
        Format::Json => Box::new(json::Lines::listed(columns, out)),
        Format::Markdown => Box::new(markdown::Markdown::lines(columns, out)),
        _ => Box::new(json::Lines::apart(columns, out)),
    }
}

/// Writes the table in the format.
pub fn render(table: &Table, format: Format, page: Page, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = rows(&table.columns, format, page, out)?;
    table.rows.iter().try_for_each(|row| rows.row(row))?;
    rows.end(&table.sums, &table.notes)
}

/// Writes one JSON value on one line, with control and direction characters escaped.
pub fn write_json_line(value: &serde_json::Value, out: &mut dyn Write) -> io::Result<()> {
    json::write_value(value, out)?;
    out.write_all(b"\n")
}

/// A package as the JSON object that a line of NDJSON holds.
pub fn package_json(package: &Package) -> serde_json::Value {
    let row = super::packages::package_row(package.clone(), None);
    json::object(&json::fields(&super::packages::package_columns(false)), &row)
}

/// The names of the fields that a column has for programs: an amount and a quantity have four.
fn field_names(column: &Column) -> Vec<String> {
    let name = column.name.as_ref();
    let ends = |of: String| {
        vec![format!("{name}_low"), format!("{name}_high"), of, format!("{name}_qualifier")]
    };
    match column.kind {
        Kind::Amount if name == "amount" => ends("currency".to_owned()),
        Kind::Amount => ends(format!("{name}_currency")),
        Kind::Quantity => ends("unit".to_owned()),
        _ => vec![name.to_owned()],
    }
}

/// The places of the columns that a reader of this kind sees, without those that are the same in all rows.
fn visible(columns: &[Column], hidden: Shown) -> Vec<usize> {
    let is_seen = |column: &Column| column.shown != hidden && column.same.is_none();
    (0..columns.len()).filter(|index| is_seen(&columns[*index])).collect()
}

/// The names of the columns that are the same in all rows, with what they say.
fn same(columns: &[Column]) -> impl Iterator<Item = (&str, &str)> {
    columns.iter().filter_map(|column| Some((column.name.as_ref(), column.same.as_deref()?)))
}

/// A cell in words for people.
fn words(cell: &Cell) -> String {
    use super::figures::{amount_text, grouped, items_text, quantity_text};
    match cell {
        Cell::Blank => String::new(),
        Cell::Unknown => "unknown".to_owned(),
        Cell::Text(text) | Cell::Named(_, text) => clean(text),
        Cell::Word(word) => (*word).to_owned(),
        Cell::Package(id) => id.to_string(),
        Cell::List(words) => clean(&words.join(", ")),
        Cell::Count(count) => grouped((*count).into()),
        Cell::Decimal(number) => grouped(*number),
        Cell::Open => "open".to_owned(),
        Cell::Date(date) => date.to_string(),
        Cell::Amount(amount) => amount_text(amount),
        Cell::Quantity(bounds, unit) => clean(&quantity_text(*bounds, unit.as_deref())),
        Cell::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Cell::Items(items) => clean(&items_text(items)),
        Cell::Sources(sources) => {
            let places = sources.iter().filter_map(|source| source.location.as_deref());
            clean(&places.collect::<Vec<_>>().join(" "))
        }
    }
}

/// A field in the same words.
fn field_words(field: &Field) -> io::Result<String> {
    use super::figures::{amount_text, grouped, lines_text, quantity_text};
    Ok(match field {
        Field::Blank | Field::Sum(None) | Field::Many(None) => String::new(),
        Field::Text(text) => clean(text),
        Field::Word(word) => (*word).to_owned(),
        Field::Codes(codes) => clean(&codes.replace(',', ", ")),
        Field::Package(id) => id.to_string(),
        Field::Count(count) => grouped((*count).into()),
        Field::Told(tellers) => grouped((tellers.each().count() as u64).into()),
        Field::Digits(digits) => grouped(digits.parse().map_err(io::Error::other)?),
        Field::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Field::Date(date) => date.to_string(),
        Field::Sum(Some(ends)) => {
            let currency = ends.of.unwrap_or_default().parse().map_err(io::Error::other)?;
            amount_text(&Amount { bounds: ends.bounds().map_err(io::Error::other)?, currency })
        }
        Field::Many(Some(ends)) => {
            let bounds = ends.bounds().map_err(io::Error::other)?;
            clean(&quantity_text(bounds, ends.of))
        }
        Field::Items(lines) => clean(&lines_text(*lines).map_err(io::Error::other)?),
        Field::Sources(tellers) => {
            let places: Result<Vec<_>, _> = tellers.places().collect();
            clean(&places.map_err(io::Error::other)?.join(" "))
        }
    })
}

/// Whether a column's cells stand at its right edge.
fn is_right(kind: Kind) -> bool {
    matches!(kind, Kind::Number | Kind::Count)
}

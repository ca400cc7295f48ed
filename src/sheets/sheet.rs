//! A CSV file or a workbook as rows of cells, each at its place in the article's text.

use crate::model::{Article, DocumentFormat, Source, Span};
use crate::text;
use calamine::{Data, Reader};
use std::cmp::Reverse;
use std::io::Cursor;

/// How many rows may stand above the heading.
const ABOVE: usize = 20;

/// How many cells of a first row that is no heading are named, and how many characters of each.
const SEEN: (usize, usize) = (12, 40);

/// A table with a heading.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The rows as an article: a line a row, with tabs between the cells.
    pub article: Article,
    /// The heading's cells.
    pub head: Vec<String>,
    /// The rows below the heading.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number, as a spreadsheet counts it.
    pub number: usize,
    /// Where it stands in the article's text.
    pub span: Span,
    /// Where its cells stand.
    pub cells: Vec<Span>,
}

/// Why a file is no table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSheet {
    /// It cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// It has no heading with the columns that are asked for.
    #[error("no heading with the columns that are expected: {expected}; found {found}")]
    NoHead {
        /// What is looked for.
        expected: String,
        /// What the first row holds.
        found: String,
    },
}

impl Sheet {
    /// Reads a workbook or a CSV file; `lacks` says how many columns a row lacks to be the heading, `expected`
    /// what it looks for.
    pub fn read(
        bytes: &[u8],
        path: Option<&str>,
        sha256: String,
        lacks: &dyn Fn(&[String]) -> usize,
        expected: &str,
    ) -> Result<Self, BadSheet> {
        let tables = if Self::is_workbook(bytes) {
            workbook(bytes)?
        } else {
            vec![separated(bytes, lacks)?]
        };
        let places = tables.iter().flat_map(|table| {
            table.iter().enumerate().take(ABOVE).map(move |(place, row)| (table, place, row))
        });
        let rows = places.filter(|(_, _, row)| row.iter().any(|cell| !cell.is_empty()));
        let nearest = rows.min_by_key(|(_, _, row)| lacks(row));
        if let Some((table, place, _)) = nearest.filter(|(_, _, row)| lacks(row) == 0) {
            return Ok(Self::of(table, place, path, sha256));
        }
        let found = nearest.map_or_else(|| "no rows".to_owned(), |(_, _, row)| seen(row));
        Err(BadSheet::NoHead { expected: expected.to_owned(), found })
    }

    /// Whether the file is a workbook, of which the numbers are no text.
    pub fn is_workbook(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK")
    }

    fn of(table: &[Vec<String>], head: usize, path: Option<&str>, sha256: String) -> Self {
        let mut text = String::new();
        let mut rows = Vec::with_capacity(table.len());
        for (index, row) in table.iter().enumerate().skip(head) {
            let start = text.len();
            let mut cells = Vec::with_capacity(row.len());
            for (place, cell) in row.iter().enumerate() {
                if place > 0 {
                    text.push('\t');
                }
                let start = text.len();
                text.push_str(cell);
                cells.push(Span::new(start, text.len()));
            }
            let span = Span::new(start, text.len());
            text.push('\n');
            let is_empty = cells.iter().all(|cell| cell.is_empty());
            if index > head && !is_empty {
                rows.push(Row { number: index + 1, span, cells });
            }
        }
        let article = Article {
            source: Source { path: path.map(str::to_owned), ..Source::default() },
            format: DocumentFormat::Text,
            sha256,
            title: None,
            title_span: None,
            publisher: None,
            published: None,
            language: None,
            body: Span::new(0, text.len()),
            text,
        };
        Self { article, head: table[head].clone(), rows }
    }

    /// The text of a cell; empty where the row has none at this place.
    pub fn cell(&self, row: &Row, place: Option<usize>) -> &str {
        self.span(row, place).map_or("", |span| span.of(&self.article.text))
    }

    /// Where a cell stands.
    pub fn span(&self, row: &Row, place: Option<usize>) -> Option<Span> {
        place.and_then(|place| row.cells.get(place)).copied()
    }
}

/// The first cells of a row, each as short as a heading is.
fn seen(row: &[String]) -> String {
    let cells = row.iter().filter(|cell| !cell.is_empty());
    let mut cells: Vec<String> = cells.map(|cell| cell.chars().take(SEEN.1).collect()).collect();
    if cells.len() > SEEN.0 {
        cells.truncate(SEEN.0);
        cells.push("...".to_owned());
    }
    cells.join(", ")
}

/// A cell on one line, with one blank between its words.
fn on_one_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The table of a text. Which mark stands between its cells is told by the heading, since what stands above it may
/// have commas of its own; where none is like one, the most frequent does.
fn separated(
    bytes: &[u8],
    lacks: &dyn Fn(&[String]) -> usize,
) -> Result<Vec<Vec<String>>, BadSheet> {
    let text = text::decode(bytes).map_err(|error| BadSheet::Unreadable(error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}');
    let rows = |mark: u8| {
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(mark);
        reader.from_reader(text.as_bytes()).into_records().map(|record| {
            let record = record.map_err(|error| BadSheet::Unreadable(error.to_string()))?;
            Ok(record.iter().map(on_one_line).collect())
        })
    };
    let first = || text.lines().take(ABOVE).flat_map(str::bytes);
    let mut marks = [b',', b';', b'\t'];
    marks.sort_by_key(|mark| Reverse(first().filter(|byte| byte == mark).count()));
    let lacking = |mark: &u8| {
        let rows = rows(*mark).take(ABOVE).filter_map(Result::ok);
        rows.map(|row: Vec<String>| lacks(&row)).min()
    };
    marks
        .into_iter()
        .min_by_key(lacking)
        .map_or_else(|| Ok(Vec::new()), |mark| rows(mark).collect())
}

/// The tables of a workbook of Excel or of an open document.
fn workbook(bytes: &[u8]) -> Result<Vec<Vec<Vec<String>>>, BadSheet> {
    let is_open = bytes.get(30..38) == Some(b"mimetype");
    if is_open { tables::<calamine::Ods<_>>(bytes) } else { tables::<calamine::Xlsx<_>>(bytes) }
}

fn tables<'b, B>(bytes: &'b [u8]) -> Result<Vec<Vec<Vec<String>>>, BadSheet>
where
    B: Reader<Cursor<&'b [u8]>, Error: std::fmt::Display>,
{
    let failed = |error: B::Error| BadSheet::Unreadable(error.to_string());
    let mut book = B::new(Cursor::new(bytes)).map_err(failed)?;
    let mut tables = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(failed)?;
        // Rows above the first one with a value count too.
        let above = range.start().map_or(0, |(row, _)| row as usize);
        let mut table = vec![Vec::new(); above];
        table.extend(range.rows().map(|row| row.iter().map(words).collect::<Vec<_>>()));
        tables.push(table);
    }
    Ok(tables)
}

fn words(cell: &Data) -> String {
    match cell {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        other => on_one_line(&other.to_string()),
    }
}

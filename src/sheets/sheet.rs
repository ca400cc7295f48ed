//! A CSV file or a workbook as rows of cells, each at its place in the article's text.

use crate::model::{Article, DocumentFormat, Source, Span};
use calamine::{Data, Reader};
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
    /// Reads a workbook or a CSV file; `is_head` knows the heading, `expected` says what it looks for.
    pub fn read(
        bytes: &[u8],
        path: Option<&str>,
        sha256: String,
        is_head: &dyn Fn(&[String]) -> bool,
        expected: &str,
    ) -> Result<Self, BadSheet> {
        let tables =
            if bytes.starts_with(b"PK") { workbook(bytes)? } else { vec![comma_separated(bytes)?] };
        let found = tables.iter().flatten().find_map(|row| seen(row));
        for table in tables {
            let place = table.iter().take(ABOVE).position(|row| is_head(row));
            if let Some(place) = place {
                return Ok(Self::of(&table, place, path, sha256));
            }
        }
        let found = found.unwrap_or_else(|| "no rows".to_owned());
        Err(BadSheet::NoHead { expected: expected.to_owned(), found })
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
                for (word, part) in cell.split_whitespace().enumerate() {
                    text.push_str(if word > 0 { " " } else { "" });
                    text.push_str(part);
                }
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

/// The first cells of a row that holds any, each as short as a heading is.
fn seen(row: &[String]) -> Option<String> {
    let cells = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let mut cells: Vec<String> = cells.map(|cell| cell.chars().take(SEEN.1).collect()).collect();
    if cells.len() > SEEN.0 {
        cells.truncate(SEEN.0);
        cells.push("...".to_owned());
    }
    (!cells.is_empty()).then(|| cells.join(", "))
}

fn comma_separated(bytes: &[u8]) -> Result<Vec<Vec<String>>, BadSheet> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| BadSheet::Unreadable("expected CSV in UTF-8, or a workbook".to_owned()))?;
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    let delimiter = if count('\t') > count(char::from(delimiter)) { b'\t' } else { delimiter };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| {
            let record = record.map_err(|error| BadSheet::Unreadable(error.to_string()))?;
            Ok(record.iter().map(str::to_owned).collect())
        })
        .collect()
}

fn workbook(bytes: &[u8]) -> Result<Vec<Vec<Vec<String>>>, BadSheet> {
    let failed = |error: calamine::XlsxError| BadSheet::Unreadable(error.to_string());
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
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
        other => other.to_string(),
    }
}

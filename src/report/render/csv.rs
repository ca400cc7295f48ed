//! CSV and TSV by RFC 4180 with `\r\n` line ends; money and quantities in separate fields; text
//! that a spreadsheet would take for a formula is guarded with an apostrophe.

use super::clean::is_hostile;
use super::{Rows, field_names, visible};
use crate::model::Bounds;
use crate::model::amount::{push_decimal, push_digits};
use crate::report::figures::items_text;
use crate::report::table::{Cell, Column, Kind, Shown};
use std::io::{self, Write};

/// How many bytes are gathered before they are given on.
const BUFFER: usize = 1 << 16;

/// A table with separators.
pub(super) struct Csv<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
    columns: Vec<(usize, Kind)>,
    /// The field at hand.
    field: String,
}

impl<'a> Csv<'a> {
    pub(super) fn begin(
        columns: &[Column],
        delimiter: u8,
        byte_order_mark: bool,
        out: &'a mut dyn Write,
    ) -> io::Result<Self> {
        if byte_order_mark {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut lines = Self::lines(columns, delimiter, out);
        let names = lines.columns.iter().flat_map(|(index, _)| field_names(&columns[*index]));
        lines.writer.write_record(names).map_err(into_io)?;
        Ok(lines)
    }

    /// The lines without their heading.
    pub(super) fn lines(columns: &[Column], delimiter: u8, out: &'a mut dyn Write) -> Self {
        let writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(csv::Terminator::CRLF)
            .buffer_capacity(BUFFER)
            .from_writer(out);
        let shown = visible(columns, Shown::People);
        let columns = shown.into_iter().map(|index| (index, columns[index].kind)).collect();
        Self { writer, columns, field: String::new() }
    }

    /// Writes the field that `write` puts into an empty text.
    fn field(&mut self, write: impl FnOnce(&mut String)) -> io::Result<()> {
        self.field.clear();
        write(&mut self.field);
        self.writer.write_field(&self.field).map_err(into_io)
    }

    /// Writes a field that no spreadsheet takes for a formula. Most texts are so already.
    fn text(&mut self, text: &str) -> io::Result<()> {
        if is_harmless(text) {
            return self.writer.write_field(text).map_err(into_io);
        }
        self.field(|field| guard(text, field))
    }

    fn ends(&mut self, bounds: Bounds, of: &str) -> io::Result<()> {
        for end in [bounds.low(), bounds.high()] {
            self.field(|field| {
                if let Some(end) = end {
                    push_decimal(end, field);
                }
            })?;
        }
        self.text(of)?;
        self.writer.write_field(bounds.qualifier().as_str()).map_err(into_io)
    }

    fn cell(&mut self, cell: &Cell) -> io::Result<()> {
        match cell {
            Cell::Blank | Cell::Unknown | Cell::Open => self.field(|_| {}),
            Cell::Text(text) => self.text(text),
            Cell::Word(word) => self.writer.write_field(word).map_err(into_io),
            Cell::Package(id) => self.field(|field| {
                field.push('P');
                push_digits(id.0, 1, field);
            }),
            Cell::List(words) => match words.as_slice() {
                [word] => self.text(word),
                words => self.text(&words.join(" ")),
            },
            Cell::Count(count) => self.field(|field| push_digits(*count, 1, field)),
            Cell::Decimal(number) => self.field(|field| push_decimal(*number, field)),
            Cell::Date(date) => self.field(|field| date.push(field)),
            Cell::Flag(flag) => {
                self.writer.write_field(if *flag { "true" } else { "false" }).map_err(into_io)
            }
            Cell::Items(items) => self.text(&items_text(items)),
            Cell::Sources(sources) => {
                let mut places = sources.iter().filter_map(|source| source.location.as_deref());
                match (places.next(), places.next()) {
                    (first, None) => self.text(first.unwrap_or_default()),
                    (first, second) => {
                        let first = first.into_iter().chain(second);
                        self.text(&first.chain(places).collect::<Vec<_>>().join(" "))
                    }
                }
            }
            Cell::Amount(_) | Cell::Quantity(..) => self.text(&super::words(cell)),
        }
    }
}

impl Rows for Csv<'_> {
    fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        for place in 0..self.columns.len() {
            let (index, kind) = self.columns[place];
            match (kind, &row[index]) {
                (Kind::Amount, Cell::Amount(amount)) => {
                    self.ends(amount.bounds, amount.currency.as_str())?;
                }
                (Kind::Quantity, Cell::Quantity(bounds, unit)) => {
                    self.ends(*bounds, unit.as_deref().unwrap_or_default())?;
                }
                (Kind::Amount | Kind::Quantity, _) => {
                    (0..4).try_for_each(|_| self.field(|_| {}))?;
                }
                (_, cell) => self.cell(cell)?,
            }
        }
        self.writer.write_record(None::<&[u8]>).map_err(into_io)
    }

    fn end(&mut self, _: &[Vec<Cell>], _: &[String]) -> io::Result<()> {
        self.writer.flush()
    }
}

fn into_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// Whether a text is plain letters and begins no formula.
fn is_harmless(text: &str) -> bool {
    // A fold has no early end, so that many bytes are looked at together.
    let is_plain = text.bytes().fold(true, |plain, byte| plain & (b' '..0x7f).contains(&byte));
    is_plain && !text.starts_with([' ', '=', '+', '-', '@'])
}

/// Text that no spreadsheet takes for a formula: an apostrophe stands before every line whose
/// first character after blanks begins one, and control characters are replaced.
fn guard(text: &str, out: &mut String) {
    let mut at_start = true;
    for line in text.split_inclusive(['\n', '\r']) {
        let starts_formula = line
            .trim_start_matches([' ', '\u{a0}', '\t', '\u{3000}'])
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        if starts_formula || (at_start && line.starts_with(['\t', '\r'])) {
            out.push('\'');
        }
        at_start = false;
        out.extend(line.chars().map(|character| match character {
            '\n' | '\r' | '\t' => character,
            _ if is_hostile(character) => char::REPLACEMENT_CHARACTER,
            _ => character,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_begins_a_formula_is_guarded_on_every_line() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+41", "'+41"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\rx", "'\rx"),
            ("  =1", "'  =1"),
            ("a\n=1", "a\n'=1"),
            ("a\r\n -1", "a\r\n' -1"),
            ("155-mm", "155-mm"),
            ("\u{1b}[2J", "\u{fffd}[2J"),
        ] {
            let mut out = String::new();
            guard(text, &mut out);
            assert_eq!(out, expected, "{text:?}");
        }
    }
}

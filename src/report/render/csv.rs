//! CSV and TSV by RFC 4180 with `\r\n` line ends; money and quantities in separate fields; text
//! that a spreadsheet would take for a formula is guarded with an apostrophe.

use super::clean::is_hostile;
use super::{Lines, Rows, field_names, visible};
use crate::model::amount::{push_decimal, push_digits};
use crate::model::{Bounds, Ends, PackageId};
use crate::report::figures::{items_text, push_lines};
use crate::report::table::{Cell, Column, Field, Kind, Shown};
use std::io::{self, Write};

/// How many bytes are gathered before they are given on.
const BUFFER: usize = 1 << 16;

/// A table with separators. It writes them itself: most fields are plain, and are copied as they are.
pub(super) struct Csv<'a> {
    out: &'a mut dyn Write,
    delimiter: u8,
    columns: Vec<(usize, Kind)>,
    /// The lines that are not given on yet.
    lines: Vec<u8>,
    /// Where the line at hand begins.
    start: usize,
    /// The field at hand, where it is put together first.
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
        for name in names.collect::<Vec<_>>() {
            lines.put(&name);
        }
        lines.end_line()?;
        Ok(lines)
    }

    /// The lines without their heading.
    pub(super) fn lines(columns: &[Column], delimiter: u8, out: &'a mut dyn Write) -> Self {
        let shown = visible(columns, Shown::People);
        let columns = shown.into_iter().map(|index| (index, columns[index].kind)).collect();
        let (lines, field) = (Vec::with_capacity(BUFFER), String::new());
        Self { out, delimiter, columns, lines, start: 0, field }
    }

    /// Writes a field as it is, in quotes where it needs them.
    fn put(&mut self, text: &str) {
        let delimiter = self.delimiter;
        let is_special = |byte: u8| byte == delimiter || matches!(byte, b'"' | b'\r' | b'\n');
        let is_special = text.bytes().fold(false, |special, byte| special | is_special(byte));
        self.push(text, is_special);
    }

    fn push(&mut self, text: &str, is_special: bool) {
        if is_special {
            self.lines.push(b'"');
            for (number, part) in text.split('"').enumerate() {
                self.lines.extend_from_slice(if number > 0 { b"\"\"" } else { b"" });
                self.lines.extend_from_slice(part.as_bytes());
            }
            self.lines.push(b'"');
        } else {
            self.lines.extend_from_slice(text.as_bytes());
        }
        self.lines.push(self.delimiter);
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.lines.pop();
        if self.lines.len() == self.start {
            // An empty line would be no row.
            self.lines.extend_from_slice(b"\"\"");
        }
        self.lines.extend_from_slice(b"\r\n");
        if self.lines.len() >= BUFFER {
            return self.give();
        }
        self.start = self.lines.len();
        Ok(())
    }

    fn give(&mut self) -> io::Result<()> {
        self.out.write_all(&self.lines)?;
        self.lines.clear();
        self.start = 0;
        Ok(())
    }

    /// Writes the field that `write` puts into an empty text.
    fn field(&mut self, write: impl FnOnce(&mut String)) {
        self.made(write, Self::put);
    }

    /// Makes a text in the one that is kept for it, and hands it on.
    fn made(&mut self, write: impl FnOnce(&mut String), put: fn(&mut Self, &str)) {
        let mut field = std::mem::take(&mut self.field);
        field.clear();
        write(&mut field);
        put(self, &field);
        self.field = field;
    }

    /// Writes a field that no spreadsheet takes for a formula. Most texts are plain letters that begin
    /// none: those are looked at but once, all bytes alike, since an early end would be slower.
    fn text(&mut self, text: &str) {
        let delimiter = self.delimiter;
        let (mut is_plain, mut is_special) = (true, false);
        for byte in text.bytes() {
            is_plain &= (b' '..0x7f).contains(&byte);
            is_special |= byte == delimiter || byte == b'"';
        }
        if is_plain && !text.starts_with([' ', '=', '+', '-', '@']) {
            self.push(text, is_special);
        } else {
            self.field(|field| guard(text, field));
        }
    }

    /// Writes the text that `write` puts together, as [`Self::text`] does.
    fn words(&mut self, write: impl FnOnce(&mut String)) {
        self.made(write, Self::text);
    }

    fn package(&mut self, id: PackageId) {
        self.lines.push(b'P');
        self.field(|field| push_digits(id.0, 1, field));
    }

    fn flag(&mut self, flag: bool) {
        self.put(if flag { "true" } else { "false" });
    }

    fn borrowed(&mut self, ends: Option<Ends>) {
        match ends {
            None => (0..4).for_each(|_| self.put("")),
            Some(ends) => {
                self.put(ends.low.unwrap_or_default());
                self.put(ends.high.unwrap_or_default());
                self.text(ends.of.unwrap_or_default());
                self.put(ends.qualifier);
            }
        }
    }

    fn ends(&mut self, bounds: Bounds, of: &str) {
        for end in [bounds.low(), bounds.high()] {
            self.field(|field| {
                if let Some(end) = end {
                    push_decimal(end, field);
                }
            });
        }
        self.text(of);
        self.put(bounds.qualifier().as_str());
    }

    fn cell(&mut self, cell: &Cell) {
        match cell {
            Cell::Blank | Cell::Unknown | Cell::Open => self.put(""),
            Cell::Text(text) => self.text(text),
            Cell::Word(word) => self.put(word),
            Cell::Package(id) => self.package(*id),
            Cell::List(words) => match words.as_slice() {
                [word] => self.text(word),
                words => self.text(&words.join(" ")),
            },
            Cell::Count(count) => self.field(|field| push_digits(*count, 1, field)),
            Cell::Decimal(number) => self.field(|field| push_decimal(*number, field)),
            Cell::Date(date) => self.field(|field| date.push(field)),
            Cell::Flag(flag) => self.flag(*flag),
            Cell::Items(items) => self.text(&items_text(items)),
            Cell::Sources(sources) => {
                let places = sources.iter().filter_map(|source| source.location.as_deref());
                self.words(|words| push_places(places, words));
            }
            Cell::Amount(_) | Cell::Quantity(..) => self.text(&super::words(cell)),
        }
    }
}

fn push_places<'p>(places: impl Iterator<Item = &'p str>, out: &mut String) {
    for (number, place) in places.enumerate() {
        if number > 0 {
            out.push(' ');
        }
        out.push_str(place);
    }
}

impl Rows for Csv<'_> {
    fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        for place in 0..self.columns.len() {
            let (index, kind) = self.columns[place];
            match (kind, &row[index]) {
                (Kind::Amount, Cell::Amount(amount)) => {
                    self.ends(amount.bounds, amount.currency.as_str());
                }
                (Kind::Quantity, Cell::Quantity(bounds, unit)) => {
                    self.ends(*bounds, unit.as_deref().unwrap_or_default());
                }
                (Kind::Amount | Kind::Quantity, _) => self.borrowed(None),
                (_, cell) => self.cell(cell),
            }
        }
        self.end_line()
    }

    fn end(&mut self, _: &[Vec<Cell>], _: &[String]) -> io::Result<()> {
        self.give()?;
        self.out.flush()
    }
}

impl Lines for Csv<'_> {
    fn fields(&mut self, row: &[Field<'_>], last: Option<&str>) -> io::Result<()> {
        for place in 0..self.columns.len() {
            let (index, _) = self.columns[place];
            match row.get(index).copied().or(last.map(Field::Text)).unwrap_or(Field::Blank) {
                Field::Blank => self.put(""),
                Field::Package(id) => self.package(id),
                Field::Codes(codes) if codes.contains(',') => {
                    self.words(|words| push_places(codes.split(','), words));
                }
                Field::Text(text) | Field::Codes(text) => self.text(text),
                Field::Count(count) => self.field(|field| push_digits(count, 1, field)),
                Field::Digits(digits) => self.put(digits),
                Field::Flag(flag) => self.flag(flag),
                Field::Date(date) => self.field(|field| date.push(field)),
                Field::Sum(ends) | Field::Many(ends) => self.borrowed(ends),
                Field::Items(lines) => self.words(|words| push_lines(lines, words)),
                Field::Sources(tellers) => {
                    let places = tellers.iter().filter_map(|teller| teller.location);
                    self.words(|words| push_places(places, words));
                }
            }
        }
        self.end_line()
    }

    fn join(&mut self, rows: &[u8], _: usize) -> io::Result<()> {
        self.give()?;
        self.out.write_all(rows)
    }
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

//! CSV and TSV by RFC 4180 with `\r\n` line ends; money and quantities in separate fields; text
//! that a spreadsheet would take for a formula is guarded with an apostrophe.

use super::clean::is_hostile;
use super::{Lines, Rows, field_names, same, visible};
use crate::model::amount::{push_decimal, push_digits};
use crate::model::{Bounds, Damaged, Ends, PackageId};
use crate::report::figures::{items_text, push_lines};
use crate::report::table::{Cell, Column, Field, Kind, Shown};
use std::io::{self, Write};

/// How many bytes are gathered before they are given on.
const BUFFER: usize = 1 << 16;

/// A table with separators. It writes them itself: most fields are plain, and are copied as they are.
pub(super) struct Csv<'a> {
    out: Out<'a>,
    delimiter: u8,
    columns: Vec<(usize, Kind)>,
    /// How each line ends: with what is the same in all rows.
    same: Vec<u8>,
    /// The heading of a table without rows, which says that in their stead; none as soon as there is a row.
    bare: Option<Vec<u8>>,
    /// The lines that are not given on yet.
    lines: Vec<u8>,
    /// Where the line at hand begins.
    start: usize,
    /// The field at hand, where it is put together first.
    field: String,
}

/// Where lines are given to.
enum Out<'a> {
    /// What takes them in stretches.
    Stream(&'a mut dyn Write),
    /// A text that is all of them: lines are put together in it, and are not copied.
    Whole(&'a mut Vec<u8>),
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
        let mut lines = Self::new(columns, delimiter, Out::Stream(out));
        let same = std::mem::take(&mut lines.same);
        if !same.is_empty() {
            lines.heading(columns, true)?;
            lines.bare = Some(std::mem::take(&mut lines.lines));
            lines.start = 0;
        }
        lines.heading(columns, false)?;
        Ok(Self { same, ..lines })
    }

    /// The lines without their heading.
    pub(super) fn lines(columns: &[Column], delimiter: u8, out: &'a mut Vec<u8>) -> Self {
        Self::new(columns, delimiter, Out::Whole(out))
    }

    fn new(columns: &[Column], delimiter: u8, mut out: Out<'a>) -> Self {
        let shown = visible(columns, Shown::People);
        let said = same(columns);
        let columns = shown.into_iter().map(|index| (index, columns[index].kind)).collect();
        let lines = match &mut out {
            Out::Stream(_) => Vec::with_capacity(BUFFER),
            Out::Whole(text) => std::mem::take(*text),
        };
        let (start, field) = (lines.len(), String::new());
        let mut table =
            Self { out, delimiter, columns, same: Vec::new(), bare: None, lines, start, field };
        said.for_each(|(_, text)| table.text(text));
        table.same = table.lines.split_off(start);
        table
    }

    /// Writes the names of the columns; where `says`, with what is the same in all rows.
    fn heading(&mut self, columns: &[Column], says: bool) -> io::Result<()> {
        for place in 0..self.columns.len() {
            let (index, _) = self.columns[place];
            for name in field_names(&columns[index]) {
                self.put(&name);
            }
        }
        for (name, text) in same(columns) {
            self.text(&if says { format!("{name} {text}") } else { name.to_owned() });
        }
        self.end_line()
    }

    /// Writes a field as it is, in quotes where it needs them.
    fn put(&mut self, text: &str) {
        let delimiter = self.delimiter;
        let is_special = |byte: u8| byte == delimiter || matches!(byte, b'"' | b'\r' | b'\n');
        if text.bytes().fold(false, |special, byte| special | is_special(byte)) {
            self.quoted(text, text.contains('"'));
        } else {
            self.bare(text);
        }
    }

    fn bare(&mut self, text: &str) {
        self.lines.extend_from_slice(text.as_bytes());
        self.lines.push(self.delimiter);
    }

    fn quoted(&mut self, text: &str, has_quotes: bool) {
        self.lines.push(b'"');
        if has_quotes {
            for (number, part) in text.split('"').enumerate() {
                self.lines.extend_from_slice(if number > 0 { b"\"\"" } else { b"" });
                self.lines.extend_from_slice(part.as_bytes());
            }
        } else {
            self.lines.extend_from_slice(text.as_bytes());
        }
        self.lines.extend_from_slice(&[b'"', self.delimiter]);
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.lines.extend_from_slice(&self.same);
        self.lines.pop();
        if self.lines.len() == self.start {
            // An empty line would be no row.
            self.lines.extend_from_slice(b"\"\"");
        }
        self.lines.extend_from_slice(b"\r\n");
        if self.lines.len() >= BUFFER && matches!(self.out, Out::Stream(_)) {
            return self.give();
        }
        self.start = self.lines.len();
        Ok(())
    }

    fn give(&mut self) -> io::Result<()> {
        self.write(&[])
    }

    /// Gives on what is written, and more.
    fn write(&mut self, more: &[u8]) -> io::Result<()> {
        match &mut self.out {
            Out::Stream(out) => {
                out.write_all(&self.lines)?;
                out.write_all(more)?;
                self.lines.clear();
            }
            Out::Whole(text) => {
                **text = std::mem::take(&mut self.lines);
                text.extend_from_slice(more);
            }
        }
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
        let (mut is_plain, mut is_special, mut has_quotes) = (true, false, false);
        for byte in text.bytes() {
            is_plain &= (b' '..0x7f).contains(&byte);
            is_special |= byte == delimiter;
            has_quotes |= byte == b'"';
        }
        let begins_formula =
            matches!(text.as_bytes().first(), Some(b' ' | b'=' | b'+' | b'-' | b'@'));
        match is_plain && !begins_formula {
            true if is_special || has_quotes => self.quoted(text, has_quotes),
            true => self.bare(text),
            false => self.field(|field| guard(text, field)),
        }
    }

    /// Writes the text that `write` puts together, as [`Self::text`] does.
    fn words(&mut self, write: impl FnOnce(&mut String)) {
        self.made(write, Self::text);
    }

    /// The same of a text that may be damaged where it comes from.
    fn read(&mut self, write: impl FnOnce(&mut String) -> Result<(), Damaged>) -> io::Result<()> {
        let mut read = Ok(());
        self.words(|words| read = write(words));
        read.map_err(io::Error::other)
    }

    fn package(&mut self, id: PackageId) {
        self.lines.push(b'P');
        self.count(id.0);
    }

    fn count(&mut self, count: u64) {
        self.made(|field| push_digits(count, 1, field), Self::bare);
    }

    fn flag(&mut self, flag: bool) {
        self.bare(if flag { "true" } else { "false" });
    }

    fn borrowed(&mut self, ends: Option<Ends>) {
        match ends {
            None => self.lines.extend_from_slice(&[self.delimiter; 4]),
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
            Cell::Blank | Cell::Unknown | Cell::Open => self.bare(""),
            Cell::Text(text) | Cell::Named(text, _) => self.text(text),
            Cell::Word(word) => self.bare(word),
            Cell::Package(id) => self.package(*id),
            Cell::List(words) => match words.as_slice() {
                [word] => self.text(word),
                words => self.text(&words.join(" ")),
            },
            Cell::Count(count) => self.count(*count),
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
        self.bare = None;
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
        if let Some(bare) = self.bare.take() {
            self.lines = bare;
        }
        self.give()?;
        match &mut self.out {
            Out::Stream(out) => out.flush(),
            Out::Whole(_) => Ok(()),
        }
    }
}

impl Lines for Csv<'_> {
    fn fields(&mut self, row: &[Field<'_>]) -> io::Result<()> {
        self.bare = None;
        for place in 0..self.columns.len() {
            let (index, _) = self.columns[place];
            match &row[index] {
                Field::Blank => self.bare(""),
                Field::Package(id) => self.package(*id),
                Field::Codes(codes) if codes.contains(',') => {
                    self.words(|words| push_places(codes.split(','), words));
                }
                Field::Text(text) | Field::Codes(text) => self.text(text),
                Field::Word(word) => self.bare(word),
                Field::Count(count) => self.count(*count),
                Field::Told(tellers) => self.count(tellers.each().count() as u64),
                Field::Digits(digits) => self.put(digits),
                Field::Flag(flag) => self.flag(*flag),
                Field::Date(date) => self.field(|field| date.push(field)),
                Field::Sum(ends) | Field::Many(ends) => self.borrowed(*ends),
                Field::Items(lines) => self.read(|words| push_lines(*lines, words))?,
                Field::Sources(tellers) => self.read(|words| {
                    tellers.places().enumerate().try_for_each(|(number, place)| {
                        words.push_str(if number > 0 { " " } else { "" });
                        words.push_str(place?);
                        Ok(())
                    })
                })?,
            }
        }
        self.end_line()
    }

    fn join(&mut self, rows: &[u8], count: usize) -> io::Result<()> {
        if count == 0 {
            return Ok(());
        }
        self.bare = None;
        self.write(rows)
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

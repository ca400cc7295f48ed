//! CSV and TSV by RFC 4180 with `\r\n` line ends; money and quantities in separate fields; text
//! that a spreadsheet would take for a formula is guarded with an apostrophe.

use super::clean::is_hostile;
use super::{field_names, visible};
use crate::model::Bounds;
use crate::report::figures::item_text;
use crate::report::table::{Cell, Kind, Shown, Table};
use std::io::{self, Write};

pub(super) fn write(
    table: &Table,
    delimiter: u8,
    byte_order_mark: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    if byte_order_mark {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    let columns = visible(table, Shown::People);
    let names = columns.iter().flat_map(|index| field_names(&table.columns[*index]));
    writer.write_record(names).map_err(into_io)?;
    let mut record = Vec::new();
    for row in &table.rows {
        record.clear();
        for index in &columns {
            push_fields(table.columns[*index].kind, &row[*index], &mut record);
        }
        writer.write_record(&record).map_err(into_io)?;
    }
    writer.flush()
}

fn into_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

fn push_fields(kind: Kind, cell: &Cell, record: &mut Vec<String>) {
    match (kind, cell) {
        (Kind::Amount, Cell::Amount(amount)) => {
            push_bounds(amount.bounds, amount.currency.as_str(), record);
        }
        (Kind::Quantity, Cell::Quantity(bounds, unit)) => {
            push_bounds(*bounds, &guard(unit.as_deref().unwrap_or_default()), record);
        }
        (Kind::Amount | Kind::Quantity, _) => record.extend(vec![String::new(); 4]),
        _ => record.push(field(cell)),
    }
}

fn push_bounds(bounds: Bounds, of: &str, record: &mut Vec<String>) {
    let end = |end: Option<rust_decimal::Decimal>| end.map_or(String::new(), |end| end.to_string());
    record.push(end(bounds.low()));
    record.push(end(bounds.high()));
    record.push(of.to_owned());
    record.push(bounds.qualifier().to_string());
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Blank | Cell::Unknown | Cell::Open => String::new(),
        Cell::Text(text) => guard(text),
        Cell::List(words) => guard(&words.join(" ")),
        Cell::Count(count) => count.to_string(),
        Cell::Decimal(number) => number.normalize().to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Items(items) => guard(&items.iter().map(item_text).collect::<Vec<_>>().join("; ")),
        Cell::Sources(sources) => {
            let places = sources.iter().filter_map(|source| source.location.as_deref());
            guard(&places.collect::<Vec<_>>().join(" "))
        }
        Cell::Amount(_) | Cell::Quantity(..) => super::words(cell),
    }
}

/// Text that no spreadsheet takes for a formula: an apostrophe stands before every line whose
/// first character after blanks begins one, and control characters are replaced.
fn guard(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
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
    out
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
            assert_eq!(guard(text), expected, "{text:?}");
        }
    }
}

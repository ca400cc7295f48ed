//! JSON and NDJSON: money and quantities as objects, decimals as strings, what is not stated as
//! null; control and direction characters escaped, so that printing a line is harmless.

use super::clean::is_hostile;
use super::{Rows, same, visible};
use crate::model::folio::codes;
use crate::model::package::PackageSource;
use crate::model::{Amount, Bounds, Damaged, Ends, Item, Line};
use crate::report::table::{Cell, Column, Field, Shown};
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// One object with rows, their number, sums and notes.
pub(super) struct Document<'a>(Lines<'a>);

impl<'a> Document<'a> {
    pub(super) fn begin(columns: &[Column], out: &'a mut dyn Write) -> io::Result<Self> {
        out.write_all(b"{\"rows\":[")?;
        Ok(Self(Lines::listed(columns, out)))
    }
}

impl Rows for Document<'_> {
    fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        self.0.row(row)
    }

    fn end(&mut self, sums: &[Vec<Cell>], notes: &[String]) -> io::Result<()> {
        let Lines { fields, out, count, .. } = &mut self.0;
        let sums: Vec<Value> = sums.iter().map(|row| object(fields, row)).collect();
        for (name, value) in
            [("count", json!(count)), ("sums", sums.into()), ("notes", json!(notes))]
        {
            write!(out, "{}\"{name}\":", if name == "count" { "]," } else { "," })?;
            write_value(&value, out)?;
        }
        out.write_all(b"}\n")
    }
}

impl super::Lines for Document<'_> {
    fn fields(&mut self, row: &[Field<'_>]) -> io::Result<()> {
        self.0.fields(row)
    }

    fn join(&mut self, rows: &[u8], count: usize) -> io::Result<()> {
        self.0.join(rows, count)
    }
}

/// An object a row.
pub(super) struct Lines<'a> {
    fields: Vec<(usize, String)>,
    /// What is the same in all rows.
    same: Vec<(String, String)>,
    /// Whether it is all rows of a table, and no part of them.
    is_whole: bool,
    out: &'a mut dyn Write,
    /// What stands between two rows, and after each.
    marks: (&'static [u8], &'static [u8]),
    count: usize,
}

impl<'a> Lines<'a> {
    /// A table of them.
    pub(super) fn begin(columns: &[Column], out: &'a mut dyn Write) -> Self {
        Self { is_whole: true, ..Self::apart(columns, out) }
    }

    /// A line each.
    pub(super) fn apart(columns: &[Column], out: &'a mut dyn Write) -> Self {
        let same = same(columns).map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        let (fields, marks) = (fields(columns), (&b""[..], &b"\n"[..]));
        Self { fields, same, is_whole: false, out, marks, count: 0 }
    }

    /// With commas between them.
    pub(super) fn listed(columns: &[Column], out: &'a mut dyn Write) -> Self {
        Self { marks: (b",", b""), ..Self::apart(columns, out) }
    }

    /// What stands before further rows.
    fn go_on(&mut self, count: usize) -> io::Result<()> {
        if self.count > 0 && count > 0 {
            self.out.write_all(self.marks.0)?;
        }
        self.count += count;
        Ok(())
    }

    /// What is the same in all rows, as members of an object behind so many others.
    fn write_same(&mut self, before: usize) -> io::Result<()> {
        for (place, (name, text)) in self.same.iter().enumerate() {
            self.out.write_all(if before + place == 0 { b"" } else { b"," })?;
            write_text(name, self.out)?;
            self.out.write_all(b":")?;
            write_text(text, self.out)?;
        }
        Ok(())
    }
}

impl Rows for Lines<'_> {
    fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        self.go_on(1)?;
        let mut object = object(&self.fields, row);
        for (name, text) in &self.same {
            object[name] = json!(text);
        }
        write_value(&object, self.out)?;
        self.out.write_all(self.marks.1)
    }

    fn end(&mut self, _: &[Vec<Cell>], _: &[String]) -> io::Result<()> {
        if self.is_whole && self.count == 0 && !self.same.is_empty() {
            self.out.write_all(b"{")?;
            self.write_same(0)?;
            self.out.write_all(b"}\n")?;
        }
        Ok(())
    }
}

impl super::Lines for Lines<'_> {
    fn fields(&mut self, row: &[Field<'_>]) -> io::Result<()> {
        self.go_on(1)?;
        self.out.write_all(b"{")?;
        for (place, (index, name)) in self.fields.iter().enumerate() {
            self.out.write_all(if place == 0 { b"" } else { b"," })?;
            write_text(name, self.out)?;
            self.out.write_all(b":")?;
            write_field(&row[*index], self.out)?;
        }
        self.write_same(self.fields.len())?;
        self.out.write_all(b"}")?;
        self.out.write_all(self.marks.1)
    }

    fn join(&mut self, rows: &[u8], count: usize) -> io::Result<()> {
        self.go_on(count)?;
        self.out.write_all(rows)
    }
}

fn write_field(field: &Field, out: &mut dyn Write) -> io::Result<()> {
    match *field {
        Field::Blank | Field::Sum(None) | Field::Many(None) => out.write_all(b"null"),
        Field::Text(text) | Field::Word(text) => write_text(text, out),
        Field::Package(id) => write!(out, "\"{id}\""),
        Field::Codes(text) => write_value(&json!(codes(text)), out),
        Field::Count(count) => write!(out, "{count}"),
        Field::Told(tellers) => write!(out, "{}", tellers.each().count()),
        Field::Digits(digits) => out.write_all(digits.as_bytes()),
        Field::Flag(flag) => write!(out, "{flag}"),
        Field::Date(date) => write!(out, "\"{date}\""),
        Field::Sum(Some(Ends { low, high, qualifier, of })) => {
            let ends =
                [("low", low), ("high", high), ("currency", of), ("qualifier", Some(qualifier))];
            write_texts(&ends, out)
        }
        Field::Many(Some(Ends { low, high, qualifier, of })) => {
            let ends = [("low", low), ("high", high), ("qualifier", Some(qualifier)), ("unit", of)];
            write_texts(&ends, out)
        }
        Field::Items(lines) => write_each(lines.each(), out, |line, out| write_line(&line, out)),
        Field::Sources(tellers) => write_each(tellers.each(), out, |teller, out| {
            let texts = [
                ("article", Some(teller.article.unwrap_or_default())),
                ("title", teller.title),
                ("publisher", teller.publisher),
                ("published", teller.published),
                ("location", teller.location),
            ];
            write_texts(&texts, out)
        }),
    }
}

fn write_line(line: &Line, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{")?;
    let texts = [
        ("system", line.system),
        ("name", Some(line.name)),
        ("text", Some(line.text)),
        ("class", line.class),
    ];
    write_members(&texts, out)?;
    out.write_all(b",\"quantity\":")?;
    match line.quantity {
        Some(Ends { low, high, qualifier, .. }) => {
            write_texts(&[("low", low), ("high", high), ("qualifier", Some(qualifier))], out)?;
        }
        None => out.write_all(b"null")?,
    }
    out.write_all(b",")?;
    write_members(&[("unit", line.unit)], out)?;
    out.write_all(b"}")
}

fn write_each<T>(
    list: impl Iterator<Item = Result<T, Damaged>>,
    out: &mut dyn Write,
    write: impl Fn(T, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    out.write_all(b"[")?;
    for (place, one) in list.enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        write(one.map_err(io::Error::other)?, out)?;
    }
    out.write_all(b"]")
}

/// An object of texts, which are null where there is none.
fn write_texts(members: &[(&str, Option<&str>)], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{")?;
    write_members(members, out)?;
    out.write_all(b"}")
}

fn write_members(members: &[(&str, Option<&str>)], out: &mut dyn Write) -> io::Result<()> {
    for (place, (name, text)) in members.iter().enumerate() {
        out.write_all(if place == 0 { b"\"" } else { b",\"" })?;
        out.write_all(name.as_bytes())?;
        out.write_all(b"\":")?;
        match text {
            Some(text) => write_text(text, out)?,
            None => out.write_all(b"null")?,
        }
    }
    Ok(())
}

/// A text in quotes, harmless.
fn write_text(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Harmless(CompactFormatter));
    serde::Serialize::serialize(text, &mut serializer).map_err(io::Error::from)
}

/// The places of the columns that a program reads, with their names.
pub(super) fn fields(columns: &[Column]) -> Vec<(usize, String)> {
    let shown = visible(columns, Shown::People).into_iter();
    shown.map(|index| (index, columns[index].name.clone().into_owned())).collect()
}

pub(super) fn write_value(value: &Value, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Harmless(CompactFormatter));
    serde::Serialize::serialize(value, &mut serializer).map_err(io::Error::from)
}

/// A row as an object.
pub(super) fn object(fields: &[(usize, String)], row: &[Cell]) -> Value {
    let fields = fields.iter().map(|(index, name)| (name.clone(), value(&row[*index])));
    Value::Object(fields.collect::<Map<String, Value>>())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Blank | Cell::Unknown | Cell::Open => Value::Null,
        Cell::Text(text) | Cell::Named(text, _) => json!(text),
        Cell::Word(word) => json!(word),
        Cell::Package(id) => json!(id.to_string()),
        Cell::List(words) => json!(words),
        Cell::Count(count) => json!(count),
        Cell::Decimal(number) => json!(number.normalize().to_string()),
        Cell::Date(date) => json!(date.to_string()),
        Cell::Amount(amount) => amount_value(amount),
        Cell::Quantity(quantity, unit) => {
            let mut object = quantity_value(*quantity);
            object["unit"] = json!(unit);
            object
        }
        Cell::Flag(flag) => json!(flag),
        Cell::Items(items) => items.iter().map(item).collect(),
        Cell::Sources(sources) => sources.iter().map(source).collect(),
    }
}

fn end(end: Option<rust_decimal::Decimal>) -> Value {
    end.map_or(Value::Null, |end| json!(end.normalize().to_string()))
}

/// Money as an object: low and high end as decimal strings or null, currency code and qualifier.
pub fn amount_value(amount: &Amount) -> Value {
    json!({
        "low": end(amount.bounds.low()),
        "high": end(amount.bounds.high()),
        "currency": amount.currency.as_str(),
        "qualifier": amount.bounds.qualifier().as_str(),
    })
}

/// A number of things as an object: low and high end as decimal strings or null, and qualifier.
pub fn quantity_value(bounds: Bounds) -> Value {
    json!({
        "low": end(bounds.low()),
        "high": end(bounds.high()),
        "qualifier": bounds.qualifier().as_str(),
    })
}

fn item(item: &Item) -> Value {
    json!({
        "system": item.system,
        "name": item.name,
        "text": item.text,
        "class": item.class,
        "quantity": item.quantity.map(quantity_value),
        "unit": item.unit,
    })
}

fn source(source: &PackageSource) -> Value {
    json!({
        "article": source.article,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published.map(|date| date.to_string()),
        "location": source.location,
    })
}

/// Compact JSON in which every character that steers a terminal is written as `\uXXXX`.
struct Harmless(CompactFormatter);

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if !fragment.contains(is_hostile) {
            return self.0.write_string_fragment(out, fragment);
        }
        for character in fragment.chars() {
            if is_hostile(character) {
                write!(out, "\\u{:04x}", u32::from(character))?;
            } else {
                write!(out, "{character}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped_and_come_back_whole() {
        let value = json!({"quote": "a\u{9b}2J\u{202e}\u{1b}\u{7f}é"});
        let mut out = Vec::new();
        write_value(&value, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, r#"{"quote":"a\u009b2J\u202e\u001b\u007fé"}"#);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}

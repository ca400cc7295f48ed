//! A Parquet file: typed columns, written group by group of rows, so that no more than one group is in
//! memory. Money and quantities are decimal, days are dates, text is harmless and never more than text.

use super::{Rows, clean, field_names, visible, words};
use crate::model::{Bounds, CivilDate};
use crate::report::figures::items_text;
use crate::report::table::{Cell, Column, Kind, Shown};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType,
    Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use rust_decimal::Decimal;
use std::io::{self, Write};
use std::sync::Arc;

/// Digits of a decimal column, and how many of them stand behind the point.
const PRECISION: i32 = 38;
const SCALE: u32 = 10;

/// Bytes in which the reader keeps so many digits.
const WIDTH: i32 = 16;

/// A group ends with so many rows, or so many bytes of text.
const ROWS: usize = 1 << 15;
const BYTES: usize = 1 << 22;

/// What is written: columns of the file and the rows of the group at hand.
pub struct Parquet<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<(usize, Kind)>,
    fields: Vec<Field>,
    rows: usize,
    bytes: usize,
}

/// A column of the file with the values of the group at hand; `defined` has a 0 where there is none.
struct Field {
    values: Values,
    defined: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Decimal(Vec<FixedLenByteArray>),
    Count(Vec<i64>),
    Day(Vec<i32>),
    Flag(Vec<bool>),
}

impl<W: Write + Send> Parquet<W> {
    /// Begins a file of these columns; `about` stands in it as pairs of key and value.
    pub fn begin(columns: &[Column], about: &[(&str, String)], out: W) -> io::Result<Self> {
        let shown = visible(columns, Shown::People);
        let mut schema = Vec::new();
        let mut fields = Vec::new();
        for column in shown.iter().map(|index| &columns[*index]) {
            for (name, values) in named(column) {
                schema.push(Arc::new(values.kind(&name).map_err(into_io)?));
                fields.push(Field { values, defined: Vec::new() });
            }
        }
        let schema = Type::group_type_builder("schema").with_fields(schema).build();
        let about = about
            .iter()
            .map(|(key, value)| KeyValue::new(format!("aidledger.{key}"), clean(value)))
            .collect();
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("aidledger ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(about))
            .build();
        let schema = Arc::new(schema.map_err(into_io)?);
        let writer = SerializedFileWriter::new(out, schema, Arc::new(properties));
        let columns = shown.into_iter().map(|index| (index, columns[index].kind)).collect();
        Ok(Self { writer: writer.map_err(into_io)?, columns, fields, rows: 0, bytes: 0 })
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for field in &mut self.fields {
            field.write(&mut group)?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    fn put(&mut self, place: &mut usize, value: Option<Value>) -> io::Result<()> {
        let Some(field) = self.fields.get_mut(*place) else { return Ok(()) };
        *place += 1;
        self.bytes += field.put(value)?;
        Ok(())
    }

    fn ends(&mut self, place: &mut usize, stated: Option<(Bounds, &str)>) -> io::Result<()> {
        let (low, high) = stated.map_or((None, None), |(bounds, _)| (bounds.low(), bounds.high()));
        for end in [low, high] {
            self.put(place, end.map(Value::Decimal))?;
        }
        let of = stated.map(|(_, of)| of).filter(|of| !of.is_empty());
        self.put(place, of.map(|of| Value::Text(clean(of))))?;
        let qualifier = stated.map(|(bounds, _)| bounds.qualifier().as_str().to_owned());
        self.put(place, qualifier.map(Value::Text))
    }
}

impl<W: Write + Send> Rows for Parquet<W> {
    fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        let mut place = 0;
        for number in 0..self.columns.len() {
            let (index, kind) = self.columns[number];
            match (kind, &row[index]) {
                (Kind::Amount, Cell::Amount(amount)) => {
                    self.ends(&mut place, Some((amount.bounds, amount.currency.as_str())))?;
                }
                (Kind::Quantity, Cell::Quantity(bounds, unit)) => {
                    self.ends(&mut place, Some((*bounds, unit.as_deref().unwrap_or_default())))?;
                }
                (Kind::Amount | Kind::Quantity, _) => self.ends(&mut place, None)?,
                (Kind::Date, cell) => {
                    let date = if let Cell::Date(date) = cell { Some(*date) } else { None };
                    let day = date.filter(|date| date.is_day());
                    self.put(&mut place, day.map(Value::Day))?;
                    self.put(&mut place, date.map(|date| Value::Text(date.to_string())))?;
                }
                (_, cell) => self.put(&mut place, value(cell))?,
            }
        }
        self.rows += 1;
        if self.rows == ROWS || self.bytes >= BYTES {
            self.write_group().map_err(into_io)
        } else {
            Ok(())
        }
    }

    fn end(&mut self, _: &[Vec<Cell>], notes: &[String]) -> io::Result<()> {
        self.write_group().map_err(into_io)?;
        if !notes.is_empty() {
            let notes = notes.iter().map(|note| clean(note)).collect::<Vec<_>>().join("\n");
            let notes = KeyValue::new("aidledger.notes".to_owned(), notes);
            self.writer.append_key_value_metadata(notes);
        }
        self.writer.finish().map(|_| ()).map_err(into_io)
    }
}

/// A value of a field.
enum Value {
    Text(String),
    Decimal(Decimal),
    Count(u64),
    Day(CivilDate),
    Flag(bool),
}

/// What stands in a cell; a text of no letters is none.
fn value(cell: &Cell) -> Option<Value> {
    let value = match cell {
        Cell::Blank | Cell::Unknown | Cell::Open => None,
        Cell::Text(text) | Cell::Named(text, _) => Some(Value::Text(clean(text))),
        Cell::Count(count) => Some(Value::Count(*count)),
        Cell::Decimal(number) => Some(Value::Decimal(*number)),
        Cell::Flag(flag) => Some(Value::Flag(*flag)),
        Cell::List(words) => Some(Value::Text(clean(&words.join(" ")))),
        Cell::Items(items) => Some(Value::Text(clean(&items_text(items)))),
        other => Some(Value::Text(words(other))),
    };
    value.filter(|value| !matches!(value, Value::Text(text) if text.is_empty()))
}

/// The fields of a column with their names. A date that is not known to the day is no date of Parquet's:
/// so each date stands as a day, where it is one, and as it is known.
fn named(column: &Column) -> Vec<(String, Values)> {
    let text = || Values::Text(Vec::new());
    let kinds = match column.kind {
        Kind::Text => vec![text()],
        Kind::Number => vec![Values::Decimal(Vec::new())],
        Kind::Count => vec![Values::Count(Vec::new())],
        Kind::Flag => vec![Values::Flag(Vec::new())],
        Kind::Date => {
            let name = column.name.as_ref();
            return vec![
                (name.to_owned(), Values::Day(Vec::new())),
                (format!("{name}_as_known"), text()),
            ];
        }
        Kind::Amount | Kind::Quantity => {
            vec![Values::Decimal(Vec::new()), Values::Decimal(Vec::new()), text(), text()]
        }
    };
    field_names(column).into_iter().zip(kinds).collect()
}

impl Values {
    /// The type of a field with such values, none of which need be there.
    fn kind(&self, name: &str) -> Result<Type, ParquetError> {
        let (physical, logical) = match self {
            Self::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Self::Decimal(_) => {
                let scale = SCALE.cast_signed();
                let logical = LogicalType::decimal(scale, PRECISION);
                let kind = Type::primitive_type_builder(name, Physical::FIXED_LEN_BYTE_ARRAY)
                    .with_length(WIDTH)
                    .with_precision(PRECISION)
                    .with_scale(scale);
                let kind = kind.with_logical_type(Some(logical));
                return kind.with_repetition(Repetition::OPTIONAL).build();
            }
            Self::Count(_) => (Physical::INT64, None),
            Self::Day(_) => (Physical::INT32, Some(LogicalType::Date)),
            Self::Flag(_) => (Physical::BOOLEAN, None),
        };
        let kind = Type::primitive_type_builder(name, physical).with_logical_type(logical);
        kind.with_repetition(Repetition::OPTIONAL).build()
    }
}

impl Field {
    /// Takes a value, or that there is none, and says how many bytes it has.
    fn put(&mut self, value: Option<Value>) -> io::Result<usize> {
        let mut bytes = 0;
        let is_defined = match (&mut self.values, value) {
            (Values::Text(all), Some(value)) => {
                let text = match value {
                    Value::Text(text) => text,
                    Value::Decimal(number) => number.normalize().to_string(),
                    Value::Count(count) => count.to_string(),
                    Value::Day(day) => day.to_string(),
                    Value::Flag(flag) => flag.to_string(),
                };
                bytes = text.len();
                all.push(ByteArray::from(text.into_bytes()));
                true
            }
            (Values::Decimal(all), Some(Value::Decimal(number))) => {
                all.push(FixedLenByteArray::from(digits(number)?.to_be_bytes().to_vec()));
                true
            }
            (Values::Decimal(all), Some(Value::Count(count))) => {
                all.push(FixedLenByteArray::from(digits(count.into())?.to_be_bytes().to_vec()));
                true
            }
            (Values::Count(all), Some(Value::Count(count))) => {
                let count = i64::try_from(count);
                all.push(count.map_err(|_| io::Error::other("a number beyond 64 bits"))?);
                true
            }
            (Values::Day(all), Some(Value::Day(day))) => {
                let since = CivilDate::day(1970, 1, 1).map(|epoch| day.days_since(epoch));
                let since = since.and_then(|days| i32::try_from(days).ok());
                all.extend(since);
                since.is_some()
            }
            (Values::Flag(all), Some(Value::Flag(flag))) => {
                all.push(flag);
                true
            }
            // Nothing, or a word where a figure is expected: "too large".
            _ => false,
        };
        self.defined.push(i16::from(is_defined));
        Ok(bytes)
    }

    fn write<W: Write + Send>(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        match &mut self.values {
            Values::Text(all) => pour::<ByteArrayType, W>(all, &self.defined, group)?,
            Values::Decimal(all) => pour::<FixedLenByteArrayType, W>(all, &self.defined, group)?,
            Values::Count(all) => pour::<Int64Type, W>(all, &self.defined, group)?,
            Values::Day(all) => pour::<Int32Type, W>(all, &self.defined, group)?,
            Values::Flag(all) => pour::<BoolType, W>(all, &self.defined, group)?,
        }
        self.defined.clear();
        Ok(())
    }
}

/// Writes the next column of a group and empties its values.
fn pour<T: DataType, W: Write + Send>(
    values: &mut Vec<<T as DataType>::T>,
    defined: &[i16],
    group: &mut SerializedRowGroupWriter<'_, W>,
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(values, Some(defined), None)?;
        column.close()?;
    }
    values.clear();
    Ok(())
}

/// A number in units of the last digit of a decimal column; one that it does not hold is refused, never
/// rounded.
fn digits(number: Decimal) -> io::Result<i128> {
    let number = number.normalize();
    let shift = SCALE.checked_sub(number.scale()).and_then(|places| 10_i128.checked_pow(places));
    let digits = shift.and_then(|shift| number.mantissa().checked_mul(shift));
    let most = 10_i128.pow(PRECISION.unsigned_abs());
    digits.filter(|digits| digits.abs() < most).ok_or_else(|| {
        io::Error::other(format!(
            "{number}: expected at most {} digits before the point and {SCALE} behind it",
            PRECISION - SCALE.cast_signed()
        ))
    })
}

fn into_io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

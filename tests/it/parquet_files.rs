//! Parquet files as another program reads them: typed, whole, harmless, the same bytes twice.

use crate::exports::{all, is_steering, tables};
use crate::hostile_texts::hostile_texts;
use aidledger::report::render::{Parquet, clean};
use aidledger::report::table::{Cell, Column, Kind, Table};
use aidledger::report::{Rows, packages};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::fs::{self, File};
use std::io;

/// The file that a table makes.
fn written(table: &Table) -> io::Result<tempfile::NamedTempFile> {
    let file = tempfile::NamedTempFile::new()?;
    let about = [("journal", "journal up to entry 7, \u{1b}[31mab".to_owned())];
    let mut rows = Parquet::begin(&table.columns, &about, file.as_file())?;
    table.rows.iter().try_for_each(|row| rows.row(row))?;
    rows.end(&[], &["1 package proposed\u{202e}".to_owned()])?;
    drop(rows);
    Ok(file)
}

fn reader(file: &tempfile::NamedTempFile) -> SerializedFileReader<File> {
    SerializedFileReader::new(File::open(file.path()).unwrap()).unwrap()
}

/// The values of a column, row by row.
fn column(reader: &SerializedFileReader<File>, name: &str) -> Vec<Field> {
    let value = |row: parquet::record::Row| {
        let mut cells = row.get_column_iter();
        cells.find(|(column, _)| *column == name).map(|(_, field)| field.clone())
    };
    reader.get_row_iter(None).unwrap().map(|row| value(row.unwrap()).expect(name)).collect()
}

#[test]
fn a_parquet_file_holds_every_hostile_text_as_harmless_text_and_is_the_same_twice() {
    for (name, table) in tables(&all()) {
        let file = written(&table).unwrap();
        let again = written(&table).unwrap();
        assert!(
            fs::read(file.path()).unwrap() == fs::read(again.path()).unwrap(),
            "{name} differs"
        );
        let reader = reader(&file);
        let mut rows = 0;
        for row in reader.get_row_iter(None).unwrap() {
            rows += 1;
            for (column, field) in row.unwrap().get_column_iter() {
                if let Field::Str(text) = field {
                    assert!(!text.contains(is_steering), "{name}, {column}: {text:?}");
                }
            }
        }
        assert_eq!(rows, table.rows.len(), "{name}");
        let about = reader.metadata().file_metadata().key_value_metadata().unwrap();
        let says = |key: &str| {
            let found = about.iter().find(|pair| pair.key == key);
            found.and_then(|pair| pair.value.clone()).unwrap_or_default()
        };
        assert_eq!(says("aidledger.journal"), "journal up to entry 7, \u{fffd}[31mab");
        assert_eq!(says("aidledger.notes"), "1 package proposed\u{fffd}");
        if name == "items" {
            let names = column(&reader, "name");
            for (found, text) in names.iter().zip(hostile_texts()) {
                assert_eq!(*found, Field::Str(clean(&text)));
            }
        }
    }
}

#[test]
fn money_is_decimal_a_day_is_a_date_and_what_is_not_stated_is_null() {
    let mut all = all();
    all.truncate(2);
    all[1].announced = "2022-11".parse().ok();
    all[1].amount = None;
    let file = written(&packages(&all)).unwrap();
    let reader = reader(&file);
    let Field::Decimal(high) = &column(&reader, "amount_high")[0] else { panic!("no decimal") };
    let digits = i128::from_be_bytes(high.data().try_into().unwrap());
    assert_eq!((digits, high.scale()), (4_000_000_000_000, 10));
    assert_eq!(column(&reader, "amount_low"), [Field::Null, Field::Null]);
    assert_eq!(column(&reader, "currency"), [Field::Str("USD".to_owned()), Field::Null]);
    // 2022-11-10 is so many days after 1970-01-01; a month is no day.
    assert_eq!(column(&reader, "announced"), [Field::Date(19_306), Field::Null]);
    let known = ["2022-11-10", "2022-11"].map(|date| Field::Str(date.to_owned()));
    assert_eq!(column(&reader, "announced_as_known"), known);
    assert_eq!(column(&reader, "pending"), [Field::Bool(false), Field::Bool(false)]);
}

#[test]
fn rows_are_written_group_by_group_and_a_figure_that_does_not_fit_is_refused() {
    let mut table = Table::new(vec![
        Column::new("row", "Row", Kind::Count),
        Column::new("figure", "Figure", Kind::Number),
    ]);
    table.rows =
        (0..70_000).map(|row| vec![Cell::Count(row), Cell::Decimal((row * 2).into())]).collect();
    let file = written(&table).unwrap();
    let reader = reader(&file);
    assert_eq!(reader.num_row_groups(), 3);
    assert_eq!(column(&reader, "row").last(), Some(&Field::Long(69_999)));
    for figure in ["0.00000000001", "79228162514264337593543950335"] {
        let mut table = table.clone();
        table.rows = vec![vec![Cell::Count(0), Cell::Decimal(figure.parse().unwrap())]];
        let refusal = written(&table).unwrap_err().to_string();
        assert!(refusal.starts_with(figure) && refusal.contains("expected at most"), "{refusal}");
    }
}

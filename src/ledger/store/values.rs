//! How the model's values stand in columns, and back.

use crate::model::{Amount, Bounds, Correction, Qualifier};
use rusqlite::Row;
use rusqlite::types::Type;
use rust_decimal::Decimal;
use std::str::FromStr;

type Result<T> = rusqlite::Result<T>;

/// A list of actors as one column.
pub(super) fn joined(actors: &[String]) -> String {
    actors.join(",")
}

/// A column back as a list of actors.
pub(super) fn split(text: &str) -> Vec<String> {
    text.split(',').filter(|actor| !actor.is_empty()).map(str::to_owned).collect()
}

/// A column of a row as a list of actors.
pub(super) fn split_column(row: &Row, column: usize) -> Result<Vec<String>> {
    Ok(split(row.get_ref(column)?.as_str()?))
}

/// The low and high end and the qualifier as three columns.
pub(super) fn ends(bounds: Option<Bounds>) -> (Option<String>, Option<String>, Option<String>) {
    let text = |end: Option<rust_decimal::Decimal>| end.map(|end| end.normalize().to_string());
    match bounds {
        None => (None, None, None),
        Some(bounds) => {
            (text(bounds.low()), text(bounds.high()), Some(bounds.qualifier().as_str().to_owned()))
        }
    }
}

/// Any value that is written as text.
pub(super) fn shown<T: ToString>(value: Option<T>) -> Option<String> {
    value.map(|value| value.to_string())
}

/// A column of text. Where the query casts it to a blob it is looked at where it lies; of a text the
/// database makes a copy, to end it with a nought.
pub(super) fn text<'a>(row: &'a Row, column: usize) -> Result<&'a str> {
    std::str::from_utf8(row.get_ref(column)?.as_bytes()?).map_err(|error| broken(column, error))
}

/// A column that holds the text of a value.
pub(super) fn parse<T>(row: &Row, column: usize) -> Result<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    row.get_ref(column)?.as_str()?.parse().map_err(|error| broken(column, error))
}

/// A column that holds the text of a value, or nothing.
pub(super) fn parse_some<T>(row: &Row, column: usize) -> Result<Option<T>>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text = row.get_ref(column)?.as_str_or_null()?;
    text.map(|text| text.parse().map_err(|error| broken(column, error))).transpose()
}

/// Low end, high end and qualifier from three columns, the first of them at `column`.
pub(super) fn bounds(row: &Row, column: usize) -> Result<Option<Bounds>> {
    let Some(qualifier) = parse_some::<Qualifier>(row, column + 2)? else { return Ok(None) };
    let (low, high) = (parse_some(row, column)?, parse_some(row, column + 1)?);
    Bounds::new(low, high, qualifier).map(Some).map_err(|error| broken(column, error))
}

/// An amount from low end, high end, qualifier and currency in four columns.
pub(super) fn amount(row: &Row, column: usize) -> Result<Option<Amount>> {
    let Some(bounds) = bounds(row, column)? else { return Ok(None) };
    Ok(Some(Amount { bounds, currency: parse(row, column + 3)? }))
}

/// What a claim corrects: its currency and figure, empty where it takes no sum back.
pub(super) fn corrected(correction: Correction) -> String {
    let written = |amount: Amount| format!("{} {}", amount.currency, amount.bounds.figure());
    correction.amount.map(written).unwrap_or_default()
}

/// The reverse.
pub(super) fn correction(row: &Row, column: usize) -> Result<Option<Correction>> {
    let Some(text) = row.get::<_, Option<String>>(column)? else { return Ok(None) };
    let Some((currency, figure)) = text.split_once(' ') else {
        return Ok(Some(Correction::default()));
    };
    let currency = currency.parse().map_err(|error| broken(column, error))?;
    let figure: Decimal = figure.parse().map_err(|error| broken(column, error))?;
    let amount = Amount { bounds: Bounds::of(figure, Qualifier::Exact), currency };
    Ok(Some(Correction { amount: Some(amount) }))
}

/// A whole number that is not below zero, such as a position in a text.
pub(super) fn size(row: &Row, column: usize) -> Result<usize> {
    let number: i64 = row.get(column)?;
    usize::try_from(number).map_err(|error| broken(column, error))
}

/// A whole number that is not below zero, such as the number of an entry or a package.
pub(super) fn number(row: &Row, column: usize) -> Result<u64> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|error| broken(column, error))
}

/// A position as a column. Texts and ledgers are far smaller than the largest number of a column.
pub(super) fn column(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

/// A column that does not hold what it should.
pub(super) fn broken(
    column: usize,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    unreadable(column, Box::new(error))
}

/// The same of an error of any kind.
pub(super) fn unreadable(
    column: usize,
    error: Box<dyn std::error::Error + Send + Sync>,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error)
}

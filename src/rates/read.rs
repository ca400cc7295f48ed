//! Reads tables of rates and of price levels from CSV, in the shapes that people have them. What is
//! not understood is refused with its line.

use crate::model::{CivilDate, Currency, PriceLevel, Quote, ReferenceTable};
use rust_decimal::Decimal;
use std::str::FromStr;

const SHAPES: &str = "expected the columns date,currency,rate[,base], or Date and a column a \
                      currency as the European Central Bank has it, or currency,year,index";

/// What is wrong with a table, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct BadTable {
    /// The line, counted from 1.
    pub line: u64,
    /// What was found and what was expected.
    pub problem: String,
}

/// Which shape a table has, by the places of its columns.
enum Shape {
    /// A column a currency, against the euro.
    Wide { date: usize, currencies: Vec<(usize, Currency)> },
    /// A row a rate.
    Long { date: usize, currency: usize, rate: usize, base: Option<usize> },
    /// A row a level of prices.
    Levels { currency: usize, year: usize, index: usize },
}

/// Reads a table; `source`, `sha256` and `by` are left to the caller.
pub fn read(text: &str) -> Result<ReferenceTable, BadTable> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut table = ReferenceTable::default();
    let mut shape = None;
    for record in reader.records() {
        let record = record.map_err(|error| BadTable {
            line: error.position().map_or(0, csv::Position::line),
            problem: "expected CSV".to_owned(),
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<&str> = record.iter().map(str::trim).collect();
        let result = match &shape {
            None => head(&cells).map(|found| shape = Some(found)),
            Some(shape) => row(shape, &cells, &mut table),
        };
        result.map_err(|problem| BadTable { line, problem })?;
    }
    if table.rates.is_empty() && table.price_levels.is_empty() {
        return Err(BadTable { line: 1, problem: format!("no row: {SHAPES}") });
    }
    Ok(table)
}

fn head(cells: &[&str]) -> Result<Shape, String> {
    let at = |names: &[&str]| {
        cells.iter().position(|cell| names.iter().any(|name| cell.eq_ignore_ascii_case(name)))
    };
    let currency = at(&["currency"]);
    if let (Some(currency), Some(year), Some(index)) =
        (currency, at(&["year"]), at(&["index", "deflator"]))
    {
        return Ok(Shape::Levels { currency, year, index });
    }
    let date = at(&["date", "day"]);
    if let (Some(date), Some(currency), Some(rate)) = (date, currency, at(&["rate"])) {
        return Ok(Shape::Long { date, currency, rate, base: at(&["base"]) });
    }
    let currencies: Vec<(usize, Currency)> = cells
        .iter()
        .enumerate()
        .filter_map(|(place, cell)| Some((place, cell.parse().ok()?)))
        .collect();
    match date {
        Some(date) if !currencies.is_empty() => Ok(Shape::Wide { date, currencies }),
        _ => Err(format!("\"{}\": {SHAPES}", cells.join(","))),
    }
}

fn row(shape: &Shape, cells: &[&str], table: &mut ReferenceTable) -> Result<(), String> {
    let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
    match shape {
        Shape::Wide { date, currencies } => {
            let day = day(cell(*date))?;
            for (place, currency) in currencies {
                let text = cell(*place);
                if !text.is_empty() && !text.eq_ignore_ascii_case("n/a") {
                    let (base, currency) = (Currency::EUR, *currency);
                    table.rates.push(Quote { day, base, currency, rate: above_zero(text)? });
                }
            }
        }
        Shape::Long { date, currency, rate, base } => {
            let base = base.map(cell).filter(|text| !text.is_empty());
            let quote = Quote {
                day: day(cell(*date))?,
                base: base.map_or(Ok(Currency::EUR), value)?,
                currency: value(cell(*currency))?,
                rate: above_zero(cell(*rate))?,
            };
            if quote.base == quote.currency {
                return Err(format!("\"{}\": expected two currencies", quote.base));
            }
            table.rates.push(quote);
        }
        Shape::Levels { currency, year, index } => {
            let year: CivilDate = value(cell(*year))?;
            table.price_levels.push(PriceLevel {
                currency: value(cell(*currency))?,
                year: year.year_number(),
                index: above_zero(cell(*index))?,
            });
        }
    }
    Ok(())
}

fn value<T: FromStr>(text: &str) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn day(text: &str) -> Result<CivilDate, String> {
    let found: CivilDate = value(text)?;
    let is_day = found.is_day();
    is_day.then_some(found).ok_or_else(|| format!("\"{text}\": expected a day such as 2022-11-10"))
}

fn above_zero(text: &str) -> Result<Decimal, String> {
    let number = Decimal::from_str(text).ok().filter(|number| *number > Decimal::ZERO);
    number.ok_or_else(|| format!("\"{text}\": expected a number above zero such as 36.5686"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_known_by_its_columns() {
        let wide = read("Date,USD,JPY,\n2026-10-30,1.1172,N/A,\n").unwrap();
        assert_eq!(wide.rates.len(), 1);
        let long = read("currency,base,date,rate\nUAH,USD,2022-11-10,36.5686\n").unwrap();
        assert_eq!(long.rates[0].base, Currency::USD);
        let levels = read("currency,year,index\nEUR,2022,100\nEUR,2023,106.4\n").unwrap();
        assert_eq!(levels.price_levels[1].year, 2023);
    }

    #[test]
    fn what_is_not_understood_is_refused_with_its_line() {
        for (text, said) in [
            ("a,b\n1,2\n", "line 1: \"a,b\": expected the columns"),
            ("date,currency,rate\n2022-11,UAH,36\n", "line 2: \"2022-11\": expected a day"),
            ("date,currency,rate\n2022-11-10,uah,36\n", "line 2: \"uah\": expected a currency"),
            ("date,currency,rate\n2022-11-10,UAH,0\n", "line 2: \"0\": expected a number above"),
            ("date,currency,rate\n2022-11-10,UAH,36,5\n2022-11-11,UAH,\n", "line 3: \"\": exp"),
            ("date,currency,rate\n", "line 1: no row"),
            ("currency,year,index\nEUR,22,100\n", "line 2: \"22\": expected a date"),
        ] {
            let found = read(text).unwrap_err().to_string();
            assert!(found.starts_with(said), "{found}");
        }
    }
}

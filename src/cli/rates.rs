//! `rates`: looks exchange rates up, says which days they cover, and imports further tables.

use super::args::{AsOfArgs, Globals, one_of};
use super::convert::{self, currency};
use super::decide::person_name;
use super::failure::{Outcome, hinted, io_failure, usage};
use super::ruled_page::write_receipt;
use super::screen::Screen;
use crate::ledger::{Access, Ledger, sha256};
use crate::model::{CivilDate, Currency, ReferenceTable};
use crate::rates::{DAYS_BACK, PriceLevels, Rates, read};
use crate::report::figures::counted;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::{Format, render};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A table of rates has at most this many bytes.
const SIZE_LIMIT: u64 = 64 * 1024 * 1024;

/// Options of `rates`.
#[derive(Debug, Args)]
#[command(mut_arg("as_of", |arg| arg.global(true)))]
pub(super) struct RatesArgs {
    #[command(subcommand)]
    command: Option<RatesCommand>,
    /// How the table is written
    #[arg(long, global = true, default_value = "table", value_name = "FORMAT", value_parser = one_of::<Format>(Format::ALL.iter().map(|f| f.as_str())))]
    format: Format,
    #[command(flatten)]
    as_of: AsOfArgs,
}

#[derive(Debug, Subcommand)]
enum RatesCommand {
    /// Say for each currency from when to when there are rates
    Coverage,
    /// Show the rates of a day, a month or a year
    On(OnArgs),
    /// Record a table of rates, or of price levels, in the ledger
    Import(ImportArgs),
}

/// Options of `rates on`.
#[derive(Debug, Args)]
struct OnArgs {
    /// A day, or a month or a year for the mean of its days; else the last day of the tables
    #[arg(value_name = "DATE")]
    date: Option<CivilDate>,
    /// Which currencies; all where none is named
    #[arg(value_name = "CODE", value_parser = currency)]
    currencies: Vec<Currency>,
    /// What one unit of each costs in this currency
    #[arg(long = "in", value_name = "CODE", default_value = "EUR", value_parser = currency)]
    target: Currency,
}

/// Options of `rates import`.
#[derive(Debug, Args)]
struct ImportArgs {
    /// CSV with the columns date,currency,rate[,base]; or Date and a column a currency; or
    /// currency,year,index
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Who states these figures
    #[arg(long, value_name = "WORDS")]
    source: Option<String>,
    /// Who imports them; else `$USER`
    #[arg(long, value_name = "NAME", env = "USER", hide_env = true, default_value = "unnamed",
        value_parser = person_name)]
    by: String,
}

/// Runs `rates`.
pub(super) fn run(args: &RatesArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let table = match &args.command {
        Some(RatesCommand::Import(_)) if args.as_of.is_given() => {
            return Err(usage("--as-of: a table is imported today: expected it with a look-up"));
        }
        Some(RatesCommand::Import(import_args)) => return import(import_args, globals, screen),
        None | Some(RatesCommand::Coverage) => coverage(&tables(args, globals, screen)?),
        Some(RatesCommand::On(on_args)) => {
            on(on_args, &convert::rates(&tables(args, globals, screen)?))?
        }
    };
    let page = screen.page();
    render(&table, args.format, page, screen)?;
    Ok(Outcome::Done)
}

/// The tables of the ledger, where there is one: the rates that ship need none.
fn tables(args: &RatesArgs, globals: &Globals, screen: &mut Screen) -> Result<Vec<ReferenceTable>> {
    if !globals.ledger().exists() {
        return Ok(Vec::new());
    }
    Ok(args.as_of.open(globals, screen)?.tables()?)
}

fn coverage(tables: &[ReferenceTable]) -> Table {
    let rates = convert::rates(tables);
    let mut table = Table::new(vec![
        Column::new("currency", "Currency", Kind::Text),
        Column::new("first", "First", Kind::Date),
        Column::new("last", "Last", Kind::Date),
        Column::new("days", "Days", Kind::Number),
        Column::new("fixed", "Euro at", Kind::Number),
        Column::new("fixed_from", "From", Kind::Date),
    ]);
    table.rows = rates
        .coverage()
        .into_iter()
        .map(|row| {
            vec![
                Cell::Text(row.currency.to_string()),
                Cell::Date(row.first),
                Cell::Date(row.last),
                Cell::Count(row.days as u64),
                row.fixed.map_or(Cell::Blank, |(_, rate)| Cell::Decimal(rate)),
                Cell::date(row.fixed.map(|(from, _)| from)),
            ]
        })
        .collect();
    table.notes.extend(rates.sources().iter().map(|source| format!("source: {source}")));
    let levels = PriceLevels::of(tables);
    table.notes.extend(levels.years().iter().map(|(currency, years)| {
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        format!("levels of prices in {currency}: {}", years.join(", "))
    }));
    table
}

fn on(args: &OnArgs, rates: &Rates) -> Result<Table> {
    let Some(date) = args.date.or_else(|| rates.last_day()) else {
        bail!("there are no rates");
    };
    let mut table = Table::new(vec![
        Column::new("currency", "Currency", Kind::Text),
        Column::new("rate", "Rate", Kind::Number),
        Column::new("in", "In", Kind::Text),
        Column::new("of", "Of", Kind::Date),
        Column::new("days", "Days", Kind::Number),
    ]);
    let named = !args.currencies.is_empty();
    let all = || {
        let others = rates.coverage().into_iter().map(|row| row.currency);
        std::iter::once(Currency::EUR).chain(others).collect()
    };
    let currencies: Vec<Currency> = if named { args.currencies.clone() } else { all() };
    let mut is_earlier = false;
    for currency in currencies.into_iter().filter(|currency| *currency != args.target) {
        match rates.rate(currency, args.target, date) {
            Ok(rate) => {
                is_earlier |= date.is_day() && rate.day != date;
                table.rows.push(vec![
                    Cell::Text(currency.to_string()),
                    // As many digits as the rates themselves have, not those of the division.
                    Cell::Decimal(rate.value.round_sf(6).unwrap_or(rate.value)),
                    Cell::Text(args.target.to_string()),
                    if date.is_day() { Cell::Date(rate.day) } else { Cell::Date(date) },
                    Cell::Count(rate.days as u64),
                ]);
            }
            Err(missing) if named => table.notes.push(missing.to_string()),
            Err(_) => {}
        }
    }
    if table.rows.is_empty() && !named {
        table.notes.push(format!("no rate for {date}"));
    }
    if is_earlier {
        table.notes.push(format!(
            "no rate on {date}: the last one before it, at most {DAYS_BACK} days back"
        ));
    }
    table.notes.extend(rates.sources().iter().map(|source| format!("source: {source}")));
    Ok(table)
}

fn import(args: &ImportArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let name = args.file.display().to_string();
    let bytes = bytes(&args.file, &name)?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| hinted(format!("{name}: expected CSV in UTF-8"), "unpack a ZIP file first"))?;
    let mut table = read(text).with_context(|| name.clone())?;
    // The bank's table holds all days since 1999; only what is new is recorded.
    let shipped = Rates::shipped();
    let stated = table.rates.len();
    table.rates.retain(|quote| !shipped.holds(quote));
    let known = stated - table.rates.len();
    if table.rates.is_empty() && table.price_levels.is_empty() {
        writeln!(screen, "{name}: all its rates ship already, nothing changed")?;
        return Ok(Outcome::Done);
    }
    table.sha256 = sha256(&bytes);
    table.source = args.source.clone().unwrap_or_else(|| file_name(&args.file));
    if table.source.trim().is_empty() {
        return Err(usage("--source: \"\": expected who states these figures"));
    }
    table.by.clone_from(&args.by);
    let mut ledger: Ledger = globals.open(Access::Create)?;
    let receipt = ledger.import_table(&table, &CivilDate::now_utc_text())?;
    let Some(receipt) = receipt else {
        writeln!(screen, "{name}: known already, nothing changed")?;
        return Ok(Outcome::Done);
    };
    if !table.rates.is_empty() {
        let currencies: std::collections::BTreeSet<&str> =
            table.rates.iter().map(|quote| quote.currency.as_str()).collect();
        let count = counted(table.rates.len(), "rate", "rates");
        let currencies: Vec<&str> = currencies.into_iter().collect();
        let known = if known > 0 {
            format!(", {} known already", counted(known, "other", "others"))
        } else {
            String::new()
        };
        writeln!(screen, "{count} of {}{known}", currencies.join(", "))?;
    }
    if !table.price_levels.is_empty() {
        let levels = counted(table.price_levels.len(), "level of prices", "levels of prices");
        writeln!(screen, "{levels}")?;
    }
    write_receipt(&receipt, screen)?;
    Ok(Outcome::Done)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn bytes(path: &Path, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| io_failure(name, &error))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        bail!("{name}: more than {} MiB: expected one table", SIZE_LIMIT / 1024 / 1024);
    }
    Ok(bytes)
}

//! `import`: a spreadsheet becomes packages of the ledger, each with its rows as evidence; what persons
//! decided in another ledger comes here.

use super::args::{Globals, actor};
use super::convert::exchanging;
use super::enter;
use super::failure::{Outcome, hinted, io_failure, usage, words};
use super::figures;
use super::import_rulings::{self, RulingsArgs};
use super::lexicon::lexicon;
use super::ruled_page::write_receipt;
use super::screen::Screen;
use crate::ledger::{Access, Policy, sha256};
use crate::model::{CivilDate, Confidence, Extraction, Placement};
use crate::report::figures::counted;
use crate::sheets::kiel::{self, Worth};
use crate::sheets::mapped::{Field, Map, Values};
use crate::sheets::{BadSheet, Sheet, Told, mapped};
use anyhow::{Result, anyhow, bail};
use clap::{Args, Subcommand};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A spreadsheet has at most this many bytes.
const SIZE_LIMIT: u64 = 64 * 1024 * 1024;

/// Options of `import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    #[command(subcommand)]
    what: ImportWhat,
}

#[derive(Debug, Subcommand)]
enum ImportWhat {
    /// The main table of the Kiel Ukraine Support Tracker, xlsx or csv
    Kiel(KielArgs),
    /// Anyone's spreadsheet, csv, xlsx or ods, by a map from fields to its columns
    Csv(CsvArgs),
    /// What persons decided in another ledger, as `export rulings` wrote it
    Rulings(RulingsArgs),
}

/// Options of `import kiel`.
#[derive(Debug, Args)]
struct KielArgs {
    /// The table
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Values in the currencies of their sources; else in euros, as the tracker converted them
    #[arg(long)]
    stated: bool,
    /// Say what would be recorded, and write nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
}

/// Options of `import csv`.
#[derive(Debug, Args)]
struct CsvArgs {
    /// The table
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The column of a field, as donor=Country; fields are package, donor, recipient, date, amount,
    /// currency, aid, stage, mechanism, item, quantity
    #[arg(long, value_name = "FIELD=COLUMN", required = true, value_parser = pairs)]
    map: Vec<Pairs>,
    /// What a field is in rows that say nothing of it, as recipient=UA
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair)]
    set: Vec<(Field, String)>,
    /// Dates such as 3/4/2022 begin with the day
    #[arg(long)]
    day_first: bool,
    /// Numbers are written as 1.700.000,50, in CSV
    #[arg(long)]
    decimal_comma: bool,
    /// Say what would be recorded, and write nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
}

/// Several columns, with commas between them.
#[derive(Debug, Clone)]
struct Pairs(Vec<(Field, String)>);

/// A comma behind which nothing looks like a field is one of a column's name.
fn pairs(text: &str) -> Result<Pairs, String> {
    let mut pairs: Vec<(Field, String)> = Vec::new();
    let is_field = |part: &str| {
        part.split_once('=')
            .is_some_and(|(field, _)| field.trim().chars().all(|c| c.is_ascii_lowercase()))
    };
    for part in text.split(',') {
        match pairs.last_mut() {
            Some((_, name)) if !is_field(part) => {
                name.push(',');
                name.push_str(part);
            }
            _ => pairs.push(pair(part)?),
        }
    }
    Ok(Pairs(pairs))
}

fn pair(text: &str) -> Result<(Field, String), String> {
    let (field, value) = text
        .split_once('=')
        .ok_or_else(|| format!("\"{text}\": expected FIELD=COLUMN such as donor=Country"))?;
    let field = field.trim().parse::<Field>().map_err(|error| error.to_string())?;
    Ok((field, value.trim().to_owned()))
}

/// A spreadsheet that was read.
struct Spreadsheet {
    name: String,
    bytes: Vec<u8>,
    sheet: Sheet,
    told: Told,
}

/// Runs `import`.
pub(super) fn run(args: &ImportArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    match &args.what {
        ImportWhat::Rulings(args) => import_rulings::run(args, globals, screen),
        ImportWhat::Kiel(args) => {
            let (bytes, sheet) = read_kiel(&args.file)?;
            let worth = if args.stated { Worth::Stated } else { Worth::Converted };
            let told = kiel::claims(&sheet, worth, lexicon());
            let name = args.file.display().to_string();
            let read = Spreadsheet { name, bytes, sheet, told };
            record(&read, args.dry_run, globals, screen)
        }
        ImportWhat::Csv(args) => {
            let map = Map {
                columns: args.map.iter().flat_map(|Pairs(pairs)| pairs).cloned().collect(),
                constants: args.set.iter().cloned().collect(),
                day_first: args.day_first,
                decimal_comma: args.decimal_comma,
            };
            for field in [Field::Donor, Field::Recipient] {
                if !map.columns.contains_key(&field) && !map.constants.contains_key(&field) {
                    return Err(usage(format!("--map: no {field}: expected {field}=COLUMN")));
                }
            }
            let (name, bytes) = bytes(&args.file)?;
            if args.decimal_comma && Sheet::is_workbook(&bytes) {
                // Its numbers are no text, and would be read as a thousand times as much.
                return Err(usage(format!("--decimal-comma: {name}: expected CSV")));
            }
            let sheet = mapped::read(&bytes, Some(&name), sha256(&bytes), &map);
            let sheet = sheet.map_err(|error| failed(&name, &error))?;
            let values = Values {
                amount: &enter::amount,
                quantity: &figures::quantity,
                actor: &|text| actor("actor", text).map_err(|error| words(&error)),
                mechanism: &|text| enter::mechanism(text).map_err(|error| words(&error)),
            };
            let told = mapped::claims(&sheet, &map, &values, lexicon());
            let read = Spreadsheet { name, bytes, sheet, told };
            record(&read, args.dry_run, globals, screen)
        }
    }
}

/// The bytes of a release of Kiel's table, and its rows.
pub(super) fn read_kiel(path: &Path) -> Result<(Vec<u8>, Sheet)> {
    let (name, bytes) = bytes(path)?;
    let sheet = kiel::read(&bytes, Some(&name), sha256(&bytes));
    let sheet = sheet.map_err(|error| failed(&name, &error))?;
    Ok((bytes, sheet))
}

fn failed(name: &str, error: &BadSheet) -> anyhow::Error {
    anyhow!("{name}: {error}")
}

fn bytes(path: &Path) -> Result<(String, Vec<u8>)> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| io_failure(&name, &error))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        bail!("{name}: more than {} MiB: expected one spreadsheet", SIZE_LIMIT / 1024 / 1024);
    }
    Ok((name, bytes))
}

fn record(
    read: &Spreadsheet,
    dry_run: bool,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    let Spreadsheet { name, bytes, sheet, told } = read;
    for refused in &told.refused {
        screen.failure(&anyhow!("{name}: {refused}"));
    }
    if told.claims.is_empty() {
        return Ok(Outcome::NothingRead);
    }
    let extraction = Extraction { claims: told.claims.clone(), ..Extraction::default() };
    let policy = Policy { accept_from: Confidence(0) };
    let now = CivilDate::now_utc_text();
    let mut ledger = exchanging(globals.open_to_record(Access::Create, dry_run)?)?;
    let recorded = ledger.record(bytes, &sheet.article, &extraction, policy, &now)?;
    if recorded.otherwise {
        return Err(hinted(
            format!("{name}: recorded before, when its rows were read otherwise: nothing changed"),
            "a sheet is read in one way: to read it otherwise, name another ledger: --ledger FILE",
        ));
    }
    // Rows that are refused are not in the ledger, however often the sheet is read.
    let outcome = if told.refused.is_empty() { Outcome::Done } else { Outcome::Partly };
    if recorded.already {
        writeln!(screen, "{name}: known, nothing changed")?;
        return Ok(outcome);
    }
    let of = |is_meant: &dyn Fn(&Placement) -> bool| {
        recorded.placed.iter().filter(|placed| is_meant(&placed.placement)).count()
    };
    let parts = [
        (sheet.rows.len(), "row", "rows"),
        (told.refused.len(), "refused", "refused"),
        (of(&|p| matches!(p, Placement::New { .. })), "new package", "new packages"),
        (of(&|p| matches!(p, Placement::Further { .. })), "further telling", "further tellings"),
        (of(&|p| matches!(p, Placement::Doubtful { .. })), "doubtful", "doubtful"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(*count, one, many))
        .collect();
    writeln!(screen, "{name}: {}", parts.join(", "))?;
    match recorded.receipt.filter(|_| !dry_run) {
        Some(receipt) => write_receipt(&receipt, screen)?,
        None => writeln!(screen, "Dry run: nothing was written.")?,
    }
    Ok(outcome)
}

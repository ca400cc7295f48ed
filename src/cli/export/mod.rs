//! `export`: packages, items, evidence, sources or totals as files for other programs. Each names
//! the head of the journal that it was made from; the same head gives the same bytes.

mod folder;
mod tables;

use super::args::{Globals, LookArgs};
use super::convert::Money;
use super::failure::{Outcome, usage};
use super::output;
use super::screen::Screen;
use super::totals::QueryArgs;
use crate::ledger::{Ledger, Receipt};
use crate::report::figures::counted;
use crate::report::render::{Reporter, Sheet, iati, journal, workbook};
use crate::report::{Format, Page, Selection, Table, render};
use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use std::io;
use std::path::{Path, PathBuf};

/// Options of `export`.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    #[command(subcommand)]
    format: ExportFormat,
}

#[derive(Debug, Subcommand)]
enum ExportFormat {
    /// Comma-separated values, RFC 4180
    Csv(CsvArgs),
    /// One JSON object with rows, sums and notes
    Json(TableArgs),
    /// One JSON object a row
    Ndjson(TableArgs),
    /// A Markdown table
    Markdown(TableArgs),
    /// A workbook with a sheet each for packages, items, evidence, totals and sources
    Xlsx(FileArgs),
    /// A folder of CSV files with their description: a Data Package (Frictionless, version 2)
    Datapackage(DatapackageArgs),
    /// A journal that hledger and beancount read
    Ledger(WholeArgs),
    /// Activities of the IATI standard 2.03, as XML
    Iati(IatiArgs),
}

/// Which packages, in which money, and when.
#[derive(Debug, Args)]
struct ContentArgs {
    #[command(flatten)]
    query: QueryArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// Options of an export of one table.
#[derive(Debug, Args)]
struct TableArgs {
    /// What to export
    #[arg(value_enum, default_value = "packages", value_name = "WHAT")]
    what: What,
    /// The file to write; standard output where none is named
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    which: ContentArgs,
}

/// Options of `export csv`.
#[derive(Debug, Args)]
struct CsvArgs {
    #[command(flatten)]
    table: TableArgs,
    /// Begin with a byte order mark, so that Excel reads the text as UTF-8
    #[arg(long)]
    excel: bool,
}

/// Options of an export that is no text.
#[derive(Debug, Args)]
struct FileArgs {
    /// The file to write
    #[arg(long, short, value_name = "FILE", required = true)]
    output: PathBuf,
    #[command(flatten)]
    which: ContentArgs,
}

/// Options of `export datapackage`.
#[derive(Debug, Args)]
struct DatapackageArgs {
    /// The folder to write; made where it is missing
    #[arg(long, short, value_name = "FOLDER", required = true)]
    output: PathBuf,
    /// The licence that you give it, by its identifier, such as CC-BY-4.0
    #[arg(long, value_name = "ID")]
    licence: Option<String>,
    #[command(flatten)]
    which: ContentArgs,
}

/// Options of an export of all packages as one text.
#[derive(Debug, Args)]
struct WholeArgs {
    /// The file to write; standard output where none is named
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    which: ContentArgs,
}

/// Options of `export iati`.
#[derive(Debug, Args)]
struct IatiArgs {
    /// Identifier of the organisation that reports
    #[arg(long, value_name = "ID", default_value = "XX-AIDLEDGER")]
    organisation: String,
    #[command(flatten)]
    whole: WholeArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// One row a package
    Packages,
    /// One row an item of a package
    Items,
    /// One row a field of a telling, with the words that prove it
    Evidence,
    /// One row an article of a package
    Sources,
    /// Totals by --by
    Summary,
    /// One row an item with all of its package; the amount stands on the first row of a package only
    Tidy,
}

/// What is exported, with where it is from.
struct Exported {
    ledger: Ledger,
    selection: Selection,
    money: Money,
    head: Receipt,
    /// When the last entry was recorded.
    made: Option<String>,
}

impl Exported {
    fn load(
        which: &ContentArgs,
        is_summary: bool,
        globals: &Globals,
        screen: &mut Screen,
    ) -> Result<Self> {
        let ledger = which.look.as_of.open(globals, screen)?;
        let preset = is_summary.then_some(which.query.count);
        let selection = which.look.filter.load(&ledger, preset)?;
        let money = which.look.money.apply(&ledger, selection.packages.clone())?;
        let head = ledger.head()?;
        let made = ledger.entry(head.seq)?.map(|entry| entry.recorded_at);
        Ok(Self { ledger, selection, money, head, made })
    }

    /// Which journal it is made from, for people.
    fn origin(&self) -> String {
        format!("journal of aidledger up to entry {}, {}", self.head.seq, self.head.hash)
    }

    fn notes(&self) -> Vec<String> {
        self.money.notes.iter().cloned().chain(self.selection.notes()).collect()
    }
}

/// Runs `export`.
pub(super) fn run(args: &ExportArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    match &args.format {
        ExportFormat::Csv(args) => table(&args.table, Format::Csv, args.excel, globals, screen),
        ExportFormat::Json(args) => table(args, Format::Json, false, globals, screen),
        ExportFormat::Ndjson(args) => table(args, Format::Ndjson, false, globals, screen),
        ExportFormat::Markdown(args) => table(args, Format::Markdown, false, globals, screen),
        ExportFormat::Xlsx(args) => xlsx(args, globals, screen),
        ExportFormat::Datapackage(args) => {
            let exported = Exported::load(&args.which, false, globals, screen)?;
            folder::write(&exported, args, globals, screen)
        }
        ExportFormat::Ledger(args) => {
            let exported = Exported::load(&args.which, true, globals, screen)?;
            // What was only proposed, or withdrawn, is in no balance.
            let packages = &exported.money.packages;
            let write = |out: &mut dyn io::Write| journal(packages, &exported.origin(), out);
            output::write(args.output.as_deref(), globals, screen, write)?;
            Ok(say(args.output.as_deref(), packages.len(), "package", &exported.notes(), screen))
        }
        ExportFormat::Iati(args) => activities(args, globals, screen),
    }
}

fn table(
    args: &TableArgs,
    format: Format,
    byte_order_mark: bool,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    let is_summary = args.what == What::Summary;
    let exported = Exported::load(&args.which, is_summary, globals, screen)?;
    let mut table = tables::table(args.what, &args.which, &exported)?;
    if !is_summary {
        table.notes.extend(exported.notes());
    }
    let notes = table.notes.clone();
    tables::name_head(&mut table, &exported, format);
    let page = Page { byte_order_mark, ..Page::default() };
    let write = |out: &mut dyn io::Write| render(&table, format, page, out);
    output::write(args.output.as_deref(), globals, screen, write)?;
    // JSON and Markdown hold the notes themselves.
    let is_bare = matches!(format, Format::Csv | Format::Ndjson) || args.output.is_some();
    let notes = if is_bare { notes } else { Vec::new() };
    Ok(say(args.output.as_deref(), table.rows.len(), "row", &notes, screen))
}

/// Says what was written, and what is not in it.
fn say(
    output: Option<&Path>,
    count: usize,
    one: &str,
    notes: &[String],
    screen: &mut Screen,
) -> Outcome {
    if let Some(path) = output {
        let many = if one == "activity" { "activities".to_owned() } else { format!("{one}s") };
        let count = counted(count, one, &many);
        screen.message(&format!("{}: {count}", path.display()));
    }
    for note in notes {
        screen.message(note);
    }
    Outcome::Done
}

fn xlsx(args: &FileArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let exported = Exported::load(&args.which, false, globals, screen)?;
    let tables = tables::all(&args.which, &exported)?;
    let about = about(&exported, &tables);
    let mut sheets: Vec<Sheet> = tables.iter().map(|(name, table)| Sheet { name, table }).collect();
    sheets.push(Sheet { name: "about", table: &about });
    let (origin, made) = (exported.origin(), exported.made.as_deref());
    let write = |out: &mut dyn io::Write| workbook(&sheets, &origin, made, out);
    output::write(Some(&args.output), globals, screen, write)?;
    let count = exported.selection.packages.len();
    Ok(say(Some(&args.output), count, "package", &exported.notes(), screen))
}

/// A table that says where the others are from, and what is not in them.
fn about(exported: &Exported, tables: &[(&str, Table)]) -> Table {
    use crate::report::table::{Cell, Column, Kind};
    let columns =
        vec![Column::new("what", "What", Kind::Text), Column::new("says", "Says", Kind::Text)];
    let mut about = Table::new(columns);
    let mut row = |what: &str, says: String| {
        about.rows.push(vec![Cell::Text(what.to_owned()), Cell::Text(says)]);
    };
    row("journal", exported.origin());
    row("recorded", exported.made.clone().unwrap_or_default());
    for note in exported.notes() {
        row("packages", note);
    }
    for (name, table) in tables {
        for note in &table.notes {
            row(name, note.clone());
        }
    }
    about
}

fn activities(args: &IatiArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_.:".contains(letter);
    if args.organisation.is_empty() || !args.organisation.chars().all(fits) {
        let found = &args.organisation;
        return Err(usage(format!(
            "--organisation: \"{found}\": expected an identifier such as XM-DAC-41114"
        )));
    }
    let exported = Exported::load(&args.whole.which, false, globals, screen)?;
    let origin = exported.origin();
    let reporter = Reporter {
        organisation: &args.organisation,
        head: &origin,
        made: exported.made.as_deref(),
    };
    let packages = &exported.money.packages;
    let mut undated = 0;
    let output = args.whole.output.as_deref();
    let write = |out: &mut dyn io::Write| {
        undated = iati(packages, reporter, out)?;
        Ok(())
    };
    output::write(output, globals, screen, write)?;
    let mut notes = exported.notes();
    if undated > 0 {
        let packages = counted(undated, "package", "packages");
        notes
            .insert(0, format!("{packages} without a date, which IATI asks for: not in this file"));
    }
    Ok(say(output, packages.len() - undated, "activity", &notes, screen))
}

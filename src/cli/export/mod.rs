//! `export`: packages, items, evidence, sources or totals as files for other programs. Each names
//! the head of the journal that it was made from; the same head gives the same bytes.

mod folder;
mod proofs;
mod tables;
mod workbook;

use super::args::{AsOfArgs, Globals, LookArgs};
use super::convert::exchanging;
use super::failure::{Outcome, usage};
use super::lexicon::lexicon;
use super::output;
use super::screen::Screen;
use super::totals::QueryArgs;
use crate::ledger::{Ledger, Parts, ReadingOrder};
use crate::model::{Carried, Package};
use crate::report::figures::counted;
use crate::report::render::{Accounts, Activities, Journal, Parquet, Reporter};
use crate::report::table::Cell;
use crate::report::{Format, Page};
use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use proofs::Proofs;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tables::{Exporter, Naming, Written, short};

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
    /// A Parquet file of one table: decimal figures, dates, text
    Parquet(TypedArgs),
    /// A folder of CSV files with their description: a Data Package (Frictionless, version 2)
    Datapackage(DatapackageArgs),
    /// A journal that hledger and beancount read
    Ledger(WholeArgs),
    /// Activities of the IATI standard 2.03, as XML
    Iati(IatiArgs),
    /// What persons decided, an object a decision, for `import rulings` of another ledger: packages are
    /// named by the articles and the words that tell them
    Rulings(RulingsArgs),
}

/// Options of `export rulings`.
#[derive(Debug, Args)]
struct RulingsArgs {
    /// The file to write; standard output where none is named
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    as_of: AsOfArgs,
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

/// Options of `export parquet`.
#[derive(Debug, Args)]
struct TypedArgs {
    /// What to export
    #[arg(value_enum, default_value = "packages", value_name = "WHAT")]
    what: What,
    #[command(flatten)]
    file: FileArgs,
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

/// Runs `export`.
pub(super) fn run(args: &ExportArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let which = match &args.format {
        ExportFormat::Csv(args) => &args.table.which,
        ExportFormat::Json(args) | ExportFormat::Ndjson(args) | ExportFormat::Markdown(args) => {
            &args.which
        }
        ExportFormat::Xlsx(args) => &args.which,
        ExportFormat::Parquet(args) => &args.file.which,
        ExportFormat::Datapackage(args) => &args.which,
        ExportFormat::Ledger(args) => &args.which,
        ExportFormat::Iati(args) => &args.whole.which,
        ExportFormat::Rulings(args) => return rulings(args, globals, screen),
    };
    let ledger = which.look.as_of.open(globals, screen)?;
    let _state = ledger.hold()?;
    let exporter = Exporter::new(which, &ledger)?;
    match &args.format {
        ExportFormat::Csv(args) => {
            table(&exporter, &args.table, Format::Csv, args.excel, globals, screen)
        }
        ExportFormat::Json(args) => table(&exporter, args, Format::Json, false, globals, screen),
        ExportFormat::Ndjson(args) => {
            table(&exporter, args, Format::Ndjson, false, globals, screen)
        }
        ExportFormat::Markdown(args) => {
            table(&exporter, args, Format::Markdown, false, globals, screen)
        }
        ExportFormat::Xlsx(args) => workbook::write(&exporter, args, globals, screen),
        ExportFormat::Parquet(args) => parquet(&exporter, args, globals, screen),
        ExportFormat::Datapackage(args) => folder::write(&exporter, args, globals, screen),
        ExportFormat::Ledger(args) => postings(&exporter, args, globals, screen),
        ExportFormat::Iati(args) => activities(&exporter, args, globals, screen),
        ExportFormat::Rulings(args) => rulings(args, globals, screen),
    }
}

/// A decision as it is given out, with the head of the journal that it was made from.
#[derive(Serialize)]
struct Given<'a> {
    #[serde(flatten)]
    carried: &'a Carried,
    journal: &'a str,
}

/// What is given out where nobody decided anything: which journal that is.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoRuling {
    journal: String,
}

fn rulings(args: &RulingsArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let ledger = exchanging(args.as_of.open(globals, screen)?)?;
    let (all, head) = (ledger.carried()?, short(&ledger.head()?));
    output::write(args.output.as_deref(), globals, screen, |out| {
        for carried in &all {
            serde_json::to_writer(&mut *out, &Given { carried, journal: &head })?;
            writeln!(out)?;
        }
        if all.is_empty() {
            serde_json::to_writer(&mut *out, &NoRuling { journal: head })?;
            writeln!(out)?;
        }
        Ok(())
    })?;
    Ok(say(args.output.as_deref(), all.len(), "decision", &[], screen))
}

fn table(
    exporter: &Exporter,
    args: &TableArgs,
    format: Format,
    byte_order_mark: bool,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    let has_notes = matches!(format, Format::Json | Format::Markdown);
    let naming = if has_notes { Naming::Note } else { Naming::Column };
    let content = exporter.content(args.what)?;
    let page = Page { byte_order_mark, ..Page::default() };
    let mut written = Written::default();
    output::write(args.output.as_deref(), globals, screen, |out| {
        written = exporter.pour_lines(&content, naming, (format, page), out)?;
        Ok(())
    })?;
    // JSON and Markdown hold the notes themselves.
    let is_bare = !has_notes || args.output.is_some();
    let notes = if is_bare { written.notes } else { Vec::new() };
    Ok(say(args.output.as_deref(), written.rows, "row", &notes, screen))
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

fn parquet(
    exporter: &Exporter,
    args: &TypedArgs,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    let output = &args.file.output;
    output::refuse_ledger(output, &globals.ledger())?;
    let content = exporter.content(args.what)?;
    let filter = exporter.which.look.filter.words();
    let filter: Vec<String> =
        filter.into_iter().map(|(option, words)| format!("{option} {words}")).collect();
    let about = [
        ("journal", exporter.origin()),
        ("recorded", exporter.made.clone().unwrap_or_default()),
        ("filter", filter.join("; ")),
    ];
    let mut written = Written::default();
    output::write_whole(output, |file| {
        let columns = content.columns();
        let mut rows = Parquet::begin(&columns, &about, file)?;
        written = exporter.pour(&content, Naming::Elsewhere, &mut rows)?;
        Ok(())
    })?;
    Ok(say(Some(output), written.rows, "row", &written.notes, screen))
}

fn said(what: &str, says: &str) -> Vec<Cell> {
    vec![Cell::Text(what.to_owned()), Cell::Text(says.to_owned())]
}

fn postings(
    exporter: &Exporter,
    args: &WholeArgs,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    // What was only proposed, or withdrawn, is in no balance.
    let preset = Some(args.which.query.count);
    let parts = Parts { items: false, ..Parts::ALL };
    let mut accounts = Accounts::default();
    let bare = Parts { sources: false, ..parts };
    exporter.each_summed(preset, bare, &mut |package| {
        accounts.add(&package);
        Ok(())
    })?;
    let (mut count, mut notes) = (0, Vec::new());
    let output = args.output.as_deref();
    output::write(output, globals, screen, |out| {
        let mut journal = Journal::begin(&exporter.origin(), &accounts, out)?;
        notes = exporter.each_summed(preset, parts, &mut |package| {
            count += 1;
            Ok(journal.add(&package)?)
        })?;
        Ok(journal.end(&notes)?)
    })?;
    Ok(say(output, count, "package", &notes, screen))
}

fn activities(
    exporter: &Exporter,
    args: &IatiArgs,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_.:".contains(letter);
    if args.organisation.is_empty() || !args.organisation.chars().all(fits) {
        let found = &args.organisation;
        return Err(usage(format!(
            "--organisation: \"{found}\": expected an identifier such as XM-DAC-41114"
        )));
    }
    let origin = exporter.origin();
    let made = exporter.made.as_deref();
    let name = |code: &str| lexicon().actor_name(code).map(str::to_owned);
    let reporter = Reporter { organisation: &args.organisation, head: &origin, made, name: &name };
    let output = args.whole.output.as_deref();
    let (mut count, mut undated, mut notes) = (0, 0, Vec::new());
    let parts = Parts { order: ReadingOrder::Number, ..Parts::ALL };
    output::write(output, globals, screen, |out| {
        let mut activities = Activities::begin(reporter, out)?;
        let some = |packages: &[Package]| Activities::some(packages, reporter);
        notes = if exporter.converts() {
            exporter.each_summed(None, parts, &mut |one| Ok(activities.join(&some(&[one])?)?))?
        } else {
            let made = |_: &Ledger, _: &mut Proofs, packages: Vec<Package>| Ok(some(&packages)?);
            exporter.each_made(None, parts, made, |some| Ok(activities.join(&some)?))?
        };
        (count, undated) = (activities.count, activities.undated);
        Ok(activities.end(&notes)?)
    })?;
    if count == 0 {
        notes.insert(0, "no activity, where IATI asks for at least one".to_owned());
    }
    if undated > 0 {
        let packages = counted(undated, "package", "packages");
        notes
            .insert(0, format!("{packages} without a date, which IATI asks for: not in this file"));
    }
    Ok(say(output, count, "activity", &notes, screen))
}

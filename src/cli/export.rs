//! `export`: packages, items, evidence or totals as files for other programs.

use super::args::{AsOfArgs, FilterArgs, Globals};
use super::convert::{ConvertArgs, Money};
use super::failure::{Outcome, io_failure, usage};
use super::screen::Screen;
use super::totals::{COUNTED_STAGES, KeyArgs};
use crate::ledger::{Ledger, Telling};
use crate::model::package::PackageSource;
use crate::model::{Article, Package, PackageId};
use crate::report::figures::counted;
use crate::report::{
    EvidenceRow, Format, Page, Selection, Table, TotalsQuery, add_converted, evidence, items,
    packages, render, totals,
};
use crate::text;
use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
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
}

/// Options of `export csv`.
#[derive(Debug, Args)]
struct CsvArgs {
    /// What to export
    #[arg(value_enum, default_value = "packages", value_name = "WHAT")]
    what: What,
    /// The file to write; standard output where none is named
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Begin with a byte order mark, so that Excel reads the text as UTF-8
    #[arg(long)]
    excel: bool,
    #[command(flatten)]
    keys: KeyArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    money: ConvertArgs,
    #[command(flatten)]
    as_of: AsOfArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// One row a package
    Packages,
    /// One row an item of a package
    Items,
    /// One row a field of a telling, with the words that prove it
    Evidence,
    /// Totals by --by
    Summary,
}

/// Runs `export`.
pub(super) fn run(args: &ExportArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let ExportFormat::Csv(args) = &args.format;
    let ledger = args.as_of.open(globals, screen)?;
    let stages = if args.what == What::Summary { COUNTED_STAGES.as_slice() } else { &[] };
    let selection = args.filter.load(&ledger, stages)?;
    let money = args.money.apply(&ledger, selection.packages.clone())?;
    let table = table(args, &ledger, &selection, &money)?;
    let page = Page { byte_order_mark: args.excel, ..Page::default() };
    match &args.output {
        Some(path) => {
            refuse_ledger(path, &globals.ledger())?;
            write_file(path, &table, page)?;
            let rows = counted(table.rows.len(), "row", "rows");
            screen.message(&format!("{}: {rows}", path.display()));
        }
        None => render(&table, Format::Csv, page, screen)?,
    }
    for note in table.notes.iter().cloned().chain(money.notes).chain(selection.notes()) {
        screen.message(&note);
    }
    Ok(Outcome::Done)
}

fn table(args: &CsvArgs, ledger: &Ledger, selection: &Selection, money: &Money) -> Result<Table> {
    let selected = &selection.packages;
    Ok(match args.what {
        What::Packages => {
            let mut table = packages(selected);
            if args.money.is_asked() {
                add_converted(&mut table, selected, &money.amounts());
            }
            table
        }
        What::Items => items(selected),
        What::Evidence => evidence(&evidence_rows(ledger, selected)?),
        What::Summary => totals(&money.packages, &TotalsQuery { keys: args.keys.keys.clone() }),
    })
}

fn evidence_rows(ledger: &Ledger, packages: &[Package]) -> Result<Vec<EvidenceRow>> {
    let mut rows = Vec::new();
    for package in packages {
        let detail = ledger.package(package.id)?;
        for telling in detail.iter().flat_map(|detail| &detail.tellings) {
            push_evidence(package.id, telling, &mut rows);
        }
    }
    Ok(rows)
}

fn push_evidence(package: PackageId, telling: &Telling, rows: &mut Vec<EvidenceRow>) {
    let Some(article) = &telling.article else {
        rows.push(by_hand(package, telling));
        return;
    };
    let source = source(article);
    let segments = text::segment(article);
    for proof in &telling.claim.evidence {
        let sentence = segments
            .iter()
            .find(|segment| segment.span.contains(proof.span))
            .map(|segment| segment.span.of(&article.text).trim().to_owned());
        rows.push(EvidenceRow {
            package,
            source: Some(source.clone()),
            evidence: proof.clone(),
            sentence,
        });
    }
}

/// The one row of a telling that was entered by hand: its quote stands for all fields.
fn by_hand(package: PackageId, telling: &Telling) -> EvidenceRow {
    EvidenceRow {
        package,
        source: None,
        evidence: crate::model::Evidence {
            field: "all".to_owned(),
            span: crate::model::Span::new(0, 0),
            quote: telling.quote.clone().unwrap_or_default(),
            rule: "by-hand".to_owned(),
        },
        sentence: telling.quote.clone(),
    }
}

fn source(article: &Article) -> PackageSource {
    PackageSource {
        article: article.sha256.clone(),
        title: article.title.clone(),
        publisher: article.publisher.clone(),
        published: article.published,
        location: article.source.url.clone().or_else(|| article.source.path.clone()),
    }
}

/// An export over the ledger would destroy it.
fn refuse_ledger(path: &Path, ledger: &Path) -> Result<()> {
    let is_ledger = match (fs::canonicalize(path), fs::canonicalize(ledger)) {
        (Ok(path), Ok(ledger)) => path == ledger,
        _ => false,
    };
    if is_ledger {
        return Err(usage(format!(
            "--output {}: expected a file other than the ledger",
            path.display()
        )));
    }
    Ok(())
}

/// Writes the table to a file beside the target and renames it: the target is either as it was, or
/// whole.
fn write_file(path: &Path, table: &Table, page: Page) -> Result<()> {
    let failed = |error: io::Error| io_failure(&path.display().to_string(), &error);
    if path.is_dir() {
        anyhow::bail!("{}: is a folder, expected a file", path.display());
    }
    // A device or a pipe cannot be replaced by a file.
    if path.exists() && !path.is_file() {
        let mut out = BufWriter::new(File::options().write(true).open(path).map_err(failed)?);
        return render(table, Format::Csv, page, &mut out)
            .and_then(|()| out.flush())
            .map_err(failed);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = write_part(&part, table, page).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // What is left of the failed attempt helps nobody.
        let _ = fs::remove_file(&part);
    }
    written.map_err(failed)
}

fn write_part(part: &Path, table: &Table, page: Page) -> io::Result<()> {
    let file = File::options().write(true).create_new(true).open(part)?;
    let mut out = BufWriter::new(file);
    render(table, Format::Csv, page, &mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

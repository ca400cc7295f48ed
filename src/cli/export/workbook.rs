//! `export xlsx`: a workbook with a sheet each for packages, items, evidence, totals and sources, and one that
//! says what it is.

use super::tables::{self, Exporter, Naming, Written};
use super::{FileArgs, What, said, say};
use crate::cli::args::Globals;
use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::screen::Screen;
use crate::report::Table;
use crate::report::render::Book;
use crate::report::table::{Column, Kind};
use anyhow::Result;
use std::io;
use std::panic::{self, AssertUnwindSafe};

/// Writes the workbook.
pub(super) fn write(
    exporter: &Exporter,
    args: &FileArgs,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    output::refuse_ledger(&args.output, &globals.ledger())?;
    let mut packages = Written::default();
    output::write_whole(&args.output, |file| {
        unless_it_panics(|| {
            let mut book = Book::new(&exporter.origin(), exporter.made.as_deref())?;
            let mut about = about(exporter);
            for (name, what) in tables::ALL {
                let content = exporter.content(what)?;
                let mut sheet = book.sheet(name, &content.columns())?;
                let written = exporter.pour(&content, Naming::Elsewhere, &mut sheet)?;
                about.rows.extend(written.notes.iter().map(|note| said(name, note)));
                if what == What::Packages {
                    packages = written;
                }
            }
            book.table("about", &about)?;
            Ok(book.save(io::BufWriter::new(file))?)
        })
    })?;
    Ok(say(Some(&args.output), packages.rows, "package", &packages.notes, screen))
}

/// The library of workbooks keeps rows in temporary files, and panics where these cannot be written, as on a
/// full disk: that is an error like any other.
fn unless_it_panics(write: impl FnOnce() -> Result<()>) -> Result<()> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let written = panic::catch_unwind(AssertUnwindSafe(write));
    panic::set_hook(hook);
    let place = std::env::temp_dir();
    let told = || format!("rows could not be kept in {}: is the disk full?", place.display());
    written.unwrap_or_else(|_| Err(io::Error::other(told()).into()))
}

/// A table that says where the others are from, and what is not in them.
fn about(exporter: &Exporter) -> Table {
    let mut about = Table::new(vec![
        Column::new("what", "What", Kind::Text),
        Column::new("says", "Says", Kind::Text),
    ]);
    about.rows.push(said("journal", &exporter.origin()));
    about.rows.push(said("recorded", exporter.made.as_deref().unwrap_or_default()));
    about
}

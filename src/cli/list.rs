//! `list`: the ledger's packages by date.

use super::args::{Globals, LookArgs, one_of};
use super::failure::Outcome;
use super::screen::Screen;
use crate::ledger::Parts;
use crate::report::packages::{package_columns, package_row, with_standing};
use crate::report::select::count_packages;
use crate::report::{Format, rows};
use anyhow::Result;
use clap::Args;

/// Options of `list`.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// How the packages are written; ndjson is one object a package
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = one_of::<Format>(Format::ALL.iter().map(|f| f.as_str())))]
    format: Format,
    #[command(flatten)]
    look: LookArgs,
}

/// Runs `list`.
pub(super) fn run(args: &ListArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let ledger = args.look.as_of.open(globals, screen)?;
    let is_page = matches!(args.format, Format::Table | Format::Markdown);
    let mut selection = args.look.filter.selection(None);
    let mut money = args.look.money.money(&ledger)?;
    let converts = args.look.money.is_asked();
    let mut count = 0;
    let page = screen.page();
    let mut columns = package_columns(converts);
    if args.look.filter.takes_other_than_accepted() {
        columns = with_standing(columns);
    }
    let mut rows = rows(&columns, args.format, page, screen)?;
    args.look.filter.each(&ledger, &mut selection, Parts::ALL, |package| {
        count += 1;
        let converted = converts.then(|| money.worth(&package).amount);
        Ok(rows.row(&package_row(package, converted))?)
    })?;
    let mut notes = Vec::new();
    if is_page {
        notes.push(count_packages(count));
    }
    notes.extend(money.notes());
    notes.extend(selection.notes());
    rows.end(&[], &notes)?;
    Ok(Outcome::Done)
}

//! `list`: the ledger's packages by date.

use super::args::{Globals, LookArgs, one_of};
use super::failure::Outcome;
use super::screen::Screen;
use crate::report::select::count_packages;
use crate::report::{Format, add_converted, packages, render};
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
    let selection = args.look.filter.load(&ledger, None)?;
    let money = args.look.money.apply(&ledger, selection.packages.clone())?;
    let mut table = packages(&selection.packages);
    if args.look.money.is_asked() {
        add_converted(&mut table, &selection.packages, &money.amounts());
    }
    if matches!(args.format, Format::Table | Format::Markdown) {
        table.notes.push(count_packages(selection.packages.len()));
    }
    table.notes.extend(money.notes);
    table.notes.extend(selection.notes());
    let page = screen.page();
    render(&table, args.format, page, screen)?;
    Ok(Outcome::Done)
}

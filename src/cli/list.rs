//! `list`: the ledger's packages by date.

use super::args::{AsOfArgs, FilterArgs, Globals, one_of};
use super::convert::ConvertArgs;
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
    filter: FilterArgs,
    #[command(flatten)]
    money: ConvertArgs,
    #[command(flatten)]
    as_of: AsOfArgs,
}

/// Runs `list`.
pub(super) fn run(args: &ListArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let ledger = args.as_of.open(globals, screen)?;
    let selection = args.filter.load(&ledger, None)?;
    let money = args.money.apply(&ledger, selection.packages.clone())?;
    let mut table = packages(&selection.packages);
    if args.money.is_asked() {
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

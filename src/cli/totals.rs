//! `totals`: sums of the ledger's packages by any keys.

use super::args::{AsOfArgs, FilterArgs, Globals, one_of};
use super::convert::ConvertArgs;
use super::failure::Outcome;
use super::screen::Screen;
use crate::model::Stage;
use crate::report::{Format, Key, TotalsQuery, render, totals};
use anyhow::Result;
use clap::Args;

/// The stages that totals count where the user names none: neither what is only proposed nor what
/// was withdrawn.
pub(super) const COUNTED_STAGES: [Stage; 3] =
    [Stage::Announced, Stage::Contracted, Stage::Delivered];

/// Options of `totals`.
#[derive(Debug, Args)]
pub(super) struct TotalsArgs {
    #[command(flatten)]
    keys: KeyArgs,
    /// How the table is written
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = one_of::<Format>(Format::ALL.iter().map(|f| f.as_str())))]
    format: Format,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    money: ConvertArgs,
    #[command(flatten)]
    as_of: AsOfArgs,
}

/// What totals are grouped by.
#[derive(Debug, Clone, Args)]
pub(super) struct KeyArgs {
    /// What to group by, one or several. Money is always apart by currency; system and class
    /// count things instead
    #[arg(long = "by", value_name = "KEY", num_args = 1.., value_delimiter = ',', default_value = "donor", value_parser = one_of::<Key>(Key::ALL.iter().map(|k| k.as_str())))]
    pub(super) keys: Vec<Key>,
}

/// Runs `totals`.
pub(super) fn run(args: &TotalsArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let ledger = args.as_of.open(globals, screen)?;
    let selection = args.filter.load(&ledger, &COUNTED_STAGES)?;
    let money = args.money.apply(&ledger, selection.packages.clone())?;
    let mut table = totals(&money.packages, &TotalsQuery { keys: args.keys.keys.clone() });
    table.notes.extend(money.notes);
    table.notes.extend(selection.notes());
    if table.rows.is_empty() && args.format == Format::Table {
        screen.message("no package to count");
    }
    let page = screen.page();
    render(&table, args.format, page, screen)?;
    Ok(Outcome::Done)
}

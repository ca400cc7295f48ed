//! `undo` and `redo`: take the last decision of a person back, and bring it back again. Both are
//! entries of the journal, and say what they are about.

use super::args::Globals;
use super::convert::open_to_rule;
use super::decide::PersonArgs;
use super::failure::Outcome;
use super::log::summary;
use super::ruled_page::write_ruled;
use super::screen::Screen;
use crate::ledger::Order;
use crate::model::CivilDate;
use crate::report::render::clean;
use anyhow::Result;
use clap::Args;
use std::io::Write;

/// Options of `undo` and `redo`.
#[derive(Debug, Args)]
pub(super) struct TurnArgs {
    #[command(flatten)]
    person: PersonArgs,
}

/// Runs `undo`.
pub(super) fn undo(args: &TurnArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    turn(args, &Order::Undo, "undid", globals, screen)
}

/// Runs `redo`.
pub(super) fn redo(args: &TurnArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    turn(args, &Order::Redo, "stands again:", globals, screen)
}

fn turn(
    args: &TurnArgs,
    order: &Order,
    word: &str,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    let mut ledger = open_to_rule(globals)?;
    let ruled = ledger.rule(order, &args.person.person(), &CivilDate::now_utc_text())?;
    if let Some(entry) = &ruled.of {
        let what = clean(&summary(entry));
        writeln!(screen, "{word} entry {} ({}): {what}", entry.seq, entry.recorded_at)?;
    }
    write_ruled(&ruled, &ledger, screen)?;
    Ok(Outcome::Done)
}

//! `review`: walks through the packages that wait for a person, in the terminal, the sentence beside
//! the fields, one key a decision. Each decision is saved at once.

mod keys;
mod page;
mod session;
mod terminal;
#[cfg(test)]
mod tests;

use super::add::confidence;
use super::args::{Globals, WhichArgs};
use super::convert::open_to_rule;
use super::decide::PersonArgs;
use super::failure::{Outcome, usage_hinted};
use super::screen::Screen;
use crate::model::Confidence;
use anyhow::Result;
use clap::Args;
use session::Session;
use std::io::{IsTerminal, stdin, stdout};
use terminal::Terminal;

/// Options of `review`.
#[derive(Debug, Args)]
pub(super) struct ReviewArgs {
    /// Only packages with a confidence below this, 0 to 1
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    below: Option<Confidence>,
    /// Only packages with a confidence of at least this, 0 to 1
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    above: Option<Confidence>,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    person: PersonArgs,
}

/// Runs `review`.
pub(super) fn run(args: &ReviewArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    if !stdin().is_terminal() || !stdout().is_terminal() {
        let hint = "aidledger list --standing pending names those that wait, show P12 shows one; accept and \
                    reject take numbers or a filter such as --donor US, amend, merge and not-same \
                    take numbers";
        let message = "review needs a terminal: expected standard input and output to be one";
        return Err(usage_hinted(message, hint));
    }
    let mut ledger = open_to_rule(globals)?;
    let mut waiting = args.which.waiting(&ledger)?;
    waiting.retain(|one| {
        args.below.is_none_or(|below| one.confidence < below)
            && args.above.is_none_or(|above| one.confidence >= above)
    });
    if waiting.is_empty() {
        screen.message("no package waits for review");
        return Ok(Outcome::Done);
    }
    let person = args.person.person();
    Session::new(&mut ledger, &person, &mut Terminal::default(), screen, waiting).run()
}

//! `add`: reads articles and records what they say in the ledger.

use super::add_page::{Counts, write_totals};
use super::args::Globals;
use super::convert::exchanging;
use super::failure::Outcome;
use super::interrupt;
use super::recording::{How, record_all};
use super::screen::Screen;
use super::sources::{self, Stated};
use crate::ledger::{Access, Ledger, Policy};
use crate::model::Confidence;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// Options of `add`.
#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// Text and HTML files, folders of them, web addresses, or - for standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    #[command(flatten)]
    record: RecordArgs,
    #[command(flatten)]
    stated: Stated,
}

/// How articles are recorded.
#[derive(Debug, Args)]
pub(super) struct RecordArgs {
    /// Say what would be recorded, and write nothing
    #[arg(long, short = 'n')]
    pub(super) dry_run: bool,
    /// Accept every package that was found, however doubtful
    #[arg(long, conflicts_with = "accept_above")]
    accept_all: bool,
    /// Accept packages whose confidence is at least this, 0 to 1; the others wait for review
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence, default_value = "0.9")]
    accept_above: Confidence,
}

impl RecordArgs {
    /// What is accepted without asking a person.
    pub(super) fn policy(&self) -> Policy {
        let accept_from = if self.accept_all { Confidence(0) } else { self.accept_above };
        Policy { accept_from }
    }

    /// The ledger to record in; for a dry run a copy of it.
    pub(super) fn open(&self, globals: &Globals, access: Access) -> Result<Ledger> {
        exchanging(globals.open_to_record(access, self.dry_run)?)
    }
}

/// Reads a number from 0 to 1.
pub(super) fn confidence(text: &str) -> Result<Confidence, String> {
    let refuse = || format!("\"{text}\": expected a number from 0 to 1 such as 0.8");
    let number: rust_decimal::Decimal = text.parse().map_err(|_| refuse())?;
    let thousandths = number.checked_mul(1000.into()).ok_or_else(refuse)?;
    u16::try_from(thousandths).ok().filter(|t| *t <= 1000).map(Confidence).ok_or_else(refuse)
}

/// Runs `add`.
pub(super) fn run(args: &AddArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let places = sources::expand(&args.sources);
    args.stated.check(places.len())?;
    let mut ledger = args.record.open(globals, Access::Create)?;
    let mut counts = Counts::default();
    let how = How { policy: args.record.policy(), stated: &args.stated };
    record_all(places, &how, &mut ledger, &mut counts, screen, |_| ())?;
    write_totals(&counts, &ledger, args.record.dry_run, screen)?;
    Ok(end(&counts, screen))
}

/// How a run that recorded articles ends.
pub(super) fn end(counts: &Counts, screen: &mut Screen) -> Outcome {
    if interrupt::is_asked() {
        screen.message("interrupted: what is said above is recorded, the rest is not");
        return Outcome::Interrupted;
    }
    match counts.unreadable {
        0 => Outcome::Done,
        _ if counts.articles == 0 => Outcome::NothingRead,
        _ => Outcome::Partly,
    }
}

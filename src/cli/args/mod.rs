//! Options that several commands share: global ones, when to look at the ledger, and the filter.

mod filter;
mod words;

pub(super) use filter::{FilterArgs, WhichArgs};
pub(super) use words::{actor, find_system, one_of, package_id, stage_words};

use super::convert::ConvertArgs;
use super::screen::{Colour, Screen};
use crate::ledger::{Access, Ledger};
use crate::model::CivilDate;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use words::last_day;

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Globals {
    /// The ledger file; else `$AIDLEDGER_FILE`, else aidledger.db in this folder
    #[arg(long, global = true, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// A folder of lexicon tables that add to those that ship; else `$AIDLEDGER_LEXICON`
    #[arg(long, global = true, value_name = "FOLDER")]
    lexicon: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(super) color: Colour,
    /// No messages on standard error but errors
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

impl Globals {
    /// The ledger file: as the option says, else the environment, else the one in this folder.
    pub(super) fn ledger(&self) -> PathBuf {
        let stated = || std::env::var_os("AIDLEDGER_FILE").filter(|name| !name.is_empty());
        let file = self.ledger.clone().or_else(|| stated().map(PathBuf::from));
        file.unwrap_or_else(|| PathBuf::from("aidledger.db"))
    }

    /// The folder of the user's own lexicon tables, as the option says, else the environment.
    pub(super) fn lexicon(&self) -> Option<PathBuf> {
        let stated = || std::env::var_os("AIDLEDGER_LEXICON").filter(|name| !name.is_empty());
        self.lexicon.clone().or_else(|| stated().map(PathBuf::from))
    }

    /// Opens the ledger.
    pub(super) fn open(&self, access: Access) -> Result<Ledger> {
        Ok(Ledger::open(&self.ledger(), access)?)
    }

    /// Opens the ledger to record in it; for a dry run a copy, so that what comes in one run
    /// is seen by each other as it will be, and nothing is written.
    pub(super) fn open_to_record(&self, access: Access, dry_run: bool) -> Result<Ledger> {
        match dry_run {
            false => self.open(access),
            true if self.ledger().exists() => Ok(self.open(Access::Read)?.rehearsal()?),
            true => Ok(Ledger::in_memory()?),
        }
    }
}

/// When to look at the ledger.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "When")]
pub(super) struct AsOfArgs {
    /// The ledger as it stood at the end of this day, month or year (UTC)
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    as_of: Option<CivilDate>,
}

impl AsOfArgs {
    /// Whether the ledger of another day is asked for.
    pub(super) const fn is_given(&self) -> bool {
        self.as_of.is_some()
    }

    /// Opens the ledger to look at it, as it is or as it stood; says which it is where it is not
    /// that of today.
    pub(super) fn open(&self, globals: &Globals, screen: &mut Screen) -> Result<Ledger> {
        let ledger = globals.open(Access::Read)?;
        let Some(day) = self.as_of else { return Ok(ledger) };
        let past = ledger.as_of(day)?;
        let (then, now) = (past.head()?.seq, ledger.head()?.seq);
        screen.message(&match then {
            0 => format!("as of {day}: no entry of {now}"),
            then => format!("as of {day}: entries 1 to {then} of {now}"),
        });
        Ok(past)
    }
}

/// Which packages, in which money, and as of when: what a command that looks at packages takes.
#[derive(Debug, Clone, Args)]
pub(super) struct LookArgs {
    /// Which packages.
    #[command(flatten)]
    pub(super) filter: FilterArgs,
    /// In which money.
    #[command(flatten)]
    pub(super) money: ConvertArgs,
    /// As of when.
    #[command(flatten)]
    pub(super) as_of: AsOfArgs,
}

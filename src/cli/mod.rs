//! The command line: the only place that joins the layers, prints, and knows paths.

mod add;
mod add_page;
mod amend;
mod args;
mod check;
mod compare;
mod convert;
mod decide;
mod enter;
mod export;
mod extract;
mod extract_json;
mod extract_page;
mod failure;
mod feed;
mod figures;
mod history;
mod import;
mod import_rulings;
mod interrupt;
mod lexicon;
mod list;
mod log;
mod look_up;
mod output;
mod passage;
mod rates;
mod recording;
mod reference;
mod report;
mod review;
mod ruled_page;
mod schema;
mod screen;
mod show;
mod show_fields;
mod slips;
mod sources;
mod together;
mod totals;
mod undo;
mod verify;
mod workers;

use anyhow::Result;
use args::Globals;
use clap::{Parser, Subcommand};
use failure::Outcome;
use screen::{Colour, Paint, Screen};
use std::io::Write;
use std::process::ExitCode;

/// Records military aid packages from articles in a ledger, each figure with its sentence.
#[derive(Debug, Parser)]
#[command(name = "aidledger", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    globals: Globals,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read articles and print what they say; no ledger is touched
    Extract(extract::ExtractArgs),
    /// Read articles and record what they say in the ledger
    Add(add::AddArgs),
    /// Watch feeds: what is new in them is read and recorded
    Feed(feed::FeedArgs),
    /// Record a package by hand
    Enter(enter::EnterArgs),
    /// Record a spreadsheet: Kiel's main table, or anyone's by a map of its columns
    Import(import::ImportArgs),
    /// List packages by date
    List(list::ListArgs),
    /// Sum packages by donor, month, system and other keys
    Totals(totals::TotalsArgs),
    /// Count launchers, rounds, vehicles and other things by system, donor and other keys
    Items(totals::ItemsArgs),
    /// Show a package with the sentence behind each field, and its journal entries
    Show(show::ShowArgs),
    /// Walk through the packages that wait for a person, in the terminal
    Review(review::ReviewArgs),
    /// Accept packages that wait for a person: they count from then on
    Accept(decide::PickArgs),
    /// Reject packages: what was read is no package, and stays rejected
    Reject(decide::PickArgs),
    /// Set fields of a package that are other than its articles say
    Amend(amend::AmendArgs),
    /// Take packages out of all totals; they stay in the ledger
    Void(decide::NamedArgs),
    /// Bring back packages that were rejected, voided or merged, and undone entries by hand
    Restore(decide::NamedArgs),
    /// Rule that packages are one, however their articles were placed
    Merge(together::MergeArgs),
    /// Rule that tellings of a package are another one
    Split(together::SplitArgs),
    /// Rule that packages are not one, however alike
    NotSame(together::NotSameArgs),
    /// Take back the last decision of a person; again, the one before it
    Undo(undo::TurnArgs),
    /// Bring back the decision that was undone last
    Redo(undo::TurnArgs),
    /// Show who changed what in a package, when and why, before and after
    History(history::HistoryArgs),
    /// Write packages, items, evidence or totals for other programs
    Export(export::ExportArgs),
    /// Hold another collection against the ledger: matched, differing, only there, only here
    Compare(compare::CompareArgs),
    /// Write a report: totals, charts, systems, packages, and the sentences behind each figure
    Report(report::ReportArgs),
    /// Print the journal, oldest entry first
    Log(log::LogArgs),
    /// Hold stated totals against the ledger's sums, and look for what does not fit together
    Check(check::CheckArgs),
    /// Check the journal, every quote, and that the tables are what the journal says
    Verify(verify::VerifyArgs),
    /// Look up exchange rates, and import further ones and levels of prices
    Rates(rates::RatesArgs),
    /// Look up systems of the lexicon
    Systems(look_up::LookUpArgs),
    /// Look up states and organisations of the lexicon
    Actors(look_up::LookUpArgs),
    /// Print the shape of an output, or the ledger's tables
    Schema(schema::SchemaArgs),
    /// Print a completion script for a shell
    Completions(reference::CompletionsArgs),
    /// Print the manual page
    Man,
}

impl Command {
    /// Whether a user's own tables change what the command does; the others do not need them right.
    const fn uses_lexicon(&self) -> bool {
        !matches!(
            self,
            Self::Void(_)
                | Self::Restore(_)
                | Self::Merge(_)
                | Self::Split(_)
                | Self::NotSame(_)
                | Self::Undo(_)
                | Self::Redo(_)
                | Self::History(_)
                | Self::Log(_)
                | Self::Check(_)
                | Self::Verify(_)
                | Self::Rates(_)
                | Self::Schema(_)
                | Self::Completions(_)
                | Self::Man
        )
    }
}

/// Runs the program with the arguments and streams of the process.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return failure::end_usage(&error, Paint::for_errors(Colour::Auto)),
    };
    interrupt::listen();
    let mut screen = Screen::new(&cli.globals);
    let result = dispatch(&cli, &mut screen).and_then(|outcome| {
        screen.flush()?;
        Ok(outcome)
    });
    match result {
        Ok(outcome) => outcome.code(),
        Err(error) => {
            // What was written before the failure is shown before it is told.
            let _ = screen.flush();
            failure::end(&error, screen.error_paint)
        }
    }
}

fn dispatch(cli: &Cli, screen: &mut Screen) -> Result<Outcome> {
    let globals = &cli.globals;
    if let Some(folder) = globals.lexicon().filter(|_| cli.command.uses_lexicon()) {
        lexicon::choose(&folder)?;
    }
    match &cli.command {
        Command::Extract(args) => extract::run(args, screen),
        Command::Add(args) => add::run(args, globals, screen),
        Command::Feed(args) => feed::run(args, globals, screen),
        Command::Enter(args) => enter::run(args, globals, screen),
        Command::Import(args) => import::run(args, globals, screen),
        Command::List(args) => list::run(args, globals, screen),
        Command::Totals(args) => totals::run(args, globals, screen),
        Command::Items(args) => totals::items(args, globals, screen),
        Command::Show(args) => show::run(args, globals, screen),
        Command::Review(args) => review::run(args, globals, screen),
        Command::Accept(args) => decide::accept(args, globals, screen),
        Command::Reject(args) => decide::reject(args, globals, screen),
        Command::Amend(args) => amend::run(args, globals, screen),
        Command::Void(args) => decide::void(args, globals, screen),
        Command::Restore(args) => decide::restore(args, globals, screen),
        Command::Merge(args) => together::merge(args, globals, screen),
        Command::Split(args) => together::split(args, globals, screen),
        Command::NotSame(args) => together::not_same(args, globals, screen),
        Command::Undo(args) => undo::undo(args, globals, screen),
        Command::Redo(args) => undo::redo(args, globals, screen),
        Command::History(args) => history::run(args, globals, screen),
        Command::Export(args) => export::run(args, globals, screen),
        Command::Compare(args) => compare::run(args, globals, screen),
        Command::Report(args) => report::run(args, globals, screen),
        Command::Log(args) => log::run(args, globals, screen),
        Command::Check(args) => check::run(args, globals, screen),
        Command::Verify(args) => verify::run(args, globals, screen),
        Command::Rates(args) => rates::run(args, globals, screen),
        Command::Systems(args) => look_up::systems(args, screen),
        Command::Actors(args) => look_up::actors(args, screen),
        Command::Schema(args) => schema::run(args, screen),
        Command::Completions(args) => reference::completions(args, screen),
        Command::Man => reference::man(screen),
    }
}

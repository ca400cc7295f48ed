//! The command line: the only place that joins the layers, prints, and knows paths.

mod add;
mod add_page;
mod args;
mod extract;
mod extract_json;
mod extract_page;
mod failure;
mod figures;
mod interrupt;
mod list;
mod passage;
mod screen;
mod sources;
mod totals;

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
    /// List packages by date
    List(list::ListArgs),
    /// Sum packages by donor, month, system and other keys
    Totals(totals::TotalsArgs),
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
    match &cli.command {
        Command::Extract(args) => extract::run(args, screen),
        Command::Add(args) => add::run(args, globals, screen),
        Command::List(args) => list::run(args, globals, screen),
        Command::Totals(args) => totals::run(args, globals, screen),
    }
}

//! Helps: `completions` and `man`.

use super::Cli;
use super::failure::Outcome;
use super::screen::Screen;
use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::Write;

/// Options of `completions`.
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// Runs `completions`.
pub(super) fn completions(args: &CompletionsArgs, screen: &mut Screen) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "aidledger", &mut script);
    screen.write_all(&script)?;
    Ok(Outcome::Done)
}

/// Runs `man`: the page of the program, then one of each command.
pub(super) fn man(screen: &mut Screen) -> Result<Outcome> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        clap_mangen::Man::new(sub.clone()).render(&mut page)?;
    }
    screen.write_all(&page)?;
    Ok(Outcome::Done)
}

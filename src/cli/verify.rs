//! `verify`: checks the journal's chain, every quote, and that the tables are what the journal
//! says; `--rebuild` makes them anew from it.

use super::args::Globals;
use super::failure::Outcome;
use super::screen::Screen;
use crate::ledger::Access;
use crate::report::render::{clean, write_json_line};
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::io::Write;

/// Options of `verify`.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// Make all tables anew from the journal, then check
    #[arg(long)]
    rebuild: bool,
    /// Lines for people, or one JSON object
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: VerifyFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum VerifyFormat {
    /// Lines for people.
    Text,
    /// One object.
    Json,
}

/// Runs `verify`.
pub(super) fn run(args: &VerifyArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let found = if args.rebuild {
        globals.open(Access::Write)?.rebuild()?
    } else {
        globals.open(Access::Read)?.verify()?
    };
    match args.format {
        VerifyFormat::Json => {
            let object = json!({
                "entries": found.entries,
                "articles": found.articles,
                "claims": found.claims,
                "packages": found.packages,
                "head": found.head,
                "problems": found.problems,
            });
            write_json_line(&object, screen)?;
        }
        VerifyFormat::Text => {
            let counts = [
                (found.entries, "entry", "entries"),
                (found.articles, "article", "articles"),
                (found.claims, "claim", "claims"),
                (found.packages, "package", "packages"),
            ];
            let counts: Vec<String> = counts
                .iter()
                .map(|(n, one, many)| format!("{n} {}", if *n == 1 { one } else { many }))
                .collect();
            writeln!(screen, "{}", counts.join(", "))?;
            writeln!(screen, "head {}", found.head)?;
            for problem in &found.problems {
                let word = screen.paint.error("problem:");
                writeln!(screen, "{word} {}", clean(problem))?;
            }
            if found.problems.is_empty() {
                let all_is_well = screen.paint.good("no problem found");
                writeln!(screen, "{all_is_well}")?;
            }
        }
    }
    Ok(if found.problems.is_empty() { Outcome::Done } else { Outcome::Problems })
}

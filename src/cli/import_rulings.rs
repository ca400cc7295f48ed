//! `import rulings`: what persons decided in another ledger of the same articles stands here too.

use super::args::Globals;
use super::convert::exchanging;
use super::export::NoRuling;
use super::failure::{Outcome, io_failure};
use super::ruled_page::write_receipt;
use super::screen::Screen;
use crate::ledger::{Access, Arrived};
use crate::model::{Carried, CivilDate};
use crate::report::figures::counted;
use anyhow::{Context, Result, anyhow};
use clap::Args;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;

/// Options of `import rulings`.
#[derive(Debug, Args)]
pub(super) struct RulingsArgs {
    /// What `export rulings` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Say what would be ruled, and write nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
}

/// How many decisions came to what.
#[derive(Default)]
struct Count {
    ruled: usize,
    known: usize,
    already: usize,
    refused: usize,
}

/// Runs `import rulings`. What cannot stand here is named with its line; the rest goes on.
pub(super) fn run(args: &RulingsArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let name = args.file.display().to_string();
    let file = File::open(&args.file).map_err(|error| io_failure(&name, &error))?;
    let mut ledger = exchanging(globals.open_to_record(Access::Create, args.dry_run)?)?;
    let before = ledger.head()?;
    let (mut count, mut all, mut places) = (Count::default(), Vec::new(), Vec::new());
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let place = format!("{name}:{}", number + 1);
        let line = line.map_err(|error| io_failure(&place, &error))?;
        if line.trim().is_empty() || serde_json::from_str::<NoRuling>(&line).is_ok() {
            continue;
        }
        match serde_json::from_str::<Carried>(&line) {
            Ok(carried) => {
                all.push(carried);
                places.push(place);
            }
            Err(error) => {
                count.refused += 1;
                let error = anyhow!("expected a decision that export rulings wrote: {error}");
                screen.failure(&error.context(place));
            }
        }
    }
    let arrived = ledger.arrive(&all, &CivilDate::now_utc_text()).with_context(|| name.clone())?;
    for (place, arrived) in places.into_iter().zip(arrived) {
        match arrived {
            Ok(Arrived::Ruled) => count.ruled += 1,
            Ok(Arrived::Known) => count.known += 1,
            Ok(Arrived::Already) => count.already += 1,
            Err(error) => {
                count.refused += 1;
                screen.failure(&anyhow!(error).context(place));
            }
        }
    }
    let parts = [
        (count.ruled, "decision stands here too", "decisions stand here too"),
        (count.already, "changes nothing", "change nothing"),
        (count.known, "known", "known"),
        (count.refused, "refused", "refused"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(*count, one, many))
        .collect();
    let said = if parts.is_empty() { "no decision".to_owned() } else { parts.join(", ") };
    writeln!(screen, "{name}: {said}")?;
    let head = ledger.head()?;
    if args.dry_run {
        writeln!(screen, "Dry run: nothing was written.")?;
    } else if head != before {
        write_receipt(&head, screen)?;
    }
    let done = count.ruled + count.known + count.already;
    Ok(match (count.refused, done) {
        (0, _) => Outcome::Done,
        (_, 0) => Outcome::NothingRead,
        _ => Outcome::Partly,
    })
}

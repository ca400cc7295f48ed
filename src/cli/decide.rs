//! `accept`, `reject`, `void`, `restore`: whether packages count, one by one or by a filter.

use super::add::confidence;
use super::args::{Globals, WhichArgs, package_id};
use super::convert::{exchanging, open_to_rule};
use super::failure::{Outcome, usage, usage_hinted};
use super::ruled_page::write_ruled;
use super::screen::Screen;
use crate::ledger::{Access, Ledger, Order, Person, Waiting};
use crate::model::{CivilDate, Confidence, PackageId};
use crate::report::select::count_packages;
use anyhow::Result;
use clap::Args;
use std::io::Write;

/// Who decides, and why.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Who and why")]
pub(super) struct PersonArgs {
    /// Why, in a few words; the journal keeps them. To amend and to void needs them
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Who decides; else `$USER`
    #[arg(long, value_name = "NAME", env = "USER", hide_env = true, default_value = "unnamed",
        value_parser = person_name)]
    by: String,
}

/// Reads a person's name; the program itself decides as `auto`.
pub(super) fn person_name(text: &str) -> Result<String, String> {
    match text.trim() {
        "" | "auto" => Err(format!("\"{text}\": expected a person's name, by --by or $USER")),
        name => Ok(name.to_owned()),
    }
}

impl PersonArgs {
    /// The person, who need not say why.
    pub(super) fn person(&self) -> Person {
        let reason = self.reason.clone().filter(|reason| !reason.trim().is_empty());
        Person { by: self.by.clone(), reason }
    }

    /// The person, who must say why: figures change that articles prove.
    pub(super) fn with_reason(&self) -> Result<Person> {
        let person = self.person();
        if person.reason.is_none() {
            return Err(usage("missing --reason: expected why, in a few words"));
        }
        Ok(person)
    }
}

/// Options of `accept` and `reject`.
#[derive(Debug, Args)]
pub(super) struct PickArgs {
    /// The packages' numbers, such as P12; or else a filter, which means those that wait
    #[arg(value_name = "ID", value_delimiter = ',', value_parser = package_id)]
    ids: Vec<PackageId>,
    /// All that wait for a person
    #[arg(long)]
    all: bool,
    /// Those that wait with a confidence below this, 0 to 1
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    below: Option<Confidence>,
    /// Those that wait with a confidence of at least this, 0 to 1
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence)]
    above: Option<Confidence>,
    /// Say which packages are meant, and write nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    person: PersonArgs,
}

/// Options of `void` and `restore`.
#[derive(Debug, Args)]
pub(super) struct NamedArgs {
    /// The packages' numbers, such as P12
    #[arg(required = true, value_name = "ID", value_delimiter = ',', value_parser = package_id)]
    ids: Vec<PackageId>,
    #[command(flatten)]
    person: PersonArgs,
}

/// Runs `accept`.
pub(super) fn accept(args: &PickArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    pick(args, Order::Accept, globals, screen)
}

/// Runs `reject`.
pub(super) fn reject(args: &PickArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    pick(args, Order::Reject, globals, screen)
}

/// Runs `void`.
pub(super) fn void(args: &NamedArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let person = args.person.with_reason()?;
    rule(&Order::Void(args.ids.clone()), &person, globals, screen)
}

/// Runs `restore`.
pub(super) fn restore(args: &NamedArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    rule(&Order::Restore(args.ids.clone()), &args.person.person(), globals, screen)
}

/// Gives an order to the ledger and says what it did.
pub(super) fn rule(
    order: &Order,
    person: &Person,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    let mut ledger = open_to_rule(globals)?;
    let ruled = ledger.rule(order, person, &CivilDate::now_utc_text())?;
    write_ruled(&ruled, &ledger, screen)?;
    Ok(Outcome::Done)
}

fn pick(
    args: &PickArgs,
    order: fn(Vec<PackageId>) -> Order,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    let has_filter =
        args.all || args.below.is_some() || args.above.is_some() || !args.which.is_empty();
    match (args.ids.is_empty(), has_filter) {
        (true, false) => {
            let message = "expected package numbers, a filter such as --donor, or --all";
            return Err(usage_hinted(
                message,
                "aidledger list --standing pending names those that wait",
            ));
        }
        (false, true) => {
            return Err(usage("expected package numbers or a filter, found both"));
        }
        _ => {}
    }
    if args.dry_run {
        return rehearse(args, order, globals, screen);
    }
    let mut ledger = open_to_rule(globals)?;
    let Some(ids) = meant(args, &ledger, screen)? else { return Ok(Outcome::Done) };
    let ruled = ledger.rule(&order(ids), &args.person.person(), &CivilDate::now_utc_text())?;
    write_ruled(&ruled, &ledger, screen)?;
    Ok(Outcome::Done)
}

/// Decides in a copy of the ledger, so that what does not fit is told too.
fn rehearse(
    args: &PickArgs,
    order: fn(Vec<PackageId>) -> Order,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    let mut ledger = exchanging(globals.open(Access::Read)?.rehearsal()?)?;
    let Some(ids) = meant(args, &ledger, screen)? else { return Ok(Outcome::Done) };
    let mut ruled = ledger.rule(&order(ids), &args.person.person(), &CivilDate::now_utc_text())?;
    ruled.receipt = None;
    write_ruled(&ruled, &ledger, screen)?;
    writeln!(screen, "Dry run: nothing was written.")?;
    Ok(Outcome::Done)
}

/// The packages that are meant; `None` where the filter finds none that waits.
fn meant(args: &PickArgs, ledger: &Ledger, screen: &mut Screen) -> Result<Option<Vec<PackageId>>> {
    if !args.ids.is_empty() {
        return Ok(Some(args.ids.clone()));
    }
    let waiting: Vec<Waiting> = args
        .which
        .waiting(ledger)?
        .into_iter()
        .filter(|one| args.below.is_none_or(|below| one.confidence < below))
        .filter(|one| args.above.is_none_or(|above| one.confidence >= above))
        .collect();
    if waiting.is_empty() {
        screen.message("no package that waits is meant, nothing changed");
        return Ok(None);
    }
    screen.message(&format!("{} meant", count_packages(waiting.len())));
    Ok(Some(waiting.into_iter().map(|one| one.package.id).collect()))
}

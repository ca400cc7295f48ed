//! `merge`, `split`, `not-same`: which tellings are one package.

use super::args::{Globals, package_id};
use super::convert::open_to_rule;
use super::decide::{PersonArgs, rule};
use super::failure::{Outcome, usage_hinted};
use super::ruled_page::write_ruled;
use super::screen::Screen;
use crate::ledger::{Ledger, LedgerError, Order};
use crate::model::{CivilDate, Package, PackageId};
use anyhow::Result;
use clap::Args;

/// Options of `merge`.
#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// The package that keeps its number; its amendments stand before those of the others
    #[arg(value_name = "INTO", value_parser = package_id)]
    into: PackageId,
    /// The packages that are part of it
    #[arg(required = true, value_name = "ID", value_delimiter = ',', value_parser = package_id)]
    others: Vec<PackageId>,
    /// Also where they have no donor, or no recipient, in common, or bear other numbers; the telling that
    /// leads says who gives
    #[arg(long)]
    across: bool,
    #[command(flatten)]
    person: PersonArgs,
}

/// Options of `split`.
#[derive(Debug, Args)]
pub(super) struct SplitArgs {
    /// The package's number, such as P12
    #[arg(value_name = "ID", value_parser = package_id)]
    id: PackageId,
    /// The tellings that are another package, by their numbers in `show`
    #[arg(long, required = true, value_name = "NUMBER", value_delimiter = ',', value_parser = number)]
    telling: Vec<usize>,
    #[command(flatten)]
    person: PersonArgs,
}

/// Options of `not-same`.
#[derive(Debug, Args)]
pub(super) struct NotSameArgs {
    /// The packages of which no two are one
    #[arg(required = true, value_name = "ID", value_delimiter = ',', value_parser = package_id)]
    ids: Vec<PackageId>,
    #[command(flatten)]
    person: PersonArgs,
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| {
        format!("\"{text}\": expected the number of a telling such as 2, several with commas")
    })
}

/// Runs `merge`.
pub(super) fn merge(args: &MergeArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let mut ledger = open_to_rule(globals)?;
    if !args.across {
        check_fit(&ledger, args.into, &args.others)?;
    }
    let order = Order::Merge(args.into, args.others.clone());
    let before = ledger.package(args.into)?;
    let ruled = ledger.rule(&order, &args.person.person(), &CivilDate::now_utc_text())?;
    write_ruled(&ruled, &ledger, screen)?;
    if let (Some(before), Some(after)) = (before, ledger.package(args.into)?) {
        let (before, after) = (parties(&before.package), parties(&after.package));
        if before != after {
            screen.message(&format!("{} was {before} until now, and is {after}", args.into));
        }
    }
    Ok(Outcome::Done)
}

/// Refuses to make packages one that contradict each other: more often the wrong number was typed than that
/// one of them was misread.
pub(super) fn check_fit(ledger: &Ledger, into: PackageId, others: &[PackageId]) -> Result<()> {
    let Some(whole) = ledger.package(into)? else { return Ok(()) };
    let whole = whole.package;
    for other in others {
        let Some(part) = ledger.package(*other)? else { continue };
        let part = part.package;
        let anyway = format!("aidledger merge --across {into} {other} makes them one all the same");
        if !have_common_parties(&whole, &part) {
            let (found, expected) = (parties(&part), parties(&whole));
            let message = format!(
                "{other}: found {found}, expected who gives and receives in {into}: {expected}"
            );
            let hint =
                format!("{anyway}; amend says of one that was misread who gives and receives");
            return Err(usage_hinted(message, hint));
        }
        if let (Some(expected), Some(found)) = (whole.sequence, part.sequence)
            && found != expected
        {
            let message = format!(
                "{other}: found package number {found}, expected that of {into}: number {expected}"
            );
            let hint =
                format!("{anyway}; amend --sequence sets the number of one that was misread");
            return Err(usage_hinted(message, hint));
        }
    }
    Ok(())
}

fn have_common_parties(whole: &Package, part: &Package) -> bool {
    let shares = |left: &[String], right: &[String]| {
        left.is_empty() || right.is_empty() || left.iter().any(|one| right.contains(one))
    };
    shares(&whole.donors, &part.donors) && shares(&whole.recipients, &part.recipients)
}

/// `US to UA`.
fn parties(package: &Package) -> String {
    let named = |codes: &[String]| if codes.is_empty() { "?".to_owned() } else { codes.join(", ") };
    format!("{} to {}", named(&package.donors), named(&package.recipients))
}

/// Runs `not-same`.
pub(super) fn not_same(
    args: &NotSameArgs,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    if let [only] = args.ids[..] {
        let message = format!("{only}: found one package, expected two or more");
        return Err(usage_hinted(message, format!("aidledger not-same {only} ID names the other")));
    }
    rule(&Order::NotSame(args.ids.clone()), &args.person.person(), globals, screen)
}

/// Runs `split`.
pub(super) fn split(args: &SplitArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let mut ledger = open_to_rule(globals)?;
    let detail = ledger.package(args.id)?;
    let detail = detail.ok_or(LedgerError::NoPackage { package: args.id })?;
    let mut claims = Vec::with_capacity(args.telling.len());
    for number in &args.telling {
        let telling = number.checked_sub(1).and_then(|place| detail.tellings.get(place));
        let telling = telling.ok_or_else(|| {
            let count = detail.tellings.len();
            let message = match detail.merged_into {
                Some(whole) => format!("{}: its tellings stand under {whole}", args.id),
                None => format!(
                    "--telling: \"{number}\": expected a number from 1 to {count}: {} has {count} of \
                     them",
                    args.id
                ),
            };
            usage_hinted(message, format!("aidledger show {} numbers them", args.id))
        })?;
        claims.push(telling.claim_id.clone());
    }
    let order = Order::Split(args.id, claims);
    let ruled = ledger.rule(&order, &args.person.person(), &CivilDate::now_utc_text())?;
    write_ruled(&ruled, &ledger, screen)?;
    Ok(Outcome::Done)
}

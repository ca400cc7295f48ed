//! `compare`: packages of another collection beside those of the ledger.

use super::args::{Globals, LookArgs, one_of};
use super::failure::Outcome;
use super::import::read_kiel;
use super::lexicon::lexicon;
use super::screen::Screen;
use crate::model::{Claim, Package, PackageId, Stage, Standing, Status};
use crate::report::figures::counted;
use crate::report::{Format, Page, Theirs, compare, render};
use crate::sheets::Told;
use crate::sheets::kiel::{self, Worth};
use anyhow::Result;
use clap::{Args, Subcommand};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Options of `compare`.
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    #[command(subcommand)]
    with: CompareWith,
}

#[derive(Debug, Subcommand)]
enum CompareWith {
    /// The main table of the Kiel Ukraine Support Tracker, xlsx or csv
    Kiel(KielArgs),
}

/// Options of `compare kiel`.
#[derive(Debug, Args)]
struct KielArgs {
    /// The table
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How the comparison is written
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = one_of::<Format>(Format::ALL.iter().map(|f| f.as_str())))]
    format: Format,
    #[command(flatten)]
    look: LookArgs,
}

/// Runs `compare`.
pub(super) fn run(args: &CompareArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let CompareWith::Kiel(args) = &args.with;
    let ledger = args.look.as_of.open(globals, screen)?;
    let (_, sheet) = read_kiel(&args.file)?;
    let told = whole(kiel::claims(&sheet, Worth::Stated, lexicon()));
    let converted = whole(kiel::claims(&sheet, Worth::Converted, lexicon()));
    let converted: BTreeMap<_, _> =
        converted.rows.iter().zip(&converted.claims).map(|(rows, one)| (rows.0, one)).collect();
    let packages: Vec<Package> =
        told.claims.iter().enumerate().map(|(place, claim)| package(place, claim)).collect();
    let parts = told.parts.iter().flatten().count();
    let money = args.look.money.money(&ledger)?;
    let mut in_theirs = money.anew();
    let theirs = args.look.filter.among(packages)?;
    let (ours, selection) = args.look.filter.load(&ledger, None)?;
    let mut in_ours = money;
    let ours: Vec<Package> = ours.into_iter().filter_map(|one| in_ours.bring(one)).collect();
    let by_place: BTreeMap<PackageId, usize> =
        (0..told.claims.len()).map(|place| (PackageId(place as u64 + 1), place)).collect();
    let theirs: Vec<Theirs> = theirs
        .into_iter()
        .filter_map(|package| {
            let place = *by_place.get(&package.id)?;
            let (rows, source) = (told.rows[place], told.sources[place].clone());
            let stated =
                told.parts[place].map(|part| Package { amount: Some(part), ..package.clone() });
            let stated = stated.and_then(|package| in_theirs.bring(package)?.amount);
            let converted = converted.get(&rows.0).and_then(|claim| claim.amount);
            let also = stated.into_iter().chain(converted).collect();
            Some(Theirs { package: in_theirs.bring(package)?, also, rows, source })
        })
        .collect();
    let mut table = compare(&theirs, &ours);
    if parts > 0 {
        let parts = counted(parts, "amount", "amounts");
        table.notes.push(format!(
            "{parts} of theirs: as their source states it, a part of the value of another row"
        ));
    }
    if !told.refused.is_empty() {
        let rows = told.refused.len();
        table.notes.push(format!("{rows} of their rows not understood: import kiel -n names them"));
    }
    table.notes.extend(in_ours.notes());
    table.notes.extend(selection.notes());
    let title = Some("The ledger beside the Kiel Ukraine Support Tracker");
    let page = Page { title, ..screen.page() };
    render(&table, args.format, page, screen)?;
    Ok(Outcome::Done)
}

/// The claims with what goes on with them: a package each.
fn whole(told: Told) -> Told {
    let mut all = Told { refused: told.refused, ..Told::default() };
    for (place, claim) in told.claims.into_iter().enumerate() {
        if claim.continues
            && let (Some(before), Some(rows)) = (all.claims.last_mut(), all.rows.last_mut())
        {
            before.items.extend(claim.items);
            rows.1 = told.rows[place].1;
            continue;
        }
        all.claims.push(claim);
        all.rows.push(told.rows[place]);
        all.sources.push(told.sources[place].clone());
        all.parts.push(told.parts[place]);
    }
    all
}

/// A claim as a package of its own.
fn package(place: usize, claim: &Claim) -> Package {
    let stage = match claim.status {
        Status::Proposed => Stage::Proposed,
        Status::Announced | Status::Past => Stage::Announced,
        Status::Delivered => Stage::Delivered,
        Status::Withdrawn => Stage::Withdrawn,
    };
    Package {
        id: PackageId(place as u64 + 1),
        donors: claim.donors.clone(),
        recipients: claim.recipients.clone(),
        announced: claim.announced,
        amount: claim.amount,
        aid: claim.aid,
        stage,
        mechanism: claim.mechanism.clone(),
        sequence: claim.sequence,
        items: claim.items.clone(),
        standing: Standing::Accepted,
        sources: Vec::new(),
    }
}

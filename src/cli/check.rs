//! `check`: holds stated totals against the ledger's sums, and looks for what does not fit together.

use super::args::{AsOfArgs, Globals, one_of};
use super::convert::exchanging;
use super::failure::Outcome;
use super::ruled_page::package_text;
use super::screen::Screen;
use crate::ledger::Ledger;
use crate::model::{Check, Finding};
use crate::report::findings::{clue_text, finding_lines, findings};
use crate::report::render::clean;
use crate::report::{Format, render};
use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::io::Write;

/// How many packages that a finding is about are named for people; the other formats name all.
const PACKAGES: usize = 12;

/// How many packages that could explain a finding are named for people; the other formats name all.
const CLUES: usize = 6;

/// Options of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Make only these checks; else all
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = names())]
    only: Vec<Check>,
    /// How the findings are written; table is a page for people, the others have a row a finding
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = one_of::<Format>(Format::ALL.iter().map(|f| f.as_str())))]
    format: Format,
    #[command(flatten)]
    as_of: AsOfArgs,
}

/// The names of the checks, each with what it looks for.
fn names() -> impl TypedValueParser<Value = Check> {
    let values =
        Check::ALL.iter().map(|check| PossibleValue::new(check.as_str()).help(check.explanation()));
    PossibleValuesParser::new(values).try_map(|word| word.parse::<Check>())
}

/// Runs `check`.
pub(super) fn run(args: &CheckArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let ledger = exchanging(args.as_of.open(globals, screen)?)?;
    let is_made = |check: &Check| args.only.is_empty() || args.only.contains(check);
    let checks: Vec<Check> = Check::ALL.iter().copied().filter(is_made).collect();
    let found = ledger.check(&checks)?;
    if args.format == Format::Table {
        write_page(&ledger, &checks, &found, screen)?;
    } else {
        let page = screen.page();
        render(&findings(&found), args.format, page, screen)?;
    }
    Ok(if found.is_empty() { Outcome::Done } else { Outcome::Problems })
}

fn write_page(
    ledger: &Ledger,
    checks: &[Check],
    found: &[Finding],
    screen: &mut Screen,
) -> Result<()> {
    for check in checks {
        let of_check: Vec<&Finding> =
            found.iter().filter(|finding| finding.check == *check).collect();
        let count = match of_check.len() {
            0 => screen.paint.good("nothing found"),
            count => screen.paint.doubtful(&format!("{count} found")),
        };
        let name = screen.paint.bold(check.as_str());
        writeln!(screen, "{name}: {}: {count}", check.explanation())?;
        for finding in of_check {
            write_finding(finding, ledger, screen)?;
        }
    }
    Ok(())
}

fn write_finding(finding: &Finding, ledger: &Ledger, screen: &mut Screen) -> Result<()> {
    let mut named = Vec::new();
    for id in finding.packages.iter().take(PACKAGES) {
        named.extend(ledger.shown(*id)?);
    }
    let lines = finding_lines(finding);
    if let [only] = &named[..]
        && finding.article.is_none()
    {
        writeln!(screen, "  {}", clean(&package_text(only)))?;
        return Ok(write_lines(&lines, screen)?);
    }
    let (head, rest) = lines.split_first().map_or(("", &[][..]), |(head, rest)| (head, rest));
    writeln!(screen, "  {}", clean(head))?;
    write_lines(rest, screen)?;
    for package in &named {
        writeln!(screen, "      {}", clean(&package_text(package)))?;
    }
    if finding.packages.len() > PACKAGES {
        writeln!(screen, "      and {} more", finding.packages.len() - PACKAGES)?;
    }
    if let Some(article) = &finding.article {
        let facts = [&article.title, &article.location].into_iter().flatten();
        let place: Vec<&str> = facts.map(String::as_str).collect();
        writeln!(screen, "      {}", screen.paint.dim(&clean(&place.join(", "))))?;
    }
    let clues: Vec<String> = finding.clues.iter().take(CLUES).map(clue_text).collect();
    if !clues.is_empty() {
        let more = match finding.clues.len() - clues.len() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        writeln!(screen, "      could explain it: {}{more}", clean(&clues.join(", ")))?;
    }
    Ok(())
}

fn write_lines(lines: &[String], screen: &mut Screen) -> std::io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(screen, "      {}", clean(line)))
}

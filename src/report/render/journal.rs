//! Packages as a journal of double entries, in the part of the language that hledger and beancount
//! both read: what a donor gives goes from its account to the recipient's.

use super::clean;
use crate::model::{Amount, CivilDate, Package};
use crate::report::figures::amount_text;
use crate::report::select::count_packages;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Writes the packages; `head` names the journal that they are from.
pub fn journal(packages: &[Package], head: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "; {}", clean(head))?;
    writeln!(
        out,
        "; Each package stands with the figure that is stated; its ends are in the note."
    )?;
    let mut posted: Vec<(&Package, Amount)> =
        packages.iter().filter_map(|one| Some((one, one.amount?))).collect();
    posted.retain(|(package, _)| package.announced.is_some());
    posted.sort_by_key(|(package, _)| (package.announced.map(CivilDate::first_day), package.id));
    let accounts: BTreeSet<String> =
        posted.iter().flat_map(|(package, _)| [from(package), to(package)]).collect();
    if let Some(first) = posted.first().and_then(|(package, _)| package.announced) {
        writeln!(out)?;
        for account in accounts {
            writeln!(out, "{} open {account}", first.first_day())?;
        }
    }
    for (package, amount) in &posted {
        let Some(date) = package.announced else { continue };
        let what = format!("{} to {}", package.donors.join(", "), package.recipients.join(", "));
        writeln!(out, "\n{} * \"{}\" \"{}\"", date.first_day(), plain(&what), package.id)?;
        writeln!(out, "    ; {}, {}", plain(&amount_text(amount)), package.stage)?;
        if !date.is_day() {
            writeln!(out, "    ; dated only {date}")?;
        }
        for source in package.sources.iter().filter_map(|source| source.location.as_deref()) {
            writeln!(out, "    ; source {}", plain(source))?;
        }
        let figure = amount.bounds.figure().normalize();
        writeln!(out, "    {}  {figure} {}", to(package), amount.currency)?;
        writeln!(out, "    {}  -{figure} {}", from(package), amount.currency)?;
    }
    left_out(packages, out)
}

fn left_out(packages: &[Package], out: &mut dyn Write) -> io::Result<()> {
    let without = packages.iter().filter(|package| package.amount.is_none());
    let undated =
        packages.iter().filter(|package| package.amount.is_some() && package.announced.is_none());
    let all: [(&str, Vec<&Package>); 2] =
        [("no stated amount", without.collect()), ("no date", undated.collect())];
    for (why, packages) in all.iter().filter(|(_, packages)| !packages.is_empty()) {
        let names: Vec<String> = packages.iter().map(|package| package.id.to_string()).collect();
        writeln!(out, "\n; {}, {why}: {}", count_packages(packages.len()), names.join(", "))?;
    }
    Ok(())
}

fn from(package: &Package) -> String {
    format!("Income:Aid:{}", account(&package.donors))
}

fn to(package: &Package) -> String {
    format!("Expenses:Aid:{}", account(&package.recipients))
}

/// Codes as one part of an account's name: capital letters, digits and hyphens.
fn account(codes: &[String]) -> String {
    let name = codes.join("-").replace('_', "-");
    if name.is_empty() { "Unknown".to_owned() } else { name }
}

/// Text on one line that closes no quotation and begins no comment.
fn plain(text: &str) -> String {
    clean(text).replace('"', "'").replace([';', '\\', '|'], " ")
}

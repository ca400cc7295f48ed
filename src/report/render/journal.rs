//! Packages as a journal of double entries, in the part of the language that hledger and beancount
//! both read: what a donor gives goes from its account to the recipient's.

use super::clean;
use crate::model::{CivilDate, Package};
use crate::report::figures::amount_text;
use crate::report::select::count_packages;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The accounts that packages are posted to, which stand before all postings.
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    names: BTreeSet<String>,
    first: Option<CivilDate>,
}

impl Accounts {
    /// Takes in the accounts of a package.
    pub fn add(&mut self, package: &Package) {
        if let (Some(date), Some(_)) = (package.announced, package.amount) {
            self.names.extend([from(package), to(package)]);
            let day = date.first_day();
            self.first = Some(self.first.map_or(day, |first| first.min(day)));
        }
    }
}

/// A journal that is written package by package, in the order of their dates.
pub struct Journal<'a> {
    out: &'a mut dyn Write,
    without_amount: usize,
    without_date: usize,
}

impl<'a> Journal<'a> {
    /// Begins it; `head` names the journal that it is from.
    pub fn begin(head: &str, accounts: &Accounts, out: &'a mut dyn Write) -> io::Result<Self> {
        writeln!(out, "; {}", clean(head))?;
        writeln!(
            out,
            "; Each package stands with the figure that is stated; its ends are in the note."
        )?;
        if let Some(first) = accounts.first {
            writeln!(out)?;
            for account in &accounts.names {
                writeln!(out, "{first} open {account}")?;
            }
        }
        Ok(Self { out, without_amount: 0, without_date: 0 })
    }

    /// Posts a package, or says why it cannot be.
    pub fn add(&mut self, package: &Package) -> io::Result<()> {
        let out = &mut self.out;
        let what = format!("{} to {}", package.donors.join(", "), package.recipients.join(", "));
        let what = plain(&what);
        let (amount, date) = match (package.amount, package.announced) {
            (Some(amount), Some(date)) => (amount, date),
            (None, date) => {
                self.without_amount += 1;
                let day = date.map_or_else(String::new, |date| format!(", {date}"));
                return writeln!(out, "\n; {}{day}, {what}: no stated amount", package.id);
            }
            (Some(amount), None) => {
                self.without_date += 1;
                let amount = amount_text(&amount);
                return writeln!(out, "\n; {}, {what}: {amount}, no date", package.id);
            }
        };
        writeln!(out, "\n{} * \"{what}\" \"{}\"", date.first_day(), package.id)?;
        writeln!(out, "    ; {}, {}", plain(&amount_text(&amount)), package.stage)?;
        if !date.is_day() {
            writeln!(out, "    ; dated only {date}")?;
        }
        for source in package.sources.iter().filter_map(|source| source.location.as_deref()) {
            writeln!(out, "    ; source {}", plain(source))?;
        }
        let figure = amount.bounds.figure().normalize();
        writeln!(out, "    {}  {figure} {}", to(package), amount.currency)?;
        writeln!(out, "    {}  -{figure} {}", from(package), amount.currency)
    }

    /// Ends it with what is not in it.
    pub fn end(&mut self, notes: &[String]) -> io::Result<()> {
        let counts = [(self.without_amount, "no stated amount"), (self.without_date, "no date")];
        for (count, why) in counts.into_iter().filter(|(count, _)| *count > 0) {
            writeln!(self.out, "\n; {}, {why}: not posted", count_packages(count))?;
        }
        for note in notes {
            writeln!(self.out, "\n; {}", clean(note))?;
        }
        Ok(())
    }
}

/// Writes packages that stand in the order of their dates; `head` names the journal that they are
/// from.
pub fn journal(packages: &[Package], head: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut accounts = Accounts::default();
    for package in packages {
        accounts.add(package);
    }
    let mut journal = Journal::begin(head, &accounts, out)?;
    packages.iter().try_for_each(|package| journal.add(package))?;
    journal.end(&[])
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

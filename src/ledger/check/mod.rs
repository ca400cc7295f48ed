//! Named checks of what the ledger holds: stated totals against its sums, and what in its packages
//! and their tellings does not fit together. They change nothing and decide nothing.

mod alike;
mod numbers;
mod seen;
mod tellings;
mod totals;

use super::error::LedgerError;
use super::store::select;
use super::verify;
use crate::model::finding::Fault;
use crate::model::{Check, CivilDate, Exchange, Finding, Package, Standing};
use rusqlite::Connection;
use seen::Seen;
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// Makes these checks, in this order; changes nothing.
pub(super) fn check(
    connection: &Connection,
    checks: &[Check],
    exchange: &dyn Exchange,
) -> Result<Vec<Finding>> {
    let packages = seen::all(connection)?;
    let mut findings = Vec::new();
    for check in checks {
        findings.extend(match check {
            Check::Totals => totals::findings(&select::control_totals(connection)?, &packages),
            Check::NoDate => lacking(*check, &packages, |package| package.announced.is_none()),
            Check::NoAmount => lacking(*check, &packages, |package| package.amount.is_none()),
            Check::Duplicates => {
                let apart = select::told_apart(connection)?;
                told_apart(connection, alike::duplicates(&packages, &apart))?
            }
            Check::Conflicts => tellings::conflicts(connection, &packages, exchange)?,
            Check::StageOrder => tellings::stage_order(connection, &packages)?,
            Check::SumOverParts => alike::sums_over_parts(&packages),
            Check::AllRejected => all_rejected(connection)?,
            Check::Quotes => quotes(connection)?,
            Check::SequenceGaps => numbers::sequence_gaps(&packages),
        });
    }
    Ok(findings)
}

fn about(check: Check, packages: &[&Package], fault: Fault) -> Finding {
    let packages = packages.iter().map(|package| package.id).collect();
    Finding { check, packages, article: None, fault, clues: Vec::new() }
}

fn lacking(check: Check, packages: &[Seen], lacks: fn(&Package) -> bool) -> Vec<Finding> {
    let fault = if check == Check::NoDate { Fault::NoDate } else { Fault::NoAmount };
    let found = packages.iter().filter(|package| package.counts() && lacks(package));
    found.map(|package| about(check, &[package], fault.clone())).collect()
}

/// Leaves out packages of which a person ruled that they are not one.
fn told_apart(connection: &Connection, findings: Vec<Finding>) -> Result<Vec<Finding>> {
    let mut left = Vec::with_capacity(findings.len());
    for finding in findings {
        let others = match finding.packages.first() {
            Some(first) => select::not_same(connection, *first)?,
            None => Vec::new(),
        };
        if finding.packages.iter().all(|package| !others.contains(package)) {
            left.push(finding);
        }
    }
    Ok(left)
}

/// Articles that tell packages, each of which a person rejected.
fn all_rejected(connection: &Connection) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (article, packages) in select::packages_by_article(connection)? {
        let mut told = BTreeSet::new();
        let mut is_rejected = true;
        for package in packages {
            is_rejected &= select::standing(connection, package)? == Some(Standing::Rejected);
            told.insert(package);
        }
        if is_rejected {
            findings.push(Finding {
                check: Check::AllRejected,
                packages: told.into_iter().collect(),
                article: Some(article),
                fault: Fault::AllRejected,
                clues: Vec::new(),
            });
        }
    }
    Ok(findings)
}

fn quotes(connection: &Connection) -> Result<Vec<Finding>> {
    let mut problems = Vec::new();
    verify::check_quotes(connection, &mut problems)?;
    let finding = |problem| about(Check::Quotes, &[], Fault::Quote(problem));
    Ok(problems.into_iter().map(finding).collect())
}

/// How many days lie between two dates that are known to the day.
fn days_apart(left: Option<CivilDate>, right: Option<CivilDate>) -> Option<i64> {
    let (left, right) = (left.filter(|day| day.is_day())?, right.filter(|day| day.is_day())?);
    Some(left.days_since(right).abs())
}

/// Whether each of `few` is among `many`.
fn is_within(few: &[String], many: &[String]) -> bool {
    few.iter().all(|one| many.contains(one))
}

/// Whether the two have one in common.
fn meet(left: &[String], right: &[String]) -> bool {
    left.iter().any(|one| right.contains(one))
}

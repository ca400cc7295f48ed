//! Numbers that are missing between numbered packages.

use super::about;
use super::seen::{self, Seen};
use crate::model::finding::{Clue, Fault, Why};
use crate::model::{Check, Finding, Package, Standing};
use std::collections::BTreeMap;

/// What is numbered together: donors, recipients, route.
type Series<'a> = (&'a [String], &'a [String], Option<&'a str>);

/// The numbers that are missing between packages of one series, with those of the series that bear
/// none and lie between them in time.
pub(super) fn sequence_gaps(packages: &[Seen]) -> Vec<Finding> {
    let is_one =
        |package: &&Package| !matches!(package.standing, Standing::Rejected | Standing::Undone);
    let mut series: BTreeMap<Series, BTreeMap<u32, &Package>> = BTreeMap::new();
    for package in seen::plain(packages).filter(is_one) {
        if let Some(sequence) = package.sequence {
            let key = (&package.donors[..], &package.recipients[..], package.mechanism.as_deref());
            series.entry(key).or_default().entry(sequence).or_insert(package);
        }
    }
    let mut findings = Vec::new();
    for (key, numbered) in &series {
        for ((low, before), (high, after)) in numbered.iter().zip(numbered.iter().skip(1)) {
            if high - low < 2 {
                continue;
            }
            let mechanism = key.2.map(str::to_owned);
            let fault = Fault::Missing { mechanism, first: low + 1, last: high - 1 };
            let mut finding = about(Check::SequenceGaps, &[before, after], fault);
            finding.clues = seen::plain(packages)
                .filter(|package| is_one(package) && may_bear_one(key, package, before, after))
                .map(clue)
                .collect();
            findings.push(finding);
        }
    }
    findings
}

/// Whether a package without a number lies between two of a series.
fn may_bear_one(series: &Series, package: &Package, before: &Package, after: &Package) -> bool {
    let (donors, recipients, mechanism) = series;
    package.sequence.is_none()
        && package.donors == *donors
        && package.recipients == *recipients
        && (package.mechanism.is_none() || package.mechanism.as_deref() == *mechanism)
        && match (before.announced, package.announced, after.announced) {
            (Some(before), Some(date), Some(after)) => {
                before.first_day() <= date.last_day() && date.first_day() <= after.last_day()
            }
            _ => false,
        }
}

fn clue(package: &Package) -> Clue {
    let mut why = vec![Why::NoNumber];
    if package.standing == Standing::Pending {
        why.push(Why::Pending);
    }
    Clue { package: package.id, amount: package.amount, fits: false, why }
}

//! Holds the totals that articles state against the ledger's sums of the same scope, finds in which
//! stretch of time they part, and which packages could explain it.

use super::super::StoredTotal;
use super::super::reach::{can_be_nothing, closes, less, of_package, of_total, plus};
use super::{Finding, Seen, is_within, meet};
use crate::model::finding::{Between, Clue, Fault, Stretch, TotalFault, Why};
use crate::model::{Aid, Check, CivilDate, Currency, Package, Stage, Standing};
use std::collections::BTreeMap;

/// How many days outside a stretch of time a package may be announced and yet belong to it.
const JUST_OUTSIDE: i64 = 7;

/// What a total counts: of whom, for whom, in which currency, from which day.
type Scope<'a> = (&'a [String], Option<&'a str>, Currency, Option<CivilDate>);

/// A total with the day up to which it counts.
struct Stated<'a> {
    day: CivilDate,
    is: Between,
    stored: &'a StoredTotal,
}

/// The totals from which the ledger's sums are off. A total without a donor, or in an article without
/// a date, has no scope and is compared with nothing.
pub(super) fn findings(totals: &[StoredTotal], packages: &[Seen]) -> Vec<Finding> {
    let mut series: BTreeMap<Scope, Vec<Stated>> = BTreeMap::new();
    for stored in totals {
        let total = &stored.total;
        let Some(published) = stored.article.published.filter(|_| !total.donors.is_empty()) else {
            continue;
        };
        let scope =
            (&total.donors[..], total.recipient.as_deref(), total.amount.currency, total.since);
        let is = of_total(total.amount.bounds);
        series.entry(scope).or_default().push(Stated { day: published.last_day(), is, stored });
    }
    let mut findings = Vec::new();
    for (scope, mut stated) in series {
        stated.sort_by_key(|total| (total.day, total.is.low, total.is.high));
        stated.dedup_by_key(|total| (total.day, total.stored.total.amount.bounds));
        for place in 0..stated.len() {
            findings.extend(compare(&scope, &stated, place, packages));
        }
    }
    findings
}

fn compare(scope: &Scope, series: &[Stated], place: usize, packages: &[Seen]) -> Option<Finding> {
    let stated = &series[place];
    let sum = sum(scope, packages, scope.3, stated.day);
    let off = less(sum, stated.is);
    if can_be_nothing(off) {
        return None;
    }
    let previous = previous(series, place);
    let arose = match previous {
        None => Some(Stretch { from: scope.3, to: stated.day, off }),
        Some(previous) => {
            let added = self::sum(scope, packages, Some(previous.day), stated.day);
            let off = less(added, less(stated.is, previous.is));
            let parts = !can_be_nothing(off);
            parts.then_some(Stretch { from: Some(previous.day), to: stated.day, off })
        }
    };
    let fault = TotalFault {
        total: stated.stored.total.clone(),
        until: stated.day,
        sum,
        off,
        arose,
        previous: previous.map(|previous| previous.day),
    };
    Some(Finding {
        check: Check::Totals,
        packages: Vec::new(),
        article: Some(stated.stored.article.clone()),
        clues: arose.map(|stretch| clues(scope, packages, stretch)).unwrap_or_default(),
        fault: Fault::Total(Box::new(fault)),
    })
}

/// The total that a series states before this one: of the latest day before it, of which the highest
/// that is not above it.
fn previous<'a>(series: &'a [Stated], place: usize) -> Option<&'a Stated<'a>> {
    let stated = &series[place];
    let before = &series[..series.partition_point(|other| other.day < stated.day)];
    let day = before.last()?.day;
    let on_day = || before.iter().filter(|other| other.day == day);
    on_day().rfind(|other| other.is.low <= stated.is.low).or_else(|| on_day().next())
}

/// The sum of what counts in a scope from one day to another. A package of one of these days, or of a
/// month in which one lies, may be in it or not: it counts at the high end alone.
fn sum(scope: &Scope, packages: &[Seen], from: Option<CivilDate>, until: CivilDate) -> Between {
    let mut sum = Between::default();
    for package in packages.iter().filter(|package| is_counted(scope, package)) {
        let (Some(date), Some(amount)) = (package.announced, package.amount) else { continue };
        let value = of_package(amount.bounds);
        let (first, last) = (date.first_day(), date.last_day());
        let is_after = from.is_none_or(|from| first > from.first_day());
        let can_be_after = from.is_none_or(|from| last >= from.first_day());
        if is_after && last < until {
            sum.low = plus(sum.low, value.low);
        }
        if can_be_after && first <= until {
            sum.high = plus(sum.high, value.high);
        }
    }
    sum
}

fn is_counted(scope: &Scope, package: &Package) -> bool {
    let (donors, recipient, currency, _) = scope;
    package.counts()
        && is_within(&package.donors, donors)
        && recipient.is_none_or(|recipient| package.recipients == [recipient])
        && package.amount.is_some_and(|amount| amount.currency == *currency)
}

/// The packages that could explain that the ledger has too little or too much in a stretch of time:
/// first those whose value would close the difference, then by date.
fn clues(scope: &Scope, packages: &[Seen], stretch: Stretch) -> Vec<Clue> {
    let is_short = stretch.off.high < rust_decimal::Decimal::ZERO;
    let mut clues: Vec<(Clue, Option<CivilDate>)> = Vec::new();
    for package in packages.iter().filter(|package| is_near(scope, package)) {
        let why = if is_short {
            why_missing(scope, package, stretch)
        } else {
            why_too_much(scope, package, packages, stretch)
        };
        let same_currency = package.amount.filter(|amount| amount.currency == scope.2);
        let fits =
            same_currency.is_some_and(|amount| closes(of_package(amount.bounds), stretch.off));
        if !why.is_empty() || (!is_short && fits && is_in(scope, package, stretch)) {
            let clue = Clue { package: package.id, amount: package.amount, fits, why };
            clues.push((clue, package.announced));
        }
    }
    clues.sort_by_key(|(clue, date)| (!clue.fits, date.is_none(), *date, clue.package));
    clues.into_iter().map(|(clue, _)| clue).collect()
}

/// Whether a package has anything to do with a scope.
fn is_near(scope: &Scope, package: &Package) -> bool {
    meet(&package.donors, scope.0)
        && scope.1.is_none_or(|recipient| package.recipients.iter().any(|one| one == recipient))
}

/// How many days outside a stretch of time a date lies; 0 within, `None` where it is not known.
fn outside(date: Option<CivilDate>, stretch: Stretch) -> Option<i64> {
    let date = date?;
    let before = stretch.from.map_or(0, |from| from.first_day().days_since(date.last_day())).max(0);
    Some(before.max(date.first_day().days_since(stretch.to)).max(0))
}

fn is_in(scope: &Scope, package: &Package, stretch: Stretch) -> bool {
    is_counted(scope, package) && outside(package.announced, stretch) == Some(0)
}

/// Why a package is not in the ledger's sum, though it may be in the stated one.
fn why_missing(scope: &Scope, package: &Package, stretch: Stretch) -> Vec<Why> {
    let outside = outside(package.announced, stretch);
    if outside.is_some_and(|days| days > JUST_OUTSIDE) || package.standing == Standing::Undone {
        return Vec::new();
    }
    let (donors, recipient, currency, _) = scope;
    let others = !is_within(&package.donors, donors)
        || (recipient.is_some() && package.recipients.len() > 1);
    let reasons = [
        (Why::Pending, package.standing == Standing::Pending),
        (Why::Rejected, package.standing == Standing::Rejected),
        (Why::Void, package.standing == Standing::Void),
        (Why::Proposed, package.stage == Stage::Proposed),
        (Why::Withdrawn, package.stage == Stage::Withdrawn),
        (Why::NoAmount, package.amount.is_none()),
        (Why::NoDate, package.announced.is_none()),
        (Why::OtherCurrency, package.amount.is_some_and(|amount| amount.currency != *currency)),
        (Why::OtherAid, matches!(package.aid, Aid::Financial | Aid::Humanitarian)),
        (Why::Shared, others),
        (Why::JustOutside, outside.is_some_and(|days| days > 0)),
    ];
    reasons.into_iter().filter(|(_, is_so)| *is_so).map(|(why, _)| why).collect()
}

/// Why a package that is in the ledger's sum may not belong there.
fn why_too_much(scope: &Scope, package: &Seen, packages: &[Seen], stretch: Stretch) -> Vec<Why> {
    if !is_in(scope, package, stretch) {
        return Vec::new();
    }
    let edge = |day: Option<CivilDate>| {
        super::days_apart(package.announced, day).is_some_and(|days| days <= JUST_OUTSIDE)
    };
    let mut why = Vec::new();
    if edge(stretch.from) {
        why.push(Why::JustOutside);
    }
    let is_like = |other: &Seen| {
        other.id != package.id
            && is_in(scope, other, stretch)
            && super::alike::likeness(package, other).is_some()
    };
    if packages.iter().any(is_like) {
        why.push(Why::Alike);
    }
    why
}

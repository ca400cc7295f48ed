//! Sums of money of one currency: in total, by donor, by month, and running on from day to day.

use super::proof::Dossier;
use crate::model::{Bounds, CivilDate, Currency, Package};
use crate::report::totals::sum::Sum;
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// At most this many lines can be told apart in one chart.
const LINES: usize = 6;

/// All sums of one currency.
#[derive(Debug, Clone)]
pub struct Money {
    /// The currency.
    pub currency: Currency,
    /// Over all packages.
    pub(in crate::report) total: Sum,
    /// By donors, the largest first; joint donors stay together.
    pub shares: Vec<Share>,
    /// By month of announcement, in order; then years of which no month is known.
    pub(in crate::report) periods: Vec<(Period, Sum)>,
    /// How the sums grew, where packages have more than one day.
    pub curves: Option<Curves>,
}

/// What donors give, alone or jointly.
#[derive(Debug, Clone)]
pub struct Share {
    /// Their codes.
    pub donors: Vec<String>,
    pub(in crate::report) sum: Sum,
}

/// When packages were announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// In a month.
    Month(CivilDate),
    /// In a year; the month is not known.
    Year(CivilDate),
    /// The date is not known.
    Unknown,
}

/// How sums grew from the first day to the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curves {
    /// The first day.
    pub first: CivilDate,
    /// The last day.
    pub last: CivilDate,
    /// The largest sum of a line.
    pub top: Decimal,
    /// A line for the largest donors each, and one for all others.
    pub lines: Vec<Line>,
}

/// How one sum grew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The codes of the donors; none for all others together.
    pub donors: Option<Vec<String>>,
    /// Each day on which it grew, with the sum from that day on.
    pub points: Vec<(CivilDate, Decimal)>,
}

impl Money {
    /// Whether of any of its packages it is known when it was announced.
    pub fn is_dated(&self) -> bool {
        self.periods.iter().any(|(period, _)| *period != Period::Unknown)
    }

    /// How many of its packages are in no curve, since they have no date.
    pub fn undated(&self) -> usize {
        let unknown = self.periods.iter().filter(|(period, _)| *period == Period::Unknown);
        unknown.map(|(_, sum)| sum.packages.len()).sum()
    }
}

impl Line {
    /// Its sum on the last day.
    pub fn end(&self) -> Decimal {
        self.points.last().map(|(_, sum)| *sum).unwrap_or_default()
    }

    /// Its sum on a day.
    pub(super) fn on(&self, day: CivilDate) -> Decimal {
        let before = self.points.iter().take_while(|(start, _)| *start <= day);
        before.last().map(|(_, sum)| *sum).unwrap_or_default()
    }
}

/// The sums of each currency, that of the most packages first.
pub(super) fn monies(dossiers: &[Dossier]) -> Vec<Money> {
    let mut by_currency: BTreeMap<Currency, Vec<(&Package, Bounds)>> = BTreeMap::new();
    for dossier in dossiers.iter().filter(|dossier| dossier.is_summed) {
        if let Some(worth) = dossier.worth {
            let packages = by_currency.entry(worth.currency).or_default();
            packages.push((&dossier.package, worth.bounds));
        }
    }
    let mut monies: Vec<Money> =
        by_currency.into_iter().map(|(currency, packages)| money(currency, &packages)).collect();
    monies.sort_by_key(|money| Reverse(money.total.packages.len()));
    monies
}

fn money(currency: Currency, packages: &[(&Package, Bounds)]) -> Money {
    let mut total = Sum::default();
    let mut shares: BTreeMap<&[String], Sum> = BTreeMap::new();
    let mut periods: BTreeMap<Period, Sum> = BTreeMap::new();
    for (package, bounds) in packages {
        total.add(package, Some(*bounds));
        shares.entry(&package.donors).or_default().add(package, Some(*bounds));
        periods.entry(period(package.announced)).or_default().add(package, Some(*bounds));
    }
    let mut shares: Vec<Share> =
        shares.into_iter().map(|(donors, sum)| Share { donors: donors.to_vec(), sum }).collect();
    shares.sort_by_key(|share| Reverse(share.sum.stated));
    let curves = curves(packages, &shares);
    Money { currency, total, shares, periods: periods.into_iter().collect(), curves }
}

fn period(announced: Option<CivilDate>) -> Period {
    let Some(date) = announced else { return Period::Unknown };
    let year = date.year_number();
    let month = date.month_number().and_then(|month| CivilDate::month(year, month));
    month.map(Period::Month).or(CivilDate::year(year).map(Period::Year)).unwrap_or(Period::Unknown)
}

/// What is known only to the month or year counts from its last day: nothing counts too early.
fn curves(packages: &[(&Package, Bounds)], shares: &[Share]) -> Option<Curves> {
    let mut dated: Vec<(CivilDate, &[String], Decimal)> = packages
        .iter()
        .filter_map(|(package, bounds)| {
            Some((package.announced?.last_day(), package.donors.as_slice(), bounds.figure()))
        })
        .collect();
    dated.sort_by_key(|(day, ..)| *day);
    let (first, last) = (dated.first()?.0, dated.last()?.0);
    if first == last {
        return None;
    }
    let named = if shares.len() <= LINES { LINES } else { LINES - 1 };
    let named: Vec<&[String]> =
        shares.iter().take(named).map(|share| share.donors.as_slice()).collect();
    let line = |donors: Option<&[String]>| {
        let is_meant = |of: &[String]| donors.map_or(!named.contains(&of), |donors| donors == of);
        let mut points: Vec<(CivilDate, Decimal)> = Vec::new();
        let mut sum = Decimal::ZERO;
        for (day, _, figure) in dated.iter().filter(|(_, of, _)| is_meant(of)) {
            sum = sum.checked_add(*figure).unwrap_or(Decimal::MAX);
            match points.last_mut() {
                Some(last) if last.0 == *day => last.1 = sum,
                _ => points.push((*day, sum)),
            }
        }
        Line { donors: donors.map(<[String]>::to_vec), points }
    };
    let mut lines: Vec<Line> = named.iter().map(|donors| line(Some(donors))).collect();
    if named.len() < shares.len() {
        lines.push(line(None));
    }
    lines.retain(|line| !line.points.is_empty());
    let top = lines.iter().map(Line::end).max().filter(|top| *top > Decimal::ZERO)?;
    Some(Curves { first, last, top, lines })
}

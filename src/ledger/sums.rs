//! How two stated sums compare: the same, one the other rounded, one the other at the rate of the day.

use super::reach;
use crate::model::{Amount, CivilDate, Exchange, Price};

/// How the amounts compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sums {
    Agree,
    /// One is the other, rounded.
    Rounded,
    /// One is the other in another currency, at the rate of the day.
    Converted,
    Missing,
    Differ,
}

/// The sums of two claims.
pub(super) type Pair = (Option<Amount>, Option<Amount>);

/// Compares them, else the one with what the other takes back, `corrected`: "about $152 million" is the 1.6
/// billion kroner that turned out to be 1.5. Gives the two that speak for one package with how they compare.
pub(super) fn compare_with(
    told: Pair,
    corrected: Pair,
    day: Option<CivilDate>,
    exchange: &dyn Exchange,
) -> (Sums, Pair) {
    let sums = compare(told.0, told.1, day, exchange);
    if sums != Sums::Differ {
        return (sums, told);
    }
    let before = [(told.0, corrected.1), (corrected.0, told.1)];
    let mut before = before.map(|pair| (compare(pair.0, pair.1, day, exchange), pair)).into_iter();
    let near = before.find(|(sums, _)| matches!(sums, Sums::Rounded | Sums::Converted));
    near.unwrap_or((sums, told))
}

/// Compares two sums that are told near a day.
fn compare(
    left: Option<Amount>,
    right: Option<Amount>,
    day: Option<CivilDate>,
    exchange: &dyn Exchange,
) -> Sums {
    match (left, right) {
        (Some(left), Some(right)) => {
            let agree = left.currency == right.currency
                && left.bounds.figure() == right.bounds.figure()
                && (left.bounds.qualifier() != right.bounds.qualifier()
                    || left.bounds == right.bounds);
            let rounded = left.currency == right.currency
                && (reach::is_rounded(left.bounds, right.bounds)
                    || reach::is_rounded(right.bounds, left.bounds));
            match (agree, rounded) {
                (true, _) => Sums::Agree,
                (_, true) => Sums::Rounded,
                _ if rate(left, right, day, exchange).is_some() => Sums::Converted,
                _ => Sums::Differ,
            }
        }
        _ => Sums::Missing,
    }
}

/// What speaks for one package in two sums, in words.
pub(super) fn describe(
    sums: Sums,
    (left, right): Pair,
    day: Option<CivilDate>,
    exchange: &dyn Exchange,
) -> Option<String> {
    match sums {
        Sums::Agree => Some("same amount".to_owned()),
        Sums::Rounded => Some("the one amount rounded is the other".to_owned()),
        Sums::Converted => {
            let (left, right) = (left?, right?);
            Some(describe_rate(left, right, &rate(left, right, day, exchange)?))
        }
        Sums::Missing | Sums::Differ => None,
    }
}

/// The rate of the day at which two sums are one, where they are.
fn rate(
    left: Amount,
    right: Amount,
    day: Option<CivilDate>,
    exchange: &dyn Exchange,
) -> Option<Price> {
    reach::converted(left, right, day?, exchange)
}

/// `the one amount is the other at the day's rate: 1 EUR = 1.0954 USD on 2022-11-10 (who states it)`.
fn describe_rate(left: Amount, right: Amount, price: &Price) -> String {
    let value = price.value.round_sf(6).unwrap_or(price.value).normalize();
    let (from, to, day) = (left.currency, right.currency, price.day);
    let source = &price.source;
    format!(
        "the one amount is the other at the day's rate: 1 {from} = {value} {to} on {day} ({source})"
    )
}

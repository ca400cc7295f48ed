//! What a stated figure can mean, and sums of what packages can mean, from a low to a high end.

use crate::model::finding::Between;
use crate::model::{Amount, Bounds, CivilDate, Exchange, Price, Qualifier};
use rust_decimal::Decimal;

/// The least part of a figure that its last digit is taken to stand for: "20 billion" is rounded to
/// billions, not to tens of billions.
const LEAST: u64 = 20;

/// What a package's value can be. What is stated only at its low end is taken to be below the next
/// round figure: "more than 1.2 billion" is less than 1.3 billion.
pub(super) fn of_package(bounds: Bounds) -> Between {
    let figure = bounds.figure();
    match (bounds.qualifier(), bounds.low(), bounds.high()) {
        (_, Some(low), Some(high)) => Between { low, high },
        (_, None, _) => Between { low: Decimal::ZERO, high: figure },
        (_, _, None) => Between { low: figure, high: plus(figure, step(figure)) },
    }
}

/// What a running total can be: it is rounded to its last digit.
pub(super) fn of_total(bounds: Bounds) -> Between {
    let figure = bounds.figure();
    let whole = step(figure);
    let half = whole.checked_div(Decimal::TWO).unwrap_or_default();
    match (bounds.qualifier(), bounds.low(), bounds.high()) {
        (Qualifier::Range, Some(low), Some(high)) => Between { low, high },
        (Qualifier::MoreThan | Qualifier::AtLeast, ..) => {
            Between { low: figure, high: plus(figure, whole) }
        }
        (Qualifier::UpTo, ..) => Between { low: minus(figure, whole), high: figure },
        (Qualifier::About, ..) => Between { low: minus(figure, whole), high: plus(figure, whole) },
        _ => Between { low: minus(figure, half), high: plus(figure, half) },
    }
}

/// Whether one figure is the other, rounded: "about 3 billion" is 2.98 billion, but 270 million is
/// not 275. What is said to be exact is not rounded.
pub(super) fn is_rounded(rounded: Bounds, exact: Bounds) -> bool {
    let (figure, other) = (rounded.figure(), exact.figure());
    let half = step(figure).checked_div(Decimal::TWO).unwrap_or_default();
    step(other) < step(figure) && may_be_rounded(rounded) && minus(figure, other).abs() < half
}

/// Whether a figure may be another one, rounded.
pub(super) const fn may_be_rounded(bounds: Bounds) -> bool {
    !matches!(bounds.qualifier(), Qualifier::Exact | Qualifier::Range)
}

/// The rate of the day at which two sums in different currencies are one, where they are: as near as
/// figures are that were rounded, by the rates of a bank or a paper of those days.
pub(super) fn converted(
    left: Amount,
    right: Amount,
    day: CivilDate,
    exchange: &dyn Exchange,
) -> Option<Price> {
    if left.currency == right.currency {
        return None;
    }
    let price = exchange.price(left.currency, right.currency, day)?;
    let (worth, other) = (left.bounds.figure().checked_mul(price.value)?, right.bounds.figure());
    let apart = minus(worth, other).abs().checked_mul(Decimal::from(2 * LEAST))?;
    Some(price).filter(|_| apart <= worth.max(other))
}

/// What the last digit of a figure stands for, at most a twentieth of it.
fn step(figure: Decimal) -> Decimal {
    let least = figure.checked_div(Decimal::from(LEAST)).unwrap_or_default();
    let mut step = Decimal::ONE;
    while let Some(next) = step.checked_mul(Decimal::TEN)
        && next <= figure
        && figure.checked_rem(next) == Some(Decimal::ZERO)
    {
        step = next;
    }
    step.min(least)
}

/// Adds; what is too large for any sum of money stays as it is.
pub(super) fn plus(left: Decimal, right: Decimal) -> Decimal {
    left.checked_add(right).unwrap_or(left)
}

pub(super) fn minus(left: Decimal, right: Decimal) -> Decimal {
    left.checked_sub(right).unwrap_or(left)
}

/// What is left where one of these is taken from the other.
pub(super) fn less(from: Between, taken: Between) -> Between {
    Between { low: minus(from.low, taken.high), high: minus(from.high, taken.low) }
}

/// Whether a difference can be nothing.
pub(super) fn can_be_nothing(off: Between) -> bool {
    off.low <= Decimal::ZERO && off.high >= Decimal::ZERO
}

/// Whether a value of a package can close a difference, alone.
pub(super) fn closes(value: Between, off: Between) -> bool {
    let gap =
        if off.high < Decimal::ZERO { Between { low: -off.high, high: -off.low } } else { off };
    value.high >= gap.low && value.low <= gap.high && value.high > Decimal::ZERO
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(millions: i64, qualifier: Qualifier) -> (i64, i64) {
        let million = Decimal::from(1_000_000);
        let found = of_total(Bounds::of(Decimal::from(millions) * million, qualifier));
        let whole = |end: Decimal| i64::try_from((end / million).trunc()).unwrap();
        (whole(found.low), whole(found.high))
    }

    #[test]
    fn a_total_is_as_exact_as_its_last_digit() {
        assert_eq!(total(18_600, Qualifier::MoreThan), (18_600, 18_700));
        assert_eq!(total(18_600, Qualifier::Exact), (18_550, 18_650));
        assert_eq!(total(18_600, Qualifier::About), (18_500, 18_700));
        assert_eq!(total(20_000, Qualifier::MoreThan), (20_000, 21_000));
        assert_eq!(total(4_000, Qualifier::UpTo), (3_800, 4_000));
    }

    #[test]
    fn a_figure_is_another_one_rounded_only_by_its_own_digits() {
        let is = |rounded: (i64, Qualifier), exact: i64| {
            let bounds = |figure: i64, qualifier| Bounds::of(Decimal::from(figure), qualifier);
            is_rounded(bounds(rounded.0, rounded.1), bounds(exact, Qualifier::Exact))
        };
        assert!(is((3_000, Qualifier::About), 2_980));
        assert!(is((3_000, Qualifier::UpTo), 2_980));
        assert!(!is((3_000, Qualifier::Exact), 2_980));
        assert!(!is((270, Qualifier::About), 275));
        assert!(!is((3_000, Qualifier::About), 2_800));
        assert!(!is((0, Qualifier::About), 1));
    }

    #[test]
    fn a_figure_of_any_size_has_a_last_digit() {
        assert_eq!(step(Decimal::ZERO), Decimal::ZERO);
        assert!(step(Decimal::MAX) <= Decimal::MAX);
        assert_eq!(of_package(Bounds::of(Decimal::MAX, Qualifier::MoreThan)).low, Decimal::MAX);
    }
}

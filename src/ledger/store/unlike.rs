//! What tells two claims apart before they are compared: other sums, or days too far from each other. A busy week
//! may hold hundreds of claims of one pair, so these are left out at once. Pure.

use crate::ledger::apart::{Said, is_named};
use crate::ledger::choose::{Told, anchor};
use crate::ledger::matching::earlier;
use crate::ledger::reach;
use crate::model::{Amount, CivilDate, Correction, Exchange};

/// Whether two sums are neither one figure nor one the other rounded or converted, as they are told or before
/// the one was corrected, and no number joins them. Of claims that are only near in time these are left out at
/// once, since a busy week may hold hundreds.
pub(super) fn is_other_sum(
    told: &Told,
    (amount, corrects): (Option<Amount>, Option<Correction>),
    sequence: Option<u32>,
    around: Option<CivilDate>,
    exchange: &dyn Exchange,
) -> bool {
    let (Some(one), Some(other)) = (told.claim.amount, amount) else { return false };
    let is_numbered = told.claim.sequence.is_some() && told.claim.sequence == sequence;
    let day = earlier(anchor(told), around);
    let taken = |correction: Option<Correction>| correction.and_then(|one| one.amount);
    let pairs = [
        Some((one, other)),
        taken(corrects).map(|before| (one, before)),
        taken(told.claim.corrects).map(|before| (before, other)),
    ];
    !is_numbered && !pairs.into_iter().flatten().any(|pair| is_one_sum(pair, day, exchange))
}

fn is_one_sum(
    (one, other): (Amount, Amount),
    day: Option<CivilDate>,
    exchange: &dyn Exchange,
) -> bool {
    let (left, right) = (one.bounds, other.bounds);
    left.figure() == right.figure()
        || reach::is_rounded(left, right)
        || reach::is_rounded(right, left)
        || day.is_some_and(|day| reach::converted(one, other, day, exchange).is_some())
}

/// Whether two claims are told too far apart for one package, the one way as the other: nothing joins
/// them but that one of them names a month or a year, and the other no day of announcement. What names the
/// announcement of the other may be told however much later.
pub(super) fn is_too_far(
    told: &Told,
    sequence: Option<u32>,
    around: Option<CivilDate>,
    said: &Said,
    reach: i64,
) -> bool {
    let is_numbered = told.claim.sequence.is_some() && told.claim.sequence == sequence;
    let (Some(left), Some(right)) = (anchor(told), around) else { return false };
    let is_same_time = matches!((told.claim.announced, said.announced), (Some(one), Some(other))
        if one.first_day() <= other.last_day() && other.first_day() <= one.last_day());
    let is_joined = is_numbered || is_same_time || is_named(&Said::by(&told.claim), said);
    !is_joined && left.days_since(right).abs() > reach
}

//! How far apart in time a claim and a candidate are told, and what that can mean: one announcement, a plan
//! for it, a look back on it, its handover.

use super::choose::{Told, anchor};
use super::matching::{CLOSE, Candidate, LATER, NEAR, PLAN, RECALL};
use super::steps::{is_later, step};
use crate::model::{CivilDate, Claim, Stage, Status};
use std::cmp::Ordering;

/// How the days of a claim and a candidate compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Days {
    /// One announcement, this many days apart.
    Close(i64),
    /// The one looks back on the other, or plans it, from this many days away.
    Linked(i64),
    /// The one tells this many days later that the other was handed over or ended.
    Since(i64),
    /// The one tells that the other was handed over or ended, and names its announcement: by the day, or
    /// by the month or year alone.
    Named {
        exact: bool,
    },
    /// The one looks back on the other, and names only a month or a year in which it lies.
    Within,
    /// Too far for one announcement, too near for two; or not known well enough.
    Between,
    Apart,
}

/// Compares them.
pub(super) fn days(told: &Told, candidate: &Candidate) -> Days {
    let claim = &told.claim;
    let past = claim.status == Status::Past;
    let order = step(claim).cmp(&candidate.step());
    let later = is_later(claim.status) || order == Ordering::Greater;
    match named(&Said::by(claim), &Said::of(candidate)) {
        Some(Names::This { exact }) => return Days::Named { exact },
        Some(Names::Another) => return Days::Apart,
        None => {}
    }
    let (apart, exact) = match (claim.announced, candidate.announced) {
        (Some(left), Some(right)) if left.is_day() && right.is_day() => {
            (left.days_since(right), true)
        }
        (Some(left), Some(right)) => {
            let overlap =
                left.first_day() <= right.last_day() && right.first_day() <= left.last_day();
            return match (overlap, near_in_print(told, candidate)) {
                (false, _) => since(told, candidate).unwrap_or(Days::Apart),
                (true, _) if past || candidate.recalled => Days::Within,
                (true, Some(days)) => Days::Close(days),
                (true, None) => Days::Between,
            };
        }
        _ => match (anchor(told), candidate.around) {
            (Some(left), Some(right)) => (left.days_since(right), false),
            _ => return Days::Between,
        },
    };
    let plan = claim.status == Status::Proposed && candidate.stage != Stage::Proposed;
    let planned = candidate.stage == Stage::Proposed && claim.status != Status::Proposed;
    let both_plans = claim.status == Status::Proposed && candidate.stage == Stage::Proposed;
    // The announcement of what was first read as ordered, as handed over, or as ended.
    let earlier = (candidate.is_ended() || order == Ordering::Less)
        && matches!(claim.status, Status::Announced | Status::Proposed);
    let both_recalled = past && candidate.recalled;
    // What names the day of the announcement looks back to that day alone.
    let named = |date: Option<CivilDate>| date.is_some_and(CivilDate::is_day);
    let looks_back = past && !named(claim.announced) && !both_recalled;
    let is_looked_back_on = candidate.recalled && !named(candidate.announced) && !both_recalled;
    let within = |low: i64, high: i64| (low..=high).contains(&apart);
    if within(-CLOSE, CLOSE) {
        Days::Close(apart.abs())
    } else if (both_plans && within(-NEAR, NEAR))
        || (plan && within(-PLAN, 0))
        || (planned && within(0, PLAN))
        || ((looks_back || later) && within(0, RECALL))
        || ((is_looked_back_on || earlier) && within(-RECALL, 0))
    {
        Days::Linked(apart.abs())
    } else if (both_plans && within(-PLAN, PLAN))
        || (both_recalled && !exact && within(-RECALL, RECALL))
        || within(-NEAR, NEAR)
    {
        Days::Between
    } else {
        since(told, candidate).unwrap_or(Days::Apart)
    }
}

/// Whose announcement a handover names.
enum Names {
    This { exact: bool },
    Another,
}

/// How many days the day of an announcement may be off where it is told later: it was evening there.
pub(super) const OFF: i64 = 1;

/// What a claim or a candidate says of when it was announced.
pub(super) struct Said {
    /// When it was, as it tells itself, and as a handover of it or its end recalls.
    pub(super) announced: Option<CivilDate>,
    pub(super) recalls: Option<CivilDate>,
    pub(super) is_plan: bool,
    /// Whether it tells that something was handed over or ended.
    pub(super) is_ended: bool,
    /// Whether it corrects an earlier text.
    pub(super) is_correction: bool,
}

impl Said {
    pub(super) fn by(claim: &Claim) -> Self {
        Self {
            announced: claim.announced,
            recalls: claim.recalls,
            is_plan: claim.status == Status::Proposed,
            is_ended: is_later(claim.status),
            is_correction: claim.corrects.is_some(),
        }
    }

    fn of(candidate: &Candidate) -> Self {
        Self {
            announced: candidate.announced,
            recalls: candidate.recalls,
            is_plan: candidate.stage == Stage::Proposed,
            is_ended: candidate.is_ended(),
            is_correction: candidate.corrects.is_some(),
        }
    }
}

/// Whether the one names the announcement of the other: then it may be told however much later.
pub(super) fn is_named(one: &Said, other: &Said) -> bool {
    matches!(named(one, other), Some(Names::This { .. }))
}

/// Whether the one tells that something was handed over or ended, and that it was announced when the other
/// was; `None` where it does not say.
fn named(one: &Said, other: &Said) -> Option<Names> {
    let (later, first) = match (one.is_ended, other.is_ended) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        _ => return None,
    };
    let recalls = later.recalls?;
    let announced = first.announced.filter(|_| !first.is_plan)?;
    let early = recalls.first_day().days_since(announced.last_day());
    let late = announced.first_day().days_since(recalls.last_day());
    // A correction comes some days after what it corrects, and often bears its own day.
    let behind = if first.is_correction { NEAR } else { OFF };
    if early > OFF || late > behind {
        return Some(Names::Another);
    }
    Some(Names::This { exact: recalls.is_day() && announced.is_day() && late <= OFF })
}

/// How many days after the one the other tells that it was ordered or handed over, or will not come.
fn since(told: &Told, candidate: &Candidate) -> Option<Days> {
    let apart = anchor(told)?.days_since(candidate.around?);
    let days = match step(&told.claim).cmp(&candidate.step()) {
        Ordering::Greater => apart,
        Ordering::Less => -apart,
        Ordering::Equal => return None,
    };
    (0..=LATER).contains(&days).then_some(Days::Since(days))
}

/// How many days apart two tellings were printed of which one names only a month or a year, where
/// they are close.
fn near_in_print(told: &Told, candidate: &Candidate) -> Option<i64> {
    let apart = anchor(told)?.days_since(candidate.around?);
    (-CLOSE..=CLOSE).contains(&apart).then_some(apart.abs())
}

/// In words.
pub(super) fn describe(days: Days) -> String {
    match days {
        Days::Close(0) => "told of the same day".to_owned(),
        Days::Close(1) => "told of days next to each other".to_owned(),
        Days::Close(days) | Days::Linked(days) | Days::Since(days) => {
            format!("told {days} days apart")
        }
        Days::Named { .. } => "the one names the announcement of the other".to_owned(),
        Days::Within => "one names the month or year of the other".to_owned(),
        Days::Between => "dates too vague or too far apart to be sure".to_owned(),
        Days::Apart => "other dates".to_owned(),
    }
}

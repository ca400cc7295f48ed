//! How late in the life of a package a claim tells it: announced, ordered, handed over, called off; and what
//! that says of two tellings.

use super::choose::Told;
use super::choose::anchor;
use super::matching::{CLOSE, Candidate, LATER};
use super::things::{Thing, is_part};
use crate::model::{Claim, Stage, Status};

/// Whether what is told later can be what was promised, or a part of it.
pub(super) fn is_handed_over(told: &Told, things: &[Thing], candidate: &Candidate) -> bool {
    if step(&told.claim) > candidate.step() {
        is_part(things, &candidate.things)
    } else {
        is_part(&candidate.things, things)
    }
}

/// Whether one of the two tells that what the other promised will not come.
pub(super) fn ends(told: &Told, candidate: &Candidate) -> bool {
    let claim = &told.claim;
    let promises = |status| matches!(status, Status::Announced | Status::Proposed | Status::Past);
    claim.status == Status::Withdrawn && !candidate.is_ended()
        || candidate.stage == Stage::Withdrawn && promises(claim.status)
}

/// Whether the one that tells of a handover or an end names neither a sum nor things: it is known by the
/// day of the announcement alone.
pub(super) fn is_bare(told: &Told, candidate: &Candidate) -> bool {
    if is_later(told.claim.status) {
        told.claim.amount.is_none() && told.claim.items.is_empty()
    } else {
        candidate.amount.is_none() && candidate.things.is_empty()
    }
}

/// How many days before it what is called off was told, where a claim does not name it and the candidate
/// may be it.
pub(super) fn ends_one(told: &Told, candidate: &Candidate) -> Option<i64> {
    let apart = anchor(told)?.days_since(candidate.around?);
    let may_be = is_bare_end(&told.claim) && !candidate.is_ended();
    (may_be && (-CLOSE..=LATER).contains(&apart)).then_some(apart.max(0))
}

/// "has cancelled a package": whether a claim tells that one will not come, and of which it says no more
/// than who gives and who receives.
pub(super) fn is_bare_end(claim: &Claim) -> bool {
    claim.status == Status::Withdrawn
        && claim.amount.is_none()
        && claim.items.is_empty()
        && claim.recalls.is_none()
        && claim.sequence.is_none()
}

/// How late in the life of a package a claim tells it: announced, planned or recalled; ordered, where it is
/// known by its order alone; handed over or given up.
pub(super) const fn step(claim: &Claim) -> u8 {
    match claim.status {
        Status::Delivered | Status::Withdrawn => 2,
        Status::Past => 0,
        _ if claim.contracted.is_some() => 1,
        _ => 0,
    }
}

/// Whether it is a later word on a package: its handover, or that it will not come.
pub(super) const fn is_later(status: Status) -> bool {
    matches!(status, Status::Delivered | Status::Withdrawn)
}

//! Places a claim: a new package, a further telling of one, or something that a person should look
//! at. Pure: what the ledger holds comes in as candidates, the judgement goes out with its reason.

use super::apart::{self, Days, days};
use super::choose::{Told, anchor};
use super::print::{Print, Words};
use super::steps::{ends, ends_one, is_bare, is_bare_end, is_handed_over};
use super::sums::{self, Sums};
use super::things::{Shared, Thing, is_all_of, shared};
use super::wording::Wording;
use crate::model::{
    Aid, Amount, CivilDate, Claim, Correction, Exchange, PackageId, Placement, Stage, Status,
};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// How many days apart two tellings of one announcement may be.
pub(super) const CLOSE: i64 = 3;
/// Beyond [`CLOSE`] and up to here a person should look.
pub(super) const NEAR: i64 = 7;
/// How many days a plan may run ahead of its announcement.
pub(super) const PLAN: i64 = 14;
/// How many days an article looks back when it recalls a package.
pub(super) const RECALL: i64 = 60;
/// How many days after its announcement a package may be handed over, or given up.
pub(super) const LATER: i64 = 1096;
/// How many days make a month, where days alone tell which of several packages is meant.
const MONTH: i64 = 30;
/// How far around a claim's day candidates are looked for: a recall, and the month of a date that
/// is known only to the month.
pub(super) const REACH: i64 = RECALL + 31;

/// A package with the same donors and recipients as the claim, as far as matching looks at it.
/// A package that a person merged with others or amended is a candidate in each of its shapes.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) id: PackageId,
    /// The one of its parts that looks like this: itself, or a package that was merged into it.
    pub(super) home: PackageId,
    /// The rank of the telling that leads it: between candidates that are equally good the lowest
    /// counts first, as numbers depend on the order of reading.
    pub(super) rank: String,
    pub(super) announced: Option<CivilDate>,
    /// The day near which it is told.
    pub(super) around: Option<CivilDate>,
    pub(super) amount: Option<Amount>,
    pub(super) aid: Aid,
    pub(super) stage: Stage,
    pub(super) mechanism: Option<String>,
    pub(super) sequence: Option<u32>,
    /// What is in it.
    pub(super) things: Vec<Thing>,
    /// Whether it is only recalled by its tellings.
    pub(super) recalled: bool,
    /// The words in which it is told.
    pub(super) wording: Wording,
    /// The words of the article that tells it.
    pub(super) print: Print,
    /// What of an earlier text it corrects, and when it was announced, as it says itself.
    pub(super) corrects: Option<Correction>,
    pub(super) recalls: Option<CivilDate>,
    /// Whether an article that tells it, or the claim, tells the sum of the other one too.
    pub(super) is_beside: bool,
    /// Whether one publisher tells both, and what says that it corrects an earlier text is the later one.
    pub(super) is_revised: bool,
    pub(super) openness: Openness,
}

/// How open a package is to further tellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Openness {
    /// It is one by now.
    Open,
    /// It may itself be another package.
    Doubtful,
    /// A person rejected or voided it: what is like another one too tells that one.
    Closed,
}

impl Candidate {
    /// Whether a person rejected or voided it.
    pub(super) fn is_closed(&self) -> bool {
        self.openness == Openness::Closed
    }

    /// Whether it is told by its handover, or that it will not come.
    pub(super) fn is_ended(&self) -> bool {
        matches!(self.stage, Stage::Delivered | Stage::Withdrawn)
    }

    /// How late in the life of a package it is told, as [`step`] of a claim.
    pub(super) fn step(&self) -> u8 {
        match self.stage {
            Stage::Delivered | Stage::Withdrawn => 2,
            Stage::Contracted if !self.recalled => 1,
            _ => 0,
        }
    }

    /// Whether it tells that some package will not come, and not which.
    fn is_bare_end(&self) -> bool {
        self.stage == Stage::Withdrawn
            && self.amount.is_none()
            && self.things.is_empty()
            && self.recalls.is_none()
            && self.sequence.is_none()
    }
}

/// How a claim compares with one candidate.
#[derive(Debug)]
enum Likeness {
    Same { score: i64, reason: String },
    Perhaps { score: i64, reason: String },
    Different,
}

/// Places a claim among candidates, which all have its donors and recipients. Equal parties and an
/// equal amount are never enough: the days must fit too, and nothing may speak against it.
/// Beside a further telling stands the part of its package that it is like.
pub(super) fn place(
    told: &Told,
    candidates: &[Candidate],
    exchange: &dyn Exchange,
) -> (Placement, Option<PackageId>) {
    let mut same = Vec::new();
    let mut perhaps = Vec::new();
    for candidate in candidates {
        match compare(told, candidate, exchange) {
            Likeness::Same { score, reason } => same.push((score, candidate, reason)),
            Likeness::Perhaps { score, reason } => perhaps.push((score, candidate, reason)),
            Likeness::Different => {}
        }
    }
    let (same, perhaps) = (best_first(same), best_first(perhaps));
    let placement = match (&same[..], &perhaps[..]) {
        ([(score, best, _), (runner_up, other, _), ..], _)
            if score == runner_up && best.is_closed() == other.is_closed() =>
        {
            let (first, second) = (best.id.min(other.id), best.id.max(other.id));
            let reason = format!("fits {first} and {second} alike (score {score})");
            // One that fitted several before, and this one best of such, is the same doubt told again.
            let mut again = same.iter().filter(|(_, one, _)| one.openness == Openness::Doubtful);
            if let Some((score, one, _)) = again.next()
                && again.next().is_none_or(|(other, ..)| other < score)
            {
                let further = Placement::Further { package: one.id, reason };
                return (further, Some(one.home));
            }
            Placement::Doubtful { package: Some(best.id), reason }
        }
        ([(_, best, reason), ..], _) => {
            let further = Placement::Further { package: best.id, reason: reason.clone() };
            return (further, Some(best.home));
        }
        ([], [(_, best, reason), ..]) => Placement::Doubtful {
            package: Some(best.id),
            reason: format!("may be {}: {reason}", best.id),
        },
        ([], []) => Placement::New { reason: why_new(&told.claim) },
    };
    (placement, None)
}

type Scored<'a> = (i64, &'a Candidate, String);

/// The best candidates first, closed ones last, those that fit alike by rank, each package once in the
/// shape that fits it best.
fn best_first<'a>(mut scored: Vec<Scored<'a>>) -> Vec<Scored<'a>> {
    let order = |(score, candidate, _): &Scored<'a>| {
        (candidate.is_closed(), Reverse(*score), &candidate.rank, candidate.home)
    };
    scored.sort_by(|left, right| order(left).cmp(&order(right)));
    let mut seen = BTreeSet::new();
    scored.retain(|(_, candidate, _)| seen.insert(candidate.id));
    scored
}

/// Why a claim tells a package of its own, where nothing like it is known.
pub(super) fn why_new(claim: &Claim) -> String {
    let what = if claim.amount.is_some() { "this amount" } else { "these items" };
    match (claim.status, claim.announced) {
        (Status::Past, Some(date)) => format!("only recalled: no package of {what} near {date}"),
        (Status::Past, None) => {
            format!("only recalled: no package of {what} in the {RECALL} days before")
        }
        _ => format!("no package of these donors and recipients has {what} near this date"),
    }
}

/// Whether a claim may be placed otherwise where this candidate comes or goes.
pub(super) fn concerns(told: &Told, candidate: &Candidate, exchange: &dyn Exchange) -> bool {
    !matches!(compare(told, candidate, exchange), Likeness::Different)
}

fn compare(told: &Told, candidate: &Candidate, exchange: &dyn Exchange) -> Likeness {
    let claim = &told.claim;
    if differ(claim.mechanism.as_ref(), candidate.mechanism.as_ref())
        || differ(claim.sequence, candidate.sequence)
        || !aids_fit(claim.aid, candidate.aid)
    {
        return Likeness::Different;
    }
    let days = days(told, candidate);
    let day = earlier(anchor(told), candidate.around);
    let taken = |correction: Option<Correction>| correction.and_then(|one| one.amount);
    let corrected = (taken(claim.corrects), taken(candidate.corrects));
    let amounts = (claim.amount, candidate.amount);
    let (sums, amounts) = sums::compare_with(amounts, corrected, day, exchange);
    let things = Thing::all(&claim.items);
    let shared = shared(&things, &candidate.things, sums != Sums::Missing);
    let numbered = both(claim.sequence.as_ref(), candidate.sequence.as_ref()).is_some();
    let routed = both(claim.mechanism.as_ref(), candidate.mechanism.as_ref()).is_some();
    let words = Words::of(told, candidate);
    let takes_back = takes_back(told, candidate);
    let ends_one = ends_one(told, candidate);
    let by_month = is_of_month(told, candidate)
        && (sums == Sums::Rounded || shared.counted && ends_one.is_none());
    let score = i64::from(sums == Sums::Agree || takes_back) * 8
        + i64::from(matches!(sums, Sums::Rounded | Sums::Converted)) * 4
        + i64::from(numbered) * 16
        + i64::from(routed) * 4
        + words.map_or(0, Words::weight)
        + i64::from(shared.counted)
        + i64::from(candidate.openness != Openness::Doubtful) * 2
        + shared.count.min(3)
        + ends_one.map_or(0, |apart| (LATER - apart) / MONTH)
        + match days {
            Days::Close(days) => CLOSE - days,
            Days::Named { .. } => CLOSE,
            _ => 0,
        };
    let stated = sums::describe(sums, amounts, day, exchange);
    let reasons = reasons(told, candidate, (sums, stated), days, (&shared, words));
    let reason = format!("{reasons} (score {score})");
    match (sums, days) {
        (Sums::Agree | Sums::Rounded | Sums::Converted | Sums::Missing, _) if numbered => {
            Likeness::Same { score, reason }
        }
        (Sums::Differ, Days::Close(_) | Days::Linked(_)) if takes_back => {
            Likeness::Same { score, reason }
        }
        (Sums::Differ, Days::Close(_))
            if !candidate.is_beside
                && (is_corrected(told, candidate) || shared.counted && shared.mostly) =>
        {
            Likeness::Perhaps { score, reason }
        }
        (Sums::Differ, _) if numbered => Likeness::Perhaps { score, reason },
        (Sums::Rounded | Sums::Missing, Days::Within) if by_month => {
            Likeness::Same { score, reason }
        }
        (Sums::Agree, Days::Close(_) | Days::Linked(_) | Days::Within | Days::Named { .. })
        | (Sums::Rounded | Sums::Converted, Days::Close(_) | Days::Named { exact: true }) => {
            Likeness::Same { score, reason }
        }
        (Sums::Differ | Sums::Rounded | Sums::Converted, _) | (_, Days::Apart) => {
            Likeness::Different
        }
        (Sums::Agree, Days::Between | Days::Since(_)) => Likeness::Perhaps { score, reason },
        (Sums::Missing, _) if ends_one.is_some() => Likeness::Perhaps { score, reason },
        (Sums::Missing, Days::Close(_)) if is_bare_end(claim) && candidate.is_bare_end() => {
            Likeness::Same { score, reason }
        }
        (Sums::Missing, Days::Close(_))
            if shared.mostly || words.is_some_and(|words| words.settle(&shared)) =>
        {
            Likeness::Same { score, reason }
        }
        (Sums::Missing, Days::Close(_)) if shared.count > 0 || shared.unnamed => {
            Likeness::Perhaps { score, reason }
        }
        (Sums::Missing, Days::Linked(_)) if shared.counted && is_plan_of(told, candidate) => {
            Likeness::Same { score, reason }
        }
        (Sums::Missing, Days::Named { exact }) => {
            let part = shared.count > 0 && is_handed_over(told, &things, candidate);
            if part || shared.unnamed && exact && is_bare(told, candidate) {
                Likeness::Same { score, reason }
            } else if shared.count > 0 || shared.unnamed && exact {
                Likeness::Perhaps { score, reason }
            } else {
                Likeness::Different
            }
        }
        // Only what was promised can be cancelled; as many that are handed over may be others.
        (Sums::Missing, Days::Linked(_) | Days::Since(_))
            if ends(told, candidate) && is_all_of(&things, &candidate.things) =>
        {
            Likeness::Same { score, reason }
        }
        (Sums::Missing, Days::Since(_)) if !is_handed_over(told, &things, candidate) => {
            Likeness::Different
        }
        (Sums::Missing, _) if shared.mostly => Likeness::Perhaps { score, reason },
        (Sums::Missing, _) => Likeness::Different,
    }
}

/// What speaks for one package, in words.
fn reasons(
    told: &Told,
    candidate: &Candidate,
    (sums, stated): (Sums, Option<String>),
    days: Days,
    (shared, words): (&Shared, Option<Words>),
) -> String {
    let claim = &told.claim;
    let mut reasons = vec!["same donors and recipients".to_owned()];
    reasons.extend(stated);
    reasons.push(apart::describe(days));
    reasons.extend(
        both(claim.mechanism.as_ref(), candidate.mechanism.as_ref())
            .map(|route| format!("both {route}")),
    );
    let number = both(claim.sequence.as_ref(), candidate.sequence.as_ref());
    reasons.extend(number.map(|number| format!("both number {number}")));
    match shared.count {
        0 => {}
        1 => reasons.push("1 item in common".to_owned()),
        count => reasons.push(format!("{count} items in common")),
    }
    if shared.counted {
        reasons.push("as many of each".to_owned());
    }
    reasons.extend(words.map(|words| words.describe().to_owned()));
    if takes_back(told, candidate) {
        reasons.push("the one corrects the sum of the other".to_owned());
        return reasons.join(", ");
    }
    if sums == Sums::Differ {
        let framed = is_corrected(told, candidate).then(|| "in the same words".to_owned());
        reasons.extend(framed.filter(|_| words != Some(Words::Article)));
        reasons.push("but other amounts".to_owned());
    }
    reasons.join(", ")
}

/// What both name, where it is the same.
fn both<'a, T: PartialEq>(left: Option<&'a T>, right: Option<&T>) -> Option<&'a T> {
    left.filter(|left| right == Some(*left))
}

fn differ<T: PartialEq>(left: Option<T>, right: Option<T>) -> bool {
    matches!((left, right), (Some(left), Some(right)) if left != right)
}

const fn aids_fit(left: Aid, right: Aid) -> bool {
    matches!(
        (left, right),
        (Aid::Mixed, _)
            | (_, Aid::Mixed)
            | (Aid::Military, Aid::Military)
            | (Aid::Financial, Aid::Financial)
            | (Aid::Humanitarian, Aid::Humanitarian)
    )
}

/// The earlier of two days: of that one the rate is taken by which sums are compared.
pub(super) fn earlier(left: Option<CivilDate>, right: Option<CivilDate>) -> Option<CivilDate> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (left, right) => left.or(right),
    }
}

/// Whether the one tells in the same words another sum.
fn is_corrected(told: &Told, candidate: &Candidate) -> bool {
    both(told.wording.frame.as_ref(), candidate.wording.frame.as_ref()).is_some()
}

/// Whether the one says that it corrects the sum of the other, or an earlier text of its publisher in whose
/// words it tells another sum.
fn takes_back(told: &Told, candidate: &Candidate) -> bool {
    let claim = &told.claim;
    let takes = |correction: Option<Correction>, amount| {
        correction.is_some_and(|correction| correction.takes_back(amount))
    };
    takes(claim.corrects, candidate.amount)
        || takes(candidate.corrects, claim.amount)
        || candidate.is_revised && is_corrected(told, candidate)
}

/// Whether one of the two is only planned.
fn is_plan_of(told: &Told, candidate: &Candidate) -> bool {
    (told.claim.status == Status::Proposed) != (candidate.stage == Stage::Proposed)
}

/// Whether both name the month, if not the day.
fn is_of_month(told: &Told, candidate: &Candidate) -> bool {
    let names = |date: Option<CivilDate>| date.is_some_and(|date| date.month_number().is_some());
    names(told.claim.announced) && names(candidate.announced)
}

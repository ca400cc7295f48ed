//! Which packages a report counts, and how many it leaves out for which reason.

use super::figures::counted;
use crate::model::{Aid, CivilDate, Merits, Package, Stage, Standing, closed_set};
use std::collections::BTreeMap;

closed_set! {
    /// A setting of what counts under a name.
    Preset {
        /// Announced, contracted or delivered; military or mixed help.
        Announced = "announced",
        /// Delivered; military or mixed help.
        Delivered = "delivered",
        /// As near as can be to Kiel's allocations.
        KielAllocations = "kiel-allocations",
        /// As near as can be to Kiel's commitments.
        KielCommitments = "kiel-commitments",
    }
}

/// What counts: stages, kinds of help, and what was decided of the package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The stages that count; all where the list is empty.
    pub stages: Vec<Stage>,
    /// The kinds of help that count; all where the list is empty.
    pub aids: Vec<Aid>,
    /// The standings that count; all where the list is empty.
    pub standings: Vec<Standing>,
    /// The recipients that count; all where the list is empty.
    pub recipients: Vec<String>,
    /// The first day that counts. What has no date counts.
    pub since: Option<CivilDate>,
    /// Whether only packages count of which it is told what is in them, or that went further than an
    /// announcement.
    pub specific: bool,
}

impl Preset {
    /// What counts under this name.
    pub fn scope(self) -> Scope {
        let stages = match self {
            Self::Delivered => vec![Stage::Delivered],
            _ => vec![Stage::Announced, Stage::Contracted, Stage::Delivered],
        };
        let is_kiel = matches!(self, Self::KielAllocations | Self::KielCommitments);
        let aids = if is_kiel { vec![Aid::Military] } else { vec![Aid::Military, Aid::Mixed] };
        Scope {
            stages,
            aids,
            standings: vec![Standing::Accepted],
            recipients: if is_kiel { vec!["UA".to_owned()] } else { Vec::new() },
            since: CivilDate::day(2022, 1, 24).filter(|_| is_kiel),
            specific: self == Self::KielAllocations,
        }
    }
}

impl Scope {
    /// The setting in words: `announced, contracted or delivered; military or mixed help; accepted`.
    pub fn words(&self) -> String {
        let mut parts = vec![
            either(self.stages.iter().map(|stage| stage.as_str())).unwrap_or("any stage".into()),
            either(self.aids.iter().map(|aid| aid.as_str()))
                .map_or("any help".into(), |aids| format!("{aids} help")),
            either(self.standings.iter().map(|standing| standing.as_str()))
                .unwrap_or("any standing".into()),
        ];
        let recipients = either(self.recipients.iter().map(String::as_str));
        parts.extend(recipients.map(|recipients| format!("to {recipients}")));
        parts.extend(self.since.map(|since| format!("since {since}")));
        if self.specific {
            parts.push("with what is in it, or further than announced".to_owned());
        }
        parts.join("; ")
    }
}

/// `a, b or c`; nothing of nothing.
fn either<'a>(words: impl Iterator<Item = &'a str>) -> Option<String> {
    let words: Vec<&str> = words.collect();
    let (last, before) = words.split_last()?;
    let before = before.join(", ");
    Some(if before.is_empty() { (*last).to_owned() } else { format!("{before} or {last}") })
}

/// Which packages count, and how many of those that it met do not, each under its first reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// What counts.
    pub scope: Scope,
    reasons: BTreeMap<Reason, usize>,
}

/// Why a package does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// How far it has come.
    Stage(Stage),
    /// What was decided of it, such as that it waits.
    Standing(Standing),
    /// Its kind of help.
    Aid,
    /// It goes to others.
    Recipients,
    /// It is older than the first day.
    Older,
    /// It is not told what is in it.
    Unspecific,
}

/// Parts packages into those that the scope counts and those that it does not.
pub fn select(mut packages: Vec<Package>, scope: &Scope) -> (Vec<Package>, Selection) {
    let mut selection = Selection::of(scope.clone());
    packages.retain(|package| selection.takes(&package.merits()));
    (packages, selection)
}

impl Scope {
    /// Why it does not count a package, where it does not.
    fn refuses(&self, merits: &Merits) -> Option<Reason> {
        let is_older = |date: CivilDate| self.since.is_some_and(|since| date.last_day() < since);
        let is_specific =
            merits.has_items || matches!(merits.stage, Stage::Contracted | Stage::Delivered);
        if !self.standings.is_empty() && !self.standings.contains(&merits.standing) {
            Some(Reason::Standing(merits.standing))
        } else if !self.aids.is_empty() && !self.aids.contains(&merits.aid) {
            Some(Reason::Aid)
        } else if !self.recipients.is_empty() && !merits.recipients.is_any_of(&self.recipients) {
            Some(Reason::Recipients)
        } else if merits.announced.is_some_and(is_older) {
            Some(Reason::Older)
        } else if !self.stages.is_empty() && !self.stages.contains(&merits.stage) {
            Some(Reason::Stage(merits.stage))
        } else if self.specific && !is_specific {
            Some(Reason::Unspecific)
        } else {
            None
        }
    }
}

impl Selection {
    /// One that has met no package yet.
    pub fn of(scope: Scope) -> Self {
        Self { scope, reasons: BTreeMap::new() }
    }

    /// Whether the package counts; one that does not is remembered under its reason.
    pub fn takes(&mut self, merits: &Merits) -> bool {
        let reason = self.scope.refuses(merits);
        if let Some(reason) = reason {
            *self.reasons.entry(reason).or_default() += 1;
        }
        reason.is_none()
    }

    /// Adds what another one of the same scope met.
    pub fn join(&mut self, other: &Self) {
        for (reason, count) in &other.reasons {
            *self.reasons.entry(*reason).or_default() += count;
        }
    }

    /// What does not count and why, a line a reason: `1 package proposed`.
    pub fn left_out(&self) -> Vec<String> {
        self.reasons.iter().map(|(reason, count)| self.words(*reason, *count)).collect()
    }

    /// The same as lines under a table, with the options that would bring it in.
    pub fn notes(&self) -> Vec<String> {
        let note = |(reason, count): (&Reason, &usize)| {
            let option = match reason {
                Reason::Stage(_) => "",
                Reason::Standing(Standing::Pending) => " (--pending)",
                Reason::Standing(_) => " (--standing)",
                Reason::Aid => " (--aid)",
                Reason::Recipients | Reason::Older | Reason::Unspecific => " (--count)",
            };
            format!("{}: not in this table{option}", self.words(*reason, *count))
        };
        self.reasons.iter().map(note).collect()
    }

    fn words(&self, reason: Reason, count: usize) -> String {
        let why = match reason {
            Reason::Stage(stage) => stage.as_str(),
            Reason::Standing(Standing::Pending) => "pending review",
            Reason::Standing(standing) => standing.as_str(),
            Reason::Aid if self.scope.aids == [Aid::Military] => "of another kind",
            Reason::Aid => "not military",
            Reason::Recipients => "to others",
            Reason::Older => "older",
            Reason::Unspecific => "announced without items",
        };
        format!("{} {why}", count_packages(count))
    }

    /// What counts, as a line under a table.
    pub fn setting(&self) -> String {
        format!("counted: {}", self.scope.words())
    }
}

/// `1 package`, `2 packages`.
pub fn count_packages(count: usize) -> String {
    counted(count, "package", "packages")
}

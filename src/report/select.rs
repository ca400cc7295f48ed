//! Which packages a report counts, and how many it leaves out for which reason.

use super::figures::counted;
use crate::model::{Aid, CivilDate, Package, Stage, Standing, closed_set};

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

/// The packages that count, and the numbers of those that do not, each under its first reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The packages that count.
    pub packages: Vec<Package>,
    /// What counts.
    pub scope: Scope,
    /// Left out by standing, such as pending review, with the standing.
    pub other_standings: Vec<(Standing, usize)>,
    /// Left out because of their kind of help.
    pub other_aid: usize,
    /// Left out by stage, with the stage.
    pub other_stages: Vec<(Stage, usize)>,
    /// Left out because they go to others.
    pub other_recipients: usize,
    /// Left out because they are older than the first day.
    pub older: usize,
    /// Left out because it is not told what is in them.
    pub unspecific: usize,
}

/// Parts packages into those that the scope counts and those that it does not.
pub fn select(packages: Vec<Package>, scope: &Scope) -> Selection {
    let mut selection = Selection { scope: scope.clone(), ..Selection::default() };
    let mut by_stage = [0_usize; Stage::ALL.len()];
    let mut by_standing = [0_usize; Standing::ALL.len()];
    for package in packages {
        let recipients = &scope.recipients;
        let is_older = |date: CivilDate| scope.since.is_some_and(|since| date.last_day() < since);
        if !scope.standings.is_empty() && !scope.standings.contains(&package.standing) {
            by_standing[package.standing as usize] += 1;
        } else if !scope.aids.is_empty() && !scope.aids.contains(&package.aid) {
            selection.other_aid += 1;
        } else if !recipients.is_empty()
            && !package.recipients.iter().any(|r| recipients.contains(r))
        {
            selection.other_recipients += 1;
        } else if package.announced.is_some_and(is_older) {
            selection.older += 1;
        } else if !scope.stages.is_empty() && !scope.stages.contains(&package.stage) {
            by_stage[package.stage as usize] += 1;
        } else if scope.specific && !is_specific(&package) {
            selection.unspecific += 1;
        } else {
            selection.packages.push(package);
        }
    }
    selection.other_stages =
        Stage::ALL.iter().copied().zip(by_stage).filter(|(_, count)| *count > 0).collect();
    selection.other_standings =
        Standing::ALL.iter().copied().zip(by_standing).filter(|(_, count)| *count > 0).collect();
    selection
}

fn is_specific(package: &Package) -> bool {
    !package.items.is_empty() || matches!(package.stage, Stage::Contracted | Stage::Delivered)
}

impl Selection {
    /// One line a reason: what is not in the table.
    pub fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = self
            .other_stages
            .iter()
            .map(|(stage, count)| format!("{} {stage}: not in this table", count_packages(*count)))
            .collect();
        for (standing, count) in &self.other_standings {
            let packages = count_packages(*count);
            notes.push(match standing {
                Standing::Pending => {
                    format!("{packages} pending review: not in this table (--pending)")
                }
                _ => format!("{packages} {standing}: not in this table (--standing)"),
            });
        }
        if self.other_aid > 0 {
            let packages = count_packages(self.other_aid);
            let kinds =
                if self.scope.aids == [Aid::Military] { "of another kind" } else { "not military" };
            notes.push(format!("{packages} {kinds}: not in this table (--aid)"));
        }
        let others = [
            (self.other_recipients, "to others"),
            (self.older, "older"),
            (self.unspecific, "announced without what is in them"),
        ];
        for (count, what) in others.into_iter().filter(|(count, _)| *count > 0) {
            notes.push(format!("{} {what}: not in this table (--count)", count_packages(count)));
        }
        notes
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

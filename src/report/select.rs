//! Which packages a report counts, and how many it leaves out for which reason.

use super::figures::counted;
use crate::model::{Aid, Package, Stage, Standing};

/// What counts: stages, kinds of help, and what was decided of the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The stages that count; all where the list is empty.
    pub stages: Vec<Stage>,
    /// The kinds of help that count; all where the list is empty.
    pub aids: Vec<Aid>,
    /// The standings that count; all where the list is empty.
    pub standings: Vec<Standing>,
}

/// The packages that count, and the numbers of those that do not, each under its first reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The packages that count.
    pub packages: Vec<Package>,
    /// Left out by standing, such as pending review, with the standing.
    pub other_standings: Vec<(Standing, usize)>,
    /// Left out because of their kind of help.
    pub other_aid: usize,
    /// Left out by stage, with the stage.
    pub other_stages: Vec<(Stage, usize)>,
}

/// Parts packages into those that the scope counts and those that it does not.
pub fn select(packages: Vec<Package>, scope: &Scope) -> Selection {
    let mut selection = Selection::default();
    let mut by_stage = [0_usize; Stage::ALL.len()];
    let mut by_standing = [0_usize; Standing::ALL.len()];
    for package in packages {
        if !scope.standings.is_empty() && !scope.standings.contains(&package.standing) {
            by_standing[package.standing as usize] += 1;
        } else if !scope.aids.is_empty() && !scope.aids.contains(&package.aid) {
            selection.other_aid += 1;
        } else if !scope.stages.is_empty() && !scope.stages.contains(&package.stage) {
            by_stage[package.stage as usize] += 1;
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
            notes.push(format!("{packages} not military: not in this table (--aid)"));
        }
        notes
    }
}

/// `1 package`, `2 packages`.
pub fn count_packages(count: usize) -> String {
    counted(count, "package", "packages")
}

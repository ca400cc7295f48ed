//! What a person decides about packages: which verdict, what it changes, who ruled and why.

use super::package::{PackageId, Stage, Standing};
use super::{Aid, Amount, CivilDate, Item, closed_set};
use serde::{Deserialize, Serialize};

closed_set! {
    /// What a person may decide. Each stands above all automatic decisions until it is undone.
    Verdict {
        /// A pending package is right as it is.
        Accept = "accept",
        /// What was read is no package of aid.
        Reject = "reject",
        /// Fields of a package are other than its tellings say.
        Amend = "amend",
        /// A package that counted counts no more.
        Void = "void",
        /// A package that was rejected, voided or merged is as it was before.
        Restore = "restore",
        /// Packages are one.
        Merge = "merge",
        /// Tellings of a package tell another one.
        Split = "split",
        /// Packages are not one, however alike.
        NotSame = "not-same",
        /// The last decision of a person is taken back.
        Undo = "undo",
        /// What was undone last stands again.
        Redo = "redo",
    }
}

/// A field of a package with its value, as a person's decision finds or leaves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Whether it counts.
    Standing(Standing),
    /// Who gives. Sorted.
    Donors(Vec<String>),
    /// Who receives. Sorted.
    Recipients(Vec<String>),
    /// The day of announcement.
    Announced(Option<CivilDate>),
    /// Its value.
    Amount(Option<Amount>),
    /// The kind of help.
    Aid(Aid),
    /// How far it has come.
    Stage(Stage),
    /// The legal or budget route.
    Mechanism(Option<String>),
    /// The ordinal that it bears.
    Sequence(Option<u32>),
    /// What is in it.
    Items(Vec<Item>),
    /// The package that it is part of.
    MergedInto(Option<PackageId>),
    /// The content ids of the claims that tell it.
    Tellings(Vec<String>),
    /// The packages that it is not.
    NotSame(Vec<PackageId>),
}

impl Fact {
    /// Whether a person may set it as a field of what a package is.
    pub const fn can_be_amended(&self) -> bool {
        !matches!(
            self,
            Self::Standing(_) | Self::MergedInto(_) | Self::Tellings(_) | Self::NotSame(_)
        )
    }

    /// Whether it says nothing: not stated, or no others.
    pub const fn is_empty(&self) -> bool {
        match self {
            Self::Announced(None)
            | Self::Amount(None)
            | Self::Mechanism(None)
            | Self::Sequence(None)
            | Self::MergedInto(None) => true,
            Self::Items(items) => items.is_empty(),
            Self::Tellings(claims) => claims.is_empty(),
            Self::NotSame(packages) => packages.is_empty(),
            _ => false,
        }
    }

    /// The content ids of claims, where it is about tellings.
    pub const fn tellings(&self) -> Option<&Vec<String>> {
        if let Self::Tellings(claims) = self { Some(claims) } else { None }
    }

    /// The name of the field.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Standing(_) => "standing",
            Self::Donors(_) => "donors",
            Self::Recipients(_) => "recipients",
            Self::Announced(_) => "announced",
            Self::Amount(_) => "amount",
            Self::Aid(_) => "aid",
            Self::Stage(_) => "stage",
            Self::Mechanism(_) => "mechanism",
            Self::Sequence(_) => "sequence",
            Self::Items(_) => "items",
            Self::MergedInto(_) => "merged_into",
            Self::Tellings(_) => "tellings",
            Self::NotSame(_) => "not_same",
        }
    }
}

/// What a decision changes in one field of one package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The package.
    pub package: PackageId,
    /// The field as it was.
    pub before: Fact,
    /// The field as it is from then on.
    pub after: Fact,
}

/// A person's decision as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// What was decided.
    #[serde(rename = "decision")]
    pub verdict: Verdict,
    /// What it changes, field by field.
    pub changes: Vec<Change>,
    /// Of undo and redo: the number of the entry that is taken back or stands again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// Of a decision that came from another ledger: the hash of the entry that first recorded it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Of such a decision: the content ids of claims that this ledger held before it, and the first one
    /// did not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<String>,
    /// Why, where the person said so.
    pub reason: Option<String>,
    /// Who ruled.
    pub by: String,
}

impl Ruling {
    /// The packages that it changes, each once, by number.
    pub fn packages(&self) -> Vec<PackageId> {
        let mut packages: Vec<PackageId> =
            self.changes.iter().map(|change| change.package).collect();
        packages.sort_unstable();
        packages.dedup();
        packages
    }

    /// Of an undo: what it changes beside taking a ruling back. Where articles tell a package that was
    /// entered by hand, it stays theirs, and what was typed in goes to another one.
    pub fn lasting(&self) -> Vec<&Change> {
        let is_undone = |package| {
            let undone = Fact::Standing(Standing::Undone);
            self.changes.iter().any(|change| change.package == package && change.after == undone)
        };
        let typed_in = |change: &Change| match (&change.before, &change.after) {
            (Fact::Tellings(before), Fact::Tellings(after)) => {
                before.is_empty() && !after.is_empty() && is_undone(change.package)
            }
            _ => false,
        };
        let moved: Vec<&String> = self
            .changes
            .iter()
            .filter(|change| typed_in(change))
            .filter_map(|change| change.after.tellings())
            .flatten()
            .collect();
        let is_concerned = |package| {
            let of_package = self.changes.iter().filter(|change| change.package == package);
            let mut tellings = of_package
                .filter_map(|change| Some((change.before.tellings()?, change.after.tellings()?)));
            tellings.any(|(before, after)| before.iter().chain(after).any(|id| moved.contains(&id)))
        };
        self.changes.iter().filter(|change| is_concerned(change.package)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_written_under_the_name_of_its_field() {
        for fact in [
            Fact::Standing(Standing::Void),
            Fact::Donors(Vec::new()),
            Fact::Recipients(Vec::new()),
            Fact::Announced(None),
            Fact::Amount(None),
            Fact::Aid(Aid::Mixed),
            Fact::Stage(Stage::Contracted),
            Fact::Mechanism(None),
            Fact::Sequence(None),
            Fact::Items(Vec::new()),
            Fact::MergedInto(None),
            Fact::Tellings(Vec::new()),
            Fact::NotSame(Vec::new()),
        ] {
            let written = serde_json::to_string(&fact).unwrap();
            assert!(written.starts_with(&format!("{{\"{}\":", fact.field())), "{written}");
            assert_eq!(serde_json::from_str::<Fact>(&written).unwrap(), fact);
        }
    }
}

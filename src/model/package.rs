//! The real thing that claims tell of, as the ledger sees it, and the filter that selects it.

use super::{Aid, Amount, CivilDate, DateRange, Item, closed_set};
use serde::{Deserialize, Serialize};

closed_set! {
    /// How far a package has come.
    Stage {
        /// Expected or considered.
        Proposed = "proposed",
        /// Made public by the donor.
        Announced = "announced",
        /// Ordered from industry.
        Contracted = "contracted",
        /// Handed over.
        Delivered = "delivered",
        /// Rejected, withheld, paused.
        Withdrawn = "withdrawn",
    }
}

closed_set! {
    /// Whether a package counts, and why not where it does not.
    Standing {
        /// It counts.
        Accepted = "accepted",
        /// A person has still to decide on it.
        Pending = "pending",
        /// A person said that it is no package.
        Rejected = "rejected",
        /// A person took it out of the totals.
        Void = "void",
        /// It was entered by hand, and that was undone.
        Undone = "undone",
        /// It is part of another package.
        Merged = "merged",
    }
}

/// The ledger's number of a package, written `P12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PackageId(pub u64);

impl std::fmt::Display for PackageId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&format!("P{}", self.0))
    }
}

impl std::str::FromStr for PackageId {
    type Err = super::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.strip_prefix(['P', 'p'])
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .filter(|number| *number > 0)
            .map(Self)
            .ok_or_else(|| super::UnknownWord {
                found: text.to_owned(),
                expected: "a package number such as P12".to_owned(),
            })
    }
}

/// A package as the ledger holds it: one real act of aid, told by one or more claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Its number in the ledger.
    pub id: PackageId,
    /// Who gives. Sorted.
    pub donors: Vec<String>,
    /// Who receives. Sorted.
    pub recipients: Vec<String>,
    /// The day of announcement, as far as known.
    pub announced: Option<CivilDate>,
    /// Its value; `None` where no telling states one.
    pub amount: Option<Amount>,
    /// The kind of help.
    pub aid: Aid,
    /// How far it has come.
    pub stage: Stage,
    /// The legal or budget route.
    pub mechanism: Option<String>,
    /// The ordinal that it bears.
    pub sequence: Option<u32>,
    /// What is in it.
    pub items: Vec<Item>,
    /// Whether it counts; only accepted packages are in totals.
    pub standing: Standing,
    /// The articles that tell it: title, publisher, address or path.
    pub sources: Vec<PackageSource>,
}

impl Package {
    /// Whether totals count it where nobody asks otherwise: it was accepted, it is military help, and
    /// it is neither only proposed nor withdrawn.
    pub fn counts(&self) -> bool {
        self.standing == Standing::Accepted
            && matches!(self.aid, Aid::Military | Aid::Mixed)
            && !matches!(self.stage, Stage::Proposed | Stage::Withdrawn)
    }
}

/// An article that tells a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageSource {
    /// SHA-256 of the article's bytes.
    pub article: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<CivilDate>,
    /// Its web address, else its path.
    pub location: Option<String>,
}

/// Which packages are meant; the same filter drives list, totals, report and export. An empty list
/// selects all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Days of announcement.
    pub dates: DateRange,
    /// Donor codes.
    pub donors: Vec<String>,
    /// Recipient codes.
    pub recipients: Vec<String>,
    /// System ids; a package is meant if one of its items is such a system.
    pub systems: Vec<String>,
    /// Mechanism ids.
    pub mechanisms: Vec<String>,
    /// Stages.
    pub stages: Vec<Stage>,
    /// Currency codes.
    pub currencies: Vec<String>,
    /// Words that a source's title, publisher or location must hold, in any case.
    pub sources: Vec<String>,
    /// Kinds of help.
    pub aids: Vec<Aid>,
}

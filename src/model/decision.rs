//! Where a claim belongs, as it was judged, with the reason.

use super::{Claim, PackageId};
use serde::{Deserialize, Serialize};

/// Where a claim belongs, as matching judged it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placement {
    /// A package that the ledger does not hold yet.
    New {
        /// Why, in a few words that a person can check.
        reason: String,
    },
    /// A further telling of a package that the ledger holds.
    Further {
        /// That package.
        package: PackageId,
        /// Why.
        reason: String,
    },
    /// A person should look.
    Doubtful {
        /// The package that it may be, where there is one.
        package: Option<PackageId>,
        /// What is doubtful.
        reason: String,
    },
}

/// Where a claim belongs, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "kebab-case")]
pub enum Decision {
    /// The claim tells a package of its own.
    New {
        /// Content id of the claim.
        claim: String,
        /// The package that it founds.
        package: PackageId,
        /// Whether a person has still to confirm it.
        pending: bool,
        /// Why.
        reason: String,
        /// Who ruled: `auto` or a person's name.
        by: String,
    },
    /// The claim is a further telling of a package.
    Link {
        /// Content id of the claim.
        claim: String,
        /// The package that it tells.
        package: PackageId,
        /// Why.
        reason: String,
        /// Who ruled: `auto` or a person's name.
        by: String,
    },
    /// A package as a person typed it in, with the quoted sentence as its evidence.
    Enter {
        /// The package that it tells.
        package: PackageId,
        /// What the person typed, as a claim.
        claim: Box<Claim>,
        /// The quoted sentence.
        quote: Option<String>,
        /// The address of the source.
        source: Option<String>,
        /// Why it tells this one, where it founds none or may be another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        /// Who entered it.
        by: String,
    },
}

impl Decision {
    /// The package that the claim tells.
    pub const fn package(&self) -> PackageId {
        match self {
            Self::New { package, .. }
            | Self::Link { package, .. }
            | Self::Enter { package, .. } => *package,
        }
    }
}

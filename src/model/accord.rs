//! How the tellings of a package agree, field by field, with what the ledger shows.

use super::{Fact, closed_set};

closed_set! {
    /// How what one telling says of a field stands to what the package shows.
    Accord {
        /// It says the same.
        Same = "same",
        /// It can mean the same: less exact, or rounded.
        Agrees = "agrees",
        /// It is in another currency, and no rate of the day tells, or not clearly.
        OtherCurrency = "other currency",
        /// It contradicted it until another telling took it back.
        Corrected = "corrected",
        /// It contradicts it.
        Conflicts = "conflicts",
    }
}

closed_set! {
    /// Why of several sums that tellings state the package shows this one.
    Why {
        /// Its source is official, that of the others is not.
        Official = "an official source",
        /// A news agency states it, and none of the others does.
        Agency = "a news agency",
        /// It is in the money of one who gives.
        OwnMoney = "in the giver's money",
        /// It corrects what was told before.
        Correction = "a correction",
        /// It is more exact.
        Exact = "the more exact",
        /// The others are only recalled.
        Direct = "told, not recalled",
        /// Its article is the later one.
        Later = "the later article",
    }
}

/// What one telling says of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which telling, counted from 0.
    pub telling: usize,
    /// What it says.
    pub value: Fact,
    /// How that stands to what the package shows.
    pub accord: Accord,
}

/// A field of a package beside what its tellings say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldTold {
    /// What the package shows: the value taken by the written rule, or a person's.
    pub value: Fact,
    /// Whether a person set it, above what is told.
    pub amended: bool,
    /// Why it is this one, where tellings state several.
    pub why: Option<Why>,
    /// What each telling says that says anything of it.
    pub said: Vec<Said>,
}

impl FieldTold {
    /// Whether a telling contradicts what the package shows, and no person has ruled on it.
    pub fn is_conflict(&self) -> bool {
        !self.amended && self.said.iter().any(|said| said.accord == Accord::Conflicts)
    }
}

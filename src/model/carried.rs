//! Persons' decisions as they go from one ledger to another, where packages have other numbers: each
//! package is named by the claims that tell it, and each claim by its article and by what it says.

use super::{Amount, CivilDate, Claim, Fact, Span};
use serde::{Deserialize, Serialize};

/// What a carried decision is called that records a package which a person typed in; all others are
/// called as their verdict is.
pub const ENTER: &str = "enter";

/// A person's decision that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// The hash of the entry that first recorded it, by which every ledger knows it again.
    pub id: String,
    /// What was decided: [`ENTER`] or a verdict.
    pub decision: String,
    /// The packages that it is about, each by the claims that tell it. Of a merge the first is that of
    /// which the others become part; of a split the second is what is split off from the first.
    pub packages: Vec<Vec<Pointer>>,
    /// The claims that told others there by then, though they may well tell one with these: what was read
    /// later would have joined them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<Pointer>,
    /// The claims like these that were read there after it: whoever decided had not seen them, so what was
    /// decided is looked at where they are placed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<Pointer>,
    /// Of an amendment: the fields as they are from then on. Of a split: whether each package
    /// counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// Of an entry by hand: what was typed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered: Option<Entered>,
    /// Why, where the person said so.
    pub reason: Option<String>,
    /// Who decided.
    pub by: String,
    /// When.
    pub recorded_at: String,
}

/// A package as a person typed it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// What it says.
    pub claim: Claim,
    /// The quoted sentence.
    pub quote: Option<String>,
    /// The address of the source.
    pub source: Option<String>,
}

/// Says which claim is meant, by all that stays the same where its article is read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    /// The claim's content id.
    pub claim: String,
    /// Where its article was read, for people.
    pub place: Option<String>,
    /// SHA-256 of the article's bytes; `None` where it was entered by hand.
    pub article: Option<String>,
    /// The hash of what the article says.
    pub content: Option<String>,
    /// Who gives.
    pub donors: Vec<String>,
    /// Who receives.
    pub recipients: Vec<String>,
    /// The day of announcement.
    pub announced: Option<CivilDate>,
    /// Its value.
    pub amount: Option<Amount>,
    /// Where the words stand that prove what is given, and the words.
    pub evidence: Vec<(Span, String)>,
    /// Of a claim that was read after a decision: the last of them that it was read after, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

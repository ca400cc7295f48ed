//! What one article says of one package, and what else was found or not understood in it.

use super::{Amount, CivilDate, Item, Span, closed_set};
use serde::{Deserialize, Serialize};

closed_set! {
    /// What kind of help an amount pays for.
    Aid {
        /// Arms, equipment, ammunition, or money for them, given to armed forces.
        Military = "military",
        /// Budget support, loans, reconstruction.
        Financial = "financial",
        /// Food, shelter, medical help for civilians.
        Humanitarian = "humanitarian",
        /// One amount for military and other help.
        Mixed = "mixed",
    }
}

closed_set! {
    /// How far the package had come when the article told it.
    Status {
        /// Expected, considered, told by unnamed sources.
        Proposed = "proposed",
        /// Official: announced, authorised, approved, pledged.
        Announced = "announced",
        /// The news is the handover.
        Delivered = "delivered",
        /// Rejected, withheld, paused.
        Withdrawn = "withdrawn",
        /// Only recalled as background.
        Past = "past",
    }
}

/// How likely a claim is to be right in donor, amount, currency and status: thousandths, 0 to 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Confidence(pub u16);

impl Confidence {
    /// As a number from 0 to 1 with up to three decimals.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0.min(1000)) / 1000.0
    }
}

/// The words that prove one field of a claim, and the rule that read them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// `donor`, `recipient`, `amount`, `announced`, `status`, `mechanism`, `sequence`, `aid`,
    /// `contracted`, `recalls`, `corrects`, or `item:N` with N counting the claim's items from 0.
    pub field: String,
    /// Where the words stand in the article's text.
    #[serde(flatten)]
    pub span: Span,
    /// The words: exactly the text under the span.
    pub quote: String,
    /// The name of the rule that read them.
    pub rule: String,
}

/// What one article says of one package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Who gives: ISO 3166 codes, or EU, NATO, G7, COALITION. Sorted.
    pub donors: Vec<String>,
    /// Who receives: ISO 3166 codes. Sorted.
    pub recipients: Vec<String>,
    /// The day on which the donor made the package public, as far as the article tells.
    pub announced: Option<CivilDate>,
    /// Its value; `None` where not stated.
    pub amount: Option<Amount>,
    /// The kind of help.
    pub aid: Aid,
    /// How far it has come.
    pub status: Status,
    /// The legal or budget route: the lexicon's id.
    pub mechanism: Option<String>,
    /// The ordinal that the package itself bears.
    pub sequence: Option<u32>,
    /// What is in it.
    pub items: Vec<Item>,
    /// How likely the claim is to be right.
    pub confidence: Confidence,
    /// The words that prove each field.
    pub evidence: Vec<Evidence>,
    /// Whether it goes on with the package of the claim before it: the next row of a spreadsheet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub continues: bool,
    /// The day on which it was ordered from industry, where the article tells so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contracted: Option<CivilDate>,
    /// When, as the text says, what is now handed over or given up was announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalls: Option<CivilDate>,
    /// What of an earlier text it corrects, where it says that it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Correction>,
}

/// That a text says to correct one that was read elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The sum that it takes back, where it tells one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
}

impl Correction {
    /// Whether it takes this sum back.
    pub fn takes_back(&self, amount: Option<Amount>) -> bool {
        matches!((self.amount, amount), (Some(taken), Some(amount))
            if taken.currency == amount.currency
                && taken.bounds.figure() == amount.bounds.figure())
    }
}

/// A sum over several packages or over a period that an article states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlTotal {
    /// Who gave it.
    pub donors: Vec<String>,
    /// Who received it.
    pub recipient: Option<String>,
    /// The stated sum.
    pub amount: Amount,
    /// The day from which it counts, where told.
    pub since: Option<CivilDate>,
    /// The words that state it.
    pub evidence: Evidence,
}

/// Something that looks like aid and became neither a package nor a total, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Why it is no package, or which role is missing: a name such as `appropriation`,
    /// `conversion`, `no-donor`.
    pub reason: String,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The words.
    pub quote: String,
}

/// All that was read from one article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extraction {
    /// What it says of packages, in order of their first telling.
    pub claims: Vec<Claim>,
    /// The cumulative figures that it states.
    pub control_totals: Vec<ControlTotal>,
    /// What looks like aid and was not taken, with the reason.
    pub gaps: Vec<Gap>,
}

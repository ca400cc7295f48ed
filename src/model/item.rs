//! A line of a package: a system or another kind of materiel, with its quantity.

use super::{Bounds, Span};
use serde::{Deserialize, Serialize};

/// A line of a package.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Item {
    /// The lexicon's id of the system, where it is a known one.
    pub system: Option<String>,
    /// The lexicon's name of the system, else the words of the text without its quantity.
    pub name: String,
    /// The words of the text.
    pub text: String,
    /// The lexicon's class of materiel.
    pub class: Option<String>,
    /// How many; `None` where not stated.
    pub quantity: Option<Bounds>,
    /// What is counted where it is not the thing itself: rounds, sets, tonnes.
    pub unit: Option<String>,
    /// Where it stands in the article.
    pub evidence: Span,
}

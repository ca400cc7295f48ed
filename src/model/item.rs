//! A line of a package: a system or another kind of materiel, with its quantity.

use super::{Bounds, Span, closed_set};
use serde::{Deserialize, Serialize};

closed_set! {
    /// As what things are counted: numbers of different ones are never added.
    Counted {
        /// Guns, launchers, air-defence systems.
        Launchers = "launchers",
        /// Ammunition, missiles, mines.
        Rounds = "rounds",
        /// Armour and other vehicles.
        Vehicles = "vehicles",
        /// Aeroplanes and helicopters.
        Aircraft = "aircraft",
        /// Drones that come back.
        Drones = "drones",
        /// Ships and boats.
        Vessels = "vessels",
        /// Small arms.
        Firearms = "firearms",
        /// All else, and what is of no known class.
        Other = "other",
    }
}

/// What an item adds to where numbers are added: only the same things in the same unit are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thing {
    /// As what it is counted.
    pub counted: Counted,
    /// What it is called: the system, else the class, else the words of the text.
    pub name: String,
    /// What is counted where it is neither the thing itself nor what things of its kind are counted as.
    pub unit: Option<String>,
}

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
    /// The classes above that one, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// How many; `None` where not stated.
    pub quantity: Option<Bounds>,
    /// What is counted where it is not the thing itself: rounds, sets, tonnes.
    pub unit: Option<String>,
    /// Where it stands in the article.
    pub evidence: Span,
}

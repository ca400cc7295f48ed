//! What the program knows, loaded from the tables in `lexicon/`: systems, common nouns for
//! materiel, actors, currencies, mechanisms and the cues of languages.

pub mod token;
pub mod label;
pub mod grade;
pub mod entry;
pub mod table;
pub mod matcher;
pub mod publisher;
mod builtin;
mod classes;
mod load;
mod lookup;
#[cfg(test)]
mod tests;

pub use builtin::BUILTIN;
pub use entry::{
    ActorForm, ActorKind, Class, Conflict, Cue, CurrencyForm, Materiel, Mechanism, PartyKind,
    PartyLine, Role, System,
};
pub use grade::Grade;
pub use label::{Inflection, Label};
pub use load::{NAMES, is_table};
pub use matcher::{Form, Hit, KnownToken, Matcher, Meaning};
pub use publisher::{PublisherLine, PublisherPart};
pub use table::{LexiconError, Table};

use crate::model::{Counted, Currency};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::OnceLock;

/// All that the program knows.
#[derive(Debug, Default)]
pub struct Lexicon {
    classes: Vec<Class>,
    class_numbers: HashMap<String, usize>,
    counted: HashMap<String, Counted>,
    units: HashMap<String, String>,
    systems: Vec<System>,
    materiel: Vec<Materiel>,
    actors: Vec<ActorForm>,
    actor_names: HashMap<String, usize>,
    currencies: Vec<CurrencyForm>,
    group_currencies: HashMap<(String, String), Currency>,
    greatest_sums: HashMap<Currency, Decimal>,
    mechanisms: Vec<Mechanism>,
    conflicts: Vec<Conflict>,
    parties: Vec<PartyLine>,
    publishers: Vec<PublisherLine>,
    cues: Vec<Cue>,
    matcher: Matcher,
    fingerprint: String,
}

impl Lexicon {
    /// The lexicon that ships inside the program. A fault in its tables, which the tests exclude,
    /// leaves it empty rather than stopping the program.
    pub fn builtin() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Self::load(&BUILTIN).unwrap_or_default())
    }

    /// The lexicon that ships, with a user's own tables over it.
    pub fn with_own(own: &[Table<'_>]) -> Result<Self, LexiconError> {
        Self::load(&[&BUILTIN, own].concat())
    }

    /// What tells this lexicon from any other: the first 16 hexadecimal digits of the SHA-256 over
    /// the names and texts of its tables, in order.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

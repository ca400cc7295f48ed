//! What the program knows, loaded from the tables in `lexicon/`: systems, common nouns for
//! materiel, actors, currencies, mechanisms and the cues of languages.

pub mod token;
pub mod label;
pub mod entry;
pub mod table;
pub mod matcher;
mod builtin;
mod classes;
mod load;
mod lookup;

pub use builtin::BUILTIN;
pub use entry::{
    ActorForm, ActorKind, Class, Conflict, Cue, CurrencyForm, Materiel, Mechanism, Role, System,
};
pub use label::{Inflection, Label};
pub use load::is_table;
pub use matcher::{Form, Hit, KnownToken, Matcher, Meaning};
pub use table::{LexiconError, Table};

use crate::model::Currency;
use std::collections::HashMap;
use std::sync::OnceLock;

/// All that the program knows.
#[derive(Debug, Default)]
pub struct Lexicon {
    classes: Vec<Class>,
    class_numbers: HashMap<String, usize>,
    systems: Vec<System>,
    materiel: Vec<Materiel>,
    actors: Vec<ActorForm>,
    currencies: Vec<CurrencyForm>,
    group_currencies: HashMap<(String, String), Currency>,
    mechanisms: Vec<Mechanism>,
    conflicts: Vec<Conflict>,
    cues: Vec<Cue>,
    matcher: Matcher,
}

impl Lexicon {
    /// The lexicon that ships inside the program. A fault in its tables, which the tests exclude,
    /// leaves it empty rather than stopping the program.
    pub fn builtin() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Self::load(&BUILTIN).unwrap_or_default())
    }
}

//! The item that a cell names, as the lexicon knows it. The number of things stands in a cell of its
//! own; digits in the name ("7-72 tanks") are none.

use crate::lexicon::{Lexicon, Role};
use crate::mentions::{self, ItemMention};
use crate::model::{Bounds, Item, Span};
use crate::text::{self, Hint};
use std::collections::HashMap;

/// Reads names of items, each name once.
pub(super) struct Names<'a> {
    lexicon: &'a Lexicon,
    known: HashMap<String, (Option<String>, Option<String>)>,
}

impl<'a> Names<'a> {
    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        Self { lexicon, known: HashMap::new() }
    }

    /// The item of this name; `evidence` is the row.
    pub(super) fn item(&mut self, name: &str, quantity: Option<Bounds>, evidence: Span) -> Item {
        let lexicon = self.lexicon;
        let (system, class) =
            self.known.entry(name.to_owned()).or_insert_with(|| look_up(lexicon, name)).clone();
        let known = system
            .as_deref()
            .and_then(|id| lexicon.systems().iter().find(|system| system.id == id));
        Item {
            name: known.map_or_else(|| name.to_owned(), |system| system.name.clone()),
            system,
            text: name.to_owned(),
            class,
            quantity,
            unit: None,
            evidence,
        }
    }
}

fn look_up(lexicon: &Lexicon, name: &str) -> (Option<String>, Option<String>) {
    // A sentence of its own, so that a name of one word is no heading.
    let Ok(article) = text::read(format!("2 {name}.").as_bytes(), &Hint::default()) else {
        return (None, None);
    };
    let segments = text::segment(&article);
    let sentences = mentions::find(lexicon, &article, &segments);
    let found: Option<&ItemMention> = sentences.iter().flat_map(|one| &one.items).next();
    let Some(found) = found else { return (None, None) };
    let is_itself = matches!(found.role, Role::Item | Role::Head | Role::Modifier);
    let system = found.system.filter(|_| is_itself);
    (system.map(|number| lexicon.system_at(number).id.clone()), found.class.clone())
}

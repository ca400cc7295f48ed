//! The items that a cell names, as the lexicon knows them. Where the number of things stands in a cell of
//! its own, digits in the name ("7-72 tanks") are none.

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

    /// The items of a cell that has their numbers too, with semicolons between them: "19 howitzers; 4 tanks".
    pub(super) fn listed(&mut self, cell: &str, evidence: Span) -> Vec<Item> {
        let parts = cell.split(';').map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| self.counted(part, evidence)).collect()
    }

    /// An item with the number that its words say.
    fn counted(&mut self, words: &str, evidence: Span) -> Item {
        let Some(found) = first_item(self.lexicon, &format!("{words}.")) else {
            return self.item(words, None, evidence);
        };
        let name = if found.quantity.is_some() { found.name.as_str() } else { words };
        let item = self.item(name, found.quantity, evidence);
        Item { text: words.to_owned(), unit: found.unit, ..item }
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
            kinds: lexicon.kinds(class.as_deref()),
            class,
            quantity,
            unit: None,
            evidence,
        }
    }
}

fn look_up(lexicon: &Lexicon, name: &str) -> (Option<String>, Option<String>) {
    // A sentence of its own, so that a name of one word is no heading.
    let Some(found) = first_item(lexicon, &format!("2 {name}.")) else { return (None, None) };
    let is_itself = matches!(found.role, Role::Item | Role::Head | Role::Modifier);
    let system = found.system.filter(|_| is_itself);
    (system.map(|number| lexicon.system_at(number).id.clone()), found.class)
}

fn first_item(lexicon: &Lexicon, sentence: &str) -> Option<ItemMention> {
    let article = text::read(sentence.as_bytes(), &Hint::default()).ok()?;
    let segments = text::segment(&article);
    mentions::find(lexicon, &article, &segments).into_iter().flat_map(|one| one.items).next()
}

//! What the program knows, loaded from the tables in `lexicon/`: systems, common nouns for
//! materiel, actors, currencies, mechanisms and the cues of languages.

pub mod token;
pub mod label;
pub mod load;
pub mod matcher;

pub use label::{Inflection, Label};
pub use load::LexiconError;
pub use matcher::{Form, Hit, KnownToken, Matcher, Meaning};

use crate::model::{CivilDate, Currency, closed_set};
use load::{Row, Table};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A class of materiel in the tree of classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Its id.
    pub id: String,
    /// The id of the class above it.
    pub parent: Option<String>,
    /// The Kiel Ukraine Support Tracker's type, inherited where the line has none.
    pub kiel: Option<String>,
    /// What people read.
    pub name: String,
}

/// A named system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct System {
    /// Its id, a slug.
    pub id: String,
    /// Its class.
    pub class: String,
    /// ISO code of the maker's country.
    pub origin: Option<String>,
    /// Its standard designation.
    pub name: String,
    /// Other spellings, as written in the lexicon.
    pub forms: Vec<String>,
    /// Where designation and class come from.
    pub source: String,
}

closed_set! {
    /// What part a common noun plays in the name of an item.
    Role {
        /// Names an item by itself.
        Item = "item",
        /// Names an item with a word before it.
        Head = "head",
        /// Too general to be asked for.
        Vague = "vague",
        /// Ammunition for what stands before it.
        Ammunition = "ammunition",
        /// A part of something.
        Part = "part",
        /// What is counted instead of the thing.
        Unit = "unit",
        /// Belongs to an item's name.
        Modifier = "modifier",
    }
}

/// A common noun for materiel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Materiel {
    /// The noun.
    pub form: String,
    /// Its class, where it has one.
    pub class: Option<String>,
    /// Its part in an item's name.
    pub role: Role,
}

closed_set! {
    /// How a form stands for an actor.
    ActorKind {
        /// The state's or organisation's name.
        Name = "name",
        /// The adjective or its people.
        Adjective = "adjective",
        /// The capital.
        Capital = "capital",
        /// A ministry, a residence, an agency.
        Office = "office",
        /// Its armed forces.
        Forces = "forces",
        /// An office-holder.
        Person = "person",
        /// An organisation.
        Body = "body",
    }
}

/// A form that stands for an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorForm {
    /// ISO code of the state, or the code of the organisation.
    pub code: String,
    /// How the form stands for it.
    pub kind: ActorKind,
    /// The form.
    pub form: String,
    /// The first day on which it does.
    pub from: Option<CivilDate>,
    /// The last day on which it does.
    pub until: Option<CivilDate>,
    /// Whether it is the name to show to people.
    pub is_standard: bool,
}

/// A currency, or a group of currencies of one name (`*dollar`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencyForm {
    /// ISO 4217 code, or the group's name with a star.
    pub code: String,
    /// Whether it is a sign such as `$`, which may stand before the number without a space.
    pub symbol: bool,
}

/// A legal or budget route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mechanism {
    /// Its id.
    pub id: String,
    /// Whose route it is, where it is one donor's.
    pub donor: Option<String>,
}

/// A cue of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// What it means to the rules.
    pub label: Label,
    /// Its number, where it has one.
    pub value: Option<Decimal>,
}

/// All that the program knows.
#[derive(Debug, Default)]
pub struct Lexicon {
    classes: Vec<Class>,
    systems: Vec<System>,
    materiel: Vec<Materiel>,
    actors: Vec<ActorForm>,
    currencies: Vec<CurrencyForm>,
    group_currencies: HashMap<(String, String), Currency>,
    mechanisms: Vec<Mechanism>,
    conflicts: Vec<(String, String)>,
    cues: Vec<Cue>,
    matcher: Matcher,
}

/// The texts of the tables.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// `classes.tsv`
    pub classes: &'a str,
    /// `systems.tsv`
    pub systems: &'a str,
    /// `materiel.tsv`
    pub materiel: &'a str,
    /// `actors.tsv`
    pub actors: &'a str,
    /// `currencies.tsv`
    pub currencies: &'a str,
    /// `mechanisms.tsv`
    pub mechanisms: &'a str,
    /// `conflicts.tsv`
    pub conflicts: &'a str,
    /// The files of `lang/`: name and text.
    pub languages: &'a [(&'a str, &'a str)],
}

/// The tables that ship inside the program.
pub const BUILTIN: Tables<'static> = Tables {
    classes: include_str!("../../lexicon/classes.tsv"),
    systems: include_str!("../../lexicon/systems.tsv"),
    materiel: include_str!("../../lexicon/materiel.tsv"),
    actors: include_str!("../../lexicon/actors.tsv"),
    currencies: include_str!("../../lexicon/currencies.tsv"),
    mechanisms: include_str!("../../lexicon/mechanisms.tsv"),
    conflicts: include_str!("../../lexicon/conflicts.tsv"),
    languages: &[("lang/en.tsv", include_str!("../../lexicon/lang/en.tsv"))],
};

impl Lexicon {
    /// The lexicon that ships inside the program. A fault in its tables, which the tests exclude,
    /// leaves it empty rather than stopping the program.
    pub fn builtin() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Self::load(&BUILTIN).unwrap_or_default())
    }

    /// Loads a lexicon from its tables.
    pub fn load(tables: &Tables<'_>) -> Result<Self, LexiconError> {
        let mut lexicon = Self::default();
        lexicon.load_classes(Table { file: "classes.tsv", text: tables.classes })?;
        lexicon.load_systems(Table { file: "systems.tsv", text: tables.systems })?;
        lexicon.load_materiel(Table { file: "materiel.tsv", text: tables.materiel })?;
        lexicon.load_actors(Table { file: "actors.tsv", text: tables.actors })?;
        lexicon.load_currencies(Table { file: "currencies.tsv", text: tables.currencies })?;
        lexicon.load_mechanisms(Table { file: "mechanisms.tsv", text: tables.mechanisms })?;
        let conflicts = Table { file: "conflicts.tsv", text: tables.conflicts };
        for row in conflicts.rows::<3>()? {
            let [enemy, receiver, _source] = row.cells;
            lexicon.conflicts.push((enemy.to_owned(), receiver.to_owned()));
        }
        for (file, text) in tables.languages {
            lexicon.load_cues(Table { file, text })?;
        }
        Ok(lexicon)
    }

    fn load_classes(&mut self, table: Table<'_>) -> Result<(), LexiconError> {
        let rows: Vec<Row<'_, 4>> = table.rows()?;
        for row in &rows {
            let [id, parent, kiel, name] = row.cells;
            if !parent.is_empty() && !rows.iter().any(|row| row.cells[0] == parent) {
                return Err(row.error(format!("parent \"{parent}\", expected a class id")));
            }
            self.classes.push(Class {
                id: id.to_owned(),
                parent: filled(parent),
                kiel: filled(kiel),
                name: name.to_owned(),
            });
        }
        Ok(())
    }

    fn load_systems(&mut self, table: Table<'_>) -> Result<(), LexiconError> {
        for row in table.rows::<6>()? {
            let [id, class, origin, name, forms, source] = row.cells;
            self.check_class(&row, class)?;
            let meaning = Meaning::System(index(self.systems.len()));
            let forms: Vec<String> =
                forms.split('|').filter(|form| !form.is_empty()).map(str::to_owned).collect();
            let ambiguous_name = forms.iter().any(|form| form.strip_prefix('?') == Some(name));
            if !ambiguous_name {
                self.matcher.add(name, meaning, 0);
            }
            for form in &forms {
                self.matcher.add(form, meaning, 0);
            }
            self.systems.push(System {
                id: id.to_owned(),
                class: class.to_owned(),
                origin: filled(origin),
                name: name.trim_start_matches('?').to_owned(),
                forms,
                source: source.to_owned(),
            });
        }
        Ok(())
    }

    fn load_materiel(&mut self, table: Table<'_>) -> Result<(), LexiconError> {
        for row in table.rows::<4>()? {
            let [form, class, role, _note] = row.cells;
            if !class.is_empty() {
                self.check_class(&row, class)?;
            }
            let role: Role = role.parse().map_err(|error| row.error(error))?;
            self.matcher.add(form, Meaning::Materiel(index(self.materiel.len())), 0);
            let form = form.trim_start_matches('?').to_owned();
            self.materiel.push(Materiel { form, class: filled(class), role });
        }
        Ok(())
    }

    fn load_actors(&mut self, table: Table<'_>) -> Result<(), LexiconError> {
        for row in table.rows::<6>()? {
            let [code, kind, form, from, until, source] = row.cells;
            let date = |text: &str| -> Result<Option<CivilDate>, LexiconError> {
                filled(text).map(|text| text.parse().map_err(|error| row.error(error))).transpose()
            };
            let kind: ActorKind = kind.parse().map_err(|error| row.error(error))?;
            self.matcher.add(form, Meaning::Actor(index(self.actors.len())), 0);
            self.actors.push(ActorForm {
                code: code.to_owned(),
                kind,
                form: form.trim_start_matches('?').to_owned(),
                from: date(from)?,
                until: date(until)?,
                is_standard: source == "standard",
            });
        }
        Ok(())
    }

    fn load_currencies(&mut self, table: Table<'_>) -> Result<(), LexiconError> {
        for row in table.rows::<3>()? {
            let [code, kind, form] = row.cells;
            match kind {
                "of" => {
                    let currency = code.parse().map_err(|error| row.error(error))?;
                    let (group, country) = form.split_once('/').unwrap_or((form, ""));
                    let country = if country == "-" { "" } else { country };
                    self.group_currencies.insert((group.to_owned(), country.to_owned()), currency);
                }
                "code" | "name" | "symbol" => {
                    let meaning = Meaning::Currency(index(self.currencies.len()));
                    self.matcher.add(form, meaning, 0);
                    let symbol = kind != "name";
                    self.currencies.push(CurrencyForm { code: code.to_owned(), symbol });
                }
                _ => return Err(row.error(format!("\"{kind}\", expected code, name, symbol, of"))),
            }
        }
        Ok(())
    }

    fn load_mechanisms(&mut self, table: Table<'_>) -> Result<(), LexiconError> {
        for row in table.rows::<4>()? {
            let [id, donor, form, _note] = row.cells;
            self.matcher.add(form, Meaning::Mechanism(index(self.mechanisms.len())), 0);
            self.mechanisms.push(Mechanism { id: id.to_owned(), donor: filled(donor) });
        }
        Ok(())
    }

    fn load_cues(&mut self, table: Table<'_>) -> Result<(), LexiconError> {
        for row in table.rows::<3>()? {
            let [label, forms, value] = row.cells;
            let label: Label = label.parse().map_err(|error| row.error(error))?;
            let value = filled(value)
                .map(|text| text.parse::<Decimal>().map_err(|error| row.error(error)))
                .transpose()?;
            let meaning = Meaning::Cue(index(self.cues.len()));
            for (slot, form) in forms.split('|').enumerate() {
                self.matcher.add(form, meaning, u8::try_from(slot).unwrap_or(u8::MAX));
            }
            self.cues.push(Cue { label, value });
        }
        Ok(())
    }

    fn check_class<const N: usize>(
        &self,
        row: &Row<'_, N>,
        class: &str,
    ) -> Result<(), LexiconError> {
        match self.class(class) {
            Some(_) => Ok(()),
            None => Err(row.error(format!("class \"{class}\", expected an id of classes.tsv"))),
        }
    }

    /// Whether `code` is at war with `receiver`.
    pub fn is_enemy(&self, code: &str, receiver: &str) -> bool {
        self.conflicts.iter().any(|(enemy, of)| enemy == code && of == receiver)
    }

    /// Whether somebody is at war with `code`, so that articles mostly name it as a receiver.
    pub fn is_attacked(&self, code: &str) -> bool {
        self.conflicts.iter().any(|(_, receiver)| receiver == code)
    }

    /// The matcher of all forms.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// The class with this id; the table is in the order of its ids.
    pub fn class(&self, id: &str) -> Option<&Class> {
        let number = self.classes.binary_search_by(|class| class.id.as_str().cmp(id)).ok()?;
        self.classes.get(number)
    }

    /// All named systems, by id.
    pub fn systems(&self) -> &[System] {
        &self.systems
    }

    /// All forms of actors, by code.
    pub fn actors(&self) -> &[ActorForm] {
        &self.actors
    }

    /// All mechanisms, a line a form.
    pub fn mechanisms(&self) -> &[Mechanism] {
        &self.mechanisms
    }

    /// The system that a match stands for.
    pub fn system_at(&self, number: u32) -> &System {
        &self.systems[number as usize]
    }

    /// The common noun that a match stands for.
    pub fn materiel_at(&self, number: u32) -> &Materiel {
        &self.materiel[number as usize]
    }

    /// The actor's form that a match stands for.
    pub fn actor_at(&self, number: u32) -> &ActorForm {
        &self.actors[number as usize]
    }

    /// The currency that a match stands for.
    pub fn currency_at(&self, number: u32) -> &CurrencyForm {
        &self.currencies[number as usize]
    }

    /// Whether there is a currency of this ISO 4217 code.
    pub fn has_currency(&self, code: &str) -> bool {
        self.currencies.iter().any(|currency| currency.code == code)
    }

    /// The mechanism that a match stands for.
    pub fn mechanism_at(&self, number: u32) -> &Mechanism {
        &self.mechanisms[number as usize]
    }

    /// The cue that a match stands for.
    pub fn cue_at(&self, number: u32) -> Cue {
        self.cues[number as usize]
    }

    /// The currency that a group's name (`*dollar`) means when `donor` pays.
    pub fn group_currency(&self, group: &str, donor: Option<&str>) -> Option<Currency> {
        let of = |country: &str| {
            self.group_currencies.get(&(group.to_owned(), country.to_owned())).copied()
        };
        donor.and_then(of).or_else(|| of(""))
    }

    /// The name of an actor for people: the one that the lexicon marks as its standard name.
    pub fn actor_name(&self, code: &str) -> Option<&str> {
        let of_code = || self.actors.iter().filter(|actor| actor.code == code);
        of_code()
            .find(|actor| actor.is_standard)
            .or_else(|| of_code().find(|a| matches!(a.kind, ActorKind::Name | ActorKind::Body)))
            .map(|actor| actor.form.as_str())
    }

    /// The code of the actor that a person means by a code or a name, in any case.
    pub fn actor_code(&self, word: &str) -> Option<&str> {
        let named = |actor: &&ActorForm| {
            matches!(actor.kind, ActorKind::Name | ActorKind::Body)
                && actor.form.eq_ignore_ascii_case(word)
        };
        self.actors
            .iter()
            .find(|actor| actor.code.eq_ignore_ascii_case(word))
            .or_else(|| self.actors.iter().find(named))
            .map(|actor| actor.code.as_str())
    }
}

fn filled(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_that_ships_loads() {
        if let Err(error) = Lexicon::load(&BUILTIN) {
            panic!("{error}");
        }
    }

    #[test]
    fn a_fault_names_file_and_line() {
        let tables = Tables { classes: "id\tparent\tkiel\tname\na\tb\t-\tA\n", ..BUILTIN };
        let error = Lexicon::load(&tables).unwrap_err();
        assert_eq!(error.to_string(), "classes.tsv:2: parent \"b\", expected a class id");
    }
}

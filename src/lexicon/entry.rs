//! The entries of the tables: what one line of each says.

use super::Label;
use crate::model::{CivilDate, closed_set};
use rust_decimal::Decimal;

/// A class of materiel in the tree of classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Its id.
    pub id: String,
    /// The id of the class above it.
    pub parent: Option<String>,
    /// The Kiel Ukraine Support Tracker's type, its own or the nearest parent's.
    pub kiel: Option<String>,
    /// The class of its ammunition, where it has one.
    pub ammunition: Option<String>,
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
    /// Whether it is a thing of civil life too, or the word has other meanings: bridge, car, mine.
    pub is_everyday: bool,
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
        /// Its police or border guard: they can receive, but help for them is no military aid.
        Police = "police",
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
    /// How it is written.
    pub form: String,
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
    /// Who receives by it, where it is for one alone.
    pub recipient: Option<String>,
}

/// Two that are at war with each other, as far as military aid is told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Who gives the receiver nothing.
    pub enemy: String,
    /// Who is helped against it.
    pub receiver: String,
}

closed_set! {
    /// What an actor is to military aid.
    PartyKind {
        /// A state.
        State = "state",
        /// States that give as one: the EU.
        Union = "union",
        /// States that act together: NATO, a coalition.
        Group = "group",
        /// A body whose money is no military aid.
        Other = "other",
        /// A name that only holds a state's name.
        Name = "name",
    }
}

/// What an actor is, where it is no plain state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyLine {
    /// Its code.
    pub code: String,
    /// What it is.
    pub kind: PartyKind,
    /// Whether it is given military aid.
    pub receives: bool,
}

/// A cue of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// What it means to the rules.
    pub label: Label,
    /// Its number, where it has one.
    pub value: Option<Decimal>,
}

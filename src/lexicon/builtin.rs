//! The tables that ship inside the program.

use super::Table;

/// A table that ships, by its name below `lexicon/`.
macro_rules! shipped {
    ($name:literal) => {
        Table::shipped($name, include_str!(concat!("../../lexicon/", $name)))
    };
}

/// The tables that ship inside the program.
pub const BUILTIN: [Table<'static>; 12] = [
    shipped!("classes.tsv"),
    shipped!("counted.tsv"),
    shipped!("units.tsv"),
    shipped!("systems.tsv"),
    shipped!("materiel.tsv"),
    shipped!("actors.tsv"),
    shipped!("currencies.tsv"),
    shipped!("mechanisms.tsv"),
    shipped!("conflicts.tsv"),
    shipped!("parties.tsv"),
    shipped!("publishers.tsv"),
    shipped!("lang/en.tsv"),
];

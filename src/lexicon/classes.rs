//! The tree of classes: what a class takes from those above it.

use super::load::filled;
use super::table::{Layout, LexiconError, Row};
use super::{Class, Lexicon, Role};
use crate::model::Counted;
use std::collections::HashMap;

pub(super) const LAYOUT: Layout<5> =
    Layout { columns: ["id", "parent", "kiel", "ammunition", "name"], key: &[0], is_unique: true };

pub(super) const COUNTED: Layout<2> =
    Layout { columns: ["class", "counted"], key: &[0], is_unique: true };

pub(super) const UNITS: Layout<2> =
    Layout { columns: ["form", "name"], key: &[0], is_unique: true };

/// In the column `ammunition`: what is of this class is ammunition itself.
const ITSELF: &str = "=";

impl Lexicon {
    /// Takes in the classes, each with what it inherits.
    pub(super) fn fill_classes(&mut self, rows: &[Row<'_, 5>]) -> Result<(), LexiconError> {
        let by_id: HashMap<&str, &Row<'_, 5>> =
            rows.iter().map(|row| (row.cells[0], row)).collect();
        for row in rows {
            let [id, parent, _, ammunition, name] = row.cells;
            if !ammunition.is_empty() && ammunition != ITSELF && !by_id.contains_key(ammunition) {
                return Err(row.error(format!("ammunition \"{ammunition}\", expected a class id")));
            }
            let line = line_of(&by_id, row)?;
            let kiel = line.iter().map(|row| row.cells[2]).find(|kiel| !kiel.is_empty());
            self.class_numbers.insert(id.to_owned(), self.classes.len());
            self.classes.push(Class {
                id: id.to_owned(),
                parent: filled(parent),
                kiel: kiel.map(str::to_owned),
                ammunition: ammunition_of(&by_id, &line).map(str::to_owned),
                name: name.to_owned(),
            });
        }
        Ok(())
    }

    /// Takes in as what the things of classes are counted.
    pub(super) fn fill_counted(&mut self, rows: &[Row<'_, 2>]) -> Result<(), LexiconError> {
        for row in rows {
            let [class, counted] = row.cells;
            self.check_class(row, class)?;
            let counted = counted.parse().map_err(|error| row.error(error))?;
            self.counted.insert(class.to_owned(), counted);
        }
        Ok(())
    }

    /// As what a thing of this class is counted.
    pub fn counted(&self, class: Option<&str>) -> Counted {
        let line = class.map(|class| self.class_line(class)).unwrap_or_default();
        let counted = line.iter().find_map(|class| self.counted.get(&class.id)).copied();
        counted.unwrap_or(Counted::Other)
    }

    /// Takes in what units are called.
    pub(super) fn fill_units(&mut self, rows: &[Row<'_, 2>]) {
        for [form, name] in rows.iter().map(|row| row.cells) {
            self.units.insert(form.to_owned(), name.to_owned());
        }
    }

    /// The one name of a unit that an article calls so: its own word where the lexicon knows none,
    /// nothing where the unit is the thing itself.
    pub fn unit_name(&self, word: &str) -> Option<String> {
        let word = word.to_lowercase();
        let name = self.units.get(&word).unwrap_or(&word);
        filled(name)
    }

    /// A class and those above it, the root last.
    pub fn class_line(&self, id: &str) -> Vec<&Class> {
        let parent = |class: &&Class| class.parent.as_deref().and_then(|id| self.class(id));
        std::iter::successors(self.class(id), parent).collect()
    }

    /// The classes above one, the nearest first; of no class none.
    pub fn kinds(&self, class: Option<&str>) -> Vec<String> {
        let line = class.map(|class| self.class_line(class)).unwrap_or_default();
        line.into_iter().skip(1).map(|class| class.id.clone()).collect()
    }

    /// Whether things of a class move other things: planes, ships, trucks.
    pub fn moves_goods(&self, class: &str) -> bool {
        let goods = ["aircraft", "naval", "truck"];
        self.class_line(class).iter().any(|class| goods.contains(&class.id.as_str()))
    }

    /// Whether a class is one of vehicles, planes or ships.
    pub fn is_craft(&self, class: &str) -> bool {
        self.moves_goods(class) || self.is_within(class, "vehicle")
    }

    /// The class of the ammunition for a thing of this class; ammunition is its own.
    pub fn ammunition_class(&self, class: &str) -> Option<&Class> {
        self.class(class)?.ammunition.as_deref().and_then(|id| self.class(id))
    }

    /// Whether things of a class are ammunition or missiles themselves.
    pub fn is_ammunition(&self, class: &str) -> bool {
        self.ammunition_class(class).is_some_and(|own| own.id == class)
    }

    /// The class of an item whose name has a system, a noun, or both: the more exact of the two; of
    /// ammunition for a system, that of the system's ammunition; of a part, the noun's.
    pub fn item_class(
        &self,
        system: Option<&str>,
        noun: Option<&str>,
        role: Role,
    ) -> Option<&Class> {
        let (system, noun) = match (system, noun) {
            (Some(system), Some(noun)) => (self.class(system)?, self.class(noun)?),
            (one, other) => return self.class(one.or(other)?),
        };
        let is_ammunition = noun.ammunition.as_ref() == Some(&noun.id);
        Some(match role {
            Role::Part => noun,
            Role::Item | Role::Ammunition if is_ammunition => {
                let ammunition = self.ammunition_class(&system.id).unwrap_or(noun);
                if self.is_within(&noun.id, &ammunition.id) { noun } else { ammunition }
            }
            // "Grad rocket launchers" are no launchers of another kind.
            Role::Item if [system, noun].iter().all(|class| self.is_launcher(class)) => system,
            Role::Item | Role::Ammunition if !self.is_too_general(noun, system) => noun,
            _ => system,
        })
    }

    /// Whether a noun's class says less than the system beside it: it is a root, or has classes below
    /// it and is of the system's own tree ("Stinger air defence system", "Bradley vehicle").
    fn is_too_general(&self, noun: &Class, system: &Class) -> bool {
        let has_children = self.classes.iter().any(|class| class.parent.as_ref() == Some(&noun.id));
        let root = |class: &Class| self.class_line(&class.id).last().map(|root| root.id.clone());
        noun.parent.is_none() || has_children && root(noun) == root(system)
    }

    fn is_launcher(&self, class: &Class) -> bool {
        self.counted(Some(&class.id)) == Counted::Launchers
    }

    /// Whether a class is another one or lies below it.
    pub fn is_within(&self, class: &str, above: &str) -> bool {
        self.class_line(class).iter().any(|line| line.id == above)
    }
}

/// A class and those above it; an error where one is unknown or stands above itself.
fn line_of<'r, 'a>(
    by_id: &HashMap<&str, &'r Row<'a, 5>>,
    row: &'r Row<'a, 5>,
) -> Result<Vec<&'r Row<'a, 5>>, LexiconError> {
    let mut line = vec![row];
    let mut at = row;
    while !at.cells[1].is_empty() {
        let parent = at.cells[1];
        let Some(next) = by_id.get(parent) else {
            return Err(at.error(format!("parent \"{parent}\", expected a class id")));
        };
        if line.iter().any(|row| row.cells[0] == parent) {
            return Err(at.error(format!("parent \"{parent}\", expected a class not below it")));
        }
        line.push(next);
        at = next;
    }
    Ok(line)
}

/// Of a class and those above it, the first that names its ammunition, or that has a class
/// `X-ammunition` for its own id X, decides.
fn ammunition_of<'a>(
    by_id: &HashMap<&'a str, &Row<'a, 5>>,
    line: &[&Row<'a, 5>],
) -> Option<&'a str> {
    line.iter().find_map(|row| match row.cells[3] {
        "" => {
            by_id.get_key_value(format!("{}-ammunition", row.cells[0]).as_str()).map(|(id, _)| *id)
        }
        ITSELF => Some(line[0].cells[0]),
        id => Some(id),
    })
}

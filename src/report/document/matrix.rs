//! Things by system and donor: how many of each were given, never launchers added to rounds.

use super::proof::Dossier;
use crate::model::{Counted, Item, Thing};
use crate::report::totals::sum::Sum;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Things by system and donor.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    /// The columns: codes of donors, those of the most packages first.
    pub donors: Vec<Vec<String>>,
    /// The rows, in blocks that may be added in themselves only.
    pub blocks: Vec<Block>,
    /// How many packages name nothing that is in them.
    pub without_items: usize,
}

/// The things that are counted alike.
#[derive(Debug, Clone)]
pub struct Block {
    /// As what they are counted.
    pub counted: Counted,
    /// The rows, those of the most packages first.
    pub rows: Vec<Row>,
}

/// A system, or a class of things that no system is named of.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// What is counted where it is not the thing itself.
    pub unit: Option<String>,
    pub(in crate::report) all: Sum,
    /// For each donor of the matrix.
    pub(in crate::report) cells: Vec<Option<Sum>>,
}

impl Row {
    /// Its name with its unit: `small-arms ammunition, rounds`.
    pub(super) fn title(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{}, {unit}", self.name),
            None => self.name.clone(),
        }
    }
}

/// Puts the items of all packages together.
pub(super) fn matrix(dossiers: &[Dossier], thing: &dyn Fn(&Item) -> Thing) -> Matrix {
    let mut donors: BTreeMap<&[String], usize> = BTreeMap::new();
    let mut rows: BTreeMap<Thing, (Sum, BTreeMap<&[String], Sum>)> = BTreeMap::new();
    let mut without_items = 0;
    for package in dossiers.iter().map(|dossier| &dossier.package) {
        if package.items.is_empty() {
            without_items += 1;
            continue;
        }
        *donors.entry(&package.donors).or_default() += 1;
        for item in &package.items {
            let (all, by_donor) = rows.entry(thing(item)).or_default();
            all.add(package, item.quantity);
            by_donor.entry(&package.donors).or_default().add(package, item.quantity);
        }
    }
    let mut donors: Vec<(&[String], usize)> = donors.into_iter().collect();
    donors.sort_by_key(|(_, packages)| Reverse(*packages));
    let mut blocks: Vec<Block> = Vec::new();
    for (Thing { counted, name, unit }, (all, mut by_donor)) in rows {
        let cells = donors.iter().map(|(codes, _)| by_donor.remove(codes)).collect();
        let row = Row { name, unit, all, cells };
        match blocks.last_mut().filter(|block| block.counted == counted) {
            Some(block) => block.rows.push(row),
            None => blocks.push(Block { counted, rows: vec![row] }),
        }
    }
    for block in &mut blocks {
        block.rows.sort_by_key(|row| Reverse(row.all.packages.len()));
    }
    let donors = donors.into_iter().map(|(codes, _)| codes.to_vec()).collect();
    Matrix { donors, blocks, without_items }
}

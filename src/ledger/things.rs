//! What two tellings have in common of their things, and whether the one hands over what the other promised.

use super::choose::thing;
use crate::model::{Bounds, Item};
use rust_decimal::Decimal;

/// A thing, as [`thing`] names it, and how many of it are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) name: String,
    pub(super) number: Option<Decimal>,
}

impl Thing {
    /// Each thing of a telling.
    pub(super) fn all(items: &[Item]) -> Vec<Self> {
        let number = |item: &Item| item.quantity.map(Bounds::figure);
        items.iter().map(|item| Self { name: thing(item), number: number(item) }).collect()
    }
}

/// What two tellings have in common of their things.
pub(super) struct Shared {
    /// How many things both name.
    pub(super) count: i64,
    /// Whether these are at least half of the shorter list.
    pub(super) mostly: bool,
    /// Whether one of them names no things.
    pub(super) unnamed: bool,
    /// Whether the same number is told of each thing of both of which both tell one: of some, more than
    /// one.
    pub(super) counted: bool,
}

/// Compares two lists.
pub(super) fn shared(left: &[Thing], right: &[Thing]) -> Shared {
    let mut names: Vec<&str> = left.iter().map(|thing| thing.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let is_named = |name: &&&str| right.iter().any(|thing| thing.name == **name);
    let count = names.iter().filter(is_named).count();
    let shorter = names.len().min(right.len());
    let numbers: Vec<(Decimal, Decimal)> = pairs(left, right).collect();
    Shared {
        count: i64::try_from(count).unwrap_or(i64::MAX),
        mostly: count > 0 && count * 2 >= shorter,
        unnamed: shorter == 0,
        counted: numbers.iter().all(|(one, other)| one == other)
            && numbers.iter().any(|(one, _)| *one > Decimal::ONE),
    }
}

/// The numbers that both tell of one thing.
fn pairs(left: &[Thing], right: &[Thing]) -> impl Iterator<Item = (Decimal, Decimal)> {
    let same = |one: &Thing| {
        let found = right.iter().find(|other| other.name == one.name)?;
        one.number.zip(found.number)
    };
    left.iter().filter_map(same).collect::<Vec<_>>().into_iter()
}

/// Whether these are just the same things, more than one of some, and as many of each.
pub(super) fn is_all_of(left: &[Thing], right: &[Thing]) -> bool {
    let pairs: Vec<(Decimal, Decimal)> = pairs(left, right).collect();
    left.len() == right.len()
        && pairs.len() == left.len()
        && pairs.iter().all(|(one, other)| one == other)
        && pairs.iter().any(|(one, _)| *one > Decimal::ONE)
}

/// Whether these can be what was promised there, or a part of it: nothing else, and not more of anything.
pub(super) fn is_part(few: &[Thing], all: &[Thing]) -> bool {
    let is_named = |one: &Thing| all.iter().any(|other| other.name == one.name);
    !few.is_empty()
        && few.iter().all(is_named)
        && pairs(few, all).all(|(handed, promised)| handed <= promised)
}

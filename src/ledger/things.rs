//! What two tellings have in common of their things, and whether the one hands over what the other promised.

use super::choose::thing;
use super::lines::is_of_kind;
use crate::model::{Bounds, Item};
use rust_decimal::Decimal;

/// A thing, as [`thing`] names it, and how many of it are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) name: String,
    pub(super) number: Option<Decimal>,
    /// The line that tells it.
    pub(super) item: Item,
}

impl Thing {
    /// Each thing of a telling.
    pub(super) fn all(items: &[Item]) -> Vec<Self> {
        items.iter().cloned().map(Self::of).collect()
    }

    /// The thing of a line.
    pub(super) fn of(item: Item) -> Self {
        Self { name: thing(&item), number: item.quantity.map(Bounds::figure), item }
    }

    /// Whether another telling means it too: by its name, or by the class of both, where as many are told, more
    /// than one: "12 howitzers" are "12 Caesars".
    fn is(&self, other: &Self) -> bool {
        let is_many = self.number == other.number && self.number > Some(Decimal::ONE);
        self.name == other.name
            || is_many
                && (is_of_kind(&self.item, &other.item) || is_of_kind(&other.item, &self.item))
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

/// Compares two lists. Where both name a sum, as many of one kind say nothing.
pub(super) fn shared(left: &[Thing], right: &[Thing], are_priced: bool) -> Shared {
    let is = |one: &Thing, other: &Thing| {
        if are_priced { one.name == other.name } else { one.is(other) }
    };
    let mut named: Vec<&Thing> = left.iter().collect();
    named.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    named.dedup_by(|one, other| one.name == other.name);
    let is_named = |one: &&&Thing| right.iter().any(|other| is(one, other));
    let count = named.iter().filter(is_named).count();
    let shorter = named.len().min(right.len());
    let numbers = pairs(left, right, is);
    Shared {
        count: i64::try_from(count).unwrap_or(i64::MAX),
        mostly: count > 0 && count * 2 >= shorter,
        unnamed: shorter == 0,
        counted: numbers.iter().all(|(one, other)| one == other)
            && numbers.iter().any(|(one, _)| *one > Decimal::ONE),
    }
}

/// The numbers that both tell of one thing.
fn pairs(
    left: &[Thing],
    right: &[Thing],
    is: impl Fn(&Thing, &Thing) -> bool,
) -> Vec<(Decimal, Decimal)> {
    let same = |one: &Thing| {
        let named = right.iter().find(|other| other.name == one.name);
        let found = named.or_else(|| right.iter().find(|other| is(one, other)))?;
        one.number.zip(found.number)
    };
    left.iter().filter_map(same).collect()
}

/// Whether these are just the same things, more than one of some, and as many of each.
pub(super) fn is_all_of(left: &[Thing], right: &[Thing]) -> bool {
    let pairs = pairs(left, right, Thing::is);
    left.len() == right.len()
        && pairs.len() == left.len()
        && pairs.iter().all(|(one, other)| one == other)
        && pairs.iter().any(|(one, _)| *one > Decimal::ONE)
}

/// Whether these can be what was promised there, or a part of it: nothing else, and not more of anything.
pub(super) fn is_part(few: &[Thing], all: &[Thing]) -> bool {
    let is_named = |one: &Thing| all.iter().any(|other| one.is(other));
    !few.is_empty()
        && few.iter().all(is_named)
        && pairs(few, all, Thing::is).iter().all(|(handed, promised)| handed <= promised)
}

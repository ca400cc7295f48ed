//! General words that stand for a system named right before: the number is the system's. Words for things
//! that nothing named before.

use super::Reader;
use super::governor::is_counted;
use crate::extraction::grouping::is_kind_of;
use crate::lexicon::{Label, Role, token::has_plural_ending};
use crate::mentions::ItemMention;
use crate::text::SegmentKind;

impl Reader<'_> {
    /// "the missiles", without name and number: a thing that was told before.
    pub(super) fn is_told_again(&self, item: &ItemMention) -> bool {
        item.system.is_none() && item.quantity.is_none() && !self.is_told_first(item)
    }

    /// "handed the corvette over to the navy": a single thing of which the body has not spoken before.
    fn is_told_first(&self, item: &ItemMention) -> bool {
        let before = &self.document.sentences[..self.index];
        let body = before.iter().filter(|told| told.segment.kind == SegmentKind::Sentence);
        let same = |other: &ItemMention| {
            is_kind_of(self.document, other, item) || is_kind_of(self.document, item, other)
        };
        !has_plural_ending(&item.name)
            && matches!(item.role, Role::Item)
            && !body.flat_map(|told| &told.items).any(same)
    }

    /// The items given here, each general word that counts a system with the name of the system.
    pub(super) fn named_before(&self, items: Vec<ItemMention>) -> Vec<ItemMention> {
        let told = &self.sentence.items;
        let again = |item: &ItemMention| {
            let next = told.iter().find(|next| next.tokens.start >= item.tokens.end);
            next.filter(|next| self.counts_again(item, next))
        };
        let counting: Vec<usize> =
            items.iter().filter_map(again).map(|next| next.tokens.start).collect();
        let kept = items.into_iter().filter(|item| !counting.contains(&item.tokens.start));
        kept.map(|item| match again(&item) {
            Some(next) => ItemMention { quantity: next.quantity, ..item },
            None => self.with_name(self.one_of_many(item)),
        })
        .collect()
    }

    /// "a company of Leopard 2 tanks, that is 14 vehicles": how many of them there are.
    fn counts_again(&self, named: &ItemMention, item: &ItemMention) -> bool {
        let gap = named.tokens.end..item.tokens.start.max(named.tokens.end);
        let small = |at: usize| {
            self.sentence.is_any_sign(at)
                || self.sentence.is_any(&[Label::Definite, Label::Be, Label::It], at)
        };
        let counted = |item: &ItemMention| self.document.lexicon.counted(item.class.as_deref());
        let kind = stands_for(self, item, named)
            || counted(named) == counted(item) && is_general(item) && named.system.is_some();
        named.quantity.is_none()
            && kind
            && gap.len() > 1
            && gap.clone().all(small)
            && self.sentence.has(Label::Be, &gap)
    }

    /// "The first F-16s have arrived. Denmark gives 19 aircraft": the one system of the kind that was
    /// named, without a number, in this sentence or the one before.
    fn with_name(&self, item: ItemMention) -> ItemMention {
        let before = self.index.checked_sub(1).map(|index| &self.document.sentences[index]);
        let own = self.sentence.items.iter().filter(|told| told.tokens.end <= item.tokens.start);
        let told = before.into_iter().flat_map(|sentence| &sentence.items).chain(own);
        let mut systems: Vec<&ItemMention> =
            told.filter(|told| told.quantity.is_none() && stands_for(self, &item, told)).collect();
        systems.dedup_by_key(|told| told.system);
        match systems.as_slice() {
            [system] => ItemMention {
                system: system.system,
                class: system.class.clone(),
                name: system.name.clone(),
                role: system.role,
                ..item
            },
            _ => item,
        }
    }
}

/// Whether it is one bare word with a number.
fn is_general(word: &ItemMention) -> bool {
    is_counted(word) && word.system.is_none() && !word.name.contains(' ')
}

/// Whether a counted word is wider than the kind of a named system: "vehicles" than tanks, but not
/// "tanks", which may be others.
fn stands_for(reader: &Reader<'_>, word: &ItemMention, named: &ItemMention) -> bool {
    is_general(word)
        && [word, named].iter().all(|item| !matches!(item.role, Role::Ammunition | Role::Part))
        && named.system.is_some()
        && named.class != word.class
        && is_kind_of(reader.document, named, word)
}

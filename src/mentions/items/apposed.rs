//! A general word with a number beside the name of what it counts: "28 vehicles, Jeep Wranglers and the
//! like", "the Leopard 2, 14 tanks".

use super::{Chunker, ItemMention};
use crate::lexicon::{Label, Role};
use rust_decimal::Decimal;

impl Chunker<'_> {
    /// Makes one item of a name without a number and a counted general word right beside it.
    pub(super) fn unite_apposed(&self, items: &mut Vec<ItemMention>) {
        let mut at = 1;
        while at < items.len() {
            let (first, second) = (&items[at - 1], &items[at]);
            let lists_on = items.get(at + 1).is_some_and(|next| self.is_next(second, next));
            if lists_on || !self.is_apposed(first, second) {
                at += 1;
                continue;
            }
            let named = if first.system.is_some() { first } else { second };
            items[at - 1] = ItemMention {
                tokens: first.tokens.start..second.tokens.end,
                quantity: first.quantity.or(second.quantity),
                rule: "item.apposed",
                ..named.clone()
            };
            items.remove(at);
        }
    }

    /// Whether only a comma, a dash or "the" stands between a name and a word for its kind, of which the
    /// latter alone is counted.
    fn is_apposed(&self, first: &ItemMention, second: &ItemMention) -> bool {
        let (named, general) =
            if first.system.is_some() { (first, second) } else { (second, first) };
        // "a patrol vessel, PS Barracuda, to", "PS Barracuda, a patrol vessel, was": of one, what ends the apposition
        // tells it from a list.
        let closed = self.sentence.is_sign(self.text, second.tokens.end, &[",", "–", "—"]);
        let least = if closed { Decimal::ONE } else { Decimal::TWO };
        let several =
            |item: &ItemMention| item.quantity.is_some_and(|count| count.figure() >= least);
        let things = |item: &ItemMention| matches!(item.role, Role::Item | Role::Head);
        let gap = first.tokens.end..second.tokens.start.max(first.tokens.end);
        // "Hueys, six of which are ambulances": so many of those named, and no name for them.
        let of_which = (second.tokens.start..second.tokens.end)
            .any(|at| self.sentence.is(Label::Of, at) && self.sentence.is(Label::Clause, at + 1));
        let parted = !of_which && self.sentence.is_sign(self.text, gap.start, &[",", "–", "—"]);
        named.system.is_some()
            && general.system.is_none()
            && things(named)
            && (things(general) || general.role == Role::Vague)
            && named.quantity.is_none()
            && several(general)
            && !gap.is_empty()
            && parted
            && (gap.start + 1..gap.end).all(|at| self.sentence.is(Label::Definite, at))
            && named
                .class
                .as_deref()
                .zip(general.class.as_deref())
                .is_some_and(|(special, kind)| self.lexicon.is_within(special, kind))
    }

    /// Whether the next thing of a list stands right behind a comma or "and".
    fn is_next(&self, item: &ItemMention, next: &ItemMention) -> bool {
        let gap = item.tokens.end..next.tokens.start.max(item.tokens.end);
        let sign = |at: usize| {
            self.sentence.is_any_sign(at)
                || self.sentence.is_any(&[Label::And, Label::Definite, Label::Indefinite], at)
        };
        gap.clone().all(sign)
    }
}

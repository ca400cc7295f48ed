//! Words before "and" that share the noun behind it.

use super::{Chunker, ItemMention, Phrase};
use crate::lexicon::{Label, Materiel, Role};
use crate::mentions::Value;
use crate::model::Bounds;
use rust_decimal::Decimal;
use std::ops::Range;

/// So many words before "and" describe the shared noun at most.
const LONGEST: usize = 3;

impl Chunker<'_> {
    /// "engineering and medical equipment", "light and heavy machine guns": the item that the words
    /// before "and" make with the noun that both share. Where a number counts them together they stay
    /// one item.
    pub(super) fn shared_noun(&self, phrase: &Phrase, item: &ItemMention) -> Option<ItemMention> {
        let and =
            phrase.core.start.checked_sub(1).filter(|at| self.sentence.is(Label::And, *at))?;
        if phrase.quantity.is_some()
            || !matches!(phrase.role, Role::Item | Role::Head | Role::Vague)
        {
            return None;
        }
        let describes = |at: usize| self.describes_at(at) || self.is_vague_word(at);
        let near = (0..and).rev().take(LONGEST).take_while(|at| describes(*at)).count();
        // "two Mi-8MT transport and combat helicopters": one thing by its name.
        let named = (and - near).checked_sub(1).and_then(|at| self.sentence.mention_at(at));
        if named.is_some_and(|mention| matches!(mention.value, Value::System(_))) {
            return None;
        }
        let ends = phrase.core.start + 1..phrase.core.end;
        (and - near..and)
            .find_map(|start| {
                ends.clone().find_map(|noun| {
                    let name = format!(
                        "{} {}",
                        self.words(&(start..and)),
                        self.words(&(noun..phrase.core.end))
                    );
                    let class = self.known_thing(&name)?.class.clone();
                    Some(ItemMention {
                        tokens: start..and,
                        span: self.sentence.span_of(&(start..and)),
                        system: None,
                        class,
                        name,
                        quantity: self.quantity_before(start).map(|(bounds, ..)| bounds),
                        unit: None,
                        role: Role::Item,
                        is_everyday: false,
                        rule: "item.shared-noun",
                    })
                })
            })
            .map(|first| ItemMention { unit: item.unit.clone(), ..first })
    }

    /// "imagery, engineering and medical equipment": what words before a comma make with the general
    /// noun that those behind it share, `start` being where these begin.
    pub(super) fn shared_gear(&self, start: usize, phrase: &Phrase) -> Vec<ItemMention> {
        let last = phrase.core.end - 1;
        let (mut items, mut at) = (Vec::new(), start);
        while let Some(comma) = at.checked_sub(1)
            && self.sentence.is_sign(self.text, comma, &[","])
            && self.is_gear(last + 1)
            && let Some(word) = comma.checked_sub(1).and_then(|at| self.sentence.mention_at(at))
            && let Value::Materiel(number) = word.value
            && let Materiel { role: Role::Modifier, class: Some(class), .. } =
                self.lexicon.materiel_at(number)
        {
            at = word.tokens.start;
            let name =
                format!("{} {}", self.words(&word.tokens), self.words(&(last..phrase.core.end)));
            items.push(self.item_of_shared_noun(&word.tokens, name, Some(class.clone())));
        }
        items.reverse();
        items
    }

    /// A kind of gear whose noun stands with another kind.
    pub(super) fn item_of_shared_noun(
        &self,
        tokens: &Range<usize>,
        name: String,
        class: Option<String>,
    ) -> ItemMention {
        ItemMention {
            tokens: tokens.clone(),
            span: self.sentence.span_of(tokens),
            system: None,
            class,
            name,
            quantity: None,
            unit: None,
            role: Role::Item,
            is_everyday: false,
            rule: "item.shared-noun",
        }
    }

    /// "support": a general word that may also describe.
    fn is_vague_word(&self, at: usize) -> bool {
        self.sentence.mention_at(at).is_some_and(|mention| match mention.value {
            Value::Materiel(number) => self.lexicon.materiel_at(number).role == Role::Vague,
            _ => false,
        })
    }

    /// The noun for a thing that consists of just these words.
    pub(super) fn known_thing(&self, name: &str) -> Option<&Materiel> {
        self.known_noun(name).filter(|noun| noun.role == Role::Item)
    }

    /// The noun that consists of just these words; one for a thing where they have several meanings.
    fn known_noun(&self, name: &str) -> Option<&Materiel> {
        self.nouns(name).into_iter().max_by_key(|noun| noun.role == Role::Item)
    }

    /// "gear", "material": a general word that can also be the head of a thing's name.
    pub(super) fn is_gear(&self, end: usize) -> bool {
        let nouns = self.nouns(&self.words(&(end - 1..end)));
        nouns.into_iter().any(|noun| noun.role == Role::Head)
    }

    pub(super) fn nouns(&self, name: &str) -> Vec<&Materiel> {
        self.lexicon.nouns(name)
    }

    /// A word for a thing that also counts others, before "of" and a thing: "containers of rations".
    pub(super) fn is_unit_of_things(&self, phrase: &Phrase) -> bool {
        let end = phrase.tokens.end;
        let behind = self.sentence.mention_at(end + 1);
        self.sentence.is(Label::Of, end)
            && behind.is_some_and(super::names_materiel)
            && self.nouns(&self.words(&phrase.tokens)).iter().any(|noun| noun.role == Role::Unit)
    }

    /// "grenade launcher and mortar rounds", "artillery, mortar, and small arms ammunition": things in
    /// the singular before "and" share the word for ammunition or parts behind it.
    pub(super) fn share_head(&self, items: &mut [(ItemMention, Phrase)], next: &Phrase) {
        let last = next.tokens.end - 1..next.tokens.end;
        let noun = self.known_noun(&self.words(&last));
        let served = noun.is_some_and(|noun| matches!(noun.role, Role::Ammunition | Role::Part));
        let described = next.described || next.core.len() > 1;
        // "equipment and spare parts": "spare" is no thing that the parts are for.
        let described = described && (next.role != Role::Part || self.names_thing(&next.core));
        if !served || !described || next.quantity.is_some() {
            return;
        }
        let fires = |whole: &Phrase| {
            let class = whole.class.as_deref();
            class.is_some_and(|class| self.lexicon.ammunition_class(class).is_some())
        };
        // "night vision equipment and small arms ammunition": what fires nothing shares none.
        let ammunition = noun.is_some_and(|noun| noun.role == Role::Ammunition);
        let bare = |whole: &Phrase| {
            matches!(whole.role, Role::Item | Role::Head)
                && !whole.plural
                && whole.quantity.is_none()
        };
        let mut start = next.core.start;
        let mut taken = 0;
        for (_, whole) in items.iter().rev() {
            let gap = whole.tokens.end..start.max(whole.tokens.end);
            let and = gap.len() == 1 && self.sentence.is(Label::And, gap.start);
            let comma = self.sentence.is_sign(self.text, gap.start, &[","])
                && (gap.len() == 1 && taken > 0
                    || gap.len() == 2 && self.sentence.is(Label::And, gap.start + 1));
            let first = and && taken == 0 && (fires(whole) || !ammunition);
            if !(bare(whole) && (first || comma && fires(whole))) {
                break;
            }
            start = whole.tokens.start;
            taken += 1;
        }
        // "a mortar, and small arms ammunition": a comma alone parts two things.
        let first = items.len() - taken;
        let loose = items.last().is_some_and(|(_, whole)| {
            self.sentence.is_sign(self.text, whole.tokens.end, &[","]) && taken < 2
        });
        for (item, _) in items[first..].iter_mut().filter(|_| !loose) {
            item.name = format!("{} {}", item.name, self.words(&last));
            let own = item.class.as_deref().and_then(|class| self.lexicon.ammunition_class(class));
            item.class = match own {
                Some(class) if noun.is_some_and(|noun| noun.role == Role::Ammunition) => {
                    Some(class.id.clone())
                }
                _ => next.class.clone(),
            };
            item.role = noun.map_or(next.role, |noun| noun.role);
            item.rule = "item.shared-head";
        }
    }

    /// "700,000 rifle and machine-gun rounds": a thing in the singular behind a number greater than one,
    /// where only "and" stands before what has its own word for ammunition.
    pub(super) fn counts_together(&self, whole: &Phrase, next: &Phrase) -> bool {
        let gap = whole.tokens.end..next.tokens.start.max(whole.tokens.end);
        let several = |(bounds, _): &(Bounds, usize)| bounds.figure() > Decimal::ONE;
        gap.len() == 1
            && self.sentence.is(Label::And, gap.start)
            && whole.role == Role::Item
            && !whole.plural
            && whole.system.is_none()
            && whole.quantity.as_ref().is_some_and(several)
            && next.quantity.is_none()
            && next.plural
            && (next.role == Role::Ammunition || self.is_missile(next))
    }

    /// Whether a name or noun of a thing stands before the last word of a phrase.
    pub(super) fn names_thing(&self, core: &Range<usize>) -> bool {
        let last = core.end - 1;
        let before = core.start..last;
        let mut inner = self.sentence.mentions_in(&before);
        inner.any(|mention| match mention.value {
            Value::System(_) => true,
            Value::Materiel(number) => {
                let noun = self.lexicon.materiel_at(number);
                mention.tokens.end <= last && noun.role == Role::Item
            }
            _ => false,
        })
    }
}

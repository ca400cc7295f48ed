//! Things of which the lexicon knows nothing: in a list of things a number and plain words beside it
//! name one more.

use super::{Chunker, ItemMention};
use crate::lexicon::{
    Label, Role,
    token::{Shape, TokenKind},
};
use crate::mentions::{Mention, Value};
use crate::model::Bounds;
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::ops::Range;

/// So many words name an unknown thing at most.
const LONGEST: usize = 4;

impl Chunker<'_> {
    /// Adds what is counted among the things of a list: "40 helmets, 20 boarding ladders and 12 tents".
    pub(super) fn add_unknown(&self, items: &mut Vec<ItemMention>) {
        for mention in &self.sentence.mentions {
            let Value::Number(bounds) = mention.value else { continue };
            let start = mention.tokens.start;
            let place = items.partition_point(|item| item.tokens.start < start);
            let words = self.plain_words(mention, bounds);
            let words = words.or_else(|| self.name(mention, bounds, items, place));
            let Some(words) = words else { continue };
            let free =
                items.iter().all(|item| item.tokens.end <= start || item.tokens.start >= words.end);
            let whole = start..words.end;
            if free && (self.stands_in_list(items, place, &whole) || self.is_entry(&whole)) {
                items.insert(place, self.unknown(Some(bounds), start, words));
            }
        }
    }

    /// The plain words behind a number, of which the last is a plural and ends the phrase.
    fn plain_words(&self, number: &Mention, bounds: Bounds) -> Option<Range<usize>> {
        let start = number.tokens.end;
        let lower = |at: &usize| self.sentence.tokens[*at].token.shape == Shape::Lower;
        let plain = |at: &usize| self.describes_at(*at) && lower(at);
        let tokens = start..self.sentence.tokens.len();
        let end = start + tokens.take_while(plain).take(LONGEST + 1).count();
        let fits = bounds.figure() > Decimal::ONE && (1..=LONGEST).contains(&(end - start));
        let closed = end == self.sentence.tokens.len() || self.parts(end);
        let thing = self.is_plural(end - 1) && !self.sentence.is(Label::Abstract, end - 1);
        (fits && closed && thing).then_some(start..end)
    }

    /// "16 Foobar 300", "14 Foobars": a name of which nothing is known. In prose only its plural tells
    /// that it is a thing's, or counted things on both sides.
    fn name(
        &self,
        number: &Mention,
        bounds: Bounds,
        items: &[ItemMention],
        place: usize,
    ) -> Option<Range<usize>> {
        let start = number.tokens.end;
        let upper = |at: usize| self.sentence.tokens[at].token.shape != Shape::Lower;
        let digits = |at: usize| self.sentence.tokens[at].token.kind == TokenKind::Number;
        let part = |at: &usize| {
            if *at > start && digits(*at) { upper(at - 1) } else { self.is_describing(*at) }
        };
        let tokens = start..self.sentence.tokens.len();
        let end = start + tokens.take_while(part).take(LONGEST + 1).count();
        let fits = bounds.figure() > Decimal::ONE && (1..=LONGEST).contains(&(end - start));
        let closed = end == self.sentence.tokens.len() || self.parts(end);
        let entry = number.tokens.start == 0 && self.sentence.segment.kind == SegmentKind::Bullet;
        let whole = number.tokens.start..end;
        let between = || {
            self.follows_thing(items, place, &whole) && self.precedes_thing(items, place, &whole)
        };
        let counted = entry || self.is_plural(end - 1) || between();
        (fits && closed && upper(start) && !digits(start) && counted).then_some(start..end)
    }

    /// Whether a sign or "and" stands there.
    fn parts(&self, at: usize) -> bool {
        self.sentence.is_any_sign(at) || self.sentence.is(Label::And, at)
    }

    /// Whether a counted thing stands right before or behind.
    fn stands_in_list(&self, items: &[ItemMention], place: usize, own: &Range<usize>) -> bool {
        self.follows_thing(items, place, own) || self.precedes_thing(items, place, own)
    }

    fn follows_thing(&self, items: &[ItemMention], place: usize, own: &Range<usize>) -> bool {
        place.checked_sub(1).map(|before| &items[before]).is_some_and(|item| {
            is_counted_thing(item) && self.lists(item.tokens.end..own.start.max(item.tokens.end))
        })
    }

    fn precedes_thing(&self, items: &[ItemMention], place: usize, own: &Range<usize>) -> bool {
        items.get(place).is_some_and(|item| {
            is_counted_thing(item) && self.lists(own.end..item.tokens.start.max(own.end))
        })
    }

    /// Whether nothing but the signs of a list stands there.
    fn lists(&self, mut gap: Range<usize>) -> bool {
        !gap.is_empty()
            && gap.all(|at| {
                self.sentence.is_sign(self.text, at, &[",", ";"])
                    || self.sentence.is(Label::And, at)
            })
    }

    /// Whether an entry of a list says nothing else.
    fn is_entry(&self, own: &Range<usize>) -> bool {
        self.sentence.segment.kind == SegmentKind::Bullet
            && own.start == 0
            && (own.end..self.sentence.tokens.len()).all(|at| self.parts(at))
    }

    pub(super) fn unknown(
        &self,
        quantity: Option<Bounds>,
        start: usize,
        words: Range<usize>,
    ) -> ItemMention {
        ItemMention {
            span: self.sentence.span_of(&words),
            name: self.words(&words),
            tokens: start..words.end,
            system: None,
            class: None,
            quantity,
            unit: None,
            role: Role::Item,
            is_everyday: true,
            rule: "item.listed",
        }
    }
}

fn is_counted_thing(item: &ItemMention) -> bool {
    item.quantity.is_some() && item.role != Role::Vague
}

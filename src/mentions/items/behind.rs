//! Numbers that stand behind what they count, or in the cell before it.

use super::{Chunker, Phrase, names_materiel};
use crate::lexicon::token::{Joint, Shape, Token, TokenKind};
use crate::lexicon::{Label, Role};
use crate::mentions::Value;
use crate::mentions::numbers::is_times;
use crate::model::{Bounds, Qualifier};
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::ops::Range;

/// So many tokens behind "from" the word for who makes a thing stands at most.
const MAKER: usize = 5;

/// So many tokens behind "six of which" stands at most what these six are.
const OTHER_THING: usize = 5;

impl Chunker<'_> {
    /// "the frigate Fridtjof Nansen", "the patrol vessel PS Zoroaster": a ship with the name that it goes
    /// by is one.
    pub(super) fn quantity_of_name(
        &self,
        phrase: &Phrase,
        start: usize,
    ) -> Option<(Bounds, usize, usize)> {
        let article = start.checked_sub(1).filter(|at| self.sentence.is(Label::Definite, *at))?;
        let (last, name) = (phrase.tokens.end.checked_sub(1)?, phrase.tokens.end);
        let token = self.sentence.tokens.get(name).map(|known| known.token);
        let capital = |token: Token| {
            token.kind == TokenKind::Word
                && token.shape != Shape::Lower
                && token.joint == Joint::Space
        };
        let named = token.is_some_and(capital)
            && self.sentence.mention_at(name).is_none()
            && self.sentence.cues_in(&(name..name + 1)).next().is_none();
        let ship =
            phrase.class.as_deref().is_some_and(|class| self.lexicon.is_within(class, "naval"));
        // "its missile corvette INS Kirpan", where the lexicon knows the name.
        let known = self.sentence.mention_at(last).is_some_and(|mention| {
            matches!(mention.value, Value::System(_))
                && mention.tokens.start > phrase.core.start
                && mention.tokens.len() > 1
        });
        let one = (named || known) && ship && phrase.role == Role::Item && !self.is_plural(last);
        one.then(|| (Bounds::of(Decimal::ONE, Qualifier::Exact), article, start))
    }

    /// "Javelins: 1,000", "helmets (5,000)", "drones – 40 pcs": a number that stands alone behind
    /// a sign behind the noun; "drones from its makers, over 1,000 units", with who makes them between.
    pub(super) fn quantity_after(
        &self,
        end: usize,
        start: usize,
    ) -> Option<(Bounds, usize, usize)> {
        let signs = [":", "(", "–", "—", "-", "×", "|", "…"];
        let end = self.behind_cell(self.behind_maker(end));
        let cell = self.sentence.segment.kind == SegmentKind::Row;
        let listed = cell || self.sentence.segment.kind == SegmentKind::Bullet;
        // "HIMARS x 4"
        let letter = self.sentence.tokens.get(end).map(|known| known.token.span.of(self.text));
        let comma = self.sentence.is_sign(self.text, end, &[","]);
        let stroke = cell && self.sentence.is_sign(self.text, end, &["/"]);
        let signed = comma
            || stroke
            || self.sentence.is_sign(self.text, end, &signs)
            || letter.is_some_and(is_times);
        if !signed && !cell {
            return None;
        }
        // "drones -- over 1,000 units"
        let end = end
            + usize::from(
                self.sentence.is_sign(self.text, end, &["-"])
                    && self.sentence.is_sign(self.text, end + 1, &["-"]),
            );
        // "Drones ........ 1,100"
        let dots = (end..self.sentence.tokens.len())
            .take_while(|at| cell && self.sentence.is_sign(self.text, *at, &[".", "...", "…"]))
            .count();
        let mut at = end + dots.max(usize::from(signed));
        // "Boats (quantity: 4)"
        if let Some(cue) = self.sentence.starting_at(Label::NumberSign, at) {
            at = cue.tokens.end;
            at += usize::from(self.sentence.is_sign(self.text, at, &[":"]));
        }
        let mention = self.sentence.mention_at(at)?;
        let Value::Number(bounds) = mention.value else { return None };
        let after = mention.tokens.end;
        let is = |role: Role| {
            self.sentence.mention_at(after).is_some_and(|mention| {
                matches!(mention.value, Value::Materiel(number)
                    if self.lexicon.materiel_at(number).role == role)
            })
        };
        let ends = |at: usize| at >= self.sentence.tokens.len() || self.sentence.is_any_sign(at);
        // "1,000 units": a head that is nothing by itself.
        let bare = is(Role::Head) && ends(after + 1);
        let counted = is(Role::Unit) || is(Role::Head) && listed;
        let closed = ends(after) || bare || counted && !self.sentence.is(Label::Of, after + 1);
        // "Boats, 20 pieces": in a line of a list nothing else stands behind.
        let last = after + usize::from(counted);
        let whole = listed
            && (last >= self.sentence.tokens.len()
                || cell && self.sentence.is_sign(self.text, last, &["|"]));
        // "Howitzers, 15 pieces of 130 mm calibre, were sent"
        let calibre = self.sentence.is(Label::Of, after + 1)
            && self.sentence.has(Label::Calibre, &(after + 2..after + 5))
            // "the Kub system, 5,000 pieces of 125mm tank ammunition" counts the next thing.
            && !self.sentence.mentions_in(&(after + 2..after + 2 + OTHER_THING)).any(names_materiel);
        let pieces = is(Role::Unit) && (ends(after + 1) || calibre);
        let all = comma && (self.counts_all(after) || pieces);
        (if comma { whole || bare || all } else { closed }).then_some((bounds, start, start))
    }

    /// "the Hueys, six of which were given", "the tank, of which 28 will go": a number of what was named,
    /// behind which no other thing says what these are.
    pub(super) fn quantity_of_which(
        &self,
        end: usize,
        start: usize,
    ) -> Option<(Bounds, usize, usize)> {
        let comma = self.sentence.is_sign(self.text, end, &[","]);
        let of_which = |at: usize| {
            self.sentence.is(Label::Of, at)
                && self.sentence.is(Label::Clause, at + 1)
                && self.sentence.is_any(&[Label::It, Label::Definite], at + 1)
        };
        let first = end + 1;
        let at = if of_which(first) { first + 2 } else { first };
        let number = self.sentence.mention_at(at).filter(|number| number.tokens.start == at)?;
        let Value::Number(bounds) = number.value else { return None };
        let behind = number.tokens.end;
        let told = at > first || of_which(behind);
        let things = behind..behind + OTHER_THING;
        let other = self.sentence.mentions_in(&things).any(names_materiel);
        (comma && told && !other).then_some((bounds, start, start))
    }

    /// "howitzers, 24 of them", "howitzers, 24 in all": all that was named is counted, and nothing more
    /// is told of a part.
    fn counts_all(&self, at: usize) -> bool {
        let of = self.sentence.is(Label::Of, at) && self.sentence.is(Label::It, at + 1);
        let sum = self.sentence.starting_at(Label::TotalWeak, at);
        let end = sum.map(|cue| cue.tokens.end).or(of.then_some(at + 2));
        end.is_some_and(|end| {
            end >= self.sentence.tokens.len()
                || self.sentence.is_any_sign(end)
                || self.sentence.is_any(&[Label::And, Label::To, Label::For], end)
        })
    }

    /// "| Trucks (MAN 40M) | 12 |", "| Trucks | pcs | 12 |": past what a cell says in brackets and a cell
    /// with nothing but what is counted.
    fn behind_cell(&self, end: usize) -> usize {
        let row = self.sentence.segment.kind == SegmentKind::Row;
        let sign = |at: usize, sign: &str| self.sentence.is_sign(self.text, at, &[sign]);
        if !row {
            return end;
        }
        let closed = (end..self.sentence.tokens.len()).find(|at| sign(*at, ")"));
        let end = closed.filter(|_| sign(end, "(")).map_or(end, |at| at + 1);
        let unit = self.sentence.mention_at(end + 1).is_some_and(|mention| {
            matches!(mention.value, Value::Materiel(number)
                if self.lexicon.materiel_at(number).role == Role::Unit)
                && mention.tokens.len() == 1
        });
        if unit && sign(end, "|") && sign(end + 2, "|") { end + 2 } else { end }
    }

    /// "drones from Latvian manufacturers": where the words on who makes them end.
    pub(super) fn behind_maker(&self, end: usize) -> usize {
        let industry = (end + 1..end + MAKER).find(|at| self.sentence.is(Label::Industry, *at));
        industry.filter(|_| self.sentence.is(Label::From, end)).map_or(end, |at| at + 1)
    }

    /// "155mm ammunition: 10,000 rounds": only the number and what is counted stand behind the sign.
    pub(super) fn is_counted_behind(
        &self,
        whole: &Phrase,
        next: &Phrase,
        gap: &Range<usize>,
    ) -> bool {
        let counts = matches!(next.role, Role::Unit | Role::Ammunition)
            && next.tokens.len() == 1
            && matches!(whole.role, Role::Ammunition | Role::Item)
            && whole.quantity.is_none();
        let number = next.quantity.as_ref().map(|(_, start)| *start);
        let end = next.tokens.end;
        counts
            && number == Some(gap.start + 1)
            && self.sentence.is_sign(self.text, gap.start, &[":", "(", "–", "—", "-", "|"])
            && (end >= self.sentence.tokens.len() || self.sentence.is_any_sign(end))
    }

    /// "| 12 | trucks |": in a table the number alone in the cell before.
    pub(super) fn quantity_in_cell(&self, start: usize) -> Option<(Bounds, usize, usize)> {
        let row = self.sentence.segment.kind == SegmentKind::Row;
        let sign = start.checked_sub(1).filter(|at| row && self.sentence.is_any_sign(*at))?;
        let number = self.number_ending(sign)?;
        let from = number.tokens.start;
        let alone = from == 0 || from == 1 && self.sentence.is_any_sign(0);
        match number.value {
            Value::Number(bounds) if alone => Some((bounds, from, start)),
            _ => None,
        }
    }
}

//! Calibres before a noun: alone, and several that share one noun.

use super::{Chunker, ItemMention, Phrase};
use crate::lexicon::{
    Label, Meaning,
    token::{Joint, TokenKind},
};
use crate::mentions::Value;
use crate::model::Span;
use std::ops::Range;

impl Chunker<'_> {
    /// `155mm`, `155-millimeter`, `7.62 mm`, `12.7x108mm` before a noun.
    pub(super) fn calibre_before(&self, start: usize) -> Option<usize> {
        let cue = self.sentence.ending_at(Label::Calibre, start)?;
        // "25-mm caliber"
        let unit = self.sentence.ending_at(Label::Calibre, cue.tokens.start).unwrap_or(cue);
        let number = unit.tokens.start.checked_sub(1)?;
        // ".50 calibre": the point is of the number.
        let point = number.checked_sub(1).filter(|at| {
            self.sentence.is_sign(self.text, *at, &["."])
                && self.sentence.tokens[number].token.joint == Joint::Tight
        });
        let known = self.sentence.tokens[number].token.kind == TokenKind::Number;
        known.then_some(point.unwrap_or(number))
    }

    /// "155mm, 120mm and 105mm shells": an item for each calibre before the one that stands beside
    /// the noun, with the noun that they share.
    pub(super) fn shared_calibres(&self, phrase: &Phrase, item: &ItemMention) -> Vec<ItemMention> {
        let own = phrase.tokens.clone().find(|at| self.is_calibre(*at));
        let Some(mut start) = own else { return Vec::new() };
        let noun = self.sentence.tokens[start + 1..phrase.tokens.end]
            .iter()
            .position(|known| known.token.kind == TokenKind::Word)
            .map(|gap| start + 1 + gap);
        let Some(unit) = noun.filter(|at| at + 1 < phrase.tokens.end) else { return Vec::new() };
        let mut items = Vec::new();
        while let Some(link) = start.checked_sub(1).filter(|at| self.joins(*at)) {
            // "155- and 105-millimeter"
            let hyphen = link > 0 && self.sentence.is_sign(self.text, link - 1, &["-", "‑"]);
            let end = if hyphen { link - 1 } else { link };
            let number = match self.sentence.ending_at(Label::Calibre, end) {
                Some(cue) => cue.tokens.start.checked_sub(1),
                None => end.checked_sub(1),
            };
            let found = number.filter(|at| {
                self.sentence.tokens[*at].token.kind == TokenKind::Number
                    && self.is_calibre(start)
                    && !matches!(self.sentence.mention_at(*at), Some(mention) if !matches!(mention.value, Value::Number(_)))
            });
            let Some(number) = found else { break };
            items.push(self.of_calibre(number..end, unit + 1..phrase.tokens.end, phrase, item));
            start = number;
        }
        items.reverse();
        items
    }

    fn joins(&self, at: usize) -> bool {
        self.sentence.is(Label::And, at) || self.sentence.is_sign(self.text, at, &[",", "/"])
    }

    /// A number with the word for a calibre right behind it, or one that shares that word.
    pub(super) fn is_calibre(&self, at: usize) -> bool {
        self.sentence.tokens[at].token.kind == TokenKind::Number
            && (self.sentence.is(Label::Calibre, at + 1) || self.joins(at + 1))
    }

    fn of_calibre(
        &self,
        calibre: Range<usize>,
        noun: Range<usize>,
        phrase: &Phrase,
        item: &ItemMention,
    ) -> ItemMention {
        let unit = self.sentence.is(Label::Calibre, calibre.end - 1);
        let measure = if unit { "" } else { "mm" };
        let name = format!("{}{measure} {}", self.words(&calibre), self.words(&noun));
        let known = self.lexicon.matcher().tokens(&name, Span::new(0, name.len()));
        let whole = |hit: &crate::lexicon::Hit| hit.start == 0 && hit.end == known.len();
        let class =
            self.lexicon.matcher().hits(&known).into_iter().filter(whole).find_map(
                |hit| match self.lexicon.matcher().form(hit.form).meaning {
                    Meaning::Materiel(number) => self.lexicon.materiel_at(number).class.clone(),
                    _ => None,
                },
            );
        let quantity = self.quantity_before(calibre.start);
        let start = quantity.as_ref().map_or(calibre.start, |(_, start, _)| *start);
        ItemMention {
            tokens: start..calibre.end,
            span: self.sentence.span_of(&calibre),
            system: None,
            class: class.or_else(|| phrase.class.clone()),
            name,
            quantity: quantity.map(|(bounds, ..)| bounds),
            unit: item.unit.clone(),
            role: item.role,
            is_everyday: false,
            rule: "item.shared-calibre",
        }
    }
}

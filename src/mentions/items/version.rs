//! Which version of a system is meant, told between its name and the noun for its kind.

use super::Chunker;
use crate::lexicon::token::{Shape, TokenKind};
use crate::mentions::{Mention, Value};
use crate::text::SegmentKind;

/// So many tokens behind a system's name say at most which version of it is meant.
const LONGEST: usize = 4;

impl Chunker<'_> {
    /// "Leopard 1 AP tanks", "Glock 21 pistols", "M2A1 .50 caliber machine guns": the noun for things of a
    /// system's own sort behind figures, letters and words that say which version it is.
    pub(super) fn behind_version(&self, system: &Mention) -> Option<&Mention> {
        let Value::System(number) = system.value else { return None };
        if self.sentence.segment.kind == SegmentKind::Row {
            return None;
        }
        let start = system.tokens.end;
        let near = start + 1..=start + LONGEST;
        let mut nouns =
            self.sentence.mentions.iter().filter(|noun| near.contains(&noun.tokens.start));
        let noun = nouns.find(|noun| self.is_head(noun))?;
        let end = self.calibre_before(noun.tokens.start).unwrap_or(noun.tokens.start);
        let told = end >= start && (start..end).all(|at| self.tells_version(at));
        (told && self.is_of_sort(noun, number) && !self.opens_verb(noun)).then_some(noun)
    }

    fn tells_version(&self, at: usize) -> bool {
        let token = self.sentence.tokens[at].token;
        let figure = token.kind == TokenKind::Number;
        let letters = token.kind == TokenKind::Word && token.shape == Shape::Upper;
        let free = self.sentence.mention_at(at).is_none_or(|mention| {
            matches!(mention.value, Value::Number(_)) && mention.tokens.len() == 1
        });
        free && (figure || letters) || self.is_describing(at)
    }

    /// Whether a noun is for things of the sort that a system is of.
    fn is_of_sort(&self, noun: &Mention, system: u32) -> bool {
        let Value::Materiel(number) = noun.value else { return false };
        let sort = |class: &str| self.lexicon.class_line(class).last().map(|root| root.id.clone());
        let class = self.lexicon.materiel_at(number).class.as_deref();
        class.is_some_and(|class| sort(class) == sort(&self.lexicon.system_at(system).class))
    }
}

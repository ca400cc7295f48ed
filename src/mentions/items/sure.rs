//! Whether a phrase names materiel at all: words that also mean something else need a number, a noun
//! or a neighbour beside them.

use super::{Chunker, Phrase, names_materiel};
use crate::lexicon::{
    Label, Role,
    token::{Joint, Shape, TokenKind},
};
use crate::mentions::Value;
use crate::model::Bounds;
use rust_decimal::Decimal;

impl Chunker<'_> {
    /// Whether the phrase names materiel at all: an ambiguous name needs a quantity, a noun, or a
    /// neighbour that is surely one; a modifier alone is nothing.
    pub(super) fn is_materiel(&self, phrase: &Phrase) -> bool {
        let single_word = phrase.core.len() == 1;
        match phrase.role {
            Role::Modifier => false,
            _ if self.is_half_a_word(phrase) || self.is_cut_short(phrase) => false,
            // "P15 million": a sum, no designation.
            _ if phrase.system.is_some()
                && single_word
                && self.sentence.is(Label::Scale, phrase.tokens.end) =>
            {
                false
            }
            Role::Unit => self.sentence.is(Label::Of, phrase.tokens.end),
            Role::Part if single_word => {
                self.sentence.is(Label::For, phrase.tokens.end)
                    || self.is_thing(phrase)
                    || self.is_counted_part(phrase)
                    || phrase.plural && self.is_of_system(phrase.tokens.end)
            }
            Role::Part if self.is_other(phrase) => false,
            Role::Head if self.is_package(phrase) || self.is_kind_or_force(phrase) => false,
            Role::Head => {
                let end = phrase.tokens.end;
                let counted = phrase.quantity.is_some() && phrase.plural;
                phrase.described
                    || self.sentence.is(Label::For, end)
                    || counted && self.sentence.is(Label::With, end)
            }
            _ if phrase.ambiguous && single_word && self.is_counted_in_units(phrase) => true,
            _ if phrase.ambiguous && single_word => {
                let counted = phrase
                    .quantity
                    .as_ref()
                    .is_some_and(|(bounds, _)| bounds.figure() > Decimal::ONE);
                let plural = phrase.plural && self.sentence.tokens[phrase.core.start].is_plural();
                // "the launchers": of what was told before, which says what they are.
                let told = phrase.system.is_none()
                    && phrase.core.start > 0
                    && self.sentence.is(Label::Definite, phrase.core.start - 1);
                let plural = plural && !told;
                counted
                    || !self.is_part_of_name(phrase) && (plural || self.has_sure_neighbour(phrase))
            }
            _ => true,
        }
    }

    /// "launchers": a general word of which nothing says of what it is, though it may be a thing where it
    /// is counted.
    pub(super) fn is_bare_head(&self, phrase: &Phrase) -> bool {
        let also = || {
            let nouns = self.nouns(&self.words(&phrase.core));
            phrase.ambiguous && nouns.iter().any(|noun| noun.role == Role::Head)
        };
        phrase.system.is_none() && !phrase.described && (phrase.role == Role::Head || also())
    }

    /// "spares": parts by a word that the lexicon has in the plural.
    pub(super) fn is_thing(&self, phrase: &Phrase) -> bool {
        // "spares him a vote"
        let verb = self.is_describing(phrase.tokens.end);
        phrase.plural
            && !verb
            && !self.sentence.tokens[phrase.core.start].is_plural()
            && self.known_thing(&self.words(&phrase.core)).is_some()
    }

    /// "parts of its S-300 systems": whether what stands behind "of" is a system by name.
    fn is_of_system(&self, of: usize) -> bool {
        let small = |at: &usize| self.sentence.is_any(&[Label::Definite, Label::Indefinite], *at);
        let named = of + 1 + (of + 1..of + 3).take_while(small).count();
        let system = self.sentence.mention_at(named);
        self.sentence.is(Label::Of, of)
            && system.is_some_and(|system| matches!(system.value, Value::System(_)))
    }

    /// "35,000 magazines": parts that are things too, where they are counted.
    pub(super) fn is_counted_part(&self, phrase: &Phrase) -> bool {
        let nouns = || self.nouns(&self.words(&phrase.core));
        let several = |bounds: &Bounds| bounds.figure() > Decimal::ONE;
        phrase.quantity.as_ref().is_some_and(|(bounds, _)| several(bounds))
            && nouns().iter().any(|noun| noun.role == Role::Item)
    }

    /// "other parts", "new components": nothing says of what.
    fn is_other(&self, phrase: &Phrase) -> bool {
        let last = phrase.tokens.end - 1;
        phrase.system.is_none()
            && (phrase.core.start..last)
                .all(|at| self.sentence.is_any(&[Label::New, Label::Vague, Label::Definite], at))
    }

    /// "various types", "an army unit": kinds of things, or those who use them.
    fn is_kind_or_force(&self, phrase: &Phrase) -> bool {
        let forces = |at: usize| self.sentence.is(Label::Forces, at);
        // "a battalion-sized unit of the army"
        let end = phrase.tokens.end;
        let of_forces = self.sentence.is(Label::Of, end) && (end + 1..end + 4).any(forces);
        phrase.system.is_none()
            && (self.sentence.is(Label::Kinds, end - 1)
                || phrase.core.clone().any(forces)
                || of_forces)
    }

    /// "bullet-resistant", "missile-armed": one half of a word that describes.
    fn is_half_a_word(&self, phrase: &Phrase) -> bool {
        let next = self.sentence.tokens.get(phrase.tokens.end);
        phrase.system.is_none() && self.is_second_half(phrase)
            || phrase.system.is_none()
                && next.is_some_and(|next| {
                    next.token.kind == TokenKind::Word && next.token.joint == Joint::Hyphen
                })
    }

    /// "E2I": letters tight behind a name that also means something else make another name of it.
    fn is_cut_short(&self, phrase: &Phrase) -> bool {
        let next = self.sentence.tokens.get(phrase.tokens.end);
        phrase.ambiguous
            && phrase.system.is_some()
            && next.is_some_and(|next| {
                next.token.kind == TokenKind::Word && next.token.joint == Joint::Tight
            })
    }

    /// "water-jet propelled": "jet" is the second half of a word that describes.
    fn is_second_half(&self, phrase: &Phrase) -> bool {
        let start = phrase.core.start;
        let first = start.checked_sub(1).map(|at| self.sentence.tokens[at].token);
        phrase.core.len() == 1
            && !phrase.plural
            && self.sentence.tokens[start].token.joint == Joint::Hyphen
            && self.describes_at(phrase.tokens.end)
            && first.is_some_and(|first| first.shape == Shape::Lower)
    }

    /// "two batteries of Patriot": a unit before it says that it is materiel.
    fn is_counted_in_units(&self, phrase: &Phrase) -> bool {
        let start = phrase.tokens.start;
        start > 1
            && self.sentence.is(Label::Of, start - 1)
            && self.sentence.mention_at(start - 2).is_some_and(names_materiel)
    }

    /// "security assistance package": a word for packages as such, no materiel.
    fn is_package(&self, phrase: &Phrase) -> bool {
        let last = phrase.tokens.end - 1;
        phrase.system.is_none() && self.sentence.is_any(&[Label::PackageNoun, Label::AidNoun], last)
    }

    /// "Tony Hawk", "the Baltimore Ravens", "the Gorgor (Eagle) units": an unknown word with a capital
    /// right before it.
    fn is_part_of_name(&self, phrase: &Phrase) -> bool {
        let Some(before) = phrase.core.start.checked_sub(1) else { return false };
        let bracket = usize::from(self.sentence.is_sign(self.text, before, &["("]));
        // "the 3rd (Eagle) Battalion"
        let behind = phrase.core.end + 1;
        if bracket > 0 && behind < self.sentence.tokens.len() && self.is_capital(behind) {
            return true;
        }
        let Some(before) = before.checked_sub(bracket) else { return false };
        before > 0
            && self.is_capital(before)
            && self.sentence.tokens[before].token.kind == TokenKind::Word
            && (bracket > 0 || self.sentence.mention_at(before).is_none())
    }

    fn is_capital(&self, at: usize) -> bool {
        self.sentence.tokens[at].token.shape != Shape::Lower
    }

    fn has_sure_neighbour(&self, phrase: &Phrase) -> bool {
        let near = phrase.tokens.start.saturating_sub(6)..phrase.tokens.end + 6;
        self.sentence.mentions_in(&near).any(|mention| {
            !phrase.tokens.contains(&mention.tokens.start)
                && names_materiel(mention)
                && match mention.value {
                    Value::Materiel(number) => !matches!(
                        self.lexicon.materiel_at(number).role,
                        Role::Modifier | Role::Vague
                    ),
                    _ => mention.rule != "ambiguous",
                }
        })
    }
}

//! Kinds of gear in a list that names the gear once: "engineering, medical and cyber-defence equipment".

use super::{Chunker, ItemMention, Phrase, names_materiel};
use crate::lexicon::{Label, Role, token::Shape};
use crate::mentions::Value;
use std::ops::Range;

/// So many words name one kind of gear at most.
const LONGEST: usize = 3;

/// So many kinds before the last one make such a list.
const FEWEST: usize = 2;

/// What stands before a list of what is given.
const OPENING: [Label; 9] = [
    Label::Include,
    Label::ListIntro,
    Label::Give,
    Label::Buy,
    Label::Of,
    Label::For,
    Label::With,
    Label::New,
    Label::Definite,
];

impl Chunker<'_> {
    /// The items that the words before a phrase make with the general word at its end: none, where one of
    /// them is a thing by itself, or the list has no beginning that tells of what is given.
    pub(super) fn listed_kinds(&self, phrase: &Phrase) -> Vec<ItemMention> {
        let last = phrase.core.end - 1;
        let general = matches!(phrase.role, Role::Item | Role::Head | Role::Vague)
            && phrase.quantity.is_none()
            && self.is_gear(last + 1)
            && self.names_any(last);
        let kinds = if general { self.kinds_before(phrase.core.start) } else { Vec::new() };
        if kinds.len() < FEWEST {
            return Vec::new();
        }
        let gear = self.words(&(last..phrase.core.end));
        kinds.into_iter().map(|kind| self.kind_of_gear(&kind, &gear)).collect()
    }

    /// "equipment", "material": a word that says of nothing what it is.
    fn names_any(&self, at: usize) -> bool {
        let nouns = self.nouns(&self.words(&(at..at + 1)));
        nouns.into_iter().any(|noun| noun.role == Role::Vague)
    }

    /// The kinds that stand in a list before a token, first to last.
    fn kinds_before(&self, start: usize) -> Vec<Range<usize>> {
        let mut kinds = Vec::new();
        let mut at = start;
        while let Some(end) = self.before_link(at) {
            let first = self.kind_ending(end);
            if first == end || end - first > LONGEST {
                return Vec::new();
            }
            kinds.push(first..end);
            at = first;
        }
        let opens = at.checked_sub(1).is_some_and(|before| {
            self.sentence.is_any(&OPENING, before)
                || self.sentence.is_sign(self.text, before, &[":"])
        });
        kinds.reverse();
        if opens { kinds } else { Vec::new() }
    }

    /// The token behind which a comma, "and", or both stand before another one.
    fn before_link(&self, at: usize) -> Option<usize> {
        let and = usize::from(at > 0 && self.sentence.is(Label::And, at - 1));
        let at = at - and;
        let comma = usize::from(at > 0 && self.sentence.is_sign(self.text, at - 1, &[","]));
        (comma + and > 0).then_some(at - comma)
    }

    /// Where the words begin that only describe, and end before a token.
    fn kind_ending(&self, end: usize) -> usize {
        let mut first = end;
        while let Some(before) = first.checked_sub(1) {
            let mention = self.sentence.mention_at(before).filter(|m| names_materiel(m));
            let fits = match mention.map(|mention| (&mention.value, &mention.tokens)) {
                Some((Value::Materiel(_), tokens)) => self.is_modifier(tokens),
                Some(_) => false,
                None => {
                    let lower = self.sentence.tokens[before].token.shape == Shape::Lower;
                    lower && self.is_describing(before) && !self.is_plural(before)
                }
            };
            if !fits {
                break;
            }
            first = mention.map_or(before, |mention| mention.tokens.start);
        }
        first
    }

    fn is_modifier(&self, tokens: &Range<usize>) -> bool {
        let nouns = self.nouns(&self.words(tokens));
        nouns.into_iter().any(|noun| noun.role == Role::Modifier)
    }

    fn kind_of_gear(&self, kind: &Range<usize>, gear: &str) -> ItemMention {
        let name = format!("{} {gear}", self.words(kind));
        let known = self.known_thing(&name).and_then(|noun| noun.class.clone());
        let mut mentions = self.sentence.mentions_in(kind);
        let told = mentions.find_map(|mention| match mention.value {
            Value::Materiel(number) => self.lexicon.materiel_at(number).class.clone(),
            _ => None,
        });
        self.item_of_shared_noun(kind, name, known.or(told))
    }
}

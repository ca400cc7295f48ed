//! Items: noun phrases for materiel with their quantities, put together from names, common nouns,
//! the words that describe them, and the numbers before them.

use super::{Mention, Sentence, Value};
use crate::lexicon::{
    Label, Lexicon, Role,
    token::{Joint, Shape, TokenKind},
};
use crate::model::{Bounds, Qualifier, Span};
use rust_decimal::Decimal;
use std::ops::Range;

/// A noun phrase for materiel.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemMention {
    /// Its tokens with quantity and unit.
    pub tokens: Range<usize>,
    /// Where its name stands.
    pub span: Span,
    /// The named system, where it has one: its number in the lexicon.
    pub system: Option<u32>,
    /// Its class.
    pub class: Option<String>,
    /// The words of the name as written, white space made single.
    pub name: String,
    /// How many, where told.
    pub quantity: Option<Bounds>,
    /// What is counted instead of the thing.
    pub unit: Option<String>,
    /// The part that its last noun plays.
    pub role: Role,
    /// The rule that put it together.
    pub rule: &'static str,
}

/// One noun phrase before phrases are joined.
#[derive(Debug, Clone)]
struct Phrase {
    tokens: Range<usize>,
    system: Option<u32>,
    class: Option<String>,
    role: Role,
    quantity: Option<(Bounds, usize)>,
    ambiguous: bool,
    plural: bool,
    /// Whether another name, noun or calibre stands before its last noun.
    described: bool,
}

/// Finds the items of a sentence.
pub fn chunk(lexicon: &Lexicon, text: &str, sentence: &Sentence) -> Vec<ItemMention> {
    let chunker = Chunker { lexicon, text, sentence };
    let mut phrases = chunker.phrases();
    phrases.retain(|phrase| chunker.is_materiel(phrase));
    chunker.join(phrases)
}

struct Chunker<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    sentence: &'a Sentence,
}

impl Chunker<'_> {
    fn phrases(&self) -> Vec<Phrase> {
        let mut phrases = Vec::new();
        let mut at = 0;
        while at < self.sentence.tokens.len() {
            match self.phrase(at) {
                Some(phrase) => {
                    at = phrase.tokens.end;
                    phrases.push(phrase);
                }
                None => at += 1,
            }
        }
        phrases
    }

    fn materiel(&self, mention: &Mention) -> bool {
        matches!(mention.value, Value::System(_) | Value::Materiel(_))
    }

    /// The phrase whose core begins with the mention at this token.
    fn phrase(&self, at: usize) -> Option<Phrase> {
        let first =
            self.sentence.mention_at(at).filter(|m| m.tokens.start == at && self.materiel(m))?;
        let mut phrase = Phrase {
            tokens: at..at,
            system: None,
            class: None,
            role: Role::Modifier,
            quantity: None,
            ambiguous: false,
            plural: false,
            described: false,
        };
        let mut ambiguous = false;
        let mut mention = first;
        loop {
            let mut role = Role::Item;
            match mention.value {
                Value::System(number) => {
                    if phrase.system.is_none() {
                        phrase.system = Some(number);
                    }
                    phrase.class = Some(self.lexicon.system_at(number).class.clone());
                    ambiguous |= mention.rule == "ambiguous";
                }
                Value::Materiel(number) => {
                    let noun = self.lexicon.materiel_at(number);
                    role = noun.role;
                    if noun.class.is_some()
                        && noun.role != Role::Modifier
                        && noun.role != Role::Head
                        || phrase.class.is_none()
                    {
                        phrase.class.clone_from(&noun.class);
                    }
                }
                _ => break,
            }
            if role != Role::Modifier {
                phrase.role = role;
            } else if phrase.role != Role::Modifier && phrase.system.is_none() {
                // A modifier after a noun begins a new head: "small arms ammunition".
                phrase.role = Role::Modifier;
            }
            phrase.tokens.end = mention.tokens.end;
            match self.next_part(mention.tokens.end) {
                Some(next) => {
                    phrase.described = true;
                    mention = next;
                }
                None => break,
            }
        }
        phrase.ambiguous = ambiguous && phrase.role != Role::Head;
        phrase.plural = self.is_plural(phrase.tokens.end - 1);
        self.widen(&mut phrase);
        Some(phrase)
    }

    /// The next mention of the same phrase: right after, or after one unknown word that has a noun
    /// for materiel behind it ("landing craft assault ship").
    fn next_part(&self, at: usize) -> Option<&Mention> {
        if self.sentence.is_any_sign(at)
            && !self.sentence.is_sign(self.text, at, &["/", "\"", "”", "“", "'"])
        {
            return None;
        }
        let skip = usize::from(self.sentence.is_any_sign(at));
        let direct = self.sentence.mention_at(at + skip).filter(|m| self.materiel(m));
        if let Some(mention) = direct {
            return Some(mention);
        }
        let unknown = self.is_describing(at) && skip == 0;
        let after = self
            .sentence
            .mention_at(at + 1)
            .filter(|m| self.materiel(m) && m.tokens.start == at + 1);
        after.filter(|mention| unknown && self.is_head(mention))
    }

    fn is_head(&self, mention: &Mention) -> bool {
        match mention.value {
            Value::Materiel(number) => {
                !matches!(self.lexicon.materiel_at(number).role, Role::Modifier | Role::Unit)
            }
            _ => false,
        }
    }

    /// A word that is no cue, no mention and no sign: it may describe the noun after it.
    fn is_describing(&self, at: usize) -> bool {
        let Some(known) = self.sentence.tokens.get(at) else { return false };
        known.token.kind == TokenKind::Word
            && self.sentence.mention_at(at).is_none()
            && !self.sentence.cues_in(&(at..at + 1)).any(|cue| !describes(cue.label))
            && !self.is_covered(at)
    }

    fn is_covered(&self, at: usize) -> bool {
        self.sentence
            .cues
            .iter()
            .any(|cue| cue.tokens.start < at && cue.tokens.contains(&at) && !describes(cue.label))
    }

    /// Takes in the calibre, describing words and the quantity before the phrase.
    fn widen(&self, phrase: &mut Phrase) {
        let sentence = self.sentence;
        let mut start = phrase.tokens.start;
        if let Some(calibre) = self.calibre_before(start) {
            start = calibre;
            phrase.described = true;
        }
        let mut left = start;
        let mut words = 0;
        while left > 0 && words < 4 && self.is_describing(left - 1) {
            left -= 1;
            words += 1;
        }
        let quantity = self.quantity_before(left).or_else(|| self.quantity_before(start));
        if let Some((bounds, from, name_from)) = quantity {
            phrase.quantity = Some((bounds, from));
            phrase.tokens.start = name_from;
        } else if words <= 2 && (left == 0 || self.opens_list(left - 1)) {
            phrase.tokens.start = left;
        } else if words > 0
            && sentence
                .is_any(&[Label::Definite, Label::Indefinite, Label::New], left.saturating_sub(1))
            && left > 0
        {
            phrase.tokens.start = left;
        } else {
            phrase.tokens.start = start;
        }
    }

    /// `155mm`, `155-millimeter`, `7.62 mm`, `12.7x108mm` before a noun.
    fn calibre_before(&self, start: usize) -> Option<usize> {
        let cue = self
            .sentence
            .cues
            .iter()
            .find(|cue| cue.label == Label::Calibre && cue.tokens.end == start)?;
        let number = cue.tokens.start.checked_sub(1)?;
        (self.sentence.tokens[number].token.kind == TokenKind::Number).then_some(number)
    }

    /// A number right before a token, past words such as "additional" and "more": its bounds, its
    /// first token, and the token after it and those words.
    fn quantity_before(&self, at: usize) -> Option<(Bounds, usize, usize)> {
        let mut end = at;
        while end > 0 && self.is_filler(end - 1) {
            end -= 1;
        }
        let number =
            self.sentence.mentions.iter().find(|mention| {
                mention.tokens.end == end && matches!(mention.value, Value::Number(_))
            });
        if let Some(mention) = number
            && let Value::Number(bounds) = mention.value
        {
            return Some((bounds, mention.tokens.start, at));
        }
        let article = end.checked_sub(1)?;
        let single = self.sentence.is(Label::Indefinite, article)
            && self
                .sentence
                .cues_in(&(article..article + 1))
                .any(|cue| cue.label == Label::Indefinite && cue.tokens.len() == 1)
            && !self.sentence.is(Label::Vague, article);
        single.then(|| (Bounds::of(Decimal::ONE, Qualifier::Exact), article, at))
    }

    fn is_filler(&self, at: usize) -> bool {
        self.sentence.is(Label::New, at)
            && !self.sentence.is_any(&[Label::MoreThan, Label::AtLeast], at)
            && !matches!(
                self.sentence.mention_at(at),
                Some(Mention { value: Value::Number(_), .. })
            )
    }

    fn opens_list(&self, before: usize) -> bool {
        self.sentence.is_any_sign(before)
            || self.sentence.is_any(&[Label::And, Label::Include, Label::Of], before)
    }

    fn is_plural(&self, last: usize) -> bool {
        let raw = self.sentence.tokens[last].token.span.of(self.text);
        raw.ends_with(['s', 'S'])
    }

    /// Whether the phrase names materiel at all: an ambiguous name needs a quantity, a noun, or a
    /// neighbour that is surely one; a modifier alone is nothing.
    fn is_materiel(&self, phrase: &Phrase) -> bool {
        let single_word = phrase.tokens.len() == 1;
        match phrase.role {
            Role::Modifier => false,
            Role::Unit => self.sentence.is(Label::Of, phrase.tokens.end),
            Role::Part if single_word => false,
            Role::Head if self.is_package(phrase) => false,
            Role::Head => phrase.described,
            _ if phrase.ambiguous && single_word => {
                let counted = phrase
                    .quantity
                    .as_ref()
                    .is_some_and(|(bounds, _)| bounds.figure() > Decimal::ONE);
                counted
                    || phrase.plural && self.is_capital(phrase.tokens.start)
                    || self.has_sure_neighbour(phrase)
            }
            _ => true,
        }
    }

    /// "security assistance package": a word for packages as such, no materiel.
    fn is_package(&self, phrase: &Phrase) -> bool {
        let last = phrase.tokens.end - 1;
        phrase.system.is_none() && self.sentence.is_any(&[Label::PackageNoun, Label::AidNoun], last)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.sentence.tokens[at].token.shape != Shape::Lower
    }

    fn has_sure_neighbour(&self, phrase: &Phrase) -> bool {
        let near = phrase.tokens.start.saturating_sub(6)..phrase.tokens.end + 6;
        self.sentence.mentions_in(&near).any(|mention| {
            !phrase.tokens.contains(&mention.tokens.start)
                && self.materiel(mention)
                && match mention.value {
                    Value::Materiel(number) => !matches!(
                        self.lexicon.materiel_at(number).role,
                        Role::Modifier | Role::Vague
                    ),
                    _ => mention.rule != "ambiguous",
                }
        })
    }

    /// Joins phrases that are one item: "ammunition for HIMARS", "jets of the MiG-29 type", "rounds
    /// of ammunition", a short name in brackets.
    fn join(&self, phrases: Vec<Phrase>) -> Vec<ItemMention> {
        let mut items: Vec<(ItemMention, Phrase)> = Vec::new();
        let mut phrases = phrases.into_iter().peekable();
        while let Some(phrase) = phrases.next() {
            if let Some((last, whole)) = items.last_mut() {
                let gap = whole.tokens.end..phrase.tokens.start;
                if let Some(rule) = self.link(whole, &phrase, &gap) {
                    self.merge(last, whole, &phrase, rule);
                    continue;
                }
            }
            let mut item = self.item(&phrase);
            if let Some((last, whole)) = items.last()
                && last.rule == "item.for"
                && phrase.quantity.is_none()
                && self.sentence.is(Label::And, whole.tokens.end)
                && phrase.tokens.start <= whole.tokens.end + 2
                && !matches!(phrase.role, Role::Ammunition | Role::Part)
            {
                // "ammunition for X and Y": Y comes with the same noun.
                item.name = format!(
                    "{} {}",
                    item.name,
                    self.words(&(whole.tokens.start..whole.tokens.start + 1))
                );
                item.class.clone_from(&last.class);
                item.role = last.role;
                item.rule = "item.for-shared";
            }
            items.push((item, phrase));
        }
        items.retain(|(item, _)| item.role != Role::Unit);
        items.into_iter().map(|(item, _)| item).collect()
    }

    fn link(&self, whole: &Phrase, next: &Phrase, gap: &Range<usize>) -> Option<&'static str> {
        let small = |at: usize| {
            self.sentence.is_any(&[Label::Definite, Label::Indefinite], at)
                || self.sentence.is_sign(self.text, at, &["\"", "“", "‘"])
        };
        let first = gap.start;
        if next.quantity.as_ref().is_some_and(|(bounds, _)| bounds.figure() != Decimal::ONE) {
            return None;
        }
        let rest_small = (first + 1..gap.end).all(small);
        let served = matches!(whole.role, Role::Ammunition | Role::Part) || self.is_missile(whole);
        let fired =
            self.sentence.is(Label::FiredBy, first) && self.sentence.is(Label::FiredBy, first + 1);
        let rest_fired = fired && (first + 2..gap.end).all(small);
        if served
            && (self.sentence.is(Label::For, first) && rest_small && gap.len() <= 3 || rest_fired)
        {
            return Some("item.for");
        }
        let unit_of = self.sentence.is(Label::Of, first) && gap.len() <= 3 && rest_small;
        if unit_of && whole.system.is_none() && next.system.is_some() && !whole.ambiguous {
            return Some("item.of-type");
        }
        if unit_of && matches!(whole.role, Role::Ammunition | Role::Unit) {
            return Some("item.unit");
        }
        let bracket = self.sentence.is_sign(self.text, first, &["("])
            && gap.len() == 1
            && next.quantity.is_none();
        (bracket && self.sentence.is_sign(self.text, next.tokens.end, &[")"]))
            .then_some("item.alias")
    }

    fn is_missile(&self, phrase: &Phrase) -> bool {
        phrase.class.as_ref().is_some_and(|class| {
            let mut class = self.lexicon.class(class);
            while let Some(found) = class {
                if found.kiel.as_ref().is_some_and(|kiel| kiel.starts_with("Ammunition")) {
                    return true;
                }
                class = found.parent.as_ref().and_then(|parent| self.lexicon.class(parent));
            }
            false
        })
    }

    fn merge(&self, item: &mut ItemMention, whole: &mut Phrase, next: &Phrase, rule: &'static str) {
        let end = if rule == "item.alias" { next.tokens.end + 1 } else { next.tokens.end };
        if rule == "item.unit" {
            // "rounds of small arms ammunition": the thing is what stands behind the unit.
            item.unit = Some(self.words(&whole.tokens));
            item.class.clone_from(&next.class);
            item.role = next.role;
            whole.role = next.role;
            item.span = self.sentence.span_of(&next.tokens);
            item.name = self.words(&next.tokens);
        } else {
            item.span = item.span.join(self.sentence.span_of(&(next.tokens.start..end)));
            item.name = self.words(&(whole.tokens.start..end));
        }
        item.system = item.system.or(next.system);
        item.rule = rule;
        item.tokens.end = end;
        whole.tokens.end = end;
        if rule == "item.of-type" {
            item.class.clone_from(&next.class);
        }
    }

    fn item(&self, phrase: &Phrase) -> ItemMention {
        let (unit, name_start) = self.unit(phrase);
        let name = name_start..phrase.tokens.end;
        let start = phrase.quantity.as_ref().map_or(phrase.tokens.start, |(_, start)| *start);
        ItemMention {
            tokens: start..phrase.tokens.end,
            span: self.sentence.span_of(&name),
            system: phrase.system,
            class: phrase.class.clone(),
            name: self.words(&name),
            quantity: phrase.quantity.as_ref().map(|(bounds, _)| *bounds),
            unit,
            role: phrase.role,
            rule: if phrase.system.is_some() { "item.system" } else { "item.noun" },
        }
    }

    /// A unit at the beginning of the phrase: "sets of body armor" comes as "sets" + "of"; here
    /// only a unit noun that opens the phrase itself counts.
    fn unit(&self, phrase: &Phrase) -> (Option<String>, usize) {
        let start = phrase.tokens.start;
        let mention = self.sentence.mention_at(start);
        if let Some(Mention { value: Value::Materiel(number), tokens, .. }) = mention
            && self.lexicon.materiel_at(*number).role == Role::Unit
            && tokens.end < phrase.tokens.end
        {
            return (Some(self.lexicon.materiel_at(*number).form.clone()), tokens.end);
        }
        (None, start)
    }

    fn words(&self, tokens: &Range<usize>) -> String {
        let span = self.sentence.span_of(tokens);
        span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Labels of cues that say nothing against a word being part of an item's name.
const fn describes(label: Label) -> bool {
    matches!(
        label,
        Label::Military
            | Label::Humanitarian
            | Label::Financial
            | Label::Domestic
            | Label::Civil
            | Label::Made
            | Label::Sale
            | Label::Scale
            | Label::Appropriation
            | Label::Frame
            | Label::Private
            | Label::OtherMoney
            | Label::Month
            | Label::Replacement
    )
}

/// Whether two tokens are written as one word; used for units such as `155mm`.
#[allow(dead_code)]
const fn is_joined(joint: Joint) -> bool {
    !matches!(joint, Joint::Space)
}

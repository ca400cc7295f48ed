//! Items: noun phrases for materiel with their quantities, put together from names, common nouns,
//! the words that describe them, and the numbers before them.

mod apposed;
mod behind;
mod brackets;
mod calibre;
mod described;
mod ellipsis;
mod join;
mod listed;
mod purpose;
mod served;
mod shared;
mod sure;
mod unknown;
mod verbs;
mod version;
mod widen;

use super::{Mention, Sentence, Value};
use crate::lexicon::{
    Label, Lexicon, Role,
    token::{Joint, Shape, TokenKind, has_plural_ending},
};
use crate::model::{Bounds, Span};
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
    /// Whether its words name things of civil life too: it says nothing of arms by itself.
    pub is_everyday: bool,
    /// The rule that put it together.
    pub rule: &'static str,
}

/// One noun phrase before phrases are joined.
#[derive(Debug, Clone)]
struct Phrase {
    tokens: Range<usize>,
    /// Its names and nouns, without the words that describe them.
    core: Range<usize>,
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
    let mut items = chunker.join(phrases);
    for item in &mut items {
        item.is_everyday = item.system.is_none() && chunker.is_everyday(&item.tokens);
    }
    chunker.add_unknown(&mut items);
    chunker.add_listed(&mut items);
    items
}

fn names_materiel(mention: &Mention) -> bool {
    matches!(mention.value, Value::System(_) | Value::Materiel(_))
}

struct Chunker<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    sentence: &'a Sentence,
}

impl Chunker<'_> {
    /// Whether all nouns of a stretch that stand alone as items are of civil life too, and no word
    /// beside them says more: "ship", but not "warship", nor "armoured car".
    fn is_everyday(&self, tokens: &Range<usize>) -> bool {
        let mut nouns =
            self.sentence.mentions_in(tokens).filter_map(|mention| match mention.value {
                Value::Materiel(number) => Some(self.lexicon.materiel_at(number)),
                _ => None,
            });
        let military = self.sentence.has(Label::Military, tokens);
        !military && nouns.all(|noun| noun.is_everyday || noun.role == Role::Unit)
    }

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

    /// The phrase whose core begins with the mention at this token.
    fn phrase(&self, at: usize) -> Option<Phrase> {
        let first =
            self.sentence.mention_at(at).filter(|m| m.tokens.start == at && names_materiel(m))?;
        let receives = first.tokens.len() == 1 && self.ends_receiver(first.tokens.end);
        if receives || self.is_verb(first) || self.opens_verb(first) {
            return None;
        }
        let mut phrase = Phrase {
            tokens: at..at,
            core: at..at,
            system: None,
            class: None,
            role: Role::Modifier,
            quantity: None,
            ambiguous: false,
            plural: false,
            described: false,
        };
        let (mut ambiguous, mut noun_class, mut kind) = (false, None, None);
        let mut last_noun = None;
        let mut mention = first;
        loop {
            let mut role = Role::Item;
            match mention.value {
                Value::System(number) => {
                    phrase.system = phrase.system.or(Some(number));
                    ambiguous |= mention.rule == "ambiguous";
                }
                Value::Materiel(number) => {
                    let noun = self.lexicon.materiel_at(number);
                    role = noun.role;
                    ambiguous |= mention.rule == "ambiguous";
                    let names = !matches!(noun.role, Role::Modifier | Role::Head | Role::Vague);
                    if noun.role == Role::Modifier {
                        kind = noun.class.as_deref().or(kind);
                    } else if noun.class.is_some() && (names || noun_class.is_none()) {
                        noun_class = noun.class.as_deref();
                    }
                }
                _ => break,
            }
            // A modifier after a noun begins a new head: "small arms ammunition".
            if role != Role::Modifier || phrase.system.is_none() {
                phrase.role = role;
            }
            phrase.tokens.end = mention.tokens.end;
            if role != Role::Modifier {
                last_noun = Some((phrase.tokens.end, phrase.role));
            }
            let next = self.next_part(mention.tokens.end);
            let next = next.or_else(|| self.behind_version(mention));
            match next.or_else(|| self.shared_part(&phrase, role)) {
                Some(next) => {
                    phrase.described = true;
                    mention = next;
                }
                None => break,
            }
        }
        if let Some((end, role)) = last_noun.filter(|(end, _)| *end < phrase.tokens.end) {
            // "24 trucks used by the army", "six Leopard 2A4 donated by Spain": what describes nothing
            // behind it is not of the name.
            phrase.tokens.end = end;
            phrase.role = role;
        }
        let package = self.drop_package(&mut phrase);
        if kind.is_some() && phrase.role == Role::Vague && self.is_gear(phrase.tokens.end) {
            // "boarding gear": a general word, of which the one before it says what it is.
            phrase.role = Role::Item;
            noun_class = kind;
        }
        noun_class = noun_class.or(kind);
        phrase.role = self.settled_role(&phrase);
        let of_system = phrase.system.map(|number| self.lexicon.system_at(number).class.as_str());
        let class = self.lexicon.item_class(of_system, noun_class, phrase.role);
        phrase.class = class.map(|class| class.id.clone());
        phrase.ambiguous = ambiguous && phrase.role != Role::Head;
        phrase.plural = self.is_plural(phrase.tokens.end - 1);
        phrase.core = phrase.tokens.clone();
        self.widen(&mut phrase);
        phrase.quantity = phrase.quantity.filter(|_| !package);
        self.add_purpose(&mut phrase);
        Some(phrase)
    }

    /// "a spare parts package": the word for a package is none of the thing's name.
    fn drop_package(&self, phrase: &mut Phrase) -> bool {
        let last = phrase.tokens.end - 1;
        let package = self.sentence.is_any(&[Label::PackageNoun, Label::AidNoun], last);
        let before = last.checked_sub(1).and_then(|at| self.sentence.mention_at(at));
        // "training aids" is one noun, "spare parts package" is not.
        let aid = !self.sentence.is(Label::PackageNoun, last);
        let own = |m: &&Mention| !aid || m.tokens.end == last;
        let own = |m: &&Mention| phrase.tokens.start <= m.tokens.start && own(m);
        if let Some(mention) = before.filter(|m| package && own(m))
            && let Value::Materiel(number) = mention.value
            && let role @ (Role::Part | Role::Ammunition | Role::Item) =
                self.lexicon.materiel_at(number).role
        {
            phrase.tokens.end = last;
            phrase.role = role;
            return true;
        }
        false
    }

    /// The part that the last noun plays once the whole phrase is known.
    fn settled_role(&self, phrase: &Phrase) -> Role {
        match phrase.role {
            // "20 Marder vehicles", "an IRIS-T system"
            Role::Vague | Role::Unit if phrase.system.is_some() => Role::Item,
            // "40 field artillery pieces"
            Role::Unit
                if !self.sentence.is(Label::Of, phrase.tokens.end)
                    && self.names_thing(&phrase.tokens) =>
            {
                Role::Item
            }
            // "two containers of medical supplies"
            Role::Item if phrase.tokens.len() == 1 && self.is_unit_of_things(phrase) => Role::Unit,
            // "25,000 sets of body armor"
            Role::Head if !phrase.described && self.sentence.is(Label::Of, phrase.tokens.end) => {
                Role::Unit
            }
            role => role,
        }
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
        let direct = self.sentence.mention_at(at + skip).filter(|m| names_materiel(m));
        let direct = direct.filter(|mention| !self.opens_verb(mention));
        if let Some(mention) = direct {
            return Some(mention);
        }
        let behind = |at: usize| {
            let mention = self.sentence.mention_at(at);
            mention.filter(|m| names_materiel(m) && m.tokens.start == at && self.is_head(m))
        };
        if skip == 0 && self.is_model(at) {
            return behind(at + 2);
        }
        // "Metal Shark 45-foot patrol boats"
        if skip == 0 && at + 1 < self.sentence.tokens.len() && self.is_measure(at + 1) {
            return behind(at + 2);
        }
        // `K600 "Rhino" minefield breaching vehicles`
        let stroke = self.sentence.is_sign(self.text, at, &["/"]);
        behind(at + skip + 1).filter(|_| !stroke && self.is_describing(at + skip))
    }

    /// "Mi-8MT transport and combat helicopters": the part behind "and", where the words on both sides
    /// describe one thing by its name.
    fn shared_part(&self, phrase: &Phrase, role: Role) -> Option<&Mention> {
        let and = phrase.tokens.end;
        let open = phrase.system.is_some() && role == Role::Modifier;
        let behind = self.sentence.mention_at(and + 1).filter(|m| names_materiel(m));
        behind.filter(|mention| {
            open && self.sentence.is(Label::And, and)
                && mention.tokens.start == and + 1
                && matches!(mention.value, Value::Materiel(_))
        })
    }

    /// "40M" in "MAN 40M trucks": digits with letters tight behind them, as models are called.
    fn is_model(&self, at: usize) -> bool {
        let (Some(first), Some(second)) =
            (self.sentence.tokens.get(at), self.sentence.tokens.get(at + 1))
        else {
            return false;
        };
        first.token.kind == TokenKind::Number
            && second.token.kind == TokenKind::Word
            && second.token.joint == Joint::Tight
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
        (known.token.kind == TokenKind::Word || self.is_designation(at))
            && self.sentence.mention_at(at).is_none()
            && !self.sentence.cues_in(&(at..at + 1)).any(|cue| !describes(cue.label))
            && !self.is_covered(at)
            && !self.is_times(at)
    }

    /// Digits behind capital letters: "L-70", "K600" is how an unknown model looks.
    fn is_designation(&self, at: usize) -> bool {
        let Some(previous) = at.checked_sub(1).map(|before| self.sentence.tokens[before].token)
        else {
            return false;
        };
        let token = self.sentence.tokens[at].token;
        token.kind == TokenKind::Number
            && token.joint != Joint::Space
            && previous.kind == TokenKind::Word
            && previous.shape != Shape::Lower
    }

    fn is_covered(&self, at: usize) -> bool {
        self.sentence.cues_into(at).any(|cue| !describes(cue.label))
    }

    fn is_plural(&self, last: usize) -> bool {
        has_plural_ending(self.sentence.tokens[last].token.span.of(self.text))
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
            | Label::Genitive
            | Label::Abstract
    )
}

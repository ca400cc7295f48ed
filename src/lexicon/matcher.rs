//! Finds every lexicon form in a row of tokens, in one pass, by a tree whose edges are words.
//! Decides on case and spacing; leaves the choice between overlapping forms to the caller.

use super::token::{self, Joint, Shape, Token, TokenKind, each_token};
use crate::model::Span;
use rustc_hash::FxHashMap;

/// What a form stands for: an index into one of the lexicon's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Meaning {
    /// A named system.
    System(u32),
    /// A common noun for materiel.
    Materiel(u32),
    /// A state, an organisation, or an office or person that stands for one.
    Actor(u32),
    /// A currency.
    Currency(u32),
    /// A mechanism.
    Mechanism(u32),
    /// A cue of the language.
    Cue(u32),
}

/// How a token of the text must be written to match a token of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Any,
    Capital,
    Upper,
    /// A number that must follow its letter without a space: `A-10`, never `a 10`.
    Bound,
}

/// One form as it was written in the lexicon.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it stands for.
    pub meaning: Meaning,
    /// Whether it counts only with context.
    pub ambiguous: bool,
    /// Its place among the inflections of its line, from 0.
    pub slot: u8,
    /// Whether only its last word may be a plural: all inflections of verbs are spelled out, and "two
    /// sets to" is no "set to".
    is_verb: bool,
    writing: Vec<Writing>,
}

/// A place where a form stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The first token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The form, by number.
    pub form: u32,
}

/// A token with the numbers of its word and of its singular in the lexicon's vocabulary.
#[derive(Debug, Clone, Copy)]
pub struct KnownToken {
    /// The token.
    pub token: Token,
    word: Option<u32>,
    stem: Option<u32>,
}

impl KnownToken {
    /// Whether the lexicon knows the word only by its singular.
    pub fn is_plural(&self) -> bool {
        self.word.is_none() && self.stem.is_some()
    }
}

/// The tree of all forms.
#[derive(Debug, Default)]
pub struct Matcher {
    vocabulary: FxHashMap<String, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    /// The forms that end at each node, by the node's number.
    leaves: Vec<Vec<u32>>,
    forms: Vec<Form>,
}

impl Matcher {
    /// Adds one form; a form without a token is passed over.
    pub fn add(&mut self, form: &str, meaning: Meaning, slot: u8) {
        self.add_form(form, meaning, slot, false);
    }

    /// Adds one inflection of a verb, or a phrase with one.
    pub fn add_verb(&mut self, form: &str, meaning: Meaning, slot: u8) {
        self.add_form(form, meaning, slot, true);
    }

    fn add_form(&mut self, form: &str, meaning: Meaning, slot: u8, is_verb: bool) {
        let ambiguous = form.starts_with('?');
        let form = form.trim_start_matches('?');
        let (mut node, mut writing) = (0, Vec::new());
        let mut previous: Option<Token> = None;
        each_token(form, Span::new(0, form.len()), |token, folded| {
            let word = self.word(folded);
            let next = u32::try_from(self.leaves.len().max(1)).unwrap_or(u32::MAX);
            node = *self.edges.entry((node, word)).or_insert(next);
            if node == next {
                self.leaves.resize(next as usize + 1, Vec::new());
            }
            writing.push(writing_of(form, token, previous));
            previous = Some(token);
        });
        if node != 0 {
            let number = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
            self.forms.push(Form { meaning, ambiguous, slot, is_verb, writing });
            self.leaves[node as usize].push(number);
        }
    }

    /// The number of a folded word, which it gets when it is first met.
    fn word(&mut self, folded: &str) -> u32 {
        if let Some(word) = self.vocabulary.get(folded) {
            return *word;
        }
        let next = u32::try_from(self.vocabulary.len()).unwrap_or(u32::MAX);
        self.vocabulary.insert(folded.to_owned(), next);
        next
    }

    /// The form with this number.
    pub fn form(&self, number: u32) -> &Form {
        &self.forms[number as usize]
    }

    /// Cuts a stretch of text into tokens that are known by number.
    pub fn tokens(&self, text: &str, span: Span) -> Vec<KnownToken> {
        let mut known = Vec::new();
        each_token(text, span, |token, folded| {
            let stem = (token.kind == TokenKind::Word)
                .then(|| token::singular(folded))
                .flatten()
                .and_then(|stem| self.vocabulary.get(&stem).copied());
            known.push(KnownToken { token, word: self.vocabulary.get(folded).copied(), stem });
        });
        known
    }

    /// Every form that stands in the row of tokens, overlapping ones too, by place.
    pub fn hits(&self, tokens: &[KnownToken]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut path = Vec::new();
        for start in 0..tokens.len() {
            path.push((0_u32, start, None));
            while let Some((node, at, plural)) = path.pop() {
                if let Some(forms) = self.leaves.get(node as usize) {
                    let inside = plural.is_some_and(|plural| plural + 1 < at);
                    hits.extend(
                        forms
                            .iter()
                            .filter(|form| !(inside && self.form(**form).is_verb))
                            .filter(|form| self.is_written(**form, &tokens[start..at]))
                            .map(|form| Hit { start, end: at, form: *form }),
                    );
                }
                let Some(token) = tokens.get(at) else { continue };
                // The first plural on the way is the one that stands furthest from the end.
                for (word, plural) in [(token.word, plural), (token.stem, plural.or(Some(at)))] {
                    let next = word.and_then(|word| self.edges.get(&(node, word)));
                    path.extend(next.map(|next| (*next, at + 1, plural)));
                }
            }
        }
        hits
    }

    fn is_written(&self, form: u32, tokens: &[KnownToken]) -> bool {
        let writing = &self.forms[form as usize].writing;
        // "Bmp-1", "Iris-T": what is bound to the capital letters shows that they are a name.
        let opens_name = |at: usize| {
            let next = tokens.get(at + 1).map(|next| next.token.joint);
            next.is_some_and(|joint| joint != Joint::Space)
                && tokens[at].token.shape == Shape::Capital
        };
        writing.iter().zip(tokens).enumerate().all(|(at, (writing, known))| match writing {
            Writing::Any => true,
            Writing::Capital => known.token.shape != Shape::Lower,
            Writing::Upper => {
                known.token.shape == Shape::Upper || is_upper_plural(known) || opens_name(at)
            }
            Writing::Bound => known.token.joint != Joint::Space,
        })
    }
}

/// `MANPADs`, `APCs`: capital letters with a plural ending, told by the singular being known.
fn is_upper_plural(known: &KnownToken) -> bool {
    known.token.shape == Shape::Capital && known.stem.is_some() && known.token.span.len() > 2
}

fn writing_of(form: &str, token: Token, previous: Option<Token>) -> Writing {
    let length = token.span.of(form).chars().count();
    match (token.kind, token.shape) {
        (TokenKind::Word, Shape::Upper) if (2..=4).contains(&length) => Writing::Upper,
        (TokenKind::Word, Shape::Upper | Shape::Capital) => Writing::Capital,
        (TokenKind::Number, _) => {
            let after_letter = previous.is_some_and(|previous| {
                previous.kind == TokenKind::Word && previous.span.len() == 1
            });
            if after_letter && token.joint != Joint::Space { Writing::Bound } else { Writing::Any }
        }
        // `A$` is one sign; "a $400 million package" has none of it.
        (TokenKind::Sign, _) if token.joint == Joint::Tight && previous.is_some() => Writing::Bound,
        _ => Writing::Any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(forms: &[&str], text: &str) -> Vec<String> {
        let mut matcher = Matcher::default();
        for form in forms {
            matcher.add(form, Meaning::Cue(0), 0);
        }
        let tokens = matcher.tokens(text, Span::new(0, text.len()));
        let quote = |hit: &Hit| {
            let first = tokens[hit.start].token.span;
            first.join(tokens[hit.end - 1].token.span).of(text).to_owned()
        };
        matcher.hits(&tokens).iter().map(quote).collect()
    }

    #[test]
    fn a_capital_in_the_form_asks_for_a_capital_in_the_text() {
        assert_eq!(found(&["US"], "the US gave us arms, U.S. ones"), ["US", "U.S."]);
        assert_eq!(found(&["Hawk"], "a hawk and HAWK and Hawks"), ["HAWK", "Hawks"]);
        assert_eq!(found(&["howitzer"], "Howitzers and howitzer"), ["Howitzers", "howitzer"]);
    }

    #[test]
    fn a_plural_inside_a_phrase_with_a_verb_is_another_word() {
        let mut matcher = Matcher::default();
        matcher.add_verb("set to", Meaning::Cue(0), 0);
        matcher.add_verb("planned package", Meaning::Cue(1), 0);
        let found =
            |text: &str| matcher.hits(&matcher.tokens(text, Span::new(0, text.len()))).len();
        assert_eq!(found("is set to give two radio sets to Kyiv"), 1);
        assert_eq!(found("the planned packages"), 1);
    }

    #[test]
    fn capital_letters_may_be_small_where_a_number_or_letter_is_bound_to_them() {
        assert_eq!(found(&["BMP-1", "BMP"], "a Bmp-1, a Bmp and a bmp-1"), ["Bmp-1"]);
        assert_eq!(found(&["IRIS-T"], "Iris-T and Iris T"), ["Iris-T"]);
    }

    #[test]
    fn a_single_letter_needs_its_number_close_by() {
        assert_eq!(found(&["A-10"], "an A-10 and a 10 percent share"), ["A-10"]);
        assert_eq!(found(&["Leopard 2"], "Leopard-2s, Leopard 2"), ["Leopard-2s", "Leopard 2"]);
    }
}

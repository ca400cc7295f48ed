//! Mentions: stretches of a sentence with a value, found in one pass over its tokens.
//! Knows nothing of packages; the one overlap policy is longest, then leftmost.

pub mod sentence;
mod labels;
mod verbs;
pub mod numbers;
pub mod money;
pub mod dates;
pub mod actors;
mod carriage;
mod fronted;
mod holding;
mod notices;
pub mod items;

pub use dates::DateExpression;
pub use items::ItemMention;
pub use money::{CORRECTION_REACH, Money, MoneyCurrency};
pub use sentence::{CueMention, Sentence};

use crate::lexicon::{
    ActorKind, Hit, Lexicon, Meaning, Role,
    token::{Shape, TokenKind},
};
use crate::model::{Article, Bounds, Span};
use crate::text::Segment;
use std::ops::Range;

/// What every address of the web has.
const ADDRESS: &[u8] = b"://";

/// So many bytes of an address are looked at: a text may have no blanks at all.
const LONGEST_ADDRESS: usize = 500;

/// The value of a mention.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A sum of money.
    Money(Money),
    /// A number that may count things.
    Number(Bounds),
    /// An expression of time.
    Date(DateExpression),
    /// A form of an actor: its number in the lexicon.
    Actor(u32),
    /// A named system: its number in the lexicon.
    System(u32),
    /// A common noun for materiel: its number in the lexicon.
    Materiel(u32),
    /// A mechanism: its number in the lexicon.
    Mechanism(u32),
    /// A currency that belongs to no number.
    Currency(u32),
    /// An ordinal number.
    Ordinal(u32),
}

/// A stretch of a sentence with a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where it stands in the article.
    pub span: Span,
    /// Its tokens, as indices into the sentence's tokens.
    pub tokens: Range<usize>,
    /// What it means.
    pub value: Value,
    /// The rule that found it.
    pub rule: &'static str,
}

impl Mention {
    /// Whether its form also means something else.
    pub fn is_doubtful(&self) -> bool {
        self.rule == "ambiguous"
    }
}

/// Finds the mentions of every segment of an article.
pub fn find(lexicon: &Lexicon, article: &Article, segments: &[Segment]) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> =
        segments.iter().map(|segment| read_sentence(lexicon, article, segment)).collect();
    actors::settle(lexicon, &mut sentences);
    for sentence in &mut sentences {
        sentence.settle_carriage(lexicon, &article.text);
        sentence.settle_fronted(&article.text);
        sentence.settle_awaited();
        sentence.items = items::chunk(lexicon, &article.text, sentence);
    }
    notices::set_aside(&mut sentences);
    sentences
}

fn read_sentence(lexicon: &Lexicon, article: &Article, segment: &Segment) -> Sentence {
    let text = article.text.as_str();
    let tokens = lexicon.matcher().tokens(text, segment.span);
    let hits = lexicon.matcher().hits(&tokens);
    let mut sentence = Sentence::new(*segment, tokens);
    sentence.set_cues(lexicon, &hits);
    let mut names = names(lexicon, &sentence, &hits);
    names.retain(|name| actors::is_in_office(lexicon, article, name));
    let dates = dates::find(text, &sentence);
    let mut found = money::find(lexicon, text, &sentence, &names);
    found.extend(dates);
    // Letters that stand for a currency, and for none here, belong to a designation: "K600".
    names.retain(|name| {
        let short = sentence.span_of(&name.tokens).len() <= 2;
        let word = sentence.tokens[name.tokens.start].token.kind == TokenKind::Word;
        !(matches!(name.value, Value::Currency(_)) && short && word)
    });
    found.extend(names);
    found.retain(|mention| !is_in_address(text, mention.span.start));
    found.sort_by_key(|mention| part_rank(lexicon, &mention.value));
    let mut taken = vec![false; sentence.tokens.len()];
    sentence.mentions = longest_then_leftmost(found, &mut taken);
    let mut numbers = numbers::find(text, &sentence);
    numbers.retain(|number| take(&mut taken, &number.tokens));
    sentence.mentions.extend(numbers);
    sentence.mentions.sort_by_key(|mention| mention.tokens.start);
    sentence.mask_cues();
    sentence.drop_noun_uses();
    sentence
}

/// In a link to `FACT-SHEET-PDA-32.PDF`: what is written in an address of the web names nothing.
fn is_in_address(text: &str, at: usize) -> bool {
    let before = &text.as_bytes()[at.saturating_sub(LONGEST_ADDRESS)..at];
    let word = before.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    word.windows(ADDRESS.len()).any(|part| part == ADDRESS)
}

/// Mentions of lexicon names, overlapping ones too.
fn names(lexicon: &Lexicon, sentence: &Sentence, hits: &[Hit]) -> Vec<Mention> {
    let materiel =
        |hit: &Hit| matches!(lexicon.matcher().form(hit.form).meaning, Meaning::Materiel(_));
    // "the Philippines" is the state, not the plural of its adjective.
    let kind = |hit: &Hit| match lexicon.matcher().form(hit.form).meaning {
        Meaning::Actor(number) => Some(lexicon.actor_at(number).kind),
        _ => None,
    };
    let is_plural_of_adjective = |hit: &Hit| {
        kind(hit) == Some(ActorKind::Adjective)
            && hits.iter().any(|other| {
                (other.start, other.end) == (hit.start, hit.end)
                    && kind(other) == Some(ActorKind::Name)
            })
    };
    // "UAS" are drones, not the plural of Ukraine's code.
    let is_plural_code = |hit: &Hit| {
        let token = &sentence.tokens[hit.start];
        hit.end == hit.start + 1
            && token.token.shape == Shape::Upper
            && token.token.span.len() == 3
            && hits
                .iter()
                .any(|other| materiel(other) && other.start == hit.start && other.end == hit.end)
    };
    let mention = |hit: &Hit| {
        let form = lexicon.matcher().form(hit.form);
        let (value, rule) = match form.meaning {
            Meaning::System(number) => (Value::System(number), "system.name"),
            Meaning::Materiel(number) => (Value::Materiel(number), "materiel.noun"),
            Meaning::Actor(_) if is_plural_code(hit) || is_plural_of_adjective(hit) => return None,
            Meaning::Actor(number) => (Value::Actor(number), "actor.name"),
            Meaning::Currency(number) => (Value::Currency(number), "currency.name"),
            Meaning::Mechanism(number) => (Value::Mechanism(number), "mechanism.name"),
            Meaning::Cue(_) => return None,
        };
        let rule = if form.ambiguous { "ambiguous" } else { rule };
        let span = sentence.span_of(&(hit.start..hit.end));
        Some(Mention { span, tokens: hit.start..hit.end, value, rule })
    };
    hits.iter().filter_map(mention).collect()
}

/// The one overlap policy: of mentions that share a token the longest stays, then the leftmost.
/// Marks the tokens that they take.
fn longest_then_leftmost(mut mentions: Vec<Mention>, taken: &mut [bool]) -> Vec<Mention> {
    mentions.sort_by_key(|mention| {
        // "Laos" is no doubtful "Lao" in the plural.
        let doubtful = matches!(mention.value, Value::Actor(_)) && mention.rule == "ambiguous";
        let length = std::cmp::Reverse(mention.tokens.len());
        (length, mention.tokens.start, rank(&mention.value), doubtful)
    });
    mentions.retain(|mention| take(taken, &mention.tokens));
    mentions.sort_by_key(|mention| mention.tokens.start);
    mentions
}

/// Takes the tokens of a range where all of them are free; says whether they were.
fn take(taken: &mut [bool], range: &Range<usize>) -> bool {
    let free = !taken[range.clone()].contains(&true);
    if free {
        taken[range.clone()].fill(true);
    }
    free
}

/// Which meaning a form has that stands for two at the same place.
const fn rank(value: &Value) -> u8 {
    match value {
        Value::Money(_) => 0,
        Value::Date(_) => 1,
        Value::Mechanism(_) => 2,
        Value::System(_) => 3,
        Value::Actor(_) => 4,
        Value::Materiel(_) => 5,
        _ => 6,
    }
}

/// Of a noun's parts the one that makes an item comes first; as a modifier it counts where nothing
/// else fits.
fn part_rank(lexicon: &Lexicon, value: &Value) -> u8 {
    let Value::Materiel(number) = value else { return 0 };
    match lexicon.materiel_at(*number).role {
        Role::Ammunition | Role::Part => 1,
        Role::Item => 2,
        Role::Vague => 3,
        Role::Head => 4,
        Role::Unit => 5,
        Role::Modifier => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_an_address_names_nothing() {
        let text = "List (https://e.gov/PDA-32.PDF) of PDA-32";
        let places: Vec<usize> = text.match_indices("PDA").map(|(at, _)| at).collect();
        assert_eq!(
            places.iter().map(|at| is_in_address(text, *at)).collect::<Vec<_>>(),
            [true, false]
        );
    }
}

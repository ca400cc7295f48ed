//! In which words an article tells a package: copies of one agency's text tell it in the same ones,
//! whatever stands around them, and one that was corrected in the same ones but for the sum.

use super::hash::Hasher;
use crate::model::{Claim, Span};

/// So few words are anybody's.
const FEW: usize = 12;

/// Hashes of the words in which a claim is told; `None` where they are few.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wording {
    /// Of all of them.
    pub(super) words: Option<String>,
    /// Of those that are neither its sum nor another number.
    pub(super) frame: Option<String>,
}

impl Wording {
    /// From the first to the last evidence of a claim in the line where its sum stands, else its first
    /// thing.
    pub(super) fn of(claim: &Claim, text: &str) -> Self {
        let Some((before, sum, after)) = parts(claim, text) else { return Self::default() };
        let words: Vec<String> = words(before).chain(words(sum)).chain(words(after)).collect();
        let is_number = |word: &String| word.chars().any(|one| one.is_ascii_digit());
        let around: Vec<String> =
            words_of([before, after]).filter(|word| !is_number(word)).collect();
        let frame = claim.amount.and_then(|_| hash("aidledger frame v1", &around));
        Self { words: hash("aidledger wording v1", &words), frame }
    }
}

/// The text before the sum, or the thing, itself, and what stands behind it.
fn parts<'a>(claim: &Claim, text: &'a str) -> Option<(&'a str, &'a str, &'a str)> {
    let of = |field: &str| claim.evidence.iter().find(|proof| proof.field == field);
    let told = of("amount").or_else(|| of("item:0"))?.span;
    let begin = text.get(..told.start)?.rfind('\n').map_or(0, |place| place + 1);
    let end = text.get(told.end..)?.find('\n').map_or(text.len(), |place| told.end + place);
    let spans = claim.evidence.iter().map(|proof| proof.span);
    let here: Vec<Span> = spans.filter(|span| begin <= span.start && span.end <= end).collect();
    let first = here.iter().map(|span| span.start).min()?;
    let last = here.iter().map(|span| span.end).max()?;
    let part = |from: usize, to: usize| text.get(from..to);
    Some((part(first, told.start)?, part(told.start, told.end)?, part(told.end, last)?))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|one: char| !one.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn words_of(texts: [&str; 2]) -> impl Iterator<Item = String> {
    texts.into_iter().flat_map(words)
}

fn hash(tag: &str, words: &[String]) -> Option<String> {
    (words.len() > FEW).then(|| Hasher::new(tag).part(words.join(" ").as_bytes()).finish())
}

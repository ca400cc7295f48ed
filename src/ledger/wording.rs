//! In which words an article tells a package: copies of one agency's text tell it in the same ones,
//! whatever stands around them.

use super::hash::Hasher;
use crate::model::Claim;

/// So few words are anybody's.
const FEW: usize = 12;

/// A hash of the words in which a claim is told: from its first to its last evidence in the line where its
/// sum stands, else its first thing. `None` where they are few.
pub(super) fn wording(claim: &Claim, text: &str) -> Option<String> {
    let of = |field: &str| claim.evidence.iter().find(|proof| proof.field == field);
    let told = of("amount").or_else(|| of("item:0"))?.span;
    let begin = text.get(..told.start)?.rfind('\n').map_or(0, |place| place + 1);
    let end = text.get(told.end..)?.find('\n').map_or(text.len(), |place| told.end + place);
    let spans = claim.evidence.iter().map(|proof| proof.span);
    let here: Vec<_> = spans.filter(|span| begin <= span.start && span.end <= end).collect();
    let first = here.iter().map(|span| span.start).min()?;
    let last = here.iter().map(|span| span.end).max()?;
    let words = text.get(first..last)?.split(|one: char| !one.is_alphanumeric());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    (words.len() > FEW)
        .then(|| Hasher::new("aidledger wording v1").part(words.join(" ").as_bytes()).finish())
}

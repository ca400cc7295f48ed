//! Names that stand in brackets: short ones beside the long one, and those with their noun behind.

use super::{Chunker, ItemMention, Phrase};
use crate::lexicon::{Label, token::Shape};
use std::ops::Range;

/// The rule for a noun behind a bracket with the name, which says nothing more of it.
pub(super) const BRACKETED: &str = "item.bracketed";

impl Chunker<'_> {
    /// "man-portable air defense systems, or MANPADS": capital letters for what was named in full.
    pub(super) fn short_name(
        &self,
        last: &ItemMention,
        next: &Phrase,
        gap: &Range<usize>,
    ) -> Option<&'static str> {
        let token = &self.sentence.tokens[next.core.start].token;
        let word = gap.end.checked_sub(1)?;
        let joined = self.sentence.is(Label::And, word)
            && (gap.len() == 1 || gap.len() == 2 && self.sentence.is_any_sign(gap.start));
        let mut letters = last.name.chars().flat_map(char::to_lowercase);
        let raw = token.span.of(self.text).to_lowercase();
        let begins = last.name.to_lowercase().starts_with(raw.chars().next()?);
        let spelled = begins && raw.chars().all(|letter| letters.any(|other| other == letter));
        let same = next.system.is_some() && next.system == last.system
            || spelled && next.class.is_some() && next.class == last.class;
        let short = next.core.len() == 1 && token.shape == Shape::Upper && next.quantity.is_none();
        (joined && same && short && last.name.contains(' ')).then_some("item.short-name")
    }

    /// "RB 99 (AMRAAM) missiles": the noun behind a bracket with the name.
    pub(super) fn closes_name(&self, whole: &Phrase, next: &Phrase, gap: &Range<usize>) -> bool {
        let sign = |at: usize, sign: &str| self.sentence.is_sign(self.text, at, &[sign]);
        gap.len() == 1
            && sign(gap.start, ")")
            && whole.core.start.checked_sub(1).is_some_and(|at| sign(at, "("))
            && whole.system.is_some()
            && next.system.is_none()
            && next.quantity.is_none()
            && next.core.len() == 1
    }
}

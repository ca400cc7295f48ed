//! Who thanks whom: the one who is thanked gives, the one who thanks receives.

use super::{GAPPED_GIVER, Part, Reader};
use crate::lexicon::Label;
use crate::mentions::Mention;

/// Within so many tokens behind who thanks stands the verb: "the Armenian president, Vahagn
/// Khachaturyan, thanked".
const VERB: usize = 6;

/// Within so many tokens behind the verb stands who is thanked.
const THANKED: usize = 4;

impl Reader<'_> {
    /// "thanked Germany for three HIMARS"
    pub(super) fn is_thanked(&self, mention: &Mention) -> bool {
        let from = mention.tokens.start.saturating_sub(THANKED);
        self.sentence.has(Label::Thank, &(from..mention.tokens.start))
            && self.sentence.has(Label::For, &(mention.tokens.end..mention.tokens.end + THANKED))
    }

    /// Who is thanked gives, who thanks receives.
    pub(super) fn by_thanks(&self, actors: &[&Mention], index: usize) -> Option<Part> {
        let mention = actors[index];
        if self.is_thanked_along(actors, index) {
            return Some(Part::Gives(3, GAPPED_GIVER));
        }
        let thanked = self.is_thanked(mention) && !self.is_enemy(mention);
        let gives = thanked.then_some(Part::Gives(3, "donor.thanked"));
        gives.or_else(|| self.thanks(actors, index))
    }

    /// "The Armenian president thanked France for 24 radars": who thanks for things receives them,
    /// where the sentence names nobody else to whom they go.
    fn thanks(&self, actors: &[&Mention], index: usize) -> Option<Part> {
        let mention = actors[index];
        let reach = mention.tokens.end..mention.tokens.end + VERB;
        let verb = self.sentence.first(Label::Thank, &reach)?;
        let next = actors[index + 1..].iter().find(|next| next.tokens.start >= verb.tokens.end)?;
        let first = actors.first().is_some_and(|first| first.tokens == mention.tokens);
        let goes = |other: &&&Mention| {
            let at = self.before(other.tokens.start);
            at.is_some_and(|at| self.sentence.is_any(&[Label::To, Label::For], at))
        };
        let elsewhere = actors[index + 1..].iter().any(|other| goes(&other));
        let things = self.sentence.items.iter().any(|item| item.tokens.start > next.tokens.end);
        (first && self.is_thanked(next) && things && !elsewhere)
            .then_some(Part::Receives(3, "recipient.thanks"))
    }
}

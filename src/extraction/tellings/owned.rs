//! What somebody has: things that are named as somebody's own, and are not given.

use super::Reader;
use super::contents::FRAME;
use crate::lexicon::{Label, PartyKind};
use crate::mentions::{CueMention, ItemMention, Mention, Value};

/// So many tokens behind an owner stands the verb of having.
const HAS: usize = 4;

/// Within so many tokens behind its owner stands what is only counted as had.
const COUNTED: usize = 5;

impl Reader<'_> {
    /// "Ukraine's air defences": what the receiver has is not what it is given.
    pub(super) fn is_receivers_own(&self, item: &ItemMention) -> bool {
        let start = item.tokens.start;
        let near = start.saturating_sub(4)..start;
        let mut owner = self.sentence.mentions_in(&near).filter(|mention| {
            let own = mention.tokens.end;
            // "Ukraine's maritime and coastal defences"
            let words = |at: usize| self.is_plain(at) || self.sentence.is(Label::And, at);
            self.sentence.is(Label::Genitive, own) && (own + 1..start).all(words)
        });
        let receiver = self.document.main_recipient.as_deref();
        item.quantity.is_none()
            && receiver.is_some()
            && owner.find_map(|mention| self.document.actor_code(&mention.value)) == receiver
    }

    /// "Russia still has thousands of tanks, carriers and guns in its stores", "Sweden has 48 Archers": what
    /// a state only has; a giver may have what it is to give.
    pub(super) fn is_only_owned(&self, item: &ItemMention) -> bool {
        let before = 0..item.tokens.start;
        let verbs = [Label::Give, Label::Receive, Label::Arrive, Label::Announce];
        let actors = |mention: &&Mention| matches!(mention.value, Value::Actor(_));
        let owner = self.sentence.mentions_in(&before).filter(actors).last();
        owner.is_some_and(|owner| {
            let code = self.document.actor_code(&owner.value);
            let has = owner.tokens.end..owner.tokens.end + HAS;
            let counted = || {
                let end = item.tokens.end;
                let near = item.tokens.start.saturating_sub(COUNTED)..item.tokens.start;
                let kind = |code| self.document.lexicon.party_kind(code);
                item.quantity.is_some()
                    && self.sentence.cues_in(&has).any(|cue| self.has_so_many(cue))
                    && owner.tokens.end >= near.start
                    && code != self.document.main_recipient.as_deref()
                    && code.is_some_and(|code| kind(code) == PartyKind::State)
                    && !self.sentence.has_any(&FRAME, &(end..end + HAS + COUNTED))
            };
            (code.is_some_and(|code| self.document.enemies.contains(code)) || counted())
                && self.sentence.has(Label::Have, &has)
                && !self.sentence.has_any(&verbs, &(owner.tokens.end..item.tokens.start))
        })
    }

    /// "has 48 Archers"; "had found 48 Archers" and "has cancelled 48" tell of something else.
    fn has_so_many(&self, have: &CueMention) -> bool {
        let at = have.tokens.end;
        let words = [Label::Number, Label::About, Label::MoreThan, Label::AtLeast, Label::Vague];
        let number = |mention: &Mention| matches!(mention.value, Value::Number(_));
        have.label == Label::Have
            && (self.sentence.is_any(&words, at)
                || self.sentence.mention_at(at).is_some_and(number))
    }
}

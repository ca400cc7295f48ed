//! What somebody has, and what is only counted: things that are named as somebody's own, or of which some
//! are given at another time.

use super::Reader;
use super::contents::FRAME;
use super::governor::is_counted;
use crate::extraction::topic::buys_for_somebody;
use crate::lexicon::{ActorKind, Grade, Inflection, Label, PartyKind};
use crate::mentions::{CueMention, ItemMention, Mention, Value};
use std::ops::Range;

/// So many tokens behind an owner stands the verb of having.
const HAS: usize = 4;

/// "the first shipment of": within so many tokens before "of" stands which one it is.
const BATCH: usize = 2;

/// Within so many tokens behind its owner stands what is only counted as had.
const COUNTED: usize = 5;

/// Within so many tokens behind a colon stands the first thing of a list.
const LISTED: usize = 4;

impl Reader<'_> {
    /// "Together with the ten of 2023, Spain will have delivered 29 tanks": what it comes to by then.
    pub(super) fn will_have_given(&self, thing: usize) -> bool {
        let near = thing.saturating_sub(4)..thing;
        let mut verbs = self.sentence.cues_in(&near).filter(|cue| cue.label == Label::Give);
        verbs.any(|verb| {
            let have =
                verb.tokens.start.checked_sub(1).filter(|at| self.sentence.is(Label::Have, *at));
            let will = have.and_then(|have| have.checked_sub(1));
            will.is_some_and(|at| self.sentence.is(Label::Will, at))
        })
    }

    /// "Greece's help to Ukraine: 40 vehicles", "will buy drones for Ukraine": what somebody's help consists
    /// of, or what is bought for another.
    pub(super) fn lists_aid(&self) -> bool {
        let colon = self.sentence.all().find(|at| self.sentence.is_sign(self.text(), *at, &[":"]));
        let listed = |at: usize| {
            let behind = at + 1..at + LISTED;
            self.sentence.items.iter().any(|item| behind.contains(&item.tokens.start))
        };
        colon.is_some_and(|at| listed(at) && self.sentence.has(Label::AidNoun, &(0..at)))
            || buys_for_somebody(self.sentence)
    }

    /// "Ukraine's air defences": what the receiver has is not what it is given.
    pub(super) fn is_receivers_own(&self, item: &ItemMention) -> bool {
        let start = item.tokens.start;
        let near = start.saturating_sub(4)..start;
        let mut owner = self.sentence.mentions_in(&near).filter(|mention| {
            let own = mention.tokens.end;
            // "Ukraine's maritime and coastal defences"
            let words = |at: usize| self.is_plain(at) || self.sentence.is(Label::And, at);
            // "has handed over Tonga's new boat"
            let given = self.sentence.cues_ending_at(mention.tokens.start).any(|cue| {
                matches!(cue.label, Label::Give | Label::Arrive) && cue.inflection.is_past_form()
            });
            self.sentence.is(Label::Genitive, own) && !given && (own + 1..start).all(words)
        });
        let receiver = self.document.main_recipient.as_deref();
        item.quantity.is_none()
            && receiver.is_some()
            && (owner.find_map(|mention| self.document.actor_code(&mention.value)) == receiver
                || self.is_named_for(item, receiver))
    }

    /// "Ukrainian tanks": so they are called that the receiver has, unless they are bought from it.
    fn is_named_for(&self, item: &ItemMention, receiver: Option<&str>) -> bool {
        let start = item.tokens.start;
        let words = (0..start).rev().take_while(|at| self.is_plain(*at)).count();
        let name = (start - words).checked_sub(1).and_then(|at| self.sentence.mention_at(at));
        let adjective = name.is_some_and(|name| match name.value {
            Value::Actor(number) => {
                self.document.lexicon.actor_at(number).kind == ActorKind::Adjective
                    && self.document.actor_code(&name.value) == receiver
            }
            _ => false,
        });
        let made = [Label::Buy, Label::Trade, Label::Industry, Label::Sale, Label::Made];
        adjective && !self.sentence.has_any(&made, &self.sentence.all())
    }

    /// "the first shipment of a total of 285 trucks", "the remaining 40 trucks": so many are given in all, or at
    /// another time.
    pub(super) fn is_of_many(&self, item: &ItemMention) -> bool {
        let start = item.tokens.start;
        let batch = self.total_of(item).is_some_and(|of| {
            of + 1 < start && self.sentence.has(Label::Ordinal, &(of.saturating_sub(BATCH)..of))
        });
        let rest = start.checked_sub(2).is_some_and(|at| {
            self.sentence.is(Label::Definite, at)
                && self.sentence.cues_in(&(at + 1..start)).any(|cue| cue.is(Grade::Left))
        });
        is_counted(item) && (batch && !self.is_first_of(item) || rest)
    }

    /// "It is the first of four boats": a general word for what was told counts no further thing.
    pub(super) fn one_of_many(&self, item: ItemMention) -> ItemMention {
        if item.system.is_some() || item.quantity.is_none() || !self.is_first_of(&item) {
            return item;
        }
        let tokens = item.tokens.end - 1..item.tokens.end;
        ItemMention { quantity: None, tokens, ..item }
    }

    fn is_first_of(&self, item: &ItemMention) -> bool {
        let before = self.total_of(item).and_then(|of| of.checked_sub(1));
        before.is_some_and(|at| self.sentence.is(Label::Ordinal, at))
    }

    /// "of four boats", "of a total of four boats": where "of" stands before a number.
    fn total_of(&self, item: &ItemMention) -> Option<usize> {
        let start = item.tokens.start;
        let sum = [Label::TotalWeak, Label::TotalBefore]
            .into_iter()
            .find_map(|label| self.sentence.ending_at(label, start));
        let end = sum.map_or(start, |cue| cue.tokens.start);
        end.checked_sub(1).filter(|at| self.sentence.is(Label::Of, *at))
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
                    && !self.is_framed(&(end..end + HAS + COUNTED))
            };
            (code.is_some_and(|code| self.document.enemies.contains(code)) || counted())
                && self.sentence.has(Label::Have, &has)
                && !self.sentence.has_any(&verbs, &(owner.tokens.end..item.tokens.start))
        })
    }

    /// Whether a word for giving stands in a stretch; those of "in its own stocks" are none.
    fn is_framed(&self, range: &Range<usize>) -> bool {
        let domestic = |cue: &CueMention| {
            let mut longer = self.sentence.cues_into(cue.tokens.end);
            longer.any(|longer| longer.label == Label::Domestic)
        };
        let mut cues = self.sentence.cues_in(range);
        cues.any(|cue| FRAME.contains(&cue.label) && !domestic(cue))
    }

    /// "While other countries have provided tanks and jets, Japan": what some unnamed group gives.
    pub(super) fn is_others_gift(&self, item: &ItemMention) -> bool {
        let before = 0..item.tokens.start;
        let verb = self.sentence.cues_in(&before).rfind(|cue| cue.label == Label::Give);
        verb.is_some_and(|verb| {
            let subject = verb.tokens.start.saturating_sub(HAS)..verb.tokens.start;
            let actor = |mention: &Mention| matches!(mention.value, Value::Actor(_));
            verb.inflection != Inflection::Base
                && self.sentence.has(Label::Group, &subject)
                && self.sentence.has(Label::Clause, &subject)
                && !self.sentence.mentions_in(&subject).any(actor)
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

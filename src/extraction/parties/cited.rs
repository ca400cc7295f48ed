//! Whose words are cited: "According to the Danish ministry, 20 mortars have been delivered to Kyiv".

use super::Reader;
use crate::extraction::parties::speakers::comes;
use crate::lexicon::{ActorKind, Grade, Label};
use crate::mentions::{CueMention, Mention};
use std::ops::Range;

/// Within so many tokens behind a state its office is named: "the Danish defence ministry".
const OFFICE: usize = 3;

/// Within so many tokens before a verb of receiving stands who receives.
const SUBJECT: usize = 5;

impl Reader<'_> {
    /// Whether an office is cited on a gift to another, of which nobody else is named who gives it.
    pub(super) fn is_cited(&self, mention: &Mention) -> bool {
        let sentence = self.sentence;
        let mut start = mention.tokens.start;
        while start > 0 && sentence.is(Label::Definite, start - 1) {
            start -= 1;
        }
        let Some(source) = sentence.ending_at(Label::Source, start).filter(|c| c.is(Grade::Cites))
        else {
            return false;
        };
        let office = matches!(self.kind(mention), Some(ActorKind::Office | ActorKind::Person))
            || sentence.has(Label::Office, &(mention.tokens.end..mention.tokens.end + OFFICE));
        let text = &self.document.article.text;
        let end = sentence.tokens.len();
        let comma = |at: &usize| sentence.is_sign(text, *at, &[","]);
        let told = if source.tokens.start == 0 {
            (mention.tokens.end..end).find(comma).map_or(end, |comma| comma + 1)..end
        } else {
            0..source.tokens.start
        };
        office && self.tells_of_gift(&told) && self.names_no_giver(&told) && self.may_give(mention)
    }

    /// Whether the first act of a stretch is that things are given or come, or that the article's receiver
    /// gets them, and no other actor stands in it.
    fn tells_of_gift(&self, told: &Range<usize>) -> bool {
        let sentence = self.sentence;
        let verbs = [Label::Give, Label::Receive, Label::Arrive, Label::Announce, Label::Withdraw];
        let main = self.document.main_recipient.as_deref();
        let is_main = |other: &Mention| self.document.actor_code(&other.value) == main;
        let mut actors = sentence.mentions_in(told);
        let alone = actors.all(|it| self.document.actor_code(&it.value).is_none() || is_main(it));
        let thing = |range: Range<usize>| {
            sentence.items.iter().any(|item| range.contains(&item.tokens.start))
        };
        let receives = |verb: &CueMention| {
            let near = verb.tokens.start.saturating_sub(SUBJECT)..verb.tokens.start;
            sentence.mentions_in(&near).any(|it| main.is_some() && is_main(it))
        };
        let act = sentence.cues_in(told).find(|cue| verbs.contains(&cue.label));
        alone
            && act.is_some_and(|verb| match verb.label {
                Label::Receive => receives(verb) && thing(verb.tokens.end..told.end),
                Label::Give => self.is_passive(verb) && thing(told.start..verb.tokens.start),
                Label::Arrive => {
                    (comes(verb) || self.is_passive(verb)) && thing(told.start..verb.tokens.start)
                }
                _ => false,
            })
    }
}

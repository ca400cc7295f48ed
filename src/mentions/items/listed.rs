//! Things of which the lexicon knows nothing, among the things of a list and without a number: "helmets,
//! boarding ladders and tents".

use super::{Chunker, ItemMention};
use crate::lexicon::{Label, Role, token::Shape};
use crate::mentions::Value;
use std::ops::Range;

/// So many words name an unknown thing at most.
const LONGEST: usize = 3;

impl Chunker<'_> {
    /// Adds what stands in a list between two things, behind its last one, or before its first one.
    pub(super) fn add_listed(&self, items: &mut Vec<ItemMention>) {
        let mut found: Vec<Range<usize>> = Vec::new();
        for pair in items.windows(2) {
            if pair.iter().all(|item| item.role != Role::Vague) {
                found.extend(self.between(pair[0].tokens.end, pair[1].tokens.start));
            }
        }
        for pair in items.windows(2) {
            let listed = pair[0].tokens.end < pair[1].tokens.start
                && pair.iter().all(|item| item.role != Role::Vague)
                && self.behind_link(pair[0].tokens.end) == Some(pair[1].tokens.start);
            if listed {
                found.extend(self.last(pair[1].tokens.end));
                found.extend(self.first(pair[0].tokens.start));
            }
        }
        for words in found {
            let free = items
                .iter()
                .all(|item| item.tokens.end <= words.start || item.tokens.start >= words.end);
            if free {
                let place = items.partition_point(|item| item.tokens.start < words.start);
                items.insert(place, self.unknown(None, words.start, words));
            }
        }
    }

    /// What stands between two things: nothing, where other words do as well.
    fn between(&self, start: usize, end: usize) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = start;
        while let Some(next) = self.behind_link(at) {
            if next == end {
                return found;
            }
            let Some(words) = self.thing(next).filter(|words| words.end < end) else { break };
            at = words.end;
            found.push(words);
        }
        Vec::new()
    }

    /// "and ladders." behind the last known thing of a list.
    fn last(&self, end: usize) -> Option<Range<usize>> {
        let next = self.behind_link(end).filter(|next| self.sentence.is(Label::And, next - 1))?;
        let words = self.thing(next)?;
        let closed = words.end >= self.sentence.tokens.len()
            || self.sentence.is_sign(self.text, words.end, &[",", ".", ";", ")"]);
        closed.then_some(words)
    }

    /// "including ladders," before the first known thing of a list.
    fn first(&self, start: usize) -> Option<Range<usize>> {
        let opens = |at: usize| {
            self.sentence.is_any(&[Label::Include, Label::ListIntro, Label::Give], at)
                || self.sentence.is_sign(self.text, at, &[":"])
        };
        let begins = |at: &usize| at.checked_sub(1).is_some_and(opens);
        let from = (start.saturating_sub(LONGEST + 2)..start).find(begins)?;
        let words = self.thing(from)?;
        (self.behind_link(words.end) == Some(start)).then_some(words)
    }

    /// The plain words at a token of which the last is a plural, and behind which the list goes on or ends.
    fn thing(&self, start: usize) -> Option<Range<usize>> {
        let lower = |at: usize| {
            let token = self.sentence.tokens.get(at);
            token.is_some_and(|known| known.token.shape == Shape::Lower)
        };
        let plain = |at: &usize| lower(*at) && self.describes_at(*at);
        let mut end = start + (start..).take_while(plain).take(LONGEST + 1).count();
        // "field catering systems": a head that needs a word before it.
        if end > start && lower(end) && self.is_head_alone(end) {
            end += 1;
        }
        let last = end.checked_sub(1)?;
        let modifies = self.sentence.mention_at(last).is_some() && !self.is_head_alone(last);
        let abstracted = self.sentence.is(Label::Abstract, last);
        let fits = (1..=LONGEST).contains(&(end - start)) && !modifies && !abstracted;
        (fits && self.is_plural(last)).then_some(start..end)
    }

    fn is_head_alone(&self, at: usize) -> bool {
        self.sentence.mention_at(at).is_some_and(|mention| match mention.value {
            Value::Materiel(number) => {
                mention.tokens.len() == 1
                    && matches!(self.lexicon.materiel_at(number).role, Role::Head | Role::Unit)
            }
            _ => false,
        })
    }
}

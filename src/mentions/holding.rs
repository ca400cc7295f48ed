//! Having: "has 20 mortars from Norway" tells who gave them, "has a new package for Kenya" for whom it is;
//! elsewhere it only helps other verbs or tells of what somebody owns. Also requests that are told beside
//! an act, and ask for nothing more; whom something leaves for another, who only joins.

use super::verbs::REACH_OF_GOAL;
use super::{CueMention, Mention, Sentence, Value};
use crate::lexicon::{Grade, Inflection, Label};
use std::ops::Range;

/// So many tokens behind the verb begins what is had.
const OBJECT: usize = 7;

/// So many tokens behind a thing begins what says from whom or for whom it is.
const PARTY: usize = 5;

/// Words with which what is had is neither given nor received.
const OTHERWISE: [Label; 12] = [
    Label::Not,
    Label::Request,
    Label::Wish,
    Label::Expect,
    Label::Lose,
    Label::Buy,
    Label::Trade,
    Label::Sale,
    Label::SaleStrong,
    Label::OwnUse,
    Label::Give,
    Label::Receive,
];

impl Sentence {
    /// Whether a form of "to have" is neither a verb of giving nor of receiving here.
    pub(super) fn only_has(&self, cue: &CueMention) -> bool {
        let (goal, counted): (&[Label], bool) = match () {
            () if cue.is(Grade::HasFrom) => (&[Label::From], true),
            () if cue.is(Grade::HasFor) => (&[Label::For], false),
            () => return false,
        };
        let end = cue.tokens.end;
        let Some(object) = self.object_of_having(end..end + OBJECT, counted) else { return true };
        // Before what is had stands no verb, and behind it right away whose it was or is to be.
        let near = object.end..object.end + PARTY;
        let Some(at) = near.clone().find(|at| self.is_any(goal, *at)) else { return true };
        let words = end..at;
        let other = self
            .cues_in(&words)
            .any(|other| OTHERWISE.contains(&other.label) && !is_inside(other, &object));
        let clause = self.has(Label::Clause, &words)
            || (end..at).any(|at| self.is_any_sign(at) && !object.contains(&at));
        other || clause || !self.names_actor(at + 1..at + 1 + PARTY)
    }

    /// Where a package or a thing stands, counted where that is asked for.
    fn object_of_having(&self, range: Range<usize>, counted: bool) -> Option<Range<usize>> {
        let thing = self
            .mentions_in(&range)
            .find(|mention| matches!(mention.value, Value::System(_) | Value::Materiel(_)));
        let figure = |end: usize| {
            let near = range.start..end;
            self.mentions_in(&near).any(|mention| matches!(mention.value, Value::Number(_)))
        };
        if let Some(thing) = thing.filter(|thing| figure(thing.tokens.start)) {
            return Some(self.last_thing(thing.tokens.clone()));
        }
        let package = self.first(Label::PackageNoun, &range).filter(|_| !counted)?;
        let new = range.start..package.tokens.start;
        self.has_any(&[Label::New, Label::Indefinite], &new).then(|| package.tokens.clone())
    }

    /// "200 machine guns and 5,000 rifles": up to the last thing of a list.
    fn last_thing(&self, first: Range<usize>) -> Range<usize> {
        let mut end = first.end;
        let link = |at: usize| {
            let number = self.mention_at(at).is_some_and(|m| matches!(m.value, Value::Number(_)));
            number || self.is(Label::And, at) || self.is_any_sign(at)
        };
        loop {
            let mut next = end;
            while next < self.tokens.len() && link(next) {
                next += 1;
            }
            let thing = (next..next + 2).find_map(|at| {
                self.mention_at(at).filter(|mention| {
                    matches!(mention.value, Value::System(_) | Value::Materiel(_))
                })
            });
            match thing {
                Some(thing) if thing.tokens.end > end => end = thing.tokens.end,
                _ => return first.start..end,
            }
        }
    }

    fn names_actor(&self, range: Range<usize>) -> bool {
        self.mentions_in(&range).any(|mention| matches!(mention.value, Value::Actor(_)))
    }

    /// "left Denmark for Ukraine": who is left, where a preposition and another stand behind.
    pub(super) fn left_for_another(&self, verb: &CueMention) -> Option<&Mention> {
        let actor = |range: &Range<usize>| {
            self.mentions_in(range).find(|mention| matches!(mention.value, Value::Actor(_)))
        };
        let end = verb.tokens.end;
        let source = actor(&(end..end + REACH_OF_GOAL))?;
        let goal = |range: Range<usize>| {
            let mut goals = range.filter(|at| self.is_any(&[Label::For, Label::To], *at));
            goals.any(|goal| actor(&(goal + 1..goal + 1 + REACH_OF_GOAL)).is_some())
        };
        // "A convoy with 14 mortars for Kenya left Denmark"
        let thing =
            |mention: &Mention| matches!(mention.value, Value::System(_) | Value::Materiel(_));
        let start = verb.tokens.start;
        let loaded = self.mentions_in(&(0..start)).filter(|mention| thing(mention)).last();
        let loaded = loaded.is_some_and(|load| goal(load.tokens.end..start));
        let behind = source.tokens.end..source.tokens.end + REACH_OF_GOAL;
        (goal(behind) || loaded).then_some(source)
    }

    /// "Norway joined Denmark in": who acts along; "two ships joined the Kenyan navy" come to it.
    pub(super) fn only_joins(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        let joins = verb.is(Grade::ComesTo) && self.starting_at(Label::Joint, start).is_some();
        let subject = self.mentions_in(&(start.saturating_sub(PARTY)..start)).last();
        let thing = |told: &Mention| matches!(told.value, Value::System(_) | Value::Materiel(_));
        joins && !subject.is_some_and(thing)
    }

    /// "will be given to Ukraine at Kyiv's request": who asked is told beside the act; nothing that is asked for
    /// stands behind it.
    pub(super) fn is_told_beside_act(&self, cue: &CueMention) -> bool {
        let asks = matches!(cue.label, Label::Request | Label::Appropriation);
        if !asks || cue.inflection != Inflection::Base {
            return false;
        }
        let start = cue.tokens.start;
        let sign = start.checked_sub(1).filter(|at| self.is(Label::Genitive, *at));
        let owner = sign.and_then(|sign| self.mention_at(sign.checked_sub(1)?));
        let owner = owner.filter(|owner| matches!(owner.value, Value::Actor(_)));
        let before = owner.and_then(|owner| owner.tokens.start.checked_sub(1));
        let beside = before.is_some_and(|at| self.is(Label::In, at));
        beside && !self.is_any(&[Label::For, Label::To], cue.tokens.end)
    }
}

fn is_inside(cue: &CueMention, object: &Range<usize>) -> bool {
    object.start <= cue.tokens.start && cue.tokens.end <= object.end
}

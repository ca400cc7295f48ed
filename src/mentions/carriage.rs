//! Verbs of carrying: "two planes flew rifles to Kyiv". They give only with what moves goods, a thing
//! to carry and a state to which it goes; elsewhere they fly, take part, take time. Verbs such as "pass" need no
//! more than the thing and the state.

use super::{Mention, Sentence, Value};
use crate::lexicon::{Grade, Label, Lexicon};
use crate::mentions::CueMention;
use std::ops::Range;

/// How many tokens before a verb its subject stands.
const SUBJECT: usize = 6;

/// How many tokens a verb and what it carries may stand apart.
const LOAD: usize = 8;

/// How many tokens behind the first thing carried its goal may stand.
const GOAL: usize = 24;

impl Sentence {
    /// Keeps a verb of carrying as one of giving where it gives, and then as nothing else.
    pub fn settle_carriage(&mut self, lexicon: &Lexicon, text: &str) {
        let is_carriage = |cue: &CueMention| cue.is(Grade::Carries) || cue.is(Grade::GivesTo);
        let carriage: Vec<(Range<usize>, bool)> = self
            .cues
            .iter()
            .filter(|cue| is_carriage(cue))
            .map(|cue| (cue.tokens.clone(), self.gives_by_carrying(lexicon, text, cue)))
            .collect();
        if carriage.is_empty() {
            return;
        }
        self.retain_cues(|cue| {
            let own = carriage.iter().find(|(tokens, _)| *tokens == cue.tokens);
            own.is_none_or(|(_, gives)| is_carriage(cue) == *gives)
        });
    }

    fn gives_by_carrying(&self, lexicon: &Lexicon, text: &str, verb: &CueMention) -> bool {
        let (start, end) = (verb.tokens.start, verb.tokens.end);
        let be = (start.saturating_sub(3)..start).any(|at| self.is(Label::Be, at));
        let passive = be && verb.inflection.is_past_form();
        if passive {
            let loaded = self.thing_in(&(start.saturating_sub(GOAL)..start)).is_some();
            return loaded && self.goal_in(text, end..end + 1, &[Label::To]);
        }
        // "The United States moved batteries to Poland" may be its own: planes that carry them give.
        let class = |mention: &Mention| match mention.value {
            Value::System(number) => Some(lexicon.system_at(number).class.as_str()),
            Value::Materiel(number) => lexicon.materiel_at(number).class.as_deref(),
            _ => None,
        };
        let carrier = |mention: &Mention| class(mention).is_some_and(|c| lexicon.moves_goods(c));
        let by_carrier = self.mentions_in(&(start.saturating_sub(SUBJECT)..start)).any(carrier);
        if !by_carrier && !verb.is(Grade::GivesTo) {
            return false;
        }
        let load = self.thing_in(&(end..end + LOAD));
        // "A Turkish ship unloaded rifles in Mogadishu": where a load is taken from board it has come.
        let subject = start.saturating_sub(SUBJECT)..start;
        let actor = |mention: &Mention| matches!(mention.value, Value::Actor(_));
        let lands =
            self.cues.iter().any(|cue| cue.label == Label::Arrive && cue.tokens == verb.tokens);
        let goals: &[Label] = match (self.mentions_in(&subject).any(actor), lands) {
            (true, true) => &[Label::To, Label::For, Label::In],
            (true, false) => &[Label::To, Label::For],
            _ => &[Label::To],
        };
        load.is_some_and(|load| self.goal_in(text, load.tokens.end..load.tokens.end + GOAL, goals))
    }

    fn thing_in(&self, range: &Range<usize>) -> Option<&Mention> {
        let thing =
            |mention: &&Mention| matches!(mention.value, Value::System(_) | Value::Materiel(_));
        self.mentions_in(range).find(thing)
    }

    /// "to Ukraine", "for the army of Mali", before another clause begins.
    fn goal_in(&self, text: &str, range: Range<usize>, goals: &[Label]) -> bool {
        let actor = |at: usize| {
            self.mention_at(at).is_some_and(|mention| matches!(mention.value, Value::Actor(_)))
        };
        let opens = |at: usize| {
            self.is_sign(text, at, &[";", ":"])
                || self.is(Label::Clause, at) && !self.is(Label::With, at)
        };
        let mut within = range.take_while(|at| *at < self.tokens.len() && !opens(*at));
        within.any(|at| self.is_any(goals, at) && (at + 1..at + 4).any(actor))
    }
}

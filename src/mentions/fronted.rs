//! Verbs that tell of a gift only by what stands around them: of coming, behind an origin or a goal ("From
//! Estonia come 20 mortars", "To Kyiv went four howitzers"), and of waiting, before one ("expects two boats from
//! Turkey"). Elsewhere they tell of anything.

use super::{Mention, Sentence, Value};
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::CueMention;

/// How many tokens the actor between the preposition and the verb may have, with its article.
const ACTOR: usize = 6;

/// How many tokens behind the verb what comes may begin.
const THING: usize = 4;

impl Sentence {
    /// Reads a verb of coming as one of arriving, where what comes stands behind it and whence or
    /// where to before it.
    pub fn settle_fronted(&mut self, text: &str) {
        let come = |cue: &CueMention| {
            cue.label == Label::Come && (self.is_fronted(text, cue) || self.goes_between(cue))
        };
        let fronted: Vec<bool> = self.cues.iter().map(come).collect();
        if !fronted.contains(&true) {
            return;
        }
        let between: Vec<bool> = self
            .all()
            .map(|at| self.cues_in(&(at..at + 1)).any(|cue| self.goes_between(cue)))
            .collect();
        // "have come", whose participle looks like the present
        let helps = [Label::Have, Label::Will];
        let done: Vec<bool> = self.all().map(|at| self.is_any(&helps, at)).collect();
        let (label, value) = Grade::Comes.line();
        for (cue, _) in self.cues.iter_mut().zip(fronted).filter(|(_, fronted)| *fronted) {
            // "come" has not come yet: it only lists.
            let helped = cue.tokens.start.checked_sub(1).is_some_and(|at| done[at]);
            let lists = cue.inflection != Inflection::Past && !helped && !between[cue.tokens.start];
            cue.label = if lists { Label::Include } else { label };
            cue.value = (!lists).then_some(value.into());
        }
        self.index_cues();
    }

    /// "Three tanks go from Finland to Ukraine": whence and where to stand right behind the verb.
    fn goes_between(&self, verb: &CueMention) -> bool {
        let actor = |at: usize| {
            let near = at + 1..at + 3;
            let told = self.mentions_in(&near).find(|it| matches!(it.value, Value::Actor(_)));
            told.map(|told| told.tokens.end)
        };
        let from = Some(verb.tokens.end).filter(|at| self.is(Label::From, *at)).and_then(actor);
        let to = from.filter(|at| self.is(Label::To, *at)).and_then(actor);
        let before = verb.tokens.start.saturating_sub(ACTOR)..verb.tokens.start;
        to.is_some() && self.mentions_in(&before).any(is_thing)
    }

    /// Reads a verb of waiting as one of receiving, too, where it is told of what, and from whom.
    pub fn settle_awaited(&mut self) {
        let waits = |cue: &&CueMention| cue.label == Label::Expect && self.awaits_from(cue);
        let awaited: Vec<CueMention> = self.cues.iter().filter(waits).cloned().collect();
        for cue in awaited {
            let place = self.cues.partition_point(|told| told.tokens.start <= cue.tokens.start);
            self.cues.insert(place, CueMention { label: Label::Receive, value: None, ..cue });
            self.index_cues();
        }
    }

    /// "Albania's navy expects two gunboats from Turkey"
    fn awaits_from(&self, verb: &CueMention) -> bool {
        let actor = |told: &Mention| matches!(told.value, Value::Actor(_));
        let finite = verb.tokens.len() == 1 && verb.inflection != Inflection::Gerund;
        let behind = verb.tokens.end..verb.tokens.end + THING;
        let thing = self.mentions_in(&behind).find(|told| is_thing(told));
        let before = verb.tokens.start.saturating_sub(ACTOR)..verb.tokens.start;
        finite
            && self.mentions_in(&before).any(actor)
            && !self.has_any(&[Label::Be, Label::To], &(before.end.saturating_sub(1)..before.end))
            && thing.is_some_and(|thing| {
                let mut near = thing.tokens.end..thing.tokens.end + THING;
                let from = near.find(|at| self.is(Label::From, *at));
                from.is_some_and(|from| self.mentions_in(&(from + 1..from + 3)).any(actor))
            })
    }

    fn is_fronted(&self, text: &str, verb: &CueMention) -> bool {
        let helps = [Label::Have, Label::Will, Label::Be];
        let mut end = verb.tokens.start;
        while end > 0 && self.is_any(&helps, end - 1) && end + 3 > verb.tokens.start {
            end -= 1;
        }
        let actor = |mention: &Mention| matches!(mention.value, Value::Actor(_));
        let named = self.mentions.iter().any(|told| told.tokens.end == end && actor(told));
        let from = end.saturating_sub(ACTOR)..end;
        let preposition = from.rev().find(|at| self.is_any(&[Label::From, Label::To], *at));
        let opens = |at: usize| {
            at == 0
                || self.is_any_sign(at - 1)
                || self.is(Label::And, at - 1)
                || self.is_sign(text, at - 1, &[",", ";"])
        };
        let behind = verb.tokens.end..verb.tokens.end + THING;
        named && preposition.is_some_and(opens) && self.mentions_in(&behind).any(is_thing)
    }
}

fn is_thing(told: &Mention) -> bool {
    matches!(told.value, Value::System(_) | Value::Materiel(_))
}

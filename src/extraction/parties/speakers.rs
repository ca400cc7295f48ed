//! Speakers: who says that something is given, and gives it or takes no part by that.

use super::Reader;
use crate::extraction::document::Document;
use crate::lexicon::{ActorKind, Grade, Label, Lexicon, PartyKind};
use crate::mentions::{CueMention, Mention, Sentence, Value};
use crate::text::SegmentKind;
use std::ops::Range;

/// So many tokens behind a speaker stands the verb of saying.
const SPEAKER: usize = 8;

/// So many tokens behind a verb of saying a plan is told.
const PLAN: usize = 5;

/// Within so many tokens behind a verb of coming stands the state that things reach.
const GOAL: usize = 6;

/// Within so many tokens before a name in a headline stands "by": "by National Security Advisor".
const TITLE: usize = 6;

/// Whether a verb tells of what stands before it that it comes: "arrive", "go to", "leave for".
pub(super) fn comes(cue: &CueMention) -> bool {
    cue.is(Grade::ArrivesIn) || cue.is(Grade::Comes)
}

impl Reader<'_> {
    /// "the defence ministry in Lisbon" is Portugal's, whose preposition stands here; "the embassy in Lisbon" is
    /// another's, and "ministers in Lisbon" may be of many.
    pub(super) fn is_office_in(&self, preposition: usize) -> bool {
        preposition.checked_sub(1).is_some_and(|at| {
            let mut offices = self.sentence.cues_in(&(at..at + 1));
            self.sentence.is(Label::Office, at) && !offices.any(|cue| cue.is(Grade::Abroad))
        })
    }

    /// "Berlin said that ten tanks would be delivered": who makes it known that something is given, and
    /// names nobody who gives it.
    pub(super) fn speaks_for_itself(&self, mention: &Mention, verb: &CueMention) -> bool {
        let near = mention.tokens.end..(mention.tokens.end + SPEAKER).min(verb.tokens.start);
        let Some(says) = self.sentence.first(Label::Say, &near) else { return false };
        let told = says.tokens.end..self.sentence.tokens.len();
        let clause = told.start..verb.tokens.start;
        let others = self.sentence.mentions_in(&clause);
        let receives = |other: &Mention| {
            let before = self.before(other.tokens.start);
            before.is_some_and(|at| self.sentence.is_any(&[Label::To, Label::For], at))
        };
        let alone =
            others.filter(|other| self.document.actor_code(&other.value).is_some()).all(receives);
        alone && self.names_no_giver(&told) && self.may_give(mention)
    }

    /// "The minister said that 40 howitzers had left for Kyiv": who makes it known that things come, and
    /// names nobody from whom.
    pub(super) fn speaks_of_arrival(&self, mention: &Mention) -> bool {
        let behind = mention.tokens.end..self.sentence.tokens.len();
        // "would reach Kyiv", "had reached the armed forces of Chad": what reaches a state comes to it.
        let reaches = |cue: &CueMention| {
            let near = cue.tokens.end..cue.tokens.end + GOAL;
            let small = [Label::Definite, Label::Military, Label::Forces, Label::Of];
            let actor = |goal: &&Mention| self.document.actor_code(&goal.value).is_some();
            let goal = self.sentence.mentions_in(&near).find(actor);
            cue.label == Label::Arrive
                && goal.is_some_and(|goal| {
                    let mut between = cue.tokens.end..goal.tokens.start;
                    between.all(|at| self.sentence.is_any(&small, at))
                })
        };
        let mut comes = self.sentence.cues_in(&behind).filter(|cue| comes(cue) || reaches(cue));
        comes.next().is_some_and(|verb| {
            self.has_thing_between(mention, verb) && self.speaks_for_itself(mention, verb)
        })
    }

    /// Whether an actor is the giver by what it says.
    pub(super) fn gives_by_saying(&self, mention: &Mention) -> bool {
        self.speaks_behind(mention)
            || self.is_cited(mention)
            || self.plans_its_own(mention)
            || self.speaks_of_receipt(mention)
    }

    /// "The minister said Ukraine would receive 100 missiles": who makes it known that another receives, and
    /// names nobody from whom.
    fn speaks_of_receipt(&self, mention: &Mention) -> bool {
        let near = mention.tokens.end..mention.tokens.end + SPEAKER;
        let Some(says) = self.sentence.first(Label::Say, &near) else { return false };
        let title = mention.tokens.end..says.tokens.start;
        let told = says.tokens.end..self.sentence.tokens.len();
        let main = self.document.main_recipient.as_deref();
        let next = self.sentence.mentions_in(&told).next();
        let receives = next.is_some_and(|other| {
            let near = other.tokens.end..other.tokens.end + PLAN;
            let code = self.document.actor_code(&other.value);
            code.is_some()
                && code == main
                && other.tokens.start <= told.start + 2
                && self.sentence.has_any(&[Label::Will, Label::Would], &near)
                && self.sentence.has(Label::Receive, &near)
        });
        receives
            && !title.into_iter().any(|at| self.sentence.is_any_sign(at))
            && self.names_no_giver(&told)
            && self.may_give(mention)
    }

    /// "The minister was in Port Moresby for the handover of 12 carriers to the army": who comes for it, where
    /// nobody is named who gives.
    pub(super) fn attends_handover(&self, mention: &Mention) -> bool {
        let behind = mention.tokens.end..self.sentence.tokens.len();
        let handover = self.sentence.first(Label::Handover, &behind);
        let purpose = handover.is_some_and(|noun| {
            let start = noun.tokens.start;
            let article = usize::from(start > 0 && self.sentence.is(Label::Definite, start - 1));
            let before = (start - article).checked_sub(1);
            before.is_some_and(|at| self.sentence.is(Label::For, at))
                && self.sentence.is(Label::Of, noun.tokens.end)
        });
        purpose && self.names_no_giver(&behind) && self.may_give(mention)
    }

    /// Whether a stretch tells of nobody from whom something comes, and of none that it denies; to who
    /// attacks another state no speaker gives: "3 million shells have been sent to Russia, Seoul said".
    pub(super) fn names_no_giver(&self, range: &Range<usize>) -> bool {
        let attacks = self.sentence.mentions_in(range).any(|other| {
            let code = self.document.actor_code(&other.value);
            code.is_some_and(|code| self.document.lexicon.attacks(code))
        });
        let words = [Label::By, Label::From, Label::Not, Label::Lose, Label::Attack];
        !attacks && !self.sentence.has_any(&words, range)
    }

    /// "20 vehicles will be sent to Ukraine, the Pentagon said": the speaker behind an act that names
    /// nobody who gives.
    fn speaks_behind(&self, mention: &Mention) -> bool {
        let text = &self.document.article.text;
        let near = mention.tokens.end..mention.tokens.end + SPEAKER;
        let says = self.sentence.first(Label::Say, &near).filter(|says| {
            let mut title = mention.tokens.end..says.tokens.start;
            // "Finland's minister said"
            title.all(|at| self.sentence.is(Label::Genitive, at) || !self.sentence.is_any_sign(at))
        });
        let comma =
            (0..mention.tokens.start).rev().find(|at| self.sentence.is_sign(text, *at, &[","]));
        let Some(comma) = comma.filter(|_| says.is_some()) else {
            return false;
        };
        let verbs = [Label::Give, Label::Receive, Label::Arrive, Label::Announce, Label::Withdraw];
        let own = comma + 1..mention.tokens.start;
        let actors = self.sentence.mentions_in(&own);
        let alone =
            !actors.into_iter().any(|other| self.document.actor_code(&other.value).is_some())
                && !self.sentence.has_any(&verbs, &own);
        let mut acts = self.sentence.cues_in(&(0..comma)).filter(|cue| verbs.contains(&cue.label));
        let given = acts.next().is_some_and(|verb| {
            // "will be donated and shipped by way of Romania"
            let joined = |other: &CueMention| {
                let gap = verb.tokens.end..other.tokens.start;
                self.sentence.has(Label::And, &gap) && gap.len() <= 3
            };
            let only = acts.all(|other| other.tokens.start < verb.tokens.end || joined(other));
            let handed = matches!(verb.label, Label::Give | Label::Arrive) && self.is_passive(verb);
            let thing = 0..verb.tokens.start;
            let thing = self.sentence.items.iter().any(|item| thing.contains(&item.tokens.start));
            (handed || comes(verb) && thing) && only
        });
        alone && given && self.names_no_giver(&(0..comma)) && self.may_give(mention)
    }

    /// "Norway said it was planning to use 3.5 billion kroner": whose plan for its own money it makes known.
    fn plans_its_own(&self, mention: &Mention) -> bool {
        let near = mention.tokens.end..mention.tokens.end + SPEAKER;
        let Some(says) = self.sentence.first(Label::Say, &near) else { return false };
        let plan = says.tokens.end + 1..says.tokens.end + PLAN;
        let verb = self.sentence.first(Label::Expect, &plan);
        let sum = |mention: &Mention| matches!(mention.value, Value::Money(_));
        self.sentence.is(Label::It, says.tokens.end)
            && verb.is_some_and(|verb| {
                let behind = verb.tokens.end..verb.tokens.end + SPEAKER;
                self.sentence.mentions_in(&behind).any(sum)
            })
            && self.may_give(mention)
    }

    /// Whether an actor is a state that may give here: neither who receives nor the enemy.
    pub(super) fn may_give(&self, mention: &Mention) -> bool {
        let code = self.document.actor_code(&mention.value);
        !self.is_enemy(mention)
            && code != self.document.main_recipient.as_deref()
            && self.is_state(mention)
    }

    /// Whether an actor is one state that can give, and no group of them.
    pub(super) fn is_state(&self, mention: &Mention) -> bool {
        self.document.actor_code(&mention.value).is_some_and(|code| {
            self.document.lexicon.can_give(code)
                && self.document.lexicon.party_kind(code) == PartyKind::State
        })
    }

    /// "The premier said that the initiative has secured": who only says it receives nothing.
    pub(super) fn reports(&self, mention: &Mention, verb: &CueMention) -> bool {
        let speaks = matches!(self.kind(mention), Some(ActorKind::Person | ActorKind::Office));
        speaks && self.sentence.has(Label::Say, &(mention.tokens.end..verb.tokens.start))
    }

    /// "received President Zelenskyy": a person right after the verb.
    pub(super) fn meets_somebody(&self, verb: &CueMention) -> bool {
        let near = verb.tokens.end..verb.tokens.end + 4;
        let person = |mention: &&Mention| self.kind(mention) == Some(ActorKind::Person);
        self.sentence.mentions_in(&near).any(|mention| person(&mention))
    }

    /// "Zelensky visited Oslo and was promised": what is given behind a visit comes from there.
    pub(super) fn is_promised_there(&self, mention: &Mention) -> bool {
        let behind = mention.tokens.end..self.sentence.tokens.len();
        self.sentence.cues_in(&behind).any(|cue| cue.label == Label::Give && self.is_passive(cue))
            && !self.sentence.has(Label::By, &behind)
    }
}

/// "The Secretary of State for Defence (Mr Ben Wallace)", in a line of its own: whose speech follows.
pub fn is_given_the_floor(document: &Document<'_>, sentence: &Sentence, mention: &Mention) -> bool {
    let Value::Actor(number) = mention.value else { return false };
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    let sign = |at: usize, sign: &str| sentence.is_sign(&document.article.text, at, &[sign]);
    document.lexicon.actor_at(number).kind == ActorKind::Person
        && (start.saturating_sub(TITLE)..start).any(|at| sign(at, "("))
        && sign(end, ")")
        && end + 1 == sentence.tokens.len()
}

/// "Press Gaggle by National Security Advisor Jake Sullivan": an office-holder whose words a headline
/// promises.
pub fn heads_as_speaker(lexicon: &Lexicon, sentence: &Sentence, mention: &Mention) -> bool {
    let Value::Actor(number) = mention.value else { return false };
    let title = mention.tokens.start.saturating_sub(TITLE)..mention.tokens.start;
    sentence.segment.kind == SegmentKind::Title
        && lexicon.actor_at(number).kind == ActorKind::Person
        && sentence.has(Label::By, &title)
}

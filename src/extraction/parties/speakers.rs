//! Who only says that something is given, and gives it by that.

use super::Reader;
use crate::lexicon::{Label, PartyKind};
use crate::mentions::{CueMention, Mention};

/// So many tokens behind a speaker stands the verb of saying.
const SPEAKER: usize = 8;

impl Reader<'_> {
    /// "Berlin said that ten tanks would be delivered": who makes it known that something will be given,
    /// and names nobody who gives it.
    pub(super) fn speaks_for_itself(&self, mention: &Mention, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        let near = mention.tokens.end..(mention.tokens.end + SPEAKER).min(start);
        let will = start.saturating_sub(3)..start;
        let actor = |other: &Mention| self.document.actor_code(&other.value).is_some();
        let Some(says) = self.sentence.first(Label::Say, &near) else { return false };
        let alone = !self.sentence.mentions_in(&(says.tokens.end..start)).any(actor);
        let end = self.sentence.tokens.len().min(verb.tokens.end + SPEAKER);
        alone
            && self.sentence.has_any(&[Label::Will, Label::Would], &will)
            && !self.sentence.has_any(&[Label::By, Label::From], &(verb.tokens.end..end))
            && self.may_give(mention)
    }

    /// "20 vehicles will be sent to Ukraine, the Pentagon said": the speaker behind an act that names
    /// nobody who gives.
    pub(super) fn speaks_behind(&self, mention: &Mention) -> bool {
        let text = &self.document.article.text;
        let near = mention.tokens.end..mention.tokens.end + 3;
        let comma =
            (0..mention.tokens.start).rev().find(|at| self.sentence.is_sign(text, *at, &[","]));
        let Some(comma) = comma.filter(|_| self.sentence.has(Label::Say, &near)) else {
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
            let only = acts.all(|other| other.tokens.start < verb.tokens.end);
            verb.label == Label::Give && self.is_passive(verb) && only
        });
        // "3 million shells have been sent to Russia, Seoul said": no ally of who attacks another state.
        let attacks = self.sentence.mentions_in(&(0..comma)).any(|other| {
            let code = self.document.actor_code(&other.value);
            code.is_some_and(|code| self.document.lexicon.attacks(code))
        });
        let source = [Label::By, Label::From, Label::Not];
        alone && given && !attacks && !self.sentence.has_any(&source, &(0..comma)) && self.may_give(mention)
    }

    /// Whether an actor is a state that may give here: neither who receives nor the enemy.
    fn may_give(&self, mention: &Mention) -> bool {
        let code = self.document.actor_code(&mention.value);
        !self.is_enemy(mention)
            && code != self.document.main_recipient.as_deref()
            && code.is_some_and(|code| {
                self.document.lexicon.can_give(code)
                    && self.document.lexicon.party_kind(code) == PartyKind::State
            })
    }
}

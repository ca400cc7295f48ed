//! Who asked for what is given, and from whom it is held back. Knows nothing of those who give.

use super::Reader;
use crate::lexicon::{ActorKind, Inflection, Label};
use crate::mentions::{CueMention, Mention};

/// So many tokens before "from" what is held back is named, and the verb before that.
const WITHHELD: usize = 10;

impl Reader<'_> {
    /// "is being withheld from Egypt": a verb of holding back right before.
    pub(super) fn is_withheld(&self, mention: &Mention) -> bool {
        let start = mention.tokens.start;
        let near = start.saturating_sub(4)..start;
        // "withheld seven vehicles from Togo"
        let object = start.saturating_sub(WITHHELD)..start;
        let verb = self.sentence.cues_in(&object).rfind(|cue| cue.label == Label::Withdraw);
        self.sentence.has(Label::Withdraw, &near)
            || verb.is_some_and(|verb| {
                let between = verb.tokens.end..start;
                let verbs = [Label::Give, Label::Announce, Label::Arrive, Label::PackageNoun];
                let mut items = self.sentence.items.iter();
                items.any(|item| between.contains(&item.tokens.start))
                    && !self.sentence.has_any(&verbs, &between)
            })
    }

    /// "following a request from Male", "a request by Male": who asked for it.
    pub(super) fn has_asked(&self, mention: &Mention) -> bool {
        let before = self.before(mention.tokens.start);
        let asked = before.and_then(|at| self.sentence.ending_at(Label::Request, at));
        asked.is_some_and(|cue| cue.inflection == Inflection::Base)
    }

    /// "were received by the army", "accepted the boats on behalf of Fiji": who takes what is given.
    pub(super) fn is_received_by(&self, mention: &Mention) -> bool {
        let Some(at) = self.before(mention.tokens.start) else { return false };
        let Some(by) = self.sentence.ending_at(Label::By, at + 1) else { return false };
        let done = |cue: &CueMention| {
            cue.label == Label::Receive
                && matches!(cue.inflection, Inflection::Past | Inflection::Participle)
        };
        if by.tokens.len() == 1 {
            return self.sentence.cues_ending_at(by.tokens.start).any(done);
        }
        let acts = [Label::Give, Label::Receive, Label::Announce];
        let before = 0..by.tokens.start;
        let nearest = self.sentence.cues_in(&before).rfind(|cue| acts.contains(&cue.label));
        nearest.is_some_and(done)
    }

    /// "a Kenyan request for mortars", "at Kenya's request": whose wish it is; "Spain's request to send
    /// jets" is for somebody else.
    pub(super) fn owns_request(&self, mention: &Mention) -> bool {
        let owner = self.is_possessive(mention);
        let at = mention.tokens.end + usize::from(owner);
        let describes = owner || self.kind(mention) == Some(ActorKind::Adjective);
        let asked = self.sentence.starting_at(Label::Request, at);
        describes
            && asked.is_some_and(|cue| {
                cue.inflection == Inflection::Base && !self.sentence.is(Label::To, cue.tokens.end)
            })
    }
}

//! Words for things that are verbs where they stand: "will supply", "has donated".

use super::{Chunker, names_materiel, widen};
use crate::lexicon::{
    Inflection, Label,
    token::{Joint, TokenKind},
};
use crate::mentions::{Mention, Value};

impl Chunker<'_> {
    /// "will supply spares", "would hand missiles", "The UK supplies tanks": a verb of giving before its object.
    pub(super) fn is_verb(&self, mention: &Mention) -> bool {
        let at = mention.tokens.start;
        if self.is_done(mention) {
            return true;
        }
        let next = self.sentence.mention_at(mention.tokens.end);
        // "will ship 4,000 rifles"
        let auxiliary = at.checked_sub(1).is_some_and(|at| {
            self.sentence.is_any(&[Label::Will, Label::Would, Label::To, Label::Not], at)
        });
        (auxiliary || next.is_some_and(names_materiel))
            && matches!(mention.value, Value::Materiel(_))
            && self.sentence.cues_in(&(at..at + 1)).any(|cue| {
                matches!(cue.label, Label::Give | Label::Arrive | Label::Receive)
                    && cue.tokens == mention.tokens
                    && matches!(cue.inflection, Inflection::Base | Inflection::Third)
            })
    }

    /// "has donated drones", "Oslo donated boats": no donated things, but what was done.
    fn is_done(&self, mention: &Mention) -> bool {
        let at = mention.tokens.start;
        let subject = |at: usize| {
            let mention = self.sentence.mention_at(at);
            let doers = [Label::It, Label::We, Label::Office, Label::Forces];
            mention.is_some_and(|mention| matches!(mention.value, Value::Actor(_)))
                || self.sentence.is_any(&doers, at)
        };
        let free = self.sentence.tokens[at].token.joint == Joint::Space;
        let have = |at: usize| self.sentence.is_any(&[Label::Have, Label::Had], at);
        // "it also donated", but "it gave donated boats"
        let adverb = |at: usize| {
            let verbs = [Label::Give, Label::Receive, Label::Arrive, Label::Include, Label::Be];
            self.sentence.tokens[at].token.kind == TokenKind::Word
                && self.sentence.mention_at(at).is_none()
                && !self.sentence.is_any(&verbs, at)
                && !self.sentence.is_any(&widen::DETERMINERS, at)
        };
        // "Oslo on Friday donated boats"
        let at = self.before_day(at);
        let opens = (at.saturating_sub(2)..at).any(have)
            || at > 0 && subject(at - 1)
            || at > 1 && subject(at - 2) && adverb(at - 1);
        free && opens
            && self.sentence.cues_in(&mention.tokens).any(|cue| {
                cue.label == Label::Give
                    && cue.tokens.start == mention.tokens.start
                    && cue.inflection.is_past_form()
            })
    }

    /// Where the words for a day right before a token begin: "on Friday", "today".
    fn before_day(&self, at: usize) -> usize {
        let day = at.checked_sub(1).and_then(|before| self.sentence.mention_at(before));
        let Some(day) = day.filter(|day| matches!(day.value, Value::Date(_))) else { return at };
        let start = day.tokens.start;
        start - usize::from(start > 0 && self.sentence.is(Label::In, start - 1))
    }

    /// "tanks round off the package": the noun is the first word of a verb.
    pub(super) fn opens_verb(&self, mention: &Mention) -> bool {
        let at = mention.tokens.start;
        self.sentence.cues_in(&(at..at + 1)).any(|cue| {
            cue.label == Label::Include
                && cue.tokens.start == at
                && cue.tokens.end > mention.tokens.end
        })
    }
}

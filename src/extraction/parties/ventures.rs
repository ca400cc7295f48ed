//! Who is named beside what is given without getting it: whose venture is paid into, for whom something had
//! been meant.

use super::Reader;
use crate::lexicon::{ActorKind, Grade, Label};
use crate::mentions::Mention;

/// Within so many tokens behind whose it is a venture is named: "the Czech large-calibre ammunition initiative".
const NAMED: usize = 5;

impl Reader<'_> {
    /// "13 million to the Czech Republic's effort to find shells for Ukraine", "to Germany's initiative for
    /// Kyiv's air defence": whose venture it is receives nothing by that, where a state at war is helped.
    pub(super) fn is_paid_venture(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let main = self.document.main_recipient.as_deref();
        let attacked = |other: &Mention| self.is_attacked(other);
        let helped = main.is_some_and(|code| self.document.lexicon.is_attacked(code))
            || self.sentence.mentions.iter().any(attacked);
        let stops = [Label::For, Label::To, Label::Clause];
        let near = (end..end + NAMED).take_while(|at| !self.sentence.is_any_sign(*at));
        let mut near = near.take_while(|at| !self.sentence.is_any(&stops, *at));
        let owns = self.is_possessive(mention) || self.kind(mention) == Some(ActorKind::Adjective);
        helped
            && owns
            && !self.is_attacked(mention)
            && near.any(|at| self.sentence.is(Label::Venture, at))
    }

    /// "that had been meant for Egypt", "originally intended for Kabul": for whom it is no more.
    pub(super) fn was_meant_for(&self, mention: &Mention) -> bool {
        let at = self.before(mention.tokens.start);
        at.is_some_and(|at| self.sentence.cues_ending_at(at + 1).any(|cue| cue.is(Grade::ForOnce)))
    }
}

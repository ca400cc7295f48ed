//! Who only leads a meeting, or whose idea an initiative was, gives nothing by that.

use super::Reader;
use crate::lexicon::Label;
use crate::mentions::{CueMention, Mention};

/// So many tokens before "by" stands the verb that says who leads.
const LED: usize = 7;

impl Reader<'_> {
    /// "a meeting that was led for the first time by Britain"; but "six countries, led by Britain," give.
    pub(super) fn is_led(&self, by: usize) -> bool {
        let near = by.saturating_sub(LED)..by;
        let lead = self.sentence.cues_in(&near).rfind(|cue| cue.label == Label::Lead);
        lead.is_some_and(|lead| {
            let start = lead.tokens.start;
            self.sentence.has(Label::Be, &(start.saturating_sub(2)..start))
        })
    }

    /// "towards a NATO initiative to supply arms": whose idea it was gives nothing by that.
    pub(super) fn names_venture(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let paid = [Label::To, Label::For, Label::In, Label::Joint];
        let near = mention.tokens.start.saturating_sub(6)..mention.tokens.start;
        (end..end + 2).any(|at| self.sentence.is(Label::Venture, at))
            && near.clone().any(|at| self.sentence.is_any(&paid, at))
            && !self.is_possessive(mention)
    }

    /// "the coalition that Latvia and Britain lead gets the rest": the verb behind belongs to what they
    /// lead.
    pub(super) fn only_leads(&self, mention: &Mention, verb: &CueMention) -> bool {
        let leads = self.sentence.first(Label::Lead, &(mention.tokens.end..verb.tokens.start));
        leads.is_some_and(|leads| {
            leads.tokens.start <= mention.tokens.end + 3
                && !(leads.tokens.end..verb.tokens.start)
                    .any(|at| self.sentence.is(Label::And, at) || self.sentence.is_any_sign(at))
        })
    }
}

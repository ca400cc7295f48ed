//! Who only leads a meeting, or whose idea an initiative was, gives nothing by that.

use super::Reader;
use crate::lexicon::Label;
use crate::mentions::{CueMention, Mention};

/// So many tokens before "by" stands the verb that says who leads.
const LED: usize = 7;

/// Within so many tokens behind its owner a venture is named: "Germany's immediate air defence initiative".
const NAME_OF_VENTURE: usize = 6;

impl Reader<'_> {
    /// "a meeting that was led for the first time by Britain", "to the coalition led by Britain"; but "six
    /// countries, led by Britain," give.
    pub(super) fn is_led(&self, by: usize) -> bool {
        let near = by.saturating_sub(LED)..by;
        let lead = self.sentence.cues_in(&near).rfind(|cue| cue.label == Label::Lead);
        lead.is_some_and(|lead| {
            let start = lead.tokens.start;
            self.sentence.has(Label::Be, &(start.saturating_sub(2)..start))
                || self.is_named_behind_goal(start)
        })
    }

    /// "4 million to the drone coalition", right before "led": what money goes to.
    fn is_named_behind_goal(&self, end: usize) -> bool {
        let near = end.saturating_sub(LED)..end;
        let goal = near.rev().find(|at| {
            self.sentence.is_any(&[Label::To, Label::For, Label::In], *at)
                && self.sentence.is(Label::Definite, at + 1)
        });
        goal.is_some_and(|goal| !(goal..end).any(|at| self.sentence.is_any_sign(at)))
    }

    /// "towards a NATO initiative to supply arms", "joins Germany's air defence initiative with 76 million":
    /// whose idea it was gives nothing by that.
    pub(super) fn names_venture(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let paid = [Label::To, Label::For, Label::In, Label::Joint];
        let near = mention.tokens.start.saturating_sub(6)..mention.tokens.start;
        let owned = self.is_possessive(mention);
        let behind = |label| {
            let noun = end..end + NAME_OF_VENTURE;
            let parts = [Label::Of, Label::For, Label::To, Label::In, Label::With];
            let parted = |at: usize| self.sentence.is_any(&parts, at);
            noun.clone().take_while(|at| !parted(*at)).any(|at| self.sentence.is(label, at))
        };
        let joins = || {
            let at = mention.tokens.start;
            let article = at.checked_sub(1).filter(|at| self.sentence.is(Label::Definite, *at));
            self.sentence.ending_at(Label::Joint, article.unwrap_or(at)).is_some()
        };
        if behind(Label::Venture) && joins() {
            return true;
        }
        (end..end + 2).any(|at| self.sentence.is(Label::Venture, at))
            && near.clone().any(|at| self.sentence.is_any(&paid, at))
            && !owned
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

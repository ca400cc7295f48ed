//! What part an actor plays where no grammar around it says so.

use super::{Part, Reader};
use crate::lexicon::{ActorKind, Grade, Label};
use crate::mentions::Mention;

impl Reader<'_> {
    /// A state that is attacked receives, its enemy has no part; any other gives, but for a name
    /// after "of", "in" or "with".
    pub(super) fn by_kind(&self, mention: &Mention, preposition: Option<Label>) -> Part {
        if self.is_enemy(mention) {
            return Part::Nothing;
        }
        let code = self.document.actor_code(&mention.value);
        let receives = code.is_some_and(|code| self.document.lexicon.is_attacked(code));
        match preposition {
            _ if receives => Part::Receives(1, "recipient.named"),
            Some(Label::In | Label::Of | Label::With) => Part::Nothing,
            _ => Part::Gives(1, "donor.named"),
        }
    }

    /// Ministers and parliaments of a receiver take part, but aid goes to the state; an enemy gets
    /// none, and unnamed groups are given none.
    pub(super) fn can_receive(&self, mention: &Mention) -> bool {
        let office = matches!(self.kind(mention), Some(ActorKind::Office | ActorKind::Person));
        let giver = self.document.actor_code(&mention.value).is_some_and(|code| {
            !self.document.lexicon.can_receive(code)
                || office && !self.document.lexicon.is_attacked(code)
        });
        !giver && !self.is_enemy(mention)
    }

    /// "Norwegian aid", "Norway's aid": whose aid it is gives it.
    pub(super) fn by_aid(
        &self,
        preposition: Option<Label>,
        before: Option<usize>,
        possessive: bool,
    ) -> Part {
        // "allies buy American arms for Kyiv", "shells that were procured with Prague's help"
        let with = preposition == Some(Label::With);
        let bought = before.filter(|_| !possessive || with).is_some_and(|at| {
            let verbs = [Label::Buy, Label::Trade];
            let end = at + usize::from(!with);
            self.sentence.cues_ending_at(end).any(|cue| verbs.contains(&cue.label))
        });
        if bought {
            return Part::Nothing;
        }
        // "with Luxembourg's support" names one who gives along.
        let along = possessive && preposition == Some(Label::With);
        let firm = along || before.is_some_and(|at| self.is_source_of_what_came(at));
        Part::Gives(if firm { 3 } else { 2 }, "donor.adjective")
    }

    /// "the American maker", "Swedish and other European firms", "Danish volunteers": an adjective of who is no state.
    pub(super) fn names_industry(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let near = end..(end + 4).min(self.sentence.tokens.len());
        let private =
            |at: usize| self.sentence.cues_in(&(at..at + 1)).any(|cue| cue.is(Grade::PrivateGiver));
        // "handed 20 rifles to Ukrainian volunteers": they get them for their state.
        let gets = self
            .before(mention.tokens.start)
            .is_some_and(|at| self.sentence.is_any(&[Label::To, Label::For], at));
        let noun = |at: &usize| self.sentence.is(Label::Industry, *at) || !gets && private(*at);
        let Some(noun) = near.clone().find(noun) else { return false };
        (end..noun).all(|at| {
            let plain = !self.sentence.is_any_sign(at) && self.sentence.is_silent(at);
            self.sentence.is_any(&[Label::And, Label::Military], at) || plain
        })
    }
}

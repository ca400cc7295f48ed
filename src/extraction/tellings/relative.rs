//! Relative clauses that tell an act of their own: "from the Netherlands, which in 2022 had sent five".

use super::acts::{GIVERS, VERBS};
use super::{Reader, parties};
use crate::extraction::parties::Party;
use crate::lexicon::Label;
use crate::mentions::Mention;

impl Reader<'_> {
    /// "from the Netherlands, which in 2022 had sent five howitzers": where the last clause of a
    /// sentence tells what its subject gave, behind another act.
    pub(super) fn relative_act(&self) -> Option<usize> {
        let end = self.sentence.tokens.len();
        let start = (1..end).rev().find(|at| self.relative_to(*at).is_some())?;
        let clause = start..end;
        let verb = self.sentence.cues_in(&clause).find(|cue| VERBS.contains(&cue.label))?;
        let near = verb.label == Label::Give && verb.tokens.start <= start + 7;
        let active = !parties::is_passive(self.document, self.sentence, verb);
        let comma = (start + 1..end).any(|at| self.sentence.is_sign(self.text(), at, &[","]));
        let tells = self.sentence.has_any(&VERBS, &(0..start)) && self.has_thing(&(0..start));
        (near && active && !comma && tells && self.has_thing(&clause)).then_some(start)
    }

    /// The actor right before a comma with "which" behind it.
    fn relative_to(&self, at: usize) -> Option<&Mention> {
        let relative = self.sentence.is_sign(self.text(), at, &[","])
            && self.sentence.is(Label::Clause, at + 1)
            && self.sentence.is(Label::It, at + 1);
        let actor = relative.then(|| self.sentence.mention_at(at - 1)).flatten()?;
        self.document.actor_code(&actor.value).map(|_| actor)
    }

    /// Who gives in an act that is a relative clause.
    pub(super) fn relative_subject(&self) -> Option<Party> {
        let actor = self.act.start.checked_sub(1).and(self.relative_to(self.act.start))?;
        let code = self.document.actor_code(&actor.value)?;
        let gives = self.document.lexicon.can_give(code) && !self.document.enemies.contains(code);
        gives.then(|| Party {
            code: code.to_owned(),
            span: actor.span,
            tokens: actor.tokens.clone(),
            score: 4,
            rule: GIVERS[0],
        })
    }
}

//! Acts of people, charities and firms: "the Norwegian firm Kongsberg donated". Only states and what they found give
//! military aid (section 1 of the rules), whatever adjective goes before the giver.

use super::Reader;
use crate::lexicon::{Grade, Label};
use crate::mentions::{CueMention, Mention};

impl Reader<'_> {
    /// Whether whoever gives by the first verb of the act is no state: nobody else is named before that verb.
    pub(super) fn is_of_private(&self) -> bool {
        let sentence = self.sentence;
        let Some(verb) = sentence.first(Label::Give, &self.frame) else { return false };
        let gift = sentence.starting_at(Label::Gift, verb.tokens.start).is_some();
        // "Volunteers gave 20 pick-ups, and a Lithuanian charity 40 drones"
        let thing = sentence.items.iter().map(|item| item.tokens.start);
        let thing = thing.filter(|start| self.act.contains(start)).min();
        let end =
            if self.act.contains(&verb.tokens.start) { Some(verb.tokens.start) } else { thing };
        let before = self.act.start..end.unwrap_or(self.act.start);
        let is_giver = |cue: &CueMention| {
            let free = cue.tokens.start.checked_sub(1).is_none_or(|at| {
                !sentence.is_any(&[Label::By, Label::From, Label::With, Label::To, Label::For], at)
            });
            free && (cue.is(Grade::PrivateGiver) || gift && cue.label == Label::Industry)
        };
        let Some(giver) = sentence.cues_in(&before).find(|cue| is_giver(cue)) else { return false };
        // "Danish volunteers", "volunteers from Tallinn" are no state; "Denmark and its volunteers" are.
        let is_state = |mention: &Mention| {
            let behind = mention.tokens.end <= giver.tokens.start;
            let adjective = behind && mention.tokens.end + 2 >= giver.tokens.start;
            let origin = mention.tokens.start.saturating_sub(2)..mention.tokens.start;
            let told = sentence.has_any(&[Label::From, Label::In, Label::Of], &origin);
            let code = self.document.actor_code(&mention.value);
            let state = code.is_some_and(|code| self.document.lexicon.can_give(code));
            !(adjective || told) && state
        };
        !sentence.mentions_in(&before).any(is_state)
    }
}

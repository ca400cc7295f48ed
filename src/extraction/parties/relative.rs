//! Who gives in a relative clause that a sentence of no other act has: "Like Norway, which sent 20 mortars".

use super::{Part, Reader};
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, Mention, Value};

/// So many tokens behind "which" stands the verb.
const VERB: usize = 6;

impl Reader<'_> {
    /// The part of who is thanked or thanks, whom a thing leaves, or who gives in a clause of its own.
    pub(super) fn beside_act(&self, actors: &[&Mention], index: usize) -> Option<Part> {
        let part = self.by_thanks(actors, index).or_else(|| self.by_departure(actors[index]));
        part.or_else(|| self.spares(actors[index]))
            .or_else(|| self.gives_in_clause(actors[index]))
            .or_else(|| self.receives_in_clause(actors[index]))
    }

    /// "Like Norway, which sent 20 mortars in May, Denmark wants to", "joins Norway, which has pledged 20
    /// mortars": who stands right before the clause gives what it tells of.
    fn gives_in_clause(&self, mention: &Mention) -> Option<Part> {
        let verb = self.verb_of_clause(mention)?;
        let acts = [Label::Give, Label::Announce, Label::Receive, Label::Arrive];
        let alone = !self.sentence.has_any(&acts, &(0..mention.tokens.start));
        let text = &self.document.article.text;
        let comma = |at: &usize| self.sentence.is_sign(text, *at, &[","]);
        let end = (verb.tokens.end..self.sentence.tokens.len()).find(comma);
        let clause = verb.tokens.end..end.unwrap_or(self.sentence.tokens.len());
        let sum = |told: &Mention| matches!(told.value, Value::Money(_));
        let things = self.sentence.items.iter().any(|item| clause.contains(&item.tokens.start))
            || self.sentence.mentions_in(&clause).any(sum);
        (alone && things && !self.is_enemy(mention)).then_some(Part::Gives(4, "donor.subject"))
    }

    /// "Ten trucks that the Danish army no longer needs will go to Kenya", "mortars which Norway is phasing out were
    /// handed to Kenya": whose the things were that are given.
    fn spares(&self, mention: &Mention) -> Option<Part> {
        let sentence = self.sentence;
        let mut end = mention.tokens.end;
        let mut spares = sentence.starting_at(Label::Spares, end);
        while spares.is_none() && sentence.is_any(&[Label::Forces, Label::Genitive], end) {
            end += 1;
            spares = sentence.starting_at(Label::Spares, end);
        }
        let mut start = mention.tokens.start;
        while start > 0 && sentence.is_any(&[Label::Clause, Label::Definite], start - 1) {
            start -= 1;
        }
        // "no longer needed by the Danish army"
        if spares.is_none() {
            let by = start.checked_sub(1).filter(|at| sentence.is(Label::By, *at))?;
            start = sentence.ending_at(Label::Spares, by)?.tokens.start;
        }
        let text = &self.document.article.text;
        start -= usize::from(start > 0 && sentence.is_sign(text, start - 1, &[","]));
        let thing = sentence.items.iter().any(|item| item.tokens.end == start);
        let acts = [Label::Give, Label::Arrive, Label::Receive];
        let goes = sentence.has_any(&acts, &sentence.all());
        (thing && goes && !self.is_enemy(mention)).then_some(Part::Gives(4, "donor.owner"))
    }

    /// "a visit to Fiji, where he handed over 12 mortars", "Mozambique, to which India gave two boats": where the
    /// clause names nobody else who gets them.
    fn receives_in_clause(&self, mention: &Mention) -> Option<Part> {
        let end = mention.tokens.end;
        let comma = self.sentence.is_sign(&self.document.article.text, end, &[","]);
        let clause = self.sentence.starting_at(Label::Clause, end + 1);
        let to = end + usize::from(comma);
        let whom = self.sentence.is(Label::To, to) && self.sentence.is(Label::Clause, to + 1);
        let place = whom || comma && clause.is_some_and(|cue| cue.is(Grade::OpensPlace));
        let reach = end + 2..end + 2 + VERB;
        let verb = self.sentence.cues_in(&reach).find(|cue| cue.label == Label::Give)?;
        let gave = (whom || verb.inflection == Inflection::Past) && !self.is_passive(verb);
        let behind = verb.tokens.end..self.sentence.tokens.len();
        let things = self.sentence.items.iter().any(|item| behind.contains(&item.tokens.start));
        let other = self.sentence.mentions_in(&behind).any(|other| {
            let to = self.before(other.tokens.start);
            let to = to.is_some_and(|at| self.sentence.is_any(&[Label::To, Label::For], at));
            to && self.document.actor_code(&other.value).is_some()
        });
        (place && gave && things && !other && !self.is_enemy(mention)).then_some(Part::Receives(
            3,
            if whom { "recipient.relative" } else { "recipient.visited" },
        ))
    }

    /// The verb of giving of the clause right behind an actor: ", which has pledged".
    pub(super) fn verb_of_clause(&self, mention: &Mention) -> Option<&CueMention> {
        let end = mention.tokens.end;
        let opens = self.sentence.is_sign(&self.document.article.text, end, &[",", "–", "—"])
            && self.sentence.is(Label::Clause, end + 1)
            && self.sentence.is(Label::It, end + 1);
        let reach = end + 2..end + 2 + VERB;
        let verb = self.sentence.cues_in(&reach).find(|cue| {
            matches!(cue.label, Label::Give | Label::Announce | Label::Receive | Label::Arrive)
        })?;
        let gives = verb.label == Label::Give
            && verb.inflection != Inflection::Gerund
            && !self.is_passive(verb);
        (opens && gives).then_some(verb)
    }
}

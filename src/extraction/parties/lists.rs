//! Actors in lists: joined by "and" or commas they play one part.

use super::gapped::RECEIVER;
use super::purchase::BUYS;
use super::{PREPOSITIONS, Part, Reader};
use crate::lexicon::{Inflection, Label};
use crate::mentions::{Mention, Value};

impl Reader<'_> {
    /// Actors joined by "and" or commas share the role of the firmest of them.
    pub(super) fn spread(&self, actors: &[&Mention], parts: &mut [Part]) {
        let listed: Vec<bool> = (0..actors.len())
            .map(|index| index > 0 && self.is_listed(&actors[index - 1..]))
            .collect();
        let listed: Vec<bool> = (0..actors.len())
            .map(|index| {
                listed[index]
                    && !opens_clause(parts[index - 1], parts[index])
                    && !self.does_something_else(actors[index], parts[index - 1])
            })
            .collect();
        for index in (1..actors.len()).rev() {
            if listed[index] {
                let (left, right) = (parts[index - 1], parts[index]);
                if strength(left) >= 2 && strength(right) < strength(left) {
                    parts[index] = left;
                } else if strength(right) >= 2 && strength(left) < strength(right) {
                    parts[index - 1] = right;
                }
            }
        }
        for index in 1..actors.len() {
            if listed[index]
                && strength(parts[index - 1]) >= 2
                && strength(parts[index]) < strength(parts[index - 1])
            {
                parts[index] = parts[index - 1];
            }
        }
    }

    /// "to Ukraine, and Germany will replace them": who acts behind one who receives opens a clause.
    fn does_something_else(&self, mention: &Mention, before: Part) -> bool {
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        let linked = start.saturating_sub(2)..start;
        let comma = |at: usize| self.sentence.is_sign(&self.document.article.text, at, &[","]);
        let ends = matches!(
            before,
            Part::Receives(3, "recipient.preposition" | "recipient.object")
                | Part::Gives(4, "donor.from")
        );
        // "to Ukraine, and Norway pays for a third", "and Oslo trains their crews"
        let acts = [Label::Give, Label::Buy, Label::Trade, Label::OwnUse, Label::Receive];
        let acts = self.sentence.cues_in(&(end..end + 1)).any(|cue| {
            acts.contains(&cue.label)
                && cue.inflection == Inflection::Third
                && cue.tokens.start == end
        });
        let helps = [Label::Will, Label::Would, Label::Have, Label::Expect];
        let helps = linked.clone().any(comma) && self.sentence.is_any(&helps, end);
        ends && self.sentence.has(Label::And, &linked) && (acts || helps)
    }

    /// "from the Netherlands (€250 million), Belgium (€200 million) and Norway", "to Kenya ($30 million) and
    /// Uganda ($40 million)": in a list each giver, or each receiver, has its sum in brackets behind it.
    pub(super) fn listed_with_sum(&self, mention: &Mention) -> Option<Part> {
        let priced: Vec<&Mention> =
            self.sentence.mentions.iter().filter(|actor| self.is_priced_actor(actor)).collect();
        let place = priced.iter().position(|actor| actor.tokens == mention.tokens)?;
        let first = self.before(priced[0].tokens.start);
        let preposition = first.and_then(|at| match self.preposition_at(at) {
            // "to support the armed forces of Georgia (€20 million) and Moldova (€30 million)"
            Some(Label::Of) if at > 0 && self.sentence.is(Label::Forces, at - 1) => Some(Label::To),
            Some(Label::Of) => self.outer_preposition(at),
            preposition => preposition,
        });
        if priced.len() < 2 {
            return None;
        }
        if matches!(preposition, Some(Label::To | Label::For)) {
            let rule = if place == 0 { "recipient.preposition" } else { RECEIVER };
            return Some(Part::Receives(3, rule));
        }
        // "it was Malaysia (400 million yen, boats) and Fiji (400 million yen) that benefited"
        let code = self.document.actor_code(&mention.value);
        if self.document.goes_to_each && code != self.document.main_donor.as_deref() {
            return Some(Part::Receives(3, RECEIVER));
        }
        let received = self.document.main_recipient.as_deref();
        let gives = self.document.actor_code(&mention.value) != received;
        gives.then_some(Part::Gives(4, "donor.listed"))
    }

    /// "Copenhagen's share comes to": a value close behind a possessive.
    pub(super) fn is_valued(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let valued = (end + 2..end + 5).any(|at| {
            self.sentence.starting_at(Label::Worth, at).is_some()
                && !self.sentence.is_any(&PREPOSITIONS, at)
        });
        valued || self.is_valued_along(mention)
    }

    /// "Sweden's share comes to 275 million, Denmark's to 90 million": a sum right behind a possessive, with
    /// another sum before it.
    fn is_valued_along(&self, mention: &Mention) -> bool {
        let sum = |mention: &Mention| matches!(mention.value, Value::Money(_));
        let genitive = (mention.tokens.end..mention.tokens.end + 2)
            .find(|at| self.sentence.is(Label::Genitive, *at));
        let before = 0..mention.tokens.start;
        let linked = self.before(mention.tokens.start).is_some_and(|at| {
            let text = &self.document.article.text;
            self.sentence.is(Label::And, at) || self.sentence.is_sign(text, at, &[",", ";"])
        });
        let worth = genitive.map(|at| at + 1 + usize::from(self.sentence.is(Label::To, at + 1)));
        linked
            && self.sentence.mentions_in(&before).any(sum)
            && worth.and_then(|at| self.sentence.mention_at(at)).is_some_and(sum)
    }

    /// Whether the actor can give and its sum stands in brackets behind it.
    fn is_priced_actor(&self, actor: &Mention) -> bool {
        let text = &self.document.article.text;
        let end = actor.tokens.end;
        let sum = self.sentence.mention_at(end + 1);
        let code = self.document.actor_code(&actor.value);
        code.is_some_and(|code| self.document.lexicon.can_give(code))
            && self.sentence.is_sign(text, end, &["("])
            && sum.is_some_and(|sum| {
                matches!(sum.value, Value::Money(_))
                    && self.sentence.is_sign(text, sum.tokens.end, &[")", ",", ";"])
            })
    }

    /// Where the list ends that an actor opens, or the actor alone: "Sweden and Denmark".
    pub(super) fn list_end(&self, mention: &Mention) -> usize {
        let mut last = mention;
        let follows = |last: &Mention, next: &&Mention| {
            next.tokens.start > last.tokens.end
                && self.document.actor_code(&next.value).is_some()
                && self.is_joined(last, next)
        };
        while let Some(next) = self.sentence.mentions.iter().find(|next| follows(last, next)) {
            last = next;
        }
        last.tokens.end
    }

    pub(super) fn is_joined(&self, one: &Mention, two: &Mention) -> bool {
        (one.tokens.end..two.tokens.start).all(|at| {
            let clause =
                self.sentence.is(Label::Definite, at) && self.sentence.is(Label::Clause, at);
            // "Norway will, along with Denmark, spend"
            let helps = [Label::Will, Label::Would, Label::Be, Label::Have];
            let parted = at == one.tokens.end
                && self.sentence.is_any(&helps, at)
                && self.sentence.is_sign(&self.document.article.text, at + 1, &[","])
                && self.sentence.is(Label::And, at + 2);
            self.sentence.is_any(&[Label::And, Label::Definite, Label::We], at) && !clause
                || parted
                || self.sentence.is_sign(&self.document.article.text, at, &[","])
        })
    }

    /// Whether the first two of these actors belong to one list: "and" stands between them, or a
    /// comma and "and" before a later one. "In Washington, Germany pledged" is none.
    pub(super) fn is_listed(&self, actors: &[&Mention]) -> bool {
        let linked = |pair: &[&Mention]| {
            (pair[0].tokens.end..pair[1].tokens.start).any(|at| self.sentence.is(Label::And, at))
        };
        actors.windows(2).take_while(|pair| self.is_joined(pair[0], pair[1])).any(linked)
    }
}

/// "to Ukraine and Finland is to supply": who gives behind one who receives opens a clause.
fn opens_clause(left: Part, right: Part) -> bool {
    let receives = matches!(
        left,
        Part::Receives(3, "recipient.preposition" | "recipient.object" | "recipient.arrival")
    );
    receives && matches!(right, Part::Gives(3.., "donor.subject" | "donor.announces"))
}

/// Who buys is as firm as a subject among those in its list: whether it gives, others settle.
fn strength(role: Part) -> i32 {
    match role {
        Part::Gives(_, BUYS) => 2,
        Part::Gives(score, _) | Part::Receives(score, _) => score,
        Part::Nothing => 0,
    }
}

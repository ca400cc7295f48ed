//! Whether what is told is held back: refused, halted, voted down.

use super::{Reader, Reading};
use crate::extraction::parties::is_passive;
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, Value};
use crate::model::Status;
use crate::text::SegmentKind;
use std::ops::Range;

/// Within so many tokens behind a verb of holding back, what is held back is named.
const HELD: usize = 7;

/// Within so many tokens behind it stands the verb of giving, where it is a plan that is given up.
const PLAN: usize = 4;

impl Reader<'_> {
    pub(super) fn withdrawn(&self) -> Option<Reading> {
        let refused = self.cues(Label::Give).find(|verb| {
            let start = verb.tokens.start;
            let near = start.saturating_sub(3)..start;
            near.clone().any(|at| self.sentence.is(Label::Not, at))
                && near.clone().any(|at| self.sentence.is(Label::Will, at))
                && self.holds_aid(verb)
        });
        if let Some(verb) = refused {
            return Some(self.reading(Status::Withdrawn, verb, "status.refused"));
        }
        // "A second package is cancelled too, he added: $1 billion had been meant": what is told behind
        // the colon.
        let colon = self
            .anchor
            .and_then(|anchor| anchor.start.checked_sub(1))
            .filter(|at| self.sentence.is_sign(&self.document.article.text, *at, &[":"]));
        let before = 0..colon.map_or(0, |colon| colon.min(self.range.start.max(1)));
        let announced = self.sentence.cues_in(&before).filter(|cue| cue.label == Label::Withdraw);
        let verb = announced.chain(self.cues(Label::Withdraw)).find(|verb| {
            let noun = self.sentence.tokens.get(verb.tokens.end).is_some();
            noun && !self.is_denied(verb)
                && self.holds_aid(verb)
                && !self.is_circumstance(verb)
                && !self.holds_another(verb)
                && !self.has_come_after(verb)
        })?;
        Some(self.reading(Status::Withdrawn, verb, "status.withdrawn"))
    }

    /// "during the pause in American deliveries, Slovenia sent tanks": a time at which something else was
    /// done.
    fn is_circumstance(&self, verb: &CueMention) -> bool {
        let at = verb.tokens.start;
        let known = at.checked_sub(1).filter(|at| self.sentence.is(Label::Definite, *at));
        known.and_then(|at| at.checked_sub(1)).is_some_and(|at| {
            let verb = self.sentence.cues_in(&(at..at + 1)).any(|cue| {
                matches!(cue.label, Label::Say | Label::Announce | Label::Be | Label::Have)
            });
            !verb && !self.sentence.is_any_sign(at)
        })
    }

    /// "A shipment that had been held up for months arrived": what was held back then has come.
    fn has_come_after(&self, verb: &CueMention) -> bool {
        let opening = verb.tokens.start.saturating_sub(HELD)..verb.tokens.start;
        let behind = verb.tokens.end..self.range.end;
        let had =
            self.sentence.has(Label::Had, &opening) || self.sentence.has(Label::Earlier, &opening);
        // "Bombs held up by Washington arrive": a headline tells in the present what is done.
        let title = self.sentence.segment.kind == SegmentKind::Title;
        (had || title)
            && self.sentence.cues_in(&behind).any(|cue| {
                let done = cue.inflection == Inflection::Past
                    || title && matches!(cue.inflection, Inflection::Base | Inflection::Third);
                cue.label == Label::Arrive && done && !self.is_denied(cue) && !self.is_future(cue)
            })
    }

    /// "ordered $300 million in aid while Congress blocks a larger package": what a clause behind the aid says
    /// of another one.
    fn holds_another(&self, verb: &CueMention) -> bool {
        let Some(anchor) = self.anchor else { return false };
        let between = anchor.end..verb.tokens.start;
        let object = verb.tokens.end..verb.tokens.end + HELD;
        let noun = self
            .sentence
            .cues_in(&object)
            .find(|cue| matches!(cue.label, Label::PackageNoun | Label::AidNoun));
        let one = |noun: &CueMention| {
            self.sentence.is(Label::Indefinite, verb.tokens.end)
                && !(verb.tokens.end..noun.tokens.start).any(|at| self.is_boundary(at))
        };
        anchor.end <= verb.tokens.start
            && self.sentence.has(Label::Clause, &between)
            && !is_passive(self.document, self.sentence, verb)
            && noun.is_some_and(one)
    }

    /// Whether what is held back is the aid: its noun, a sum or materiel right behind the verb, or
    /// as the subject of its passive.
    fn holds_aid(&self, verb: &CueMention) -> bool {
        let end = verb.tokens.end;
        // "has scrapped plans to give Papua New Guinea 24 vehicles"
        let plans = self.sentence.has(Label::Give, &(end..end + PLAN));
        // "threw out a plan by the previous cabinet to send Ukraine a package"
        let plan = self.sentence.has(Label::Expect, &(end..end + 3));
        let others = plan && self.sentence.has(Label::Give, &(end..end + 2 * HELD));
        let reach = match (others, plans) {
            (true, _) => 3 * HELD,
            (_, true) => 2 * HELD,
            _ => HELD,
        };
        let after = end..(end + reach).min(self.sentence.tokens.len());
        let passive = is_passive(self.document, self.sentence, verb);
        let before = verb.tokens.start.saturating_sub(12)..verb.tokens.start;
        let aid = |range: &Range<usize>| {
            let thing =
                self.sentence.mentions_in(range).any(|m| matches!(m.value, Value::Materiel(_)));
            // "assault rifles" attack nobody.
            let inside = |at| self.sentence.items.iter().any(|item| item.tokens.contains(&at));
            let hostile = self.sentence.cues_in(range).any(|cue| {
                matches!(cue.label, Label::Attack | Label::Lose) && !inside(cue.tokens.start)
            });
            thing && !hostile
                || self.sentence.has_any(&[Label::AidNoun, Label::PackageNoun], range)
                || self
                    .sentence
                    .mentions_in(range)
                    .any(|m| matches!(m.value, Value::Money(_) | Value::System(_)))
        };
        // "Shipments came to a halt"
        let intransitive = verb.is(Grade::Stops);
        // "$3 billion in aid, which the kingdom said it had suspended": what stands before the clause.
        let relative = before.clone().rev().find(|at| {
            self.sentence.is(Label::Clause, *at)
                && self.sentence.is_any(&[Label::It, Label::Definite], *at)
        });
        let object = relative.filter(|at| !aid(&(*at..verb.tokens.start)));
        let told = object.map(|at| at.saturating_sub(12)..at);
        if passive || intransitive {
            aid(&before)
        } else {
            aid(&after) || told.is_some_and(|told| aid(&told))
        }
    }
}

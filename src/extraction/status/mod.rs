//! How far a package had come, from the verbs and times around it.

use super::days::Day;
use super::document::Document;
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, ItemMention, Mention, Sentence, Value};
use crate::model::{Span, Status};
use std::ops::Range;

mod past;
mod proposed;
mod dated;
mod delivered;
mod withdrawn;

pub use delivered::ALREADY;
pub use proposed::WOULD;

/// A status with the words that gave it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The status.
    pub status: Status,
    /// The words, where single words gave it.
    pub span: Option<Span>,
    /// The rule.
    pub rule: &'static str,
}

/// How many tokens behind a verb its object is looked for.
const OBJECT: usize = 7;

/// How many tokens "provide" and "with" may stand apart.
const SUPPLIED: usize = 6;

/// Reads the status of what is told in a range of a sentence; `anchor` holds the sum or the
/// materiel that it is about, where there is one.
pub fn read(
    document: &Document<'_>,
    sentence: &Sentence,
    range: &Range<usize>,
    anchor: Option<&Range<usize>>,
    days: &[Day],
) -> Reading {
    let reader = Reader { document, sentence, range, anchor };
    reader
        .withdrawn()
        .or_else(|| reader.past(days))
        .or_else(|| reader.arrived())
        .or_else(|| reader.proposed(days))
        .or_else(|| reader.delivered())
        .unwrap_or(Reading { status: Status::Announced, span: None, rule: "status.announced" })
}

struct Reader<'a> {
    document: &'a Document<'a>,
    sentence: &'a Sentence,
    range: &'a Range<usize>,
    anchor: Option<&'a Range<usize>>,
}

impl Reader<'_> {
    fn reading(&self, status: Status, cue: &CueMention, rule: &'static str) -> Reading {
        Reading { status, span: Some(self.sentence.span_of(&cue.tokens)), rule }
    }

    fn cues(&self, label: Label) -> impl Iterator<Item = &CueMention> {
        self.sentence.cues_in(self.range).filter(move |cue| cue.label == label)
    }

    /// "spare parts for the previously donated howitzers": a word that tells of what the gift serves.
    fn is_of_served(&self, cue: &CueMention) -> bool {
        let inside = |item: &ItemMention| item.tokens.contains(&cue.tokens.start);
        self.sentence.items.iter().any(|item| item.rule == "item.for" && inside(item))
    }

    /// Whether a cue speaks of the anchor: no boundary of clauses between them.
    fn is_near(&self, cue: &CueMention, reach: usize) -> bool {
        self.is_close(&cue.tokens, reach)
    }

    /// What opens a sentence holds for all of it: "In July, over 500 drones".
    fn is_close(&self, tokens: &Range<usize>, reach: usize) -> bool {
        tokens.start <= self.range.start + 2 || self.is_within(tokens, reach)
    }

    /// A plan speaks of what stands in its own clause, wherever that is in the sentence:
    /// "is preparing its 46th package, which will be worth": a plan for the package itself holds for
    /// all that is told of it.
    fn is_beside(&self, cue: &CueMention, reach: usize) -> bool {
        let object = cue.tokens.end..(cue.tokens.end + OBJECT).min(self.range.end);
        let clear =
            |noun: &CueMention| !(cue.tokens.end..noun.tokens.start).any(|at| self.is_boundary(at));
        let package = self
            .sentence
            .cues_in(&object)
            .any(|noun| noun.label == Label::PackageNoun && clear(noun));
        // "is expected to tell him that Japan will give"
        let near = cue.tokens.end..(cue.tokens.end + 3).min(self.range.end);
        let tells = self.sentence.cues_in(&near).any(|verb| {
            matches!(verb.label, Label::Say | Label::Announce)
                && verb.inflection == Inflection::Base
                && self.anchor.is_some_and(|anchor| verb.tokens.end <= anchor.start)
        });
        package || tells || self.is_within(&cue.tokens, reach)
    }

    fn is_within(&self, tokens: &Range<usize>, reach: usize) -> bool {
        let Some(anchor) = self.anchor else { return true };
        let gap = if tokens.end <= anchor.start {
            tokens.end..anchor.start
        } else if anchor.end <= tokens.start {
            anchor.end..tokens.start
        } else {
            return true;
        };
        gap.len() <= reach && !gap.clone().any(|at| self.is_boundary(at))
    }

    fn is_boundary(&self, at: usize) -> bool {
        // "will consider providing the navy with radars", "touched down in Bamako with four helicopters"
        // "supplied Kenya with 20 howitzers in 2021, and in March 2023 with 14 mortars"
        let dated =
            |mention: &Mention| mention.tokens.end == at && matches!(mention.value, Value::Date(_));
        let timed = self.sentence.mentions.iter().any(dated);
        let given = if timed { 0 } else { at.saturating_sub(SUPPLIED) }..at + 1;
        let acts = [Label::Give, Label::Arrive];
        let supplies = self.sentence.is(Label::With, at) && self.sentence.has_any(&acts, &given);
        // "rifles with a value of", "in talks with Kyiv on" are one phrase.
        // "has given 40 million to that effort before" goes on.
        let nouns = [Label::Venture, Label::PackageNoun, Label::AidNoun];
        let points = self.sentence.is(Label::Definite, at) && self.sentence.is_any(&nouns, at + 1);
        let clause = self.sentence.is(Label::Clause, at)
            && !points
            && !self.sentence.is_any(&[Label::Give, Label::Worth], at)
            && self.sentence.ending_at(Label::Expect, at).is_none();
        // "a second package is to be made public: $2.4 billion"
        let names = self.sentence.is_sign(&self.document.article.text, at, &[":"])
            && self.anchor.is_some_and(|anchor| anchor.start == at + 1);
        !names
            && !self.appends(at)
            && (clause && !supplies && !self.only_dates(at)
                || self.sentence.is_sign(
                    &self.document.article.text,
                    at,
                    &[",", ";", ":", "—", "–"],
                ))
    }

    /// "paid for some time before, with 500 million", "announced in May, worth 6 million": a sum that is
    /// only appended belongs to what stands before it.
    fn appends(&self, at: usize) -> bool {
        let comma = self.sentence.is_sign(&self.document.article.text, at, &[","]);
        let word = at + usize::from(comma);
        // "has delivered four tanks as part of a $200 million package"
        let whole = self.sentence.starting_at(Label::Share, word);
        let whole = whole.is_some_and(|share| {
            self.anchor
                .is_some_and(|sum| (share.tokens.end..share.tokens.end + 2).contains(&sum.start))
        });
        if whole {
            return true;
        }
        let sum = self.anchor.filter(|anchor| (word + 1..word + 3).contains(&anchor.start));
        sum.is_some_and(|sum| {
            let money = self.sentence.mention_at(sum.start);
            self.sentence.is_any(&[Label::With, Label::Worth], word)
                && money.is_some_and(|money| matches!(money.value, Value::Money(_)))
        })
    }

    /// "since 2021, when Germany handed over": behind the comma, where one stands.
    fn past_comma(&self, at: usize) -> usize {
        at + usize::from(self.sentence.is_sign(&self.document.article.text, at, &[","]))
    }

    /// "when": opens a clause that tells the time of what stands beside it.
    fn opens_time(&self, at: usize) -> bool {
        let clause = self.sentence.starting_at(Label::Clause, at);
        clause.is_some_and(|cue| cue.is(Grade::OpensTime))
    }

    /// "when he visited Kyiv in January": a clause that gives nothing and only tells the time.
    fn only_dates(&self, at: usize) -> bool {
        let comma = |at: &usize| self.sentence.is_sign(&self.document.article.text, *at, &[","]);
        let end = (at..self.range.end).find(comma).unwrap_or(self.range.end);
        let clause = at..end;
        self.opens_time(at)
            && !self.sentence.has_any(&[Label::Give, Label::Receive, Label::Arrive], &clause)
            && !self.sentence.items.iter().any(|item| clause.contains(&item.tokens.start))
    }

    fn is_future(&self, verb: &CueMention) -> bool {
        let from = verb.tokens.start.saturating_sub(4).max(self.range.start);
        // "After months of debate, Norway has approved"
        let comma = |at: &usize| self.sentence.is_sign(&self.document.article.text, *at, &[","]);
        let from = (from..verb.tokens.start).rev().find(comma).unwrap_or(from);
        (from..verb.tokens.start)
            .any(|at| self.sentence.is_any(&[Label::Will, Label::Would, Label::Expect], at))
    }

    fn has_will(&self, verb: &CueMention) -> bool {
        let from = verb.tokens.start.saturating_sub(3).max(self.range.start);
        self.sentence.has(Label::Will, &(from..verb.tokens.start))
    }

    /// "the capabilities that are handed over", "aid to be delivered": a present passive or an
    /// infinitive tells of no handover that is done.
    fn is_under_way(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        let from = start.saturating_sub(2).max(self.range.start);
        let infinitive = start.checked_sub(2).is_some_and(|at| {
            self.sentence.is(Label::To, at) && self.sentence.is(Label::Be, at + 1)
        });
        verb.inflection.is_past_form()
            && (infinitive || (from..=start).any(|at| self.sentence.is(Label::Is, at)))
    }

    fn is_denied(&self, verb: &CueMention) -> bool {
        let from = verb.tokens.start.saturating_sub(3).max(self.range.start);
        let freed = self.sentence.cues.iter().any(|cue| cue.is(Grade::Frees));
        freed || (from..verb.tokens.start).any(|at| self.sentence.is(Label::Not, at))
    }
}

//! Whether what is told has reached its receiver.

use super::{Reader, Reading};
use crate::extraction::parties::is_passive;
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, DateExpression, Mention, Value};
use crate::model::Status;
use crate::text::SegmentKind;
use std::ops::Range;

/// How many tokens behind "received" leave to do something is named.
const LEAVE: usize = 4;

/// How many tokens may stand between a subject and its verb.
const PREDICATE: usize = 12;

/// The rule for what is said to have been handed over already: mostly other things than the news.
pub const ALREADY: &str = "status.already";

/// How many tokens "will" and its verb may stand apart.
const MODAL: usize = 3;

/// How many tokens before its verb a comparison begins.
const COMPARED: usize = 10;

/// How many tokens before a participle "to get" stands.
const ARRANGED: usize = 8;

/// How many tokens behind a verb the month of what comes is named.
const MONTH: usize = 4;

/// How many tokens before a thing "of the" makes it the whole of which a part is told.
const PARTITIVE: usize = 6;

impl Reader<'_> {
    pub(super) fn is_about_money(&self) -> bool {
        self.anchor.is_none_or(|anchor| {
            let mut within = self.sentence.mentions_in(anchor);
            within.any(|mention| matches!(mention.value, Value::Money(_)))
        })
    }

    /// "First tanks reach Ukraine": a headline tells in the present what is done. A bare "hands" only
    /// gives.
    fn is_headline_present(&self, verb: &CueMention) -> bool {
        let title = self.sentence.segment.kind == SegmentKind::Title;
        let start = verb.tokens.start;
        let gives = self.sentence.is(Label::Give, start);
        let infinitive = start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::To, at));
        // "is on its way to Ukraine" has not come yet.
        let going = start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Is, at));
        title
            && !self.lead_plans()
            && match verb.inflection {
                Inflection::Third => !gives || verb.tokens.len() > 1,
                Inflection::Base => start > 0 && !gives && !infinitive && !going,
                _ => false,
            }
    }

    /// "will be compensated with trucks", below "gets trucks in return": the headline's present is what
    /// the text says will be.
    fn lead_plans(&self) -> bool {
        let mut body = self.document.sentences.iter();
        let lead = body.find(|told| told.segment.kind == SegmentKind::Sentence);
        lead.is_some_and(|lead| {
            let all = lead.all();
            lead.cues_in(&all).any(|verb| {
                let modal = verb.tokens.start.saturating_sub(MODAL)..verb.tokens.start;
                let acts = [Label::Give, Label::Receive, Label::Arrive];
                acts.contains(&verb.label) && lead.has(Label::Will, &modal)
            })
        })
    }

    /// "The first six have arrived, officials said": who says so does not matter then.
    pub(super) fn arrived(&self) -> Option<Reading> {
        let have = |cue: &CueMention| {
            (cue.tokens.start.saturating_sub(3)..cue.tokens.start)
                .any(|at| self.sentence.is(Label::Have, at))
        };
        let vouched = |cue: &CueMention| {
            let mut sources = self.cues(Label::Unnamed);
            sources.any(|sources| cue.tokens.end <= sources.tokens.start)
        };
        self.handed_over(|cue| match cue.label {
            Label::Arrive => have(cue) || vouched(cue),
            Label::Receive => vouched(cue) && !self.is_about_money(),
            _ => false,
        })
    }

    pub(super) fn delivered(&self) -> Option<Reading> {
        self.handed_over(|cue| {
            cue.label == Label::Arrive
                || cue.label == Label::Receive
                    && (!self.is_about_money() || self.is_priced(cue))
                    && !self.takes_leave(cue)
                || cue.is(Grade::Carries) && !self.is_about_money()
                || cue.label == Label::Give && (self.fulfils(cue) || self.presents(cue))
        })
    }

    /// "presented ten howitzers to the army", "were presented to the army": things that are counted, and not
    /// the plan to give them.
    fn presents(&self, verb: &CueMention) -> bool {
        let Some(anchor) = self.anchor else { return false };
        let end = verb.tokens.end;
        let to = |at: usize| {
            let behind = at + 1..at + LEAVE;
            let receiver = self.sentence.mentions_in(&behind);
            self.sentence.is(Label::To, at)
                && receiver.into_iter().any(|it| matches!(it.value, Value::Actor(_)))
        };
        self.sentence.is(Label::Announce, verb.tokens.start)
            && !self.is_about_money()
            && (to(end) || anchor.start >= end && (anchor.end..anchor.end + LEAVE).any(to))
            && !self.sentence.has(Label::PackageNoun, &(end..anchor.start))
    }

    /// "has received permission to send": leave to do so comes, and no thing.
    fn takes_leave(&self, verb: &CueMention) -> bool {
        self.sentence.has(Label::Permit, &(verb.tokens.end..verb.tokens.end + LEAVE))
    }

    /// "A shipment, with 300 missiles on board, arrived in Kyiv": the verb behind the anchor, with no
    /// other verb and no other clause between.
    fn is_predicate(&self, verb: &CueMention) -> bool {
        let Some(anchor) = self.anchor else { return false };
        let between = self.behind_origin(anchor.end)..verb.tokens.start;
        let verbs = [Label::Give, Label::Announce, Label::Say, Label::Include, Label::Receive];
        let clauses = [Label::Clause, Label::And];
        // "3 launchers: two had been handed over before"
        let parts = |at| self.sentence.is_sign(&self.document.article.text, at, &[":", ";"]);
        let between = self.behind_relative(between);
        verb.label == Label::Arrive
            && !between.clone().any(parts)
            && anchor.end <= verb.tokens.start
            && between.len() <= PREDICATE
            && !self.sentence.has_any(&verbs, &between)
            && !self.sentence.has_any(&clauses, &between)
    }

    /// "thanked Latvia for two boats that arrived on Monday": behind "that" right behind the thing, where no
    /// verb before it gives the thing.
    fn behind_relative(&self, between: Range<usize>) -> Range<usize> {
        let comma = self.sentence.is_sign(&self.document.article.text, between.start, &[","]);
        let that = between.start + usize::from(comma);
        let before = self.range.start..between.start;
        let given = [Label::Give, Label::Announce, Label::Will, Label::Buy];
        let relative = self
            .sentence
            .starting_at(Label::Clause, that)
            .filter(|cue| cue.tokens.end <= between.end && !self.sentence.has_any(&given, &before));
        relative.map_or(between.start, |cue| cue.tokens.end)..between.end
    }

    /// ", donated by Italy,": where what a thing's giver is told of ends.
    fn behind_origin(&self, at: usize) -> usize {
        let comma = |at: usize| self.sentence.is_sign(&self.document.article.text, at, &[","]);
        // ", including an ambulance, were handed over"
        let contents = self.sentence.starting_at(Label::Include, at + 1).is_some();
        let giver = self
            .sentence
            .cues_in(&(at + 1..at + 3))
            .any(|cue| cue.label == Label::Give && self.sentence.is(Label::By, cue.tokens.end));
        let end = (at + 1..at + PREDICATE).find(|at| comma(*at));
        end.filter(|_| (giver || contents) && comma(at)).map_or(at, |end| end + 1)
    }

    /// "10 howitzers that Germany promised in March have arrived": the verb of what was announced before.
    pub(super) fn fulfils(&self, verb: &CueMention) -> bool {
        let Some(anchor) = self.anchor else { return false };
        let told = |cue: &CueMention, labels: &[Label]| {
            labels.contains(&cue.label) && cue.inflection.is_past_form()
        };
        // "promised by Denmark and the Netherlands a year ago"
        let giver = |at: usize| {
            let mention = self.sentence.mention_at(at);
            mention.is_some_and(|mention| matches!(mention.value, Value::Actor(_)))
        };
        let ends = |at: usize| {
            let givers = at > 0 && giver(at - 1) && (giver(at + 1) || giver(at + 2));
            self.sentence.is(Label::And, at) && !givers
                || self.sentence.is_sign(&self.document.article.text, at, &[",", ";"])
        };
        let mut between = anchor.end..verb.tokens.start;
        // "19 vehicles, donated by Germany, have reached Moldova": words that are put in.
        let comma = |at: usize| self.sentence.is_sign(&self.document.article.text, at, &[","]);
        let last = between.clone().rfind(|at| comma(*at));
        let inner = last.map(|last| between.start + 1..last).filter(|inner| {
            comma(between.start)
                && inner.end + 3 > between.end
                && self.sentence.has(Label::By, inner)
        });
        between = inner.unwrap_or(between);
        // "Ten of the 100 tanks promised in February have arrived": that is only a part.
        let mut before = anchor.start.saturating_sub(PARTITIVE)..anchor.start;
        // "The last of the 14" come after all others.
        let last = |at: usize| at > 0 && self.sentence.is(Label::DateShift, at - 1);
        let part = before.any(|at| {
            self.sentence.is(Label::Of, at)
                && self.sentence.is(Label::Definite, at + 1)
                && !last(at)
        });
        let passive = verb.label == Label::Give && is_passive(self.document, self.sentence, verb);
        (told(verb, &[Label::Arrive, Label::Receive]) || passive && !self.is_under_way(verb))
            && !self.is_denied(verb)
            && !part
            && !between.clone().any(ends)
            && self.sentence.cues_in(&between).any(|cue| {
                // "bombs that had been held up for months arrived"
                told(cue, &[Label::Give, Label::Announce, Label::Withdraw])
            })
    }

    /// "delivered a second aircraft, valued at $40 million": the verb of what bears the price.
    fn is_priced(&self, verb: &CueMention) -> bool {
        let Some(anchor) = self.anchor else { return false };
        if anchor.start < verb.tokens.end {
            return false;
        }
        let between = verb.tokens.end..anchor.start;
        let verbs = [Label::Give, Label::Announce, Label::Say, Label::Receive, Label::Clause];
        let worth =
            self.sentence.has(Label::Worth, &(anchor.start.saturating_sub(3)..anchor.start));
        let things = self.sentence.items.iter().map(|item| item.tokens.start);
        worth
            && things.filter(|at| between.contains(at)).count() == 1
            && !self.sentence.has_any(&verbs, &between)
    }

    /// "the largest vessel that Korea has handed over": what was given before is only compared with.
    fn only_compares(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        let before = start.saturating_sub(COMPARED).max(self.range.start)..start;
        let have = start.saturating_sub(3)..start;
        self.sentence.is(Label::Give, start)
            && self.anchor.is_some_and(|anchor| anchor.end <= start)
            && self.sentence.has(Label::Superlative, &before)
            && self.sentence.has(Label::Have, &have)
            && !self.sentence.has(Label::Be, &have)
    }

    /// "vehicles acquired for the police", with no one who has got them: what was bought once.
    fn is_bought(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        verb.label == Label::Receive
            && self.sentence.is(Label::Buy, start)
            && self.anchor.is_some_and(|anchor| anchor.end == start)
    }

    /// "work is under way to get the shells delivered": an infinitive before the participle.
    fn is_still_to_be_done(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        let before = start.saturating_sub(ARRANGED).max(self.range.start)..start;
        let get = self.sentence.cues_in(&before).rfind(|cue| cue.label == Label::Receive);
        get.is_some_and(|get| {
            let to = get.tokens.start.checked_sub(1);
            get.inflection == Inflection::Base
                && verb.inflection != Inflection::Base
                && to.is_some_and(|to| self.sentence.is(Label::To, to))
                && !(get.tokens.end..start).any(|at| self.is_boundary(at))
        })
    }

    /// "travelled to Chisinau on Tuesday to hand over 12 radars": what a visit was for was done on it.
    fn is_done_on_visit(&self, verb: &CueMention) -> bool {
        let Some(to) = verb.tokens.start.checked_sub(1) else { return false };
        let before = self.range.start..to;
        let ahead = [Label::Will, Label::Would, Label::Expect, Label::Clause];
        verb.label == Label::Arrive
            && verb.inflection == Inflection::Base
            && self.sentence.is(Label::To, to)
            && self.sentence.has(Label::Visit, &before)
            && !self.sentence.has_any(&ahead, &before)
    }

    /// "150 vehicles arrive in September": in the present, a month is one that comes.
    fn comes_in_a_month(&self, verb: &CueMention) -> bool {
        let near = verb.tokens.end..verb.tokens.end + MONTH;
        let month =
            |mention: &Mention| matches!(mention.value, Value::Date(DateExpression::Month(_)));
        !verb.inflection.is_past_form() && self.sentence.mentions_in(&near).any(month)
    }

    fn handed_over(&self, arrives: impl Fn(&CueMention) -> bool) -> Option<Reading> {
        let verb = self.sentence.cues_in(self.range).filter(|cue| arrives(cue)).find(|verb| {
            let done = verb.inflection.is_past_form()
                || self.is_headline_present(verb)
                || self.is_done_on_visit(verb);
            let near = self.is_near(verb, 14)
                || self.is_predicate(verb)
                || self.is_priced(verb)
                || self.fulfils(verb);
            done && near
                && !self.is_future(verb)
                && !self.comes_in_a_month(verb)
                && !self.is_denied(verb)
                && !self.is_under_way(verb)
                && !self.only_compares(verb)
                && !self.is_bought(verb)
                && !self.is_still_to_be_done(verb)
        })?;
        let near = verb.tokens.start.saturating_sub(2)..verb.tokens.start;
        let already = self.sentence.has(Label::TotalAfter, &near);
        let rule = if already { ALREADY } else { "status.arrived" };
        Some(self.reading(Status::Delivered, verb, rule))
    }
}

//! How far a package had come, from the verbs and times around it.

use super::days::Day;
use super::document::Document;
use super::parties::is_passive;
use crate::lexicon::{Inflection, Label};
use crate::mentions::{CueMention, Sentence};
use crate::model::{Span, Status};
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::ops::Range;

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

/// How many tokens a time may stand behind the verb that it dates.
const DATED: usize = 9;

/// How many tokens behind a verb its object is looked for.
const OBJECT: usize = 7;

/// How many tokens behind "I shall announce" the day stands on which that will be.
const LATER: usize = 8;

/// How many tokens an opening phrase of time may have before its date.
const OPENING: usize = 5;

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
        .filter(|_| reader.earlier_day(days).is_none())
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

    /// Whether a cue speaks of the anchor: no boundary of clauses between them.
    fn is_near(&self, cue: &CueMention, reach: usize) -> bool {
        self.is_close(&cue.tokens, reach)
    }

    /// What opens a sentence holds for all of it: "In July, over 500 drones".
    fn is_close(&self, tokens: &Range<usize>, reach: usize) -> bool {
        tokens.start <= 2 || self.is_within(tokens, reach)
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
        package || self.is_within(&cue.tokens, reach)
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
        self.sentence.starting_at(Label::Clause, at).is_some()
            || self.sentence.is_sign(&self.document.article.text, at, &[",", ";", ":", "—", "–"])
    }

    fn is_future(&self, verb: &CueMention) -> bool {
        let from = verb.tokens.start.saturating_sub(4).max(self.range.start);
        (from..verb.tokens.start)
            .any(|at| self.sentence.is_any(&[Label::Will, Label::Would, Label::Expect], at))
    }

    /// "the capabilities that are handed over", "aid to be delivered": a present passive or an
    /// infinitive tells of no handover that is done.
    fn is_under_way(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        let from = start.saturating_sub(2).max(self.range.start);
        let infinitive = start.checked_sub(2).is_some_and(|at| {
            self.sentence.is(Label::To, at) && self.sentence.is(Label::Be, at + 1)
        });
        matches!(verb.inflection, Inflection::Past | Inflection::Participle)
            && (infinitive || (from..=start).any(|at| self.sentence.is(Label::Is, at)))
    }

    fn is_denied(&self, verb: &CueMention) -> bool {
        let from = verb.tokens.start.saturating_sub(3).max(self.range.start);
        (from..verb.tokens.start).any(|at| self.sentence.is(Label::Not, at))
    }

    fn withdrawn(&self) -> Option<Reading> {
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
        let verb = self.cues(Label::Withdraw).find(|verb| {
            let noun = self.sentence.tokens.get(verb.tokens.end).is_some();
            noun && !self.is_denied(verb) && self.holds_aid(verb)
        })?;
        Some(self.reading(Status::Withdrawn, verb, "status.withdrawn"))
    }

    /// Whether what is held back is the aid: its noun, a sum or materiel right behind the verb, or
    /// as the subject of its passive.
    fn holds_aid(&self, verb: &CueMention) -> bool {
        use crate::mentions::Value;
        let after = verb.tokens.end..(verb.tokens.end + 7).min(self.sentence.tokens.len());
        let passive = is_passive(self.document, self.sentence, verb);
        let before = verb.tokens.start.saturating_sub(12)..verb.tokens.start;
        let aid = |range: &Range<usize>| {
            let thing =
                self.sentence.mentions_in(range).any(|m| matches!(m.value, Value::Materiel(_)));
            let hostile = self.sentence.has_any(&[Label::Attack, Label::Lose], range);
            thing && !hostile
                || self.sentence.has_any(&[Label::AidNoun, Label::PackageNoun], range)
                || self
                    .sentence
                    .mentions_in(range)
                    .any(|m| matches!(m.value, Value::Money(_) | Value::System(_)))
        };
        // "Shipments came to a halt"
        let intransitive = verb.value == Some(Decimal::TWO);
        if passive || intransitive { aid(&before) } else { aid(&after) }
    }

    /// An earlier day on which it was: what was refused then is recalled as well.
    fn earlier_day<'d>(&self, days: &'d [Day]) -> Option<&'d Day> {
        days.iter()
            .filter(|day| self.range.contains(&day.at) && day.is_earlier && !day.is_span)
            .find(|day| {
                self.is_close(&(day.at..day.at + 1), 14)
                    || self.opens_with(day)
                    || self.dates_act(day)
            })
    }

    fn past(&self, days: &[Day]) -> Option<Reading> {
        if let Some(day) = self.earlier_day(days) {
            return Some(Reading {
                status: Status::Past,
                span: Some(day.span),
                rule: "status.earlier-date",
            });
        }
        let follows = |cue: &CueMention| {
            self.anchor.is_some_and(|anchor| cue.tokens.end <= anchor.start)
                && cue.tokens.start > 0
                && self.is_near(cue, 9)
        };
        let before = self.cues(Label::EarlierAfter).find(|cue| follows(cue));
        let before = before.or_else(|| self.past_perfect());
        let earlier = before.or_else(|| self.cues(Label::Earlier).find(|cue| self.recalls(cue, days)))?;
        Some(self.reading(Status::Past, earlier, "status.earlier"))
    }

    /// A word for an earlier time beside the anchor; "since the previous update" only begins a span,
    /// and "earlier on Tuesday" is as recent as its day.
    fn recalls(&self, cue: &CueMention, days: &[Day]) -> bool {
        let mut before = cue.tokens.start.saturating_sub(3)..cue.tokens.start;
        let recent =
            days.iter().any(|day| (0..2).contains(&(day.at.wrapping_sub(cue.tokens.end))) && !day.is_earlier);
        self.is_near(cue, 9) && !recent && !before.any(|at| self.sentence.is(Label::Since, at))
    }

    /// "Biden had used his authority and ordered": done before what the article tells, unless
    /// somebody only says so.
    fn past_perfect(&self) -> Option<&CueMention> {
        let acts = [Label::Give, Label::Announce, Label::Receive, Label::Arrive];
        let had = self.cues(Label::Had).find(|had| {
            let reach = had.tokens.end..(had.tokens.end + 9).min(self.range.end);
            self.sentence.cues_in(&reach).any(|verb| {
                let past = matches!(verb.inflection, Inflection::Past | Inflection::Participle);
                let clear = (had.tokens.end..verb.tokens.start).all(|at| !self.is_boundary(at));
                acts.contains(&verb.label) && past && clear
            })
        })?;
        let before = self.range.start..had.tokens.start;
        let reported = self.sentence.has_any(&[Label::Say, Label::Announce], &before);
        let end = self.anchor.map_or(had.tokens.end, |anchor| anchor.start);
        let acts_between = self
            .sentence
            .cues_in(&(had.tokens.end + 9..end))
            .any(|cue| acts.contains(&cue.label) || cue.label == Label::Will);
        let governs = had.tokens.end < end && !acts_between && self.opens_clause(had);
        (!reported && (self.is_near(had, 14) || governs)).then_some(had)
    }

    /// Whether no other clause opens between a verb and the anchor; commas and colons may.
    fn opens_clause(&self, cue: &CueMention) -> bool {
        let end = self.anchor.map_or(cue.tokens.end, |anchor| anchor.start);
        let semicolon = |at| self.sentence.is_sign(&self.document.article.text, at, &[";"]);
        (cue.tokens.end..end).all(|at| !self.sentence.is(Label::Clause, at) && !semicolon(at))
    }

    /// "At the start of 2018, with an exemption, Russia gave rifles": the time that a sentence opens
    /// with holds for all of it.
    fn opens_with(&self, day: &Day) -> bool {
        let before = 0..day.at;
        let verbs = [
            Label::Give,
            Label::Announce,
            Label::Receive,
            Label::Arrive,
            Label::Say,
            Label::Clause,
        ];
        day.at <= OPENING
            && self.sentence.starting_at(Label::In, 0).is_some()
            && !self.sentence.has_any(&verbs, &before)
            && !self.sentence.mentions_in(&before).any(|mention| mention.tokens.end <= day.at)
    }

    /// "the last one, $500 million in drawdowns, was announced on Jan. 9": the day stands behind a
    /// verb in the past, and what is told here is the sum or the counted thing nearest to it.
    fn dates_act(&self, day: &Day) -> bool {
        let Some(anchor) = self.anchor else { return false };
        let verb = self.sentence.cues_in(&(day.at.saturating_sub(DATED)..day.at)).any(|cue| {
            let clear = (cue.tokens.end..day.at)
                .all(|at| self.sentence.starting_at(Label::Clause, at).is_none());
            matches!(cue.label, Label::Announce | Label::Give | Label::Arrive | Label::Receive)
                && matches!(cue.inflection, Inflection::Past | Inflection::Participle)
                && clear
                && !self.is_future(cue)
        });
        let distance = |tokens: &Range<usize>| {
            if tokens.end <= day.at {
                day.at - tokens.end
            } else {
                tokens.start.saturating_sub(day.at)
            }
        };
        let own = distance(anchor);
        let counted = self.sentence.items.iter().filter(|item| item.quantity.is_some());
        let sums = self
            .sentence
            .mentions
            .iter()
            .filter(|mention| matches!(mention.value, crate::mentions::Value::Money(_)));
        let mut others = counted.map(|item| &item.tokens).chain(sums.map(|sum| &sum.tokens));
        verb && !others.any(|other| {
            let apart = other.end <= anchor.start || anchor.end <= other.start;
            apart && distance(other) < own
        })
    }

    /// "I shall announce further equipment", with no later day: who says so makes it public.
    fn is_said_now(&self, verb: &CueMention, days: &[Day]) -> bool {
        let from = verb.tokens.start.saturating_sub(4).max(self.range.start);
        let own = (from..verb.tokens.start).any(|at| self.sentence.is(Label::We, at));
        let near = verb.tokens.start..verb.tokens.end + LATER;
        own && !days.iter().any(|day| day.is_later && near.contains(&day.at))
    }

    /// "Today I can tell you that we are putting together a package": who says so makes it public.
    fn is_declared(&self, verb: &CueMention, days: &[Day]) -> bool {
        let before = self.range.start..verb.tokens.start;
        let today = |day: &Day| {
            before.contains(&day.at) && day.date.is_some() && day.date == self.document.published()
        };
        self.sentence.has(Label::We, &before)
            && self.sentence.has_any(&[Label::Say, Label::Announce], &before)
            && days.iter().any(today)
    }

    fn proposed(&self, days: &[Day]) -> Option<Reading> {
        if let Some(cue) = self.cues(Label::Unnamed).next() {
            return Some(self.reading(Status::Proposed, cue, "status.unnamed-source"));
        }
        let expects = |cue: &&CueMention| {
            !self.is_denied(cue)
                && !self.sentence.is_purpose(cue)
                && self.is_beside(cue, 16)
                && !self.is_declared(cue, days)
        };
        if let Some(cue) = self.cues(Label::Expect).find(expects) {
            return Some(self.reading(Status::Proposed, cue, "status.expected"));
        }
        let announced_later = self.cues(Label::Announce).find(|cue| {
            self.is_future(cue)
                && (self.is_near(cue, 20) || self.opens_clause(cue))
                && !self.is_said_now(cue, days)
        });
        if let Some(cue) = announced_later {
            return Some(self.reading(Status::Proposed, cue, "status.to-be-announced"));
        }
        let would = self.cues(Label::Give).find(|cue| {
            !self.is_reported(cue)
                && self.is_near(cue, 25)
                && (cue.tokens.start.saturating_sub(3)..cue.tokens.start)
                    .any(|at| self.sentence.is(Label::Would, at))
        })?;
        Some(self.reading(Status::Proposed, would, "status.would"))
    }

    /// "said that the Czech Republic would supply": "will", told in the past.
    fn is_reported(&self, verb: &CueMention) -> bool {
        let before = self.range.start..verb.tokens.start;
        self.sentence.cues_in(&before).any(|cue| {
            matches!(cue.label, Label::Say | Label::Announce | Label::Give)
                && matches!(cue.inflection, Inflection::Past | Inflection::Participle)
        })
    }

    fn is_about_money(&self) -> bool {
        use crate::mentions::Value;
        let at = self.anchor.map(|anchor| anchor.start);
        let mention = at.and_then(|at| self.sentence.mention_at(at));
        mention.is_none_or(|mention| matches!(mention.value, Value::Money(_)))
    }

    /// "First tanks reach Ukraine": a headline tells in the present what is done. A bare "hands" only
    /// gives.
    fn is_headline_present(&self, verb: &CueMention) -> bool {
        let title = self.sentence.segment.kind == SegmentKind::Title;
        let start = verb.tokens.start;
        let gives = self.sentence.is(Label::Give, start);
        let infinitive = start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::To, at));
        title
            && match verb.inflection {
                Inflection::Third => !gives || verb.tokens.len() > 1,
                Inflection::Base => start > 0 && !gives && !infinitive,
                _ => false,
            }
    }

    /// "The first six have arrived, officials said": who says so does not matter then.
    fn arrived(&self) -> Option<Reading> {
        let have = |cue: &CueMention| {
            (cue.tokens.start.saturating_sub(3)..cue.tokens.start)
                .any(|at| self.sentence.is(Label::Have, at))
        };
        self.handed_over(|cue| cue.label == Label::Arrive && have(cue))
    }

    fn delivered(&self) -> Option<Reading> {
        self.handed_over(|cue| {
            cue.label == Label::Arrive || cue.label == Label::Receive && !self.is_about_money()
        })
    }

    fn handed_over(&self, arrives: impl Fn(&CueMention) -> bool) -> Option<Reading> {
        let verb = self.sentence.cues_in(self.range).filter(|cue| arrives(cue)).find(|verb| {
            let done = matches!(verb.inflection, Inflection::Past | Inflection::Participle)
                || self.is_headline_present(verb);
            done && self.is_near(verb, 14)
                && !self.is_future(verb)
                && !self.is_denied(verb)
                && !self.is_under_way(verb)
        })?;
        Some(self.reading(Status::Delivered, verb, "status.arrived"))
    }
}

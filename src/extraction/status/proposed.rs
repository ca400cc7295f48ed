//! Whether what is told still lies ahead: expected, to be announced, told by sources without names.

use super::{OBJECT, Reader, Reading};
use crate::extraction::days::Day;
use crate::extraction::parties;
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, Value};
use crate::model::Status;

/// The rule for what "would" be given.
pub const WOULD: &str = "status.would";

/// How many tokens behind "I shall announce" the day stands on which that will be.
const LATER: usize = 8;

/// How many tokens a verb of saying and who says it may stand apart.
const SPEAKER: usize = 6;

/// How many tokens before the aim of a visit its verb stands.
const VISITED: usize = 8;

/// How many tokens before a verb the word stands that makes its perfect: "has secretly sent".
pub(super) const PERFECT: usize = 3;

/// How many tokens before the proposal the verb stands that puts it in force.
const ENACTED: usize = 12;

impl Reader<'_> {
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

    pub(super) fn proposed(&self, days: &[Day]) -> Option<Reading> {
        if let Some(cue) =
            self.cues(Label::Unnamed).find(|cue| !self.only_adds(cue) && !self.saw(cue))
        {
            return Some(self.reading(Status::Proposed, cue, "status.unnamed-source"));
        }
        let expects = |cue: &&CueMention| {
            !self.is_denied(cue)
                && !self.sentence.is_purpose(cue)
                && self.is_beside(cue, 16)
                && !self.is_enacted(cue)
                && !self.only_comes(cue)
                && !self.is_planned_number(cue)
                && !self.only_describes(cue)
                && !self.is_only_scheduled(cue)
                && !self.is_declared(cue, days)
                && !self.only_ranks(cue)
                && !self.is_aim_of_visit(cue)
                && !self.is_inside_item(cue)
                && !self.is_paid_into(cue)
                && !self.was_planned(cue)
                && !self.only_thanks(cue)
                && !self.is_destined(cue)
        };
        if let Some(cue) = self.cues(Label::Expect).find(expects) {
            return Some(self.reading(Status::Proposed, cue, "status.expected"));
        }
        let announced_later = self.cues(Label::Announce).find(|cue| {
            self.is_future(cue)
                && !self.only_can(cue)
                && !self.acts_on_things(cue)
                && (self.is_near(cue, 20) || self.opens_clause(cue))
                && !self.is_said_now(cue, days)
                && !self.is_topic_of_visit(cue)
        });
        if let Some(cue) = announced_later {
            return Some(self.reading(Status::Proposed, cue, "status.to-be-announced"));
        }
        // "Thailand may get radars"
        let acts = |cue: &&CueMention| match cue.label {
            Label::Receive => self.is_only_possible(cue),
            label => matches!(label, Label::Give | Label::Buy),
        };
        let would = self.sentence.cues_in(self.range).filter(acts).find(|cue| {
            (self.is_only_possible(cue)
                || !self.is_reported(cue)
                    && !self.is_reported_behind(cue)
                    && !self.was_announced(cue))
                && !self.only_performs(cue)
                && !self.only_measures(cue)
                && self.is_near(cue, 25)
                && (cue.tokens.start.saturating_sub(3)..cue.tokens.start)
                    .any(|at| self.sentence.is(Label::Would, at))
        })?;
        Some(self.reading(Status::Proposed, would, WOULD))
    }

    /// "the remaining $30 million is slated for Lebanon": who is to have it, and no plan.
    fn is_destined(&self, cue: &CueMention) -> bool {
        let end = cue.tokens.end;
        let goal = self.sentence.mention_at(end);
        self.sentence.is(Label::For, end - 1)
            && goal.is_some_and(|goal| matches!(goal.value, Value::Actor(_)))
    }

    /// "I want to thank Norway for": the wish is for the thanks.
    fn only_thanks(&self, cue: &CueMention) -> bool {
        self.sentence.starting_at(Label::Thank, cue.tokens.start).is_some()
    }

    /// "the plan had been weighed for weeks", "had been under consideration": what was planned then is decided
    /// by now.
    fn was_planned(&self, cue: &CueMention) -> bool {
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let before = start.saturating_sub(2)..start;
        let told = if end - start > 1 { before } else { end..end + 2 };
        self.sentence.has(Label::Had, &told) && self.sentence.has(Label::Be, &told)
    }

    /// "France could supply jets, the president said": who says so makes it no firmer.
    fn is_only_possible(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        let mut near = self.sentence.cues_in(&(start.saturating_sub(3)..start));
        near.any(|cue| cue.is(Grade::Possible))
    }

    /// "the last package that we can offer this year": how much a giver is able to give is no plan.
    fn only_measures(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        let mut near = self.sentence.cues_in(&(start.saturating_sub(3)..start));
        let can = near.find(|cue| cue.is(Grade::Ability));
        can.is_some_and(|can| {
            let opening = can.tokens.start.saturating_sub(3)..can.tokens.start;
            let told = self.sentence.has(Label::PackageNoun, &(0..can.tokens.start));
            told && self.sentence.has(Label::Clause, &opening)
        })
    }

    /// "drones that can carry and deliver payloads": what a thing is able to do.
    fn only_performs(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        let mut near = self.sentence.cues_in(&(start.saturating_sub(3)..start));
        let can = near.find(|cue| cue.is(Grade::Ability));
        can.is_some_and(|can| {
            let subject = can.tokens.start.saturating_sub(2)..can.tokens.start;
            let mut things = self.sentence.items.iter();
            things.any(|item| subject.contains(&(item.tokens.end - 1)))
                && !parties::is_passive(self.document, self.sentence, verb)
        })
    }

    /// "in what is likely to be the last package", "expected to be its largest one": what is told takes a
    /// rank, whatever comes.
    fn only_ranks(&self, cue: &CueMention) -> bool {
        let near = cue.tokens.end - 1..cue.tokens.end + 3;
        let be = self.sentence.cues_in(&near).find(|verb| verb.label == Label::Be);
        be.is_some_and(|be| self.sentence.is(Label::Definite, be.tokens.end))
    }

    /// "who visited both capitals on Sunday to discuss details, said": what a visit was for.
    fn is_aim_of_visit(&self, cue: &CueMention) -> bool {
        let Some(to) = cue.tokens.start.checked_sub(1) else { return false };
        let before = to.saturating_sub(VISITED).max(self.range.start)..to;
        cue.inflection == Inflection::Base
            && self.sentence.is(Label::To, to)
            && self.sentence.has(Label::Visit, &before)
    }

    /// "visited Madrid to discuss details": what is talked about is no announcement.
    fn is_topic_of_visit(&self, cue: &CueMention) -> bool {
        let start = cue.tokens.start;
        let before = start.saturating_sub(2).max(self.range.start)..start;
        let mut plans = self.sentence.cues_in(&before).filter(|cue| cue.label == Label::Expect);
        plans.any(|plan| self.is_aim_of_visit(plan))
    }

    /// "gives 500 million to a plan to buy missiles": what a sum goes to.
    fn is_paid_into(&self, cue: &CueMention) -> bool {
        let Some(anchor) = self.anchor else { return false };
        let between = anchor.end..cue.tokens.start;
        let noun = matches!(cue.inflection, Inflection::Base | Inflection::Third);
        noun && between.len() <= SPEAKER
            && self.sentence.has_any(&[Label::To, Label::For], &between)
            && (self.sentence.has_any(&[Label::Definite, Label::Indefinite], &between)
                || between.clone().any(|at| self.is_possessive_mark(at)))
            && !self.sentence.has_any(&[Label::Give, Label::It, Label::And], &between)
    }

    /// "Prague's": the sign of whose it is.
    fn is_possessive_mark(&self, at: usize) -> bool {
        let raw = self.sentence.tokens[at].token.span.of(&self.document.article.text);
        raw.len() > 1 && raw.starts_with(['\'', '\u{2019}'])
    }

    /// "ready-to-eat meals": a word of a thing's name.
    fn is_inside_item(&self, cue: &CueMention) -> bool {
        self.sentence.items.iter().any(|item| item.tokens.contains(&cue.tokens.start))
    }

    /// "is set to deliver 12 trucks, the defence ministry said": what an office says of a gift is public.
    fn is_only_scheduled(&self, cue: &CueMention) -> bool {
        let behind = cue.tokens.end..cue.tokens.end + 3;
        let acts = [Label::Give, Label::Receive, Label::Arrive];
        let gives = self.sentence.cues_in(&behind).any(|verb| acts.contains(&verb.label));
        let announces = self.sentence.has(Label::Announce, &behind);
        let all = self.sentence.all();
        cue.is(Grade::Scheduled)
            && gives
            && !announces
            && self.sentence.cues_in(&all).any(|verb| {
                let near = verb.tokens.start.saturating_sub(SPEAKER)..verb.tokens.end + SPEAKER;
                matches!(verb.label, Label::Say | Label::Announce)
                    && verb.inflection == Inflection::Past
                    && self.sentence.has(Label::Office, &near)
            })
    }

    /// "would deliver 30 mortars, the minister said": "will", told in the past, unless on a condition.
    fn is_reported_behind(&self, verb: &CueMention) -> bool {
        let behind = verb.tokens.end..self.sentence.tokens.len();
        let says = self
            .sentence
            .cues_in(&behind)
            .find(|cue| cue.label == Label::Say && cue.inflection == Inflection::Past);
        let Some(says) = says else { return false };
        let clause = behind.start..says.tokens.start;
        let comma = |at: &usize| self.sentence.is_sign(&self.document.article.text, *at, &[","]);
        let tag = clause.clone().rfind(comma);
        let condition = self.sentence.cues_in(&clause).any(|cue| cue.is(Grade::OpensCondition));
        let unnamed = self.sentence.has(Label::Unnamed, &clause);
        tag.is_some_and(|comma| says.tokens.start <= comma + SPEAKER) && !condition && !unnamed
    }

    /// "would gift two trucks, it was announced on Saturday": whoever says so, it is public.
    fn was_announced(&self, verb: &CueMention) -> bool {
        let mut behind = self.sentence.cues_in(&(verb.tokens.end..self.range.end));
        behind.any(|cue| {
            let near = cue.tokens.start.saturating_sub(2)..cue.tokens.start;
            cue.label == Label::Announce
                && self.sentence.has(Label::Be, &near)
                && self.sentence.has(Label::It, &near)
                && !self.is_future(cue)
        })
    }

    /// "received 19 carriers, which should be used to prepare for missions": a plan in a clause that tells
    /// of what was given.
    fn only_describes(&self, cue: &CueMention) -> bool {
        let start = cue.tokens.start;
        let relative = (self.range.start..start).rev().find(|at| {
            self.sentence.is(Label::Clause, *at)
                && self.sentence.is(Label::It, *at)
                && self.sentence.is_sign(&self.document.article.text, at.saturating_sub(1), &[","])
        });
        let acts = [Label::Give, Label::Receive, Label::Arrive];
        relative.is_some_and(|at| {
            let mut told = self.sentence.cues_in(&(self.range.start..at));
            told.any(|verb| acts.contains(&verb.label) && verb.inflection.is_past_form())
        })
    }

    /// "Parliament approved the government's proposal to make the first shipment", "approved a plan to
    /// give": what is known, or what only a verb of deciding takes, is put in force by it.
    fn is_enacted(&self, cue: &CueMention) -> bool {
        let start = cue.tokens.start;
        let near = start.saturating_sub(4)..start;
        let known = near
            .clone()
            .any(|at| self.sentence.is(Label::Definite, at) && !self.sentence.is(Label::It, at));
        let one = near.clone().any(|at| self.sentence.is(Label::Indefinite, at));
        let infinitive = [cue.tokens.end - 1, cue.tokens.end];
        let noun = infinitive.iter().any(|at| self.sentence.is(Label::To, *at));
        let reach = start.saturating_sub(ENACTED).max(self.range.start)..start;
        noun && self.sentence.cues_in(&reach).any(|verb| {
            verb.label == Label::Announce
                && (known || one && verb.value.is_none())
                && matches!(verb.inflection, Inflection::Past | Inflection::Third)
                && !(verb.tokens.end..start).any(|at| self.is_boundary(at))
                && !self.is_future(verb)
        })
    }

    /// "will order 12 howitzers", "will present boats": a verb that is one of giving or buying as well,
    /// right before what is given.
    fn acts_on_things(&self, verb: &CueMention) -> bool {
        let end = verb.tokens.end;
        self.sentence.is_any(&[Label::Give, Label::Buy], verb.tokens.start)
            && self.anchor.is_some_and(|anchor| {
                (end..end + OBJECT).contains(&anchor.start)
                    && !self.sentence.has(Label::PackageNoun, &(end..anchor.start))
            })
    }

    /// "mines that can be cleared": a verb that has other meanings, too.
    fn only_can(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        let near = start.saturating_sub(4)..start;
        verb.value.is_some()
            && self.sentence.has(Label::Would, &near)
            && !self.sentence.has_any(&[Label::Will, Label::Expect], &near)
    }

    /// "announced a package that officials said would include rockets": what sources add to what was
    /// made public.
    fn only_adds(&self, sources: &CueMention) -> bool {
        let before = self.range.start..sources.tokens.start;
        let relative = self.sentence.ending_at(Label::Clause, sources.tokens.start).is_some();
        relative
            && self.sentence.cues_in(&before).any(|cue| {
                cue.label == Label::Announce
                    && cue.inflection == Inflection::Past
                    && !self.is_future(cue)
            })
    }

    /// "gave 20 trucks, officials said after a handover ceremony", "on Friday gave 20 trucks, officials
    /// said": they tell what was done there, or on a day. "has sent two vehicles, an official said": so do they.
    fn saw(&self, sources: &CueMention) -> bool {
        let behind = sources.tokens.end..self.range.end;
        let before = self.range.start..sources.tokens.start;
        let on_a_day = self.sentence.mentions_in(&before).any(|mention| {
            use crate::mentions::DateExpression::{DayOfMonth, Full, Relative, Weekday};
            let Value::Date(date) = mention.value else { return false };
            matches!(
                date,
                DayOfMonth { .. } | Full(_) | Relative(-7..=0) | Weekday { shift: ..=0, .. }
            )
        });
        let known = self.sentence.has(Label::Handover, &behind) || on_a_day;
        let about_things = !self.is_about_money();
        self.sentence.cues_in(&before).any(|cue| {
            let near = cue.tokens.start.saturating_sub(PERFECT)..cue.tokens.start;
            let done = known && cue.inflection == Inflection::Past
                || about_things
                    && cue.inflection.is_past_form()
                    && self.sentence.has(Label::Have, &near);
            cue.label == Label::Give && done && !self.is_future(cue) && !self.is_denied(cue)
        })
    }

    /// "six of the planned forty": the plan was for all of them.
    fn is_planned_number(&self, cue: &CueMention) -> bool {
        let known = cue.tokens.start.checked_sub(1);
        let number = self.sentence.mention_at(cue.tokens.end).map(|mention| &mention.value);
        cue.inflection != Inflection::Base
            && known.is_some_and(|at| self.sentence.is(Label::Definite, at))
            && (self.sentence.is(Label::Number, cue.tokens.end)
                || matches!(number, Some(Value::Number(_))))
    }

    /// "Ten tanks that Spain pledged are expected to arrive next month": what is expected is that they
    /// come, and not that they are given.
    fn only_comes(&self, cue: &CueMention) -> bool {
        let near = cue.tokens.end - 1..(cue.tokens.end + OBJECT).min(self.range.end);
        self.sentence.cues_in(&near).any(|verb| {
            let start = verb.tokens.start;
            verb.label == Label::Arrive
                && verb.inflection == Inflection::Base
                && !self.sentence.is(Label::Give, start)
                && start > 0
                && self.sentence.is(Label::To, start - 1)
        })
    }

    /// "said that the Czech Republic would supply": "will", told in the past.
    fn is_reported(&self, verb: &CueMention) -> bool {
        let before = 0..verb.tokens.start;
        self.sentence.cues_in(&before).any(|cue| {
            // "said that Spain, which has given four, would send two": also what another act follows
            let own = cue.tokens.start >= self.range.start;
            (cue.label == Label::Say || own && matches!(cue.label, Label::Announce | Label::Give))
                && cue.inflection.is_past_form()
        })
    }
}

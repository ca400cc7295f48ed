//! Whether what is told is only recalled: an earlier day of its own, a word for an earlier time, a verb
//! in the past perfect.

use super::{Reader, Reading};
use crate::extraction::days::Day;
use crate::lexicon::{Inflection, Label, Role};
use crate::mentions::{CueMention, Value};
use crate::model::{CivilDate, Status};
use crate::text::SegmentKind;
use std::ops::Range;

/// How many tokens a time may stand behind the verb that it dates.
pub(super) const DATED: usize = 9;

/// How many tokens a day may have, with what leads over to the clause behind it.
const REPORTED: usize = 5;

/// How many tokens an opening phrase of time may have before its date.
const OPENING: usize = 10;

impl Reader<'_> {
    /// An earlier day on which it was: what was refused then is recalled as well.
    pub(super) fn earlier_day<'d>(&self, days: &'d [Day]) -> Option<&'d Day> {
        // "Following last month's gift, Spain will send": the day of what was given before.
        let before = self.sentence.starting_at(Label::EarlierAfter, 0).is_some();
        days.iter()
            .filter(|day| {
                self.range.contains(&day.at)
                    || day.opens_sentence() && !before
                    || self.reports(day)
                    || self.opens_relative(day)
            })
            .filter(|day| day.is_earlier && !day.is_span && !self.dates_a_promise(day))
            .filter(|day| !self.dates_a_thing(day) && !self.dates_an_accord(day))
            .filter(|day| !self.dates_what_it_joins(day) && !self.dates_a_purchase(day))
            .find(|day| {
                self.is_close(&(day.at..day.at + 1), 14)
                    || self.opens_with(day)
                    || self.opens_relative(day)
                    || self.is_set_off(day)
                    || self.reports(day)
                    || self.dates_clause(day)
                    || self.dates_act(day)
            })
    }

    /// "The 10 howitzers pledged by Germany in January have arrived": the day of the promise, told of
    /// what has now been handed over.
    fn dates_a_promise(&self, day: &Day) -> bool {
        let Some(anchor) = self.anchor else { return false };
        let behind = day.at..self.range.end;
        anchor.end <= day.at && self.sentence.cues_in(&behind).any(|verb| self.fulfils(verb))
    }

    /// "announced on January 19 that Lithuania would send", "said in May that it would": the day on
    /// which what follows was said.
    fn reports(&self, day: &Day) -> bool {
        let clause = day.at..day.at + REPORTED;
        let clause = self.sentence.first(Label::Clause, &clause).map(|clause| clause.tokens.start);
        clause.is_some_and(|at| self.anchor.is_none_or(|anchor| at < anchor.start))
            && self
                .sentence
                .has_any(&[Label::Say, Label::Announce], &(day.at.saturating_sub(DATED)..day.at))
    }

    pub(super) fn past(&self, days: &[Day]) -> Option<Reading> {
        if let Some(day) = self.earlier_day(days) {
            return Some(Reading {
                status: Status::Past,
                span: Some(day.span),
                rule: "status.earlier-date",
            });
        }
        // "in addition to six more howitzers" adds, "on top of the six" recalls.
        let follows = |cue: &CueMention| {
            self.anchor.is_some_and(|anchor| {
                let more = cue.tokens.start..anchor.start + 1;
                cue.tokens.end <= anchor.start
                    && (self.sentence.has(Label::Definite, &more)
                        || !self.sentence.has(Label::New, &more))
            }) && cue.tokens.start > 0
                && (self.is_within(&cue.tokens, 9)
                    || self.is_near(cue, 9) && !self.opens_phrase(cue))
        };
        let before = self.cues(Label::EarlierAfter).find(|cue| follows(cue));
        let before = before.or_else(|| self.past_perfect()).or_else(|| self.had_said());
        let before = before.or_else(|| self.done_before()).or_else(|| self.done_since(days));
        let earlier =
            before.or_else(|| self.cues(Label::Earlier).find(|cue| self.recalls(cue, days)))?;
        Some(self.reading(Status::Past, earlier, "status.earlier"))
    }

    /// "As well as the tanks, we will": what opens a phrase holds for no more than that.
    fn opens_phrase(&self, cue: &CueMention) -> bool {
        let start = cue.tokens.start;
        start == 0 || start == self.range.start || self.sentence.is_any_sign(start - 1)
    }

    /// "The army said on Monday it had handed over 50 vehicles": what was done is told as the news of a day.
    fn is_reported_news(&self, cue: &CueMention, days: &[Day]) -> bool {
        let start = cue.tokens.start;
        let before = self.range.start..start;
        let says = self.sentence.cues_in(&before).rfind(|cue| cue.label == Label::Say);
        self.sentence.is(Label::Had, start)
            && start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::It, at))
            && says.is_some_and(|says| {
                let near = says.tokens.start.saturating_sub(4)..start;
                let fresh = |day: &Day| day.date.is_some_and(CivilDate::is_day) && !day.is_earlier;
                days.iter().any(|day| near.contains(&day.at) && fresh(day))
            })
    }

    /// A word for an earlier time beside the anchor; "since the previous update" only begins a span,
    /// and "earlier on Tuesday" is as recent as its day.
    fn recalls(&self, cue: &CueMention, days: &[Day]) -> bool {
        let mut before = cue.tokens.start.saturating_sub(3)..cue.tokens.start;
        let recent = days
            .iter()
            .any(|day| (0..2).contains(&(day.at.wrapping_sub(cue.tokens.end))) && !day.is_earlier);
        // "will supply barrels for the howitzers that it sent earlier"
        let behind = self.anchor.is_some_and(|anchor| anchor.end <= cue.tokens.start);
        let ahead = self.anchor.is_some_and(|anchor| {
            let before = self.range.start..anchor.start;
            self.sentence
                .cues_in(&before)
                .any(|verb| verb.label == Label::Give && self.has_will(verb))
        });
        let of_thing = behind && ahead || self.is_of_served(cue);
        // "media earlier reported it included drones": what was said earlier of what is news.
        let contents = self.sentence.cues_in(&(cue.tokens.end..self.range.end)).any(|verb| {
            let start = verb.tokens.start;
            verb.label == Label::Include && start > 0 && self.sentence.is(Label::It, start - 1)
        });
        // "It was reported that Croatia prepares helicopters", as the first words of a text: its news.
        let opens = cue.tokens.start == 0 && self.sentence.is(Label::It, 0) && self.is_lead();
        self.is_near(cue, 9)
            && !opens
            && !self.stands_in_relative(cue, days)
            && !self.is_reported_news(cue, days)
            && !contents
            && !self.goes_on_behind(cue)
            && !self.is_news_of_lead(cue)
            && !of_thing
            && !recent
            && !before.any(|at| self.sentence.is(Label::Since, at))
    }

    /// "was presented yesterday, in the way in which the earlier ten were": what a clause behind an act of the
    /// news says.
    fn stands_in_relative(&self, earlier: &CueMention, days: &[Day]) -> bool {
        let before = self.range.start..earlier.tokens.start;
        let clause = self.sentence.cues_in(&before).rfind(|cue| cue.label == Label::Clause);
        let news = |day: &Day| {
            let now = !day.is_earlier && !day.is_later && day.date.is_some();
            now && day.dates_act && clause.is_some_and(|clause| day.at < clause.tokens.start)
        };
        let anchor = |clause: &CueMention| {
            self.anchor.is_none_or(|anchor| anchor.start < clause.tokens.start)
        };
        clause.is_some_and(anchor) && days.iter().any(news)
    }

    /// "authorised by drawdowns directed earlier, and provides 250 million", "Under a drawdown
    /// directed earlier, it provides": a verb in the present behind the word for an earlier time
    /// tells the news.
    fn goes_on_behind(&self, earlier: &CueMention) -> bool {
        let Some(anchor) = self.anchor else { return false };
        self.sentence.cues_in(&(earlier.tokens.end..anchor.start)).any(|verb| {
            let before = verb.tokens.start - 1;
            let pronoun = self.sentence.is(Label::It, before);
            matches!(verb.label, Label::Give | Label::Include)
                && verb.inflection == Inflection::Third
                && (self.sentence.is(Label::And, before)
                    || pronoun && !self.sentence.is(Label::Clause, before))
        })
    }

    /// "Biden had used his authority and ordered": done before what the article tells, unless
    /// somebody only says so.
    fn past_perfect(&self) -> Option<&CueMention> {
        let acts = [Label::Give, Label::Announce, Label::Receive, Label::Arrive];
        let mut had = self.cues(Label::Had).filter(|had| !self.goes_on_behind(had));
        let had = had.find(|had| {
            let reach = had.tokens.end..(had.tokens.end + 9).min(self.range.end);
            self.sentence.cues_in(&reach).any(|verb| {
                let past = verb.inflection.is_past_form();
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
        let news = self.is_news_of_lead(had);
        // "The battery which Bucharest had promised in June has reached Ukraine"
        let behind = had.tokens.end..self.range.end;
        let news = news || self.sentence.cues_in(&behind).any(|verb| self.fulfils(verb));
        (!reported && !news && (self.is_near(had, 14) || governs)).then_some(had)
    }

    /// "42 vehicles have been handed over before": the word that ends a clause in the perfect, with no
    /// time that it counts from.
    fn done_before(&self) -> Option<&CueMention> {
        let acts = [Label::Give, Label::Receive, Label::Arrive];
        self.cues(Label::Ago).find(|cue| {
            let (start, end) = (cue.tokens.start, cue.tokens.end);
            let ends = end >= self.range.end || self.sentence.is_any_sign(end);
            let counts = self.sentence.mention_at(start).is_some()
                || self.sentence.is(Label::TimeUnit, start.saturating_sub(1));
            let before = self.range.start..start;
            let verb = self.sentence.cues_in(&before).rfind(|verb| acts.contains(&verb.label));
            let done = verb.is_some_and(|verb| {
                let helped = verb.tokens.start.saturating_sub(3)..verb.tokens.start;
                verb.inflection.is_past_form()
                    && self.sentence.has(Label::Have, &helped)
                    && !(verb.tokens.end..start).any(|at| self.is_boundary(at))
            });
            ends && !counts && done && !self.goes_on_behind(cue)
        })
    }

    /// "Scholz had told parliament on Tuesday that Germany would supply 17 systems": said before what the
    /// article tells.
    fn had_said(&self) -> Option<&CueMention> {
        let anchor = self.anchor?;
        self.sentence.cues_in(&(0..anchor.start)).find(|had| {
            let near = had.tokens.end..had.tokens.end + 3;
            let says = self
                .sentence
                .cues_in(&near)
                .find(|verb| verb.label == Label::Say && verb.inflection == Inflection::Participle);
            let that = says.and_then(|says| {
                self.sentence.first(Label::Clause, &(says.tokens.end..anchor.start))
            });
            let before = 0..had.tokens.start;
            had.label == Label::Had
                && that.is_some()
                && !self.sentence.has_any(&[Label::Say, Label::Announce, Label::Give], &before)
                && !self.is_news_of_lead(had)
        })
    }

    /// "Lithuania had pledged 35 million, its premier said": what opens the text, with who says so behind
    /// it, is its news.
    fn is_news_of_lead(&self, had: &CueMention) -> bool {
        let behind = had.tokens.end..self.range.end;
        self.sentence.is(Label::Had, had.tokens.start)
            && self.is_lead()
            && self.sentence.has(Label::Say, &behind)
    }

    /// Whether the sentence opens the text.
    fn is_lead(&self) -> bool {
        let mut body = self.document.sentences.iter();
        let lead = body.find(|told| told.segment.kind == SegmentKind::Sentence);
        lead.is_some_and(|lead| lead.segment.span == self.sentence.segment.span)
    }

    /// Whether no other clause opens between a verb and the anchor; commas and colons may.
    pub(super) fn opens_clause(&self, cue: &CueMention) -> bool {
        let end = self.anchor.map_or(cue.tokens.end, |anchor| anchor.start);
        let semicolon = |at| self.sentence.is_sign(&self.document.article.text, at, &[";"]);
        (cue.tokens.end..end).all(|at| !self.sentence.is(Label::Clause, at) && !semicolon(at))
    }

    /// "At the start of 2018, with an exemption, Russia gave rifles", "Grants: In May, the United States
    /// announced": the time that a sentence opens with, or what stands behind its label, holds for all.
    fn opens_with(&self, day: &Day) -> bool {
        let verbs = [
            Label::Give,
            Label::Announce,
            Label::Receive,
            Label::Arrive,
            Label::Say,
            Label::Clause,
        ];
        let sign =
            |at: usize, sign| self.sentence.is_sign(&self.document.article.text, at, &[sign]);
        let label = (0..day.at).rev().find(|at| sign(*at, ":"));
        let start = label.map_or(0, |colon| colon + 1);
        let when = self.opens_time(start);
        let before = start + usize::from(when)..day.at;
        // "During a visit to Hanoi in June, the minister": a phrase without a verb, up to its comma.
        let end = self.sentence.mention_at(day.at).map_or(day.at + 1, |told| told.tokens.end);
        let opens = when || sign(end, ",") || self.sentence.starting_at(Label::In, start).is_some();
        before.len() <= OPENING
            && opens
            && !self.sentence.has_any(&verbs, &before)
            && !self.sentence.mentions_in(&before).any(|mention| {
                let counts =
                    matches!(mention.value, Value::Actor(_) | Value::Date(_) | Value::Number(_));
                mention.tokens.end <= day.at && !counts
            })
    }

    /// "which last month presented a package, its largest, worth 6 billion": a time right behind the
    /// pronoun holds for the act of its clause.
    fn opens_relative(&self, day: &Day) -> bool {
        let Some(anchor) = self.anchor else { return false };
        let acts =
            |cue: &CueMention| matches!(cue.label, Label::Give | Label::Announce | Label::Say);
        let end = self.sentence.mention_at(day.at).map_or(day.at + 1, |told| told.tokens.end);
        let from = day.at.saturating_sub(2);
        let pronoun = (from..day.at).any(|at| self.sentence.is(Label::Clause, at));
        let mut verbs = self.sentence.cues_in(&(end..anchor.start)).filter(|cue| acts(cue));
        let verb = verbs.next().filter(|verb| verb.inflection == Inflection::Past);
        let verb = verb.map(|verb| verb.tokens.start).filter(|at| *at <= end + 1);
        pronoun && verb.is_some_and(|at| verbs.all(|other| other.tokens.start == at))
    }

    /// ", last year, we also provided": a time between two commas before the act.
    fn is_set_off(&self, day: &Day) -> bool {
        let Some(anchor) = self.anchor else { return false };
        let comma = |at: usize| self.sentence.is_sign(&self.document.article.text, at, &[","]);
        let end = self.sentence.mention_at(day.at).map_or(day.at + 1, |told| told.tokens.end);
        // ", in May 2023,", ", of December last year,"
        let mut words = [Label::In, Label::Of].into_iter();
        let word = words.find_map(|label| self.sentence.ending_at(label, day.at));
        let before = word.map_or(day.at, |word| word.tokens.start);
        before.checked_sub(1).is_some_and(comma)
            && comma(end)
            && end < anchor.start
            && !(end + 1..anchor.start).any(|at| self.is_boundary(at))
    }

    /// "worth 6 million and 15 million": what is told of one is told of the other.
    fn is_coordinated(&self, one: &Range<usize>, other: &Range<usize>) -> bool {
        let between =
            if one.end <= other.start { one.end..other.start } else { other.end..one.start };
        (1..=3).contains(&between.len())
            && between.clone().any(|at| self.sentence.is(Label::And, at))
    }

    /// "the last one, $500 million in drawdowns, was announced on Jan. 9": the day stands behind a
    /// verb in the past, and what is told here is the sum or the counted thing nearest to it.
    fn dates_act(&self, day: &Day) -> bool {
        let Some(anchor) = self.anchor else { return false };
        // "a second ship has been given; the first was handed over in 2017": another one's clause.
        let semicolon =
            |at: &usize| self.sentence.is_sign(&self.document.article.text, *at, &[";"]);
        let other = (anchor.end..day.at).rfind(semicolon);
        if other.is_some_and(|at| !self.sentence.is(Label::It, at + 1)) {
            return false;
        }
        let verb = self.sentence.cues_in(&(day.at.saturating_sub(DATED)..day.at)).any(|cue| {
            let clear = (cue.tokens.end..day.at).all(|at| {
                self.sentence.starting_at(Label::Clause, at).is_none() || self.only_dates(at)
            });
            matches!(cue.label, Label::Announce | Label::Give | Label::Arrive | Label::Receive)
                && cue.inflection.is_past_form()
                && clear
                && !self.belongs_to_an_accord(cue)
                && !self.is_future(cue)
        });
        // "has received the second system that Germany promised last year"
        let arrived = self.cues(Label::Receive).chain(self.cues(Label::Arrive));
        let before = arrived.into_iter().any(|cue| {
            let past = cue.inflection.is_past_form();
            cue.tokens.end <= anchor.start && past && self.is_near(cue, 9)
        });
        let relative = self.sentence.has(Label::Clause, &(anchor.end..day.at));
        // "the third delivery of a grant of $30 million which Doha promised in July": only a part has come.
        let of = anchor.start.checked_sub(1).filter(|of| self.sentence.is(Label::Of, *of));
        let part = of.is_some_and(|of| self.sentence.ending_at(Label::PackageNoun, of).is_some());
        if before && relative && !part {
            return false;
        }
        let distance = |tokens: &Range<usize>| {
            if tokens.end <= day.at {
                day.at - tokens.end
            } else {
                tokens.start.saturating_sub(day.at)
            }
        };
        let own = distance(anchor);
        // "a package of arms worth": what bears the sum is the same as the sum.
        let bears = |tokens: &Range<usize>| {
            let between = tokens.end..anchor.start;
            between.len() <= 3 && self.sentence.has(Label::Worth, &between)
        };
        let counted = self.sentence.items.iter().filter(|item| {
            item.quantity.is_some() && item.role != Role::Vague && !bears(&item.tokens)
        });
        let sums = self
            .sentence
            .mentions
            .iter()
            .filter(|mention| matches!(mention.value, Value::Money(_)));
        let mut others = counted.map(|item| &item.tokens).chain(sums.map(|sum| &sum.tokens));
        verb && !others.any(|other| {
            let apart = other.end <= anchor.start || anchor.end <= other.start;
            apart && distance(other) < own && !self.is_coordinated(anchor, other)
        })
    }
}

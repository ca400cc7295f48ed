//! Days beside an act that date something else: a thing, an agreement, another package.

use super::Reader;
use super::proposed::PERFECT;
use crate::extraction::days::Day;
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, Mention, Value};

/// How many tokens a sum and the package that it joins may stand apart.
const JOINED: usize = 5;

/// How many tokens a thing and the year in which it was made may stand apart.
const MADE: usize = 3;

/// How many tokens stand between a comma and the verb of the relative clause that it opens.
const RELATIVE: usize = 4;

/// How many tokens behind the verb of an agreement its days stand: "signed in Sofia on August 8 and later
/// in Kyiv on November 13".
const SIGNED: usize = 14;

/// How many tokens before such a clause the agreement is named of which it speaks.
const ACCORD: usize = 14;

impl Reader<'_> {
    /// "will give 40 vehicles that it bought in 1998", "gave 40 vehicles built in 1998": a day
    /// behind a thing that says since when there is one, and does not make the gift a recalled one.
    pub(super) fn dates_a_thing(&self, day: &Day) -> bool {
        let Some(anchor) = self.anchor.filter(|anchor| anchor.end <= day.at) else { return false };
        let made = anchor.end..day.at;
        let comes_from = self.sentence.has(Label::Made, &made);
        if made.len() <= MADE && comes_from && !self.sentence.has(Label::Be, &made) {
            return true;
        }
        // "will be bought with the 500 million that it pledged in November": the day of an act.
        let told = [Label::Give, Label::Announce];
        let subject = |verb: &CueMention| {
            let before = anchor.end..verb.tokens.start;
            let words = [Label::Clause, Label::It, Label::Be];
            let actor = |mention: &Mention| matches!(mention.value, Value::Actor(_));
            self.sentence.has_any(&words, &before) || self.sentence.mentions_in(&before).any(actor)
        };
        if self.sentence.cues_in(&made).any(|verb| told.contains(&verb.label) && subject(verb)) {
            return false;
        }
        let before = self.range.start..anchor.start;
        let verb = self.sentence.cues_in(&before).rfind(|cue| cue.label == Label::Give);
        verb.is_some_and(|verb| {
            let at = verb.tokens.start;
            let now = verb.inflection == Inflection::Gerund
                && at.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Is, at));
            // "announced that it will send 12 trucks in March": the day of the announcement.
            let reports = [Label::Say, Label::Announce];
            let reported = self.sentence.has_any(&reports, &(self.range.start..at));
            let acts = [Label::Buy, Label::Receive, Label::Announce, Label::Arrive, Label::Trade];
            (now || self.has_will(verb)) && (!reported || self.sentence.has_any(&acts, &made))
        })
    }

    /// "Ireland purchased seven radars in 2008, and three are to go to Kyiv": the day on which the giver got
    /// them itself.
    pub(super) fn dates_a_purchase(&self, day: &Day) -> bool {
        let acts = [Label::Give, Label::Announce, Label::Receive, Label::Arrive, Label::Buy];
        let before = self.range.start..day.at;
        let verb = self.sentence.cues_in(&before).rfind(|cue| acts.contains(&cue.label));
        verb.is_some_and(|verb| {
            verb.label == Label::Buy
                && verb.inflection.is_past_form()
                && !self.sentence.has_any(&[Label::For, Label::To], &(verb.tokens.end..day.at))
        }) && self.sentence.has(Label::Give, &(day.at..self.range.end))
    }

    /// "adds 45 million to a measure of last November": the day of another package, which this one joins.
    pub(super) fn dates_what_it_joins(&self, day: &Day) -> bool {
        let Some(anchor) = self.anchor.filter(|anchor| anchor.end <= day.at) else { return false };
        let joins = anchor.end..(anchor.end + JOINED).min(day.at);
        let names = day.at.saturating_sub(JOINED)..day.at;
        self.sentence.cues_in(&names).any(|noun| {
            let behind = noun.tokens.end..day.at;
            noun.label == Label::PackageNoun
                && self.sentence.is_any(&[Label::Of, Label::From], noun.tokens.end)
                && behind.len() <= 2
                && joins.clone().any(|at| self.sentence.is(Label::To, at))
                && !self
                    .sentence
                    .mentions_in(&(anchor.end..noun.tokens.start))
                    .any(|mention| matches!(mention.value, Value::Actor(_)))
        })
    }

    /// "will deliver three boats under an agreement signed in 2022", "under the agreement of the two
    /// ministries, which was signed in May": the verb belongs to the agreement.
    pub(super) fn belongs_to_an_accord(&self, verb: &CueMention) -> bool {
        // "Under notes exchanged on Dec. 5": those are the act itself.
        if verb.is(Grade::Mutual) {
            return false;
        }
        let start = verb.tokens.start;
        // "this agreement, initially signed in May"
        let adverb = start > 0 && self.sentence.is_silent(start - 1);
        let ends = [start, start - usize::from(adverb)];
        if ends.iter().any(|end| self.sentence.ending_at(Label::Accord, *end).is_some()) {
            return true;
        }
        let opens = |at: &usize| self.sentence.is_sign(&self.document.article.text, *at, &[","]);
        let near = start.saturating_sub(RELATIVE)..start;
        let Some(comma) = near.rev().find(opens) else { return false };
        let led = (comma + 1..start).all(|at| {
            let words = [Label::Clause, Label::Be, Label::Have, Label::Had, Label::It];
            self.sentence.is_any(&words, at)
        });
        let before = comma.saturating_sub(ACCORD)..comma;
        let accord = self.sentence.cues_in(&before).rfind(|cue| cue.label == Label::Accord);
        let acts = [Label::Give, Label::Announce, Label::Receive, Label::Arrive];
        led && accord.is_some_and(|accord| {
            let between = accord.tokens.end..comma;
            !between.clone().any(|at| opens(&at)) && !self.sentence.has_any(&acts, &between)
        })
    }

    /// "Under the agreement, signed on August 8, Bulgaria will hand over": the day of the agreement.
    pub(super) fn dates_an_accord(&self, day: &Day) -> bool {
        let before = day.at.saturating_sub(SIGNED)..day.at;
        let verb = self.sentence.cues_in(&before).rfind(|cue| cue.label == Label::Announce);
        let anchor = self.anchor.is_some_and(|anchor| day.at < anchor.start);
        anchor && verb.is_some_and(|verb| self.belongs_to_an_accord(verb))
    }

    /// "a ceremony in 2018 when Germany handed over 70 trucks": the time of the clause behind it.
    pub(super) fn dates_clause(&self, day: &Day) -> bool {
        let end =
            self.sentence.mention_at(day.at).map_or(day.at, |on| self.past_comma(on.tokens.end));
        self.opens_time(end)
            && self.anchor.is_some_and(|anchor| {
                let clause = end + 1..anchor.start;
                end < anchor.start && !clause.clone().any(|at| self.is_boundary(at))
            })
    }

    /// "has sent carriers, shells and rifles since 2022": what was given by and by, over a span that began long
    /// before the news.
    pub(super) fn done_since(&self, days: &[Day]) -> Option<&CueMention> {
        let long = |day: &&Day| {
            let before = day.at.saturating_sub(2)..day.at;
            day.is_span && day.is_earlier && self.sentence.has(Label::Since, &before)
        };
        let perfect = |verb: &&CueMention| {
            let near = verb.tokens.start.saturating_sub(PERFECT)..verb.tokens.start;
            verb.label == Label::Give
                && verb.inflection.is_past_form()
                && self.sentence.has(Label::Have, &near)
        };
        days.iter().find(long)?;
        let mut verbs = self.sentence.cues_in(self.range);
        verbs.find(perfect).filter(|_| !self.is_about_money())
    }
}

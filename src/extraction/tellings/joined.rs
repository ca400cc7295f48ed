//! Where the subject of a sentence goes on with a further act: behind "and", behind a semicolon, in a
//! clause of its own.

use super::acts::VERBS;
use super::{Reader, parties};
use crate::lexicon::{Grade, Inflection, Label, Role};
use crate::mentions::{CueMention, Mention, Value};
use std::ops::Range;

impl Reader<'_> {
    /// ", and today it agreed to give": where the subject goes on with an act of its own.
    pub(super) fn pronoun_acts(&self) -> Vec<usize> {
        let all = self.sentence.all();
        let opens = |at: &usize| {
            let link = self.sentence.is(Label::And, *at)
                || self.sentence.is_sign(self.text(), *at, &[";"]);
            let it = (at + 1..at + 4).find(|at| self.sentence.is_any(&[Label::It, Label::We], *at));
            let verb = it.is_some_and(|it| self.sentence.has_any(&VERBS, &(it + 1..it + 5)));
            let before = 0..*at;
            link && verb
                && self.sentence.has_any(&VERBS, &before)
                && self.has_thing(&before)
                && self.sentence.has(Label::Give, &(*at..all.end))
                && self.has_thing(&(*at..all.end))
        };
        all.clone().filter(opens).collect()
    }

    /// "will send missiles, and will also allocate €200 million", "handed over tanks, and announced that
    /// radars would follow", "will give guns and is considering mortars": where the subject goes on with a gift
    /// of money behind one of things, or with what is not yet as far.
    pub(super) fn also_act(&self) -> Option<usize> {
        let all = self.sentence.all();
        let money = |range: &Range<usize>| {
            let mut within = self.sentence.mentions_in(range);
            within.any(|mention| matches!(mention.value, Value::Money(_)))
        };
        let ahead = [Label::Will, Label::Would, Label::Expect];
        let done = |range: &Range<usize>| {
            let mut verbs = self.sentence.cues_in(range);
            let past = [Inflection::Past, Inflection::Participle];
            verbs.any(|cue| cue.label == Label::Give && past.contains(&cue.inflection))
                && !self.sentence.has_any(&ahead, range)
        };
        all.clone().find(|at| {
            let (before, behind) = (0..*at, *at..all.end);
            let paid = money(&behind) && !money(&before) && self.goes_on_at(*at);
            let later = self.has_thing(&behind)
                && (done(&before)
                    && self.goes_on_at(*at)
                    && self.sentence.has_any(&ahead, &behind)
                    || self.considers_at(*at) && !self.sentence.has(Label::Expect, &before));
            // "gave 20 million for fuel, and now supplies 162 vehicles"
            let mut items = self.sentence.items.iter().filter(|item| item.tokens.start > *at);
            let counts = money(&before)
                && !money(&behind)
                && self.goes_on_at(*at)
                && !self.sentence.has(Label::Will, &(*at..at + 3))
                && !self.sentence.has(Label::PackageNoun, &before)
                && items.any(|item| item.quantity.is_some());
            // "gave 14 helicopters last year and now offers 30 tanks"
            let offers = done(&before)
                && self.goes_on_at(*at)
                && self
                    .sentence
                    .cues_in(&(*at + 1..*at + 3))
                    .any(|cue| cue.label == Label::Give && cue.inflection == Inflection::Third)
                && self.has_thing(&behind);
            let more = paid || later || counts || offers;
            self.sentence.has(Label::Give, &before) && more && self.has_thing(&before)
        })
    }

    /// "will send 40 howitzers and has already delivered 12 mortars", "handed over 12 mortars and promised
    /// another 40 howitzers": what has come is another gift than what is still to come.
    pub(super) fn come_act(&self) -> Option<usize> {
        let ahead = [Label::Will, Label::Would, Label::Expect, Label::Announce];
        let handed = |cue: &CueMention| {
            cue.label == Label::Arrive && cue.inflection.is_past_form() && cue.tokens.len() < 4
        };
        let hands = |range: &Range<usize>| self.sentence.cues_in(range).any(handed);
        let all = self.sentence.all();
        let counts = |range: &Range<usize>| {
            let mut items = self.sentence.items.iter();
            items.any(|item| range.contains(&item.tokens.start) && item.quantity.is_some())
        };
        let names = |range: &Range<usize>| {
            let mut items = self.sentence.items.iter().filter(|item| item.role != Role::Vague);
            items.any(|item| range.contains(&item.tokens.start))
        };
        all.clone().find(|at| {
            let (before, behind, near) = (0..*at, *at..all.end, at + 1..at + 5);
            let plans = |range: &Range<usize>| self.sentence.has_any(&ahead, range);
            let come = self.sentence.is(Label::Have, at + 1) && hands(&near);
            let more = self.sentence.cues_in(&near).any(|cue| {
                let object = cue.tokens.end..cue.tokens.end + 3;
                cue.label == Label::Give && self.sentence.has(Label::New, &object)
            });
            let to_come = (plans(&near) || more) && !hands(&behind) && hands(&before);
            self.goes_on_at(*at)
                && counts(&before)
                && names(&behind)
                && (come && plans(&before) && !hands(&before) || to_come && !plans(&before))
        })
    }

    /// "and is considering", "and is now preparing": a plan right behind "and".
    pub(super) fn considers_at(&self, at: usize) -> bool {
        // "is now": one more word beside "to be"
        let is = self.sentence.is_any(&[Label::Is, Label::Be], at + 1);
        let near = at + 1..at + 2 + 2 * usize::from(is);
        let plan = self.sentence.cues_in(&near).find(|cue| cue.label == Label::Expect);
        self.sentence.is(Label::And, at)
            && plan.is_some_and(|plan| !self.sentence.is(Label::Give, plan.tokens.start))
    }

    /// "and will also allocate", "and more recently promised": a finite verb of giving behind "and",
    /// with nobody and nothing between.
    pub(super) fn goes_on_at(&self, at: usize) -> bool {
        let near = at + 1..(at + 5).min(self.sentence.tokens.len());
        let verb = self.sentence.cues_in(&near).find(|cue| {
            let finite = matches!(cue.inflection, Inflection::Past | Inflection::Third);
            let helped = self.sentence.is_any(&[Label::Will, Label::Have], at + 1);
            matches!(cue.label, Label::Give | Label::Announce) && (finite || helped)
        });
        self.sentence.is(Label::And, at)
            && verb.is_some_and(|verb| {
                let between = at + 1..verb.tokens.start;
                self.sentence.mentions_in(&between).all(|m| matches!(m.value, Value::Date(_)))
            })
    }

    /// "and ten boats will follow", "and a further 40 tents will be sent": things that are still to come.
    pub(super) fn comes_at(&self, at: usize) -> bool {
        let mut items = self.sentence.items.iter();
        let thing = items.find(|item| item.quantity.is_some() && at < item.tokens.end);
        let thing = thing.filter(|item| (at + 1..at + 4).contains(&item.tokens.start));
        let before = 0..at;
        let done = |cue: &&CueMention| {
            cue.label == Label::Give
                && cue.inflection.is_past_form()
                && !self.sentence.has(Label::Clause, &(cue.tokens.end..at))
        };
        self.sentence.is(Label::And, at)
            && self.sentence.cues_in(&before).find(done).is_some()
            && thing.is_some_and(|item| {
                self.sentence.is_any(&[Label::Will, Label::Would], item.tokens.end)
            })
    }

    /// "; the four that Ottawa promised have arrived", "and in 2017 two helicopters were handed over":
    /// where a clause with a verb and things of its own begins, behind a semicolon or with a time.
    pub(super) fn clause_acts(&self) -> Vec<usize> {
        let all = self.sentence.all();
        let semicolon = |at: usize| self.sentence.is_sign(self.text(), at, &[";"]);
        let timed = |at: usize| {
            let date = |at: usize| {
                self.sentence
                    .mention_at(at)
                    .is_some_and(|mention| matches!(mention.value, Value::Date(_)))
            };
            self.sentence.is(Label::And, at) && (at + 1..at + 4).any(date)
        };
        // "on Tuesday, two days after it had given Kenya 20 mortars", "adding that Lisbon had sent three tanks"
        let said_at =
            |at: usize| (at.saturating_sub(1)..=at).any(|at| self.sentence.is(Label::Say, at));
        // "and said that 12 howitzers had reached the front"
        let counted = |near: &Range<usize>| {
            let mut items = self.sentence.items.iter().filter(|item| item.quantity.is_some());
            let thing = items.find(|item| near.contains(&item.tokens.start));
            thing.is_some_and(|item| {
                let verb = item.tokens.end..item.tokens.end + 2;
                self.sentence.has_any(&[Label::Have, Label::Had], &verb)
            })
        };
        let before = |at: usize| {
            let near = at + 1..at + 4;
            let actor = |mention: &Mention| matches!(mention.value, Value::Actor(_));
            let told = (self.sentence.has(Label::It, &near)
                || said_at(at) && self.sentence.mentions_in(&near).any(actor))
                && self.sentence.has(Label::Had, &near);
            self.sentence.is(Label::Clause, at) && (told || said_at(at) && counted(&near))
        };
        // "and a further 1,615 will be sent"
        let more = |at: usize| {
            let count = |at: usize| parties::bare_count(self.document, self.sentence, at).is_some();
            self.sentence.is(Label::And, at)
                && (at + 2..at + 4).any(|at| self.sentence.is(Label::New, at - 1) && count(at))
        };
        // "and four jets came after that"
        let came = |at: usize| {
            let mut items = self.sentence.items.iter();
            let thing = items.find(|item| item.quantity.is_some() && at < item.tokens.end);
            let thing = thing.filter(|item| item.tokens.start <= at + 2);
            thing.is_some_and(|item| {
                let near = item.tokens.end..item.tokens.end + 1;
                let mut verbs = self.sentence.cues_in(&near);
                self.sentence.is(Label::And, at)
                    && verbs.any(|cue| cue.is(Grade::Comes) && cue.inflection == Inflection::Past)
            })
        };
        // "said that it would give jets, and that two boats had gone to Fiji"
        let that = |at: usize| {
            let that = self.sentence.is(Label::Clause, at + 1)
                && self.sentence.is(Label::Definite, at + 1);
            let own = at + 2..at + 8;
            self.sentence.is(Label::And, at) && that && self.sentence.has(Label::Had, &own)
        };
        // "sealing a deal by which Prague had passed tanks on to Kyiv"
        let by_which = |at: usize| {
            let which = self.sentence.is(Label::Clause, at) && self.sentence.is(Label::It, at);
            let small = [Label::By, Label::In, Label::With];
            let opened = at > 0 && self.sentence.is_any(&small, at - 1);
            let (near, own) = (at + 1..at + 3, at + 2..at + 7);
            let actor = |mention: &Mention| matches!(mention.value, Value::Actor(_));
            let acts = self
                .sentence
                .cues_in(&own)
                .any(|cue| cue.label == Label::Give && cue.inflection != Inflection::Gerund);
            which && opened && acts && self.sentence.mentions_in(&near).any(actor)
        };
        let opens = |at: &usize| {
            let at = *at;
            that(at)
                || by_which(at)
                || semicolon(at)
                || timed(at)
                || before(at)
                || more(at)
                || came(at)
                || self.comes_at(at)
        };
        let places: Vec<usize> = all.clone().filter(opens).collect();
        let tells = |range: &Range<usize>| {
            let mut verbs = self.sentence.cues_in(range).filter(|cue| {
                // "will follow" only lists, where nothing came before it
                let follows = cue.label == Label::Include && self.comes_at(range.start);
                VERBS.contains(&cue.label) || cue.label == Label::Arrive || follows
            });
            verbs.any(|cue| !matches!(cue.inflection, Inflection::Gerund)) && self.has_thing(range)
        };
        let end_of = |at: usize| places.iter().find(|next| **next > at).map_or(all.end, |at| *at);
        places.iter().copied().filter(|at| tells(&(0..*at)) && tells(&(*at..end_of(*at)))).collect()
    }
}

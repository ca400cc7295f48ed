//! Running totals: the words and tenses by which a sum over several packages or over a period is
//! known from the value of one package.

use super::Reader;
use crate::lexicon::{Inflection, Label, Role};
use crate::mentions::{CueMention, Mention, Value};
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::ops::Range;

/// From this sum on, money that "has been given" is a running total even without further signs.
const LARGE_SUM: u64 = 10_000_000_000;

/// The first sentences tell the news: "have been given hardware worth more than 320 million rubles".
const LEAD: usize = 2;

impl Reader<'_> {
    pub(super) fn total_rule(
        &self,
        own: &Range<usize>,
        territory: &Range<usize>,
    ) -> Option<&'static str> {
        let territory = &self.with_label(own, territory);
        let before = territory.start..own.start;
        let after = own.end..territory.end;
        let last = before.end.checked_sub(1);
        let to = last.filter(|at| self.sentence.is(Label::To, *at));
        // "The value of all packages given to Kenya, with the latest one, is 40 million"
        let states = last.is_some_and(|at| self.sentence.is(Label::Be, at));
        let reach = if to.is_some() || states { 24 } else { 9 };
        if self.near_before(Label::TotalBefore, &before, reach)
            || self.sentence.is(Label::TotalBefore, own.start)
        {
            return Some("total.brings-to");
        }
        // "brings military aid to Lebanon to $220 million": the verb may stand before a receiver.
        let opening = 0..own.start;
        let sums = self.sentence.mentions_in(&opening);
        let sums = sums.filter(|mention| matches!(mention.value, Value::Money(_)));
        let from = sums.map(|mention| mention.tokens.end).max().unwrap_or(0);
        // "pushes American help to Peru beyond 40 million"
        let beyond = self.sentence.is(Label::MoreThan, own.start)
            && before.end.checked_sub(1).is_some_and(|at| {
                let links = [Label::By, Label::With, Label::Of, Label::For];
                !self.sentence.is_any(&links, at) && !self.sentence.is_any_sign(at)
            });
        let to = to.or_else(|| self.goal_as_share(&(from..own.start)));
        if (to.is_some() || beyond) && self.raises_aid(&(from..own.start)) {
            return Some("total.raises-to");
        }
        let is_new = self.is_new(own, &after);
        let old = |rule: Option<&'static str>| rule.filter(|_| !is_new);
        if self.states_help(own, territory) {
            return Some("total.help");
        }
        if let Some(rule) = self.former_rule(own, territory).filter(|_| !is_new) {
            return Some(rule);
        }
        old(self.told_in_perfect(own, territory))
            .or_else(|| self.told_over_time(own, territory, is_new))
            .or_else(|| {
                old(self.told_by_verb(own, territory)).filter(|_| !self.lies_ahead(&before))
            })
    }

    /// "will provide Kyiv with military aid totalling 819 million": what is still to be given adds up to
    /// nothing yet.
    fn lies_ahead(&self, before: &Range<usize>) -> bool {
        self.sentence.has(Label::Will, before)
            && self.sentence.has(Label::Give, before)
            && !self.sentence.has_any(&[Label::Have, Label::TotalBefore, Label::Raise], before)
    }

    /// "has given more than 40 billion", "has provided 5 billion so far".
    fn told_in_perfect(
        &self,
        own: &Range<usize>,
        territory: &Range<usize>,
    ) -> Option<&'static str> {
        let before = territory.start..own.start;
        let after = own.end..territory.end;
        let span = self.span_of_time(territory, &after);
        let perfect = self.perfect(territory);
        let weak = self.is_weak(own, territory);
        // "announce $800 million more, with ammunition for what we have already given"
        let added = self.sentence.is(Label::New, own.end);
        let late = !added && (self.counts_up(&after) || self.counts_up(&before));
        let large = self.is_large(own);
        let have = self.sentence.has(Label::Have, &before);
        if late && (perfect || weak || span || large || have || self.is_open(own)) {
            return Some("total.so-far");
        }
        let told = self.is_given_behind(own);
        if (perfect || told) && self.has_part_in(own) {
            return Some("total.part-of");
        }
        if span && (perfect || weak || self.is_open(own) || self.sentence.has(Label::Have, &before))
        {
            return Some("total.since");
        }
        // "has agreed on support worth about 6.7 billion" is one act, "has given about 80 billion" many;
        // "it has been handed over, and its value is about 200 million" tells the value of one.
        let valued = self.is_stated_value(own, &before);
        let leads = self.index <= LEAD && !self.headline_counts_up();
        let numbered = self.is_of_numbered(&before);
        // "has announced a fresh tranche of military aid, totalling 819 million"
        let one = numbered || self.is_of_one_batch(own);
        let weak = weak && !one;
        let decides = one || valued || self.sentence.has(Label::Announce, &before) || leads;
        let several =
            !decides && self.is_open(own) && !self.sentence.has(Label::PackageNoun, &after);
        let whole = self.includes_arms(own, territory);
        (perfect && (several || weak || large || whole)).then_some("total.perfect")
    }

    /// "Half a million shells given to date": what the lead tells is then a sum of many acts.
    fn headline_counts_up(&self) -> bool {
        self.document.sentences.iter().take(2).any(|sentence| {
            sentence.segment.kind == SegmentKind::Title && {
                let mut cues = sentence.cues.iter();
                cues.any(|cue| cue.label == Label::TotalAfter && cue.value.is_none())
            }
        })
    }

    /// "has given 1.7 billion, including 1.5 billion in military assistance": help as a whole, with the
    /// part of it that is arms.
    fn includes_arms(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let end = self.sentence.tokens.len();
        let part = own.end..(own.end + 12).min(end);
        let include = self.sentence.cues_in(&part).find(|cue| cue.label == Label::Include);
        let Some(include) = include else { return false };
        let sum = self.sentence.mentions_in(&(include.tokens.end..part.end)).next();
        let is_sum = |mention: &&Mention| {
            matches!(mention.value, Value::Money(_))
                && mention.tokens.start <= include.tokens.end + 1
        };
        sum.filter(is_sum).is_some_and(|sum| {
            let near = sum.tokens.end..(sum.tokens.end + 5).min(end);
            self.sentence.has(Label::Military, &near)
                && !self.sentence.has_any(&[Label::PackageNoun, Label::New], territory)
        })
    }

    /// Whether a sum is large in a currency of which it is known what the greatest package is worth.
    fn is_large(&self, own: &Range<usize>) -> bool {
        let value = self.sentence.mention_at(own.start).map(|mention| &mention.value);
        let Some(Value::Money(money)) = value else { return false };
        let donor = self.document.main_donor.as_deref();
        let currency = self.document.currency(&money.currency, self.index, own.start, donor);
        currency.is_some_and(|currency| self.document.lexicon.greatest_sum(currency).is_some())
            && money.bounds.figure() >= Decimal::from(LARGE_SUM)
    }

    /// "in 2022 the UK gave £2.3 billion", "allocated 650 million in the two months".
    fn told_over_time(
        &self,
        own: &Range<usize>,
        territory: &Range<usize>,
        is_new: bool,
    ) -> Option<&'static str> {
        let before = territory.start..own.start;
        let perfect = self.perfect(territory);
        // "Norwegian help for the army, some 150 million last year, goes on"
        let apposed = own.start.checked_sub(1).is_some_and(|at| self.sentence.is_any_sign(at))
            && self.sentence.has(Label::AidNoun, &before);
        let spends = (apposed || self.sentence.has(Label::AidNoun, &(own.end..territory.end)))
            && self
                .sentence
                .mentions_in(&before)
                .any(|m| self.document.actor_code(&m.value).is_some());
        let helped = self.sentence.has(Label::Receive, territory)
            && (self.sentence.has(Label::AidNoun, territory) || self.is_worth_of_arms(own));
        let acts = [Label::Give, Label::Arrive];
        let gives = spends || helped || self.sentence.has_any(&acts, territory);
        let route = self.sentence.mentions_in(territory).any(|mention| {
            matches!(mention.value, Value::Mechanism(_)) && self.sentence.has(Label::Be, territory)
        });
        // "In 2008, it had announced a $5 million grant": one of them.
        let at = own.start.wrapping_sub(1);
        let single = self.sentence.is(Label::Indefinite, at)
            || self.values_a_thing(own, &before)
            || self.is_decided_now(territory);
        if !single && self.is_of_a_year(own, territory) && (perfect || route || gives) {
            return Some("total.year");
        }
        let over = self.is_of_months(own, territory) || self.is_between_years(territory);
        let having = self.sentence.has(Label::Have, &before);
        let done = perfect || self.is_past(territory) || self.goes_on_until_now(territory);
        // "had approved a sixth one, which has a value of 40 million over 36 months"
        if !is_new && over && (done || having) && !self.is_stated_value(own, &before) {
            return Some("total.period");
        }
        // "All in all, the government gave arms for 700 million"
        let opening = before.start..(before.start + 6).min(before.end);
        let long = self.sentence.cues_in(&opening).any(|cue| {
            cue.label == Label::TotalAfter
                && cue.tokens.len() > 2
                && cue.tokens.start <= before.start + 1
        });
        if !is_new
            && long
            && !self.values_a_thing(own, &before)
            && self.is_past(territory)
            && !self.sentence.has(Label::PackageNoun, territory)
        {
            return Some("total.so-far");
        }
        let several = |in_words: bool, known: bool| {
            before.clone().any(|at| {
                self.counts_several(at)
                    // "the forty-sixth package", "its 46th package"
                    && !(at..at + 3).any(|at| {
                        self.sentence.is_any(&[Label::Ordinal, Label::OrdinalEnding], at)
                    })
                    && (!in_words || self.sentence.is(Label::Number, at) || self.counts_many(at, own))
                    && (!known || self.sentence.has(Label::Definite, &(at.saturating_sub(2)..at)))
                    // "the larger of the two, a package of"
                    && !self.sentence.is_any_sign(at + 1)
                    && self.sentence.has(Label::PackageNoun, &(at + 1..at + 4))
            })
        };
        let acts = self.sentence.has_any(&[Label::Give, Label::Announce], territory);
        let joined = self.sentence.has(Label::TotalAfter, &before);
        let summed = acts && self.is_weak(own, territory) || joined;
        // "All told, the 24 packages have a value of", "The first five packages were worth"
        let told = !acts && !is_new && several(false, true);
        // "has given 11 packages worth 175 million"
        let worth = acts && self.perfect(territory) && self.counts_packages_worth(own, &before);
        (summed && several(acts || !joined, false) || told || worth)
            .then_some("total.several-packages")
    }

    /// "aid exceeds 500 million", "support stands at 2 billion", "If one counts from 2014, it comes to
    /// more than $19 billion".
    fn told_by_verb(&self, own: &Range<usize>, territory: &Range<usize>) -> Option<&'static str> {
        let before = territory.start..own.start;
        let after = own.end..territory.end;
        let acts = self.sentence.has_any(&[Label::Give, Label::Announce], territory);
        // "Since 2021 it was used 55 times; this accounts for about $31.7 billion"
        let refers = self.sentence.is(Label::Definite, before.start)
            && self.sentence.has(Label::Since, &(0..before.start));
        let sums_up = self.near_before(Label::TotalWeak, &before, 4)
            && self.is_open(own)
            && (refers || self.sentence.has(Label::It, &before))
            && !self.sentence.has(Label::PackageNoun, territory)
            && !self.follows_act();
        let elliptic = self.sentence.is(Label::TotalWeak, own.start)
            && !self.sentence.has(Label::PackageNoun, &before);
        if self.values_what_was_given(&before) {
            return Some("total.value-of-given");
        }
        if self.help_reaches(own, &before)
            || self.total_help(&before)
            || (elliptic || sums_up) && !acts
        {
            return Some("total.exceeds");
        }
        if self.span_of_time(territory, &after) && !acts {
            return Some("total.since");
        }
        let late = self.counts_up(&after) || self.counts_up(&before);
        // "In the first quarter 1,200 drones worth 3.8 million were delivered"
        (late && !acts && !self.values_a_thing(own, &before)).then_some("total.so-far")
    }

    /// "defence budget rises to", "arms exports rose to": what adds up is no help.
    pub(super) fn total_of_other(
        &self,
        own: &Range<usize>,
        territory: &Range<usize>,
    ) -> Option<&'static str> {
        if self.near_before(Label::Loan, &(territory.start..own.start), 5) {
            return Some("loan");
        }
        // "What has been received in four years is not far below 200 million"
        let before = territory.start..own.start;
        if self.near_before(Label::Frame, &before, 2) && !self.perfect(&before) {
            return Some("frame");
        }
        let aid = [Label::AidNoun, Label::PackageNoun, Label::Give, Label::Receive];
        let route = |m: &Mention| matches!(m.value, Value::Mechanism(_));
        if self.sentence.has_any(&aid, territory) || self.sentence.mentions_in(territory).any(route)
        {
            return None;
        }
        let subject = self.subject(&(territory.start..own.start));
        let other = [
            (Label::Frame, "frame"),
            (Label::Sale, "sale"),
            (Label::Domestic, "own-industry"),
            (Label::OtherMoney, "other-money"),
        ];
        other
            .iter()
            .find(|(label, _)| self.sentence.has(*label, &subject))
            .map(|(_, reason)| *reason)
    }

    /// A word that makes a sum of sums: "a total of", "amounts to".
    fn is_weak(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        self.near_before(Label::TotalWeak, &(territory.start..own.start), 7)
            || self.sentence.is(Label::TotalWeak, own.start)
            || self.near_after(Label::TotalWeak, &(own.end..territory.end), 12)
    }

    /// "With this package, Latvia's support reaches": help, and no package, is the subject of a verb
    /// that sums up.
    fn help_reaches(&self, own: &Range<usize>, before: &Range<usize>) -> bool {
        let near = before.start.max(before.end.saturating_sub(4))..own.start + 1;
        let verb = self.sentence.cues_in(&near).rfind(|cue| cue.label == Label::TotalWeak);
        let verb = verb.or_else(|| self.sentence.ending_at(Label::TotalWeak, own.start));
        let Some(verb) = verb else { return false };
        let subject = self.subject(&(before.start..verb.tokens.start));
        // "The Spanish commitment for this year amounts to"
        if self.sentence.has(Label::PackageNoun, &subject)
            && self.sentence.has(Label::Year, &subject)
            && !self.sentence.has(Label::New, &subject)
        {
            return true;
        }
        let things = |mention: &Mention| match mention.value {
            Value::Materiel(number) => {
                self.document.lexicon.materiel_at(number).role != Role::Vague
            }
            // "what it got in four years"
            Value::Number(_) => !self.sentence.is(Label::TimeUnit, mention.tokens.end),
            Value::System(_) => true,
            _ => false,
        };
        // "what Benin gets from the Facility comes to"
        let whatever = self.sentence.has_any(&[Label::Give, Label::Receive], &subject)
            && !self.sentence.mentions_in(&subject).any(things);
        let help = self.sentence.has(Label::AidNoun, &subject) && !self.acts(&subject);
        (help || whatever)
            && !self.sentence.has_any(&[Label::PackageNoun, Label::Loan, Label::New], &subject)
    }

    /// "the total Danish support is now almost 11 billion": help as a whole is what the sum measures.
    fn total_help(&self, before: &Range<usize>) -> bool {
        let named = |cue: &CueMention| {
            let words = cue.tokens.start..(cue.tokens.end + 4).min(before.end);
            // In "amounts to" the noun is a verb.
            let verb = |at: usize| at == cue.tokens.start && cue.tokens.len() > 1;
            let noun = words.clone().find(|at| self.sentence.is(Label::AidNoun, *at) && !verb(*at));
            noun.is_some_and(|noun| {
                let words = words.start..noun + 2;
                !self.sentence.has_any(&[Label::PackageNoun, Label::New, Label::Of], &words)
            })
        };
        self.sentence.cues_in(before).any(|cue| cue.label == Label::TotalWeak && named(cue))
    }

    /// Whether a verb of giving stands in the past tense.
    fn is_past(&self, territory: &Range<usize>) -> bool {
        self.sentence
            .cues_in(territory)
            .filter(|cue| matches!(cue.label, Label::Give | Label::Receive | Label::Arrive))
            .any(|cue| cue.inflection == Inflection::Past)
    }

    /// "The Council adopted a measure. It amounts to 40 million": the sentence before tells an act
    /// without a value, and "it" is what was decided.
    fn follows_act(&self) -> bool {
        let previous = self.index.checked_sub(1).map(|index| &self.document.sentences[index]);
        previous.is_some_and(|previous| {
            self.sentence.is(Label::It, 0)
                && !self.previous_has_sum()
                && previous.has(Label::Announce, &previous.all())
                && previous.has(Label::PackageNoun, &previous.all())
        })
    }

    /// "has provided", "have been authorized".
    pub(super) fn perfect(&self, territory: &Range<usize>) -> bool {
        self.sentence.cues_in(territory).any(|cue| {
            cue.label == Label::Have && {
                let reach = cue.tokens.end..(cue.tokens.end + 5).min(territory.end);
                self.sentence.cues_in(&reach).any(|verb| {
                    matches!(
                        verb.label,
                        Label::Give | Label::Announce | Label::Arrive | Label::Receive
                    ) && verb.inflection.is_past_form()
                })
            }
        })
    }

    /// "more than", "over", "about", "nearly": how running totals are told.
    pub(super) fn is_open(&self, own: &Range<usize>) -> bool {
        use crate::model::Qualifier;
        let value = self.sentence.mention_at(own.start).map(|mention| &mention.value);
        matches!(value, Some(Value::Money(money)) if !matches!(money.bounds.qualifier(), Qualifier::Exact | Qualifier::UpTo | Qualifier::Range))
    }
}

//! Running totals: the words and tenses by which a sum over several packages or over a period is
//! known from the value of one package.

use super::Reader;
use crate::lexicon::{Inflection, Label};
use crate::mentions::{CueMention, DateExpression, Value};
use rust_decimal::Decimal;
use std::ops::Range;

/// From this sum on, money that "has been given" is a running total even without further signs.
const LARGE_SUM: u64 = 10_000_000_000;

/// The first sentences tell the news: "have been given hardware worth more than 320 million rubles".
const LEAD: usize = 2;

/// How far before "to date", in tokens, a superlative makes it a comparison.
const COMPARISON: usize = 9;

impl Reader<'_> {
    pub(super) fn total_rule(
        &self,
        own: &Range<usize>,
        territory: &Range<usize>,
    ) -> Option<&'static str> {
        let before = territory.start..own.start;
        let after = own.end..territory.end;
        let to = before.end.checked_sub(1).filter(|at| self.sentence.is(Label::To, *at));
        let reach = if to.is_some() { 24 } else { 9 };
        if self.near_before(Label::TotalBefore, &before, reach)
            || self.sentence.is(Label::TotalBefore, own.start)
        {
            return Some("total.brings-to");
        }
        if to.is_some() && self.raises_aid(&before) {
            return Some("total.raises-to");
        }
        let span = self.span_of_time(territory, &after);
        let perfect = self.perfect(territory);
        let weak = self.near_before(Label::TotalWeak, &before, 7)
            || self.sentence.is(Label::TotalWeak, own.start)
            || self.near_after(Label::TotalWeak, &after, 12);
        let late = self.counts_up(&after) || self.counts_up(&before);
        let is_new = self.is_new(own, &after);
        if late && !is_new && (perfect || weak || span || self.is_open(own)) {
            return Some("total.so-far");
        }
        if span && !is_new && (perfect || weak || self.is_open(own)) {
            return Some("total.since");
        }
        // "has agreed on support worth about 6.7 billion" is one act, "has given about 80 billion" many.
        let decides = self.sentence.has(Label::Announce, &before) || self.index <= LEAD;
        if perfect
            && !decides
            && !is_new
            && self.is_open(own)
            && !self.sentence.has(Label::PackageNoun, &after)
        {
            return Some("total.perfect");
        }
        let large = self.sentence.mention_at(own.start).is_some_and(|mention| {
            matches!(&mention.value, Value::Money(money) if money.bounds.figure() >= Decimal::from(LARGE_SUM))
        });
        if perfect && (weak || large) && !is_new {
            return Some("total.perfect");
        }
        let route = self.sentence.mentions_in(territory).any(|mention| {
            matches!(mention.value, Value::Mechanism(_)) && self.sentence.has(Label::Be, territory)
        });
        if self.is_of_a_year(own, territory)
            && (perfect || route || self.sentence.has_any(&[Label::Give, Label::Arrive], territory))
        {
            return Some("total.year");
        }
        let acts = self.sentence.has_any(&[Label::Give, Label::Announce], territory);
        let several = self.sentence.cues_in(&before).any(|cue| {
            cue.label == Label::Number
                && cue.value.is_some_and(|value| value > Decimal::ONE)
                && self.sentence.has(Label::PackageNoun, &(cue.tokens.end..cue.tokens.end + 3))
        });
        if several && weak {
            return Some("total.several-packages");
        }
        let reaches = self.near_before(Label::TotalWeak, &before, 4)
            && self.sentence.has(Label::AidNoun, &before)
            && !self.sentence.has_any(&[Label::PackageNoun, Label::Loan], &before);
        // "If one counts from 2014, it comes to more than $19 billion."
        let sums_up = self.near_before(Label::TotalWeak, &before, 4)
            && self.is_open(own)
            && self.sentence.has(Label::It, &before)
            && !self.sentence.has(Label::PackageNoun, territory)
            && !self.follows_act();
        if (self.sentence.is(Label::TotalWeak, own.start) || reaches || sums_up) && !is_new && !acts
        {
            return Some("total.exceeds");
        }
        if span && !is_new && !acts {
            return Some("total.since");
        }
        if late && !is_new && !acts {
            return Some("total.so-far");
        }
        None
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

    /// "so far", "to date", unless it only ends a comparison: "the largest package to date".
    fn counts_up(&self, range: &Range<usize>) -> bool {
        let compares =
            |at: usize| self.sentence.has(Label::Superlative, &(at.saturating_sub(COMPARISON)..at));
        self.sentence
            .cues_in(range)
            .any(|cue| cue.label == Label::TotalAfter && !compares(cue.tokens.start))
    }

    /// "takes Australia's contribution to $790 million".
    pub(super) fn raises_aid(&self, before: &Range<usize>) -> bool {
        let noun = |range: &Range<usize>| {
            self.sentence.has_any(&[Label::AidNoun, Label::PackageNoun, Label::TotalWeak], range)
        };
        self.sentence
            .cues_in(before)
            .any(|cue| cue.label == Label::Raise && noun(&(cue.tokens.end..before.end)))
    }

    /// "has provided £2.3 billion this year", "in 2022 the UK gave £2.3 billion": a sum over a year.
    pub(super) fn is_of_a_year(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let near = territory.start..territory.end.min(own.end + 8);
        let year = self.sentence.mentions_in(&near).any(|mention| match mention.value {
            Value::Date(DateExpression::Full(date)) => date.month_number().is_none(),
            _ => false,
        });
        let other = [
            Label::PackageNoun,
            Label::New,
            Label::Since,
            Label::Will,
            Label::Loan,
            Label::Withdraw,
        ];
        year && !self.sentence.has_any(&other, territory)
    }

    /// "since August 2021", "over the past year" after a sum or before it.
    pub(super) fn span_of_time(&self, territory: &Range<usize>, after: &Range<usize>) -> bool {
        // "the twenty-third drawdown since August 2021, valued at": the span belongs to the count.
        let counted = |cue: &CueMention| {
            self.sentence
                .mentions_in(&(cue.tokens.start.saturating_sub(4)..cue.tokens.start))
                .any(|m| matches!(m.value, Value::Ordinal(_)))
                || (cue.tokens.start.saturating_sub(6)..cue.tokens.start)
                    .any(|at| self.sentence.is_any(&[Label::Ordinal, Label::OrdinalEnding], at))
        };
        self.sentence.cues_in(territory).any(|cue| {
            cue.label == Label::Since
                && !counted(cue)
                && (cue.tokens.start >= after.start
                    || cue.tokens.start < territory.start + 8
                    || cue.tokens.start + 12 > after.start)
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
                    ) && matches!(verb.inflection, Inflection::Participle | Inflection::Past)
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

    /// "a new $400 million package", "another $350m", "a package of $3bn".
    pub(super) fn is_new(&self, own: &Range<usize>, after: &Range<usize>) -> bool {
        let from = own.start.saturating_sub(4);
        let new = (from..own.start).any(|at| {
            self.sentence.is(Label::New, at)
                && !self.sentence.is_any(&[Label::MoreThan, Label::TotalAfter], at)
        });
        let article =
            own.start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Indefinite, at));
        let package = (after.start..(after.start + 5).min(after.end))
            .any(|at| self.sentence.is(Label::PackageNoun, at));
        let package_of = (from..own.start).any(|at| self.sentence.is(Label::PackageNoun, at))
            && (from..own.start).any(|at| self.sentence.is(Label::Indefinite, at));
        new || article && package || package_of
    }
}

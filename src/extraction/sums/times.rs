//! The times that running totals are told of: since a day, so far, between two years, over months.

use super::Reader;
use crate::extraction::document::is_arms;
use crate::lexicon::{Grade, Inflection, Label, PartyKind, Role};
use crate::mentions::{CueMention, DateExpression, ItemMention, Mention, Value};
use crate::model::CivilDate;
use rust_decimal::Decimal;
use std::ops::Range;

/// How far before "to date", in tokens, a superlative makes it a comparison.
const COMPARISON: usize = 9;

/// Within so many tokens behind a sum stands what it is for.
const THINGS: usize = 4;

/// So many tokens before the sum of a year stands the budget that it is.
const FRAMED: usize = 6;

/// How many tokens an ordinal and the beginning of the span in which it counts may stand apart.
const COUNT: usize = 16;

/// So many packages may be given at once.
const MANY: u32 = 4;

impl Reader<'_> {
    /// "Between 2014 and 2022", "from 2022 to 2024": years that are over.
    pub(super) fn is_between_years(&self, territory: &Range<usize>) -> bool {
        let published = self.document.published();
        let is_over = |mention: &Mention| match mention.value {
            Value::Date(DateExpression::Full(date)) if !date.is_day() => {
                let month = |date: &CivilDate| (date.year_number(), date.month_number());
                published.is_none_or(|day| match date.month_number() {
                    Some(_) => month(&date) <= month(&day),
                    None => date.year_number() <= day.year_number(),
                })
            }
            _ => false,
        };
        self.sentence.mentions_in(territory).filter(|mention| is_over(mention)).any(|mention| {
            let at = mention.tokens.start;
            let link = at.saturating_sub(2)..at;
            let opening = at.saturating_sub(4)..at.saturating_sub(1);
            self.sentence.has_any(&[Label::And, Label::To, Label::Until], &link)
                && self.sentence.has_any(&[Label::Between, Label::From], &opening)
        })
    }

    /// "in the two months", "over the last quarter", "has given in five years": months or years that are counted, and not ahead.
    pub(super) fn is_of_months(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let near = territory.start..territory.end.min(own.end + 10);
        self.sentence.cues_in(&near).any(|cue| {
            let start = cue.tokens.start;
            let words = start.saturating_sub(3)..start;
            cue.label == Label::TimeUnit
                && cue.value.is_some_and(|days| days >= Decimal::from(28))
                && words.clone().any(|at| self.is_number(at))
                && (self.perfect(territory)
                    || words.clone().any(|at| self.sentence.is(Label::Definite, at)))
                && (start.saturating_sub(5)..start)
                    .any(|at| self.sentence.is_any(&[Label::In, Label::MoreThan], at))
                && !self
                    .sentence
                    .has_any(&[Label::Will, Label::Would], &self.between_commas(own, &near))
                && (self.perfect(territory) || !self.is_coming(&near))
        })
    }

    /// "twelve", "12"
    fn is_number(&self, at: usize) -> bool {
        let number = |mention: &Mention| matches!(mention.value, Value::Number(_));
        self.sentence.is(Label::Number, at) || self.sentence.mention_at(at).is_some_and(number)
    }

    /// "two", "24": more than one.
    pub(super) fn counts_several(&self, at: usize) -> bool {
        self.count_at(at).is_some_and(|count| count > Decimal::ONE)
    }

    /// "13 packages totalling 671 million": more than are given at once, and nothing set apart from them.
    pub(super) fn counts_many(&self, at: usize, own: &Range<usize>) -> bool {
        self.count_at(at).is_some_and(|count| count > Decimal::from(MANY))
            && !(at..own.start).any(|at| self.sentence.is_any_sign(at))
    }

    fn count_at(&self, at: usize) -> Option<Decimal> {
        let word = self.sentence.starting_at(Label::Number, at).and_then(|cue| cue.value);
        let figure = self.sentence.mention_at(at).and_then(|mention| match &mention.value {
            Value::Number(bounds) => Some(bounds.figure()),
            _ => None,
        });
        word.or(figure)
    }

    /// The stretch between the commas on both sides of a sum.
    fn between_commas(&self, own: &Range<usize>, near: &Range<usize>) -> Range<usize> {
        let comma = |at: &usize| self.sentence.is_sign(self.text(), *at, &[",", ";"]);
        let start = (near.start..own.start).rev().find(comma).unwrap_or(near.start);
        start..(own.end..near.end).find(comma).unwrap_or(near.end)
    }

    /// "takes its help to more than 1% of gross domestic product, or 370 million": the word for the goal,
    /// which is told as a share of something first.
    pub(super) fn goal_as_share(&self, before: &Range<usize>) -> Option<usize> {
        let or = before.end.checked_sub(1)?;
        let apposed = self.sentence.is(Label::Conversion, or)
            && or > before.start
            && self.sentence.is_sign(self.text(), or - 1, &[","]);
        let near = or.saturating_sub(COUNT).max(before.start)..or;
        let to = near.clone().rfind(|at| self.sentence.is(Label::To, *at))?;
        let mut behind = self.sentence.cues_in(&(to..or));
        (apposed && behind.any(|cue| cue.is(Grade::OfEconomy))).then_some(to)
    }

    /// "in the next two months"
    fn is_coming(&self, range: &Range<usize>) -> bool {
        let mut shifts = self.sentence.cues_in(range).filter(|c| c.label == Label::DateShift);
        shifts.any(|cue| cue.value.is_some_and(|shift| shift > Decimal::ZERO))
    }

    /// "in the last 12 months providing about 5 billion": what was going on in the time that is over.
    pub(super) fn goes_on_until_now(&self, territory: &Range<usize>) -> bool {
        let over = |cue: &CueMention| {
            cue.label == Label::DateShift && cue.value.is_some_and(|shift| shift < Decimal::ZERO)
        };
        let gives =
            |cue: &CueMention| cue.label == Label::Give && cue.inflection == Inflection::Gerund;
        self.sentence.cues_in(territory).any(over) && self.sentence.cues_in(territory).any(gives)
    }

    /// "so far", "to date", unless it only ends a comparison: "the largest package to date".
    pub(super) fn counts_up(&self, range: &Range<usize>) -> bool {
        let compares =
            |at: usize| self.sentence.has(Label::Superlative, &(at.saturating_sub(COMPARISON)..at));
        // "The cars, worth 320 million in all": the parts of one gift.
        let all = self.sentence.all();
        let one = || {
            let mut cues = self.sentence.cues_in(&all);
            let worth = cues.any(|cue| {
                cue.label == Label::Worth && self.sentence.span_of(&cue.tokens).len() > 4
            });
            worth && !self.perfect(&all)
        };
        self.sentence.cues_in(range).any(|cue| {
            cue.label == Label::TotalAfter
                && !compares(cue.tokens.start)
                && (cue.value.is_none() || !one())
                && !(cue.is(Grade::Done) && (self.is_dated(cue) || self.is_done_of_it(cue, range)))
        })
    }

    /// "paid 100 million for shells, half of which have already been shipped": what is done by now is told of the
    /// things.
    fn is_done_of_it(&self, already: &CueMention, range: &Range<usize>) -> bool {
        self.sentence.has(Label::Clause, &(range.start..already.tokens.start))
    }

    /// "had already sent 300 million on January 22": an act with a day of its own.
    fn is_dated(&self, already: &CueMention) -> bool {
        let spans = [Label::Since, Label::Until, Label::Between, Label::From, Label::Of];
        self.sentence.mentions.iter().any(|mention| {
            let start = mention.tokens.start;
            let dates = match mention.value {
                Value::Date(DateExpression::Full(date)) => date.month_number().is_some(),
                Value::Date(DateExpression::Undated { .. } | DateExpression::Relative(_)) => false,
                Value::Date(_) => true,
                _ => false,
            };
            dates
                && !self.sentence.has_any(&spans, &(start.saturating_sub(3)..start))
                && !self.sentence.has(Label::Clause, &(already.tokens.end..start))
        })
    }

    /// "has provided £2.3 billion this year", "in 2022 the UK gave £2.3 billion": a sum over a year.
    pub(super) fn is_of_a_year(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let near = territory.start..territory.end.min(own.end + 8);
        let year = self.sentence.mentions_in(&near).any(|mention| match mention.value {
            Value::Date(DateExpression::Full(date)) => date.month_number().is_none(),
            _ => false,
        });
        // "Last year, London spent £2.3 billion": in one breath with the sum.
        let year = year
            || self.sentence.cues_in(&near).any(|cue| {
                // "at last year's summit" is a day, and no sum over the year.
                cue.label == Label::Year
                    && !self.is_year_of_month(cue)
                    && !self.sentence.is(Label::Genitive, cue.tokens.end)
                    && !(cue.tokens.end + 1..own.start).any(|at| self.sentence.is_any_sign(at))
            });
        let other = [Label::PackageNoun, Label::New, Label::Since, Label::Loan, Label::Withdraw];
        // "has promised 350 million to the drone coalition this year" is its share.
        let group = |mention: &Mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| self.document.lexicon.party_kind(code) == PartyKind::Group)
        };
        let paid_in = self.sentence.is(Label::To, own.end)
            && self.sentence.mentions_in(&(own.end..own.end + THINGS)).any(group);
        // "its budget for this year is 5 billion yen"
        let before = own.start.saturating_sub(FRAMED).max(territory.start)..own.start;
        let framed = self
            .sentence
            .cues_in(&before)
            .any(|cue| cue.label == Label::Frame && !self.sentence.is(Label::In, cue.tokens.start));
        // "gave 2.3 billion in 2022 and will match that": what is planned behind it is another sum.
        let given = self
            .sentence
            .cues_in(&before)
            .any(|cue| cue.label == Label::Give && cue.inflection == Inflection::Past);
        let told = if given { territory.start..own.start } else { territory.clone() };
        year && !framed
            && !paid_in
            && !self.sentence.has(Label::Will, &told)
            && !self.sentence.has_any(&other, territory)
            && !self.is_worth_of_things(own)
            && !self.is_for_things(own, territory)
    }

    /// "gave 20 million for fuel in 2023": what is no weapon and named right behind an
    /// exact sum is one gift.
    fn is_for_things(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let near = own.end..(own.end + THINGS).min(territory.end);
        let arms = |item: &ItemMention| is_arms(self.document.lexicon, item);
        let mut items =
            self.sentence.items.iter().filter(|item| item.role != Role::Vague && !arms(item));
        let named = items.any(|item| near.contains(&item.tokens.start));
        named && !self.is_open(own)
    }

    /// "in December of last year": a month.
    fn is_year_of_month(&self, year: &CueMention) -> bool {
        let before = |back| year.tokens.start.checked_sub(back);
        before(1).is_some_and(|at| self.sentence.is(Label::Of, at))
            && before(2).is_some_and(|at| self.sentence.is(Label::Month, at))
    }

    /// "is setting aside 6.7 billion this year", "on Tuesday promised 977 million in 2024": what is told in
    /// the present, or with its day, is decided now, and adds nothing up.
    pub(super) fn is_decided_now(&self, territory: &Range<usize>) -> bool {
        let acts =
            |cue: &&CueMention| matches!(cue.label, Label::Give | Label::Announce | Label::Receive);
        let mut told = self.sentence.cues_in(territory).filter(acts).peekable();
        let some = told.peek().is_some();
        let present = told.all(|cue| !cue.inflection.is_past_form());
        let day = |mention: &Mention| {
            matches!(
                mention.value,
                Value::Date(DateExpression::Weekday { .. } | DateExpression::Relative(_))
            )
        };
        let have = [Label::Have, Label::Had];
        some && (present || self.sentence.mentions.iter().any(day))
            && !self.sentence.has_any(&have, territory)
    }

    /// "gave Kenya four helicopters worth 110 million last year", "$40 million worth of ten trucks": the
    /// value of counted things is that of one package.
    fn is_worth_of_things(&self, own: &Range<usize>) -> bool {
        let worth = own.start.saturating_sub(4)..own.start;
        let before = self.sentence.cues_in(&worth).rfind(|cue| cue.label == Label::Worth);
        let after = self.sentence.starting_at(Label::Worth, own.end);
        self.sentence.items.iter().any(|item| {
            let near = |gap: usize| gap <= 3;
            let bears = before.is_some_and(|cue| {
                item.tokens.end <= cue.tokens.start && near(cue.tokens.start - item.tokens.end)
            });
            let borne = after.is_some_and(|cue| {
                cue.tokens.end <= item.tokens.start && near(item.tokens.start - cue.tokens.end)
            });
            item.quantity.is_some() && (bears || borne)
        })
    }

    /// "since August 2021", "over the past year" after a sum or before it.
    pub(super) fn span_of_time(&self, territory: &Range<usize>, after: &Range<usize>) -> bool {
        // "the twenty-third drawdown since August 2021, valued at": the span belongs to the count.
        let counted = |cue: &CueMention| {
            self.counts_packages(cue)
                || self
                    .sentence
                    .mentions_in(&(cue.tokens.start.saturating_sub(4)..cue.tokens.start))
                    .any(|m| matches!(m.value, Value::Ordinal(_)))
                || (cue.tokens.start.saturating_sub(6)..cue.tokens.start)
                    .any(|at| self.sentence.is_any(&[Label::Ordinal, Label::OrdinalEnding], at))
        };
        // "the most extensive since the invasion began" compares.
        let compares = |cue: &CueMention| {
            let before = cue.tokens.start.saturating_sub(COMPARISON)..cue.tokens.start;
            self.sentence.has(Label::Superlative, &before)
        };
        self.sentence.cues_in(territory).any(|cue| {
            cue.label == Label::Since
                && !counted(cue)
                && !compares(cue)
                && !self.is_in_closed_clause(cue, after.start)
                && (cue.tokens.start >= after.start
                    || cue.tokens.start < territory.start + 8
                    || cue.tokens.start + 12 > after.start)
        })
    }

    /// "In Gambia, where officers have taught since 1991, boots worth 6 million were given": a clause that a
    /// comma closes before the sum.
    fn is_in_closed_clause(&self, since: &CueMention, sum: usize) -> bool {
        let comma = |at: &usize| self.sentence.is_sign(self.text(), *at, &[","]);
        let opens = (0..since.tokens.start)
            .rev()
            .find(comma)
            .is_some_and(|at| at > 0 && self.sentence.starting_at(Label::Clause, at + 1).is_some());
        opens && (since.tokens.end..sum).any(|at| comma(&at))
    }

    /// "worth 8 million, and is the ninth drawdown that he has directed since 2021": the span belongs to
    /// the count, whatever is told of what was counted.
    fn counts_packages(&self, since: &CueMention) -> bool {
        let mut before = since.tokens.start.saturating_sub(COUNT)..since.tokens.start;
        let words = [Label::Ordinal, Label::OrdinalEnding];
        let counted = before.rfind(|at| self.sentence.is_any(&words, *at));
        counted.is_some_and(|counted| {
            let apart = counted + 1..since.tokens.start;
            let sum = |mention: &Mention| matches!(mention.value, Value::Money(_));
            !self.sentence.mentions_in(&apart).any(sum)
                && !apart.clone().any(|at| self.sentence.is_any_sign(at))
        })
    }
}

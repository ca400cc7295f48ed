//! Sums of money: a number with a currency before or after it, ranges, and bare figures that take
//! the currency of a sum beside them.

mod names;

use super::numbers::{self, Reading, qualifier_before};
use super::{CueMention, Mention, Sentence, Value};
use crate::lexicon::{
    CurrencyForm, KnownToken, Label, Lexicon,
    token::{Joint, TokenKind},
};
use crate::model::{Bounds, Currency, Qualifier};
use rust_decimal::Decimal;
use std::ops::Range;

/// Below this a number joined to a currency by a hyphen is a weight, not a sum.
const LEAST_HYPHENED: u32 = 10_000;

/// From this power of ten on, a figure without a currency that shares in what was told is money.
const BILLION: u32 = 1_000_000_000;

/// The currency of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoneyCurrency {
    /// One currency.
    Known(Currency),
    /// A name that several currencies bear (`*dollar`): the giver decides.
    Group(String),
    /// None was written: a sum beside it decides.
    Missing,
}

impl MoneyCurrency {
    /// What a form stands for: one currency, or a group of them.
    pub fn of(form: &CurrencyForm) -> Self {
        form.code.parse().map_or_else(|_| Self::Group(form.code.clone()), Self::Known)
    }
}

/// A sum of money as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// Its low and high end.
    pub bounds: Bounds,
    /// Its currency.
    pub currency: MoneyCurrency,
}

/// Finds sums of money among the tokens; `names` are the lexicon names of the sentence.
pub fn find(lexicon: &Lexicon, text: &str, sentence: &Sentence, names: &[Mention]) -> Vec<Mention> {
    let finder = Finder { lexicon, text, sentence, names };
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        match finder.at(at) {
            Some(mention) => {
                at = mention.tokens.end.max(at + 1);
                mentions.push(mention);
            }
            None => at += 1,
        }
    }
    let known = mentions.iter().any(|mention| is_known(&mention.value));
    let mut bare = finder.bare(&mentions, !known);
    if !known && !bare.is_empty() {
        // "87 million since 2021 and 62.75 million": beside one that is money the others are too.
        bare = finder.bare(&mentions, false);
    }
    mentions.extend(bare);
    mentions
}

/// Whether a value is a sum in a currency that was written.
pub fn is_known(value: &Value) -> bool {
    matches!(value, Value::Money(money) if money.currency != MoneyCurrency::Missing)
}

/// Whether a number has a power of ten or is as large as one that has.
fn is_great(reading: &Reading) -> bool {
    reading.scaled || reading.value >= Decimal::from(LEAST_HYPHENED)
}

/// How many tokens may stand between a slip and the figure that corrects it.
pub const CORRECTION_REACH: usize = 6;

/// The last of the sums that ends before a token.
fn sum_before(sums: &[Mention], at: usize) -> Option<&Mention> {
    sums.iter().rev().find(|sum| sum.tokens.end <= at)
}

struct Finder<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    sentence: &'a Sentence,
    names: &'a [Mention],
}

impl Finder<'_> {
    /// The sum whose number or currency begins at this token.
    fn at(&self, at: usize) -> Option<Mention> {
        let before = self.currency_at(at, true).or_else(|| self.abbreviated_at(at));
        let number_at = before.as_ref().map_or(at, |(_, end)| *end);
        let mut first = numbers::read(self.text, self.sentence, number_at)?;
        if before.is_some() {
            let short = self.is_short_word(number_at.saturating_sub(1));
            let joined = self.sentence.tokens[number_at].token.joint == Joint::Hyphen;
            self.scale_apart(&mut first);
            if short && (joined || !is_great(&first)) {
                return None;
            }
        }
        let plus = self.plus_before_scale(&mut first);
        self.scale_before_sign(&mut first);
        let (low, reading, inner) = self.range(&first);
        let after = self.currency_after(&reading);
        let (currency, end, rule) = match (before, inner, after) {
            (Some((currency, _)), _, Some((longer, end)))
                if matches!(currency, MoneyCurrency::Group(_))
                    && matches!(longer, MoneyCurrency::Known(_)) =>
            {
                (longer, end, "money.symbol-and-name")
            }
            (Some((currency, _)), ..) | (None, Some(currency), _) => {
                (currency, reading.end, "money.symbol")
            }
            (None, None, Some((currency, end))) => (currency, end, "money.name"),
            (None, None, None) => return None,
        };
        if self.is_other_numeral(at, number_at) {
            return None;
        }
        let mut money = self.money(at..end, low, &reading, currency);
        if plus && money.bounds.qualifier() == Qualifier::Exact {
            money.bounds = Bounds::of(reading.value, Qualifier::MoreThan);
        }
        Some(self.mention(at, end, money, rule))
    }

    fn money(
        &self,
        tokens: Range<usize>,
        low: Option<Decimal>,
        reading: &Reading,
        currency: MoneyCurrency,
    ) -> Money {
        let (at, end) = (tokens.start, tokens.end);
        let exact = Bounds::of(reading.value, Qualifier::Exact);
        let bounds = match (low, qualifier_before(self.sentence, at)) {
            (Some(low), _) => {
                Bounds::new(Some(low), Some(reading.value), Qualifier::Range).unwrap_or(exact)
            }
            (None, Some((qualifier, _))) => Bounds::of(reading.value, qualifier),
            (None, None) => match self.qualifier_after(end) {
                Some(qualifier) => Bounds::of(reading.value, qualifier),
                None => exact,
            },
        };
        Money { bounds, currency }
    }

    fn mention(&self, at: usize, end: usize, money: Money, rule: &'static str) -> Mention {
        let start = qualifier_before(self.sentence, at).map_or(at, |(_, start)| start);
        let span = self.sentence.span_of(&(start..end));
        Mention { span, tokens: start..end, value: Value::Money(money), rule }
    }

    /// "$50 to $60 million", "€1.2-1.5 billion", "between 50 and 60 million euros".
    fn range(&self, first: &Reading) -> (Option<Decimal>, Reading, Option<MoneyCurrency>) {
        let none = (None, *first, None);
        let at = first.end;
        let Some(link) = self.sentence.tokens.get(at) else { return none };
        let hyphen = link.token.kind == TokenKind::Number && link.token.joint == Joint::Hyphen;
        let dash = self.sentence.is_sign(self.text, at, &["–", "—", "-"])
            && self.sentence.tokens[at].token.joint == Joint::Tight;
        let between = (at.saturating_sub(6)..at)
            .any(|before| self.sentence.starting_at(Label::Between, before).is_some());
        let word = self.sentence.is(Label::To, at) && !first.scaled
            || between && self.sentence.is_any(&[Label::And, Label::To], at)
            || self.sentence.is(Label::To, at) && self.currency_at(at + 1, true).is_some();
        if !(hyphen || dash || word) {
            return none;
        }
        let mut next = if hyphen { at } else { at + 1 };
        let currency = self.currency_at(next, true);
        if let Some((_, end)) = &currency {
            next = *end;
        }
        let Some(second) = numbers::read(self.text, self.sentence, next) else { return none };
        let low =
            if first.scaled { Some(first.value) } else { first.value.checked_mul(second.scale) };
        match low.filter(|low| *low <= second.value) {
            Some(low) => (Some(low), second, currency.map(|(currency, _)| currency)),
            None => none,
        }
    }

    /// One or two letters that stand for a currency, `P370 million`, also begin designations: `P8`,
    /// `RM-70`.
    fn is_short_word(&self, at: usize) -> bool {
        let token = self.sentence.tokens[at].token;
        token.kind == TokenKind::Word && token.span.of(self.text).chars().count() <= 2
    }

    /// "50 million or more", "50 million or so", "50 million at least".
    fn qualifier_after(&self, end: usize) -> Option<Qualifier> {
        let cue = |label: Label| self.sentence.starting_at(label, end);
        let closes = |cue: &CueMention| {
            cue.tokens.len() > 1
                && (cue.tokens.end >= self.sentence.tokens.len()
                    || self.sentence.is_any_sign(cue.tokens.end))
        };
        if cue(Label::OrMore).is_some() || cue(Label::AtLeast).is_some_and(closes) {
            return Some(Qualifier::AtLeast);
        }
        let plus = self.sentence.is_sign(self.text, end, &["+"]);
        if plus && cue(Label::MoreThan).is_some() {
            return Some(Qualifier::MoreThan);
        }
        cue(Label::About).is_some_and(|cue| cue.tokens.len() > 1).then_some(Qualifier::About)
    }

    /// "$5 m": behind a sum's own sign a power of ten in one letter may stand apart.
    fn scale_apart(&self, reading: &mut Reading) {
        let cue = self.sentence.starting_at(Label::Scale, reading.end);
        let letter = cue.filter(|cue| cue.tokens.len() == 1 && !reading.scaled);
        let Some(scale) = letter.and_then(|cue| cue.value) else { return };
        let token = self.sentence.tokens[reading.end].token;
        if token.joint == Joint::Space
            && let Some(value) = reading.value.checked_mul(scale)
        {
            *reading = Reading { value, end: reading.end + 1, scaled: true, scale };
        }
    }

    /// "$50+ million": says whether a plus stands between the figure and its power of ten.
    fn plus_before_scale(&self, reading: &mut Reading) -> bool {
        let at = reading.end;
        let plus = !reading.scaled && self.sentence.is_sign(self.text, at, &["+"]);
        let cue = self.sentence.starting_at(Label::Scale, at + 1).filter(|_| plus);
        let Some((cue, scale)) = cue.and_then(|cue| cue.value.map(|scale| (cue, scale))) else {
            return false;
        };
        let Some(value) = reading.value.checked_mul(scale) else { return false };
        *reading = Reading { value, end: cue.tokens.end, scaled: true, scale };
        true
    }

    /// "20 M€": a power of ten in one letter that the sign of a currency follows.
    fn scale_before_sign(&self, reading: &mut Reading) {
        let at = reading.end;
        let cue = self.sentence.starting_at(Label::Scale, at).filter(|cue| cue.tokens.len() == 1);
        let Some(scale) = cue.and_then(|cue| cue.value) else { return };
        let joined = |known: &KnownToken| {
            known.token.joint == Joint::Tight && known.token.kind == TokenKind::Sign
        };
        if !reading.scaled
            && self.sentence.tokens.get(at + 1).is_some_and(joined)
            && self.currency_at(at + 1, true).is_some()
            && let Some(value) = reading.value.checked_mul(scale)
        {
            *reading = Reading { value, end: at + 1, scaled: true, scale };
        }
    }

    /// The currency after a number; "Danish kroner" is one name, and "50 $60" are two sums.
    fn currency_after(&self, reading: &Reading) -> Option<(MoneyCurrency, usize)> {
        let mut at = reading.end;
        // "92 million extra euros"
        let extra = self.sentence.is(Label::New, at) && self.currency_at(at, false).is_none();
        if (extra || self.sentence.is(Label::Of, at)) && reading.scaled {
            at += 1;
        }
        let (currency, end) = self.currency_at(at, false)?;
        // "a 500-pound bomb", "500 pounds each", "3.5 million pounds of cargo" weigh as much
        let cargo = self.sentence.is(Label::Of, end)
            && !(end + 1..end + 5).any(|at| self.sentence.is(Label::AidNoun, at));
        let joined = self.sentence.tokens[at].token.joint == Joint::Hyphen;
        let weighs = joined || self.is_ambiguous(at) || self.is_short_word(end - 1);
        if weighs && (!is_great(reading) || cargo) {
            return None;
        }
        let number_follows = self.sentence.tokens.get(end).is_some_and(|known| {
            known.token.kind == TokenKind::Number && known.token.joint != Joint::Space
        });
        (!number_follows).then_some((currency, end))
    }

    /// A number that is part of a word (`F-16`) is none of money.
    fn is_other_numeral(&self, at: usize, number_at: usize) -> bool {
        at == number_at
            && self.sentence.tokens[at].token.joint == Joint::Tight
            && at > 0
            && self.sentence.tokens[at - 1].token.kind == TokenKind::Word
    }

    /// Large figures without a currency in a sentence with sums of money: "31 million euros to
    /// Ukraine, 12.75 million to Georgia"; without such a sum beside them, `alone`, only where words
    /// say that they are a value: "was worth 13.5 billion". A figure that counts things right after it
    /// is none.
    fn bare(&self, sums: &[Mention], alone: bool) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let (mut at, mut passed) = (0, 0);
        while at < self.sentence.tokens.len() {
            while sums.get(passed).is_some_and(|sum| sum.tokens.end <= at) {
                passed += 1;
            }
            if let Some(sum) = sums.get(passed).filter(|sum| sum.tokens.contains(&at)) {
                at = sum.tokens.end;
                continue;
            }
            let reading = numbers::read(self.text, self.sentence, at);
            let Some(reading) = reading else {
                at += 1;
                continue;
            };
            if let Some(money) = self.corrected(sum_before(sums, at), at, &reading) {
                let rule = "money.correction";
                mentions.push(self.mention(at, reading.end, money, rule));
                at = reading.end.max(at + 1);
                continue;
            }
            let large = reading.scale >= Decimal::from(100_000);
            // "we're at about 61.3 billion since February"
            let counted = || self.sentence.starting_at(Label::Since, reading.end).is_some();
            let valued = || self.is_valued(at) || self.is_of_aid(reading.end) || counted();
            let told = self.stands_alone(reading.end) && (!alone || valued());
            if large && (told || self.is_share_of_money(at, &reading)) {
                let rule = "money.currency-of-neighbour";
                let money = self.money(at..reading.end, None, &reading, MoneyCurrency::Missing);
                mentions.push(self.mention(at, reading.end, money, rule));
            }
            at = reading.end.max(at + 1);
        }
        mentions
    }

    /// "$750 million — sorry, 775": the figure that puts a slip right has its power of ten, its
    /// currency and its qualifier.
    fn corrected(&self, sum: Option<&Mention>, at: usize, reading: &Reading) -> Option<Money> {
        let sum = sum?;
        let Value::Money(slip) = &sum.value else { return None };
        let gap = sum.tokens.end..at;
        let plain = !reading.scaled && reading.value < Decimal::ONE_THOUSAND;
        if !plain || gap.len() > CORRECTION_REACH || !self.sentence.has(Label::Corrected, &gap) {
            return None;
        }
        let mut scale = Decimal::ONE;
        while slip.bounds.figure() >= scale.checked_mul(Decimal::ONE_THOUSAND)? {
            scale = scale.checked_mul(Decimal::ONE_THOUSAND)?;
        }
        let value = reading.value.checked_mul(scale).filter(|_| scale > Decimal::ONE)?;
        let qualifier = slip.bounds.qualifier();
        let qualifier = if qualifier == Qualifier::Range { Qualifier::Exact } else { qualifier };
        Some(Money { bounds: Bounds::of(value, qualifier), currency: slip.currency.clone() })
    }

    /// "worth 13.5 billion", "was 150 million", "comes to 29.5 billion"
    fn is_valued(&self, at: usize) -> bool {
        let start = qualifier_before(self.sentence, at).map_or(at, |(_, start)| start);
        start.checked_sub(1).is_some_and(|before| {
            let value = [Label::Worth, Label::TotalBefore, Label::Be];
            self.sentence.is_any(&value, before)
                && !self.sentence.is_any(&[Label::Of, Label::In], before)
        })
    }

    /// "2.4 billion in new security assistance", "the 500 million in Foreign Military Financing"
    fn is_of_aid(&self, end: usize) -> bool {
        let near = end + 1..end + 5;
        let route = |name: &Mention| {
            matches!(name.value, Value::Mechanism(_)) && near.contains(&name.tokens.start)
        };
        self.sentence.is_any(&[Label::In, Label::Worth], end)
            && (self.sentence.has_any(&[Label::AidNoun, Label::Military], &near)
                || self.names.iter().any(route))
    }

    /// "Of that, 6.1 billion came through the Facility": billions of what was told before are money.
    fn is_share_of_money(&self, at: usize, reading: &Reading) -> bool {
        let start = qualifier_before(self.sentence, at).map_or(at, |(_, start)| start);
        let comma = start.checked_sub(1).filter(|at| self.sentence.is_sign(self.text, *at, &[","]));
        let share = self.sentence.ending_at(Label::Share, comma.unwrap_or(start));
        let of_it = share.is_some_and(|cue| self.sentence.is(Label::Of, cue.tokens.start));
        of_it && reading.scale >= Decimal::from(BILLION)
    }

    /// Whether no noun follows that the figure could count.
    fn stands_alone(&self, at: usize) -> bool {
        let links =
            [Label::In, Label::For, Label::To, Label::And, Label::From, Label::Worth, Label::Since];
        at >= self.sentence.tokens.len()
            || self.sentence.is_any_sign(at)
            || (self.sentence.is_any(&links, at) && !self.sentence.is(Label::Of, at))
    }
}

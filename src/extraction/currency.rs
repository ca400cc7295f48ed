//! Which currency a sum is in, where its words leave that open.

use super::document::Document;
use crate::lexicon::Label;
use crate::mentions::{Mention, MoneyCurrency, Value};
use crate::model::Currency;

/// How many sentences back a bare figure takes its currency from.
const CURRENCY_REACH: usize = 5;

/// How many sentences back the country is named of whose kroner a sum is.
const NAMED_REACH: usize = 3;

impl Document<'_> {
    /// The ISO currency of the sum that is the mention `place` of a sentence: a group's name goes by
    /// the giver, a bare figure by the sum nearest to it, in its sentence or else before.
    pub fn currency(
        &self,
        currency: &MoneyCurrency,
        sentence: usize,
        place: usize,
        donor: Option<&str>,
    ) -> Option<Currency> {
        match currency {
            MoneyCurrency::Known(currency) => Some(*currency),
            MoneyCurrency::Group(group) => self
                .currency_of_group(group, donor)
                .or_else(|| self.currency_named_before(group, sentence, place)),
            MoneyCurrency::Missing => match self.currency_near(sentence, place) {
                Some(written) => self.currency(&written, sentence, place, donor),
                None => self.lexicon.own_currency(donor?),
            },
        }
    }

    /// A group's name is the giver's own currency, else the common one, else the receiver's, else that
    /// of the one country named that has such a currency. Who
    /// writes "A$95 million", and "US$" nowhere, means American dollars by "$4 million".
    fn currency_of_group(&self, group: &str, donor: Option<&str>) -> Option<Currency> {
        let own = self.lexicon.group_currency(group, donor);
        let common = self.lexicon.group_currency(group, None);
        let is_marked = |currency: Option<Currency>| {
            let sums = self.sentences.iter().flat_map(|s| &s.mentions);
            currency.is_some_and(|wanted| {
                let known = MoneyCurrency::Known(wanted);
                let mut signs = sums.filter(|mention| {
                    matches!(&mention.value, Value::Money(money) if money.currency == known)
                });
                signs.any(|m| !m.span.of(&self.article.text).contains(wanted.as_str()))
            })
        };
        if common.is_some() && own != common && is_marked(own) && !is_marked(common) {
            return common;
        }
        own.or_else(|| self.lexicon.group_currency(group, self.main_donor.as_deref()))
            .or_else(|| self.lexicon.group_currency(group, self.main_recipient.as_deref()))
            .or_else(|| self.one_currency_of(group))
    }

    /// The currency of a group that one country named in the text has, and no other.
    fn one_currency_of(&self, group: &str) -> Option<Currency> {
        let named = self.sentences.iter().flat_map(|sentence| &sentence.mentions);
        let mut currencies = named
            .filter_map(|mention| self.actor_code(&mention.value))
            .filter_map(|code| self.lexicon.group_currency(group, Some(code)));
        let first = currencies.next()?;
        currencies.all(|other| other == first).then_some(first)
    }

    /// "Denmark was ahead. Its package is worth 2.3 billion kroner": that of the country named last before
    /// the sum, of those that have one of the group.
    fn currency_named_before(
        &self,
        group: &str,
        sentence: usize,
        place: usize,
    ) -> Option<Currency> {
        let own = self.sentences.get(sentence)?.mentions.iter().take(place).rev();
        let coin = |mention: &Mention| {
            let code = self.actor_code(&mention.value)?;
            self.lexicon.group_currency(group, Some(code))
        };
        // "Norway joins a Danish scheme with 600 million kroner": of two it is open.
        let mut told = own.filter_map(coin);
        let first = told.next();
        if told.any(|other| Some(other) != first) {
            return None;
        }
        let from = sentence.saturating_sub(NAMED_REACH);
        let before = self.sentences[from..sentence].iter().rev();
        first.or_else(|| before.flat_map(|other| other.mentions.iter().rev()).find_map(coin))
    }

    fn currency_near(&self, sentence: usize, place: usize) -> Option<MoneyCurrency> {
        let written = |mention: &Mention| match &mention.value {
            Value::Money(money) if money.currency != MoneyCurrency::Missing => {
                Some(money.currency.clone())
            }
            _ => None,
        };
        let sentence_of = self.sentences.get(sentence)?;
        // "In kronor, the value is 7.1 billion"
        let counted_in = sentence_of.mentions.iter().find_map(|mention| match mention.value {
            Value::Currency(number) => {
                let before = mention.tokens.start.checked_sub(1)?;
                let form = self.lexicon.currency_at(number);
                sentence_of.is(Label::In, before).then(|| MoneyCurrency::of(form))
            }
            _ => None,
        });
        if counted_in.is_some() {
            return counted_in;
        }
        let own = sentence_of.mentions.iter().enumerate();
        // "3 million Canadian dollars ($2.2 million) and 13 million ($9.5 million)": in brackets stands
        // what a sum is worth in another currency.
        let converts = |mention: &Mention| {
            let before = mention.tokens.start.checked_sub(1);
            before.is_some_and(|at| sentence_of.is_sign(&self.article.text, at, &["("]))
        };
        // "Germany 576 million euros, the Netherlands 100 million, Canada 53 million Canadian dollars": behind
        // another name stands another's currency.
        let of_another = |at: usize| {
            let between = sentence_of.mentions.get(place + 1..at).unwrap_or_default();
            between.iter().any(|mention| self.actor_code(&mention.value).is_some())
        };
        let beside = own
            .filter_map(|(at, mention)| written(mention).map(|currency| (at, currency, mention)))
            .min_by_key(|(at, _, mention)| {
                (converts(mention), of_another(*at), at.abs_diff(place))
            });
        let from = sentence.saturating_sub(CURRENCY_REACH);
        let before = self.sentences[from..sentence].iter().rev();
        beside
            .map(|(_, currency, _)| currency)
            .or_else(|| before.flat_map(|other| other.mentions.iter().rev()).find_map(written))
    }
}

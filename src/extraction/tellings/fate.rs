//! What a sentence says of things and sums that no act took: begun from the thing, whatever verb stands
//! beside it.

use super::{Reader, Sum, Telling, parties};
use crate::extraction::days;
use crate::extraction::document::{Document, is_arms};
use crate::lexicon::{Label, Role};
use crate::mentions::{ItemMention, Mention, Value};
use crate::model::{Bounds, Qualifier};
use rust_decimal::Decimal;
use std::ops::Range;

/// So many sentences back the things are named that a bare number counts.
const TOLD: usize = 6;

/// No bare number of things is so large: it is money whose currency was told before.
const MOST: u32 = 1_000_000;

/// A bare number that is a year.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;

/// A stretch of a sentence that tells the fate of one lot of things.
pub struct Stretch {
    /// Its tokens.
    pub range: Range<usize>,
    /// What is told there.
    pub telling: Telling,
    /// Whether its thing is only a number that counts what was named before.
    pub is_number: bool,
}

/// The stretches of a sentence, each with the things or the sum in it.
pub fn stretches(document: &Document<'_>, index: usize, sums: &[&Sum]) -> Vec<Stretch> {
    let sentence = &document.sentences[index];
    let all = sentence.all();
    let reader =
        Reader { document, sentence, index, act: all.clone(), frame: all, opens_list: false };
    if reader.is_blocked() {
        return Vec::new();
    }
    let read =
        |range: Range<usize>| Reader { act: range.clone(), frame: range, ..reader }.stretch(sums);
    reader.parts_by_time().into_iter().map(read).collect()
}

impl Reader<'_> {
    /// The parts of the sentence that have a thing and a day of their own, or stand between semicolons.
    fn parts_by_time(&self) -> Vec<Range<usize>> {
        let all = self.sentence.all();
        let whole = |range: &Range<usize>| self.is_dated(range) && self.holds_lot(range);
        let mut parts = Vec::new();
        let mut start = all.start;
        for at in all.start + 1..all.end {
            let opens = || self.is_link(at) && whole(&(start..at)) && whole(&(at..all.end));
            if self.sentence.is_sign(self.text(), at, &[";"]) || opens() {
                parts.push(start..at);
                start = at;
            }
        }
        parts.push(start..all.end);
        parts
    }

    fn is_dated(&self, range: &Range<usize>) -> bool {
        !days::in_range(self.document, self.sentence, range, false).is_empty()
    }

    /// Whether a thing, a sum or a number that counts things stands in a stretch.
    fn holds_lot(&self, range: &Range<usize>) -> bool {
        let mut items = self.sentence.items.iter().filter(|item| item.role != Role::Vague);
        items.any(|item| range.contains(&item.tokens.start))
            || self.sentence.mentions_in(range).any(|m| matches!(m.value, Value::Money(_)))
            || range.clone().any(|at| self.counts_told(at).is_some())
    }

    fn stretch(&self, sums: &[&Sum]) -> Stretch {
        let start = |sum: &Sum| self.sentence.mentions[sum.mention].tokens.start;
        let sum = sums.iter().find(|sum| self.act.contains(&start(sum)));
        let mut items = self.items_of_lot();
        // "51 million for firms, the other four for schools": beside several sums a bare number is one more.
        let sums_up = sums.len() > 1;
        if items.iter().all(|item| item.quantity.is_none()) && !sums_up {
            let several = |item: &ItemMention| {
                item.quantity.is_some_and(|bounds| bounds.figure() > Decimal::ONE)
            };
            items.extend(self.elliptic().filter(several).map(|item| {
                let span = self.sentence.span_of(&item.tokens);
                ItemMention { span, ..item }
            }));
        }
        let number = if items.is_empty() && !sums_up { self.number_of_told() } else { None };
        let is_number = number.is_some();
        items.extend(number);
        let joined =
            |one: Range<usize>, two: Range<usize>| one.start.min(two.start)..one.end.max(two.end);
        let anchor = sum.map_or_else(
            || items.iter().map(|item| item.tokens.clone()).reduce(joined),
            |sum| Some(self.sentence.mentions[sum.mention].tokens.clone()),
        );
        let mut telling = self.telling(&self.act, anchor.as_ref(), false);
        if let Some(sum) = sum {
            telling.aid = sum.aid;
            telling.amount = self.amount(sum, &telling);
        }
        telling.items = items;
        Stretch { range: self.act.clone(), telling, is_number }
    }

    /// What is given by the words around it, and whatever else is counted without anything against it.
    fn items_of_lot(&self) -> Vec<ItemMention> {
        let given = self.given_items(&self.act, true);
        let counted = |item: &&ItemMention| {
            self.act.contains(&item.tokens.start)
                && item.quantity.is_some_and(|bounds| bounds.figure() > Decimal::ONE)
                && self.is_named(item)
                && self.is_given(item)
                && !self.is_running_total(item)
                && !self.is_traded(item)
                && !self.is_carrier(item)
                && !self.is_for_own_forces(item)
                && !self.is_replacement(item)
                && !self.is_crowdfunded(item)
        };
        let own = self.sentence.items.iter().filter(counted);
        let new = own.filter(|item| given.iter().all(|known| known.span != item.span)).cloned();
        let mut items: Vec<ItemMention> = given.iter().cloned().chain(new).collect();
        items.sort_by_key(|item| item.tokens.start);
        items
    }

    /// "got 37 of them in 2017", "did two lots of 20": things named before, with their number.
    fn number_of_told(&self) -> Option<ItemMention> {
        let (at, bounds) = self.act.clone().find_map(|at| Some((at, self.counts_told(at)?)))?;
        if self.counts_others_before(at) {
            return None;
        }
        let from = self.index.saturating_sub(TOLD);
        let own = self.sentence.items.iter().filter(|item| item.tokens.end <= at);
        let before = self.document.sentences[from..self.index].iter().flat_map(|s| &s.items);
        let mut things = before.chain(own).filter(|item| is_arms(self.document.lexicon, item));
        let counted = things.clone().rfind(|item| item.quantity.is_some());
        let thing = counted.or_else(|| things.next_back())?;
        let span = self.sentence.span_of(&(at..at + 1));
        Some(ItemMention { tokens: at..at + 1, span, quantity: Some(bounds), ..thing.clone() })
    }

    /// "Eight countries have joined; three more will follow": what the sentence counted last is no thing.
    fn counts_others_before(&self, at: usize) -> bool {
        let sentence = self.sentence;
        let inside = |mention: &Mention| {
            let mut items = sentence.items.iter();
            items.any(|item| item.tokens.contains(&mention.tokens.start))
        };
        let noun = |mention: &&Mention| {
            let start = mention.tokens.start;
            let end = mention.tokens.end;
            matches!(mention.value, Value::Number(_))
                && end < at
                && !inside(mention)
                && !sentence.is_any_sign(end)
                && sentence.cues_in(&(end..end + 1)).all(|cue| cue.label == Label::Counted)
                && parties::bare_count(self.document, sentence, start).is_none()
        };
        let last = sentence.mentions.iter().rfind(noun).map(|mention| mention.tokens.start);
        let thing = sentence.items.iter().rfind(|item| item.tokens.end <= at);
        last.is_some_and(|last| thing.is_none_or(|thing| thing.tokens.start < last))
    }

    /// "A second is scheduled for May", "another will follow": one more of what was told.
    fn one_more(&self, at: usize) -> bool {
        let sentence = self.sentence;
        let before = at.checked_sub(1).is_some_and(|at| sentence.is(Label::Indefinite, at));
        let new = sentence.starting_at(Label::New, at).map(|cue| cue.tokens.end);
        let ordinal = sentence.mention_at(at).filter(|mention| mention.tokens.start == at);
        let ordinal = ordinal.filter(|mention| matches!(mention.value, Value::Ordinal(_)));
        let counts = before || new.is_some() && sentence.is(Label::Indefinite, at);
        let Some(end) = new.or(ordinal.map(|mention| mention.tokens.end)) else { return false };
        let one = end + usize::from(sentence.is(Label::Indefinite, end));
        counts && sentence.is_any(&[Label::Be, Label::Will], one)
    }

    /// The number at a token, where no noun of its own stands behind it.
    fn counts_told(&self, at: usize) -> Option<Bounds> {
        let sentence = self.sentence;
        if self.one_more(at) {
            return Some(Bounds::of(Decimal::ONE, Qualifier::Exact));
        }
        // "245 votes to 29", "two days before"
        let small = [Label::To, Label::By, Label::For, Label::From, Label::In];
        let bound = at.checked_sub(1).is_some_and(|at| sentence.is_any(&small, at));
        if bound || sentence.is(Label::TimeUnit, at + 1) {
            return None;
        }
        let several = |bounds: &Bounds| bounds.figure() > Decimal::ONE;
        if let Some(bounds) = parties::bare_count(self.document, sentence, at) {
            return Some(bounds).filter(several);
        }
        let mention = sentence.mention_at(at).filter(|mention| mention.tokens.start == at)?;
        let Value::Number(bounds) = mention.value else { return None };
        let end = mention.tokens.end;
        let of_them =
            sentence.is(Label::Of, end) && sentence.is_any(&[Label::It, Label::Definite], end + 1);
        let behind = [
            Label::Clause,
            Label::In,
            Label::Give,
            Label::Arrive,
            Label::Had,
            Label::Have,
            Label::Be,
            Label::Will,
        ];
        let stops = of_them || sentence.is_any(&behind, end);
        let inside = sentence.items.iter().any(|item| item.tokens.contains(&at));
        let figure = bounds.figure();
        let year = (Decimal::from(*YEARS.start())..=Decimal::from(*YEARS.end())).contains(&figure);
        let counts = stops && !inside && !year && figure < Decimal::from(MOST);
        Some(bounds).filter(several).filter(|_| counts)
    }
}

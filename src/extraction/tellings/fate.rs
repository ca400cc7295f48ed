//! What a sentence says of things and sums that no act took: read from the thing, whatever verb stands beside
//! it.

use super::{Reader, Sum, Telling, parties};
use crate::extraction::days;
use crate::extraction::document::Document;
use crate::lexicon::Role;
use crate::mentions::{ItemMention, Value};
use std::ops::Range;

/// A stretch of a sentence that tells the fate of one lot of things.
pub struct Stretch {
    /// Its tokens.
    pub range: Range<usize>,
    /// What is told there.
    pub telling: Telling,
}

/// The stretches of a sentence, each with the things or the sum in it.
pub fn stretches(document: &Document<'_>, index: usize, sums: &[Sum]) -> Vec<Stretch> {
    let sentence = &document.sentences[index];
    let reader =
        Reader { document, sentence, index, act: sentence.all(), frame: sentence.all(), opens_list: false };
    if reader.is_blocked() {
        return Vec::new();
    }
    let parts = reader.parts_by_time();
    parts
        .into_iter()
        .filter_map(|range| {
            let own = Reader { act: range.clone(), frame: range.clone(), ..reader };
            let telling = own.fate(sums)?;
            Some(Stretch { range, telling })
        })
        .collect()
}

impl Reader<'_> {
    /// The parts of the sentence that have a thing and a day of their own, or stand between semicolons.
    fn parts_by_time(&self) -> Vec<Range<usize>> {
        let all = self.sentence.all();
        let mut parts = Vec::new();
        let mut start = all.start;
        for at in all.clone().skip(1) {
            let range = start..at;
            let semicolon = self.sentence.is_sign(self.text(), at, &[";"]);
            let next = || {
                self.is_link(at) && self.is_dated(&range) && self.has_lot(&range)
                    && self.has_lot(&(at..all.end))
                    && self.is_dated(&(at..all.end))
            };
            if at > start && (semicolon || next()) {
                parts.push(range);
                start = at;
            }
        }
        parts.push(start..all.end);
        parts
    }

    fn is_dated(&self, range: &Range<usize>) -> bool {
        !days::in_range(self.document, self.sentence, range, false).is_empty()
    }

    fn has_lot(&self, range: &Range<usize>) -> bool {
        let mut items = self.sentence.items.iter().filter(|item| item.role != Role::Vague);
        items.any(|item| range.contains(&item.tokens.start))
            || self.sentence.mentions_in(range).any(|m| matches!(m.value, Value::Money(_)))
            || range
                .clone()
                .any(|at| parties::bare_count(self.document, self.sentence, at).is_some())
    }

    fn fate(&self, sums: &[Sum]) -> Option<Telling> {
        let start = |sum: &Sum| self.sentence.mentions[sum.mention].tokens.start;
        let sum = sums.iter().find(|sum| self.act.contains(&start(sum)));
        let mut items: Vec<ItemMention> = self.given_items(&self.act, true);
        if items.iter().all(|item| item.quantity.is_none()) {
            items.extend(self.elliptic());
        }
        let anchor = match sum {
            Some(sum) => Some(self.sentence.mentions[sum.mention].tokens.clone()),
            None => items
                .iter()
                .map(|item| item.tokens.clone())
                .reduce(|one, two| one.start.min(two.start)..one.end.max(two.end)),
        };
        let mut telling = self.telling(&self.act, anchor.as_ref(), false);
        if let Some(sum) = sum {
            telling.aid = sum.aid;
            telling.amount = self.amount(sum, &telling);
        }
        telling.items = items;
        Some(telling)
    }
}

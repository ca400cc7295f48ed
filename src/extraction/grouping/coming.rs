//! What a sentence says of counted arms that no act took and that are still to come.

use super::fates::Reader;
use super::{Group, Telling, shares, shares_things};
use crate::extraction::document::is_arms;
use crate::extraction::status::Reading;
use crate::lexicon::Label;
use crate::mentions::ItemMention;
use crate::model::Status;
use std::ops::Range;

impl Reader<'_> {
    /// "Two patrol boats, donated in addition, are to follow": counted arms that are still to come, or the number
    /// of a package that is being prepared.
    pub(super) fn ahead(
        &self,
        range: &Range<usize>,
        telling: &Telling,
        bare: bool,
    ) -> Option<Reading> {
        let status = telling.status.status;
        let transfer = [Label::Give, Label::Receive, Label::Arrive, Label::Handover];
        let counted =
            |item: &ItemMention| item.quantity.is_some() && is_arms(self.document.lexicon, item);
        // "the 650 missiles", after "650 Lightweight Multirole Missiles" of the same giver.
        let named: Vec<String> =
            telling.parties.donors.iter().map(|party| party.code.clone()).collect();
        let again = self.groups.iter().any(|group| {
            let same = |known: &ItemMention| {
                known.quantity.is_some()
                    && telling.items.iter().any(|item| item.quantity == known.quantity)
            };
            (named.is_empty() || shares(&group.donors, &named)) && group.items.iter().any(same)
        });
        // "Another 18 are planned"
        let planned = status == Status::Proposed;
        let moved = planned && bare || self.sentence.has_any(&transfer, range);
        let lot = telling.items.iter().any(counted) && !again && moved;
        // "may follow later": nobody plans it.
        let open = self.sentence.has(Label::Would, range);
        let next =
            telling.items.is_empty() && telling.amount.is_none() && self.goes_on_counting(telling);
        let new = !self.groups.iter().any(|group| shares_things(self.document, group, telling));
        // "said eight more would be delivered"
        let more = bare && lot && self.counts_more(range, telling);
        let said = more && self.sentence.has(Label::Would, range);
        let firm = status == Status::Announced
            && (new || more)
            && (said || self.sentence.has_any(&[Label::Will, Label::Expect], range));
        let denied = self.sentence.has(Label::Not, range);
        (!denied && (!bare || more) && (lot && (planned && !open || firm) || next && planned))
            .then_some(telling.status)
    }

    /// "eight more", "a further eight": a number that adds to what was told.
    fn counts_more(&self, range: &Range<usize>, telling: &Telling) -> bool {
        let numbers = telling.items.iter().map(|item| item.tokens.clone());
        let mut numbers = numbers.filter(|tokens| range.contains(&tokens.start));
        numbers.any(|number| {
            let before = number.start.checked_sub(1);
            // "the other eight" were told of.
            let known = number.start.saturating_sub(2)..number.start;
            !self.sentence.has(Label::Definite, &known)
                && (self.sentence.is(Label::New, number.end)
                    || before.is_some_and(|at| self.sentence.is(Label::New, at)))
        })
    }

    /// Whether a telling bears a higher number than all packages that are told with one, or their next one.
    fn goes_on_counting(&self, telling: &Telling) -> bool {
        let number = telling.sequence.as_ref().map(|sequence| sequence.value);
        let last = self.groups.iter().filter_map(Group::sequence).max();
        number.zip(last).is_some_and(|(number, last)| number > last)
    }
}

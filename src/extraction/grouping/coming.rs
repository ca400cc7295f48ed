//! What a sentence says of counted arms that no act took and that are still to come.

use super::fates::Reader;
use super::{Group, Telling, shares, shares_things};
use crate::extraction::document::is_arms;
use crate::extraction::status::Reading;
use crate::lexicon::Label;
use crate::mentions::{CueMention, ItemMention, Value};
use crate::model::Status;
use std::ops::Range;

/// Within so many tokens behind a number its verb stands: "Nineteen more are being repaired and will leave".
const PREDICATE: usize = 16;

/// Within so many tokens behind "will" the verb stands that it governs.
const VERB: usize = 4;

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
        let more = self.counts_more(range, telling);
        let transfer = [Label::Give, Label::Receive, Label::Arrive, Label::Handover];
        // "ten further vehicles", where vehicles were given
        let kin = || self.groups.iter().any(|told| shares_things(self.document, told, telling));
        let counted = |item: &ItemMention| {
            item.quantity.is_some() && (is_arms(self.document.lexicon, item) || more && kin())
        };
        // "the 650 missiles", after "650 Lightweight Multirole Missiles" of the same giver.
        let named: Vec<String> =
            telling.parties.donors.iter().map(|party| party.code.clone()).collect();
        let open =
            |group: &&Group| !matches!(group.status().status, Status::Past | Status::Delivered);
        let again = self.groups.iter().filter(|group| !more || open(group)).any(|group| {
            let same = |known: &ItemMention| {
                known.quantity.is_some()
                    && telling.items.iter().any(|item| item.quantity == known.quantity)
            };
            (named.is_empty() || shares(&group.donors, &named)) && group.items.iter().any(same)
        });
        // "Another 18 are planned"
        let planned = status == Status::Proposed;
        let to_come = more && self.is_to_come(telling);
        let moved = planned && (bare || more) || self.sentence.has_any(&transfer, range) || to_come;
        // "will send five more vehicles, three of one type and two of the other": told there as it is.
        let open_there = |group: &Group| {
            let mut tellings = group.tellings.iter();
            group.status().status == status
                && tellings.any(|told| told.sentence == telling.sentence)
        };
        let again = again || !bare && self.groups.iter().any(open_there);
        let lot = telling.items.iter().any(counted) && !again && moved;
        // "may follow later": nobody plans it.
        let possible = self.sentence.has(Label::Would, range);
        let next =
            telling.items.is_empty() && telling.amount.is_none() && self.goes_on_counting(telling);
        let new = !self.groups.iter().any(|group| shares_things(self.document, group, telling));
        // "said eight more would be delivered"
        let said = more && self.sentence.has(Label::Would, range);
        let firm = status == Status::Announced
            && (new || more)
            && (said || to_come || self.sentence.has_any(&[Label::Will, Label::Expect], range));
        let denied = self.sentence.has(Label::Not, range);
        (!denied && (!bare || more) && (lot && (planned && !possible || firm) || next && planned))
            .then_some(telling.status)
    }

    /// "a second one is to follow when it has been built": what the words say lies ahead is not recalled.
    pub(super) fn lies_ahead(&self, range: &Range<usize>, telling: &Telling) -> bool {
        self.counts_more(range, telling) && self.is_to_come(telling)
    }

    /// "Eighteen more will come", "a second is due in May": what is said of the number lies ahead.
    fn is_to_come(&self, telling: &Telling) -> bool {
        let moves = [Label::Come, Label::Include, Label::Arrive, Label::Give, Label::Receive];
        let ahead = |cue: &CueMention, end: usize| {
            let behind = cue.tokens.end..cue.tokens.end + VERB;
            match cue.label {
                Label::Will | Label::Would | Label::Expect => {
                    self.sentence.has_any(&moves, &behind)
                        || self.sentence.is(Label::For, cue.tokens.end - 1)
                }
                Label::Come | Label::Include => {
                    cue.tokens.start <= end + 2 && !cue.inflection.is_past_form()
                }
                _ => false,
            }
        };
        telling.items.iter().any(|item| {
            let behind = item.tokens.end..item.tokens.end + PREDICATE;
            self.sentence.cues_in(&behind).any(|cue| ahead(cue, item.tokens.end))
        })
    }

    /// "eight more", "a further eight", "a second": a number that adds to what was told.
    fn counts_more(&self, range: &Range<usize>, telling: &Telling) -> bool {
        let numbers = telling.items.iter().map(|item| item.tokens.clone());
        let mut numbers = numbers.filter(|tokens| range.contains(&tokens.start));
        numbers.any(|number| {
            let before = number.start.checked_sub(1);
            // "the other eight" were told of.
            let known = number.start.saturating_sub(2)..number.start;
            !self.sentence.has(Label::Definite, &known)
                && (self.sentence.is_any(&[Label::New, Label::Ordinal], number.start)
                    || self.sentence.is(Label::New, number.end)
                    || self.sentence.is(Label::New, number.start + 1)
                    || before.is_some_and(|at| self.sentence.is(Label::New, at))
                    || before.is_some_and(|of| self.is_next_lot(of)))
        })
    }

    /// "the next batch of 30", "a third consignment of 50": whether "of" stands behind a further lot.
    fn is_next_lot(&self, of: usize) -> bool {
        let ordinal = |at: usize| {
            let told = self.sentence.mention_at(at);
            told.is_some_and(|told| matches!(told.value, Value::Ordinal(number) if number > 1))
        };
        let lot = [Label::PackageNoun, Label::SequenceNoun];
        let noun = lot.into_iter().find_map(|label| self.sentence.ending_at(label, of));
        let before = noun.and_then(|noun| noun.tokens.start.checked_sub(1));
        self.sentence.is(Label::Of, of)
            && before.is_some_and(|at| self.sentence.is(Label::New, at) || ordinal(at))
    }

    /// Whether a telling bears a higher number than all packages that are told with one, or their next one.
    fn goes_on_counting(&self, telling: &Telling) -> bool {
        let number = telling.sequence.as_ref().map(|sequence| sequence.value);
        let last = self.groups.iter().filter_map(Group::sequence).max();
        number.zip(last).is_some_and(|(number, last)| number > last)
    }
}

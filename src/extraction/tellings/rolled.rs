//! Acts told by nothing but whose turn it is: "On the Swedish side 12 helicopters, on the Danish 80 million".

use super::acts::VERBS;
use super::shares::Share;
use super::{Reader, Sum, Telling, parties};
use crate::extraction::parties::{Parties, Party};
use crate::extraction::rolls::{self, Entry};
use crate::lexicon::Label;
use crate::mentions::ItemMention;
use std::ops::Range;

/// The rule for who gives because a figure stands in its turn.
pub(super) const GIVER: &str = "donor.roll";

/// The rule for who receives because a figure stands in its turn.
const RECEIVER: &str = "recipient.roll";

impl Reader<'_> {
    /// What the sentence tells where it is a roll of givers of which grammar alone does not find each with its
    /// own figure; else what grammar found.
    pub(super) fn by_turns(
        &self,
        told: Vec<Telling>,
        sums: &[&Sum],
        inventory: bool,
    ) -> Vec<Telling> {
        let entries = rolls::entries(self.document, self.sentence);
        if entries.is_empty() {
            return self.in_own_turn(told, sums, inventory);
        }
        if !rolls::tells_gifts(self.document, self.index) {
            return told;
        }
        // Without a verb it is the turns alone that tell who gives.
        let acts = self.sentence.has_any(&VERBS, &self.act);
        // "are each to pay in, Sweden with 215 million, Norway with 130 million"
        let own = |telling: &Telling| {
            entries.iter().any(|entry| self.is_told(entry, std::slice::from_ref(telling)))
        };
        let each = self.sentence.has(Label::Each, &self.act) && !told.iter().all(own);
        if acts && !each && entries.iter().all(|entry| self.is_told(entry, &told)) {
            return told;
        }
        let ends = entries[1..].iter().map(|entry| entry.range.start).chain([self.act.end]);
        let mut start = self.act.start;
        let ranges: Vec<_> = ends.map(|end| std::mem::replace(&mut start, end)..end).collect();
        let whole = parties::in_range(self.document, self.sentence, &self.act);
        let read = |(entry, range): (&Entry<'_>, Range<usize>)| {
            let at = |sum: &Sum| self.sentence.mentions[sum.mention].tokens.start;
            let own: Vec<&Sum> =
                sums.iter().copied().filter(|sum| range.contains(&at(sum))).collect();
            let share = Share::new(range.clone(), self.parties_of(entry, &whole));
            let reader = Reader { act: range, frame: self.act.clone(), ..*self };
            let mut tellings = reader.read_share(&own, true, inventory);
            share.settle(&mut tellings);
            tellings
        };
        entries.iter().zip(ranges).flat_map(read).collect()
    }

    /// "So did Canada, with 48 million", beside such lines: who is named, and nobody else, gives what stands there.
    fn in_own_turn(&self, mut told: Vec<Telling>, sums: &[&Sum], inventory: bool) -> Vec<Telling> {
        // With words of its own for what is given, grammar says who gives.
        let words = [Label::PackageNoun, Label::AidNoun, Label::It, Label::Worth];
        let acts = self.sentence.has_any(&VERBS, &self.act);
        if acts
            || self.sentence.has_any(&words, &self.act)
            || !rolls::pledges_in_turn(self.document, self.index)
        {
            return told;
        }
        let Some(giver) = rolls::giver_of_line(self.document, self.sentence) else { return told };
        let firm = |telling: &Telling| !telling.parties.firm_donors(2).is_empty();
        let bare = |telling: &Telling| telling.amount.is_none();
        if told.iter().any(firm) || told.iter().any(bare) {
            return told;
        }
        if told.is_empty() {
            told = self.read_share(sums, true, inventory);
        }
        let whole = parties::in_range(self.document, self.sentence, &self.act);
        let entry = Entry { range: self.act.clone(), givers: vec![giver] };
        Share::new(self.act.clone(), self.parties_of(&entry, &whole)).settle(&mut told);
        told
    }

    /// What is given for the sum that stands in a stretch; "Estonia | 14 mortars worth 3 million" needs no word for
    /// that.
    pub(super) fn items_with_sum(&self, near: &Range<usize>) -> Vec<ItemMention> {
        let mut items = self.given_items(near, true);
        if items.is_empty() && rolls::pledges_in_turn(self.document, self.index) {
            items = self.listed_items();
            items.retain(|item| near.contains(&item.tokens.start));
        }
        items
    }

    /// Whether a telling has just these givers and a figure of this entry.
    fn is_told(&self, entry: &Entry<'_>, told: &[Telling]) -> bool {
        let span = self.sentence.span_of(&entry.range);
        let within = |start: usize| (span.start..span.end).contains(&start);
        told.iter().any(|telling| {
            let figure = telling.amount.as_ref().is_some_and(|sum| within(sum.span.start))
                || telling.items.iter().any(|item| within(item.span.start));
            let parties = &telling.parties;
            let firm = if self.document.goes_to_each {
                parties.recipients.iter().filter(|party| party.score >= 2).collect()
            } else {
                parties.firm_donors(2)
            };
            let own = |party: &&Party| {
                entry
                    .givers
                    .iter()
                    .any(|giver| self.document.actor_code(&giver.value) == Some(&party.code))
            };
            figure && !firm.is_empty() && firm.iter().all(own)
        })
    }

    fn parties_of(&self, entry: &Entry<'_>, whole: &Parties) -> Parties {
        let mut donors: Vec<Party> = Vec::new();
        for giver in &entry.givers {
            let Some(code) = self.document.actor_code(&giver.value) else { continue };
            if donors.iter().all(|party| party.code != code) {
                donors.push(Party {
                    code: code.to_owned(),
                    span: giver.span,
                    tokens: giver.tokens.clone(),
                    score: 4,
                    rule: if self.document.goes_to_each { RECEIVER } else { GIVER },
                });
            }
        }
        if self.document.goes_to_each {
            let main = self.document.main_donor.as_ref();
            let main = whole.donors.iter().filter(|party| Some(&party.code) == main);
            return Parties { donors: main.cloned().collect(), recipients: donors };
        }
        let firm = whole.recipients.iter().filter(|party| party.score >= 2);
        let recipients = firm.filter(|party| donors.iter().all(|own| own.code != party.code));
        Parties { recipients: recipients.cloned().collect(), donors }
    }
}

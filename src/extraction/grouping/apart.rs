//! What tells that an act is another one than a package told before: another day, other things far behind,
//! a plan for the next one, an act that still lies ahead.

use super::compare::{holds_counted, is_told, shares_things};
use super::{Group, Grouper, Telling};
use crate::extraction::days;
use crate::extraction::document::{Document, SHORT_ARTICLE};
use crate::lexicon::Label;
use crate::model::{CivilDate, Status};
use crate::text::SegmentKind;

/// More sentences than this lie between two subjects of a long text.
const FAR: usize = 6;

/// "Last week the prime minister announced a package worth 500 million": who makes it public tells a package of
/// its own, and no value of what was told before.
pub(super) fn announces_package(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let mut donors = telling.parties.donors.iter();
    telling.has_package_noun
        && !telling.refers_back
        && sentence.has(Label::Announce, &sentence.all())
        && donors.any(|party| party.score >= 3)
}

impl Grouper<'_> {
    /// "For next year Ankara has promised two helicopters", "A further 50 carriers will be delivered by the end of
    /// spring", behind what is given now: counted things of another kind, with a time ahead or told after another
    /// package.
    pub(super) fn is_ahead_apart(&self, group: &Group, telling: &Telling) -> bool {
        let sentence = &self.document.sentences[telling.sentence];
        let all = sentence.all();
        let counted = telling.items.iter().any(|item| item.quantity.is_some());
        let opens = telling.days.iter().any(|day| day.is_later && day.opens_sentence());
        let later = telling.days.iter().any(|day| day.is_later) || telling.has_new;
        let between = telling.sentence > group.last_sentence + 1;
        let gives = telling.parties.donors.iter().any(|party| party.score >= 3);
        let moves = [Label::Give, Label::Receive, Label::Arrive, Label::Announce];
        let ahead = [Label::Will, Label::Expect];
        counted
            && is_told(group)
            && sentence.segment.kind == SegmentKind::Sentence
            && (opens && gives || between && later && sentence.has_any(&ahead, &all))
            && sentence.has_any(&moves, &all)
            && !telling.refers_back
            && telling.mechanism.is_none()
            && telling.sequence.is_none()
            && !sentence.has(Label::Include, &all)
            && !shares_things(self.document, group, telling)
    }

    /// A whole act of other things, told far behind a package in a long text, is another one: a fact
    /// sheet or a briefing goes from subject to subject.
    pub(super) fn is_act_of_its_own(&self, group: &Group, telling: &Telling) -> bool {
        let far = telling.sentence.saturating_sub(group.last_sentence) > FAR
            && self.document.sentences.len() > SHORT_ARTICLE
            && !group.items.is_empty();
        let gives = telling.has_giving_verb
            && telling.parties.donors.iter().any(|party| party.score >= 4)
            && telling.parties.recipients.iter().any(|party| party.score >= 2);
        far && gives
            && !telling.items.is_empty()
            && !shares_things(self.document, group, telling)
            && !telling.refers_back
            && telling.mechanism.is_none()
    }

    /// "Last Thursday the Government said that it would pass on radars": a sentence that opens with an
    /// earlier day tells of none of the news that goes without a day.
    pub(super) fn opens_on_another_day(&self, group: &Group, telling: &Telling) -> bool {
        let age = |date: CivilDate| {
            let published = self.document.published().filter(|_| date.is_day());
            published.map_or(0, |published| published.days_since(date))
        };
        let opens = telling.days.iter().any(|day| {
            day.opens_sentence()
                && !day.is_span
                && day.date.is_some_and(|date| age(date) >= days::OLD)
        });
        let undated = group.tellings.iter().all(|telling| telling.days.is_empty());
        opens
            && undated
            && telling.has_giving_verb
            && !telling.items.is_empty()
            && !telling.refers_back
            && !shares_things(self.document, group, telling)
    }

    /// "It has come to light that carriers reached Ukraine", far behind what is announced: other things
    /// that have arrived.
    pub(super) fn arrived_apart(&self, group: &Group, telling: &Telling) -> bool {
        let far = telling.sentence.saturating_sub(group.last_sentence) > 3;
        let status = (group.status().status, telling.status.status);
        far && status == (Status::Announced, Status::Delivered)
            && !telling.items.is_empty()
            && !group.items.is_empty()
            && !telling.refers_back
            && !shares_things(self.document, group, telling)
    }

    /// "It is not the first gift: in May 2023 Denmark sent four tanks", behind what is given now.
    pub(super) fn recalls_another(&self, group: &Group, telling: &Telling) -> bool {
        let past = |status: Status| status == Status::Past;
        past(telling.status.status)
            && !past(group.status().status)
            && is_told(group)
            && telling.items.iter().any(|item| item.quantity.is_some())
            && telling.days.iter().any(|day| day.is_earlier && !day.is_span)
            && !shares_things(self.document, group, telling)
    }

    /// "is working on a third package", behind one that was announced: the next one.
    pub(super) fn plans_another(group: &Group, telling: &Telling) -> bool {
        let firm = matches!(group.status().status, Status::Announced | Status::Delivered);
        firm && telling.status.status == Status::Proposed
            && telling.sequence.is_some()
            && group.sequence().is_none()
            && is_told(group)
            && !telling.refers_back
            && telling.sentence > group.last_sentence
    }

    /// "A second package, with 35 mortars": behind a package of which something was told.
    pub(super) fn is_another(&self, telling: &Telling) -> bool {
        let known = |group: &Group| holds_counted(self.document, group, telling);
        telling.opens_another
            && !telling.items.is_empty()
            && self.focus.is_some_and(|index| is_told(&self.groups[index]))
            && !self.groups.iter().any(known)
    }
}

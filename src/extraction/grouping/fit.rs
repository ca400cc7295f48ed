//! Which package a telling belongs to: the one with its sum, the one named just before it, or the one
//! whose contents it tells.

use super::apart::announces_package;
use super::compare::{
    counts_other_things, dated_otherwise, differs_in_number, holds_counted, is_at_another_time,
    is_bare_repeat, is_given_again, is_given_instead, is_joint_act, is_out_of_reach, is_own_act,
    is_told, opens_with_another, same_sum, shares, shares_things, stops_other_things,
};
use super::gifts::{is_act_beside_sum, is_act_with_sum, is_for_others};
use super::later::{announced_apart, comes_later, is_only_planned};
use super::{Group, Grouper, Telling};
use crate::extraction::document::is_arms;
use crate::lexicon::{Label, PartyKind};
use crate::model::{Aid, Status};
use crate::text::SegmentKind;

impl Grouper<'_> {
    /// "Radars are for the Philippines, vessels for Djibouti and Indonesia", after what all of them
    /// are to get: whose own contents are told leaves what is told of all.
    pub(super) fn whole_of(&mut self, telling: &Telling, recipients: &[String]) -> Option<Group> {
        let firm = telling.parties.recipients.iter().any(|party| party.score >= 3);
        if recipients.is_empty() || telling.items.is_empty() || !firm {
            return None;
        }
        let is_whole = |group: &Group| {
            let past = group.status().status == Status::Past;
            recipients.len() < group.recipients.len()
                && recipients.iter().all(|code| group.recipients.contains(code))
                && group.amount().is_none()
                && group.items.is_empty()
                && past == (telling.status.status == Status::Past)
        };
        let group = self.groups.iter_mut().rev().find(|group| is_whole(group))?;
        group.recipients.retain(|code| !recipients.contains(code));
        Some(group.clone())
    }

    /// The package that a telling joins.
    pub(super) fn target(
        &self,
        telling: &Telling,
        donors: &[String],
        recipients: &[String],
    ) -> Option<usize> {
        if telling.amount.is_some() {
            self.with_same_amount(telling, donors, recipients)
                .or_else(|| self.without_amount(telling, donors, recipients))
        } else {
            self.for_contents(telling, donors, recipients)
        }
    }

    /// Far behind a package a sentence that names one thing without a number speaks of something else.
    pub(super) fn is_aside(&self, index: usize, telling: &Telling) -> bool {
        let kind = self.document.sentences[telling.sentence].segment.kind;
        let far = kind == SegmentKind::Sentence
            && telling.sentence.saturating_sub(self.groups[index].last_sentence) > 3;
        let single = telling.items.len() == 1 && telling.items[0].quantity.is_none();
        let named = telling.mechanism.is_some() || telling.sequence.is_some();
        far && single && telling.amount.is_none() && !named && !telling.refers_back
    }

    pub(super) fn with_same_amount(
        &self,
        telling: &Telling,
        donors: &[String],
        recipients: &[String],
    ) -> Option<usize> {
        let sum = telling.amount.as_ref()?;
        let amount = sum.value;
        self.groups.iter().position(|group| {
            let same =
                group.tellings.iter().filter_map(|other| other.amount.as_ref()).any(|other| {
                    same_sum(&other.value, &amount)
                        || !telling.has_new && is_bare_repeat(other, sum)
                });
            // "eight countries put half a billion into it", whose names are told elsewhere.
            let unnamed = self.is_unnamed(&group.donors) != self.is_unnamed(donors);
            let parties = (donors.is_empty()
                || !group.donor_is_explicit
                || unnamed
                || shares(&group.donors, donors))
                && (recipients.is_empty()
                    || group.recipients.is_empty()
                    || shares(&group.recipients, recipients));
            same && parties && !self.is_earlier_gift(group, telling)
        })
    }

    /// "It complements the 40 million adopted in June 2022", "The sixth package, of 500 million, was
    /// adopted on 17 October", behind news of the same sum: an earlier one.
    fn is_earlier_gift(&self, group: &Group, telling: &Telling) -> bool {
        let past = |status: Status| status == Status::Past;
        let sentence = &self.document.sentences[telling.sentence];
        let apart = || sentence.has(Label::EarlierAfter, &sentence.all());
        let number = telling.sequence.as_ref().map(|found| found.value);
        let other = number.is_some() && group.sequence().is_some() && group.sequence() != number;
        let again = past(group.status().status) && is_given_again(self.document, group, telling);
        past(telling.status.status)
            && (again || !past(group.status().status))
            && (again
                || apart()
                || other
                || !telling.refers_back && dated_otherwise(self.document, group, telling))
            && telling.days.iter().any(|day| day.is_earlier && !day.is_span)
    }

    /// Whether those who give are only told as a group.
    pub(super) fn is_unnamed(&self, donors: &[String]) -> bool {
        let group = |code: &String| self.document.lexicon.party_kind(code) == PartyKind::Group;
        !donors.is_empty() && donors.iter().all(group)
    }

    /// A sum for a package that was named just before without one.
    pub(super) fn without_amount(
        &self,
        telling: &Telling,
        donors: &[String],
        recipients: &[String],
    ) -> Option<usize> {
        let index = self.focus?;
        let group = &self.groups[index];
        let near = telling.sentence.saturating_sub(group.last_sentence) <= 3
            || telling.refers_back && telling.states_value
            || self.groups.len() == 1
                && telling.states_value
                && telling.items.is_empty()
                && !telling.has_giving_verb;
        let other = opens_with_another(group, telling);
        // "the government announced fuel worth 3 million", behind news of others: the article's own.
        let main = self.document.main_donor.as_ref();
        let own =
            self.names_government(telling) && main.is_some_and(|main| !group.donors.contains(main));
        let same_donor = donors.is_empty() && !other && !own
            || !donors.is_empty() && (!group.donor_is_explicit || shares(&group.donors, donors));
        let past = telling.status.status == Status::Past;
        let group_past = group.status().status == Status::Past;
        // "They are valued at 144.8 million euros", "Its value was", of what was just recalled.
        let sentence = &self.document.sentences[telling.sentence];
        let own = sentence.starting_at(Label::Definite, 0).is_some_and(|cue| cue.value.is_some())
            || sentence.is(Label::Definite, 0) && sentence.is(Label::Worth, 1);
        let follows = telling.sentence == group.last_sentence + 1;
        // "It comes after Canada gave 485 million worth of trucks": who gives it tells another act.
        let gives = telling.parties.donors.iter().any(|party| party.score >= 4);
        let valued = telling.states_value && sentence.is(Label::It, 0) && !gives || own && follows;
        // "Its previous package was worth 30 million": another one's.
        let valued =
            valued && !(past && !group_past && sentence.has(Label::Earlier, &sentence.all()));
        let names_value = telling.refers_back
            || valued
            || telling.states_value
            || group.items.is_empty()
            || !telling.has_giving_verb && !telling.has_package_noun && !telling.has_new;
        let number = telling.sequence.as_ref().map(|found| found.value);
        let same_number =
            number.is_none() || group.sequence().is_none_or(|own| Some(own) == number);
        let opens_anew = number.is_some() && group.sequence().is_none() && telling.has_giving_verb;
        let same_time = past == group_past || valued;
        let counted = telling.items.iter().any(|item| item.quantity.is_some());
        let other_gift = (telling.has_giving_verb || counted && !telling.states_value)
            && !telling.refers_back
            && !telling.items.is_empty()
            && !group.items.is_empty()
            && !shares_things(self.document, group, telling);
        let own_day = past && !valued && dated_otherwise(self.document, group, telling);
        // "In early April the government pledged 64 million", behind other things of an open day.
        let own_act = past
            && !valued
            && (!telling.states_value || announces_package(self.document, telling))
            && !telling.refers_back
            && !group.items.is_empty()
            && telling.parties.donors.iter().any(|party| party.score >= 3)
            && telling.days.iter().any(|day| day.is_earlier && !day.is_span);
        // "has held back bombs. It has approved funds of 827 million": what is given all the same.
        let all_the_same = group.status().status == Status::Withdrawn
            && telling.status.status == Status::Announced
            && (telling.has_giving_verb || sentence.has(Label::Announce, &sentence.all()));
        // Money for shelter and health is no value of arms.
        let civil = matches!(telling.aid, Aid::Humanitarian | Aid::Financial)
            && group.items.iter().any(|item| is_arms(self.document.lexicon, item));
        // "plans to raise its aid by another 3.8 billion", behind what was handed over.
        let firm = matches!(group.status().status, Status::Announced | Status::Delivered);
        let planned_anew = firm
            && is_told(group)
            && telling.status.status == Status::Proposed
            && !telling.refers_back
            && (!telling.states_value || telling.has_new && telling.has_package_noun);
        let further = !valued && !group.items.is_empty() && is_act_with_sum(self.document, telling);
        let entry = telling.is_entry_act && group.tellings.iter().any(|told| told.is_entry_act);
        let fits = near
            && !further
            && !is_for_others(group, recipients)
            && !entry
            && !civil
            && !planned_anew
            && same_donor
            && same_time
            && names_value
            && same_number
            && !opens_anew
            && !other_gift
            && !own_day
            && !all_the_same
            && !own_act;
        (group.amount().is_none() && fits).then_some(index)
    }

    /// The package whose contents, mechanism or ordinal this is.
    pub(super) fn for_contents(
        &self,
        telling: &Telling,
        donors: &[String],
        recipients: &[String],
    ) -> Option<usize> {
        let past = telling.status.status == Status::Past || telling.is_inventory;
        // "the four that Ottawa promised in January have arrived"
        let promised_before = telling.status.status == Status::Delivered
            && telling.days.iter().any(|day| day.is_earlier && !day.is_span);
        let fits = |group: &Group| {
            let group_past =
                group.status().status == Status::Past || group.tellings[0].is_inventory;
            let sequence = telling.sequence.as_ref().map(|s| s.value);
            let other = group.tellings.iter().find_map(|t| t.sequence.as_ref().map(|s| s.value));
            let other_batch = (past || promised_before)
                && (differs_in_number(self.document, group, telling)
                    || is_own_act(self.document, group, telling));
            past == group_past
                && (!telling.is_inventory || group.tellings[0].is_inventory)
                && !other_batch
                && !is_at_another_time(self.document, group, telling)
                && (telling.items.is_empty() || !group.is_civil())
                && !self.is_act_of_its_own(group, telling)
                && !self.arrived_apart(group, telling)
                && !announced_apart(self.document, group, telling)
                && !comes_later(self.document, group, telling)
                && !Self::plans_another(group, telling)
                && !is_only_planned(self.document, group, telling)
                && !is_out_of_reach(group, telling)
                && !counts_other_things(self.document, group, telling)
                && !is_act_beside_sum(self.document, group, telling)
                && !is_given_instead(self.document, group, telling)
                && !stops_other_things(group, telling)
                && !dated_otherwise(self.document, group, telling)
                && !self.opens_on_another_day(group, telling)
                && !self.is_ahead_apart(group, telling)
                && (sequence.is_none() || other.is_none() || sequence == other)
        };
        if self.is_another(telling) {
            return None;
        }
        if let Some(index) = self.focus
            && telling.goes_on
            && telling.mechanism.is_none()
            && telling.sentence == self.groups[index].last_sentence + 1
            && (is_told(&self.groups[index]) || !telling.is_plain_list)
            && !dated_otherwise(self.document, &self.groups[index], telling)
            && !self.recalls_another(&self.groups[index], telling)
            && !comes_later(self.document, &self.groups[index], telling)
            && (donors.is_empty() || shares(&self.groups[index].donors, donors))
            && !is_for_others(&self.groups[index], recipients)
        {
            return Some(index);
        }
        let firm = telling.parties.recipients.iter().any(|party| party.score >= 2);
        let same_donor = |group: &Group| {
            (shares(&group.donors, donors)
                || donors.is_empty() && !opens_with_another(group, telling))
                && !is_joint_act(group, telling, donors)
                && (!firm
                    || recipients.is_empty()
                    || group.recipients.is_empty()
                    || shares(&group.recipients, recipients))
        };
        let priced = |group: &Group| group.amount().is_some();
        let counted = telling.items.iter().any(|item| item.quantity.is_some());
        let firm_giver =
            telling.first_person || counted || telling.parties.donors.iter().any(|p| p.score >= 4);
        if telling.is_separate
            && !telling.refers_back
            && firm_giver
            && self.focus.is_some_and(|index| priced(&self.groups[index]))
        {
            return None;
        }
        if telling.is_entry_act && !telling.items.is_empty() && !past {
            return None;
        }
        if let Some(route) = telling.mechanism.as_ref().map(|found| &found.value) {
            let own = |group: &Group| group.mechanism() == Some(route.as_str());
            let place = self.groups.iter().rposition(|g| own(g) && same_donor(g) && fits(g));
            if place.is_some() {
                return place;
            }
        }
        // "Delivery of the 20 jets will begin in April", behind other things that have come: of these 20.
        let told =
            |group: &Group| group.donor_is_explicit && holds_counted(self.document, group, telling);
        if self.focus.is_some_and(|index| !told(&self.groups[index])) {
            let place = self.groups.iter().rposition(|g| told(g) && same_donor(g) && fits(g));
            if place.is_some() {
                return place;
            }
        }
        if let Some(index) = self.focus
            && same_donor(&self.groups[index])
            && fits(&self.groups[index])
        {
            return Some(index);
        }
        // What a sentence counts and gives is of a package farther back only where that holds any.
        let sentence = &self.document.sentences[telling.sentence].segment;
        let acts = counted && telling.has_giving_verb && sentence.kind == SegmentKind::Sentence;
        let kin = |group: &Group| {
            let counts = group.items.iter().any(|item| item.quantity.is_some());
            !acts || telling.refers_back || !counts || shares_things(self.document, group, telling)
        };
        self.groups.iter().rposition(|group| same_donor(group) && fits(group) && kin(group))
    }
}

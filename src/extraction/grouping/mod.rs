//! Puts the tellings of a document together into its packages.

mod apart;
mod compare;
mod contents;
mod umbrella;
mod carved;
mod context;
mod evident;
mod fates;
mod coming;
mod told;
mod topic;
mod recalled;
mod settled;
mod parties;
mod receivers;
mod silent;
mod offices;
mod pronouns;
mod fit;
mod gifts;
mod later;
mod group;
mod purchased;

use carved::carve;
use compare::{recipients, refuses_others, shares, shares_things};
pub(super) use contents::is_kind_of;
use contents::{add_items, is_same_thing};
use context::{is_left_to_context, lists_arms, tells_of_more};
pub(super) use evident::is_civil;
use evident::{is_bare_announcement, is_something, unclear_gift};
pub use group::Group;
use later::is_planned_apart;
use purchased::is_purchased;
use settled::settle;
use told::is_bare_withdrawal;
use topic::is_of_its_topic;
use umbrella::umbrellas;

use super::document::{Document, is_arms};
use super::status::Reading;
use super::sums::Sum;
use super::tellings::Telling;
use crate::lexicon::{Label, PartyKind};
use crate::mentions::ItemMention;
use crate::model::Status;

/// How many sentences of an article tell what its headline is about.
const LEAD: usize = 6;

/// The packages of a document, and what it tells too little of.
#[derive(Debug, Clone)]
pub struct Grouped {
    /// The packages, in order.
    pub groups: Vec<Group>,
    /// Arms with a verb of giving whose act is not clear enough for a package.
    pub unclear: Vec<ItemMention>,
    /// What somebody buys for itself, put together like packages.
    pub purchased: Vec<Group>,
    /// Things that a telling of a package names only in passing.
    pub passing: Vec<ItemMention>,
}

/// Groups tellings, headline last: the body outranks it.
pub fn group(document: &Document<'_>, sums: &[Sum], tellings: Vec<Telling>) -> Grouped {
    let mut grouper = Grouper { document, groups: Vec::new(), focus: None };
    let (title, body): (Vec<Telling>, Vec<Telling>) =
        tellings.into_iter().partition(|telling| telling.is_title);
    for telling in body {
        grouper.place(telling);
    }
    for telling in title {
        grouper.place_title(telling);
    }
    let (purchased, all): (Vec<Group>, Vec<Group>) =
        grouper.groups.into_iter().partition(|group| is_purchased(document, group));
    let is_told =
        |group: &Group| is_of_its_topic(document, &all, group) && is_something(document, group);
    let told: Vec<bool> = all.iter().map(is_told).collect();
    let mut told = told.into_iter();
    let (mut groups, dropped): (Vec<Group>, Vec<Group>) =
        all.into_iter().partition(|_| told.next().unwrap_or(false));
    // Neither giver nor receiver need be named where no other gift of theirs is told.
    let alone = |left: &Group| {
        // What was given before is another gift than what a list tells.
        let lists = lists_arms(document, left);
        let same = |group: &Group| {
            shares(&group.donors, &left.donors)
                && shares(&group.recipients, &left.recipients)
                && !(lists && group.status().status == Status::Past)
        };
        is_left_to_context(document, left) && (tells_of_more(left) || !groups.iter().any(same))
    };
    let (known, mut dropped): (Vec<Group>, Vec<Group>) = dropped.into_iter().partition(alone);
    groups.extend(known);
    // What names no sum and no contents is a package only where its giver tells no other.
    let kind = |donor: &String| document.lexicon.party_kind(donor);
    // "Kyiv's partners announced new packages", of which each is told then.
    let is_member = |bare: &Group, group: &Group| {
        bare.donors.iter().all(|donor| kind(donor) == PartyKind::Group)
            && shares(&group.recipients, &bare.recipients)
            && matches!(group.status().status, Status::Announced | Status::Delivered)
    };
    let is_told = |bare: &Group| {
        let mut groups = groups.iter();
        groups.any(|group| shares(&group.donors, &bare.donors) || is_member(bare, group))
    };
    let is_bare = |group: &Group| {
        is_bare_announcement(document, group) || is_bare_withdrawal(document, group)
    };
    let bare = dropped.iter().position(|group| is_bare(group) && !is_told(group));
    groups.extend(bare.map(|place| dropped.remove(place)));
    let unclear = dropped.iter().filter_map(|group| unclear_gift(document, group));
    let unclear: Vec<ItemMention> = unclear.collect();
    umbrella::drop_leads(document, &mut groups);
    umbrellas(document, &mut groups);
    carve(document, &mut groups);
    settle(document, &mut groups);
    let groups = fates::recall(document, sums, groups);
    let taken = |item: &ItemMention| {
        groups.iter().any(|group| group.items.iter().any(|told| told.span == item.span))
    };
    let unclear = unclear.into_iter().filter(|item| !taken(item)).collect();
    Grouped { groups, unclear, purchased, passing: Vec::new() }
}

struct Grouper<'a> {
    document: &'a Document<'a>,
    groups: Vec<Group>,
    focus: Option<usize>,
}

impl Grouper<'_> {
    fn place(&mut self, mut telling: Telling) {
        self.name_giver(&mut telling);
        let donors = self.donors(&telling);
        let recipients = recipients(&telling, &donors);
        self.take_share(&telling, &donors);
        if let Some(whole) = self.whole_of(&telling, &recipients) {
            self.found(telling, donors, recipients);
            if let Some(group) = self.groups.last_mut() {
                group.donors.clone_from(&whole.donors);
                group.donor_is_explicit = whole.donor_is_explicit;
                group.tellings.extend(whole.tellings.into_iter().take(1));
            }
            return;
        }
        let refused = |index: usize| refuses_others(self.document, &self.groups[index], &telling);
        if self.focus.is_some_and(refused) {
            return;
        }
        let target = self.target(&telling, &donors, &recipients);
        let recalls = target.is_some_and(|index| self.is_done_before(index, &telling));
        let counted = telling.items.iter().any(|item| item.quantity.is_some());
        let recalls_on = self.goes_on_recalling(target, &telling, &donors);
        let target = if recalls && counted || recalls_on {
            telling.status = Reading { status: Status::Past, ..telling.status };
            self.target(&telling, &donors, &recipients)
        } else {
            target
        };
        match target {
            Some(index) => {
                self.leave_out_done(index, &mut telling);
                let planned = is_planned_apart(self.document, &self.groups[index], &telling);
                let relief = self.is_relief(index, &telling);
                if self.is_aside(index, &telling) || recalls && !counted || planned || relief {
                    telling.items.clear();
                }
                self.settle_currency(&mut telling, &self.groups[index].donors);
                self.join(index, telling, &donors, &recipients);
            }
            None if self.is_echo(&telling, &donors, &recipients) => {}
            None => self.found(telling, donors, recipients),
        }
    }

    /// "We will surge that aid, including clean water and medicine": behind arms, told of people in need.
    fn is_relief(&self, index: usize, telling: &Telling) -> bool {
        let sentence = &self.document.sentences[telling.sentence];
        let mut before = self.groups[index].items.iter();
        sentence.has(Label::Humanitarian, &sentence.all())
            && before.any(|item| is_arms(self.document.lexicon, item))
            && telling.items.iter().all(|item| is_civil(self.document, item))
    }

    fn join(&mut self, index: usize, telling: Telling, donors: &[String], recipients: &[String]) {
        let named = self.is_unnamed(&self.groups[index].donors) && !self.is_unnamed(donors)
            || parties::pays_along(&self.groups[index], &telling, donors);
        let group = &mut self.groups[index];
        if (!group.donor_is_explicit || named) && !donors.is_empty() {
            group.name_donors(donors.to_vec());
        }
        // "gives tens of millions to three armies; 31 million fall on Ukraine"
        let narrower = telling.amount.is_some()
            && group.amount().is_none()
            && recipients.iter().all(|code| group.recipients.contains(code));
        // "10 million goes to the armed forces of Bosnia": who gets the sum, where none was told yet.
        let told = group.tellings.iter().flat_map(|telling| &telling.parties.recipients);
        let told = told.filter(|party| group.recipients.contains(&party.code));
        let firm = telling.parties.recipients.iter().any(|party| party.score >= 3);
        let first = telling.amount.is_some()
            && group.amount().is_none()
            && firm
            && told.map(|party| party.score).max().unwrap_or(0) < 2;
        if !recipients.is_empty() && (group.recipients.is_empty() || narrower || first) {
            group.recipients = recipients.to_vec();
        }
        add_items(self.document, &mut group.items, &telling.items);
        group.last_sentence = telling.sentence;
        group.in_title |= telling.is_title;
        group.tellings.push(telling);
        self.focus = Some(index);
    }

    fn found(&mut self, mut telling: Telling, donors: Vec<String>, mut recipients: Vec<String>) {
        let explicit =
            !donors.is_empty() || told::we_act(&telling) && self.document.main_donor.is_some();
        let donors =
            if donors.is_empty() { self.default_donors(&telling, &recipients) } else { donors };
        self.settle_currency(&mut telling, &donors);
        recipients.retain(|code| !donors.contains(code));
        if recipients.is_empty() {
            recipients = self.default_recipients(&telling, &donors);
            self.give_to_police(&mut telling, &recipients);
        }
        let mut items = Vec::new();
        add_items(self.document, &mut items, &telling.items);
        let group = Group {
            donors,
            recipients,
            donor_is_explicit: explicit,
            items,
            in_title: telling.is_title,
            last_sentence: telling.sentence,
            settled: None,
            tellings: vec![telling],
        };
        self.groups.push(group);
        self.focus = Some(self.groups.len() - 1);
    }

    /// The headline adds to a package of the body; it founds one only where the body tells none.
    fn place_title(&mut self, telling: Telling) {
        let donors = self.donors(&telling);
        let recipients = recipients(&telling, &donors);
        if let Some(index) = self.with_same_amount(&telling, &donors, &recipients) {
            let group = &mut self.groups[index];
            group.in_title = true;
            if !group.donor_is_explicit && !donors.is_empty() {
                group.name_donors(donors);
            }
            group.tellings.push(telling);
            return;
        }
        let counted = telling.items.iter().any(|item| item.quantity.is_some());
        let fits = |group: &Group| {
            // Other things that the body only recalls are no news of the headline's.
            let recalled = counted
                && group.status().status == Status::Past
                && !shares_things(self.document, group, &telling);
            !recalled
                && (donors.is_empty()
                    || !group.donor_is_explicit
                    || shares(&group.donors, &donors)
                    // "gets 14 more carriers from its partners": from those of whom the body tells.
                    || self.is_unnamed(&donors) && shares_things(self.document, group, &telling))
        };
        let place = |test: &dyn Fn(&Group) -> bool| self.groups.iter().position(test);
        let number = telling.sequence.as_ref().map(|found| found.value);
        let numbered = place(&|group| number.is_some() && group.sequence() == number);
        let named = place(&|group| {
            fits(group)
                && group.items.iter().any(|item| {
                    telling.items.iter().any(|other| is_same_thing(self.document, item, other))
                })
        });
        let headline = &self.document.sentences[telling.sentence];
        let statement = headline.has(Label::Release, &headline.all());
        let tells = telling.has_giving_verb
            || telling.amount.is_some()
            || !telling.parties.firm_donors(4).is_empty() && !recipients.is_empty();
        // What the body tells first is mostly what the headline tells of.
        let completed = |group: &Group| {
            if is_something(self.document, group) {
                return true;
            }
            let mut whole = group.clone();
            whole.in_title = true;
            whole.donor_is_explicit |= !donors.is_empty();
            whole.tellings.push(telling.clone());
            let opens = group.tellings[0].sentence <= LEAD && group.status().status != Status::Past;
            let same = group.items.iter().any(|item| {
                telling
                    .items
                    .iter()
                    .any(|other| other.system.is_some() && other.system == item.system)
            });
            opens
                && tells
                && !statement
                && (same || telling.amount.is_some())
                && is_something(self.document, &whole)
        };
        let place = numbered
            .filter(|index| fits(&self.groups[*index]))
            .or(named)
            .or_else(|| place(&|group| fits(group) && completed(group)))
            .or_else(|| place(&|group| fits(group) && !group.items.is_empty()));
        if let Some(index) = place {
            let group = &mut self.groups[index];
            group.in_title = true;
            if !group.donor_is_explicit && !donors.is_empty() {
                group.name_donors(donors.clone());
            }
            // Whom the headline names outweighs a receiver that no telling of the body names.
            let named = group.tellings.iter().any(|telling| !telling.parties.recipients.is_empty());
            if !named && !recipients.is_empty() {
                group.recipients.clone_from(&recipients);
            }
            let lacks_amount = group.amount().is_none() && group.status().status != Status::Past;
            // The headline alone counts things.
            if group.items.is_empty() {
                add_items(self.document, &mut group.items, &telling.items);
            }
            if telling.amount.is_none() || lacks_amount {
                group.tellings.push(telling);
            }
        } else if telling.amount.is_some() || !telling.items.is_empty() {
            self.found(telling, donors, recipients);
        }
    }
}

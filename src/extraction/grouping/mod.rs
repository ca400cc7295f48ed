//! Puts the tellings of a document together into its packages.

mod compare;
mod contents;

mod umbrella;
mod evident;
mod settled;

use compare::{codes, dated_otherwise, differs_in_number, recipients, same_sum, shares};
use contents::add_items;
pub(super) use contents::is_kind_of;
use evident::is_something;
use settled::settle;
use umbrella::umbrellas;

use super::document::Document;
use super::parties::Party;
use super::status::Reading;
use super::tellings::Telling;
use crate::lexicon::{Label, PartyKind};
use crate::mentions::ItemMention;
use crate::model::{Amount, Qualifier, Status};

/// A package as the document tells it: its tellings and what they give together.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its tellings, in order.
    pub tellings: Vec<Telling>,
    /// Donor codes, sorted.
    pub donors: Vec<String>,
    /// Recipient codes, sorted.
    pub recipients: Vec<String>,
    /// Whether a telling names the donor by grammar.
    pub donor_is_explicit: bool,
    /// Its contents.
    pub items: Vec<ItemMention>,
    /// Whether the headline tells it too.
    pub in_title: bool,
    /// The last sentence that told it.
    pub last_sentence: usize,
    /// The status that the article as a whole gives it, where it does.
    pub settled: Option<Reading>,
}

impl Group {
    /// The most precise amount that a telling gives, with its telling.
    pub fn amount(&self) -> Option<(&Telling, Amount)> {
        let rank = |amount: &Amount| match amount.bounds.qualifier() {
            Qualifier::UpTo | Qualifier::Range => 0,
            Qualifier::Exact => 1,
            Qualifier::AtLeast | Qualifier::MoreThan => 2,
            Qualifier::About => 3,
        };
        self.tellings
            .iter()
            .filter_map(|telling| telling.amount.as_ref().map(|amount| (telling, amount.value)))
            .min_by_key(|(telling, amount)| {
                (telling.is_title, std::cmp::Reverse(digits(amount)), rank(amount))
            })
    }

    /// Whether some telling gives its sum as a rounded one.
    pub fn is_rounded(&self) -> bool {
        self.tellings.iter().filter_map(|telling| telling.amount.as_ref()).any(|amount| {
            matches!(amount.value.bounds.qualifier(), Qualifier::About | Qualifier::UpTo)
        })
    }

    /// The mechanism that a telling names.
    pub fn mechanism(&self) -> Option<&str> {
        let named = self.tellings.iter().find_map(|telling| telling.mechanism.as_ref());
        named.map(|found| found.value.as_str())
    }

    /// The ordinal that a telling gives it.
    pub fn sequence(&self) -> Option<u32> {
        self.tellings.iter().find_map(|telling| telling.sequence.as_ref()).map(|found| found.value)
    }

    /// The status that the package has after all tellings: the firmest one of the body.
    pub fn status(&self) -> &Reading {
        if let Some(settled) = &self.settled {
            return settled;
        }
        let order = |status: Status| match status {
            Status::Withdrawn => 0,
            Status::Delivered => 1,
            Status::Announced => 2,
            Status::Proposed => 3,
            Status::Past => 4,
        };
        let body = || self.tellings.iter().filter(|telling| !telling.is_title);
        let opening = body().next().unwrap_or(&self.tellings[0]);
        let priced = body().find(|telling| telling.amount.is_some());
        // What opens the story says how far it is: "are turned over", "is expected to announce"; the
        // sentence with the value often only states it.
        let lead = match (opening.status.status, priced) {
            (Status::Announced | Status::Past, Some(priced)) => priced,
            _ => opening,
        };
        let reported = |status: Status| {
            self.tellings
                .iter()
                .map(|telling| &telling.status)
                .find(|reading| reading.status == status)
        };
        let firm = matches!(lead.status.status, Status::Announced | Status::Past);
        // A veto in the headline, or a handover that is the news, outweighs the plain word.
        let withdrawn = self
            .tellings
            .iter()
            .find(|telling| telling.is_title && telling.status.status == Status::Withdrawn);
        if let Some(telling) = withdrawn.filter(|_| lead.status.status != Status::Past) {
            return &telling.status;
        }
        if let Some(handover) = reported(Status::Delivered)
            && lead.status.status == Status::Announced
            && self.amount().is_none()
        {
            return handover;
        }
        if !firm {
            return &lead.status;
        }
        self.tellings
            .iter()
            .filter(|telling| telling.amount.is_some() || telling.sentence == lead.sentence)
            .map(|telling| &telling.status)
            .min_by_key(|reading| order(reading.status))
            .unwrap_or(&lead.status)
    }
}

fn digits(amount: &Amount) -> usize {
    let figure = amount.bounds.figure().normalize().to_string();
    figure.trim_end_matches('0').len()
}

/// Groups tellings, headline last: the body outranks it.
pub fn group(document: &Document<'_>, tellings: Vec<Telling>) -> Vec<Group> {
    let mut grouper = Grouper { document, groups: Vec::new(), focus: None };
    let (title, body): (Vec<Telling>, Vec<Telling>) =
        tellings.into_iter().partition(|telling| telling.is_title);
    for telling in body {
        grouper.place(telling);
    }
    for telling in title {
        grouper.place_title(telling);
    }
    let mut groups = grouper.groups;
    groups.retain(|group| is_something(document, group));
    umbrellas(document, &mut groups);
    settle(document, &mut groups);
    groups
}

struct Grouper<'a> {
    document: &'a Document<'a>,
    groups: Vec<Group>,
    focus: Option<usize>,
}

impl Grouper<'_> {
    fn donors(&self, telling: &Telling) -> Vec<String> {
        let main = self.document.main_recipient.as_deref();
        let firm = telling.parties.firm_donors(2);
        let others =
            |code: &str| telling.parties.recipients.iter().any(|p| p.code != code && p.score >= 2);
        let firm = codes(
            firm.iter()
                .filter(|party| {
                    let code = party.code.as_str();
                    let attacked = self.document.lexicon.is_attacked(code);
                    let gives = self.document.main_donor.as_deref() == Some(code);
                    (Some(code) != main || others(code)) && (!attacked || gives)
                })
                .map(|party| party.code.as_str()),
        );
        // Money that goes by a giver's own route is that giver's, whoever speaks of it.
        match self.owner_of_route(telling) {
            Some(owner) if telling.amount.is_some() => vec![owner.to_owned()],
            _ => firm,
        }
    }

    /// The one giver whose route the telling names: who is under USAI is the United States.
    fn owner_of_route(&self, telling: &Telling) -> Option<&str> {
        let route = &telling.mechanism.as_ref()?.value;
        let mechanisms = self.document.lexicon.mechanisms();
        let owner = mechanisms.iter().find(|mechanism| mechanism.id == *route)?.donor.as_deref()?;
        let named = self.document.lexicon.actor_name(owner).is_some();
        let kind = self.document.lexicon.party_kind(owner);
        (named && kind != PartyKind::Group).then_some(owner)
    }

    fn place(&mut self, telling: Telling) {
        let donors = self.donors(&telling);
        let recipients = recipients(&telling, &donors);
        self.take_share(&telling, &donors);
        let target = if telling.amount.is_some() {
            self.with_same_amount(&telling, &donors, &recipients)
                .or_else(|| self.without_amount(&telling, &donors))
        } else {
            self.for_contents(&telling, &donors, &recipients)
        };
        match target {
            Some(index) => self.join(index, telling, &donors, &recipients),
            None => self.found(telling, donors, recipients),
        }
    }

    /// "Denmark said that it would hand over 19 planes" after "Denmark and the Netherlands will supply
    /// F-16s": whose share is told no longer belongs to what is told of all of them.
    fn take_share(&mut self, telling: &Telling, donors: &[String]) {
        let counted = telling.items.iter().any(|item| item.quantity.is_some());
        if donors.is_empty() || !counted {
            return;
        }
        let document = self.document;
        let is_whole = |group: &Group| {
            let kind = group.items.iter().any(|general| {
                telling.items.iter().any(|item| is_kind_of(document, item, general))
                    || general.system.is_some()
            });
            donors.len() < group.donors.len()
                && donors.iter().all(|donor| group.donors.contains(donor))
                && group.donor_is_explicit
                && group.amount().is_none()
                && group.items.iter().all(|item| item.quantity.is_none())
                && kind
        };
        if let Some(group) = self.groups.iter_mut().rev().find(|group| is_whole(group)) {
            group.donors.retain(|donor| !donors.contains(donor));
        }
    }

    fn with_same_amount(
        &self,
        telling: &Telling,
        donors: &[String],
        recipients: &[String],
    ) -> Option<usize> {
        let amount = telling.amount.as_ref()?.value;
        self.groups.iter().position(|group| {
            let same = group
                .tellings
                .iter()
                .filter_map(|other| other.amount.as_ref())
                .any(|other| same_sum(&other.value, &amount));
            let parties =
                (donors.is_empty() || !group.donor_is_explicit || shares(&group.donors, donors))
                    && (recipients.is_empty()
                        || group.recipients.is_empty()
                        || shares(&group.recipients, recipients));
            same && parties
        })
    }

    /// A sum for a package that was named just before without one.
    fn without_amount(&self, telling: &Telling, donors: &[String]) -> Option<usize> {
        let index = self.focus?;
        let group = &self.groups[index];
        let near = telling.sentence.saturating_sub(group.last_sentence) <= 3;
        let same_donor =
            donors.is_empty() || !group.donor_is_explicit || shares(&group.donors, donors);
        let past = telling.status.status == Status::Past;
        let group_past = group.status().status == Status::Past;
        let names_value = telling.refers_back
            || telling.states_value
            || group.items.is_empty()
            || !telling.has_giving_verb && !telling.has_package_noun;
        let number = telling.sequence.as_ref().map(|found| found.value);
        let same_number =
            number.is_none() || group.sequence().is_none_or(|own| Some(own) == number);
        let opens_anew = number.is_some() && group.sequence().is_none() && telling.has_giving_verb;
        // "They are valued at 144.8 million euros", of what was just recalled.
        let valued =
            telling.states_value && self.document.sentences[telling.sentence].is(Label::It, 0);
        let same_time = past == group_past || valued;
        let fits = near && same_donor && same_time && names_value && same_number && !opens_anew;
        (group.amount().is_none() && fits).then_some(index)
    }

    /// The package whose contents, mechanism or ordinal this is.
    fn for_contents(
        &self,
        telling: &Telling,
        donors: &[String],
        recipients: &[String],
    ) -> Option<usize> {
        let past = telling.status.status == Status::Past || telling.is_inventory;
        let fits = |group: &Group| {
            let group_past =
                group.status().status == Status::Past || group.tellings[0].is_inventory;
            let sequence = telling.sequence.as_ref().map(|s| s.value);
            let other = group.tellings.iter().find_map(|t| t.sequence.as_ref().map(|s| s.value));
            let other_batch = past && differs_in_number(self.document, group, telling);
            past == group_past
                && !other_batch
                && !dated_otherwise(group, telling)
                && (sequence.is_none() || other.is_none() || sequence == other)
        };
        let firm = telling.parties.recipients.iter().any(|party| party.score >= 2);
        let same_donor = |group: &Group| {
            (donors.is_empty() || shares(&group.donors, donors))
                && (!firm
                    || recipients.is_empty()
                    || group.recipients.is_empty()
                    || shares(&group.recipients, recipients))
        };
        let priced = |group: &Group| group.amount().is_some();
        let firm_giver =
            telling.first_person || telling.parties.donors.iter().any(|p| p.score >= 4);
        if telling.is_separate
            && !telling.refers_back
            && firm_giver
            && self.focus.is_some_and(|index| priced(&self.groups[index]))
        {
            return None;
        }
        if let Some(route) = telling.mechanism.as_ref().map(|found| &found.value) {
            let own = |group: &Group| group.mechanism() == Some(route.as_str());
            let place = self.groups.iter().rposition(|g| own(g) && same_donor(g) && fits(g));
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
        self.groups.iter().rposition(|group| same_donor(group) && fits(group))
    }

    fn join(&mut self, index: usize, telling: Telling, donors: &[String], recipients: &[String]) {
        let group = &mut self.groups[index];
        if !group.donor_is_explicit && !donors.is_empty() {
            group.donors = donors.to_vec();
            group.donor_is_explicit = true;
        }
        if group.recipients.is_empty() {
            group.recipients = recipients.to_vec();
        }
        add_items(self.document, &mut group.items, &telling.items);
        group.last_sentence = telling.sentence;
        group.in_title |= telling.is_title;
        group.tellings.push(telling);
        self.focus = Some(index);
    }

    fn found(&mut self, telling: Telling, donors: Vec<String>, recipients: Vec<String>) {
        let explicit = !donors.is_empty()
            || telling.first_person
                && telling.has_giving_verb
                && self.document.main_donor.is_some();
        let donors =
            if donors.is_empty() { self.default_donors(&telling, &recipients) } else { donors };
        let mut recipients = recipients;
        recipients.retain(|code| !donors.contains(code));
        if recipients.is_empty() {
            recipients = self.default_recipients(&donors);
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

    /// Without grammar: the giver told last, else the one that the sentence names, else the one
    /// that the document names most.
    fn default_donors(&self, telling: &Telling, recipients: &[String]) -> Vec<String> {
        let free = |code: &&str| !recipients.iter().any(|recipient| recipient == code);
        let gives = |code: &&str| free(code) && !self.document.lexicon.is_attacked(code);
        let main = self.document.main_donor.as_deref().filter(free);
        let count = |code: &str| self.document.givers.get(code).copied().unwrap_or(0);
        // Who is named in passing gives nothing beside one whom the whole article is about.
        let stands = |party: &&Party| {
            let opens = party.tokens.start <= 1;
            opens || main.is_none_or(|main| count(&party.code) * 4 > count(main))
        };
        let opens = |code: &str| {
            let mut donors = telling.parties.donors.iter();
            donors.any(|party| party.code == code && party.tokens.start <= 1)
        };
        let weak = telling.parties.donors.iter().filter(stands).map(|party| party.code.as_str());
        let weak = weak.into_iter().find(gives);
        let pronoun = self.meant_by_pronoun(telling).filter(|code| free(&code.as_str()));
        // News of others told in passing does not keep the floor.
        let refers = telling.refers_back
            || self.document.sentences[telling.sentence].is(Label::It, 0)
            || telling.amount.is_none();
        let keeps = |donors: &Vec<String>| {
            refers || main.is_none_or(|main| donors.iter().any(|donor| donor == main))
        };
        let focus = self
            .focus
            .map(|index| self.groups[index].donors.clone())
            .filter(|donors| !donors.is_empty() && keeps(donors));
        match (weak, main) {
            (Some(weak), Some(main)) if weak == main => vec![main.to_owned()],
            (_, Some(main)) if telling.first_person || self.names_government(telling) => {
                vec![main.to_owned()]
            }
            _ if pronoun.is_some() => pronoun.into_iter().collect(),
            // "Saudi Arabia responded with $1 billion": who opens the sentence acts in it.
            (Some(weak), _) if opens(weak) => vec![weak.to_owned()],
            _ if focus.is_some() => focus.unwrap_or_default(),
            (Some(weak), _) => vec![weak.to_owned()],
            (None, Some(main)) => vec![main.to_owned()],
            (None, None) => vec![],
        }
    }

    /// "the Government gave materiel": whose it is goes without saying in the giver's own country.
    fn names_government(&self, telling: &Telling) -> bool {
        let sentence = &self.document.sentences[telling.sentence];
        let mut offices =
            sentence.cues_in(&sentence.all()).filter(|cue| cue.label == Label::Office);
        offices.any(|cue| {
            let start = cue.tokens.start;
            start.checked_sub(1).is_some_and(|at| sentence.is(Label::Definite, at))
                && sentence.mention_at(start).is_none()
        })
    }

    /// "It wants to give 14 Leopards": the actor that the sentence before begins with.
    fn meant_by_pronoun(&self, telling: &Telling) -> Option<String> {
        let sentence = &self.document.sentences[telling.sentence];
        let previous = self.document.sentences.get(telling.sentence.checked_sub(1)?)?;
        let opens = sentence.is(Label::It, 0) && telling.has_giving_verb;
        let subject = previous.mentions.first().filter(|_| opens)?;
        let code = self.document.actor_code(&subject.value)?;
        let gives = self.document.lexicon.can_give(code)
            && !self.document.enemies.contains(code)
            && !self.document.lexicon.is_attacked(code);
        (gives && subject.tokens.start <= 3).then(|| code.to_owned())
    }

    fn default_recipients(&self, donors: &[String]) -> Vec<String> {
        self.document.main_recipient.iter().filter(|code| !donors.contains(code)).cloned().collect()
    }

    /// The headline adds to a package of the body; it founds one only where the body tells none.
    fn place_title(&mut self, telling: Telling) {
        let donors = self.donors(&telling);
        let recipients = recipients(&telling, &donors);
        if let Some(index) = self.with_same_amount(&telling, &donors, &recipients) {
            let group = &mut self.groups[index];
            group.in_title = true;
            if !group.donor_is_explicit && !donors.is_empty() {
                group.donors = donors;
                group.donor_is_explicit = true;
            }
            group.tellings.push(telling);
            return;
        }
        let fits = |group: &Group| {
            donors.is_empty() || !group.donor_is_explicit || shares(&group.donors, &donors)
        };
        let place = |test: &dyn Fn(&Group) -> bool| self.groups.iter().position(test);
        let number = telling.sequence.as_ref().map(|found| found.value);
        let numbered = place(&|group| number.is_some() && group.sequence() == number);
        let place = numbered
            .filter(|index| fits(&self.groups[*index]))
            .or_else(|| place(&|group| fits(group) && is_something(self.document, group)))
            .or_else(|| place(&|group| fits(group) && !group.items.is_empty()));
        if let Some(index) = place {
            let group = &mut self.groups[index];
            group.in_title = true;
            if !group.donor_is_explicit && !donors.is_empty() {
                group.donors.clone_from(&donors);
                group.donor_is_explicit = true;
            }
            let lacks_amount = group.amount().is_none() && group.status().status != Status::Past;
            if telling.amount.is_none() || lacks_amount {
                group.tellings.push(telling);
            }
        } else if telling.amount.is_some() || !telling.items.is_empty() {
            self.found(telling, donors, recipients);
        }
    }
}

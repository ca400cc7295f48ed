//! A package as the document tells it.

use super::compare::{digits, is_made_public, overrules};
use crate::extraction::status::{ALREADY, Reading, WOULD};
use crate::extraction::tellings::Telling;
use crate::mentions::ItemMention;
use crate::model::{Aid, Amount, Qualifier, Status};

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
    /// Whether its sum pays for other help than arms, or its things go to other hands than an army's.
    pub fn is_civil(&self) -> bool {
        matches!(self.aid(), Aid::Financial | Aid::Humanitarian)
    }

    /// What kind of help it is, as the first telling of its sum says.
    pub fn aid(&self) -> Aid {
        let priced = self.tellings.iter().find(|telling| telling.amount.is_some());
        priced.unwrap_or(&self.tellings[0]).aid
    }

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

    /// Takes the donors that grammar names; who gives does not receive beside others.
    pub(super) fn name_donors(&mut self, donors: Vec<String>) {
        self.donors = donors;
        self.donor_is_explicit = true;
        if !self.recipients.iter().all(|code| self.donors.contains(code)) {
            self.recipients.retain(|code| !self.donors.contains(code));
        }
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
        // "was pleased that the army could offer its skills", before what is given: that tells no plan.
        let counts = |telling: &&Telling| telling.status.rule != WOULD || telling.tells_things();
        let firm = body().any(Telling::tells_things);
        let opening = body().find(|telling| !firm || counts(telling));
        let opening = opening.unwrap_or(&self.tellings[0]);
        let priced = body().find(|telling| telling.amount.is_some());
        // What opens the story says how far it is: "are turned over", "is expected to announce"; the
        // sentence with the value often only states it.
        let lead = match (opening.status.status, priced) {
            (Status::Announced, Some(priced)) if overrules(opening, priced) => opening,
            // "They are valued at 144.8 million euros", of what was just recalled.
            (Status::Past, Some(priced)) if priced.states_value && !priced.has_giving_verb => {
                opening
            }
            (Status::Announced | Status::Past, Some(priced)) => priced,
            // "Berlin prepares a package. It is worth 2.7 billion, the ministry announced."
            (Status::Proposed, Some(priced)) if is_made_public(priced) => priced,
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
            && handover.rule != ALREADY
            && lead.status.status == Status::Announced
            && self.amount().is_none()
        {
            return handover;
        }
        if !firm {
            return &lead.status;
        }
        // "It was worth some 25 million", of what was just recalled, is no news by itself.
        let recalled = lead.status.status == Status::Past;
        let states = |telling: &Telling| {
            telling.amount.is_some()
                && !(recalled && telling.states_value && !telling.has_giving_verb)
        };
        self.tellings
            .iter()
            .filter(|telling| states(telling) || telling.sentence == lead.sentence)
            .map(|telling| &telling.status)
            .min_by_key(|reading| order(reading.status))
            .unwrap_or(&lead.status)
    }
}

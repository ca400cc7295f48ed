//! Money for what is bought: to be given, from the receiver's industry, or for whoever buys.

use super::Reader;
use crate::extraction::document::Document;
use crate::extraction::parties;
use crate::extraction::topic::buys_for_somebody;
use crate::lexicon::{Label, PartyKind, Role};
use crate::mentions::{CueMention, Mention, Sentence, Value};
use crate::text::SegmentKind;
use std::ops::Range;

/// Within so many tokens a sentence names the contract that it is about.
const CONTRACT: usize = 3;

/// Within so many tokens behind a contract stands what it is for.
const CONTRACTED: usize = 6;

/// Within so many tokens of its beginning a sentence names what was bought before.
const FOLLOWED: usize = 4;

/// Within so many tokens behind a sum stands that it was set aside.
const SET_ASIDE: usize = 4;

/// Within so many tokens before "the purchase of" stands the sum for it.
const PURCHASE: usize = 8;

impl Reader<'_> {
    /// "London is to send Ukraine 650 missiles. The contract with Thales is worth 162 million": what is
    /// bought to be given costs as much.
    pub(super) fn values_what_is_given(&self, own: &Range<usize>) -> bool {
        let before = self.index.checked_sub(1).and_then(|at| self.document.sentences.get(at));
        let Some(gift) = before else { return false };
        let opening = 0..CONTRACT;
        let contract = self.sentence.is(Label::Definite, 0)
            && self.sentence.has_any(&[Label::Sale, Label::Trade], &opening);
        let worth = self.sentence.has(Label::Worth, &(own.start.saturating_sub(3)..own.start));
        let given = parties::in_range(self.document, gift, &gift.all());
        let whole = given.donors.iter().any(|party| party.score >= 3)
            && (gift.has(Label::Give, &gift.all()) || buys_for_somebody(gift))
            && gift.items.iter().any(|item| item.quantity.is_some())
            && !gift.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)));
        let seller = self.sentence.mentions_in(&(0..own.start)).any(|mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| self.document.lexicon.party_kind(code) == PartyKind::State)
        });
        contract && worth && whole && !seller && self.document.is_military
    }

    /// "Latvia handed over drones. The drones, with a value of 1.7 million, were bought by its ministry": what was
    /// just given is worth as much, wherever it was bought.
    pub(super) fn values_what_was_bought(&self, own: &Range<usize>) -> bool {
        let before = self.index.checked_sub(1).and_then(|at| self.document.sentences.get(at));
        let Some(gift) = before else { return false };
        let acts = [Label::Give, Label::Arrive, Label::Receive, Label::Handover];
        let sum = |mention: &Mention| matches!(mention.value, Value::Money(_));
        let before = 0..own.start;
        // "The contracts are valued at 20 billion, the first export of the launcher"
        let same = self.sentence.items.iter().any(|item| {
            item.role != Role::Vague
                && before.contains(&item.tokens.start)
                && gift.items.iter().any(|told| told.class == item.class)
        });
        self.sentence.is(Label::Definite, 0)
            && self.sentence.has(Label::Worth, &before)
            && same
            && gift.has_any(&acts, &gift.all())
            && !gift.mentions.iter().any(sum)
            && !self.sentence.mentions_in(&before).any(sum)
    }

    /// "for drones from Ukrainian manufacturers": whoever is attacked has an industry of its own, and
    /// what is bought there is given.
    pub(super) fn is_industry_of_receiver(
        &self,
        own: &Range<usize>,
        territory: &Range<usize>,
    ) -> bool {
        let attacked = |mention: &Mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| self.document.lexicon.is_attacked(code))
        };
        let mut industry = self.sentence.cues_in(territory).filter(|c| c.label == Label::Domestic);
        industry.any(|cue| {
            let start = cue.tokens.start;
            let bought = own.end..start;
            // "donates 20 million to the Kenyan arms industry"
            let given = self.sentence.has(Label::Would, &(start..own.start))
                || self.sentence.ending_at(Label::Give, own.start).is_some()
                || self.sentence.items.iter().any(|item| bought.contains(&item.tokens.start));
            given && self.sentence.mentions_in(&(start.saturating_sub(4)..start)).any(attacked)
        })
    }

    /// "Taiwan's ministry said it would also buy 16 guns for $30 million": the receiver is the buyer.
    pub(super) fn buys_for_itself(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let before = territory.start..own.start;
        let buys = |cue: &CueMention| matches!(cue.label, Label::Trade | Label::Buy);
        let Some(verb) = self.sentence.cues_in(&before).rfind(|cue| buys(cue)) else {
            return false;
        };
        let subject = before.start..verb.tokens.start;
        let mentions = self.sentence.mentions_in(&subject);
        let buyer = mentions.filter_map(|mention| self.document.actor_code(&mention.value)).last();
        let needs = |code: &str| {
            Some(code) == self.document.main_recipient.as_deref()
                || self.document.lexicon.is_attacked(code)
        };
        buyer.is_some_and(needs)
            && !self.sentence.has_any(&[Label::AidNoun, Label::By, Label::Give], territory)
    }

    /// "announced a contract for 650 missiles for Ukraine": a government that makes known what it orders for
    /// another.
    pub(super) fn announces_contract(&self, territory: &Range<usize>) -> bool {
        let mut verbs = self.sentence.cues_in(territory).filter(|cue| cue.label == Label::Announce);
        let Some(verb) = verbs.next() else { return false };
        let behind = verb.tokens.end..territory.end;
        let contract = self.sentence.cues_in(&behind).find(|cue| {
            matches!(cue.label, Label::Sale | Label::Trade)
                && self.sentence.is(Label::For, cue.tokens.end)
        });
        let Some(contract) = contract else { return false };
        let near = contract.tokens.end..contract.tokens.end + CONTRACTED;
        let things = self.sentence.items.iter().any(|item| near.contains(&item.tokens.start));
        let parties = parties::in_range(self.document, self.sentence, territory);
        let states = |code: &str| self.document.lexicon.party_kind(code) == PartyKind::State;
        let giver = parties.donors.iter().any(|party| {
            party.score >= 3 && party.tokens.end <= verb.tokens.start && states(&party.code)
        });
        let mut receivers = parties.recipients.iter();
        things
            && self.document.is_military
            && giver
            && receivers.any(|party| party.rule == "recipient.preposition")
    }

    /// "The nineteenth package has a price tag of 5.6 billion", "It has": what a package costs is its value.
    pub(super) fn prices_package(&self, own: &Range<usize>) -> bool {
        let before = self.index.checked_sub(1).and_then(|at| self.document.sentences.get(at));
        let before_sum = 0..own.start;
        let worth = self.sentence.cues_in(&before_sum).rfind(|cue| {
            cue.label == Label::Worth && cue.tokens.len() > 1 && cue.tokens.end + 1 >= own.start
        });
        let Some(worth) = worth else { return false };
        let package = |sentence: &Sentence, range: &Range<usize>| {
            sentence.has(Label::PackageNoun, range) && !sentence.has(Label::Sale, range)
        };
        let subject = self.subject(&(0..worth.tokens.start));
        let it = self.sentence.is(Label::It, 0)
            && self.sentence.items.iter().all(|item| item.tokens.start >= own.end);
        package(self.sentence, &subject)
            || it && before.is_some_and(|before| package(before, &before.all()))
    }

    /// "announced ammunition worth 90 million, to be bought from its own industry": what a state makes known has
    /// that value, wherever it is bought then.
    pub(super) fn announces_worth(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let before = territory.start..own.start;
        let acts = [Label::Announce, Label::Give];
        let mut verbs = self.sentence.cues_in(&before).filter(|cue| acts.contains(&cue.label));
        let Some(verb) = verbs.next_back() else { return false };
        let things = verb.tokens.end..own.start;
        let thing = self.sentence.items.iter().any(|item| things.contains(&item.tokens.start));
        let worth = self.sentence.cues_ending_at(own.start).any(|cue| cue.label == Label::Worth);
        let other = [Label::Sale, Label::SaleStrong, Label::Trade, Label::Buy, Label::Replacement];
        let parties = parties::in_range(self.document, self.sentence, territory);
        let states = |code: &str| self.document.lexicon.party_kind(code) == PartyKind::State;
        let giver = |party: &parties::Party| {
            party.score >= 3 && party.tokens.end <= verb.tokens.start && states(&party.code)
        };
        self.document.is_military
            && thing
            && worth
            && !self.sentence.has_any(&other, &before)
            && parties.donors.iter().any(giver)
    }

    /// "an extra 4 billion was allocated, most of it for the initiative that buys missiles": the sum itself is
    /// what was given.
    pub(super) fn is_set_aside(&self, own: &Range<usize>) -> bool {
        let near = own.end..own.end + SET_ASIDE;
        let mut verbs = self.sentence.cues_in(&near).filter(|cue| cue.label == Label::Give);
        verbs.any(|verb| {
            let between = own.end..verb.tokens.start;
            verb.inflection.is_past_form() && self.sentence.has(Label::Be, &between)
        })
    }

    /// "has set aside 15 million for the joint purchase of shells", beside a sentence that names who is to have
    /// them.
    pub(super) fn is_set_aside_for_receiver(&self, purchase: usize) -> bool {
        let near = purchase.saturating_sub(PURCHASE)..purchase;
        let sum = self.sentence.mentions_in(&near).find(|m| matches!(m.value, Value::Money(_)));
        let given =
            sum.is_some_and(|sum| self.sentence.ending_at(Label::Give, sum.tokens.start).is_some());
        let from = self.index.saturating_sub(1);
        let beside =
            &self.document.sentences[from..(self.index + 2).min(self.document.sentences.len())];
        let receiver = self.document.main_recipient.as_deref();
        let named = |mention: &Mention| {
            receiver.is_some() && self.document.actor_code(&mention.value) == receiver
        };
        given && beside.iter().any(|sentence| sentence.mentions.iter().any(named))
    }

    /// "announced 150 million kronor for joint purchases": money that a government puts into what several buy
    /// together.
    pub(super) fn joins_purchase(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let near = own.end..(own.end + CONTRACTED).min(territory.end);
        let mut sales = self.sentence.cues_in(&near).filter(|cue| cue.label == Label::Sale);
        let joint = sales.any(|cue| {
            let start = cue.tokens.start;
            self.sentence.has(Label::Joint, &(start.saturating_sub(1)..start))
                && self.sentence.has_any(&[Label::For, Label::To], &(own.end..start))
        });
        let parties = || parties::in_range(self.document, self.sentence, territory);
        let gives = |code: &str| self.document.lexicon.party_kind(code) == PartyKind::State;
        joint
            && self.document.is_military
            && parties().donors.iter().any(|party| party.score >= 3 && gives(&party.code))
    }

    /// "• purchase 35 cameras at a price of $76 million": an entry that begins with its verb goes on with what its
    /// list says of who does so for whom.
    pub(super) fn is_entry_of_acts(&self, territory: &Range<usize>) -> bool {
        let opens = self.sentence.cues_in(&(0..2)).any(|cue| {
            matches!(cue.label, Label::Buy | Label::Trade | Label::Sale) && cue.tokens.start <= 1
        });
        let counted = self
            .sentence
            .items
            .iter()
            .any(|item| item.quantity.is_some() && territory.contains(&item.tokens.start));
        self.sentence.segment.kind == SegmentKind::Bullet
            && opens
            && counted
            && self.document.is_military
            && self.document.main_recipient.is_some()
    }

    /// "will supply 30,000 drones under contracts worth 45 million": what is counted is given, and the
    /// contracts are what it costs.
    pub(super) fn is_supplied(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let before = territory.start..own.start;
        let Some(verb) = self.sentence.first(Label::Give, &before) else { return false };
        let things = verb.tokens.end..own.start;
        // "the 650 which Healey pledged in a £162 million deal"
        let numbers = before.start..verb.tokens.start;
        let counted = self
            .sentence
            .items
            .iter()
            .any(|item| item.quantity.is_some() && things.contains(&item.tokens.start))
            || numbers
                .into_iter()
                .any(|at| parties::bare_count(self.document, self.sentence, at).is_some());
        let parties = parties::in_range(self.document, self.sentence, territory);
        let receiver = self.document.main_recipient.as_deref();
        let gives = |code: &str| Some(code) != receiver && self.document.lexicon.can_give(code);
        counted
            && self.document.is_military
            && parties.donors.iter().any(|party| party.score >= 4 && gives(&party.code))
    }
}

/// Whether what a sentence buys goes to another, by a clause behind it or by the sentence right behind: "has bought
/// 10,000 shells for 1.2 billion kroner. All of them will go to Ukraine".
pub(super) fn is_passed_on(document: &Document<'_>, index: usize) -> bool {
    let sentence = &document.sentences[index];
    let all = sentence.all();
    let buys = |cue: &&CueMention| matches!(cue.label, Label::Buy | Label::Trade | Label::Sale);
    let Some(verb) = sentence.cues_in(&all).find(buys) else { return false };
    let things = sentence.items.iter().filter(|item| item.tokens.start >= verb.tokens.end);
    let Some(end) = things.map(|item| item.tokens.end).next() else { return false };
    let buyers = parties::in_range(document, sentence, &(0..end));
    let state = |code: &str| document.lexicon.party_kind(code) == PartyKind::State;
    let buyer = buyers.donors.iter().find(|party| {
        party.tokens.start < verb.tokens.start && party.rule != "donor.from" && state(&party.code)
    });
    let Some(buyer) = buyer else { return false };
    let goes = |sentence: &Sentence, start: usize| {
        let behind = start..sentence.tokens.len();
        let verbs = [Label::Give, Label::Arrive, Label::Handover];
        let Some(verb) = sentence.cues_in(&behind).find(|cue| verbs.contains(&cue.label)) else {
            return false;
        };
        let parties = parties::in_range(document, sentence, &behind);
        parties.recipients.iter().any(|party| {
            party.score >= 3
                && party.tokens.start >= verb.tokens.end
                && party.code != buyer.code
                && party.rule == "recipient.preposition"
        })
    };
    let priced = |sentence: &Sentence| {
        sentence.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)))
    };
    let follows = |next: &&Sentence| {
        next.segment.block == sentence.segment.block
            && next.has_any(&[Label::It, Label::Definite], &(0..FOLLOWED))
            && !priced(next)
    };
    let next = document.sentences.get(index + 1).filter(follows);
    document.is_military
        && !sentence.has(Label::SaleStrong, &all)
        && (goes(sentence, end) || next.is_some_and(|next| goes(next, 0)))
}

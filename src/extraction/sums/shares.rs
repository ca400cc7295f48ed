//! Which sums are shares of what was told: of a package, or of a running total.

use super::beside::Judged;
use super::{Reader, Sum, SumRole};
use crate::extraction::parties::{self, Parties};
use crate::lexicon::{Grade, Label, PartyKind, Role};
use crate::mentions::{Mention, MoneyCurrency, Value};
use std::ops::Range;

/// Within so many tokens behind a sum stands the verb of a clause that tells of it.
const CLAUSE: usize = 7;

impl Reader<'_> {
    /// A share of a running total is one itself.
    pub(super) fn share_of(
        &self,
        before: Option<&Sum>,
        territory: &Range<usize>,
        judged: Judged,
    ) -> Judged {
        let (role, _) = judged;
        if let (Some(before), SumRole::Package | SumRole::Share | SumRole::Other("no-aid")) =
            (before, role)
            && (role == SumRole::Share
                || before.rule == "sum.share"
                    && (before.sentence != self.index || self.is_enumerated(territory)))
        {
            let whole = before.role;
            let shares = matches!(whole, SumRole::Package | SumRole::Share);
            let role = if shares { SumRole::Share } else { whole };
            return (role, "sum.share");
        }
        judged
    }

    /// "Another 68 million pays for radars", right behind a sentence with a share: the next one, where
    /// nobody gives it.
    pub(super) fn goes_on_sharing(&self, before: &Sum) -> bool {
        let all = self.sentence.all();
        let parties = || parties::in_range(self.document, self.sentence, &all);
        before.role == SumRole::Share
            && before.sentence + 1 == self.index
            && self.sentence.has(Label::New, &(0..2))
            && !self.sentence.has_any(&[Label::Announce, Label::Receive], &all)
            && !self.sentence.mentions.iter().any(|m| matches!(m.value, Value::Mechanism(_)))
            && parties().firm_donors(3).is_empty()
    }

    /// "DKK 2.4 billion of this amount", "300 million from this aid package", "Of the announced funds, 2.4
    /// billion": words that point back to a package behind "of" or "from", right behind the sum or at
    /// the opening of its clause.
    pub(super) fn is_of_what_was_told(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let whole = |link: usize, end: usize| {
            // "of this" as a whole is a word for a share.
            let definite = if self.sentence.is_any(&[Label::Of, Label::From], link) {
                self.sentence.is(Label::Definite, link + 1)
            } else {
                self.sentence.is(Label::Share, link) && self.sentence.is(Label::Share, link + 1)
            };
            let noun = (link + 2..(link + 6).min(end))
                .find(|at| self.sentence.is_any(&[Label::PackageNoun, Label::AidNoun], *at));
            definite.then_some(noun).flatten()
        };
        // Where the next sum's stretch begins says nothing here: "of this" opens one.
        let all = self.sentence.tokens.len();
        let is_sum = |mention: &&Mention| matches!(mention.value, Value::Money(_));
        let next = self.sentence.mentions_in(&(own.end..all)).filter(is_sum).find(|sum| {
            !self.sentence.is_sign(self.text(), sum.tokens.start.saturating_sub(1), &["("])
        });
        let end = next.map_or(all, |sum| sum.tokens.start).min(own.end + 12);
        let behind = (own.end..end.min(own.end + 8)).any(|link| whole(link, end).is_some());
        let opening = (territory.start..territory.start + 2)
            .filter(|link| *link < own.start)
            .filter_map(|link| whole(link, own.start))
            // "Of the aid package worth 300 million": the sum is the whole.
            .any(|noun| !self.names_worth(&(noun..own.start)));
        // "Of the money, $190 million for the armed forces": what each receiver gets is its package.
        let near = own.end..(own.end + 6).min(territory.end);
        let given_to = || {
            let parties = parties::in_range(self.document, self.sentence, territory);
            // "goes into equipment for Ukraine's navy": whose the thing is, not who gets the sum.
            let mut named =
                parties.recipients.iter().filter(|party| party.rule != "recipient.possessive");
            named.any(|party| near.contains(&party.tokens.start))
        };
        (behind || opening) && !given_to()
    }

    /// "Some €80 million of it will be spent through partnerships with states that buy for Ukraine": behind a
    /// sentence with a sum, unless somebody gives the part.
    pub(super) fn is_part_of_it(&self, own: &Range<usize>, givers: &Parties) -> bool {
        let it = own.end + 1;
        let owned = self.sentence.cues_in(&(it..it + 1)).any(|cue| cue.is(Grade::Possessive));
        self.sentence.is(Label::Of, own.end)
            && self.sentence.is(Label::It, it)
            && !owned
            && self.previous_has_sum()
            && givers.donors.iter().all(|giver| giver.score < 4 || giver.rule == "donor.buys")
    }

    /// "tents worth 90 million are part of the 500 million that he promised in June": of a smaller sum a
    /// greater one is no share; it is what somebody gave, where the words behind it say so.
    pub(super) fn is_whole_of_smaller(
        &self,
        places: &[usize],
        order: usize,
        after: &Range<usize>,
    ) -> bool {
        let Some((_, own)) = self.money(places[order]) else { return false };
        let smaller = |place: &usize| {
            self.money(*place).is_some_and(|(_, other)| {
                let bare = own.currency == MoneyCurrency::Missing;
                (bare || other.currency == own.currency)
                    && other.bounds.figure() < own.bounds.figure()
            })
        };
        places[..order].iter().any(smaller)
            && self.sentence.has_any(&[Label::Give, Label::Announce], after)
    }

    /// "Of the $85 million, $55 million goes to Taiwan and $30 million to Lebanon": what each of several
    /// receivers gets is a package of its own, wherever the money comes from.
    pub(super) fn splits_by_receiver(&self, places: &[usize], order: usize) -> bool {
        let receiver = |order: usize| {
            let start = self.tokens(places[order]).end;
            let next = places.get(order + 1).map(|place| self.tokens(*place).start);
            let behind = start..next.unwrap_or(self.sentence.tokens.len());
            self.sentence.mentions_in(&behind).find_map(|mention| {
                let (start, end) = (mention.tokens.start, mention.tokens.end);
                let near = start.saturating_sub(2)..start;
                let gets = self.sentence.has_any(&[Label::To, Label::For], &near)
                    || self.sentence.is(Label::Genitive, end);
                let code = self.document.actor_code(&mention.value)?;
                let state = self.document.lexicon.party_kind(code) == PartyKind::State;
                (gets && state).then_some(code)
            })
        };
        let Some(own) = receiver(order) else { return false };
        (0..places.len()).filter_map(receiver).any(|other| other != own)
    }

    /// "About 16 million of the total has gone through the facility"
    pub(super) fn is_of_the_total(&self, territory: &Range<usize>) -> bool {
        let is_sum = |mention: &&Mention| matches!(mention.value, Value::Money(_));
        let sum = self.sentence.mentions_in(territory).find(is_sum);
        sum.is_some_and(|sum| {
            let end = sum.tokens.end;
            self.sentence.starting_at(Label::Share, end).is_some()
                && (end..end + 3).any(|at| self.sentence.is(Label::TotalWeak, at))
        })
    }

    /// "This is part of the $1.5 billion that Australia has committed": the news is a part of the sum.
    pub(super) fn has_part_in(&self, own: &Range<usize>) -> bool {
        let near = own.start.saturating_sub(8)..own.start;
        let part = self.sentence.cues_in(&near).any(|cue| {
            cue.label == Label::Share
                && cue.value.is_none()
                && cue.tokens.end + 1 >= own.start
                // "Of that, 30 million has been set aside": the sum is the part, of a total or a gift.
                && (!self.sentence.is_any_sign(own.start - 1) || self.follows_total())
                && cue.tokens.clone().any(|at| self.sentence.is(Label::Of, at))
        });
        part && self.sentence.has_any(&[Label::It, Label::Definite, Label::Announce], &near)
    }

    /// "the $1.5 billion that it has committed, including $1.3 billion in arms", "the A$1.5 billion aid
    /// Canberra has pledged": the clause right behind a sum tells who has given it.
    pub(super) fn is_given_behind(&self, own: &Range<usize>) -> bool {
        let actor = |at: usize| {
            let mention = self.sentence.mention_at(at);
            mention.is_some_and(|mention| matches!(mention.value, Value::Actor(_)))
        };
        let clause = self.sentence.is(Label::Clause, own.end)
            || self.sentence.is(Label::AidNoun, own.end) && actor(own.end + 1);
        clause && self.perfect(&(own.end..own.end + CLAUSE))
    }

    /// Whether the sentence before tells what many acts come to.
    pub(super) fn follows_total(&self) -> bool {
        let previous = self.index.checked_sub(1).map(|index| &self.document.sentences[index]);
        let sums = [Label::Since, Label::TotalAfter, Label::TotalBefore, Label::TotalWeak];
        previous.is_some_and(|previous| previous.has_any(&sums, &previous.all()))
    }

    /// "2.4 million of this is set apart for air defence": a part of what was told, which nobody gives
    /// anew and of which no things are told.
    pub(super) fn is_plain_share(&self, after: &Range<usize>, givers: &Parties) -> bool {
        self.sentence.is(Label::Of, after.start)
            && !givers.donors.iter().any(|party| party.score >= 4)
            && !self.sentence.items.iter().any(|item| item.role != Role::Vague)
    }
}

//! Who gives and receives in one telling, where its own words leave it open.

use super::acts::GIVERS;
use super::{Party, Reader, Sum, Telling, parties};
use crate::extraction::document::{is_soldiers, is_weapon_class};
use crate::extraction::parties::Parties;
use crate::lexicon::{Inflection, Label, Role};
use crate::mentions::{MoneyCurrency, Value};
use crate::model::Currency;

/// So many tokens before its verb stands who speaks.
const OWN: usize = 4;

impl Reader<'_> {
    pub(super) fn firm_donors(&self) -> Vec<String> {
        let parties = parties::in_range(self.document, self.sentence, &self.sentence.all());
        parties.firm_donors(2).iter().map(|party| party.code.clone()).collect()
    }

    /// "Germany and Norway are spending $200 million each": a package for each of them.
    pub(super) fn for_each_giver(&self, sum: &Sum, mut telling: Telling) -> Vec<Telling> {
        self.keep_owner(&mut telling);
        let end = self.sentence.mentions[sum.mention].tokens.end;
        if !self.sentence.has(Label::Each, &(end..end + 2)) {
            return self.of_each_giver(telling);
        }
        let before = telling.parties.donors.iter().filter(|party| party.tokens.end <= end);
        parted(&telling, before.cloned().collect())
    }

    /// "Australia and New Zealand give A$50 million and NZ$15 million": of several sums in the money of
    /// one of the givers each, this one is its own.
    fn keep_owner(&self, telling: &mut Telling) {
        let Some(amount) = telling.amount.as_ref() else { return };
        // The code of a currency begins with that of its state.
        let owner = |currency: Currency| {
            let has = |party: &&Party| currency.as_str().starts_with(&party.code);
            let mut owners = telling.parties.donors.iter().filter(has);
            owners.next().filter(|_| owners.next().is_none()).map(|party| party.code.clone())
        };
        let Some(giver) = owner(amount.value.currency) else { return };
        let others = self.sentence.mentions.iter().any(|mention| match &mention.value {
            Value::Money(money) => match money.currency {
                MoneyCurrency::Known(currency) => owner(currency).is_some_and(|code| code != giver),
                _ => false,
            },
            _ => false,
        });
        if others {
            telling.parties.donors.retain(|party| party.code == giver);
        }
    }

    /// "Portugal, Spain and Norway each sent three tanks": a package for each of them.
    pub(super) fn of_each_giver(&self, telling: Telling) -> Vec<Telling> {
        let gives = |party: &&Party| party.rule == "donor.subject";
        let donors: Vec<Party> = telling.parties.donors.iter().filter(gives).cloned().collect();
        let last = donors.iter().map(|party| party.tokens.end).max();
        let each = last.is_some_and(|end| self.sentence.has(Label::Each, &(end..end + 3)));
        if each { parted(&telling, donors) } else { vec![telling] }
    }

    /// "the Defence Force is giving": whose it is goes without saying in the giver's own country.
    pub(super) fn own_office_gives(&self) -> bool {
        let receives = self.document.main_recipient.as_deref();
        let own =
            self.document.main_donor.is_some() && self.document.main_donor.as_deref() != receives;
        own && self.sentence.cues_in(&self.act).any(|cue| {
            let (start, end) = (cue.tokens.start, cue.tokens.end);
            let definite =
                start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Definite, at));
            let verb =
                self.sentence.cues_in(&(end..end + 4)).find(|verb| verb.label == Label::Give);
            let near = start..end + 3;
            let mut named = self.sentence.mentions_in(&near);
            matches!(cue.label, Label::Office | Label::Forces)
                && definite
                && !named.any(|m| self.document.actor_code(&m.value).is_some())
                && verb.is_some_and(|verb| {
                    !parties::is_passive(self.document, self.sentence, verb)
                        && verb.inflection != Inflection::Base
                })
        })
    }

    /// Whether the giver and the receiver of the article are both named, in whatever grammar:
    /// "Luxembourg's army will let the Ukrainian army have 100 NLAW".
    pub(super) fn names_both_sides(&self) -> bool {
        let names = |code: &Option<String>| {
            code.as_ref().is_some_and(|code| {
                self.sentence
                    .mentions_in(&self.act)
                    .any(|mention| self.document.actor_code(&mention.value) == Some(code.as_str()))
            })
        };
        let parties = parties::in_range(self.document, self.sentence, &self.act);
        let told = !parties.firm_donors(3).is_empty()
            && parties.recipients.iter().any(|party| party.score >= 3);
        self.document.is_military
            && (told || names(&self.document.main_donor) && names(&self.document.main_recipient))
    }

    /// Whether the act is only a share of one whose verb stands elsewhere: "and Germany 12 more
    /// howitzers".
    pub(super) fn is_share(&self) -> bool {
        self.act != self.frame
    }

    /// Whether somebody is the subject of a verb of giving or announcing.
    pub(super) fn has_subject(&self) -> bool {
        let parties = parties::in_range(self.document, self.sentence, &self.act);
        parties.donors.iter().any(|party| matches!(party.rule, "donor.subject" | "donor.announces"))
    }

    /// Whether somebody announces what is counted: "and Germany spoke of three rocket launchers".
    pub(super) fn is_announced(&self) -> bool {
        let parties = parties::in_range(self.document, self.sentence, &self.act);
        // "Our government has approved 37 howitzers"
        let own = self.sentence.cues_in(&self.act).any(|cue| {
            let near = cue.tokens.start.saturating_sub(OWN)..cue.tokens.start;
            cue.label == Label::Announce && self.sentence.has(Label::We, &near)
        });
        // "Separately, Jane Doe announced 12 mortars for Kenya": whose minister that is was told before.
        let named = || {
            self.document.main_donor.is_some()
                && self.announces_things()
                && parties.recipients.iter().any(|party| party.score >= 3)
        };
        (own || parties.donors.iter().any(|party| party.rule == "donor.announces") || named())
            && self.sentence.items.iter().any(|item| {
                self.act.contains(&item.tokens.start)
                    && item.quantity.is_some()
                    && (is_weapon_class(self.document.lexicon, item.class.as_deref())
                        || self.is_separate() && item.role != Role::Vague
                        || is_soldiers(self.document.lexicon, item))
            })
    }

    /// Takes parties from the whole sentence where the stretch itself names none.
    pub(super) fn complete(&self, parties: &mut Parties, several: bool, start: usize) {
        let whole = parties::in_range(self.document, self.sentence, &self.sentence.all());
        join_along(parties, &whole, start);
        if !parties.firm_donors(2).is_empty() && !parties.recipients.is_empty() {
            return;
        }
        if parties.firm_donors(2).is_empty() {
            let weak: Vec<Party> = parties.donors.clone();
            // Several sums, each with an actor that elsewhere receives: "12.75 million on Georgia".
            if several && parties.recipients.is_empty() {
                parties.recipients = weak
                    .iter()
                    .filter(|party| self.receives_mostly(&party.code))
                    .cloned()
                    .collect();
            }
            let taken: Vec<String> =
                parties.recipients.iter().map(|party| party.code.clone()).collect();
            let firm = whole
                .firm_donors(2)
                .into_iter()
                .filter(|party| !taken.contains(&party.code))
                .filter(|party| party.tokens.start < start)
                .cloned();
            let firm: Vec<Party> = firm.collect();
            if !firm.is_empty() {
                parties.donors = firm;
            } else if parties.donors.is_empty() {
                parties.donors = whole.donors;
            }
        }
        if parties.recipients.is_empty() {
            parties.recipients = whole.recipients;
        }
    }

    pub(super) fn receives_mostly(&self, code: &str) -> bool {
        let count =
            |table: &std::collections::BTreeMap<String, i32>| table.get(code).copied().unwrap_or(0);
        count(&self.document.receivers) > count(&self.document.givers)
    }
}

/// "announced 80 million and, together with Denmark, a fund of 190 million": who acts along does so
/// with the subject of the verb before.
fn join_along(parties: &mut Parties, whole: &Parties, start: usize) {
    let along = !parties.donors.is_empty()
        && parties.donors.iter().all(|party| party.rule == "donor.along");
    let subject = whole
        .donors
        .iter()
        .filter(|party| GIVERS.contains(&party.rule) && party.tokens.end <= start);
    let subject = subject.max_by_key(|party| party.tokens.start);
    if let Some(subject) = subject.filter(|_| along) {
        parties.donors.insert(0, subject.clone());
    }
}

/// A telling for each of several givers.
fn parted(telling: &Telling, donors: Vec<Party>) -> Vec<Telling> {
    if donors.len() < 2 {
        return vec![telling.clone()];
    }
    let of = |donor: Party| {
        let mut own = telling.clone();
        own.parties.donors = vec![donor];
        own
    };
    donors.into_iter().map(of).collect()
}

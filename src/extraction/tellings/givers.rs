//! Who gives and receives in one telling, where its own words leave it open.

use super::{Party, Reader, Sum, Telling, parties};
use crate::extraction::document::is_weapon_class;
use crate::extraction::parties::Parties;
use crate::lexicon::{Inflection, Label, PartyKind};
use crate::mentions::Mention;
use std::ops::Range;

/// The rules for who is the subject of a verb of giving or announcing.
const SUBJECTS: [&str; 3] = ["donor.subject", "donor.announces", "donor.gapped"];

impl Reader<'_> {
    pub(super) fn firm_donors(&self) -> Vec<String> {
        let parties = parties::in_range(self.document, self.sentence, &self.sentence.all());
        parties.firm_donors(2).iter().map(|party| party.code.clone()).collect()
    }

    /// The actor that stands before a colon or a dash at the beginning.
    pub(super) fn labelled(&self) -> Option<(&Mention, &str)> {
        let mention = self.sentence.mentions.first().filter(|m| m.tokens.start <= 2)?;
        let code = self.document.actor_code(&mention.value)?;
        let colon = self.sentence.is_sign(self.text(), mention.tokens.end, &[":", "–", "—", "|"]);
        let gives = self.document.lexicon.can_give(code) && !self.document.enemies.contains(code);
        (colon && gives).then_some((mention, code))
    }

    /// An actor before a colon at the beginning, "Moldova: ...": it receives where the sentence
    /// before the list names somebody else as giver, else it gives.
    pub(super) fn label(&self, tellings: &mut [Telling], lead: Option<&[String]>) {
        let Some((mention, code)) = self.labelled() else { return };
        let given = lead
            .is_some_and(|donors| !donors.is_empty() && !donors.iter().any(|donor| donor == code));
        // A union or an alliance that the article is about gives to the states that it lists.
        let main = self.document.main_donor.as_deref().filter(|main| *main != code);
        let listed = main.is_some_and(|main| {
            let kind = self.document.lexicon.party_kind(main);
            kind == PartyKind::Union && self.document.route_of(main)
        });
        let receives = given || listed || self.document.main_recipient.as_deref() == Some(code);
        let party = Party {
            code: code.to_owned(),
            span: mention.span,
            tokens: mention.tokens.clone(),
            score: 5,
            rule: if receives { "recipient.label" } else { "donor.label" },
        };
        for telling in tellings {
            let (own, other) = if receives {
                (&mut telling.parties.recipients, &mut telling.parties.donors)
            } else {
                (&mut telling.parties.donors, &mut telling.parties.recipients)
            };
            own.retain(|known| known.code != code && !receives);
            other.retain(|known| known.code != code);
            own.insert(0, party.clone());
        }
    }

    /// "Germany and Norway are spending $200 million each": a package for each of them.
    pub(super) fn for_each_giver(&self, sum: &Sum, telling: Telling) -> Vec<Telling> {
        let end = self.sentence.mentions[sum.mention].tokens.end;
        if !self.sentence.has(Label::Each, &(end..end + 2)) {
            return vec![telling];
        }
        let before = telling.parties.donors.iter().filter(|party| party.tokens.end <= end);
        let donors: Vec<Party> = before.cloned().collect();
        if donors.len() < 2 {
            return vec![telling];
        }
        let of = |donor: Party| {
            let mut own = telling.clone();
            own.parties.donors = vec![donor];
            own
        };
        donors.into_iter().map(of).collect()
    }

    /// The stretches of the sentence that have a giver as a subject of their own: "Britain promised
    /// 10,000 drones, and Denmark said that it would donate howitzers".
    pub(super) fn acts(&self) -> Vec<Range<usize>> {
        let subjects = self.subjects();
        let link = |at: usize| {
            self.sentence.is_any(&[Label::And, Label::Definite], at)
                || self.sentence.starting_at(Label::Clause, at).is_some()
                || self.sentence.is_sign(self.text(), at, &[",", ";"])
        };
        let mut starts = vec![0];
        for pair in subjects.windows(2) {
            let (end, start) = (pair[0].tokens.end, pair[1].tokens.start);
            let begin = (end..start).rev().take_while(|at| link(*at)).last();
            // "Germany and Norway gave" is one act of two givers.
            // "With German funding, Estonia will send" is one act as well.
            let verb = self.sentence.cues_in(&(end..start)).any(|cue| {
                matches!(cue.label, Label::Give | Label::Announce)
                    && cue.inflection != Inflection::Gerund
            });
            let acts = verb || pair[1].rule == SUBJECTS[2];
            if let Some(begin) = begin.filter(|_| acts && pair[0].code != pair[1].code) {
                starts.push(begin);
            }
        }
        starts.extend(self.return_gift(&subjects));
        starts.extend(self.earlier_act());
        starts.sort_unstable();
        starts.dedup();
        let ends = starts[1..].iter().copied().chain([self.sentence.tokens.len()]);
        starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }

    /// The actors of the sentence that are the subject of a verb of giving, each where it stands.
    fn subjects(&self) -> Vec<Party> {
        let mentions = self.sentence.mentions.iter();
        mentions
            .filter(|mention| self.document.actor_code(&mention.value).is_some())
            .filter_map(|mention| {
                let own = parties::in_range(self.document, self.sentence, &mention.tokens);
                own.donors.into_iter().find(|party| SUBJECTS.contains(&party.rule))
            })
            .collect()
    }

    /// "It comes on top of more than 1,000 missiles": where what was given before begins.
    fn earlier_act(&self) -> Option<usize> {
        let all = self.sentence.all();
        let cue = self.sentence.cues_in(&all).find(|cue| cue.label == Label::EarlierAfter)?;
        let behind = cue.tokens.end..all.end;
        let things = |range: &Range<usize>| {
            self.sentence
                .items
                .iter()
                .any(|item| range.contains(&item.tokens.start) && (item.quantity.is_some()))
        };
        (cue.tokens.start > 0 && things(&behind)).then_some(cue.tokens.start)
    }

    /// "Greece will transfer 40 vehicles to Ukraine and will get as many from Germany": where the
    /// giver's own receiving begins.
    fn return_gift(&self, subjects: &[Party]) -> Option<usize> {
        let all = self.sentence.all();
        let verb = self.sentence.cues_in(&all).find(|cue| cue.label == Label::Give)?;
        let giver = subjects.iter().find(|party| party.tokens.end <= verb.tokens.start)?;
        let behind = verb.tokens.end..all.end;
        let gets = self.sentence.cues_in(&behind).find(|cue| cue.label == Label::Receive)?;
        let other = parties::in_range(self.document, self.sentence, &(gets.tokens.end..all.end));
        let from = other.donors.iter().any(|party| {
            party.score >= 4 && party.rule == "donor.from" && party.code != giver.code
        });
        let link = (verb.tokens.end..gets.tokens.start).rev().find(|at| {
            self.sentence.is(Label::And, *at)
                || self.sentence.is_sign(self.text(), *at, &[",", ";"])
        })?;
        let subject = self
            .sentence
            .mentions_in(&(link..gets.tokens.start))
            .any(|mention| self.document.actor_code(&mention.value).is_some());
        (from && !subject).then_some(link)
    }

    /// Whether the act has a giver and no verb: "and Germany 12 more howitzers".
    pub(super) fn is_gapped(&self) -> bool {
        let parties = parties::in_range(self.document, self.sentence, &self.act);
        parties.donors.iter().any(|party| party.rule == SUBJECTS[2])
    }

    /// Whether somebody announces what is counted: "and Germany spoke of three rocket launchers".
    pub(super) fn is_announced(&self) -> bool {
        let parties = parties::in_range(self.document, self.sentence, &self.act);
        parties.donors.iter().any(|party| party.rule == SUBJECTS[1])
            && self.sentence.items.iter().any(|item| {
                self.act.contains(&item.tokens.start)
                    && item.quantity.is_some()
                    && is_weapon_class(self.document.lexicon, item.class.as_deref())
            })
    }

    /// Takes parties from the whole sentence where the stretch itself names none.
    pub(super) fn complete(&self, parties: &mut Parties, several: bool, start: usize) {
        let whole = parties::in_range(self.document, self.sentence, &self.sentence.all());
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

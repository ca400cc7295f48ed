//! The acts of a sentence: its stretches with a giver or a receiver as a subject of their own.

use super::shares::Share;
use super::{Reader, Sum, SumRole, Telling, parties};
use crate::extraction::parties::{Parties, Party};
use crate::lexicon::{Inflection, Label};
use crate::mentions::{CueMention, ItemMention, Value};
use crate::model::Aid;
use rust_decimal::Decimal;
use std::ops::Range;

/// The rules for who is the subject of a verb of giving or announcing.
pub(super) const GIVERS: [&str; 3] = ["donor.subject", "donor.announces", "donor.buys"];

/// The rules for who is the subject of a verb of receiving.
const RECEIVERS: [&str; 2] = ["recipient.subject", "recipient.passive-subject"];

/// The verbs that make an act.
pub(super) const VERBS: [Label; 3] = [Label::Give, Label::Announce, Label::Receive];

/// "to Ukraine, while Bulgaria agreed to send 100 carriers": an act that names no receiver goes to
/// that of the act before it.
fn share_receiver(parties: &mut Parties, before: &[Party]) -> bool {
    let gives = |code: &str| parties.donors.iter().any(|party| party.code == code);
    let firm: Vec<Party> =
        before.iter().filter(|party| party.score >= 3 && !gives(&party.code)).cloned().collect();
    if parties.recipients.is_empty() && parties.firm_donors(3).len() == 1 && !firm.is_empty() {
        parties.recipients = firm;
        return true;
    }
    false
}

impl Reader<'_> {
    /// The tellings of one act: of each of its shares where several receive or give in it.
    pub(super) fn read_act(&self, sums: &[&Sum], in_list: bool, inventory: bool) -> Vec<Telling> {
        let mut shares = if in_list { Vec::new() } else { self.shares() };
        if shares.is_empty() && sums.is_empty() && !in_list {
            shares = self.shares_by_time();
        }
        if shares.is_empty() {
            return self.read_share(sums, in_list, inventory);
        }
        let start = |sum: &Sum| self.sentence.mentions[sum.mention].tokens.start;
        let read = |share: Share| {
            let own: Vec<&Sum> =
                sums.iter().copied().filter(|sum| share.range.contains(&start(sum))).collect();
            let act = share.range.clone();
            let reader = Reader { act, frame: self.act.clone(), ..*self };
            let mut tellings = reader.read_share(&own, in_list, inventory);
            share.label(&mut tellings);
            tellings
        };
        shares.into_iter().flat_map(read).collect()
    }

    pub(super) fn read_share(&self, sums: &[&Sum], in_list: bool, inventory: bool) -> Vec<Telling> {
        if self.is_of_private() || self.comes_for_drill() || self.is_disclaimed() {
            return Vec::new();
        }
        let packages: Vec<&&Sum> = sums.iter().filter(|sum| sum.role == SumRole::Package).collect();
        if packages.is_empty() {
            let telling = self.without_sum(sums, in_list, inventory);
            return telling.map_or_else(Vec::new, |telling| self.of_each_giver(telling));
        }
        let single = packages.len() == 1;
        packages
            .iter()
            .filter_map(|sum| {
                self.with_sum(sum, single, sums, inventory).map(|telling| (sum, telling))
            })
            .flat_map(|(sum, telling)| self.for_each_giver(sum, telling))
            .collect()
    }

    /// What verbs and prepositions tell: each act of the sentence, or the whole of it.
    pub(super) fn by_grammar(&self, sums: &[&Sum], in_list: bool, inventory: bool) -> Vec<Telling> {
        let acts = self.acts();
        if acts.len() < 2 {
            return self.read_act(sums, in_list, inventory);
        }
        let listed = in_list || self.is_given_list() && !self.labelled_acts().is_empty();
        self.read_acts(acts, sums, listed, inventory)
    }

    /// The tellings of each act of the sentence.
    fn read_acts(
        &self,
        acts: Vec<Range<usize>>,
        sums: &[&Sum],
        in_list: bool,
        inventory: bool,
    ) -> Vec<Telling> {
        let own: Vec<Parties> =
            acts.iter().map(|act| parties::in_range(self.document, self.sentence, act)).collect();
        let start = |sum: &Sum| self.sentence.mentions[sum.mention].tokens.start;
        // "Denmark, which has already sent 20 tanks, will give": what an aside tells was before.
        let resumed = self.resumed_act();
        let (recalled, come) = (self.recalled_ending(), self.come_act());
        let (mut told, mut last) = (Vec::new(), Aid::Military);
        for (place, act) in acts.into_iter().enumerate() {
            let sums: Vec<&Sum> =
                sums.iter().copied().filter(|sum| act.contains(&start(sum))).collect();
            let before = place.checked_sub(1).and_then(|before| own[before].donors.first());
            // Behind acts of several givers it is open who gives.
            let alone = own[..place].iter().all(|act| {
                act.donors.first().map(|party| &party.code) == before.map(|party| &party.code)
            });
            let receivers = place.checked_sub(1).map(|before| &own[before].recipients[..]);
            let next = own.get(place + 1);
            let behind = next.and_then(|next| next.recipients.first());
            let giver_behind = next.and_then(|next| next.donors.first());
            let opens = place == 0 && self.sentence.has(Label::Return, &(0..3));
            let recalls = place == 0 && self.recalled_opening() == Some(act.end)
                || place > 0 && recalled == Some(act.start);
            let reader = Reader { frame: act.clone(), act, ..*self };
            // What the act beside it answers, and who gets that, who gave then.
            let answered = |at: usize| self.answered_at(at).is_some();
            let answers = if opens {
                Some(behind)
            } else {
                let recalls = recalls && (0..2).any(|at| answered(reader.act.start + at));
                recalls.then(|| receivers.and_then(<[Party]>::first))
            };
            let mut tellings = reader.read_act(&sums, in_list, inventory);
            if tellings.is_empty() && answers.is_some() && !reader.counted_items().is_empty() {
                tellings.push(reader.telling(&reader.act, None, inventory));
            }
            let aid = std::mem::replace(&mut last, reader.aid_of_receiver());
            let aside = Some(reader.act.end) == resumed;
            for telling in &mut tellings {
                telling.opens_another |= come == Some(reader.act.start);
                if recalls || aside {
                    telling.recall("status.earlier");
                }
                if answers.is_some() && telling.items.is_empty() {
                    telling.items = reader.counted_items();
                }
                let named = !telling.parties.firm_donors(2).is_empty();
                if let Some(giver) = answers.flatten().filter(|_| !named) {
                    telling.parties.recipients.retain(|party| party.code != giver.code);
                    telling.parties.donors = vec![giver.clone()];
                } else if recalls && !named {
                    let giver = if place == 0 { giver_behind } else { before };
                    telling.parties.donors.extend(giver.cloned());
                }
                reader.answer(&mut telling.parties, before);
                let subject = if opens { behind } else { before };
                let own = reader.relative_subjects();
                if !own.is_empty() {
                    let gives = |code: &str| own.iter().any(|party| party.code == code);
                    telling.parties.recipients.retain(|party| !gives(&party.code));
                    telling.parties.donors = own;
                }
                reader.go_on(&mut telling.parties, subject, alone);
                let shares = share_receiver(&mut telling.parties, receivers.unwrap_or_default());
                if shares && telling.amount.is_none() {
                    telling.aid = aid;
                }
            }
            told.extend(tellings);
        }
        told
    }

    /// "and today it agreed to give Kyiv": the subject of the act before is meant.
    fn go_on(&self, parties: &mut Parties, subject: Option<&Party>, alone: bool) {
        let Some(subject) = subject else { return };
        let gives = self.sentence.has(Label::Give, &self.act);
        let buys = self.sentence.has(Label::Buy, &self.act);
        // "and will also allocate": with no subject of its own.
        let start = self.act.start;
        let bare = self.goes_on_at(start)
            || start > 0 && [self.contrast(), self.resumed_act()].contains(&Some(start));
        let it = (gives || buys) && (bare || self.sentence.has(Label::It, &self.act))
            || self.considers_at(start)
            || self.comes_at(start);
        // "and it agreed to buy a battery from the United States": who sells does not give.
        if it && buys && parties.donors.iter().all(|party| party.rule == "donor.from") {
            parties.donors.clear();
        }
        // "while Mali was given 68": by the giver of the act before.
        let receives = parties
            .recipients
            .iter()
            .any(|party| RECEIVERS.contains(&party.rule) && party.code != subject.code);
        if (it || receives && alone) && parties.firm_donors(2).is_empty() {
            parties.recipients.retain(|party| party.code != subject.code);
            parties.donors = vec![subject.clone()];
        }
    }

    /// All counted things of the act.
    fn counted_items(&self) -> Vec<ItemMention> {
        let items = self.sentence.items.iter();
        let counted = items.filter(|item| {
            self.act.contains(&item.tokens.start)
                && item.quantity.is_some_and(|bounds| bounds.figure() > Decimal::ONE)
        });
        counted.cloned().collect()
    }

    /// The stretches of the sentence that have a giver or a receiver as a subject of their own:
    /// "Britain promised 10,000 drones, and Denmark said that it would donate howitzers".
    pub(super) fn acts(&self) -> Vec<Range<usize>> {
        let mut subjects = self.subjects();
        subjects.splice(0..0, self.pronoun_subject(&subjects));
        let givers: Vec<&Party> =
            subjects.iter().filter(|party| GIVERS.contains(&party.rule)).collect();
        let mut starts = vec![0];
        let beside = self.recalled_ending().or_else(|| self.earlier_act());
        for pair in subjects.windows(2) {
            let (end, start) = (pair[0].tokens.end, pair[1].tokens.start);
            // "Germany and Norway gave" is one act of two givers.
            // "With German funding, Estonia will send" is one act as well.
            let verb = self.sentence.cues_in(&(end..start)).any(|cue| {
                let at = cue.tokens.start;
                let finite = cue.inflection != Inflection::Gerund
                    || self.is_with_clause(&pair[0])
                    || (at.saturating_sub(2)..at).any(|at| self.sentence.is(Label::Be, at));
                VERBS.contains(&cue.label) && finite
            });
            let acts = verb && pair[0].code != pair[1].code;
            // "besides 35 mortars that Sweden had promised": the things are those of their clause.
            if beside.is_some_and(|at| (end..start).contains(&at)) {
                continue;
            }
            let Some(begin) = self.opening_of(end, start).filter(|_| acts) else { continue };
            let one_sided = pair.iter().all(|party| GIVERS.contains(&party.rule));
            let last = starts.last().copied().unwrap_or(0);
            let both = || {
                self.has_thing(&(last..begin))
                    && self.has_thing(&(begin..self.sentence.tokens.len()))
            };
            // "asked Poland to give 14 tanks and Spain to give six": what is asked for is no act.
            let asked = self.sentence.is(Label::To, pair[1].tokens.end)
                && self.sentence.has(Label::Request, &(0..pair[1].tokens.start));
            // "Germany said that Ukraine will receive 14 tanks" is one act.
            if !asked && (one_sided || both()) {
                starts.push(begin);
            }
        }
        starts.extend(self.return_gift(&givers));
        starts.extend(self.earlier_act());
        starts.extend(self.returned_opening());
        starts.extend(self.recalled_opening());
        starts.extend(self.recalled_ending());
        starts.extend(self.pronoun_acts());
        starts.extend(self.also_act());
        starts.extend(self.come_act());
        starts.extend(self.clause_acts());
        starts.extend(self.contrast());
        starts.extend(self.relative_act());
        starts.extend(self.resumed_act());
        starts.extend(self.labelled_acts());
        starts.sort_unstable();
        starts.dedup();
        let ends = starts[1..].iter().copied().chain([self.sentence.tokens.len()]);
        starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }

    /// The actors of the sentence that are the subject of a verb of giving or receiving, each where it
    /// stands.
    fn subjects(&self) -> Vec<Party> {
        let mentions = self.sentence.mentions.iter();
        mentions
            .filter(|mention| self.document.actor_code(&mention.value).is_some())
            .filter_map(|mention| {
                let own = parties::in_range(self.document, self.sentence, &mention.tokens);
                let mut parties = own.donors.into_iter().chain(own.recipients);
                parties
                    .find(|party| GIVERS.contains(&party.rule) || RECEIVERS.contains(&party.rule))
            })
            .collect()
    }

    /// "In April it gave Moldova howitzers, and Somalia received shells": a pronoun that gives is a subject too.
    fn pronoun_subject(&self, subjects: &[Party]) -> Option<Party> {
        let verb = self.sentence.cues.iter().find(|cue| cue.label == Label::Give)?;
        let before = 0..verb.tokens.start;
        let it = self.sentence.first(Label::It, &before)?;
        let first = subjects.first()?;
        let active = !parties::is_passive(self.document, self.sentence, verb);
        (active && first.tokens.start > verb.tokens.start).then(|| Party {
            code: String::new(),
            span: self.sentence.span_of(&it.tokens),
            tokens: it.tokens.clone(),
            score: 4,
            rule: GIVERS[0],
        })
    }

    /// "It comes on top of more than 1,000 missiles": where what was given before begins.
    fn earlier_act(&self) -> Option<usize> {
        let all = self.sentence.all();
        let earlier =
            |cue: &&CueMention| cue.label == Label::EarlierAfter && !self.lists_on(&cue.tokens);
        let cue = self.sentence.cues_in(&all).find(earlier)?;
        let behind = cue.tokens.end..all.end;
        // "in addition to six more howitzers" is of the same act.
        let mut things_behind =
            self.sentence.items.iter().filter(|item| behind.contains(&item.tokens.start));
        let next = things_behind.next().map_or(cue.tokens.end, |item| item.tokens.end);
        if self.sentence.has(Label::New, &(cue.tokens.end..next))
            && !self.sentence.has(Label::Definite, &(cue.tokens.start..next))
        {
            return None;
        }
        let things = |range: &Range<usize>| {
            self.sentence
                .items
                .iter()
                .any(|item| range.contains(&item.tokens.start) && (item.quantity.is_some()))
        };
        let bare = |at| parties::bare_count(self.document, self.sentence, at).is_some();
        let told = things(&behind) || behind.clone().take(4).any(bare);
        (cue.tokens.start > 0 && told).then_some(cue.tokens.start)
    }

    /// Where the act of a subject begins: with the links before it, and with the thing that a clause
    /// tells of behind "in return for".
    fn opening_of(&self, end: usize, start: usize) -> Option<usize> {
        let link = |at: usize| {
            self.sentence.is_any(&[Label::And, Label::Definite], at)
                || self.sentence.starting_at(Label::Clause, at).is_some()
                || self.sentence.is(Label::For, at)
                    && self.sentence.starting_at(Label::Clause, at + 1).is_some()
                || self.sentence.is_sign(self.text(), at, &[",", ";"])
        };
        // ", with Finland offering 51 vehicles"
        let with = start.checked_sub(1).filter(|at| self.sentence.is(Label::With, *at));
        let with = with.filter(|_| {
            let behind = start + 1..start + 5;
            let mut verbs = self.sentence.cues_in(&behind);
            verbs.any(|cue| cue.label == Label::Give && cue.inflection == Inflection::Gerund)
        });
        let begin = (end..with.unwrap_or(start)).rev().take_while(|at| link(*at)).last()?;
        let returned = self.sentence.items.iter().find(|item| {
            let before = item.tokens.start.saturating_sub(1);
            item.tokens.end == begin
                && self.sentence.is_any(&[Label::For, Label::Against], before)
                && self.sentence.has(Label::Return, &(end..item.tokens.start))
        });
        Some(returned.map_or(begin, |item| item.tokens.start))
    }

    /// "with Finland offering 51 vehicles and Spain giving 34 tanks": a gerund tells the act then.
    fn is_with_clause(&self, party: &Party) -> bool {
        let before = party.tokens.start.checked_sub(1);
        before.is_some_and(|at| at > 0 && self.sentence.is(Label::With, at))
    }

    /// Whether a sum or materiel stands in a stretch.
    pub(super) fn has_thing(&self, range: &Range<usize>) -> bool {
        self.sentence.items.iter().any(|item| range.contains(&item.tokens.start))
            || self
                .sentence
                .mentions_in(range)
                .any(|mention| matches!(mention.value, Value::Money(_)))
            || range
                .clone()
                .any(|at| parties::bare_count(self.document, self.sentence, at).is_some())
    }
}

//! What an item is where it is no gift: what carries the gift, what is mounted on it, what the giver
//! buys for itself, or a word that only sums up the things named behind it.

use super::{Reader, parties};
use crate::extraction::grouping::is_kind_of;
use crate::lexicon::{ActorKind, Grade, Inflection, Label};
use crate::mentions::{ItemMention, Mention, Value};
use crate::model::{Aid, Bounds};
use rust_decimal::Decimal;
use std::ops::Range;

/// So many tokens behind a verb of selling stands what is sold.
const SOLD: usize = 4;

/// So many tokens between a verb or "to" and who receives.
const NAMED: usize = 6;

impl Reader<'_> {
    /// "A cargo plane landed with rifles", "two aircraft brought the arms", "in two C-130 flights": a
    /// vehicle that moves other things.
    pub(super) fn is_carrier(&self, item: &ItemMention) -> bool {
        let sentence = self.sentence;
        let end = item.tokens.end;
        if !item.class.as_deref().is_some_and(|class| self.document.lexicon.moves_goods(class)) {
            return false;
        }
        if (end..end + 2).any(|at| sentence.is(Label::Carriage, at)) || self.is_boarded(item) {
            return true;
        }
        // "includes 40 boats, funding for rifles": what a package holds moves nothing.
        if sentence.has(Label::Include, &(self.act.start..item.tokens.start)) {
            return false;
        }
        let verbs = [Label::Give, Label::Arrive, Label::Raise];
        let mut behind = sentence.cues_in(&(end..self.act.end.min(end + 12)));
        let Some(verb) = behind.find(|cue| verbs.contains(&cue.label)) else { return false };
        let after = verb.tokens.end;
        let loaded = sentence.items.iter().any(|other| other.tokens.start >= after);
        let with = (after..after + 6).any(|at| sentence.is(Label::With, at));
        let near = verb.tokens.start.saturating_sub(3)..verb.tokens.start;
        let passive = near.clone().any(|at| sentence.is(Label::Be, at))
            || verb.label == Label::Give
                && verb.inflection == Inflection::Participle
                && !near.clone().any(|at| sentence.is(Label::Have, at));
        let clause = sentence.has(Label::Clause, &(end..verb.tokens.start));
        // "planes delivered the vehicles"
        let takes = with || sentence.is(Label::Give, verb.tokens.start);
        !passive && !clause && loaded && (verb.label != Label::Arrive || takes)
    }

    /// "were flown to Kyiv on two C-17 aircraft", "arrived aboard a ship": on what things come.
    fn is_boarded(&self, item: &ItemMention) -> bool {
        let sentence = self.sentence;
        let mut start = item.tokens.start;
        while start > 0
            && (sentence.is(Label::Indefinite, start - 1)
                || sentence
                    .mention_at(start - 1)
                    .is_some_and(|m| matches!(m.value, Value::Number(_))))
        {
            start -= 1;
        }
        let on = start.checked_sub(1).filter(|at| sentence.is(Label::In, *at));
        let verbs = [Label::Give, Label::Arrive, Label::Include, Label::Announce, Label::Receive];
        on.is_some_and(|on| {
            let mut before = sentence.cues_in(&(self.act.start..on));
            let last = before.rfind(|cue| verbs.contains(&cue.label) && cue.tokens.end <= on);
            last.is_some_and(|cue| {
                sentence.is(Label::Arrive, cue.tokens.start) || cue.is(Grade::Carries)
            })
        })
    }

    /// "nine BRDM-2 (armored reconnaissance and patrol vehicles)": in brackets what the model before
    /// them is.
    pub(super) fn is_gloss(&self, place: usize) -> bool {
        let items = &self.sentence.items;
        let item = &items[place];
        let sign = |at: usize, signs: &[&str]| self.sentence.is_sign(self.text(), at, signs);
        let opening = (0..item.tokens.start).rev().find(|at| sign(*at, &["(", ")"]));
        let opening = opening.filter(|at| sign(*at, &["("]));
        let model = |at: usize| {
            items[..place].iter().any(|named| named.system.is_some() && named.tokens.end == at)
        };
        item.system.is_none() && item.quantity.is_none() && opening.is_some_and(model)
    }

    /// "four frigates bought from Russia", "14 Bushmasters purchased by Fiji", "agreed to sell them 14
    /// Bushmasters", with nobody else named whom they are for.
    pub(super) fn is_traded(&self, item: &ItemMention) -> bool {
        let (start, end) = (item.tokens.start, item.tokens.end);
        let mut behind = self.sentence.cues_in(&(end..end + 2));
        let receiver_at = |at: usize| {
            let named = self.sentence.mention_at(at);
            named.filter(|named| {
                self.document.actor_code(&named.value).is_some_and(|code| {
                    self.document.receivers.contains_key(code)
                        && self.document.main_donor.as_deref() != Some(code)
                })
            })
        };
        let bought = behind.any(|cue| {
            let after = cue.tokens.end;
            let from = self.sentence.is(Label::From, after)
                && !self.sentence.has_any(&[Label::For, Label::To], &(end..self.act.end));
            let by = self.sentence.is(Label::By, after) && receiver_at(after + 1).is_some();
            cue.label == Label::Buy
                && cue.inflection == Inflection::Participle
                && (from || by)
                && !self.sentence.is_any(&[Label::Receive, Label::Give], cue.tokens.start)
        });
        let verbs = [Label::Give, Label::Receive, Label::Arrive, Label::Buy, Label::Trade];
        let before = start.saturating_sub(SOLD)..start;
        let mut acts = self.sentence.cues_in(&before).filter(|cue| verbs.contains(&cue.label));
        let sold = acts.next_back().is_some_and(|verb| {
            verb.label == Label::Trade
                && verb.inflection == Inflection::Base
                && !self.sentence.is_any(&[Label::Give, Label::Buy], verb.tokens.start)
        });
        // "is the biggest foreign military sale so far: 12 aircraft, 100 bombs"
        let before = self.act.start..start;
        let gifts = [Label::Give, Label::Receive, Label::AidNoun, Label::PackageNoun];
        let of_sale = self.sentence.has(Label::SaleStrong, &before)
            && !self.sentence.has_any(&gifts, &before);
        // "eight howitzers that Kyiv bought", "the 54 guns Ukraine has ordered"
        let which = (end..=end + 2).find_map(receiver_at);
        let by_receiver = which.is_some_and(|which| {
            let after = which.tokens.end;
            let verb = self
                .sentence
                .cues_in(&(after..after + 3))
                .find(|cue| matches!(cue.label, Label::Buy | Label::Give | Label::Receive));
            let opens = end == which.tokens.start || self.is_told_of_item(after);
            opens
                && verb
                    .is_some_and(|verb| verb.label == Label::Buy && verb.inflection.is_past_form())
        });
        bought || by_receiver || sold || of_sale
    }

    /// "44 tanks for the Swedish army", "for its own forces", where Sweden is who gives.
    pub(super) fn is_for_own_forces(&self, item: &ItemMention) -> bool {
        let sentence = self.sentence;
        let end = item.tokens.end;
        if !sentence.is(Label::For, end) {
            return false;
        }
        let comma = (end + 1..end + 7).find(|at| sentence.is_sign(self.text(), *at, &[","]));
        let near = end + 1..comma.unwrap_or(end + 7);
        let own = |mention: &Mention| {
            let code = self.document.actor_code(&mention.value);
            let forces = match mention.value {
                Value::Actor(number) => {
                    self.document.lexicon.actor_at(number).kind == ActorKind::Forces
                }
                _ => false,
            };
            let army = forces || sentence.has(Label::Forces, &near);
            let gives = code.is_some_and(|code| self.document.givers.contains_key(code));
            army && gives && code != self.document.main_recipient.as_deref()
        };
        sentence.has(Label::Domestic, &near) || sentence.mentions_in(&near).any(own)
    }

    /// "Twelve launchers arrived at the range for the exercise", "will send a frigate to join the operation":
    /// forces bring their own arms along, where nobody is named who would get them.
    pub(super) fn comes_for_drill(&self) -> bool {
        let drill = self.sentence.cues_in(&self.act).any(|cue| cue.is(Grade::ForDrill));
        drill
            && (!self.sentence.has(Label::Give, &self.act)
                || parties::in_range(self.document, self.sentence, &self.act).recipients.is_empty())
    }

    /// "gave 20 trucks to the police", "the police force has received": what is not for an army is no
    /// military aid.
    pub(super) fn aid_of_receiver(&self) -> Aid {
        let sentence = self.sentence;
        let receives = |named: &Range<usize>| {
            let before = named.start.saturating_sub(NAMED)..named.start;
            sentence.has_any(&[Label::To, Label::For, Label::Give], &before)
                || sentence.has(Label::Receive, &(named.end..named.end + NAMED))
        };
        let is = |mention: &Mention, kind| match mention.value {
            Value::Actor(number) => self.document.lexicon.actor_at(number).kind == kind,
            _ => false,
        };
        let mut cues = sentence.cues_in(&self.act);
        let mut named = sentence.mentions_in(&self.act);
        let police = cues.any(|cue| cue.is(Grade::Keeps) && receives(&cue.tokens))
            || named.any(|name| is(name, ActorKind::Police) && receives(&name.tokens));
        let mut named = sentence.mentions_in(&self.act);
        let forces =
            sentence.has(Label::Forces, &self.act) || named.any(|name| is(name, ActorKind::Forces));
        if police && !forces { Aid::Humanitarian } else { Aid::Military }
    }

    /// "To strengthen the country's air defences, we send": what opens the sentence is what for.
    pub(super) fn is_aim(&self, item: &ItemMention) -> bool {
        let sentence = self.sentence;
        let start = (0..2).find(|at| !sentence.is_any_sign(*at)).unwrap_or(0);
        let comma =
            (start..sentence.tokens.len()).find(|at| sentence.is_sign(self.text(), *at, &[","]));
        sentence.is(Label::To, start)
            && item.quantity.is_none()
            && item.system.is_none()
            && comma.is_some_and(|comma| item.tokens.end <= comma)
            && !sentence.has_any(&[Label::Give, Label::Include], &(start..item.tokens.start))
    }

    /// "its contribution to the EU's initiative to send one million shells": what a known venture is for
    /// is no gift of who joins it.
    pub(super) fn is_aim_of_venture(&self, item: &ItemMention) -> bool {
        let sentence = self.sentence;
        let before = 0..item.tokens.start;
        let verb = sentence.cues_in(&before).rfind(|cue| cue.label == Label::Give);
        let Some(verb) = verb else { return false };
        let link = verb.tokens.start.checked_sub(1);
        let link = link.filter(|at| sentence.is_any(&[Label::To, Label::Of], *at));
        let venture = link.and_then(|link| sentence.ending_at(Label::Venture, link));
        venture.is_some_and(|venture| {
            let near = venture.tokens.start.saturating_sub(4)..venture.tokens.start;
            sentence.has_any(&[Label::Definite, Label::Genitive], &near)
                && !sentence.has(Label::Indefinite, &near)
        })
    }

    /// "another 34 vehicles: 14 carriers and 20 Bushmasters", "modern tanks, 18 Leopards and 14
    /// Challengers": only a sign stands between a word and the things that it sums up.
    pub(super) fn sums_up(&self, place: usize) -> bool {
        let items = &self.sentence.items;
        let (item, Some(next)) = (&items[place], items.get(place + 1)) else { return false };
        let gap = item.tokens.end..next.tokens.start.max(item.tokens.end);
        let sign = gap.end.checked_sub(1).filter(|at| gap.contains(at));
        let Some(sign) = sign else { return false };
        let signs = [":", ",", "—", "–", "("];
        let verbs = [Label::Give, Label::Include, Label::Share, Label::And, Label::With];
        // "a set of platforms for the army: 8 buses and 10 trucks"
        let colon = self.sentence.is_sign(self.text(), sign, &[":"]) && gap.len() <= 8;
        if colon && item.system.is_none() && item.quantity.is_none() && next.quantity.is_some() {
            return !self.sentence.has_any(&verbs, &gap);
        }
        if item.system.is_some()
            || gap.len() > 4
            || !self.sentence.is_sign(self.text(), sign, &signs)
            || self.sentence.has_any(&verbs, &gap)
        {
            return false;
        }
        let parts =
            items[place + 1..].iter().take_while(|part| is_kind_of(self.document, part, item));
        let counts: Vec<Decimal> =
            parts.map_while(|part| part.quantity).map(Bounds::figure).collect();
        match item.quantity {
            None => counts.len() >= 2 || counts.len() == 1 && next.system.is_some(),
            Some(whole) => {
                let mut sum = Decimal::ZERO;
                counts.len() >= 2
                    && counts.iter().any(|count| {
                        sum += *count;
                        sum == whole.figure()
                    })
            }
        }
    }
}

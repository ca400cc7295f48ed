//! An item that stands before its verb: "two helicopters were handed over", "a boat that India gave".

use super::Reader;
use super::governor::{FIRM, GIVEN, OTHER, is_counted};
use crate::lexicon::Label;
use crate::mentions::{CueMention, ItemMention, Value};

/// How many tokens behind an item the verb of its relative clause may stand.
const RELATIVE: usize = 8;

/// So many tokens a clause without "which" may have before its verb.
const CONTACT: usize = 6;

/// Within so many tokens behind its preposition a receiver is named.
const RECEIVER: usize = 4;

/// Within so many tokens from the beginning of its share its thing stands.
const SHARE: usize = 3;

impl Reader<'_> {
    /// "Luxembourg will let Ukraine have 100 launchers": who gives and receives is all that is said.
    pub(super) fn is_let(&self, item: &ItemMention) -> bool {
        let governs =
            |cue: &CueMention| GIVEN[..FIRM].contains(&cue.label) || OTHER.contains(&cue.label);
        let have = item.tokens.start.saturating_sub(2)..item.tokens.start;
        is_counted(item)
            && self.sentence.has(Label::Have, &have)
            && self.sentence.has_any(&[Label::Will, Label::Would], &(0..have.start))
            && !self.sentence.cues.iter().any(governs)
    }

    /// "Three boats are being considered for the Kenyan navy", "has 20 mortars in mind for Chad": counted things
    /// of which a plan and a receiver are all that is said.
    pub(super) fn is_planned_for(&self, item: &ItemMention) -> bool {
        let sentence = self.sentence;
        let acts = |cue: &CueMention| GIVEN[..FIRM].contains(&cue.label);
        let other = |cue: &CueMention| OTHER.contains(&cue.label) || cue.label == Label::Trade;
        let actor = |at: usize| {
            let behind = at + 1..at + RECEIVER;
            let mut named = sentence.mentions_in(&behind);
            named.any(|mention| self.document.actor_code(&mention.value).is_some())
        };
        let goes = |end: usize| {
            (end.saturating_sub(1)..end + 2)
                .any(|at| at > 0 && sentence.is_any(&[Label::For, Label::To], at) && actor(at))
        };
        let plan = sentence.first(Label::Expect, &self.act);
        is_counted(item)
            && !sentence.cues.iter().any(|cue| acts(cue) || other(cue))
            && plan.is_some_and(|plan| goes(item.tokens.end) || goes(plan.tokens.end))
    }

    /// "20 mortars will come from Greece, 14 radars from France": who gives it stands right behind it, as behind
    /// the subject of the verb.
    pub(super) fn comes_along(&self, item: &ItemMention) -> bool {
        let from = |at: usize| {
            let behind = at + 1..at + 3;
            let mut named = self.sentence.mentions_in(&behind);
            self.sentence.is(Label::From, at)
                && named.any(|mention| self.document.actor_code(&mention.value).is_some())
        };
        let before = self.act.start..item.tokens.start;
        let frame = self.frame.start..item.tokens.start;
        let comes = self.sentence.cues_in(&frame).any(CueMention::comes_itself);
        let other = before.len() <= SHARE || before.clone().any(&from);
        is_counted(item) && comes && other && from(item.tokens.end)
    }

    /// Whether a clause that tells of the item stands around a verb behind it.
    fn is_in_clause(&self, item: &ItemMention, cue: &CueMention) -> bool {
        let gap = item.tokens.end..cue.tokens.start;
        gap.len() <= 8 && self.sentence.has(Label::Clause, &gap)
    }

    /// "Two helicopters were handed over", "Trucks are in the package", "24 jets promised by": what
    /// stands behind an item says that it is given.
    pub(super) fn is_subject_of_giving(&self, item: &ItemMention) -> bool {
        let sentence = self.sentence;
        let end = item.tokens.end;
        // "Beds are in the consignment": a word for a package is an item too.
        let inside = |cue: &CueMention| {
            self.is_inside_item(cue.tokens.start) && cue.label != Label::PackageNoun
        };
        let counted = is_counted(item);
        // "two guns, which Germany had announced before, arrived"
        // "ten carriers, announced last year, have been delivered"
        let aside = |cue: &CueMention| {
            cue.tokens.start == end + 1
                && sentence.is_sign(self.text(), end, &[","])
                && !sentence.is(Label::By, cue.tokens.end)
        };
        let before = |cue: &CueMention| {
            counted && cue.label == Label::Announce && (self.is_in_clause(item, cue) || aside(cue))
        };
        let governs = |cue: &&CueMention| {
            (GIVEN.contains(&cue.label) || OTHER.contains(&cue.label))
                && !inside(cue)
                && !before(cue)
        };
        // "A tank weighs what it weighs; that is why trucks go too": another clause.
        let all = sentence.tokens.len();
        let parts = |at: &usize| sentence.is_sign(self.text(), *at, &[";"]);
        let single = item.quantity.is_some() && !counted;
        let limit = (end..all).find(parts).filter(|_| single).unwrap_or(all);
        let Some(next) = sentence.cues_in(&(end..limit)).find(governs) else {
            return false;
        };
        let at = next.tokens.start;
        let worth = sentence.is(Label::Worth, end)
            && sentence
                .mentions_in(&(end..end + 4))
                .any(|mention| matches!(mention.value, Value::Money(_)));
        let firm = GIVEN[..FIRM].contains(&next.label)
            && !matches!(next.label, Label::Announce | Label::Thank);
        if worth || counted && firm {
            return true;
        }
        let direct = (end..at).all(|at| sentence.is_any_sign(at));
        sentence.cues_in(&(at..at + 1)).any(|cue| match cue.label {
            Label::Give | Label::Announce | Label::Buy | Label::Receive => {
                let done = cue.inflection.is_past_form();
                let mut near = at.saturating_sub(4)..cue.tokens.end;
                let passive = near.any(|at| sentence.is(Label::Be, at));
                passive && (done || cue.label == Label::Receive)
                    || done && direct && (at == end || sentence.is(Label::By, cue.tokens.end))
            }
            Label::Thank => false,
            Label::Include => !self.is_denied(cue),
            label => GIVEN.contains(&label),
        })
    }

    /// "flies a helicopter that India gifted in 2010", "a boat, which was given by Japan": a clause
    /// right behind the item tells that it was given, whatever it is used for.
    pub(super) fn is_given_in_clause(&self, item: &ItemMention) -> bool {
        let sentence = self.sentence;
        let comma = usize::from(sentence.is_sign(self.text(), item.tokens.end, &[","]));
        let start = item.tokens.end + comma;
        let relative = sentence.is(Label::Clause, start)
            && sentence.is_any(&[Label::It, Label::Definite], start);
        let within = start + 1..(start + RELATIVE).min(sentence.tokens.len());
        let Some(verb) = sentence.cues_in(&within).find(|cue| cue.label == Label::Give) else {
            return self.is_given_by_somebody(item);
        };
        let between = start + 1..verb.tokens.start;
        let giver = sentence
            .mentions_in(&between)
            .any(|mention| self.document.actor_code(&mention.value).is_some());
        let passive = sentence.has(Label::Be, &between);
        let clear = !sentence.has_any(&[Label::Will, Label::Would, Label::Not], &between)
            && !sentence.items.iter().any(|other| between.contains(&other.tokens.start));
        let done = verb.inflection.is_past_form();
        // What is lost or asked for stays so, whoever once gave it.
        let mut others = sentence.cues_in(&(0..item.tokens.start));
        let used = others.rfind(|cue| OTHER.contains(&cue.label));
        let used = used.is_none_or(|cue| cue.label == Label::OwnUse);
        relative && done && clear && used && (giver || passive) || self.is_given_by_somebody(item)
    }

    /// "a replacement for the four helicopters previously gifted by India": a participle right behind the
    /// item, with who gave it.
    fn is_given_by_somebody(&self, item: &ItemMention) -> bool {
        let sentence = self.sentence;
        let end = item.tokens.end;
        // "the tanks it had been given by Norway"
        let told = |at: &usize| {
            sentence.is_any(&[Label::It, Label::Have, Label::Had, Label::Be], *at)
                || sentence.is_any(&[Label::Forces, Label::Definite, Label::Genitive], *at)
                || sentence.mention_at(*at).is_some_and(|m| matches!(m.value, Value::Actor(_)))
        };
        let clause = (end..end + CONTACT).take_while(told).count();
        let passive = sentence.has(Label::Be, &(end..end + clause));
        let reach = if passive { end..end + clause + 1 } else { end..end + 2 };
        let mut near = sentence.cues_in(&reach);
        let verb = near.find(|cue| cue.label == Label::Give && cue.inflection.is_past_form());
        let by = verb.map(|verb| verb.tokens.end).filter(|by| sentence.is(Label::By, *by));
        let lost = [Label::Lose, Label::Request, Label::Wish];
        by.is_some_and(|by| {
            let behind = by + 1..by + 3;
            let mut named = sentence.mentions_in(&behind);
            named.any(|mention| self.document.actor_code(&mention.value).is_some())
        }) && !sentence.has_any(&lost, &(0..item.tokens.start))
    }
}

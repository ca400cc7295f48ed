//! Joins phrases that are one item: ammunition with what fires it, a unit with what it counts, a
//! short name with the long one.

use super::brackets::BRACKETED;
use super::{Chunker, ItemMention, Phrase};
use crate::lexicon::{Grade, Label, Role};
use crate::mentions::{Mention, Value};
use crate::model::Bounds;
use rust_decimal::Decimal;
use std::ops::Range;

impl Chunker<'_> {
    /// Joins phrases that are one item: "ammunition for HIMARS", "jets of the MiG-29 type", "rounds
    /// of ammunition", a short name in brackets.
    pub(super) fn join(&self, phrases: Vec<Phrase>) -> Vec<ItemMention> {
        let mut items: Vec<(ItemMention, Phrase)> = Vec::new();
        for phrase in phrases {
            if let Some((last, whole)) = items.last_mut() {
                let gap = whole.tokens.end..phrase.tokens.start;
                let link = self.link(whole, &phrase, &gap);
                let link = link.or_else(|| self.short_name(last, &phrase, &gap));
                if let Some(rule) = link {
                    if rule == BRACKETED {
                        whole.tokens.end = phrase.tokens.end;
                        whole.plural = phrase.plural;
                        last.tokens.end = phrase.tokens.end;
                        continue;
                    }
                    if rule == "item.of-type" && whole.role == Role::Vague {
                        // "a shipment of Patriot missiles": what is shipped is the thing.
                        items.pop();
                        items.push((self.item(&phrase), phrase));
                        continue;
                    }
                    self.merge(last, whole, &phrase, rule);
                    continue;
                }
            }
            let item = self.item(&phrase);
            if let Some((last, whole)) = items.last_mut()
                && last.rule == "item.for"
                && phrase.quantity.is_none()
                && (self.serves_too(whole.tokens.end, phrase.tokens.start)
                    || self.lists_served(whole.tokens.end, &phrase)
                    || self.serves_as_last(whole, &phrase)
                    || self.serves_in_list(last, whole, &phrase))
                && !matches!(phrase.role, Role::Ammunition | Role::Part)
                && self.can_be_served(whole, &phrase)
                && (phrase.system.is_some() || !self.is_missile(&phrase))
            {
                if let Some(item) = self.serve(last, whole, item, &phrase) {
                    let tokens = whole.tokens.start..phrase.tokens.end;
                    // What serves this one may serve the next one too.
                    let alike = item.rule == "item.for";
                    let phrase = if alike { Phrase { tokens, ..whole.clone() } } else { phrase };
                    items.push((item, phrase));
                }
                continue;
            }
            if let Some((last, whole)) = items.last_mut()
                && self.counts_together(whole, &phrase)
            {
                // "700,000 rifle and machine-gun rounds"
                last.name = self.words(&(whole.core.start..phrase.tokens.end));
                last.span = last.span.join(item.span);
                (last.class, last.role) = (item.class, item.role);
                (whole.tokens.end, whole.role) = (phrase.tokens.end, phrase.role);
                continue;
            }
            self.share_head(&mut items, &phrase);
            let kinds = self.listed_kinds(&phrase);
            if let Some(first) = kinds.first() {
                // "communications" and its like may have been read as things of their own.
                items.retain(|(item, _)| item.tokens.end <= first.tokens.start);
                items.extend(kinds.into_iter().map(|kind| (kind, phrase.clone())));
            } else if phrase.system.is_none() {
                if let Some(first) = self.shared_noun(&phrase, &item) {
                    // "support and construction vehicles": "support" was read as a thing of its own.
                    let within = items.last().filter(|(_, w)| w.tokens.end > first.tokens.start);
                    let general = within.is_none_or(|(_, whole)| whole.role == Role::Vague);
                    if within.is_some() && general {
                        items.pop();
                    }
                    if general {
                        let more = self.shared_gear(first.tokens.start, &phrase);
                        items.extend(more.into_iter().map(|item| (item, phrase.clone())));
                        items.push((first, phrase.clone()));
                    }
                }
                let more = self.shared_calibres(&phrase, &item);
                items.extend(more.into_iter().map(|item| (item, phrase.clone())));
            }
            items.push((item, phrase));
        }
        items.retain(|(item, whole)| {
            let nothing = whole.role == Role::Head
                && !whole.described
                && whole.system.is_none()
                && !self.sentence.is(Label::With, whole.tokens.end)
                && item.rule == "item.noun";
            // "parts", "engines": of what, is what makes them an item.
            let bare = whole.role == Role::Part
                && whole.core.len() == 1
                && !self.is_thing(whole)
                && !self.is_counted_part(whole);
            let nothing = nothing || bare && item.rule == "item.noun";
            item.role != Role::Unit && !nothing
        });
        let mut items: Vec<ItemMention> = items.into_iter().map(|(item, _)| item).collect();
        self.unite_apposed(&mut items);
        for place in 1..items.len() {
            let (told, rest) = items.split_at_mut(place);
            self.resolve(&told[place - 1], &mut rest[0]);
        }
        items
    }

    /// "guns and ammunition for them", "guns with their associated ammunition": what it is for was
    /// named right before.
    fn resolve(&self, served: &ItemMention, item: &mut ItemMention) {
        let end = item.tokens.end;
        let beside = served.tokens.end..item.tokens.start.max(served.tokens.end);
        let belongs = self.belongs(item.tokens.start)
            && beside.len() <= 3
            && self.sentence.is_any(&[Label::And, Label::With], beside.start);
        let refers = belongs
            || self.sentence.is_any(&[Label::For, Label::To], end)
                && self.sentence.is(Label::It, end + 1)
                && !self.sentence.is(Label::Definite, end + 1);
        let ammunition = |class: &str| self.lexicon.ammunition_class(class);
        if !refers
            || item.system.is_some()
            || item.role == Role::Vague
            || !matches!(served.role, Role::Item | Role::Head)
        {
            return;
        }
        let class = served.class.as_deref().and_then(ammunition);
        let fires = matches!(item.role, Role::Ammunition | Role::Part);
        if !fires && item.class.as_deref().and_then(ammunition).is_none() {
            return;
        }
        item.name = format!("{} for {}", item.name, served.name);
        if let (Role::Ammunition, Some(class)) = (item.role, class) {
            item.class = Some(class.id.clone());
        }
        item.rule = "item.for-it";
    }

    /// "associated", "corresponding" right before a thing: it goes with what was named before.
    fn belongs(&self, start: usize) -> bool {
        let before = start.checked_sub(1);
        before.is_some_and(|at| {
            let mut cues = self.sentence.cues_in(&(at..start));
            cues.any(|cue| cue.is(Grade::Associated))
        })
    }

    pub(super) fn link(
        &self,
        whole: &Phrase,
        next: &Phrase,
        gap: &Range<usize>,
    ) -> Option<&'static str> {
        let small = |at: usize| {
            self.sentence.is_any(&[Label::Definite, Label::Indefinite], at)
                || self.sentence.is_sign(self.text, at, &["\"", "“", "‘"])
        };
        // "interceptors for Ukraine's Patriot batteries", "shells for Peruvian-supplied howitzers", "for the
        // previously donated howitzers"
        let given = |at: usize| {
            self.sentence.is_any(&[Label::Give, Label::Earlier], at)
                || self.sentence.is_sign(self.text, at, &["-"])
        };
        let owned = |at: usize| {
            small(at) || self.is_actor(at) || self.sentence.is(Label::Genitive, at) || given(at)
        };
        let first = gap.start;
        if self.is_counted_behind(whole, next, gap) {
            return Some("item.counted");
        }
        if self.closes_name(whole, next, gap) {
            return Some(BRACKETED);
        }
        // "Rounds for the Carl-Gustaf: 1,000": a number behind both.
        let behind = next.quantity.as_ref().is_some_and(|(_, start)| *start == next.tokens.start)
            && matches!(whole.role, Role::Ammunition | Role::Part)
            && whole.quantity.is_none();
        let several = |(bounds, _): &(Bounds, usize)| bounds.figure() != Decimal::ONE;
        if !behind && next.quantity.as_ref().is_some_and(several) {
            return None;
        }
        let rest_small = (first + 1..gap.end).all(small);
        // "ammunition for training": what it serves is no thing.
        let practice = self.sentence.is(Label::OwnUse, next.tokens.start) && !next.described;
        if self.sentence.is(Label::For, first) && next.role == Role::Vague && practice {
            return None;
        }
        // "the Joint Standoff Weapon (JSOW) long-range munition": one thing.
        let closed = whole.tokens.end.checked_sub(1);
        let closed = closed.is_some_and(|at| self.sentence.is_sign(self.text, at, &[")"]));
        if closed && gap.is_empty() && next.system.is_none() && next.quantity.is_none() {
            return Some("item.short-name");
        }
        // "launchers for the Patriot system": a head that is nothing by itself.
        let bare_head = self.is_bare_head(whole);
        let served = matches!(whole.role, Role::Ammunition | Role::Part)
            || self.is_missile(whole)
            || bare_head;
        let fired =
            self.sentence.is(Label::FiredBy, first) && self.sentence.is(Label::FiredBy, first + 1);
        let rest_fired = fired && (first + 2..gap.end).all(small);
        // "shells to the HIMARS"
        let fed = whole.role == Role::Ammunition
            && next.system.is_some()
            && self.sentence.is(Label::To, first)
            && rest_small
            && gap.len() <= 2;
        if served
            && (self.sentence.is(Label::For, first)
                && (rest_small && gap.len() <= 3
                    || gap.len() <= 5 && (first + 1..gap.end).all(owned))
                || rest_fired
                || fed)
        {
            return Some("item.for");
        }
        let unit_of = self.sentence.is(Label::Of, first) && gap.len() <= 3 && rest_small;
        // "parts of its S-300 systems", where "part of a system" is the system.
        if unit_of && whole.role == Role::Part && whole.plural && next.system.is_some() {
            return Some("item.for");
        }
        if unit_of && self.sentence.is(Label::Kinds, whole.tokens.start) {
            return Some("item.unit");
        }
        if unit_of
            && gap.len() == 1
            && whole.core.len() == 1
            && whole.plural
            && matches!(whole.role, Role::Ammunition | Role::Unit)
        {
            return Some("item.unit");
        }
        let sure = !whole.ambiguous || whole.quantity.is_some();
        if unit_of && whole.system.is_none() && next.system.is_some() && sure {
            return Some("item.of-type");
        }
        // "half a million rounds of Czech artillery ammunition"
        let of_owned = self.sentence.is(Label::Of, first)
            && gap.len() <= 3
            && (first + 1..gap.end).all(owned)
            && self.is_ammunition(next);
        if (unit_of || of_owned) && matches!(whole.role, Role::Ammunition | Role::Unit) {
            return Some("item.unit");
        }
        // "30,000 meals of emergency rations"
        if unit_of && whole.quantity.is_some() && whole.class.is_some() && whole.class == next.class
        {
            return Some("item.unit");
        }
        let bracket = self.sentence.is_sign(self.text, first, &["("])
            && gap.len() == 1
            && next.quantity.is_none();
        (bracket && self.sentence.is_sign(self.text, next.tokens.end, &[")"]))
            .then_some("item.alias")
    }

    pub(super) fn is_actor(&self, at: usize) -> bool {
        let mention = self.sentence.mention_at(at);
        mention.is_some_and(|mention| matches!(mention.value, Value::Actor(_)))
    }

    pub(super) fn merge(
        &self,
        item: &mut ItemMention,
        whole: &mut Phrase,
        next: &Phrase,
        rule: &'static str,
    ) {
        let end = if rule == "item.alias" { next.tokens.end + 1 } else { next.tokens.end };
        if rule == "item.alias" && item.quantity.is_none() {
            // "| NLAW (light anti-tank weapon) | 100 |"
            let behind = self.quantity_after(end, whole.tokens.start);
            item.quantity = behind.map(|(bounds, ..)| bounds);
        }
        if rule == "item.counted" {
            item.quantity = next.quantity.as_ref().map(|(bounds, _)| *bounds);
            item.unit = Some(self.words(&next.tokens));
        } else if rule == "item.unit" {
            // "rounds of small arms ammunition": the thing is what stands behind the unit.
            let kinds = self.sentence.is(Label::Kinds, whole.tokens.start);
            item.unit = (!kinds).then(|| self.words(&whole.tokens));
            // "three types of vehicles" says nothing of how many vehicles.
            item.quantity = item.quantity.filter(|_| !kinds);
            // "a new batch of drones": one batch, and nobody knows of how many.
            let batch = self.sentence.has(Label::PackageNoun, &whole.tokens);
            let one = |bounds: &Bounds| bounds.figure() == Decimal::ONE;
            if batch && item.quantity.as_ref().is_some_and(one) {
                (item.quantity, item.unit) = (None, None);
            }
            item.class.clone_from(&next.class);
            item.role = next.role;
            item.span = self.sentence.span_of(&next.tokens);
            item.name = self.words(&next.tokens);
            if whole.role == Role::Ammunition && next.role == Role::Item {
                // "rounds of 155mm artillery" are what it fires.
                let fired = next.class.as_deref().and_then(|c| self.lexicon.ammunition_class(c));
                if let Some(class) = fired.filter(|class| next.class.as_ref() != Some(&class.id)) {
                    item.class = Some(class.id.clone());
                    item.role = Role::Ammunition;
                    item.name = self.words(&(whole.core.start..next.tokens.end));
                }
            }
            whole.role = item.role;
        } else {
            item.span = item.span.join(self.sentence.span_of(&(next.tokens.start..end)));
            item.name = self.words(&(whole.tokens.start..end));
        }
        if rule == "item.for" && item.quantity.is_none() {
            // "parts of a Patriot system": nobody counts the parts.
            let several = |bounds: &Bounds| bounds.figure() != Decimal::ONE;
            item.quantity = next.quantity.as_ref().map(|(bounds, _)| *bounds).filter(several);
        }
        if rule == "item.for" && (whole.role == Role::Head || self.is_bare_head(whole)) {
            item.class.clone_from(&next.class);
        }
        if rule != "item.counted" {
            item.system = item.system.or(next.system);
        }
        item.rule = rule;
        item.tokens.end = end;
        whole.tokens.end = end;
        if rule == "item.for" && whole.role == Role::Ammunition {
            let class =
                next.class.as_deref().and_then(|class| self.lexicon.ammunition_class(class));
            if let Some(class) = class {
                item.class = Some(class.id.clone());
            }
        }
        if rule == "item.of-type" {
            item.class.clone_from(&next.class);
            if whole.role == Role::Unit {
                // "a squadron of Challenger 2 tanks": the unit is no item, what it counts is one.
                item.role = next.role;
                whole.role = next.role;
            }
        }
    }

    pub(super) fn item(&self, phrase: &Phrase) -> ItemMention {
        let (unit, name_start) = self.unit(phrase);
        let name = name_start..phrase.tokens.end;
        let start = phrase.quantity.as_ref().map_or(phrase.tokens.start, |(_, start)| *start);
        ItemMention {
            tokens: start..phrase.tokens.end,
            span: self.sentence.span_of(&name),
            system: phrase.system,
            class: phrase.class.clone(),
            name: self.words(&name),
            quantity: phrase.quantity.as_ref().map(|(bounds, _)| *bounds),
            unit,
            role: phrase.role,
            is_everyday: false,
            rule: if phrase.system.is_some() { "item.system" } else { "item.noun" },
        }
    }

    /// A unit at the beginning of the phrase: "sets of body armor" comes as "sets" + "of"; here
    /// only a unit noun that opens the phrase itself counts.
    pub(super) fn unit(&self, phrase: &Phrase) -> (Option<String>, usize) {
        let start = phrase.tokens.start;
        let mention = self.sentence.mention_at(start);
        if let Some(Mention { value: Value::Materiel(number), tokens, .. }) = mention
            && tokens.end < phrase.tokens.end
            && (self.lexicon.materiel_at(*number).role == Role::Unit
                || self.is_calibre(tokens.end) && self.is_plural(tokens.end - 1))
        {
            return (Some(self.lexicon.materiel_at(*number).form.clone()), tokens.end);
        }
        (None, start)
    }

    pub(super) fn words(&self, tokens: &Range<usize>) -> String {
        let span = self.sentence.span_of(tokens);
        span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

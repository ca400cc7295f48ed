//! Things that are given by a pronoun: "The talks were about 30 jets. Belgium will deliver them by 2028".

use super::Reader;
use crate::extraction::parties::bare_count;
use crate::lexicon::{Label, Role};
use crate::mentions::{CueMention, ItemMention, Sentence, Value};
use crate::model::Bounds;
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Within so many sentences before a number stands what it counts.
const COUNTS: usize = 3;

/// Within so many tokens behind "they were" stands whose gift they were.
const GIFT: usize = 7;

impl Reader<'_> {
    /// What a number alone stands for, or where the act names nothing itself, a pronoun.
    pub(super) fn stood_for(&self, names_nothing: bool) -> Vec<ItemMention> {
        match self.elliptic().filter(|item| !self.is_running_total(item)) {
            Some(item) => vec![item],
            None if names_nothing => self.meant_by_object(),
            None => Vec::new(),
        }
    }

    /// "Kenya's navy showed two new boats. They were donated by Japan", "The boats are a gift from Japan": whose
    /// gift the counted things of the sentence before were, of which it tells nothing else.
    pub(super) fn meant_by_subject(&self) -> Vec<ItemMention> {
        let sentence = self.sentence;
        let Some(before) = self.index.checked_sub(1) else { return Vec::new() };
        let before = &self.document.sentences[before];
        let told = [Label::Give, Label::Receive, Label::Arrive, Label::PackageNoun];
        let other = before.has_any(&told, &before.all())
            || changes_hands_otherwise(before)
            || before.segment.kind != SegmentKind::Sentence
            || before.has_any(&[Label::Not, Label::Expect, Label::Request], &before.all());
        // What it is called is all that the sentence names: "The boats", "They".
        let thing = sentence
            .items
            .first()
            .filter(|item| sentence.is(Label::Definite, 0) && item.tokens.start == 1);
        let named = thing.map(|item| item.tokens.end);
        let noun = sentence.is(Label::Definite, 0) && sentence.is(Label::Be, 2);
        let bare = if noun { Some(2) } else { self.names_no_states(0).then_some(1) };
        let end = named.or(bare);
        let Some(end) =
            end.filter(|_| !other && sentence.items.len() == usize::from(named.is_some()))
        else {
            return Vec::new();
        };
        let near = end..end + GIFT;
        let party = |at: usize| {
            let behind = at + 1..at + 4;
            let mut named = sentence.mentions_in(&behind);
            named.any(|mention| self.document.actor_code(&mention.value).is_some())
        };
        let by = |label: Label, from: usize| {
            (from..from + GIFT).any(|at| sentence.is(label, at) && party(at))
        };
        let verb = sentence.first(Label::Give, &near).filter(|verb| verb.inflection.is_past_form());
        let given = verb.is_some_and(|verb| {
            sentence.has(Label::Be, &(end..verb.tokens.start)) && by(Label::By, verb.tokens.end)
        });
        let gift = sentence.first(Label::PackageNoun, &near).is_some_and(|noun| {
            by(Label::From, noun.tokens.end - 1) || by(Label::Of, noun.tokens.end)
        });
        let counted = |item: &&ItemMention| item.role != Role::Vague && item.quantity.is_some();
        let counted: Vec<&ItemMention> = before.items.iter().filter(counted).collect();
        if !(given || gift) || sentence.has(Label::Not, &near) || counted.is_empty() {
            return Vec::new();
        }
        let placed = |item: &ItemMention| ItemMention { tokens: 0..end, ..item.clone() };
        counted.into_iter().map(placed).collect()
    }

    /// What the pronoun behind a verb of giving stands for: the counted things of the sentence before.
    fn meant_by_object(&self) -> Vec<ItemMention> {
        let Some(before) = self.index.checked_sub(1) else { return Vec::new() };
        let before = &self.document.sentences[before];
        if before.segment.kind != SegmentKind::Sentence {
            return Vec::new();
        }
        let verbs = self.sentence.cues_in(&self.act).filter(|cue| cue.label == Label::Give);
        let objects: BTreeSet<usize> = verbs.filter_map(|verb| self.object_of(verb)).collect();
        let [at] = objects.into_iter().collect::<Vec<_>>()[..] else { return Vec::new() };
        // "is supplying them; it did not say how many" denies nothing.
        let denied = self.sentence.has(Label::Not, &(self.act.start..at));
        if denied || changes_hands_otherwise(before) {
            return Vec::new();
        }
        // "With them the army wants to equip its battalions"
        let small = [Label::With, Label::For, Label::To];
        let used = |it: &usize| self.sentence.is(Label::It, it + 1);
        if (0..at.saturating_sub(1)).filter(used).any(|it| self.sentence.is_any(&small, it)) {
            return Vec::new();
        }
        // "gives 40 carriers and gets as many Marders for them": what is meant stands in the sentence itself.
        if self.sentence.items.iter().any(|item| item.tokens.start < at) {
            return Vec::new();
        }
        let counted = |item: &&ItemMention| item.role != Role::Vague && item.quantity.is_some();
        let counted: Vec<&ItemMention> = before.items.iter().filter(counted).collect();
        // "The Challenger 2 is a tank": one of its kind, and no number of things.
        let one = |item: &&ItemMention| item.quantity.map(Bounds::figure) == Some(Decimal::ONE);
        let kinds = counted.iter().all(one);
        let topic = topic_of(before).filter(|_| kinds);
        let meant = topic.map_or(counted, |system| vec![system]);
        let given = |item: &ItemMention| ItemMention { tokens: at..at + 1, ..item.clone() };
        meant.into_iter().map(given).collect()
    }

    /// "deliver them", "hand them over": where the pronoun stands that is all that a verb gives.
    fn object_of(&self, verb: &CueMention) -> Option<usize> {
        let is_pronoun = |at: &usize| {
            let whose = self.sentence.is(Label::Definite, *at);
            self.sentence.is(Label::It, *at) && !whose && self.names_no_states(*at)
        };
        let inside = verb.tokens.clone().find(is_pronoun);
        inside.or_else(|| Some(verb.tokens.end).filter(is_pronoun))
    }

    /// Whether a pronoun stands alone there, and for no number of states.
    fn names_no_states(&self, at: usize) -> bool {
        let cue = self.sentence.starting_at(Label::It, at);
        cue.is_some_and(|cue| cue.tokens.len() == 1 && cue.value.is_none())
            && !self.sentence.items.iter().any(|item| item.tokens.contains(&(at + 1)))
    }

    /// "Belgium pledged 30 jets. The Netherlands has promised 24, Denmark 19": the last thing that
    /// the sentence before counts, or else names.
    pub(super) fn counted_before(&self) -> Option<&ItemMention> {
        let frame = [Label::Give, Label::Receive];
        let given = |sentence: &Sentence| sentence.has_any(&frame, &sentence.all());
        // "Spain promised six. Finland adds three": a number is all that such a sentence names.
        let only_counts = |sentence: &&Sentence| {
            let count = |at: usize| bare_count(self.document, sentence, at).is_some();
            sentence.items.is_empty() && given(sentence) && sentence.all().any(count)
        };
        let told = self.document.sentences[..self.index].iter().rev();
        let before = told.take(COUNTS).find(|sentence| !only_counts(sentence))?;
        // "begins the transfer of F-16s", "has announced 30 jets"
        let told = [Label::PackageNoun, Label::Announce, Label::Arrive, Label::Handover];
        let told_before = given(before) || before.has_any(&told, &before.all());
        let mut counted = before.items.iter().filter(|item| item.quantity.is_some());
        let named = || before.items.iter().rfind(|item| item.role != Role::Vague);
        // "The Challenger 2 is Britain's tank. London will give 14 to Ukraine"
        let meant = || topic_of(before);
        let told = counted.next_back().or_else(named).filter(|_| told_before);
        told.or_else(meant).filter(|_| given(self.sentence))
    }
}

/// "The Challenger 2 is a tank of 1998", "Kyiv has long asked for Patriots": the one system that a sentence
/// is about, or asks for, and names nothing beside.
pub(super) fn topic_of(sentence: &Sentence) -> Option<&ItemMention> {
    let entire = |item: &&ItemMention| !matches!(item.role, Role::Ammunition | Role::Part);
    let mut systems = sentence.items.iter().filter(entire).filter(|item| item.system.is_some());
    let first = systems.next()?;
    let small = |at: usize| {
        let whose = sentence.mention_at(at).map(|told| &told.value);
        matches!(whose, Some(Value::Actor(_)))
            || sentence.is_any(&[Label::Definite, Label::Genitive, Label::Ordinal], at)
    };
    // "Since then, the first Danish F-16s have landed"
    let before = (0..first.tokens.start).rev();
    let subject = before.take_while(|at| !sentence.is_any_sign(*at)).all(small);
    // "Kyiv has Patriots from several states"
    let held = first.tokens.start.checked_sub(1).is_some_and(|at| sentence.is(Label::Have, at));
    let asked = held || sentence.has_any(&[Label::Request, Label::Wish], &sentence.all());
    let alone = systems.all(|item| item.system == first.system);
    ((subject || asked) && alone && !changes_hands_otherwise(sentence)).then_some(first)
}

/// Whether a sentence tells of things that are sold, bought, lost or fired: those change hands in other ways.
fn changes_hands_otherwise(sentence: &Sentence) -> bool {
    let other = [Label::Buy, Label::Trade, Label::Sale, Label::Lose, Label::OwnUse, Label::Attack];
    sentence.has_any(&other, &sentence.all())
}

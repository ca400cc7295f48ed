//! Things that are given by a pronoun: "The talks were about 30 jets. Belgium will deliver them by 2028".

use super::Reader;
use crate::lexicon::{Label, Role};
use crate::mentions::{CueMention, ItemMention};
use crate::text::SegmentKind;

impl Reader<'_> {
    /// What a number alone stands for, or where the act names nothing itself, a pronoun.
    pub(super) fn stood_for(&self, names_nothing: bool) -> Vec<ItemMention> {
        match self.elliptic() {
            Some(item) => vec![item],
            None if names_nothing => self.meant_by_object(),
            None => Vec::new(),
        }
    }

    /// What the pronoun behind a verb of giving stands for: the counted things of the sentence before.
    fn meant_by_object(&self) -> Vec<ItemMention> {
        let Some(before) = self.index.checked_sub(1) else { return Vec::new() };
        let before = &self.document.sentences[before];
        if before.segment.kind != SegmentKind::Sentence {
            return Vec::new();
        }
        let verbs = self.sentence.cues_in(&self.act).filter(|cue| cue.label == Label::Give);
        let objects: Vec<usize> = verbs.filter_map(|verb| self.object_of(verb)).collect();
        let [at] = objects[..] else { return Vec::new() };
        // What was sold, bought or lost changes hands in other ways.
        let other = [Label::Buy, Label::Trade, Label::Sale, Label::Lose, Label::OwnUse];
        if self.sentence.has(Label::Not, &self.act) || before.has_any(&other, &before.all()) {
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
        let meant = before.items.iter().filter(counted);
        meant.map(|item| ItemMention { tokens: at..at + 1, ..item.clone() }).collect()
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
}

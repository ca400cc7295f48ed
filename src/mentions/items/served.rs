//! Two things that the same ammunition or parts serve: "missiles for Patriot and NASAMS".

use super::{Chunker, ItemMention, Phrase};
use crate::lexicon::{Label, Role};
use crate::text::SegmentKind;

/// Classes of what has neither ammunition nor parts.
const WORN: [&str; 2] = ["medical", "personal-equipment"];

/// Classes of what may have parts, and fires nothing.
const UNARMED: [&str; 3] = ["electronics", "engineering", "support"];

impl Chunker<'_> {
    /// "ammunition for howitzers and body armour", "parts for tanks and winter clothing": what is worn is not
    /// served by what stands before it.
    pub(super) fn can_be_served(&self, whole: &Phrase, next: &Phrase) -> bool {
        let within = |above: &&str| {
            next.class.as_deref().is_some_and(|class| self.lexicon.is_within(class, above))
        };
        let again = self.sentence.has(Label::For, &(whole.tokens.end..next.tokens.start));
        let fires = whole.role == Role::Part || !UNARMED.iter().any(&within);
        again || fires && !WORN.iter().any(within)
    }

    /// "and", "and for the", ", for the" between two things that the same ammunition or parts serve.
    pub(super) fn serves_too(&self, end: usize, start: usize) -> bool {
        let again =
            self.sentence.is_sign(self.text, end, &[","]) && self.sentence.is(Label::For, end + 1);
        (again || self.sentence.is(Label::And, end))
            && (end + 1..start).len() <= 2
            && (end + 1..start).all(|at| self.sentence.is_any(&[Label::For, Label::Definite], at))
    }

    /// "Ammunition for Archer, CV90 and tanks", as an entry of a list: a comma between systems that the same
    /// ammunition or parts serve. In a sentence a system behind a comma may as well be given itself.
    pub(super) fn lists_served(&self, end: usize, next: &Phrase) -> bool {
        let entry = matches!(self.sentence.segment.kind, SegmentKind::Bullet | SegmentKind::Row);
        let class = next.class.as_deref().and_then(|class| self.lexicon.ammunition_class(class));
        entry
            && self.sentence.is_sign(self.text, end, &[","])
            && next.tokens.start == end + 1
            && next.system.is_some()
            && class.is_some()
    }

    /// "radars, and ammunition for HIMARS, artillery and tanks": what its list ends with serves all that
    /// stands behind it.
    pub(super) fn serves_as_last(&self, whole: &Phrase, next: &Phrase) -> bool {
        let comma = |at: usize| self.sentence.is_sign(self.text, at, &[","]);
        let start = whole.tokens.start;
        let last = self.sentence.cues_ending_at(start).any(|cue| {
            let sign = cue.tokens.start.checked_sub(1).is_some_and(comma);
            cue.label == Label::And && cue.tokens.len() == 1 && sign
        });
        let mut gap = whole.tokens.end..next.tokens.start;
        let small = |at: usize| self.sentence.is_any(&[Label::And, Label::Definite], at);
        last && gap.len() <= 3
            && comma(gap.start)
            && whole.role != Role::Part
            && gap.all(|at| comma(at) || small(at))
    }

    /// "spare parts for vehicles, boats and aircraft": a comma between the kinds of craft that the same
    /// parts serve.
    pub(super) fn serves_in_list(&self, last: &ItemMention, whole: &Phrase, next: &Phrase) -> bool {
        let craft = next.class.as_deref().is_some_and(|class| self.lexicon.is_craft(class));
        let gap = whole.tokens.end..next.tokens.start;
        let comma = self.sentence.is_sign(self.text, gap.start, &[","]);
        whole.role == Role::Part
            && last.system.is_none()
            && next.system.is_none()
            && craft
            && comma
            && gap.skip(1).all(|at| self.sentence.is(Label::And, at))
    }

    /// The second of two things that the same ammunition or parts serve: taken into the first, as in
    /// "ammunition for tanks and artillery"; or with an item of its own, as in "missiles for Patriot
    /// and NASAMS", "shells for tanks and for guns".
    pub(super) fn serve(
        &self,
        last: &mut ItemMention,
        whole: &mut Phrase,
        item: ItemMention,
        next: &Phrase,
    ) -> Option<ItemMention> {
        let again = self.sentence.has(Label::For, &(whole.tokens.end..next.tokens.start));
        if next.system.is_some() && last.system.is_none() && !again {
            // "shells for the artillery and Bradleys": a system among general words is not served.
            return Some(item);
        }
        if again || next.system.is_some() {
            return Some(self.served_alike(last, whole, next));
        }
        last.span = last.span.join(item.span);
        whole.tokens.end = next.tokens.end;
        last.tokens.end = next.tokens.end;
        last.name = self.words(&whole.tokens);
        None
    }

    fn served_alike(&self, last: &ItemMention, whole: &Phrase, next: &Phrase) -> ItemMention {
        let class = next.class.as_deref().and_then(|class| self.lexicon.ammunition_class(class));
        let class = class.filter(|_| whole.role != Role::Part).map(|class| class.id.clone());
        let served = self.words(&next.core);
        ItemMention {
            tokens: next.tokens.clone(),
            span: last.span.join(self.sentence.span_of(&next.tokens)),
            system: next.system,
            class: class.or_else(|| last.class.clone()),
            name: format!("{} for {served}", self.words(&whole.core)),
            quantity: None,
            unit: None,
            role: whole.role,
            is_everyday: false,
            rule: "item.for",
        }
    }

    pub(super) fn is_missile(&self, phrase: &Phrase) -> bool {
        let line = phrase.class.as_deref().map(|class| self.lexicon.class_line(class));
        line.unwrap_or_default()
            .iter()
            .any(|class| class.kiel.as_ref().is_some_and(|kiel| kiel.starts_with("Ammunition")))
    }

    /// Whether a phrase is for ammunition or missiles, by its last noun or by its class.
    pub(super) fn is_ammunition(&self, phrase: &Phrase) -> bool {
        phrase.role == Role::Ammunition
            || phrase.class.as_deref().is_some_and(|class| self.lexicon.is_ammunition(class))
    }
}

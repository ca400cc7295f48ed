//! Who is named beside what is given without getting it: whose venture is paid into, for whom something had
//! been meant.

use super::Reader;
use crate::lexicon::{ActorKind, Grade, Label};
use crate::mentions::{ItemMention, Mention, Value};

/// Within so many tokens behind whose it is a venture is named: "the Czech large-calibre ammunition initiative".
const NAMED: usize = 5;

/// Within so many tokens behind who is paid the attacked state is named for which arms are bought.
const BOUGHT: usize = 20;

impl Reader<'_> {
    /// "13 million to the Czech Republic's effort to find shells for Ukraine", "to Germany's initiative for
    /// Kyiv's air defence": whose venture it is receives nothing by that, where a state at war is helped.
    pub(super) fn is_paid_venture(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let main = self.document.main_recipient.as_deref();
        let attacked = |other: &Mention| self.is_attacked(other);
        let helped = main.is_some_and(|code| self.document.lexicon.is_attacked(code))
            || self.sentence.mentions.iter().any(attacked);
        let stops = [Label::For, Label::To, Label::Clause];
        let near = (end..end + NAMED).take_while(|at| !self.sentence.is_any_sign(*at));
        let mut near = near.take_while(|at| !self.sentence.is_any(&stops, *at));
        let owns = self.is_possessive(mention) || self.kind(mention) == Some(ActorKind::Adjective);
        helped
            && owns
            && !self.is_attacked(mention)
            && near.any(|at| self.sentence.is(Label::Venture, at))
    }

    /// Whether who stands behind "to" or "for" is no receiver: it only takes the sum for another.
    pub(super) fn is_for_another(&self, mention: &Mention) -> bool {
        self.is_paid_venture(mention) || self.was_meant_for(mention) || self.is_paid_to_buy(mention)
    }

    /// "13 million to the Czech Republic, which looks for shells that Ukraine can have", "to Prague for shells
    /// for Ukraine": money that a state gets to buy arms for one that is attacked.
    pub(super) fn is_paid_to_buy(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let clause = end + usize::from(self.sentence.is_any_sign(end));
        let leads = self.sentence.is(Label::For, end) || self.sentence.is(Label::Clause, clause);
        let behind = clause..(clause + BOUGHT).min(self.sentence.tokens.len());
        let attacked =
            |other: &&Mention| behind.contains(&other.tokens.start) && self.is_attacked(other);
        let Some(helped) = self.sentence.mentions.iter().find(attacked) else { return false };
        let between = clause..helped.tokens.start;
        // "to the Czech Republic for the tanks that it sent to Ukraine" pays for them.
        let gave = self.sentence.cues_in(&between).any(|cue| {
            matches!(cue.label, Label::Give | Label::Replacement) && cue.inflection.is_past_form()
        });
        let uncounted =
            |item: &ItemMention| between.contains(&item.tokens.start) && item.quantity.is_none();
        self.pays_before(mention)
            && leads
            && !gave
            && !self.is_attacked(mention)
            && self.sentence.items.iter().any(uncounted)
    }

    /// A sum before "to Prague", and nothing counted.
    fn pays_before(&self, mention: &Mention) -> bool {
        let start = mention.tokens.start;
        let before = 0..start;
        let mut sums = self.sentence.mentions_in(&before);
        let things = |item: &ItemMention| item.tokens.end <= start && item.quantity.is_some();
        sums.any(|sum| matches!(sum.value, Value::Money(_)))
            && !self.sentence.items.iter().any(things)
    }

    /// "Tokyo agreed with Manila on radars", "a deal with Dhaka over four boats": with whom a giver comes to
    /// terms, where none is attacked to whom the things would go.
    pub(super) fn is_agreed_with(&self, mention: &Mention) -> bool {
        let code = self.document.actor_code(&mention.value);
        let giver = self.document.main_donor.as_deref();
        let main = self.document.main_recipient.as_deref();
        let at_peace = main.is_none_or(|main| !self.document.lexicon.is_attacked(main));
        let attacked = |other: &Mention| self.is_attacked(other);
        let on = self.sentence.is_any(&[Label::For, Label::In, Label::To], mention.tokens.end);
        let terms = self.before(mention.tokens.start).is_some_and(|with| {
            self.sentence.cues_ending_at(with).any(|cue| {
                let resolved = cue.label == Label::Announce && cue.inflection.is_past_form();
                cue.label == Label::Accord || resolved && on
            })
        });
        let before = 0..mention.tokens.start;
        let mut actors = self.sentence.mentions_in(&before);
        let named = actors.any(|other| self.document.actor_code(&other.value).is_some());
        terms
            && at_peace
            && (giver.is_some() || named)
            && giver != code
            && self.is_state(mention)
            && !self.sentence.mentions.iter().any(attacked)
    }

    /// "that had been meant for Egypt", "originally intended for Kabul": for whom it is no more.
    pub(super) fn was_meant_for(&self, mention: &Mention) -> bool {
        let at = self.before(mention.tokens.start);
        at.is_some_and(|at| self.sentence.cues_ending_at(at + 1).any(|cue| cue.is(Grade::ForOnce)))
    }
}

//! What things are worth that were given right before: "The value: $400m", "The order, worth £162
//! million, was placed with Thales". Knows nothing of sums with a gift of their own.

use super::Reader;
use super::bought::is_passed_on;
use crate::extraction::topic::buys_for_somebody;
use crate::lexicon::{Label, PartyKind, Role};
use crate::mentions::{CueMention, Mention, Sentence, Value};
use crate::text::SegmentKind;
use std::ops::Range;

/// The rule for such a sum.
pub const VALUED: &str = "sum.of-gift-before";

/// The words that open such a sentence, beside those for a value: what the things cost, or their order.
const OPENERS: [Label; 3] = [Label::Sale, Label::Trade, Label::Cost];

/// How a gift is told.
const ACTS: [Label; 5] = [Label::Give, Label::Announce, Label::Receive, Label::Arrive, Label::Buy];

/// Within so many tokens behind a sum stands what it was paid for: "was paid for them".
const NEAR: usize = 4;

/// Within so many tokens of its beginning the sentence says what is worth the sum.
const OPENING: usize = 3;

impl Reader<'_> {
    /// "has a value of 40 million": the value of one thing told before.
    pub(super) fn is_stated_value(&self, own: &Range<usize>, before: &Range<usize>) -> bool {
        self.sentence.cues_in(before).any(|cue| {
            cue.label == Label::Worth && cue.tokens.len() > 1 && cue.tokens.end + 1 >= own.start
        })
    }

    /// Whether the sum is what the sentence before gives, bare of a sum of its own.
    pub(super) fn values_gift_before(&self, own: &Range<usize>) -> bool {
        let Some(before) = self.index.checked_sub(1) else { return false };
        let gift = &self.document.sentences[before];
        let told = self.opens_with_value(own)
            || self.costs_giver(own)
            || self.is_all_that_is_said(own)
            || self.prices_it(own)
            || self.costs_as_told(own);
        let given = || is_gift(gift) || is_passed_on(self.document, before) && !is_priced(gift);
        told && given() && self.names_nobody_else(gift)
    }

    /// "spent EUR 3 million on them", "They were bought for", "The contracts amount to": what was paid for the
    /// things told before.
    fn prices_it(&self, own: &Range<usize>) -> bool {
        let all = self.sentence.all();
        let other = [Label::Replacement, Label::Each, Label::Not, Label::Would, Label::Will];
        let for_it = |at: usize| {
            self.sentence.is_any(&[Label::For, Label::In], at)
                && self.sentence.is(Label::It, at + 1)
                && !self.sentence.is(Label::Clause, at + 1)
        };
        let pays = self.sentence.has_any(&[Label::Give, Label::Buy, Label::Trade], &all);
        let paid_for = for_it(own.end) || pays && (own.end..own.end + NEAR).any(for_it);
        !self.sentence.has_any(&other, &all) && (paid_for || self.opens_with_price(own))
    }

    /// "They cost", "They were bought for", "The contracts amount to", and nothing else before the sum.
    fn opens_with_price(&self, own: &Range<usize>) -> bool {
        let before = 0..own.start;
        let paid = [Label::Buy, Label::Trade, Label::Cost];
        let orders = self.sentence.has(Label::Sale, &(0..OPENING))
            && self.sentence.has(Label::TotalWeak, &before);
        let gives = || self.sentence.cues_in(&before).filter(|cue| cue.label == Label::Give);
        // "bought for" is one word for giving where a receiver stands behind it.
        let bought_for = |cue: &CueMention| {
            cue.tokens.end == own.start && self.sentence.is(Label::For, own.start - 1)
        };
        // "They had been bought from three firms in Riga for": the verb opens what the sum ends.
        // "The drones, of various types, were bought for": also behind what stands between commas.
        let comma = |at: &usize| self.sentence.is_sign(self.text(), *at, &[","]);
        let apart = before.clone().filter(comma).nth(1).map_or(0, |end| end + 1);
        let opening = 0..(apart + OPENING).max(2 * OPENING);
        let verb = self.sentence.has_any(&paid, &opening)
            && self.sentence.is_any(&[Label::For, Label::Worth], own.start.saturating_sub(1));
        self.sentence.is_any(&[Label::It, Label::Definite], 0)
            && own.start <= if verb { 5 * OPENING } else { 2 * OPENING + 2 }
            && self.sentence.items.iter().all(|item| item.quantity.is_none())
            && (orders || self.sentence.has_any(&paid, &before) || gives().any(bought_for))
            && gives().all(bought_for)
    }

    /// "The drones cost Canada over $95 million": who pays stands behind the verb.
    fn costs_giver(&self, own: &Range<usize>) -> bool {
        let near = own.start.saturating_sub(2 * OPENING)..own.start;
        let verb = self.sentence.cues_in(&near).rfind(|cue| cue.label == Label::Cost);
        let Some(verb) = verb else { return false };
        let payer = self.sentence.mention_at(verb.tokens.end);
        let code = payer.and_then(|payer| self.document.actor_code(&payer.value));
        let subject = 0..verb.tokens.start;
        let thing =
            |mention: &Mention| matches!(mention.value, Value::System(_) | Value::Materiel(_));
        code.is_some()
            && code != self.document.main_recipient.as_deref()
            && (self.sentence.is_any(&[Label::Definite, Label::It], 0))
            && self.sentence.mentions_in(&subject).any(thing)
            && !self.sentence.has_any(&[Label::Replacement, Label::Each], &subject)
            && !self.sentence.has(Label::OwnUse, &(0..2))
    }

    /// "Made by Teledyne, they cost over $95 million", "The batch, made up of several types, cost the state close to
    /// 4 million": what a pronoun or a batch right before stands for has cost that much.
    fn costs_as_told(&self, own: &Range<usize>) -> bool {
        let near = own.start.saturating_sub(OPENING + 1)..own.start;
        let Some(verb) = self.sentence.cues_in(&near).find(|cue| cue.label == Label::Cost) else {
            return false;
        };
        let before = 0..verb.tokens.start;
        let pronoun = before.end.checked_sub(1).is_some_and(|at| self.sentence.is(Label::It, at));
        let batch = self.sentence.is(Label::Definite, 0)
            && self.sentence.has(Label::PackageNoun, &(0..OPENING));
        let other =
            [Label::Replacement, Label::Each, Label::Not, Label::Would, Label::Will, Label::OwnUse];
        (pronoun || batch) && !self.sentence.has_any(&other, &before)
    }

    /// "That's $100 million, and", "One hundred million dollars.": the sum opens the sentence, behind a pronoun for
    /// what was told at most, and no verb but "is" says anything of it.
    fn is_all_that_is_said(&self, own: &Range<usize>) -> bool {
        let pronoun = self.sentence.is_any(&[Label::It, Label::Definite], 0)
            && self.sentence.is_any(&[Label::Be, Label::Genitive], 1)
            && own.start <= OPENING;
        let alone = own.start == 0 && own.end + 1 >= self.sentence.tokens.len();
        (pronoun || alone) && !self.sentence.is_any(&[Label::Each, Label::For], own.end)
    }

    /// "The order, worth", "Value:", "The contract is valued at": nothing else stands before the sum.
    fn opens_with_value(&self, own: &Range<usize>) -> bool {
        let opening = 0..OPENING.min(own.start);
        let worth = self.names_worth(&(0..own.start))
            || (0..own.start).any(|at| self.sentence.is_sign(self.text(), at, &[":"]));
        let known = self.sentence.is(Label::Definite, 0)
            || self.names_worth(&(0..1))
            || self.sentence.is_sign(self.text(), own.start.saturating_sub(1), &[":"]);
        known
            && worth
            && (self.names_worth(&opening) || self.sentence.has_any(&OPENERS, &opening))
            && !self.sentence.has_any(&[Label::Give, Label::Announce], &(2..own.start.max(2)))
            && !self.sentence.has(Label::SaleStrong, &(0..own.start))
            && own.start <= 2 * OPENING + 2
    }

    /// Whether all states of the sentence stand in the one before, or are its giver and receiver.
    fn names_nobody_else(&self, gift: &Sentence) -> bool {
        let state = |code: &&str| self.document.lexicon.party_kind(code) == PartyKind::State;
        let code = |mention: &Mention| self.document.actor_code(&mention.value).filter(state);
        let main = [&self.document.main_donor, &self.document.main_recipient];
        let known = |code: &str| {
            main.iter().any(|main| main.as_deref() == Some(code))
                || gift.mentions.iter().any(|m| self.document.actor_code(&m.value) == Some(code))
        };
        self.sentence.mentions.iter().filter_map(code).all(known)
    }

    /// "worth", "valued at"; "in" and "of" alone say nothing of a value.
    pub(super) fn names_worth(&self, range: &Range<usize>) -> bool {
        let small = [Label::In, Label::Of, Label::For];
        let mut cues = self.sentence.cues_in(range).filter(|cue| cue.label == Label::Worth);
        cues.any(|cue| cue.tokens.len() > 1 || !self.sentence.is_any(&small, cue.tokens.start))
    }

    /// "the total value of the materiel delivered to Ukraine is now about 2 billion": of no one act, told with
    /// no day.
    pub(super) fn values_what_was_given(&self, before: &Range<usize>) -> bool {
        let long = |cue: &CueMention| cue.label == Label::TotalWeak && cue.tokens.len() > 2;
        let Some(value) = self.sentence.cues_in(before).find(|cue| long(cue)) else { return false };
        let behind = value.tokens.end..before.end;
        let given = self
            .sentence
            .cues_in(&behind)
            .find(|cue| cue.label == Label::Give && cue.inflection.is_past_form());
        let dated = |mention: &Mention| matches!(mention.value, Value::Date(_));
        given.is_some_and(|given| {
            self.sentence.has(Label::To, &(given.tokens.end..given.tokens.end + 2))
                && !self.sentence.has(Label::PackageNoun, &behind)
                && !self.sentence.mentions_in(&behind).any(dated)
        })
    }

    /// "donated uniforms worth 910,000 dollars", "pledged 12 howitzers, six of them this year, for 150 million":
    /// what named or counted things before the sum are worth is one gift.
    pub(super) fn values_a_thing(&self, own: &Range<usize>, before: &Range<usize>) -> bool {
        let counted = self.sentence.is(Label::For, own.start.wrapping_sub(1));
        self.sentence.items.iter().any(|item| {
            let end = item.tokens.end;
            item.role != Role::Vague && end + 1 == own.start && self.sentence.is(Label::Worth, end)
                || counted && item.quantity.is_some() && before.contains(&item.tokens.start)
        })
    }
}

/// Whether a sentence gives counted things, and neither sells them nor says what they are worth.
fn is_gift(gift: &Sentence) -> bool {
    let all = gift.all();
    let named = gift.items.iter().any(|item| item.role != Role::Vague);
    // "will be bought under the Security Assistance Initiative"
    let route = gift.mentions.iter().any(|mention| matches!(mention.value, Value::Mechanism(_)));
    let priced = is_priced(gift);
    gift.segment.kind == SegmentKind::Sentence
        && named
        && !priced
        && gift.has_any(&ACTS, &all)
        && (!gift.has(Label::Sale, &all) || route || buys_for_somebody(gift))
        && !gift.has_any(&[Label::SaleStrong, Label::Loan], &all)
}

/// Whether a sentence tells a sum of its own.
fn is_priced(gift: &Sentence) -> bool {
    gift.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)))
}

//! What is told not to be given: refused, left out, only hoped for, or bought by somebody for itself.

use super::Reader;
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, ItemMention, Value};

/// Words by which things are asked for: what stands behind them and an infinitive is only hoped for.
const HOPES: [Label; 2] = [Label::Wish, Label::Request];

/// Within so many tokens of a thing stands that it is bought, and that it replaces another.
const REPLACES: usize = 6;

/// Within so many tokens behind a denial stands the act that it is about.
const DENIED: usize = 12;

impl Reader<'_> {
    /// "has denied that it sends shells", "dismissed reports that it had given tanks": no act, whoever reports it.
    pub(super) fn is_disclaimed(&self) -> bool {
        let acts = [Label::Give, Label::Receive, Label::Arrive];
        let verb = self.sentence.cues_in(&self.act).find(|cue| acts.contains(&cue.label));
        verb.is_some_and(|verb| {
            let start = verb.tokens.start;
            let near = start.saturating_sub(DENIED)..start;
            let denial = self.sentence.cues_in(&near).rfind(|cue| cue.is(Grade::Denies));
            denial.is_some_and(|denial| {
                let end = denial.tokens.end;
                let told = self.sentence.has(Label::Clause, &(denial.tokens.start..start))
                    || verb.inflection == Inflection::Gerund;
                told && !(end..start).any(|at| self.sentence.is_sign(self.text(), at, &[",", ";"]))
            })
        })
    }

    /// "does not include tanks", "are not part of it"
    pub(super) fn is_denied(&self, cue: &CueMention) -> bool {
        let start = cue.tokens.start;
        let be = start.checked_sub(1).filter(|at| self.sentence.is(Label::Be, *at));
        be.unwrap_or(start).checked_sub(1).is_some_and(|at| self.sentence.is(Label::Not, at))
    }

    /// "missiles, for which Kyiv had asked, are not among it"
    pub(super) fn is_left_out(&self, item: &ItemMention) -> bool {
        let comma = |at: usize| self.sentence.is_sign(self.text(), at, &[","]);
        let end = item.tokens.end;
        let behind = end + 1..self.sentence.tokens.len();
        let clause = behind.start..behind.start + 2;
        let relative = comma(end) && self.sentence.has(Label::Clause, &clause);
        let at = match behind.clone().find(|at| comma(*at)).filter(|_| relative) {
            Some(comma) => comma + 1,
            None => end,
        };
        let shares = [Label::Share, Label::PackageNoun, Label::Include];
        // "The guns are not counted in it", behind a sum: they only cost nothing.
        let before = self.index.checked_sub(1).map(|index| &self.document.sentences[index]);
        let priced = before.is_some_and(|told| {
            told.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)))
        });
        !priced
            && self.sentence.is(Label::Be, at)
            && self.sentence.is(Label::Not, at + 1)
            && self.sentence.has_any(&shares, &(at + 2..at + 6))
    }

    /// "has ruled out parting with missiles", "is reluctant to supply missiles", told beside a gift.
    pub(super) fn is_refused(&self, cue: &CueMention) -> bool {
        let start = cue.tokens.start;
        let near = start.saturating_sub(4)..start;
        let shies = self.sentence.cues_ending_at(start).any(|cue| cue.is(Grade::ShiesFrom));
        shies || self.sentence.has(Label::Withdraw, &near) && !self.document.tells_withdrawal()
    }

    /// "The country should send tanks": a verb of giving inside the words of a wish.
    pub(super) fn is_only_urged(&self, cue: &CueMention) -> bool {
        self.sentence.cues_into(cue.tokens.start).any(|wish| HOPES.contains(&wish.label))
    }

    /// "would order 20 tanks as replacements", "will be bought to replace those sent": what stands in for what was
    /// given.
    pub(super) fn is_replacement(&self, item: &ItemMention) -> bool {
        let behind = item.tokens.end..item.tokens.end + REPLACES;
        let bought = [Label::Buy, Label::Trade];
        let near = item.tokens.start.saturating_sub(REPLACES)..behind.end;
        self.sentence.has(Label::Replacement, &behind) && self.sentence.has_any(&bought, &near)
    }

    /// "for not sending tanks", "cannot give tanks", "did not send tanks": no plan that is held back, as
    /// "will not give" tells of one.
    pub(super) fn is_not_done(&self, cue: &CueMention) -> bool {
        let start = cue.tokens.start;
        let not = start.checked_sub(1).filter(|at| self.sentence.is(Label::Not, *at));
        not.is_some_and(|not| !self.sentence.has(Label::Will, &(not.saturating_sub(3)..not)))
    }

    /// "would like to get tanks", "hopes to obtain guns": what is only hoped for.
    pub(super) fn is_hoped_for(&self, cue: &CueMention) -> bool {
        let to = cue.tokens.start.checked_sub(1).filter(|at| self.sentence.is(Label::To, *at));
        let mut hopes = to.into_iter().flat_map(|to| self.sentence.cues_ending_at(to));
        cue.inflection == Inflection::Base && hopes.any(|hope| HOPES.contains(&hope.label))
    }

    /// "is waiting for the delivery of tanks": the noun right behind a word for a wish.
    pub(super) fn is_awaited(&self, noun: &CueMention) -> bool {
        let start = noun.tokens.start;
        let known = start
            .checked_sub(1)
            .filter(|at| self.sentence.is_any(&[Label::Definite, Label::Indefinite], *at));
        let mut before = self.sentence.cues_ending_at(known.unwrap_or(start));
        before.any(|cue| HOPES.contains(&cue.label))
    }

    /// "The Swedish army ordered 44 tanks": an army buys for itself.
    pub(super) fn is_bought_by_army(&self, cue: &CueMention) -> bool {
        let start = cue.tokens.start;
        let have = start.checked_sub(1).filter(|at| self.sentence.is(Label::Have, *at));
        let subject = have.unwrap_or(start).checked_sub(1);
        self.sentence.is(Label::Buy, start)
            && subject.is_some_and(|at| self.sentence.is(Label::Forces, at))
    }

    /// "To fill the gap, it signed an agreement on the purchase of 20 tanks": bought in place of what was
    /// given.
    pub(super) fn is_bought_instead(&self, cue: &CueMention) -> bool {
        cue.label == Label::Sale && self.sentence.has(Label::Return, &(0..cue.tokens.start))
    }
}

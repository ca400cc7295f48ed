//! The ordinal that a package bears, and the mechanism that its sentence names.

use super::{Proven, Reader};
use crate::extraction::parties::{Parties, Party};
use crate::extraction::routes::ranks;
use crate::lexicon::{
    Grade, Label, PartyKind,
    token::{Joint, TokenKind},
};
use crate::mentions::{Mention, Sentence, Value};
use rust_decimal::prelude::ToPrimitive;
use std::ops::Range;

/// How many tokens around "since" an act stands from which packages are counted.
const SINCE: usize = 8;

/// The rule for an ordinal alone, where packages are numbered.
pub const SERIES: &str = "sequence.series";

/// Up to so many sentences on, an ordinal alone numbers one more of the packages.
const NUMBERED: usize = 4;

/// No ordinal belongs to a noun behind these: "first of the packages", "first used a drawdown".
const BETWEEN: [Label; 5] = [Label::Of, Label::In, Label::To, Label::Definite, Label::Indefinite];

impl Reader<'_> {
    pub(super) fn mechanism(&self, range: &Range<usize>) -> Option<Proven<String>> {
        self.sentence.mentions_in(range).find_map(|mention| match mention.value {
            Value::Mechanism(number)
                if !mention.is_doubtful() && !ranks(self.sentence, mention) =>
            {
                Some(Proven {
                    value: self.document.lexicon.mechanism_at(number).id.clone(),
                    span: mention.span,
                    rule: mention.rule,
                })
            }
            _ => None,
        })
    }

    /// "The Netherlands buys arms from US stockpiles": a route of who sells, and not of who gives.
    pub(super) fn is_sellers(&self, route: &Proven<String>, parties: &Parties) -> bool {
        let mechanisms = self.document.lexicon.mechanisms();
        let owner = mechanisms.iter().find(|known| known.id == route.value);
        let owner = owner.and_then(|known| known.donor.as_deref());
        let main = self.document.main_donor.as_deref();
        let state = owner.filter(|code| {
            main != Some(*code) && self.document.lexicon.party_kind(code) == PartyKind::State
        });
        let buys = self.sentence.has_any(&[Label::Buy, Label::Trade], &self.act);
        let acts = |party: &&Party| !matches!(party.rule, "donor.from" | "donor.adjective");
        let others = |party: &Party| {
            party.score >= 3 && self.document.lexicon.party_kind(&party.code) == PartyKind::State
        };
        let mut givers = parties.donors.iter().filter(acts);
        buys && state.is_some()
            && parties.donors.iter().any(others)
            && givers.all(|party| Some(party.code.as_str()) != state)
    }

    /// "the 41st package", "PDA 25", "twelfth tranche", "package No. 23".
    pub(super) fn sequence(&self, range: &Range<usize>) -> Option<Proven<u32>> {
        let mut at = range.start;
        while at < range.end {
            if let Some((value, end)) = self.ordinal(at) {
                let noun = (end..(end + 4).min(range.end)).find(|at| {
                    self.sentence.is(Label::SequenceNoun, *at) || self.is_mechanism(*at)
                });
                let clear = noun.is_some_and(|noun| {
                    (end..noun).all(|at| {
                        !self.sentence.is_any_sign(at) && !self.sentence.is_any(&BETWEEN, at)
                    })
                });
                let alone = self.sentence.tokens.get(end).is_none_or(|_| {
                    self.sentence.is_any(&[Label::Indefinite, Label::For, Label::To], end)
                        || self.sentence.is_any_sign(end)
                        || self.sentence.is_any(&[Label::Since, Label::TotalAfter, Label::In], end)
                        || value > 2 && self.sentence.is(Label::Clause, end)
                }) && at > 0
                    && self.sentence.is(Label::Definite, at - 1)
                    && self.sentence.has(Label::SequenceNoun, &self.sentence.all());
                // "its first package this year" counts from somewhere, "the first batch" is a part.
                let part = noun.is_some_and(|noun| {
                    let cue = self.sentence.starting_at(Label::SequenceNoun, noun);
                    cue.is_some_and(|cue| cue.is(Grade::PartOfWhole))
                });
                let relative = value == 1
                    && (part
                        || self
                            .sentence
                            .has_any(&[Label::Undated, Label::Since, Label::TimeUnit], range));
                // "a second package" is just another one.
                let single = value <= 2 && at > 0 && self.sentence.is(Label::Indefinite, at - 1);
                let next = self.is_next_one(at, end);
                let series = value > 1 && self.is_of_series(at, end);
                if (clear || alone || next || series)
                    && !single
                    && !relative
                    && !self.counts_from_act(end)
                {
                    let span = self.sentence.span_of(&(at..noun.map_or(end, |noun| noun + 1)));
                    let rule = if series { SERIES } else { "sequence.ordinal" };
                    return Some(Proven { value, span, rule });
                }
            }
            at += 1;
        }
        self.numbered(range)
    }

    /// "has sent 45 packages, and a forty-sixth is being prepared": one more of what is counted in
    /// packages.
    fn is_next_one(&self, at: usize, end: usize) -> bool {
        let article = at.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Indefinite, at));
        let predicate = [Label::Be, Label::Will, Label::Would, Label::Have];
        article
            && self.sentence.is_any(&predicate, end)
            && self.sentence.has(Label::SequenceNoun, &(0..at))
    }

    /// "The 46th was handed over in January", "the eighth contained 15 howitzers", behind the 47th package: an
    /// ordinal that opens its act, where packages have just been numbered.
    fn is_of_series(&self, at: usize, end: usize) -> bool {
        let verbs = [
            Label::Give,
            Label::Receive,
            Label::Arrive,
            Label::Announce,
            Label::Include,
            Label::Come,
        ];
        let aux = [Label::Is, Label::Be, Label::Have, Label::Had, Label::Will, Label::Would];
        // "The 12th was a cold day"
        let told = self.sentence.is_sign(self.text(), end, &[","])
            || self.sentence.is_any(&aux, end) && !self.sentence.is(Label::Indefinite, end + 1)
            || self.sentence.is_any(&verbs, end);
        let article = at.checked_sub(1).filter(|at| self.sentence.is(Label::Definite, *at));
        let opens = article.is_some_and(|article| {
            (self.act.start..article).all(|at| self.sentence.is_any_sign(at))
        });
        let from = self.index.saturating_sub(NUMBERED);
        let mut before = self.document.sentences[from..self.index].iter();
        let numbers = |sentence: &Sentence| {
            let all = sentence.all();
            sentence.has_any(&[Label::Ordinal, Label::OrdinalEnding], &all)
                && sentence.has(Label::SequenceNoun, &all)
        };
        told && opens && before.any(numbers)
    }

    /// "the sixth package since the law was signed" counts from an act, and is not its own number.
    fn counts_from_act(&self, end: usize) -> bool {
        let near = end..(end + SINCE).min(self.sentence.tokens.len());
        let since = self.sentence.cues_in(&near).find(|cue| cue.label == Label::Since);
        since.is_some_and(|since| {
            let clause = since.tokens.end..since.tokens.end + SINCE;
            self.sentence.cues_in(&clause).any(|cue| {
                let past = cue.inflection.is_past_form();
                cue.label == Label::Announce && past
            })
        })
    }

    pub(super) fn is_mechanism(&self, at: usize) -> bool {
        matches!(
            self.sentence.mention_at(at).map(|mention| &mention.value),
            Some(Value::Mechanism(_))
        )
    }

    /// "PDA 25", "package No. 23", "PDA number eight".
    pub(super) fn numbered(&self, range: &Range<usize>) -> Option<Proven<u32>> {
        let ends = |at: usize| self.sentence.is(Label::SequenceNoun, at) || self.is_mechanism(at);
        range.clone().filter(|at| ends(*at) && !ends(at + 1)).find_map(|at| {
            // "gave the package the number 25"
            let next = at + 1 + usize::from(self.sentence.is(Label::Definite, at + 1));
            let sign = self.sentence.starting_at(Label::NumberSign, next).map(|cue| cue.tokens.end);
            let dot =
                sign.map(|end| end + usize::from(self.sentence.is_sign(self.text(), end, &["."])));
            let place = dot.unwrap_or(next);
            let token = self.sentence.tokens.get(place)?.token;
            let digits =
                token.kind == TokenKind::Number && (dot.is_some() || self.is_mechanism(at));
            let value = if digits {
                token.span.of(self.text()).parse().ok()?
            } else {
                dot.and(self.sentence.starting_at(Label::Number, place)?.value)?.to_u32()?
            };
            let span = self.sentence.span_of(&(at..place + 1));
            (value < 300).then_some(Proven { value, span, rule: "sequence.number" })
        })
    }

    pub(super) fn ordinal(&self, at: usize) -> Option<(u32, usize)> {
        let dates = |mention: &Mention| matches!(mention.value, Value::Date(_));
        if self.sentence.mention_at(at).is_some_and(dates) {
            return None;
        }
        if let Some(cue) = self.sentence.starting_at(Label::Ordinal, at) {
            return Some((cue.value?.to_u32()?, cue.tokens.end));
        }
        let token = self.sentence.tokens.get(at)?.token;
        let ending = self.sentence.starting_at(Label::OrdinalEnding, at + 1)?;
        let tight = self.sentence.tokens[at + 1].token.joint != Joint::Space;
        if token.kind != TokenKind::Number || !tight {
            return None;
        }
        Some((token.span.of(self.text()).parse().ok()?, ending.tokens.end))
    }
}

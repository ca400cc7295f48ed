//! Frames: sums over years, shares of an economy, programmes of which a sum is a part.

use super::Reader;
use super::other::AID;
use crate::lexicon::{Grade, Label};
use crate::mentions::{CueMention, DateExpression, Mention, Value};
use rust_decimal::Decimal;
use std::ops::Range;

/// Within so many tokens before a sum, the frame into which it goes is named.
const FRAMED: usize = 14;

/// No frame runs beyond this year.
const LAST_YEAR: i32 = 2100;

/// Within so many tokens behind a verb stands the package that it tops up.
const OBJECT: usize = 5;

impl Reader<'_> {
    /// "400 million for 2024"; "In its budget for the year, Japan has set apart 5 billion yen for".
    pub(super) fn is_for_years(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let is_year = |mention: &Mention| match mention.value {
            Value::Date(DateExpression::Full(date)) => date.month_number().is_none(),
            Value::Date(DateExpression::Undated { .. }) => true,
            _ => false,
        };
        let for_year = self.sentence.is(Label::For, own.end)
            && self.sentence.mentions_in(&(own.end..own.end + 2)).any(is_year);
        // "5 billion euros by 2027", "through 2030": spread over the years up to then.
        let next = self.document.published().map(|day| Decimal::from(day.year_number() + 1));
        let distant = |at: usize| match self.sentence.mention_at(at).map(|told| &told.value) {
            Some(Value::Date(DateExpression::Full(date))) => {
                next.is_some_and(|next| Decimal::from(date.year_number()) > next)
            }
            Some(Value::Number(year)) => next.is_some_and(|next| {
                (next + Decimal::ONE..LAST_YEAR.into()).contains(&year.figure())
            }),
            _ => false,
        };
        let ends = [Label::Until, Label::By];
        let mut links = self.sentence.cues_in(&(own.end..own.end + OBJECT));
        let until = links.any(|cue| {
            cue.tokens.start == own.end && ends.contains(&cue.label) && distant(cue.tokens.end)
        });
        let opening = 0..6.min(own.start);
        let budget = self.sentence.is(Label::In, 0) && self.sentence.has(Label::Frame, &opening);
        // "For 2024-2026, a package worth 200 million is envisaged"
        let opens = self.sentence.is(Label::For, 0)
            && self.sentence.mentions_in(&(1..2)).any(is_year)
            && own.start > 2;
        // "will spend 0.25 percent of its GDP on help, or 112 million"
        let mut before = self.sentence.cues_in(&(0..own.start));
        let economy = before.any(|cue| cue.is(Grade::OfEconomy));
        let frames = budget || economy;
        for_year || until || opens || frames && !self.sentence.has(Label::PackageNoun, territory)
    }

    /// "will give $650 million over three years so that 50 vehicles can be built": the verb gives the sum itself, and
    /// it is for things that are named behind it.
    pub(super) fn is_given_for_things(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let behind = own.end..territory.end;
        let mut things = self.sentence.items.iter().filter(|item| item.quantity.is_some());
        let mut before = self.sentence.cues_in(&(territory.start..own.start));
        self.sentence.ending_at(Label::Give, own.start).is_some()
            && !before.any(|cue| cue.label == Label::Frame)
            && things.any(|item| behind.contains(&item.tokens.start))
    }

    /// "announced $2.1 billion in long-term aid under USAI": what lasts is the help.
    pub(super) fn frames_aid(&self, territory: &Range<usize>) -> bool {
        let mut frames = self.sentence.cues_in(territory).filter(|cue| cue.label == Label::Frame);
        frames.all(|cue| self.sentence.is_any(&AID, cue.tokens.end) && cue.is(Grade::Lasts))
    }

    /// Whether a verb of including, with words of this label before it, governs the sum.
    pub(super) fn is_included_in(
        &self,
        label: Label,
        own: &Range<usize>,
        territory: &Range<usize>,
    ) -> bool {
        let before = territory.start..own.start;
        let verb = self.sentence.cues_in(&before).rfind(|cue| cue.label == Label::Include);
        verb.is_some_and(|verb| {
            let subject = verb.tokens.start.saturating_sub(6)..verb.tokens.start;
            self.sentence.has(label, &subject) && !self.sentence.has(Label::PackageNoun, &before)
        })
    }

    /// "a five-year plan for Peru, into which it puts $93.4 million": the sum stands in a relative
    /// clause of the frame, and is a part of it.
    pub(super) fn is_put_into_frame(&self, own: &Range<usize>) -> bool {
        let before = own.start.saturating_sub(FRAMED)..own.start;
        let frame = self.sentence.cues_in(&before).rfind(|cue| cue.label == Label::Frame);
        frame.is_some_and(|frame| {
            let behind = frame.tokens.end..own.start;
            let relative = |at: usize| {
                self.sentence.is(Label::Clause, at)
                    && self.sentence.is_any(&[Label::It, Label::Definite], at)
                    && self.sentence.is_any(&[Label::In, Label::To, Label::With], at - 1)
            };
            behind.clone().any(relative) && !self.sentence.has(Label::PackageNoun, &behind)
        })
    }

    /// "a new envelope of 93 million", "the Comprehensive Assistance Package (CAP)": a word of the name of
    /// a package or a route frames nothing.
    pub(super) fn is_named_like_a_frame(
        &self,
        own: &Range<usize>,
        territory: &Range<usize>,
    ) -> bool {
        let before = own.start.saturating_sub(FRAMED).max(territory.start);
        let near = before..(own.end + FRAMED).min(territory.end);
        let named = |cue: &CueMention| {
            let known = self.sentence.mention_at(cue.tokens.start);
            // "topped up the assistance measure by 45 million"
            let object = cue.tokens.end..cue.tokens.end + OBJECT;
            let gives = self.sentence.is(Label::Give, cue.tokens.start)
                && self.sentence.has(Label::PackageNoun, &object);
            known.is_some_and(|known| matches!(known.value, Value::Mechanism(_)))
                || gives
                || self.sentence.cues_in(&near).any(|longer| {
                    longer.label == Label::PackageNoun
                        && longer.tokens.len() > 1
                        && longer.tokens.end == cue.tokens.end
                })
        };
        let frames = self.sentence.cues_in(&near).filter(|cue| cue.label == Label::Frame);
        let mut frames = frames.peekable();
        frames.peek().is_some() && frames.all(named)
    }

    /// "is funded from the 7.5 billion kroner that parliament has set aside"; "comes from the $500 million
    /// that was announced in June" recalls a package.
    pub(super) fn is_source_of_money(&self, own: &Range<usize>) -> bool {
        let from = own.start.checked_sub(2).is_some_and(|at| {
            self.sentence.is(Label::From, at) && self.sentence.is(Label::Definite, at + 1)
        });
        let told = [Label::PackageNoun, Label::AidNoun, Label::Announce];
        from && !self.sentence.has_any(&told, &(own.end..own.end + 12))
    }
}

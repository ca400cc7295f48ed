//! Signs that a sum is the value of one package, and not of several together.

use super::Reader;
use crate::lexicon::Label;
use crate::mentions::Value;
use std::ops::Range;

/// So many tokens behind "the latest" stands what that one is worth.
const LATEST: usize = 10;

/// So many tokens behind a sum stands the verb by which it was given, and behind that the day.
const RECALLED: usize = 10;

/// So many tokens before a batch stands its article: "a substantial military aid package".
const DESCRIBED: usize = 4;

/// So many tokens behind a batch stands what it is worth.
const BATCH: usize = 14;

impl Reader<'_> {
    /// "the 18th tranche of military aid, amounting to 40 million"
    pub(super) fn is_of_numbered(&self, before: &Range<usize>) -> bool {
        let noun = self.sentence.has_any(&[Label::PackageNoun, Label::SequenceNoun], before);
        let in_words = [Label::Ordinal, Label::OrdinalEnding];
        let mut figures = self.sentence.mentions_in(before);
        noun && (self.sentence.has_any(&in_words, before)
            || figures.any(|mention| matches!(mention.value, Value::Ordinal(_))))
    }

    /// "has transferred a batch of hardware and arms worth 320 million": a batch, and no verb behind it.
    pub(super) fn is_of_one_batch(&self, own: &Range<usize>) -> bool {
        let near = own.start.saturating_sub(BATCH)..own.start;
        let noun = near.rev().find(|at| self.sentence.is(Label::PackageNoun, *at));
        noun.is_some_and(|noun| {
            let verbs = [Label::Give, Label::Announce, Label::Receive, Label::Be, Label::Have];
            let one = noun.saturating_sub(DESCRIBED)..noun;
            self.sentence.has(Label::Indefinite, &one)
                && !self.sentence.has_any(&verbs, &(noun + 1..own.start))
        })
    }

    /// "a new package of military aid to Ukraine totalling £450 million": one package, and no verb between
    /// it and the sum.
    fn measures_package(&self, own: &Range<usize>) -> bool {
        let near = own.start.saturating_sub(10)..own.start;
        let noun = near.clone().rev().find(|at| self.sentence.is(Label::PackageNoun, *at));
        noun.is_some_and(|noun| {
            let verbs = [Label::Give, Label::Announce, Label::Be, Label::Have, Label::And];
            let one = noun.saturating_sub(4)..noun;
            self.sentence.has_any(&[Label::Indefinite, Label::New], &one)
                && !self.sentence.has_any(&verbs, &(noun + 1..own.start))
                && !(noun + 1..own.start).any(|at| self.sentence.is_any_sign(at))
        })
    }

    /// "$60 million that we announced in September": behind the sum a clause tells the act by which it was
    /// given, and when.
    pub(super) fn is_recalled_act(&self, after: &Range<usize>) -> bool {
        let near = after.start..after.end.min(after.start + RECALLED);
        let dated = |at: usize| {
            let behind = at..after.end.min(at + RECALLED);
            self.sentence.mentions_in(&behind).any(|m| matches!(m.value, Value::Date(_)))
        };
        self.sentence.cues_in(&near).any(|cue| {
            let start = cue.tokens.start;
            let relative = (start.saturating_sub(4)..start).any(|at| {
                self.sentence.is(Label::Clause, at)
                    && self.sentence.is_any(&[Label::It, Label::Definite], at)
            });
            // "Of this, 4 million had been agreed in July 2021"
            let decided = cue.label == Label::Announce
                && start <= after.start + 3
                && self.sentence.has_any(&[Label::Be, Label::Have], &(after.start..start));
            matches!(cue.label, Label::Announce | Label::Give)
                && cue.inflection.is_past_form()
                && (relative || decided)
                && dated(cue.tokens.end)
        })
    }

    /// "with the latest, announced on Friday, amounting to €100 million": one of the packages named before.
    fn is_latest_one(&self, own: &Range<usize>) -> bool {
        let near = own.start.saturating_sub(LATEST)..own.start;
        let stands = |at: usize| {
            self.sentence.is_any_sign(at)
                || self.sentence.is_any(&[Label::In, Label::Worth, Label::Announce, Label::Be], at)
        };
        near.into_iter().any(|at| {
            self.sentence.is(Label::New, at)
                && at > 0
                && self.sentence.is(Label::Definite, at - 1)
                && stands(at + 1)
        })
    }

    /// "a new $400 million package", "another $350m", "a package of $3bn".
    pub(super) fn is_new(&self, own: &Range<usize>, after: &Range<usize>) -> bool {
        let from = own.start.saturating_sub(4);
        let new = (from..own.start).any(|at| {
            self.sentence.is(Label::New, at)
                && !self.sentence.is_any(&[Label::MoreThan, Label::TotalAfter], at)
        });
        let article =
            own.start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Indefinite, at));
        // "a 31 million euro ($35.1 million) assistance measure"
        let bracket = |at: usize, sign| self.sentence.is_sign(self.text(), at, &[sign]);
        let noun =
            match (after.start..(after.start + 8).min(after.end)).find(|at| bracket(*at, ")")) {
                Some(end) if bracket(after.start, "(") => end + 1,
                _ => after.start,
            };
        let package =
            (noun..(noun + 5).min(after.end)).any(|at| self.sentence.is(Label::PackageNoun, at));
        let package_of = (from..own.start).any(|at| self.sentence.is(Label::PackageNoun, at))
            && (from..own.start).any(|at| self.sentence.is(Label::Indefinite, at));
        new || article && package
            || package_of
            || self.measures_package(own)
            || self.is_latest_one(own)
    }
}

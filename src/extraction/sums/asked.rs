//! Money that is still asked for, or of which a parliament decides; and what a parliament is only told.

use super::Reader;
use crate::extraction::parties;
use crate::lexicon::{Inflection, Label};
use crate::mentions::CueMention;
use std::ops::Range;

/// So many sentences before a sum a request is told.
const ASKED: usize = 4;

impl Reader<'_> {
    /// "In the same week Washington sent $500 million to Kyiv", beside what a parliament votes.
    pub(super) fn was_given(&self, territory: &Range<usize>) -> bool {
        let votes = [Label::Appropriation, Label::Parliament, Label::Would, Label::Will];
        let subject = |cue: &CueMention| {
            let before = cue.tokens.start.checked_sub(1);
            let named = before.and_then(|at| self.sentence.mention_at(at));
            named.is_some_and(|named| self.document.actor_code(&named.value).is_some())
        };
        let gave =
            |cue: &CueMention| cue.label == Label::Give && cue.inflection == Inflection::Past;
        self.sentence.cues_in(territory).any(|cue| gave(cue) && subject(cue))
            && !self.sentence.has_any(&votes, territory)
    }

    /// Money that is asked for: a verb of asking governs the sum, or the sentences right before
    /// speak of a request to a parliament and this one announces nothing.
    pub(super) fn is_requested(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let acts = self.sentence.has(Label::Announce, territory);
        let before = territory.start..own.start;
        if self.near_before(Label::Request, &before, 6)
            && !acts
            && !self.sentence.has(Label::Give, &before)
        {
            return true;
        }
        // "asked for a million rounds. This amount will cost around 4 billion"
        let asked = self.index.checked_sub(1).map(|index| &self.document.sentences[index]);
        let asked = asked.is_some_and(|told| told.has(Label::Request, &told.all()));
        if asked
            && self.near_before(Label::Cost, &before, 4)
            && self.sentence.has(Label::Will, &before)
            && !acts
            && !self.sentence.has_any(&[Label::Give, Label::PackageNoun], territory)
        {
            return true;
        }
        // "about 1.5 billion dollars would be needed"
        let after = own.end..territory.end;
        if self.near_after(Label::Request, &after, 4) && !acts && !self.acts(territory) {
            return true;
        }
        let voter = self.sentence.cues_in(&before).any(|cue| {
            let told = cue.tokens.start.checked_sub(1).is_some_and(|at| {
                self.sentence.is_any(&[Label::Say, Label::To, Label::Announce], at)
            });
            cue.label == Label::Parliament && !told && cue.tokens.start + 14 > own.start
        });
        let named = self.is_new(own, &after) || self.sentence.has(Label::PackageNoun, &before);
        if voter && !named {
            return true;
        }
        let from = self.index.saturating_sub(ASKED);
        let asked = self.document.sentences[from..self.index].iter().any(|before| {
            // "answers a request which Moldova made": who asks is no parliament's petitioner.
            let in_house = before.has(Label::Parliament, &before.all());
            let mut cues = before.cues.iter().filter(|cue| cue.label == Label::Appropriation);
            cues.any(|cue| {
                let told = before.ending_at(Label::Say, cue.tokens.start).is_some();
                !told && (in_house || !before.is(Label::Request, cue.tokens.start))
            })
        });
        let parties = parties::in_range(self.document, self.sentence, territory);
        let package = self.sentence.has(Label::PackageNoun, territory);
        // "pledged 200 million for drones and 350 million for shells": by the verb before both.
        let reach = 0..territory.end;
        let given = self.sentence.cues_in(&reach).any(|cue| {
            let infinitive =
                cue.tokens.start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::To, at));
            cue.label == Label::Give && !infinitive
        });
        // "The drones are valued at 95 million": what things are worth is asked of nobody.
        let valued = self.near_before(Label::Worth, &before, 3)
            && self.sentence.items.iter().any(|item| before.contains(&item.tokens.start));
        let acts = [Label::Announce, Label::Withdraw];
        let told = given || package || valued || self.sentence.has_any(&acts, &reach);
        // "a further $6 billion under USAI followed"
        let told =
            told || self.has_route(territory) && self.is_new(own, &after) && !self.asks_lately();
        asked && !told && !parties.donors.iter().any(|party| party.score >= 3)
    }

    /// Whether somebody asks for something in the sentences right before, or in this one.
    fn asks_lately(&self) -> bool {
        let from = self.index.saturating_sub(ASKED);
        let mut told = self.document.sentences[from..=self.index].iter();
        told.any(|told| told.has_any(&[Label::Request, Label::Wish], &told.all()))
    }

    /// "has told lawmakers that it will withhold", "notified Congress of": who is only told votes nothing.
    pub(super) fn is_only_told(&self, territory: &Range<usize>) -> bool {
        let cues = self.sentence.cues_in(territory).filter(|c| c.label == Label::Appropriation);
        let mut cues = cues.peekable();
        // "notified lawmakers of", but not "approved by Congress"
        let notified = |at: usize| {
            at > 0 && [at - 1, at].iter().all(|at| self.sentence.is(Label::Announce, *at))
        };
        let notice = cues.peek().is_some_and(|cue| notified(cue.tokens.start));
        cues.peek().is_some()
            && cues.all(|cue| {
                let start = cue.tokens.start;
                self.sentence.ending_at(Label::Say, start).is_some() || notified(start)
            })
            && (self.has_route(territory)
                || notice
                || self.sentence.has_any(&[Label::Give, Label::Withdraw], territory))
    }
}

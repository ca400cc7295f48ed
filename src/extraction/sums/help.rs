//! Help as a whole as the subject of a sentence, and as the label before a colon: what the sum there
//! is, whatever the verb.

use super::Reader;
use crate::lexicon::Label;
use crate::text::SegmentKind;
use std::ops::Range;

/// What says that a sum beside it is of one act, or of something else than help that was given.
const TOLD: [Label; 16] = [
    Label::Announce,
    Label::Arrive,
    Label::Expect,
    Label::Frame,
    Label::Give,
    Label::Include,
    Label::Loan,
    Label::New,
    Label::PackageNoun,
    Label::Receive,
    Label::Request,
    Label::Sale,
    Label::Share,
    Label::Will,
    Label::Withdraw,
    Label::Would,
];

/// So many tokens before the help stands whose it is: "Norwegian military help".
const OWNER: usize = 4;

impl Reader<'_> {
    /// "Norwegian military help for Peru has climbed to 23 billion": whose help it is, and how much,
    /// without a word of giving, of a package or of what the sum is worth.
    pub(super) fn states_help(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let before = territory.start..own.start;
        let nouns = |at: &usize| self.sentence.is(Label::AidNoun, *at);
        let Some(noun) = before.clone().find(nouns) else { return false };
        let owner = noun.saturating_sub(OWNER).max(before.start)..noun;
        let whose = self.sentence.mentions_in(&owner).any(|mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| self.document.lexicon.can_give(code))
        });
        let linked = own.start.checked_sub(1).is_some_and(|at| {
            at > noun
                && !self.sentence.is_any_sign(at)
                && !self.sentence.is_any(&[Label::By, Label::Of], at)
        });
        // "With the new batch, Norwegian military help": the clause of the help itself.
        let comma = before.clone().take_while(|at| *at < noun);
        let comma = comma.filter(|at| self.sentence.is_sign(self.text(), *at, &[","])).last();
        let clause = comma.map_or(territory.start, |comma| comma + 1)..territory.end;
        // "for" and "of" tell a value only beside other words.
        let valued = self.sentence.cues_in(&clause).any(|cue| {
            cue.label == Label::Worth
                && !self.sentence.is_any(&[Label::For, Label::Of], cue.tokens.start)
        });
        whose && linked && !valued && !self.sentence.has_any(&TOLD, &clause)
    }

    /// "| Iceland | field hospital | ISK 1.2bn | 7 Sept. |": a giver, a thing and a sum in a row of a table.
    pub(super) fn is_row_of_things(&self, territory: &Range<usize>) -> bool {
        self.sentence.segment.kind == SegmentKind::Row
            && self.document.is_military
            && !self.sentence.items.is_empty()
            && self.names_party(territory)
    }

    /// "raised the military support to Kenya by 7 billion": support that is raised, and no collection.
    pub(super) fn raises_support(&self, territory: &Range<usize>) -> bool {
        let mut cues = self.sentence.cues_in(territory);
        cues.any(|cue| {
            let object = cue.tokens.end..cue.tokens.end + OWNER;
            cue.label == Label::Raise && self.sentence.has(Label::AidNoun, &object)
        })
    }

    /// "Total military aid: 2.1 billion": what stands before the colon says what the sum is.
    pub(super) fn with_label(&self, own: &Range<usize>, territory: &Range<usize>) -> Range<usize> {
        let colon = territory.start.checked_sub(1);
        let labels = territory.start == own.start
            && colon.is_some_and(|at| self.sentence.is_sign(self.text(), at, &[":"]));
        let start = if labels { self.clause_start(colon.unwrap_or(0)) } else { territory.start };
        start..territory.end
    }

    /// "takes Australia's contribution to $790 million", "lifts what it has given to $790 million".
    pub(super) fn raises_aid(&self, before: &Range<usize>) -> bool {
        let nouns = [Label::AidNoun, Label::PackageNoun, Label::TotalWeak];
        let given = |at: usize| {
            let start = at.saturating_sub(4)..at;
            self.sentence.ending_at(Label::Give, at).is_some()
                && self.sentence.has(Label::Have, &start)
        };
        let noun = |range: &Range<usize>| {
            self.sentence.has_any(&nouns, range) || (range.start..=range.end).any(given)
        };
        self.sentence
            .cues_in(before)
            .any(|cue| cue.label == Label::Raise && noun(&(cue.tokens.end..before.end)))
    }
}

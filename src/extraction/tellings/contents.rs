//! Which of a sentence's items are given, and which are asked for, lost, or somebody else's.

use super::Reader;
use crate::lexicon::{Label, Role};
use crate::mentions::ItemMention;
use std::ops::Range;

impl Reader<'_> {
    /// Whether the sentence speaks of what is asked for, lost, or used by others.
    pub(super) fn is_blocked(&self) -> bool {
        let all = self.sentence.all();
        let asks = self.sentence.has_any(&[Label::Request, Label::Wish], &all);
        let loses = self.sentence.has(Label::Lose, &all);
        let gives = self.sentence.has_any(
            &[
                Label::Give,
                Label::Announce,
                Label::Include,
                Label::Receive,
                Label::Arrive,
                Label::PackageNoun,
            ],
            &all,
        );
        (asks || loses) && (!gives || asks && self.only_calls())
    }

    /// "urges Germany to deliver": every verb of giving is an infinitive behind a verb of asking.
    fn only_calls(&self) -> bool {
        let all = self.sentence.all();
        let Some(asks) = self.sentence.first(Label::Request, &all) else { return false };
        let mut gives =
            self.sentence.cues_in(&all).filter(|cue| cue.label == Label::Give).peekable();
        gives.peek().is_some()
            && gives.all(|cue| {
                let start = cue.tokens.start;
                let infinitive =
                    (start.saturating_sub(2)..start).any(|at| self.sentence.is(Label::To, at));
                infinitive && asks.tokens.start < start
            })
            && !self.sentence.has(Label::Announce, &all)
    }

    pub(super) fn is_inventory(&self) -> bool {
        let all = self.sentence.all();
        let earlier =
            self.sentence.has_any(&[Label::Earlier, Label::TotalAfter, Label::TotalBefore], &all);
        let since = self.sentence.has(Label::Since, &all) && self.sentence.has(Label::Have, &all);
        (earlier || since) && !self.sentence.has(Label::New, &all)
    }

    /// "has to date supplied 3,000 drones": a running total of things.
    pub(super) fn counts_up(&self) -> bool {
        let all = self.sentence.all();
        self.sentence.has(Label::TotalAfter, &all)
            && self.sentence.has(Label::Have, &all)
            && !self.sentence.has_any(&[Label::New, Label::SequenceNoun], &all)
    }

    /// Items of an entry in a list of contents.
    pub(super) fn listed_items(&self) -> Vec<ItemMention> {
        self.sentence.items.iter().filter(|item| item.role != Role::Vague).cloned().collect()
    }

    /// Items beginning inside the range that the sentence says are given.
    pub(super) fn given_items(&self, range: &Range<usize>, beside_sum: bool) -> Vec<ItemMention> {
        let all = self.sentence.all();
        let frame =
            [Label::Give, Label::Receive, Label::Arrive, Label::Include, Label::PackageNoun];
        let framed = self.sentence.has_any(&frame, &all) || beside_sum;
        if !framed || self.is_blocked() {
            return Vec::new();
        }
        self.sentence
            .items
            .iter()
            .filter(|item| item.role != Role::Vague && range.contains(&item.tokens.start))
            .filter(|item| self.is_given(item))
            .cloned()
            .collect()
    }

    /// Whether nothing right beside an item says that it is somebody else's or not given.
    pub(super) fn is_given(&self, item: &ItemMention) -> bool {
        let start = item.tokens.start;
        let mut before = start;
        while before > 0
            && self.sentence.is_any(&[Label::Definite, Label::Indefinite, Label::Vague], before - 1)
        {
            before -= 1;
        }
        let direct = before.checked_sub(1);
        let barred = direct.is_some_and(|at| {
            self.sentence.is_any(
                &[Label::Against, Label::By, Label::Lose, Label::OwnUse, Label::Request],
                at,
            )
        }) || direct.is_some_and(|at| self.sentence.is(Label::Not, at));
        let enemy = direct.and_then(|at| self.sentence.mention_at(at)).is_some_and(|mention| {
            self.document
                .actor_code(&mention.value)
                .is_some_and(|code| self.document.enemies.contains(code))
        });
        // "pistols, 7,000 assault rifles": a word inside the next item's name says nothing of this one.
        let items = &self.sentence.items;
        let next = items.partition_point(|other| other.tokens.start < item.tokens.end);
        let limit = items.get(next).map_or(usize::MAX, |next| next.tokens.start);
        let after = item.tokens.end..(item.tokens.end + 3).min(limit);
        let attack = self.sentence.has(Label::Attack, &after)
            || direct.is_some_and(|at| self.sentence.is(Label::Attack, at));
        let gives_before = self.sentence.has_any(
            &[
                Label::Give,
                Label::Include,
                Label::PackageNoun,
                Label::Announce,
                Label::Receive,
                Label::Arrive,
            ],
            &self.sentence.all(),
        );
        let describes =
            self.sentence.is_any(&[Label::PackageNoun, Label::AidNoun], item.tokens.end);
        let other_verb = self.governed_by_another_verb(item);
        !barred && !enemy && !attack && !describes && !other_verb && gives_before
    }

    /// "trains pilots on F-16s", "will replace them with Abrams", "buys K2 tanks for its own army":
    /// the verb nearest before the item is none of giving.
    fn governed_by_another_verb(&self, item: &ItemMention) -> bool {
        let verbs = [
            Label::Give,
            Label::Receive,
            Label::Include,
            Label::Arrive,
            Label::Announce,
            Label::OwnUse,
            Label::Replacement,
        ];
        let start = item.tokens.start;
        let near = start.saturating_sub(8)..start;
        let nearest = self.sentence.cues_in(&near).rfind(|cue| verbs.contains(&cue.label));
        nearest.is_some_and(|cue| {
            let parted = (cue.tokens.end..start).any(|at| self.sentence.is_any_sign(at));
            matches!(cue.label, Label::OwnUse | Label::Replacement)
                && !self
                    .sentence
                    .is_any(&[Label::Give, Label::Receive, Label::Include], cue.tokens.start)
                && !parted
        })
    }
}

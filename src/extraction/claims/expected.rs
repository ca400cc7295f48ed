//! The day for which a package is expected that is only proposed.

use super::Writer;
use crate::extraction::days::{self, Day};
use crate::extraction::grouping::Group;
use crate::lexicon::{Inflection, Label};
use crate::mentions::{CueMention, Sentence};
use crate::text::SegmentKind;

/// How far before a day, in tokens, the verb stands that says what will be done on it.
const VERB_REACH: usize = 16;

/// How far before "will", in tokens, the day may stand on which it will be done.
const BEFORE_MODAL: usize = 8;

/// How many days ahead the day lies, at most, for which a package is expected.
const EXPECTED_WITHIN: i64 = 62;

/// Up to this token a day opens its sentence.
const OPENING: usize = 3;

impl Writer<'_> {
    /// The day for which a proposed package is expected: "An announcement could come as soon as
    /// Friday". Days on which somebody only spoke of it do not count.
    pub(super) fn expected_day(&self, group: &Group) -> Option<Day> {
        let published = self.document.published()?;
        let ahead = |sentence: &Sentence| {
            let modal = sentence.cues.iter().find(|cue| {
                matches!(cue.label, Label::Will | Label::Would | Label::Expect | Label::Wish)
            })?;
            // "The government on Thursday will present", "In Tokyo on Saturday, he is expected to"
            let end = modal.tokens.start;
            let rest = self.before_modal(sentence, modal)..sentence.tokens.len();
            let days = days::in_range(self.document, sentence, &rest, true);
            // "sources said Friday", "the ministry announced on Monday"
            let said = |day: &Day| {
                let before = day.at.saturating_sub(4)..day.at;
                let made_public = sentence.cues_in(&before).any(|cue| {
                    let passive = cue.tokens.start.saturating_sub(2)..cue.tokens.start;
                    cue.label == Label::Announce
                        && cue.inflection == Inflection::Past
                        && !sentence.has(Label::Be, &passive)
                });
                let says = sentence
                    .cues_in(&before)
                    .any(|cue| cue.label == Label::Say && cue.inflection != Inflection::Base);
                made_public || says || sentence.has(Label::Unnamed, &before)
            };
            days.into_iter().filter(|day| !said(day)).find(|day| {
                let distance = day.date.filter(|date| date.is_day() && !day.is_span);
                // "will sign it on Friday", said on Friday, needs its verb close by.
                let close = day.at < end && day.rule == "date.weekday"
                    || sentence.has_any(
                        &[Label::Will, Label::Would, Label::Expect],
                        &(day.at.saturating_sub(VERB_REACH)..day.at),
                    );
                distance.is_some_and(|date| {
                    (i64::from(!close)..=EXPECTED_WITHIN)
                        .contains(&date.days_since(published.first_day()))
                })
            })
        };
        let own = group.tellings.iter().map(|telling| telling.sentence);
        let last = own.clone().max()?;
        let near = last + 1..(last + 4).min(self.document.sentences.len());
        let lead = 0..last;
        own.chain(lead).chain(near).find_map(|index| {
            let sentence = &self.document.sentences[index];
            let told = sentence.segment.kind != SegmentKind::Meta;
            ahead(sentence).filter(|_| told)
        })
    }

    /// Where the days begin that a modal verb can mean: before it, where no other verb stands between.
    fn before_modal(&self, sentence: &Sentence, modal: &CueMention) -> usize {
        let end = modal.tokens.start;
        let helped = sentence.has_any(&[Label::Be, Label::Is], &(end.saturating_sub(2)..end + 1));
        if modal.label == Label::Wish || modal.label == Label::Expect && !helped {
            return end;
        }
        let verbs = [Label::Say, Label::Announce, Label::Give, Label::Receive, Label::Clause];
        let verb = sentence.cues_in(&(0..end)).rfind(|cue| verbs.contains(&cue.label));
        let from = end.saturating_sub(BEFORE_MODAL).max(verb.map_or(0, |cue| cue.tokens.end));
        let days = days::in_range(self.document, sentence, &(from..end), true);
        // "Under a statement issued on Tuesday, the U.S. will give" dates the statement.
        let own = |day: &&Day| day.at <= OPENING || day.at + 2 >= end;
        days.iter().find(own).map_or(end, |day| day.at)
    }
}

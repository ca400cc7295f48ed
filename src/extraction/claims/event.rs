//! The day of the event that an article is about: what has no day of its own was made public then.

use super::Writer;
use super::announced::ACTS;
use crate::extraction::days::{self, Day};
use crate::extraction::entries;
use crate::extraction::grouping::Group;
use crate::lexicon::{Grade, Label};
use crate::mentions::{Sentence, Value};
use crate::model::CivilDate;
use crate::text::SegmentKind;
use std::ops::Range;

/// Up to so many days before the article a day is that of its news, whatever the words beside it.
const FRESH: i64 = 3;

/// Up to so many days after it a handover is still told as news.
const SEASON: i64 = 45;

/// So many tokens behind "had" its participle stands.
const PARTICIPLE: usize = 3;

/// Within so many tokens behind such a day its verb stands.
const SUBJECT: usize = 9;

/// How many sentences of the body lead into an article.
const LEAD: usize = 4;

/// How many sentences before a telling the day may open their paragraph.
const PARAGRAPH: usize = 4;

/// So many tokens behind "after" who acted and the day stand.
const FOLLOWED: usize = 5;

/// Up to this token a day opens its sentence.
const OPENING: usize = 3;

impl Writer<'_> {
    /// A day that the sentences before the telling, or the article's first ones, tell of an
    /// announcement: what follows in the article was made public on that day too.
    pub(super) fn day_of_the_event(&self, group: &Group) -> Option<Day> {
        let body = group.tellings.iter().filter(|telling| !telling.is_title);
        let first = body.map(|telling| telling.sentence).min().unwrap_or_default();
        let last = group.tellings.iter().map(|telling| telling.sentence).max()?;
        let other = |index: &usize| {
            entries::are_apart(self.document, first, *index) || self.is_other_point(group, *index)
        };
        let before = (first.saturating_sub(4)..first).rev().filter(|index| !other(index));
        let told = |index: &usize| {
            let kind = self.document.sentences[*index].segment.kind;
            !matches!(kind, SegmentKind::Title | SegmentKind::Meta)
        };
        let body = (0..self.document.sentences.len()).filter(told).nth(LEAD).unwrap_or(LEAD);
        let lead = (0..self.document.sentences.len().min(body)).filter(|index| !other(index));
        let end = self.document.sentences.len();
        let behind = (first + 1..(first + 5).min(end)).chain(last + 1..(last + 5).min(end));
        // "Romania's gift was signed for on Wednesday" dates nothing that Spain gives.
        let others = |index: &usize| self.names_others(group, *index);
        // "It is a fast road to shells, the minister wrote on Wednesday": who gives says it right behind.
        let said = (last + 1..(last + 2).min(end)).filter(|index| !others(index));
        let mut said = said.filter(|index| self.goes_on(last, *index));
        let said = said.find_map(|index| self.day_in(index, true));
        let block = |index: usize| self.document.sentences[index].segment.block;
        let close = first.checked_sub(1).filter(|index| !other(index));
        let close = close.filter(|index| said.is_none() || block(*index) == block(first));
        let close = close.and_then(|index| self.day_in(index, false));
        if close.is_some() {
            return close;
        }
        let opening = (first.saturating_sub(PARAGRAPH)..first).rev();
        let opening =
            opening.filter(|index| !other(index)).map(|index| self.opens_on(first, index));
        if let Some(day) = opening.flatten().next() {
            return Some(day);
        }
        if said.is_some() {
            return said;
        }
        // "Australia's share was laid out on Thursday. From Wellington comes 15 million"
        let own = |index: &usize| !others(index) || self.names_own(group, *index);
        let mut told = before.clone().filter(own).chain(lead.clone());
        let told = told.find_map(|index| self.day_in(index, true));
        let recalls = |index: &usize| {
            let sentence = &self.document.sentences[*index];
            sentence.has_any(&[Label::Earlier, Label::EarlierAfter], &sentence.all())
        };
        let mut behind = behind.filter(|index| !recalls(index) && !other(index) && !others(index));
        let told = told.or_else(|| behind.find_map(|index| self.day_in(index, true)));
        // "A missile struck the theatre on Saturday": what is told live beside it dates no gift.
        let mut any = lead.chain(before).filter(|_| !self.document.is_live);
        told.or_else(|| any.find_map(|index| self.day_in(index, false)))
    }

    /// Whether a sentence names states that have no part in a package.
    fn names_others(&self, group: &Group, index: usize) -> bool {
        let mentions = self.document.sentences[index].mentions.iter();
        let mut codes = mentions.filter_map(|told| self.document.actor_code(&told.value));
        codes.any(|code| {
            let own = group.donors.iter().chain(&group.recipients).any(|known| known == code);
            let enemy = self.document.enemies.contains(code);
            !own && !enemy && self.document.lexicon.can_give(code)
        })
    }

    /// Whether it names one of those who give it.
    fn names_own(&self, group: &Group, index: usize) -> bool {
        let mentions = self.document.sentences[index].mentions.iter();
        let mut codes = mentions.filter_map(|told| self.document.actor_code(&told.value));
        codes.any(|code| group.donors.iter().any(|donor| donor == code))
    }

    /// Whether a sentence only says who told what stands before it: nothing is given in it.
    fn goes_on(&self, last: usize, index: usize) -> bool {
        let sentences = &self.document.sentences;
        let sentence = &sentences[index];
        let all = sentence.all();
        sentence.segment.block == sentences[last].segment.block
            && sentence.has(Label::Say, &all)
            && !sentence.has_any(&[Label::Give, Label::Receive, Label::Earlier, Label::Had], &all)
            && sentence.items.iter().all(|item| item.quantity.is_none())
            && !sentence.mentions.iter().any(|told| matches!(told.value, Value::Money(_)))
    }

    /// The day of the news that a sentence tells: beside a verb of saying or giving, or without one
    /// a day right before the article's own.
    fn day_in(&self, index: usize, beside_act: bool) -> Option<Day> {
        let sentence = self.document.sentences.get(index)?;
        let source = sentence.is(Label::SourceLine, 0);
        if sentence.segment.kind == SegmentKind::Meta && !source {
            return None;
        }
        let all = sentence.all();
        let acts = |day: &Day| source || sentence.has_any(ACTS, &self.clause_of(sentence, day));
        let fresh = |day: &Day| {
            let age = day.date.zip(self.document.published());
            age.is_some_and(|(day, published)| published.days_since(day) <= FRESH)
        };
        let days = days::in_range(self.document, sentence, &all, false);
        // "The handover took place on December 2", in an article of the 20th.
        let handed = beside_act && sentence.has(Label::Handover, &all);
        let day = days.into_iter().find(|day| {
            day.date.is_some_and(CivilDate::is_day)
                && (!day.is_earlier || handed && self.is_of_this_season(day))
                && !day.is_later
                && !day.is_span
                && !self.follows_another(sentence, day)
                && !is_before_the_news(&self.document.article.text, sentence, day)
        });
        day.filter(|day| if beside_act { acts(day) } else { fresh(day) })
    }

    /// "the second, after the Netherlands on Monday became the first": a day of what another did before.
    fn follows_another(&self, sentence: &Sentence, day: &Day) -> bool {
        let near = day.at.saturating_sub(FOLLOWED)..day.at;
        let after = sentence.cues_in(&near).rfind(|cue| cue.is(Grade::Beside));
        after.is_some_and(|after| {
            let between = after.tokens.end..day.at;
            let mut actors = sentence.mentions_in(&between);
            actors.any(|actor| self.document.actor_code(&actor.value).is_some())
                && sentence.has_any(ACTS, &(day.at..day.at + SUBJECT))
        })
    }

    /// "* Netherlands: 250 million, announced on Monday": a point of a list dates none of the others.
    fn is_other_point(&self, group: &Group, index: usize) -> bool {
        let place = |index: usize| {
            let segment = self.document.sentences[index].segment;
            (segment.block, segment.entry)
        };
        let sentences = &self.document.sentences;
        let before = [SegmentKind::Title, SegmentKind::Meta];
        let lead = sentences.iter().position(|told| !before.contains(&told.segment.kind));
        sentences[index].segment.kind == SegmentKind::Bullet
            && Some(index) != lead
            && group.tellings.iter().all(|telling| place(telling.sentence) != place(index))
    }

    /// "Last Thursday the department told us what it intends. Of that money, $55 million goes to Taiwan":
    /// the day that opens a sentence of the same paragraph, beside what was made public then.
    fn opens_on(&self, first: usize, index: usize) -> Option<Day> {
        let sentence = &self.document.sentences[index];
        let block = self.document.sentences[first].segment.block;
        let told = [Label::Announce, Label::Say, Label::Give, Label::We];
        let same = sentence.segment.block == block && sentence.has_any(&told, &sentence.all());
        let days = days::in_range(self.document, sentence, &(0..OPENING), false);
        let news = |day: &Day| {
            day.date.is_some_and(CivilDate::is_day)
                && !(day.is_earlier || day.is_later || day.is_span)
                && !is_before_the_news(&self.document.article.text, sentence, day)
        };
        days.into_iter().find(news).filter(|_| same)
    }

    /// The stretch between semicolons in which a day stands.
    fn clause_of(&self, sentence: &Sentence, day: &Day) -> Range<usize> {
        let parts = |at: &usize| sentence.is_sign(&self.document.article.text, *at, &[";"]);
        let end = sentence.tokens.len();
        let start = (0..day.at).rev().find(parts).map_or(0, |at| at + 1);
        start..(day.at..end).find(parts).unwrap_or(end)
    }

    /// Whether a handover on this day is still news when the article is published.
    fn is_of_this_season(&self, day: &Day) -> bool {
        let age = day.date.zip(self.document.published());
        age.is_some_and(|(day, published)| published.days_since(day) <= SEASON)
    }
}

/// "Two missiles had hit the town on Tuesday", "On Monday, it had already pledged", "It came a day after
/// Paris pledged": a day beside what was done before what is told.
fn is_before_the_news(text: &str, sentence: &Sentence, day: &Day) -> bool {
    if sentence.starting_at(Label::EarlierAfter, day.at).is_some() {
        return true;
    }
    let acts = |range: &Range<usize>| sentence.has_any(ACTS, range);
    sentence.cues.iter().filter(|cue| cue.label == Label::Had).any(|had| {
        let (start, end) = (had.tokens.start, had.tokens.end);
        // "Ambassadors had agreed on Monday, ministers did the rest yesterday"
        let other = sentence.mentions_in(&(end..day.at)).any(|told| {
            matches!(told.value, Value::Date(_)) && sentence.is_sign(text, told.tokens.end, &[","])
        });
        let object = [Label::Definite, Label::Indefinite, Label::Not];
        // "On Monday, it had": a day that opens the sentence, right before who acts.
        let opens = day.at < start && day.at <= OPENING && start <= day.at + SUBJECT;
        let apart = end + PARTICIPLE..day.at;
        !sentence.is_any(&object, end)
            && !acts(&(0..start))
            && !other
            && (opens || end < day.at && !acts(&apart))
    })
}

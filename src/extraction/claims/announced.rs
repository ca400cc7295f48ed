//! On which day a package was made public: the day told beside it, that of the event which the article is
//! about, or that of the article where the giver itself speaks.

use super::Writer;
use crate::extraction::days::{self, Day};
use crate::extraction::entries;
use crate::extraction::grouping::Group;
use crate::extraction::tellings::Telling;
use crate::lexicon::{Inflection, Label};
use crate::mentions::{CueMention, Sentence, Value};
use crate::model::{CivilDate, Evidence, Status};
use crate::text::SegmentKind;
use std::ops::Range;

/// Up to so many days before the article a day is that of its news, whatever the words beside it.
const FRESH: i64 = 3;

/// Up to so many days after it a handover is still told as news.
const SEASON: i64 = 45;

/// The verbs beside which a day is that of the news.
const ACTS: &[Label] =
    &[Label::Announce, Label::Say, Label::Give, Label::Receive, Label::Arrive, Label::Handover];

/// How many tokens behind a time that names no day its date may stand.
const APPOSITION: usize = 9;

/// So many tokens behind "had" its participle stands.
const PARTICIPLE: usize = 3;

/// Up to this token a day opens its sentence.
const OPENING: usize = 3;

/// Within so many tokens behind such a day its verb stands.
const SUBJECT: usize = 9;

/// How many sentences before a telling the day may open their paragraph.
const PARAGRAPH: usize = 4;

/// How many sentences of an article may give notice of a delivery.
const NOTICE: usize = 5;

/// How far before a day, in tokens, the verb stands that says what will be done on it.
const VERB_REACH: usize = 16;

/// How far before "will", in tokens, the day may stand on which it will be done.
const BEFORE_MODAL: usize = 8;

/// How many days ahead the day lies, at most, for which a package is expected.
const EXPECTED_WITHIN: i64 = 62;

impl Writer<'_> {
    /// The day of announcement: the day told beside it, else the article's own day where the giver
    /// itself speaks.
    pub(super) fn announced(
        &self,
        group: &Group,
        status: Status,
        evidence: &mut Vec<Evidence>,
    ) -> Option<CivilDate> {
        if status == Status::Proposed {
            let Some(day) = self.expected_day(group) else { return self.day_of_intent(group) };
            evidence.push(self.evidence("announced", day.span, "date.expected"));
            return day.date;
        }
        if let Some(day) = self.told_day(group, status) {
            evidence.push(self.evidence("announced", day.span, day.rule));
            return day.date;
        }
        if status == Status::Past {
            return None;
        }
        let tells_sum = |telling: &&Telling| telling.amount.is_some() || group.amount().is_none();
        let undated = group
            .tellings
            .iter()
            .filter(tells_sum)
            .flat_map(|telling| telling.days.iter().map(|day| (telling.sentence, day)))
            .any(|(sentence, day)| {
                let sentence = &self.document.sentences[sentence];
                day.names_no_day() && !day.is_later && !day.is_span && !self.is_spent(sentence, day)
            });
        if undated {
            return None;
        }
        if let Some(day) = self.day_of_the_event(group) {
            evidence.push(self.evidence("announced", day.span, "date.of-the-event"));
            return day.date;
        }
        let own_word = group.tellings.iter().any(|telling| telling.first_person);
        let of_today = own_word || self.document.is_release || self.document.is_live;
        // That something has arrived is told on the day of the notice.
        let early = group.tellings.iter().any(|telling| telling.sentence <= NOTICE);
        let notice = status == Status::Delivered && (group.in_title || early);
        let dated = self.document.dateline.is_some();
        self.document.published().filter(|_| of_today || notice || dated)
    }

    /// "The Government proposes", in its own release: the day on which it makes its plan public.
    fn day_of_intent(&self, group: &Group) -> Option<CivilDate> {
        let told = group.status().rule == "status.expected" && self.document.is_release;
        let names_no_day = |telling: &Telling| telling.days.iter().any(Day::names_no_day);
        let undated = group.tellings.iter().any(names_no_day);
        let day = self.day_of_the_event(group).map_or(self.document.published(), |day| day.date);
        day.filter(|_| told && !undated)
    }

    /// The day for which a proposed package is expected: "An announcement could come as soon as
    /// Friday". Days on which somebody only spoke of it do not count.
    fn expected_day(&self, group: &Group) -> Option<Day> {
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

    /// A day that the sentences before the telling, or the article's first ones, tell of an
    /// announcement: what follows in the article was made public on that day too.
    fn day_of_the_event(&self, group: &Group) -> Option<Day> {
        let first = group.tellings.iter().map(|telling| telling.sentence).min()?;
        let last = group.tellings.iter().map(|telling| telling.sentence).max()?;
        let other = |index: &usize| {
            entries::are_apart(self.document, first, *index) || self.is_other_point(group, *index)
        };
        let before = (first.saturating_sub(4)..first).rev().filter(|index| !other(index));
        let lead = (0..self.document.sentences.len().min(5)).filter(|index| !other(index));
        let end = self.document.sentences.len();
        let behind = (first + 1..(first + 5).min(end)).chain(last + 1..(last + 5).min(end));
        let close = first.checked_sub(1).filter(|index| !other(index));
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
        let told = before.clone().chain(lead.clone()).find_map(|index| self.day_in(index, true));
        let recalls = |index: &usize| {
            let sentence = &self.document.sentences[*index];
            sentence.has_any(&[Label::Earlier, Label::EarlierAfter], &sentence.all())
        };
        let mut behind = behind.filter(|index| !recalls(index) && !other(index));
        told.or_else(|| behind.find_map(|index| self.day_in(index, true)))
            .or_else(|| lead.chain(before).find_map(|index| self.day_in(index, false)))
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
                && !is_before_the_news(&self.document.article.text, sentence, day)
        });
        day.filter(|day| if beside_act { acts(day) } else { fresh(day) })
    }

    /// "a pledge of 977 million for this year", "is being put up this year", "promised 42 vehicles, the
    /// first of them this year": the time for which something is given, or in which it comes.
    fn is_spent(&self, sentence: &Sentence, day: &Day) -> bool {
        if day.at > 0 && sentence.is(Label::For, day.at - 1) {
            return true;
        }
        let verb = sentence.cues_in(&(0..day.at)).rfind(|cue| ACTS.contains(&cue.label));
        verb.is_some_and(|verb| {
            let comma = |at| sentence.is_sign(&self.document.article.text, at, &[","]);
            let modal = verb.tokens.start.saturating_sub(3)..verb.tokens.start;
            !day.is_earlier
                && (sentence.has_any(&[Label::Will, Label::Is], &modal)
                    || (verb.tokens.end..day.at).any(comma))
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
}

/// "Two missiles had hit the town on Tuesday", "On Monday, it had already pledged": a day beside what was
/// done before what is told.
fn is_before_the_news(text: &str, sentence: &Sentence, day: &Day) -> bool {
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

impl Writer<'_> {
    /// The day that a telling tells.
    fn told_day<'g>(&self, group: &'g Group, status: Status) -> Option<&'g Day> {
        let past = status == Status::Past;
        let mut told = group.tellings.iter().filter(|telling| {
            (!telling.is_title || group.tellings.len() == 1)
                && (past || telling.status.status != Status::Past)
        });
        told.find_map(|telling| {
            if past && is_without_day(&self.document.sentences[telling.sentence], telling) {
                return None;
            }
            let days: Vec<&Day> = telling.days.iter().filter(|day| fits(day, status)).collect();
            let act: Vec<&Day> =
                days.iter().copied().filter(|day| day.dates_act || day.at <= 2).collect();
            let day = nearest(telling, &act).or_else(|| nearest(telling, &days))?;
            // "In September, on the 10th"
            let finer = |other: &&Day| other.date.is_some_and(|date| is_day_of(date, day.date));
            Some(days.iter().copied().find(finer).unwrap_or(day))
        })
    }

    /// Whether a handover on this day is still news when the article is published.
    fn is_of_this_season(&self, day: &Day) -> bool {
        let age = day.date.zip(self.document.published());
        age.is_some_and(|(day, published)| published.days_since(day) <= SEASON)
    }
}

/// "Last week, the government approved five more, besides those delivered in 2022": what the sentence
/// opens with names no day, and others date something else.
fn is_without_day(sentence: &Sentence, telling: &Telling) -> bool {
    let opening = telling.days.iter().find(|day| Some(day.span) == telling.status.span);
    opening.is_some_and(|opening| {
        // "One year ago, at the end of August 2020" does.
        let beside = |day: &Day| {
            let between = opening.at..day.at;
            let verb = sentence.has_any(ACTS, &between);
            day.date.is_some() && between.len() <= APPOSITION && !verb
        };
        opening.date.is_none() && opening.at <= 2 && !telling.days.iter().any(beside)
    })
}

/// Whether a day can be that of a package of this status.
fn fits(day: &Day, status: Status) -> bool {
    let Some(date) = day.date else { return false };
    let recent = date.is_day() && !day.is_earlier && !day.is_later;
    !day.is_span
        && match status {
            Status::Past => true,
            Status::Withdrawn => date.is_day() && !day.is_later,
            _ => recent,
        }
}

/// Whether a day lies in a month.
fn is_day_of(day: CivilDate, month: Option<CivilDate>) -> bool {
    month.is_some_and(|month| {
        let within = month.first_day() <= day && day <= month.last_day();
        day.is_day() && !month.is_day() && within
    })
}

/// Of several days the one that stands nearest to the sum, or to the first thing that is given.
fn nearest<'d>(telling: &Telling, days: &[&'d Day]) -> Option<&'d Day> {
    let sum = telling.amount.as_ref().map(|amount| amount.span);
    let told = sum.or_else(|| telling.items.first().map(|item| item.span));
    let distance = |day: &&&Day| {
        told.map_or(0, |span| {
            // What stands behind the sum mostly dates something else.
            let behind = day.span.start.saturating_sub(span.end);
            2 * behind + span.start.saturating_sub(day.span.end)
        })
    };
    days.iter().min_by_key(distance).copied()
}

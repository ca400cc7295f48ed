//! What the article as a whole says of how far its packages are: which were handed over, and which it
//! only recalls: earlier ones of the same giver, by their numbers, and news
//! of others told beside its own.

use super::compare::is_kin;
use super::recalled::is_given_before;
use super::{Group, Telling};
use crate::extraction::days::{self, Day, OLD};
use crate::extraction::document::Document;
use crate::extraction::entries;
use crate::extraction::status::Reading;
use crate::lexicon::{Inflection, Label, Role};
use crate::mentions::{CueMention, DateExpression, ItemMention, Mention, Sentence, Value};
use crate::model::{CivilDate, Status};
use crate::text::SegmentKind;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How many sentences of an article tell what it is about.
const LEAD: usize = 4;

/// From so many givers on, told in as many sentences, an article is a roundup, unless its headline is
/// about one of them: none of them is background.
const ROUNDUP: usize = 4;

/// Up to this token a word opens its sentence.
const OPENING: usize = 2;

/// How much oftener the article's own giver is named than one whose news is background.
const DOMINANT: i32 = 3;

/// So many sentences behind the news may tell of its handover, and so many where it is the only news.
const NEAR: usize = 4;
const FAR: usize = 9;

/// Within so many tokens of "the" the thing is named that is handed over.
const KNOWN: usize = 4;

/// Within so many tokens a pronoun has its verb.
const SUBJECT: usize = 5;

/// Up to so many days before the article what came is news.
const WEEK: i64 = 7;

/// Words that say of what was handed over that it was something else, or not now.
const OTHER_TIME: [Label; 4] = [Label::Earlier, Label::EarlierAfter, Label::TotalAfter, Label::Not];

/// Gives packages that were handed over and recalled ones their status.
pub(super) fn settle(document: &Document<'_>, groups: &mut [Group]) {
    let numbers: Vec<Option<u32>> = groups.iter().map(Group::sequence).collect();
    let newest: Vec<bool> = groups
        .iter()
        .enumerate()
        .map(|(index, group)| {
            // The next one that is in preparation makes none old that is announced.
            let planned = |other: usize| {
                !groups[other].in_title && groups[other].status().status == Status::Proposed
            };
            let later = |other: usize| numbers[other] > numbers[index] && !planned(other);
            numbers[index].is_none()
                || !(0..groups.len())
                    .any(|other| groups[other].donors == group.donors && later(other))
        })
        .collect();
    let news = groups.iter().filter(|group| group.status().status != Status::Past);
    // Several givers who are told in one sentence count once.
    let givers: BTreeMap<&[String], usize> =
        news.map(|group| (&group.donors[..], group.tellings[0].sentence)).collect();
    let places: BTreeSet<&usize> = givers.values().collect();
    let main = document.main_donor.as_ref();
    let headed = groups.iter().any(|group| group.in_title && group.donors.iter().eq(main));
    let roundup = places.len() >= ROUNDUP && (!headed || entries::make_survey(document));
    // Beside the giver of the headline as many others are told for their own sake.
    let crowd = roundup || places.len() > ROUNDUP;
    let first = groups.iter().map(|group| group.tellings[0].sentence).min();
    let news = |group: &&Group| group.status().status != Status::Past;
    let places = groups.iter().filter(news).map(|group| group.tellings[0].sentence);
    let next = places.filter(|at| Some(*at) != first).min().unwrap_or(document.sentences.len());
    let opening = groups.iter().filter(news).min_by_key(|group| group.tellings[0].sentence);
    let day = opening.and_then(day_told).or(document.published());
    let newsmakers = opening.map(|group| group.donors.clone()).unwrap_or_default();
    for (group, newest) in groups.iter_mut().zip(newest) {
        let announced = group.status().status == Status::Announced;
        let opens = Some(group.tellings[0].sentence) == first;
        if announced && opens && is_handed_over(document, group, next) {
            group.settled = Some(settled(Status::Delivered, "status.handover"));
            continue;
        }
        let recalled = group.status().status == Status::Past;
        if recalled && opens && comes_now(document, group) {
            group.settled = Some(settled(Status::Delivered, "status.handover"));
            continue;
        }
        let told = matches!(group.status().status, Status::Announced | Status::Delivered);
        if told && !roundup && !opens && is_old_news(group, day) {
            group.settled = Some(settled(Status::Past, "status.earlier-day"));
            continue;
        }
        let before = || !roundup && is_given_before(document, group, &newsmakers);
        if told && !opens && !group.in_title && (is_done_by_now(document, group) || before()) {
            group.settled = Some(settled(Status::Past, "status.given-before"));
            continue;
        }
        let planned = group.status().status == Status::Proposed && !opens;
        if (announced || planned) && !newest {
            group.settled = Some(settled(Status::Past, "status.earlier-number"));
        } else if announced && !crowd && is_background(document, group) {
            group.settled = Some(settled(Status::Past, "status.news-of-others"));
        }
    }
}

/// The latest day on which a package was made public, by its own words.
fn day_told(group: &Group) -> Option<CivilDate> {
    let days = group.tellings.iter().flat_map(|telling| &telling.days);
    let days = days.filter(|day| !day.is_span && !day.is_later && !day.is_earlier);
    days.filter_map(|day| day.date).filter(|date| date.is_day()).max()
}

/// Whether a package that the headline does not tell was made public days before the news.
fn is_old_news(group: &Group, news: Option<CivilDate>) -> bool {
    let age = |day: &Day| {
        let told = day.date.filter(|date| date.is_day() && !day.is_span)?;
        let dates = day.dates_act || day.opens_sentence();
        let told = Some(told).filter(|_| dates)?;
        news.map(|news| news.days_since(told))
    };
    let days = group.tellings.iter().flat_map(|telling| &telling.days);
    !group.in_title && days.filter_map(age).min().is_some_and(|age| age >= OLD)
}

fn settled(status: Status, rule: &'static str) -> Reading {
    Reading { status, span: None, rule }
}

/// "Britain has already given 14 tanks", without a day of its own, behind the news: done before it.
fn is_done_by_now(document: &Document<'_>, group: &Group) -> bool {
    group.tellings.iter().all(|telling| {
        let sentence = &document.sentences[telling.sentence];
        telling.is_done && sentence.has(Label::TotalAfter, &sentence.all())
    })
}

/// "A ceremony of handover took place on Sunday": the sentences around the news tell of the event. What
/// is worth a sum is mostly handed over in parts, but where it is the only news.
fn is_handed_over(document: &Document<'_>, group: &Group, next: usize) -> bool {
    let first = group.tellings[0].sentence;
    let single = next == document.sentences.len();
    let from = first.saturating_sub(1);
    let to = (first + NEAR).max(next.min(first + FAR)).min(document.sentences.len());
    let tells = |index: usize| group.tellings.iter().any(|telling| telling.sentence == index);
    let told = |index: &usize| document.sentences[*index].segment.kind == SegmentKind::Sentence;
    let lead = (0..document.sentences.len()).find(told);
    (from..to).any(|index| {
        let sentence = &document.sentences[index];
        let all = sentence.all();
        let ahead = [Label::Will, Label::Expect, Label::Would];
        let near = index < first + NEAR;
        let happens = near
            && (sentence.has(Label::Handover, &all) || is_passed_on(sentence))
            && !sentence.has_any(&ahead, &opening(sentence));
        (group.amount().is_none() || single || tells(index) || Some(index) == lead)
            && !tells_of_others(document, group, sentence)
            && (happens || passes_on_what_is_known(sentence) || is_there(document, group, sentence))
            && !(tells(index) && only_resolves(sentence))
    })
}

/// "The 18 mortars promised in May have been handed over", behind howitzers: counted things, all of them others.
fn tells_of_others(document: &Document<'_>, group: &Group, sentence: &Sentence) -> bool {
    let counted = |item: &&ItemMention| item.quantity.is_some() && item.role != Role::Vague;
    let mut things = sentence.items.iter().filter(counted).peekable();
    !group.items.is_empty()
        && things.peek().is_some()
        && things.all(|item| !is_kin(document, group, item))
}

/// "adding that helicopters were already in Ukraine": things of the package, right before the verb.
fn is_there(document: &Document<'_>, group: &Group, sentence: &Sentence) -> bool {
    let there = |cue: &CueMention| {
        let mut things = sentence.items.iter().filter(|item| item.tokens.end == cue.tokens.start);
        cue.label == Label::Arrive
            && sentence.has(Label::TotalAfter, &cue.tokens)
            && things.any(|item| is_kin(document, group, item))
    };
    !sentence.has_any(&[Label::Earlier, Label::EarlierAfter], &sentence.all())
        && sentence.cues_in(&sentence.all()).any(there)
}

/// A sentence up to who says something at the handover: "at the ceremony, he said it can be used".
fn opening(sentence: &Sentence) -> Range<usize> {
    let all = sentence.all();
    let handover = sentence.first(Label::Handover, &all).map_or(all.end, |cue| cue.tokens.end);
    let says = sentence.first(Label::Say, &(handover..all.end));
    0..says.map_or(all.end, |cue| cue.tokens.start)
}

/// "At a ceremony, Canberra announced": who decides or makes it public at an event hands nothing over.
fn only_resolves(sentence: &Sentence) -> bool {
    let all = sentence.all();
    let finite = |cue: &CueMention| cue.inflection.is_past_form();
    let mut cues = sentence.cues_in(&all).filter(|cue| finite(cue));
    sentence
        .cues_in(&all)
        .any(|cue| cue.label == Label::Announce && cue.value.is_none() && finite(cue))
        && !cues.any(|cue| matches!(cue.label, Label::Give | Label::Arrive | Label::Receive))
}

/// "The aircraft were handed over at the base": of what was named before.
fn is_passed_on(sentence: &Sentence) -> bool {
    let points_back = sentence.is_any(&[Label::Definite, Label::It], 0);
    let all = sentence.all();
    // "The army has received two boats": things of which something new is told.
    let other = |item: &ItemMention, verb: &CueMention| {
        let object = item.quantity.is_some() && verb.tokens.end <= item.tokens.start;
        object && verb.label == Label::Receive
    };
    points_back
        && !sentence.has_any(&OTHER_TIME, &all)
        && !sentence.mentions.iter().any(is_long_ago)
        && sentence.cues_in(&all).any(|cue| {
            let before = cue.tokens.start.saturating_sub(2)..cue.tokens.start;
            matches!(cue.label, Label::Arrive | Label::Receive)
                && cue.inflection == Inflection::Participle
                && before.clone().any(|at| sentence.is_any(&[Label::Be, Label::Have], at))
                && !before.clone().any(|at| sentence.is_any(&[Label::Is, Label::To], at))
                && !sentence.items.iter().any(|item| other(item, cue))
        })
}

/// "in January 2019": a time that is no day near the news.
fn is_long_ago(mention: &Mention) -> bool {
    match mention.value {
        Value::Date(DateExpression::Full(date)) => !date.is_day(),
        Value::Date(date) => !matches!(
            date,
            DateExpression::Weekday { .. }
                | DateExpression::Relative(_)
                | DateExpression::DayOfMonth { .. }
                | DateExpression::FromTold(_)
        ),
        _ => false,
    }
}

/// "The ambassador handed over the computers", "the vehicles, delivered on Thursday": the same of things
/// that stand beside the verb.
fn passes_on_what_is_known(sentence: &Sentence) -> bool {
    let all = sentence.all();
    !sentence.has_any(&OTHER_TIME[..3], &all)
        && !sentence.mentions.iter().any(is_long_ago)
        && sentence.cues_in(&all).any(|cue| {
            let done = cue.inflection.is_past_form()
                || cue.inflection == Inflection::Gerund && cue.tokens.start <= OPENING;
            let near = cue.tokens.start.saturating_sub(3)..cue.tokens.start;
            let ahead = [Label::Will, Label::Would, Label::To, Label::Is, Label::Not];
            matches!(cue.label, Label::Arrive | Label::Receive)
                && done
                && !sentence.has_any(&ahead, &near)
                && is_beside_known_thing(sentence, cue)
        })
}

/// "handed over the computers", "the vehicles, delivered": a thing that was named before right behind a
/// verb, or right before it.
fn is_beside_known_thing(sentence: &Sentence, verb: &CueMention) -> bool {
    let known = |at: usize| {
        sentence.is(Label::Definite, at)
            && !sentence.is(Label::It, at)
            && !sentence.is(Label::Clause, at)
    };
    let (start, end) = (verb.tokens.start, verb.tokens.end);
    // "has gone to the army": what comes itself takes no object.
    let takes = !verb.comes_itself();
    // "handed over materiel": of which the things are told next.
    let have = sentence.has(Label::Have, &(start.saturating_sub(3)..start));
    let general = |thing: &ItemMention| {
        !have && thing.role == Role::Vague && thing.quantity.is_none() && thing.tokens.start == end
    };
    let object = |thing: &ItemMention| {
        let named = known(end) && (end + 1..end + 1 + KNOWN).contains(&thing.tokens.start);
        takes && (named || general(thing))
    };
    // ", delivered on Thursday": a comma between them.
    let subject = |thing: &ItemMention| {
        let (first, last) = (thing.tokens.start, thing.tokens.end);
        last < start && start <= last + 2 && (first.saturating_sub(KNOWN)..first).any(known)
    };
    sentence.items.iter().any(|thing| object(thing) || subject(thing))
}

/// "Britain announced 40 vehicles in April. They arrived today": what was promised before, and is named by a
/// pronoun alone.
fn comes_now(document: &Document<'_>, group: &Group) -> bool {
    let Some(sentence) = document.sentences.get(group.last_sentence + 1) else { return false };
    let subject = 0..SUBJECT;
    let verb = sentence.cues_in(&subject).find(|cue| {
        let done = cue.inflection.is_past_form();
        cue.label == Label::Arrive && done
    });
    let days = days::in_range(document, sentence, &sentence.all(), false);
    let news = |day: &Day| {
        let age = day.date.filter(|date| date.is_day()).zip(document.published());
        age.is_some_and(|(day, news)| (0..=WEEK).contains(&news.days_since(day)))
    };
    let first = sentence.starting_at(Label::It, 0).is_some();
    first
        && verb.is_some()
        && !sentence.has_any(&OTHER_TIME, &sentence.all())
        && !sentence.has_any(&[Label::Will, Label::Would, Label::Had], &subject)
        && days.iter().any(news)
}

/// Whether a package is told only after the lead of an article on another giver.
pub(super) fn is_background(document: &Document<'_>, group: &Group) -> bool {
    let main = document.main_donor.as_ref().filter(|_| !document.is_live);
    let Some(main) = main else { return false };
    let count = |code: &String| document.givers.get(code).copied().unwrap_or(0);
    let others = group.donors.iter().map(count).max().unwrap_or(0);
    let late = group.tellings.iter().all(|telling| !telling.is_title && telling.sentence > LEAD);
    let lead = document.sentences.iter().take(LEAD).flat_map(|sentence| &sentence.mentions);
    let in_lead = lead
        .filter_map(|mention| document.actor_code(&mention.value))
        .any(|code| group.donors.iter().any(|donor| donor == code));
    let fresh = group.tellings.iter().flat_map(|telling| &telling.days).any(|day| {
        day.date.is_some_and(|date| date.is_day() && Some(date) == document.published())
    });
    late && !in_lead
        && !fresh
        && !group.donors.contains(main)
        && !group.tellings.iter().any(|telling| is_asked_for(document, telling))
        && count(main) > others * DOMINANT
}

/// "What did others offer?": a question that is a line of its own heads what is told for its own sake.
fn is_asked_for(document: &Document<'_>, telling: &Telling) -> bool {
    let text = &document.article.text;
    let heads = |sentence: &Sentence| {
        let span = sentence.segment.span;
        let alone = text[..span.start].ends_with('\n') && text[span.end..].starts_with('\n');
        alone && span.of(text).ends_with('?')
    };
    document.sentences[..telling.sentence].iter().any(heads)
}

/// "Russia has supplied Mali with rifles": what the first sentence of the text tells is its news.
pub(super) fn opens_text(document: &Document<'_>, telling: &Telling) -> bool {
    let body = |sentence: &Sentence| sentence.segment.kind == SegmentKind::Sentence;
    let sentence = &document.sentences[telling.sentence];
    let all = sentence.all();
    let done = sentence.cues_in(&all).any(|cue| {
        let past = cue.inflection.is_past_form();
        matches!(cue.label, Label::Give | Label::Receive) && past
    });
    document.sentences.iter().position(body) == Some(telling.sentence)
        && done
        && telling.status.status != Status::Withdrawn
        && !sentence.has_any(&[Label::Since, Label::TotalAfter], &sentence.all())
}

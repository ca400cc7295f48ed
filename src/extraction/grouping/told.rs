//! How much of a gift one telling says: who gives, the act, what is given.

use super::context::is_for_whom_all_is;
use super::parties::{names_contents, owner_of_route};
use super::settled::opens_text;
use super::{Group, Telling};
use crate::extraction::document::{AID_CLASS, Document, is_arms};
use crate::extraction::entries;
use crate::extraction::orders::orders_what_was_promised;
use crate::extraction::parties::Party;
use crate::extraction::recalls;
use crate::extraction::tellings::labels::LABELS;
use crate::extraction::tellings::lists::is_entry;
use crate::lexicon::{ActorKind, Label, Role};
use crate::mentions::{ItemMention, Mention, Sentence, Value};
use crate::model::{Aid, CivilDate, Status};
use crate::text::SegmentKind;
use std::ops::Range;

/// So many sentences before a sum may name the arms that it is for.
const BESIDE: usize = 4;

/// So many tokens before its verb stands who speaks: "our government has approved".
const OWN: usize = 4;

/// Words with which a thing beside a verb of giving may be no gift.
pub(super) const OTHERWISE: [Label; 11] = [
    Label::Not,
    Label::Request,
    Label::Wish,
    Label::Lose,
    Label::Attack,
    Label::Trade,
    Label::Sale,
    Label::SaleStrong,
    Label::OwnUse,
    Label::Permit,
    Label::TotalAfter,
];

/// "Poland: 14 tanks": an entry says by its label who gives or receives what it counts.
pub(super) fn is_labelled(telling: &Telling) -> bool {
    let parties = telling.parties.donors.iter().chain(&telling.parties.recipients);
    parties.into_iter().any(|party| LABELS.contains(&party.rule))
}

/// Whether a group is told of who heads its entry in a survey of gifts by country.
pub(super) fn is_surveyed(document: &Document<'_>, group: &Group) -> bool {
    let headed = |telling: &Telling| {
        let head = entries::head_of(document, telling.sentence);
        let head = head.and_then(|head| document.sentences[head].mentions.first());
        let code = head.and_then(|mention| document.actor_code(&mention.value));
        code.is_some_and(|code| group.donors == [code])
    };
    group.tellings.iter().any(headed) && entries::make_survey(document)
}

/// "Belgium announced 12 tanks", "thanked Belgium for 12 tanks": who gives, the act and counted arms or
/// gear, in one sentence.
pub(super) fn counts_gift(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let acts = [Label::Give, Label::Announce, Label::Receive, Label::Arrive, Label::Thank];
    let named = |party: &Party| party.score >= 3 || party.score >= 2 && party.rule == "donor.plans";
    // "Our government has approved 37 howitzers"
    let verb = sentence.cues.iter().find(|cue| acts[..2].contains(&cue.label));
    let own = verb.is_some_and(|verb| {
        let near = verb.tokens.start.saturating_sub(OWN)..verb.tokens.start;
        sentence.has(Label::We, &near)
    });
    let gives = telling.parties.donors.iter().any(named) || telling.first_person && own;
    // "is preparing a new package with 40 howitzers"
    let plans = telling.parties.donors.iter().any(|party| party.rule == "donor.plans");
    let thing = |item: &ItemMention| is_arms(document.lexicon, item) || is_gear(document, item);
    gives
        && (sentence.has_any(&acts, &sentence.all()) || plans && telling.has_package_noun)
        && telling.items.iter().any(|item| item.quantity.is_some() && thing(item))
}

/// Whether a telling has a verb of giving or receiving, and beside it who gives and who receives, or
/// one of them and a figure.
pub(super) fn gives_in_full(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let verbs = [Label::Give, Label::Receive, Label::Arrive, Label::Handover];
    let gives = telling.parties.donors.iter().any(|party| party.score >= 3) || telling.first_person;
    let receives = telling.parties.recipients.iter().any(|party| party.score >= 2);
    let counted = telling.items.iter().any(|item| item.quantity.is_some());
    let whole = gives && receives;
    let all = sentence.all();
    sentence.has_any(&verbs, &all) && (whole || counted && (gives || receives))
        || sentence.has(Label::Announce, &all) && whole && counted
}

/// "presented a set of propellers to the Sri Lanka Air Force", "beds to the armed forces of Ukraine": what
/// armed forces are given by a verb in its sentence is military, whatever it is.
pub(super) fn goes_to_forces(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let lexicon = document.lexicon;
    let forces = |mention: &Mention| match mention.value {
        Value::Actor(number) => lexicon.actor_at(number).kind == ActorKind::Forces,
        _ => false,
    };
    // "handed over to the Ukrainian Defence Ministry"
    let of_defence = |near: &Range<usize>| {
        let mut offices = sentence.cues_in(near).filter(|cue| cue.label == Label::Office);
        offices.any(|cue| sentence.has(Label::Military, &cue.tokens))
    };
    let receives = telling.parties.recipients.iter().any(|party| {
        let start = party.tokens.start;
        let of = (start.saturating_sub(2)..start).any(|at| sentence.is(Label::Of, at));
        let near = start.saturating_sub(if of { 4 } else { 0 })..party.tokens.end + 3;
        party.score >= 3
            && (sentence.has(Label::Forces, &near)
                || of_defence(&near)
                || sentence.mentions_in(&near).any(forces))
    });
    receives && telling.has_giving_verb && !telling.items.is_empty()
}

/// Whether an item is named gear of soldiers, night vision devices or mine detectors; an instrument or a
/// family is any kind of equipment.
pub(super) fn is_gear(document: &Document<'_>, item: &ItemMention) -> bool {
    let class = item.class.as_deref().and_then(|class| document.lexicon.class(class));
    let kiel = class.and_then(|class| class.kiel.as_deref());
    let known = item.class.as_deref() != Some(AID_CLASS);
    known && item.role != Role::Vague && !item.is_everyday && kiel == Some("Military equipment")
}

/// "dozens of carriers", "several boats": an item with a word for how many, and no figure.
pub(super) fn tells_vaguely_how_many(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    telling.items.iter().any(|item| {
        let start = item.tokens.start;
        let words = start.saturating_sub(3)..item.tokens.end;
        item.quantity.is_none() && sentence.has(Label::Vague, &words)
    })
}

/// "Finland pledged 30 million", in a long article whose headline is about arms, beside sentences that name
/// some: a sum with its giver by a verb of giving, and no word for other help, is for arms as well.
pub(super) fn is_of_the_topic(document: &Document<'_>, telling: &Telling) -> bool {
    let arms = |sentence: &Sentence| {
        let mut items = sentence.items.iter();
        items.any(|item| is_arms(document.lexicon, item))
            || sentence.has(Label::Military, &sentence.all())
    };
    let other = [Label::Financial, Label::Humanitarian, Label::Mixed, Label::Civil];
    let mut titles = document.sentences.iter().filter(|s| s.segment.kind == SegmentKind::Title);
    let headed = titles.any(|title| arms(title) && !title.has_any(&other, &title.all()));
    let index = telling.sentence;
    let own = &document.sentences[index];
    let end = (index + 2).min(document.sentences.len());
    let near = &document.sentences[index.saturating_sub(BESIDE)..end];
    // A pronoun may stand for anybody: "It brought in two million".
    let named = |party: &Party| party.score >= 3 && party.rule != "donor.pronoun";
    let gives = telling.parties.donors.iter().any(named);
    headed
        && telling.amount.is_some()
        && telling.aid == Aid::Military
        && gives
        && own.has_any(&[Label::Give, Label::Announce], &own.all())
        && near.iter().any(arms)
        && !own.has_any(&other, &own.all())
        && !near.iter().any(|sentence| sentence.has(Label::Humanitarian, &sentence.all()))
}

/// "Norwegian F-16s have arrived in Ukraine", "Norway's six jets are on their way to Kyiv": whose things come is
/// told right before them.
pub(super) fn names_own_things(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let counts = |at: usize| {
        let figure = sentence.mention_at(at).is_some_and(|m| matches!(m.value, Value::Number(_)));
        figure || sentence.is_any(&[Label::Genitive, Label::New], at)
    };
    let told = ["recipient.preposition", "recipient.arrival"];
    let mut recipients = telling.parties.recipients.iter();
    let receiver = recipients.find(|party| told.contains(&party.rule));
    let mut donors = telling.parties.donors.iter();
    donors.any(|party| {
        let mut items = telling.items.iter();
        let own = items.find(|item| {
            let start = item.tokens.start;
            let behind = party.tokens.end <= start && (party.tokens.end..start).all(counts);
            behind || item.tokens.contains(&party.tokens.start)
        });
        // "will arrive in Ukraine in May": a plan that is told of counted things or systems alone.
        let possible = sentence.has(Label::Would, &sentence.all());
        let known = own.is_some_and(|item| item.quantity.is_some() || item.system.is_some());
        let sure = telling.status.status != Status::Proposed || known && !possible;
        party.rule == "donor.adjective"
            && own.zip(receiver).is_some_and(|(item, to)| item.tokens.end <= to.tokens.start)
            && sure
    })
}

/// "Finland's 18th package is almost ready": whose package it is, and which.
pub(super) fn names_own_package(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let number = telling.sequence.as_ref().map(|found| found.span);
    telling.parties.donors.iter().any(|party| {
        let near = party.tokens.end..party.tokens.end + 2;
        let behind = number.is_some_and(|number| number.start >= party.span.end);
        party.score >= 2 && behind && sentence.has(Label::Genitive, &near)
    })
}

/// "rejected the package that was announced on 4 October": one that is known by its day.
pub(super) fn is_called_off_by_day(document: &Document<'_>, group: &Group) -> bool {
    let dated = |telling: &Telling| {
        let day = recalls::announcement(document, telling).and_then(|day| day.date);
        telling.has_package_noun && day.is_some_and(CivilDate::is_day)
    };
    group.status().status == Status::Withdrawn && group.tellings.iter().any(dated)
}

/// "has cancelled a military aid package for Ukraine": which one is not told, but who gave it to whom.
pub(super) fn is_bare_withdrawal(document: &Document<'_>, group: &Group) -> bool {
    let called_off = |telling: &Telling| {
        let firm = |parties: &[Party]| parties.iter().any(|party| party.score >= 3);
        telling.has_package_noun
            && telling.names_military_aid
            && firm(&telling.parties.donors)
            && firm(&telling.parties.recipients)
    };
    group.status().status == Status::Withdrawn
        && document.other_topic.is_none()
        && group.donors != group.recipients
        && group.tellings.iter().any(called_off)
}

/// "has signed the contract for the launchers that it promised in April"
pub(super) fn is_ordered(document: &Document<'_>, group: &Group) -> bool {
    let sentences = group.tellings.iter().map(|telling| &document.sentences[telling.sentence]);
    sentences.into_iter().any(orders_what_was_promised)
}

/// "signed a drawdown package that includes radars": a package that goes by its giver's own route, and what it
/// holds.
fn is_package_by_route(document: &Document<'_>, telling: &Telling) -> bool {
    names_contents(telling) && owner_of_route(document, telling).is_some()
}

/// "We gave", "We have paused a shipment of bombs": who speaks gives or holds back.
pub(super) fn we_act(telling: &Telling) -> bool {
    let stops = telling.status.status == Status::Withdrawn && telling.has_package_noun;
    telling.first_person && (telling.has_giving_verb || stops)
}

/// Whether a telling says by who speaks, or by the route, who gives, where it names nobody.
pub(super) fn gives_unnamed(document: &Document<'_>, telling: &Telling) -> bool {
    we_act(telling) || is_package_by_route(document, telling)
}

/// "will send all of its howitzers to Ukraine": news of weapons, with giver, verb and receiver told by
/// grammar, needs no figure.
pub(super) fn is_plain_gift(document: &Document<'_>, group: &Group) -> bool {
    group.tellings.iter().any(|telling| {
        // "announced that it will send"
        // What has arrived is given by whom it is from: "received machine guns from the United States".
        let arrived = telling.status.status == Status::Delivered;
        let least = if arrived { 2 } else { 3 };
        let gives = telling.parties.donors.iter().any(|party| party.score >= least);
        let receives = telling.parties.recipients.iter().any(|party| party.score >= least);
        let receives = receives || is_for_whom_all_is(document, group);
        let gear = |item: &ItemMention| is_gear(document, item);
        // "gave trucks to the army"
        let armed = goes_to_forces(document, telling)
            || telling.items.iter().any(|item| is_arms(document.lexicon, item) || gear(item));
        let sentence = &document.sentences[telling.sentence];
        // Beside a sum, things are mostly what it pays for one day.
        let priced =
            sentence.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)));
        let news = is_news(document, telling)
            || opens_text(document, telling)
            || sentence.has(Label::Would, &sentence.all())
            || arrived;
        let changes_hands = telling.has_giving_verb
            || arrived && sentence.has_any(&[Label::Receive, Label::Arrive], &sentence.all());
        gives && receives && armed && changes_hands && news && !priced
    })
}

/// Whether an article speaks of volunteers or of police, too.
pub(super) fn speaks_of_others(document: &Document<'_>) -> bool {
    let others = [Label::Private, Label::Civil];
    document.sentences.iter().any(|told| told.has_any(&others, &told.all()))
}

/// "14 mortars will be delivered": arms beside a verb of giving and no word for anything else; in an article
/// on one giver and one receiver it goes without saying whose they are, unless it speaks of volunteers or
/// of police, too.
pub(super) fn changes_hands(document: &Document<'_>, group: &Group) -> bool {
    let acts = [Label::Give, Label::Announce, Label::Receive, Label::Arrive];
    let told = |sentence: &Sentence, acts: &[Label]| {
        sentence.has_any(acts, &sentence.all()) && !sentence.has_any(&OTHERWISE, &sentence.all())
    };
    // "The following was handed over:", "The package includes:"
    let listed = |index: usize| {
        let before = &document.sentences[..index];
        let intro = before.iter().rev().find(|sentence| !is_entry(sentence));
        is_entry(&document.sentences[index])
            && intro.is_some_and(|intro| {
                told(intro, &acts) || told(intro, &[Label::Include, Label::PackageNoun])
            })
    };
    !speaks_of_others(document)
        && group.tellings.iter().any(|telling| {
            let index = telling.sentence;
            telling
                .items
                .iter()
                .any(|item| is_arms(document.lexicon, item) || is_gear(document, item))
                && (told(&document.sentences[index], &acts) || listed(index))
        })
}

/// Whether a telling's words say that it is announced or lies ahead; what a long text tells of the past
/// without them is mostly recalled.
pub(super) fn is_news(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let labels = [Label::Announce, Label::New, Label::Will, Label::Expect];
    sentence.has_any(&labels, &sentence.all())
}

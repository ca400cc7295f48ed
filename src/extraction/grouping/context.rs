//! What the article as a whole says of a gift whose own words leave something open: who gives, who receives.

use super::evident::missing_signs;
use super::told::{OTHERWISE, changes_hands, is_gear, is_news, speaks_of_others};
use super::{Group, Telling};
use crate::extraction::document::{Document, SHORT_ARTICLE, is_arms};
use crate::extraction::parties::Party;
use crate::lexicon::{Inflection, Label};
use crate::mentions::{ItemMention, Sentence};
use crate::model::Status;
use std::collections::BTreeMap;

/// So many times oftener than others is named whom a long text is about.
const LEADS: i32 = 2;

/// So many signs of a gift the article as a whole stands for.
const CONTEXT: i32 = 3;

/// "Sweden goes on helping Ukraine. 14 mortars will be delivered": in a short article on one giver and one
/// receiver, of which no other gift is told, arms that change hands are theirs, though neither is named.
pub(super) fn is_left_to_context(document: &Document<'_>, group: &Group) -> bool {
    let unnamed = i32::from(!group.donor_is_explicit);
    let beside = ["donor.subject", "donor.announces", "donor.named", "donor.adjective"];
    let of_article = |party: &Party| !beside.contains(&party.rule);
    document.sentences.len() <= SHORT_ARTICLE
        && (group.recipients.iter().eq(document.main_recipient.iter())
            && matches!(group.status().status, Status::Announced | Status::Delivered)
            || is_told_of_receiver(group))
        && is_between_leaders(document, group)
        && (changes_hands(document, group) || lists_arms(document, group))
        // "have been sent to Russia, Seoul said": who is named beside them gives nothing.
        && group.tellings.iter().flat_map(|telling| &telling.parties.donors).all(of_article)
        && missing_signs(document, group).is_some_and(|missing| missing <= CONTEXT + unnamed)
}

/// "The consignment comprises 300 carbines and four machine guns", "At issue are 100 missiles and 15 tents": a
/// list of several things, with arms that are counted, and no word for anything else.
pub(super) fn lists_arms(document: &Document<'_>, group: &Group) -> bool {
    let arms = |item: &&ItemMention| is_arms(document.lexicon, item) || is_gear(document, item);
    let acts = [Label::Give, Label::Announce, Label::Receive, Label::Arrive, Label::PackageNoun];
    let other = |sentence: &Sentence| sentence.has_any(&OTHERWISE, &sentence.all());
    let tells = |sentence: &Sentence| sentence.has_any(&acts, &sentence.all());
    !speaks_of_others(document)
        && group.tellings.iter().any(|telling| {
            let index = telling.sentence;
            let near = &document.sentences[index.saturating_sub(1)..=index];
            let counted = telling.items.iter().filter(|item| item.quantity.is_some());
            counted.filter(arms).count() > 0
                && telling.items.len() > 1
                && near.iter().any(tells)
                && !near.last().is_some_and(other)
        })
}

/// "Sri Lanka could be offered drones": whether who receives is told by grammar as the one whom the words are
/// about, and the gift is news or a plan.
fn is_told_of_receiver(group: &Group) -> bool {
    let subject = ["recipient.passive-subject", "recipient.subject"];
    let mut receivers = group.tellings.iter().flat_map(|telling| &telling.parties.recipients);
    let told = |party: &Party| subject.contains(&party.rule);
    !matches!(group.status().status, Status::Past | Status::Withdrawn)
        && (receivers.any(told) || tells_of_more(group))
}

/// "Five more will be given to Paraguay", behind twelve: another gift of theirs, whose receiver is told anew.
pub(super) fn tells_of_more(group: &Group) -> bool {
    group.tellings.iter().any(|telling| {
        telling.has_new
            && telling.items.iter().any(|item| item.quantity.is_some())
            && telling.parties.recipients.iter().any(|party| party.score >= 3)
    })
}

/// "Lithuania pledged anti-aircraft guns", in an article on one receiver: who gives, the act and weapons.
pub(super) fn pledges_arms(document: &Document<'_>, group: &Group) -> bool {
    let subject = |party: &Party| party.score >= 4 && party.rule == "donor.subject";
    group.recipients.iter().eq(document.main_recipient.iter())
        && matches!(group.status().status, Status::Announced | Status::Delivered)
        && changes_hands(document, group)
        && group.tellings.iter().any(|telling| {
            let sentence = &document.sentences[telling.sentence];
            // "Germany supplies Ukraine with tanks" tells no single gift, "is giving tanks" does.
            let acts = sentence.cues.iter().any(|cue| {
                let (form, start) = (cue.inflection, cue.tokens.start);
                let is_doing = form == Inflection::Gerund
                    && start.checked_sub(1).is_some_and(|at| sentence.is(Label::Be, at));
                matches!(cue.label, Label::Give | Label::Announce)
                    && (form.is_past_form() || is_doing)
            });
            telling.parties.donors.iter().any(subject)
                && telling.names_military_aid
                && (acts || is_news(document, telling))
        })
}

/// Whether a verb of giving, receiving or arriving stands in a telling.
pub(super) fn has_transfer(document: &Document<'_>, group: &Group) -> bool {
    let verbs = [Label::Give, Label::Receive, Label::Arrive];
    let mut sentences = group.tellings.iter().map(|told| &document.sentences[told.sentence]);
    sentences.any(|sentence| sentence.has_any(&verbs, &sentence.all()))
}

/// "Italy has handed over spare parts", in a short article on one receiver: to whom goes without saying.
pub(super) fn is_for_whom_all_is(document: &Document<'_>, group: &Group) -> bool {
    let main = document.main_recipient.as_ref();
    let count = |code| document.receivers.get(code).copied().unwrap_or(0);
    let others = document.receivers.keys().filter(|code| Some(*code) != main);
    let rest = others.map(|code| document.receivers[code]).max().unwrap_or(0);
    let subject = |telling: &Telling| {
        let mut donors = telling.parties.donors.iter();
        donors.any(|party| party.rule == "donor.subject" || party.rule == "donor.survey")
    };
    // "has handed over", and no word of anything else.
    let gives = |telling: &Telling| {
        let sentence = &document.sentences[telling.sentence];
        telling.has_giving_verb && !sentence.has_any(&OTHERWISE, &sentence.all())
    };
    document.sentences.len() <= SHORT_ARTICLE
        && document.other_topic.is_none()
        && group.donors.len() == 1
        && group.recipients.iter().eq(main.iter().copied())
        && main.is_some_and(|code| rest * LEADS <= count(code))
        && group.tellings.iter().any(subject)
        && group.tellings.iter().all(gives)
}

/// Whether a long text is by far mostly about one giver and this receiver: what it recalls then goes
/// without naming them.
pub(super) fn is_between_leaders(document: &Document<'_>, group: &Group) -> bool {
    let leads = |table: &BTreeMap<String, i32>, code: &String, other: Option<&String>| {
        let count = table.get(code).copied().unwrap_or(0);
        let rest = table.iter().filter(|(key, _)| *key != code && Some(*key) != other);
        rest.map(|(_, count)| *count).max().unwrap_or(0) * LEADS <= count
    };
    let (donor, receiver) = (document.main_donor.as_ref(), document.main_recipient.as_ref());
    let firm = |party: &Party| party.score >= 2 && group.recipients.contains(&party.code);
    let named = group.tellings.iter().flat_map(|telling| &telling.parties.recipients).any(firm);
    let gives = donor.is_some_and(|code| leads(&document.givers, code, receiver));
    let gets = receiver.is_some_and(|code| leads(&document.receivers, code, donor));
    gives
        && group.donors.iter().eq(donor)
        && (named || gets && group.recipients.iter().eq(receiver))
}

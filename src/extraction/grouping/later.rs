//! What is still to come behind what was given: whether it is a gift of its own, or only goes on with that.

use super::compare::{differs_in_number, is_kin, is_told, shares_things};
use super::{Group, Telling};
use crate::extraction::days;
use crate::extraction::document::Document;
use crate::lexicon::{Label, Role};
use crate::mentions::ItemMention;
use crate::model::{Bounds, Status};

/// "Five more carriers will be given", behind twelve that have come.
fn adds_more(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    telling.has_new && differs_in_number(document, group, telling)
}

/// "announced the transfer of guns", "14 trucks will be handed over", behind what has arrived.
pub(super) fn announced_apart(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    let status = (group.status().status, telling.status.status);
    let sentence = &document.sentences[telling.sentence];
    let all = sentence.all();
    let mut cues = sentence.cues_in(&all).filter(|cue| cue.label == Label::Announce);
    let resolves = cues.any(|cue| cue.inflection.is_past_form());
    let shared = telling.items.iter().filter(|item| is_kin(document, group, item)).count();
    let counted = telling.items.iter().any(|item| item.quantity.is_some());
    // "On July 19, Berlin announced that it will send 30 of them": days before they came.
    let published = document.published();
    let old = telling.days.iter().any(|day| {
        let age = day.date.filter(|date| date.is_day() && !day.is_span).zip(published);
        day.opens_sentence()
            && age.is_some_and(|(date, published)| published.days_since(date) >= days::OLD)
    });
    let named = telling.parties.donors.iter().any(|party| party.score >= 3);
    let more = adds_more(document, group, telling);
    status == (Status::Delivered, Status::Announced)
        && (resolves || more || sentence.has_any(&[Label::Will, Label::Would], &all))
        && (named || counted && shared == 0 || more)
        && !telling.refers_back
        && !telling.goes_on
        && (old || more || telling.items.len() > 2 * shared)
}

/// "Ten boats will follow in May", "and a further 40 tents would be handed over next year", behind what has been
/// given: things of another kind, or more of them, with a time ahead.
pub(super) fn comes_later(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    // Behind what is only recalled, "four boats are to be delivered by the end of the month" is new anyhow.
    let recalled = group.status().status == Status::Past;
    let given = match group.status().status {
        Status::Delivered | Status::Past => true,
        Status::Announced => group.tellings.iter().any(|told| gave_counted(document, told)),
        _ => false,
    };
    let sentence = &document.sentences[telling.sentence];
    let counted = telling.items.iter().any(|item| item.quantity.is_some());
    let ahead = recalled || telling.days.iter().any(|day| day.is_later) || telling.has_new;
    // "The other eight will follow"
    let known = telling.items.iter().any(|item| {
        let before = item.tokens.start.saturating_sub(3)..item.tokens.start;
        sentence.has_any(&[Label::Definite, Label::Share], &before)
    });
    // "about 30", as promised before, are the 30 that came.
    let figure = |item: &ItemMention| item.quantity.map(Bounds::figure);
    let same = |item: &ItemMention| group.items.iter().any(|told| figure(told) == figure(item));
    let differs = || differs_in_number(document, group, telling) && !telling.items.iter().any(same);
    let other = counted && (!shares_things(document, group, telling) || differs()) && ahead;
    given
        && telling.status.status == Status::Announced
        && sentence.has_any(&[Label::Will, Label::Would], &sentence.all())
        && !telling.refers_back
        && !known
        && other
}

/// "donated 55 trucks", "has donated 55 trucks": a verb that tells it as done.
fn gave_counted(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let first = telling.items.iter().filter(|item| item.quantity.is_some());
    let first = first.map(|item| item.tokens.start).min();
    let before = 0..first.unwrap_or(0);
    let ahead = [Label::Will, Label::Would, Label::Expect, Label::To, Label::Announce];
    sentence.cues_in(&before).any(|cue| {
        let near = cue.tokens.start.saturating_sub(4)..cue.tokens.start;
        let done = cue.label == Label::Give && cue.inflection.is_past_form();
        done && !sentence.has_any(&ahead, &near) && !sentence.is(Label::Announce, cue.tokens.start)
    })
}

/// "Still outstanding is the signature under an agreement by which Ukraine is to get 100 carriers":
/// counted things that are only planned are no contents of what was announced before.
pub(super) fn is_only_planned(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    let firm = matches!(group.status().status, Status::Announced | Status::Delivered);
    let named = telling.parties.donors.iter().chain(&telling.parties.recipients);
    // "Also, Spain is preparing to send Leopard tanks"
    let whole = telling.has_giving_verb
        && !telling.goes_on
        && telling.amount.is_none()
        && telling.parties.donors.iter().any(|party| party.score >= 2);
    let new = |item: &ItemMention| {
        let told = item.quantity.is_some() || whole && item.role != Role::Vague;
        told && (!is_kin(document, group, item) || adds_more(document, group, telling))
    };
    firm && telling.status.status == Status::Proposed
        && !telling.refers_back
        && (telling.has_giving_verb
            || telling.has_package_noun && !telling.goes_on
            || named.into_iter().any(|party| party.score >= 3))
        && !telling.items.is_empty()
        && telling.items.iter().all(new)
}

/// "The delivery of tanks is being discussed", behind a gift of other things: no plan that goes on with it.
pub(super) fn is_planned_apart(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    let firm = matches!(group.status().status, Status::Announced | Status::Delivered);
    let weighed = telling.status.status == Status::Proposed
        && telling.status.rule != "status.unnamed-source"
        && telling.sequence.is_none()
        && telling.mechanism.is_none()
        && !telling.has_package_noun;
    firm && weighed
        && is_told(group)
        && !telling.refers_back
        && !telling.goes_on
        && telling.amount.is_none()
        && !shares_things(document, group, telling)
}

//! Shares of a package that are told with sums of their own: "$835 million of it is earmarked for
//! vehicles; another $680 million will buy radars".

use super::contents::add_items;
use super::{Group, Telling};
use crate::extraction::document::Document;
use crate::extraction::parties::Party;
use crate::lexicon::Label;
use crate::model::Status;
use rust_decimal::Decimal;

/// So many sentences after a package, or after its share before, its next share is told at most.
const NEAR: usize = 2;

/// Takes the sums that only say what a package's money is spent on, and by nobody, into it with all
/// that is told of them.
pub(super) fn carve(document: &Document<'_>, groups: &mut Vec<Group>) {
    let mut at = 0;
    // The package that shares are told of, what they come to, and the sentence of the last one.
    let mut open: Option<(usize, Decimal, usize)> = None;
    while at < groups.len() {
        let share = open.filter(|(whole, taken, last)| {
            let own = groups[at].tellings[0].sentence;
            let told = groups[*whole].tellings.iter().map(|telling| telling.sentence);
            let near = told.chain([*last]).any(|told| (told..=told + NEAR).contains(&own));
            near && is_share(document, &groups[at], &groups[*whole], *taken)
        });
        let Some((whole, taken, _)) = share else {
            if let Some(last) = opens(&groups[at]) {
                open = Some((at, Decimal::ZERO, last));
            }
            at += 1;
            continue;
        };
        let part = groups.remove(at);
        let figure = part.amount().map_or(Decimal::ZERO, |(_, amount)| amount.bounds.figure());
        let last = part.tellings[0].sentence;
        add_items(document, &mut groups[whole].items, &part.items);
        open = Some((whole, taken.saturating_add(figure), last));
    }
}

/// The sentence with the sum of a package of which shares may be told behind it: one that somebody
/// gives.
fn opens(group: &Group) -> Option<usize> {
    let (telling, _) = group.amount()?;
    let given = |telling: &Telling| {
        telling.first_person
            || telling.sequence.is_some()
            || !telling.parties.firm_donors(3).is_empty()
            || telling.has_package_noun && !telling.is_title
    };
    (!telling.is_title && group.tellings.iter().any(given)).then_some(telling.sentence)
}

/// Whether a group is a sum for things that nobody gives and nobody else receives, behind a greater
/// one. A sum for nothing named may as well be another gift.
fn is_share(document: &Document<'_>, part: &Group, whole: &Group, taken: Decimal) -> bool {
    let (Some((telling, amount)), Some((_, all))) = (part.amount(), whole.amount()) else {
        return false;
    };
    let sentence = &document.sentences[telling.sentence];
    let left = all.bounds.figure().checked_sub(taken);
    let fits = amount.currency == all.currency
        && amount.bounds.figure() < all.bounds.figure()
        && left.is_some_and(|left| amount.bounds.figure() <= left);
    let is_past = |group: &Group| group.status().status == Status::Past;
    // "five billion is spent on goods from Swedish firms": whose stocks or makers, none who acts.
    let acts = |party: &Party| party.rule != "donor.from";
    let unnamed = !telling.parties.firm_donors(3).into_iter().any(acts)
        && telling
            .parties
            .recipients
            .iter()
            .all(|party| party.score < 3 && whole.recipients.contains(&party.code))
        && !telling.first_person
        && !sentence.has_any(&[Label::Announce, Label::SequenceNoun], &sentence.all());
    let own = telling.is_separate
        || telling
            .days
            .iter()
            .any(|day| day.date.is_some_and(|date| date.month_number().is_some()))
        || part.sequence().is_some()
        || part.mechanism().is_some() && part.mechanism() != whole.mechanism();
    // "A further 45 million": more than what was told, unless a share was told before.
    let more = taken == Decimal::ZERO && adds(document, part);
    fits && unnamed
        && !own
        && !more
        && !part.in_title
        && !part.items.is_empty()
        && part.donors == whole.donors
        && part.recipients == whole.recipients
        && is_past(part) == is_past(whole)
}

/// Whether a word for more stands right before the sum.
fn adds(document: &Document<'_>, part: &Group) -> bool {
    let Some(span) = part.amount().and_then(|(telling, _)| telling.amount.as_ref()) else {
        return false;
    };
    let sentence = &document.sentences[part.tellings[0].sentence];
    let sum = sentence.mentions.iter().find(|mention| mention.span.start == span.span.start);
    sum.is_some_and(|sum| {
        let start = sum.tokens.start;
        (start.saturating_sub(2)..=start).any(|at| sentence.is(Label::New, at))
    })
}

//! What became of arms that no act took: begun from the thing, not from a verb. In an article on military
//! aid, arms or a sum with both parties, a time of their own, and nothing that says they are no gift, were
//! given then.

use super::days::Day;
use super::document::{Document, is_arms};
use super::grouping::{Group, Grouped};
use super::parties::Party;
use super::status::Reading;
use super::sums::{Sum, SumRole};
use super::tellings::fate::{self, Stretch};
use crate::lexicon::Label;
use crate::mentions::{ItemMention, Sentence};
use crate::model::{Span, Status};
use crate::text::SegmentKind;

/// The rule that makes a package of a thing by its fate.
const RECALLED: &str = "fate.recalled";

/// So many days before the news an act is recalled.
const OLD: i64 = 2;

/// What stands in a sentence whose things are no gift that was made.
const NO_GIFT: [Label; 20] = [
    Label::Request,
    Label::Wish,
    Label::SaleStrong,
    Label::Sale,
    Label::Trade,
    Label::Lose,
    Label::OwnUse,
    Label::Attack,
    Label::Loan,
    Label::TotalAfter,
    Label::TotalBefore,
    Label::Withdraw,
    Label::Private,
    Label::Remaining,
    Label::Appropriation,
    Label::Replacement,
    Label::Domestic,
    Label::Frame,
    Label::Since,
    Label::Not,
];

/// Adds the recalled packages that are told of by their things alone.
pub fn recall(document: &Document<'_>, sums: &[Sum], grouped: &mut Grouped) {
    let about = document.is_military
        && document.other_topic.is_none()
        && !document.votes_money
        && !grouped.groups.is_empty();
    if !about {
        return;
    }
    let mut found = Vec::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        if matches!(sentence.segment.kind, SegmentKind::Meta | SegmentKind::Title | SegmentKind::Heading) {
            continue;
        }
        let own: Vec<Sum> = sums
            .iter()
            .filter(|sum| sum.sentence == index && matches!(sum.role, SumRole::Package))
            .cloned()
            .collect();
        for stretch in fate::stretches(document, index, &own) {
            if let Some(group) = package(document, grouped, stretch) {
                found.push(group);
            }
        }
    }
    grouped.groups.extend(found);
}

fn package(document: &Document<'_>, grouped: &Grouped, stretch: Stretch) -> Option<Group> {
    let Stretch { range, mut telling } = stretch;
    let sentence = &document.sentences[telling.sentence];
    if sentence.has_any(&NO_GIFT, &range) {
        return None;
    }
    let taken = |item: &ItemMention| {
        let items = grouped.groups.iter().flat_map(|group| &group.tellings);
        items.flat_map(|telling| &telling.items).any(|other| other.span == item.span)
    };
    let told = |span: Span| {
        let tellings = grouped.groups.iter().flat_map(|group| &group.tellings);
        tellings.filter_map(|t| t.amount.as_ref()).any(|amount| amount.span == span)
    };
    telling.amount = telling.amount.filter(|amount| !told(amount.span));
    if telling.items.iter().any(taken) {
        return None;
    }
    let armed = |item: &ItemMention| is_arms(document.lexicon, item);
    let thing = telling.items.iter().any(armed);
    if !thing && telling.amount.is_none() {
        return None;
    }
    let span = time(document, sentence, &range, &telling.days)?;
    telling.status = Reading { status: Status::Past, span: Some(span), rule: RECALLED };
    let donors = givers(document, sentence, &telling.parties.donors);
    let recipients = receivers(document, &telling.parties.recipients, &donors);
    if donors.is_empty() || recipients.is_empty() {
        return None;
    }
    let items = telling.items.clone();
    Some(Group {
        donor_is_explicit: telling.parties.donors.iter().any(|party| party.score >= 2),
        donors,
        recipients,
        items,
        in_title: false,
        last_sentence: telling.sentence,
        settled: None,
        tellings: vec![telling],
    })
}

/// When it was: a day before the news, a word for an earlier time, the past perfect.
fn time(
    document: &Document<'_>,
    sentence: &Sentence,
    range: &std::ops::Range<usize>,
    days: &[Day],
) -> Option<Span> {
    let news = document.published();
    let old = |day: &&Day| {
        let before = day.date.zip(news).is_some_and(|(day, news)| news.days_since(day) >= OLD);
        !day.is_span && !day.is_later && (day.is_earlier || before)
    };
    if let Some(day) = days.iter().find(old) {
        return Some(day.span);
    }
    let words = [Label::Earlier, Label::EarlierAfter, Label::Had, Label::Ago];
    let cue = sentence.cues_in(range).find(|cue| words.contains(&cue.label))?;
    Some(sentence.span_of(&cue.tokens))
}

fn givers(document: &Document<'_>, sentence: &Sentence, parties: &[Party]) -> Vec<String> {
    let main = document.main_recipient.as_deref();
    let gives = |code: &str| {
        Some(code) != main && !document.lexicon.is_attacked(code) && !document.enemies.contains(code)
    };
    let firm: Vec<String> = parties
        .iter()
        .filter(|party| party.score >= 2 && gives(&party.code))
        .map(|party| party.code.clone())
        .collect();
    if !firm.is_empty() {
        let mut firm = firm;
        firm.sort();
        firm.dedup();
        return firm;
    }
    if let Some(weak) = parties.iter().find(|party| gives(&party.code)) {
        return vec![weak.code.clone()];
    }
    let _ = sentence;
    document.main_donor.iter().cloned().collect()
}

fn receivers(document: &Document<'_>, parties: &[Party], donors: &[String]) -> Vec<String> {
    let mut firm: Vec<String> = parties
        .iter()
        .filter(|party| party.score >= 2 && !donors.contains(&party.code))
        .map(|party| party.code.clone())
        .collect();
    if firm.is_empty() {
        firm = document.main_recipient.iter().filter(|c| !donors.contains(c)).cloned().collect();
    }
    firm.sort();
    firm.dedup();
    firm
}

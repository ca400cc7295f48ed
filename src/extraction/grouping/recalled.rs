//! Which packages an article only recalls: earlier ones of the same giver, by their numbers, and news
//! of others told beside its own.

use super::Group;
use crate::extraction::document::Document;
use crate::extraction::status::Reading;
use crate::model::Status;
use std::collections::BTreeSet;

/// How many sentences of an article tell what it is about.
const LEAD: usize = 4;

/// From so many givers on, an article is a roundup: none of them is background.
const ROUNDUP: usize = 4;

/// How much oftener the article's own giver is named than one whose news is background.
const DOMINANT: i32 = 3;

/// Gives recalled packages their status.
pub(super) fn recall(document: &Document<'_>, groups: &mut [Group]) {
    let numbers: Vec<Option<u32>> = groups.iter().map(Group::sequence).collect();
    let newest: Vec<bool> = groups
        .iter()
        .enumerate()
        .map(|(index, group)| {
            let later = |other: usize| numbers[other] > numbers[index];
            numbers[index].is_none()
                || !(0..groups.len())
                    .any(|other| groups[other].donors == group.donors && later(other))
        })
        .collect();
    let givers: BTreeSet<Vec<String>> = groups.iter().map(|group| group.donors.clone()).collect();
    let roundup = givers.len() >= ROUNDUP;
    for (group, newest) in groups.iter_mut().zip(newest) {
        let announced = group.status().status == Status::Announced;
        if announced && !newest {
            group.recalled = Some(recalled("status.earlier-number"));
        } else if announced && !roundup && is_background(document, group) {
            group.recalled = Some(recalled("status.news-of-others"));
        }
    }
}

fn recalled(rule: &'static str) -> Reading {
    Reading { status: Status::Past, span: None, rule }
}

/// Whether a package is told only after the lead of an article on another giver.
fn is_background(document: &Document<'_>, group: &Group) -> bool {
    let Some(main) = document.main_donor.as_ref() else { return false };
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
    late && !in_lead && !fresh && !group.donors.contains(main) && count(main) > others * DOMINANT
}

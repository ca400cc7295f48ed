//! Sums of sums: an umbrella over several packages, or a package and its shares.

use super::contents::{add_items, is_kind_of};
use super::{Group, Grouper, Telling};
use crate::extraction::document::Document;
use crate::extraction::tellings::labels::LABELS;
use crate::lexicon::PartyKind;
use crate::mentions::Value;
use crate::model::{Aid, Amount, Status};
use rust_decimal::Decimal;

/// More parts than these make up a sum to the last digit.
const MANY: usize = 3;

impl Grouper<'_> {
    /// "Denmark said that it would hand over 19 planes" after "Denmark and the Netherlands will supply
    /// F-16s": whose share is told no longer belongs to what is told of all of them.
    pub(super) fn take_share(&mut self, telling: &Telling, donors: &[String]) {
        let counted = telling.items.iter().any(|item| item.quantity.is_some());
        let document = self.document;
        // "Sweden pays 275 million, Denmark 90 million"
        let sums = document.sentences[telling.sentence].mentions.iter();
        let sums = sums.filter(|mention| matches!(mention.value, Value::Money(_))).count();
        let pays = telling.amount.is_some() && sums > 1;
        if donors.is_empty() || !(counted || pays) {
            return;
        }
        let is_whole = |group: &Group| {
            let kind = pays
                || group.items.iter().any(|general| {
                    telling.items.iter().any(|item| is_kind_of(document, item, general))
                        || general.system.is_some()
                });
            donors.len() < group.donors.len()
                && donors.iter().all(|donor| group.donors.contains(donor))
                && group.donor_is_explicit
                && group.amount().is_none()
                && group.items.iter().all(|item| item.quantity.is_none())
                && kind
        };
        if let Some(group) = self.groups.iter_mut().rev().find(|group| is_whole(group)) {
            group.donors.retain(|donor| !donors.contains(donor));
        }
    }
}

/// "Western states have pledged tanks:" over entries that states head: what all of them give is told in each.
pub(super) fn drop_leads(document: &Document<'_>, groups: &mut Vec<Group>) {
    let heads = |telling: &Telling, block: u32| {
        document.sentences[telling.sentence].segment.block == block
            && telling.parties.donors.iter().any(|party| LABELS.contains(&party.rule))
    };
    let listed = |lead: &Group, groups: &[Group]| {
        let [telling] = &lead.tellings[..] else { return false };
        let block = document.sentences[telling.sentence].segment.block;
        let mut others = groups.iter().filter(|group| group.donors != lead.donors);
        telling.amount.is_none()
            && lead.donors.iter().all(|code| document.lexicon.party_kind(code) == PartyKind::Group)
            && others.any(|group| group.tellings.iter().any(|telling| heads(telling, block)))
    };
    let all = groups.clone();
    groups.retain(|group| !listed(group, &all));
}

/// Where one sum is the sum of others, either it is an umbrella over packages or they are its
/// shares: packages where mechanism, recipients, donors or status tell them apart.
pub(super) fn umbrellas(document: &Document<'_>, groups: &mut Vec<Group>) {
    let figures: Vec<Option<Amount>> =
        groups.iter().map(|group| group.amount().map(|(_, amount)| amount)).collect();
    for index in 0..groups.len() {
        let Some(whole) = figures[index] else { continue };
        let Some(parts) = parts_of(&figures, index, &whole, groups[index].is_rounded()) else {
            continue;
        };
        // What was promised long ago is spent on what is news now, and is no sum of it.
        let recalled = |index: usize| groups[index].status().status == Status::Past;
        if recalled(index) && !parts.iter().all(|part| recalled(*part)) {
            continue;
        }
        let pairs = |test: &dyn Fn(&Group, &Group) -> bool| {
            parts
                .iter()
                .enumerate()
                .all(|(n, one)| parts[n + 1..].iter().all(|two| test(&groups[*one], &groups[*two])))
        };
        let withdrawn =
            parts.iter().filter(|part| groups[**part].status().status == Status::Withdrawn).count();
        // Packages by two routes are two, whatever else stands beside them.
        let mut routes: Vec<&str> =
            parts.iter().filter_map(|part| groups[*part].mechanism()).collect();
        routes.sort_unstable();
        routes.dedup();
        let distinct = pairs(&differ) || routes.len() > 1 || (1..parts.len()).contains(&withdrawn);
        if distinct {
            let items = std::mem::take(&mut groups[index].items);
            groups[parts[0]].items.extend(items);
            groups[index].donors.clear();
        } else {
            for part in &parts {
                let items = std::mem::take(&mut groups[*part].items);
                add_items(document, &mut groups[index].items, &items);
                groups[*part].donors.clear();
            }
        }
        break;
    }
    groups.retain(|group| !group.donors.is_empty());
}

pub(super) fn differ(one: &Group, two: &Group) -> bool {
    one.donors != two.donors
        || one.recipients != two.recipients
        || one.mechanism() != two.mechanism()
        || one.status().status != two.status().status
        || (one.tellings[0].aid == Aid::Military) != (two.tellings[0].aid == Aid::Military)
}

pub(super) fn parts_of(
    figures: &[Option<Amount>],
    whole_index: usize,
    whole: &Amount,
    rounded: bool,
) -> Option<Vec<usize>> {
    let target = whole.bounds.figure();
    let others: Vec<(usize, Decimal)> = figures
        .iter()
        .enumerate()
        .filter(|(index, amount)| {
            *index != whole_index
                && amount
                    .is_some_and(|a| a.currency == whole.currency && a.bounds.figure() < target)
        })
        .filter_map(|(index, amount)| amount.map(|a| (index, a.bounds.figure())))
        .take(10)
        .collect();
    // "close to $2.5 billion" may be 1.22 and 1.24 billion; a bare sum is the sum of its parts.
    let slack =
        target.checked_mul(if rounded { Decimal::new(2, 2) } else { Decimal::new(1, 2) })?;
    (1_u32..1 << others.len()).filter(|mask| (2..=4).contains(&mask.count_ones())).find_map(
        |mask| {
            let chosen: Vec<(usize, Decimal)> = others
                .iter()
                .enumerate()
                .filter(|(bit, _)| mask & (1 << bit) != 0)
                .map(|(_, other)| *other)
                .collect();
            let sum = chosen
                .iter()
                .try_fold(Decimal::ZERO, |sum, (_, figure)| sum.checked_add(*figure))?;
            // Of many sums some always come close to another.
            let least = if chosen.len() > MANY { Decimal::ZERO } else { slack };
            ((sum - target).abs() <= least)
                .then(|| chosen.into_iter().map(|(index, _)| index).collect())
        },
    )
}

//! Puts the tellings of a document together into its packages.

use super::document::Document;
use super::tellings::Telling;
use crate::lexicon::Role;
use crate::mentions::ItemMention;
use crate::model::{Aid, Amount, Qualifier, Status};
use rust_decimal::Decimal;

/// A package as the document tells it: its tellings and what they give together.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its tellings, in order.
    pub tellings: Vec<Telling>,
    /// Donor codes, sorted.
    pub donors: Vec<String>,
    /// Recipient codes, sorted.
    pub recipients: Vec<String>,
    /// Whether a telling names the donor by grammar.
    pub donor_is_explicit: bool,
    /// Its contents.
    pub items: Vec<ItemMention>,
    /// Whether the headline tells it too.
    pub in_title: bool,
    /// The last sentence that told it.
    pub last_sentence: usize,
}

impl Group {
    /// The most precise amount that a telling gives, with its telling.
    pub fn amount(&self) -> Option<(&Telling, Amount)> {
        let rank = |amount: &Amount| match amount.bounds.qualifier() {
            Qualifier::UpTo | Qualifier::Range => 0,
            Qualifier::Exact => 1,
            Qualifier::AtLeast | Qualifier::MoreThan => 2,
            Qualifier::About => 3,
        };
        self.tellings
            .iter()
            .filter_map(|telling| telling.amount.as_ref().map(|amount| (telling, amount.value)))
            .min_by_key(|(telling, amount)| {
                (telling.is_title, std::cmp::Reverse(digits(amount)), rank(amount))
            })
    }

    /// The status that the package has after all tellings: the firmest one of the body.
    pub fn status(&self) -> &super::status::Reading {
        let order = |status: Status| match status {
            Status::Withdrawn => 0,
            Status::Delivered => 1,
            Status::Announced => 2,
            Status::Proposed => 3,
            Status::Past => 4,
        };
        let first =
            self.tellings.iter().find(|telling| telling.amount.is_some() && !telling.is_title);
        let lead = first.unwrap_or(&self.tellings[0]);
        match lead.status.status {
            Status::Past | Status::Announced => self
                .tellings
                .iter()
                .filter(|telling| {
                    telling.amount.is_some()
                        || telling.sentence == lead.sentence
                        || !telling.items.is_empty()
                            && telling.status.status == Status::Delivered
                            && lead.status.status == Status::Announced
                            && self.amount().is_none()
                })
                .map(|telling| &telling.status)
                .min_by_key(|reading| order(reading.status))
                .unwrap_or(&lead.status),
            _ => &lead.status,
        }
    }
}

fn digits(amount: &Amount) -> usize {
    let figure = amount.bounds.figure().normalize().to_string();
    figure.trim_end_matches('0').len()
}

/// Groups tellings, headline last: the body outranks it.
pub fn group(document: &Document<'_>, tellings: Vec<Telling>) -> Vec<Group> {
    let mut grouper = Grouper { document, groups: Vec::new(), focus: None };
    let (title, body): (Vec<Telling>, Vec<Telling>) =
        tellings.into_iter().partition(|telling| telling.is_title);
    for telling in body {
        grouper.place(telling);
    }
    for telling in title {
        grouper.place_title(telling);
    }
    let mut groups = grouper.groups;
    groups.retain(|group| is_something(document, group));
    umbrellas(document, &mut groups);
    groups
}

/// Whether the document says enough of a group for a package: a sum; or else contents or an ordinal
/// with words that make clear who gives what.
fn is_something(document: &Document<'_>, group: &Group) -> bool {
    let has_sum = group.tellings.iter().any(|telling| telling.amount.is_some());
    if group.donors.is_empty() || group.donors == group.recipients {
        return false;
    }
    has_sum || is_clear_gift(document, group)
}

/// Without a sum, a package needs a giver and a receiver and at least two of: a figure or a named
/// system, a verb of giving with its subject, the headline, a word for the package or its ordinal.
fn is_clear_gift(document: &Document<'_>, group: &Group) -> bool {
    let status = group.status().status;
    let counted = group.items.iter().any(|item| item.quantity.is_some());
    let named = group.items.iter().any(|item| item.system.is_some());
    let sequence = group.tellings.iter().any(|telling| telling.sequence.is_some());
    let verb =
        group.tellings.iter().any(|telling| telling.parties.donors.iter().any(|p| p.score >= 4));
    let general = group.donors.iter().all(|donor| is_group(donor));
    let receiver = document.main_recipient.as_ref();
    let backward = group.donors.iter().any(|donor| Some(donor) == receiver);
    let military = group.items.iter().any(|item| !is_civil(document, item));
    if !group.items.is_empty() && !military {
        return false;
    }
    if group.items.is_empty() && !sequence || group.recipients.is_empty() || backward {
        return false;
    }
    if status == Status::Past {
        return counted && group.donor_is_explicit && !general;
    }
    let points = i32::from(counted)
        + i32::from(named)
        + i32::from(verb)
        + i32::from(group.in_title)
        + i32::from(sequence)
        + i32::from(group.tellings.len() > 1)
        + i32::from(group.tellings.iter().any(|t| t.has_package_noun))
        - 2 * i32::from(general)
        - i32::from(!group.donor_is_explicit)
        - i32::from(status == Status::Proposed);
    points >= 3
}

/// Medicine, food and shelter alone make no military package.
fn is_civil(document: &Document<'_>, item: &ItemMention) -> bool {
    let class = item.class.as_deref().and_then(|class| document.lexicon.class(class));
    class.is_some_and(|class| class.kiel.as_deref() == Some("Humanitarian"))
}

/// Codes of groups that are no single giver.
fn is_group(code: &str) -> bool {
    matches!(code, "NATO" | "G7" | "COALITION" | "EU")
}

struct Grouper<'a> {
    document: &'a Document<'a>,
    groups: Vec<Group>,
    focus: Option<usize>,
}

impl Grouper<'_> {
    fn donors(&self, telling: &Telling) -> Vec<String> {
        let main = self.document.main_recipient.as_deref();
        let firm = telling.parties.firm_donors(2);
        let others =
            |code: &str| telling.parties.recipients.iter().any(|p| p.code != code && p.score >= 2);
        codes(
            firm.iter()
                .map(|party| party.code.as_str())
                .filter(|code| Some(*code) != main || others(code)),
        )
    }

    fn recipients(&self, telling: &Telling, donors: &[String]) -> Vec<String> {
        let firm = telling
            .parties
            .recipients
            .iter()
            .filter(|party| party.score >= 2 && !donors.contains(&party.code));
        let firm = codes(firm.map(|party| party.code.as_str()));
        if !firm.is_empty() {
            return firm;
        }
        codes(
            telling
                .parties
                .recipients
                .iter()
                .filter(|party| !donors.contains(&party.code))
                .map(|party| party.code.as_str()),
        )
    }

    fn place(&mut self, telling: Telling) {
        let donors = self.donors(&telling);
        let recipients = self.recipients(&telling, &donors);
        let target = if telling.amount.is_some() {
            self.with_same_amount(&telling, &donors, &recipients)
                .or_else(|| self.without_amount(&telling, &donors))
        } else {
            self.for_contents(&telling, &donors, &recipients)
        };
        match target {
            Some(index) => self.join(index, telling, &donors, &recipients),
            None => self.found(telling, donors, recipients),
        }
    }

    fn with_same_amount(
        &self,
        telling: &Telling,
        donors: &[String],
        recipients: &[String],
    ) -> Option<usize> {
        let amount = telling.amount.as_ref()?.value;
        self.groups.iter().position(|group| {
            let same = group
                .tellings
                .iter()
                .filter_map(|other| other.amount.as_ref())
                .any(|other| same_sum(&other.value, &amount));
            let parties =
                (donors.is_empty() || !group.donor_is_explicit || shares(&group.donors, donors))
                    && (recipients.is_empty()
                        || group.recipients.is_empty()
                        || shares(&group.recipients, recipients));
            same && parties
        })
    }

    /// A sum for a package that was named just before without one.
    fn without_amount(&self, telling: &Telling, donors: &[String]) -> Option<usize> {
        let index = self.focus?;
        let group = &self.groups[index];
        let near = telling.sentence.saturating_sub(group.last_sentence) <= 3;
        let same_donor =
            donors.is_empty() || !group.donor_is_explicit || shares(&group.donors, donors);
        let past = telling.status.status == Status::Past;
        let group_past = group.status().status == Status::Past;
        let names_value = telling.refers_back || telling.states_value || group.items.is_empty();
        let fits = near && same_donor && past == group_past && names_value;
        (group.amount().is_none() && fits).then_some(index)
    }

    /// The package whose contents, mechanism or ordinal this is.
    fn for_contents(
        &self,
        telling: &Telling,
        donors: &[String],
        recipients: &[String],
    ) -> Option<usize> {
        let past = telling.status.status == Status::Past || telling.is_inventory;
        let fits = |group: &Group| {
            let group_past =
                group.status().status == Status::Past || group.tellings[0].is_inventory;
            let sequence = telling.sequence.as_ref().map(|s| s.value);
            let other = group.tellings.iter().find_map(|t| t.sequence.as_ref().map(|s| s.value));
            let other_batch = past && differs_in_number(self.document, group, telling);
            past == group_past
                && !other_batch
                && (sequence.is_none() || other.is_none() || sequence == other)
        };
        let firm = telling.parties.recipients.iter().any(|party| party.score >= 2);
        let same_donor = |group: &Group| {
            (donors.is_empty() || shares(&group.donors, donors))
                && (!firm
                    || recipients.is_empty()
                    || group.recipients.is_empty()
                    || shares(&group.recipients, recipients))
        };
        if let Some(index) = self.focus
            && same_donor(&self.groups[index])
            && fits(&self.groups[index])
        {
            return Some(index);
        }
        self.groups.iter().rposition(|group| same_donor(group) && fits(group))
    }

    fn join(&mut self, index: usize, telling: Telling, donors: &[String], recipients: &[String]) {
        let group = &mut self.groups[index];
        if !group.donor_is_explicit && !donors.is_empty() {
            group.donors = donors.to_vec();
            group.donor_is_explicit = true;
        }
        if group.recipients.is_empty() {
            group.recipients = recipients.to_vec();
        }
        add_items(self.document, &mut group.items, &telling.items);
        group.last_sentence = telling.sentence;
        group.in_title |= telling.is_title;
        group.tellings.push(telling);
        self.focus = Some(index);
    }

    fn found(&mut self, telling: Telling, donors: Vec<String>, recipients: Vec<String>) {
        let explicit = !donors.is_empty()
            || telling.first_person
                && telling.has_giving_verb
                && self.document.main_donor.is_some();
        let donors =
            if donors.is_empty() { self.default_donors(&telling, &recipients) } else { donors };
        let mut recipients = recipients;
        recipients.retain(|code| !donors.contains(code));
        if recipients.is_empty() {
            recipients = self.default_recipients(&donors);
        }
        let mut items = Vec::new();
        add_items(self.document, &mut items, &telling.items);
        let group = Group {
            donors,
            recipients,
            donor_is_explicit: explicit,
            items,
            in_title: telling.is_title,
            last_sentence: telling.sentence,
            tellings: vec![telling],
        };
        self.groups.push(group);
        self.focus = Some(self.groups.len() - 1);
    }

    /// Without grammar: the giver told last, else the one that the sentence names, else the one
    /// that the document names most.
    fn default_donors(&self, telling: &Telling, recipients: &[String]) -> Vec<String> {
        let free = |code: &&str| !recipients.iter().any(|recipient| recipient == code);
        let weak = telling.parties.donors.iter().map(|party| party.code.as_str()).find(free);
        let main = self.document.main_donor.as_deref().filter(free);
        let focus =
            self.focus.map(|index| self.groups[index].donors.clone()).filter(|d| !d.is_empty());
        match (weak, main) {
            (Some(weak), Some(main)) if weak == main => vec![main.to_owned()],
            (_, Some(main)) if telling.first_person => vec![main.to_owned()],
            _ if focus.is_some() => focus.unwrap_or_default(),
            (Some(weak), _) => vec![weak.to_owned()],
            (None, Some(main)) => vec![main.to_owned()],
            (None, None) => vec![],
        }
    }

    fn default_recipients(&self, donors: &[String]) -> Vec<String> {
        self.document.main_recipient.iter().filter(|code| !donors.contains(code)).cloned().collect()
    }

    /// The headline adds to a package of the body; it founds one only where the body tells none.
    fn place_title(&mut self, telling: Telling) {
        let donors = self.donors(&telling);
        let recipients = self.recipients(&telling, &donors);
        if let Some(index) = self.with_same_amount(&telling, &donors, &recipients) {
            let group = &mut self.groups[index];
            group.in_title = true;
            if !group.donor_is_explicit && !donors.is_empty() {
                group.donors = donors;
                group.donor_is_explicit = true;
            }
            group.tellings.push(telling);
            return;
        }
        let fits = |group: &Group| {
            donors.is_empty() || !group.donor_is_explicit || shares(&group.donors, &donors)
        };
        let place = |test: &dyn Fn(&Group) -> bool| self.groups.iter().position(test);
        let place = place(&|group| fits(group) && is_something(self.document, group))
            .or_else(|| place(&|group| fits(group) && !group.items.is_empty()));
        if let Some(index) = place {
            let group = &mut self.groups[index];
            group.in_title = true;
            if !group.donor_is_explicit && !donors.is_empty() {
                group.donors.clone_from(&donors);
                group.donor_is_explicit = true;
            }
            let lacks_amount = group.amount().is_none() && group.status().status != Status::Past;
            if telling.amount.is_none() || lacks_amount {
                group.tellings.push(telling);
            }
        } else if telling.amount.is_some() || !telling.items.is_empty() {
            self.found(telling, donors, recipients);
        }
    }
}

/// Whether a telling counts the same thing otherwise than the group does: another batch.
fn differs_in_number(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    telling.items.iter().any(|item| {
        group.items.iter().any(|other| {
            item.quantity.is_some()
                && other.quantity.is_some()
                && item.quantity != other.quantity
                && is_kind_of(document, other, item)
        })
    })
}

fn codes<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut codes: Vec<String> = codes.map(str::to_owned).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn shares(one: &[String], two: &[String]) -> bool {
    one.iter().any(|code| two.contains(code))
}

/// Whether two sums of one document are one: equal, or one a rounding of the other.
pub fn same_sum(one: &Amount, two: &Amount) -> bool {
    if one.currency != two.currency {
        return false;
    }
    let (one_figure, two_figure) = (one.bounds.figure(), two.bounds.figure());
    if one_figure == two_figure {
        return true;
    }
    let about = |amount: &Amount| amount.bounds.qualifier() == Qualifier::About;
    let difference = (one_figure - two_figure).abs();
    (about(one) || about(two))
        && difference
            .checked_mul(Decimal::from(100))
            .is_some_and(|d| d <= one_figure.max(two_figure).saturating_mul(Decimal::from(2)))
}

/// Unites contents: the same thing told twice is one item, the more exact telling stays; a general
/// word for what is already listed ("the tanks") adds nothing.
fn add_items(document: &Document<'_>, items: &mut Vec<ItemMention>, more: &[ItemMention]) {
    for item in more {
        let same = items.iter().position(|other| is_same_thing(document, other, item));
        match same {
            Some(place) => {
                let other = &mut items[place];
                let finer = other.quantity.is_none() && item.quantity.is_some()
                    || other.quantity == item.quantity
                        && item.system.is_some()
                        && item.name.len() > other.name.len();
                if finer {
                    *other = item.clone();
                }
            }
            None if is_general(document, items, item) => {}
            None => {
                let specific = item.system.is_some();
                items.retain(|other| {
                    !(specific
                        && other.system.is_none()
                        && other.quantity.is_none()
                        && is_kind_of(document, item, other))
                });
                items.push(item.clone());
            }
        }
    }
}

/// Whether two mentions name one thing: the same system or the same words, with quantities that
/// do not contradict; or one a version of the other in the same number.
fn is_same_thing(document: &Document<'_>, one: &ItemMention, two: &ItemMention) -> bool {
    if one.role != two.role && (one.role == Role::Ammunition || two.role == Role::Ammunition) {
        return false;
    }
    let quantities =
        one.quantity == two.quantity || one.quantity.is_none() || two.quantity.is_none();
    let same_class = one.class == two.class;
    let system = |item: &ItemMention| {
        item.system.map(|number| document.lexicon.system_at(number).id.clone())
    };
    match (system(one), system(two)) {
        (Some(one_id), Some(two_id)) => {
            let version = one_id.starts_with(&two_id) || two_id.starts_with(&one_id);
            quantities && same_class && (one_id == two_id || version)
        }
        (None, None) => quantities && one.name.eq_ignore_ascii_case(&two.name),
        _ => one.quantity.is_some() && one.quantity == two.quantity && same_class,
    }
}

/// Whether an item without name and number only repeats the class of what is listed.
fn is_general(document: &Document<'_>, items: &[ItemMention], item: &ItemMention) -> bool {
    item.system.is_none()
        && item.quantity.is_none()
        && items.iter().any(|other| other.role == item.role && is_kind_of(document, other, item))
        && item.tokens.len() <= 2
}

/// Whether the class of `special` is that of `general` or lies below it.
fn is_kind_of(document: &Document<'_>, special: &ItemMention, general: &ItemMention) -> bool {
    let Some(target) = general.class.as_deref() else { return false };
    if special.role != general.role {
        return false;
    }
    let mut class = special.class.as_deref();
    while let Some(id) = class {
        if id == target {
            return true;
        }
        class = document.lexicon.class(id).and_then(|class| class.parent.as_deref());
    }
    false
}

/// Where one sum is the sum of others, either it is an umbrella over packages or they are its
/// shares: packages where mechanism, recipients, donors or status tell them apart.
fn umbrellas(document: &Document<'_>, groups: &mut Vec<Group>) {
    let figures: Vec<Option<Amount>> =
        groups.iter().map(|group| group.amount().map(|(_, amount)| amount)).collect();
    for index in 0..groups.len() {
        let Some(whole) = figures[index] else { continue };
        let Some(parts) = parts_of(&figures, index, &whole) else { continue };
        let pairs = |test: &dyn Fn(&Group, &Group) -> bool| {
            parts
                .iter()
                .enumerate()
                .all(|(n, one)| parts[n + 1..].iter().all(|two| test(&groups[*one], &groups[*two])))
        };
        let withdrawn =
            parts.iter().filter(|part| groups[**part].status().status == Status::Withdrawn).count();
        let distinct = pairs(&differ) || (1..parts.len()).contains(&withdrawn);
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

fn differ(one: &Group, two: &Group) -> bool {
    let mechanism = |group: &Group| {
        group.tellings.iter().find_map(|t| t.mechanism.as_ref().map(|m| m.value.clone()))
    };
    one.donors != two.donors
        || one.recipients != two.recipients
        || mechanism(one) != mechanism(two)
        || one.status().status != two.status().status
        || (one.tellings[0].aid == Aid::Military) != (two.tellings[0].aid == Aid::Military)
}

fn parts_of(figures: &[Option<Amount>], whole_index: usize, whole: &Amount) -> Option<Vec<usize>> {
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
    let slack = target.checked_mul(Decimal::new(2, 2))?;
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
            ((sum - target).abs() <= slack)
                .then(|| chosen.into_iter().map(|(index, _)| index).collect())
        },
    )
}

//! Writes groups, totals and what was left over as claims with their evidence.

mod announced;
mod event;
mod expected;
mod contracted;
mod corrects;
mod gaps;

use super::days::Day;
use super::document::Document;
use super::grouping::{Group, Grouped};
use super::learned::confidence;
use super::parties::Party;
use super::recalls;
use super::routes;
use super::stated;
use super::sums::Sum;
use super::tellings::Telling;
use crate::lexicon::Role;
use crate::mentions::ItemMention;
use crate::model::{CivilDate, Claim, Evidence, Extraction, Item, Span, Status};

/// Writes the extraction of a document.
pub fn write(document: &Document<'_>, sums: &[Sum], grouped: &Grouped) -> Extraction {
    let groups = &grouped.groups;
    let writer = Writer { document };
    Extraction {
        claims: (0..groups.len()).map(|index| writer.claim(groups, index)).collect(),
        control_totals: sums.iter().filter_map(|sum| stated::total(document, sum)).collect(),
        gaps: writer.gaps(sums, grouped),
    }
}

struct Writer<'a> {
    document: &'a Document<'a>,
}

impl Writer<'_> {
    fn evidence(&self, field: impl Into<String>, span: Span, rule: &str) -> Evidence {
        let quote = span.of(&self.document.article.text).to_owned();
        Evidence { field: field.into(), span, quote, rule: rule.to_owned() }
    }

    fn claim(&self, groups: &[Group], index: usize) -> Claim {
        let group = &groups[index];
        let mut evidence = Vec::new();
        self.prove_parties(group, &mut evidence);
        let amount = group.amount().map(|(telling, amount)| {
            if let Some(proven) = &telling.amount {
                evidence.push(self.evidence("amount", proven.span, proven.rule));
            }
            amount
        });
        let status = group.status();
        if let Some(span) = status.span {
            evidence.push(self.evidence("status", span, status.rule));
        }
        let announced = self.announced(group, status.status, &mut evidence);
        let contracted = self.contracted(group, announced, &mut evidence);
        let recalls = self.recalls(group, &mut evidence);
        let corrects = self.corrects(groups, group, (amount, &mut evidence));
        let mechanism = routes::of(self.document, groups, group).map(|proven| {
            evidence.push(self.evidence("mechanism", proven.span, proven.rule));
            proven.value
        });
        let sequence = first(group, |telling| telling.sequence.as_ref()).map(|proven| {
            evidence.push(self.evidence("sequence", proven.span, proven.rule));
            proven.value
        });
        let items: Vec<Item> = group.items.iter().map(|item| self.item(item)).collect();
        for (number, (item, mention)) in items.iter().zip(&group.items).enumerate() {
            evidence.push(self.evidence(format!("item:{number}"), item.evidence, mention.rule));
        }
        Claim {
            donors: group.donors.clone(),
            recipients: group.recipients.clone(),
            announced,
            amount,
            aid: group.aid(),
            status: status.status,
            mechanism,
            sequence,
            items,
            confidence: confidence::judge(confidence::Case {
                document: self.document,
                groups,
                index,
                announced,
                evidence: &evidence,
            }),
            evidence,
            continues: false,
            contracted,
            recalls,
            corrects,
        }
    }

    /// When what is handed over or given up was announced.
    fn recalls(&self, group: &Group, evidence: &mut Vec<Evidence>) -> Option<CivilDate> {
        let day = self.recalled_day(group)?;
        evidence.push(self.evidence("recalls", day.span, "date.announcement"));
        day.date
    }

    /// The day of that announcement, where a telling names it beside the news.
    fn recalled_day(&self, group: &Group) -> Option<Day> {
        let is_later = matches!(group.status().status, Status::Delivered | Status::Withdrawn);
        let mut body = group.tellings.iter().filter(|telling| is_later && !telling.is_title);
        body.find_map(|telling| recalls::announcement(self.document, telling))
    }

    fn prove_parties(&self, group: &Group, evidence: &mut Vec<Evidence>) {
        let find = |codes: &[String], parties: fn(&Telling) -> &[Party]| -> Vec<Party> {
            codes
                .iter()
                .filter_map(|code| {
                    group
                        .tellings
                        .iter()
                        .flat_map(parties)
                        .filter(|party| party.code == *code)
                        .max_by_key(|party| party.score)
                        .cloned()
                })
                .collect()
        };
        for party in find(&group.donors, |telling| &telling.parties.donors) {
            evidence.push(self.evidence("donor", party.span, party.rule));
        }
        for party in find(&group.recipients, |telling| &telling.parties.recipients) {
            evidence.push(self.evidence("recipient", party.span, party.rule));
        }
        if !evidence.iter().any(|evidence| evidence.field == "donor") {
            evidence.extend(self.donor_elsewhere(group));
        }
    }

    /// The first place in the document that names the donor, where the tellings do not.
    fn donor_elsewhere(&self, group: &Group) -> Option<Evidence> {
        let code = group.donors.first()?;
        let mention = self
            .document
            .sentences
            .iter()
            .flat_map(|sentence| &sentence.mentions)
            .find(|mention| self.document.actor_code(&mention.value) == Some(code.as_str()))?;
        Some(self.evidence("donor", mention.span, "donor.document"))
    }

    fn item(&self, mention: &ItemMention) -> Item {
        let lexicon = self.document.lexicon;
        let text = mention.span.of(&self.document.article.text).to_owned();
        let system = mention.system.map(|number| lexicon.system_at(number));
        // Ammunition and parts for a system are not the system: they keep their own words.
        let named = system.filter(|_| matches!(mention.role, Role::Item | Role::Head));
        Item {
            system: system.map(|system| system.id.clone()),
            name: named.map_or_else(|| mention.name.clone(), |system| system.name.clone()),
            text,
            kinds: lexicon.kinds(mention.class.as_deref()),
            class: mention.class.clone(),
            quantity: mention.quantity,
            unit: mention.unit.clone(),
            evidence: mention.span,
        }
    }
}

/// The first value that a telling of the group gives, the body before the headline.
pub(super) fn first<'a, T>(
    group: &'a Group,
    value: impl Fn(&'a Telling) -> Option<&'a T>,
) -> Option<&'a T> {
    let body = group.tellings.iter().filter(|telling| !telling.is_title);
    let title = group.tellings.iter().filter(|telling| telling.is_title);
    body.chain(title).find_map(value)
}

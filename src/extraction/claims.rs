//! Writes groups, totals and what was left over as claims with their evidence.

use super::confidence;
use super::days::{self, Day};
use super::document::Document;
use super::grouping::{Group, Grouped};
use super::parties::Party;
use super::routes;
use super::stated;
use super::sums::{Sum, SumRole};
use super::tellings::Telling;
use crate::lexicon::{Inflection, Label, Role};
use crate::mentions::{ItemMention, Sentence};
use crate::model::{CivilDate, Claim, Evidence, Extraction, Gap, Item, Span, Status};
use crate::text::SegmentKind;

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

/// Up to so many days before the article a day is that of its news, whatever the words beside it.
const FRESH: i64 = 3;

/// The verbs beside which a day is that of the news.
const ACTS: &[Label] =
    &[Label::Announce, Label::Say, Label::Give, Label::Receive, Label::Arrive, Label::Handover];

/// How many sentences of an article may give notice of a delivery.
const NOTICE: usize = 5;

/// How far before a day, in tokens, the verb stands that says what will be done on it.
const VERB_REACH: usize = 16;

/// How many days ahead the day lies, at most, for which a package is expected.
const EXPECTED_WITHIN: i64 = 62;

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
            aid: group
                .tellings
                .iter()
                .find(|t| t.amount.is_some())
                .unwrap_or(&group.tellings[0])
                .aid,
            status: status.status,
            mechanism,
            sequence,
            items,
            confidence: confidence::judge(self.document, groups, index, &evidence),
            evidence,
        }
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

    /// The day of announcement: the day told beside it, else the article's own day where the giver
    /// itself speaks.
    fn announced(
        &self,
        group: &Group,
        status: Status,
        evidence: &mut Vec<Evidence>,
    ) -> Option<CivilDate> {
        if status == Status::Proposed {
            let day = self.expected_day(group)?;
            evidence.push(self.evidence("announced", day.span, "date.expected"));
            return day.date;
        }
        let told =
            group.tellings.iter().filter(|telling| !telling.is_title || group.tellings.len() == 1);
        for telling in told {
            let past = status == Status::Past;
            if !past && telling.status.status == Status::Past {
                continue;
            }
            let days: Vec<&Day> = telling.days.iter().filter(|day| fits(day, status)).collect();
            let act: Vec<&Day> = days.iter().copied().filter(|day| day.dates_act).collect();
            let day = nearest(telling, &act).or_else(|| nearest(telling, &days));
            if let Some(day) = day {
                evidence.push(self.evidence("announced", day.span, day.rule));
                return day.date;
            }
        }
        if status == Status::Past {
            return None;
        }
        let tells_sum = |telling: &&Telling| telling.amount.is_some() || group.amount().is_none();
        let undated = group
            .tellings
            .iter()
            .filter(tells_sum)
            .flat_map(|telling| &telling.days)
            .any(|day| day.date.is_none() && !day.is_later && !day.is_span);
        if undated {
            return None;
        }
        if let Some(day) = self.day_of_the_event(group) {
            evidence.push(self.evidence("announced", day.span, "date.of-the-event"));
            return day.date;
        }
        let own_word = group.tellings.iter().any(|telling| telling.first_person);
        let of_today = own_word || self.document.is_release || self.document.is_live;
        // That something has arrived is told on the day of the notice.
        let early = group.tellings.iter().any(|telling| telling.sentence <= NOTICE);
        let notice = status == Status::Delivered && (group.in_title || early);
        let dated = self.document.dateline.is_some();
        self.document.published().filter(|_| of_today || notice || dated)
    }

    /// The day for which a proposed package is expected: "An announcement could come as soon as
    /// Friday". Days on which somebody only spoke of it do not count.
    fn expected_day(&self, group: &Group) -> Option<Day> {
        let published = self.document.published()?;
        let ahead = |sentence: &Sentence| {
            let modal = sentence.cues.iter().find(|cue| {
                matches!(cue.label, Label::Will | Label::Would | Label::Expect | Label::Wish)
            })?;
            let rest = modal.tokens.start..sentence.tokens.len();
            let days = days::in_range(self.document, sentence, &rest, true);
            // "sources said Friday", "the ministry announced on Monday"
            let said = |day: &Day| {
                let before = day.at.saturating_sub(4)..day.at;
                let made_public = sentence.cues_in(&before).any(|cue| {
                    let passive = cue.tokens.start.saturating_sub(2)..cue.tokens.start;
                    cue.label == Label::Announce
                        && cue.inflection == Inflection::Past
                        && !sentence.has(Label::Be, &passive)
                });
                made_public || sentence.has_any(&[Label::Say, Label::Unnamed], &before)
            };
            days.into_iter().filter(|day| !said(day)).find(|day| {
                let distance = day.date.filter(|date| date.is_day() && !day.is_span);
                // "will sign it on Friday", said on Friday, needs its verb close by.
                let close = sentence.has_any(
                    &[Label::Will, Label::Would, Label::Expect],
                    &(day.at.saturating_sub(VERB_REACH)..day.at),
                );
                distance.is_some_and(|date| {
                    (i64::from(!close)..=EXPECTED_WITHIN)
                        .contains(&date.days_since(published.first_day()))
                })
            })
        };
        let own = group.tellings.iter().map(|telling| telling.sentence);
        let last = own.clone().max()?;
        let near = last + 1..(last + 4).min(self.document.sentences.len());
        let lead = 0..last;
        own.chain(lead).chain(near).find_map(|index| {
            let sentence = &self.document.sentences[index];
            let told = sentence.segment.kind != SegmentKind::Meta;
            ahead(sentence).filter(|_| told)
        })
    }

    /// A day that the sentences before the telling, or the article's first ones, tell of an
    /// announcement: what follows in the article was made public on that day too.
    fn day_of_the_event(&self, group: &Group) -> Option<Day> {
        let first = group.tellings.iter().map(|telling| telling.sentence).min()?;
        let last = group.tellings.iter().map(|telling| telling.sentence).max()?;
        let before = (first.saturating_sub(4)..first).rev();
        let lead = 0..self.document.sentences.len().min(5);
        let end = self.document.sentences.len();
        let behind = (first + 1..(first + 5).min(end)).chain(last + 1..(last + 5).min(end));
        let close = first.checked_sub(1).and_then(|index| self.day_in(index, false));
        if close.is_some() {
            return close;
        }
        let told = before.clone().chain(lead.clone()).find_map(|index| self.day_in(index, true));
        told.or_else(|| behind.clone().find_map(|index| self.day_in(index, true)))
            .or_else(|| lead.chain(before).find_map(|index| self.day_in(index, false)))
    }

    /// The day of the news that a sentence tells: beside a verb of saying or giving, or without one
    /// a day right before the article's own.
    fn day_in(&self, index: usize, beside_act: bool) -> Option<Day> {
        let sentence = self.document.sentences.get(index)?;
        let source = sentence.is(Label::SourceLine, 0);
        if sentence.segment.kind == SegmentKind::Meta && !source {
            return None;
        }
        let all = sentence.all();
        let acts = source || sentence.has_any(&ACTS, &all);
        let fresh = |day: &Day| {
            let age = day.date.zip(self.document.published());
            age.is_some_and(|(day, published)| published.days_since(day) <= FRESH)
        };
        let days = days::in_range(self.document, sentence, &all, false);
        let day = days.into_iter().find(|day| {
            day.date.is_some_and(CivilDate::is_day)
                && !day.is_earlier
                && !day.is_later
                && !day.is_span
        });
        day.filter(|day| if beside_act { acts } else { fresh(day) })
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
            class: mention.class.clone(),
            quantity: mention.quantity,
            unit: mention.unit.clone(),
            evidence: mention.span,
        }
    }

    /// Why a sum became neither a package nor a total; nothing that looks like aid goes unsaid.
    /// What looks like aid and is in no claim, in the order of the text.
    fn gaps(&self, sums: &[Sum], grouped: &Grouped) -> Vec<Gap> {
        let unclear = grouped.unclear.iter().map(|item| {
            let quote = item.span.of(&self.document.article.text).to_owned();
            Gap { reason: "act-unclear".to_owned(), span: item.span, quote }
        });
        let sums = sums.iter().filter_map(|sum| self.gap(sum, &grouped.groups));
        let mut gaps: Vec<Gap> = sums.chain(unclear).collect();
        gaps.sort_by_key(|gap| gap.span);
        gaps
    }

    fn gap(&self, sum: &Sum, groups: &[Group]) -> Option<Gap> {
        let span = self.document.sentences[sum.sentence].mentions[sum.mention].span;
        let told = || {
            let tellings = groups.iter().flat_map(|group| &group.tellings);
            tellings.filter_map(|telling| telling.amount.as_ref()).any(|amount| amount.span == span)
        };
        let reason = match sum.role {
            SumRole::Total => return None,
            SumRole::Package if told() => return None,
            SumRole::Package => "parties-unclear",
            SumRole::Share => "share",
            SumRole::Conversion => "conversion",
            SumRole::Other(reason) => reason,
        };
        let quote = span.of(&self.document.article.text).to_owned();
        Some(Gap { reason: reason.to_owned(), span, quote })
    }
}

/// Whether a day can be that of a package of this status.
fn fits(day: &Day, status: Status) -> bool {
    let Some(date) = day.date else { return false };
    let recent = date.is_day() && !day.is_earlier && !day.is_later;
    !day.is_span
        && match status {
            Status::Past => true,
            Status::Withdrawn => date.is_day() && !day.is_later,
            _ => recent,
        }
}

/// Of several days the one that stands nearest to the sum, or to the first thing that is given.
fn nearest<'d>(telling: &Telling, days: &[&'d Day]) -> Option<&'d Day> {
    let sum = telling.amount.as_ref().map(|amount| amount.span);
    let told = sum.or_else(|| telling.items.first().map(|item| item.span));
    let distance = |day: &&&Day| {
        told.map_or(0, |span| {
            day.span.start.saturating_sub(span.end) + span.start.saturating_sub(day.span.end)
        })
    };
    days.iter().min_by_key(distance).copied()
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

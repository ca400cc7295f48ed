//! Tellings: each place in the text that says something of one package, with what it says.

mod sequence;
mod acts;
mod joined;
mod answers;
mod relative;
mod returned;
mod rolled;
mod running;
mod words;
mod intro;
mod contents;
mod contrast;
mod named;
mod object;
mod owned;
mod paid;
mod private;
mod governor;
mod subject;
mod bars;
mod denied;
mod distal;
mod others;
mod givers;
pub(super) mod lists;
pub(super) mod labels;
mod shares;
mod times;
mod sections;
pub(in crate::extraction) mod survey;
pub mod fate;

use super::days::Day;
use super::document::{Document, is_weapon_class, names_aid};
use super::parties::{self, Parties, Party};
use super::sums::{Sum, SumRole, VALUED};
use super::{entries, recalls, status};
use crate::lexicon::Label;
use crate::mentions::{ItemMention, Sentence};
use crate::model::{Aid, Amount, CivilDate, Span, Status};
use crate::text::SegmentKind;
use intro::Intro;
use lists::{is_entry, names_a_package, opens_list};
use sections::{Background, Section};
pub use sequence::SERIES;
use std::ops::Range;
use survey::Survey;

/// A value with the words that prove it and the rule that read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Proven<T> {
    /// The value.
    pub value: T,
    /// The words.
    pub span: Span,
    /// The rule.
    pub rule: &'static str,
}

/// One place that tells something of one package.
#[allow(clippy::struct_excessive_bools)] // each is a feature of the words, read by other rules
#[derive(Debug, Clone)]
pub struct Telling {
    /// The sentence, by number.
    pub sentence: usize,
    /// Whether it is the headline.
    pub is_title: bool,
    /// Who gives and receives, by this place alone.
    pub parties: Parties,
    /// The sum, where one is told.
    pub amount: Option<Proven<Amount>>,
    /// What it pays for.
    pub aid: Aid,
    /// How far it has come.
    pub status: status::Reading,
    /// The times told beside it.
    pub days: Vec<Day>,
    /// The mechanism.
    pub mechanism: Option<Proven<String>>,
    /// The ordinal.
    pub sequence: Option<Proven<u32>>,
    /// Its contents.
    pub items: Vec<ItemMention>,
    /// Whether its words point back to a package told before: "the package", "it".
    pub refers_back: bool,
    /// Whether it goes on with the contents of what was told right before: "It includes".
    pub goes_on: bool,
    /// Whether it tells what is done by now, not what is the news: "has sent".
    pub is_done: bool,
    /// Whether it only lists things side by side.
    pub is_plain_list: bool,
    /// Whether its words set it apart from what was told before: "in a separate step".
    pub is_separate: bool,
    /// Whether its words name another package than those told before: "a second package".
    pub opens_another: bool,
    /// Whether it is an entry of a list of acts, each a sentence of its own.
    pub is_entry_act: bool,
    /// Whether it lists what was given before.
    pub is_inventory: bool,
    /// Whether it states a value of something named before: "valued at", "the bill is".
    pub states_value: bool,
    /// Whether a verb of giving stands in it.
    pub has_giving_verb: bool,
    /// Whether it tells of arms that were handed over, and of nothing else but who, to whom, when.
    pub hands_over_arms: bool,
    /// Whether its sentence surely speaks of military aid.
    pub names_military_aid: bool,
    /// Whether its words name a package as such.
    pub has_package_noun: bool,
    /// Whether its words say that something is new or additional.
    pub has_new: bool,
    /// Whether the giver itself speaks: "we", "I".
    pub first_person: bool,
}

/// Reads the tellings of a document, in order.
pub fn read(document: &Document<'_>, sums: &[Sum]) -> Vec<Telling> {
    let mut tellings = Vec::new();
    let mut list: Option<Intro> = None;
    let mut lead: Option<Vec<String>> = None;
    let mut entry = None;
    let mut total = false;
    let mut section: Option<Section> = None;
    let mut background: Option<Background> = None;
    let survey = Survey::of(document);
    for (index, sentence) in document.sentences.iter().enumerate() {
        if sentence.segment.kind == SegmentKind::Meta {
            continue;
        }
        let heads = sentence.segment.kind == SegmentKind::Heading;
        let opens_list = opens_list(document, index);
        // "Air Defense", "Fires": headings inside a list go on with what introduced it.
        if heads && opens_list && list.is_some() && !names_a_package(sentence) {
            continue;
        }
        let reader = Reader {
            document,
            sentence,
            index,
            act: sentence.all(),
            frame: sentence.all(),
            opens_list,
        };
        let own: Vec<&Sum> = sums.iter().filter(|sum| sum.sentence == index).collect();
        let of_total = own.is_empty() && total && reader.continues_total();
        if !own.is_empty() || !of_total {
            total = !own.is_empty() && own.iter().all(|sum| sum.role == SumRole::Total);
        }
        if of_total {
            continue;
        }
        let before = tellings.len();
        let listed = is_entry(sentence) || reader.is_labelled_line();
        let fresh = |t: &Telling| t.sentence + 1 == index && !t.is_inventory && !t.is_title;
        let told = tellings.last().is_some_and(fresh) || reader.is_headed(section.as_ref());
        if listed {
            let intro = list.clone().unwrap_or_else(|| reader.without_intro());
            let found = reader.read(&own, intro.given, intro.inventory);
            // What is told after the first entry goes on with the package that this one opened.
            if let Some(intro) = list.as_mut().filter(|_| !found.is_empty()) {
                intro.separate = false;
            }
            tellings.extend(found.into_iter().map(|telling| reader.entry(telling, &intro)));
        } else {
            let goes_on = own.is_empty() && told && !heads && reader.is_bare_list();
            let recalled = own.is_empty() && !heads && reader.goes_on_counting_up();
            tellings.extend(reader.read(&own, goes_on, recalled));
            list = opens_list.then(|| reader.intro());
        }
        reader.label(&mut tellings[before..], lead.as_deref());
        if let Some(told) = background.as_mut().filter(|_| !heads) {
            told.label(document, &mut tellings[before..]);
        }
        background = Background::of(document, sentence).or(background.filter(|_| !heads));
        section = section.filter(|section| section.holds(sentence));
        if heads || entries::heads(document, index) {
            section = Section::of(document, sentence);
        } else if let Some(section) = &section {
            section.label(&mut tellings, before);
        }
        if sentence.segment.kind == SegmentKind::Row {
            sections::label_rows(document, &mut tellings[before..]);
        }
        survey.label(document, &mut tellings[before..]);
        distal::carry(document, &mut tellings[before..]);
        paid::turn_round(document, &mut tellings[before..]);
        // A heading and what bears a label of its own, or goes on with one, stand inside the enumeration.
        let block = sentence.segment.block;
        entry = if reader.labelled().is_some() { Some(block) } else { entry };
        if !listed && !heads && entry != Some(block) {
            lead = (!sentence.segment.kind.eq(&SegmentKind::Title)).then(|| reader.firm_donors());
        }
    }
    tellings
}

struct Reader<'a> {
    document: &'a Document<'a>,
    sentence: &'a Sentence,
    index: usize,
    /// The stretch of the sentence that tells of one giver's act.
    act: Range<usize>,
    /// The stretch with the verb of the act, of which this may be one share.
    frame: Range<usize>,
    /// Whether a list stands right behind it.
    opens_list: bool,
}

impl Reader<'_> {
    fn text(&self) -> &str {
        &self.document.article.text
    }

    /// The tellings of the sentence: of each of its acts where several givers act in it.
    fn read(&self, sums: &[&Sum], in_list: bool, inventory: bool) -> Vec<Telling> {
        let told = self.by_grammar(sums, in_list, inventory);
        self.by_turns(told, sums, inventory)
    }

    fn with_sum(&self, sum: &Sum, single: bool, sums: &[&Sum], inventory: bool) -> Option<Telling> {
        let within =
            |range: &Range<usize>| range.start.max(self.act.start)..range.end.min(self.act.end);
        let range =
            if single && sums.len() == 1 { self.act.clone() } else { within(&sum.territory) };
        let anchor = self.sentence.mentions[sum.mention].tokens.clone();
        let mut telling = self.telling(&range, Some(&anchor), inventory);
        let limit = if single { anchor.start } else { sum.territory.start };
        self.complete(&mut telling.parties, !single, limit);
        telling.aid = sum.aid;
        self.keep_own_day(&mut telling, &anchor, (!single).then_some(&sum.territory));
        self.take_day_before_colon(&mut telling, anchor.start);
        telling.refers_back |= sum.rule == VALUED;
        telling.amount = self.amount(sum, &telling);
        telling.amount.as_ref()?;
        let near = if single { self.act.clone() } else { within(&sum.territory) };
        telling.items = self.items_with_sum(&near);
        Some(telling)
    }

    fn without_sum(&self, sums: &[&Sum], in_list: bool, inventory: bool) -> Option<Telling> {
        let all = self.act.clone();
        let items = if in_list {
            self.listed_items()
        } else {
            let told = self.names_both_sides() || self.is_share() || self.is_announced();
            let mut items = self.given_items(&all, told);
            if items.iter().all(|item| item.quantity.is_none()) && !self.is_blocked() {
                let meant = self.meant_by_subject();
                if meant.is_empty() {
                    items.extend(self.stood_for(items.is_empty()));
                } else {
                    items = meant;
                }
            }
            let frame =
                [Label::Give, Label::Receive, Label::Arrive, Label::Include, Label::PackageNoun];
            if !self.sentence.has_any(&frame, &self.frame)
                && !self.goes_on_about_package()
                && !self.lists_contents()
                && !self.lists_aid()
            {
                // Without a word for giving, what is only spoken of is not given.
                // "authorized the provision of mines to Ukraine" says enough by its verb.
                let announced = told && self.has_subject();
                items.retain(|item| {
                    let weapon = is_weapon_class(self.document.lexicon, item.class.as_deref());
                    item.quantity.is_some() || item.system.is_some() || announced && weapon
                });
            }
            items
        };
        // What stands behind a sum over several packages was given with them, or before "a total of".
        let total = sums.iter().find(|sum| sum.role == SumRole::Total);
        let all_done = self.sums_up_act();
        let summed = total.map(|sum| self.sentence.mentions[sum.mention].tokens.end);
        let items: Vec<ItemMention> = items
            .into_iter()
            .filter(|item| {
                summed.is_none_or(|end| {
                    item.tokens.start < end && !all_done
                        || self.sentence.has(Label::Give, &(end..item.tokens.start))
                })
            })
            .collect();
        let anchor = items
            .iter()
            .map(|item| item.tokens.clone())
            .reduce(|one, two| one.start.min(two.start)..one.end.max(two.end));
        let mut telling = self.telling(&all, anchor.as_ref(), inventory);
        let names_package = telling.sequence.is_some()
            || telling.mechanism.is_some()
            || recalls::is_called_off(self.document, &telling)
            || self.names_gift(&telling.parties, telling.status.status)
            || (self.opens_list || self.is_title())
                && !self.sentence.has(Label::Not, &all)
                && !telling.parties.firm_donors(3).is_empty()
                && (!telling.parties.recipients.is_empty() || self.opens_list_of_gifts());
        let only_total =
            sums.iter().any(|sum| sum.role == SumRole::Total) && telling.sequence.is_none();
        let dated = telling.days.iter().any(|day| {
            let exact = |date: CivilDate| date.is_day() || date.month_number().is_some();
            day.date.is_some_and(exact) && !day.is_span
        });
        if self.counts_up() && !dated && telling.sequence.is_none() {
            return None;
        }
        let civil = |sum: &Sum| matches!(sum.aid, Aid::Humanitarian | Aid::Financial);
        if sums.iter().any(|sum| civil(sum) && !self.is_listed_behind(sum, &items)) {
            return None;
        }
        if items.is_empty() && (!names_package || only_total || self.is_blocked()) {
            return None;
        }
        telling.items = items;
        Some(telling)
    }

    fn telling(
        &self,
        range: &Range<usize>,
        anchor: Option<&Range<usize>>,
        inventory: bool,
    ) -> Telling {
        // A sum without a verb of its own is as far as the act that it belongs to.
        let verbs = [Label::Give, Label::Announce, Label::Receive, Label::Arrive];
        let plans = [Label::Expect, Label::Withdraw];
        let acts = self.sentence.has_any(&verbs, range) || self.sentence.has_any(&plans, range);
        let scope = if acts { range.clone() } else { self.frame.clone() };
        let probe = status::read(self.document, self.sentence, &scope, anchor, &[]);
        let days = self.days(probe.status == Status::Proposed);
        let status = status::read(self.document, self.sentence, &scope, anchor, &days);
        let is_done = self.is_done(&days);
        let parties = parties::in_range(self.document, self.sentence, range);
        let mechanism = self.mechanism(range).filter(|route| !self.is_sellers(route, &parties));
        let recalled = days.iter().any(|day| day.is_earlier);
        let hands_over_arms = self.hands_over_arms(&parties, status.status);
        let is_plain_list = !recalled && self.is_plain_list(&parties);
        let goes_on = self.goes_on_about_package() || self.continues_total() || is_plain_list;
        Telling {
            sentence: self.index,
            is_title: self.is_title(),
            parties,
            amount: None,
            aid: self.aid_of_receiver(),
            status,
            days,
            mechanism,
            sequence: self.sequence(range),
            items: Vec::new(),
            refers_back: self.refers_back(),
            goes_on,
            is_plain_list,
            is_done,
            is_separate: self.is_separate(),
            opens_another: self.opens_another(),
            is_entry_act: false,
            is_inventory: inventory,
            states_value: self.sentence.cues_in(&self.sentence.all()).any(|cue| {
                cue.label == Label::Worth && self.sentence.span_of(&cue.tokens).len() > 4
            }),
            hands_over_arms,
            has_giving_verb: self.sentence.has(Label::Give, &self.sentence.all()),
            names_military_aid: names_aid(self.document.lexicon, self.sentence),
            has_package_noun: self.sentence.has(Label::PackageNoun, &self.sentence.all()),
            has_new: self.sentence.has(Label::New, &self.sentence.all()),
            first_person: self.is_first_person(),
        }
    }
}

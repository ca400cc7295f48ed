//! Tellings: each place in the text that says something of one package, with what it says.

use super::days::{self, Day};
use super::document::Document;
use super::parties::{self, Parties, Party};
use super::status;
use super::sums::{Sum, SumRole};
use crate::lexicon::{
    Label, Role,
    token::{Joint, TokenKind},
};
use crate::mentions::{ItemMention, MoneyCurrency, Sentence, Value};
use crate::model::{Aid, Amount, Bounds, Currency, Span, Status};
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::ops::Range;

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
    /// Whether it lists what was given before.
    pub is_inventory: bool,
    /// Whether it states a value of something named before: "valued at", "the bill is".
    pub states_value: bool,
    /// Whether a verb of giving stands in it.
    pub has_giving_verb: bool,
    /// Whether its words name a package as such.
    pub has_package_noun: bool,
    /// Whether the giver itself speaks: "we", "I".
    pub first_person: bool,
}

/// Reads the tellings of a document, in order.
pub fn read(document: &Document<'_>, sums: &[Sum]) -> Vec<Telling> {
    let mut tellings = Vec::new();
    let mut list: Option<(u32, bool, bool)> = None;
    let mut lead: Option<Vec<String>> = None;
    for (index, sentence) in document.sentences.iter().enumerate() {
        if sentence.segment.kind == SegmentKind::Meta {
            continue;
        }
        let reader = Reader { document, sentence, index };
        let own: Vec<&Sum> = sums.iter().filter(|sum| sum.sentence == index).collect();
        let before = tellings.len();
        let is_entry = matches!(sentence.segment.kind, SegmentKind::Bullet | SegmentKind::Row);
        if is_entry {
            let (given, inventory) = match list {
                Some((_, given, inventory)) => (given, inventory),
                None => (document.is_military && !reader.is_blocked(), false),
            };
            tellings.extend(reader.read(&own, given, inventory));
        } else {
            let found = reader.read(&own, false, false);
            let opens = reader.opens_list(document.sentences.get(index + 1));
            list = opens
                .then(|| (sentence.segment.block, !reader.is_blocked(), reader.is_inventory()));
            tellings.extend(found);
        }
        reader.label(&mut tellings[before..], lead.as_deref());
        if !is_entry {
            lead = (!sentence.segment.kind.eq(&SegmentKind::Title)).then(|| reader.firm_donors());
        }
    }
    tellings
}

struct Reader<'a> {
    document: &'a Document<'a>,
    sentence: &'a Sentence,
    index: usize,
}

impl Reader<'_> {
    fn text(&self) -> &str {
        &self.document.article.text
    }

    fn firm_donors(&self) -> Vec<String> {
        let parties = parties::in_range(self.document, self.sentence, &self.sentence.all());
        parties.firm_donors(2).iter().map(|party| party.code.clone()).collect()
    }

    /// An actor before a colon at the beginning, "Moldova: ...": it receives where the sentence
    /// before the list names somebody else as giver, else it gives.
    fn label(&self, tellings: &mut [Telling], lead: Option<&[String]>) {
        let first = self.sentence.mentions.first().filter(|mention| mention.tokens.start <= 2);
        let Some(mention) = first else { return };
        let colon = self.sentence.is_sign(self.text(), mention.tokens.end, &[":", "–", "—", "|"]);
        let Some(code) = self.document.actor_code(&mention.value).filter(|_| colon) else { return };
        if !Document::is_party(code) || self.document.enemies.contains(code) {
            return;
        }
        let given = lead
            .is_some_and(|donors| !donors.is_empty() && !donors.iter().any(|donor| donor == code));
        let receives = given || self.document.main_recipient.as_deref() == Some(code);
        let party = Party {
            code: code.to_owned(),
            span: mention.span,
            tokens: mention.tokens.clone(),
            score: 5,
            rule: if receives { "recipient.label" } else { "donor.label" },
        };
        for telling in tellings {
            let (own, other) = if receives {
                (&mut telling.parties.recipients, &mut telling.parties.donors)
            } else {
                (&mut telling.parties.donors, &mut telling.parties.recipients)
            };
            own.retain(|known| known.code != code && !receives);
            other.retain(|known| known.code != code);
            own.insert(0, party.clone());
        }
    }

    fn opens_list(&self, next: Option<&Sentence>) -> bool {
        next.is_some_and(|next| matches!(next.segment.kind, SegmentKind::Bullet | SegmentKind::Row))
    }

    /// Whether the sentence speaks of what is asked for, lost, or used by others.
    fn is_blocked(&self) -> bool {
        let all = self.sentence.all();
        let asks = self.sentence.has_any(&[Label::Request, Label::Wish], &all);
        let loses = self.sentence.has(Label::Lose, &all);
        let gives = self.sentence.has_any(
            &[
                Label::Give,
                Label::Announce,
                Label::Include,
                Label::Receive,
                Label::Arrive,
                Label::PackageNoun,
            ],
            &all,
        );
        (asks || loses) && !gives
    }

    fn is_inventory(&self) -> bool {
        let all = self.sentence.all();
        let earlier =
            self.sentence.has_any(&[Label::Earlier, Label::TotalAfter, Label::TotalBefore], &all);
        let since = self.sentence.has(Label::Since, &all) && self.sentence.has(Label::Have, &all);
        (earlier || since) && !self.sentence.has(Label::New, &all)
    }

    fn read(&self, sums: &[&Sum], in_list: bool, inventory: bool) -> Vec<Telling> {
        let packages: Vec<&&Sum> = sums.iter().filter(|sum| sum.role == SumRole::Package).collect();
        if packages.is_empty() {
            return self.without_sum(sums, in_list, inventory).into_iter().collect();
        }
        let single = packages.len() == 1;
        packages.iter().filter_map(|sum| self.with_sum(sum, single, sums, inventory)).collect()
    }

    fn with_sum(&self, sum: &Sum, single: bool, sums: &[&Sum], inventory: bool) -> Option<Telling> {
        let range =
            if single && sums.len() == 1 { self.sentence.all() } else { sum.territory.clone() };
        let anchor = self.sentence.mentions[sum.mention].tokens.clone();
        let mut telling = self.telling(&range, Some(&anchor), inventory);
        if telling.parties.firm_donors(2).is_empty() || telling.parties.recipients.is_empty() {
            self.complete(&mut telling.parties, !single);
        }
        telling.aid = sum.aid;
        telling.amount = self.amount(sum, &telling);
        telling.amount.as_ref()?;
        let near = |item: &&ItemMention| single || sum.territory.contains(&item.tokens.start);
        telling.items = self.given_items(true).into_iter().filter(|item| near(&item)).collect();
        Some(telling)
    }

    /// Takes parties from the whole sentence where the stretch itself names none.
    fn complete(&self, parties: &mut Parties, several: bool) {
        let whole = parties::in_range(self.document, self.sentence, &self.sentence.all());
        if parties.firm_donors(2).is_empty() {
            let weak: Vec<Party> = parties.donors.clone();
            // Several sums, each with an actor that elsewhere receives: "12.75 million on Georgia".
            if several && parties.recipients.is_empty() {
                parties.recipients = weak
                    .iter()
                    .filter(|party| self.receives_mostly(&party.code))
                    .cloned()
                    .collect();
            }
            let taken: Vec<String> =
                parties.recipients.iter().map(|party| party.code.clone()).collect();
            let firm = whole
                .firm_donors(2)
                .into_iter()
                .filter(|party| !taken.contains(&party.code))
                .cloned();
            let firm: Vec<Party> = firm.collect();
            if !firm.is_empty() {
                parties.donors = firm;
            } else if parties.donors.is_empty() {
                parties.donors = whole.donors;
            }
        }
        if parties.recipients.is_empty() {
            parties.recipients = whole.recipients;
        }
    }

    fn receives_mostly(&self, code: &str) -> bool {
        let count =
            |table: &std::collections::BTreeMap<String, i32>| table.get(code).copied().unwrap_or(0);
        count(&self.document.receivers) > count(&self.document.givers)
    }

    fn without_sum(&self, sums: &[&Sum], in_list: bool, inventory: bool) -> Option<Telling> {
        let all = self.sentence.all();
        let items = if in_list { self.listed_items() } else { self.given_items(false) };
        let anchor = items
            .iter()
            .map(|item| item.tokens.clone())
            .reduce(|one, two| one.start.min(two.start)..one.end.max(two.end));
        let mut telling = self.telling(&all, anchor.as_ref(), inventory);
        let names_package = telling.sequence.is_some()
            || telling.mechanism.is_some()
            || self.sentence.has(Label::PackageNoun, &all) && self.speaks_of_giving();
        let only_total =
            sums.iter().any(|sum| sum.role == SumRole::Total) && telling.sequence.is_none();
        if self.counts_up() {
            return None;
        }
        let civil = |sum: &&Sum| matches!(sum.aid, Aid::Humanitarian | Aid::Financial);
        if sums.iter().any(civil) {
            return None;
        }
        if items.is_empty() && (!names_package || only_total || self.is_blocked()) {
            return None;
        }
        telling.items = items;
        Some(telling)
    }

    /// "has to date supplied 3,000 drones": a running total of things.
    fn counts_up(&self) -> bool {
        let all = self.sentence.all();
        self.sentence.has(Label::TotalAfter, &all)
            && self.sentence.has(Label::Have, &all)
            && !self.sentence.has_any(&[Label::New, Label::SequenceNoun], &all)
    }

    fn speaks_of_giving(&self) -> bool {
        self.sentence.has_any(
            &[Label::Give, Label::Announce, Label::Receive, Label::Arrive, Label::Expect],
            &self.sentence.all(),
        )
    }

    fn telling(
        &self,
        range: &Range<usize>,
        anchor: Option<&Range<usize>>,
        inventory: bool,
    ) -> Telling {
        let probe = status::read(self.document, self.sentence, range, anchor, &[]);
        let future = probe.status == Status::Proposed;
        let days = days::in_range(self.document, self.sentence, &self.sentence.all(), future);
        let status = status::read(self.document, self.sentence, range, anchor, &days);
        let parties = parties::in_range(self.document, self.sentence, range);
        Telling {
            sentence: self.index,
            is_title: self.is_title(),
            parties,
            amount: None,
            aid: Aid::Military,
            status,
            days,
            mechanism: self.mechanism(range),
            sequence: self.sequence(range),
            items: Vec::new(),
            refers_back: self.refers_back(),
            is_inventory: inventory,
            states_value: self.sentence.cues_in(&self.sentence.all()).any(|cue| {
                cue.label == Label::Worth && self.sentence.span_of(&cue.tokens).len() > 4
            }),
            has_giving_verb: self.sentence.has(Label::Give, &self.sentence.all()),
            has_package_noun: self.sentence.has(Label::PackageNoun, &self.sentence.all()),
            first_person: self.sentence.has(Label::We, &self.sentence.all()),
        }
    }

    /// The headline, or a heading at the very beginning where no headline is known.
    fn is_title(&self) -> bool {
        let kind = self.sentence.segment.kind;
        kind == SegmentKind::Title
            || kind == SegmentKind::Heading
                && self.index == 0
                && self.document.article.title_span.is_none()
    }

    /// "the package", "this aid", "it": before anything new is named.
    fn refers_back(&self) -> bool {
        let noun = self
            .sentence
            .cues_in(&self.sentence.all())
            .find(|cue| matches!(cue.label, Label::PackageNoun | Label::AidNoun));
        noun.is_some_and(|cue| {
            (cue.tokens.start.saturating_sub(3)..cue.tokens.start)
                .any(|at| self.sentence.is(Label::Definite, at))
        })
    }

    fn mechanism(&self, range: &Range<usize>) -> Option<Proven<String>> {
        let find = |range: &Range<usize>| {
            self.sentence.mentions_in(range).find_map(|mention| match mention.value {
                Value::Mechanism(number) => Some(Proven {
                    value: self.document.lexicon.mechanism_at(number).id.clone(),
                    span: mention.span,
                    rule: mention.rule,
                }),
                _ => None,
            })
        };
        find(range)
    }

    /// "the 41st package", "PDA 25", "twelfth tranche", "package No. 23".
    fn sequence(&self, range: &Range<usize>) -> Option<Proven<u32>> {
        let mut at = range.start;
        while at < range.end {
            if let Some((value, end)) = self.ordinal(at) {
                let noun = (end..(end + 4).min(range.end)).find(|at| {
                    self.sentence.is(Label::SequenceNoun, *at) || self.is_mechanism(*at)
                });
                let clear = noun.is_some_and(|noun| {
                    (end..noun).all(|at| {
                        !self.sentence.is_any_sign(at)
                            && !self.sentence.is_any(&[Label::Of, Label::In, Label::To], at)
                    })
                });
                let alone = self.sentence.tokens.get(end).is_none_or(|_| {
                    self.sentence.is(Label::Indefinite, end)
                        || self.sentence.is_any_sign(end)
                        || self.sentence.is(Label::Since, end)
                }) && at > 0
                    && self.sentence.is(Label::Definite, at - 1)
                    && self.sentence.has(Label::SequenceNoun, &self.sentence.all());
                let single = at > 0 && self.sentence.is(Label::Indefinite, at - 1);
                if (clear || alone) && !single {
                    let span = self.sentence.span_of(&(at..noun.map_or(end, |noun| noun + 1)));
                    return Some(Proven { value, span, rule: "sequence.ordinal" });
                }
            }
            at += 1;
        }
        self.numbered(range)
    }

    fn is_mechanism(&self, at: usize) -> bool {
        matches!(
            self.sentence.mention_at(at).map(|mention| &mention.value),
            Some(Value::Mechanism(_))
        )
    }

    /// "PDA 25", "package No. 23", "PDA number eight".
    fn numbered(&self, range: &Range<usize>) -> Option<Proven<u32>> {
        let ends = |at: usize| self.sentence.is(Label::SequenceNoun, at) || self.is_mechanism(at);
        range.clone().filter(|at| ends(*at) && !ends(at + 1)).find_map(|at| {
            let next = at + 1;
            let sign = self.sentence.starting_at(Label::NumberSign, next).map(|cue| cue.tokens.end);
            let dot =
                sign.map(|end| end + usize::from(self.sentence.is_sign(self.text(), end, &["."])));
            let place = dot.unwrap_or(next);
            let token = self.sentence.tokens.get(place)?.token;
            let digits =
                token.kind == TokenKind::Number && (dot.is_some() || self.is_mechanism(at));
            let value = if digits {
                token.span.of(self.text()).parse().ok()?
            } else {
                dot.and(self.sentence.starting_at(Label::Number, place)?.value)?.to_u32()?
            };
            let span = self.sentence.span_of(&(at..place + 1));
            (value < 300).then_some(Proven { value, span, rule: "sequence.number" })
        })
    }

    fn ordinal(&self, at: usize) -> Option<(u32, usize)> {
        if let Some(cue) = self.sentence.starting_at(Label::Ordinal, at) {
            return Some((cue.value?.to_u32()?, cue.tokens.end));
        }
        let token = self.sentence.tokens.get(at)?.token;
        let ending = self.sentence.starting_at(Label::OrdinalEnding, at + 1)?;
        let tight = self.sentence.tokens[at + 1].token.joint != Joint::Space;
        if token.kind != TokenKind::Number || !tight {
            return None;
        }
        Some((token.span.of(self.text()).parse().ok()?, ending.tokens.end))
    }

    fn amount(&self, sum: &Sum, telling: &Telling) -> Option<Proven<Amount>> {
        let mention = &self.sentence.mentions[sum.mention];
        let Value::Money(money) = &mention.value else { return None };
        let currency = self.currency(&money.currency, sum, &telling.parties)?;
        let amount = Amount { bounds: money.bounds, currency };
        (money.bounds.figure() > Decimal::ZERO).then_some(Proven {
            value: amount,
            span: mention.span,
            rule: mention.rule,
        })
    }

    /// The ISO currency of a sum: a group's name goes by the giver, a bare figure by its neighbour.
    pub(super) fn currency(
        &self,
        currency: &MoneyCurrency,
        sum: &Sum,
        parties: &Parties,
    ) -> Option<Currency> {
        match currency {
            MoneyCurrency::Known(currency) => Some(*currency),
            MoneyCurrency::Group(group) => {
                let donor = parties.firm_donors(2).first().map(|party| party.code.clone());
                let donor = donor.or_else(|| self.document.main_donor.clone());
                self.document.lexicon.group_currency(group, donor.as_deref())
            }
            MoneyCurrency::Missing => {
                let monies =
                    self.sentence.mentions.iter().enumerate().filter_map(|(place, mention)| {
                        match &mention.value {
                            Value::Money(money) if money.currency != MoneyCurrency::Missing => {
                                Some((place, &money.currency))
                            }
                            _ => None,
                        }
                    });
                let (_, nearest) = monies.min_by_key(|(place, _)| place.abs_diff(sum.mention))?;
                self.currency(nearest, sum, parties)
            }
        }
    }

    /// Items of an entry in a list of contents.
    fn listed_items(&self) -> Vec<ItemMention> {
        self.sentence.items.iter().filter(|item| item.role != Role::Vague).cloned().collect()
    }

    /// Items that the sentence says are given.
    fn given_items(&self, beside_sum: bool) -> Vec<ItemMention> {
        let all = self.sentence.all();
        let frame =
            [Label::Give, Label::Receive, Label::Arrive, Label::Include, Label::PackageNoun];
        let framed = self.sentence.has_any(&frame, &all) || beside_sum;
        if !framed || self.is_blocked() {
            return Vec::new();
        }
        self.sentence
            .items
            .iter()
            .filter(|item| item.role != Role::Vague && self.is_given(item))
            .cloned()
            .collect()
    }

    /// Whether nothing right beside an item says that it is somebody else's or not given.
    fn is_given(&self, item: &ItemMention) -> bool {
        let start = item.tokens.start;
        let mut before = start;
        while before > 0
            && self.sentence.is_any(&[Label::Definite, Label::Indefinite, Label::Vague], before - 1)
        {
            before -= 1;
        }
        let direct = before.checked_sub(1);
        let barred = direct.is_some_and(|at| {
            self.sentence.is_any(
                &[Label::Against, Label::By, Label::Lose, Label::OwnUse, Label::Request],
                at,
            )
        }) || direct.is_some_and(|at| self.sentence.is(Label::Not, at));
        let enemy = direct.and_then(|at| self.sentence.mention_at(at)).is_some_and(|mention| {
            self.document
                .actor_code(&mention.value)
                .is_some_and(|code| self.document.enemies.contains(code))
        });
        let after = item.tokens.end..item.tokens.end + 3;
        let attack = self.sentence.has(Label::Attack, &after)
            || direct.is_some_and(|at| self.sentence.is(Label::Attack, at));
        let gives_before = self.sentence.has_any(
            &[
                Label::Give,
                Label::Include,
                Label::PackageNoun,
                Label::Announce,
                Label::Receive,
                Label::Arrive,
            ],
            &self.sentence.all(),
        );
        let describes =
            self.sentence.is_any(&[Label::PackageNoun, Label::AidNoun], item.tokens.end);
        !barred && !enemy && !attack && !describes && gives_before
    }
}

/// Bounds of a telling's amount without its currency, for comparison.
pub fn figure(amount: &Amount) -> Bounds {
    amount.bounds
}

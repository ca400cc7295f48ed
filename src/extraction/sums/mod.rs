//! What each sum of money in the text is: a package's value, a running total, a share, the same sum
//! in another currency, or money that is no aid at all; with the name of the rule that says so.

mod asked;
mod single;
mod totals;
mod help;
mod times;
mod frames;
mod other;
mod price;
mod beside;
mod listed;
mod bought;
mod shares;
mod former;
mod kind;
mod territory;
mod valued;

pub use beside::COMPARED;
pub use valued::VALUED;

use super::document::Document;
use super::{rolls, routes};
use crate::lexicon::{Grade, Label};
use crate::mentions::{Mention, Money, MoneyCurrency, Sentence, Value};
use crate::model::Aid;
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::cell::OnceCell;
use std::ops::Range;

/// What a sum is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SumRole {
    /// The value of a package.
    Package,
    /// A cumulative figure.
    Total,
    /// A part of the sum told before it.
    Share,
    /// The sum told before it, in another currency.
    Conversion,
    /// Something else, for this reason.
    Other(&'static str),
}

/// A sum of money in its sentence.
#[derive(Debug, Clone)]
pub struct Sum {
    /// The sentence, by number.
    pub sentence: usize,
    /// The mention, by number in the sentence.
    pub mention: usize,
    /// The tokens of the sentence that speak of this sum and no other.
    pub territory: Range<usize>,
    /// What it is.
    pub role: SumRole,
    /// What it pays for.
    pub aid: Aid,
    /// The rule that said so.
    pub rule: &'static str,
}

/// Classifies every sum of the document, in order.
pub fn classify_all(document: &Document<'_>) -> Vec<Sum> {
    let mut sums = Vec::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        let reader = Reader { document, sentence, index, aid: OnceCell::new() };
        let places: Vec<usize> = sentence
            .mentions
            .iter()
            .enumerate()
            .filter(|(_, mention)| matches!(mention.value, Value::Money(_)))
            .map(|(place, _)| place)
            .collect();
        for (order, place) in places.iter().enumerate() {
            let territory = reader.territory(&places, order);
            let before: Option<&Sum> = (order > 0).then(|| sums.last()).flatten();
            let told = sums.iter().any(|sum: &Sum| sum.role == SumRole::Package);
            let lead = sums.last().filter(|sum| sum.sentence + 1 == index).map(|sum| sum.role);
            let before = Before { role: before.map(|sum| sum.role), lead, told };
            let judged = reader.judge(&places, order, &territory, before);
            let (verdict, rule) = reader.beside(&sums, order, &territory, judged);
            let aid = reader.aid(*place, &territory);
            sums.push(Sum {
                sentence: index,
                mention: *place,
                territory,
                role: verdict,
                aid,
                rule,
            });
        }
    }
    beside::headlines(document, &mut sums);
    listed::entries(document, &mut sums);
    listed::described(document, &mut sums);
    listed::mixed(document, &mut sums);
    beside::repeated_totals(document, &mut sums);
    beside::told_in_other_currency(document, &mut sums);
    sums
}

/// No government's package is worth less than this many units of any currency.
const LEAST_SUM: u32 = 10_000;

/// Within so many tokens behind a sum stands that it is new: "320 million in new military funding".
const NEW: usize = 4;

/// From this many sums on, a sentence is a table of figures.
const TABLE_OF_SUMS: usize = 10;

/// What was told before a sum.
#[derive(Clone, Copy)]
struct Before {
    /// What the sum right before it in its sentence was found to be.
    role: Option<SumRole>,
    /// The role of the last sum of the sentence before.
    lead: Option<SumRole>,
    /// Whether the document told a package's value.
    told: bool,
}

struct Reader<'a> {
    document: &'a Document<'a>,
    sentence: &'a Sentence,
    index: usize,
    /// What the sentence as a whole speaks of, read when a sum first asks.
    aid: OnceCell<Aid>,
}

impl Reader<'_> {
    fn text(&self) -> &str {
        &self.document.article.text
    }

    fn money(&self, place: usize) -> Option<(&Mention, &Money)> {
        let mention = self.sentence.mentions.get(place)?;
        match &mention.value {
            Value::Money(money) => Some((mention, money)),
            _ => None,
        }
    }

    fn tokens(&self, place: usize) -> Range<usize> {
        self.sentence.mentions[place].tokens.clone()
    }

    fn judge(
        &self,
        places: &[usize],
        order: usize,
        territory: &Range<usize>,
        previous: Before,
    ) -> (SumRole, &'static str) {
        if self.sentence.segment.kind == SegmentKind::Meta {
            return (SumRole::Other("not-article-text"), "sum.meta");
        }
        let own = self.tokens(places[order]);
        let before = territory.start..own.start;
        let after = own.end..territory.end;
        if places.len() > TABLE_OF_SUMS {
            return (SumRole::Other("table"), "sum.table");
        }
        if self.is_taken_back(places, order) {
            return (SumRole::Other("slip"), "sum.slip");
        }
        if self.is_conversion(places, order, previous.role) {
            return (SumRole::Conversion, "sum.conversion");
        }
        if self.is_price_of_one(&own, territory) || self.is_size_of_each(&own) {
            return (SumRole::Other("unit-price"), "sum.unit-price");
        }
        if let Some(rule) = self.total_rule(&own, territory) {
            return match self.total_of_other(&own, territory) {
                Some(reason) => (SumRole::Other(reason), rule),
                None => (SumRole::Total, rule),
            };
        }
        // "the biggest share", "of this sum": said of a whole that was told, wherever that was.
        let givers = super::parties::in_range(self.document, self.sentence, territory);
        let opening = 0..territory.end;
        let of_told = !givers.donors.iter().any(|party| party.score >= 4)
            && self
                .sentence
                .cues_in(if order == 0 { &opening } else { territory })
                .any(|cue| cue.is(Grade::OfTold));
        // "support of more than 3 billion this year. This includes 320 million in new military funding": no share of
        // what is no package.
        let of_frame = order == 0
            && previous.lead == Some(SumRole::Other("frame"))
            && self.near_after(Label::New, &after, NEW);
        let follows = (order > 0 || self.previous_has_sum()) && !of_frame;
        let share = self.near_before(Label::Share, &before, 6)
            || self.sentence.starting_at(Label::Share, after.start).is_some()
                && (order > 0 || self.is_plain_share(&after, &givers));
        // "Of the €700 million, €300 million will pay for shells"
        let of_whole = order > 0 && {
            let whole = self.tokens(places[order - 1]).start;
            (2..=4).contains(&whole)
                && self.sentence.is(Label::Definite, whole - 1)
                && self.sentence.is(Label::Of, whole - 2)
        };
        // "The smaller half, $125 million, is a drawdown": who gives by two routes gives two packages.
        let route = routes::is_givers_own(self.document, self.sentence, territory);
        let rolled = || !rolls::entries(self.document, self.sentence).is_empty();
        let entry = self.prices_an_entry(&own) && !rolled();
        let of_package = previous.told && self.is_of_what_was_told(&own, territory)
            || self.is_part_of_it(&own, &givers);
        let apart = self.is_recalled_act(&after)
            || self.is_whole_of_smaller(places, order, &after)
            || (matches!(previous.role, Some(SumRole::Package | SumRole::Share))
                || order == 0 && previous.told)
                && self.splits_by_receiver(places, order);
        if (share && follows || of_whole || of_told || of_package || entry) && !route && !apart {
            return (SumRole::Share, "sum.share");
        }
        if order == 0 && (self.values_gift_before(&own) || self.is_contract_for_another()) {
            return (SumRole::Package, VALUED);
        }
        if let Some((reason, rule)) = self.other_money(&own, territory) {
            return (SumRole::Other(reason), rule);
        }
        if let Some((reason, rule)) = self.price(&own, territory) {
            return (SumRole::Other(reason), rule);
        }
        let small = |money: &Money| money.bounds.figure() < Decimal::from(LEAST_SUM);
        if self.money(places[order]).is_some_and(|(_, money)| small(money)) {
            return (SumRole::Other("too-small"), "sum.too-small");
        }
        if self.is_too_large(places[order]) {
            return (SumRole::Other("too-large"), "sum.too-large");
        }
        if self.is_requested(&own, territory) {
            return (SumRole::Other("request"), "sum.request");
        }
        if self.names_company(territory)
            && !self.values_what_is_given(&own)
            && !bought::is_passed_on(self.document, self.index)
        {
            return (SumRole::Other("company"), "sum.company");
        }
        if !self.speaks_of_aid(territory) {
            return (SumRole::Other("no-aid"), "sum.no-aid-word");
        }
        (SumRole::Package, "sum.package")
    }

    /// "armoured vehicles; drones, worth £20 million; and 100,000 rounds": the price of one entry of a
    /// list.
    fn prices_an_entry(&self, own: &Range<usize>) -> bool {
        let parts = |range: Range<usize>| {
            range.into_iter().any(|at| self.sentence.is_sign(self.text(), at, &[";"]))
        };
        let things = |range: Range<usize>| {
            self.sentence.items.iter().any(|item| range.contains(&item.tokens.start))
        };
        let list = self.sentence.tokens.len();
        let opening = (0..own.start).find(|at| self.sentence.is_sign(self.text(), *at, &[";"]));
        let worth = own.start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Worth, at));
        worth
            && parts(own.end..list)
            && things(own.end..list)
            && opening.is_some_and(|at| things(0..at) && things(at..own.start))
    }

    /// Whether the sentence before tells a sum, of which this one may be a share.
    fn previous_has_sum(&self) -> bool {
        let index = self.index.checked_sub(1);
        index.and_then(|index| self.document.sentences.get(index)).is_some_and(|previous| {
            // What a headline tells is what the lead tells.
            previous.segment.kind != SegmentKind::Title
                && previous.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)))
        })
    }

    /// Whether a sum only repeats the one before it in brackets.
    fn is_in_brackets(&self, places: &[usize], order: usize) -> bool {
        let start = self.tokens(places[order]).start;
        let before = order.checked_sub(1).map_or(0, |before| self.tokens(places[before]).end);
        let opens = (before..start).any(|at| self.sentence.is_sign(self.text(), at, &["(", "["]));
        opens && self.is_conversion(places, order, None)
    }

    /// "The assistance, equivalent to 2.5 billion rupees": of the sum in the sentence before.
    fn is_equivalent(&self, mention: &Mention, money: &Money) -> bool {
        let start = mention.tokens.start;
        let told = self.sentence.ending_at(Label::Conversion, start);
        let before = self.index.checked_sub(1).map(|index| &self.document.sentences[index]);
        told.is_some_and(|cue| cue.tokens.len() > 1)
            && before.is_some_and(|before| {
                before.mentions.iter().any(|other| match &other.value {
                    Value::Money(other) => other.currency != money.currency,
                    _ => false,
                })
            })
    }

    /// A sum in brackets or apposition right after a sum in another currency; `before` is what that
    /// one was found to be.
    fn is_conversion(&self, places: &[usize], order: usize, before: Option<SumRole>) -> bool {
        let Some((mention, money)) = self.money(places[order]) else { return false };
        let Some((_, previous)) = order.checked_sub(1).and_then(|o| self.money(places[o])) else {
            return self.is_equivalent(mention, money);
        };
        if previous.currency == money.currency {
            return false;
        }
        let gap = self.tokens(places[order - 1]).end..mention.tokens.start;
        // "the Netherlands (€250 million), Canada (C$40 million)", "; Canada, C$40 million": somebody else's sum.
        let closed = gap.clone().find(|at| self.sentence.is_sign(self.text(), *at, &[")"]));
        let parted = gap.clone().find(|at| self.sentence.is_sign(self.text(), *at, &[";"]));
        let other = closed.or(parted).is_some_and(|sign| {
            let behind = sign..gap.end;
            let mut named = self.sentence.mentions_in(&behind);
            named.any(|named| matches!(named.value, Value::Actor(_)))
        });
        if other {
            return false;
        }
        let opens = |at: usize| self.sentence.is_sign(self.text(), at, &["(", "[", "/", "="]);
        let bracket = gap.clone().find(|at| opens(*at));
        if money.currency == MoneyCurrency::Missing {
            return gap.len() <= 3
                && !gap.is_empty()
                && gap.clone().all(|at| self.sentence.is(Label::Conversion, at))
                && !gap.clone().any(|at| {
                    self.sentence.is_any(&[Label::About, Label::MoreThan], at) && gap.len() == 1
                });
        }
        // "(€1.16bn; $1.25bn)": a further currency in the same brackets.
        let goes_on =
            gap.len() == 1 && self.sentence.is_sign(self.text(), gap.start, &[";", ",", "/"]);
        if goes_on && before == Some(SumRole::Conversion) {
            return true;
        }
        if let Some(bracket) = bracket {
            let closed =
                (bracket..gap.end).any(|at| self.sentence.is_sign(self.text(), at, &[")", "]"]));
            return !closed;
        }
        let filler = |at: usize| {
            self.sentence.is_any(&[Label::Conversion, Label::Indefinite, Label::Definite], at)
                || self.sentence.is_sign(self.text(), at, &[",", "–", "—", "-"])
        };
        gap.len() <= 5
            && gap.clone().all(filler)
            && (!gap.is_empty() || self.sentence.is(Label::Conversion, mention.tokens.start))
            || before == Some(SumRole::Package) && self.is_apposed(&gap, mention.tokens.end, filler)
    }

    /// "announced 2.3 billion kroner in arms for Ukraine, about 308 million euros.": behind the only comma, and
    /// nothing behind it.
    fn is_apposed(&self, gap: &Range<usize>, end: usize, filler: impl Fn(usize) -> bool) -> bool {
        let is_comma = |at: &usize| self.sentence.is_sign(self.text(), *at, &[",", "–", "—"]);
        let Some(comma) = gap.clone().find(is_comma) else { return false };
        let others = [Label::And, Label::Give, Label::Announce, Label::Receive];
        let is_over = end >= self.sentence.tokens.len()
            || self.sentence.is_sign(self.text(), end, &[".", ",", ";"]);
        is_over
            && (comma..gap.end).all(filler)
            && !self.sentence.has_any(&others, &(gap.start..comma))
    }
}

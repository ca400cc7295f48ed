//! By which traces claims that may tell one package find each other: a number, a sum, a thing that both
//! name. So a day on which one donor gives hundreds of other things costs no more than a quiet one.
//! Pure: `store::candidates` keeps and finds them by index.

use super::apart::OFF;
use super::choose::{Told, anchor, thing};
use super::digits::{between, digits};
use super::matching::{CLOSE, LATER, NEAR, PLAN, REACH};
use super::reach;
use super::steps::{is_bare_end, is_later, step};
use crate::model::{Amount, Bounds, CivilDate, Claim, Currency, Exchange, Item};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// How many claims of one day are looked at of which nothing but the day speaks for them, the lowest rank
/// first.
pub(super) const FOREMOST: usize = 8;

/// No month is shorter, in days.
const SHORTEST: i64 = 28;

/// Claims with this trace, told near a day from the one to the other; a day that is not known is the
/// empty text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Search {
    pub(super) trace: String,
    pub(super) from: String,
    pub(super) to: String,
}

/// What to look for.
#[derive(Debug, Default)]
pub(super) struct Sought {
    /// Claims that something speaks for.
    pub(super) like: BTreeSet<Search>,
    /// Traces for which nothing but the day speaks, since one of the two names no things, and the days.
    pub(super) crowds: Vec<String>,
    pub(super) days: Vec<String>,
    /// The days near that of the announcement which a handover names.
    pub(super) recalled: Vec<String>,
    /// From when to when lies what is called off by words that do not say what: the last of it is meant.
    pub(super) open: Option<(String, String)>,
    /// By which such words are found that may mean this one.
    pub(super) ended: Option<Search>,
}

/// How the traces begin that name a sum by its currency and its first two digits.
pub(super) const ABOUT: &str = "about ";

/// How those begin that may be a rounded one.
const ROUND: &str = "round ";

/// The traces by which a claim is found.
pub(super) fn left(told: &Told) -> BTreeSet<String> {
    let claim = &told.claim;
    let is_priced = claim.amount.is_some();
    let mut traces = BTreeSet::new();
    traces.extend(claim.sequence.map(number));
    traces.extend(taken(claim).map(taken_back));
    traces.extend(claim.recalls.filter(|_| is_later(claim.status)).map(recalled));
    traces.extend(is_bare_end(claim).then(|| SOME_END.to_owned()));
    let mut named: Vec<String> =
        claim.items.iter().map(|item| naming(is_priced, Some(&thing(item)))).collect();
    named.extend(claim.items.iter().flat_map(|item| of_kind(is_priced, item)));
    named.extend(claim.amount.map(sum));
    if step(claim) > 0 {
        traces.extend(named.iter().map(|trace| later(trace)));
    }
    for amount in claim.amount.into_iter().chain(taken(claim)) {
        let digits = digits(amount.bounds.figure());
        named.push(about(ABOUT, amount.currency, &digits));
        if reach::may_be_rounded(amount.bounds) {
            named.push(about(ROUND, amount.currency, &digits));
        }
    }
    if claim.announced.is_some_and(|date| !date.is_day()) {
        traces.extend(named.iter().map(|trace| vaguely(trace)));
    }
    traces.extend(named);
    traces
}

/// The traces by which it is found among all of its day.
pub(super) fn left_in_crowds(told: &Told) -> Vec<String> {
    let claim = &told.claim;
    let is_priced = claim.amount.is_some();
    let mut traces = vec![kind(is_priced).to_owned()];
    traces.extend(claim.items.is_empty().then(|| naming(is_priced, None)));
    traces.extend(outweighing(told));
    traces
}

/// The traces that join claims whatever sums they tell. Hundreds of articles that differ in nothing but
/// the sum are no corrections of one another, so they stand among the crowds.
fn outweighing(told: &Told) -> impl Iterator<Item = String> {
    let items = told.claim.amount.map(|_| told.claim.items.iter());
    let words = told.wording.frame.as_deref().map(frame);
    words.into_iter().chain(items.into_iter().flatten().filter_map(counted))
}

/// What to look for to find all claims that may tell the package of this one. `currencies` are those in
/// which its donors give its recipients something.
pub(super) fn sought(told: &Told, currencies: &[Currency], exchange: &dyn Exchange) -> Sought {
    let claim = &told.claim;
    let (announced, is_later) = (claim.announced, is_later(claim.status));
    let (step, found) = (step(claim), Sought::default());
    let mut work = Work { day: anchor(told), announced, step, found };
    let days = (-CLOSE..=CLOSE).filter_map(|days| work.day?.plus_days(days));
    work.found.days = days.map(|day| day.to_string()).collect();
    if let Some(sequence) = claim.sequence {
        work.at_any_time(number(sequence));
    }
    work.found.crowds.extend(outweighing(told));
    if let Some(amount) = claim.amount {
        work.same_sum(amount);
        let recalls = claim.recalls.filter(|date| is_later && date.is_day());
        let days = [work.day.map(|day| (day, CLOSE)), recalls.map(|day| (day, OFF))];
        for days in days.into_iter().flatten() {
            work.like_sums(amount, days, currencies, exchange);
        }
        work.within(taken_back(amount), REACH);
    }
    if let Some(amount) = taken(claim) {
        work.within(sum(amount), REACH);
        if let Some(day) = work.day {
            work.like_sums(amount, (day, CLOSE), currencies, exchange);
        }
    }
    match claim.recalls.filter(|_| is_later) {
        Some(recalls) => work.announced_then(recalls, claim),
        None => work.told_of_later(claim.corrects.is_some()),
    }
    work.ends(claim);
    // Where both name a sum, their items alone say nothing.
    let kinds: &[bool] = if claim.amount.is_some() { &[false] } else { &[false, true] };
    for priced in kinds {
        work.same_things(&claim.items, *priced);
    }
    work.found
}

struct Work {
    day: Option<CivilDate>,
    announced: Option<CivilDate>,
    step: u8,
    found: Sought,
}

impl Work {
    fn look(&mut self, trace: String, from: String, to: String) {
        self.found.like.insert(Search { trace, from, to });
    }

    fn at_any_time(&mut self, trace: String) {
        // No day is written with a tilde: it is after them all.
        self.look(trace, String::new(), "~".to_owned());
    }

    fn within(&mut self, trace: String, days: i64) {
        if let Some(day) = self.day {
            let shift = |days| day.plus_days(days).unwrap_or(day).to_string();
            self.look(trace, shift(-days), shift(days));
        }
    }

    /// What was announced before it was ordered, handed over or ended, and the reverse.
    fn before_or_after(&mut self, trace: &str) {
        let Some(day) = self.day else { return };
        let shift = |days| day.plus_days(days).unwrap_or(day).to_string();
        if self.step > 0 {
            self.look(trace.to_owned(), shift(-LATER), shift(0));
        }
        if self.step < 2 {
            self.look(later(trace), shift(-REACH), shift(LATER));
        }
    }

    /// What is told of the same time where one of the two names only a month or a year.
    fn overlapping(&mut self, trace: &str) {
        let Some(date) = self.announced else { return };
        if !date.is_day() {
            self.look(trace.to_owned(), date.first_day().to_string(), date.last_day().to_string());
        }
        let year = &date.to_string()[..4];
        self.look(vaguely(trace), year.to_owned(), format!("{year}-99"));
    }

    fn same_sum(&mut self, amount: Amount) {
        let trace = sum(amount);
        if self.day.is_none() {
            return self.at_any_time(trace);
        }
        self.overlapping(&trace);
        self.look(trace.clone(), String::new(), String::new());
        self.before_or_after(&trace);
        self.within(trace, REACH);
    }

    /// What was announced at the time that a handover names, or corrected soon after it.
    fn announced_then(&mut self, recalls: CivilDate, claim: &Claim) {
        let (from, last) = around(recalls);
        let to = recalls.last_day().plus_days(NEAR).unwrap_or(last);
        let kinds = [false, true];
        let naming = |item| kinds.map(|priced| naming(priced, Some(&thing(item))));
        for trace in claim.items.iter().flat_map(naming).chain(claim.amount.map(sum)) {
            self.look(trace, from.to_string(), to.to_string());
        }
        if recalls.is_day() {
            self.found.recalled = [from, recalls, last].map(|day| day.to_string()).into();
        }
    }

    /// Handovers that name the time at which this was announced, or what it corrects soon before it.
    fn told_of_later(&mut self, is_correction: bool) {
        let Some((mut day, last)) = self.announced.map(around) else { return };
        if is_correction {
            day = day.plus_days(OFF - NEAR).unwrap_or(day);
        }
        self.at_any_time(recalled_in(&last.to_string()[..4]));
        self.at_any_time(recalled_in(&day.to_string()[..4]));
        // Each month from the one to the other.
        while let Some(next) = day.plus_days(SHORTEST).filter(|_| day < last) {
            self.at_any_time(recalled_in(&day.to_string()[..7]));
            day = next;
        }
        self.at_any_time(recalled_in(&last.to_string()[..7]));
    }

    /// What may be called off by words that do not say what, and the reverse.
    fn ends(&mut self, claim: &Claim) {
        let Some(day) = self.day else { return };
        let shift = |days| day.plus_days(days).unwrap_or(day).to_string();
        if is_bare_end(claim) {
            self.found.open = Some((shift(-LATER), shift(CLOSE)));
            self.within(SOME_END.to_owned(), CLOSE);
        } else if self.step < 2 {
            let (trace, from, to) = (SOME_END.to_owned(), shift(-CLOSE), shift(LATER));
            self.found.ended = Some(Search { trace, from, to });
        }
    }

    /// Sums that are this one rounded or converted, or the reverse.
    fn like_sums(
        &mut self,
        amount: Amount,
        (day, days): (CivilDate, i64),
        currencies: &[Currency],
        exchange: &dyn Exchange,
    ) {
        let figure = amount.bounds.figure();
        for currency in currencies {
            let mut worth: Vec<Decimal> = Vec::new();
            // What is exact is no rounded sum, but another one may be it, rounded.
            let mut kind = ABOUT;
            if *currency == amount.currency {
                worth.push(figure);
                kind = if reach::may_be_rounded(amount.bounds) { ABOUT } else { ROUND };
            } else {
                // The rate is that of the earlier of the two days.
                let days = (-days..=days).filter_map(|back| day.plus_days(back));
                let prices = days.filter_map(|day| exchange.price(amount.currency, *currency, day));
                worth.extend(prices.filter_map(|price| figure.checked_mul(price.value)));
            }
            let (Some(low), Some(high)) = (worth.iter().min(), worth.iter().max()) else {
                continue;
            };
            for digits in between(*low, *high) {
                let shift = |days| day.plus_days(days).unwrap_or(day).to_string();
                let trace = about(kind, *currency, &digits);
                if *currency == amount.currency {
                    self.overlapping(&trace);
                }
                self.look(trace, shift(-days), shift(days));
            }
        }
    }

    fn same_things(&mut self, items: &[Item], priced: bool) {
        let named = items.iter().map(|item| naming(priced, Some(&thing(item))));
        let of_kind = items.iter().flat_map(|item| like_kind(priced, item));
        for trace in named.chain(of_kind) {
            self.overlapping(&trace);
            self.before_or_after(&trace);
            self.within(trace, if self.step > 0 { REACH } else { PLAN });
        }
        // What names no things may tell of any.
        let unnamed = if items.is_empty() { kind(priced).to_owned() } else { naming(priced, None) };
        self.found.crowds.push(unnamed);
    }
}

/// The trace of what is called off by words that do not say what.
const SOME_END: &str = "some end";

fn number(sequence: u32) -> String {
    format!("number {sequence}")
}

/// How the traces begin that join claims whatever sums they tell: of what was corrected, or read in another
/// money.
const FRAME: &str = "words ";
const COUNTED: &str = "counted ";

/// Whether claims with this trace in common may be one, though their sums differ.
pub(super) fn outweighs_sum(trace: &str) -> bool {
    [FRAME, COUNTED, TAKEN_BACK].iter().any(|joining| trace.starts_with(joining))
}

/// How the trace begins of what takes a sum back.
const TAKEN_BACK: &str = "not ";

/// The sum that a claim takes back.
fn taken(claim: &Claim) -> Option<Amount> {
    claim.corrects?.amount
}

fn taken_back(amount: Amount) -> String {
    format!("{TAKEN_BACK}{}", sum(amount))
}

/// The month, else the year, of an announcement that a handover names.
fn recalled(date: CivilDate) -> String {
    let text = date.to_string();
    recalled_in(text.get(..7).unwrap_or(&text))
}

fn recalled_in(time: &str) -> String {
    format!("of {time}")
}

/// The days from a little before a time to a little after it.
fn around(time: CivilDate) -> (CivilDate, CivilDate) {
    let (first, last) = (time.first_day(), time.last_day());
    (first.plus_days(-OFF).unwrap_or(first), last.plus_days(OFF).unwrap_or(last))
}

fn frame(words: &str) -> String {
    format!("{FRAME}{words}")
}

/// A thing of which more than one is told, with the number.
fn counted(item: &Item) -> Option<String> {
    let number = item.quantity.map(Bounds::figure)?;
    (number > Decimal::ONE).then(|| format!("{COUNTED}{} {}", number.normalize(), thing(item)))
}

/// As many of the class of an item, and of each kind that it is of: by which "12 howitzers" finds "12 Caesars".
fn of_kind(priced: bool, item: &Item) -> Vec<String> {
    kinds_of(priced, item, "of", "in")
}

/// What finds those traces: of its class what is of that kind, and of each kind what is of that class.
fn like_kind(priced: bool, item: &Item) -> Vec<String> {
    kinds_of(priced, item, "in", "of")
}

fn kinds_of(priced: bool, item: &Item, own: &str, above: &str) -> Vec<String> {
    let number = item.quantity.map(Bounds::figure).filter(|number| *number > Decimal::ONE);
    let (Some(number), Some(class)) = (number, &item.class) else { return Vec::new() };
    let trace = |how: &str, class: &String| {
        format!("{} {} {how} {class}", kind(priced), number.normalize())
    };
    let kinds = [class].into_iter().chain(&item.kinds);
    [trace(own, class)].into_iter().chain(kinds.map(|kind| trace(above, kind))).collect()
}

fn sum(amount: Amount) -> String {
    format!("sum {} {}", amount.currency, amount.bounds.figure().normalize())
}

fn about(kind: &str, currency: Currency, digits: &str) -> String {
    format!("{kind}{currency} {digits}")
}

/// The traces that each claim of a day leaves, one or the other.
pub(super) fn kinds() -> [String; 2] {
    [true, false].map(|priced| kind(priced).to_owned())
}

const fn kind(priced: bool) -> &'static str {
    if priced { "priced" } else { "unpriced" }
}

fn naming(priced: bool, thing: Option<&str>) -> String {
    let kind = kind(priced);
    thing.map_or_else(|| format!("{kind} without things"), |thing| format!("{kind} {thing}"))
}

/// By which what was handed over or ended is found from farther away.
fn later(trace: &str) -> String {
    format!("later {trace}")
}

fn vaguely(trace: &str) -> String {
    format!("vague {trace}")
}

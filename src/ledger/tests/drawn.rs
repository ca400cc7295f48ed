//! Articles as property tests draw them: close enough to each other that matching has work to do.

use super::*;
use crate::model::{CivilDate, Correction, Currency, Exchange, Price};
use proptest::prelude::*;

/// A claim of an article in a few figures.
#[derive(Debug, Clone)]
pub(super) struct Told {
    donors: &'static [&'static str],
    recipient: &'static str,
    /// Millions, how exact, and the currency; `None` for no amount.
    amount: Option<(i64, Qualifier, &'static str)>,
    /// From the first of November; of no day, only month and year, only the year.
    announced: Day,
    confidence: u16,
    status: Status,
    mechanism: Option<&'static str>,
    sequence: Option<u32>,
    things: usize,
    /// How many there are of the first thing.
    number: Option<i64>,
    is_contracted: bool,
    /// The day of November that a handover recalls, and what a correction takes back.
    recalls: Option<i64>,
    corrects: Option<Correction>,
}

#[derive(Debug, Clone, Copy)]
enum Day {
    Unknown,
    Of(i64),
    MonthOf(i64),
    YearOf(i64),
}

/// An article: the day of publication, what it tells, and which of the texts.
pub(super) type Story = (i64, Vec<Told>, usize);

/// Words that articles share: of a copy, of a copy that was cut, with the same quote, or none.
const TEXTS: [&str; 4] = [
    "a million",
    "The state will give what its army can spare, the ministry said in the capital late on this day of \
     autumn, a million in all: \"The winter will be hard and people need protection now\", the minister told \
     those who had come to the hall. Parliament was asked the day before, and no party spoke against it.",
    "The state will give what its army can spare, the ministry said in the capital late on this day of \
     autumn, a million in all: \"The winter will be hard and people need protection now\", the minister told \
     those who had come to the hall.",
    "It is a million. \"The winter will be hard and people need protection now\", he said.",
];

/// The text of an article.
pub(super) fn text_of(number: usize, story: &Story) -> String {
    format!("{number}: {}", TEXTS[story.2])
}

/// One dollar costs ten kroner, and a euro 1.1 dollars.
#[derive(Debug)]
pub(super) struct Bank;

impl Exchange for Bank {
    fn price(&self, from: Currency, to: Currency, day: CivilDate) -> Option<Price> {
        let worth = |currency: Currency| match currency.as_str() {
            "USD" => Decimal::from(100),
            "EUR" => Decimal::from(110),
            _ => Decimal::from(10),
        };
        let value = worth(from).checked_div(worth(to))?;
        Some(Price { value, day, source: "a bank".to_owned() })
    }
}

pub(super) fn date(day: i64) -> CivilDate {
    "2022-11-01".parse::<CivilDate>().unwrap().plus_days(day).unwrap()
}

fn sums() -> impl Strategy<Value = i64> {
    prop::sample::select(vec![100, 110, 298, 300, 1000, 2980, 3000])
}

fn told() -> impl Strategy<Value = Told> {
    let one_of = |words: &[&'static str]| prop::sample::select(words.to_vec());
    let givers: [&[&str]; 3] = [&["US"], &["DE"], &["DE", "US"]];
    let donors = prop_oneof![6 => Just(givers[0]), 2 => Just(givers[1]), 1 => Just(givers[2])];
    let recipients = prop_oneof![6 => Just("UA"), 1 => Just("MD")];
    let figures = sums();
    let qualifiers = vec![
        Qualifier::Exact,
        Qualifier::Exact,
        Qualifier::About,
        Qualifier::UpTo,
        Qualifier::MoreThan,
    ];
    let amounts =
        (figures, prop::sample::select(qualifiers), one_of(&["USD", "USD", "USD", "EUR", "NOK"]));
    let amounts = prop_oneof![4 => amounts.prop_map(Some), 1 => Just(None)];
    let days = prop_oneof![
        6 => (0..40_i64).prop_map(Day::Of),
        1 => (100..1300_i64).prop_map(Day::Of),
        2 => Just(Day::Unknown),
        1 => (0..40_i64).prop_map(Day::MonthOf),
        1 => (0..70_i64).prop_map(Day::YearOf),
    ];
    let statuses = prop::sample::select(Status::ALL);
    let routes = prop_oneof![4 => Just(None), 1 => one_of(&["PDA", "USAI"]).prop_map(Some)];
    let numbers = prop_oneof![4 => Just(None), 1 => (1..3_u32).prop_map(Some)];
    let confidences = prop::sample::select(vec![200, 900]);
    let who = (donors, recipients, amounts, days);
    let counts = prop_oneof![2 => Just(None), 1 => (1..4_i64).prop_map(Some)];
    let things = (0..3_usize, counts, prop::bool::weighted(0.1));
    let recalls = prop_oneof![3 => Just(None), 1 => (0..40_i64).prop_map(Some)];
    let taken_back = prop_oneof![1 => Just(None), 3 => sums().prop_map(Some)]
        .prop_map(|taken| Correction { amount: taken.map(dollars) });
    let corrects = prop_oneof![5 => Just(None), 1 => taken_back.prop_map(Some)];
    let about = (confidences, recalls, corrects);
    (who, statuses, routes, numbers, about, things).prop_map(
        |(
            (donors, recipient, amount, announced),
            status,
            mechanism,
            sequence,
            (confidence, recalls, corrects),
            (things, number, is_contracted),
        )| {
            Told {
                donors,
                recipient,
                amount,
                announced,
                confidence,
                status,
                mechanism,
                sequence,
                things,
                number,
                is_contracted,
                recalls,
                corrects,
            }
        },
    )
}

pub(super) fn stories() -> impl Strategy<Value = Vec<Story>> {
    let told = prop::collection::vec(told(), 1..3);
    prop::collection::vec((0..60_i64, told, 0..TEXTS.len()), 2..14)
}

/// Many articles of one donor and two days, of which little but the day speaks for one package.
pub(super) fn crowd() -> impl Strategy<Value = Vec<Story>> {
    let statuses = prop::sample::select(vec![
        Status::Announced,
        Status::Announced,
        Status::Proposed,
        Status::Delivered,
        Status::Past,
        Status::Withdrawn,
    ]);
    let amount = prop_oneof![1 => Just(None), 1 => sums().prop_map(Some)];
    let about = (statuses, amount, 0..3_usize, 0..2_i64, prop::option::of(1..4_i64));
    let told = about.prop_map(|(status, amount, things, day, number)| Told {
        donors: &["US"],
        recipient: "UA",
        amount: amount.map(|millions| (millions, Qualifier::Exact, "USD")),
        announced: Day::Of(day),
        confidence: 900,
        status,
        mechanism: None,
        sequence: None,
        things,
        number,
        is_contracted: false,
        recalls: None,
        corrects: None,
    });
    let story = (0..2_i64, told.prop_map(|told| vec![told]), Just(0_usize));
    prop::collection::vec(story, 12..24)
}

pub(super) fn claim_of(told: &Told, text: &str) -> Claim {
    let mut claim = claim(text, 1, "");
    claim.donors = told.donors.iter().map(|one| (*one).to_owned()).collect();
    claim.recipients = vec![told.recipient.to_owned()];
    claim.amount = told.amount.map(|(millions, qualifier, currency)| Amount {
        bounds: Bounds::of(Decimal::from(millions * 1_000_000), qualifier),
        currency: currency.parse().unwrap(),
    });
    claim.announced = match told.announced {
        Day::Unknown => None,
        Day::Of(day) => Some(date(day)),
        Day::MonthOf(day) => date(day).to_string()[..7].parse().ok(),
        Day::YearOf(day) => date(day).to_string()[..4].parse().ok(),
    };
    (claim.confidence, claim.status) = (Confidence(told.confidence), told.status);
    (claim.mechanism, claim.sequence) = (told.mechanism.map(str::to_owned), told.sequence);
    let counts = [told.number, None];
    let things = ["hawk", "stinger"].into_iter().zip(counts).take(told.things);
    claim.items = things.map(|(one, number)| item(one, number)).collect();
    claim.contracted = told.is_contracted.then(|| date(50));
    // A multiple of five is told as a month alone.
    claim.recalls = told.recalls.map(|day| match day % 5 {
        0 => date(day).to_string()[..7].parse().unwrap(),
        _ => date(day),
    });
    claim.corrects = told.corrects;
    // The words that tell it are those from its first to its last evidence.
    if let Some(start) = text.find("The state") {
        let span = Span::new(start, start + 3);
        let (field, quote, rule) = ("donor".to_owned(), "The".to_owned(), "test".to_owned());
        claim.evidence.push(Evidence { field, span, quote, rule });
    }
    claim
}

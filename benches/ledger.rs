//! How fast the ledger places a claim among a hundred thousand packages, with a sum or without, records articles
//! (ten times as many in ten times as long), and answers on a synthetic ledger of a thousand packages.

#![allow(clippy::cast_possible_truncation, reason = "remainders are small")]
#![allow(missing_docs, reason = "the macros of criterion make public functions")]

use aidledger::ledger::{Access, Ledger, Policy};
use aidledger::model::{
    Aid, Amount, Article, Bounds, Claim, Confidence, Counted, Evidence, Extraction, Filter, Item,
    Qualifier, Span, Status, Thing,
};
use aidledger::report::{Format, Page, TotalsQuery, render, totals};
use aidledger::text::{Hint, read};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main};
use rust_decimal::Decimal;
use std::time::Instant;

const NOW: &str = "2024-01-01T00:00:00Z";
const POLICY: Policy = Policy { accept_from: Confidence(500) };
const PACKAGES: u64 = 1000;
const MANY: u64 = 100_000;

/// So many of them, the last, are by one donor for one recipient within two years.
const BUSY: u64 = 10_000;

/// An article that tells one package: forty donors, three recipients, six years, sums that recur; of
/// the busiest donor and recipient two years.
fn telling(number: u64) -> (Article, Extraction) {
    let text = format!("{number} million for tanks");
    // Days follow no pattern that donors or sums have too.
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let is_busy = (MANY - BUSY..MANY).contains(&number);
    let years = if is_busy { 2 } else { 6 };
    let (year, month, of_month) = (mixed % years, mixed / 6 % 12, mixed / 72 % 28);
    let day = format!("{}-{:02}-{:02}", 2019 + year, 1 + month, 1 + of_month);
    let mut article = read(text.as_bytes(), &Hint::default()).expect("text is readable");
    article.published = day.parse().ok();
    let donor = format!(
        "{}{}",
        char::from(b'A' + (number % 8) as u8),
        ["A", "B", "C", "D", "E"][(number / 8 % 5) as usize]
    );
    let recipient = ["UA", "IL", "MD"][(number / 40 % 3) as usize];
    let (donor, recipient) = if is_busy { ("US".to_owned(), "UA") } else { (donor, recipient) };
    let figure = Decimal::from(1 + number % 997) * Decimal::from(1_000_000);
    let proof = |field: &str, word: &str| {
        let start = text.find(word).unwrap_or(0);
        let span = Span::new(start, start + word.len());
        let (field, quote, rule) = (field.to_owned(), word.to_owned(), "bench".to_owned());
        Evidence { field, span, quote, rule }
    };
    let claim = Claim {
        donors: vec![donor],
        recipients: vec![recipient.to_owned()],
        announced: article.published,
        amount: Some(Amount {
            bounds: Bounds::of(figure, Qualifier::Exact),
            currency: "USD".parse().expect("a currency"),
        }),
        aid: Aid::Military,
        status: Status::Announced,
        mechanism: None,
        sequence: None,
        items: vec![Item {
            system: None,
            name: "tanks".to_owned(),
            text: "tanks".to_owned(),
            class: Some("tank".to_owned()),
            kinds: Vec::new(),
            quantity: None,
            unit: None,
            evidence: proof("item:0", "tanks").span,
        }],
        confidence: Confidence(900),
        continues: false,
        contracted: None,
        recalls: None,
        corrects: None,
        evidence: vec![proof("amount", "million"), proof("item:0", "tanks")],
    };
    (article, Extraction { claims: vec![claim], ..Extraction::default() })
}

/// The same without a sum, by one of a hundred tanks, of which others tell as many.
fn uncosted(number: u64) -> (Article, Extraction) {
    let (article, mut extraction) = telling(number);
    for claim in &mut extraction.claims {
        claim.amount = None;
        for item in &mut claim.items {
            let count = Decimal::from(2 + number % 89);
            item.system = Some(format!("tank-{}", number % 97));
            item.quantity = Some(Bounds::of(count, Qualifier::Exact));
            item.kinds = vec!["armour".to_owned(), "vehicle".to_owned()];
        }
    }
    (article, extraction)
}

fn record(ledger: &mut Ledger, (article, extraction): (Article, Extraction)) {
    let raw = article.text.clone();
    ledger.record(raw.as_bytes(), &article, &extraction, POLICY, NOW).expect("it is recorded");
}

fn filled(packages: u64) -> Ledger {
    let mut ledger = Ledger::in_memory().expect("a ledger in memory");
    (0..packages).for_each(|number| record(&mut ledger, telling(number)));
    ledger
}

/// The time of the processor that this process has used, in hundredths of a second; none where the system
/// does not say.
fn used() -> f64 {
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = told.rsplit(')').next().unwrap_or_default();
    let of = |place: usize| fields.split_whitespace().nth(place)?.parse::<f64>().ok();
    (of(11).unwrap_or_default() + of(12).unwrap_or_default()) / 100.0
}

/// How much longer ten times the articles take in a file, as `add` records them. A ledger in memory keeps
/// all its pages at hand, and to look after them takes the longer, the more they are.
fn growing(_: &mut Criterion) {
    let seconds = |packages| {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ledger =
            Ledger::open(&folder.path().join("a.db"), Access::Create).expect("a ledger");
        let (began, before) = (Instant::now(), used());
        (0..packages).for_each(|number| record(&mut ledger, telling(number)));
        (began.elapsed().as_secs_f64(), used() - before)
    };
    let (few, many) = (seconds(PACKAGES), seconds(10 * PACKAGES));
    println!(
        "ten times the articles take {:.1} times as long, of the processor {:.1}: {:.2} s (cpu {:.2}), \
         {:.2} s (cpu {:.2})",
        many.0 / few.0,
        many.1 / few.1,
        few.0,
        few.1,
        many.0,
        many.1
    );
}

/// Placing alone: finding what a claim may be, comparing, deciding. Each time another claim.
fn placing(ledger: &Ledger, criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("place among a hundred thousand packages");
    let spread: Vec<_> = (0..1000).map(|number| telling(number * 89)).collect();
    let new: Vec<_> = (0..1000).map(|number| telling(MANY + number)).collect();
    let busy: Vec<_> = (0..1000).map(|number| telling(MANY - 1 - number)).collect();
    for (name, articles) in [
        ("what is told again", &spread),
        ("what is new", &new),
        ("of the busiest donor and recipient", &busy),
    ] {
        place_each(ledger, &mut group, name, articles);
    }
    group.finish();
}

fn place_each(
    ledger: &Ledger,
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    articles: &[(Article, Extraction)],
) {
    let mut each = articles.iter().cycle();
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            let (article, extraction) = each.next().expect("articles");
            ledger.placement(article, &extraction.claims[0]).expect("it is placed")
        });
    });
}

/// The same of claims that name things alone, in a ledger where all do: only their number and kind tell them
/// apart.
fn placing_uncosted(criterion: &mut Criterion) {
    let mut ledger = Ledger::in_memory().expect("a ledger in memory");
    (0..MANY).for_each(|number| record(&mut ledger, uncosted(number)));
    let mut group =
        criterion.benchmark_group("place among a hundred thousand packages without a sum");
    let spread: Vec<_> = (0..1000).map(|number| uncosted(number * 89)).collect();
    let new: Vec<_> = (0..1000).map(|number| uncosted(MANY + number)).collect();
    let busy: Vec<_> = (0..1000).map(|number| uncosted(MANY - 1 - number)).collect();
    for (name, articles) in [
        ("what is told again", &spread),
        ("what is new", &new),
        ("of the busiest donor and recipient", &busy),
    ] {
        place_each(&ledger, &mut group, name, articles);
    }
    group.finish();
}

fn recording(criterion: &mut Criterion) {
    let mut ledger = filled(MANY);
    placing(&ledger, criterion);
    let mut group = criterion.benchmark_group("record");
    group.sample_size(20);
    let mut number = MANY;
    group.bench_function("among a hundred thousand packages", |bencher| {
        bencher.iter(|| {
            number += 1;
            record(&mut ledger, telling(number));
        });
    });
    // With the disk's own time: each article is safe before the next is read.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("aidledger.db");
    let mut ledger = Ledger::open(&path, Access::Create).expect("a new ledger");
    group.bench_function("on disk", |bencher| {
        bencher.iter(|| {
            number += 1;
            record(&mut ledger, telling(number));
        });
    });
    group.finish();
}

fn answering(criterion: &mut Criterion) {
    let ledger = filled(PACKAGES);
    let mut group = criterion.benchmark_group("answer");
    group.sample_size(20);
    group.bench_function("packages", |bencher| {
        bencher.iter(|| ledger.packages(&Filter::default()).expect("packages").len());
    });
    let packages = ledger.packages(&Filter::default()).expect("packages");
    group.bench_function("totals", |bencher| {
        bencher.iter(|| {
            let thing = |item: &Item| Thing {
                counted: Counted::Other,
                name: item.name.clone(),
                unit: None,
            };
            let table = totals(&packages, &TotalsQuery::default(), &thing);
            let mut out = Vec::new();
            render(&table, Format::Table, Page::default(), &mut out).expect("it is written");
            out
        });
    });
    group.bench_function("verify", |bencher| {
        bencher.iter(|| ledger.verify().expect("it is verified"));
    });
    group.finish();
}

criterion_group!(benches, growing, recording, placing_uncosted, answering);
criterion_main!(benches);

//! The gold sets of matching: which claims, and which articles, tell one package, over all orders of
//! reading.

use crate::support::root;
use aidledger::extraction::read_claims;
use aidledger::ledger::{Ledger, Order, Person, Policy, sha256};
use aidledger::lexicon::Lexicon;
use aidledger::model::{
    Aid, Amount, Article, Bounds, Claim, Confidence, DocumentFormat, Evidence, Extraction, Filter,
    Item, PackageId, Qualifier, Source, Span, Standing,
};
use aidledger::rates::RatesOnDemand;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

const NOW: &str = "2026-11-22T12:00:00Z";

/// The least pairwise F1 that is good enough.
const FLOOR: f64 = 0.95;

/// How many orders of reading are tried.
const SHUFFLES: u64 = 8;

/// A claim of a story, its article, and the package that it really tells.
struct Line {
    package: String,
    article: Article,
    claim: Claim,
}

fn stories() -> BTreeMap<String, Vec<Line>> {
    let text = fs::read_to_string(root().join("fixtures/stories/stories.tsv")).unwrap();
    let mut stories: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let [story, package, published, rest @ ..] = &line.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("{line}")
        };
        let of = stories.entry((*story).to_owned()).or_default();
        let text = format!("{story}, article {}", of.len());
        let (field, rule) = ("amount".to_owned(), "test".to_owned());
        let (span, quote) = (Span::new(0, text.len()), text.clone());
        let evidence = vec![Evidence { field, span, quote, rule }];
        let claim = Claim { evidence, ..claim(rest) };
        of.push(Line { package: (*package).to_owned(), article: article(&text, published), claim });
    }
    stories
}

/// Stories from the text on: what each article says is read from it.
fn read_stories() -> BTreeMap<String, Vec<Line>> {
    let text = fs::read_to_string(root().join("fixtures/stories/articles.tsv")).unwrap();
    let mut stories: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let [story, package, day, publisher, text] = &line.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("{line}")
        };
        let article = article(&format!("{text}\n\n{publisher}"), day);
        let claims = read_claims(Lexicon::builtin(), &article).claims;
        let [claim] = &claims[..] else { panic!("{} claims: {text}", claims.len()) };
        let (package, claim) = ((*package).to_owned(), claim.clone());
        stories.entry((*story).to_owned()).or_default().push(Line { package, article, claim });
    }
    stories
}

fn article(text: &str, day: &str) -> Article {
    Article {
        source: Source::default(),
        format: DocumentFormat::Text,
        sha256: sha256(text.as_bytes()),
        title: None,
        title_span: None,
        publisher: None,
        published: day.parse().ok(),
        language: Some("en".to_owned()),
        text: text.to_owned(),
        body: Span::new(0, text.len()),
    }
}

fn claim(fields: &[&str]) -> Claim {
    let [announced, donors, recipients, amount, aid, status, mechanism, sequence, items] = fields
    else {
        panic!("{fields:?}")
    };
    let codes = |list: &str| list.split(',').map(str::to_owned).collect();
    let stated = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Claim {
        donors: codes(donors),
        recipients: codes(recipients),
        announced: announced.parse().ok(),
        amount: stated(amount).map(|text| self::amount(&text)),
        aid: aid.parse::<Aid>().unwrap(),
        status: status.parse().unwrap(),
        mechanism: stated(mechanism),
        sequence: sequence.parse().ok(),
        items: items.split(',').filter(|item| !item.is_empty()).map(item).collect(),
        confidence: Confidence(900),
        continues: false,
        contracted: None,
        recalls: None,
        corrects: None,
        evidence: Vec::new(),
    }
}

/// `up_to 400 USD`: millions.
fn amount(text: &str) -> Amount {
    let words: Vec<&str> = text.split(' ').collect();
    let figure: Decimal = words[1].parse().unwrap();
    let figure = figure * Decimal::from(1_000_000);
    let bounds = Bounds::of(figure, words[0].parse::<Qualifier>().unwrap());
    Amount { bounds, currency: words[2].parse().unwrap() }
}

fn item(text: &str) -> Item {
    let (system, quantity) = text.split_once(':').unwrap_or((text, ""));
    let quantity: Option<Decimal> = quantity.parse().ok();
    Item {
        system: Some(system.to_owned()),
        name: system.to_uppercase(),
        text: text.to_owned(),
        class: None,
        kinds: Vec::new(),
        quantity: quantity.map(|number| Bounds::of(number, Qualifier::Exact)),
        unit: None,
        evidence: Span::new(0, 1),
    }
}

/// Records the article of a claim under a number.
fn record(ledger: &mut Ledger, number: usize, line: &Line) {
    let source = Source { path: Some(format!("{number}.txt")), ..Source::default() };
    let article = Article { source, ..line.article.clone() };
    let extraction = Extraction { claims: vec![line.claim.clone()], ..Extraction::default() };
    let policy = Policy { accept_from: Confidence(500) };
    ledger.record(article.text.as_bytes(), &article, &extraction, policy, NOW).unwrap();
}

/// Numbers from 0 in an order that the seed decides.
fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for place in (1..count).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let other = usize::try_from(state % (place as u64 + 1)).unwrap();
        order.swap(place, other);
    }
    order
}

/// Pairs of claims that were put together rightly, put together wrongly, and left apart wrongly.
#[derive(Debug, Default)]
struct Pairs {
    right: usize,
    wrong: Vec<(usize, usize)>,
    missed: Vec<(usize, usize)>,
}

impl Pairs {
    #[allow(clippy::cast_precision_loss)]
    fn f1(&self) -> f64 {
        let twice = 2 * self.right;
        twice as f64 / (twice + self.wrong.len() + self.missed.len()) as f64
    }
}

fn pairs(lines: &[&Line], put: &[u64]) -> Pairs {
    let mut pairs = Pairs::default();
    for left in 0..lines.len() {
        for right in left + 1..lines.len() {
            match (lines[left].package == lines[right].package, put[left] == put[right]) {
                (true, true) => pairs.right += 1,
                (false, true) => pairs.wrong.push((left, right)),
                (true, false) => pairs.missed.push((left, right)),
                (false, false) => {}
            }
        }
    }
    pairs
}

/// The claims of each package that holds any, its figures, and whether it counts.
type Books = BTreeSet<(BTreeSet<usize>, String, bool)>;

/// Reads the claims in this order; gives the package of each, and all packages, as they are then.
fn read(lines: &[&Line], order: &[usize]) -> (Vec<u64>, Books) {
    let mut ledger = empty();
    for number in order {
        record(&mut ledger, *number, lines[*number]);
    }
    books(lines, &ledger)
}

fn empty() -> Ledger {
    Ledger::in_memory().unwrap().exchanging(Arc::new(RatesOnDemand::default()))
}

fn books(lines: &[&Line], ledger: &Ledger) -> (Vec<u64>, Books) {
    let mut put = vec![0; lines.len()];
    let mut books = Books::new();
    for package in ledger.packages(&Filter::default()).unwrap() {
        let detail = ledger.package(package.id).unwrap().unwrap();
        let number = |path: &str| path.trim_end_matches(".txt").parse::<usize>().unwrap();
        let claims: BTreeSet<usize> = detail
            .tellings
            .iter()
            .map(|told| number(told.article.as_ref().unwrap().source.path.as_ref().unwrap()))
            .collect();
        for claim in &claims {
            put[*claim] = package.id.0;
        }
        let items: BTreeSet<String> =
            package.items.iter().map(|item| format!("{} {:?}", item.name, item.quantity)).collect();
        let facts = format!(
            "{:?} {:?} {:?} {:?} {:?} {items:?}",
            package.announced, package.amount, package.stage, package.mechanism, package.sequence
        );
        books.insert((claims, facts, package.standing == Standing::Accepted));
    }
    (put, books)
}

/// Which claims tell a package, by their numbers.
fn told(ledger: &Ledger, package: PackageId) -> Vec<usize> {
    let tellings = ledger.package(package).unwrap().unwrap().tellings;
    let number = |path: &str| path.trim_end_matches(".txt").parse::<usize>().unwrap();
    let paths = tellings.iter().map(|told| told.article.as_ref().unwrap().source.path.as_ref());
    paths.map(|path| number(path.unwrap())).collect()
}

/// Rules on each package that may be another one as a person would who knows the truth; gives how many
/// were the same, and how many were not.
fn ruled(ledger: &mut Ledger, lines: &[&Line]) -> (usize, usize) {
    let (mut same, mut other) = (0, 0);
    while let Some((one, maybe)) = ledger
        .waiting(&Filter::default())
        .unwrap()
        .iter()
        .find_map(|waiting| Some((waiting.package.id, waiting.maybe?)))
    {
        let really = |package| lines[told(ledger, package)[0]].package.clone();
        let order = if really(one) == really(maybe) {
            same += 1;
            Order::Merge(maybe, vec![one])
        } else {
            other += 1;
            Order::NotSame(vec![one, maybe])
        };
        let person = Person { by: "ann".to_owned(), reason: None };
        ledger.rule(&order, &person, NOW).unwrap();
    }
    (same, other)
}

fn describe(lines: &[&Line], number: usize) -> String {
    let Line { package, article, claim } = lines[number];
    let amount = claim.amount.map(|amount| amount.bounds.figure() / Decimal::from(1_000_000));
    format!(
        "{number}: {package} {:?} {:?} {amount:?} {} {:?}",
        article.published.map(|date| date.to_string()),
        claim.announced.map(|date| date.to_string()),
        claim.status,
        claim.sequence
    )
}

#[test]
fn tellings_of_one_package_are_put_together_and_no_others() {
    are_put_together(&stories());
}

#[test]
fn articles_on_one_package_are_put_together_and_no_others() {
    are_put_together(&read_stories());
}

/// Fails on any two that are wrongly together, where too many are apart, and on any package that depends on the
/// order.
fn are_put_together(stories: &BTreeMap<String, Vec<Line>>) {
    assert!(stories.len() >= 60, "{} stories", stories.len());
    assert!(stories.values().all(|story| (2..=8).contains(&story.len())));
    let lines: Vec<&Line> = stories.values().flatten().collect();
    let mut first = None;
    for seed in 0..SHUFFLES {
        let order =
            if seed == 0 { (0..lines.len()).collect() } else { shuffled(lines.len(), seed) };
        let (put, books) = read(&lines, &order);
        assert!(
            first.get_or_insert_with(|| books.clone()) == &books,
            "order {seed}: other packages"
        );
        let found = pairs(&lines, &put);
        let told: Vec<String> = found
            .wrong
            .iter()
            .map(|pair| ("wrongly together", pair))
            .chain(found.missed.iter().map(|pair| ("wrongly apart", pair)))
            .map(|(what, (left, right))| {
                format!("{what}\n  {}\n  {}", describe(&lines, *left), describe(&lines, *right))
            })
            .collect();
        let (wrong, f1) = (found.wrong.len(), found.f1());
        println!(
            "{} stories, {} claims, order {seed}: pairwise F1 {f1:.3}",
            stories.len(),
            lines.len()
        );
        assert!(wrong == 0 && f1 >= FLOOR, "order {seed}: F1 {f1:.3}\n{}", told.join("\n"));
    }
}

#[test]
fn what_a_person_told_apart_stays_apart_whatever_is_read_later() {
    let stories = stories();
    let lines: Vec<&Line> = stories.values().flatten().collect();
    let (mut same, mut other) = (0, 0);
    for seed in 0..SHUFFLES / 2 {
        let mut ledger = empty();
        for number in shuffled(lines.len(), seed) {
            record(&mut ledger, number, lines[number]);
            let (merged, apart) = ruled(&mut ledger, &lines);
            (same, other) = (same + merged, other + apart);
        }
        let found = pairs(&lines, &books(&lines, &ledger).0);
        let f1 = found.f1();
        println!("order {seed}: pairwise F1 {f1:.3} with persons' rulings");
        assert!(found.wrong.is_empty() && f1 >= FLOOR, "order {seed}: F1 {f1:.3}");
    }
    println!("{same} ruled the same, {other} not");
    assert!(same > 0 && other > 0);
}

#[test]
fn no_package_depends_on_the_order_of_reading() {
    let stories = stories();
    let lines: Vec<&Line> = stories.values().flatten().collect();
    let (_, first) = read(&lines, &(0..lines.len()).collect::<Vec<_>>());
    for seed in 1..=SHUFFLES {
        let (_, other) = read(&lines, &shuffled(lines.len(), seed));
        let differ: Vec<String> = first
            .difference(&other)
            .map(|(claims, facts, _)| {
                let claims: Vec<String> =
                    claims.iter().map(|claim| describe(&lines, *claim)).collect();
                format!("{facts}\n    {}", claims.join("\n    "))
            })
            .collect();
        println!("order {seed}: {} of {} packages differ", differ.len(), first.len());
        assert!(differ.is_empty(), "order {seed}:\n{}", differ.join("\n"));
    }
}

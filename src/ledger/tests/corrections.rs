//! What a text takes back or calls off, and which announcement a handover names: each joins the package that
//! is meant, in any order.

use super::drawn::Bank;
use super::ruling::ruled;
use super::*;
use crate::ledger::{Order, PackageDetail};
use crate::model::accord::{Accord, Said, Why};
use crate::model::{
    Check, Correction, Exchange, Fact, Filter, NoRates, PackageId, Placement, PublisherKind, Stage,
    Standing,
};
use std::sync::Arc;

/// An article in a few figures: its text, its day, the millions and what else makes its claim.
type Told = (&'static str, &'static str, Option<i64>, fn(&mut Claim));

fn read(articles: &[Told], order: &[usize]) -> Ledger {
    read_with(Arc::new(NoRates), articles, order)
}

fn read_with(exchange: Arc<dyn Exchange>, articles: &[Told], order: &[usize]) -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap().exchanging(exchange);
    for number in order {
        let (text, day, millions, change) = articles[*number];
        tell(&mut ledger, text, day, |claim| {
            (claim.amount, claim.announced) = (millions.map(dollars), day.parse().ok());
            change(claim);
        });
    }
    ledger
}

/// The packages that count, with their sums, stages and the number of their tellings.
fn counted(ledger: &Ledger) -> Vec<(Option<i64>, Stage, usize)> {
    let million = Decimal::from(1_000_000);
    let packages = ledger.packages(&Filter::default()).unwrap().into_iter();
    let accepted = packages.filter(|package| package.standing == Standing::Accepted);
    let mut all: Vec<(Option<i64>, Stage, usize)> = accepted
        .map(|package| {
            let figure = |amount: Amount| (amount.bounds.figure() / million).try_into().unwrap();
            (package.amount.map(figure), package.stage, package.sources.len())
        })
        .collect();
    all.sort_unstable();
    all
}

fn detail(ledger: &Ledger, package: u64) -> PackageDetail {
    ledger.package(PackageId(package)).unwrap().unwrap()
}

const ORDERS: [[usize; 4]; 4] = [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]];

#[test]
fn a_correction_that_names_the_wrong_sum_is_that_package_with_the_right_one() {
    let articles: [Told; 4] = [
        ("First", "2024-05-29", Some(133), |_| {}),
        ("A copy of it", "2024-05-29", Some(133), |_| {}),
        ("Corrected", "2024-05-30", Some(138), |claim| {
            claim.announced = "2024-05-29".parse().ok();
            claim.corrects = Some(Correction { amount: Some(dollars(133)) });
        }),
        ("A copy of that", "2024-05-30", Some(138), |claim| {
            claim.announced = "2024-05-29".parse().ok();
        }),
    ];
    for order in ORDERS {
        let ledger = read(&articles, &order);
        assert_eq!(counted(&ledger), [(Some(138), Stage::Announced, 4)], "{order:?}");
        let detail = detail(&ledger, 1);
        let amount =
            detail.fields.iter().find(|field| matches!(field.value, Fact::Amount(_))).unwrap();
        assert_eq!(amount.why, Some(Why::Correction), "{order:?}");
        let taken_back = |said: &&Said| said.accord == Accord::Corrected;
        assert_eq!(amount.said.iter().filter(taken_back).count(), 2, "the other sum stays visible");
        assert!(!amount.is_conflict(), "what was taken back contradicts nothing");
        let conflicts = ledger.check(&[Check::Conflicts]).unwrap();
        assert!(conflicts.is_empty(), "{conflicts:?}");
        let reasons: Vec<&str> = detail.tellings.iter().map(|told| told.reason.as_str()).collect();
        let says = |words: &str| reasons.iter().any(|reason| reason.contains(words));
        assert!(says("the one corrects the sum of the other"), "{reasons:?}");
    }
}

#[test]
fn a_correction_of_another_sum_or_of_a_package_long_before_is_a_package_of_its_own() {
    let wrong = |day: &str, taken: i64| {
        let mut ledger = Ledger::in_memory().unwrap();
        tell(&mut ledger, "First", "2024-05-29", |claim| claim.amount = Some(dollars(133)));
        let told = tell(&mut ledger, "Corrected", day, |claim| {
            claim.amount = Some(dollars(138));
            claim.corrects = Some(Correction { amount: Some(dollars(taken)) });
        });
        told.placed[0].placement.clone()
    };
    assert!(matches!(wrong("2024-05-30", 133), Placement::Further { .. }));
    assert!(matches!(wrong("2024-05-30", 150), Placement::New { .. }));
    assert!(matches!(wrong("2024-08-30", 133), Placement::New { .. }));
}

#[test]
fn what_tells_the_wrong_sum_in_another_money_stays_with_what_corrects_it() {
    const IN: fn(&mut Claim, &str) = |claim, currency| {
        let currency = currency.parse().unwrap();
        claim.amount = claim.amount.map(|amount| Amount { currency, ..amount });
    };
    let articles: [Told; 4] = [
        ("A wire before", "2024-03-06", Some(145), |claim| {
            IN(claim, "EUR");
            claim.status = Status::Proposed;
        }),
        ("The ministry", "2024-03-06", Some(1600), |claim| IN(claim, "NOK")),
        ("The ministry again", "2024-03-08", Some(1500), |claim| {
            IN(claim, "NOK");
            let wrong = claim.amount.map(|amount| Amount {
                bounds: Bounds::of(Decimal::from(1_600_000_000), Qualifier::Exact),
                ..amount
            });
            claim.corrects = Some(Correction { amount: wrong });
            claim.items = vec![item("hawk", Some(4))];
        }),
        ("Two are there", "2024-05-20", None, |claim| {
            (claim.status, claim.recalls) = (Status::Delivered, "2024-03-06".parse().ok());
            claim.items = vec![item("hawk", Some(2))];
        }),
    ];
    for order in ORDERS {
        let ledger = read_with(Arc::new(Bank), &articles, &order);
        assert_eq!(counted(&ledger), [(Some(1500), Stage::Delivered, 4)], "{order:?}");
        let announced = ledger.packages(&Filter::default()).unwrap()[0].announced;
        assert_eq!(announced, "2024-03-06".parse().ok(), "that of the correction is its own day");
        assert!(ledger.check(&[Check::Conflicts]).unwrap().is_empty());
    }
}

#[test]
fn an_official_sum_stands_above_the_correction_of_a_paper() {
    let mut ledger = Ledger::in_memory().unwrap();
    let text = "The ministry: 133 million";
    let mut official = article(text, "2024-05-29");
    official.source.kind = Some(PublisherKind::Official);
    let claims = with_claims(vec![claim(text, 133, "2024-05-29")]);
    ledger.record(text.as_bytes(), &official, &claims, POLICY, NOW).unwrap();
    tell(&mut ledger, "Corrected", "2024-05-29", |claim| {
        claim.amount = Some(dollars(138));
        claim.corrects = Some(Correction { amount: Some(dollars(133)) });
    });
    assert_eq!(counted(&ledger), [(Some(133), Stage::Announced, 2)]);
    let fields = detail(&ledger, 1).fields;
    assert!(fields.iter().any(|field| field.why == Some(Why::Official)), "{fields:?}");
}

#[test]
fn what_a_page_tells_after_it_was_changed_stands_above_what_it_told_before_once_both_are_one() {
    let mut ledger = Ledger::in_memory().unwrap();
    for (millions, qualifier) in [(400, Qualifier::Exact), (450, Qualifier::About)] {
        let text = format!("The page says {millions} million");
        let mut page = article(&text, "2024-05-29");
        page.source.path = Some("https://paper.example/aid".to_owned());
        let mut told = claim(&text, millions, "2024-05-29");
        told.amount = told.amount.map(|amount| Amount {
            bounds: Bounds::of(amount.bounds.figure(), qualifier),
            ..amount
        });
        ledger.record(text.as_bytes(), &page, &with_claims(vec![told]), POLICY, NOW).unwrap();
    }
    assert_eq!(detail(&ledger, 2).maybe, Some(PackageId(1)));
    ruled(&mut ledger, &Order::Merge(PackageId(1), vec![PackageId(2)]));
    assert_eq!(counted(&ledger), [(Some(450), Stage::Announced, 2)]);
    assert!(detail(&ledger, 1).fields.iter().any(|field| field.why == Some(Why::Correction)));
    assert_eq!(ledger.rebuild().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_handover_that_names_the_day_of_the_announcement_is_of_that_package() {
    let articles: [Told; 4] = [
        ("In the middle of April", "2022-04-13", Some(800), |_| {}),
        ("A week later", "2022-04-21", Some(800), |_| {}),
        ("All of it is there", "2022-06-10", Some(800), |claim| {
            (claim.status, claim.recalls) = (Status::Delivered, "2022-04-21".parse().ok());
        }),
        ("Of March", "2022-06-11", Some(800), |claim| {
            (claim.status, claim.recalls) = (Status::Delivered, "2022-03".parse().ok());
        }),
    ];
    let expected = [
        (Some(800), Stage::Announced, 1),
        (Some(800), Stage::Delivered, 1),
        (Some(800), Stage::Delivered, 2),
    ];
    for order in ORDERS {
        let ledger = read(&articles, &order);
        assert_eq!(counted(&ledger), expected, "{order:?}");
    }
}

#[test]
fn what_is_called_off_by_the_day_of_its_announcement_leaves_the_totals_without_a_sum() {
    let articles: [Told; 4] = [
        ("Given", "2023-10-04", Some(40), |_| {}),
        ("Given later", "2023-10-24", Some(30), |_| {}),
        ("Called off", "2023-11-08", None, |claim| {
            (claim.status, claim.recalls) = (Status::Withdrawn, "2023-10-04".parse().ok());
        }),
        ("Tanks are called off", "2023-11-09", None, |claim| {
            (claim.status, claim.recalls) = (Status::Withdrawn, "2023-10-04".parse().ok());
            claim.items = vec![item("leopard-2", Some(4))];
        }),
    ];
    for order in ORDERS {
        let ledger = read(&articles, &order);
        let counted = counted(&ledger);
        let expected = [(Some(30), Stage::Announced, 1), (Some(40), Stage::Withdrawn, 2)];
        assert_eq!(counted, expected, "{order:?}");
        let waiting = ledger.waiting(&Filter::default()).unwrap();
        assert_eq!(waiting.len(), 1, "whether the tanks were part of it a person must say");
    }
}

#[test]
fn as_many_that_are_called_off_as_were_promised_are_those_where_no_others_are_known() {
    let howitzers = |claim: &mut Claim| claim.items = vec![item("zuzana-2", Some(14))];
    let called_off = |promised: &[&str]| {
        let mut ledger = Ledger::in_memory().unwrap();
        for day in promised {
            tell(&mut ledger, day, day, |claim| {
                (claim.amount, claim.announced) = (None, day.parse().ok());
                howitzers(claim);
            });
        }
        let told = tell(&mut ledger, "Called off", "2023-11-08", |claim| {
            (claim.amount, claim.status) = (None, Status::Withdrawn);
            howitzers(claim);
        });
        told.placed[0].placement.clone()
    };
    let further = called_off(&["2023-06-04"]);
    assert!(matches!(further, Placement::Further { .. }), "{further:?}");
    let either = called_off(&["2023-06-04", "2023-08-04"]);
    assert!(matches!(either, Placement::Doubtful { .. }), "{either:?}");
}

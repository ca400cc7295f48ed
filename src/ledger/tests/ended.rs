//! What is ordered, and what is called off by words that do not say what: both look back on a package, in
//! any order.

use super::ruling::ruled;
use super::*;
use crate::ledger::Order;
use crate::model::{Filter, PackageId, Stage, Standing};

type Told = (&'static str, &'static str, fn(&mut Claim));

const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

fn read(articles: &[Told], order: &[usize]) -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    for number in order {
        let (text, day, change) = articles[*number];
        tell(&mut ledger, text, day, |claim| {
            (claim.amount, claim.announced) = (None, day.parse().ok());
            change(claim);
        });
    }
    ledger
}

/// Stage, standing and, of what waits, the day of the package that it may be.
fn shown(ledger: &Ledger) -> Vec<(String, Stage, Standing, Option<String>)> {
    let day = |id: PackageId| {
        let package = ledger.package(id).unwrap().unwrap().package;
        package.announced.map(|day| day.to_string()).unwrap_or_default()
    };
    let packages = ledger.packages(&Filter::default()).unwrap().into_iter();
    let mut all: Vec<_> = packages
        .map(|package| {
            let maybe = ledger.package(package.id).unwrap().unwrap().maybe;
            (day(package.id), package.stage, package.standing, maybe.map(day))
        })
        .collect();
    all.sort();
    all
}

fn row(
    day: &str,
    stage: Stage,
    standing: Standing,
    maybe: Option<&str>,
) -> (String, Stage, Standing, Option<String>) {
    (day.to_owned(), stage, standing, maybe.map(str::to_owned))
}

fn guns(number: i64) -> Vec<Item> {
    vec![item("zuzana-2", Some(number))]
}

#[test]
fn what_is_ordered_months_after_as_many_were_promised_may_be_these() {
    let articles: [Told; 3] = [
        ("Promised", "2024-01-10", |claim| claim.items = guns(54)),
        ("Others are promised", "2024-02-10", |claim| {
            claim.items = vec![item("leopard-2", Some(4))];
        }),
        ("Ordered", "2024-06-12", |claim| {
            (claim.items, claim.contracted) = (guns(54), "2024-06-12".parse().ok());
        }),
    ];
    for order in ORDERS {
        let ledger = read(&articles, &order);
        let expected = [
            row("2024-01-10", Stage::Announced, Standing::Accepted, None),
            row("2024-02-10", Stage::Announced, Standing::Accepted, None),
            row("2024-06-12", Stage::Contracted, Standing::Pending, Some("2024-01-10")),
        ];
        assert_eq!(shown(&ledger), expected, "{order:?}");
    }
}

#[test]
fn what_is_ordered_and_then_handed_over_was_promised_first() {
    let articles: [Told; 3] = [
        ("Promised", "2024-05-10", |claim| {
            (claim.items, claim.amount) = (guns(54), Some(dollars(90)));
        }),
        ("Ordered", "2024-06-12", |claim| {
            (claim.items, claim.amount) = (guns(54), Some(dollars(90)));
            claim.contracted = claim.announced;
        }),
        ("Handed over", "2024-07-01", |claim| {
            (claim.items, claim.amount) = (guns(54), Some(dollars(90)));
            claim.status = Status::Delivered;
        }),
    ];
    for order in ORDERS {
        let ledger = read(&articles, &order);
        let expected = [row("2024-05-10", Stage::Delivered, Standing::Accepted, None)];
        assert_eq!(shown(&ledger), expected, "{order:?}");
        let detail = ledger.packages(&Filter::default()).unwrap().remove(0);
        let detail = ledger.package(detail.id).unwrap().unwrap();
        let stages: Vec<Stage> = detail.stages.iter().map(|reached| reached.stage).collect();
        let announced = Stage::Announced;
        assert_eq!(stages, [announced, Stage::Contracted, Stage::Delivered], "{order:?}");
        assert!(detail.fields.iter().all(|field| !field.is_conflict()), "{order:?}");
    }
}

#[test]
fn what_is_called_off_without_saying_what_waits_beside_the_last_that_may_be_it() {
    let articles: [Told; 3] = [
        ("Promised", "2024-01-10", |claim| claim.amount = Some(dollars(90))),
        ("Only planned", "2024-02-10", |claim| {
            (claim.status, claim.items) = (Status::Proposed, guns(4));
        }),
        ("A package is called off", "2024-02-20", |claim| claim.status = Status::Withdrawn),
    ];
    for order in ORDERS {
        let mut ledger = read(&articles, &order);
        let expected = [
            row("2024-01-10", Stage::Announced, Standing::Accepted, None),
            row("2024-02-10", Stage::Proposed, Standing::Accepted, None),
            row("2024-02-20", Stage::Withdrawn, Standing::Pending, Some("2024-02-10")),
        ];
        assert_eq!(shown(&ledger), expected, "{order:?}");
        // It is not that one: then it may be the one before.
        let of = |ledger: &Ledger, stage: Stage| {
            let packages = ledger.packages(&Filter::default()).unwrap();
            packages.into_iter().find(|package| package.stage == stage).unwrap().id
        };
        let (end, plan) = (of(&ledger, Stage::Withdrawn), of(&ledger, Stage::Proposed));
        ruled(&mut ledger, &Order::NotSame(vec![end, plan]));
        assert_eq!(shown(&ledger)[2].3.as_deref(), Some("2024-01-10"), "{order:?}");
        let promised = of(&ledger, Stage::Announced);
        ruled(&mut ledger, &Order::Merge(promised, vec![end]));
        let expected = [
            row("2024-01-10", Stage::Withdrawn, Standing::Accepted, None),
            row("2024-02-10", Stage::Proposed, Standing::Accepted, None),
        ];
        assert_eq!(shown(&ledger), expected, "{order:?}");
        assert_eq!(ledger.rebuild().unwrap().problems, Vec::<String>::new());
    }
}

#[test]
fn two_articles_that_call_something_off_on_one_day_are_asked_about_once() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "Promised", "2024-01-10", |claim| {
        claim.announced = "2024-01-10".parse().ok();
    });
    for (text, day) in [("Called off", "2024-02-20"), ("Called off too", "2024-02-21")] {
        tell(&mut ledger, text, day, |claim| {
            (claim.amount, claim.announced) = (None, day.parse().ok());
            claim.status = Status::Withdrawn;
        });
    }
    let waiting = ledger.waiting(&Filter::default()).unwrap();
    assert_eq!(waiting.len(), 1);
}

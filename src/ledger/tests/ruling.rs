//! What persons decide: what it changes, that it stands, and that it can be taken back.

use super::*;
use crate::ledger::{LedgerError, Order, Person, Ruled};
use crate::model::{Fact, Filter, Package, PackageId, Placement, Stage, Standing, Verdict};

pub(super) fn ann() -> Person {
    Person { by: "ann".to_owned(), reason: Some("checked".to_owned()) }
}

pub(super) fn rule(ledger: &mut Ledger, order: &Order) -> Result<Ruled, LedgerError> {
    ledger.rule(order, &ann(), NOW)
}

pub(super) fn ruled(ledger: &mut Ledger, order: &Order) -> Ruled {
    let ruled = rule(ledger, order).unwrap();
    assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new(), "{order:?}");
    ruled
}

pub(super) fn ids(numbers: &[u64]) -> Vec<PackageId> {
    numbers.iter().copied().map(PackageId).collect()
}

pub(super) fn package(ledger: &Ledger, number: u64) -> Package {
    ledger.package(PackageId(number)).unwrap().unwrap().package
}

pub(super) fn standing(ledger: &Ledger, number: u64) -> Standing {
    package(ledger, number).standing
}

/// The numbers of the packages that are no part of others, with how many tellings each has.
pub(super) fn shape(ledger: &Ledger) -> Vec<(u64, usize)> {
    let packages = ledger.packages(&Filter::default()).unwrap();
    let mut shape: Vec<(u64, usize)> = packages
        .iter()
        .map(|one| (one.id.0, ledger.package(one.id).unwrap().unwrap().tellings.len()))
        .collect();
    shape.sort_unstable();
    shape
}

/// Three packages: P1 of 400 million with two tellings, P2 of 275 million, P3 that waits.
pub(super) fn three() -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "A: $400", "2022-11-11", |claim| claim.items = vec![item("hawk", None)]);
    tell(&mut ledger, "B: $400", "2022-11-12", |claim| claim.items = vec![item("hawk", Some(2))]);
    tell(&mut ledger, "C: $275", "2022-12-09", |claim| claim.amount = Some(dollars(275)));
    tell(&mut ledger, "D: $60", "2023-01-09", |claim| {
        claim.amount = Some(dollars(60));
        claim.confidence = Confidence(200);
    });
    assert_eq!(shape(&ledger), [(1, 2), (2, 1), (3, 1)]);
    ledger
}

#[test]
fn a_decision_says_what_was_before_and_what_is_after_and_can_be_taken_back() {
    let mut ledger = three();
    let done = ruled(&mut ledger, &Order::Accept(ids(&[3])));
    let ruling = done.ruling.unwrap();
    assert_eq!((ruling.verdict, ruling.by.as_str()), (Verdict::Accept, "ann"));
    assert_eq!(ruling.reason.as_deref(), Some("checked"));
    assert_eq!(ruling.changes[0].before, Fact::Standing(Standing::Pending));
    assert_eq!(ruling.changes[0].after, Fact::Standing(Standing::Accepted));
    assert_eq!(standing(&ledger, 3), Standing::Accepted);
    let seq = done.receipt.unwrap().seq;
    let back = ruled(&mut ledger, &Order::Undo);
    assert_eq!(back.of.unwrap().seq, seq);
    assert_eq!(standing(&ledger, 3), Standing::Pending);
    let reason = ledger.package(PackageId(3)).unwrap().unwrap().pending_reason;
    assert_eq!(reason.as_deref(), Some("confidence 0.20 is below 0.60"));
    ruled(&mut ledger, &Order::Redo);
    assert_eq!(standing(&ledger, 3), Standing::Accepted);
    assert_eq!(ledger.package(PackageId(3)).unwrap().unwrap().entries.len(), 5);
}

#[test]
fn what_is_so_already_writes_nothing() {
    let mut ledger = three();
    ruled(&mut ledger, &Order::Merge(PackageId(1), ids(&[2])));
    ruled(&mut ledger, &Order::Void(ids(&[3])));
    let head = ledger.head().unwrap();
    for order in [
        Order::Accept(ids(&[1])),
        Order::Void(ids(&[3, 3])),
        Order::Restore(ids(&[1])),
        Order::Merge(PackageId(1), ids(&[2])),
        Order::Amend(PackageId(1), vec![Fact::Aid(Aid::Military)]),
    ] {
        let done = ruled(&mut ledger, &order);
        assert_eq!((done.ruling, done.receipt), (None, None), "{order:?}");
        assert_eq!(done.unchanged.len(), 1, "{order:?}");
    }
    assert_eq!(ledger.head().unwrap(), head);
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_is_written() {
    let mut ledger = three();
    ruled(&mut ledger, &Order::Merge(PackageId(1), ids(&[2])));
    ruled(&mut ledger, &Order::Reject(ids(&[3])));
    let head = ledger.head().unwrap();
    for (order, expected) in [
        (Order::Accept(ids(&[1, 9])), "P9: the ledger holds no such package"),
        (
            Order::Accept(ids(&[3])),
            "P3: found a rejected package, expected a package that is pending or accepted",
        ),
        (
            Order::Void(ids(&[2])),
            "P2: found a part of P1, expected a package that is pending or accepted",
        ),
        (
            Order::Merge(PackageId(1), ids(&[1])),
            "P1: found the same package twice, expected two packages",
        ),
        (
            Order::Split(PackageId(1), Vec::new()),
            "P1: found 0 of its 3 tellings to split off, expected some of them, and some that stay",
        ),
        (
            Order::Amend(PackageId(1), vec![Fact::Donors(vec!["usa!".to_owned()])]),
            "P1: donors is \"usa!\", expected a code of capital letters such as US",
        ),
        (
            Order::Redo,
            "nothing to redo: expected a decision of a person that was undone, and none after it",
        ),
    ] {
        assert_eq!(rule(&mut ledger, &order).unwrap_err().to_string(), expected);
    }
    let auto = Person { by: "auto".to_owned(), reason: None };
    assert!(ledger.rule(&Order::Undo, &auto, NOW).is_err());
    assert_eq!(ledger.head().unwrap(), head);
}

#[test]
fn undo_repeats_and_a_new_decision_ends_redo() {
    let mut ledger = three();
    for package in 1..=3 {
        ruled(&mut ledger, &Order::Void(ids(&[package])));
    }
    ruled(&mut ledger, &Order::Undo);
    ruled(&mut ledger, &Order::Undo);
    let standings = |ledger: &Ledger| [1, 2, 3].map(|number| standing(ledger, number).as_str());
    assert_eq!(standings(&ledger), ["void", "accepted", "pending"]);
    ruled(&mut ledger, &Order::Redo);
    assert_eq!(standings(&ledger), ["void", "void", "pending"]);
    ruled(&mut ledger, &Order::Redo);
    assert_eq!(standings(&ledger), ["void", "void", "void"]);
    ruled(&mut ledger, &Order::Undo);
    ruled(&mut ledger, &Order::Restore(ids(&[1])));
    assert!(matches!(rule(&mut ledger, &Order::Redo), Err(LedgerError::Nothing { .. })));
    for expected in ["void", "void", "accepted"] {
        ruled(&mut ledger, &Order::Undo);
        assert_eq!(standing(&ledger, 1).as_str(), expected);
    }
    assert!(matches!(rule(&mut ledger, &Order::Undo), Err(LedgerError::Nothing { .. })));
}

#[test]
fn rejected_stays_rejected_whatever_articles_come() {
    let mut ledger = three();
    ruled(&mut ledger, &Order::Reject(ids(&[1])));
    // The same bytes, then the same story in other bytes.
    assert!(tell(&mut ledger, "A: $400", "2022-11-11", |_| {}).already);
    let again = tell(&mut ledger, "A once more: $400", "2022-11-11", |_| {});
    assert!(matches!(again.placed[0].placement, Placement::Further { package: PackageId(1), .. }));
    assert_eq!(again.placed[0].standing, Standing::Rejected);
    assert_eq!(shape(&ledger), [(1, 3), (2, 1), (3, 1)]);
    assert_eq!(standing(&ledger, 1), Standing::Rejected);
    ruled(&mut ledger, &Order::Restore(ids(&[1])));
    assert_eq!(standing(&ledger, 1), Standing::Accepted);
}

#[test]
fn what_is_like_a_rejected_package_and_another_one_tells_the_other() {
    let on = |day: &'static str| move |claim: &mut Claim| claim.announced = day.parse().ok();
    let between_all = |orders: &[Order]| {
        let mut ledger = Ledger::in_memory().unwrap();
        tell(&mut ledger, "A: $400", "2022-11-10", on("2022-11-10"));
        tell(&mut ledger, "B: $400", "2022-11-16", on("2022-11-16"));
        tell(&mut ledger, "D: $7", "2022-06-16", |claim| claim.amount = Some(dollars(7)));
        ruled(&mut ledger, &Order::Accept(ids(&[2])));
        for order in orders {
            ruled(&mut ledger, order);
        }
        told(&mut ledger, "C: $400", on("2022-11-13"))
    };
    let between = |order: &Order| between_all(std::slice::from_ref(order));
    assert_eq!(between(&Order::NotSame(ids(&[1, 2]))), None);
    assert_eq!(between(&Order::Reject(ids(&[1]))), Some(PackageId(2)));
    assert_eq!(between(&Order::Void(ids(&[2]))), Some(PackageId(1)));
    // A part is rejected with the whole.
    let whole = [Order::Merge(PackageId(3), ids(&[1])), Order::Reject(ids(&[3]))];
    assert_eq!(between_all(&whole), Some(PackageId(2)));
}

/// The package that a further telling joined; `None` where it was no further telling.
fn told(ledger: &mut Ledger, text: &str, change: impl FnOnce(&mut Claim)) -> Option<PackageId> {
    match tell(ledger, text, "2022-11-13", change).placed.remove(0).placement {
        Placement::Further { package, .. } => Some(package),
        _ => None,
    }
}

#[test]
fn an_amended_field_stands_above_all_tellings_and_the_package_is_still_found_by_them() {
    let mut ledger = three();
    let up_to = Amount {
        bounds: Bounds::of(Decimal::from(350_000_000), Qualifier::UpTo),
        currency: "USD".parse().unwrap(),
    };
    let facts = vec![
        Fact::Amount(Some(up_to)),
        Fact::Stage(Stage::Contracted),
        Fact::Announced("2022-11-10".parse().ok()),
        Fact::Donors(vec!["US".to_owned(), "GB".to_owned()]),
        Fact::Mechanism(None),
    ];
    let done = ruled(&mut ledger, &Order::Amend(PackageId(1), facts));
    assert_eq!(done.ruling.unwrap().changes.len(), 4);
    let amended = |ledger: &Ledger| {
        let one = package(ledger, 1);
        assert_eq!(one.amount, Some(up_to));
        assert_eq!(one.stage, Stage::Contracted);
        assert_eq!(one.donors, ["GB", "US"]);
    };
    amended(&ledger);
    // Articles go on saying what they said.
    let told = tell(&mut ledger, "E: $400", "2022-11-12", |claim| claim.status = Status::Delivered);
    assert!(matches!(told.placed[0].placement, Placement::Further { package: PackageId(1), .. }));
    amended(&ledger);
    ruled(&mut ledger, &Order::Undo);
    let one = package(&ledger, 1);
    assert_eq!((one.amount, one.stage), (Some(dollars(400)), Stage::Delivered));
    assert_eq!((one.donors, one.sources.len()), (vec!["US".to_owned()], 3));
    // Not stated is not zero.
    ruled(&mut ledger, &Order::Amend(PackageId(1), vec![Fact::Amount(None)]));
    assert_eq!(package(&ledger, 1).amount, None);
}

#[test]
fn an_entry_by_hand_can_be_undone_and_no_article_joins_it_then() {
    let mut ledger = Ledger::in_memory().unwrap();
    let quote = "The US gives $400 million";
    let manual = crate::ledger::Manual {
        claim: claim(quote, 400, "2022-11-11"),
        quote: Some(quote.to_owned()),
        source: None,
        by: "ann".to_owned(),
    };
    ledger.enter(&manual, NOW).unwrap();
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(standing(&ledger, 1), Standing::Undone);
    let told = tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    assert_eq!(told.placed[0].package, Some(PackageId(2)));
    ruled(&mut ledger, &Order::Redo);
    assert_eq!(standing(&ledger, 1), Standing::Accepted);
    ruled(&mut ledger, &Order::Undo);
    ruled(&mut ledger, &Order::Restore(ids(&[1])));
    assert_eq!(standing(&ledger, 1), Standing::Accepted);
}

#[test]
fn the_ledger_as_it_stood_is_what_it_was_then() {
    let mut ledger = three();
    let mut days = vec![("2022-11-12", shape(&ledger))];
    for (day, order) in [
        ("2022-11-13", Order::Merge(PackageId(1), ids(&[2]))),
        ("2022-11-14", Order::Void(ids(&[1]))),
        ("2022-11-15", Order::Undo),
        ("2022-11-16", Order::Undo),
    ] {
        ledger.rule(&order, &ann(), &format!("{day}T23:59:59Z")).unwrap();
        days.push((day, shape(&ledger)));
    }
    let head = ledger.head().unwrap();
    for (number, (day, expected)) in days.iter().enumerate() {
        let past = ledger.as_of(day.parse().unwrap()).unwrap();
        assert_eq!(shape(&past), *expected, "{day}");
        assert_eq!(past.head().unwrap().seq, 8 + number as u64);
        let decisions = past.history(PackageId(1)).unwrap().unwrap().len();
        assert_eq!(decisions, 2 + number);
    }
    let past = ledger.as_of("2022-11-14".parse().unwrap()).unwrap();
    assert_eq!(standing(&past, 1), Standing::Void);
    let before = ledger.as_of("2022-10".parse().unwrap()).unwrap();
    assert_eq!((shape(&before), before.head().unwrap().seq), (Vec::new(), 0));
    assert_eq!(ledger.head().unwrap(), head);
    assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new());
}

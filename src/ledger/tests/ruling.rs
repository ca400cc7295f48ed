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

fn ruled(ledger: &mut Ledger, order: &Order) -> Ruled {
    let ruled = rule(ledger, order).unwrap();
    assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new(), "{order:?}");
    ruled
}

fn ids(numbers: &[u64]) -> Vec<PackageId> {
    numbers.iter().copied().map(PackageId).collect()
}

fn package(ledger: &Ledger, number: u64) -> Package {
    ledger.package(PackageId(number)).unwrap().unwrap().package
}

fn standing(ledger: &Ledger, number: u64) -> Standing {
    package(ledger, number).standing
}

/// The numbers of the packages that are no part of others, with how many tellings each has.
fn shape(ledger: &Ledger) -> Vec<(u64, usize)> {
    let packages = ledger.packages(&Filter::default()).unwrap();
    let mut shape: Vec<(u64, usize)> = packages
        .iter()
        .map(|one| (one.id.0, ledger.package(one.id).unwrap().unwrap().tellings.len()))
        .collect();
    shape.sort_unstable();
    shape
}

/// Three packages: P1 of 400 million with two tellings, P2 of 275 million, P3 that waits.
fn three() -> Ledger {
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
        Order::Amend(PackageId(1), vec![Fact::Amount(Some(dollars(400)))]),
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
fn packages_that_a_person_merged_stay_one_for_every_later_article() {
    let mut ledger = three();
    ruled(&mut ledger, &Order::Merge(PackageId(1), ids(&[2])));
    assert_eq!(shape(&ledger), [(1, 3), (3, 1)]);
    let part = ledger.package(PackageId(2)).unwrap().unwrap();
    assert_eq!(part.package.standing, Standing::Merged);
    assert_eq!(part.merged_into, Some(PackageId(1)));
    // Each part is found by how it is told, though the whole shows only one amount.
    for (text, millions, day) in [("E: $400", 400, "2022-11-13"), ("F: $275", 275, "2022-12-10")] {
        let told = tell(&mut ledger, text, day, |claim| claim.amount = Some(dollars(millions)));
        let placement = &told.placed[0].placement;
        assert!(
            matches!(placement, Placement::Further { package: PackageId(1), .. }),
            "{placement:?}"
        );
    }
    assert_eq!(shape(&ledger), [(1, 5), (3, 1)]);
    assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new());
    // What came by the way of a part goes with it.
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(shape(&ledger), [(1, 3), (2, 2), (3, 1)]);
    ruled(&mut ledger, &Order::Redo);
    assert_eq!(shape(&ledger), [(1, 5), (3, 1)]);
    ruled(&mut ledger, &Order::Restore(ids(&[2])));
    assert_eq!(shape(&ledger), [(1, 3), (2, 2), (3, 1)]);
}

#[test]
fn a_whole_counts_where_one_of_its_parts_counted() {
    let mut ledger = three();
    ruled(&mut ledger, &Order::Merge(PackageId(3), ids(&[1, 2])));
    assert_eq!(shape(&ledger), [(3, 4)]);
    assert_eq!(standing(&ledger, 3), Standing::Accepted);
    assert_eq!(package(&ledger, 3).sources.len(), 4);
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(standing(&ledger, 3), Standing::Pending);
}

#[test]
fn a_telling_that_a_person_split_off_stays_apart() {
    let mut ledger = three();
    let second = ledger.package(PackageId(1)).unwrap().unwrap().tellings[1].claim_id.clone();
    let done = ruled(&mut ledger, &Order::Split(PackageId(1), vec![second.clone()]));
    assert_eq!(done.ruling.unwrap().packages(), ids(&[1, 4]));
    assert_eq!(shape(&ledger), [(1, 1), (2, 1), (3, 1), (4, 1)]);
    assert_eq!(ledger.package(PackageId(4)).unwrap().unwrap().not_same, ids(&[1]));
    assert_eq!(package(&ledger, 1).items[0].quantity, None);
    assert_eq!(package(&ledger, 4).items[0].quantity.unwrap().figure(), Decimal::from(2));
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(shape(&ledger), [(1, 2), (2, 1), (3, 1)]);
    assert!(ledger.package(PackageId(4)).unwrap().is_none());
    // The number is not given to another package, so that redo finds it free.
    tell(&mut ledger, "E: $7", "2023-02-12", |claim| claim.amount = Some(dollars(7)));
    assert_eq!(shape(&ledger), [(1, 2), (2, 1), (3, 1), (5, 1)]);
    ruled(&mut ledger, &Order::Redo);
    assert_eq!(shape(&ledger), [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]);
    // A later ruling that they are one stands above the split.
    ruled(&mut ledger, &Order::Merge(PackageId(1), ids(&[4])));
    assert_eq!(shape(&ledger), [(1, 2), (2, 1), (3, 1), (5, 1)]);
    assert!(ledger.package(PackageId(1)).unwrap().unwrap().not_same.is_empty());
}

#[test]
fn a_package_that_waits_to_be_told_apart_waits_no_more_when_it_is() {
    let mut ledger = Ledger::in_memory().unwrap();
    let on = |day: &'static str| move |claim: &mut Claim| claim.announced = day.parse().ok();
    tell(&mut ledger, "A: $400", "2022-11-10", on("2022-11-10"));
    tell(&mut ledger, "B: $400", "2022-11-15", on("2022-11-15"));
    assert_eq!(ledger.package(PackageId(2)).unwrap().unwrap().maybe, Some(PackageId(1)));
    ruled(&mut ledger, &Order::NotSame(ids(&[2, 1])));
    let detail = ledger.package(PackageId(2)).unwrap().unwrap();
    assert_eq!(detail.package.standing, Standing::Accepted);
    assert_eq!((detail.maybe, detail.not_same), (None, ids(&[1])));
    let again = ruled(&mut ledger, &Order::NotSame(ids(&[1, 2])));
    assert_eq!(again.ruling, None);
    ruled(&mut ledger, &Order::Undo);
    let detail = ledger.package(PackageId(2)).unwrap().unwrap();
    assert_eq!(detail.maybe, Some(PackageId(1)));
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
fn articles_in_any_order_give_the_same_packages_under_the_same_decisions() {
    let texts = ["A: $400", "B: $400", "C: $275", "D: $60"];
    let days = ["2022-11-11", "2022-11-12", "2022-12-09", "2023-01-09"];
    let millions = [400, 400, 275, 60];
    let mut found = Vec::new();
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        let mut ledger = Ledger::in_memory().unwrap();
        let read = |ledger: &mut Ledger, one: usize| {
            let told = tell(ledger, texts[one], days[one], |claim| {
                claim.amount = Some(dollars(millions[one]));
            });
            told.placed[0].package.unwrap()
        };
        // The decisions are about what the first and the last two articles tell; the others come
        // before them, between them or after them.
        let package = |ledger: &Ledger, one: usize| {
            ledger.packages_told_by(&sha256(format!("{} million", texts[one]).as_bytes())).unwrap()
        };
        for one in order {
            read(&mut ledger, one);
            let (left, right) = (package(&ledger, 2), package(&ledger, 3));
            if let ([left], [right]) = (&left[..], &right[..])
                && left != right
            {
                rule(&mut ledger, &Order::Merge(*left, vec![*right])).unwrap();
            }
        }
        assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new());
        let of = |one: usize| package(&ledger, one)[0];
        found.push([of(0) == of(1), of(2) == of(3), of(0) == of(2)]);
        assert_eq!(ledger.packages(&Filter::default()).unwrap().len(), 2);
    }
    assert!(found.iter().all(|one| *one == [true, true, false]), "{found:?}");
}

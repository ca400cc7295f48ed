//! Persons' decisions stand in another ledger, which read the articles in another order.

use super::orders::{FOUR, books, carry, doubts, of_sums, reversed};
use super::ruling::{ids, ruled, shape, standing};
use super::*;
use crate::ledger::{Arrived, LedgerError, Manual, Order};
use crate::model::{Fact, PackageId, Stage, Standing};

#[test]
fn each_kind_of_decision_stands_in_another_ledger_with_who_and_why() {
    let claim_of = |package, place: usize| {
        let detail = of_sums(&FOUR).package(PackageId(package)).unwrap().unwrap();
        detail.tellings[place].claim_id.clone()
    };
    let five = Fact::Amount(Some(dollars(5)));
    let split = Order::Split(PackageId(1), vec![claim_of(1, 1)]);
    let (first, third) = (claim_of(1, 0), claim_of(2, 0));
    for orders in [
        vec![Order::Reject(ids(&[1]))],
        vec![Order::Void(ids(&[1, 2]))],
        vec![Order::Void(ids(&[1, 2])), Order::Restore(ids(&[2]))],
        vec![Order::Amend(PackageId(2), vec![five.clone(), Fact::Mechanism(None)])],
        vec![Order::Merge(PackageId(2), ids(&[3, 1]))],
        vec![Order::Amend(PackageId(3), vec![five]), Order::Merge(PackageId(2), ids(&[3]))],
        vec![Order::Merge(PackageId(2), ids(&[3])), Order::Restore(ids(&[3]))],
        vec![split.clone(), Order::Reject(ids(&[4]))],
        vec![split, Order::Undo, Order::Void(ids(&[1]))],
        vec![Order::NotSame(ids(&[1, 2, 3]))],
        vec![
            Order::Merge(PackageId(2), ids(&[3])),
            Order::Split(PackageId(2), vec![third.clone()]),
            Order::Amend(PackageId(2), vec![Fact::Announced(None)]),
        ],
        vec![Order::Merge(PackageId(1), ids(&[2])), Order::Split(PackageId(1), vec![first, third])],
    ] {
        let mut ledger = of_sums(&FOUR);
        for order in &orders {
            ruled(&mut ledger, order);
        }
        let mut other = of_sums(&reversed());
        assert!(!carry(&ledger, &mut other).contains(&Arrived::Known));
        assert_eq!(books(&ledger), books(&other), "{orders:?}");
        let last: serde_json::Value =
            serde_json::from_str(&other.entries().unwrap().pop().unwrap().body).unwrap();
        assert_eq!((&last["by"], &last["reason"]), (&"ann".into(), &"checked".into()));
        // Back where they came from they are known.
        assert!(carry(&other, &mut ledger).iter().all(|arrived| *arrived == Arrived::Known));
        // What was undone here is not ruled again by coming again.
        ruled(&mut other, &Order::Undo);
        let head = other.head().unwrap();
        carry(&ledger, &mut other);
        assert_eq!(other.head().unwrap(), head, "{orders:?}");
    }
}

#[test]
fn what_came_between_decisions_is_where_they_put_it() {
    let mut ledger = Ledger::in_memory().unwrap();
    let quote = "The US gives $400 million";
    let claim = claim(quote, 400, "2022-11-11");
    let by = "ann".to_owned();
    ledger.enter(&Manual { claim, quote: Some(quote.to_owned()), source: None, by }, NOW).unwrap();
    for (text, millions, day) in FOUR {
        tell(&mut ledger, text, day, |claim| claim.amount = Some(dollars(millions)));
        if millions == 275 {
            ruled(&mut ledger, &Order::Merge(PackageId(1), ids(&[2])));
        }
    }
    tell(&mut ledger, "E: $275", "2022-12-10", |claim| claim.amount = Some(dollars(275)));
    assert_eq!(shape(&ledger), [(1, 5), (3, 1)]);
    let mut other = of_sums(&reversed());
    tell(&mut other, "E: $275", "2022-12-10", |claim| claim.amount = Some(dollars(275)));
    carry(&ledger, &mut other);
    assert_eq!(books(&ledger), books(&other));
    assert_eq!(other.verify().unwrap().problems, Vec::<String>::new());
    let head = other.head().unwrap();
    carry(&ledger, &mut other);
    assert_eq!(other.head().unwrap(), head);
}

#[test]
fn a_decision_is_on_the_claims_that_it_was_on_where_they_stand_with_others_now() {
    // What was read last is like both, and says most: read first, it makes one of them.
    let mut ledger = Ledger::in_memory().unwrap();
    let route = |ledger: &mut Ledger, route: &str| {
        tell(ledger, &format!("{route}: $400"), "2022-11-11", |claim| {
            claim.mechanism = Some(route.to_owned());
        });
    };
    let most = |ledger: &mut Ledger| {
        tell(ledger, "Five: $400", "2022-11-11", |claim| {
            (claim.sequence, claim.items) = (Some(5), vec![item("hawk", None)]);
        });
    };
    for name in ["PDA", "USAI"] {
        route(&mut ledger, name);
    }
    ruled(&mut ledger, &Order::Amend(PackageId(1), vec![Fact::Stage(Stage::Contracted)]));
    ruled(&mut ledger, &Order::Void(ids(&[2])));
    most(&mut ledger);
    assert_eq!(shape(&ledger), [(1, 2), (2, 1)]);
    let mut other = Ledger::in_memory().unwrap();
    most(&mut other);
    for name in ["PDA", "USAI"] {
        route(&mut other, name);
    }
    assert_eq!(shape(&other), [(1, 3)]);
    carry(&ledger, &mut other);
    assert_eq!(books(&ledger), books(&other));
    assert_eq!(other.rebuild().unwrap().problems, Vec::<String>::new());
    let head = other.head().unwrap();
    carry(&ledger, &mut other);
    assert_eq!(other.head().unwrap(), head);
}

#[test]
fn what_was_read_after_a_decision_waits_for_it_wherever_the_decision_is_carried() {
    let on = |ledger: &mut Ledger, text: &str, day: &'static str| {
        tell(ledger, text, day, |claim| claim.announced = day.parse().ok());
    };
    let late = |ledger: &mut Ledger| on(ledger, "Late: $400", "2022-11-15");
    let early = |ledger: &mut Ledger| on(ledger, "Early: $400", "2022-11-10");
    let mut ledger = Ledger::in_memory().unwrap();
    late(&mut ledger);
    ruled(&mut ledger, &Order::Amend(PackageId(1), vec![Fact::Mechanism(Some("PDA".to_owned()))]));
    early(&mut ledger);
    assert_eq!([1, 2].map(|one| standing(&ledger, one)), [Standing::Accepted, Standing::Pending]);
    // Where both are read first, the one that was ruled on is the one that waits.
    let mut other = Ledger::in_memory().unwrap();
    early(&mut other);
    late(&mut other);
    assert_eq!([1, 2].map(|one| standing(&other, one)), [Standing::Accepted, Standing::Pending]);
    carry(&ledger, &mut other);
    assert_eq!((books(&ledger), doubts(&ledger)), (books(&other), doubts(&other)));
    assert_eq!(other.rebuild().unwrap().problems, Vec::<String>::new());
    // From there it goes on to a third.
    let mut third = Ledger::in_memory().unwrap();
    early(&mut third);
    late(&mut third);
    carry(&other, &mut third);
    assert_eq!((books(&ledger), doubts(&ledger)), (books(&third), doubts(&third)));
    let head = third.head().unwrap();
    carry(&ledger, &mut third);
    assert_eq!(third.head().unwrap(), head);
}

#[test]
fn a_decision_on_an_article_that_is_not_here_is_refused_and_stands_once_it_is() {
    let mut ledger = of_sums(&FOUR);
    ruled(&mut ledger, &Order::Reject(ids(&[2])));
    ruled(&mut ledger, &Order::Void(ids(&[1])));
    let all = ledger.carried().unwrap();
    let mut other = of_sums(&FOUR[..2]);
    let mut arrived = other.arrive(&all, NOW).unwrap();
    assert_eq!(arrived.pop().unwrap().unwrap(), Arrived::Ruled);
    let refusal = arrived.pop().unwrap().unwrap_err();
    assert!(matches!(refusal, LedgerError::Refused { .. }));
    let expected = "reject by ann, 2022-11-12T08:00:00Z: found no claim of a.txt, expected the \
                    articles that tell its packages";
    assert_eq!(refusal.to_string(), expected);
    tell(&mut other, FOUR[2].0, FOUR[2].2, |claim| claim.amount = Some(dollars(275)));
    assert_eq!(carry(&ledger, &mut other), [Arrived::Ruled, Arrived::Known]);
    assert_eq!([1, 2].map(|one| standing(&other, one)), [Standing::Void, Standing::Rejected]);
}

#[test]
fn a_claim_that_is_read_a_little_otherwise_is_the_same_claim() {
    let mut ledger = of_sums(&FOUR);
    ruled(&mut ledger, &Order::Reject(ids(&[2])));
    let mut other = Ledger::in_memory().unwrap();
    let (text, _, day) = FOUR[2];
    for change in [
        |claim: &mut Claim| claim.confidence = Confidence(910),
        |claim: &mut Claim| {
            claim.mechanism = Some("PDA".to_owned());
        },
    ] {
        tell(&mut other, text, day, |claim| {
            claim.amount = Some(dollars(275));
            change(claim);
        });
    }
    assert_eq!(carry(&ledger, &mut other), [Arrived::Ruled]);
    assert_eq!(standing(&other, 1), Standing::Rejected);
}

#[test]
fn what_was_parted_again_is_parted_whole_where_it_was_several() {
    // A handover goes with what recalls its number until the announcement of its day is read, and with both
    // where a person ruled on it before that.
    let mut ledger = of_sums(&[("A: $298", 298, "2022-11-27")]);
    let numbered = |ledger: &mut Ledger, text: &str, day: &str, status: Status| {
        tell(ledger, text, day, |claim| {
            (claim.sequence, claim.status) = (Some(2), status);
        });
    };
    let numbers = |ledger: &mut Ledger| {
        numbered(ledger, "B: $400", "2023-02-09", Status::Past);
        numbered(ledger, "C: $400", "2022-11-02", Status::Delivered);
    };
    let announced = |ledger: &mut Ledger| {
        tell(ledger, "D: $400", "2022-11-01", |_| ());
    };
    numbers(&mut ledger);
    assert_eq!(shape(&ledger), [(1, 1), (2, 2)]);
    ruled(&mut ledger, &Order::Merge(PackageId(1), ids(&[2])));
    ruled(&mut ledger, &Order::Reject(ids(&[1])));
    ruled(&mut ledger, &Order::Restore(ids(&[2])));
    announced(&mut ledger);
    assert_eq!(shape(&ledger), [(1, 1), (2, 3)]);
    let mut other = of_sums(&[("A: $298", 298, "2022-11-27")]);
    announced(&mut other);
    numbers(&mut other);
    assert_eq!(shape(&other), [(1, 1), (2, 2), (3, 1)]);
    carry(&ledger, &mut other);
    assert_eq!(books(&ledger), books(&other));
    assert_eq!(other.rebuild().unwrap().problems, Vec::<String>::new());
}

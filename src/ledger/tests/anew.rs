//! What a person's decision changes in what was placed automatically is placed anew.

use super::any_order::check_shape;
use super::drawn::{Bank, Story, claim_of, date, stories};
use super::ruling::{ids, ruled, shape, standing};
use super::*;
use crate::ledger::{Manual, Order};
use crate::model::{Check, Fact, PackageId, Standing};
use crate::properties::few;
use proptest::prelude::*;
use std::sync::Arc;

/// Enters a claim by hand.
fn enter(ledger: &mut Ledger, claim: Claim, quote: &str) {
    let (by, quote) = ("ann".to_owned(), Some(quote.to_owned()));
    ledger.enter(&Manual { claim, quote, source: None, by }, NOW).unwrap();
}

/// Enters 400 million.
fn enter_400(ledger: &mut Ledger) {
    let quote = "The US gives $400 million";
    enter(ledger, claim(quote, 400, "2022-11-11"), quote);
}

fn duplicates(ledger: &Ledger) -> usize {
    ledger.check(&[Check::Duplicates]).unwrap().len()
}

fn doubt(ledger: &Ledger, number: u64) -> (Option<PackageId>, String) {
    let detail = ledger.package(PackageId(number)).unwrap().unwrap();
    (detail.maybe, detail.pending_reason.unwrap_or_default())
}

#[test]
fn what_articles_told_while_an_entry_by_hand_was_undone_is_told_of_it_when_it_comes_back() {
    for back in [Order::Redo, Order::Restore(ids(&[1]))] {
        let mut ledger = Ledger::in_memory().unwrap();
        enter_400(&mut ledger);
        ruled(&mut ledger, &Order::Undo);
        tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
        tell(&mut ledger, "B: $275", "2022-12-09", |claim| claim.amount = Some(dollars(275)));
        assert_eq!(shape(&ledger), [(1, 1), (2, 1), (3, 1)]);
        let done = ruled(&mut ledger, &back);
        assert_eq!(done.gone, [(PackageId(2), PackageId(1))]);
        assert_eq!(shape(&ledger), [(1, 2), (3, 1)]);
        assert_eq!(duplicates(&ledger), 0);
        let last = ledger.entries().unwrap().pop().unwrap();
        assert!(last.body.contains(r#""decision":"link""#), "it is journaled: {}", last.body);
        // What the article tells stays where it is when the entry goes once more.
        ruled(&mut ledger, &Order::Undo);
        assert_eq!(shape(&ledger), [(1, 1), (3, 1), (4, 1)]);
        assert_eq!(
            [1, 4].map(|one| standing(&ledger, one)),
            [Standing::Accepted, Standing::Undone]
        );
        ruled(&mut ledger, &Order::Redo);
        assert_eq!(shape(&ledger), [(1, 2), (3, 1)]);
        assert!(ledger.rebuild().unwrap().problems.is_empty());
    }
}

#[test]
fn what_was_read_before_an_entry_by_hand_stays_beside_it() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    enter_400(&mut ledger);
    for order in [Order::Undo, Order::Redo] {
        assert_eq!(ruled(&mut ledger, &order).gone, []);
        assert_eq!(shape(&ledger), [(1, 1), (2, 1)]);
    }
}

#[test]
fn what_a_person_ruled_on_stays_when_an_entry_by_hand_comes_back() {
    let mut ledger = Ledger::in_memory().unwrap();
    enter_400(&mut ledger);
    ruled(&mut ledger, &Order::Undo);
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    let note = vec![Fact::Mechanism(Some("PDA".to_owned()))];
    ruled(&mut ledger, &Order::Amend(PackageId(2), note));
    ruled(&mut ledger, &Order::Restore(ids(&[1])));
    assert_eq!(shape(&ledger), [(1, 1), (2, 1)]);
    assert_eq!(duplicates(&ledger), 1);
}

#[test]
fn what_only_an_entry_by_hand_held_together_falls_apart_with_it() {
    let mut ledger = Ledger::in_memory().unwrap();
    enter_400(&mut ledger);
    let on = |day: &'static str| move |claim: &mut Claim| claim.announced = day.parse().ok();
    tell(&mut ledger, "A: $400", "2022-11-08", on("2022-11-08"));
    tell(&mut ledger, "B: $400", "2022-11-14", on("2022-11-14"));
    assert_eq!(shape(&ledger), [(1, 3)]);
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(shape(&ledger).len(), 3, "{:?}", shape(&ledger));
    ruled(&mut ledger, &Order::Redo);
    assert_eq!(shape(&ledger), [(1, 3)]);
    assert!(ledger.rebuild().unwrap().problems.is_empty());
}

/// P1 and P2, and P3 that fits both alike.
fn alike() -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    for (text, day) in [("A: $400", "2022-11-10"), ("B: $400", "2022-11-16")] {
        tell(&mut ledger, text, day, |claim| claim.announced = day.parse().ok());
    }
    ruled(&mut ledger, &Order::NotSame(ids(&[1, 2])));
    ruled(&mut ledger, &Order::Accept(ids(&[2])));
    tell(&mut ledger, "C: $400", "2022-11-13", |claim| claim.announced = "2022-11-13".parse().ok());
    assert_eq!(doubt(&ledger, 3).1, "fits P1 and P2 alike");
    ledger
}

#[test]
fn what_fits_two_packages_alike_may_be_the_other_when_it_is_not_the_one() {
    for (one, other) in [(1, 2), (2, 1)] {
        let mut ledger = alike();
        let before = doubt(&ledger, 3);
        ruled(&mut ledger, &Order::NotSame(ids(&[3, one])));
        let (maybe, reason) = doubt(&ledger, 3);
        assert_eq!((standing(&ledger, 3), maybe), (Standing::Pending, Some(PackageId(other))));
        assert!(reason.starts_with(&format!("may be P{other}: same donors")), "{reason}");
        ruled(&mut ledger, &Order::NotSame(ids(&[3, other])));
        assert_eq!(standing(&ledger, 3), Standing::Accepted);
        ruled(&mut ledger, &Order::Undo);
        assert_eq!(doubt(&ledger, 3).0, Some(PackageId(other)));
        ruled(&mut ledger, &Order::Undo);
        assert_eq!(doubt(&ledger, 3), before);
        ruled(&mut ledger, &Order::Redo);
        assert_eq!(doubt(&ledger, 3), (maybe, reason));
        assert!(ledger.rebuild().unwrap().problems.is_empty());
    }
}

#[test]
fn what_fits_two_packages_alike_counts_when_it_is_neither() {
    let mut ledger = alike();
    ruled(&mut ledger, &Order::NotSame(ids(&[1, 2, 3])));
    assert_eq!(standing(&ledger, 3), Standing::Accepted);
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(doubt(&ledger, 3).1, "fits P1 and P2 alike");
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn an_entry_by_hand_can_go_and_come_back_at_any_time(
        stories in stories(),
        turns in prop::collection::vec(any::<bool>(), 14),
    ) {
        let mut ledger = Ledger::in_memory().unwrap().exchanging(Arc::new(Bank));
        let (first, rest) = stories.split_first().unwrap();
        let quote = "by hand: a million";
        enter(&mut ledger, claim_of(&first.1[0], quote), quote);
        let mut is_undone = false;
        let mut turn = |ledger: &mut Ledger, to: bool| {
            if to != is_undone {
                ruled(ledger, if to { &Order::Undo } else { &Order::Redo });
                is_undone = to;
            }
        };
        for (number, story) in rest.iter().enumerate() {
            let (published, told): &Story = story;
            turn(&mut ledger, turns[number]);
            let text = format!("{number}: a million");
            let claims = told.iter().map(|told| claim_of(told, &text)).collect();
            let article = article(&text, &date(*published).to_string());
            ledger.record(text.as_bytes(), &article, &with_claims(claims), POLICY, NOW).unwrap();
        }
        turn(&mut ledger, false);
        check_shape(&ledger);
        prop_assert_eq!(ledger.rebuild().unwrap().problems, Vec::<String>::new());
    }
}

//! What a person's decision changes in what was placed automatically is placed anew.

use super::any_order::check_shape;
use super::drawn::{Bank, Story, claim_of, date, stories, text_of};
use super::orders::{books, doubts, shuffled};
use super::ruling::{ids, ruled, shape, standing};
use super::*;
use crate::ledger::{Manual, Order};
use crate::model::{Check, Correction, Fact, PackageId, Placement, Standing};
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
fn what_stood_when_another_package_was_put_out_does_not_come_to_wait_for_it() {
    for verdict in [Order::Reject(ids(&[2])), Order::Void(ids(&[2]))] {
        let mut ledger = Ledger::in_memory().unwrap();
        tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
        tell(&mut ledger, "B: $400", "2022-11-17", |_| {});
        assert_eq!(doubt(&ledger, 2).0, Some(PackageId(1)));
        ruled(&mut ledger, &verdict);
        // Each places anew what the article tells, the entry and that it goes.
        enter_400(&mut ledger);
        ruled(&mut ledger, &Order::Undo);
        assert_eq!(standing(&ledger, 1), Standing::Accepted, "{}", doubt(&ledger, 1).1);
        // What is read after it is told of what was put out.
        let told = tell(&mut ledger, "C: $400", "2022-11-19", |_| {});
        assert_eq!(told.placed[0].package, Some(PackageId(2)));
    }
}

#[test]
fn what_stood_when_another_package_was_accepted_stays_where_it_is() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    tell(&mut ledger, "B: $400", "2022-11-17", |_| {});
    tell(&mut ledger, "C: $400", "2022-12-20", |claim| {
        (claim.status, claim.announced) = (Status::Past, None);
    });
    // It could tell either, were the second sure.
    let before = shape(&ledger);
    ruled(&mut ledger, &Order::Accept(ids(&[2])));
    enter_400(&mut ledger);
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(before, [(1, 2), (2, 1)]);
    assert_eq!(shape(&ledger)[..2], before);
}

#[test]
fn what_stood_elsewhere_when_a_person_split_a_package_does_not_join_a_part_of_it() {
    let numbered = |claim: &mut Claim, day: &str| {
        (claim.sequence, claim.announced) = (Some(2), day.parse().ok());
    };
    // Also where the part had been ruled on, and is shown otherwise, before that was read.
    let amended = Fact::Mechanism(Some("PDA".to_owned()));
    for (place, amended) in [(0, None), (1, None), (1, Some(amended))] {
        let mut ledger = Ledger::in_memory().unwrap();
        tell(&mut ledger, "A:", "2022-11-11", |claim| {
            numbered(claim, "2022-11-01");
            claim.amount = None;
        });
        if let Some(fact) = amended.clone() {
            ruled(&mut ledger, &Order::Amend(PackageId(1), vec![fact]));
        }
        // Two of one article with that number, of which only one can tell the first package.
        let text = "B: a million and another million";
        let [mut plan, mut told] = [claim(text, 100, ""), claim(text, 100, "")];
        numbered(&mut plan, "2022-11-04");
        numbered(&mut told, "2022-11-15");
        (plan.status, plan.items) = (Status::Proposed, vec![item("hawk", None)]);
        let claims = with_claims(vec![plan, told]);
        let article = article(text, "2022-11-01");
        ledger.record(text.as_bytes(), &article, &claims, POLICY, NOW).unwrap();
        tell(&mut ledger, "C:", "2022-11-01", |claim| {
            (claim.amount, claim.announced) = (None, "2022-11-07".parse().ok());
            (claim.status, claim.items) = (Status::Proposed, vec![item("hawk", None)]);
            claim.corrects = Some(Correction { amount: None });
        });
        assert_eq!(shape(&ledger), [(1, 2), (2, 2)]);
        let tellings = ledger.package(PackageId(1)).unwrap().unwrap().tellings;
        let split = tellings[place].claim_id.clone();
        ruled(&mut ledger, &Order::Split(PackageId(1), vec![split]));
        // The entry places anew what the last article tells, and what stands with it.
        enter(&mut ledger, claim("1 million", 1, "2022-11-10"), "1 million");
        assert_eq!(shape(&ledger), [(1, 1), (2, 2), (3, 1), (4, 1)], "{place} {amended:?}");
    }
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
fn what_was_read_before_an_entry_by_hand_is_told_of_it_under_the_number_that_it_has() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    let quote = "The US gives $400 million";
    let by = "ann".to_owned();
    let claim = claim(quote, 400, "2022-11-11");
    let manual = Manual { claim, quote: Some(quote.to_owned()), source: None, by };
    let entered = ledger.enter(&manual, NOW).unwrap();
    let (placed, reason) = (&entered.placed[0], "same donors and recipients, same amount");
    assert_eq!((placed.package, placed.standing), (Some(PackageId(1)), Standing::Accepted));
    let Placement::Further { reason: said, .. } = &placed.placement else { panic!() };
    assert!(said.starts_with(reason), "{said}");
    let entry = ledger.entries().unwrap().pop().unwrap();
    assert!(entry.body.contains(&format!(r#""reason":"{reason}"#)), "{}", entry.body);
    assert_eq!(shape(&ledger), [(1, 2)]);
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(shape(&ledger), [(1, 1), (2, 1)]);
    assert_eq!(standing(&ledger, 2), Standing::Undone);
    ruled(&mut ledger, &Order::Redo);
    assert_eq!(shape(&ledger), [(1, 2)]);
    assert!(ledger.rebuild().unwrap().problems.is_empty());
}

#[test]
fn what_a_person_types_in_is_not_put_with_what_was_rejected() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    ruled(&mut ledger, &Order::Reject(ids(&[1])));
    enter_400(&mut ledger);
    assert_eq!(shape(&ledger), [(1, 1), (2, 1)]);
    assert_eq!(standing(&ledger, 2), Standing::Accepted);
    // What is read then tells what counts.
    tell(&mut ledger, "B: $400", "2022-11-11", |_| {});
    assert_eq!(shape(&ledger), [(1, 1), (2, 2)]);
}

#[test]
fn only_the_entry_that_is_taken_back_goes_where_two_tell_one_package() {
    let mut ledger = Ledger::in_memory().unwrap();
    enter_400(&mut ledger);
    let quote = "Washington gives $400 million";
    enter(&mut ledger, claim(quote, 400, "2022-11-12"), quote);
    tell(&mut ledger, "A: $400", "2022-11-12", |_| {});
    assert_eq!(shape(&ledger), [(1, 3)]);
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(shape(&ledger), [(1, 2), (2, 1)]);
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(shape(&ledger), [(1, 1), (2, 1), (3, 1)]);
    for _ in 0..2 {
        ruled(&mut ledger, &Order::Redo);
    }
    assert_eq!(shape(&ledger), [(1, 3)]);
    assert!(ledger.rebuild().unwrap().problems.is_empty());
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
    assert!(doubt(&ledger, 3).1.starts_with("fits P1 and P2 alike (score"));
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
    assert!(doubt(&ledger, 3).1.starts_with("fits P1 and P2 alike (score"));
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn entries_by_hand_can_go_and_come_back_at_any_time_and_stand_anywhere_among_the_articles(
        stories in stories(),
        kinds in prop::collection::vec(prop::sample::select(vec![false, false, false, true]), 14),
        turns in prop::collection::vec(0..4_usize, 14),
        seed in any::<u64>(),
    ) {
        let by_hand = |number: usize| number == 0 || kinds[number];
        let order: Vec<usize> = (0..stories.len()).collect();
        let read = |order: &[usize], turns: &[usize]| {
            let mut ledger = Ledger::in_memory().unwrap().exchanging(Arc::new(Bank));
            let (mut entered, mut undone) = (0, 0);
            for number in order {
                let (published, told, _): &Story = &stories[*number];
                let text = text_of(*number, &stories[*number]);
                if by_hand(*number) {
                    // What is decided leaves nothing to be redone.
                    (0..undone).for_each(|_| drop(ruled(&mut ledger, &Order::Redo)));
                    // What a person types in names no other telling.
                    let claim = claim_of(&told[0], &text);
                    enter(&mut ledger, Claim { recalls: None, corrects: None, ..claim }, &text);
                    (entered, undone) = (entered + 1, 0);
                    continue;
                }
                let to = turns[*number].min(entered);
                while undone != to {
                    let order = if undone < to { Order::Undo } else { Order::Redo };
                    ruled(&mut ledger, &order);
                    undone = if undone < to { undone + 1 } else { undone - 1 };
                }
                let claims = told.iter().map(|told| claim_of(told, &text)).collect();
                let article = article(&text, &date(*published).to_string());
                let claims = with_claims(claims);
                ledger.record(text.as_bytes(), &article, &claims, POLICY, NOW).unwrap();
            }
            (0..undone).for_each(|_| drop(ruled(&mut ledger, &Order::Redo)));
            check_shape(&ledger);
            ledger
        };
        let still = read(&order, &[0; 14]);
        let mut turned = read(&order, &turns);
        prop_assert_eq!(books(&still), books(&turned), "with turns {:?}", turns);
        prop_assert_eq!(doubts(&still), doubts(&turned), "with turns {:?}", turns);
        prop_assert_eq!(turned.rebuild().unwrap().problems, Vec::<String>::new());
        let order = shuffled(stories.len(), seed);
        let other = read(&order, &turns);
        prop_assert_eq!(books(&still), books(&other), "in the order {:?}", order);
        prop_assert_eq!(doubts(&still), doubts(&other), "in the order {:?}", order);
    }
}

//! Undo and restore after articles came in between: what was read stays, and what is said of it is so.

use super::ruling::{ids, package, rule, ruled, shape, standing, three};
use super::*;
use crate::ledger::{Manual, Order};
use crate::model::{Change, Fact, Filter, PackageId, Standing};

fn claim_ids(ledger: &Ledger, number: u64) -> Vec<String> {
    let detail = ledger.package(PackageId(number)).unwrap().unwrap();
    detail.tellings.into_iter().map(|telling| telling.claim_id).collect()
}

/// Enters 400 million of the PDA.
fn enter(ledger: &mut Ledger) {
    let quote = "The US gives $400 million";
    let mut claim = claim(quote, 400, "2022-11-11");
    claim.mechanism = Some("PDA".to_owned());
    let by = "ann".to_owned();
    ledger.enter(&Manual { claim, quote: Some(quote.to_owned()), source: None, by }, NOW).unwrap();
}

/// Enters 400 million as P1, which an article then tells too.
fn entered_and_told() -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    enter(&mut ledger);
    let told = tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    assert_eq!(told.placed[0].package, Some(PackageId(1)));
    ledger
}

#[test]
fn undoing_an_entry_by_hand_leaves_what_articles_tell_of_it() {
    let mut ledger = entered_and_told();
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(shape(&ledger), [(1, 1), (2, 1)]);
    assert_eq!([1, 2].map(|one| standing(&ledger, one)), [Standing::Accepted, Standing::Undone]);
    // What was only typed in is gone with the entry.
    assert_eq!((package(&ledger, 1).mechanism, package(&ledger, 1).sources.len()), (None, 1));
    let again = tell(&mut ledger, "B: $400", "2022-11-11", |_| {});
    assert_eq!(again.placed[0].package, Some(PackageId(1)));
    ruled(&mut ledger, &Order::Redo);
    assert_eq!(shape(&ledger), [(1, 3)]);
    assert_eq!(package(&ledger, 1).mechanism.as_deref(), Some("PDA"));
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(shape(&ledger), [(1, 2), (3, 1)]);
    assert_eq!(standing(&ledger, 3), Standing::Undone);
    assert!(ledger.package(PackageId(2)).unwrap().is_none());
    assert!(ledger.rebuild().unwrap().problems.is_empty());
}

#[test]
fn an_undone_entry_that_is_restored_takes_what_articles_tell_of_it() {
    let mut ledger = entered_and_told();
    ruled(&mut ledger, &Order::Undo);
    ruled(&mut ledger, &Order::Restore(ids(&[2])));
    // What the article tells is told of it from then on.
    assert_eq!((shape(&ledger), standing(&ledger, 2)), (vec![(2, 2)], Standing::Accepted));
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(shape(&ledger), [(2, 1), (3, 1)]);
    assert_eq!([2, 3].map(|one| standing(&ledger, one)), [Standing::Accepted, Standing::Undone]);
}

#[test]
fn an_article_that_came_to_a_restored_entry_stays_when_the_restore_is_undone() {
    for (confidence, then) in [(900, Standing::Accepted), (200, Standing::Pending)] {
        let mut ledger = Ledger::in_memory().unwrap();
        enter(&mut ledger);
        tell(&mut ledger, "C: $275", "2022-12-09", |claim| claim.amount = Some(dollars(275)));
        ruled(&mut ledger, &Order::Undo);
        ruled(&mut ledger, &Order::Restore(ids(&[1])));
        let told = tell(&mut ledger, "A: $400", "2022-11-11", |claim| {
            claim.confidence = Confidence(confidence);
        });
        assert_eq!(told.placed[0].package, Some(PackageId(1)));
        let undo = ruled(&mut ledger, &Order::Undo).ruling.unwrap();
        assert_eq!(undo.packages(), ids(&[1, 3]), "{undo:?}");
        assert_eq!(shape(&ledger), [(1, 1), (2, 1), (3, 1)]);
        assert_eq!([1, 3].map(|one| standing(&ledger, one)), [then, Standing::Undone]);
        assert_eq!((package(&ledger, 1).mechanism, package(&ledger, 1).sources.len()), (None, 1));
        let again = tell(&mut ledger, "B: $400", "2022-11-11", |_| {});
        assert_eq!(again.placed[0].package, Some(PackageId(1)));
        assert_eq!(standing(&ledger, 1), Standing::Accepted);
        ruled(&mut ledger, &Order::Redo);
        assert_eq!(shape(&ledger), [(1, 3), (2, 1)]);
        assert_eq!(package(&ledger, 1).mechanism.as_deref(), Some("PDA"));
        ruled(&mut ledger, &Order::Undo);
        assert_eq!(shape(&ledger), [(1, 2), (2, 1), (4, 1)]);
        assert!(ledger.rebuild().unwrap().problems.is_empty());
    }
}

#[test]
fn undoing_one_restore_of_an_entry_and_a_void_package_takes_both_back() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "C: $275", "2022-12-09", |claim| claim.amount = Some(dollars(275)));
    ruled(&mut ledger, &Order::Void(ids(&[1])));
    enter(&mut ledger);
    ruled(&mut ledger, &Order::Undo);
    ruled(&mut ledger, &Order::Restore(ids(&[1, 2])));
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    ruled(&mut ledger, &Order::Undo);
    let standings = [1, 2, 3].map(|one| standing(&ledger, one));
    assert_eq!(standings, [Standing::Void, Standing::Accepted, Standing::Undone]);
    ruled(&mut ledger, &Order::Redo);
    assert_eq!([1, 2].map(|one| standing(&ledger, one)), [Standing::Accepted; 2]);
    assert_eq!(shape(&ledger), [(1, 1), (2, 2)]);
}

#[test]
fn undo_and_redo_say_what_is_so_after_the_articles_that_came_since() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "A: hawk", "2022-11-11", |claim| {
        claim.amount = None;
        claim.items = vec![item("hawk", None)];
    });
    let five = Fact::Amount(Some(dollars(5)));
    ruled(&mut ledger, &Order::Amend(PackageId(1), vec![five.clone()]));
    tell(&mut ledger, "B: $400", "2022-11-11", |claim| claim.items = vec![item("hawk", None)]);
    assert_eq!(shape(&ledger), [(1, 2)]);
    let told = Fact::Amount(Some(dollars(400)));
    let changes = |ruled: crate::ledger::Ruled| ruled.ruling.unwrap().changes;
    let package = PackageId(1);
    let back = changes(ruled(&mut ledger, &Order::Undo));
    assert_eq!(back, [Change { package, before: five.clone(), after: told.clone() }]);
    let again = changes(ruled(&mut ledger, &Order::Redo));
    assert_eq!(again, [Change { package, before: told, after: five }]);
}

#[test]
fn a_decision_is_taken_back_by_its_entry_only_where_it_is_the_last() {
    let mut ledger = three();
    let first = ruled(&mut ledger, &Order::Accept(ids(&[3]))).receipt.unwrap().seq;
    let second = ruled(&mut ledger, &Order::Void(ids(&[2]))).receipt.unwrap().seq;
    let refusal = rule(&mut ledger, &Order::TakeBack(first)).unwrap_err().to_string();
    let expected = format!(
        "entry {first}: found entry {second}, which was decided after it, expected the last \
         decision that stands"
    );
    assert_eq!(refusal, expected);
    ruled(&mut ledger, &Order::TakeBack(second));
    let refusal = rule(&mut ledger, &Order::TakeBack(second)).unwrap_err().to_string();
    assert!(refusal.contains("found it taken back already, expected"), "{refusal}");
    ruled(&mut ledger, &Order::TakeBack(first));
    assert_eq!([2, 3].map(|one| standing(&ledger, one)), [Standing::Accepted, Standing::Pending]);
}

#[test]
fn restoring_a_part_says_what_the_whole_loses() {
    let mut ledger = three();
    ruled(&mut ledger, &Order::Merge(PackageId(1), ids(&[2])));
    let all = claim_ids(&ledger, 1);
    let ruling = ruled(&mut ledger, &Order::Restore(ids(&[2]))).ruling.unwrap();
    let of = |number, before: &[String], after: &[String]| Change {
        package: PackageId(number),
        before: Fact::Tellings(before.to_vec()),
        after: Fact::Tellings(after.to_vec()),
    };
    assert!(ruling.changes.contains(&of(1, &all, &all[..2])), "{ruling:?}");
    assert!(ruling.changes.contains(&of(2, &[], &all[2..])), "{ruling:?}");
}

#[test]
fn a_package_that_only_a_part_let_count_waits_again_without_it() {
    let mut ledger = three();
    ruled(&mut ledger, &Order::Merge(PackageId(3), ids(&[1])));
    ruled(&mut ledger, &Order::Merge(PackageId(3), ids(&[2])));
    ruled(&mut ledger, &Order::Restore(ids(&[1])));
    assert_eq!(standing(&ledger, 3), Standing::Accepted);
    ruled(&mut ledger, &Order::Restore(ids(&[2])));
    assert_eq!(
        [1, 2, 3].map(|one| standing(&ledger, one).as_str()),
        ["accepted", "accepted", "pending"]
    );
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(standing(&ledger, 3), Standing::Accepted);
    // What a person accepted by itself goes on counting.
    let mut ledger = three();
    ruled(&mut ledger, &Order::Accept(ids(&[3])));
    ruled(&mut ledger, &Order::Merge(PackageId(3), ids(&[1])));
    ruled(&mut ledger, &Order::Restore(ids(&[1])));
    assert_eq!(standing(&ledger, 3), Standing::Accepted);
}

#[test]
fn a_part_whose_tellings_were_split_off_is_not_restored_to_nothing() {
    for split in [0, 2] {
        let mut ledger = three();
        let second = claim_ids(&ledger, 1).remove(1);
        ruled(&mut ledger, &Order::Split(PackageId(1), vec![second]));
        ruled(&mut ledger, &Order::Merge(PackageId(1), ids(&[2, 4])));
        let claims = claim_ids(&ledger, 1);
        ruled(&mut ledger, &Order::Split(PackageId(1), vec![claims[split].clone()]));
        let head = ledger.head().unwrap();
        let refusal = rule(&mut ledger, &Order::Restore(ids(&[2, 4]))).unwrap_err().to_string();
        let place = if split == 0 { 1 } else { 2 };
        let expected = format!("P{place}: found no telling that would be left to it, expected");
        assert!(refusal.starts_with(&expected), "{refusal}");
        assert_eq!(ledger.head().unwrap(), head);
        for _ in 0..3 {
            ruled(&mut ledger, &Order::Undo);
        }
        assert_eq!(ledger.packages(&Filter::default()).unwrap().len(), 3);
    }
}

#[test]
fn what_is_only_weakly_told_waits_when_the_entry_by_hand_is_taken_back() {
    let mut ledger = Ledger::in_memory().unwrap();
    enter(&mut ledger);
    tell(&mut ledger, "A: $400", "2022-11-11", |claim| claim.confidence = Confidence(200));
    assert_eq!(standing(&ledger, 1), Standing::Accepted);
    ruled(&mut ledger, &Order::Undo);
    assert_eq!([1, 2].map(|one| standing(&ledger, one)), [Standing::Pending, Standing::Undone]);
    ruled(&mut ledger, &Order::Redo);
    assert_eq!(standing(&ledger, 1), Standing::Accepted);
    assert!(ledger.rebuild().unwrap().problems.is_empty());
}

#[test]
fn a_part_that_is_restored_is_again_not_the_same_as_the_whole() {
    let mut ledger = three();
    ruled(&mut ledger, &Order::NotSame(ids(&[1, 2])));
    ruled(&mut ledger, &Order::Merge(PackageId(1), ids(&[2])));
    let apart =
        |ledger: &Ledger, number| ledger.package(PackageId(number)).unwrap().unwrap().not_same;
    assert_eq!(apart(&ledger, 1), []);
    ruled(&mut ledger, &Order::Restore(ids(&[2])));
    assert_eq!((apart(&ledger, 1), apart(&ledger, 2)), (ids(&[2]), ids(&[1])));
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(apart(&ledger, 1), []);
}

#[test]
fn the_shown_value_can_be_confirmed_where_tellings_contradict_it() {
    let mut ledger = Ledger::in_memory().unwrap();
    for (text, day) in [("A: $400", "2022-11-10"), ("B: $400", "2022-11-12")] {
        tell(&mut ledger, text, "2022-11-12", |claim| claim.announced = day.parse().ok());
    }
    let shown = Fact::Announced(package(&ledger, 1).announced);
    let done = ruled(&mut ledger, &Order::Amend(PackageId(1), vec![shown.clone()]));
    assert_eq!(done.unchanged, []);
    let again = ruled(&mut ledger, &Order::Amend(PackageId(1), vec![shown]));
    assert_eq!(again.unchanged, ids(&[1]));
    let detail = ledger.package(PackageId(1)).unwrap().unwrap();
    assert!(detail.fields.iter().all(|field| !field.is_conflict()));
}

#[test]
fn an_amount_of_nothing_is_no_amendment() {
    let mut ledger = three();
    let zero = vec![Fact::Amount(Some(dollars(0)))];
    let refusal = rule(&mut ledger, &Order::Amend(PackageId(1), zero)).unwrap_err().to_string();
    assert!(refusal.contains("expected more than 0, or none where it is not stated"), "{refusal}");
}

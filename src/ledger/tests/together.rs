//! Merge, split and not-same: a person's word on which tellings are one package.

use super::ruling::{ids, package, rule, ruled, shape, standing, three};
use super::*;
use crate::ledger::{Manual, Order};
use crate::model::{Fact, Filter, PackageId, Placement, Standing};

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
fn what_a_person_amended_of_a_part_stands_in_the_whole_too() {
    let mut ledger = three();
    let sum = |ledger: &Ledger, number| package(ledger, number).amount;
    let amend = |number, millions| {
        Order::Amend(PackageId(number), vec![Fact::Amount(Some(dollars(millions)))])
    };
    ruled(&mut ledger, &amend(2, 5));
    ruled(&mut ledger, &Order::Merge(PackageId(1), ids(&[2])));
    assert_eq!(sum(&ledger, 1), Some(dollars(5)));
    // An article that tells the whole does not undo it, nor one that tells the part.
    tell(&mut ledger, "E: $400", "2022-11-13", |_| {});
    tell(&mut ledger, "F: $275", "2022-12-10", |claim| claim.amount = Some(dollars(275)));
    assert_eq!((sum(&ledger, 1), shape(&ledger)), (Some(dollars(5)), vec![(1, 5), (3, 1)]));
    assert_eq!(ledger.package(PackageId(1)).unwrap().unwrap().amended.len(), 1);
    ruled(&mut ledger, &amend(1, 6));
    assert_eq!(sum(&ledger, 1), Some(dollars(6)));
    ruled(&mut ledger, &Order::Undo);
    assert_eq!(sum(&ledger, 1), Some(dollars(5)));
    ruled(&mut ledger, &Order::Restore(ids(&[2])));
    assert_eq!([1, 2].map(|one| sum(&ledger, one)), [400, 5].map(|sum| Some(dollars(sum))));
    assert_eq!(ledger.rebuild().unwrap().problems, Vec::<String>::new());
}

#[test]
fn lines_that_a_person_set_for_a_part_are_united_with_those_of_the_whole() {
    let mut ledger = three();
    let set = vec![item("stinger", Some(7))];
    tell(&mut ledger, "E: $275", "2022-12-09", |claim| {
        claim.amount = Some(dollars(275));
        claim.items = vec![item("patriot", Some(1))];
    });
    ruled(&mut ledger, &Order::Amend(PackageId(2), vec![Fact::Items(set)]));
    let things = |ledger: &Ledger| -> Vec<String> {
        package(ledger, 1).items.into_iter().filter_map(|item| item.system).collect()
    };
    ruled(&mut ledger, &Order::Merge(PackageId(1), ids(&[2])));
    assert_eq!(things(&ledger), ["hawk", "stinger"]);
    ruled(&mut ledger, &Order::Restore(ids(&[2])));
    assert_eq!(things(&ledger), ["hawk"]);
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
fn nothing_is_told_apart_from_an_entry_by_hand_that_was_undone() {
    let mut ledger = three();
    let quote = "7 million";
    let claim = claim(quote, 7, "2022-11-10");
    let by = "ann".to_owned();
    ledger.enter(&Manual { claim, quote: Some(quote.to_owned()), source: None, by }, NOW).unwrap();
    ruled(&mut ledger, &Order::Undo);
    let refusal = rule(&mut ledger, &Order::NotSame(ids(&[1, 4]))).unwrap_err();
    assert!(refusal.to_string().contains("an entry by hand that was undone"), "{refusal}");
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

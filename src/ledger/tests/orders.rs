//! The same articles in another order, and persons' decisions on them, give the same packages.

use super::any_order::{Step, check_shape, step, take};
use super::drawn::{Bank, Story, claim_of, crowd, date, stories, text_of};
use super::ruling::{ids, ruled, standing};
use super::*;
use crate::ledger::choose::Told;
use crate::ledger::matching;
use crate::ledger::store::candidates;
use crate::ledger::store::select;
use crate::ledger::traces::FOREMOST;
use crate::ledger::{Arrived, Order, PackageDetail};
use crate::model::{Filter, PackageId, Placement, Standing};
use crate::properties::few;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A ledger of these articles, read in this order.
fn read(stories: &[Story], order: &[usize]) -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap().exchanging(Arc::new(Bank));
    for number in order {
        record(&mut ledger, stories, *number);
    }
    check_shape(&ledger);
    ledger
}

fn record(ledger: &mut Ledger, stories: &[Story], number: usize) {
    let (published, told, _) = &stories[number];
    let text = text_of(number, &stories[number]);
    let claims = told.iter().map(|told| claim_of(told, &text)).collect();
    let article = article(&text, &date(*published).to_string());
    ledger.record(text.as_bytes(), &article, &with_claims(claims), POLICY, NOW).unwrap();
}

/// The claims of each package, what it is, and whether it counts.
pub(super) type Books = BTreeSet<(BTreeSet<String>, String, Standing)>;

pub(super) fn books(ledger: &Ledger) -> Books {
    let packages = ledger.packages(&Filter::default()).unwrap().into_iter();
    packages
        .filter(|package| package.standing != Standing::Undone)
        .map(|package| {
            let detail = ledger.package(package.id).unwrap().unwrap();
            let claims = claims_of(detail);
            let items: BTreeSet<String> = package
                .items
                .iter()
                .map(|item| format!("{} {:?}", item.name, item.quantity))
                .collect();
            let facts = format!(
                "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {items:?}",
                package.donors,
                package.recipients,
                package.announced,
                package.amount,
                package.stage,
                package.mechanism,
                package.sequence
            );
            (claims, facts, package.standing)
        })
        .collect()
}

fn claims_of(package: PackageDetail) -> BTreeSet<String> {
    package.tellings.into_iter().map(|told| told.claim_id).collect()
}

/// The claims of each package that may be another one, and those of that one.
pub(super) fn doubts(ledger: &Ledger) -> BTreeSet<[BTreeSet<String>; 2]> {
    let packages = ledger.packages(&Filter::default()).unwrap().into_iter();
    let read = |package: PackageId| ledger.package(package).unwrap().unwrap();
    let details = packages.map(|package| read(package.id));
    let pairs = details.filter_map(|detail| Some((detail.maybe?, detail)));
    pairs.map(|(maybe, detail)| [detail, read(maybe)].map(claims_of)).collect()
}

fn told_by(ledger: &Ledger) -> Vec<Told> {
    let last = ledger.verify().unwrap().claims;
    let read = |number| select::continued(&ledger.connection, number).unwrap().unwrap().told();
    (1..=last).map(read).collect()
}

pub(super) fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = seed | 1;
    for place in (1..count).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        order.swap(place, usize::try_from(state >> 33).unwrap() % (place + 1));
    }
    order
}

/// Takes all that persons decided in one ledger to another one.
pub(super) fn carry(from: &Ledger, to: &mut Ledger) -> Vec<Arrived> {
    let arrived = to.arrive(&from.carried().unwrap(), NOW).unwrap();
    arrived.into_iter().map(Result::unwrap).collect()
}

/// A ledger whose decisions were taken after so many of the articles, before the others; and one that reads all
/// in another order before it hears of these decisions.
fn decided((stories, first): (&[Story], usize), steps: &[Step], seed: u64) -> (Ledger, Ledger) {
    let order: Vec<usize> = (0..stories.len()).collect();
    let (before, after) = order.split_at(first);
    let mut ledger = read(stories, before);
    for (number, step) in steps.iter().enumerate() {
        if !matches!(step, Step::Article(..)) {
            take(&mut ledger, number, step);
        }
    }
    for number in after {
        record(&mut ledger, stories, *number);
    }
    let mut other = read(stories, &shuffled(stories.len(), seed));
    carry(&ledger, &mut other);
    (ledger, other)
}

/// Whether what was carried over is known there when it comes again, and the tables are those of the journal.
fn nothing_is_left_to_carry(from: &Ledger, to: &mut Ledger) -> Result<(), TestCaseError> {
    let head = to.head().unwrap();
    carry(from, to);
    prop_assert_eq!(head, to.head().unwrap());
    prop_assert!(to.rebuild().unwrap().problems.is_empty());
    Ok(())
}

/// Whether stories that are read in two orders give the same packages and doubts.
fn same_in_any_order(stories: &[Story], seed: u64) -> Result<(), TestCaseError> {
    let order: Vec<usize> = (0..stories.len()).collect();
    let first = read(stories, &order);
    let order = shuffled(stories.len(), seed);
    let other = read(stories, &order);
    prop_assert_eq!(books(&first), books(&other), "in the order {:?}", order);
    prop_assert_eq!(doubts(&first), doubts(&other), "in the order {:?}", order);
    Ok(())
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn articles_in_any_order_give_the_same_packages(stories in stories(), seed in any::<u64>()) {
        same_in_any_order(&stories, seed)?;
    }

    #[test]
    fn articles_of_a_crowded_day_in_any_order_give_the_same_packages(
        stories in crowd(),
        seed in any::<u64>(),
    ) {
        same_in_any_order(&stories, seed)?;
    }

    #[test]
    fn what_may_tell_one_package_is_found_by_its_traces(stories in stories()) {
        let ledger = read(&stories, &(0..stories.len()).collect::<Vec<_>>());
        let every = told_by(&ledger);
        for one in &every {
            let near = candidates::concerned(&ledger.connection, one, ("", FOREMOST), &Bank).unwrap();
            let near: BTreeSet<u64> = near.iter().map(|near| near.claim).collect();
            for other in every.iter().filter(|other| other.number != one.number) {
                let candidate = candidates::as_candidate(other, "", PackageId(0));
                // Where only the things speak, those of the same weeks are looked at.
                let is_meant = one.claim.amount.is_some() == other.claim.amount.is_some()
                    && one.claim.amount.is_some();
                let is_one_pair = one.claim.donors == other.claim.donors
                    && one.claim.recipients == other.claim.recipients;
                if is_meant && is_one_pair && matching::concerns(one, &candidate, &Bank) {
                    prop_assert!(near.contains(&other.number), "{:?} {:?}", one, other);
                }
            }
        }
    }

    #[test]
    fn decisions_stand_in_another_ledger_that_reads_the_articles_in_another_order(
        stories in stories(),
        steps in prop::collection::vec(step(), 1..12),
        seed in any::<u64>(),
    ) {
        let (ledger, mut other) = decided((&stories, stories.len()), &steps, seed);
        prop_assert_eq!(books(&ledger), books(&other), "{:#?}", ledger.carried().unwrap());
        nothing_is_left_to_carry(&ledger, &mut other)?;
    }

    #[test]
    fn decisions_stand_beside_what_was_read_after_them_where_all_is_read_before_they_come(
        stories in stories(),
        steps in prop::collection::vec(step(), 1..12),
        seed in any::<u64>(),
    ) {
        // What is amended or merged is looked at as it is shown, with what joined it later too.
        let is_taken = |step: &Step| !matches!(step, Step::Amend(..) | Step::Merge(..));
        let steps: Vec<Step> = steps.into_iter().filter(is_taken).collect();
        let (ledger, mut other) = decided((&stories, stories.len() / 2), &steps, seed);
        prop_assert_eq!(books(&ledger), books(&other), "{:#?}", ledger.carried().unwrap());
        nothing_is_left_to_carry(&ledger, &mut other)?;
    }

    #[test]
    fn what_was_merged_or_amended_between_articles_is_so_where_all_is_read_before_it_comes(
        stories in stories(),
        steps in prop::collection::vec(step(), 1..12),
        seed in any::<u64>(),
    ) {
        let order: Vec<usize> = (0..stories.len()).collect();
        let (before, after) = order.split_at(stories.len() / 2);
        let mut ledger = read(&stories, before);
        let mut merged = Vec::new();
        for (number, step) in steps.iter().enumerate().filter(|(_, step)| is_ruling(step)) {
            let one = match step {
                Step::Merge(into, others) => claims_told(&ledger, [&[*into], &others[..]].concat()),
                _ => BTreeSet::new(),
            };
            take(&mut ledger, number, step);
            merged.push(one);
        }
        for number in after {
            record(&mut ledger, &stories, *number);
        }
        let mut other = read(&stories, &shuffled(stories.len(), seed));
        carry(&ledger, &mut other);
        let [own, there] = [&ledger, &other].map(together);
        for one in merged.iter().filter(|one| !one.is_empty()) {
            // What was refused, undone or parted again is not one package.
            if own.iter().any(|claims| claims.is_superset(one)) {
                prop_assert!(there.iter().any(|claims| claims.is_superset(one)), "{:?} {:?}", one, there);
            }
        }
        for (claims, facts) in amended(&ledger) {
            let holds = |(there, then): &(BTreeSet<String>, Vec<String>)| {
                !there.is_disjoint(&claims) && facts.iter().all(|fact| then.contains(fact))
            };
            prop_assert!(amended(&other).iter().any(holds), "{:?} {:?}", facts, amended(&other));
        }
    }

    #[test]
    fn what_was_put_out_stays_out_in_a_ledger_that_reads_all_before_it_hears_of_it(
        stories in stories(),
        steps in prop::collection::vec(step(), 1..12),
        seed in any::<u64>(),
    ) {
        let (ledger, mut other) = decided((&stories, stories.len() / 2), &steps, seed);
        prop_assert_eq!(put_out(&ledger), put_out(&other), "{:#?}", ledger.carried().unwrap());
        nothing_is_left_to_carry(&ledger, &mut other)?;
    }
}

fn is_ruling(step: &Step) -> bool {
    !matches!(step, Step::Article(..) | Step::Enter(..))
}

/// The claims that tell these packages.
fn claims_told(ledger: &Ledger, packages: Vec<u64>) -> BTreeSet<String> {
    let packages = packages.into_iter().filter_map(|id| ledger.package(PackageId(id)).unwrap());
    packages.flat_map(claims_of).collect()
}

/// The claims of each package.
fn together(ledger: &Ledger) -> Vec<BTreeSet<String>> {
    books(ledger).into_iter().map(|(claims, ..)| claims).collect()
}

/// The claims of each package that a person amended, and what was amended.
fn amended(ledger: &Ledger) -> Vec<(BTreeSet<String>, Vec<String>)> {
    let packages = ledger.packages(&Filter::default()).unwrap().into_iter();
    let details = packages.map(|package| ledger.package(package.id).unwrap().unwrap());
    let amended = details.filter(|detail| !detail.amended.is_empty());
    amended
        .map(|detail| {
            let facts = detail.amended.iter().map(|(_, fact)| format!("{fact:?}")).collect();
            (claims_of(detail), facts)
        })
        .collect()
}

/// The claims of each package that a person put out.
fn put_out(ledger: &Ledger) -> BTreeSet<(BTreeSet<String>, Standing)> {
    let is_out = |standing| matches!(standing, Standing::Rejected | Standing::Void);
    let books = books(ledger).into_iter().filter(|(_, _, standing)| is_out(*standing));
    books.map(|(claims, _, standing)| (claims, standing)).collect()
}

/// A ledger of these sums, an article each, in this order.
pub(super) fn of_sums(order: &[(&str, i64, &str)]) -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    for (text, millions, day) in order {
        tell(&mut ledger, text, day, |claim| claim.amount = Some(dollars(*millions)));
    }
    ledger
}

pub(super) const FOUR: [(&str, i64, &str); 4] = [
    ("A: $400", 400, "2022-11-11"),
    ("B: $400", 400, "2022-11-12"),
    ("C: $275", 275, "2022-12-09"),
    ("D: $60", 60, "2023-01-09"),
];

pub(super) fn reversed() -> Vec<(&'static str, i64, &'static str)> {
    FOUR.into_iter().rev().collect()
}

#[test]
fn where_a_claim_would_belong_is_where_it_is_put() {
    let mut ledger = of_sums(&FOUR);
    for (text, millions, day) in
        [("E: $400", 400, "2022-11-13"), ("F: $400", 400, "2022-11-18"), ("G: $9", 9, "2022-11-18")]
    {
        let text = format!("{text} million");
        let mut claim = claim(&text, millions, "");
        claim.announced = day.parse().ok();
        let article = article(&text, day);
        let head = ledger.head().unwrap();
        let would: Placement = ledger.placement(&article, &claim).unwrap();
        assert_eq!(ledger.head().unwrap(), head);
        let claims = with_claims(vec![claim]);
        let done = ledger.record(text.as_bytes(), &article, &claims, POLICY, NOW).unwrap();
        assert_eq!(done.placed[0].placement, would);
    }
}

#[test]
fn a_claim_that_fits_two_packages_alike_may_be_the_same_one_in_any_order() {
    let two = [("A: $400", 400, "2022-11-10"), ("B: $400", 400, "2022-11-23")];
    let (mut ledger, mut other) = (of_sums(&two), of_sums(&[two[1], two[0]]));
    for ledger in [&mut ledger, &mut other] {
        tell(ledger, "C:", "2022-12-20", |claim| claim.status = Status::Past);
    }
    assert_eq!(doubts(&ledger), doubts(&other));
    for (not, then) in [(1, Standing::Pending), (2, Standing::Accepted)] {
        ruled(&mut ledger, &Order::NotSame(ids(&[3, not])));
        assert_eq!(standing(&ledger, 3), then);
        carry(&ledger, &mut other);
        assert_eq!(books(&ledger), books(&other));
        assert_eq!(doubts(&ledger), doubts(&other));
    }
}

#[test]
fn what_may_be_any_of_a_crowd_may_be_its_first_in_any_order() {
    let read = |order: &mut dyn Iterator<Item = i64>| {
        let mut ledger = Ledger::in_memory().unwrap();
        for number in order {
            tell(&mut ledger, &format!("{number}:"), "2022-11-10", |claim| {
                claim.amount = Some(dollars(number * 37)).filter(|_| number > 0);
                claim.items.extend((number == 0).then(|| item("hawk", None)));
            });
        }
        ledger
    };
    let (one, other) = (read(&mut (0..30)), read(&mut (0..30).rev()));
    assert_eq!((books(&one), doubts(&one)), (books(&other), doubts(&other)));
    assert_eq!(doubts(&one).len(), 1);
}

#[test]
fn what_was_placed_with_one_that_is_pushed_out_of_the_crowd_of_its_day_is_placed_anew() {
    // Eight of one day that name no things, of which the last alone has the route of what was handed over; a
    // ninth comes before it.
    let mut articles: Vec<(String, &str, &str)> =
        (0..7).map(|number| (format!("{number}"), "2022-11-10", "USAI")).collect();
    articles.push(("the last".to_owned(), "2022-11-11", "PDA"));
    articles.push(("handed over".to_owned(), "2022-11-10", "PDA"));
    articles.push(("a ninth".to_owned(), "2022-11-10", "USAI"));
    let read = |order: &[usize]| {
        let mut ledger = Ledger::in_memory().unwrap();
        for (text, published, route) in order.iter().map(|number| &articles[*number]) {
            tell(&mut ledger, text, published, |claim| {
                (claim.amount, claim.announced) = (None, "2022-11-10".parse().ok());
                claim.mechanism = Some((*route).to_owned());
                if text == "handed over" {
                    claim.status = Status::Delivered;
                    claim.items = vec![item("hawk", Some(4))];
                }
            });
        }
        (books(&ledger), doubts(&ledger))
    };
    let in_turn = read(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(in_turn, read(&[9, 0, 1, 2, 3, 4, 5, 6, 7, 8]));
    assert_eq!(in_turn, read(&[8, 7, 9, 6, 5, 4, 3, 2, 1, 0]));
}

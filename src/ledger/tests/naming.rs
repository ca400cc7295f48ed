//! What articles call differently is one line of its package, and what one of them tells apart stays two.

use super::orders::{books, doubts, shuffled};
use super::*;
use crate::ledger::PackageDetail;
use crate::model::accord::Accord;
use crate::model::{Fact, PackageId};
use crate::properties::few;
use proptest::prelude::*;

/// Things of a few kinds: the system or none, its name, its class and those above it.
const NAMES: [(Option<&str>, &str, &str, &[&str]); 9] = [
    (None, "howitzers", "howitzer", &["artillery"]),
    (None, "155mm howitzers", "howitzer-155", &["howitzer", "artillery"]),
    (None, "155-mm howitzer", "howitzer-155", &["howitzer", "artillery"]),
    (None, "105mm howitzers", "howitzer-105", &["howitzer", "artillery"]),
    (Some("m777"), "M777", "howitzer-155", &["howitzer", "artillery"]),
    (None, "artillery systems", "artillery", &[]),
    (None, "ammunition carriers", "ammunition-carrier", &["armour", "vehicle"]),
    (None, "vehicles", "vehicle", &[]),
    (Some("stinger"), "FIM-92 Stinger", "manpads", &["air-defence"]),
];

fn called(name: &str, quantity: Option<(i64, Qualifier)>) -> Item {
    let (system, name, class, kinds) = NAMES.into_iter().find(|known| known.1 == name).unwrap();
    Item {
        system: system.map(str::to_owned),
        name: name.to_owned(),
        text: name.to_owned(),
        class: Some(class.to_owned()),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        quantity: quantity.map(|(number, how)| Bounds::of(Decimal::from(number), how)),
        unit: None,
        evidence: Span::new(0, 1),
    }
}

/// Exactly so many; none of which no number is told.
fn some(name: &str, number: i64) -> Item {
    called(name, (number > 0).then_some((number, Qualifier::Exact)))
}

/// A ledger of articles that tell one package with these things.
fn told(articles: &[Vec<Item>]) -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    for (number, items) in articles.iter().enumerate() {
        tell(&mut ledger, &format!("{number}: $400"), "2022-11-11", |claim| {
            claim.items.clone_from(items);
        });
    }
    ledger
}

fn detail(ledger: &Ledger) -> PackageDetail {
    ledger.package(PackageId(1)).unwrap().unwrap()
}

/// The lines of the package that these articles tell, in whatever order they are read.
fn lines(articles: &[Vec<Item>]) -> Vec<String> {
    let of = |articles: &[Vec<Item>]| {
        let shown = |item: &Item| match item.quantity {
            Some(quantity) => format!("{} {}", quantity.figure(), item.name),
            None => item.name.clone(),
        };
        let mut lines: Vec<String> =
            detail(&told(articles)).package.items.iter().map(shown).collect();
        lines.sort();
        lines
    };
    let lines = of(articles);
    let reversed: Vec<Vec<Item>> = articles.iter().rev().cloned().collect();
    assert_eq!(lines, of(&reversed));
    lines
}

#[test]
fn what_one_article_names_more_exactly_than_another_is_one_line_under_the_more_exact_name() {
    let pair = |one: Item, other: Item| lines(&[vec![one], vec![other]]);
    assert_eq!(pair(some("howitzers", 72), some("155mm howitzers", 72)), ["72 155mm howitzers"]);
    assert_eq!(pair(some("howitzers", 72), some("M777", 72)), ["72 M777"]);
    assert_eq!(pair(some("155mm howitzers", 72), some("155-mm howitzer", 72)).len(), 1);
    let about = called("howitzers", Some((70, Qualifier::About)));
    assert_eq!(pair(about, some("155mm howitzers", 72)), ["72 155mm howitzers"]);
    assert_eq!(pair(some("howitzers", 72), some("155mm howitzers", 0)), ["72 155mm howitzers"]);
    let three =
        [vec![some("howitzers", 72)], vec![some("M777", 72)], vec![some("155mm howitzers", 72)]];
    assert_eq!(lines(&three), ["72 M777"]);
}

#[test]
fn other_things_in_the_same_number_stay_two_lines() {
    let pair = |one: Item, other: Item| lines(&[vec![one], vec![other]]).len();
    assert_eq!(pair(some("howitzers", 18), some("ammunition carriers", 18)), 2);
    assert_eq!(pair(some("105mm howitzers", 18), some("155mm howitzers", 18)), 2);
    assert_eq!(pair(some("M777", 18), some("FIM-92 Stinger", 18)), 2);
    assert_eq!(pair(some("howitzers", 18), some("155mm howitzers", 72)), 2);
    // A class without a number, whose word the other does not have, may be of anything in it.
    assert_eq!(pair(some("vehicles", 0), some("ammunition carriers", 18)), 2);
}

#[test]
fn what_an_article_tells_as_two_lines_is_two_whoever_else_tells_one() {
    let both = vec![some("howitzers", 18), some("155mm howitzers", 18)];
    assert_eq!(lines(std::slice::from_ref(&both)).len(), 2);
    assert_eq!(lines(&[both, vec![some("155mm howitzers", 18)]]).len(), 2);
    // What fits two of another article alike is neither.
    let two = vec![some("155mm howitzers", 18), some("105mm howitzers", 18)];
    assert_eq!(lines(&[two.clone(), vec![some("howitzers", 18)]]).len(), 3);
    let two = vec![some("155mm howitzers", 18), some("105mm howitzers", 36)];
    assert_eq!(
        lines(&[two, vec![some("howitzers", 36)]]),
        ["18 155mm howitzers", "36 105mm howitzers"]
    );
}

#[test]
fn the_other_name_stays_visible_and_a_part_of_it_is_no_conflict() {
    let mut ledger = told(&[vec![some("howitzers", 72)], vec![some("155mm howitzers", 72)]]);
    tell(&mut ledger, "10 handed over: $400", "2022-11-20", |claim| {
        claim.status = Status::Delivered;
        claim.items = vec![some("howitzers", 10)];
    });
    let detail = detail(&ledger);
    assert_eq!(detail.package.items.len(), 1);
    let field = detail.fields.iter().find(|field| matches!(field.value, Fact::Items(_))).unwrap();
    let accords: Vec<Accord> = field.said.iter().map(|said| said.accord).collect();
    assert_eq!(accords, [Accord::Agrees, Accord::Same, Accord::Agrees]);
    assert!(detail.stages.iter().any(|reached| reached.in_part));
    assert!(ledger.rebuild().unwrap().problems.is_empty());
}

#[test]
fn as_many_of_a_kind_that_two_articles_tell_without_a_sum_are_one_package() {
    let placed = |one: Item, other: Item, sums: [Option<i64>; 2]| {
        let mut ledger = Ledger::in_memory().unwrap();
        for (number, (item, sum)) in [one, other].into_iter().zip(sums).enumerate() {
            tell(&mut ledger, &format!("{number}:"), "2022-11-11", |claim| {
                (claim.items, claim.amount) = (vec![item], sum.map(dollars));
            });
        }
        books(&ledger).len()
    };
    for sums in [[None, None], [Some(400), None]] {
        assert_eq!(placed(some("howitzers", 12), some("M777", 12), sums), 1);
        assert_eq!(placed(some("M777", 12), some("artillery systems", 12), sums), 1);
        assert_eq!(placed(some("howitzers", 12), some("M777", 18), sums), 2);
        assert_eq!(placed(some("howitzers", 1), some("M777", 1), sums), 2);
        assert_eq!(placed(some("howitzers", 12), some("ammunition carriers", 12), sums), 2);
        assert_eq!(placed(some("105mm howitzers", 12), some("155mm howitzers", 12), sums), 2);
    }
    assert_eq!(placed(some("howitzers", 12), some("M777", 12), [Some(400), Some(275)]), 2);
}

#[test]
fn a_mark_of_a_system_is_that_system_told_more_exactly() {
    let tank = |system: &str, name: &str| Item {
        system: Some(system.to_owned()),
        name: name.to_owned(),
        text: name.to_owned(),
        class: Some("tank".to_owned()),
        kinds: vec!["armour".to_owned()],
        ..some("howitzers", 100)
    };
    let [old, mark, new] =
        [("leopard-1", "Leopard 1"), ("leopard-1a5", "Leopard 1A5"), ("leopard-2", "Leopard 2")]
            .map(|(system, name)| tank(system, name));
    assert_eq!(lines(&[vec![old.clone()], vec![mark.clone()]]), ["100 Leopard 1A5"]);
    assert_eq!(lines(&[vec![new], vec![mark]]).len(), 2);
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn articles_that_count_things_of_a_kind_give_the_same_packages_in_any_order(
        articles in prop::collection::vec(
            (0..20_i64, prop::sample::select(crate::model::Status::ALL), prop::option::of(1..3_i64),
                prop::collection::vec((0..NAMES.len(), 1..3_i64), 0..3)),
            2..9,
        ),
        seed in any::<u64>(),
    ) {
        let read = |order: &[usize]| {
            let mut ledger = Ledger::in_memory().unwrap();
            for (number, (day, status, sum, items)) in order.iter().map(|place| (place, &articles[*place])) {
                let day = format!("2022-11-{:02}", day + 1);
                tell(&mut ledger, &format!("{number}:"), &day, |claim| {
                    (claim.amount, claim.status) = (sum.map(dollars), *status);
                    let items = items.iter().map(|(name, number)| some(NAMES[*name].1, *number * 18));
                    claim.items = items.collect();
                });
            }
            ledger
        };
        let order = shuffled(articles.len(), seed);
        let (one, other) = (read(&(0..articles.len()).collect::<Vec<_>>()), read(&order));
        prop_assert_eq!(books(&one), books(&other));
        prop_assert_eq!(doubts(&one), doubts(&other));
    }

    #[test]
    fn articles_in_any_order_give_the_same_lines(
        articles in prop::collection::vec(
            prop::collection::vec((0..NAMES.len(), 0..4_i64, any::<bool>()), 0..4),
            2..7,
        ),
        seed in any::<u64>(),
    ) {
        let of = |(name, number, is_about): &(usize, i64, bool)| {
            let how = if *is_about { Qualifier::About } else { Qualifier::Exact };
            let number = [0, 18, 20, 36][usize::try_from(*number).unwrap()];
            called(NAMES[*name].1, (number > 0).then_some((number, how)))
        };
        let texts: Vec<(usize, Vec<Item>)> = articles.iter().map(|items| items.iter().map(of).collect()).enumerate().collect();
        let read = |order: &[usize]| {
            let mut ledger = Ledger::in_memory().unwrap();
            for (number, items) in order.iter().map(|place| &texts[*place]) {
                tell(&mut ledger, &format!("{number}: $400"), "2022-11-11", |claim| claim.items.clone_from(items));
            }
            let shown = books(&ledger);
            assert!(ledger.rebuild().unwrap().problems.is_empty());
            assert_eq!(shown, books(&ledger));
            shown
        };
        let order = shuffled(texts.len(), seed);
        prop_assert_eq!(read(&(0..texts.len()).collect::<Vec<_>>()), read(&order));
    }
}

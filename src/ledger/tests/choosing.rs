//! The written rule that takes a package's fields from its tellings.

use super::*;
use crate::ledger::choose::{Fields, Told, fields, leader, sources};
use crate::ledger::lines::unite;
use crate::model::PublisherKind;
use crate::properties::some;
use proptest::prelude::*;

prop_compose! {
    fn told()(
        id in "[0-9a-f]{6}",
        donor in prop::sample::select(vec!["US", "DE"]),
        published in prop::option::of(0..60_i64),
        announced in prop::option::of((0..60_i64, 0..3_u8)),
        qualifier in prop::sample::select(Qualifier::ALL),
        currency in prop::option::of(prop::sample::select(vec!["USD", "EUR", "NOK"])),
        status in prop::sample::select(Status::ALL),
        aid in prop::sample::select(Aid::ALL),
        mechanism in prop::option::of("[AB]"),
        sequence in prop::option::of(1..3_u32),
        confidence in 0..3_u16,
        kind in prop::option::of(prop::sample::select(PublisherKind::ALL)),
    ) -> Told {
        let first: crate::model::CivilDate = "2022-11-10".parse().unwrap();
        let mut claim = claim("million", 400, "");
        claim.donors = vec![donor.to_owned()];
        claim.announced = announced.and_then(|(days, precision)| {
            let day = first.plus_days(days)?;
            match precision {
                0 => crate::model::CivilDate::year(day.year_number()),
                1 => crate::model::CivilDate::month(day.year_number(), day.month_number()?),
                _ => Some(day),
            }
        });
        claim.amount = currency.map(|currency| Amount {
            bounds: Bounds::of(Decimal::from(400), qualifier),
            currency: currency.parse().unwrap(),
        });
        (claim.status, claim.aid) = (status, aid);
        (claim.mechanism, claim.sequence) = (mechanism, sequence);
        claim.confidence = Confidence(confidence);
        let number = u64::from_str_radix(&id, 16).unwrap();
        let published = published.and_then(|days| first.plus_days(days));
        Told { published, kind, ..Told::new(number, id, claim) }
    }
}

/// The fields as recording takes them: one telling after the other, looking back only at the
/// claims that the fields were taken from and at the one that leads.
fn step_by_step(tellings: &[Told]) -> Option<Fields> {
    let mut so_far: Option<Fields> = None;
    for (place, told) in tellings.iter().enumerate() {
        let mut known = so_far.as_ref().map(sources).unwrap_or_default();
        known.extend(leader(&tellings[..place]).map(|told| told.number));
        let mut looked_at: Vec<Told> =
            tellings.iter().filter(|told| known.contains(&told.number)).cloned().collect();
        looked_at.push(told.clone());
        so_far = fields(&looked_at);
    }
    so_far
}

fn distinct(mut tellings: Vec<Told>) -> Vec<Told> {
    tellings.sort_by(|left, right| left.id.cmp(&right.id));
    tellings.dedup_by(|left, right| left.id == right.id);
    tellings
}

proptest! {
    #![proptest_config(some())]

    #[test]
    fn the_order_of_reading_does_not_matter(
        tellings in prop::collection::vec(told(), 1..7).prop_map(distinct),
        seed in prop::collection::vec(any::<usize>(), 7),
    ) {
        let mut shuffled = tellings.clone();
        let places = shuffled.len();
        for (place, random) in seed.into_iter().enumerate().take(places) {
            shuffled.swap(place, random % places);
        }
        prop_assert_eq!(fields(&tellings), fields(&shuffled));
        prop_assert_eq!(fields(&tellings), step_by_step(&shuffled));
    }
}

#[test]
fn a_figure_stands_above_what_may_be_it_rounded() {
    let chosen = |sums: [(i64, Qualifier); 2]| {
        let mut number = 0;
        let tellings = sums.map(|(millions, qualifier)| {
            let mut claim = claim("million", millions, "");
            let figure = Decimal::from(millions * 1_000_000);
            claim.amount.as_mut().unwrap().bounds = Bounds::of(figure, qualifier);
            number += 1;
            Told::new(number, number.to_string(), claim)
        });
        fields(&tellings).unwrap().amount.unwrap().from
    };
    assert_eq!(chosen([(570, Qualifier::About), (567, Qualifier::UpTo)]), Some(2));
    assert_eq!(chosen([(3000, Qualifier::MoreThan), (2980, Qualifier::MoreThan)]), Some(2));
    assert_eq!(chosen([(400, Qualifier::About), (400, Qualifier::UpTo)]), Some(1));
    assert_eq!(chosen([(400, Qualifier::Exact), (395, Qualifier::About)]), Some(1));
}

#[test]
fn the_more_exact_amount_and_the_announcement_itself_are_taken() {
    let telling = |id: &str, change: &dyn Fn(&mut Claim)| {
        let mut claim = claim("million", 400, "");
        change(&mut claim);
        let number = u64::from_str_radix(id, 16).unwrap();
        let published = "2022-11-12".parse().ok();
        Told { published, ..Told::new(number, id.to_owned(), claim) }
    };
    let chosen = fields(&[
        telling("a", &|claim| {
            claim.amount.as_mut().unwrap().bounds =
                Bounds::of(Decimal::from(400_000_000), Qualifier::UpTo);
            claim.announced = "2022-11".parse().ok();
        }),
        telling("b", &|claim| {
            claim.status = Status::Past;
            claim.announced = "2022-11-09".parse().ok();
            claim.mechanism = Some("PDA".to_owned());
        }),
        telling("c", &|claim| {
            claim.amount = None;
            claim.announced = "2022-11-10".parse().ok();
        }),
    ])
    .unwrap();
    assert_eq!(chosen.amount.unwrap().from, Some(0xb));
    assert_eq!(chosen.announced.unwrap().from, Some(0xc));
    assert_eq!(chosen.mechanism.unwrap().from, Some(0xb));
    assert!(!chosen.recalled);
}

#[test]
fn an_official_source_stands_above_an_agency_and_the_later_article_above_the_earlier() {
    let telling = |id: &str, kind, day: &str, millions: i64| {
        let number = u64::from_str_radix(id, 16).unwrap();
        let told = Told::new(number, id.to_owned(), claim("million", millions, ""));
        Told { published: day.parse().ok(), kind, ..told }
    };
    let (official, agency) = (Some(PublisherKind::Official), Some(PublisherKind::Agency));
    let amount = |tellings: &[Told]| fields(tellings).unwrap().amount.unwrap().from.unwrap();
    let early = telling("a", None, "2022-11-10", 400);
    let late = telling("b", None, "2022-11-11", 450);
    let wire = telling("c", agency, "2022-11-09", 420);
    let own = telling("d", official, "2022-11-08", 425);
    assert_eq!(amount(&[early.clone(), late.clone()]), 0xb);
    assert_eq!(amount(&[early.clone(), late.clone(), wire.clone()]), 0xc);
    assert_eq!(amount(&[own, early, late, wire]), 0xd);
}

#[test]
fn of_equal_sources_the_one_that_tells_the_givers_own_money_stands_above_a_conversion() {
    let telling = |id: &str, kind, currency: &str, qualifier| {
        let mut claim = claim("million", 400, "");
        claim.donors = vec!["NO".to_owned()];
        let bounds = Bounds::of(Decimal::from(400), qualifier);
        claim.amount = Some(Amount { bounds, currency: currency.parse().unwrap() });
        let number = u64::from_str_radix(id, 16).unwrap();
        Told { kind, ..Told::new(number, id.to_owned(), claim) }
    };
    let from = |tellings: &[Told]| fields(tellings).unwrap().amount.unwrap().from.unwrap();
    let own = telling("a", None, "NOK", Qualifier::About);
    let converted = telling("b", None, "USD", Qualifier::Exact);
    let in_euros = telling("c", None, "EUR", Qualifier::About);
    let official = telling("d", Some(PublisherKind::Official), "USD", Qualifier::About);
    assert_eq!(from(&[converted.clone(), own.clone()]), 0xa);
    assert_eq!(from(&[in_euros, converted.clone()]), 0xb);
    assert_eq!(from(&[own, converted, official]), 0xd);
}

#[test]
fn the_order_of_reading_does_not_change_a_quantity() {
    let telling = |id: &str, day: &str, quantity| {
        let mut claim = claim("million", 400, "");
        claim.items = vec![item("hawk", Some(quantity))];
        let number = u64::from_str_radix(id, 16).unwrap();
        Told { published: day.parse().ok(), ..Told::new(number, id.to_owned(), claim) }
    };
    let (early, late) = (telling("a", "2022-11-10", 4), telling("b", "2022-11-11", 6));
    for tellings in [[&early, &late], [&late, &early]] {
        let mut lines = Vec::new();
        unite(&mut lines, tellings[0], &[]);
        unite(&mut lines, tellings[1], &[tellings[0].clone()]);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].from, Some((0xb, 0)));
    }
}

#[test]
fn items_are_united_and_never_summed() {
    let telling = |id: &str, items: Vec<Item>| {
        let mut claim = claim("million", 400, "");
        claim.items = items;
        let number = u64::from_str_radix(id, 16).unwrap();
        Told::new(number, id.to_owned(), claim)
    };
    let about = |system: &str, number: i64| Item {
        quantity: Some(Bounds::of(Decimal::from(number), Qualifier::About)),
        ..item(system, None)
    };
    let rounds = |number| Item { unit: Some("rounds".to_owned()), ..item("hawk", number) };
    let (mut lines, mut known) = (Vec::new(), Vec::new());
    let mut tell = |told: Told| {
        unite(&mut lines, &told, &known);
        known.push(told);
    };
    tell(telling("a", vec![item("hawk", None), about("stinger", 800)]));
    tell(telling("b", vec![item("stinger", Some(790)), item("hawk", None)]));
    tell(telling("c", vec![item("stinger", Some(800)), rounds(Some(5))]));
    // One article that names a thing twice means two things.
    tell(telling("d", vec![item("hawk", Some(1)), item("hawk", Some(2))]));
    let found: Vec<_> = lines
        .iter()
        .map(|line| (line.item.name.as_str(), line.item.quantity, line.from.unwrap().0))
        .collect();
    let exactly = |number: i64| Some(Bounds::of(Decimal::from(number), Qualifier::Exact));
    assert_eq!(
        found,
        [
            ("HAWK", exactly(1), 0xd),
            ("STINGER", exactly(790), 0xb),
            ("HAWK", exactly(5), 0xc),
            ("HAWK", exactly(2), 0xd),
        ]
    );
}

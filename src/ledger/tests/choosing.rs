//! The written rule that takes a package's fields from its tellings.

use super::*;
use crate::ledger::choose::{Fields, Told, fields, sources, unite};
use proptest::prelude::*;

prop_compose! {
    fn told()(
        id in "[0-9a-f]{6}",
        published in prop::option::of(0..60_i64),
        announced in prop::option::of((0..60_i64, 0..3_u8)),
        qualifier in prop::sample::select(Qualifier::ALL),
        priced in any::<bool>(),
        status in prop::sample::select(Status::ALL),
        aid in prop::sample::select(Aid::ALL),
        mechanism in prop::option::of("[AB]"),
        sequence in prop::option::of(1..3_u32),
        confidence in 0..3_u16,
    ) -> Told {
        let first: crate::model::CivilDate = "2022-11-10".parse().unwrap();
        let mut claim = claim("million", 400, "");
        claim.announced = announced.and_then(|(days, precision)| {
            let day = first.plus_days(days)?;
            match precision {
                0 => crate::model::CivilDate::year(day.year_number()),
                1 => crate::model::CivilDate::month(day.year_number(), day.month_number()?),
                _ => Some(day),
            }
        });
        let amount = Amount {
            bounds: Bounds::of(Decimal::from(400), qualifier),
            currency: "USD".parse().unwrap(),
        };
        claim.amount = priced.then_some(amount);
        (claim.status, claim.aid) = (status, aid);
        (claim.mechanism, claim.sequence) = (mechanism, sequence);
        claim.confidence = Confidence(confidence);
        let number = u64::from_str_radix(&id, 16).unwrap();
        Told { number, id, claim, published: published.and_then(|days| first.plus_days(days)) }
    }
}

/// The fields as recording takes them: one telling after the other, looking back only at the
/// claims that the fields were taken from.
fn step_by_step(tellings: &[Told]) -> Option<Fields> {
    let mut so_far: Option<Fields> = None;
    for told in tellings {
        let known = so_far.as_ref().map(sources).unwrap_or_default();
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
fn the_more_exact_amount_and_the_announcement_itself_are_taken() {
    let telling = |id: &str, change: &dyn Fn(&mut Claim)| {
        let mut claim = claim("million", 400, "");
        change(&mut claim);
        let number = u64::from_str_radix(id, 16).unwrap();
        Told { number, id: id.to_owned(), claim, published: "2022-11-12".parse().ok() }
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
fn items_are_united_and_never_summed() {
    let telling = |id: &str, items: Vec<Item>| {
        let mut claim = claim("million", 400, "");
        claim.items = items;
        let number = u64::from_str_radix(id, 16).unwrap();
        Told { number, id: id.to_owned(), claim, published: None }
    };
    let about = |system: &str, number: i64| Item {
        quantity: Some(Bounds::of(Decimal::from(number), Qualifier::About)),
        ..item(system, None)
    };
    let rounds = |number| Item { unit: Some("rounds".to_owned()), ..item("hawk", number) };
    let mut lines = Vec::new();
    unite(&mut lines, &telling("a", vec![item("hawk", None), about("stinger", 800)]));
    unite(&mut lines, &telling("b", vec![item("stinger", Some(790)), item("hawk", None)]));
    unite(&mut lines, &telling("c", vec![item("stinger", Some(800)), rounds(Some(5))]));
    // One article that names a thing twice means two things.
    unite(&mut lines, &telling("d", vec![item("hawk", Some(1)), item("hawk", Some(2))]));
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

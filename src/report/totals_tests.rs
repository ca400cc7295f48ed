use super::*;
use crate::model::{Aid, Amount, PackageId, Qualifier, Stage, Standing};

fn package(id: u64, donor: &str, amount: Option<(i64, Qualifier, &str)>) -> Package {
    Package {
        id: PackageId(id),
        donors: vec![donor.to_owned()],
        recipients: vec!["UA".to_owned()],
        announced: format!("2022-0{id}-10").parse().ok(),
        amount: amount.map(|(figure, qualifier, currency)| Amount {
            bounds: Bounds::of(figure.into(), qualifier),
            currency: currency.parse().unwrap(),
        }),
        aid: Aid::Military,
        stage: Stage::Announced,
        mechanism: None,
        sequence: None,
        items: Vec::new(),
        standing: Standing::Accepted,
        sources: Vec::new(),
    }
}

fn rows(table: &Table) -> Vec<String> {
    let mut out = Vec::new();
    let page = crate::report::Page::default();
    crate::report::render(table, crate::report::Format::Csv, page, &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn currencies_are_never_added_and_the_ends_follow_the_qualifiers() {
    let packages = [
        package(1, "US", Some((400, Qualifier::UpTo, "USD"))),
        package(2, "US", Some((100, Qualifier::Exact, "USD"))),
        package(3, "US", Some((50, Qualifier::About, "EUR"))),
        package(4, "US", None),
        package(5, "DE", Some((7, Qualifier::MoreThan, "EUR"))),
    ];
    let table = totals(&packages, &TotalsQuery { keys: vec![Key::Donor] });
    assert_eq!(
        rows(&table),
        ["DE,EUR,1,0,7,7,", "US,EUR,1,0,50,50,50", "US,USD,2,0,500,100,500", "US,,1,1,,,"]
    );
    assert_eq!(
        table.notes,
        [
            "1 package without a stated amount: counted, not in the sums",
            "1 package stated as \"more than\" or \"at least\": the high end is open (at least 57 EUR)",
        ]
    );
    assert_eq!(table.sums.len(), 3);
}

#[test]
fn a_month_key_takes_a_coarser_date_as_its_year() {
    let mut packages = [package(1, "US", None), package(2, "US", None), package(3, "US", None)];
    packages[1].announced = "2022".parse().ok();
    packages[2].announced = None;
    let table = totals(&packages, &TotalsQuery { keys: vec![Key::Month, Key::Currency] });
    assert_eq!(rows(&table), ["2022,,1,1,,,", "2022-01,,1,1,,,", ",,1,1,,,"]);
}

#[test]
fn a_sum_beyond_the_decimals_is_said_not_wrapped() {
    let mut packages = [package(1, "US", None), package(2, "US", None)];
    for package in &mut packages {
        let bounds = Bounds::of(Decimal::MAX, Qualifier::Exact);
        package.amount = Some(Amount { bounds, currency: crate::model::Currency::USD });
    }
    let table = totals(&packages, &TotalsQuery::default());
    assert_eq!(rows(&table), ["US,USD,2,0,too large,,"]);
}

use super::*;
use crate::model::Bounds;
use crate::model::{Aid, Amount, Counted, PackageId, Qualifier, Stage, Standing};
use rust_decimal::Decimal;

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

fn item(name: &str, count: i64, qualifier: Qualifier) -> Item {
    Item {
        system: None,
        name: name.to_owned(),
        text: name.to_owned(),
        class: Some(name.to_owned()),
        kinds: Vec::new(),
        quantity: Some(Bounds::of(count.into(), qualifier)),
        unit: None,
        evidence: crate::model::Span::new(0, 0),
    }
}

fn thing(counted: Counted, item: &Item) -> Thing {
    Thing { counted, name: item.name.clone(), unit: None }
}

fn other(item: &Item) -> Thing {
    thing(Counted::Other, item)
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
    let table = totals(&packages, &TotalsQuery::by(&[Key::Donor]), &other);
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
    let table = totals(&packages, &TotalsQuery::by(&[Key::Month, Key::Currency]), &other);
    assert_eq!(rows(&table), ["2022-01,,1,1,,,", "2022,,1,1,,,", ",,1,1,,,"]);
}

#[test]
fn a_sum_beyond_the_decimals_is_said_not_wrapped() {
    let mut packages = [package(1, "US", None), package(2, "US", None)];
    for package in &mut packages {
        let bounds = Bounds::of(Decimal::MAX, Qualifier::Exact);
        package.amount = Some(Amount { bounds, currency: crate::model::Currency::USD });
    }
    let table = totals(&packages, &TotalsQuery::default(), &other);
    assert_eq!(rows(&table), ["US,USD,2,0,too large,,"]);
}

#[test]
fn periods_are_columns_without_gaps_and_run_on_where_that_is_asked() {
    let mut packages = [
        package(1, "US", Some((400, Qualifier::UpTo, "USD"))),
        package(3, "US", Some((100, Qualifier::Exact, "USD"))),
        package(4, "DE", Some((7, Qualifier::MoreThan, "EUR"))),
        package(5, "US", Some((5, Qualifier::Exact, "USD"))),
    ];
    packages[3].announced = None;
    let mut query = TotalsQuery { pivot: Some(Key::Month), ..TotalsQuery::by(&[Key::Donor]) };
    let table = totals(&packages, &query, &other);
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_ref()).collect();
    let months = ["2022-01", "2022-02", "2022-03", "2022-04", "unknown"];
    assert_eq!(names[2..7], months);
    assert_eq!(rows(&table), ["DE,EUR,,,,7,,1,0,7,7,", "US,USD,400,,100,,5,3,0,505,105,505"]);
    query.cumulative = true;
    query.figure = Some(Figure::Low);
    let table = totals(&packages, &query, &other);
    assert_eq!(rows(&table), ["DE,EUR,,,,7,1,0,7,7,", "US,USD,0,0,100,100,3,0,505,105,505"]);
    assert!(
        table.notes.contains(&"1 package without a date: not in the sums that run on".to_owned())
    );
}

#[test]
fn sums_that_run_on_hold_every_period_from_the_first_of_a_group_to_the_last_of_all() {
    let packages = [
        package(1, "US", Some((400, Qualifier::Exact, "USD"))),
        package(2, "DE", Some((7, Qualifier::Exact, "USD"))),
        package(4, "US", Some((100, Qualifier::Exact, "USD"))),
    ];
    let keys = [Key::Donor, Key::Month];
    let query = TotalsQuery { cumulative: true, ..TotalsQuery::by(&keys) };
    let table = totals(&packages, &query, &other);
    assert_eq!(
        rows(&table),
        [
            "DE,2022-02,USD,1,0,7,7,7",
            "DE,2022-03,USD,1,0,7,7,7",
            "DE,2022-04,USD,1,0,7,7,7",
            "US,2022-01,USD,1,0,400,400,400",
            "US,2022-02,USD,1,0,400,400,400",
            "US,2022-03,USD,1,0,400,400,400",
            "US,2022-04,USD,2,0,500,500,500",
        ]
    );
}

#[test]
fn rounds_are_never_added_to_launchers() {
    let mut packages = [package(1, "US", None), package(2, "US", None)];
    packages[0].items =
        vec![item("HIMARS", 4, Qualifier::Exact), item("GMLRS", 100, Qualifier::UpTo)];
    packages[1].items = vec![item("M270", 3, Qualifier::AtLeast)];
    let is_round = |item: &Item| item.name == "GMLRS";
    let counted = |item: &Item| {
        thing(if is_round(item) { Counted::Rounds } else { Counted::Launchers }, item)
    };
    let query = TotalsQuery::by(&[Key::Donor]);
    let mut tally = Tally::of_things(&query, &counted);
    for package in &packages {
        tally.add(package);
    }
    let table = tally.table();
    assert_eq!(rows(&table), ["US,launchers,,2,0,7,7,", "US,rounds,,1,0,100,0,100"]);
}

#[test]
fn classes_stand_under_their_names_for_people_and_under_their_ids_for_programs() {
    let mut told = package(1, "US", None);
    told.items = ["sam-point", "tank", "unheard-of"]
        .map(|class| Item { class: Some(class.to_owned()), ..item("one", 1, Qualifier::Exact) })
        .to_vec();
    let query = TotalsQuery::by(&[Key::Class]);
    let name = |id: &str| match id {
        "sam-point" => Some("Very short-range air defence"),
        "tank" => Some("Battle tank"),
        _ => None,
    };
    let mut tally = Tally::of_things(&query, &other).with_class_names(&name);
    tally.add(&told);
    let table = tally.table();
    let ids: Vec<String> =
        rows(&table).iter().filter_map(|row| Some(row.split(',').next()?.to_owned())).collect();
    assert_eq!(ids, ["tank", "sam-point", "unheard-of"]);
    let mut out = Vec::new();
    let page = crate::report::Page::default();
    crate::report::render(&table, crate::report::Format::Markdown, page, &mut out).unwrap();
    let shown = String::from_utf8(out).unwrap();
    assert!(shown.contains("| Battle tank |") && !shown.contains("sam-point"), "{shown}");
}

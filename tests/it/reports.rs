//! Every report in every format, from fixed packages with hostile text, against its golden.

use crate::support::{check_golden, root};
use aidledger::model::package::PackageSource;
use aidledger::model::{
    Aid, Amount, Bounds, Counted, Currency, Item, Package, PackageId, Proof, Qualifier, Span,
    Stage, Standing, Thing,
};
use aidledger::report::{
    EvidenceRow, Format, Key, Page, Scope, Table, TotalsQuery, evidence, items, packages, render,
    select, totals,
};
use rust_decimal::Decimal;

pub(crate) fn amount(
    low: Option<i64>,
    high: Option<i64>,
    qualifier: Qualifier,
    code: &str,
) -> Amount {
    let bounds = Bounds::new(low.map(Decimal::from), high.map(Decimal::from), qualifier).unwrap();
    Amount { bounds, currency: code.parse::<Currency>().unwrap() }
}

pub(crate) fn item(
    system: Option<&str>,
    name: &str,
    quantity: Option<Bounds>,
    unit: Option<&str>,
) -> Item {
    Item {
        system: system.map(str::to_owned),
        name: name.to_owned(),
        text: name.to_owned(),
        class: system.map(|_| "air defence".to_owned()),
        kinds: Vec::new(),
        quantity,
        unit: unit.map(str::to_owned),
        evidence: Span::new(0, 4),
    }
}

pub(crate) fn package(id: u64, donors: &[&str], day: &str, amount: Option<Amount>) -> Package {
    Package {
        id: PackageId(id),
        donors: donors.iter().map(|&code| code.to_owned()).collect(),
        recipients: vec!["UA".to_owned()],
        announced: day.parse().ok(),
        amount,
        aid: Aid::Military,
        stage: Stage::Announced,
        mechanism: None,
        sequence: None,
        items: Vec::new(),
        standing: Standing::Accepted,
        sources: vec![PackageSource {
            article: "ab".repeat(32),
            title: Some("=HYPERLINK(\"https://bad.example\") \u{1b}[31m".to_owned()),
            publisher: Some("Example Wire".to_owned()),
            published: "2022-11-11".parse().ok(),
            location: Some(format!("articles/{id}.txt")),
        }],
    }
}

pub(crate) fn sample() -> Vec<Package> {
    let million = 1_000_000;
    let mut all = vec![
        package(
            1,
            &["US"],
            "2022-11-10",
            Some(amount(None, Some(400 * million), Qualifier::UpTo, "USD")),
        ),
        package(
            2,
            &["US"],
            "2022-12",
            Some(amount(Some(1_850 * million), Some(1_850 * million), Qualifier::Exact, "USD")),
        ),
        package(
            3,
            &["DE", "NL"],
            "2023-02-01",
            Some(amount(Some(50 * million), Some(60 * million), Qualifier::Range, "EUR")),
        ),
        package(
            4,
            &["SE"],
            "2023-01-19",
            Some(amount(Some(4_300 * million), None, Qualifier::AtLeast, "SEK")),
        ),
        package(5, &["US"], "", None),
        package(6, &["US"], "2023-03-01", None),
        package(7, &["US"], "2023-03-01", None),
        package(8, &["EU"], "2023-03-02", None),
    ];
    let exact = |n: i64| Some(Bounds::of(n.into(), Qualifier::Exact));
    all[0].mechanism = Some("PDA".to_owned());
    all[0].sequence = Some(25);
    all[0].items = vec![
        item(Some("hawk"), "MIM-23 Hawk", None, None),
        item(Some("avenger"), "AN/TWQ-1 Avenger", exact(4), None),
        item(None, "+cmd|' /C calc'!A0\n@\u{202e}evil|*<b>", exact(10_000), Some("rounds")),
    ];
    all[2].items = vec![item(
        Some("hawk"),
        "MIM-23 Hawk",
        Some(Bounds::of(2.into(), Qualifier::MoreThan)),
        None,
    )];
    all[5].stage = Stage::Proposed;
    all[6].standing = Standing::Pending;
    all[7].aid = Aid::Financial;
    all
}

fn thing(item: &Item) -> Thing {
    let counted = if item.unit.is_some() { Counted::Rounds } else { Counted::Launchers };
    Thing { counted, name: item.name.clone(), unit: item.unit.clone() }
}

fn check(name: &str, table: &Table) {
    for format in Format::ALL {
        let end = if *format == Format::Table { "txt" } else { format.as_str() };
        let mut out = Vec::new();
        let page = Page { width: Some(100), ..Page::default() };
        render(table, *format, page, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{name} as {format} lets escapes through");
        let text = if *format == Format::Html { without_style(&text) } else { text };
        check_golden(&root().join(format!("fixtures/reports/{name}.{end}")), &text);
    }
}

/// A page without its style, which is that of the report, whose golden holds it.
fn without_style(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").expect("a page has a style");
    let (style, body) = rest.split_once("</style>").expect("a style has an end");
    let report = std::fs::read_to_string(root().join("fixtures/reports/report.html")).unwrap();
    assert!(report.contains(style), "the style is another one than the report's");
    format!("{head}<style></style>{body}")
}

#[test]
fn every_report_is_in_every_format_as_its_golden_says() {
    let scope = Scope {
        stages: vec![Stage::Announced, Stage::Contracted, Stage::Delivered],
        aids: vec![Aid::Military, Aid::Mixed],
        standings: vec![Standing::Accepted],
        ..Scope::default()
    };
    let (selected, selection) = select(sample(), &scope);
    let selected = &selected;
    check("packages", &packages(selected));
    check("items", &items(selected));
    for (name, keys) in [
        ("totals-donor", vec![Key::Donor]),
        ("totals-month-stage", vec![Key::Month, Key::Stage]),
        ("totals-system", vec![Key::System]),
    ] {
        let mut table = totals(selected, &TotalsQuery::by(&keys), &thing);
        table.notes.extend(selection.notes());
        check(name, &table);
    }
    let row = EvidenceRow {
        package: PackageId(1),
        source: Some(&selected[0].sources[0]),
        proof: Proof {
            field: "amount",
            span: Span::new(10, 14),
            quote: "-400 \"million\"",
            rule: "money.symbol-scale",
        },
        sentence: Some("It is\r\n=worth -400 \"million\", they said."),
    };
    check("evidence", &evidence(&[row]));
}

#[test]
fn the_sums_under_a_table_are_those_of_its_rows() {
    let table = totals(&sample(), &TotalsQuery::by(&[Key::Donor, Key::Year]), &thing);
    let packages = |rows: &[Vec<aidledger::report::Cell>]| -> u64 {
        let column = table.columns.iter().position(|column| column.name == "packages").unwrap();
        rows.iter()
            .map(|row| match &row[column] {
                aidledger::report::Cell::Count(count) => *count,
                cell => panic!("{cell:?}"),
            })
            .sum()
    };
    assert_eq!(packages(&table.rows), sample().len() as u64);
    assert_eq!(packages(&table.sums), sample().len() as u64);
}

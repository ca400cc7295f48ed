//! Packages, their items and their evidence as tables, one row each.

use super::table::{Cell, Column, Kind, Table};
use crate::model::package::PackageSource;
use crate::model::{Amount, Evidence, Package, PackageId, Standing};
use std::collections::BTreeMap;

/// One row a package.
pub fn packages(packages: &[Package]) -> Table {
    let mut table = Table::new(vec![
        Column::new("id", "ID", Kind::Text),
        Column::new("announced", "Date", Kind::Date),
        Column::new("donors", "Donor", Kind::Text),
        Column::new("recipients", "To", Kind::Text),
        Column::new("amount", "Amount", Kind::Amount),
        Column::new("mechanism", "Via", Kind::Text),
        Column::new("sequence", "Sequence", Kind::Number).for_programs(),
        Column::new("aid", "Aid", Kind::Text).for_programs(),
        Column::new("stage", "Stage", Kind::Text),
        Column::new("pending", "Pending", Kind::Text).for_programs(),
        Column::new("standing", "Standing", Kind::Text).for_programs(),
        Column::new("items", "Items", Kind::Text),
        Column::new("sources", "Sources", Kind::Text).for_programs(),
        Column::new("source_count", "Told", Kind::Number).for_people(),
    ]);
    table.rows = packages.iter().map(package_row).collect();
    table
}

/// Puts the packages' amounts in other money beside those that were stated.
pub fn add_converted(
    table: &mut Table,
    packages: &[Package],
    amounts: &BTreeMap<PackageId, Amount>,
) {
    let Some(place) = table.columns.iter().position(|column| column.name == "amount") else {
        return;
    };
    table.columns.insert(place + 1, Column::new("converted", "Converted", Kind::Amount));
    for (row, package) in table.rows.iter_mut().zip(packages) {
        let amount = amounts.get(&package.id).copied();
        row.insert(place + 1, amount.map_or(Cell::Blank, Cell::Amount));
    }
}

fn package_row(package: &Package) -> Vec<Cell> {
    vec![
        Cell::Text(package.id.to_string()),
        Cell::date(package.announced),
        Cell::List(package.donors.clone()),
        Cell::List(package.recipients.clone()),
        package.amount.map_or(Cell::Blank, Cell::Amount),
        Cell::text(package.mechanism.as_deref()),
        package.sequence.map_or(Cell::Blank, |number| Cell::Count(u64::from(number))),
        Cell::Text(package.aid.to_string()),
        Cell::Text(package.stage.to_string()),
        Cell::Flag(package.standing == Standing::Pending),
        Cell::Text(package.standing.to_string()),
        Cell::Items(package.items.clone()),
        Cell::Sources(package.sources.clone()),
        Cell::Count(package.sources.len() as u64),
    ]
}

/// One row an item, with the package that it belongs to; no amount, since a package's value is
/// never split among its items.
pub fn items(packages: &[Package]) -> Table {
    let mut table = Table::new(vec![
        Column::new("package", "Package", Kind::Text),
        Column::new("announced", "Announced", Kind::Date),
        Column::new("donors", "Donor", Kind::Text),
        Column::new("recipients", "Recipient", Kind::Text),
        Column::new("stage", "Stage", Kind::Text),
        Column::new("system", "System", Kind::Text).for_programs(),
        Column::new("name", "Item", Kind::Text),
        Column::new("class", "Class", Kind::Text),
        Column::new("quantity", "Quantity", Kind::Quantity),
        Column::new("text", "Words", Kind::Text),
    ]);
    for package in packages {
        table.rows.extend(package.items.iter().map(|item| {
            let unit = item.unit.clone();
            vec![
                Cell::Text(package.id.to_string()),
                Cell::date(package.announced),
                Cell::List(package.donors.clone()),
                Cell::List(package.recipients.clone()),
                Cell::Text(package.stage.to_string()),
                Cell::text(item.system.as_deref()),
                Cell::Text(item.name.clone()),
                Cell::text(item.class.as_deref()),
                item.quantity.map_or(Cell::Blank, |bounds| Cell::Quantity(bounds, unit)),
                Cell::Text(item.text.clone()),
            ]
        }));
    }
    table
}

/// One row an article of a package.
pub fn sources(packages: &[Package]) -> Table {
    let mut table = Table::new(vec![
        Column::new("package", "Package", Kind::Text),
        Column::new("article", "Article", Kind::Text),
        Column::new("title", "Title", Kind::Text),
        Column::new("publisher", "Publisher", Kind::Text),
        Column::new("published", "Published", Kind::Date),
        Column::new("location", "Location", Kind::Text),
    ]);
    for package in packages {
        table.rows.extend(package.sources.iter().map(|source| {
            vec![
                Cell::Text(package.id.to_string()),
                Cell::Text(source.article.clone()),
                Cell::text(source.title.as_deref()),
                Cell::text(source.publisher.as_deref()),
                Cell::date(source.published),
                Cell::text(source.location.as_deref()),
            ]
        }));
    }
    table
}

/// One row an item with all of its package, and one for a package without items. The amount stands on
/// the first row of a package only, so that the sum of the column is that of the packages.
pub fn tidy(packages: &[Package]) -> Table {
    let mut table = Table::new(vec![
        Column::new("package", "Package", Kind::Text),
        Column::new("row", "Row", Kind::Number),
        Column::new("announced", "Announced", Kind::Date),
        Column::new("donors", "Donor", Kind::Text),
        Column::new("recipients", "Recipient", Kind::Text),
        Column::new("amount", "Amount", Kind::Amount),
        Column::new("mechanism", "Mechanism", Kind::Text),
        Column::new("aid", "Aid", Kind::Text),
        Column::new("stage", "Stage", Kind::Text),
        Column::new("system", "System", Kind::Text),
        Column::new("name", "Item", Kind::Text),
        Column::new("class", "Class", Kind::Text),
        Column::new("quantity", "Quantity", Kind::Quantity),
    ]);
    for package in packages {
        let lines = package.items.iter().map(Some).chain(package.items.is_empty().then_some(None));
        for (number, item) in lines.enumerate() {
            let amount = package.amount.filter(|_| number == 0);
            let quantity = item.and_then(|item| Some((item.quantity?, item.unit.clone())));
            table.rows.push(vec![
                Cell::Text(package.id.to_string()),
                Cell::Count(number as u64 + 1),
                Cell::date(package.announced),
                Cell::List(package.donors.clone()),
                Cell::List(package.recipients.clone()),
                amount.map_or(Cell::Blank, Cell::Amount),
                Cell::text(package.mechanism.as_deref()),
                Cell::Text(package.aid.to_string()),
                Cell::Text(package.stage.to_string()),
                Cell::text(item.and_then(|item| item.system.as_deref())),
                Cell::text(item.map(|item| item.name.as_str())),
                Cell::text(item.and_then(|item| item.class.as_deref())),
                quantity.map_or(Cell::Blank, |(bounds, unit)| Cell::Quantity(bounds, unit)),
            ]);
        }
    }
    table
}

/// One field of one telling of a package, with the words that prove it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// The package.
    pub package: PackageId,
    /// The article, where the package was not entered by hand.
    pub source: Option<PackageSource>,
    /// The words; `span` counts bytes of the article's text.
    pub evidence: Evidence,
    /// The sentence that the words stand in, where it is known.
    pub sentence: Option<String>,
}

/// One row a field and telling.
pub fn evidence(rows: &[EvidenceRow]) -> Table {
    let mut table = Table::new(vec![
        Column::new("package", "Package", Kind::Text),
        Column::new("field", "Field", Kind::Text),
        Column::new("quote", "Words", Kind::Text),
        Column::new("sentence", "Sentence", Kind::Text),
        Column::new("rule", "Rule", Kind::Text),
        Column::new("publisher", "Publisher", Kind::Text),
        Column::new("published", "Published", Kind::Date),
        Column::new("location", "Location", Kind::Text),
        Column::new("article", "Article", Kind::Text).for_programs(),
        Column::new("start", "Start", Kind::Number).for_programs(),
        Column::new("end", "End", Kind::Number).for_programs(),
    ]);
    table.rows = rows.iter().map(evidence_row).collect();
    table
}

fn evidence_row(row: &EvidenceRow) -> Vec<Cell> {
    let source = row.source.as_ref();
    let evidence = &row.evidence;
    let place = |byte: usize| match source {
        Some(_) => Cell::Count(byte as u64),
        None => Cell::Blank,
    };
    vec![
        Cell::Text(row.package.to_string()),
        Cell::Text(evidence.field.clone()),
        Cell::Text(evidence.quote.clone()),
        Cell::text(row.sentence.as_deref()),
        Cell::Text(evidence.rule.clone()),
        Cell::text(source.and_then(|source| source.publisher.as_deref())),
        Cell::date(source.and_then(|source| source.published)),
        Cell::text(source.and_then(|source| source.location.as_deref())),
        Cell::text(source.map(|source| source.article.as_str())),
        place(evidence.span.start),
        place(evidence.span.end),
    ]
}

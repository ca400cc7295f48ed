//! Packages, their items and their evidence as tables, one row each.

use super::table::{Cell, Column, Kind, Table};
use crate::model::package::PackageSource;
use crate::model::{Amount, Evidence, Item, Package, PackageId, Standing};

/// The columns of a table with one row a package; `converts` puts the amount in other money beside the
/// stated one.
pub fn package_columns(converts: bool) -> Vec<Column> {
    let mut columns = vec![
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
    ];
    if converts {
        columns.insert(5, Column::new("converted", "Converted", Kind::Amount));
    }
    columns
}

/// The row of a package; with the amount in other money where there is a column for it.
pub fn package_row(package: Package, converted: Option<Option<Amount>>) -> Vec<Cell> {
    let told = package.sources.len() as u64;
    let mut row = vec![
        Cell::Package(package.id),
        Cell::date(package.announced),
        Cell::List(package.donors),
        Cell::List(package.recipients),
        package.amount.map_or(Cell::Blank, Cell::Amount),
        package.mechanism.map_or(Cell::Blank, Cell::Text),
        package.sequence.map_or(Cell::Blank, |number| Cell::Count(u64::from(number))),
        Cell::Word(package.aid.as_str()),
        Cell::Word(package.stage.as_str()),
        Cell::Flag(package.standing == Standing::Pending),
        Cell::Word(package.standing.as_str()),
        Cell::Items(package.items),
        Cell::Sources(package.sources),
        Cell::Count(told),
    ];
    if let Some(converted) = converted {
        row.insert(5, converted.map_or(Cell::Blank, Cell::Amount));
    }
    row
}

/// One row a package.
pub fn packages(packages: &[Package]) -> Table {
    let mut table = Table::new(package_columns(false));
    table.rows = packages.iter().map(|package| package_row(package.clone(), None)).collect();
    table
}

/// The columns of a table with one row an item.
pub fn item_columns() -> Vec<Column> {
    vec![
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
    ]
}

/// The rows of a package's items, each with the package that it belongs to; no amount, since a
/// package's value is never split among its items.
pub fn item_rows(package: Package) -> Vec<Vec<Cell>> {
    let Package { id, announced, donors, recipients, stage, items, .. } = package;
    let row = |item: Item| {
        let Item { system, name, text, class, quantity, unit, .. } = item;
        vec![
            Cell::Package(id),
            Cell::date(announced),
            Cell::List(donors.clone()),
            Cell::List(recipients.clone()),
            Cell::Word(stage.as_str()),
            system.map_or(Cell::Blank, Cell::Text),
            Cell::Text(name),
            class.map_or(Cell::Blank, Cell::Text),
            quantity.map_or(Cell::Blank, |bounds| Cell::Quantity(bounds, unit)),
            Cell::Text(text),
        ]
    };
    items.into_iter().map(row).collect()
}

/// One row an item.
pub fn items(packages: &[Package]) -> Table {
    let mut table = Table::new(item_columns());
    table.rows = packages.iter().flat_map(|package| item_rows(package.clone())).collect();
    table
}

/// The columns of a table with one row an article of a package.
pub fn source_columns() -> Vec<Column> {
    vec![
        Column::new("package", "Package", Kind::Text),
        Column::new("article", "Article", Kind::Text),
        Column::new("title", "Title", Kind::Text),
        Column::new("publisher", "Publisher", Kind::Text),
        Column::new("published", "Published", Kind::Date),
        Column::new("location", "Location", Kind::Text),
    ]
}

/// The rows of a package's articles.
pub fn source_rows(package: Package) -> Vec<Vec<Cell>> {
    let id = package.id;
    let row = |source: PackageSource| {
        vec![
            Cell::Package(id),
            Cell::Text(source.article),
            source.title.map_or(Cell::Blank, Cell::Text),
            source.publisher.map_or(Cell::Blank, Cell::Text),
            Cell::date(source.published),
            source.location.map_or(Cell::Blank, Cell::Text),
        ]
    };
    package.sources.into_iter().map(row).collect()
}

/// One row an article of a package.
pub fn sources(packages: &[Package]) -> Table {
    let mut table = Table::new(source_columns());
    table.rows = packages.iter().flat_map(|package| source_rows(package.clone())).collect();
    table
}

/// The columns of a table with one row an item and all of its package.
pub fn tidy_columns() -> Vec<Column> {
    vec![
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
    ]
}

/// One row an item with all of its package, and one for a package without items. The amount stands on
/// the first row of a package only, so that the sum of the column is that of the packages.
pub fn tidy_rows(package: Package) -> Vec<Vec<Cell>> {
    let Package { id, announced, donors, recipients, amount, mechanism, aid, stage, items, .. } =
        package;
    let blank = items.is_empty().then_some(None);
    let lines = items.into_iter().map(Some).chain(blank).enumerate();
    let row = |(number, item): (usize, Option<Item>)| {
        let (system, name, class, quantity) = item.map_or((None, None, None, None), |item| {
            let quantity = item.quantity.map(|bounds| Cell::Quantity(bounds, item.unit));
            (item.system, Some(item.name), item.class, quantity)
        });
        vec![
            Cell::Package(id),
            Cell::Count(number as u64 + 1),
            Cell::date(announced),
            Cell::List(donors.clone()),
            Cell::List(recipients.clone()),
            amount.filter(|_| number == 0).map_or(Cell::Blank, Cell::Amount),
            Cell::text(mechanism.as_deref()),
            Cell::Word(aid.as_str()),
            Cell::Word(stage.as_str()),
            system.map_or(Cell::Blank, Cell::Text),
            name.map_or(Cell::Blank, Cell::Text),
            class.map_or(Cell::Blank, Cell::Text),
            quantity.unwrap_or(Cell::Blank),
        ]
    };
    lines.map(row).collect()
}

/// The tidy rows of packages.
pub fn tidy(packages: &[Package]) -> Table {
    let mut table = Table::new(tidy_columns());
    table.rows = packages.iter().flat_map(|package| tidy_rows(package.clone())).collect();
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

/// The columns of a table with one row a field and telling.
pub fn evidence_columns() -> Vec<Column> {
    vec![
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
    ]
}

/// One row a field and telling.
pub fn evidence(rows: &[EvidenceRow]) -> Table {
    let mut table = Table::new(evidence_columns());
    table.rows = rows.iter().map(evidence_row).collect();
    table
}

/// The row of a field of a telling.
pub fn evidence_row(row: &EvidenceRow) -> Vec<Cell> {
    let source = row.source.as_ref();
    let evidence = &row.evidence;
    let place = |byte: usize| match source {
        Some(_) => Cell::Count(byte as u64),
        None => Cell::Blank,
    };
    vec![
        Cell::Package(row.package),
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

//! Packages, their items and their evidence as tables, one row each.

use super::table::{Cell, Column, Kind, Shown, Table};
use crate::model::package::PackageSource;
use crate::model::{Amount, Item, Package, PackageId, Proof, Standing};
use std::convert::Infallible;

/// What takes the rows of a package, one by one; the row is used again for the next.
pub type Put<'a, E> = dyn FnMut(&mut Vec<Cell>) -> Result<(), E> + 'a;

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
        Column::new("sequence", "Sequence", Kind::Count).for_programs(),
        Column::new("aid", "Aid", Kind::Text).for_programs(),
        Column::new("stage", "Stage", Kind::Text),
        Column::new("pending", "Pending", Kind::Flag).for_programs(),
        Column::new("standing", "Standing", Kind::Text).for_programs(),
        Column::new("items", "Items", Kind::Text),
        Column::new("sources", "Sources", Kind::Text).for_programs(),
        Column::new("source_count", "Told", Kind::Count).for_people(),
    ];
    if converts {
        columns.insert(5, Column::new("converted", "Converted", Kind::Amount));
    }
    columns
}

/// The same columns, with what was decided of each package for people too: a list that holds more than
/// what is accepted says which is which.
#[must_use]
pub fn with_standing(columns: Vec<Column>) -> Vec<Column> {
    let told = |column: Column| match column.name.as_ref() {
        "standing" => Column { shown: Shown::Everywhere, ..column },
        _ => column,
    };
    columns.into_iter().map(told).collect()
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

/// Gives the rows of a package's items to `put`, each with the package that it belongs to; no amount,
/// since a package's value is never split among its items.
pub fn item_rows<E>(package: Package, put: &mut Put<E>) -> Result<(), E> {
    let Package { id, announced, donors, recipients, stage, items, .. } = package;
    let mut row = vec![
        Cell::Package(id),
        Cell::date(announced),
        Cell::List(donors),
        Cell::List(recipients),
        Cell::Word(stage.as_str()),
    ];
    let package = row.len();
    for item in items {
        let Item { system, name, text, class, quantity, unit, .. } = item;
        row.truncate(package);
        row.extend([
            system.map_or(Cell::Blank, Cell::Text),
            Cell::Text(name),
            class.map_or(Cell::Blank, Cell::Text),
            quantity.map_or(Cell::Blank, |bounds| Cell::Quantity(bounds, unit)),
            Cell::Text(text),
        ]);
        put(&mut row)?;
    }
    Ok(())
}

/// One row an item.
pub fn items(packages: &[Package]) -> Table {
    table(item_columns(), packages, item_rows)
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

/// Gives the rows of a package's articles to `put`.
pub fn source_rows<E>(package: Package, put: &mut Put<E>) -> Result<(), E> {
    for source in package.sources {
        put(&mut vec![
            Cell::Package(package.id),
            Cell::Text(source.article),
            source.title.map_or(Cell::Blank, Cell::Text),
            source.publisher.map_or(Cell::Blank, Cell::Text),
            Cell::date(source.published),
            source.location.map_or(Cell::Blank, Cell::Text),
        ])?;
    }
    Ok(())
}

/// One row an article of a package.
pub fn sources(packages: &[Package]) -> Table {
    table(source_columns(), packages, source_rows)
}

/// The columns of a table with one row an item and all of its package.
pub fn tidy_columns() -> Vec<Column> {
    vec![
        Column::new("package", "Package", Kind::Text),
        Column::new("row", "Row", Kind::Count),
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

/// Gives to `put` one row an item with all of its package, and one for a package without items. The
/// amount stands on the first row of a package only, so that the sum of the column is that of the
/// packages.
pub fn tidy_rows<E>(package: Package, put: &mut Put<E>) -> Result<(), E> {
    let Package { id, announced, donors, recipients, amount, mechanism, aid, stage, items, .. } =
        package;
    let mut row = vec![
        Cell::Package(id),
        Cell::Count(1),
        Cell::date(announced),
        Cell::List(donors),
        Cell::List(recipients),
        amount.map_or(Cell::Blank, Cell::Amount),
        mechanism.map_or(Cell::Blank, Cell::Text),
        Cell::Word(aid.as_str()),
        Cell::Word(stage.as_str()),
    ];
    let package = row.len();
    if items.is_empty() {
        row.extend([Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank]);
        return put(&mut row);
    }
    for (number, item) in items.into_iter().enumerate() {
        let Item { system, name, class, quantity, unit, .. } = item;
        row.truncate(package);
        if number > 0 {
            row[1] = Cell::Count(number as u64 + 1);
            row[5] = Cell::Blank;
        }
        row.extend([
            system.map_or(Cell::Blank, Cell::Text),
            Cell::Text(name),
            class.map_or(Cell::Blank, Cell::Text),
            quantity.map_or(Cell::Blank, |bounds| Cell::Quantity(bounds, unit)),
        ]);
        put(&mut row)?;
    }
    Ok(())
}

/// The tidy rows of packages.
pub fn tidy(packages: &[Package]) -> Table {
    table(tidy_columns(), packages, tidy_rows)
}

/// A table of all rows that packages have.
fn table(
    columns: Vec<Column>,
    packages: &[Package],
    rows: impl Fn(Package, &mut Put<Infallible>) -> Result<(), Infallible>,
) -> Table {
    let mut table = Table::new(columns);
    for package in packages {
        let Ok(()) = rows(package.clone(), &mut |row| {
            table.rows.push(row.clone());
            Ok(())
        });
    }
    table
}

/// One field of one telling of a package, with the words that prove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvidenceRow<'a> {
    /// The package.
    pub package: PackageId,
    /// The article, where the package was not entered by hand.
    pub source: Option<&'a PackageSource>,
    /// The words; `span` counts bytes of the article's text.
    pub proof: Proof<'a>,
    /// The sentence that the words stand in, where it is known.
    pub sentence: Option<&'a str>,
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
        Column::new("start", "Start", Kind::Count).for_programs(),
        Column::new("end", "End", Kind::Count).for_programs(),
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
    let EvidenceRow { package, source, proof, sentence } = row;
    let place = |byte: usize| source.map_or(Cell::Blank, |_| Cell::Count(byte as u64));
    vec![
        Cell::Package(*package),
        Cell::text(Some(proof.field)),
        Cell::text(Some(proof.quote)),
        Cell::text(*sentence),
        Cell::text(Some(proof.rule)),
        Cell::text(source.and_then(|source| source.publisher.as_deref())),
        Cell::date(source.and_then(|source| source.published)),
        Cell::text(source.and_then(|source| source.location.as_deref())),
        Cell::text(source.map(|source| source.article.as_str())),
        place(proof.span.start),
        place(proof.span.end),
    ]
}

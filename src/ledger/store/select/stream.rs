//! Packages as they are shown, one after the other: of a ledger of any size no more than a batch is in
//! memory.

use super::claims::read_item;
use super::packages::LINE;
use crate::ledger::error::LedgerError;
use crate::ledger::store::values::{amount, column, number, parse, parse_some, split_column};
use crate::model::package::PackageSource;
use crate::model::{CivilDate, DateRange, Filter, Package, PackageId};
use rusqlite::{Connection, Row, Rows, Statement};

type Result<T> = std::result::Result<T, LedgerError>;

/// So many packages are read before what belongs to them is read.
const BATCH: usize = 64;

/// What belongs to packages whose numbers lie no further apart than this is read in one stretch.
const NEAR: u64 = 8;

/// What of packages is read besides their own fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Their lines of materiel.
    pub items: bool,
    /// The articles that tell them.
    pub sources: bool,
    /// In which order they come.
    pub order: Order,
}

/// In which order packages come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By date, those without one last, then by number: as people look at them.
    Date,
    /// By number, in which they lie in the file: as programs take all of them.
    Number,
    /// As is quickest.
    Any,
}

impl Parts {
    /// All of them, by date.
    pub const ALL: Self = Self { items: true, sources: true, order: Order::Date };

    /// Nothing but the packages' own fields.
    pub const NONE: Self = Self { items: false, sources: false, order: Order::Any };

    /// The same with what the filter looks at.
    pub(in crate::ledger) fn for_filter(self, filter: &Filter) -> Self {
        let parts = self.with_items(!filter.systems.is_empty());
        Self { sources: parts.sources || !filter.sources.is_empty(), ..parts }
    }

    /// The same, with lines where `items`.
    #[must_use]
    pub fn with_items(self, items: bool) -> Self {
        Self { items: self.items || items, ..self }
    }
}

const PACKAGE: &str = "SELECT number, donors, recipients, announced, amount_low, amount_high,
                              qualifier, currency, aid, stage, mechanism, sequence, standing
                         FROM package";

pub(super) const SOURCE: &str =
    "SELECT article.sha256, article.title, article.publisher, article.published,
            coalesce(article.url, article.path, claim.source), telling.package,
            coalesce(claim.article, -claim.number)
       FROM telling JOIN claim ON claim.number = telling.claim
       LEFT JOIN article ON article.number = claim.article";

/// The statements that read parts of packages.
struct Reader<'a> {
    parts: Parts,
    items: Statement<'a>,
    sources: Statement<'a>,
}

impl<'a> Reader<'a> {
    fn new(connection: &'a Connection, parts: Parts) -> Result<Self> {
        let sources = format!(
            "{SOURCE} WHERE telling.package BETWEEN ?1 AND ?2
              ORDER BY telling.package, telling.entry"
        );
        let sources = connection.prepare(&sources)?;
        Ok(Self { parts, items: connection.prepare(LINE)?, sources })
    }

    fn complete(&mut self, packages: &mut [Package]) -> Result<()> {
        let is_near = |before: &Package, next: &Package| {
            before.id < next.id && next.id.0 - before.id.0 <= NEAR
        };
        packages.chunk_by_mut(is_near).try_for_each(|stretch| self.complete_stretch(stretch))
    }

    /// Completes packages that come by number.
    fn complete_stretch(&mut self, packages: &mut [Package]) -> Result<()> {
        let (Some(first), Some(last)) = (packages.first(), packages.last()) else { return Ok(()) };
        let ends = [column(first.id.0), column(last.id.0)];
        if self.parts.items {
            deal(self.items.query(ends)?, 12, packages, |package, row| {
                package.items.push(read_item(row)?);
                Ok(())
            })?;
        }
        if self.parts.sources {
            // An article is one source, however many claims it makes.
            let mut known: Vec<i64> = Vec::new();
            deal(self.sources.query(ends)?, 5, packages, |package, row| {
                if package.sources.is_empty() {
                    known.clear();
                }
                let source = row.get(6)?;
                if !known.contains(&source) {
                    known.push(source);
                    package.sources.push(read_source(row, 0)?);
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// Gives each row to the package that it belongs to by the number in column `of`; both come by it.
fn deal(
    mut rows: Rows,
    of: usize,
    packages: &mut [Package],
    mut give: impl FnMut(&mut Package, &Row) -> rusqlite::Result<()>,
) -> Result<()> {
    let mut place = 0;
    while let Some(row) = rows.next()? {
        let id = PackageId(number(row, of)?);
        while packages.get(place).is_some_and(|package| package.id < id) {
            place += 1;
        }
        if let Some(package) = packages.get_mut(place).filter(|package| package.id == id) {
            give(package, row)?;
        }
    }
    Ok(())
}

/// Gives each package that is no part of another to `visit`, until it says that it has seen enough.
/// Of dates it reads no more than may lie in the range, except by number.
pub(in crate::ledger) fn each_package(
    connection: &Connection,
    dates: DateRange,
    parts: Parts,
    visit: &mut dyn FnMut(Package) -> bool,
) -> Result<()> {
    let mut reader = Reader::new(connection, parts)?;
    let has_range = dates.from.is_some() || dates.to.is_some();
    let is_by_date = parts.order == Order::Date || (parts.order == Order::Any && has_range);
    let ranges: Vec<(&str, [String; 2])> = if is_by_date {
        by_date(dates)
    } else {
        vec![("NOT INDEXED WHERE merged_into IS NULL ORDER BY number", Default::default())]
    };
    // What nothing further belongs to needs no waiting.
    let most = if parts.items || parts.sources { BATCH } else { 1 };
    let mut batch = Vec::with_capacity(most);
    for (which, [low, high]) in ranges {
        let mut statement = connection.prepare(&format!("{PACKAGE} {which}"))?;
        let bounds: &[&dyn rusqlite::ToSql] = if low.is_empty() { &[] } else { &[&low, &high] };
        let mut rows = statement.query(bounds)?;
        loop {
            let row = rows.next()?;
            let is_over = row.is_none();
            if let Some(row) = row {
                let package = read_package(row)?;
                if is_by_date || dates.contains(package.announced) {
                    batch.push(package);
                }
            }
            if is_over || batch.len() == most {
                reader.complete(&mut batch)?;
                if !batch.drain(..).all(&mut *visit) {
                    return Ok(());
                }
            }
            if is_over {
                break;
            }
        }
    }
    Ok(())
}

/// The stretches of the index of dates in which those that may lie in the range stand, in order.
fn by_date(dates: DateRange) -> Vec<(&'static str, [String; 2])> {
    const WITHIN: &str = "INDEXED BY package_by_date
        WHERE merged_into IS NULL AND announced BETWEEN ?1 AND ?2 ORDER BY announced, number";
    const UNKNOWN: &str = "INDEXED BY package_by_date
        WHERE merged_into IS NULL AND announced IS NULL ORDER BY number";
    let end = dates.to.map_or("9999-12-31".to_owned(), |to| to.last_day().to_string());
    let Some(from) = dates.from.map(CivilDate::first_day) else {
        let all = (WITHIN, ["0".to_owned(), end]);
        // What has no date lies in no range.
        let unknown = (UNKNOWN, Default::default());
        return if dates.to.is_some() { vec![all] } else { vec![all, unknown] };
    };
    // A month or a year that begins with the range is a shorter text than its first day.
    let year = CivilDate::year(from.year_number());
    let month = from.month_number().and_then(|month| CivilDate::month(from.year_number(), month));
    let coarse = year.into_iter().chain(month).map(|date| date.to_string());
    let coarse = coarse.map(|date| (WITHIN, [date.clone(), date]));
    coarse.chain([(WITHIN, [from.to_string(), end])]).collect()
}

/// The packages of these numbers that are no part of another.
pub(in crate::ledger) fn packages_within(
    connection: &Connection,
    first: u64,
    last: u64,
    parts: Parts,
) -> Result<Vec<Package>> {
    let within = "NOT INDEXED
        WHERE merged_into IS NULL AND number BETWEEN ?1 AND ?2 ORDER BY number";
    let mut statement = connection.prepare_cached(&format!("{PACKAGE} {within}"))?;
    let rows = statement.query_map([column(first), column(last)], read_package)?;
    let mut packages = rows.collect::<rusqlite::Result<Vec<Package>>>()?;
    Reader::new(connection, parts)?.complete(&mut packages)?;
    Ok(packages)
}

/// The package of this number.
pub(in crate::ledger) fn package(
    connection: &Connection,
    id: PackageId,
) -> Result<Option<Package>> {
    let mut statement = connection.prepare_cached(&format!("{PACKAGE} WHERE number = ?1"))?;
    let mut rows = statement.query([column(id.0)])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut package = [read_package(row)?];
    Reader::new(connection, Parts::ALL)?.complete(&mut package)?;
    let [package] = package;
    Ok(Some(package))
}

/// All packages that are no part of another, with all that belongs to them, by date.
pub(in crate::ledger) fn packages(connection: &Connection) -> Result<Vec<Package>> {
    let mut packages = Vec::new();
    each_package(connection, DateRange::default(), Parts::ALL, &mut |package| {
        packages.push(package);
        true
    })?;
    Ok(packages)
}

fn read_package(row: &Row) -> rusqlite::Result<Package> {
    Ok(Package {
        id: PackageId(number(row, 0)?),
        donors: split_column(row, 1)?,
        recipients: split_column(row, 2)?,
        announced: parse_some(row, 3)?,
        amount: amount(row, 4)?,
        aid: parse(row, 8)?,
        stage: parse(row, 9)?,
        mechanism: row.get(10)?,
        sequence: row.get(11)?,
        items: Vec::new(),
        standing: parse(row, 12)?,
        sources: Vec::new(),
    })
}

pub(super) fn read_source(row: &Row, first: usize) -> rusqlite::Result<PackageSource> {
    Ok(PackageSource {
        article: row.get::<_, Option<String>>(first)?.unwrap_or_default(),
        title: row.get(first + 1)?,
        publisher: row.get(first + 2)?,
        published: parse_some(row, first + 3)?,
        location: row.get(first + 4)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_date_of_a_range_is_passed_over() {
        let dates =
            ["2023", "2023-12", "2023-12-31", "2024", "2024-01", "2024-01-01", "2024-01-02"];
        let dates = dates.iter().chain(&["2024-02", "2024-02-29", "2024-03", "2024-03-01", "2025"]);
        let words = ["2023-12-31", "2024-01-01", "2024-01-02", "2024-02-29", "2024-12-31"];
        let ends = || words.iter().map(|word| word.parse().ok()).chain([None]);
        for date in dates {
            for (from, to) in ends().flat_map(|from| ends().map(move |to| (from, to))) {
                let range = DateRange { from, to };
                let is_read = by_date(range).iter().any(|(_, [low, high])| {
                    low.as_str() <= *date && *date <= high.as_str() && !low.is_empty()
                });
                let is_meant = range.contains(date.parse().ok());
                assert!(is_read || !is_meant, "{date} in {range:?}");
            }
        }
    }
}

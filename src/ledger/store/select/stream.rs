//! Packages as they are shown, one after the other: of a ledger of any size no more than one is in memory.

use crate::ledger::error::LedgerError;
use crate::ledger::store::folio;
use crate::ledger::store::values::{amount, column, number, parse, parse_some, split_column};
use crate::model::package::PackageSource;
use crate::model::{CivilDate, DateRange, Filter, Folio, Package, PackageId, Standing};
use rusqlite::{Connection, OptionalExtension, Row};

type Result<T> = std::result::Result<T, LedgerError>;

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

    /// Whether it is more than the packages' own fields.
    const fn is_whole(self) -> bool {
        self.items || self.sources
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

const FOLIO: &str = "SELECT package.number, CAST(folio.content AS BLOB) FROM package";

/// The folios alone, from the beginning of a stretch of the file to its end.
const WITHIN: &str = "SELECT package, CAST(content AS BLOB) FROM folio WHERE package BETWEEN ?1 AND ?2 ORDER BY package";

pub(super) const SOURCE: &str =
    "SELECT article.sha256, article.title, article.publisher, article.published,
            coalesce(article.url, article.path, claim.source), telling.package,
            coalesce(claim.article, -claim.number)
       FROM telling JOIN claim ON claim.number = telling.claim
       LEFT JOIN article ON article.number = claim.article";

/// Gives each package that is no part of another to `visit`, until it says that it has seen enough.
/// Of dates it reads no more than may lie in the range, except by number.
pub(in crate::ledger) fn each_package(
    connection: &Connection,
    dates: DateRange,
    parts: Parts,
    visit: &mut dyn FnMut(Package) -> bool,
) -> Result<()> {
    let has_range = dates.from.is_some() || dates.to.is_some();
    let is_by_date = parts.order == Order::Date || (parts.order == Order::Any && has_range);
    let ranges = if is_by_date { by_date(dates) } else { vec![(NUMBER, Default::default())] };
    for (which, [low, high]) in ranges {
        let mut statement = connection.prepare(&query(parts, which))?;
        let bounds: &[&dyn rusqlite::ToSql] = if low.is_empty() { &[] } else { &[&low, &high] };
        let mut rows = statement.query(bounds)?;
        while let Some(row) = rows.next()? {
            let package = read(row, parts)?;
            let is_meant = is_by_date || dates.contains(package.announced);
            if is_meant && !visit(package) {
                return Ok(());
            }
        }
    }
    Ok(())
}

const NUMBER: &str = "NOT INDEXED WHERE merged_into IS NULL ORDER BY package.number";

/// The query for packages with these parts: their fields, or their folios.
fn query(parts: Parts, which: &str) -> String {
    let Some((hint, rest)) = which.split_once(" WHERE").filter(|_| parts.is_whole()) else {
        return format!("{PACKAGE} {which}");
    };
    format!("{FOLIO} {hint} CROSS JOIN folio ON folio.package = package.number WHERE{rest}")
}

fn read(row: &Row, parts: Parts) -> rusqlite::Result<Package> {
    if parts.is_whole() { folio::read_package(row, parts) } else { read_package(row) }
}

/// The stretches of the index of dates in which those that may lie in the range stand, in order.
fn by_date(dates: DateRange) -> Vec<(&'static str, [String; 2])> {
    const BETWEEN: &str =
        "INDEXED BY package_by_date WHERE merged_into IS NULL AND announced BETWEEN ?1 AND ?2
        ORDER BY announced, package.number";
    const UNKNOWN: &str =
        "INDEXED BY package_by_date WHERE merged_into IS NULL AND announced IS NULL
        ORDER BY package.number";
    let end = dates.to.map_or("9999-12-31".to_owned(), |to| to.last_day().to_string());
    let Some(from) = dates.from.map(CivilDate::first_day) else {
        let all = (BETWEEN, ["0".to_owned(), end]);
        // What has no date lies in no range.
        let unknown = (UNKNOWN, Default::default());
        return if dates.to.is_some() { vec![all] } else { vec![all, unknown] };
    };
    // A month or a year that begins with the range is a shorter text than its first day.
    let year = CivilDate::year(from.year_number());
    let month = from.month_number().and_then(|month| CivilDate::month(from.year_number(), month));
    let coarse = year.into_iter().chain(month).map(|date| date.to_string());
    let coarse = coarse.map(|date| (BETWEEN, [date.clone(), date]));
    coarse.chain([(BETWEEN, [from.to_string(), end])]).collect()
}

/// The packages of these numbers that are no part of another.
pub(in crate::ledger) fn packages_within(
    connection: &Connection,
    first: u64,
    last: u64,
    parts: Parts,
) -> Result<Vec<Package>> {
    let sql = if parts.is_whole() {
        WITHIN.to_owned()
    } else {
        format!("{PACKAGE} NOT INDEXED WHERE number BETWEEN ?1 AND ?2 ORDER BY number")
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([column(first), column(last)], |row| read(row, parts))?;
    let mut packages = rows.collect::<rusqlite::Result<Vec<Package>>>()?;
    packages.retain(|package| package.standing != Standing::Merged);
    Ok(packages)
}

/// Gives the folio of each package of these numbers that is no part of another to `visit`, until it says
/// that it has seen enough.
pub(in crate::ledger) fn folios_within(
    connection: &Connection,
    (first, last): (u64, u64),
    parts: Parts,
    visit: &mut dyn FnMut(&Folio) -> Result<bool>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(WITHIN)?;
    let mut rows = statement.query([column(first), column(last)])?;
    while let Some(row) = rows.next()? {
        let folio = folio::read(row, parts)?;
        if folio.standing != Standing::Merged.as_str() && !visit(&folio)? {
            break;
        }
    }
    Ok(())
}

/// The package of this number.
pub(in crate::ledger) fn package(
    connection: &Connection,
    id: PackageId,
) -> Result<Option<Package>> {
    let sql = "SELECT package, content FROM folio WHERE package = ?1";
    let read = |row: &Row| folio::read_package(row, Parts::ALL);
    Ok(connection.prepare_cached(sql)?.query_row([column(id.0)], read).optional()?)
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

//! Packages as they are shown, one after the other: of a ledger of any size no more than one is in
//! memory.

use super::claims::read_item;
use crate::ledger::error::LedgerError;
use crate::ledger::store::values::{
    amount, bounds, column, number, parse, parse_some, split_column,
};
use crate::model::package::PackageSource;
use crate::model::{CivilDate, DateRange, Item, Package, PackageId, Span};
use rusqlite::{Connection, Row, Statement};

type Result<T> = std::result::Result<T, LedgerError>;

/// What of packages is read besides their own fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Their lines of materiel.
    pub items: Lines,
    /// The articles that tell them.
    pub sources: bool,
    /// In which order they come.
    pub order: Order,
}

/// How the lines of a package are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lines {
    /// Not at all.
    None,
    /// With all but the words of the article and their place: the name stands for them.
    Named,
    /// With all.
    Worded,
}

/// In which order packages come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By date, those without one last, then by number.
    Date,
    /// By number, which is the quickest.
    Number,
}

impl Parts {
    /// All of them, by date.
    pub const ALL: Self = Self { items: Lines::Worded, sources: true, order: Order::Date };

    /// Nothing but the packages' own fields, by number.
    pub const NONE: Self = Self { items: Lines::None, sources: false, order: Order::Number };

    /// The same with lines read at least so.
    #[must_use]
    pub fn with_items(self, items: Lines) -> Self {
        Self { items: self.items.max(items), ..self }
    }
}

const PACKAGE: &str = "SELECT number, donors, recipients, announced, amount_low, amount_high,
                              qualifier, currency, aid, stage, mechanism, sequence, standing
                         FROM package";

const NAMED: &str = "SELECT system, name, class, low, high, qualifier, unit
                       FROM item WHERE package = ?1 ORDER BY number";

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
        let items = if parts.items == Lines::Named { NAMED } else { super::packages::LINE };
        let sources = format!("{SOURCE} WHERE telling.package = ?1 ORDER BY telling.entry");
        let sources = connection.prepare(&sources)?;
        Ok(Self { parts, items: connection.prepare(items)?, sources })
    }

    fn complete(&mut self, package: &mut Package) -> Result<()> {
        let id = [column(package.id.0)];
        let read = if self.parts.items == Lines::Named { read_named } else { read_item };
        if self.parts.items != Lines::None {
            let mut rows = self.items.query(id)?;
            while let Some(row) = rows.next()? {
                package.items.push(read(row)?);
            }
        }
        if self.parts.sources {
            // An article is one source, however many claims it makes.
            let mut known: Vec<i64> = Vec::new();
            let mut rows = self.sources.query(id)?;
            while let Some(row) = rows.next()? {
                let source = row.get(6)?;
                if !known.contains(&source) {
                    known.push(source);
                    package.sources.push(read_source(row, 0)?);
                }
            }
        }
        Ok(())
    }
}

/// Gives each package that is no part of another to `visit`, until it says that it has seen enough.
/// Of dates it reads no more than may lie in the range.
pub(in crate::ledger) fn each_package(
    connection: &Connection,
    dates: DateRange,
    parts: Parts,
    visit: &mut dyn FnMut(Package) -> bool,
) -> Result<()> {
    let mut reader = Reader::new(connection, parts)?;
    let has_range = dates.from.is_some() || dates.to.is_some();
    let ranges: Vec<(&str, [String; 2])> = if parts.order == Order::Number && !has_range {
        vec![("WHERE merged_into IS NULL ORDER BY number", Default::default())]
    } else {
        by_date(dates)
    };
    for (which, [low, high]) in ranges {
        let mut statement = connection.prepare(&format!("{PACKAGE} {which}"))?;
        let bounds: &[&dyn rusqlite::ToSql] = if low.is_empty() { &[] } else { &[&low, &high] };
        let mut rows = statement.query(bounds)?;
        while let Some(row) = rows.next()? {
            let mut package = read_package(row)?;
            reader.complete(&mut package)?;
            if !visit(package) {
                return Ok(());
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

/// The package of this number.
pub(in crate::ledger) fn package(
    connection: &Connection,
    id: PackageId,
) -> Result<Option<Package>> {
    let mut statement = connection.prepare_cached(&format!("{PACKAGE} WHERE number = ?1"))?;
    let mut rows = statement.query([column(id.0)])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut package = read_package(row)?;
    Reader::new(connection, Parts::ALL)?.complete(&mut package)?;
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

fn read_named(row: &Row) -> rusqlite::Result<Item> {
    let name: String = row.get(1)?;
    Ok(Item {
        system: row.get(0)?,
        text: name.clone(),
        name,
        class: row.get(2)?,
        quantity: bounds(row, 3)?,
        unit: row.get(6)?,
        evidence: Span::new(0, 0),
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

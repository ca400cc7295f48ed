//! Folios: a package in one value, with its fields, lines and sources as they are shown. To read a
//! column costs as much as to print it; so what is asked for by the million stands in one.
//!
//! A folio is a text of fields (`model::fields`): those of the package, then one that holds ten fields of each
//! of its lines, and one that holds five of each of its sources, so that either can be passed over.

use super::values::{broken, column, number, text, unreadable};
use crate::ledger::error::LedgerError;
use crate::ledger::store::select::Parts;
use crate::model::fields::push;
use crate::model::{Damaged, Ends, Fields, Folio, Lines, Package, PackageId, Tellers};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};

type Result<T, E = LedgerError> = std::result::Result<T, E>;

const PACKAGE: &str = "SELECT donors, recipients, announced, amount_low, amount_high, qualifier,
        currency, aid, stage, mechanism, sequence, standing
   FROM package WHERE number = ?1";
const ITEMS: &str =
    "SELECT system, name, class, low, high, qualifier, unit, text, start_byte, end_byte
   FROM item WHERE package = ?1 ORDER BY number";
/// An article is one source, however many claims it makes.
const SOURCES: &str = "SELECT article.sha256, article.title, article.publisher, article.published,
        coalesce(article.url, article.path, claim.source)
   FROM telling JOIN claim ON claim.number = telling.claim
   LEFT JOIN article ON article.number = claim.article
  WHERE telling.package = ?1
  GROUP BY coalesce(claim.article, -claim.number) ORDER BY min(telling.entry)";

/// Writes the folios anew of all packages that changed.
pub(in crate::ledger) fn write_stale(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare_cached("SELECT DISTINCT package FROM stale")?;
    let stale = statement.query_map([], |row| number(row, 0))?;
    let stale = stale.collect::<rusqlite::Result<Vec<u64>>>()?;
    for package in &stale {
        write(connection, *package)?;
    }
    if !stale.is_empty() {
        connection.prepare_cached("DELETE FROM stale")?.execute([])?;
    }
    Ok(())
}

fn write(connection: &Connection, package: u64) -> Result<()> {
    let content = rows(connection, PACKAGE, package)?;
    let Some(mut content) = Some(content).filter(|content| !content.is_empty()) else {
        let sql = "DELETE FROM folio WHERE package = ?1";
        connection.prepare_cached(sql)?.execute([column(package)])?;
        return Ok(());
    };
    for sql in [ITEMS, SOURCES] {
        push(Some(&rows(connection, sql, package)?), &mut content);
    }
    let sql = "INSERT INTO folio (package, content) VALUES (?1, ?2)
               ON CONFLICT (package) DO UPDATE SET content = excluded.content";
    connection.prepare_cached(sql)?.execute(params![column(package), content])?;
    Ok(())
}

/// The columns of all rows of a package as fields.
fn rows(connection: &Connection, sql: &str, package: u64) -> Result<String> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([column(package)])?;
    let mut out = String::new();
    while let Some(row) = rows.next()? {
        for place in 0..columns {
            match row.get_ref(place)? {
                ValueRef::Integer(number) => push(Some(&number.to_string()), &mut out),
                value => push(value.as_str_or_null().map_err(rusqlite::Error::from)?, &mut out),
            }
        }
    }
    Ok(out)
}

/// The folio of a row of number and content, with these parts.
pub(super) fn read<'a>(row: &'a Row, parts: Parts) -> rusqlite::Result<Folio<'a>> {
    let id = PackageId(number(row, 0)?);
    folio(id, text(row, 1)?, parts).map_err(|damaged| broken(1, damaged))
}

fn folio(id: PackageId, content: &str, parts: Parts) -> Result<Folio<'_>, Damaged> {
    let mut fields = Fields(content);
    let (donors, recipients, announced) = (fields.text()?, fields.text()?, fields.field()?);
    let (amount, _) = Ends::read(&mut fields)?;
    let (aid, stage) = (fields.text()?, fields.text()?);
    let (mechanism, sequence) = (fields.field()?, fields.field()?);
    let standing = fields.text()?;
    let (items, sources) = (fields.part()?, fields.part()?);
    Ok(Folio {
        id,
        donors,
        recipients,
        announced,
        amount,
        aid,
        stage,
        mechanism,
        sequence,
        standing,
        has_items: !items.is_empty(),
        items: Lines(if parts.items { items } else { Fields::default() }),
        sources: Tellers(if parts.sources { sources } else { Fields::default() }),
    })
}

/// The package of a row of number and content, with these parts.
pub(super) fn read_package(row: &Row, parts: Parts) -> rusqlite::Result<Package> {
    package(&read(row, parts)?)
}

/// The package of a folio, with the parts that were read of it.
pub(in crate::ledger) fn package(folio: &Folio) -> rusqlite::Result<Package> {
    folio.package().map_err(|error| unreadable(1, error))
}

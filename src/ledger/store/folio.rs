//! Folios: a package in one value, with its fields, lines and sources as they are shown. To read a
//! column costs as much as to print it; so what is asked for by the million stands in one.
//!
//! A folio is a sequence of fields: those of the package, the number of its lines and ten fields each, the
//! number of its sources and five each. A field is its length and one, seven bits a byte with the lowest
//! first, and its bytes; 0 alone where it is not stated.

use super::values::{broken, column, number, unreadable};
use crate::ledger::error::LedgerError;
use crate::ledger::store::select::Parts;
use crate::model::{Ends, Folio, Line, Package, PackageId, Teller};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};

type Result<T> = std::result::Result<T, LedgerError>;

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
    let mut content = Vec::new();
    if rows(connection, PACKAGE, package, &mut content)? == 0 {
        let sql = "DELETE FROM folio WHERE package = ?1";
        connection.prepare_cached(sql)?.execute([column(package)])?;
        return Ok(());
    }
    for sql in [ITEMS, SOURCES] {
        let mut part = Vec::new();
        let count = rows(connection, sql, package, &mut part)?;
        push(Some(count.to_string().as_bytes()), &mut content);
        content.append(&mut part);
    }
    let sql = "INSERT INTO folio (package, content) VALUES (?1, ?2)
               ON CONFLICT (package) DO UPDATE SET content = excluded.content";
    connection.prepare_cached(sql)?.execute(params![column(package), content])?;
    Ok(())
}

/// Writes the columns of all rows of a package, and counts the rows.
fn rows(connection: &Connection, sql: &str, package: u64, out: &mut Vec<u8>) -> Result<usize> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([column(package)])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        for place in 0..columns {
            match row.get_ref(place)? {
                ValueRef::Text(text) => push(Some(text), out),
                ValueRef::Integer(number) => push(Some(number.to_string().as_bytes()), out),
                _ => push(None, out),
            }
        }
        count += 1;
    }
    Ok(count)
}

fn push(field: Option<&[u8]>, out: &mut Vec<u8>) {
    let mut length = field.map_or(0, |field| field.len() + 1);
    while length > 0x7f {
        out.push(0x80 | u8::try_from(length & 0x7f).unwrap_or_default());
        length >>= 7;
    }
    out.push(u8::try_from(length).unwrap_or_default());
    out.extend_from_slice(field.unwrap_or_default());
}

/// What is wrong with a folio that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("a folio ends too early, expected one that verify --rebuild writes")]
struct Damaged;

/// The fields of a folio that are not read yet.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn next(&mut self) -> rusqlite::Result<Option<&'a str>> {
        let (mut length, mut shift) = (0_usize, 0);
        loop {
            let (byte, rest) = self.0.split_first().ok_or_else(|| broken(1, Damaged))?;
            self.0 = rest;
            length |= usize::from(byte & 0x7f).checked_shl(shift).unwrap_or_default();
            if byte & 0x80 == 0 {
                break;
            }
            shift += 7;
        }
        let Some(length) = length.checked_sub(1) else { return Ok(None) };
        let (field, rest) = self.0.split_at_checked(length).ok_or_else(|| broken(1, Damaged))?;
        self.0 = rest;
        std::str::from_utf8(field).map(Some).map_err(|error| broken(1, error))
    }

    /// A field that is always stated.
    fn text(&mut self) -> rusqlite::Result<&'a str> {
        self.next()?.ok_or_else(|| broken(1, Damaged))
    }

    fn count(&mut self) -> rusqlite::Result<usize> {
        self.text()?.parse().map_err(|error| broken(1, error))
    }

    /// Low and high end and qualifier; of what is said elsewhere.
    fn ends(&mut self) -> rusqlite::Result<Option<Ends<'a>>> {
        let (low, high) = (self.next()?, self.next()?);
        Ok(self.next()?.map(|qualifier| Ends { low, high, qualifier, of: None }))
    }

    fn skip(&mut self, count: usize) -> rusqlite::Result<()> {
        (0..count).try_for_each(|_| self.next().map(drop))
    }
}

/// The folio of a row of number and content, with these parts.
pub(super) fn read<'a>(row: &'a Row, parts: Parts) -> rusqlite::Result<Folio<'a>> {
    let mut fields = Fields(row.get_ref(1)?.as_blob()?);
    let (donors, recipients, announced) = (fields.text()?, fields.text()?, fields.next()?);
    let amount = fields.ends()?;
    let currency = fields.next()?;
    let mut folio = Folio {
        id: PackageId(number(row, 0)?),
        donors,
        recipients,
        announced,
        amount: amount.map(|ends| Ends { of: currency, ..ends }),
        aid: fields.text()?,
        stage: fields.text()?,
        mechanism: fields.next()?,
        sequence: fields.next()?,
        standing: fields.text()?,
        items: Vec::new(),
        sources: Vec::new(),
    };
    let count = fields.count()?;
    if parts.items {
        folio.items.reserve_exact(count.min(fields.0.len()));
        for _ in 0..count {
            folio.items.push(line(&mut fields)?);
        }
    } else {
        fields.skip(count.saturating_mul(10))?;
    }
    if parts.sources {
        for _ in 0..fields.count()? {
            folio.sources.push(Teller {
                article: fields.next()?,
                title: fields.next()?,
                publisher: fields.next()?,
                published: fields.next()?,
                location: fields.next()?,
            });
        }
    }
    Ok(folio)
}

fn line<'a>(fields: &mut Fields<'a>) -> rusqlite::Result<Line<'a>> {
    let (system, name, class) = (fields.next()?, fields.text()?, fields.next()?);
    let (ends, unit) = (fields.ends()?, fields.next()?);
    Ok(Line {
        system,
        name,
        class,
        quantity: ends.map(|ends| Ends { of: unit, ..ends }),
        unit,
        text: fields.text()?,
        place: [fields.text()?, fields.text()?],
    })
}

/// The package of a row of number and content, with these parts.
pub(super) fn read_package(row: &Row, parts: Parts) -> rusqlite::Result<Package> {
    package_of(&read(row, parts)?, parts)
}

/// The package of a folio, with these parts.
pub(super) fn package_of(folio: &Folio, parts: Parts) -> rusqlite::Result<Package> {
    folio.package(parts.items, parts.sources).map_err(|error| unreadable(1, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_any_length_come_back_and_a_damaged_folio_is_refused() {
        let long = "x".repeat(20_000);
        let fields =
            [Some(""), None, Some("a"), Some(&long[..126]), Some(&long[..127]), Some(&long)];
        let mut content = Vec::new();
        for field in fields {
            push(field.map(str::as_bytes), &mut content);
        }
        let mut read = Fields(&content);
        for field in fields {
            assert_eq!(read.next().unwrap(), field);
        }
        assert!(read.next().is_err());
        content.truncate(content.len() - 1);
        let mut read = Fields(&content);
        assert!(read.skip(6).is_err());
        assert!(Fields(&[0xff; 40]).next().is_err());
    }
}

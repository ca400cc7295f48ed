//! Folios: a package in one value, with its fields, lines and sources as they are shown. To read a
//! column costs as much as to print it; so what is asked for by the million stands in one.
//!
//! A folio is a text of fields: those of the package, then one that holds ten fields of each of its lines,
//! and one that holds five of each of its sources, so that either can be passed over. Before a field stands
//! its length and one, five bits a letter with the lowest first, from `@` on where more follow and from the
//! blank on where none does; a blank alone where it is not stated. So all of it is text, and is
//! looked at but once.

use super::values::{broken, column, number, text, unreadable};
use crate::ledger::error::LedgerError;
use crate::ledger::store::select::Parts;
use crate::model::{Ends, Folio, Line, Package, PackageId, Teller};
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

fn push(field: Option<&str>, out: &mut String) {
    let mut length = field.map_or(0, |field| field.len() + 1);
    while length > 0x1f {
        out.push(letter(0x40, length));
        length >>= 5;
    }
    out.push(letter(0x20, length));
    out.push_str(field.unwrap_or_default());
}

/// The letter that holds the lowest five bits.
fn letter(first: u8, length: usize) -> char {
    char::from(first | u8::try_from(length & 0x1f).unwrap_or_default())
}

/// What is wrong with a folio that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("a folio ends too early, expected one that verify --rebuild writes")]
struct Damaged;

/// The fields of a folio that are not read yet.
struct Fields<'a>(&'a str);

impl<'a> Fields<'a> {
    /// The next field, where it is stated. Most are short: of those one letter is the length.
    #[inline]
    fn next(&mut self) -> Result<Option<&'a str>, Damaged> {
        let (length, start) = match self.0.as_bytes().first() {
            Some(letter @ 0x20..0x40) => (usize::from(letter & 0x1f), 1),
            _ => self.long()?,
        };
        let rest = self.0.get(start..).ok_or(Damaged)?;
        let Some(length) = length.checked_sub(1) else {
            self.0 = rest;
            return Ok(None);
        };
        let (field, rest) = rest.split_at_checked(length).ok_or(Damaged)?;
        self.0 = rest;
        Ok(Some(field))
    }

    /// A length of several letters, and how many they are.
    fn long(&self) -> Result<(usize, usize), Damaged> {
        let (mut length, mut place) = (0_usize, 0_u32);
        for letter in self.0.bytes() {
            length |= usize::from(letter & 0x1f).checked_shl(place * 5).ok_or(Damaged)?;
            place += 1;
            match letter {
                0x20..0x40 => return Ok((length, place as usize)),
                0x40..0x60 => {}
                _ => break,
            }
        }
        Err(Damaged)
    }

    /// A field that is always stated.
    #[inline]
    fn text(&mut self) -> Result<&'a str, Damaged> {
        self.next()?.ok_or(Damaged)
    }

    /// Low and high end and qualifier; of what is said elsewhere.
    #[inline]
    fn ends(&mut self) -> Result<Option<Ends<'a>>, Damaged> {
        let (low, high) = (self.next()?, self.next()?);
        Ok(self.next()?.map(|qualifier| Ends { low, high, qualifier, of: None }))
    }

    /// The fields that stand in the next one.
    fn part(&mut self) -> Result<Self, Damaged> {
        self.text().map(Self)
    }

    const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The folio of a row of number and content, with these parts.
pub(super) fn read<'a>(row: &'a Row, parts: Parts) -> rusqlite::Result<Folio<'a>> {
    let id = PackageId(number(row, 0)?);
    folio(id, text(row, 1)?, parts).map_err(|damaged| broken(1, damaged))
}

fn folio(id: PackageId, content: &str, parts: Parts) -> Result<Folio<'_>, Damaged> {
    let mut fields = Fields(content);
    let (donors, recipients, announced) = (fields.text()?, fields.text()?, fields.next()?);
    let amount = fields.ends()?;
    let currency = fields.next()?;
    let mut folio = Folio {
        id,
        donors,
        recipients,
        announced,
        amount: amount.map(|ends| Ends { of: currency, ..ends }),
        aid: fields.text()?,
        stage: fields.text()?,
        mechanism: fields.next()?,
        sequence: fields.next()?,
        standing: fields.text()?,
        has_items: false,
        items: Vec::new(),
        sources: Vec::new(),
    };
    let (mut items, mut sources) = (fields.part()?, fields.part()?);
    folio.has_items = !items.is_empty();
    while parts.items && !items.is_empty() {
        folio.items.push(line(&mut items)?);
    }
    while parts.sources && !sources.is_empty() {
        folio.sources.push(Teller {
            article: sources.next()?,
            title: sources.next()?,
            publisher: sources.next()?,
            published: sources.next()?,
            location: sources.next()?,
        });
    }
    Ok(folio)
}

fn line<'a>(fields: &mut Fields<'a>) -> Result<Line<'a>, Damaged> {
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
    package(&read(row, parts)?)
}

/// The package of a folio, with the parts that were read of it.
pub(in crate::ledger) fn package(folio: &Folio) -> rusqlite::Result<Package> {
    folio.package().map_err(|error| unreadable(1, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_any_length_come_back_and_a_damaged_folio_is_refused() {
        let long = "é".repeat(20_000);
        let fields = [Some(""), None, Some("a"), Some(&long[..30]), Some(&long[..32]), Some(&long)];
        let mut content = String::new();
        for field in fields {
            push(field, &mut content);
        }
        let mut read = Fields(&content);
        for field in fields {
            assert_eq!(read.next().unwrap(), field);
        }
        assert!(read.is_empty() && read.next().is_err());
        content.pop();
        let mut read = Fields(&content);
        assert!((0..6).any(|_| read.next().is_err()));
        let ends_within_a_letter = "\"é";
        let endless = "_".repeat(40);
        for damaged in ["a", "\"", ends_within_a_letter, &endless, "\u{1}"] {
            assert!(Fields(damaged).next().is_err(), "{damaged}");
        }
    }
}

//! What comes out of the ledger's tables, row by row as values of the model.

use super::insert::Wait;
use super::values::{amount, bounds, column, number, parse, parse_some, size, split};
use crate::ledger::StoredTotal;
use crate::ledger::choose::{Fields, Line, Taken, Told};
use crate::ledger::error::LedgerError;
use crate::ledger::journal::Entry;
use crate::model::package::PackageSource;
use crate::model::{
    Article, Claim, Confidence, ControlTotal, Evidence, Item, Package, PackageId, Source, Span,
};
use rusqlite::{Connection, OptionalExtension, Row};

type Result<T> = std::result::Result<T, LedgerError>;

/// The number and the hash of the last entry; of an empty journal, 0 and the genesis.
pub(in crate::ledger) fn head(connection: &Connection) -> Result<(u64, String)> {
    let sql = "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1";
    let last = connection
        .prepare_cached(sql)?
        .query_row([], |row| Ok((number(row, 0)?, row.get(1)?)))
        .optional()?;
    match last {
        Some(last) => Ok(last),
        None => Ok((0, identity(connection)?.1)),
    }
}

/// The ledger's id and its genesis.
pub(in crate::ledger) fn identity(connection: &Connection) -> Result<(String, String)> {
    let sql = "SELECT id, genesis FROM ledger";
    Ok(connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

const ENTRY: &str = "SELECT entry.seq, entry.recorded_at, entry.kind, entry.body, entry.prev,
                            entry.hash FROM entry";

fn read_entry(row: &Row) -> rusqlite::Result<Entry> {
    Ok(Entry {
        seq: number(row, 0)?,
        recorded_at: row.get(1)?,
        kind: row.get(2)?,
        body: row.get(3)?,
        prev: row.get(4)?,
        hash: row.get(5)?,
    })
}

/// The entry of this number.
pub(in crate::ledger) fn entry(connection: &Connection, seq: u64) -> Result<Option<Entry>> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} WHERE seq = ?1"))?;
    Ok(statement.query_row([column(seq)], read_entry).optional()?)
}

/// Hands each entry on, oldest first.
pub(in crate::ledger) fn each_entry(
    connection: &Connection,
    mut take: impl FnMut(Entry) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(&format!("{ENTRY} ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(read_entry(row)?)?;
    }
    Ok(())
}

/// The entries that touched a package: its decisions and the articles of its claims.
pub(in crate::ledger) fn entries_of(
    connection: &Connection,
    package: PackageId,
) -> Result<Vec<Entry>> {
    let sql = format!(
        "{ENTRY} WHERE seq IN (
            SELECT entry FROM decision WHERE package = ?1
            UNION SELECT claim.entry FROM telling JOIN claim ON claim.id = telling.claim
                   WHERE telling.package = ?1)
         ORDER BY seq"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([column(package.0)], read_entry)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The bytes of an article.
pub(in crate::ledger) fn raw(connection: &Connection, sha256: &str) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT content FROM raw_article WHERE sha256 = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([sha256], |row| row.get(0)).optional()?)
}

/// Hands on the hash and the bytes of each article.
pub(in crate::ledger) fn each_raw(
    connection: &Connection,
    mut take: impl FnMut(&str, &[u8]),
) -> Result<()> {
    let mut statement = connection.prepare("SELECT sha256, content FROM raw_article")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (Ok(sha256), Ok(content)) = (row.get_ref(0)?.as_str(), row.get_ref(1)?.as_blob())
        else {
            continue;
        };
        take(sha256, content);
    }
    Ok(())
}

/// The number of the article with these bytes, where the ledger holds it.
pub(in crate::ledger) fn article_number(
    connection: &Connection,
    sha256: &str,
) -> Result<Option<u64>> {
    let sql = "SELECT number FROM article WHERE sha256 = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([sha256], |row| number(row, 0)).optional()?)
}

/// An article with its text.
pub(in crate::ledger) fn article(connection: &Connection, seq: u64) -> Result<Option<Article>> {
    let sql = "SELECT sha256, format, title, title_start, title_end, publisher, published,
                      language, path, url, body_start, body_end, text
                 FROM article WHERE number = ?1";
    let read = |row: &Row| {
        let title_span = match row.get::<_, Option<i64>>(3)? {
            Some(_) => Some(Span::new(size(row, 3)?, size(row, 4)?)),
            None => None,
        };
        Ok(Article {
            sha256: row.get(0)?,
            format: parse(row, 1)?,
            title: row.get(2)?,
            title_span,
            publisher: row.get(5)?,
            published: parse_some(row, 6)?,
            language: row.get(7)?,
            source: Source { path: row.get(8)?, url: row.get(9)? },
            body: Span::new(size(row, 10)?, size(row, 11)?),
            text: row.get(12)?,
        })
    };
    Ok(connection.prepare_cached(sql)?.query_row([column(seq)], read).optional()?)
}

/// A claim as it is stored, with where it comes from.
pub(in crate::ledger) struct StoredClaim {
    pub(in crate::ledger) id: String,
    /// The number of its article; `None` where it was entered by hand.
    pub(in crate::ledger) article: Option<u64>,
    pub(in crate::ledger) published: Option<crate::model::CivilDate>,
    pub(in crate::ledger) claim: Claim,
    pub(in crate::ledger) quote: Option<String>,
    pub(in crate::ledger) source: Option<String>,
}

impl StoredClaim {
    /// The claim as a telling of its package.
    pub(in crate::ledger) fn told(self) -> Told {
        Told { id: self.id, claim: self.claim, published: self.published }
    }
}

/// The claim of this id.
pub(in crate::ledger) fn claim(connection: &Connection, id: &str) -> Result<Option<StoredClaim>> {
    let sql = "SELECT claim.id, claim.article, article.published, claim.donors, claim.recipients,
                      claim.announced, claim.amount_low, claim.amount_high, claim.qualifier,
                      claim.currency, claim.aid, claim.status, claim.mechanism, claim.sequence,
                      claim.confidence, claim.quote, claim.source
                 FROM claim LEFT JOIN article ON article.number = claim.article
                WHERE claim.id = ?1";
    let read = |row: &Row| {
        Ok(StoredClaim {
            id: row.get(0)?,
            article: row.get::<_, Option<i64>>(1)?.and_then(|number| u64::try_from(number).ok()),
            published: parse_some(row, 2)?,
            claim: Claim {
                donors: split(&row.get::<_, String>(3)?),
                recipients: split(&row.get::<_, String>(4)?),
                announced: parse_some(row, 5)?,
                amount: amount(row, 6)?,
                aid: parse(row, 10)?,
                status: parse(row, 11)?,
                mechanism: row.get(12)?,
                sequence: row.get(13)?,
                items: Vec::new(),
                confidence: Confidence(row.get(14)?),
                evidence: Vec::new(),
            },
            quote: row.get(15)?,
            source: row.get(16)?,
        })
    };
    let mut found = connection.prepare_cached(sql)?.query_row([id], read).optional()?;
    if let Some(stored) = &mut found {
        stored.claim.items = claim_items(connection, id)?;
        stored.claim.evidence = evidence(connection, id)?;
    }
    Ok(found)
}

fn claim_items(connection: &Connection, id: &str) -> Result<Vec<Item>> {
    let sql = "SELECT system, name, class, low, high, qualifier, unit, text, start_byte, end_byte
                 FROM claim_item WHERE claim = ?1 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([id], read_item)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read_item(row: &Row) -> rusqlite::Result<Item> {
    Ok(Item {
        system: row.get(0)?,
        name: row.get(1)?,
        class: row.get(2)?,
        quantity: bounds(row, 3)?,
        unit: row.get(6)?,
        text: row.get(7)?,
        evidence: Span::new(size(row, 8)?, size(row, 9)?),
    })
}

fn evidence(connection: &Connection, id: &str) -> Result<Vec<Evidence>> {
    let sql = "SELECT field, start_byte, end_byte, quote, rule
                 FROM evidence WHERE claim = ?1 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([id], |row| read_evidence(row, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read_evidence(row: &Row, first: usize) -> rusqlite::Result<Evidence> {
    Ok(Evidence {
        field: row.get(first)?,
        span: Span::new(size(row, first + 1)?, size(row, first + 2)?),
        quote: row.get(first + 3)?,
        rule: row.get(first + 4)?,
    })
}

/// The claims that tell a package, in the order in which they were placed.
pub(in crate::ledger) fn claims_of(
    connection: &Connection,
    package: PackageId,
) -> Result<Vec<(String, String)>> {
    let sql = "SELECT telling.claim, decision.reason
                 FROM telling JOIN decision ON decision.entry = telling.entry
                WHERE telling.package = ?1 ORDER BY telling.entry";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(package.0)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The highest number of a package, 0 where there is none.
pub(in crate::ledger) fn last_package(connection: &Connection) -> Result<u64> {
    let sql = "SELECT coalesce(max(number), 0) FROM package";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| number(row, 0))?)
}

/// The package that a claim tells.
pub(in crate::ledger) fn package_of(
    connection: &Connection,
    claim: &str,
) -> Result<Option<PackageId>> {
    let sql = "SELECT package FROM telling WHERE claim = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([claim], |row| number(row, 0).map(PackageId)).optional()?)
}

/// A package's fields with the claims that they were taken from, and whether it waits.
pub(in crate::ledger) fn fields(
    connection: &Connection,
    package: PackageId,
) -> Result<Option<(Fields, Wait)>> {
    let sql = "SELECT donors, recipients, announced, announced_from, amount_low, amount_high,
                      qualifier, currency, amount_from, aid, aid_from, stage, stage_from,
                      mechanism, mechanism_from, sequence, sequence_from, around, around_from,
                      recalled, pending, pending_reason, maybe
                 FROM package WHERE number = ?1";
    let read = |row: &Row| {
        let taken = |column| row.get::<_, String>(column);
        let fields = Fields {
            donors: split(&row.get::<_, String>(0)?),
            recipients: split(&row.get::<_, String>(1)?),
            announced: match parse_some(row, 2)? {
                Some(value) => Some(Taken { value, from: taken(3)? }),
                None => None,
            },
            amount: match amount(row, 4)? {
                Some(value) => Some(Taken { value, from: taken(8)? }),
                None => None,
            },
            aid: Taken { value: parse(row, 9)?, from: taken(10)? },
            stage: Taken { value: parse(row, 11)?, from: taken(12)? },
            mechanism: match row.get(13)? {
                Some(value) => Some(Taken { value, from: taken(14)? }),
                None => None,
            },
            sequence: match row.get(15)? {
                Some(value) => Some(Taken { value, from: taken(16)? }),
                None => None,
            },
            around: Taken { value: parse_some(row, 17)?, from: taken(18)? },
            recalled: row.get(19)?,
        };
        let maybe = row.get::<_, Option<i64>>(22)?.and_then(|number| u64::try_from(number).ok());
        let wait =
            Wait { pending: row.get(20)?, reason: row.get(21)?, maybe: maybe.map(PackageId) };
        Ok((fields, wait))
    };
    Ok(connection.prepare_cached(sql)?.query_row([column(package.0)], read).optional()?)
}

/// The lines of a package, each with the claim's line that it was taken from.
pub(in crate::ledger) fn lines(connection: &Connection, package: PackageId) -> Result<Vec<Line>> {
    let sql = "SELECT claim_item.system, claim_item.name, claim_item.class, claim_item.low,
                      claim_item.high, claim_item.qualifier, claim_item.unit, claim_item.text,
                      claim_item.start_byte, claim_item.end_byte, item.claim, item.claim_item
                 FROM item JOIN claim_item
                   ON claim_item.claim = item.claim AND claim_item.number = item.claim_item
                WHERE item.package = ?1 ORDER BY item.number";
    let read =
        |row: &Row| Ok(Line { item: read_item(row)?, claim: row.get(10)?, number: size(row, 11)? });
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(package.0)], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

const PACKAGE: &str = "SELECT number, donors, recipients, announced, amount_low, amount_high,
                              qualifier, currency, aid, stage, mechanism, sequence, pending
                         FROM package";

fn read_package(row: &Row) -> rusqlite::Result<Package> {
    Ok(Package {
        id: PackageId(number(row, 0)?),
        donors: split(&row.get::<_, String>(1)?),
        recipients: split(&row.get::<_, String>(2)?),
        announced: parse_some(row, 3)?,
        amount: amount(row, 4)?,
        aid: parse(row, 8)?,
        stage: parse(row, 9)?,
        mechanism: row.get(10)?,
        sequence: row.get(11)?,
        items: Vec::new(),
        pending: row.get(12)?,
        sources: Vec::new(),
    })
}

/// All packages by date, those without one last, then by number.
pub(in crate::ledger) fn packages(connection: &Connection) -> Result<Vec<Package>> {
    let sql = format!("{PACKAGE} ORDER BY announced IS NULL, announced, number");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], read_package)?;
    let mut packages: Vec<Package> = rows.collect::<rusqlite::Result<_>>()?;
    for package in &mut packages {
        complete(connection, package)?;
    }
    Ok(packages)
}

/// The package of this number.
pub(in crate::ledger) fn package(
    connection: &Connection,
    id: PackageId,
) -> Result<Option<Package>> {
    let mut statement = connection.prepare_cached(&format!("{PACKAGE} WHERE number = ?1"))?;
    let mut found = statement.query_row([column(id.0)], read_package).optional()?;
    if let Some(package) = &mut found {
        complete(connection, package)?;
    }
    Ok(found)
}

fn complete(connection: &Connection, package: &mut Package) -> Result<()> {
    package.items = lines(connection, package.id)?.into_iter().map(|line| line.item).collect();
    let sql = "SELECT article.sha256, article.title, article.publisher, article.published,
                      coalesce(article.url, article.path, claim.source)
                 FROM telling JOIN claim ON claim.id = telling.claim
                 LEFT JOIN article ON article.number = claim.article
                WHERE telling.package = ?1
                GROUP BY coalesce(claim.article, telling.claim) ORDER BY min(telling.entry)";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(package.id.0)], |row| read_source(row, 0))?;
    package.sources = rows.collect::<rusqlite::Result<_>>()?;
    Ok(())
}

fn read_source(row: &Row, first: usize) -> rusqlite::Result<PackageSource> {
    Ok(PackageSource {
        article: row.get::<_, Option<String>>(first)?.unwrap_or_default(),
        title: row.get(first + 1)?,
        publisher: row.get(first + 2)?,
        published: parse_some(row, first + 3)?,
        location: row.get(first + 4)?,
    })
}

/// All control totals, in the order in which they were read.
pub(in crate::ledger) fn control_totals(connection: &Connection) -> Result<Vec<StoredTotal>> {
    let sql = "SELECT article.sha256, article.title, article.publisher, article.published,
                      coalesce(article.url, article.path), donors, recipient, amount_low,
                      amount_high, qualifier, currency, since, field, start_byte, end_byte, quote,
                      rule
                 FROM control_total JOIN article ON article.number = control_total.article
                ORDER BY control_total.article, control_total.number";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| {
        let missing = || rusqlite::Error::InvalidQuery;
        Ok(StoredTotal {
            article: read_source(row, 0)?,
            total: ControlTotal {
                donors: split(&row.get::<_, String>(5)?),
                recipient: row.get(6)?,
                amount: amount(row, 7)?.ok_or_else(missing)?,
                since: parse_some(row, 11)?,
                evidence: read_evidence(row, 12)?,
            },
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many articles, claims and packages there are.
pub(in crate::ledger) fn counts(connection: &Connection) -> Result<(u64, u64, u64)> {
    let sql = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM claim),
                      (SELECT count(*) FROM package)";
    Ok(connection
        .query_row(sql, [], |row| Ok((number(row, 0)?, number(row, 1)?, number(row, 2)?)))?)
}

/// The packages that the article with these bytes tells, in its order.
pub(in crate::ledger) fn packages_told_by(
    connection: &Connection,
    sha256: &str,
) -> Result<Vec<PackageId>> {
    let sql = "SELECT telling.package
                 FROM article JOIN claim ON claim.article = article.number
                 JOIN telling ON telling.claim = claim.id
                WHERE article.sha256 = ?1 ORDER BY claim.number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([sha256], |row| number(row, 0).map(PackageId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

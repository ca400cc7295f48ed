//! Articles, claims with their items and evidence, control totals.

use super::packages::claims_of;
use super::stream::read_source;
use crate::ledger::StoredTotal;
use crate::ledger::choose::Told;
use crate::ledger::error::LedgerError;
use crate::ledger::print::Print;
use crate::ledger::store::values::{
    amount, bounds, broken, column, correction, number, parse, parse_some, size, split, text,
};
use crate::ledger::wording::Wording;
use crate::model::{
    Amount, Article, CivilDate, Claim, Confidence, ControlTotal, Evidence, Item, PackageId, Proof,
    PublisherKind, Source, Span, Validators,
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// The number of the article with these bytes, where the ledger holds it.
pub(in crate::ledger) fn article_number(
    connection: &Connection,
    sha256: &str,
) -> Result<Option<u64>> {
    let sql = "SELECT number FROM article WHERE sha256 = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([sha256], |row| number(row, 0)).optional()?)
}

/// The number of the first article that says the same: what is fetched again comes in other bytes
/// with each request, since pages hold more than their article.
pub(in crate::ledger) fn same_content(
    connection: &Connection,
    content: &str,
) -> Result<Option<u64>> {
    let sql = "SELECT min(number) FROM article WHERE content = ?1";
    let found: Option<i64> =
        connection.prepare_cached(sql)?.query_row([content], |row| row.get(0))?;
    Ok(found.map(i64::unsigned_abs))
}

/// The number of the article that was read last from an address, and what its server said of it.
pub(in crate::ledger) fn last_version(
    connection: &Connection,
    address: &str,
) -> Result<Option<(u64, Validators)>> {
    let sql = "SELECT number, etag, last_modified FROM article
                WHERE path = ?1 ORDER BY number DESC LIMIT 1";
    let read = |row: &Row| {
        Ok((number(row, 0)?, Validators { etag: row.get(1)?, last_modified: row.get(2)? }))
    };
    Ok(connection.prepare_cached(sql)?.query_row([address], read).optional()?)
}

/// What an article says of packages, without items and evidence.
pub(in crate::ledger) fn claims_said(connection: &Connection, article: u64) -> Result<Vec<Claim>> {
    let sql = "SELECT number FROM claim WHERE article = ?1 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([column(article)])?;
    let mut claims = Vec::new();
    while let Some(row) = rows.next()? {
        claims.extend(bare_claim(connection, number(row, 0)?)?.map(|stored| stored.claim));
    }
    Ok(claims)
}

/// Whether the article of a claim tells a package of this sum.
pub(in crate::ledger) fn is_told_beside(
    connection: &Connection,
    claim: u64,
    amount: Option<Amount>,
) -> Result<bool> {
    let sql = "SELECT 1 FROM claim JOIN claim AS beside ON beside.article = claim.article
                WHERE claim.number = ?1 AND beside.figure = ?2 AND beside.currency = ?3";
    let Some(amount) = amount else { return Ok(false) };
    let (figure, currency) = (amount.bounds.figure().normalize(), amount.currency);
    let values = params![column(claim), figure.to_string(), currency.as_str()];
    Ok(connection.prepare_cached(sql)?.exists(values)?)
}

/// The packages that an article tells, each with the claim that tells it.
pub(in crate::ledger) fn told_by(
    connection: &Connection,
    article: u64,
) -> Result<Vec<(PackageId, Claim)>> {
    let sql = "SELECT telling.package, claim.number FROM claim
                 JOIN telling ON telling.claim = claim.number
                WHERE claim.article = ?1 ORDER BY claim.number";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([column(article)])?;
    let mut told = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(stored) = bare_claim(connection, number(row, 1)?)? {
            told.push((PackageId(number(row, 0)?), stored.claim));
        }
    }
    Ok(told)
}

/// The hashes of the bytes of all articles.
pub(in crate::ledger) fn known(connection: &Connection) -> Result<BTreeSet<String>> {
    let mut statement = connection.prepare_cached("SELECT sha256 FROM article")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// An article with its text.
pub(in crate::ledger) fn article(connection: &Connection, seq: u64) -> Result<Option<Article>> {
    let sql = "SELECT sha256, format, title, title_start, title_end, publisher, published,
                      language, path, url, body_start, body_end, text, kind, etag, last_modified
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
            source: Source {
                path: row.get(8)?,
                url: row.get(9)?,
                kind: parse_some(row, 13)?,
                validators: Validators { etag: row.get(14)?, last_modified: row.get(15)? },
            },
            body: Span::new(size(row, 10)?, size(row, 11)?),
            text: row.get(12)?,
        })
    };
    Ok(connection.prepare_cached(sql)?.query_row([column(seq)], read).optional()?)
}

/// A claim as it is stored, with where it comes from.
pub(in crate::ledger) struct StoredClaim {
    pub(in crate::ledger) number: u64,
    pub(in crate::ledger) id: String,
    /// The number of its article; `None` where it was entered by hand.
    pub(in crate::ledger) article: Option<u64>,
    pub(in crate::ledger) published: Option<CivilDate>,
    pub(in crate::ledger) kind: Option<PublisherKind>,
    pub(in crate::ledger) wording: Wording,
    pub(in crate::ledger) print: Print,
    pub(in crate::ledger) amends: u32,
    pub(in crate::ledger) claim: Claim,
    pub(in crate::ledger) quote: Option<String>,
    pub(in crate::ledger) source: Option<String>,
}

impl StoredClaim {
    /// The claim as a telling of its package.
    pub(in crate::ledger) fn told(self) -> Told {
        Told {
            number: self.number,
            id: self.id,
            claim: self.claim,
            article: self.article,
            published: self.published,
            kind: self.kind,
            wording: self.wording,
            print: self.print,
            amends: self.amends,
        }
    }
}

/// The number of the claim with this content id.
pub(in crate::ledger) fn claim_number(connection: &Connection, id: &str) -> Result<Option<u64>> {
    let sql = "SELECT number FROM claim WHERE id = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([id], |row| number(row, 0)).optional()?)
}

/// The claim of this number without its items and its evidence.
pub(in crate::ledger) fn bare_claim(
    connection: &Connection,
    claim: u64,
) -> Result<Option<StoredClaim>> {
    let sql = "SELECT claim.id, claim.article, article.published, claim.donors, claim.recipients,
                      claim.announced, claim.amount_low, claim.amount_high, claim.qualifier,
                      claim.currency, claim.aid, claim.status, claim.mechanism, claim.sequence,
                      claim.confidence, claim.quote, claim.source, claim.number, article.kind,
                      claim.continues, claim.wording, coalesce(article.spoken, ''),
                      coalesce(article.sketch, ''), claim.contracted, claim.frame,
                      claim.recalls, claim.corrects, claim.amends
                 FROM claim LEFT JOIN article ON article.number = claim.article
                WHERE claim.number = ?1";
    let read = |row: &Row| {
        Ok(StoredClaim {
            number: number(row, 17)?,
            id: row.get(0)?,
            article: row.get::<_, Option<i64>>(1)?.and_then(|number| u64::try_from(number).ok()),
            published: parse_some(row, 2)?,
            kind: parse_some(row, 18)?,
            wording: Wording { words: row.get(20)?, frame: row.get(24)? },
            print: Print { spoken: row.get(21)?, sketch: row.get(22)? },
            amends: row.get(27)?,
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
                continues: row.get(19)?,
                contracted: parse_some(row, 23)?,
                recalls: parse_some(row, 25)?,
                corrects: correction(row, 26)?,
            },
            quote: row.get(15)?,
            source: row.get(16)?,
        })
    };
    Ok(connection.prepare_cached(sql)?.query_row([column(claim)], read).optional()?)
}

/// The claim of this number with all that it says.
pub(in crate::ledger) fn claim(connection: &Connection, claim: u64) -> Result<Option<StoredClaim>> {
    let mut found = bare_claim(connection, claim)?;
    if let Some(stored) = &mut found {
        stored.claim.items = claim_items(connection, claim)?;
        stored.claim.evidence = evidence(connection, claim)?;
    }
    Ok(found)
}

/// The claim with whose package this one goes on, where it does.
pub(in crate::ledger) fn head_of(connection: &Connection, claim: u64) -> Result<Option<u64>> {
    let sql = "SELECT head.number FROM claim
                 JOIN claim AS head ON head.article = claim.article AND head.place < claim.place
                WHERE claim.number = ?1 AND claim.continues AND NOT head.continues
                ORDER BY head.place DESC LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([column(claim)], |row| number(row, 0)).optional()?)
}

/// The claim with the items of those that go on with its package, without its evidence: what it is
/// compared by.
pub(in crate::ledger) fn continued(
    connection: &Connection,
    claim_number: u64,
) -> Result<Option<StoredClaim>> {
    let Some(mut stored) = bare_claim(connection, claim_number)? else { return Ok(None) };
    stored.claim.items = claim_items(connection, claim_number)?;
    let sql = "SELECT next.number, next.continues FROM claim
                 JOIN claim AS next ON next.article = claim.article AND next.place > claim.place
                WHERE claim.number = ?1 ORDER BY next.place";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([column(claim_number)])?;
    while let Some(row) = rows.next()? {
        if !row.get::<_, bool>(1)? {
            break;
        }
        stored.claim.items.extend(claim_items(connection, number(row, 0)?)?);
    }
    Ok(Some(stored))
}

/// The claims that tell a package, as its tellings, in the order in which they were placed.
pub(in crate::ledger) fn told(connection: &Connection, package: PackageId) -> Result<Vec<Told>> {
    let mut tellings = Vec::new();
    for (number, _) in claims_of(connection, package)? {
        tellings.extend(claim(connection, number)?.map(StoredClaim::told));
    }
    Ok(tellings)
}

fn claim_items(connection: &Connection, claim: u64) -> Result<Vec<Item>> {
    let sql =
        "SELECT system, name, class, low, high, qualifier, unit, text, start_byte, end_byte, kinds
                 FROM claim_item WHERE claim = ?1 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(claim)], read_told_item)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn read_told_item(row: &Row) -> rusqlite::Result<Item> {
    Ok(Item { kinds: split(&row.get::<_, String>(10)?), ..read_item(row)? })
}

pub(super) fn read_item(row: &Row) -> rusqlite::Result<Item> {
    Ok(Item {
        system: row.get(0)?,
        name: row.get(1)?,
        class: row.get(2)?,
        kinds: Vec::new(),
        quantity: bounds(row, 3)?,
        unit: row.get(6)?,
        text: row.get(7)?,
        evidence: Span::new(size(row, 8)?, size(row, 9)?),
    })
}

fn evidence(connection: &Connection, claim: u64) -> Result<Vec<Evidence>> {
    let sql = "SELECT field, start_byte, end_byte, quote, rule
                 FROM evidence WHERE claim = ?1 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([column(claim)], |row| read_evidence(row, 0))?;
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

/// One query for all packages of a stretch: to begin a query costs as much as to read several rows. A claim
/// that was entered by hand is one row, whatever it tells.
const PROOFS: &str =
    "SELECT telling.package, claim.article, claim.quote, start_byte, end_byte, CAST(field AS BLOB),
        CAST(evidence.quote AS BLOB), CAST(rule AS BLOB)
   FROM telling CROSS JOIN claim ON claim.number = telling.claim
   LEFT JOIN evidence ON evidence.claim = claim.number AND claim.article IS NOT NULL
  WHERE telling.package BETWEEN ?1 AND ?2
  ORDER BY telling.package, telling.entry, telling.claim, evidence.number";

/// What proves packages, of ascending numbers: each piece of evidence of their tellings with the number of
/// its article, or what was quoted where a claim was entered by hand.
pub(in crate::ledger) fn proofs(
    connection: &Connection,
    packages: &[PackageId],
    visit: &mut super::Visit<'_>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(PROOFS)?;
    for run in packages.chunk_by(|before, next| before.0 + 1 == next.0) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let mut rows = statement.query([column(first.0), column(last.0)])?;
        while let Some(row) = rows.next()? {
            let package = PackageId(number(row, 0)?);
            // To ask for a column costs as much as to look at it: none is asked for twice.
            let (article, start): (Option<i64>, Option<i64>) = (row.get(1)?, row.get(3)?);
            let goes_on = match (article, start) {
                (None, _) => {
                    let quote = row.get_ref(2)?.as_str_or_null().map_err(rusqlite::Error::from)?;
                    let (span, quote) = (Span::new(0, 0), quote.unwrap_or_default());
                    visit(package, None, Proof { field: "all", span, quote, rule: "by-hand" })?
                }
                (Some(_), None) => true,
                (Some(article), Some(start)) => {
                    let start = usize::try_from(start).map_err(|error| broken(3, error))?;
                    let span = Span::new(start, size(row, 4)?);
                    let (field, quote, rule) = (text(row, 5)?, text(row, 6)?, text(row, 7)?);
                    visit(
                        package,
                        Some(article.unsigned_abs()),
                        Proof { field, span, quote, rule },
                    )?
                }
            };
            if !goes_on {
                return Ok(());
            }
        }
    }
    Ok(())
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

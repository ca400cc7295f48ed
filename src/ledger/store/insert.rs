//! What goes into the ledger's tables. Every function works within the caller's transaction.

use super::values::{column, ends, joined, shown};
use crate::ledger::body::{ArticleBody, IdentifiedClaim};
use crate::ledger::choose::{Fields, Line};
use crate::ledger::error::LedgerError;
use crate::ledger::journal::Entry;
use crate::model::{Claim, ControlTotal, Gap, PackageId};
use rusqlite::{Connection, params};

type Result<T> = std::result::Result<T, LedgerError>;

/// Gives a new ledger its identity.
pub(in crate::ledger) fn identity(connection: &Connection, id: &str, genesis: &str) -> Result<()> {
    let sql = "INSERT INTO ledger (one, id, genesis) VALUES (1, ?1, ?2)";
    connection.execute(sql, [id, genesis])?;
    Ok(())
}

/// Appends to the journal.
pub(in crate::ledger) fn entry(connection: &Connection, entry: &Entry) -> Result<()> {
    let sql = "INSERT INTO entry (seq, recorded_at, kind, body, prev, hash)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute(params![
        column(entry.seq),
        entry.recorded_at,
        entry.kind,
        entry.body,
        entry.prev,
        entry.hash,
    ])?;
    Ok(())
}

/// Stores the bytes of an article, where they are not there yet.
pub(in crate::ledger) fn raw(connection: &Connection, sha256: &str, content: &[u8]) -> Result<()> {
    let sql = "INSERT INTO raw_article (sha256, content) SELECT ?1, ?2
               WHERE NOT EXISTS (SELECT 1 FROM raw_article WHERE sha256 = ?1)";
    connection.prepare_cached(sql)?.execute(params![sha256, content])?;
    Ok(())
}

/// An article under the number of its entry.
pub(in crate::ledger) fn article(
    connection: &Connection,
    entry: &Entry,
    article: &ArticleBody,
    text: &str,
) -> Result<()> {
    let sql = "INSERT INTO article (number, sha256, recorded_at, format, title, title_start,
                   title_end, publisher, published, language, path, url, body_start, body_end, text)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    connection.prepare_cached(sql)?.execute(params![
        column(entry.seq),
        article.sha256,
        entry.recorded_at,
        article.format.as_str(),
        article.title,
        article.title_span.map(|span| column(span.start)),
        article.title_span.map(|span| column(span.end)),
        article.publisher,
        shown(article.published),
        article.language,
        article.source.path,
        article.source.url,
        column(article.body.start),
        column(article.body.end),
        text,
    ])?;
    Ok(())
}

/// Where a claim comes from.
#[derive(Clone, Copy)]
pub(in crate::ledger) enum Origin<'a> {
    /// The article of this entry, at this place in it.
    Article(usize),
    /// A person, with the quoted sentence and its source.
    Hand { quote: Option<&'a str>, source: Option<&'a str> },
}

/// A claim with its items and its evidence, under its entry.
pub(in crate::ledger) fn claim(
    connection: &Connection,
    seq: u64,
    origin: Origin,
    identified: &IdentifiedClaim,
) -> Result<()> {
    let sql = "INSERT INTO claim (id, entry, article, number, donors, recipients, announced,
                   amount_low, amount_high, qualifier, currency, aid, status, mechanism, sequence,
                   confidence, quote, source)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                   ?18)";
    let IdentifiedClaim { id, claim } = identified;
    let (article, number, quote, source) = match origin {
        Origin::Article(number) => (Some(column(seq)), number, None, None),
        Origin::Hand { quote, source } => (None, 0, quote, source),
    };
    let (low, high, qualifier) = ends(claim.amount.map(|amount| amount.bounds));
    connection.prepare_cached(sql)?.execute(params![
        id,
        column(seq),
        article,
        column(number),
        joined(&claim.donors),
        joined(&claim.recipients),
        shown(claim.announced),
        low,
        high,
        qualifier,
        shown(claim.amount.map(|amount| amount.currency)),
        claim.aid.as_str(),
        claim.status.as_str(),
        claim.mechanism,
        claim.sequence,
        claim.confidence.0,
        quote,
        source,
    ])?;
    claim_items(connection, id, claim)?;
    evidence(connection, id, claim)
}

fn claim_items(connection: &Connection, id: &str, claim: &Claim) -> Result<()> {
    let sql = "INSERT INTO claim_item (claim, number, system, name, class, low, high, qualifier,
                   unit, text, start_byte, end_byte)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    let mut statement = connection.prepare_cached(sql)?;
    for (number, item) in claim.items.iter().enumerate() {
        let (low, high, qualifier) = ends(item.quantity);
        statement.execute(params![
            id,
            column(number),
            item.system,
            item.name,
            item.class,
            low,
            high,
            qualifier,
            item.unit,
            item.text,
            column(item.evidence.start),
            column(item.evidence.end),
        ])?;
    }
    Ok(())
}

fn evidence(connection: &Connection, id: &str, claim: &Claim) -> Result<()> {
    let sql = "INSERT INTO evidence (claim, number, field, start_byte, end_byte, quote, rule)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let mut statement = connection.prepare_cached(sql)?;
    for (number, evidence) in claim.evidence.iter().enumerate() {
        statement.execute(params![
            id,
            column(number),
            evidence.field,
            column(evidence.span.start),
            column(evidence.span.end),
            evidence.quote,
            evidence.rule,
        ])?;
    }
    Ok(())
}

/// A control total of the article of this entry.
pub(in crate::ledger) fn control_total(
    connection: &Connection,
    seq: u64,
    number: usize,
    total: &ControlTotal,
) -> Result<()> {
    let sql = "INSERT INTO control_total (article, number, donors, recipient, amount_low,
                   amount_high, qualifier, currency, since, field, start_byte, end_byte, quote, rule)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    let (low, high, qualifier) = ends(Some(total.amount.bounds));
    connection.prepare_cached(sql)?.execute(params![
        column(seq),
        column(number),
        joined(&total.donors),
        total.recipient,
        low,
        high,
        qualifier,
        total.amount.currency.as_str(),
        shown(total.since),
        total.evidence.field,
        column(total.evidence.span.start),
        column(total.evidence.span.end),
        total.evidence.quote,
        total.evidence.rule,
    ])?;
    Ok(())
}

/// A gap of the article of this entry.
pub(in crate::ledger) fn gap(
    connection: &Connection,
    seq: u64,
    number: usize,
    gap: &Gap,
) -> Result<()> {
    let sql = "INSERT INTO gap (article, number, reason, start_byte, end_byte, quote)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute(params![
        column(seq),
        column(number),
        gap.reason,
        column(gap.span.start),
        column(gap.span.end),
        gap.quote,
    ])?;
    Ok(())
}

/// Whether a package waits for a person, why, and which other package it may be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::ledger) struct Wait {
    pub(in crate::ledger) pending: bool,
    pub(in crate::ledger) reason: Option<String>,
    pub(in crate::ledger) maybe: Option<PackageId>,
}

/// A package with all its fields, new or in place of what it was.
pub(in crate::ledger) fn package(
    connection: &Connection,
    id: PackageId,
    fields: &Fields,
    wait: &Wait,
) -> Result<()> {
    let sql = "INSERT INTO package (number, donors, recipients, announced, amount_low, amount_high,
                   qualifier, currency, aid, stage, mechanism, sequence, pending, pending_reason,
                   maybe, recalled, figure, around, announced_from, amount_from, aid_from,
                   stage_from, mechanism_from, sequence_from, around_from)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                   ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)
               ON CONFLICT (number) DO UPDATE SET
                   announced = excluded.announced, amount_low = excluded.amount_low,
                   amount_high = excluded.amount_high, qualifier = excluded.qualifier,
                   currency = excluded.currency, aid = excluded.aid, stage = excluded.stage,
                   mechanism = excluded.mechanism, sequence = excluded.sequence,
                   pending = excluded.pending, pending_reason = excluded.pending_reason,
                   maybe = excluded.maybe, recalled = excluded.recalled, figure = excluded.figure,
                   around = excluded.around, announced_from = excluded.announced_from,
                   amount_from = excluded.amount_from, aid_from = excluded.aid_from,
                   stage_from = excluded.stage_from, mechanism_from = excluded.mechanism_from,
                   sequence_from = excluded.sequence_from, around_from = excluded.around_from";
    let amount = fields.amount.as_ref();
    let (low, high, qualifier) = ends(amount.map(|amount| amount.value.bounds));
    connection.prepare_cached(sql)?.execute(params![
        column(id.0),
        joined(&fields.donors),
        joined(&fields.recipients),
        shown(fields.announced.as_ref().map(|taken| taken.value)),
        low,
        high,
        qualifier,
        shown(amount.map(|amount| amount.value.currency)),
        fields.aid.value.as_str(),
        fields.stage.value.as_str(),
        fields.mechanism.as_ref().map(|taken| &taken.value),
        fields.sequence.as_ref().map(|taken| taken.value),
        wait.pending,
        wait.reason,
        wait.maybe.map(|package| column(package.0)),
        fields.recalled,
        shown(amount.map(|amount| amount.value.bounds.figure().normalize())),
        shown(fields.around.value),
        fields.announced.as_ref().map(|taken| &taken.from),
        amount.map(|taken| &taken.from),
        fields.aid.from,
        fields.stage.from,
        fields.mechanism.as_ref().map(|taken| &taken.from),
        fields.sequence.as_ref().map(|taken| &taken.from),
        fields.around.from,
    ])?;
    Ok(())
}

/// The lines of a package, in place of what they were.
pub(in crate::ledger) fn items(
    connection: &Connection,
    package: PackageId,
    lines: &[Line],
) -> Result<()> {
    let clear = "DELETE FROM item WHERE package = ?1";
    connection.prepare_cached(clear)?.execute([column(package.0)])?;
    let sql = "INSERT INTO item (package, number, system, name, class, low, high, qualifier, unit,
                   claim, claim_item)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    let mut statement = connection.prepare_cached(sql)?;
    for (number, line) in lines.iter().enumerate() {
        let (low, high, qualifier) = ends(line.item.quantity);
        statement.execute(params![
            column(package.0),
            column(number),
            line.item.system,
            line.item.name,
            line.item.class,
            low,
            high,
            qualifier,
            line.item.unit,
            line.claim,
            column(line.number),
        ])?;
    }
    Ok(())
}

/// That a claim tells a package.
pub(in crate::ledger) fn telling(
    connection: &Connection,
    seq: u64,
    claim: &str,
    package: PackageId,
) -> Result<()> {
    let sql = "INSERT INTO telling (claim, package, entry) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute(params![claim, column(package.0), column(seq)])?;
    Ok(())
}

/// A ruling as its table shows it.
pub(in crate::ledger) struct DecisionRow<'a> {
    pub(in crate::ledger) decision: &'static str,
    pub(in crate::ledger) claim: &'a str,
    pub(in crate::ledger) package: PackageId,
    pub(in crate::ledger) pending: bool,
    pub(in crate::ledger) maybe: Option<PackageId>,
    pub(in crate::ledger) reason: &'a str,
    pub(in crate::ledger) by: &'a str,
}

/// A ruling under its entry.
pub(in crate::ledger) fn decision(
    connection: &Connection,
    entry: &Entry,
    row: &DecisionRow,
) -> Result<()> {
    let sql = "INSERT INTO decision (entry, recorded_at, decision, claim, package, pending, maybe,
                   reason, ruled_by)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    connection.prepare_cached(sql)?.execute(params![
        column(entry.seq),
        entry.recorded_at,
        row.decision,
        row.claim,
        column(row.package.0),
        row.pending,
        row.maybe.map(|package| column(package.0)),
        row.reason,
        row.by,
    ])?;
    Ok(())
}

//! Articles with their claims, control totals and gaps.

use super::traces;
use crate::ledger::body::{ArticleBody, IdentifiedClaim};
use crate::ledger::choose::{Told, anchor, rank};
use crate::ledger::error::LedgerError;
use crate::ledger::journal::Entry;
use crate::ledger::print::Print;
use crate::ledger::store::select;
use crate::ledger::store::values::{column, corrected, ends, joined, shown};
use crate::ledger::wording::Wording;
use crate::model::{Claim, ControlTotal, Gap, PublisherKind};
use rusqlite::{Connection, params};

type Result<T> = std::result::Result<T, LedgerError>;

/// An article under the number of its entry.
pub(in crate::ledger) fn article(
    connection: &Connection,
    entry: &Entry,
    article: &ArticleBody,
    text: &str,
) -> Result<()> {
    let sql = "INSERT INTO article (number, sha256, recorded_at, format, title, title_start,
                   title_end, publisher, published, language, path, url, body_start, body_end, text,
                   kind, etag, last_modified, content, spoken, sketch)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                   ?18, ?19, ?20, ?21)";
    let validators = &article.source.validators;
    let print = Print::of(article.body.of(text));
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
        article.source.kind.map(PublisherKind::as_str),
        validators.etag,
        validators.last_modified,
        article.content(text),
        print.spoken,
        print.sketch,
    ])?;
    Ok(())
}

/// Where a claim comes from.
#[derive(Clone, Copy)]
pub(in crate::ledger) enum Origin<'a> {
    /// The article of this entry with its text, at this place in it.
    Article(&'a ArticleBody, &'a str, usize),
    /// A person, with the quoted sentence and its source.
    Hand { quote: Option<&'a str>, source: Option<&'a str> },
}

/// A claim with its items and its evidence, under its entry; gives its number, the next one.
pub(in crate::ledger) fn claim(
    connection: &Connection,
    seq: u64,
    origin: Origin,
    identified: &IdentifiedClaim,
) -> Result<u64> {
    let sql = "INSERT INTO claim (id, entry, article, place, donors, recipients, announced,
                   amount_low, amount_high, qualifier, currency, aid, status, mechanism, sequence,
                   confidence, quote, source, figure, around, rank, continues, wording,
                   contracted, frame, recalls, corrects, amends)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                   ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)";
    let IdentifiedClaim { id, claim } = identified;
    let mut told = Told::new(0, id.clone(), claim.clone());
    let (article, place, quote, source) = match origin {
        Origin::Article(article, text, place) => {
            told.wording = Wording::of(claim, text);
            (told.published, told.kind) = (article.published, article.source.kind);
            told.amends = select::amends(connection, seq, &article.claims, claim)?;
            (Some(column(seq)), place, None, None)
        }
        Origin::Hand { quote, source } => (None, 0, quote, source),
    };
    let (low, high, qualifier) = ends(claim.amount.map(|amount| amount.bounds));
    let rank = rank(&told, article.is_none());
    connection.prepare_cached(sql)?.execute(params![
        id,
        column(seq),
        article,
        column(place),
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
        shown(claim.amount.map(|amount| amount.bounds.figure().normalize())),
        shown(anchor(&told)),
        rank,
        claim.continues,
        told.wording.words,
        shown(claim.contracted),
        told.wording.frame,
        shown(claim.recalls),
        claim.corrects.map(corrected),
        told.amends,
    ])?;
    let number = connection.last_insert_rowid();
    claim_items(connection, number, claim)?;
    evidence(connection, number, claim)?;
    traces::insert(connection, number.unsigned_abs(), &told, &rank)?;
    Ok(number.unsigned_abs())
}

fn claim_items(connection: &Connection, of: i64, claim: &Claim) -> Result<()> {
    let sql = "INSERT INTO claim_item (claim, number, system, name, class, low, high, qualifier,
                   unit, text, start_byte, end_byte, kinds)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    let mut statement = connection.prepare_cached(sql)?;
    for (number, item) in claim.items.iter().enumerate() {
        let (low, high, qualifier) = ends(item.quantity);
        statement.execute(params![
            of,
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
            joined(&item.kinds),
        ])?;
    }
    Ok(())
}

fn evidence(connection: &Connection, of: i64, claim: &Claim) -> Result<()> {
    let sql = "INSERT INTO evidence (claim, number, field, start_byte, end_byte, quote, rule)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let mut statement = connection.prepare_cached(sql)?;
    for (number, evidence) in claim.evidence.iter().enumerate() {
        statement.execute(params![
            of,
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

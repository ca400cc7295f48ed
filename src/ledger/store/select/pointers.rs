//! Claims as another ledger can find them, and persons' decisions that can go there.

use super::claims::claim;
use crate::ledger::error::LedgerError;
use crate::ledger::store::values::{column, number};
use crate::model::{Claim, Evidence, Pointer};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// The entries of persons' decisions that stand, oldest first. An entry by hand that was undone stands
/// again where it was restored.
pub(in crate::ledger) fn standing_decisions(connection: &Connection) -> Result<Vec<u64>> {
    let sql = "SELECT DISTINCT decision.entry FROM decision
                 LEFT JOIN telling ON telling.claim = decision.claim
                 LEFT JOIN package ON package.number = telling.package
                WHERE ruled_by <> 'auto' AND CASE decision
                    WHEN 'enter' THEN package.standing <> 'undone'
                    WHEN 'undo' THEN 0
                    WHEN 'redo' THEN 0
                    ELSE undone IS NULL END
                ORDER BY decision.entry";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| number(row, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// By what persons' decisions are known: the hashes of the entries that first recorded them, here or in another
/// ledger.
pub(in crate::ledger) fn known_decisions(connection: &Connection) -> Result<BTreeSet<String>> {
    let sql = "SELECT DISTINCT entry.hash, entry.body ->> 'origin'
                 FROM decision JOIN entry ON entry.seq = decision.entry WHERE ruled_by <> 'auto'";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut known = BTreeSet::new();
    while let Some(row) = rows.next()? {
        known.insert(row.get(0)?);
        known.extend(row.get::<_, Option<String>>(1)?);
    }
    Ok(known)
}

/// What points to a claim from anywhere.
pub(in crate::ledger) fn pointer(connection: &Connection, number: u64) -> Result<Option<Pointer>> {
    let Some(stored) = claim(connection, number)? else { return Ok(None) };
    let sql = "SELECT sha256, content, coalesce(url, path) FROM article WHERE number = ?1";
    let read = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let article: Option<(String, String, Option<String>)> = match stored.article {
        Some(article) => {
            connection.prepare_cached(sql)?.query_row([column(article)], read).optional()?
        }
        None => None,
    };
    let (article, content, place) = match article {
        Some((sha256, content, place)) => (Some(sha256), Some(content), place),
        None => (None, None, stored.source),
    };
    let Claim { donors, recipients, announced, amount, evidence, .. } = stored.claim;
    // Who gives and receives is said once for several claims; what is given is said of one.
    let is_own = |proof: &Evidence| proof.field == "amount" || proof.field.starts_with("item");
    let own = evidence.into_iter().filter(is_own);
    let evidence = own.map(|proof| (proof.span, proof.quote)).collect();
    Ok(Some(Pointer {
        claim: stored.id,
        place,
        article,
        content,
        donors,
        recipients,
        announced,
        amount,
        evidence,
        after: None,
    }))
}

/// The claim that a pointer means: the very same, else the only one of its article that says the same
/// figures, or that stands on the same words.
pub(in crate::ledger) fn pointed_at(
    connection: &Connection,
    pointer: &Pointer,
) -> Result<Option<u64>> {
    if let Some(number) = super::claim_number(connection, &pointer.claim)? {
        return Ok(Some(number));
    }
    let sql = "SELECT claim.number FROM article JOIN claim ON claim.article = article.number
                WHERE article.sha256 = ?1 OR article.content = ?2 ORDER BY claim.number";
    let mut statement = connection.prepare_cached(sql)?;
    let numbers = statement
        .query_map([&pointer.article, &pointer.content], |row| number(row, 0))?
        .collect::<rusqlite::Result<Vec<u64>>>()?;
    let mut told = Vec::new();
    for number in numbers {
        told.extend(claim(connection, number)?);
    }
    let says = |claim: &Claim| {
        (&claim.donors, &claim.recipients, claim.announced, claim.amount)
            == (&pointer.donors, &pointer.recipients, pointer.announced, pointer.amount)
    };
    let stands = |claim: &Claim| {
        let is_proof =
            |proof: &Evidence| pointer.evidence.contains(&(proof.span, proof.quote.clone()));
        claim.evidence.iter().any(is_proof)
    };
    let alone = |fits: &dyn Fn(&Claim) -> bool| {
        let mut fitting = told.iter().filter(|stored| fits(&stored.claim));
        fitting.next().filter(|_| fitting.next().is_none()).map(|stored| stored.number)
    };
    Ok(alone(&|claim| says(claim) && stands(claim))
        .or_else(|| alone(&says))
        .or_else(|| alone(&stands)))
}

//! Packages with their lines and tellings, and the rulings on them.

use super::traces::leading_anew;
use crate::ledger::body::Marks;
use crate::ledger::choose::Fields;
use crate::ledger::error::LedgerError;
use crate::ledger::journal::Entry;
use crate::ledger::lines::Line;
use crate::ledger::store::select;
use crate::ledger::store::values::{column, ends, joined, shown};
use crate::model::{PackageId, Span};
use rusqlite::{Connection, params};

type Result<T> = std::result::Result<T, LedgerError>;

/// Whether a package waits for a person, why, and which other package it may be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::ledger) struct Wait {
    pub(in crate::ledger) pending: bool,
    pub(in crate::ledger) reason: Option<String>,
    pub(in crate::ledger) maybe: Option<PackageId>,
}

/// The columns of a package but its number, and their places in a statement.
const FIELDS: &str = "donors, recipients, announced, amount_low, amount_high, qualifier, currency,
    aid, stage, mechanism, sequence, waits, pending_reason, maybe, recalled, figure, around,
    announced_from, amount_from, aid_from, stage_from, mechanism_from, sequence_from, around_from";
const VALUES: &str = "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
    ?19, ?20, ?21, ?22, ?23, ?24, ?25";

/// A package with all its fields, new or in place of what it was.
pub(in crate::ledger) fn package(
    connection: &Connection,
    id: PackageId,
    fields: &Fields,
    wait: &Wait,
) -> Result<()> {
    let is_there = "SELECT 1 FROM package WHERE number = ?1";
    // Not one statement for both: the database keeps what one that may change a row would change, to
    // take it back, which costs more than all else of recording a package.
    let sql = if connection.prepare_cached(is_there)?.exists([column(id.0)])? {
        format!("UPDATE package SET ({FIELDS}) = ({VALUES}) WHERE number = ?1")
    } else {
        format!("INSERT INTO package (number, {FIELDS}) VALUES (?1, {VALUES})")
    };
    let amount = fields.amount.as_ref();
    let (low, high, qualifier) = ends(amount.map(|amount| amount.value.bounds));
    connection.prepare_cached(&sql)?.execute(params![
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
        fields.announced.as_ref().and_then(|taken| taken.from).map(column),
        amount.and_then(|taken| taken.from).map(column),
        fields.aid.from.map(column),
        fields.stage.from.map(column),
        fields.mechanism.as_ref().and_then(|taken| taken.from).map(column),
        fields.sequence.as_ref().and_then(|taken| taken.from).map(column),
        fields.around.from.map(column),
    ])?;
    Ok(())
}

/// Takes away the lines of a package, before others take their place.
pub(in crate::ledger) fn no_items(connection: &Connection, package: PackageId) -> Result<()> {
    let sql = "DELETE FROM item WHERE package = ?1";
    connection.prepare_cached(sql)?.execute([column(package.0)])?;
    Ok(())
}

/// The lines of a package that has none.
pub(in crate::ledger) fn items(
    connection: &Connection,
    package: PackageId,
    lines: &[Line],
) -> Result<()> {
    let sql = "INSERT INTO item (package, number, system, name, class, low, high, qualifier, unit,
                   text, start_byte, end_byte, claim, claim_item)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    let mut statement = connection.prepare_cached(sql)?;
    for (number, line) in lines.iter().enumerate() {
        let (low, high, qualifier) = ends(line.item.quantity);
        // What a person amended stands in no article: its name stands for its words.
        let (text, span) = match line.from {
            Some(_) => (&line.item.text, line.item.evidence),
            None => (&line.item.name, Span::new(0, 0)),
        };
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
            text,
            column(span.start),
            column(span.end),
            line.from.map(|(claim, _)| column(claim)),
            line.from.map(|(_, number)| column(number)),
        ])?;
    }
    Ok(())
}

/// That a claim tells a package, new or in place of where it stood.
pub(in crate::ledger) fn telling(
    connection: &Connection,
    seq: u64,
    claim: u64,
    home: PackageId,
    package: PackageId,
    marks: &Marks,
) -> Result<()> {
    let sql = "INSERT INTO telling (claim, package, home, placed, entry, rank, article, doubt, maybe, weak)
               VALUES (?1, ?2, ?3, ?3, ?4, (SELECT rank FROM claim WHERE number = ?1),
                   (SELECT article FROM claim WHERE number = ?1), ?5, ?6, ?7)
               ON CONFLICT (claim) DO UPDATE SET
                   package = excluded.package, home = excluded.home, placed = excluded.placed,
                   entry = excluded.entry, doubt = excluded.doubt, maybe = excluded.maybe,
                   weak = excluded.weak";
    let homes: Vec<PackageId> =
        select::home_now(connection, claim)?.into_iter().chain([home]).collect();
    leading_anew(connection, &homes, || {
        connection.prepare_cached(sql)?.execute(params![
            column(claim),
            column(package.0),
            column(home.0),
            column(seq),
            marks.doubt,
            marks.maybe.map(|package| column(package.0)),
            marks.weak,
        ])?;
        Ok(())
    })
}

/// A decision as its table shows it, of which the entry is given apart.
pub(in crate::ledger) struct DecisionRow<'a> {
    pub(in crate::ledger) decision: &'static str,
    pub(in crate::ledger) claim: Option<u64>,
    pub(in crate::ledger) package: PackageId,
    pub(in crate::ledger) pending: bool,
    pub(in crate::ledger) maybe: Option<PackageId>,
    pub(in crate::ledger) reason: Option<&'a str>,
    pub(in crate::ledger) by: &'a str,
}

/// A decision under its entry, one row a package; `number` counts them.
pub(in crate::ledger) fn decision(
    connection: &Connection,
    entry: &Entry,
    number: usize,
    row: &DecisionRow,
) -> Result<()> {
    let sql = "INSERT INTO decision (entry, number, recorded_at, decision, claim, package, pending,
                   maybe, reason, ruled_by)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    connection.prepare_cached(sql)?.execute(params![
        column(entry.seq),
        column(number),
        entry.recorded_at,
        row.decision,
        row.claim.map(column),
        column(row.package.0),
        row.pending,
        row.maybe.map(|package| column(package.0)),
        row.reason,
        row.by,
    ])?;
    Ok(())
}

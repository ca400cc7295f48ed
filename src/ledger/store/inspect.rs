//! What a check of the ledger needs to see of its tables, and how two ledgers' tables differ.

use super::PROJECTIONS;
use super::values::size;
use crate::ledger::error::LedgerError;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;

type Result<T> = std::result::Result<T, LedgerError>;

/// How many rows of a table are named where they differ.
const NAMED: usize = 3;

/// What the database itself finds wrong with its pages, constraints and references.
pub(in crate::ledger) fn damage(connection: &Connection) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let found: String = row.get(0)?;
        if found != "ok" {
            problems.push(format!("integrity_check: {found}"));
        }
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        let place = row.get::<_, Option<i64>>(1)?.map(|row| format!(" row {row}"));
        let place = place.unwrap_or_default();
        problems.push(format!("{table}{place}: refers to a row of {parent} that is missing"));
    }
    Ok(problems)
}

/// Turns the checking of references on or off; only outside a transaction.
pub(in crate::ledger) fn check_references(connection: &Connection, check: bool) -> Result<()> {
    Ok(connection.pragma_update(None, "foreign_keys", check)?)
}

/// Tables, triggers, indexes and views that are not as in a new ledger. What a user added is left
/// alone, except triggers, which could change what is recorded.
pub(in crate::ledger) fn changed_schema(
    ledger: &Connection,
    new: &Connection,
) -> Result<Vec<String>> {
    let (mut found, expected) = (schema(ledger)?, schema(new)?);
    let mut problems = Vec::new();
    for (name, sql) in expected {
        match found.remove(&name) {
            None => problems.push(format!("{} {}: is missing", name.0, name.1)),
            Some(other) if other != sql => {
                problems.push(format!("{} {}: is not as schema.sql defines it", name.0, name.1));
            }
            Some(_) => {}
        }
    }
    let added = found.into_keys().filter(|(kind, _)| kind == "trigger");
    problems.extend(added.map(|(kind, name)| format!("{kind} {name}: is not in schema.sql")));
    Ok(problems)
}

fn schema(connection: &Connection) -> Result<BTreeMap<(String, String), String>> {
    let sql = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A quote, and the text in which it should stand.
pub(in crate::ledger) struct Quoted<'a> {
    pub(in crate::ledger) text: &'a str,
    /// Whose quote it is, such as `claim 12, field amount`.
    pub(in crate::ledger) what: String,
    pub(in crate::ledger) start: usize,
    pub(in crate::ledger) end: usize,
    pub(in crate::ledger) quote: &'a str,
}

/// Hands on each quote with its text, article by article, then those of claims entered by hand.
pub(in crate::ledger) fn each_quote(
    connection: &Connection,
    mut take: impl FnMut(Quoted),
) -> Result<()> {
    let mut texts = connection.prepare("SELECT number, text FROM article ORDER BY number")?;
    let mut quotes = connection.prepare(
        "SELECT 'claim ' || claim.number || ', field ' || field, start_byte, end_byte, evidence.quote
           FROM claim JOIN evidence ON evidence.claim = claim.number WHERE claim.article = ?1
         UNION ALL
         SELECT 'article ' || article || ', control total ' || number, start_byte, end_byte, quote
           FROM control_total WHERE article = ?1
         UNION ALL
         SELECT 'article ' || article || ', gap ' || number, start_byte, end_byte, quote
           FROM gap WHERE article = ?1",
    )?;
    let mut rows = texts.query([])?;
    while let Some(row) = rows.next()? {
        let text = text(row, 1);
        let mut found = quotes.query([row.get::<_, i64>(0)?])?;
        while let Some(quote) = found.next()? {
            take(quoted(text, quote)?);
        }
    }
    let mut by_hand = connection.prepare(
        "SELECT 'claim ' || claim.number || ', field ' || field, start_byte, end_byte, evidence.quote,
                claim.quote
           FROM claim JOIN evidence ON evidence.claim = claim.number WHERE claim.article IS NULL",
    )?;
    let mut rows = by_hand.query([])?;
    while let Some(row) = rows.next()? {
        take(quoted(text(row, 4), row)?);
    }
    Ok(())
}

fn quoted<'a>(text: &'a str, row: &'a Row) -> Result<Quoted<'a>> {
    let (start, end) = (size(row, 1)?, size(row, 2)?);
    Ok(Quoted { text, what: row.get(0)?, start, end, quote: self::text(row, 3) })
}

fn text<'a>(row: &'a Row, column: usize) -> &'a str {
    row.get_ref(column).ok().and_then(|value| value.as_str().ok()).unwrap_or("")
}

/// Where the projections of a ledger are not those that its journal gives.
pub(in crate::ledger) fn differences(
    ledger: &Connection,
    expected: &Connection,
) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for (table, order) in PROJECTIONS {
        let sql = format!("SELECT * FROM {table} ORDER BY {order}");
        let (mut left, mut right) = (ledger.prepare(&sql)?, expected.prepare(&sql)?);
        let names: Vec<String> = right.column_names().map(str::to_owned).collect();
        if left.column_count() != names.len() {
            problems.push(format!("{table}: has other columns than schema.sql gives it"));
            continue;
        }
        let (mut left, mut right) = (left.query([])?, right.query([])?);
        let mut wrong = 0;
        for place in 1.. {
            let problem = match (left.next()?, right.next()?) {
                (None, None) => break,
                (found, expected) => difference(&names, found, expected)?,
            };
            if let Some(problem) = problem {
                wrong += 1;
                if wrong <= NAMED {
                    problems.push(format!("{table}, row {place} by {order}: {problem}"));
                }
            }
        }
        if wrong > NAMED {
            problems.push(format!("{table}: {} more rows differ from the journal", wrong - NAMED));
        }
    }
    Ok(problems)
}

fn difference(
    names: &[String],
    found: Option<&Row>,
    expected: Option<&Row>,
) -> Result<Option<String>> {
    let (found, expected) = match (found, expected) {
        (Some(found), Some(expected)) => (found, expected),
        (Some(_), None) => return Ok(Some("is not in the journal".to_owned())),
        _ => return Ok(Some("is missing, but in the journal".to_owned())),
    };
    for (column, name) in names.iter().enumerate() {
        let (found, expected) = (found.get_ref(column)?, expected.get_ref(column)?);
        if found != expected {
            let (found, expected) = (shown(found), shown(expected));
            return Ok(Some(format!("{name} is {found}, by the journal {expected}")));
        }
    }
    Ok(None)
}

fn shown(value: ValueRef) -> String {
    match value {
        ValueRef::Null => "not set".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
        ValueRef::Text(bytes) => {
            let text = String::from_utf8_lossy(bytes);
            let short: String = text.chars().take(60).collect();
            if short.len() < text.len() { format!("\"{short}...\"") } else { format!("\"{text}\"") }
        }
    }
}

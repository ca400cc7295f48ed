//! The tables of rates and price levels that persons imported.

use super::select;
use super::values::column;
use crate::ledger::body::{self, Body, TABLE};
use crate::ledger::error::LedgerError;
use crate::model::ReferenceTable;
use rusqlite::{Connection, params};

/// Lays a table over those before it.
pub(in crate::ledger) fn insert_table(
    connection: &Connection,
    entry: u64,
    table: &ReferenceTable,
) -> Result<(), LedgerError> {
    let sql = "INSERT INTO rate (base, currency, day, rate, entry) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT DO UPDATE SET rate = excluded.rate, entry = excluded.entry";
    let mut statement = connection.prepare_cached(sql)?;
    for quote in &table.rates {
        statement.execute(params![
            quote.base.as_str(),
            quote.currency.as_str(),
            quote.day.to_string(),
            quote.rate.normalize().to_string(),
            column(entry),
        ])?;
    }
    let sql = "INSERT INTO price_level (currency, year, level, entry) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT DO UPDATE SET level = excluded.level, entry = excluded.entry";
    let mut statement = connection.prepare_cached(sql)?;
    for level in &table.price_levels {
        statement.execute(params![
            level.currency.as_str(),
            level.year,
            level.index.normalize().to_string(),
            column(entry),
        ])?;
    }
    Ok(())
}

/// All tables, oldest first, as the journal has them.
pub(in crate::ledger) fn tables(
    connection: &Connection,
) -> Result<Vec<ReferenceTable>, LedgerError> {
    let mut tables = Vec::new();
    for seq in select::entries_of_kind(connection, TABLE)? {
        if let Some(entry) = select::entry(connection, seq)?
            && let Body::Table(table) = body::parse(&entry)?
        {
            tables.push(*table);
        }
    }
    Ok(tables)
}

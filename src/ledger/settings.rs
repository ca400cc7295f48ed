//! The settings of a connection, under which nothing that was acknowledged is lost and nothing in a
//! strange file runs. Each is read back.

use super::error::LedgerError;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::path::Path;
use std::time::Duration;

/// Settings of each connection, with the value that must be read back.
const SETTINGS: &[(&str, &str)] = &[
    ("foreign_keys", "1"),
    ("recursive_triggers", "1"),
    ("cell_size_check", "1"),
    ("mmap_size", "0"),
    ("synchronous", "2"),
    ("fullfsync", "1"),
    // In KiB where below zero: room for all that ten thousand articles leave, and for the inner pages of all
    // indexes of a large ledger. What is not at hand is read again for each article that is recorded.
    ("cache_size", "-65536"),
    // In pages, of which an article leaves some forty. What is written twice before they are moved into the
    // file is moved once: it is the less, the fewer the articles between, and the larger the ledger.
    ("wal_autocheckpoint", "8000"),
];

/// The same for what the library calls options.
const OPTIONS: &[(DbConfig, bool, &str)] = &[
    (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true, "defensive"),
    (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false, "trusted_schema"),
    (DbConfig::SQLITE_DBCONFIG_DQS_DML, false, "double_quoted_strings"),
    (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true, "triggers"),
    // One plan a statement: else each new value makes the planner think again.
    (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true, "query_planner_stability"),
];

/// Makes the settings and reads each one back.
pub(super) fn set(
    connection: &Connection,
    path: &Path,
    patience: Duration,
) -> Result<(), LedgerError> {
    connection.set_prepared_statement_cache_capacity(64);
    connection.busy_timeout(patience)?;
    for (option, value, name) in OPTIONS {
        connection.set_db_config(*option, *value)?;
        let found = connection.db_config(*option)?;
        expect(path, name, &found.to_string(), &value.to_string())?;
    }
    for (name, expected) in SETTINGS {
        connection.pragma_update(None, name, *expected)?;
        let found: i64 = connection.pragma_query_value(None, name, |row| row.get(0)).or_else(
            |error| match error {
                // A database in memory has no such thing as a mapped file.
                rusqlite::Error::QueryReturnedNoRows if *name == "mmap_size" => Ok(0),
                other => Err(other),
            },
        )?;
        expect(path, name, &found.to_string(), expected)?;
    }
    Ok(())
}

/// Holds a setting that was read back against the value that it must have.
pub(super) fn expect(
    path: &Path,
    name: &str,
    found: &str,
    expected: &str,
) -> Result<(), LedgerError> {
    if found == expected {
        return Ok(());
    }
    Err(LedgerError::Setting {
        path: path.display().to_string(),
        name: name.to_owned(),
        found: found.to_owned(),
        expected: expected.to_owned(),
    })
}

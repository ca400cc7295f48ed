//! Opens the ledger's file: is it one of ours, of a version that we know, with settings under which
//! nothing that was acknowledged is lost. Knows nothing of what the tables say.

use super::error::LedgerError;
use super::{Access, journal, store};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// `AIDL`: says to any tool whose file this is.
pub(super) const APPLICATION_ID: i64 = 0x4149_444c;

/// The tables of a new ledger.
pub(super) const SCHEMA: &str = include_str!("../../schema.sql");

/// `MIGRATIONS[n]` turns version n + 1 into version n + 2; `schema.sql` is always the newest.
const MIGRATIONS: &[&str] = &[];

/// The version of a new ledger.
pub(super) const VERSION: i64 = newest(MIGRATIONS);

/// Settings of each connection, with the value that must be read back.
const SETTINGS: &[(&str, &str)] = &[
    ("foreign_keys", "1"),
    ("recursive_triggers", "1"),
    ("cell_size_check", "1"),
    ("mmap_size", "0"),
    ("synchronous", "2"),
    ("fullfsync", "1"),
];

/// Opens the ledger at `path` and waits up to `patience` where another process holds it.
pub(super) fn open(
    path: &Path,
    access: Access,
    patience: Duration,
) -> Result<Connection, LedgerError> {
    look(path, access)?;
    let connection = match access {
        Access::Read => open_to_read(path, patience)?,
        Access::Write | Access::Create => open_to_write(path, access, patience)?,
    };
    Ok(connection)
}

/// A ledger in memory, empty.
pub(super) fn in_memory() -> Result<Connection, LedgerError> {
    let mut connection = Connection::open_in_memory()?;
    set(&connection, Path::new(":memory:"), Duration::ZERO)?;
    create(&mut connection)?;
    Ok(connection)
}

/// Refuses what can be seen to be no ledger before the database library touches it.
fn look(path: &Path, access: Access) -> Result<(), LedgerError> {
    let shown = || path.display().to_string();
    let other = |found: &str| LedgerError::NotALedger { path: shown(), found: found.to_owned() };
    let failed = |source| LedgerError::Io { path: shown(), source };
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let reachable = folder.is_none_or(Path::is_dir) && !path.as_os_str().is_empty();
            return if access == Access::Create && reachable {
                Ok(())
            } else {
                Err(LedgerError::Missing { path: shown() })
            };
        }
        Err(error) => return Err(failed(error)),
    };
    if metadata.is_dir() {
        return Err(other("a folder"));
    }
    if metadata.len() == 0 {
        return if access == Access::Create { Ok(()) } else { Err(other("an empty file")) };
    }
    let mut start = Vec::new();
    let file = fs::File::open(path).map_err(failed)?;
    file.take(16).read_to_end(&mut start).map_err(failed)?;
    if start == b"SQLite format 3\0" { Ok(()) } else { Err(other("a file of another kind")) }
}

fn open_to_write(
    path: &Path,
    access: Access,
    patience: Duration,
) -> Result<Connection, LedgerError> {
    let create = if access == Access::Create { OpenFlags::SQLITE_OPEN_CREATE } else { none() };
    let opened = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | create);
    let mut connection = opened.map_err(|error| unwritable(error, path))?;
    if connection.is_readonly("main")? {
        return Err(LedgerError::ReadOnly { path: path.display().to_string() });
    }
    set(&connection, path, patience).map_err(|error| unwritable(error, path))?;
    let fresh = is_fresh(&connection).map_err(|error| unwritable(error, path))?;
    if fresh && access != Access::Create {
        let found = "a SQLite file without tables".to_owned();
        return Err(LedgerError::NotALedger { path: path.display().to_string(), found });
    }
    if !fresh {
        version(&connection, path)?;
    }
    let journal_mode: String = connection
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .map_err(|error| unwritable(error.into(), path))?;
    expect(path, "journal_mode", &journal_mode, "wal")?;
    if fresh {
        self::create(&mut connection).map_err(|error| unwritable(error, path))?;
    }
    migrate(&mut connection, path, MIGRATIONS)?;
    Ok(connection)
}

/// Opens for reading without leaving a trace: the file keeps its bytes, and the two files that
/// the database needs beside it are gone when the last reader closes. Where they cannot be made because
/// the place is read-only, the file is read as one that nobody changes.
fn open_to_read(path: &Path, patience: Duration) -> Result<Connection, LedgerError> {
    let unfinished = fs::metadata(beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0);
    let shared = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|connection| {
        // Asked first: any later question would make files that a read-only reader leaves behind.
        if connection.is_readonly("main")? && !unfinished {
            return Err(LedgerError::ReadOnly { path: path.display().to_string() });
        }
        set(&connection, path, patience)?;
        if unfinished {
            // Closing would move the finished part of an interrupted write into the file.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        }
        probe(&connection)?;
        Ok(connection)
    });
    let connection = match shared {
        Ok(connection) => connection,
        Err(error) if !unfinished && is_unwritable(&error) => {
            open_unchanging(path, patience).map_err(|error| error.at(path))?
        }
        Err(error) => return Err(error.at(path)),
    };
    let found = version(&connection, path)?;
    if found < VERSION {
        let path = path.display().to_string();
        return Err(LedgerError::Older { path, found, known: VERSION });
    }
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, LedgerError> {
    // A bare ":memory:" or "file:" would mean something else to SQLite.
    let path = if path.is_relative() { Path::new(".").join(path) } else { path.to_owned() };
    Ok(Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?)
}

/// Opens a file that nobody changes meanwhile: nothing is needed beside it.
pub(super) fn open_unchanging(path: &Path, patience: Duration) -> Result<Connection, LedgerError> {
    let absolute = std::path::absolute(path)
        .map_err(|source| LedgerError::Io { path: path.display().to_string(), source })?;
    let escaped: String = absolute
        .to_string_lossy()
        .chars()
        .map(|letter| match letter {
            '%' => "%25".to_owned(),
            '?' => "%3f".to_owned(),
            '#' => "%23".to_owned(),
            _ => letter.to_string(),
        })
        .collect();
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)?;
    set(&connection, path, patience)?;
    probe(&connection)?;
    Ok(connection)
}

/// Makes the settings and reads each one back.
fn set(connection: &Connection, path: &Path, patience: Duration) -> Result<(), LedgerError> {
    connection.set_prepared_statement_cache_capacity(64);
    connection.busy_timeout(patience)?;
    for (option, value, name) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true, "defensive"),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false, "trusted_schema"),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false, "double_quoted_strings"),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true, "triggers"),
    ] {
        connection.set_db_config(option, value)?;
        let found = connection.db_config(option)?;
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

fn expect(path: &Path, name: &str, found: &str, expected: &str) -> Result<(), LedgerError> {
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

fn number(connection: &Connection, pragma: &str) -> Result<i64, LedgerError> {
    Ok(connection.pragma_query_value(None, pragma, |row| row.get(0))?)
}

fn probe(connection: &Connection) -> Result<i64, LedgerError> {
    Ok(connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?)
}

fn is_fresh(connection: &Connection) -> Result<bool, LedgerError> {
    Ok(probe(connection)? == 0
        && number(connection, "application_id")? == 0
        && number(connection, "user_version")? == 0)
}

/// The ledger's version, where it is one of ours that this program knows.
fn version(connection: &Connection, path: &Path) -> Result<i64, LedgerError> {
    let shown = path.display().to_string();
    let application = number(connection, "application_id").map_err(|error| error.at(path))?;
    if application != APPLICATION_ID {
        let found = format!("a SQLite file of another application (id {application:#010x})");
        return Err(LedgerError::NotALedger { path: shown, found });
    }
    let found = number(connection, "user_version").map_err(|error| error.at(path))?;
    match found {
        ..1 => {
            let found = format!("a ledger without a version (user_version {found})");
            Err(LedgerError::NotALedger { path: shown, found })
        }
        found if found > VERSION => Err(LedgerError::Newer { path: shown, found, known: VERSION }),
        found => Ok(found),
    }
}

/// Makes the tables and the ledger's identity, unless another process was quicker.
fn create(connection: &mut Connection) -> Result<(), LedgerError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if is_fresh(&transaction)? {
        transaction.execute_batch(SCHEMA)?;
        let id = journal::random_id()?;
        store::insert::identity(&transaction, &id, &journal::genesis(&id))?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()?;
    Ok(())
}

/// Brings an older ledger up to the newest version: one transaction a step, so that each step is
/// done wholly or not at all.
pub(super) fn migrate(
    connection: &mut Connection,
    path: &Path,
    steps: &[&str],
) -> Result<(), LedgerError> {
    while number(connection, "user_version").map_err(|error| error.at(path))? < newest(steps) {
        step(connection, steps).map_err(|error| error.at(path))?;
    }
    Ok(())
}

fn step(connection: &mut Connection, steps: &[&str]) -> Result<(), LedgerError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = number(&transaction, "user_version")?;
    // Another process may have made this step while this one waited for the lock.
    if let Some(sql) = usize::try_from(found - 1).ok().and_then(|step| steps.get(step)) {
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", found + 1)?;
    }
    transaction.commit()?;
    Ok(())
}

/// The version to which these steps lead.
const fn newest(steps: &[&str]) -> i64 {
    1 + steps.len().cast_signed() as i64
}

fn none() -> OpenFlags {
    OpenFlags::empty()
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether the database could not make or write a file that it needs.
fn is_unwritable(error: &LedgerError) -> bool {
    match error {
        LedgerError::ReadOnly { .. } => true,
        LedgerError::Sqlite { source, .. } => matches!(
            source.sqlite_error_code(),
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied)
        ),
        _ => false,
    }
}

fn unwritable(error: LedgerError, path: &Path) -> LedgerError {
    if is_unwritable(&error) {
        LedgerError::ReadOnly { path: path.display().to_string() }
    } else {
        error.at(path)
    }
}

//! Opens the ledger's file for writing, or for reading without leaving a trace. Knows nothing of
//! what the tables say.

use super::Access;
use super::error::LedgerError;
use super::settings::{expect, set};
use super::version::{MIGRATIONS, VERSION, create, is_fresh, migrate, probe, version};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Bytes of a page of a new ledger. What is read from its beginning to its end is asked for page by page,
/// and twice the usual size takes a quarter off the time of an export.
const PAGE: u32 = 8192;

/// What a connection that only reads keeps of the file, in KiB where below zero: the inner pages of what it
/// looks up. The rest is passed over once, and of a larger file no more is kept.
const LOOKING: i64 = -8192;

/// Opens the ledger at `path` and waits up to `patience` where another process holds it.
pub(super) fn open(
    path: &Path,
    access: Access,
    patience: Duration,
) -> Result<Connection, LedgerError> {
    look(path, access)?;
    match access {
        Access::Read => open_to_read(path, patience),
        Access::Write | Access::Create => open_to_write(path, access, patience),
    }
}

/// A ledger in memory, empty.
pub(super) fn in_memory() -> Result<Connection, LedgerError> {
    passing(":memory:", PAGE)
}

/// One that takes a copy of another: pages of one size are copied only to pages of that size. It is in memory
/// as far as a connection keeps pages there; the rest is in a file without a name, gone with it.
pub(super) fn aside(other: &Connection) -> Result<Connection, LedgerError> {
    passing("", other.pragma_query_value(None, "page_size", |row| row.get(0))?)
}

/// A ledger that is gone when its connection closes.
fn passing(place: &str, page: u32) -> Result<Connection, LedgerError> {
    let mut connection = Connection::open(place)?;
    connection.pragma_update(None, "page_size", page)?;
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
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, access == Access::Create);
    let opened = connect(path, flags);
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
    if fresh {
        connection.pragma_update(None, "page_size", PAGE)?;
    }
    let journal_mode: String = connection
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .map_err(|error| unwritable(error.into(), path))?;
    expect(path, "journal_mode", &journal_mode, "wal")?;
    if fresh {
        create(&mut connection).map_err(|error| unwritable(error, path))?;
    }
    migrate(&mut connection, path, MIGRATIONS)?;
    Ok(connection)
}

/// Opens for reading without leaving a trace: the file keeps its bytes, and the two files that the
/// database needs beside it are gone when the last reader closes. Where they cannot be made because
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
    connection.pragma_update(None, "cache_size", LOOKING)?;
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

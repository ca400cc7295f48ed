//! Opening: what is no ledger, what may not be written, what another process holds.

use super::*;
use crate::ledger::{LedgerError, connection, version};
use crate::model::Filter;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

const SOON: Duration = Duration::from_millis(50);

/// The names and bytes of all files in a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let read = |file: fs::DirEntry| {
        (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())
    };
    fs::read_dir(folder).unwrap().map(|file| read(file.unwrap())).collect()
}

fn refusal(path: &Path, access: Access) -> String {
    Ledger::open_patiently(path, access, SOON).unwrap_err().to_string()
}

#[test]
fn a_missing_ledger_is_made_only_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.db");
    for access in [Access::Read, Access::Write] {
        assert_eq!(refusal(&path, access), format!("{}: no such ledger", path.display()));
    }
    let nowhere = folder.path().join("no/such/folder.db");
    assert!(refusal(&nowhere, Access::Create).ends_with("no such ledger"));
    assert!(files(folder.path()).is_empty());
    drop(Ledger::open(&path, Access::Create).unwrap());
    assert_eq!(files(folder.path()).into_keys().collect::<Vec<_>>(), ["new.db"]);
    drop(Ledger::open(&path, Access::Write).unwrap());
}

#[test]
fn what_is_no_ledger_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("text"), "not a database, but longer than a header").unwrap();
    fs::write(at("short"), "abc").unwrap();
    fs::write(at("empty"), "").unwrap();
    fs::create_dir(at("folder")).unwrap();
    let other = Connection::open(at("other")).unwrap();
    other.execute_batch("PRAGMA application_id = 7; CREATE TABLE t (a)").unwrap();
    drop(other);
    let unnamed = Connection::open(at("unnamed")).unwrap();
    unnamed.execute_batch("CREATE TABLE t (a)").unwrap();
    drop(unnamed);
    for (name, found) in [
        ("text", "a file of another kind"),
        ("short", "a file of another kind"),
        ("folder", "a folder"),
        ("other", "a SQLite file of another application (id 0x00000007)"),
        ("unnamed", "a SQLite file of another application (id 0x00000000)"),
    ] {
        let before = if name == "folder" { Vec::new() } else { fs::read(at(name)).unwrap() };
        for access in [Access::Read, Access::Write, Access::Create] {
            let expected =
                format!("{}: found {found}, expected a ledger of aidledger", at(name).display());
            assert_eq!(refusal(&at(name), access), expected);
        }
        assert!(name == "folder" || fs::read(at(name)).unwrap() == before);
    }
    assert!(refusal(&at("empty"), Access::Read).contains("found an empty file"));
    assert!(refusal(&at("empty"), Access::Write).contains("found an empty file"));
    assert!(Ledger::open(&at("empty"), Access::Create).is_ok());
}

#[test]
fn a_name_that_the_database_gives_a_meaning_is_only_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file:a?mode=memory#%41.db");
    drop(Ledger::open(&path, Access::Create).unwrap());
    assert!(path.exists());
    let connection = connection::open_unchanging(&path, SOON).unwrap();
    assert!(connection.is_readonly("main").unwrap());
    assert!(matches!(
        Ledger::open(Path::new(":memory:"), Access::Read),
        Err(LedgerError::Missing { .. })
    ));
}

#[test]
fn a_newer_ledger_is_refused() {
    let (_folder, path, ledger) = on_disk();
    drop(ledger);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for access in [Access::Read, Access::Write, Access::Create] {
        let found = refusal(&path, access);
        assert!(found.contains("found a ledger of version 99, expected version 22"), "{found}");
    }
}

#[test]
fn a_damaged_ledger_is_named_as_such() {
    let (_folder, path, mut ledger) = on_disk();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    drop(ledger);
    let mut bytes = fs::read(&path).unwrap();
    let from = bytes.len() / 4;
    bytes[from..].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let found = Ledger::open(&path, Access::Read)
        .and_then(|ledger| ledger.packages(&Filter::default()).map(drop))
        .unwrap_err();
    assert!(matches!(found, LedgerError::Damaged { .. }), "{found}");
}

fn version_of(ledger: &Ledger) -> i64 {
    ledger.connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

#[test]
fn an_older_ledger_is_brought_up_step_by_step() {
    let (_folder, path, mut ledger) = on_disk();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    let before = version_of(&ledger);
    let mut steps = version::MIGRATIONS.to_vec();
    steps.extend(["ALTER TABLE ledger ADD COLUMN note TEXT", "CREATE TABLE more (a TEXT) STRICT"]);
    version::migrate(&mut ledger.connection, &path, &steps).unwrap();
    assert_eq!(version_of(&ledger), before + 2);
    let count =
        |sql: &str| -> i64 { ledger.connection.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(count("SELECT count(*) FROM more"), 0);
    assert_eq!(count("SELECT count(note) FROM ledger"), 0);
    assert_eq!(ledger.packages(&Filter::default()).unwrap().len(), 1);
}

#[test]
fn a_step_that_fails_leaves_the_older_ledger_as_it_was() {
    let (_folder, path, mut ledger) = on_disk();
    let before = version_of(&ledger);
    let mut steps = version::MIGRATIONS.to_vec();
    steps.extend(["CREATE TABLE more (a TEXT) STRICT", "CREATE TABLE other (a TEXT); nonsense"]);
    assert!(version::migrate(&mut ledger.connection, &path, &steps).is_err());
    assert_eq!(version_of(&ledger), before + 1);
    assert!(ledger.connection.prepare("SELECT * FROM more").is_ok());
    assert!(ledger.connection.prepare("SELECT * FROM other").is_err());
}

/// The tables of version 1, with the journal of a ledger of today.
fn version_1(ledger: &Ledger, path: &Path) {
    let old = Connection::open(path).unwrap();
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/ledger/version-1.sql");
    old.execute_batch(&fs::read_to_string(schema).unwrap()).unwrap();
    old.pragma_update(None, "application_id", version::APPLICATION_ID).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    let from = ledger.path().display();
    old.execute_batch(&format!(
        "ATTACH '{from}' AS new;
         INSERT INTO ledger SELECT * FROM new.ledger;
         INSERT INTO raw_article SELECT * FROM new.raw_article;
         INSERT INTO entry SELECT * FROM new.entry ORDER BY seq;"
    ))
    .unwrap();
}

#[test]
fn a_ledger_of_version_1_is_read_by_this_program_after_a_command_that_writes() {
    let (folder, _path, mut ledger) = on_disk();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    tell(&mut ledger, "B: $400", "2022-11-12", |_| {});
    let path = folder.path().join("old.db");
    version_1(&ledger, &path);
    assert!(refusal(&path, Access::Read).contains("found a ledger of version 1, expected version"));
    let old = Ledger::open(&path, Access::Write).unwrap();
    assert_eq!(old.verify().unwrap().problems, Vec::<String>::new());
    let all = |ledger: &Ledger| ledger.packages(&Filter::default()).unwrap();
    assert_eq!(all(&old), all(&ledger));
    let references: i64 =
        old.connection.pragma_query_value(None, "foreign_keys", |row| row.get(0)).unwrap();
    assert_eq!(references, 1);
}

#[test]
fn reading_leaves_no_trace() {
    let (folder, path, mut ledger) = on_disk();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    drop(ledger);
    let before = files(folder.path());
    let mut ledger = Ledger::open(&path, Access::Read).unwrap();
    assert_eq!(ledger.packages(&Filter::default()).unwrap().len(), 1);
    assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new());
    let text = "B: $400 million";
    let refused = ledger.record(
        text.as_bytes(),
        &article(text, "2022-11-11"),
        &with_claims(Vec::new()),
        POLICY,
        NOW,
    );
    assert!(matches!(refused, Err(LedgerError::ReadOnly { .. })));
    drop(ledger);
    assert!(files(folder.path()) == before);
}

#[test]
fn reading_beside_an_interrupted_write_changes_no_file() {
    let (folder, path, mut ledger) = on_disk();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    // A process that is killed leaves these files as they are now.
    let left = tempfile::tempdir().unwrap();
    for (name, bytes) in files(folder.path()) {
        fs::write(left.path().join(name), bytes).unwrap();
    }
    let before = files(left.path());
    assert!(before.contains_key("aidledger.db-wal"));
    let path = left.path().join(path.file_name().unwrap());
    let ledger = Ledger::open(&path, Access::Read).unwrap();
    assert_eq!(ledger.packages(&Filter::default()).unwrap().len(), 1);
    drop(ledger);
    for name in ["aidledger.db", "aidledger.db-wal"] {
        assert!(files(left.path())[name] == before[name], "{name}");
    }
    // The next one that writes tidies up.
    drop(Ledger::open(&path, Access::Write).unwrap());
    assert_eq!(files(left.path()).len(), 1);
}

#[test]
#[cfg(unix)]
fn a_read_only_place_can_be_read_and_is_not_written() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path, mut ledger) = on_disk();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    drop(ledger);
    let before = files(folder.path());
    let allow = |folder_mode: u32, file_mode: u32| {
        fs::set_permissions(&path, fs::Permissions::from_mode(file_mode)).unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(folder_mode)).unwrap();
    };
    for (folder_mode, file_mode) in [(0o555, 0o444), (0o555, 0o644), (0o755, 0o444)] {
        allow(folder_mode, file_mode);
        if fs::OpenOptions::new().write(true).open(&path).is_ok() && file_mode == 0o444 {
            // The superuser may write everywhere, so there is nothing to see.
            allow(0o755, 0o644);
            return;
        }
        let ledger = Ledger::open(&path, Access::Read).unwrap();
        assert_eq!(ledger.packages(&Filter::default()).unwrap().len(), 1);
        assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new());
        drop(ledger);
        let refused = Ledger::open(&path, Access::Write);
        assert!(matches!(refused, Err(LedgerError::ReadOnly { .. })), "{refused:?}");
        allow(0o755, 0o644);
        assert!(files(folder.path()) == before, "{folder_mode:o} {file_mode:o}");
    }
}

#[test]
fn a_ledger_that_another_process_holds_can_be_read_but_not_written() {
    let (_folder, path, mut holder) = on_disk();
    tell(&mut holder, "A: $400", "2022-11-11", |_| {});
    let transaction = holder.connection.unchecked_transaction().unwrap();
    transaction.execute("DELETE FROM gap", []).unwrap();
    let mut ledger = Ledger::open_patiently(&path, Access::Write, SOON).unwrap();
    assert_eq!(ledger.packages(&Filter::default()).unwrap().len(), 1);
    let text = "B: $400 million";
    let record = |ledger: &mut Ledger| {
        let article = article(text, "2022-11-11");
        ledger.record(text.as_bytes(), &article, &with_claims(Vec::new()), POLICY, NOW)
    };
    let refused = record(&mut ledger).unwrap_err();
    let expected = format!("{}: the ledger is locked by another process", path.display());
    assert_eq!(refused.to_string(), expected);
    transaction.rollback().unwrap();
    assert!(record(&mut ledger).is_ok());
}

#[test]
fn a_connection_has_the_settings_that_keep_what_was_acknowledged() {
    let (_folder, _path, ledger) = on_disk();
    let pragma = |name: &str| -> String {
        let read = |row: &rusqlite::Row| row.get::<_, rusqlite::types::Value>(0);
        match ledger.connection.pragma_query_value(None, name, read).unwrap() {
            rusqlite::types::Value::Text(text) => text,
            rusqlite::types::Value::Integer(number) => number.to_string(),
            other => format!("{other:?}"),
        }
    };
    for (name, expected) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("recursive_triggers", "1"),
        ("cell_size_check", "1"),
        ("mmap_size", "0"),
        ("trusted_schema", "0"),
        ("busy_timeout", "5000"),
        ("wal_autocheckpoint", "8000"),
        ("application_id", "1095320652"),
        ("user_version", "22"),
    ] {
        assert_eq!(pragma(name), expected, "{name}");
    }
    assert!(rusqlite::version_number() >= 3_051_003, "older ones lose writes after a WAL reset");
}

#[test]
fn a_ledger_with_pages_of_another_size_is_read_written_and_tried_on() {
    let (_folder, path, mut ledger) = on_disk();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    drop(ledger);
    let older = Connection::open(&path).unwrap();
    let page = |of: &Connection| of.pragma_query_value(None, "page_size", |row| row.get(0));
    assert_eq!(page(&older), Ok(8192));
    older.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA page_size = 4096; VACUUM").unwrap();
    assert_eq!(page(&older), Ok(4096));
    drop(older);
    let mut ledger = Ledger::open(&path, Access::Write).unwrap();
    let mut rehearsal = ledger.rehearsal().unwrap();
    for ledger in [&mut rehearsal, &mut ledger] {
        tell(ledger, "B: $900", "2023-11-11", |claim| claim.donors = vec!["DE".to_owned()]);
        assert_eq!(ledger.packages(&Filter::default()).unwrap().len(), 2);
    }
}

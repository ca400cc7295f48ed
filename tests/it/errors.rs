//! Bad input: one clear line on stderr, the right exit code, and the ledger as it was.

use crate::support::{ARTICLE, Place};
use std::fs;

const NO_ARTICLE: &str =
    "articles: no article in this folder: expected .txt, .md, .html or .htm files";

#[test]
fn a_missing_file_is_named() {
    let place = Place::new();
    place.run("add missing.txt").ends(1).says("error: missing.txt: no such file or folder");
    assert!(place.run("extract missing.txt").ends(1).out.is_empty());
}

#[test]
fn an_address_without_its_scheme_is_told_from_a_missing_file() {
    let place = Place::new();
    let expected = "error: www.example.org/news.xml: no such file or folder\nhint: a web address begins \
                    with https://, as https://www.example.org/news.xml";
    place.run("feed add www.example.org/news.xml").ends(1).says(expected);
    place.run("extract www.example.org/news.xml").ends(1).says(expected);
}

#[test]
fn one_unreadable_file_among_others_is_named_and_the_rest_is_recorded() {
    let place = Place::new();
    place.file("a.txt", ARTICLE);
    let ran = place.run("add missing.txt a.txt").ends(3);
    assert_eq!(ran.err, "error: missing.txt: no such file or folder\n");
    assert!(ran.out.contains("1 article read, 1 not readable, 1 new package"), "{}", ran.out);
}

#[test]
fn a_folder_without_articles_is_named() {
    let place = Place::new();
    place.file("articles/picture.png", "x");
    place.run("add articles").ends(1).says(&format!("error: {NO_ARTICLE}"));
}

#[test]
fn a_binary_file_and_an_empty_file_are_refused() {
    let place = Place::new();
    place.file("binary.txt", [0x7f, b'E', b'L', b'F', 0, 0, 1, 0, 0xff, 0xfe, 0]);
    place.file("empty.txt", "");
    for name in ["binary.txt", "empty.txt"] {
        let ran = place.run(&format!("add {name}")).ends(1);
        assert!(ran.err.starts_with(&format!("error: {name}: ")), "{}", ran.err);
        assert_eq!(ran.err.lines().filter(|line| line.starts_with("error")).count(), 1);
    }
}

#[test]
fn fifty_megabytes_on_one_line_are_refused_at_once() {
    let place = Place::new();
    place.file("long.txt", "money ".repeat(50_000_000 / 6));
    let since = std::time::Instant::now();
    place
        .run("add long.txt")
        .ends(1)
        .says("error: long.txt: more than 16 MiB: expected one article");
    assert!(since.elapsed().as_secs() < 5);
}

#[test]
fn a_megabyte_on_one_line_is_read() {
    let place = Place::new();
    place.file("long.txt", "The minister said that it rained again, and then ".repeat(20_000));
    place.run("extract long.txt").ends(0);
}

#[test]
fn a_wrong_currency_code_is_refused() {
    let place = Place::new();
    place.run("enter --donor US --recipient UA --amount '5 million XQQ'").ends(2).says(
        "error: --amount: \"5 million XQQ\": \"XQQ\" is no currency: expected an ISO 4217 code such \
         as USD, EUR or UAH\nhint: aidledger help enter tells what it takes",
    );
    assert!(!place.path().join("aidledger.db").exists());
}

#[test]
fn an_amount_with_a_letter_among_its_digits_is_refused() {
    let place = Place::new();
    let ran = place.run("enter --donor US --recipient UA --amount '4O0 million'").ends(2);
    assert!(ran.err.starts_with("error: --amount: \"4O0 million\": "), "{}", ran.err);
    assert!(ran.err.contains("expected an amount such as \"up to 400 million USD\""));
    let ran = place.run("enter --donor US --recipient UA --amount '4O0 million USD'").ends(2);
    assert!(ran.err.contains("expected an amount such as"), "{}", ran.err);
    assert!(!place.path().join("aidledger.db").exists());
}

#[test]
fn a_day_that_the_calendar_lacks_is_refused() {
    let place = Place::new();
    place.file("a.txt", ARTICLE);
    for command in [
        "enter --donor US --recipient UA --date 2022-02-31",
        "extract a.txt --date 2022-02-31",
        "list --from 2022-02-31",
    ] {
        let ran = place.run(command).ends(2);
        assert!(ran.err.contains("\"2022-02-31\": expected a "), "{}", ran.err);
    }
}

#[test]
fn an_unknown_actor_or_format_is_refused() {
    let place = Place::new();
    let ran = place.run("enter --donor Ruritania --recipient UA").ends(2);
    assert!(ran.err.starts_with("error: --donor: \"Ruritania\": expected "), "{}", ran.err);
    place.run("list --format xml").ends(2).says(
        "error: --format: \"xml\": expected one of table, csv, tsv, json, ndjson, markdown, \
         html\nhint: aidledger help list tells what it takes",
    );
    place.run("lst").ends(2).says("error: \"lst\": no such command\nhint: did you mean list?");
}

#[test]
fn a_ledger_that_is_not_there_is_said() {
    let place = Place::new();
    let ran = place.run("list").ends(1);
    assert!(ran.err.starts_with("error: aidledger.db: no such ledger\nhint: "), "{}", ran.err);
}

#[test]
fn a_file_that_is_no_ledger_is_refused_and_stays_as_it_was() {
    let place = Place::new();
    place.file("a.txt", ARTICLE).file("notes.db", "these are my notes, not a database\n");
    let other = rusqlite::Connection::open(place.path().join("other.db")).unwrap();
    other.execute_batch("PRAGMA application_id = 77; CREATE TABLE t (a); ").unwrap();
    drop(other);
    for name in ["notes.db", "other.db"] {
        let before = fs::read(place.path().join(name)).unwrap();
        for command in ["add a.txt", "list"] {
            let ran = place.run(&format!("{command} --ledger {name}")).ends(1);
            assert!(ran.err.starts_with(&format!("error: {name}: ")), "{}", ran.err);
            assert!(ran.err.contains("expected a ledger of aidledger"), "{}", ran.err);
        }
        assert_eq!(fs::read(place.path().join(name)).unwrap(), before, "{name}");
    }
}

fn ledger(place: &Place) -> rusqlite::Connection {
    place.file("a.txt", ARTICLE).run("add a.txt").ends(0);
    rusqlite::Connection::open(place.path().join("aidledger.db")).unwrap()
}

#[test]
fn a_newer_ledger_is_refused() {
    let place = Place::new();
    ledger(&place).execute_batch("PRAGMA user_version = 999").unwrap();
    for command in ["add a.txt", "list"] {
        let ran = place.run(command).ends(1);
        assert!(ran.err.starts_with("error: aidledger.db: found a ledger of version 999"));
    }
}

#[test]
fn a_ledger_that_another_process_holds_is_said_to_be_locked() {
    let place = Place::new();
    let holder = ledger(&place);
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    place.file("b.txt", ARTICLE.replace("400", "275"));
    let ran = place.run("add b.txt").ends(1);
    assert!(
        ran.err.contains("aidledger.db: the ledger is locked by another process"),
        "{}",
        ran.err
    );
    holder.execute_batch("ROLLBACK").unwrap();
    place.run("add b.txt").ends(0);
}

#[test]
#[cfg(unix)]
fn a_read_only_ledger_is_read_but_not_added_to() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    drop(ledger(&place));
    place.file("b.txt", ARTICLE.replace("400", "275"));
    let path = place.path().join("aidledger.db");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    if fs::File::options().write(true).open(&path).is_ok() {
        println!("a_read_only_ledger: skipped, this user may write everything");
        return;
    }
    let ran = place.run("add b.txt").ends(1);
    assert!(ran.err.contains("aidledger.db: the ledger or its folder is read-only"), "{}", ran.err);
    place.run("list").ends(0);
}

#[test]
fn a_full_disk_is_said() {
    let full = std::path::Path::new("/dev/full");
    if !full.exists() {
        println!("a_full_disk: skipped, there is no /dev/full");
        return;
    }
    let place = Place::new();
    drop(ledger(&place));
    for format in ["csv", "json", "ndjson", "markdown", "xlsx", "parquet", "ledger", "iati"] {
        let ran = place.run(&format!("export {format} -o /dev/full")).ends(1);
        assert_eq!(ran.err, "error: /dev/full: no space left on the disk\n", "{format}");
    }
}

#[test]
fn an_export_over_the_ledger_is_refused() {
    let place = Place::new();
    drop(ledger(&place));
    let ran = place.run("export csv -o aidledger.db").ends(2);
    assert!(ran.err.contains("expected a file other than the ledger"), "{}", ran.err);
    place.run("verify").ends(0);
}

#[test]
fn a_changed_journal_is_found_and_the_exit_code_says_so() {
    let place = Place::new();
    let connection = ledger(&place);
    connection
        .execute_batch(
            "DROP TRIGGER entry_is_never_changed;
             UPDATE entry SET body = replace(body, '400', '900') WHERE seq = 1;",
        )
        .unwrap();
    drop(connection);
    let ran = place.run("verify").ends(4);
    assert!(ran.out.contains("problem:"), "{}", ran.out);
}

#[test]
#[cfg(unix)]
fn a_write_that_fails_leaves_the_ledger_as_it_was() {
    let place = Place::new();
    drop(ledger(&place));
    let before = place.run("log --format ndjson").ends(0).out;
    for number in 0..20 {
        let filler = "It rained in the capital, and the trams were late again. ".repeat(400);
        place.file(&format!("many/{number:02}.txt"), format!("{ARTICLE}{number}\n{filler}"));
    }
    // The shell lets no file grow beyond what the ledger needs for a few of these articles.
    let output = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 500; \"$0\" add many"])
        .arg(env!("CARGO_BIN_EXE_aidledger"))
        .current_dir(place.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("error: many/"), "{said}");
    place.run("verify").ends(0);
    let after = place.run("log --format ndjson").ends(0).out;
    assert!(after.starts_with(&before));
    place.run("add many").ends(0);
    place.run("verify").ends(0);
}

#[test]
fn a_slip_on_the_command_line_is_answered_with_the_form_that_is_meant() {
    let place = Place::new();
    for (slip, hint) in [
        ("check totals", "did you mean --only totals?"),
        ("check conflict", "did you mean --only conflicts?"),
        ("list delivered", "did you mean --stage delivered?"),
        ("accept all", "did you mean --all?"),
        ("amend P3 amount '5 million USD'", "did you mean --amount?"),
        (
            "split P1 3",
            "expected aidledger split [OPTIONS] --telling <NUMBER> <ID>; aidledger help split tells more",
        ),
        (
            "split P1",
            "expected aidledger split [OPTIONS] --telling <NUMBER> <ID>; aidledger help split tells more",
        ),
        (
            "void P3 duplicate",
            "expected aidledger void [OPTIONS] <ID>...; the words that say why stand behind --reason",
        ),
        ("check P3", "aidledger show P3 and aidledger history P3 tell of one package"),
        (
            "undo P3",
            "expected aidledger undo [OPTIONS]: Take back the last decision of a person; again, the one \
             before it",
        ),
        (
            "feed add",
            "expected aidledger feed add [OPTIONS] <FEED>; aidledger help feed add tells more",
        ),
        ("help nothing", "aidledger help tells what there is"),
    ] {
        let err = place.run(slip).ends(2).err;
        assert_eq!(err.lines().last(), Some(&*format!("hint: {hint}")), "{slip}: {err}");
    }
}

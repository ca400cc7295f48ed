//! What the ledger promises: evidence, a history that cannot be altered unseen, tables that the
//! journal gives, and nothing half done.

use super::*;
use crate::ledger::store::{PROJECTIONS, inspect};
use crate::ledger::version::SCHEMA;
use crate::ledger::{connection, projection};
use crate::model::{Filter, Gap, PublisherKind, Stage, Standing, Verdict};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A ledger with several articles, packages and tellings.
fn filled() -> Ledger {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "A: $400", "2022-11-11", |claim| {
        claim.items = vec![item("hawk", None), item("stinger", Some(4))];
    });
    tell(&mut ledger, "B: $400", "2022-11-12", |claim| claim.items = vec![item("hawk", Some(2))]);
    tell(&mut ledger, "C: $275", "2022-12-09", |claim| claim.amount = Some(dollars(275)));
    tell(&mut ledger, "D: recalls $275", "2022-12-20", |claim| {
        claim.amount = Some(dollars(275));
        claim.status = Status::Past;
    });
    tell(&mut ledger, "E: recalls $1", "2023-01-20", |claim| {
        claim.amount = Some(dollars(1));
        claim.status = Status::Past;
    });
    ledger
}

fn problems(ledger: &Ledger) -> Vec<String> {
    ledger.verify().unwrap().problems
}

/// Alters the file as somebody would who knows SQL and takes the guards away first.
fn tamper(ledger: &Ledger, sql: &str) {
    let drop = "DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_deleted;
                DROP TRIGGER entry_continues_the_chain; DROP TRIGGER raw_article_is_never_changed;
                PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;";
    let saved: Vec<String> = ledger
        .connection
        .prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    ledger.connection.execute_batch(&format!("{drop} {sql}")).unwrap();
    for trigger in saved {
        // Those that were not dropped are still there.
        let _ = ledger.connection.execute_batch(&trigger);
    }
    ledger.connection.execute_batch("PRAGMA ignore_check_constraints = OFF").unwrap();
}

#[test]
fn a_filled_ledger_has_no_problems() {
    let found = filled().verify().unwrap();
    assert_eq!(found.problems, Vec::<String>::new());
    assert_eq!((found.entries, found.articles, found.claims, found.packages), (10, 5, 5, 3));
}

#[test]
fn a_figure_without_its_words_is_refused_and_nothing_is_written() {
    let mut ledger = Ledger::in_memory().unwrap();
    let text = "The US gives $400 million";
    let mut refused = |change: &dyn Fn(&mut Article, &mut Extraction)| -> String {
        let mut article = article(text, "2022-11-11");
        let mut extraction = with_claims(vec![claim(text, 400, "")]);
        change(&mut article, &mut extraction);
        let result = ledger.record(text.as_bytes(), &article, &extraction, POLICY, NOW);
        assert_eq!(ledger.head().unwrap().seq, 0);
        result.unwrap_err().to_string()
    };
    assert_eq!(
        refused(&|_, extraction| extraction.claims[0].evidence[0].quote = "billion".to_owned()),
        "a.txt: claim 1, field amount quotes \"billion\", expected the text at bytes 18 to 25: \
         \"million\""
    );
    assert_eq!(
        refused(&|_, extraction| extraction.claims[0].evidence.clear()),
        "a.txt: claim 1, field amount has no evidence, expected the words that state it"
    );
    assert!(
        refused(&|_, extraction| extraction.claims[0].evidence[0].span = Span::new(20, 90))
            .contains("no such bytes in a text of 25")
    );
    assert_eq!(
        refused(&|_, extraction| extraction.claims[0].donors.push("us".to_owned())),
        "a.txt: claim 1, donor is \"us\", expected a code of capital letters such as US"
    );
    assert_eq!(
        refused(&|_, extraction| extraction.claims[0].confidence = Confidence(1001)),
        "a.txt: claim 1, confidence is \"1001\", expected at most 1000 thousandths"
    );
    assert!(refused(&|article, _| article.sha256 = "0".repeat(64)).contains("expected 0000"));
    assert!(
        refused(&|_, extraction| {
            let span = Span::new(0, 3);
            let (reason, quote) = ("no-donor".to_owned(), "the".to_owned());
            extraction.gaps.push(Gap { reason, span, quote });
        })
        .contains("gap 1 quotes \"the\"")
    );
}

#[test]
fn no_statement_changes_or_deletes_what_was_recorded() {
    let ledger = filled();
    for sql in [
        "UPDATE entry SET body = '{}'",
        "DELETE FROM entry",
        "DELETE FROM entry WHERE seq = 10",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 1",
        "INSERT INTO entry SELECT seq + 2, recorded_at, kind, body, hash, hash FROM entry
          ORDER BY seq DESC LIMIT 1",
        "INSERT INTO entry SELECT seq + 1, recorded_at, kind, body, prev, hash FROM entry
          ORDER BY seq DESC LIMIT 1",
        "UPDATE raw_article SET content = x'00'",
        "DELETE FROM raw_article",
        "INSERT OR REPLACE INTO raw_article SELECT sha256, x'00' FROM raw_article",
        "UPDATE ledger SET id = genesis",
        "DELETE FROM ledger",
        "INSERT OR REPLACE INTO ledger SELECT * FROM ledger",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ''",
    ] {
        assert!(ledger.connection.execute_batch(sql).is_err(), "{sql}");
    }
    assert_eq!(problems(&ledger), Vec::<String>::new());
}

#[test]
fn an_altered_history_is_seen() {
    for (sql, expected) in [
        (
            "UPDATE entry SET body = replace(body, '400000000', '500000000') WHERE seq = 1",
            "entry 1: hash",
        ),
        ("UPDATE entry SET recorded_at = '2020-01-01T00:00:00Z' WHERE seq = 3", "entry 3: hash"),
        ("UPDATE entry SET kind = 'article' WHERE seq = 2", "entry 2: hash"),
        ("DELETE FROM entry WHERE seq = 4", "entry 5: prev"),
        ("UPDATE raw_article SET content = x'4120' WHERE rowid = 1", "its bytes have SHA-256"),
        ("DROP INDEX claim_by_article", "index claim_by_article: is missing"),
        ("CREATE TRIGGER t AFTER INSERT ON gap BEGIN SELECT 1; END", "trigger t: is not in"),
    ] {
        let ledger = filled();
        tamper(&ledger, sql);
        let found = problems(&ledger);
        assert!(found.iter().any(|problem| problem.contains(expected)), "{sql}: {found:#?}");
    }
}

#[test]
fn altered_tables_are_seen_and_a_rebuild_puts_them_right() {
    for (sql, expected) in [
        (
            "UPDATE package SET amount_low = '5', amount_high = '5' WHERE number = 1",
            "package, row 1 by number: amount_low is \"5\", by the journal \"400000000\"",
        ),
        (
            "DELETE FROM gap; DELETE FROM item WHERE package = 1 AND number = 1",
            "is missing, but in the journal",
        ),
        ("UPDATE article SET text = replace(text, 'million', 'billion')", "quotes \"million\""),
        (
            "INSERT INTO telling VALUES (99, 1, 1, 1, 1, 'x', NULL, NULL, NULL, NULL)",
            "refers to a row of claim",
        ),
    ] {
        let mut ledger = filled();
        tamper(&ledger, sql);
        let found = problems(&ledger);
        assert!(found.iter().any(|problem| problem.contains(expected)), "{sql}: {found:#?}");
        assert_eq!(ledger.rebuild().unwrap().problems, Vec::<String>::new(), "{sql}");
    }
}

#[test]
fn a_rebuild_gives_the_same_rows() {
    let mut ledger = filled();
    let copy = connection::in_memory().unwrap();
    inspect::check_references(&copy, false).unwrap();
    projection::rebuild(&copy, &ledger.connection).unwrap();
    ledger.rebuild().unwrap();
    assert_eq!(inspect::differences(&ledger.connection, &copy).unwrap(), Vec::<String>::new());
    let references: i64 =
        ledger.connection.pragma_query_value(None, "foreign_keys", |row| row.get(0)).unwrap();
    assert_eq!(references, 1);
}

#[test]
fn a_rebuild_leaves_the_tables_alone_where_the_journal_is_damaged() {
    let mut ledger = filled();
    tamper(&ledger, "UPDATE entry SET body = '{}' WHERE seq = 1");
    let packages = ledger.packages(&Filter::default()).unwrap();
    assert!(!ledger.rebuild().unwrap().problems.is_empty());
    assert_eq!(ledger.packages(&Filter::default()).unwrap(), packages);
}

#[test]
fn every_table_is_the_truth_or_a_projection() {
    let ledger = Ledger::in_memory().unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut statement = ledger.connection.prepare(sql).unwrap();
    let found: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut expected: Vec<&str> = PROJECTIONS.iter().map(|(table, _)| *table).collect();
    expected.extend(["ledger", "entry", "raw_article"]);
    expected.sort_unstable();
    assert_eq!(found, expected);
    let sql = "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
                AND strict = 0 AND name NOT LIKE 'sqlite%'";
    let loose: i64 = ledger.connection.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(loose, 0);
}

#[test]
fn the_schema_allows_exactly_the_words_of_the_model() {
    fn words<T: Copy>(all: &[T], shown: impl Fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().copied().map(shown).collect()
    }
    let mut checked = Vec::new();
    for (place, _) in SCHEMA.match_indices(" IN ('") {
        let column = SCHEMA[..place].rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
        let list = SCHEMA[place + 5..].split(')').next().unwrap();
        let found: Vec<&str> = list.split(',').map(|word| word.trim().trim_matches('\'')).collect();
        let expected = match column.unwrap() {
            "kind" => words(PublisherKind::ALL, PublisherKind::as_str),
            "aid" => words(Aid::ALL, Aid::as_str),
            "status" => words(Status::ALL, Status::as_str),
            "stage" => words(Stage::ALL, Stage::as_str),
            "qualifier" => words(Qualifier::ALL, Qualifier::as_str),
            "format" => words(DocumentFormat::ALL, DocumentFormat::as_str),
            "decision" => {
                let placing = ["new", "link", "enter"].into_iter();
                placing.chain(words(Verdict::ALL, Verdict::as_str)).collect()
            }
            "ruled" => {
                let open = [Standing::Pending, Standing::Merged];
                let closed = words(Standing::ALL, Standing::as_str).into_iter();
                closed.filter(|word| !open.iter().any(|open| open.as_str() == *word)).collect()
            }
            other => panic!("a closed set that no model knows: {other}"),
        };
        assert_eq!(found, expected, "{column:?}");
        checked.push(column.unwrap());
    }
    checked.sort_unstable();
    checked.dedup();
    assert_eq!(
        checked,
        ["aid", "decision", "format", "kind", "qualifier", "ruled", "stage", "status"]
    );
}

#[test]
fn a_full_disk_leaves_the_ledger_as_it_was() {
    let (_folder, path, mut ledger) = on_disk();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    let head = ledger.head().unwrap();
    let pages: i64 =
        ledger.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let limit = |ledger: &Ledger, pages: i64| {
        let set = format!("PRAGMA max_page_count = {pages}");
        ledger.connection.query_row(&set, [], |row| row.get::<_, i64>(0)).unwrap();
    };
    limit(&ledger, pages + 2);
    let text = format!("B: $400 million {}", "x".repeat(100_000));
    let record = |ledger: &mut Ledger| {
        let article = article(&text, "2022-11-11");
        let claims = with_claims(vec![claim(&text, 400, "")]);
        ledger.record(text.as_bytes(), &article, &claims, POLICY, NOW)
    };
    let refused = record(&mut ledger).unwrap_err().to_string();
    assert_eq!(refused, format!("{}: the disk is full, nothing was recorded", path.display()));
    assert_eq!(ledger.head().unwrap(), head);
    assert_eq!(problems(&ledger), Vec::<String>::new());
    limit(&ledger, 1_000_000);
    assert!(!record(&mut ledger).unwrap().already);
}

/// Not a test of its own: the process that the next test kills while it records.
#[test]
#[ignore = "run by a_killed_process_leaves_whole_articles"]
fn record_until_killed() {
    let Some(path) = std::env::var_os("AIDLEDGER_TEST_LEDGER") else { return };
    let mut ledger = Ledger::open(path.as_ref(), Access::Create).unwrap();
    for number in 0.. {
        let day = format!("2022-{:02}-{:02}", number / 28 % 12 + 1, number % 28 + 1);
        tell(&mut ledger, &format!("{number}: $400"), &day, |_| {});
    }
}

#[test]
fn a_killed_process_leaves_whole_articles() {
    let (_folder, path, ledger) = on_disk();
    drop(ledger);
    for _ in 0..3 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "ledger::tests::promises::record_until_killed"])
            .env("AIDLEDGER_TEST_LEDGER", &path)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let before = Ledger::open(&path, Access::Read).unwrap().head().unwrap().seq;
        let patience = Instant::now() + Duration::from_secs(20);
        while Ledger::open(&path, Access::Read).unwrap().head().unwrap().seq < before + 20 {
            assert!(Instant::now() < patience, "the child does not record");
            std::thread::sleep(Duration::from_millis(3));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let found = Ledger::open(&path, Access::Read).unwrap().verify().unwrap();
        assert_eq!(found.problems, Vec::<String>::new());
        assert_eq!(found.entries, found.articles * 2);
        assert_eq!(found.articles, found.claims);
    }
}

//! Where output goes and what it may hold: streams, pipes, colour, escapes, interruption.

use crate::support::{ARTICLE, Place, binary};
use std::io::Read;
use std::process::Stdio;

#[test]
fn data_goes_to_stdout_and_nothing_else_to_it() {
    let place = Place::new();
    place.file("a.txt", ARTICLE).file("empty.txt", "");
    let ran = place.run("extract --format ndjson a.txt empty.txt missing.txt").ends(3);
    for line in ran.out.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(value["source"]["path"].is_string());
    }
    assert_eq!(ran.out.lines().count(), 3);
    assert_eq!(ran.err.lines().count(), 2, "{}", ran.err);
}

#[test]
fn standard_input_is_an_article() {
    let place = Place::new();
    let ran = place.run_with("extract --format ndjson -", ARTICLE, &[]).ends(0);
    assert!(ran.out.contains(r#""path":"-""#), "{}", ran.out);
    let ran = place.run_with("extract -", "", &[]).ends(1);
    assert!(ran.err.starts_with("error: standard input: "), "{}", ran.err);
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_failure() {
    let place = Place::new();
    for number in 0..40 {
        place.file(&format!("many/{number:02}.txt"), ARTICLE.repeat(40));
    }
    let mut child = binary()
        .args(["extract", "--format", "ndjson", "many"])
        .current_dir(place.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().success(), "{said}");
    assert_eq!(said, "");
}

#[test]
fn adding_goes_on_where_nobody_reads_what_it_says() {
    let place = Place::new();
    for number in 0..5 {
        place.file(&format!("many/{number}.txt"), ARTICLE.replace("400", &format!("4{number}0")));
    }
    let mut child = binary()
        .args(["add", "many"])
        .current_dir(place.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
    assert!(place.run("add many").ends(0).out.contains("5 of them known already"));
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let place = Place::new();
    place.file("a.txt", ARTICLE);
    let has_colour = |arguments: &str, env: &[(&str, &str)]| {
        place.run_with(arguments, "", env).ends(0).out.contains('\u{1b}')
    };
    assert!(!has_colour("extract a.txt", &[]));
    assert!(has_colour("extract a.txt --color always", &[]));
    assert!(has_colour("extract a.txt", &[("CLICOLOR_FORCE", "1")]));
    assert!(!has_colour("extract a.txt", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!has_colour("extract a.txt --color never", &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn escapes_in_an_article_do_not_reach_the_terminal() {
    let place = Place::new();
    let hostile = ARTICLE
        .replace("announces", "\u{1b}]0;owned\u{7}announces \u{9b}31m")
        .replace("package of", "package \u{202e}of");
    place.file("a.txt", &hostile);
    place.run("add a.txt").ends(0);
    for command in [
        "extract a.txt",
        "extract a.txt --explain",
        "extract a.txt --format ndjson",
        "add a.txt -n",
        "list",
        "list --format markdown",
        "list --format json",
        "show P1",
        "show P1 --format json",
        "history P1",
        "history P1 --format json",
        "amend P1 --amount none --reason \u{1b}[31m --by \u{9b}",
        "undo",
        "log",
        "log --format csv",
        "export csv evidence",
    ] {
        let ran = place.run(command).ends(0);
        for hostile in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}'] {
            assert!(!ran.out.contains(hostile), "{command} prints {hostile:?}");
        }
    }
}

#[test]
fn quiet_says_nothing_but_errors() {
    let place = Place::new();
    place.file("a.txt", ARTICLE);
    place.run("add a.txt --quiet").ends(0).says("");
    place.run("export csv -o out.csv --quiet").ends(0).says("");
    let ran = place.run("export csv -o out.csv").ends(0);
    assert_eq!(ran.err, "out.csv: 1 row\n");
}

#[test]
#[cfg(unix)]
fn an_interrupted_run_ends_with_130_and_leaves_a_sound_ledger() {
    let place = Place::new();
    for number in 0..400 {
        place.file(
            &format!("many/{number:03}.txt"),
            ARTICLE.replace("400", &format!("{}", number + 100)),
        );
    }
    let mut child = binary()
        .args(["add", "many"])
        .current_dir(place.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 1];
    child.stderr.take();
    let _ = child.stdout.as_mut().unwrap().read(&mut first);
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(sent.success());
    let mut rest = String::new();
    child.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    place.run("verify").ends(0);
    let ran = place.run("add many").ends(0);
    assert!(ran.out.contains("of them known already"), "{}", ran.out.lines().last().unwrap());
}

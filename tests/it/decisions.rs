//! What persons decide on the command line, and what is said of it.

use crate::support::{ARTICLE, Place};

/// A ledger with P1 of 400 million, told twice, P2 of 275 million, and P3 that waits.
pub(crate) fn ledger() -> Place {
    let place = Place::new();
    let retold = ARTICLE.replace("The package", "According to the Pentagon the package");
    place
        .file("a.txt", ARTICLE)
        .file("b.txt", retold)
        .file("c.txt", ARTICLE.replace("400", "275").replace("2022-11-11", "2022-12-09"))
        .file("d.txt", ARTICLE.replace("400", "60").replace("2022-11-11", "2023-01-13"));
    place.run("add -q a.txt b.txt c.txt").ends(0);
    place.run("add -q d.txt --accept-above 1").ends(0);
    place
}

fn listed(place: &Place, options: &str) -> Vec<String> {
    let out = place.run(&format!("list --format ndjson {options}")).ends(0).out;
    let rows = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn accepting_lets_a_package_count_and_accepting_it_again_changes_nothing() {
    let place = ledger();
    assert_eq!(listed(&place, ""), ["P1", "P2"]);
    let ran = place.run("accept P3 --reason checked --by ann").ends(0);
    assert!(ran.out.contains("P3  2023-01-12  US to UA  60 million USD"), "{}", ran.out);
    assert!(ran.out.contains("pending → accepted\nRecorded as entry "), "{}", ran.out);
    assert_eq!(listed(&place, ""), ["P1", "P2", "P3"]);
    let log = place.run("log --format ndjson").ends(0).out;
    let ran = place.run("accept 3 p3").ends(0);
    assert_eq!(ran.out, "P3: accepted already, nothing changed\n");
    assert_eq!(place.run("log --format ndjson").ends(0).out, log);
    let last: serde_json::Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    assert_eq!(last["summary"], "accept P3 by ann: checked");
}

#[test]
fn what_was_rejected_stays_rejected_when_it_is_told_again() {
    let place = ledger();
    place.run("reject P3 --reason 'no package'").ends(0);
    place.run("add d.txt").ends(0);
    place.file("e.txt", ARTICLE.replace("400", "60").replace("2022-11-11", "2023-01-14"));
    let ran = place.run("add e.txt").ends(0);
    assert!(ran.out.contains("P3 is rejected: it counts in no total"), "{}", ran.out);
    assert_eq!(listed(&place, "--pending"), ["P1", "P2"]);
    assert_eq!(listed(&place, "--standing rejected"), ["P3"]);
    assert_eq!(listed(&place, "--standing all"), ["P1", "P2", "P3"]);
    let ran = place.run("list").ends(0);
    assert!(ran.out.contains("1 package rejected: not in this table (--standing)"), "{}", ran.out);
    place.run("accept P3").ends(1).says(
        "error: P3: found a rejected package, expected a package that is pending or accepted\n\
         hint: restore brings it back",
    );
    // It was told surely meanwhile, so it need not wait.
    place.run("restore P3").ends(0);
    assert_eq!(listed(&place, "--standing accepted"), ["P1", "P2", "P3"]);
}

#[test]
fn a_filter_means_only_packages_that_wait() {
    let place = ledger();
    let log = place.run("log --format ndjson").ends(0).out;
    let ran = place.run("accept --donor US -n").ends(0);
    assert!(ran.out.ends_with("pending → accepted\nDry run: nothing was written.\n"));
    assert_eq!(ran.err, "1 package meant\n");
    for nobody in ["--donor DE", "--below 0.1", "--above 1", "--aid financial", "--from 2024"] {
        let ran = place.run(&format!("accept {nobody}")).ends(0);
        assert_eq!((ran.out, ran.err.lines().count()), (String::new(), 1), "{nobody}");
    }
    assert_eq!(place.run("log --format ndjson").ends(0).out, log);
    place.run("reject --all").ends(0);
    assert_eq!(listed(&place, "--standing rejected"), ["P3"]);
}

#[test]
fn a_decision_that_names_nothing_or_too_much_is_refused() {
    let place = ledger();
    let none = "error: expected package numbers, a filter such as --donor, or --all\n\
                hint: aidledger list --standing pending names those that wait";
    place.run("accept").ends(2).says(none);
    place
        .run("reject P1 --all")
        .ends(2)
        .says("error: expected package numbers or a filter, found both");
    for command in ["void P1", "amend P1 --amount none"] {
        place.run(command).ends(2).says("error: missing --reason: expected why, in a few words");
    }
    let ran = place.run("amend P1 --reason x").ends(2);
    assert!(ran.err.starts_with("error: P1: expected a field to amend"), "{}", ran.err);
    let ran = place.run("accept P1 P9").ends(1);
    assert!(ran.err.starts_with("error: P9: the ledger holds no such package\n"), "{}", ran.err);
    let ran = place.run("amend P1 --amount '4O0 million USD' --reason x").ends(2);
    assert!(ran.err.contains("\"4O0 million USD\": expected an amount such as"), "{}", ran.err);
    for (line, expected) in [
        (
            "void P1 --reason x --by auto",
            "--by: \"auto\": expected a person's name, by --by or $USER",
        ),
        ("undo P1", "\"P1\": expected no further argument here"),
        ("not-same P1", "P1: found one package, expected two or more"),
        ("amend P1 --sequence -1 --reason x", "--sequence: \"-1\": expected a number such as 25"),
        ("amend P1 --amount '-5 USD' --reason x", "--amount: \"-5 USD\": expected an amount"),
    ] {
        let ran = place.run(line).ends(2);
        assert!(ran.err.starts_with(&format!("error: {expected}")), "{}", ran.err);
    }
}

#[test]
fn an_amendment_shows_what_was_before_and_stands_in_every_report() {
    let place = ledger();
    let ran = place
        .run(
            "amend P1 --amount 'up to 350 million USD' --date 2022-11 --donor US,GB --stage contracted \
             --mechanism none --aid mixed --sequence 25 --item '12 M777 howitzer' --item Stinger \
             --reason 'put right'",
        )
        .ends(0);
    for line in [
        "P1  2022-11  GB, US to UA  up to 350 million USD",
        "  donor      US → GB, US",
        "  announced  2022-11-10 → 2022-11",
        "  amount     400 million USD → up to 350 million USD",
        "  mechanism  PDA → not stated",
        "  sequence   not stated → 25",
        "  aid        military → mixed",
        "  stage      announced → contracted",
        "→ 12 M777 howitzer; FIM-92 Stinger",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    let export = place.run("export csv --stage contracted").ends(0).out;
    assert!(export.contains("P1,2022-11,GB US,UA,,350000000,USD,up_to,,25,mixed,contracted"));
    let shown = place.run("show P1").ends(0).out;
    assert!(shown.contains("  amended    amount up to 350 million USD (entry "), "{shown}");
    assert!(shown.contains("[$400 million]"), "{shown}");
    let totals = place.run("totals --donor GB --format csv").ends(0).out;
    assert_eq!(totals.lines().last(), Some("\"GB, US\",USD,1,0,350000000,0,350000000"));
    let items = place.run("export csv items --donor GB").ends(0).out;
    assert_eq!(items.lines().count(), 3, "{items}");
    let ran = place.run("amend P1 --item none --item 'up to' --reason x").ends(2);
    assert!(ran.err.contains("--item: \"up to\": expected an item such as"), "{}", ran.err);
    place.run("verify --rebuild").ends(0);
}

#[test]
fn a_void_package_leaves_the_totals_and_stays_in_the_ledger() {
    let place = ledger();
    place.run("void P1 P2 --reason 'counted elsewhere'").ends(0);
    let ran = place.run("totals").ends(0);
    assert!(ran.out.contains("2 packages void: not in this table (--standing)"), "{}", ran.out);
    let shown = place.run("show P1").ends(0).out;
    assert!(shown.contains("  void: it counts in no total\n"), "{shown}");
    place.run("restore P2").ends(0);
    assert_eq!(listed(&place, ""), ["P2"]);
}

#[test]
fn undo_and_redo_repeat_and_say_what_they_are_about() {
    let place = ledger();
    let list = |place: &Place| place.run("list --format ndjson --standing all").ends(0).out;
    place.run("accept P3 --by ann --reason checked").ends(0);
    let accepted = list(&place);
    place.run("amend P1 --amount 'up to 350 million USD' --reason 'put right' --by bob").ends(0);
    let amended = list(&place);
    let ran = place.run("undo").ends(0);
    assert!(
        ran.out.contains(": amend amount of P1 by bob: put right\nP1  2022-11-10"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("  amount     up to 350 million USD → 400 million USD\n"));
    assert_eq!(list(&place), accepted);
    let ran = place.run("undo").ends(0);
    assert!(ran.out.contains(": accept P3 by ann: checked\n"), "{}", ran.out);
    place.run("undo").ends(1).says(
        "error: nothing to undo: expected a decision of a person that stands\n\
         hint: redo brings back what was undone; history and log tell what was decided",
    );
    place.run("redo").ends(0);
    let ran = place.run("redo").ends(0);
    assert!(ran.out.starts_with("stands again: entry "), "{}", ran.out);
    assert_eq!(list(&place), amended);
    assert!(place.run("redo").ends(1).err.starts_with("error: nothing to redo: "));
    place.run("verify --rebuild").ends(0);
    assert_eq!(list(&place), amended);
}

#[test]
fn the_history_of_a_package_says_who_when_before_after_and_why() {
    let place = ledger();
    place.run("amend P1 --amount 'up to 350 million USD' --reason 'put right' --by ann").ends(0);
    place.run("undo --by bob").ends(0);
    let page = place.run("history P1").ends(0).out;
    for line in [
        "  new by auto\n  why        no package of these donors",
        "  link by auto\n  why        same donors and recipients, same amount",
        "  tellings   1 telling → 2 tellings\n",
        "  amend by ann\n  why        put right\n  amount     400 million USD → up to 350 million USD",
        " by bob\n  amount     up to 350 million USD → 400 million USD\n",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    let lines = place.run("history P1 --format ndjson").ends(0).out;
    let last: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!((&last["decision"], &last["by"]), (&"undo".into(), &"bob".into()));
    assert_eq!((&last["field"], &last["after"]["low"]), (&"amount".into(), &"400000000".into()));
    assert!(place.run("history P9").ends(1).err.starts_with("error: P9: the ledger holds no such"));
}

/// What a listing says of a package's sources.
fn told(place: &Place, id: &str) -> usize {
    let out = place.run(&format!("show {id} --format json")).ends(0).out;
    let shown: serde_json::Value = serde_json::from_str(&out).unwrap();
    shown["tellings"].as_array().unwrap().len()
}

#[test]
fn packages_with_nobody_in_common_are_merged_only_across() {
    let place = ledger();
    place.run("amend P2 --donor DE --reason misread").ends(0);
    let refused = place.run("merge P1 P2").ends(2);
    assert!(
        refused.err.contains("P2: found DE to UA, expected who gives and receives in P1: US to UA"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("merge --across P1 P2"), "{}", refused.err);
    assert_eq!(listed(&place, "--standing all").len(), 3);
    place.run("merge --across P1 P2").ends(0);
    assert_eq!(listed(&place, "--standing all"), ["P1", "P3"]);
}

#[test]
fn packages_of_different_numbers_are_merged_only_across() {
    let place = ledger();
    for (id, number) in [("P1", 56), ("P2", 57)] {
        place.run(&format!("amend {id} --sequence {number} --reason read")).ends(0);
    }
    let refused = place.run("merge P1 P2").ends(2).err;
    assert!(refused.contains("P2: found package number 57, expected that of P1"), "{refused}");
}

#[test]
fn what_a_person_merged_stays_one_whatever_articles_come() {
    let place = ledger();
    let ran = place.run("merge P1 P2 --reason 'one package' --by ann").ends(0);
    for line in ["  tellings   2 tellings → 3 tellings\n", "  part of    no other → P1\n"] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    assert_eq!(listed(&place, "--standing all"), ["P1", "P3"]);
    place.file("e.txt", ARTICLE.replace("400", "275").replace("2022-11-11", "2022-12-10"));
    let ran = place.run("add e.txt").ends(0);
    assert!(ran.out.contains("  further   P1 "), "{}", ran.out);
    assert_eq!(told(&place, "P1"), 4);
    assert!(place.run("show P2").ends(0).out.contains("  merged: a part of P1\n"));
    let totals = place.run("totals --format csv").ends(0).out;
    // Of tellings that stand equally, the later article has the word.
    assert_eq!(totals.lines().last(), Some("US,USD,1,0,275000000,275000000,275000000"));
    let ran = place.run("merge P1 P2").ends(0);
    assert_eq!(ran.out, "P2: part of it already, nothing changed\n");
    place.run("merge P3 P2").ends(1).says(
        "error: P2: found a part of P1, expected a package that is pending or accepted\n\
         hint: name the package that it is part of, or part them with restore",
    );
    place.run("verify --rebuild").ends(0);
    place.run("undo").ends(0);
    assert_eq!((told(&place, "P1"), told(&place, "P2")), (2, 2));
}

#[test]
fn tellings_that_a_person_split_off_are_a_package_of_their_own() {
    let place = ledger();
    for (number, expected) in [
        ("0", "from 1 to 2"),
        ("3", "from 1 to 2"),
        ("x", "\"x\": expected the number of a telling such as 2"),
    ] {
        let ran = place.run(&format!("split P1 --telling {number}")).ends(2);
        assert!(ran.err.contains(expected), "{}", ran.err);
    }
    let ran = place.run("split P1 --telling 1,2").ends(1);
    assert!(ran.err.contains("found 2 of its 2 tellings to split off"), "{}", ran.err);
    let ran = place.run("split P1 --telling 2 --reason 'another one'").ends(0);
    assert!(ran.out.contains("P4  2022-11-10  US to UA  400 million USD"), "{}", ran.out);
    assert_eq!(listed(&place, ""), ["P1", "P4", "P2"]);
    assert!(place.run("show P4").ends(0).out.contains("  not same   P1\n"));
    // An article that is like both is no automatic decision.
    place.file("e.txt", ARTICLE.replace("package of", "parcel of"));
    assert!(place.run("add e.txt").ends(0).out.contains("fits P1 and P4 alike"));
    place.run("verify --rebuild").ends(0);
}

#[test]
fn packages_that_a_person_told_apart_wait_no_more_for_that() {
    let place = Place::new();
    let other = ARTICLE.replace("2022-11-11", "2022-11-17");
    place.file("a.txt", ARTICLE).file("b.txt", other).run("add -q a.txt b.txt").ends(0);
    assert_eq!(listed(&place, "--standing pending"), ["P2"]);
    let ran = place.run("not-same P2 P1 --reason 'a week apart'").ends(0);
    assert!(ran.out.contains("  standing   pending → accepted\n"), "{}", ran.out);
    assert_eq!(listed(&place, ""), ["P1", "P2"]);
    let ran = place.run("not-same P1 P2").ends(0);
    assert_eq!(
        ran.out,
        "P1: told apart already, nothing changed\nP2: told apart already, nothing changed\n"
    );
    place.run("not-same P1").ends(2);
    place.run("not-same P1 P1").ends(1).says(
        "error: P1: found the same package twice, expected two packages\n\
         hint: list names those that the ledger holds",
    );
}

#[test]
fn every_looking_command_shows_the_ledger_as_it_stood() {
    let place = ledger();
    for command in ["list", "totals", "export csv", "export csv items", "log"] {
        let ran = place.run(&format!("{command} --as-of 2022-11-12")).ends(0);
        assert!(ran.err.starts_with("as of 2022-11-12: no entry of 8\n"), "{}", ran.err);
        let now = place.run(command).ends(0).out;
        assert_ne!(ran.out, now, "{command}");
        assert_eq!(place.run(&format!("{command} --as-of 2999")).ends(0).out, now, "{command}");
    }
    for command in ["show P1", "history P1"] {
        let ran = place.run(&format!("{command} --as-of 2022-Q4")).ends(1);
        assert!(ran.err.contains("error: P1: the ledger holds no such package"), "{}", ran.err);
        place.run(&format!("{command} --as-of 2999-01")).ends(0);
    }
    place.file("more.csv", "date,currency,rate\n2022-11-10,UAH,36.5\n");
    place.run("rates import more.csv").ends(0);
    let rate = |rest: &str| place.run(&format!("rates on 2022-11-10 UAH{rest}")).ends(0).out;
    assert!(!rate(" --as-of 2022-11-12").contains("0.027397") && rate("").contains("0.027397"));
    assert!(place.run("rates --as-of 2999").ends(0).out.contains("UAH"));
    assert!(!place.run("rates coverage --as-of 2022-11-12").ends(0).out.contains("UAH"));
    place
        .run("rates import more.csv --as-of 2022")
        .ends(2)
        .says("error: --as-of: a table is imported today: expected it with a look-up");
    let before: Vec<u8> = std::fs::read(place.path().join("aidledger.db")).unwrap();
    let ran = place.run("list --as-of yesterday").ends(2);
    assert!(ran.err.starts_with("error: --as-of: \"yesterday\": expected a period such as"));
    assert!(std::fs::read(place.path().join("aidledger.db")).unwrap() == before);
}

#[test]
fn a_review_without_a_terminal_says_what_to_use_instead() {
    let place = ledger();
    let ran = place.run_with("review", "aaa", &[]).ends(2);
    assert!(ran.out.is_empty());
    assert!(ran.err.starts_with("error: review needs a terminal: expected standard input and "));
    assert!(ran.err.contains("hint: aidledger list --standing pending names those that wait"));
    assert_eq!(listed(&place, "--standing pending"), ["P3"]);
}

#[test]
fn decisions_go_to_another_ledger_of_the_same_articles() {
    let place = ledger();
    place.run("amend P1 --amount 'up to 350 million USD' --reason 'put right' --by ann").ends(0);
    place.run("reject P3 --by bob").ends(0);
    let ran = place.run("export rulings -o rulings.ndjson").ends(0);
    assert_eq!(ran.err, "rulings.ndjson: 2 decisions\n");
    let other = |command: &str| place.run(&format!("{command} --ledger other.db"));
    // A dry run makes no ledger; where no article is read yet, each decision says what it waits for.
    let ran = other("import rulings -n rulings.ndjson").ends(1);
    assert!(ran.out.starts_with("rulings.ndjson: 2 refused\nDry run"), "{}", ran.out);
    assert!(ran.err.contains(": found no claim of a.txt, expected the articles"), "{}", ran.err);
    assert!(!place.path().join("other.db").exists());
    other("add d.txt").ends(0);
    let ran = other("import rulings rulings.ndjson").ends(3);
    assert!(ran.err.contains("error: rulings.ndjson:1: amend by ann, "), "{}", ran.err);
    assert!(ran.err.contains(": found no claim of a.txt, expected the articles"), "{}", ran.err);
    let said = "rulings.ndjson: 1 decision stands here too, 1 refused\nRecorded as entry ";
    assert!(ran.out.starts_with(said), "{}", ran.out);
    other("add c.txt b.txt a.txt").ends(0);
    let ran = other("import rulings -n rulings.ndjson").ends(0);
    let said =
        "rulings.ndjson: 1 decision stands here too, 1 known\nDry run: nothing was written.\n";
    assert_eq!(ran.out, said);
    other("import rulings rulings.ndjson").ends(0);
    let totals = |ledger: &str| place.run(&format!("totals --ledger {ledger}")).ends(0).out;
    assert_eq!(totals("other.db"), totals("aidledger.db"));
    let ran = other("import rulings rulings.ndjson").ends(0);
    assert_eq!(ran.out, "rulings.ndjson: 2 known\n");
    let log = other("log").ends(0).out;
    assert!(log.contains("reject P1 by bob") && log.contains(" by ann: put right"), "{log}");
    other("verify --rebuild").ends(0);
    place.file("bad.ndjson", "{}\nx\n");
    let ran = other("import rulings bad.ndjson").ends(1);
    for line in [
        "bad.ndjson:1: expected a decision that export rulings wrote: missing field",
        "bad.ndjson:2: ",
    ] {
        assert!(ran.err.contains(line), "{}", ran.err);
    }
}

//! What each command promises, end to end.

use crate::support::{ARTICLE, Place};
use std::fs;

fn ledger() -> Place {
    let place = Place::new();
    place.file("a.txt", ARTICLE).run("add a.txt").ends(0);
    place
}

#[test]
fn adding_the_same_article_twice_changes_nothing() {
    let place = ledger();
    let before = place.run("log --format ndjson").ends(0).out;
    let ran = place.run("add a.txt").ends(0);
    assert!(ran.out.starts_with("a.txt: known, nothing changed\n"), "{}", ran.out);
    assert_eq!(place.run("log --format ndjson").ends(0).out, before);
}

#[test]
fn a_dry_run_says_what_would_be_new_and_writes_nothing() {
    let place = Place::new();
    place.file("a.txt", ARTICLE);
    let ran = place.run("add -n a.txt").ends(0);
    assert!(ran.out.contains("1 new package"), "{}", ran.out);
    assert!(ran.out.contains("Dry run: nothing was written."), "{}", ran.out);
    assert!(ran.out.contains("400,000,000"), "{}", ran.out);
    assert!(!place.path().join("aidledger.db").exists());
    place.run("add a.txt").ends(0);
    let ran = place.run("add -n a.txt").ends(0);
    assert!(ran.out.starts_with("a.txt: known, nothing changed\n"), "{}", ran.out);
}

#[test]
fn a_dry_run_sees_the_articles_of_one_run_as_the_real_run_will() {
    let place = Place::new();
    let retold = ARTICLE.replace("The package", "According to the Pentagon the package");
    place.file("a.txt", ARTICLE).file("b.txt", retold);
    let dry = place.run("add -n a.txt b.txt").ends(0).out;
    let real = place.run("add a.txt b.txt").ends(0).out;
    let placed = |text: &str| text.lines().take_while(|line| !line.is_empty()).count();
    assert!(dry.contains("further"), "{dry}");
    let same = placed(&real);
    assert_eq!(
        dry.lines().take(same).collect::<Vec<_>>(),
        real.lines().take(same).collect::<Vec<_>>()
    );
}

#[test]
fn the_seed_article_gives_exactly_one_package() {
    let place = Place::new();
    let path = crate::support::root().join("fixtures/articles/seed-kherson-2022-11-11.txt");
    place.file("seed.txt", fs::read(path).unwrap());
    let line = place.run("extract --format ndjson seed.txt").ends(0).out;
    let document: serde_json::Value = serde_json::from_str(&line).unwrap();
    let packages = document["packages"].as_array().unwrap();
    assert_eq!(packages.len(), 1, "{line}");
    let package = &packages[0];
    assert_eq!(package["donors"], serde_json::json!(["US"]));
    assert_eq!(package["recipients"], serde_json::json!(["UA"]));
    assert_eq!(package["announced"], "2022-11-10");
    assert_eq!(package["amount"]["low"], "400000000");
    assert_eq!(package["amount"]["high"], "400000000");
    assert_eq!(package["amount"]["currency"], "USD");
    assert_eq!(package["mechanism"], "PDA");
    assert_eq!(package["status"], "announced");
    let items = package["items"].as_array().unwrap();
    let text =
        |item: &serde_json::Value| format!("{} {}", item["name"], item["text"]).to_lowercase();
    for name in ["hawk", "avenger", "stinger"] {
        assert!(items.iter().any(|item| text(item).contains(name)), "no {name} in {items:?}");
    }
    assert!(items.iter().all(|item| item["quantity"].is_null()), "{items:?}");
}

#[test]
fn a_doubtful_package_waits_for_a_person_and_counts_in_no_total() {
    let place = Place::new();
    place.file("a.txt", ARTICLE);
    let ran = place.run("add a.txt --accept-above 1").ends(0);
    assert!(ran.out.contains("doubtful  P1"), "{}", ran.out);
    let ran = place.run("totals").ends(0);
    assert_eq!(
        ran.out,
        "counted: announced, contracted or delivered; military or mixed help; accepted\n\
         1 package pending review: not in this table (--pending)\n"
    );
    let ran = place.run("list --pending --format csv").ends(0);
    assert_eq!(ran.out.lines().count(), 2);
    let place = Place::new();
    place.file("a.txt", ARTICLE);
    let ran = place.run("add a.txt --accept-all").ends(0);
    assert!(ran.out.contains("new       P1"), "{}", ran.out);
}

#[test]
fn show_sets_each_field_beside_its_sentence_and_names_the_journal_entries() {
    let place = ledger();
    let ran = place.run("show P1").ends(0);
    assert!(ran.out.starts_with("P1  US to UA  400 million USD\n"), "{}", ran.out);
    assert!(ran.out.contains("[$400 million]") || ran.out.contains("$400 million]"), "{}", ran.out);
    assert!(ran.out.contains("Telling 1 of 1  US announces new military aid for Ukraine"));
    assert!(ran.out.contains("Journal\n  entry 1"), "{}", ran.out);
    let ran = place.run("show P9").ends(1);
    assert!(ran.err.starts_with("error: P9: the ledger holds no such package\nhint: "));
    let json: serde_json::Value =
        serde_json::from_str(&place.run("show 1 --format json").ends(0).out).unwrap();
    assert_eq!(json["package"]["amount"]["low"], "400000000");
    assert_eq!(json["tellings"][0]["says"]["donors"][0], "US");
}

#[test]
fn show_says_field_by_field_which_articles_agree_and_which_do_not() {
    let place = ledger();
    let retold = ARTICLE.replace("2022-11-11", "2022-11-12").replace("four Avenger", "six Avenger");
    place.file("b.txt", retold).run("add b.txt").ends(0);
    let shown = place.run("show P1").ends(0).out;
    assert!(shown.contains("  amount     400 million USD: told by 1, 2\n"), "{shown}");
    assert!(shown.contains("in conflict with"), "{shown}");
    let json = place.run("show P1 --format json").ends(0).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let fields = json["fields"].as_array().unwrap();
    let conflicts: Vec<&str> = fields
        .iter()
        .filter(|field| field["conflict"] == true)
        .map(|field| field["value"].as_str().unwrap())
        .collect();
    assert_eq!(conflicts, ["6 AN/TWQ-1 Avenger"]);
    let found = place.run("check --only conflicts").ends(4).out;
    assert!(found.contains("item: 6 AN/TWQ-1 Avenger or 4 AN/TWQ-1 Avenger"), "{found}");
    assert_eq!(
        place.run("check --only quotes,sequence-gaps --format csv").ends(0).out.lines().count(),
        1
    );
    place.run("check --only rumours").ends(2);
}

#[test]
fn a_package_entered_by_hand_is_listed_with_its_amount_and_items() {
    let place = Place::new();
    let ran = place
        .run(
            "enter --donor 'United States' --recipient ua --date 2022-11-10 --mechanism pda \
             --amount 'up to 400 million USD' --item '12 M777 howitzer' --item 'about 100 Stinger' \
             --source https://example.org/a --quote 'The package is worth up to $400 million.'",
        )
        .ends(0);
    assert!(ran.out.starts_with("P1  US to UA  up to 400 million USD\n"), "{}", ran.out);
    let line = place.run("list --format ndjson").ends(0).out;
    let package: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(package["mechanism"], "PDA");
    assert_eq!(package["amount"]["high"], "400000000");
    assert!(package["amount"]["low"].is_null());
    assert_eq!(package["items"][0]["quantity"]["low"], "12");
    assert_eq!(package["items"][1]["quantity"]["qualifier"], "about");
    let shown = place.run("show P1").ends(0).out;
    assert!(shown.contains("\"The package is worth up to $400 million.\""), "{shown}");
    assert!(shown.contains("https://example.org/a"), "{shown}");
}

#[test]
fn what_is_entered_by_hand_is_placed_at_the_rate_of_the_day() {
    let place = Place::new();
    let enter = "enter --donor NO --recipient UA --date 2025-03-10 --item 'NASAMS' --amount";
    place.run(&format!("{enter} '1.2 billion NOK'")).ends(0);
    let ran = place.run(&format!("{enter} 'about 112 million USD'")).ends(0);
    assert!(ran.out.contains("the one amount is the other at the day's rate"), "{}", ran.out);
}

#[test]
fn nobody_gives_to_themselves_by_hand_and_no_package_has_the_number_zero() {
    let place = ledger();
    let ran = place.run("enter --donor DK --recipient DK --amount '5 million EUR'").ends(1);
    let expected = "recipient is \"DK\", expected another one than gives";
    assert!(ran.err.contains(expected), "{}", ran.err);
    for fields in ["--recipient US", "--donor UA,GB", "--donor PL --recipient PL"] {
        let ran = place.run(&format!("amend P1 {fields} --reason x")).ends(1);
        assert!(ran.err.contains("expected another one than gives"), "{}", ran.err);
    }
    place.run("amend P1 --donor UA --recipient US --reason turned").ends(0);
    let ran = place.run("amend P1 --sequence 0 --reason x").ends(2);
    assert!(ran.err.contains("\"0\": expected a number such as 25"), "{}", ran.err);
}

#[test]
fn a_list_of_more_than_what_is_accepted_says_which_is_which() {
    let place = ledger();
    place.run("enter --donor DK --recipient UA --date 2024-01-01 --amount '5 million EUR'").ends(0);
    place.run("reject P1").ends(0);
    let heading = |options: &str| {
        let out = place.run(&format!("list {options}")).ends(0).out;
        (out.lines().next().unwrap_or_default().contains("Standing"), out)
    };
    assert!(!heading("").0);
    let (is_told, all) = heading("--standing all");
    assert!(is_told && all.contains("rejected") && all.contains("accepted"), "{all}");
    assert!(heading("--pending").0);
}

#[test]
fn one_filter_selects_the_same_packages_in_list_totals_and_export() {
    let place = Place::new();
    for (donor, date, amount) in
        [("US", "2024-01-31", "$100m"), ("DE", "2024-03-31", "€50m"), ("US", "2024-04-01", "$7m")]
    {
        place
            .run(&format!("enter --donor {donor} --recipient UA --date {date} --amount {amount}"))
            .ends(0);
    }
    let count = |filter: &str| {
        let list = place.run(&format!("list --format ndjson {filter}")).ends(0).out.lines().count();
        let export = place.run(&format!("export csv {filter}")).ends(0).out.lines().count() - 1;
        let totals = place.run(&format!("totals --format ndjson {filter}")).ends(0).out;
        let totals: u64 = totals
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .map(|row| row["packages"].as_u64().unwrap())
            .sum();
        assert_eq!((list as u64, export), (totals, list), "{filter}");
        list
    };
    assert_eq!(count(""), 3);
    assert_eq!(count("--from 2024-Q1 --to 2024-Q1"), 2);
    assert_eq!(count("--to 2024-04-01"), 3);
    assert_eq!(count("--to 2024-03-30"), 1);
    assert_eq!(count("--donor US"), 2);
    assert_eq!(count("--donor germany,us --currency EUR"), 1);
    assert_eq!(count("--stage delivered"), 0);
}

#[test]
fn an_export_to_a_file_is_whole_or_not_there() {
    let place = ledger();
    place.run("export csv -o out.csv --excel").ends(0);
    let bytes = fs::read(place.path().join("out.csv")).unwrap();
    assert!(bytes.starts_with("\u{feff}id,announced,donors,recipients,amount_low".as_bytes()));
    assert!(bytes.ends_with(b"\r\n"));
    place.run("export csv -o nowhere/out.csv").ends(1);
    let names: Vec<_> =
        fs::read_dir(place.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().contains(".part")), "{names:?}");
    for what in ["items", "evidence", "summary --by donor,month"] {
        assert!(
            place.run(&format!("export csv {what}")).ends(0).out.lines().count() >= 2,
            "{what}"
        );
    }
}

#[test]
fn a_rebuilt_ledger_gives_the_same_packages() {
    let place = ledger();
    let before = place.run("list --format ndjson").ends(0).out;
    let ran = place.run("verify --rebuild").ends(0);
    assert!(ran.out.contains("no problem found"), "{}", ran.out);
    assert_eq!(place.run("list --format ndjson").ends(0).out, before);
}

#[test]
fn the_ledger_file_is_named_by_flag_then_environment_then_here() {
    let place = Place::new();
    place.file("a.txt", ARTICLE);
    let env = [("AIDLEDGER_FILE", "env.db")];
    place.run_with("add a.txt", "", &env).ends(0);
    place.run_with("add a.txt --ledger flag.db", "", &env).ends(0);
    for name in ["env.db", "flag.db"] {
        assert!(place.path().join(name).exists(), "{name}");
    }
    assert!(!place.path().join("aidledger.db").exists());
}

#[test]
fn help_completions_and_manual_name_every_command() {
    let place = Place::new();
    let help = place.run("--help").ends(0).out;
    let manual = place.run("man").ends(0).out;
    for command in [
        "extract",
        "add",
        "enter",
        "list",
        "totals",
        "show",
        "review",
        "accept",
        "reject",
        "amend",
        "void",
        "restore",
        "merge",
        "split",
        "not-same",
        "undo",
        "redo",
        "history",
        "export",
        "log",
        "check",
        "verify",
        "systems",
        "actors",
        "schema",
        "completions",
        "man",
    ] {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not in the help");
        assert!(manual.contains(command), "{command} is not in the manual");
        place.run(&format!("{command} --help")).ends(0);
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(place.run(&format!("completions {shell}")).ends(0).out.contains("totals"));
    }
}

#[test]
fn the_ledgers_tables_are_printed_as_they_are() {
    let place = Place::new();
    assert!(place.run("schema ledger").ends(0).out.contains("CREATE VIEW package_summary"));
}

#[test]
fn what_is_handed_over_in_part_is_shown_as_that() {
    let place = Place::new();
    let given =
        "DATE: 2024-01-10\n\nNorway announced today that it will give Ukraine 12 M109 howitzers.";
    let arrived = "DATE: 2024-03-05\n\nNorway has delivered 4 of the 12 M109 howitzers that it promised \
                   Ukraine on 10 January 2024.";
    place.file("a.txt", given).run("add a.txt").ends(0);
    assert!(place.run("show P1").ends(0).out.contains("\n  stage      announced\n"));
    place.file("b.txt", arrived).run("add b.txt").ends(0);
    let out = place.run("show P1").ends(0).out;
    assert!(out.contains("\n  stage      delivered in part\n"), "{out}");
    assert!(out.contains("announced 2024-01-10, delivered in part 2024-03-05"), "{out}");
}

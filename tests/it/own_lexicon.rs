//! `--lexicon FOLDER`: a user's tables add to those that ship, and every fault is named.

use crate::support::Place;

const HEADER: &str = "id\tclass\torigin\tname\tforms\tsource\n";
const FOX: &str = "ridge-fox\trecon-drone\tEE\tRidge Fox\tRF-2\tmaker\n";
const ARTICLE: &str = "\
TITLE: Estonia sends drones to Ukraine
DATE: 2024-03-01

Estonia will give Ukraine a new military aid package worth 20 million euros. The package includes \
40 Ridge Foxes and 12 mortars.
";

fn place() -> Place {
    let place = Place::new();
    place.file("own/systems.tsv", format!("{HEADER}{FOX}")).file("a.txt", ARTICLE);
    place
}

#[test]
fn a_users_system_is_found_in_articles_with_the_option_or_the_environment() {
    let place = place();
    let plain = place.run("extract --format ndjson a.txt").ends(0).out;
    assert!(!plain.contains("ridge-fox"));
    let own = place.run("extract --format ndjson --lexicon own a.txt").ends(0).out;
    assert!(own.contains("ridge-fox") && own.contains("recon-drone"), "{own}");
    let env = [("AIDLEDGER_LEXICON", "own")];
    assert_eq!(place.run_with("extract --format ndjson a.txt", "", &env).ends(0).out, own);
}

#[test]
fn what_add_records_of_a_users_system_can_be_asked_for_by_it() {
    let place = place();
    place.run("add --accept-all --lexicon own a.txt").ends(0);
    let listed = place.run("list --lexicon own --system RF-2").ends(0).out;
    assert!(listed.contains("EE"), "{listed}");
    place.run("list --system RF-2").ends(2);
}

#[test]
fn a_users_line_replaces_the_shipped_line_of_its_id() {
    let place = place();
    place.file("own/systems.tsv", format!("{HEADER}stinger\tmanpads\tUS\tMy Stinger\t-\tme\n"));
    let found = place.run("systems --lexicon own --format csv stinger").ends(0).out;
    assert!(found.contains("stinger,My Stinger,manpads"), "{found}");
    assert!(!found.contains("FIM-92"), "{found}");
}

#[test]
fn a_fault_of_a_users_table_names_file_and_line_and_what_was_expected() {
    let place = place();
    for (text, says) in [
        (
            format!("{HEADER}a\ttanks\t-\tA\t-\tme\n"),
            "own/systems.tsv:2: class \"tanks\", expected an id of classes.tsv",
        ),
        (
            format!("# mine\n{HEADER}a\ttank\n"),
            "own/systems.tsv:3: 2 cells, expected 6 separated by tabs",
        ),
        (
            FOX.to_owned(),
            "own/systems.tsv:1: \"ridge-fox recon-drone EE Ridge Fox RF-2 maker\", expected the \
             columns id, class, origin, name, forms, source, separated by tabs",
        ),
    ] {
        place.file("own/systems.tsv", text);
        let hint = "hint: lexicon/README.md describes the tables";
        place.run("extract --lexicon own a.txt").ends(1).says(&format!("error: {says}\n{hint}"));
    }
    place.file("own/systems.tsv", [HEADER.as_bytes(), b"a\xff\n"].concat());
    let says = "error: own/systems.tsv:2: bytes that are no UTF-8, expected UTF-8";
    place.run("extract --lexicon own a.txt").ends(1).says(says);
}

#[test]
fn a_folder_without_tables_or_with_a_table_of_no_known_name_is_refused() {
    let place = place();
    place
        .run("extract --lexicon none a.txt")
        .ends(1)
        .says("error: --lexicon: none: no such file or folder");
    let names = "classes.tsv, counted.tsv, units.tsv, systems.tsv, materiel.tsv, actors.tsv, \
                 currencies.tsv, mechanisms.tsv, conflicts.tsv, parties.tsv, publishers.tsv, \
                 lang/LANGUAGE.tsv";
    place
        .file("empty/notes.txt", "")
        .run("extract --lexicon empty a.txt")
        .ends(1)
        .says(&format!("error: empty: holds no table of a lexicon, expected one of {names}"));
    place
        .file("own/system.tsv", HEADER)
        .run("extract --lexicon own a.txt")
        .ends(1)
        .says(&format!("error: own/system.tsv: no table of a lexicon, expected one of {names}"));
    place
        .run("log --lexicon own")
        .ends(1)
        .says("error: aidledger.db: no such ledger\nhint: add, enter or feed add makes a ledger; --ledger names another");
}

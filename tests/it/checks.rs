//! Each named check, from the command line: it finds what it is for, says so with exit code 4, and keeps silent
//! where nothing is wrong.

use crate::support::Place;
use rusqlite::Connection;

/// An article of a package of so many millions, announced on a day of November 2022.
fn aid(day: u32, millions: &str, more: &str) -> String {
    article(
        &format!("2022-11-{day:02}"),
        &format!(
            "The United States announced on {day} November 2022 a package of military aid for Ukraine worth \
             ${millions} million{more}."
        ),
    )
}

fn article(day: &str, text: &str) -> String {
    format!("TITLE: Aid for Ukraine\nDATE: {day}\n\n{text}\n")
}

/// A ledger of these articles in which all that waits was accepted.
fn ledger(articles: &[String]) -> Place {
    let place = Place::new();
    let names: Vec<String> = (0..articles.len()).map(|number| format!("{number}.txt")).collect();
    for (name, article) in names.iter().zip(articles) {
        place.file(name, article);
    }
    place.run(&format!("add -q {}", names.join(" "))).ends(0);
    place.run("accept --all").ends(0);
    place
}

/// What a check says where it finds something.
fn found(place: &Place, check: &str) -> String {
    let out = place.run(&format!("check --only {check}")).ends(4).out;
    assert!(out.starts_with(&format!("{check}: ")) && out.contains(": 1 found"), "{out}");
    let row = place.run(&format!("check --only {check} --format json")).ends(4).out;
    let rows: serde_json::Value = serde_json::from_str(&row).unwrap();
    assert!(rows.to_string().contains(check), "{row}");
    out
}

fn is_clean(place: &Place, check: &str) {
    let out = place.run(&format!("check --only {check}")).ends(0).out;
    assert!(out.ends_with(": nothing found\n"), "{out}");
}

fn clean(articles: &[String], check: &str) {
    is_clean(&ledger(articles), check);
}

#[test]
fn packages_without_a_date_or_an_amount_are_named() {
    let undated =
        "The United States recently announced a $400 million package of military aid for Ukraine.";
    let place = ledger(&[article("2022-11-11", undated)]);
    assert!(found(&place, "no-date").contains("P1"));
    is_clean(&place, "no-amount");
    let tanks = "Germany will send Ukraine 14 Leopard 2 tanks, Chancellor Olaf Scholz announced on Wednesday.";
    let place = ledger(&[article("2023-01-25", tanks)]);
    assert!(found(&place, "no-amount").contains("14 Leopard 2"));
    is_clean(&place, "no-date");
}

#[test]
fn packages_that_may_count_twice_are_named() {
    let place = ledger(&[aid(10, "400", ""), aid(16, "400", "")]);
    assert!(found(&place, "duplicates").contains("400 million USD, 6 days apart"));
    clean(&[aid(1, "400", ""), aid(28, "400", "")], "duplicates");
}

#[test]
fn what_articles_contradict_each_other_in_is_named() {
    let rockets = |number: u32| aid(10, "400", &format!(", with {number} HIMARS rockets"));
    let place = ledger(&[rockets(38), rockets(30).replace("DATE: 2022-11-10", "DATE: 2022-11-11")]);
    let out = found(&place, "conflicts");
    assert!(out.contains("30 HIMARS rockets") && out.contains("38 HIMARS rockets"), "{out}");
    clean(&[rockets(38), rockets(38).replace("worth", "of")], "conflicts");
}

#[test]
fn stages_in_an_order_in_which_they_cannot_have_been_are_named() {
    let handed = "The United States has delivered a $400 million package of military aid to Ukraine, the Pentagon \
                  said on Wednesday.";
    let place = ledger(&[article("2022-11-02", handed), aid(10, "400", "")]);
    is_clean(&place, "stage-order");
    place.run("merge P1 P2 --reason 'one package'").ends(0);
    let out = found(&place, "stage-order");
    assert!(out.contains("delivered") && out.contains("2022-11-02"), "{out}");
}

#[test]
fn a_sum_that_counts_beside_its_parts_is_named() {
    let place = ledger(&[aid(6, "2,850", ""), aid(6, "225", ""), aid(6, "3,075", "")]);
    assert!(found(&place, "sum-over-parts").contains("the sum of the others"));
    clean(&[aid(6, "2,850", ""), aid(6, "225", ""), aid(6, "3,000", "")], "sum-over-parts");
}

#[test]
fn articles_whose_packages_were_all_rejected_are_named() {
    let place = ledger(&[aid(10, "400", "")]);
    is_clean(&place, "all-rejected");
    place.run("reject P1 --reason 'no package'").ends(0);
    assert!(found(&place, "all-rejected").contains("Aid for Ukraine, 0.txt"));
}

#[test]
fn quotes_that_are_no_more_what_the_article_says_are_named() {
    let place = ledger(&[aid(10, "400", "")]);
    is_clean(&place, "quotes");
    let file = Connection::open(place.path().join("aidledger.db")).unwrap();
    let changed = "UPDATE evidence SET quote = '$900 million' WHERE field = 'amount'";
    assert_eq!(file.execute(changed, []).unwrap(), 1);
    drop(file);
    assert!(found(&place, "quotes").contains("$900 million"));
}

#[test]
fn numbers_that_are_missing_between_packages_are_named() {
    let numbered = |day: &str, number: u32, millions: u32| {
        article(
            day,
            &format!(
                "The United States announced on {day} its {number}th drawdown of arms for Ukraine, worth \
                 ${millions} million."
            ),
        )
    };
    let first = numbered("2022-11-04", 24, 400);
    let place = ledger(&[first.clone(), numbered("2022-11-23", 26, 300)]);
    assert!(found(&place, "sequence-gaps").contains("no PDA 25"));
    clean(&[first, numbered("2022-11-23", 25, 300)], "sequence-gaps");
}

#[test]
fn a_stated_total_that_the_ledger_misses_is_named_with_what_could_explain_it() {
    let total = |figure: &str| {
        let text = format!(
            "The Pentagon said on Tuesday that the United States has committed {figure} in military aid to \
             Ukraine since 24 February 2022."
        );
        article("2022-11-15", &text)
    };
    let planned = "The United States plans a $600 million package of military aid for Ukraine, officials said.";
    let place = ledger(&[aid(10, "400", ""), total("$1 billion"), article("2022-11-12", planned)]);
    let out = found(&place, "totals");
    assert!(out.contains("the ledger has 400 million USD"), "{out}");
    assert!(out.contains("it arose from 2022-02-24 to 2022-11-15"), "{out}");
    assert!(out.contains("could explain it: P2"), "{out}");
    clean(&[aid(10, "400", ""), total("$400 million")], "totals");
}

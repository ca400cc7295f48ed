//! Plain announcements, and what is told beside one, put together from `fixtures/phrases/composed.tsv`: each
//! construction with things, givers and receivers in turn, so that none works only with the words of the text
//! it was written for.

use crate::support::{Reading, root};
use aidledger::model::{Aid, Claim};
use aidledger::text::Hint;
use std::fmt::Write as _;
use std::fs;

/// The cells of all lines of a kind.
fn lines<'t>(table: &'t str, kind: &str) -> Vec<Vec<&'t str>> {
    let rows = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter(|row| row[0] == kind).map(|row| row[1..].to_vec()).collect()
}

fn with_capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// The packages of military aid that a text tells of.
fn packages(reading: &Reading) -> Vec<&Claim> {
    let claims = reading.extraction.claims.iter();
    claims.filter(|claim| matches!(claim.aid, Aid::Military | Aid::Mixed)).collect()
}

fn told_of(claim: &Claim) -> String {
    let counted = || claim.items.iter().find_map(|item| item.quantity);
    let bounds = claim.amount.map(|amount| amount.bounds).or_else(counted);
    let figure = bounds.map_or("-".to_owned(), |bounds| bounds.figure().to_string());
    let (donors, recipients) = (claim.donors.join("+"), claim.recipients.join("+"));
    format!("{donors}>{recipients} {figure} {}", claim.status)
}

/// What a page tells of its packages of military aid, in order.
fn all_told(page: &str) -> Vec<String> {
    let reading = Reading::of(page.as_bytes(), &Hint::default());
    let mut told: Vec<String> = packages(&reading).into_iter().map(told_of).collect();
    told.sort();
    told
}

#[test]
fn every_plain_announcement_is_one_package_whoever_gives_what_to_whom() {
    let table = fs::read_to_string(root().join("fixtures/phrases/composed.tsv")).unwrap();
    let (donors, receivers) = (lines(&table, "donor"), lines(&table, "receiver"));
    let gifts = [lines(&table, "things"), lines(&table, "sum")].concat();
    let (mut faults, mut count) = (String::new(), 0);
    for (place, act) in lines(&table, "act").iter().enumerate() {
        for (turn, gift) in gifts.iter().enumerate() {
            let donor = &donors[(place + turn) % donors.len()];
            let receiver = &receivers[(place * 2 + turn) % receivers.len()];
            let sentence = act[1]
                .replace("{Donor}", &with_capital(donor[1]))
                .replace("{donor}", donor[1])
                .replace("{adjective}", donor[2])
                .replace("{Receiver}", &with_capital(receiver[1]))
                .replace("{receiver}", receiver[1])
                .replace("{forces}", receiver[2])
                .replace("{Things}", &with_capital(gift[1]))
                .replace("{things}", gift[1]);
            let page = format!(
                "TITLE: News of the day\nDATE: 2024-05-15\n\nThe two met for an hour. {sentence} No \
                 further details were given.\n"
            );
            let expected = format!("{}>{} {} {}", donor[0], receiver[0], gift[0], act[0]);
            let got = all_told(&page);
            count += 1;
            if got != [expected.as_str()] {
                writeln!(faults, "{sentence}\n  {expected}\n  got {}", got.join("; ")).unwrap();
            }
        }
    }
    assert!(count > 300 && faults.is_empty(), "of {count} announcements:\n{faults}");
}

/// The words of a construction with each of its names filled in, and with a capital where the name has one.
fn filled(words: &str, names: &[(&str, &str)]) -> String {
    names.iter().fold(words.to_owned(), |filled, (name, value)| {
        let capital = format!("{{{}}}", with_capital(name));
        filled.replace(&format!("{{{name}}}"), value).replace(&capital, &with_capital(value))
    })
}

#[test]
fn what_is_told_beside_an_announcement_is_a_package_of_its_own_or_none() {
    let table = fs::read_to_string(root().join("fixtures/phrases/composed.tsv")).unwrap();
    let (donors, receivers) = (lines(&table, "donor"), lines(&table, "receiver"));
    let things = lines(&table, "beside-things");
    let (mut faults, mut count) = (String::new(), 0);
    for (place, line) in lines(&table, "beside").iter().enumerate() {
        for at in (0..3).map(|step| place + step * 2) {
            let [donor, other, third] = [0, 1, 2].map(|step| &donors[(at + step) % donors.len()]);
            let [receiver, neighbour] =
                [0, 2].map(|step| &receivers[(at + step) % receivers.len()]);
            let [first, more, rest] = [0, 1, 2].map(|step| &things[(at + step) % things.len()]);
            let names = [
                ("donor", donor[1]),
                ("adjective", donor[2]),
                ("other", other[1]),
                ("third", third[1]),
                ("receiver", receiver[1]),
                ("forces", receiver[2]),
                ("neighbour", neighbour[1]),
                ("first", first[1]),
                ("more", more[1]),
                ("rest", rest[1]),
            ];
            let lead =
                "{Donor} will send {first} to {receiver}, its defence minister said on Tuesday.";
            let sentence = filled(line[1], &names);
            let page = format!(
                "TITLE: News of the day\nDATE: 2024-05-15\n\n{}\n\n{sentence}\n",
                filled(lead, &names)
            );
            let codes = [
                ("donor", donor[0]),
                ("other", other[0]),
                ("third", third[0]),
                ("receiver", receiver[0]),
                ("neighbour", neighbour[0]),
                ("more", more[0]),
                ("rest", rest[0]),
            ];
            let news = format!("{}>{} {} announced", donor[0], receiver[0], first[0]);
            let told = filled(line[0], &codes);
            let mut expected: Vec<&str> = told.split("; ").filter(|one| *one != "-").collect();
            expected.push(&news);
            expected.sort_unstable();
            let got = all_told(&page);
            count += 1;
            if got != expected {
                writeln!(faults, "{sentence}\n  {expected:?}\n  got {got:?}").unwrap();
            }
        }
    }
    assert!(count > 20 && faults.is_empty(), "of {count} articles:\n{faults}");
}

#[test]
fn givers_and_figures_in_turn_are_a_package_each() {
    let table = fs::read_to_string(root().join("fixtures/phrases/composed.tsv")).unwrap();
    let (donors, receivers) = (lines(&table, "donor"), lines(&table, "receiver"));
    let gifts = [lines(&table, "beside-things"), lines(&table, "roll-sum")].concat();
    let (mut faults, mut count) = (String::new(), 0);
    for (place, line) in lines(&table, "roll").iter().enumerate() {
        for at in (0..4).map(|step| place + step * 2) {
            let [one, two, three] = [0, 1, 2].map(|step| &donors[(at + step) % donors.len()]);
            let [first, more, rest] = [0, 1, 2].map(|step| &gifts[(at + step) % gifts.len()]);
            let receiver = &receivers[at % receivers.len()];
            let names = [
                ("donor", one[1]),
                ("other", two[1]),
                ("third", three[1]),
                ("receiver", receiver[1]),
                ("first", first[1]),
                ("more", more[1]),
                ("rest", rest[1]),
            ];
            let lead = "{Receiver}'s partners announced new packages of military aid on Tuesday.";
            let roll = filled(line[0], &names).replace(" | ", "\n");
            let page = format!(
                "TITLE: News of the day\nDATE: 2024-05-15\n\n{}\n\n{roll}\n",
                filled(lead, &names)
            );
            let gifts = [(one, first), (two, more), (three, rest)];
            let mut expected = gifts
                .map(|(donor, gift)| format!("{}>{} {} announced", donor[0], receiver[0], gift[0]));
            expected.sort_unstable();
            let got = all_told(&page);
            count += 1;
            if got != expected {
                writeln!(faults, "{roll}\n  {expected:?}\n  got {got:?}").unwrap();
            }
        }
    }
    assert!(count > 60 && faults.is_empty(), "of {count} articles:\n{faults}");
}

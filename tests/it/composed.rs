//! Plain announcements put together from `fixtures/phrases/composed.tsv`: each construction with all things,
//! givers and receivers in turn, so that none works only with the words of the text it was written for.

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

fn told(claim: &Claim) -> String {
    let counted = || claim.items.iter().find_map(|item| item.quantity);
    let bounds = claim.amount.map(|amount| amount.bounds).or_else(counted);
    let figure = bounds.map_or("-".to_owned(), |bounds| bounds.figure().to_string());
    let (donors, recipients) = (claim.donors.join("+"), claim.recipients.join("+"));
    format!("{donors}>{recipients} {figure} {}", claim.status)
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
            let reading = Reading::of(page.as_bytes(), &Hint::default());
            let expected = format!("{}>{} {} {}", donor[0], receiver[0], gift[0], act[0]);
            let got: Vec<String> = packages(&reading).into_iter().map(told).collect();
            count += 1;
            if got != [expected.as_str()] {
                writeln!(faults, "{sentence}\n  {expected}\n  got {}", got.join("; ")).unwrap();
            }
        }
    }
    assert!(count > 300 && faults.is_empty(), "of {count} announcements:\n{faults}");
}

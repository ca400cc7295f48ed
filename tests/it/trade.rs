//! Articles on what states buy and sell, against what is given in them: what somebody pays for is no aid.

use crate::support::{Reading, root};
use aidledger::model::Claim;
use aidledger::text::Hint;
use std::fs;

/// Who gives to whom, and how far that has come: `DE>UA announced`.
fn told(claim: &Claim) -> String {
    let (donors, recipients) = (claim.donors.join(" "), claim.recipients.join(" "));
    format!("{donors}>{recipients} {}", claim.status)
}

#[test]
fn what_somebody_pays_for_is_no_package() {
    let text = fs::read_to_string(root().join("fixtures/phrases/trade.tsv")).unwrap();
    let mut faults = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let [day, headline, body, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}: 4 cells, please");
        };
        let body = body.replace(" | ", "\n\n");
        let page = format!("TITLE: {headline}\nDATE: {day}\n\n{body}\n");
        let reading = Reading::of(page.as_bytes(), &Hint::default());
        let got: Vec<String> = reading.extraction.claims.iter().map(told).collect();
        let expected: Vec<&str> = expected.split("; ").filter(|cell| *cell != "-").collect();
        if got != expected {
            faults.push(format!("{headline}: {got:?}"));
        } else if got.is_empty() && reading.extraction.gaps.is_empty() {
            faults.push(format!("{headline}: nothing says why"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

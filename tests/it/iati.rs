//! Activities of the International Aid Transparency Initiative's standard: by its own schema, where it is at
//! hand, and in the order of their parts.

use crate::exports::{all, package, reporter, written};
use crate::support::{Place, root};
use aidledger::model::{Package, Stage};
use aidledger::report::render::iati;

/// In which order an activity's children stand, as far as they are written, by the schema of version
/// 2.03 of the standard (iatistandard.org, iati-activities-schema.xsd of 2018-02-19).
const CHILDREN: [&str; 12] = [
    "iati-identifier",
    "reporting-org",
    "title",
    "description",
    "participating-org",
    "activity-status",
    "activity-date",
    "recipient-country",
    "recipient-region",
    "sector",
    "transaction",
    "document-link",
];

/// Packages of every stage, with one recipient, with several, without an amount, of every giver.
fn of_every_kind() -> Vec<Package> {
    let texts = ["a < b & \"c\"", "a?b=c&d=[e]#f", "\u{202e}d\u{0}"];
    let mut all = Vec::new();
    for (number, stage) in Stage::ALL.iter().enumerate() {
        for (place, text) in texts.iter().enumerate() {
            let mut one = package(number * 3 + place, text);
            one.stage = *stage;
            one.donors = [vec!["US"], vec!["EU"], vec!["NATO", "XK"]][place]
                .iter()
                .map(|code| (*code).to_owned())
                .collect();
            if place == 1 {
                one.recipients.push("MD".to_owned());
                one.amount = None;
            }
            all.push(one);
        }
    }
    all
}

#[test]
fn the_parts_of_an_activity_stand_in_the_order_of_the_standard() {
    let text = written(|out| {
        iati(&of_every_kind(), reporter("head"), out).unwrap();
    });
    let mut last = 0;
    for line in text.lines().filter(|line| line.starts_with("  ") && !line.starts_with("     ")) {
        let Some(name) = line.trim().strip_prefix('<') else { continue };
        let name = name.split([' ', '>', '/']).next().unwrap_or_default();
        let place = CHILDREN.iter().position(|child| *child == name);
        match (name, place) {
            ("iati-activity", _) => last = 0,
            (_, Some(place)) => {
                assert!(place >= last, "{name} stands behind {}", CHILDREN[last]);
                last = place;
            }
            (name, None) => assert_eq!(name, "", "{line}"),
        }
    }
}

/// `.ci/run` brings the schema; xmllint reads it.
#[test]
fn the_schema_of_the_standard_finds_no_fault() {
    let schema = root().join("target/iati/iati-activities-schema.xsd");
    if !schema.exists() {
        println!("the_schema_of_the_standard: skipped, there is no {}", schema.display());
        return;
    }
    let place = Place::new();
    let all: Vec<Package> = of_every_kind().into_iter().chain(all()).collect();
    let text = written(|out| {
        iati(&all, reporter("head"), out).unwrap();
    });
    assert!(text.contains("url=\"https://example.org/a?b=c&amp;d=%5Be%5D#f\""), "{text}");
    place.file("out.xml", text);
    let (schema, file) = (schema.to_str().unwrap(), place.path().join("out.xml"));
    let xmllint = std::process::Command::new("xmllint")
        .args(["--huge", "--noout", "--nonet", "--schema", schema, file.to_str().unwrap()])
        .output();
    let Ok(output) = xmllint else {
        println!("the_schema_of_the_standard: skipped, there is no xmllint");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

//! What is printed for programs fits the schemas that the program gives out.

use crate::support::{ARTICLE, Place, root, shared};
use jsonschema::Validator;
use serde_json::Value;
use std::fs;

fn ours(name: &str) -> Validator {
    let place = Place::new();
    let text = place.run(&format!("schema {name}")).ends(0).out;
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

#[track_caller]
fn check(schema: &Validator, text: &str) {
    for line in text.lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let faults: Vec<String> = schema
            .iter_errors(&value)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{}\n{line}", faults.join("\n"));
    }
}

fn samples() -> Place {
    let place = Place::new();
    place.file("a.txt", ARTICLE).file("empty.txt", "").file("none.txt", "It rained.\n");
    for entry in fs::read_dir(root().join("fixtures/articles")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "txt" || end == "html") {
            let name = format!("s/{}", path.file_name().unwrap().to_string_lossy());
            place.file(&name, fs::read(&path).unwrap());
        }
    }
    place
}

#[test]
fn an_extraction_fits_our_schema_and_the_contract() {
    let place = samples();
    let text =
        place.run("extract --format ndjson a.txt none.txt s empty.txt missing.txt").ends(3).out;
    check(&ours("extraction"), &text);
    let Some(shared) = shared() else {
        println!("an_extraction_fits_the_contract: skipped, there is no ../shared");
        return;
    };
    let contract = fs::read_to_string(shared.join("contract/extraction.schema.json")).unwrap();
    let contract = jsonschema::validator_for(&serde_json::from_str(&contract).unwrap()).unwrap();
    check(&contract, &text);
    let texts = shared.join("dev/texts");
    let all = format!("extract --format ndjson {}", texts.display());
    let text = place.run(&all).ends(0).out;
    check(&contract, &text);
    check(&ours("extraction"), &text);
}

#[test]
fn the_contracts_own_example_fits_our_schema() {
    let Some(shared) = shared() else {
        println!("the_contracts_own_example: skipped, there is no ../shared");
        return;
    };
    let text = fs::read_to_string(shared.join("contract/README.md")).unwrap();
    let example = text.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let value: Value =
        serde_json::from_str(&example.replace("\"…\"", &format!("\"{}\"", "a".repeat(64))))
            .unwrap();
    check(&ours("extraction"), &value.to_string());
}

#[test]
fn packages_and_tables_fit_their_schemas() {
    let place = samples();
    place.run("add a.txt s").ends(0);
    place
        .run("enter --donor US,GB --recipient UA --item '12 M777 howitzer' --amount 'up to $5m'")
        .ends(0);
    check(&ours("package"), &place.run("list --format ndjson --pending --aid all").ends(0).out);
    let table = ours("table");
    for command in ["list", "totals", "totals --by system", "log", "systems hawk", "actors ukr"] {
        check(&table, &place.run(&format!("{command} --format json")).ends(0).out);
    }
}

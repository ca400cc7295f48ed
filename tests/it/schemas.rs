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
    for command in
        ["list", "totals", "totals --by system", "log", "history P1", "systems hawk", "actors ukr"]
    {
        check(&table, &place.run(&format!("{command} --format json")).ends(0).out);
    }
    check(&table, &place.run("check --format json").ends(4).out);
}

/// Every array of words under a key `enum`.
fn enums(value: &Value, found: &mut Vec<Vec<String>>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match (name.as_str(), field.as_array()) {
                    ("enum", Some(words)) => found
                        .push(words.iter().map(|word| word.as_str().unwrap().to_owned()).collect()),
                    _ => enums(field, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| enums(value, found)),
        _ => {}
    }
}

#[test]
fn closed_sets_are_spelled_alike_in_schemas_tables_and_code() {
    use aidledger::model::{Aid, Qualifier, Stage, Standing, Status};
    fn spelled<T: ToString>(all: &[T]) -> Vec<String> {
        all.iter().map(ToString::to_string).collect()
    }
    let sets = [
        ("aid", spelled(Aid::ALL)),
        ("stage", spelled(Stage::ALL)),
        ("status", spelled(Status::ALL)),
        ("standing", spelled(Standing::ALL)),
        ("qualifier", spelled(Qualifier::ALL)),
    ];
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort();
        words
    };
    for name in ["extraction", "package"] {
        let text = fs::read_to_string(root().join(format!("schemas/{name}.schema.json"))).unwrap();
        let mut found = Vec::new();
        enums(&serde_json::from_str(&text).unwrap(), &mut found);
        assert!(!found.is_empty());
        for words in found {
            let known = sets.iter().any(|(_, set)| sorted(set) == sorted(&words));
            assert!(known, "{name}: {words:?} is no closed set of the model");
        }
    }
    let tables = fs::read_to_string(root().join("schema.sql")).unwrap();
    for (name, words) in sets {
        for word in words {
            assert!(tables.contains(&format!("'{word}'")), "schema.sql lacks {name} '{word}'");
        }
    }
}

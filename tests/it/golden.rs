//! Each sample article gives exactly what its golden beside it says: a line a package, its items,
//! stated totals and what was not taken, with the words and rules behind them.

use crate::support::{binary, check_golden, root};
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

#[test]
fn each_sample_article_gives_what_its_golden_says() {
    let folder = root().join("fixtures/articles");
    let mut articles: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt" || end == "html"))
        .collect();
    articles.sort();
    assert!(!articles.is_empty());
    let names = articles.iter().map(|path| path.file_name().unwrap());
    let output = binary()
        .args(["extract", "--quiet", "--format", "ndjson"])
        .args(names)
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), articles.len());
    for (path, line) in articles.iter().zip(text.lines()) {
        let document: Value = serde_json::from_str(line).unwrap();
        check_golden(&path.with_extension("golden"), &digest(&document));
    }
}

fn digest(document: &Value) -> String {
    let mut out = String::new();
    let source = &document["source"];
    writeln!(
        out,
        "{} {} {}",
        word(&source["published"]),
        word(&source["language"]),
        word(&source["title"])
    )
    .unwrap();
    for package in document["packages"].as_array().unwrap() {
        let fields: Vec<String> = [
            words(&package["donors"]) + " to " + &words(&package["recipients"]),
            word(&package["announced"]),
            figure(&package["amount"]),
            word(&package["aid"]),
            word(&package["status"]),
            word(&package["mechanism"]),
            word(&package["sequence"]),
            word(&package["confidence"]),
        ]
        .to_vec();
        writeln!(out, "package {}", fields.join(" | ")).unwrap();
        for item in package["items"].as_array().unwrap() {
            let quantity = figure(&item["quantity"]);
            let unit = word(&item["unit"]);
            let (system, name) = (word(&item["system"]), word(&item["name"]));
            writeln!(out, "  item {quantity} | {unit} | {system} | {name}").unwrap();
        }
        for proof in package["evidence"].as_array().unwrap() {
            let (field, rule) = (word(&proof["field"]), word(&proof["rule"]));
            writeln!(out, "  {field} by {rule}: {}", word(&proof["quote"])).unwrap();
        }
    }
    for total in document["stated_totals"].as_array().unwrap() {
        let (donors, recipient) = (words(&total["donors"]), word(&total["recipient"]));
        let (amount, since) = (figure(&total["amount"]), word(&total["since"]));
        writeln!(out, "total {donors} to {recipient} | {amount} | since {since}").unwrap();
    }
    for gap in document["gaps"].as_array().unwrap() {
        writeln!(out, "not taken, {}: {}", word(&gap["reason"]), word(&gap["quote"])).unwrap();
    }
    out
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn words(value: &Value) -> String {
    value.as_array().unwrap().iter().map(word).collect::<Vec<_>>().join(",")
}

fn figure(value: &Value) -> String {
    if value.is_null() {
        return "-".to_owned();
    }
    let ends = [word(&value["low"]), word(&value["high"])];
    let currency = value["currency"].as_str().map(|code| format!(" {code}")).unwrap_or_default();
    format!("{} {}..{}{currency}", word(&value["qualifier"]), ends[0], ends[1])
}

//! The scores on the annotated set never fall below `tests/floors.toml`.

use crate::support::{binary, root, shared};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

fn floors() -> BTreeMap<String, f64> {
    let text = fs::read_to_string(root().join("tests/floors.toml")).unwrap();
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (name, value) = line.split_once('=').expect("key = value");
            (name.trim().to_owned(), value.trim().parse().expect("a number"))
        })
        .collect()
}

#[test]
fn scores_on_the_annotated_set_stay_at_or_above_their_floors() {
    let Some(shared) = shared() else {
        println!("scores_on_the_annotated_set: skipped, there is no ../shared");
        return;
    };
    let dev = shared.join("dev");
    let texts = ["--texts", "texts"];
    let predictions = predict(&dev.join("texts"));
    let scores = score(&shared, predictions.path(), &dev.join("gold.jsonl"), &texts);
    check("", &scores);
}

#[test]
fn scores_on_the_annotated_fixtures_stay_at_or_above_their_floors() {
    let Some(shared) = shared() else {
        println!("scores_on_the_annotated_fixtures: skipped, there is no ../shared");
        return;
    };
    let fixtures = root().join("fixtures");
    let predictions = predict(&fixtures.join("articles"));
    let sets: [(&str, &[&str]); 20] = [
        ("fixtures.", &["a", "b", "c", "d", "e", "f", "g", "h", "i"]),
        ("fixtures-j.", &["j"]),
        ("fixtures-k.", &["k"]),
        ("fixtures-l.", &["l"]),
        ("fixtures-m.", &["m"]),
        ("fixtures-n.", &["n"]),
        ("fixtures-o.", &["o"]),
        ("fixtures-p.", &["p"]),
        ("fixtures-q.", &["q"]),
        ("fixtures-r.", &["r"]),
        ("fixtures-s.", &["s"]),
        ("fixtures-t.", &["t"]),
        ("fixtures-u.", &["u"]),
        ("fixtures-v.", &["v"]),
        ("fixtures-w.", &["w"]),
        ("fixtures-x.", &["x"]),
        ("fixtures-y.", &["y"]),
        ("fixtures-z.", &["z"]),
        ("fixtures-bb.", &["bb"]),
        ("fixtures-cc.", &["cc"]),
    ];
    for (prefix, sets) in sets {
        let gold: String = sets
            .iter()
            .map(|set| fs::read_to_string(fixtures.join(format!("gold-{set}.jsonl"))).unwrap())
            .collect();
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), gold).unwrap();
        check(prefix, &score(&shared, predictions.path(), file.path(), &[]));
    }
}

#[test]
fn scores_on_the_articles_held_back_stay_at_or_above_their_floors() {
    let Some(shared) = shared() else {
        println!("scores_on_the_articles_held_back: skipped, there is no ../shared");
        return;
    };
    for set in ["held", "held-cc"] {
        let held = root().join("fixtures").join(set);
        let predictions = predict(&held);
        let scores = score(&shared, predictions.path(), &held.join("gold.jsonl"), &[]);
        check(&format!("{set}."), &scores);
    }
}

/// What the program reads in a folder's articles, as score.py takes it.
fn predict(articles: &Path) -> tempfile::NamedTempFile {
    let output =
        binary().args(["extract", "--quiet", "--format", "ndjson"]).arg(articles).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let predictions = tempfile::NamedTempFile::new().unwrap();
    fs::write(predictions.path(), for_scoring(&String::from_utf8(output.stdout).unwrap())).unwrap();
    predictions
}

/// What score.py says of predictions.
fn score(shared: &Path, predictions: &Path, gold: &Path, options: &[&str]) -> Value {
    let run = Command::new("python3")
        .arg("score.py")
        .arg(gold)
        .arg(predictions)
        .arg("--json")
        .args(options)
        .current_dir(shared.join("dev"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

/// Compares scores with the floors whose names begin with `prefix`; without one, with all that have
/// no other.
fn check(prefix: &str, scores: &Value) {
    let mut faults = Vec::new();
    for (name, floor) in floors() {
        let own = if prefix.is_empty() { Some(name.as_str()) } else { name.strip_prefix(prefix) };
        let other = |own: &&str| own.starts_with("fixtures") || own.starts_with("held");
        let Some(own) = own.filter(|own| !other(own)) else { continue };
        let Some(score) = find(scores, own) else {
            faults.push(format!("{name}: score.py gives no such score"));
            continue;
        };
        println!("{name}: {score:.4}, floor {floor:.4}");
        if score < floor {
            faults.push(format!("{name}: {score:.4} is below its floor {floor:.4}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// score.py takes the evidence of every finding for a list; of a stated total it is one object.
fn for_scoring(lines: &str) -> String {
    let mut out = String::new();
    for line in lines.lines() {
        let mut document: Value = serde_json::from_str(line).unwrap();
        for total in document["stated_totals"].as_array_mut().unwrap() {
            total["evidence"] = Value::Array(vec![total["evidence"].take()]);
        }
        out.push_str(&document.to_string());
        out.push('\n');
    }
    out
}

/// A number by its dotted path: `package.f1`.
fn find(scores: &Value, path: &str) -> Option<f64> {
    path.split('.').try_fold(scores, |value, key| value.get(key))?.as_f64()
}

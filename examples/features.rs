//! Prints each article's claims with the features of their confidence, its claims before anything was left
//! out with the features of their things, and those as far as the rules say with the features of their status,
//! one JSON object an article: what `tests/fit_weights.py` fits the weights of `extraction::learned` on.

use aidledger::extraction::learned::{belonging, confidence, status};
use aidledger::lexicon::Lexicon;
use aidledger::model::Claim;
use aidledger::{extraction, text};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lexicon = Lexicon::builtin();
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let hint = text::Hint { path: Some(&path), ..text::Hint::default() };
        let article = text::read(&bytes, &hint)?;
        let claims = extraction::read_claims(lexicon, &article).claims;
        let features = confidence::features(lexicon, &article, &claims);
        let packages: Vec<Value> = claims
            .iter()
            .zip(features)
            .map(|(claim, features)| with(claim, "features", &json!(features)))
            .collect();
        let unsifted: Vec<Value> = belonging::features(lexicon, &article)
            .iter()
            .map(|(claim, things)| with(claim, "things", &json!(things)))
            .collect();
        let by_rules: Vec<Value> = status::features(lexicon, &article)
            .iter()
            .map(|(claim, features)| with(claim, "features", &json!(features)))
            .collect();
        println!(
            "{}",
            json!({"source": {"path": path}, "packages": packages, "unsifted": unsifted, "by_rules": by_rules})
        );
    }
    Ok(())
}

fn with(claim: &Claim, name: &str, value: &Value) -> Value {
    let mut package = json!(claim);
    package[name] = value.clone();
    package
}

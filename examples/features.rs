//! Prints each article's claims with their confidence features, one JSON object an article: what
//! `tests/fit_confidence.py` fits the weights of `extraction::confidence` on.

use aidledger::extraction::{self, confidence};
use aidledger::lexicon::Lexicon;
use aidledger::text;
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
            .map(|(claim, features)| {
                let mut package = json!(claim);
                package["features"] = json!(features);
                package
            })
            .collect();
        println!("{}", json!({"source": {"path": path}, "packages": packages}));
    }
    Ok(())
}

//! Prints each article's claims with their confidence features, one JSON object an article: what
//! `tests/fit_confidence.py` fits the weights of `extraction::confidence` on.

use aidledger::extraction::{confidence, document::Document, grouping, sums, tellings};
use aidledger::lexicon::Lexicon;
use aidledger::{extraction, mentions, text};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lexicon = Lexicon::builtin();
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let hint = text::Hint { path: Some(&path), ..text::Hint::default() };
        let article = text::read(&bytes, &hint)?;
        let sentences = mentions::find(lexicon, &article, &text::segment(&article));
        let document = Document::new(lexicon, &article, &sentences);
        let told = tellings::read(&document, &sums::classify_all(&document));
        let groups = grouping::group(&document, told).groups;
        let claims = extraction::extract(lexicon, &article, &sentences).claims;
        let packages: Vec<Value> = claims
            .iter()
            .enumerate()
            .map(|(index, claim)| {
                let mut package = json!(claim);
                package["features"] =
                    json!(confidence::features(&document, &groups, index, &claim.evidence));
                package
            })
            .collect();
        println!("{}", json!({"source": {"path": path}, "packages": packages}));
    }
    Ok(())
}

//! Tests of the whole ledger, and the small articles that they are told with.

mod recording;
mod opening;
mod promises;
mod placing;
mod later;
mod naming;
mod corrections;
mod ended;
mod choosing;
mod ruling;
mod taking_back;
mod anew;
mod together;
mod any_order;
mod drawn;
mod orders;
mod carried;
mod checking;

use super::hash::sha256;
use super::{Access, Ledger, Policy, Recorded};
use crate::model::{
    Aid, Amount, Article, Bounds, Claim, Confidence, DocumentFormat, Evidence, Extraction, Item,
    Qualifier, Source, Span, Status,
};
use rust_decimal::Decimal;
use std::path::PathBuf;
use tempfile::TempDir;

pub(super) const NOW: &str = "2022-11-12T08:00:00Z";
pub(super) const POLICY: Policy = Policy { accept_from: Confidence(600) };

/// An article whose text is its bytes.
pub(super) fn article(text: &str, published: &str) -> Article {
    Article {
        source: Source { path: Some("a.txt".to_owned()), ..Source::default() },
        format: DocumentFormat::Text,
        sha256: sha256(text.as_bytes()),
        title: None,
        title_span: None,
        publisher: Some("Wire".to_owned()),
        published: published.parse().ok(),
        language: Some("en".to_owned()),
        text: text.to_owned(),
        body: Span::new(0, text.len()),
    }
}

/// A claim of so many million dollars by the US for Ukraine, with its evidence in `text`, which
/// must hold the word `million`.
pub(super) fn claim(text: &str, millions: i64, announced: &str) -> Claim {
    let start = text.find("million").expect("the text names an amount");
    let span = Span::new(start, start + "million".len());
    Claim {
        donors: vec!["US".to_owned()],
        recipients: vec!["UA".to_owned()],
        announced: announced.parse().ok(),
        amount: Some(dollars(millions)),
        aid: Aid::Military,
        status: Status::Announced,
        mechanism: None,
        sequence: None,
        items: Vec::new(),
        confidence: Confidence(900),
        continues: false,
        contracted: None,
        recalls: None,
        corrects: None,
        evidence: vec![Evidence {
            field: "amount".to_owned(),
            span,
            quote: span.of(text).to_owned(),
            rule: "test".to_owned(),
        }],
    }
}

pub(super) fn dollars(millions: i64) -> Amount {
    let figure = Decimal::from(millions * 1_000_000);
    Amount { bounds: Bounds::of(figure, Qualifier::Exact), currency: "USD".parse().unwrap() }
}

pub(super) fn item(system: &str, quantity: Option<i64>) -> Item {
    Item {
        system: Some(system.to_owned()),
        name: system.to_uppercase(),
        text: system.to_owned(),
        class: None,
        kinds: Vec::new(),
        quantity: quantity.map(|number| Bounds::of(Decimal::from(number), Qualifier::Exact)),
        unit: None,
        evidence: Span::new(0, 1),
    }
}

pub(super) fn with_claims(claims: Vec<Claim>) -> Extraction {
    Extraction { claims, ..Extraction::default() }
}

/// Records an article of one claim; `change` makes of the usual claim the one that is meant.
pub(super) fn tell(
    ledger: &mut Ledger,
    text: &str,
    published: &str,
    change: impl FnOnce(&mut Claim),
) -> Recorded {
    let text = format!("{text} million");
    let article = article(&text, published);
    let mut claim = claim(&text, 400, "");
    change(&mut claim);
    ledger.record(text.as_bytes(), &article, &with_claims(vec![claim]), POLICY, NOW).unwrap()
}

/// A new ledger in a folder of its own.
pub(super) fn on_disk() -> (TempDir, PathBuf, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("aidledger.db");
    let ledger = Ledger::open(&path, Access::Create).unwrap();
    (folder, path, ledger)
}

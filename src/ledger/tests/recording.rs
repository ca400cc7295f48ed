//! What recording does: packages, tellings, doubts, entries by hand.

use super::*;
use crate::ledger::{LedgerError, Manual};
use crate::model::{Filter, PackageId, Placement, Stage};

fn all(ledger: &Ledger) -> Vec<crate::model::Package> {
    ledger.packages(&Filter::default()).unwrap()
}

#[test]
fn an_article_becomes_a_package_with_its_words() {
    let mut ledger = Ledger::in_memory().unwrap();
    let recorded = tell(&mut ledger, "The US gives $400", "2022-11-11", |claim| {
        claim.announced = "2022-11-10".parse().ok();
        claim.items = vec![item("hawk", None), item("stinger", Some(4))];
    });
    assert!(!recorded.already && !recorded.placed[0].pending);
    assert_eq!(recorded.receipt.as_ref().unwrap().seq, 2);
    let detail = ledger.package(PackageId(1)).unwrap().unwrap();
    assert_eq!(detail.package.amount, Some(dollars(400)));
    assert_eq!(detail.package.stage, Stage::Announced);
    assert_eq!(detail.package.items.len(), 2);
    assert_eq!(detail.package.sources[0].publisher.as_deref(), Some("Wire"));
    assert_eq!(detail.tellings[0].claim, recorded.placed[0].claim);
    let article = detail.tellings[0].article.as_ref().unwrap();
    let proof = &detail.tellings[0].claim.evidence[0];
    assert_eq!(proof.span.of(&article.text), proof.quote);
    assert_eq!(detail.entries.len(), 2);
    assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn recording_the_same_bytes_again_changes_nothing() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "The US gives $400", "2022-11-11", |_| {});
    let before = ledger.head().unwrap();
    let recorded = tell(&mut ledger, "The US gives $400", "2022-11-11", |_| {});
    assert!(recorded.already && recorded.placed.is_empty() && recorded.receipt.is_none());
    assert_eq!(ledger.head().unwrap(), before);
    assert_eq!(all(&ledger).len(), 1);
}

#[test]
fn two_articles_on_one_package_make_one_package_with_two_sources() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "A: $400", "2022-11-11", |claim| claim.items = vec![item("hawk", None)]);
    let recorded = tell(&mut ledger, "B: $400", "2022-11-12", |claim| {
        claim.items = vec![item("hawk", Some(3)), item("stinger", None)];
    });
    assert!(matches!(recorded.placed[0].placement, Placement::Further { .. }));
    let packages = all(&ledger);
    assert_eq!(packages.len(), 1);
    assert_eq!(packages[0].sources.len(), 2);
    let quantities: Vec<_> = packages[0]
        .items
        .iter()
        .map(|item| item.quantity.map(|quantity| quantity.figure()))
        .collect();
    assert_eq!(quantities, [Some(Decimal::from(3)), None]);
}

#[test]
fn a_preview_says_what_recording_does_and_writes_nothing() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "A: $400", "2022-11-11", |_| {});
    let before = ledger.head().unwrap();
    let text = "B: $400 million and $300 million";
    let article = article(text, "2022-11-12");
    let claims = with_claims(vec![claim(text, 400, ""), claim(text, 300, "")]);
    let preview = ledger.preview(text.as_bytes(), &article, &claims, POLICY).unwrap();
    assert_eq!(ledger.head().unwrap(), before);
    let recorded = ledger.record(text.as_bytes(), &article, &claims, POLICY, NOW).unwrap();
    assert_eq!(preview.placed[0], recorded.placed[0]);
    assert_eq!(preview.placed[1].package, None);
    assert_eq!(preview.placed[1].placement, recorded.placed[1].placement);
    assert!(ledger.preview(text.as_bytes(), &article, &claims, POLICY).unwrap().already);
}

#[test]
fn a_claim_of_low_confidence_waits_until_a_surer_one_tells_the_same() {
    let mut ledger = Ledger::in_memory().unwrap();
    let weak = |claim: &mut Claim| claim.confidence = Confidence(415);
    assert!(tell(&mut ledger, "A: $400", "2022-11-11", weak).placed[0].pending);
    let detail = ledger.package(PackageId(1)).unwrap().unwrap();
    assert_eq!(detail.pending_reason.as_deref(), Some("confidence 0.415 is below 0.60"));
    tell(&mut ledger, "B: $400", "2022-11-11", weak);
    assert!(all(&ledger)[0].pending);
    tell(&mut ledger, "C: $400", "2022-11-11", |_| {});
    assert!(!all(&ledger)[0].pending);
    assert_eq!(all(&ledger)[0].sources.len(), 3);
}

#[test]
fn a_package_entered_by_hand_counts_and_cannot_be_entered_twice() {
    let mut ledger = Ledger::in_memory().unwrap();
    let quote = "Latvia gives $5 million";
    let manual = Manual {
        claim: claim(quote, 5, "2023-01-01"),
        quote: Some(quote.to_owned()),
        source: Some("https://example.org/a".to_owned()),
        by: "ann".to_owned(),
    };
    let (package, receipt) = ledger.enter(&manual, NOW).unwrap();
    assert_eq!((package, receipt.seq), (PackageId(1), 1));
    let again = ledger.enter(&manual, NOW).unwrap_err();
    assert!(matches!(again, LedgerError::AlreadyEntered { package: PackageId(1) }));
    let detail = ledger.package(package).unwrap().unwrap();
    assert!(!detail.package.pending);
    assert_eq!(detail.tellings[0].quote.as_deref(), Some(quote));
    assert_eq!(detail.package.sources[0].location.as_deref(), Some("https://example.org/a"));
    assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new());
}

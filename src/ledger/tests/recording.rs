//! What recording does: packages, tellings, doubts, entries by hand.

use super::*;
use crate::ledger::{LedgerError, Manual};
use crate::model::{Filter, PackageId, Placement, Stage, Standing};

fn all(ledger: &Ledger) -> Vec<crate::model::Package> {
    ledger.packages(&Filter::default()).unwrap()
}

/// Whether the package of the first claim waits for a person.
fn waits(recorded: &Recorded) -> bool {
    recorded.placed[0].standing == Standing::Pending
}

#[test]
fn an_article_becomes_a_package_with_its_words() {
    let mut ledger = Ledger::in_memory().unwrap();
    let recorded = tell(&mut ledger, "The US gives $400", "2022-11-11", |claim| {
        claim.announced = "2022-11-10".parse().ok();
        claim.items = vec![item("hawk", None), item("stinger", Some(4))];
    });
    assert!(!recorded.already);
    assert_eq!(recorded.placed[0].standing, Standing::Accepted);
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
    let quantities: Vec<_> =
        packages[0].items.iter().map(|item| item.quantity.map(Bounds::figure)).collect();
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
    assert!(waits(&tell(&mut ledger, "A: $400", "2022-11-11", weak)));
    let detail = ledger.package(PackageId(1)).unwrap().unwrap();
    assert_eq!(detail.pending_reason.as_deref(), Some("confidence 0.415 is below 0.60"));
    tell(&mut ledger, "B: $400", "2022-11-11", weak);
    assert_eq!(all(&ledger)[0].standing, Standing::Pending);
    tell(&mut ledger, "C: $400", "2022-11-11", |_| {});
    assert_eq!(all(&ledger)[0].standing, Standing::Accepted);
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
    let entered = ledger.enter(&manual, NOW).unwrap();
    let package = entered.placed[0].package.unwrap();
    assert_eq!((package, entered.receipt.unwrap().seq), (PackageId(1), 1));
    let again = ledger.enter(&manual, NOW).unwrap_err();
    assert!(matches!(again, LedgerError::AlreadyEntered { package: PackageId(1) }));
    let detail = ledger.package(package).unwrap().unwrap();
    assert_eq!(detail.package.standing, Standing::Accepted);
    assert_eq!(detail.tellings[0].quote.as_deref(), Some(quote));
    assert_eq!(detail.package.sources[0].location.as_deref(), Some("https://example.org/a"));
    assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_rehearsal_gives_the_answers_that_recording_gives() {
    let (_folder, path, mut ledger) = on_disk();
    tell(&mut ledger, "A: $400", "2022-11-11", |claim| claim.items = vec![item("hawk", None)]);
    drop(ledger);
    let ledger = Ledger::open(&path, Access::Read).unwrap();
    let mut rehearsal = ledger.rehearsal().unwrap();
    let mut ledger = Ledger::open(&path, Access::Write).unwrap();
    for (text, millions) in [("A: $400", 400), ("B: $400", 400), ("C: $7", 7), ("D: $7", 7)] {
        let told = |ledger: &mut Ledger| {
            tell(ledger, text, "2022-11-12", |claim| {
                claim.amount = Some(dollars(millions));
                claim.items = vec![item("hawk", Some(2))];
            })
        };
        let rehearsed = told(&mut rehearsal);
        let recorded = told(&mut ledger);
        assert_eq!((rehearsed.already, rehearsed.placed), (recorded.already, recorded.placed));
    }
    assert_eq!(rehearsal.head().unwrap().seq, ledger.head().unwrap().seq);
}

#[test]
fn a_telling_of_a_package_that_waits_waits_with_it() {
    let mut ledger = Ledger::in_memory().unwrap();
    let weak = |claim: &mut Claim| claim.confidence = Confidence(100);
    tell(&mut ledger, "A: $400", "2022-11-11", weak);
    assert!(waits(&tell(&mut ledger, "B: $400", "2022-11-11", weak)));
    assert!(!waits(&tell(&mut ledger, "C: $400", "2022-11-11", |_| {})));
    assert!(!waits(&tell(&mut ledger, "D: $400", "2022-11-11", weak)));
}

#[test]
fn texts_of_any_kind_come_back_as_they_were() {
    let mut ledger = Ledger::in_memory().unwrap();
    let text = "\u{feff}zero \0 end\r\n\u{1f680} \"400\" million \u{202e}';--";
    let mut article = article(text, "2022-11-11");
    article.title = Some("a \0 title".to_owned());
    let mut claim = claim(text, 400, "");
    let mut odd = claim.evidence[0].clone();
    odd.span = Span::new(3, text.find(" million").unwrap());
    odd.quote = odd.span.of(text).to_owned();
    claim.evidence.push(odd);
    let claims = with_claims(vec![claim.clone()]);
    // The bytes need not be the text: a page in an old encoding, say.
    let raw = b"\xff\xfe not utf-8 \0";
    article.sha256 = sha256(raw);
    ledger.record(raw, &article, &claims, POLICY, NOW).unwrap();
    let detail = ledger.package(PackageId(1)).unwrap().unwrap();
    assert_eq!(detail.tellings[0].article.as_deref(), Some(&article));
    assert_eq!(detail.tellings[0].claim, claim);
    assert_eq!(ledger.rebuild().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_claim_told_twice_in_the_same_words_is_one_claim() {
    let mut ledger = Ledger::in_memory().unwrap();
    let text = "The US gives $400 million";
    let claims = with_claims(vec![claim(text, 400, ""), claim(text, 400, "")]);
    let article = article(text, "2022-11-11");
    let recorded = ledger.record(text.as_bytes(), &article, &claims, POLICY, NOW).unwrap();
    assert_eq!(recorded.placed.len(), 1);
}

#[test]
fn two_processes_that_record_at_once_both_succeed() {
    let (_folder, path, ledger) = on_disk();
    drop(ledger);
    let record = |name: &'static str| {
        let path = path.clone();
        std::thread::spawn(move || {
            let mut ledger = Ledger::open(&path, Access::Create).unwrap();
            for number in 0..15 {
                tell(&mut ledger, &format!("{name} {number}: $400"), "2022-11-11", |_| {});
            }
        })
    };
    for thread in [record("left"), record("right")] {
        thread.join().unwrap();
    }
    let found = Ledger::open(&path, Access::Read).unwrap().verify().unwrap();
    assert_eq!((found.articles, found.packages, found.problems), (30, 1, Vec::new()));
}

#[test]
fn a_filter_widens_within_a_kind_and_narrows_between_kinds() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "A: $400", "2022-11-11", |claim| {
        claim.announced = "2022-11-10".parse().ok();
        claim.items = vec![item("hawk", None)];
        claim.mechanism = Some("PDA".to_owned());
    });
    tell(&mut ledger, "B: $5", "2022-11-11", |claim| {
        claim.donors = vec!["LV".to_owned()];
        claim.amount = None;
        claim.aid = Aid::Humanitarian;
    });
    let found = |filter: Filter| -> Vec<u64> {
        ledger.packages(&filter).unwrap().iter().map(|package| package.id.0).collect()
    };
    let own = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let all = Filter::default;
    assert_eq!(found(all()), [1, 2]);
    assert_eq!(found(Filter { donors: own(&["LV", "US"]), ..all() }), [1, 2]);
    assert_eq!(found(Filter { donors: own(&["LV"]), currencies: own(&["USD"]), ..all() }), [0; 0]);
    assert_eq!(found(Filter { systems: own(&["hawk"]), ..all() }), [1]);
    assert_eq!(found(Filter { mechanisms: own(&["PDA"]), ..all() }), [1]);
    assert_eq!(found(Filter { aids: vec![Aid::Humanitarian], ..all() }), [2]);
    assert_eq!(found(Filter { stages: vec![Stage::Proposed], ..all() }), [0; 0]);
    assert_eq!(found(Filter { sources: own(&["wIRE"]), ..all() }), [1, 2]);
    let from = crate::model::DateRange { from: "2022-11-10".parse().ok(), to: None };
    assert_eq!(found(Filter { dates: from, ..all() }), [1]);
}

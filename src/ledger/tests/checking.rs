//! Checks: each finds what it is for, and keeps silent where nothing is wrong.

use super::*;
use crate::ledger::{Order, Person};
use crate::model::finding::{Fault, Likeness, TotalFault, Why};
use crate::model::{Check, ControlTotal, Fact, Finding, PackageId, Stage};

const P1: PackageId = PackageId(1);
const P2: PackageId = PackageId(2);
const P3: PackageId = PackageId(3);

fn rule(ledger: &mut Ledger, order: &Order) {
    let person = Person { by: "ann".to_owned(), reason: Some("seen".to_owned()) };
    ledger.rule(order, &person, NOW).unwrap();
}

fn found(ledger: &Ledger, check: Check) -> Vec<Finding> {
    ledger.check(&[check]).unwrap()
}

fn packages(findings: &[Finding]) -> Vec<Vec<u64>> {
    findings.iter().map(|one| one.packages.iter().map(|id| id.0).collect()).collect()
}

/// Tells a package of so many million dollars that was announced on a day.
fn give(ledger: &mut Ledger, millions: i64, day: &str, change: impl FnOnce(&mut Claim)) {
    tell(ledger, &format!("{day} {millions}"), day, |claim| {
        claim.amount = Some(dollars(millions));
        claim.announced = day.parse().ok();
        change(claim);
    });
}

/// Records an article that states what the US has given Ukraine since 2022-02-24.
fn state(ledger: &mut Ledger, millions: i64, qualifier: Qualifier, day: &str) {
    let text = format!("By {day} it was {millions} million");
    let article = article(&text, day);
    let start = text.find("million").unwrap();
    let span = Span::new(start, start + "million".len());
    let total = ControlTotal {
        donors: vec!["US".to_owned()],
        recipient: Some("UA".to_owned()),
        amount: Amount {
            bounds: Bounds::of(Decimal::from(millions * 1_000_000), qualifier),
            currency: "USD".parse().unwrap(),
        },
        since: "2022-02-24".parse().ok(),
        evidence: Evidence {
            field: "amount".to_owned(),
            span,
            quote: span.of(&text).to_owned(),
            rule: "test".to_owned(),
        },
    };
    let extraction = Extraction { control_totals: vec![total], ..Extraction::default() };
    ledger.record(text.as_bytes(), &article, &extraction, POLICY, NOW).unwrap();
}

fn total(finding: &Finding) -> &TotalFault {
    match &finding.fault {
        Fault::Total(fault) => fault,
        other => panic!("{other:?}"),
    }
}

fn millions(figure: Decimal) -> i64 {
    i64::try_from((figure / Decimal::from(1_000_000)).trunc()).unwrap()
}

#[test]
fn totals_that_the_ledger_meets_are_no_finding() {
    let mut ledger = Ledger::in_memory().unwrap();
    give(&mut ledger, 400, "2022-03-01", |_| {});
    give(&mut ledger, 800, "2022-04-13", |_| {});
    state(&mut ledger, 400, Qualifier::Exact, "2022-03-20");
    state(&mut ledger, 1_200, Qualifier::MoreThan, "2022-05-01");
    state(&mut ledger, 1_200, Qualifier::About, "2022-04-13");
    // On the day of a package a total may hold it or not.
    state(&mut ledger, 400, Qualifier::Exact, "2022-04-13");
    assert_eq!(found(&ledger, Check::Totals), []);
}

#[test]
fn a_total_says_how_far_the_ledger_is_off_and_in_which_time_it_came_to_be() {
    let mut ledger = Ledger::in_memory().unwrap();
    give(&mut ledger, 400, "2022-03-01", |_| {});
    give(&mut ledger, 100, "2022-04-20", |claim| {
        claim.amount = Some(Amount {
            bounds: Bounds::of(Decimal::from(100_000_000), Qualifier::UpTo),
            currency: "USD".parse().unwrap(),
        });
    });
    state(&mut ledger, 400, Qualifier::Exact, "2022-03-20");
    state(&mut ledger, 1_300, Qualifier::Exact, "2022-05-01");
    state(&mut ledger, 1_300, Qualifier::Exact, "2022-06-01");
    let findings = found(&ledger, Check::Totals);
    assert_eq!(findings.len(), 2);
    let first = total(&findings[0]);
    assert_eq!((millions(first.sum.low), millions(first.sum.high)), (400, 500));
    assert_eq!((millions(first.off.low), millions(first.off.high)), (-932, -767));
    let stretch = first.arose.unwrap();
    assert_eq!(stretch.from.unwrap().to_string(), "2022-03-20");
    assert_eq!(stretch.to.to_string(), "2022-05-01");
    // A month later it is off by as much: nothing new came to be.
    let second = total(&findings[1]);
    assert_eq!(second.arose, None);
    assert_eq!(second.previous.unwrap().to_string(), "2022-05-01");
    assert_eq!(findings[1].clues, []);
}

#[test]
fn packages_that_are_not_in_the_sum_could_explain_what_is_missing() {
    let mut ledger = Ledger::in_memory().unwrap();
    give(&mut ledger, 400, "2022-03-01", |claim| claim.confidence = Confidence(1));
    give(&mut ledger, 70, "2022-03-02", |claim| claim.status = Status::Proposed);
    tell(&mut ledger, "no amount", "2022-03-20", |claim| claim.amount = None);
    give(&mut ledger, 90, "2022-03-30", |_| {});
    rule(&mut ledger, &Order::Void(vec![PackageId(4)]));
    give(&mut ledger, 80, "2022-04-04", |_| {});
    give(&mut ledger, 60, "2022-06-04", |_| {});
    give(&mut ledger, 50, "2022-03-04", |claim| claim.donors = vec!["GB".to_owned()]);
    state(&mut ledger, 400, Qualifier::Exact, "2022-04-01");
    let findings = found(&ledger, Check::Totals);
    let clues: Vec<(u64, bool, &[Why])> =
        findings[0].clues.iter().map(|clue| (clue.package.0, clue.fits, &clue.why[..])).collect();
    assert_eq!(
        clues,
        [
            (1, true, &[Why::Pending][..]),
            (2, false, &[Why::Proposed]),
            (4, false, &[Why::Void]),
            (5, false, &[Why::JustOutside]),
            (3, false, &[Why::NoAmount, Why::NoDate]),
        ]
    );
}

#[test]
fn what_is_counted_twice_could_explain_what_is_too_much() {
    let mut ledger = Ledger::in_memory().unwrap();
    give(&mut ledger, 400, "2022-03-01", |_| {});
    give(&mut ledger, 30, "2022-03-10", |_| {});
    give(&mut ledger, 400, "2022-03-12", |_| {});
    state(&mut ledger, 430, Qualifier::Exact, "2022-04-01");
    let findings = found(&ledger, Check::Totals);
    let fault = total(&findings[0]);
    assert!(fault.off.low > Decimal::ZERO, "{fault:?}");
    let clues: Vec<(u64, bool)> =
        findings[0].clues.iter().map(|clue| (clue.package.0, clue.fits)).collect();
    assert_eq!(clues, [(1, true), (3, true)]);
}

#[test]
fn packages_without_a_date_or_an_amount_are_found_where_they_count() {
    let mut ledger = Ledger::in_memory().unwrap();
    tell(&mut ledger, "undated", "2022-03-01", |_| {});
    give(&mut ledger, 1, "2022-05-01", |claim| claim.amount = None);
    give(&mut ledger, 2, "2022-06-01", |claim| {
        claim.amount = None;
        claim.aid = Aid::Humanitarian;
    });
    assert_eq!(packages(&found(&ledger, Check::NoDate)), [[1]]);
    assert_eq!(packages(&found(&ledger, Check::NoAmount)), [[2]]);
}

#[test]
fn packages_that_may_be_one_are_found_until_a_person_tells_them_apart() {
    let mut ledger = Ledger::in_memory().unwrap();
    give(&mut ledger, 800, "2022-04-13", |_| {});
    give(&mut ledger, 800, "2022-04-21", |_| {});
    give(&mut ledger, 800, "2022-06-21", |_| {});
    give(&mut ledger, 800, "2022-04-21", |claim| claim.recipients = vec!["MD".to_owned()]);
    rule(&mut ledger, &Order::Accept(vec![P2]));
    let findings = found(&ledger, Check::Duplicates);
    assert_eq!(packages(&findings), [[1, 2]]);
    assert_eq!(findings[0].fault, Fault::Alike(Likeness::Amount(dollars(800), Some(8))));
    rule(&mut ledger, &Order::NotSame(vec![P1, P2]));
    assert_eq!(found(&ledger, Check::Duplicates), []);
}

#[test]
fn packages_that_are_the_same_throughout_are_found_together_until_a_person_tells_some_apart() {
    let mut ledger = Ledger::in_memory().unwrap();
    for month in [4, 5, 6, 7, 8] {
        give(&mut ledger, 800, &format!("2022-{month:02}-13"), |_| {});
    }
    for (package, day) in
        [(2, "2022-04-13"), (3, "2022-04-13"), (4, "2022-04-13"), (5, "2022-04-21")]
    {
        let facts = vec![Fact::Announced(day.parse().ok())];
        rule(&mut ledger, &Order::Amend(PackageId(package), facts));
    }
    let findings = found(&ledger, Check::Duplicates);
    assert_eq!(packages(&findings), [vec![1, 2, 3, 4], vec![1, 5]]);
    assert_eq!(findings[0].fault, Fault::Alike(Likeness::Amount(dollars(800), Some(0))));
    rule(&mut ledger, &Order::NotSame(vec![P1, P2]));
    let pairs = [vec![1, 3], vec![1, 5], vec![2, 3], vec![2, 5], vec![3, 4], vec![3, 5]];
    assert_eq!(packages(&found(&ledger, Check::Duplicates)), pairs);
}

#[test]
fn a_sum_that_counts_beside_its_parts_is_found() {
    let mut ledger = Ledger::in_memory().unwrap();
    give(&mut ledger, 100, "2022-04-13", |_| {});
    give(&mut ledger, 60, "2022-04-14", |_| {});
    give(&mut ledger, 50, "2022-04-13", |_| {});
    give(&mut ledger, 40, "2022-04-13", |_| {});
    give(&mut ledger, 40, "2022-04-13", |claim| claim.donors = vec!["GB".to_owned()]);
    let findings = found(&ledger, Check::SumOverParts);
    assert_eq!(packages(&findings), [[1, 2, 4]]);
    rule(&mut ledger, &Order::Void(vec![P1]));
    assert_eq!(found(&ledger, Check::SumOverParts), []);
}

#[test]
fn tellings_that_contradict_each_other_are_found_until_a_person_rules() {
    let mut ledger = Ledger::in_memory().unwrap();
    give(&mut ledger, 400, "2022-03-01", |claim| claim.items = vec![item("hawk", Some(4))]);
    tell(&mut ledger, "retold", "2022-03-02", |claim| {
        claim.announced = "2022-03-02".parse().ok();
        claim.items = vec![item("hawk", Some(6)), item("stinger", Some(8))];
    });
    let values = |ledger: &Ledger| -> Vec<(&'static str, usize)> {
        let name = |finding: &Finding| match &finding.fault {
            Fault::Conflict(values) => (values[0].field(), values.len()),
            other => panic!("{other:?}"),
        };
        found(ledger, Check::Conflicts).iter().map(name).collect()
    };
    assert_eq!(values(&ledger), [("announced", 2), ("items", 2)]);
    let facts = vec![Fact::Announced("2022-02-28".parse().ok())];
    rule(&mut ledger, &Order::Amend(P1, facts));
    assert_eq!(values(&ledger), [("items", 2)]);
}

#[test]
fn a_handover_before_the_announcement_and_a_gift_after_its_end_are_found() {
    let mut ledger = Ledger::in_memory().unwrap();
    give(&mut ledger, 400, "2022-03-03", |_| {});
    tell(&mut ledger, "handed over", "2022-03-01", |claim| {
        claim.announced = "2022-03-01".parse().ok();
        claim.status = Status::Delivered;
    });
    give(&mut ledger, 70, "2022-03-03", |claim| claim.status = Status::Withdrawn);
    tell(&mut ledger, "given after all", "2022-03-05", |claim| {
        claim.announced = "2022-03-05".parse().ok();
        claim.amount = Some(dollars(70));
    });
    let findings = found(&ledger, Check::StageOrder);
    assert_eq!(packages(&findings), [[1], [2]]);
    let day = |text: &str| text.parse().unwrap();
    assert_eq!(
        findings[0].fault,
        Fault::Order {
            last: (Stage::Delivered, day("2022-03-01")),
            before: (Stage::Announced, day("2022-03-03")),
        }
    );
}

#[test]
fn an_article_whose_packages_were_all_rejected_is_found() {
    let mut ledger = Ledger::in_memory().unwrap();
    give(&mut ledger, 400, "2022-03-03", |_| {});
    give(&mut ledger, 70, "2022-05-03", |_| {});
    assert_eq!(found(&ledger, Check::AllRejected), []);
    rule(&mut ledger, &Order::Reject(vec![P2]));
    let findings = found(&ledger, Check::AllRejected);
    assert_eq!(packages(&findings), [[2]]);
    assert!(findings[0].article.is_some());
}

#[test]
fn a_number_that_is_missing_is_found_with_those_that_may_bear_it() {
    let mut ledger = Ledger::in_memory().unwrap();
    let pda = |number: Option<u32>| {
        move |claim: &mut Claim| {
            claim.mechanism = Some("PDA".to_owned());
            claim.sequence = number;
        }
    };
    give(&mut ledger, 625, "2022-10-04", pda(Some(24 - 1)));
    give(&mut ledger, 725, "2022-10-14", pda(Some(24)));
    give(&mut ledger, 275, "2022-10-28", pda(None));
    give(&mut ledger, 400, "2022-11-10", pda(Some(26)));
    let findings = found(&ledger, Check::SequenceGaps);
    assert_eq!(packages(&findings), [[2, 4]]);
    let Fault::Missing { first, last, .. } = &findings[0].fault else { panic!() };
    assert_eq!((*first, *last), (25, 25));
    assert_eq!(findings[0].clues[0].package, P3);
}

#[test]
fn a_quote_that_no_longer_matches_is_found() {
    let mut ledger = Ledger::in_memory().unwrap();
    give(&mut ledger, 400, "2022-03-03", |_| {});
    assert_eq!(found(&ledger, Check::Quotes), []);
    let sql = "UPDATE article SET text = replace(text, 'million', 'billion')";
    ledger.connection.execute_batch(sql).unwrap();
    assert_eq!(found(&ledger, Check::Quotes).len(), 1);
}

#[test]
fn an_empty_ledger_has_nothing_to_find() {
    assert_eq!(Ledger::in_memory().unwrap().check(Check::ALL).unwrap(), []);
}

//! What holds after any sequence of articles and decisions.

use super::ruling::rule;
use super::*;
use crate::ledger::store::PROJECTIONS;
use crate::ledger::{LedgerError, Manual, Order, past};
use crate::model::{Fact, Filter, PackageId, Stage, Standing, Verdict};
use crate::properties::few;
use proptest::prelude::*;
use rusqlite::types::ValueRef;
use std::collections::{BTreeMap, BTreeSet};

/// Something that happens to a ledger.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// An article: which sum, which day, how sure, which status.
    Article(i64, u32, u16, Status),
    Enter(i64),
    Give(Verdict, Vec<u64>),
    Amend(u64, Fact),
    Merge(u64, Vec<u64>),
    /// Every second telling of a package is split off.
    Split(u64),
    NotSame(u64, u64),
    Undo,
    Redo,
}

fn package() -> impl Strategy<Value = u64> {
    1..7_u64
}

fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        (1..4_i64).prop_map(|millions| Fact::Amount(Some(dollars(millions)))),
        Just(Fact::Amount(None)),
        Just(Fact::Announced("2022-11".parse().ok())),
        Just(Fact::Announced(None)),
        Just(Fact::Donors(vec!["US".to_owned(), "GB".to_owned()])),
        Just(Fact::Items(vec![item("stinger", Some(7)), item("hawk", None)])),
        Just(Fact::Items(Vec::new())),
        Just(Fact::Mechanism(Some("PDA".to_owned()))),
        prop::sample::select(Stage::ALL).prop_map(Fact::Stage),
    ]
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let verdicts = vec![Verdict::Accept, Verdict::Reject, Verdict::Void, Verdict::Restore];
    prop_oneof![
        5 => (1..4_i64, 1..20_u32, prop::sample::select(vec![200, 900]),
            prop::sample::select(Status::ALL)).prop_map(|(millions, day, confidence, status)| {
                Step::Article(millions, day, confidence, status)
            }),
        1 => (1..4_i64).prop_map(Step::Enter),
        3 => (prop::sample::select(verdicts), prop::collection::vec(package(), 1..3))
            .prop_map(|(verdict, packages)| Step::Give(verdict, packages)),
        2 => (package(), fact()).prop_map(|(package, fact)| Step::Amend(package, fact)),
        3 => (package(), prop::collection::vec(package(), 1..3))
            .prop_map(|(into, others)| Step::Merge(into, others)),
        2 => package().prop_map(Step::Split),
        1 => (package(), package()).prop_map(|(one, other)| Step::NotSame(one, other)),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
    ]
}

fn order(ledger: &Ledger, step: &Step) -> Option<Order> {
    let ids = |numbers: &[u64]| numbers.iter().copied().map(PackageId).collect::<Vec<_>>();
    Some(match step {
        Step::Article(..) | Step::Enter(_) => return None,
        Step::Give(Verdict::Accept, packages) => Order::Accept(ids(packages)),
        Step::Give(Verdict::Reject, packages) => Order::Reject(ids(packages)),
        Step::Give(Verdict::Void, packages) => Order::Void(ids(packages)),
        Step::Give(_, packages) => Order::Restore(ids(packages)),
        Step::Amend(package, fact) => Order::Amend(PackageId(*package), vec![fact.clone()]),
        Step::Merge(into, others) => Order::Merge(PackageId(*into), ids(others)),
        Step::Split(package) => {
            let detail = ledger.package(PackageId(*package)).unwrap()?;
            let claims = detail.tellings.into_iter().step_by(2).map(|told| told.claim_id);
            Order::Split(PackageId(*package), claims.collect())
        }
        Step::NotSame(one, other) => Order::NotSame(ids(&[*one, *other])),
        Step::Undo => Order::Undo,
        Step::Redo => Order::Redo,
    })
}

pub(super) fn take(ledger: &mut Ledger, number: usize, step: &Step) {
    match step {
        Step::Article(millions, day, confidence, status) => {
            tell(ledger, &format!("{number}:"), &format!("2022-11-{day:02}"), |claim| {
                claim.amount = Some(dollars(*millions));
                claim.confidence = Confidence(*confidence);
                claim.status = *status;
                claim.items = vec![item("hawk", Some(*millions))];
            });
        }
        Step::Enter(millions) => {
            let quote = format!("{number}: {millions} million");
            let claim = claim(&quote, *millions, "2022-11-10");
            let by = "ann".to_owned();
            ledger.enter(&Manual { claim, quote: Some(quote), source: None, by }, NOW).unwrap();
        }
        _ => {
            // What does not fit is refused, and the ledger is as it was.
            if let Some(order) = order(ledger, step) {
                let head = ledger.head().unwrap();
                if rule(ledger, &order).is_err() {
                    assert_eq!(ledger.head().unwrap(), head);
                }
            }
        }
    }
}

type Tables = BTreeMap<&'static str, Vec<String>>;

/// All rows of all tables but that of decisions, in which undo leaves its own trace.
fn tables(ledger: &Ledger) -> Tables {
    let rows = |table: &str, order: &str| -> Vec<String> {
        let sql = format!("SELECT * FROM {table} ORDER BY {order}");
        let mut statement = ledger.connection.prepare(&sql).unwrap();
        let columns = statement.column_count();
        let read = |row: &rusqlite::Row| {
            let values: Vec<String> =
                (0..columns).map(|column| shown(row.get_ref(column).unwrap())).collect();
            Ok(values.join(" | "))
        };
        statement.query_map([], read).unwrap().map(Result::unwrap).collect()
    };
    let projections = PROJECTIONS.iter().filter(|(table, _)| *table != "decision");
    projections.map(|(table, order)| (*table, rows(table, order))).collect()
}

fn shown(value: ValueRef) -> String {
    match value {
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Integer(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}

/// The tables that differ.
fn differences(left: &Tables, right: &Tables) -> Vec<String> {
    let pairs = left.iter().zip(right).filter(|(left, right)| left != right);
    pairs.map(|((table, left), (_, right))| format!("{table}: {left:#?} {right:#?}")).collect()
}

/// Each claim tells exactly one package, which is no part of another.
pub(super) fn check_shape(ledger: &Ledger) {
    let packages = ledger.packages(&Filter::default()).unwrap();
    let mut claims = BTreeSet::new();
    for package in &packages {
        assert_ne!(package.standing, Standing::Merged);
        let detail = ledger.package(package.id).unwrap().unwrap();
        assert!(!detail.tellings.is_empty(), "{} has no telling", package.id);
        for telling in detail.tellings {
            let is_entry = telling.article.is_none();
            assert!(is_entry || package.standing != Standing::Undone, "an article is undone");
            assert!(claims.insert(telling.claim_id), "a claim tells two packages");
        }
    }
    let found = ledger.verify().unwrap();
    assert_eq!(found.problems, Vec::<String>::new());
    assert_eq!(found.claims, claims.len() as u64);
    assert_eq!(found.packages, packages.len() as u64);
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn undo_then_redo_a_rebuild_and_a_look_back_give_the_same_tables(
        steps in prop::collection::vec(step(), 1..24),
    ) {
        let mut ledger = Ledger::in_memory().unwrap();
        let mut stood = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            let before = tables(&ledger);
            let seq = ledger.head().unwrap().seq;
            if number % 5 == 4 {
                stood.push((seq, before.clone()));
            }
            take(&mut ledger, number, step);
            let after = tables(&ledger);
            let is_ruling = !matches!(step, Step::Article(..) | Step::Undo | Step::Redo);
            let done = ledger.head().unwrap().seq;
            if is_ruling && done > seq {
                rule(&mut ledger, &Order::Undo).unwrap();
                let (back, undone) = (tables(&ledger), ledger.head().unwrap().seq);
                rule(&mut ledger, &Order::Redo).unwrap();
                // What was placed anew by it stands in entries of its own, which stay.
                let is_alone = undone == done + 1 && done == seq + 1;
                if is_alone && !matches!(step, Step::Enter(_)) {
                    let found = differences(&back, &before);
                    prop_assert!(found.is_empty(), "undo of {:?}: {}", step, found.join("\n"));
                }
                if is_alone && ledger.head().unwrap().seq == undone + 1 {
                    let found = differences(&tables(&ledger), &after);
                    prop_assert!(found.is_empty(), "redo of {:?}: {}", step, found.join("\n"));
                }
            }
        }
        check_shape(&ledger);
        for (seq, then) in stood {
            let past = ledger.rehearsal().unwrap();
            past::forget_from(&past.connection, seq + 1).unwrap();
            let found = differences(&tables(&past), &then);
            prop_assert!(found.is_empty(), "as of entry {}: {}", seq, found.join("\n"));
        }
        let before = tables(&ledger);
        let mut back = ledger.rehearsal().unwrap();
        let refusal = loop {
            if let Err(error) = rule(&mut back, &Order::Undo) {
                break error;
            }
        };
        prop_assert!(matches!(refusal, LedgerError::Nothing { .. }), "{}", refusal);
        check_shape(&back);
        prop_assert_eq!(ledger.rebuild().unwrap().problems, Vec::<String>::new());
        prop_assert!(differences(&tables(&ledger), &before).is_empty());
    }

    #[test]
    fn rejected_stays_rejected_when_articles_are_added_again(
        steps in prop::collection::vec(step(), 1..12),
        rejected in prop::collection::vec(package(), 1..3),
    ) {
        let mut ledger = Ledger::in_memory().unwrap();
        for (number, step) in steps.iter().enumerate() {
            take(&mut ledger, number, step);
        }
        take(&mut ledger, 0, &Step::Give(Verdict::Reject, rejected));
        let rejected = |ledger: &Ledger| -> BTreeSet<PackageId> {
            let packages = ledger.packages(&Filter::default()).unwrap().into_iter();
            packages
                .filter(|package| package.standing == Standing::Rejected)
                .map(|package| package.id)
                .collect()
        };
        let before = rejected(&ledger);
        for (number, step) in steps.iter().enumerate().rev() {
            if let Step::Article(..) = step {
                // In the same bytes, then in others.
                take(&mut ledger, number, step);
                take(&mut ledger, number + 100, step);
            }
        }
        prop_assert_eq!(rejected(&ledger), before);
        check_shape(&ledger);
    }
}

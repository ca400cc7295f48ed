//! What the tellings of a package contradict: each other, and the order of its stages.

use super::{Result, Seen, about};
use crate::ledger::agreement::{agreement, stages};
use crate::ledger::store::select;
use crate::model::accord::{Accord, FieldTold};
use crate::model::finding::Fault;
use crate::model::{Check, CivilDate, Exchange, Fact, Finding, Stage};
use rusqlite::Connection;

/// How many days a plan may be told after the announcement: articles overtake each other.
const LATE_PLAN: i64 = 7;

/// Fields of packages that count in which a telling contradicts what is shown, where no person has
/// ruled on the field.
pub(super) fn conflicts(
    connection: &Connection,
    packages: &[Seen],
    exchange: &dyn Exchange,
) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for seen in packages.iter().filter(|seen| seen.is_told_often) {
        let Some(package) = &select::package(connection, seen.id)? else { continue };
        let tellings = select::told(connection, package.id)?;
        let amended: Vec<Fact> =
            select::amended(connection, package.id)?.into_iter().map(|(_, fact)| fact).collect();
        let fields = agreement(connection, package, &tellings, &amended, exchange)?;
        let conflicts = fields.into_iter().filter(FieldTold::is_conflict);
        findings.extend(conflicts.map(|field| {
            let mut values = vec![field.value];
            for said in field.said {
                if said.accord == Accord::Conflicts && !values.contains(&said.value) {
                    values.push(said.value);
                }
            }
            about(Check::Conflicts, &[package], Fault::Conflict(values))
        }));
    }
    Ok(findings)
}

/// Packages whose stages are dated in an order in which they cannot have been.
pub(super) fn stage_order(connection: &Connection, packages: &[Seen]) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for package in packages.iter().filter(|seen| seen.is_told_often) {
        let stages = stages(&select::told(connection, package.id)?);
        let first = |stage: Stage| {
            stages.iter().filter(move |(found, _)| *found == stage).map(|(_, day)| *day).min()
        };
        let last = |stage: Stage| {
            stages.iter().filter(move |(found, _)| *found == stage).map(|(_, day)| *day).max()
        };
        let mut wrong = |last: (Stage, Option<CivilDate>), before: (Stage, Option<CivilDate>)| {
            if let (Some(last_day), Some(before_day)) = (last.1, before.1) {
                let fault =
                    Fault::Order { last: (last.0, last_day), before: (before.0, before_day) };
                findings.push(about(Check::StageOrder, &[package], fault));
            }
        };
        let announced = first(Stage::Announced);
        let handed_over = first(Stage::Delivered);
        if handed_over < announced {
            wrong((Stage::Delivered, handed_over), (Stage::Announced, announced));
        }
        let planned = last(Stage::Proposed);
        let is_late = |(plan, news): (CivilDate, CivilDate)| plan.days_since(news) > LATE_PLAN;
        if planned.zip(announced.or(handed_over)).is_some_and(is_late) {
            wrong((Stage::Announced, announced.or(handed_over)), (Stage::Proposed, planned));
        }
        let withdrawn = first(Stage::Withdrawn);
        for later in [Stage::Announced, Stage::Delivered] {
            if withdrawn.is_some() && last(later) > withdrawn {
                wrong((later, last(later)), (Stage::Withdrawn, withdrawn));
            }
        }
    }
    Ok(findings)
}

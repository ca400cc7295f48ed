//! The history of a package: what each entry of the journal changed in it. The entries that have to
//! do with it are folded once more, aside, and the package is looked at after each; so automatic
//! decisions show their before and after like persons' ones.

use super::body::{self, Body};
use super::error::LedgerError;
use super::journal::Entry;
use super::store::{inspect, select};
use super::{connection, projection};
use crate::model::{Article, Decision, Fact, PackageId, Verdict};
use rusqlite::Connection;
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// What one entry did to a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The entry.
    pub entry: Entry,
    /// `new`, `link`, `enter` or a verdict.
    pub decision: String,
    /// Who decided: `auto` or a person's name.
    pub by: String,
    /// Why.
    pub reason: Option<String>,
    /// Of undo and redo: the entry that it is about.
    pub of: Option<u64>,
    /// Of a telling: the title of the article, else its address or path, else the stated source.
    pub source: Option<String>,
    /// Each field that changed, before and after; `None` where there was no package.
    pub changes: Vec<(Option<Fact>, Option<Fact>)>,
}

/// The steps of a package, oldest first; `None` where the ledger never had one of this number.
pub(super) fn history(ledger: &Connection, package: PackageId) -> Result<Option<Vec<Step>>> {
    let entries = related(ledger, package)?;
    let aside = connection::in_memory()?;
    inspect::check_references(&aside, false)?;
    let mut steps = Vec::new();
    let mut before: Option<Vec<Fact>> = None;
    for entry in entries {
        projection::fold(&aside, ledger, &entry)?;
        let after = facts(&aside, package)?;
        let changes = changes(before.as_deref(), after.as_deref());
        if let Some(step) = step(&aside, entry, package, changes)? {
            steps.push(step);
        }
        before = after;
    }
    Ok(Some(steps).filter(|steps| !steps.is_empty()))
}

/// The entries about a package, and about those that ever shared tellings with it.
fn related(ledger: &Connection, package: PackageId) -> Result<Vec<Entry>> {
    let mut packages = BTreeSet::from([package]);
    loop {
        let entries = select::entries_about(ledger, &packages)?;
        let known = packages.len();
        packages.extend(select::shared_with(ledger, &packages)?);
        for entry in &entries {
            if let Body::Ruling(ruling) = body::parse(entry)?
                && ruling.changes.iter().any(|change| matches!(change.after, Fact::Tellings(_)))
            {
                packages.extend(ruling.packages());
            }
        }
        if packages.len() == known {
            return Ok(entries);
        }
    }
}

/// What is known of a package, a fact a field.
pub(super) fn facts(aside: &Connection, package: PackageId) -> Result<Option<Vec<Fact>>> {
    let Some(found) = select::package(aside, package)? else { return Ok(None) };
    Ok(Some(vec![
        Fact::Standing(found.standing),
        Fact::Donors(found.donors),
        Fact::Recipients(found.recipients),
        Fact::Announced(found.announced),
        Fact::Amount(found.amount),
        Fact::Aid(found.aid),
        Fact::Stage(found.stage),
        Fact::Mechanism(found.mechanism),
        Fact::Sequence(found.sequence),
        Fact::Items(found.items),
        Fact::Tellings(select::claim_ids_in(aside, package)?),
        Fact::MergedInto(select::merged_into(aside, package)?),
        Fact::NotSame(select::not_same(aside, package)?),
    ]))
}

/// The fields that differ; of a package that is new or gone, those that say something.
fn changes(before: Option<&[Fact]>, after: Option<&[Fact]>) -> Vec<(Option<Fact>, Option<Fact>)> {
    let says = |fact: &&Fact| !fact.is_empty();
    match (before, after) {
        (None, None) => Vec::new(),
        (None, Some(after)) => {
            after.iter().filter(says).map(|fact| (None, Some(fact.clone()))).collect()
        }
        (Some(before), None) => {
            before.iter().filter(says).map(|fact| (Some(fact.clone()), None)).collect()
        }
        (Some(before), Some(after)) => before
            .iter()
            .zip(after)
            .filter(|(before, after)| before != after)
            .map(|(before, after)| (Some(before.clone()), Some(after.clone())))
            .collect(),
    }
}

/// The step of an entry; `None` where it is an article, or has nothing to do with the package.
fn step(
    aside: &Connection,
    entry: Entry,
    package: PackageId,
    changes: Vec<(Option<Fact>, Option<Fact>)>,
) -> Result<Option<Step>> {
    let step = match body::parse(&entry)? {
        Body::Article(_) | Body::Table(_) | Body::Feed(_) => return Ok(None),
        Body::Ruling(ruling) => {
            if changes.is_empty() && !ruling.packages().contains(&package) {
                return Ok(None);
            }
            let of = ruling.of.filter(|_| matches!(ruling.verdict, Verdict::Undo | Verdict::Redo));
            Step {
                entry,
                decision: ruling.verdict.to_string(),
                by: ruling.by,
                reason: ruling.reason,
                of,
                source: None,
                changes,
            }
        }
        Body::Placing(placing) => {
            if changes.is_empty() && placing.decision.package() != package {
                return Ok(None);
            }
            let (decision, claim, reason, by) = match placing.decision {
                Decision::New { claim, reason, by, .. } => ("new", Some(claim), Some(reason), by),
                Decision::Link { claim, reason, by, .. } => ("link", Some(claim), Some(reason), by),
                Decision::Enter { reason, by, .. } => ("enter", placing.entered, reason, by),
            };
            let source = claim.map(|claim| source(aside, &claim)).transpose()?.flatten();
            Step { entry, decision: decision.to_owned(), by, reason, of: None, source, changes }
        }
    };
    Ok(Some(step))
}

/// Where a claim was read.
fn source(aside: &Connection, claim: &str) -> Result<Option<String>> {
    let Some(number) = select::claim_number(aside, claim)? else { return Ok(None) };
    let Some(stored) = select::bare_claim(aside, number)? else { return Ok(None) };
    let article = match stored.article {
        Some(number) => select::article(aside, number)?,
        None => None,
    };
    let name = |Article { title, source, .. }: Article| title.or(source.url).or(source.path);
    Ok(article.and_then(name).or(stored.source))
}

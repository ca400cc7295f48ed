//! Records articles and entries by hand: plans where each claim belongs, appends to the journal,
//! folds what was appended, all in one transaction.

use super::body::{self, ARTICLE, ArticleBody, IdentifiedClaim, TABLE, Typed};
use super::error::LedgerError;
use super::journal::{self, Entry, Receipt};
use super::placing::{self, Done, Placing};
use super::store::{insert, select};
use super::{guard, matching, projection, ruling, store};
use crate::model::{
    Article, Claim, Confidence, Exchange, Extraction, PackageId, Placement, ReferenceTable,
    Standing, Status,
};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::collections::{BTreeMap, BTreeSet};

type Result<T> = std::result::Result<T, LedgerError>;

/// Who rules where no person does.
pub(super) const AUTO: &str = "auto";

/// What is accepted without asking a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Claims at or above are recorded as accepted, others as pending.
    pub accept_from: Confidence,
}

/// What recording an article, or an entry by hand, did or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Whether the same bytes, or an article that says the same, were recorded before; then nothing was done.
    pub already: bool,
    /// Whether they were read otherwise then: some claim of now was not among those of then.
    pub otherwise: bool,
    /// Where each claim belongs, in the article's order.
    pub placed: Vec<Placed>,
    /// The number of the article that was read from the same web address before, with other content.
    pub version_of: Option<u64>,
    /// Packages that turned out to be others once this was read, with these.
    pub gone: Vec<(PackageId, PackageId)>,
    /// Proof of what was written; `None` where nothing was.
    pub receipt: Option<Receipt>,
}

/// Where a claim belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The claim.
    pub claim: Claim,
    /// Its package; `None` only in the preview of a new one.
    pub package: Option<PackageId>,
    /// What matching judged.
    pub placement: Placement,
    /// Whether its package counts: it is pending where this claim and those before it are doubtful,
    /// of low confidence, or only recall it; what a person ruled of it stands.
    pub standing: Standing,
}

/// A package as a person typed it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manual {
    /// What it says. Spans of evidence and items point into `quote`.
    pub claim: Claim,
    /// The quoted sentence.
    pub quote: Option<String>,
    /// The address of the source.
    pub source: Option<String>,
    /// Who enters it.
    pub by: String,
}

/// An article as it comes to be recorded.
pub(super) struct Reading<'a> {
    pub(super) raw: &'a [u8],
    pub(super) article: &'a Article,
    pub(super) extraction: &'a Extraction,
    pub(super) policy: Policy,
    pub(super) exchange: &'a dyn Exchange,
}

pub(super) fn record(
    connection: &mut Connection,
    reading: &Reading,
    recorded_at: &str,
) -> Result<Recorded> {
    let article = reading.article;
    guard::check(reading.raw, article, reading.extraction)?;
    let body = ArticleBody::new(reading.raw, article, reading.extraction);
    let written = body::write(&body);
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let has_bytes = select::article_number(&transaction, &body.sha256)?.is_some();
    if has_bytes || select::same_content(&transaction, &body.content(&article.text))?.is_some() {
        // A claim is known by the bytes that tell it.
        let otherwise = has_bytes && !all_known(&transaction, &body.claims)?;
        return Ok(Recorded { already: true, otherwise, ..Recorded::default() });
    }
    let version_of = earlier_version(&transaction, reading)?;
    insert::raw(&transaction, &article.sha256, reading.raw)?;
    let last = append(&transaction, recorded_at, ARTICLE, written)?;
    let recorded = place(&mut transaction, reading, &body.claims, &last, recorded_at)?;
    transaction.commit()?;
    Ok(Recorded { version_of, ..recorded })
}

/// The number of the article that was read before as an earlier version of this one.
fn earlier_version(connection: &Connection, reading: &Reading) -> Result<Option<u64>> {
    let Some(path) = &reading.article.source.path else { return Ok(None) };
    if !select::has_versions(connection, path)? {
        return Ok(None);
    }
    Ok(select::last_version(connection, path)?.map(|(article, _)| article))
}

/// Places the claims of the article that was appended last, and says where each is then.
fn place(
    connection: &mut Transaction,
    reading: &Reading,
    claims: &[IdentifiedClaim],
    last: &Entry,
    recorded_at: &str,
) -> Result<Recorded> {
    let run = |connection: &Connection, numbers| {
        let mut work =
            Placing::new(connection, reading.exchange, recorded_at, Some(last.receipt()), numbers)?;
        for identified in claims {
            work.add(&identified.id, weakness(reading, identified))?;
        }
        work.run()
    };
    // New packages have numbers in the order of the article, though claims are placed by rank: which
    // are new is found out first, where it makes a difference.
    let before = select::last_package(connection)?;
    let trial = connection.savepoint()?;
    let mut done = run(&trial, BTreeMap::new())?;
    let mut new = Vec::new();
    for identified in claims {
        let package = select::package_of(&trial, &identified.id)?;
        new.extend(package.filter(|package| package.0 > before && !new.contains(package)));
    }
    if new.is_sorted() {
        trial.commit()?;
    } else {
        drop(trial);
        let mut numbers: Vec<PackageId> = new.clone();
        numbers.sort_unstable();
        done = run(connection, new.into_iter().zip(numbers).collect())?;
    }
    let mut all = Vec::with_capacity(claims.len());
    for IdentifiedClaim { id, claim } in claims {
        all.extend(placed(connection, &done, id, claim)?);
    }
    let Done { gone, last: receipt, .. } = done;
    Ok(Recorded { placed: all, gone, receipt, ..Recorded::default() })
}

/// Whether all of these claims stand in the ledger.
fn all_known(connection: &Connection, claims: &[IdentifiedClaim]) -> Result<bool> {
    for identified in claims {
        if select::package_of(connection, &identified.id)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Says what recording would do, by doing it in a copy that is not kept.
pub(super) fn preview(copy: &mut Connection, reading: &Reading) -> Result<Recorded> {
    let before = select::last_package(copy)?;
    let mut recorded = record(copy, reading, "2000-01-01T00:00:00Z")?;
    recorded.receipt = None;
    for placed in &mut recorded.placed {
        placed.package = placed.package.filter(|package| package.0 <= before);
    }
    Ok(recorded)
}

pub(super) fn enter(
    connection: &mut Connection,
    manual: &Manual,
    exchange: &dyn Exchange,
    recorded_at: &str,
) -> Result<Recorded> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let entered = enter_in(&transaction, (manual, &BTreeSet::new()), exchange, recorded_at)?;
    transaction.commit()?;
    Ok(entered)
}

/// The same within a transaction, as long as claims are held back.
pub(super) fn enter_in(
    transaction: &Transaction,
    (manual, held): (&Manual, &BTreeSet<u64>),
    exchange: &dyn Exchange,
    recorded_at: &str,
) -> Result<Recorded> {
    let quote = manual.quote.as_deref().unwrap_or("");
    let source = manual.source.as_deref().unwrap_or("");
    guard::check_manual(&manual.claim, quote, if source.is_empty() { "by hand" } else { source })?;
    ruling::check_name(&manual.by)?;
    let claim = body::in_order(manual.claim.clone());
    let id = body::claim_id(&format!("by hand\n{source}\n{quote}"), &claim);
    if let Some(package) = select::package_of(transaction, &id)? {
        return Err(LedgerError::AlreadyEntered { package });
    }
    let Manual { quote, source, by, .. } = manual.clone();
    let typed = Typed { id: id.clone(), claim: claim.clone(), quote, source, by };
    let done = placing::enter(transaction, (typed, held), exchange, recorded_at)?;
    let placed = placed(transaction, &done, &id, &claim)?.into_iter().collect();
    let Done { gone, last: receipt, .. } = done;
    Ok(Recorded { placed, gone, receipt, ..Recorded::default() })
}

/// Where a claim is once all was placed.
fn placed(connection: &Connection, done: &Done, id: &str, claim: &Claim) -> Result<Option<Placed>> {
    let Some(package) = select::package_of(connection, id)? else { return Ok(None) };
    let standing = select::standing(connection, package)?.unwrap_or(Standing::Accepted);
    let placement = done.placements.get(id).cloned();
    let placement = placement.unwrap_or(Placement::New { reason: String::new() });
    Ok(Some(Placed { claim: claim.clone(), package: Some(package), placement, standing }))
}

pub(super) fn import_table(
    connection: &mut Connection,
    table: &ReferenceTable,
    recorded_at: &str,
) -> Result<Option<Receipt>> {
    ruling::check_name(&table.by)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if store::tables(&transaction)?.iter().any(|known| known.sha256 == table.sha256) {
        return Ok(None);
    }
    let entry = append(&transaction, recorded_at, TABLE, body::write(table))?;
    transaction.commit()?;
    Ok(Some(entry.receipt()))
}

pub(super) fn append(
    connection: &Connection,
    recorded_at: &str,
    kind: &str,
    body: String,
) -> Result<Entry> {
    let entry = journal::append(connection, recorded_at, kind, body)?;
    projection::fold(connection, connection, &entry)?;
    Ok(entry)
}

/// Why a claim alone is not enough for a package that counts, where it is not.
fn weakness(reading: &Reading, identified: &IdentifiedClaim) -> Option<String> {
    let (claim, policy) = (&identified.claim, reading.policy);
    if claim.donors.is_empty() {
        Some("the donor is not stated".to_owned())
    } else if claim.recipients.is_empty() {
        Some("the recipient is not stated".to_owned())
    } else if claim.status == Status::Past {
        Some(matching::why_new(claim))
    } else if claim.status == Status::Withdrawn && is_unnamed(claim) {
        Some("it does not say which package is given up".to_owned())
    } else if claim.confidence < policy.accept_from {
        let (found, expected) = (hundredths(claim.confidence), hundredths(policy.accept_from));
        Some(format!("confidence {found} is below {expected}"))
    } else {
        None
    }
}

/// Whether a claim names neither a sum nor a thing nor a number by which its package is known.
fn is_unnamed(claim: &Claim) -> bool {
    claim.amount.is_none() && claim.items.is_empty() && claim.sequence.is_none()
}

/// A confidence with two decimals, with three where it has them.
fn hundredths(confidence: Confidence) -> String {
    let thousandths = confidence.0.min(1000);
    if thousandths.is_multiple_of(10) {
        format!("{}.{:02}", thousandths / 1000, thousandths % 1000 / 10)
    } else {
        format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
    }
}

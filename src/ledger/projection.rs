//! Folds journal entries into the projections. Recording and rebuilding both go through [`fold`],
//! so that a rebuilt ledger is the same to the byte.

use super::body::{self, ArticleBody, Body, IdentifiedClaim, Marks, Placing};
use super::choose::{self, Told};
use super::error::LedgerError;
use super::journal::Entry;
use super::lines::{self, Line};
use super::overlay;
use super::store::insert::{DecisionRow, Origin, Wait};
use super::store::select::StoredClaim;
use super::store::{self, folio, insert, select};
use crate::model::{Decision, PackageId};
use rusqlite::Connection;
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// Brings the projections in `into` forward by one entry. The bytes of articles and older entries
/// come from `truth`, which is the same connection except where a rebuild is made aside.
pub(super) fn fold(into: &Connection, truth: &Connection, entry: &Entry) -> Result<()> {
    fold_entry(into, truth, entry)?;
    folio::write_stale(into)
}

fn fold_entry(into: &Connection, truth: &Connection, entry: &Entry) -> Result<()> {
    match body::parse(entry)? {
        Body::Article(article) => fold_article(into, truth, entry, &article),
        Body::Placing(placing) => fold_placing(into, entry, &placing),
        Body::Feed(watching) => store::insert_watching(into, entry.seq, &watching),
        Body::Table(table) => store::insert_table(into, entry.seq, &table),
        Body::Ruling(ruling) => overlay::fold(into, truth, entry, &ruling),
    }
}

/// Empties the projections in `into` and folds the whole journal of `truth` into them.
pub(super) fn rebuild(into: &Connection, truth: &Connection) -> Result<()> {
    store::clear(into)?;
    select::each_entry(truth, |entry| fold_entry(into, truth, &entry))?;
    folio::write_stale(into)
}

fn fold_article(
    into: &Connection,
    truth: &Connection,
    entry: &Entry,
    article: &ArticleBody,
) -> Result<()> {
    let problem = |problem: &str| LedgerError::Entry {
        seq: entry.seq,
        problem: format!("article {}: {problem}", article.sha256),
    };
    let text = if let Some(text) = &article.text {
        text.clone()
    } else {
        let raw = select::raw(truth, &article.sha256)?;
        let raw = raw.ok_or_else(|| problem("its bytes are missing"))?;
        String::from_utf8(raw).map_err(|_| problem("its bytes are no UTF-8 text"))?
    };
    insert::article(into, entry, article, &text)?;
    for (number, identified) in article.claims.iter().enumerate() {
        insert::claim(into, entry.seq, Origin::Article(article, &text, number), identified)?;
    }
    for (number, total) in article.control_totals.iter().enumerate() {
        insert::control_total(into, entry.seq, number, total)?;
    }
    for (number, gap) in article.gaps.iter().enumerate() {
        insert::gap(into, entry.seq, number, gap)?;
    }
    Ok(())
}

fn fold_placing(into: &Connection, entry: &Entry, placing: &Placing) -> Result<()> {
    let told = match &placing.decision {
        Decision::New { claim, .. } | Decision::Link { claim, .. } => telling(into, entry, claim)?,
        Decision::Enter { claim, quote, source, .. } => {
            let Some(id) = &placing.entered else {
                let problem = "a claim was entered without its id".to_owned();
                return Err(LedgerError::Entry { seq: entry.seq, problem });
            };
            let identified = IdentifiedClaim { id: id.clone(), claim: (**claim).clone() };
            let origin = Origin::Hand { quote: quote.as_deref(), source: source.as_deref() };
            insert::claim(into, entry.seq, origin, &identified)?;
            telling(into, entry, id)?
        }
    };
    let row = row(placing, told.number);
    let home = placing.home.unwrap_or(row.package);
    // Which claims lead a package on which a person ruled depends on how they were placed.
    insert::decision(into, entry, 0, &row)?;
    put(into, entry, home, &told, &placing.marks())
}

fn row(placing: &Placing, claim: u64) -> DecisionRow<'_> {
    let (decision, pending, reason, by) = match &placing.decision {
        Decision::New { pending, reason, by, .. } => ("new", *pending, reason.as_str(), by),
        Decision::Link { reason, by, .. } => ("link", false, reason.as_str(), by),
        Decision::Enter { reason, by, .. } => {
            let reason = reason.as_deref().unwrap_or("entered by hand");
            ("enter", placing.doubt.is_some(), reason, by)
        }
    };
    DecisionRow {
        decision,
        claim: Some(claim),
        package: placing.decision.package(),
        pending,
        maybe: placing.maybe,
        reason: Some(reason),
        by,
    }
}

fn telling(into: &Connection, entry: &Entry, claim: &str) -> Result<Told> {
    let number = select::claim_number(into, claim)?;
    let stored = number.map(|number| select::claim(into, number)).transpose()?.flatten();
    let stored = stored.ok_or_else(|| LedgerError::Entry {
        seq: entry.seq,
        problem: format!("it rules on claim {claim}, which no entry before it records"),
    })?;
    Ok(stored.told())
}

/// Puts a telling where it belongs: a new package, one that there is, or another one than before.
fn put(
    into: &Connection,
    entry: &Entry,
    home: PackageId,
    told: &Told,
    marks: &Marks,
) -> Result<()> {
    let claim = told.number;
    let before = select::home_now(into, claim)?;
    if select::standing(into, home)?.is_none() {
        if let Some(fields) = choose::fields(std::slice::from_ref(told)) {
            insert::package(into, home, &fields, &Wait::default())?;
        }
    } else if before.is_none() && is_plain(into, home)? {
        join(into, entry, home, told, marks)?;
        return insert::telling(into, entry.seq, claim, home, home, marks);
    }
    let package = select::whole(into, home)?;
    insert::telling(into, entry.seq, claim, home, package, marks)?;
    // All that it has to do with is computed anew, what it leaves last: it may be gone then.
    let mut touched = BTreeSet::from([home, package]);
    if let Some(before) = before {
        touched.insert(before);
        touched.insert(select::whole(into, before)?);
    }
    touched.into_iter().try_for_each(|package| overlay::refresh(into, package))
}

/// Whether a package is shown as it is told, by its own tellings alone.
fn is_plain(into: &Connection, package: PackageId) -> Result<bool> {
    // One whose own tellings all went elsewhere shows others' alone, and has no face for that.
    Ok(!select::has_face(into, package)?
        && select::leader(into, package)?.is_some()
        && select::whole(into, package)? == package)
}

fn missing(entry: &Entry, package: PackageId) -> LedgerError {
    LedgerError::Entry {
        seq: entry.seq,
        problem: format!("it links to {package}, which no entry before it founds"),
    }
}

/// Adds a telling to a package. Only the claims that its fields were taken from, and its leader, are
/// read again, so that the hundredth telling costs no more than the second.
fn join(
    into: &Connection,
    entry: &Entry,
    package: PackageId,
    told: &Told,
    marks: &Marks,
) -> Result<()> {
    let (before, before_wait) =
        select::fields(into, package)?.ok_or_else(|| missing(entry, package))?;
    let mut tellings = Vec::new();
    let mut looked_at = choose::sources(&before);
    looked_at.extend(select::leader(into, package)?.map(|(claim, ..)| claim));
    for claim in looked_at {
        tellings.extend(select::bare_claim(into, claim)?.map(StoredClaim::told));
    }
    tellings.push(told.clone());
    if let Some(fields) = choose::fields(&tellings) {
        let wait = select::wait(into, package, Some((told.number, marks)))?.unwrap_or(before_wait);
        insert::package(into, package, &fields, &wait)?;
    }
    let before = select::lines(into, package)?;
    let lines = if lines::may_be_one(&select::named_in(into, package, told.number)?) {
        let mut all = Vec::new();
        for claim in select::claims_in(into, package)? {
            all.extend(select::claim(into, claim)?.map(StoredClaim::told));
        }
        all.push(told.clone());
        lines::of(&all)
    } else {
        joined(into, &before, told, tellings)?
    };
    if lines != before {
        insert::no_items(into, package)?;
        insert::items(into, package, &lines)?;
    }
    Ok(())
}

/// The lines of a package with those of a further telling, where none is told under several names.
fn joined(
    into: &Connection,
    before: &[Line],
    told: &Told,
    mut known: Vec<Told>,
) -> Result<Vec<Line>> {
    for (claim, _) in before.iter().filter_map(|line| line.from) {
        if known.iter().all(|told| told.number != claim) {
            known.extend(select::bare_claim(into, claim)?.map(StoredClaim::told));
        }
    }
    let mut lines = before.to_vec();
    lines::unite(&mut lines, told, &known);
    Ok(lines)
}

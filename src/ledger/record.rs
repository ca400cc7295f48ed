//! Records articles and entries by hand: plans where each claim belongs, appends to the journal,
//! folds what was appended, all in one transaction.

use super::body::{self, ARTICLE, ArticleBody, DECISION, IdentifiedClaim, Placing, TABLE};
use super::choose::Told;
use super::error::LedgerError;
use super::journal::{self, Entry, Receipt};
use super::store::{candidates, insert, select};
use super::{guard, matching, projection, ruling, store};
use crate::model::{
    Article, Claim, Confidence, Decision, Extraction, PackageId, Placement, ReferenceTable,
    Standing, Status,
};
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeSet;

type Result<T> = std::result::Result<T, LedgerError>;

/// Who rules where no person does.
pub(super) const AUTO: &str = "auto";

/// What is accepted without asking a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Claims at or above are recorded as accepted, others as pending.
    pub accept_from: Confidence,
}

/// What recording an article did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Whether the same bytes were recorded before; then nothing was done.
    pub already: bool,
    /// Where each claim belongs, in the article's order.
    pub placed: Vec<Placed>,
    /// The number of the article that was read from the same web address before, with other content.
    pub version_of: Option<u64>,
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
}

/// Where a claim is going to be put, before anything is written.
struct Plan {
    placement: Placement,
    /// Why a new package waits for a person, where it does.
    wait: Option<String>,
    /// The package that a doubtful claim may tell.
    maybe: Option<PackageId>,
    /// Whether a further telling is sure enough that its package need not wait.
    confirms: bool,
    /// Whether the package counts after this.
    standing: Standing,
    /// The part of the package of a further telling that it is like.
    home: Option<PackageId>,
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
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if is_known(&transaction, &body, article)? {
        return Ok(Recorded { already: true, ..Recorded::default() });
    }
    let earlier = Earlier::find(&transaction, reading, &body.claims)?;
    insert::raw(&transaction, &article.sha256, reading.raw)?;
    let mut last = append(&transaction, recorded_at, ARTICLE, written)?;
    let mut placed = Vec::with_capacity(body.claims.len());
    let mut told = BTreeSet::new();
    for identified in body.claims {
        let plan =
            plan(&transaction, &identified, reading, &told)?.beside(&earlier, &identified.claim);
        let package = match &plan.placement {
            Placement::Further { package, .. } => *package,
            _ => PackageId(select::last_package(&transaction)? + 1),
        };
        told.insert(package);
        let placing = placing(&identified, &plan, package);
        last = append(&transaction, recorded_at, DECISION, body::write(&placing))?;
        placed.push(Placed {
            claim: identified.claim,
            package: Some(package),
            standing: plan.standing,
            placement: plan.placement,
        });
    }
    transaction.commit()?;
    Ok(Recorded {
        already: false,
        placed,
        version_of: earlier.article,
        receipt: Some(last.receipt()),
    })
}

/// What an article said that was read from the same web address before, as far as the article that
/// stands there now does not say it again.
#[derive(Default)]
struct Earlier {
    /// Its number.
    article: Option<u64>,
    /// The packages that it told, with donors and recipients as it told them.
    packages: Vec<(PackageId, Claim)>,
}

impl Earlier {
    fn find(
        connection: &Connection,
        reading: &Reading,
        claims: &[IdentifiedClaim],
    ) -> Result<Self> {
        let source = &reading.article.source;
        let is_fetched = |path: &&String| path.contains("://");
        let Some(path) = source.path.as_ref().filter(is_fetched) else {
            return Ok(Self::default());
        };
        let Some((article, _)) = select::last_version(connection, path)? else {
            return Ok(Self::default());
        };
        let mut told = BTreeSet::new();
        for identified in claims {
            let plan = plan(connection, identified, reading, &told)?;
            if let Placement::Further { package, .. } = plan.placement {
                told.insert(package);
            }
        }
        let mut packages = select::told_by(connection, article)?;
        packages.retain(|(package, _)| !told.contains(package));
        Ok(Self { article: Some(article), packages })
    }
}

impl Plan {
    /// The same, unless a new package may be one that the same page told before it was changed: a
    /// corrected sum is no second package, and only a person can tell that it is one.
    fn beside(self, earlier: &Earlier, claim: &Claim) -> Self {
        let is_alike =
            |told: &Claim| told.donors == claim.donors && told.recipients == claim.recipients;
        let found = earlier.packages.iter().find(|(_, told)| is_alike(told));
        let (Placement::New { .. }, Some((package, _))) = (&self.placement, found) else {
            return self;
        };
        let reason = format!("may be {package}, which this page told before it was changed");
        let (wait, maybe) = (Some(reason.clone()), Some(*package));
        let placement = Placement::Doubtful { package: maybe, reason };
        Self { placement, wait, maybe, standing: Standing::Pending, ..self }
    }
}

/// Whether these bytes, or an article that says the same, were recorded before.
fn is_known(connection: &Connection, body: &ArticleBody, article: &Article) -> Result<bool> {
    Ok(select::article_number(connection, &body.sha256)?.is_some()
        || select::same_content(connection, &body.content(&article.text))?.is_some())
}

pub(super) fn preview(connection: &Connection, reading: &Reading) -> Result<Recorded> {
    guard::check(reading.raw, reading.article, reading.extraction)?;
    let body = ArticleBody::new(reading.raw, reading.article, reading.extraction);
    if is_known(connection, &body, reading.article)? {
        return Ok(Recorded { already: true, ..Recorded::default() });
    }
    let earlier = Earlier::find(connection, reading, &body.claims)?;
    let mut placed = Vec::with_capacity(body.claims.len());
    let mut told = BTreeSet::new();
    for identified in body.claims {
        let plan =
            plan(connection, &identified, reading, &told)?.beside(&earlier, &identified.claim);
        let package = match &plan.placement {
            Placement::Further { package, .. } => Some(*package),
            _ => None,
        };
        told.extend(package);
        placed.push(Placed {
            claim: identified.claim,
            package,
            standing: plan.standing,
            placement: plan.placement,
        });
    }
    Ok(Recorded { already: false, placed, version_of: earlier.article, receipt: None })
}

pub(super) fn enter(
    connection: &mut Connection,
    manual: &Manual,
    recorded_at: &str,
) -> Result<(PackageId, Receipt)> {
    let quote = manual.quote.as_deref().unwrap_or("");
    let source = manual.source.as_deref().unwrap_or("");
    guard::check_manual(&manual.claim, quote, if source.is_empty() { "by hand" } else { source })?;
    ruling::check_name(&manual.by)?;
    let claim = body::in_order(manual.claim.clone());
    let id = body::claim_id(&format!("by hand\n{source}\n{quote}"), &claim);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some(package) = select::package_of(&transaction, &id)? {
        return Err(LedgerError::AlreadyEntered { package });
    }
    let package = PackageId(select::last_package(&transaction)? + 1);
    let mut placing = Placing::plain(Decision::Enter {
        package,
        claim: Box::new(claim),
        quote: manual.quote.clone(),
        source: manual.source.clone(),
        by: manual.by.clone(),
    });
    placing.entered = Some(id);
    let entry = append(&transaction, recorded_at, DECISION, body::write(&placing))?;
    transaction.commit()?;
    Ok((package, entry.receipt()))
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

/// Finds the place of a claim. Packages in `told` have a claim of the same article already: what
/// one article tells apart is not put together here.
fn plan(
    connection: &Connection,
    identified: &IdentifiedClaim,
    reading: &Reading,
    told: &BTreeSet<PackageId>,
) -> Result<Plan> {
    let telling = Told {
        number: 0,
        id: identified.id.clone(),
        claim: identified.claim.clone(),
        published: reading.article.published,
        kind: reading.article.source.kind,
    };
    let mut candidates = candidates::find(connection, &telling)?;
    candidates.retain(|candidate| !told.contains(&candidate.id));
    let (placement, home) = matching::place(&telling, &candidates);
    let weakness = |reason: &str| weakness(&telling.claim, reading.policy, reason);
    let (wait, maybe) = match &placement {
        Placement::Further { .. } => (None, None),
        Placement::Doubtful { package, reason } => (Some(reason.clone()), *package),
        Placement::New { reason } => (weakness(reason), None),
    };
    let Placement::Further { package, .. } = &placement else {
        let standing = if wait.is_some() { Standing::Pending } else { Standing::Accepted };
        return Ok(Plan { placement, wait, maybe, confirms: false, standing, home: None });
    };
    let confirms = weakness("only recalled").is_none();
    let before = select::fields(connection, *package)?.map(|(_, wait)| wait).unwrap_or_default();
    let standing = match select::standing(connection, *package)? {
        Some(Standing::Pending) if !before.after(confirms).pending => Standing::Accepted,
        standing => standing.unwrap_or(Standing::Accepted),
    };
    let home = home.filter(|home| home != package);
    Ok(Plan { placement, wait, maybe, confirms, standing, home })
}

/// Why a claim alone is not enough for a package that counts, where it is not.
fn weakness(claim: &Claim, policy: Policy, reason: &str) -> Option<String> {
    if claim.donors.is_empty() {
        Some("the donor is not stated".to_owned())
    } else if claim.recipients.is_empty() {
        Some("the recipient is not stated".to_owned())
    } else if claim.status == Status::Past {
        Some(reason.to_owned())
    } else if claim.confidence < policy.accept_from {
        let (found, expected) = (hundredths(claim.confidence), hundredths(policy.accept_from));
        Some(format!("confidence {found} is below {expected}"))
    } else {
        None
    }
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

fn placing(identified: &IdentifiedClaim, plan: &Plan, package: PackageId) -> Placing {
    let (claim, by) = (identified.id.clone(), AUTO.to_owned());
    let decision = match &plan.placement {
        Placement::Further { reason, .. } => {
            Decision::Link { claim, package, reason: reason.clone(), by }
        }
        Placement::New { reason } | Placement::Doubtful { reason, .. } => Decision::New {
            claim,
            package,
            pending: plan.wait.is_some(),
            reason: plan.wait.clone().unwrap_or_else(|| reason.clone()),
            by,
        },
    };
    let (maybe, confirms, home) = (plan.maybe, plan.confirms, plan.home);
    Placing { decision, entered: None, maybe, confirms, home }
}

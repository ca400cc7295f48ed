//! The questions that are asked of a ledger: packages, those that wait, one with all that is known of
//! it, the journal.

use super::agreement::{self, Reached};
use super::choose;
use super::error::LedgerError;
use super::journal::Entry;
use super::store::insert::Wait;
use super::store::select::{self, Parts};
use super::{Ledger, Step, filter, history};
use crate::model::accord::FieldTold;
use crate::model::package::PackageSource;
use crate::model::{
    Article, Claim, Confidence, ControlTotal, Fact, Filter, Package, PackageId, Proof, Standing,
};
use rusqlite::Connection;
use std::collections::VecDeque;
use std::sync::Arc;

/// What takes the words that prove packages, each with the article that they stand in.
type Witness<'a, E> = dyn FnMut(PackageId, Option<Arc<Article>>, Proof) -> Result<(), E> + 'a;

/// A package with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageDetail {
    /// The package.
    pub package: Package,
    /// Why it waits for a person, where it does.
    pub pending_reason: Option<String>,
    /// The package that it may be, where that is what a person has to decide.
    pub maybe: Option<PackageId>,
    /// The fields that a person amended, with the entry that did it.
    pub amended: Vec<(u64, Fact)>,
    /// Its fields beside what each telling says of them.
    pub fields: Vec<FieldTold>,
    /// How far it came and when: the first day on which each stage is told, and those of parts.
    pub stages: Vec<Reached>,
    /// The packages that a person said it is not.
    pub not_same: Vec<PackageId>,
    /// The package that it was merged into, where it was.
    pub merged_into: Option<PackageId>,
    /// The claims that tell it, in the order in which they were placed.
    pub tellings: Vec<Telling>,
    /// The journal entries that touched it, oldest first.
    pub entries: Vec<Entry>,
}

/// A package that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The package.
    pub package: Package,
    /// The highest confidence of its tellings.
    pub confidence: Confidence,
    /// Why it waits.
    pub reason: Option<String>,
    /// The package that it may be, where that is what a person has to decide.
    pub maybe: Option<PackageId>,
}

/// A claim that tells a package, with where it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// The claim's content id: 64 hexadecimal digits.
    pub claim_id: String,
    /// The claim.
    pub claim: Claim,
    /// The article; `None` where it was entered by hand.
    pub article: Option<Arc<Article>>,
    /// Of a claim entered by hand: the quoted sentence, into which its evidence points.
    pub quote: Option<String>,
    /// Of a claim entered by hand: the address of the source.
    pub source: Option<String>,
    /// Why it was placed here.
    pub reason: String,
}

/// A cumulative figure and the article that states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTotal {
    /// The article.
    pub article: PackageSource,
    /// The figure.
    pub total: ControlTotal,
}

impl Ledger {
    /// The packages that the filter selects, by date (unknown last), then by number.
    pub fn packages(&self, filter: &Filter) -> Result<Vec<Package>, LedgerError> {
        let mut packages = Vec::new();
        self.each_package(filter, Parts::ALL, |package| {
            packages.push(package);
            Ok::<(), LedgerError>(())
        })?;
        Ok(packages)
    }

    /// Gives each package that the filter selects to `visit`, with the parts that are asked for; no
    /// more than a batch of them is in memory. It ends with the first failure of `visit`.
    pub fn each_package<E: From<LedgerError>>(
        &self,
        filter: &Filter,
        parts: Parts,
        mut visit: impl FnMut(Package) -> Result<(), E>,
    ) -> Result<(), E> {
        let parts = parts.for_filter(filter);
        let mut failed = None;
        self.looking(|connection| {
            select::each_package(connection, filter.dates, parts, &mut |package| {
                if filter::selects(filter, &package)
                    && let Err(error) = visit(package)
                {
                    failed = Some(error);
                }
                failed.is_none()
            })
        })?;
        failed.map_or(Ok(()), Err)
    }

    /// The packages that wait for a person and that the filter selects, by date, then by number.
    pub fn waiting(&self, filter: &Filter) -> Result<Vec<Waiting>, LedgerError> {
        self.looking(|connection| {
            let mut waiting = Vec::new();
            for package in select::packages(connection)? {
                if package.standing == Standing::Pending && filter::selects(filter, &package) {
                    let wait = select::fields(connection, package.id)?.map(|(_, wait)| wait);
                    let Wait { reason, maybe, .. } = wait.unwrap_or_default();
                    let confidence = select::confidence(connection, package.id)?;
                    let maybe = maybe.map(|maybe| select::whole(connection, maybe)).transpose()?;
                    waiting.push(Waiting { package, confidence, reason, maybe });
                }
            }
            Ok(waiting)
        })
    }

    /// The claims that tell a package, in the order in which they were placed. Articles that were
    /// read lately are taken from `library`.
    pub fn tellings(
        &self,
        id: PackageId,
        library: &mut Library,
    ) -> Result<Vec<Telling>, LedgerError> {
        self.looking(|connection| tellings(connection, id, library))
    }

    /// Gives the words that prove packages to `visit`, each with the article that they stand in; where a
    /// claim was entered by hand, its quote stands for all fields. Articles that were read lately are taken
    /// from `library`.
    pub fn proofs<E: From<LedgerError>>(
        &self,
        packages: &[PackageId],
        library: &mut Library,
        visit: &mut Witness<'_, E>,
    ) -> Result<(), E> {
        let mut failed = None;
        self.looking(|connection| {
            select::proofs(connection, packages, &mut |package, article, proof| {
                let article = article.map(|number| library.article(connection, number));
                failed = visit(package, article.transpose()?.flatten(), proof).err();
                Ok(failed.is_none())
            })
        })?;
        failed.map_or(Ok(()), Err)
    }

    /// The fields of a package that a person amended, with the entry that did it.
    pub fn amended(&self, id: PackageId) -> Result<Vec<(u64, Fact)>, LedgerError> {
        self.looking(|connection| select::amended(connection, id))
    }

    /// A package as it is shown, with nothing else that is known of it.
    pub fn shown(&self, id: PackageId) -> Result<Option<Package>, LedgerError> {
        self.looking(|connection| select::package(connection, id))
    }

    /// A package with its tellings and its history.
    pub fn package(&self, id: PackageId) -> Result<Option<PackageDetail>, LedgerError> {
        self.looking(|connection| {
            let Some(package) = select::package(connection, id)? else { return Ok(None) };
            let wait = select::fields(connection, id)?.map(|(_, wait)| wait).unwrap_or_default();
            let wait = if package.standing == Standing::Pending { wait } else { Wait::default() };
            let maybe = wait.maybe.map(|maybe| select::whole(connection, maybe)).transpose()?;
            let not_same = select::not_same(connection, id)?;
            let amended = select::amended(connection, id)?;
            let merged_into = select::merged_into(connection, id)?;
            let tellings = tellings(connection, id, &mut Library::default())?;
            let entries = select::entries_of(connection, id)?;
            let ruled: Vec<Fact> = amended.iter().map(|(_, fact)| fact.clone()).collect();
            let told = select::told(connection, id)?;
            let mut fields =
                agreement::agreement(connection, &package, &told, &ruled, &*self.exchange)?;
            for field in fields.iter_mut().filter(|field| !field.amended) {
                if let Fact::Amount(shown) = field.value {
                    field.why = choose::why_amount(&told, shown);
                }
            }
            let stages = agreement::stage_history(&told, &package);
            Ok(Some(PackageDetail {
                package,
                pending_reason: wait.reason,
                maybe,
                amended,
                fields,
                stages,
                not_same,
                merged_into,
                tellings,
                entries,
            }))
        })
    }

    /// What each entry of the journal changed in a package, oldest first; `None` where there never
    /// was one of this number.
    pub fn history(&self, id: PackageId) -> Result<Option<Vec<Step>>, LedgerError> {
        self.looking(|connection| history::history(connection, id))
    }

    /// The packages that the article with these bytes tells, in its order.
    pub fn packages_told_by(&self, sha256: &str) -> Result<Vec<PackageId>, LedgerError> {
        self.looking(|connection| select::packages_told_by(connection, sha256))
    }

    /// The entry of this number.
    pub fn entry(&self, seq: u64) -> Result<Option<Entry>, LedgerError> {
        self.looking(|connection| select::entry(connection, seq))
    }

    /// The journal, oldest entry first.
    pub fn entries(&self) -> Result<Vec<Entry>, LedgerError> {
        self.looking(|connection| {
            let mut entries = Vec::new();
            select::each_entry(connection, |entry| {
                entries.push(entry);
                Ok(())
            })?;
            Ok(entries)
        })
    }

    /// The cumulative figures that articles state, in the order in which they were read.
    pub fn control_totals(&self) -> Result<Vec<StoredTotal>, LedgerError> {
        self.looking(select::control_totals)
    }
}

/// The articles that were read last: several packages share one, and one may be long.
#[derive(Debug, Default)]
pub struct Library {
    articles: VecDeque<(u64, Arc<Article>)>,
}

impl Library {
    /// How many articles it keeps.
    const SIZE: usize = 16;

    fn article(
        &mut self,
        connection: &Connection,
        number: u64,
    ) -> Result<Option<Arc<Article>>, LedgerError> {
        if let Some((_, known)) = self.articles.iter().find(|(known, _)| *known == number) {
            return Ok(Some(Arc::clone(known)));
        }
        let found = select::article(connection, number)?.map(Arc::new);
        if let Some(article) = &found {
            self.articles.truncate(Self::SIZE - 1);
            self.articles.push_front((number, Arc::clone(article)));
        }
        Ok(found)
    }
}

fn tellings(
    connection: &Connection,
    package: PackageId,
    library: &mut Library,
) -> Result<Vec<Telling>, LedgerError> {
    let mut tellings = Vec::new();
    for (claim, reason) in select::claims_of(connection, package)? {
        let Some(stored) = select::claim(connection, claim)? else { continue };
        let article = match stored.article {
            Some(number) => library.article(connection, number)?,
            None => None,
        };
        tellings.push(Telling {
            claim_id: stored.id,
            claim: stored.claim,
            article,
            quote: stored.quote,
            source: stored.source,
            reason,
        });
    }
    Ok(tellings)
}

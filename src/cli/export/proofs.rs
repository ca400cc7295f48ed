//! The words that prove packages, with the sentences that they stand in.

use crate::ledger::{Ledger, Library};
use crate::model::package::PackageSource;
use crate::model::{Article, PackageId};
use crate::report::EvidenceRow;
use crate::text;
use anyhow::Result;
use std::collections::VecDeque;
use std::sync::Arc;

/// What proves packages, with the articles at hand that were met last.
#[derive(Default)]
pub(super) struct Proofs {
    library: Library,
    known: VecDeque<Known>,
}

/// An article with what a row tells of it: several packages share one.
struct Known {
    article: Arc<Article>,
    source: PackageSource,
    sentences: text::Sentences,
}

impl Proofs {
    /// How many articles' sentences it keeps.
    const SIZE: usize = 16;

    /// Gives to `put` one row a field of a telling of each package.
    pub(super) fn rows(
        &mut self,
        ledger: &Ledger,
        packages: &[PackageId],
        put: &mut dyn FnMut(&EvidenceRow) -> Result<()>,
    ) -> Result<()> {
        let Self { library, known } = self;
        ledger.proofs(packages, library, &mut |package, article, proof| {
            let known = article.map(|article| known_of(known, article));
            let (source, sentence) = match known {
                Some(Known { article, source, sentences }) => {
                    let around = sentences.around(article, proof.span);
                    (Some(&*source), around.map(|span| span.of(&article.text)))
                }
                None => (None, Some(proof.quote).filter(|quote| !quote.is_empty())),
            };
            put(&EvidenceRow { package, source, proof, sentence })
        })
    }
}

/// What is known of an article; it stands first from then on.
fn known_of(known: &mut VecDeque<Known>, article: Arc<Article>) -> &mut Known {
    let place = known.iter().position(|known| Arc::ptr_eq(&known.article, &article));
    if let Some(place) = place {
        known.swap(0, place);
    } else {
        known.truncate(Proofs::SIZE - 1);
        let (source, sentences) = (source(&article), text::Sentences::new(&article));
        known.push_front(Known { article, source, sentences });
    }
    &mut known[0]
}

fn source(article: &Article) -> PackageSource {
    PackageSource {
        article: article.sha256.clone(),
        title: article.title.clone(),
        publisher: article.publisher.clone(),
        published: article.published,
        location: article.source.url.clone().or_else(|| article.source.path.clone()),
    }
}

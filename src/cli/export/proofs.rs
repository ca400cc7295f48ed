//! The words that prove packages, with the sentences that they stand in.

use crate::ledger::{Ledger, Library};
use crate::model::package::PackageSource;
use crate::model::{Article, Evidence, PackageId, Span};
use crate::report::EvidenceRow;
use crate::report::packages::{Put, evidence_row};
use crate::text;
use anyhow::Result;
use std::collections::VecDeque;
use std::sync::Arc;

/// What proves packages, with the articles at hand that were met last.
#[derive(Default)]
pub(super) struct Proofs {
    library: Library,
    segments: Segments,
}

impl Proofs {
    /// Gives to `put` one row a field of a telling of the package.
    pub(super) fn rows(
        &mut self,
        ledger: &Ledger,
        package: PackageId,
        put: &mut Put<anyhow::Error>,
    ) -> Result<()> {
        let proofs = ledger.proofs(package, &mut self.library)?;
        proofs.into_iter().try_for_each(|(article, evidence)| {
            put(&mut evidence_row(proof(package, article, evidence, &mut self.segments)))
        })
    }
}

/// One field of a telling of a package, with the sentence that its words stand in.
fn proof(
    package: PackageId,
    article: Option<Arc<Article>>,
    evidence: Evidence,
    segments: &mut Segments,
) -> EvidenceRow {
    let Some(article) = article else {
        let sentence = (!evidence.quote.is_empty()).then(|| evidence.quote.clone());
        return EvidenceRow { package, source: None, evidence, sentence };
    };
    let span = segments.around(&article, evidence.span);
    let sentence = span.map(|span| span.of(&article.text).trim().to_owned());
    EvidenceRow { package, source: Some(source(&article)), evidence, sentence }
}

/// The sentences of the articles that were met last: several packages share one.
#[derive(Default)]
struct Segments {
    known: VecDeque<(Arc<Article>, Vec<text::Segment>)>,
}

impl Segments {
    /// How many articles' sentences it keeps.
    const SIZE: usize = 16;

    /// The sentence in which the whole of a span stands.
    fn around(&mut self, article: &Arc<Article>, span: Span) -> Option<Span> {
        let known = self.known.iter().position(|(known, _)| known.sha256 == article.sha256);
        let place = known.unwrap_or_else(|| {
            self.known.truncate(Self::SIZE - 1);
            self.known.push_front((Arc::clone(article), text::segment(article)));
            0
        });
        let (_, segments) = self.known.get(place)?;
        let place = segments.partition_point(|segment| segment.span.end < span.end);
        segments.get(place).map(|segment| segment.span).filter(|around| around.contains(span))
    }
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

//! What is exported, row by row from the ledger: no more than one package is in memory.

use super::super::convert::Money;
use super::{ContentArgs, What};
use crate::ledger::{Ledger, Library, Parts, ReadingOrder, Receipt};
use crate::model::package::PackageSource;
use crate::model::{Article, Evidence, Package, PackageId, Span};
use crate::report::packages::{
    Put, evidence_columns, evidence_row, item_columns, item_rows, package_columns, package_row,
    source_columns, source_rows, tidy_columns, tidy_rows,
};
use crate::report::table::{Cell, Column, Kind};
use crate::report::{EvidenceRow, Preset, Rows, Table};
use crate::text;
use anyhow::Result;
use std::collections::VecDeque;
use std::sync::Arc;

/// Where an export is made from: one state of a ledger.
pub(super) struct Exporter<'a> {
    pub(super) which: &'a ContentArgs,
    pub(super) ledger: &'a Ledger,
    money: Money,
    pub(super) head: Receipt,
    /// When the last entry was recorded.
    pub(super) made: Option<String>,
}

/// A table that is exported.
pub(super) enum Content {
    /// Rows that are read as they are written.
    Rows(What, Vec<Column>),
    /// Sums.
    Sums(Table),
}

/// What was written.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    pub(super) rows: usize,
    /// What is not in it, and why.
    pub(super) notes: Vec<String>,
}

/// How a table names the journal that it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// In a column: the format has nothing but rows.
    Column,
    /// In a note.
    Note,
    /// Not at all: what stands around the table does.
    Elsewhere,
}

impl<'a> Exporter<'a> {
    pub(super) fn new(which: &'a ContentArgs, ledger: &'a Ledger) -> Result<Self> {
        let money = which.look.money.money(ledger)?;
        let head = ledger.head()?;
        let made = ledger.entry(head.seq)?.map(|entry| entry.recorded_at);
        Ok(Self { which, ledger, money, head, made })
    }

    /// Which journal it is made from, for people.
    pub(super) fn origin(&self) -> String {
        format!("journal of aidledger up to entry {}, {}", self.head.seq, self.head.hash)
    }

    fn converts(&self) -> bool {
        self.which.look.money.is_asked()
    }

    /// A table, before its rows are read.
    pub(super) fn content(&self, what: What) -> Result<Content> {
        let columns = match what {
            What::Packages => package_columns(self.converts()),
            What::Items => item_columns(),
            What::Evidence => evidence_columns(),
            What::Sources => source_columns(),
            What::Tidy => tidy_columns(),
            What::Summary => {
                return self.which.query.totals(&self.which.look, self.ledger).map(Content::Sums);
            }
        };
        Ok(Content::Rows(what, columns))
    }

    /// Gives each package that is meant to `visit`, with the parts that are asked for, and says what
    /// is left out and why. A package that cannot be in sums in the money that is asked for is one.
    pub(super) fn each_summed(
        &self,
        preset: Option<Preset>,
        parts: Parts,
        visit: &mut dyn FnMut(Package) -> Result<()>,
    ) -> Result<Vec<String>> {
        let mut money = self.money.anew();
        let mut notes = self
            .each(preset, parts, &mut |package| money.bring(package).map_or(Ok(()), &mut *visit))?;
        notes.splice(0..0, money.notes());
        Ok(notes)
    }

    /// The same in the money in which each package is stated.
    fn each(
        &self,
        preset: Option<Preset>,
        parts: Parts,
        visit: &mut dyn FnMut(Package) -> Result<()>,
    ) -> Result<Vec<String>> {
        let filter = &self.which.look.filter;
        let mut selection = filter.selection(preset);
        filter.each(self.ledger, &mut selection, parts, visit)?;
        Ok(selection.notes())
    }

    /// Writes the rows of a table and what stands under them.
    pub(super) fn pour(
        &self,
        content: &Content,
        naming: Naming,
        rows: &mut dyn Rows,
    ) -> Result<Written> {
        let mut name = (naming == Naming::Column).then(|| Cell::Text(self.short()));
        let mut count = 0;
        let mut put = |row: &mut Vec<Cell>| {
            count += 1;
            let Some(cell) = name.take() else { return Ok(rows.row(row)?) };
            // The same cell stands at the end of each row.
            row.push(cell);
            rows.row(row)?;
            name = row.pop();
            Ok(())
        };
        let (sums, notes) = match content {
            Content::Sums(table) => {
                table.rows.iter().try_for_each(|row| put(&mut row.clone()))?;
                (table.sums.clone(), table.notes.clone())
            }
            Content::Rows(what, _) => (Vec::new(), self.each_row(*what, &mut put)?),
        };
        let mut under = notes.clone();
        if naming == Naming::Note {
            under.push(self.origin());
        }
        rows.end(&sums, &under)?;
        Ok(Written { rows: count, notes })
    }

    /// Gives the rows of a table to `put`, by the numbers of their packages: a later export differs by
    /// what was added or changed, and a large ledger is read from its beginning to its end.
    fn each_row(&self, what: What, put: &mut Put<anyhow::Error>) -> Result<Vec<String>> {
        let bare = Parts { order: ReadingOrder::Number, ..Parts::NONE };
        let all = Parts { order: ReadingOrder::Number, ..Parts::ALL };
        match what {
            What::Packages if self.converts() => {
                let mut money = self.money.anew();
                let mut notes = self.each(None, all, &mut |package| {
                    let worth = money.worth(&package);
                    put(&mut package_row(package, Some(worth.amount)))
                })?;
                notes.splice(0..0, money.notes());
                Ok(notes)
            }
            What::Packages | What::Summary => {
                self.each(None, all, &mut |package| put(&mut package_row(package, None)))
            }
            What::Items => {
                self.each(None, bare.with_items(true), &mut |package| item_rows(package, put))
            }
            What::Tidy => {
                let parts = bare.with_items(true);
                self.each_summed(None, parts, &mut |package| tidy_rows(package, put))
            }
            What::Sources => {
                let parts = Parts { sources: true, ..bare };
                self.each(None, parts, &mut |package| source_rows(package, put))
            }
            What::Evidence => {
                let (mut library, mut segments) = (Library::default(), Segments::default());
                self.each(None, bare, &mut |package| {
                    let proofs = self.ledger.proofs(package.id, &mut library)?;
                    proofs.into_iter().try_for_each(|(article, evidence)| {
                        put(&mut evidence_row(proof(package.id, article, evidence, &mut segments)))
                    })
                })
            }
        }
    }

    /// The head of the journal in a cell.
    fn short(&self) -> String {
        let hash: String = self.head.hash.chars().take(12).collect();
        format!("{} {hash}", self.head.seq)
    }
}

impl Content {
    /// Its columns, with the one that names the journal where it is named so.
    pub(super) fn columns(&self, naming: Naming) -> Vec<Column> {
        let (Self::Rows(_, columns) | Self::Sums(Table { columns, .. })) = self;
        let mut columns = columns.clone();
        if naming == Naming::Column {
            columns.push(Column::new("journal", "Journal", Kind::Text).for_programs());
        }
        columns
    }
}

/// The tables of an export that holds all of them, by name.
pub(super) const ALL: [(&str, What); 5] = [
    ("packages", What::Packages),
    ("items", What::Items),
    ("evidence", What::Evidence),
    ("sources", What::Sources),
    ("totals", What::Summary),
];

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

//! What is exported, row by row from the ledger: no more than one package is in memory.

use super::super::convert::Money;
use super::{ContentArgs, What};
use crate::ledger::{Ledger, Library, Lines, Parts, ReadingOrder, Receipt, Telling};
use crate::model::package::PackageSource;
use crate::model::{Article, Package, PackageId};
use crate::report::packages::{
    evidence_columns, evidence_row, item_columns, item_rows, package_columns, package_row,
    source_columns, source_rows, tidy_columns, tidy_rows,
};
use crate::report::table::{Cell, Column, Kind};
use crate::report::{EvidenceRow, Preset, Rows, Table};
use crate::text;
use anyhow::Result;

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

    /// Writes the rows of a table and what stands under them. `is_worded`: lines of materiel with the
    /// words of the article.
    pub(super) fn pour(
        &self,
        content: &Content,
        is_worded: bool,
        naming: Naming,
        rows: &mut dyn Rows,
    ) -> Result<Written> {
        let name = (naming == Naming::Column).then(|| self.short());
        let mut count = 0;
        let mut put = |mut row: Vec<Cell>| {
            count += 1;
            row.extend(name.clone().map(Cell::Text));
            Ok(rows.row(&row)?)
        };
        let (sums, notes) = match content {
            Content::Sums(table) => {
                table.rows.iter().try_for_each(|row| put(row.clone()))?;
                (table.sums.clone(), table.notes.clone())
            }
            Content::Rows(what, _) => (Vec::new(), self.each_row(*what, is_worded, &mut put)?),
        };
        let mut under = notes.clone();
        if naming == Naming::Note {
            under.push(self.origin());
        }
        rows.end(&sums, &under)?;
        Ok(Written { rows: count, notes })
    }

    fn each_row(
        &self,
        what: What,
        is_worded: bool,
        put: &mut dyn FnMut(Vec<Cell>) -> Result<()>,
    ) -> Result<Vec<String>> {
        let items = if is_worded { Lines::Worded } else { Lines::Named };
        let bare = Parts { order: ReadingOrder::Date, ..Parts::NONE };
        let mut all = |rows: Vec<Vec<Cell>>| rows.into_iter().try_for_each(&mut *put);
        match what {
            What::Packages if self.converts() => {
                let mut money = self.money.anew();
                let mut notes = self.each(None, Parts { items, ..Parts::ALL }, &mut |package| {
                    let worth = money.worth(&package);
                    put(package_row(package, Some(worth.amount)))
                })?;
                notes.splice(0..0, money.notes());
                Ok(notes)
            }
            What::Packages | What::Summary => {
                self.each(None, Parts { items, ..Parts::ALL }, &mut |package| {
                    put(package_row(package, None))
                })
            }
            What::Items => {
                let parts = Parts { items: Lines::Worded, ..bare };
                self.each(None, parts, &mut |package| all(item_rows(package)))
            }
            What::Tidy => {
                let parts = Parts { items, ..bare };
                self.each_summed(None, parts, &mut |package| all(tidy_rows(package)))
            }
            What::Sources => {
                let parts = Parts { sources: true, ..bare };
                self.each(None, parts, &mut |package| all(source_rows(package)))
            }
            What::Evidence => {
                let (mut library, mut segments) = (Library::default(), Segments::default());
                self.each(None, bare, &mut |package| {
                    let tellings = self.ledger.tellings(package.id, &mut library)?;
                    let mut rows = tellings.iter();
                    rows.try_for_each(|one| all(evidence_rows(package.id, one, &mut segments)))
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

/// The rows of a telling.
fn evidence_rows(package: PackageId, telling: &Telling, segments: &mut Segments) -> Vec<Vec<Cell>> {
    let Some(article) = &telling.article else {
        return vec![evidence_row(&by_hand(package, telling))];
    };
    let source = source(article);
    let segments = segments.of(article);
    let mut rows = Vec::with_capacity(telling.claim.evidence.len());
    for proof in &telling.claim.evidence {
        let place = segments.partition_point(|segment| segment.span.end < proof.span.end);
        let sentence = segments
            .get(place)
            .filter(|segment| segment.span.contains(proof.span))
            .map(|segment| segment.span.of(&article.text).trim().to_owned());
        rows.push(evidence_row(&EvidenceRow {
            package,
            source: Some(source.clone()),
            evidence: proof.clone(),
            sentence,
        }));
    }
    rows
}

/// The sentences of the article that was met last: several packages share one, one after the other.
#[derive(Default)]
struct Segments {
    article: String,
    segments: Vec<text::Segment>,
}

impl Segments {
    fn of(&mut self, article: &Article) -> &[text::Segment] {
        if self.article != article.sha256 {
            self.article.clone_from(&article.sha256);
            self.segments = text::segment(article);
        }
        &self.segments
    }
}

/// The one row of a telling that was entered by hand: its quote stands for all fields.
fn by_hand(package: PackageId, telling: &Telling) -> EvidenceRow {
    EvidenceRow {
        package,
        source: None,
        evidence: crate::model::Evidence {
            field: "all".to_owned(),
            span: crate::model::Span::new(0, 0),
            quote: telling.quote.clone().unwrap_or_default(),
            rule: "by-hand".to_owned(),
        },
        sentence: telling.quote.clone(),
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

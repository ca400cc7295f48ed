//! The tables that are exported, made from the ledger.

use super::{ContentArgs, Exported, What};
use crate::ledger::{Ledger, Telling};
use crate::model::package::PackageSource;
use crate::model::{Article, Package, PackageId};
use crate::report::table::{Cell, Column, Kind};
use crate::report::{
    EvidenceRow, Format, Table, add_converted, evidence, items, packages, sources, tidy,
};
use crate::text;
use anyhow::Result;
use std::collections::HashMap;

/// One table.
pub(super) fn table(what: What, which: &ContentArgs, exported: &Exported) -> Result<Table> {
    let selected = &exported.selection.packages;
    Ok(match what {
        What::Packages => {
            let mut table = packages(selected);
            if which.look.money.is_asked() {
                add_converted(&mut table, selected, &exported.money.amounts());
            }
            table
        }
        What::Items => items(selected),
        What::Evidence => evidence(&evidence_rows(&exported.ledger, selected)?),
        What::Sources => sources(selected),
        What::Summary => which.query.totals(&exported.selection, &exported.money)?,
        What::Tidy => tidy(&exported.money.packages),
    })
}

/// The tables of an export that holds all of them, by name.
pub(super) fn all(which: &ContentArgs, exported: &Exported) -> Result<Vec<(&'static str, Table)>> {
    let named = [
        ("packages", What::Packages),
        ("items", What::Items),
        ("evidence", What::Evidence),
        ("sources", What::Sources),
    ];
    let mut all = Vec::new();
    for (name, what) in named {
        all.push((name, table(what, which, exported)?));
    }
    all.push(("totals", summary(which, exported)?));
    Ok(all)
}

/// Totals of the packages that count, among those that are exported.
fn summary(which: &ContentArgs, exported: &Exported) -> Result<Table> {
    let selection = which.look.filter.load(&exported.ledger, Some(which.query.count))?;
    let money = which.look.money.apply(&exported.ledger, selection.packages.clone())?;
    which.query.totals(&selection, &money)
}

/// Names the journal that a table was made from: in a column where a format has only rows, else in
/// a note.
pub(super) fn name_head(table: &mut Table, exported: &Exported, format: Format) {
    if matches!(format, Format::Csv | Format::Tsv | Format::Ndjson) {
        let short: String = exported.head.hash.chars().take(12).collect();
        let head = format!("{} {short}", exported.head.seq);
        table.columns.push(Column::new("journal", "Journal", Kind::Text).for_programs());
        for row in &mut table.rows {
            row.push(Cell::Text(head.clone()));
        }
        for row in &mut table.sums {
            row.push(Cell::Blank);
        }
    } else {
        table.notes.push(exported.origin());
    }
}

fn evidence_rows(ledger: &Ledger, packages: &[Package]) -> Result<Vec<EvidenceRow>> {
    let mut rows = Vec::new();
    // An article may tell many packages: its sentences are found once.
    let mut segments = HashMap::new();
    for package in packages {
        let detail = ledger.package(package.id)?;
        for telling in detail.iter().flat_map(|detail| &detail.tellings) {
            push_evidence(package.id, telling, &mut segments, &mut rows);
        }
    }
    Ok(rows)
}

fn push_evidence(
    package: PackageId,
    telling: &Telling,
    segments: &mut HashMap<String, Vec<text::Segment>>,
    rows: &mut Vec<EvidenceRow>,
) {
    let Some(article) = &telling.article else {
        rows.push(by_hand(package, telling));
        return;
    };
    let source = source(article);
    let segments = segments.entry(article.sha256.clone()).or_insert_with(|| text::segment(article));
    for proof in &telling.claim.evidence {
        let place = segments.partition_point(|segment| segment.span.end < proof.span.end);
        let sentence = segments
            .get(place)
            .filter(|segment| segment.span.contains(proof.span))
            .map(|segment| segment.span.of(&article.text).trim().to_owned());
        rows.push(EvidenceRow {
            package,
            source: Some(source.clone()),
            evidence: proof.clone(),
            sentence,
        });
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

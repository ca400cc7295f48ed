//! What is exported, row by row from the ledger: no more than a few stretches of packages are in
//! memory.

use super::super::convert::Money;
use super::super::workers;
use super::proofs::Proofs;
use super::{ContentArgs, What};
use crate::ledger::{Ledger, Parts, ReadingOrder, Receipt, Stretch};
use crate::model::Package;
use crate::report::folios::{
    evidence_fields, item_fields, package_fields, source_fields, tidy_fields,
};
use crate::report::packages::{
    Put, evidence_columns, evidence_row, item_columns, item_rows, package_columns, package_row,
    source_columns, source_rows, tidy_columns, tidy_rows,
};
use crate::report::table::{Cell, Column, Field};
use crate::report::{Format, Page, Preset, Rows, Table, joined, lines, rows};
use anyhow::Result;
use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Mutex;

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

    /// Whether amounts are to be other than they were stated.
    pub(super) fn converts(&self) -> bool {
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

    /// Gives to `take` what `made` makes of each stretch of the packages that are meant, by number; all are
    /// in the money in which they are stated.
    pub(super) fn each_made<R: Send>(
        &self,
        preset: Option<Preset>,
        parts: Parts,
        made: impl Fn(&Ledger, &mut Proofs, Vec<Package>) -> Result<R> + Sync,
        mut take: impl FnMut(R) -> Result<()>,
    ) -> Result<Vec<String>> {
        let filter = &self.which.look.filter;
        let mut selection = filter.selection(preset);
        let parts = parts.with_items(selection.scope.specific);
        let (none_met, chosen) = (selection.clone(), filter.filter()?);
        let work = |ledger: &Ledger, proofs: &mut Proofs, stretch| {
            let mut met = none_met.clone();
            let mut packages = ledger.packages_within(stretch, &chosen, parts)?;
            packages.retain(|package| met.takes(&package.merits()));
            Ok((made(ledger, proofs, packages)?, met))
        };
        self.each_stretch(work, |(made, met)| {
            selection.join(&met);
            take(made)
        })?;
        Ok(selection.notes())
    }

    /// [`Self::each_summed`] in the money in which each package is stated.
    fn each(
        &self,
        preset: Option<Preset>,
        parts: Parts,
        visit: &mut dyn FnMut(Package) -> Result<()>,
    ) -> Result<Vec<String>> {
        if parts.order == ReadingOrder::Number {
            let all = |_: &Ledger, _: &mut Proofs, packages| Ok(packages);
            return self.each_made(preset, parts, all, |packages: Vec<Package>| {
                packages.into_iter().try_for_each(&mut *visit)
            });
        }
        let filter = &self.which.look.filter;
        let mut selection = filter.selection(preset);
        filter.each(self.ledger, &mut selection, parts, visit)?;
        Ok(selection.notes())
    }

    /// Gives what `made` makes of each stretch of packages to `take`, by number. Stretches are worked
    /// on at once, each worker with its own connection to the ledger.
    fn each_stretch<R: Send>(
        &self,
        made: impl Fn(&Ledger, &mut Proofs, Stretch) -> Result<R> + Sync,
        mut take: impl FnMut(R) -> Result<()>,
    ) -> Result<()> {
        let stretches = self.ledger.stretches()?;
        let worker = |_| Some((self.ledger.another()?, Proofs::default()));
        let workers = workers::threads(stretches.len());
        let workers: Option<Vec<_>> = (0..workers).map(worker).collect();
        let Some(workers) = workers.filter(|workers| workers.len() > 1) else {
            let mut proofs = Proofs::default();
            return stretches
                .into_iter()
                .try_for_each(|stretch| take(made(self.ledger, &mut proofs, stretch)?));
        };
        let end = workers::in_order_by(
            workers,
            stretches,
            |(ledger, proofs), stretch| made(ledger, proofs, stretch),
            |made| match made.and_then(&mut take) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => ControlFlow::Break(error),
            },
        );
        end.break_value().map_or(Ok(()), Err)
    }

    /// Writes the rows of a table and what stands under them.
    pub(super) fn pour(
        &self,
        content: &Content,
        naming: Naming,
        rows: &mut dyn Rows,
    ) -> Result<Written> {
        let mut count = 0;
        let mut put = |row: &mut Vec<Cell>| {
            count += 1;
            Ok(rows.row(row)?)
        };
        let (sums, notes) = match content {
            Content::Sums(table) => {
                table.rows.iter().try_for_each(|row| put(&mut row.clone()))?;
                (table.sums.clone(), table.notes.clone())
            }
            Content::Rows(what, _) => (Vec::new(), self.each_row(*what, &mut put)?),
        };
        rows.end(&sums, &self.under(&notes, naming))?;
        Ok(Written { rows: count, notes })
    }

    /// What stands under a table.
    fn under(&self, notes: &[String], naming: Naming) -> Vec<String> {
        let origin = (naming == Naming::Note).then(|| self.origin());
        notes.iter().cloned().chain(origin).collect()
    }

    /// The same in a format: where each row is written for itself, stretches of rows are written at once.
    pub(super) fn pour_lines(
        &self,
        content: &Content,
        naming: Naming,
        (format, page): (Format, Page),
        out: &mut dyn Write,
    ) -> Result<Written> {
        let mut columns = content.columns();
        if naming == Naming::Column {
            columns.push(Column::same("journal", "Journal", short(&self.head)));
        }
        let what = match content {
            Content::Rows(what, _) if !self.converts() => *what,
            _ => return self.pour(content, naming, &mut *rows(&columns, format, page, out)?),
        };
        let Some(mut table) = joined(&columns, format, page, out)? else {
            return self.pour(content, naming, &mut *rows(&columns, format, page, out)?);
        };
        let mut selection = self.which.look.filter.selection(None);
        let (none_met, filter) = (selection.clone(), self.which.look.filter.filter()?);
        // What was written is filled again: to ask for so much memory each time takes as long as to fill it.
        let spare: Mutex<Vec<Vec<u8>>> = Mutex::default();
        let work = |ledger: &Ledger, proofs: &mut Proofs, stretch: Stretch| {
            let mut bytes = spare.lock().ok().and_then(|mut spare| spare.pop()).unwrap_or_default();
            let (mut count, mut selection) = (0, none_met.clone());
            let mut lines = lines(&columns, format, &mut bytes);
            let mut put = |fields: &[Field]| -> Result<()> {
                count += 1;
                Ok(lines.fields(fields)?)
            };
            let mut proven = Vec::new();
            ledger.folios_within(stretch, &filter, parts_of(what), &mut |folio| {
                let merits = folio.merits().map_err(anyhow::Error::from_boxed)?;
                match what {
                    _ if !selection.takes(&merits) => Ok(()),
                    What::Packages | What::Summary => package_fields(folio, &mut put),
                    What::Items => item_fields(folio, &mut put),
                    What::Tidy => tidy_fields(folio, &mut put),
                    What::Sources => source_fields(folio, &mut put),
                    What::Evidence => {
                        proven.push(folio.id);
                        Ok(())
                    }
                }
            })?;
            proofs.rows(ledger, &proven, &mut |row| evidence_fields(row, &mut put))?;
            lines.end(&[], &[])?;
            drop(lines);
            Ok((bytes, count, selection))
        };
        let mut count = 0;
        self.each_stretch(work, |(mut bytes, further, met)| {
            count += further;
            selection.join(&met);
            table.join(&bytes, further)?;
            bytes.clear();
            if let Ok(mut spare) = spare.lock() {
                spare.push(bytes);
            }
            Ok(())
        })?;
        let notes = selection.notes();
        table.end(&[], &self.under(&notes, naming))?;
        Ok(Written { rows: count, notes })
    }

    /// Gives the rows of a table to `put`, by the numbers of their packages: a later export differs by
    /// what was added or changed, and a large ledger is read from its beginning to its end.
    fn each_row(&self, what: What, put: &mut Put<anyhow::Error>) -> Result<Vec<String>> {
        let parts = parts_of(what);
        if what == What::Packages && self.converts() {
            let mut money = self.money.anew();
            let mut notes = self.each(None, parts, &mut |package| {
                let worth = money.worth(&package);
                put(&mut package_row(package, Some(worth.amount)))
            })?;
            notes.splice(0..0, money.notes());
            return Ok(notes);
        }
        if what == What::Tidy && self.converts() {
            return self.each_summed(None, parts, &mut |package| tidy_rows(package, put));
        }
        let made = |ledger: &Ledger, proofs: &mut Proofs, packages: Vec<Package>| {
            let mut rows = Vec::new();
            for package in packages {
                put_rows(what, package, ledger, proofs, &mut |row| {
                    rows.push(row.clone());
                    Ok(())
                })?;
            }
            Ok(rows)
        };
        self.each_made(None, parts, made, |mut rows: Vec<Vec<Cell>>| {
            rows.iter_mut().try_for_each(&mut *put)
        })
    }
}

impl Content {
    /// Its columns.
    pub(super) fn columns(&self) -> Vec<Column> {
        let (Self::Rows(_, columns) | Self::Sums(Table { columns, .. })) = self;
        columns.clone()
    }
}

/// The head of a journal in a cell.
pub(super) fn short(head: &Receipt) -> String {
    let hash: String = head.hash.chars().take(12).collect();
    format!("{} {hash}", head.seq)
}

/// The tables of an export that holds all of them, by name.
pub(super) const ALL: [(&str, What); 5] = [
    ("packages", What::Packages),
    ("items", What::Items),
    ("evidence", What::Evidence),
    ("sources", What::Sources),
    ("totals", What::Summary),
];

/// What of packages the rows of a table are made of.
fn parts_of(what: What) -> Parts {
    let (items, sources) = match what {
        What::Packages | What::Summary => (true, true),
        What::Items | What::Tidy => (true, false),
        What::Sources => (false, true),
        What::Evidence => (false, false),
    };
    Parts { items, sources, order: ReadingOrder::Number }
}

/// Gives the rows of a package in a table to `put`.
fn put_rows(
    what: What,
    package: Package,
    ledger: &Ledger,
    proofs: &mut Proofs,
    put: &mut Put<anyhow::Error>,
) -> Result<()> {
    match what {
        What::Packages | What::Summary => put(&mut package_row(package, None)),
        What::Items => item_rows(package, put),
        What::Tidy => tidy_rows(package, put),
        What::Sources => source_rows(package, put),
        What::Evidence => {
            proofs.rows(ledger, &[package.id], &mut |row| put(&mut evidence_row(row)))
        }
    }
}

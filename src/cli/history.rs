//! `history`: what each decision changed in a package: who, when, before, after, why.

use super::args::{AsOfArgs, Globals, one_of, package_id};
use super::failure::Outcome;
use super::ruled_page::package_text;
use super::screen::Screen;
use crate::ledger::{LedgerError, PackageDetail, Step};
use crate::model::{Fact, PackageId};
use crate::report::facts::{fact_name, fact_text};
use crate::report::render::clean;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::{Format, render};
use anyhow::Result;
use clap::Args;
use std::io::{self, Write};

/// Options of `history`.
#[derive(Debug, Args)]
pub(super) struct HistoryArgs {
    /// The package's number, such as P12
    #[arg(value_name = "ID", value_parser = package_id)]
    id: PackageId,
    /// How the history is written; table is a page for people, the others have a row a change
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = one_of::<Format>(Format::ALL.iter().map(|f| f.as_str())))]
    format: Format,
    #[command(flatten)]
    as_of: AsOfArgs,
}

/// Runs `history`.
pub(super) fn run(args: &HistoryArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let ledger = args.as_of.open(globals, screen)?;
    let steps = ledger.history(args.id)?;
    let steps = steps.ok_or(LedgerError::NoPackage { package: args.id })?;
    if args.format == Format::Table {
        write_page(args.id, ledger.package(args.id)?.as_ref(), &steps, screen)?;
    } else {
        let page = screen.page();
        render(&table(&steps), args.format, page, screen)?;
    }
    Ok(Outcome::Done)
}

fn write_page(
    id: PackageId,
    detail: Option<&PackageDetail>,
    steps: &[Step],
    screen: &mut Screen,
) -> io::Result<()> {
    let title = match detail {
        Some(detail) => package_text(&detail.package),
        None => format!("{id}  undone: no telling is left"),
    };
    writeln!(screen, "{}", screen.paint.bold(&clean(&title)))?;
    for step in steps {
        writeln!(screen)?;
        let entry = screen.paint.bold(&format!("entry {}", step.entry.seq));
        let of = step.of.map(|of| format!(" of entry {of}")).unwrap_or_default();
        let what = clean(&format!("{}{of} by {}", step.decision, step.by));
        writeln!(screen, "{entry}  {}  {what}", screen.paint.dim(&step.entry.recorded_at))?;
        for (name, text) in [("why", &step.reason), ("source", &step.source)] {
            if let Some(text) = text {
                writeln!(screen, "  {name:<10} {}", clean(text))?;
            }
        }
        for (before, after) in &step.changes {
            let name = before.as_ref().or(after.as_ref()).map_or("", fact_name);
            writeln!(screen, "  {name:<10} {}", clean(&line(before.as_ref(), after.as_ref())))?;
        }
    }
    Ok(())
}

fn line(before: Option<&Fact>, after: Option<&Fact>) -> String {
    match (before, after) {
        (None, after) => after.map(fact_text).unwrap_or_default(),
        (Some(before), None) => format!("{} → gone", fact_text(before)),
        (Some(before), Some(after)) => format!("{} → {}", fact_text(before), fact_text(after)),
    }
}

/// A value as programs read it: an amount with its currency apart.
fn cell(fact: Option<&Fact>) -> Cell {
    match fact {
        Some(Fact::Amount(amount)) => amount.map_or(Cell::Blank, Cell::Amount),
        Some(Fact::Announced(date)) => Cell::date(*date),
        Some(Fact::Donors(words) | Fact::Recipients(words) | Fact::Tellings(words)) => {
            Cell::List(words.clone())
        }
        Some(Fact::Items(items)) => Cell::Items(items.clone()),
        Some(fact) if fact.is_empty() => Cell::Blank,
        fact => Cell::text(fact.map(fact_text).as_deref()),
    }
}

/// One row a change; an entry that changed no field has a row without one.
fn table(steps: &[Step]) -> Table {
    let mut table = Table::new(vec![
        Column::new("seq", "Entry", Kind::Number),
        Column::new("recorded_at", "When", Kind::Text),
        Column::new("by", "Who", Kind::Text),
        Column::new("decision", "What", Kind::Text),
        Column::new("of", "Of entry", Kind::Number),
        Column::new("field", "Field", Kind::Text),
        Column::new("before", "Before", Kind::Text),
        Column::new("after", "After", Kind::Text),
        Column::new("reason", "Why", Kind::Text),
        Column::new("source", "Source", Kind::Text),
    ]);
    for step in steps {
        let unchanged = [(None, None)];
        let changes =
            if step.changes.is_empty() { unchanged.as_slice() } else { step.changes.as_slice() };
        for (before, after) in changes {
            let field = before.as_ref().or(after.as_ref()).map(Fact::field);
            table.rows.push(vec![
                Cell::Count(step.entry.seq),
                Cell::Text(step.entry.recorded_at.clone()),
                Cell::Text(step.by.clone()),
                Cell::Text(step.decision.clone()),
                step.of.map_or(Cell::Blank, Cell::Count),
                Cell::text(field),
                cell(before.as_ref()),
                cell(after.as_ref()),
                Cell::text(step.reason.as_deref()),
                Cell::text(step.source.as_deref()),
            ]);
        }
    }
    table
}

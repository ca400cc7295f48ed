//! `log`: the journal, oldest entry first.

use super::args::{AsOfArgs, Globals, one_of};
use super::failure::Outcome;
use super::screen::Screen;
use crate::ledger::Entry;
use crate::model::{Change, Fact, PackageId, ReferenceTable, Ruling, Standing, Verdict, Watching};
use crate::report::facts::fact_name;
use crate::report::figures::counted;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::{Format, render};
use anyhow::Result;
use clap::Args;
use serde_json::Value;

/// Options of `log`.
#[derive(Debug, Args)]
pub(super) struct LogArgs {
    /// How the entries are written; the formats for programs give hashes and bodies in full
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = one_of::<Format>(Format::ALL.iter().map(|f| f.as_str())))]
    format: Format,
    #[command(flatten)]
    as_of: AsOfArgs,
}

/// Runs `log`.
pub(super) fn run(args: &LogArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let ledger = args.as_of.open(globals, screen)?;
    let entries = ledger.entries()?;
    if entries.is_empty() && args.format == Format::Table {
        screen.message("the journal is empty");
    }
    let page = screen.page();
    render(&journal(&entries), args.format, page, screen)?;
    Ok(Outcome::Done)
}

fn journal(entries: &[Entry]) -> Table {
    let mut table = Table::new(vec![
        Column::new("seq", "Entry", Kind::Number),
        Column::new("recorded_at", "Recorded", Kind::Text),
        Column::new("kind", "Kind", Kind::Text),
        Column::new("summary", "What", Kind::Text),
        Column::new("short_hash", "Hash", Kind::Text).for_people(),
        Column::new("prev", "Previous", Kind::Text).for_programs(),
        Column::new("hash", "Hash", Kind::Text).for_programs(),
        Column::new("body", "Body", Kind::Text).for_programs(),
    ]);
    table.rows = entries
        .iter()
        .map(|entry| {
            vec![
                Cell::Count(entry.seq),
                Cell::Text(entry.recorded_at.clone()),
                Cell::Text(entry.kind.clone()),
                Cell::Text(summary(entry)),
                Cell::Text(entry.hash.chars().take(12).collect()),
                Cell::Text(entry.prev.clone()),
                Cell::Text(entry.hash.clone()),
                Cell::Text(entry.body.clone()),
            ]
        })
        .collect();
    table
}

/// How many packages are named one by one.
const NAMED: usize = 4;

/// A person's decision: `accept P3 by ann: reason`.
fn ruling_summary(ruling: &Ruling) -> String {
    let changed = |is_meant: &dyn Fn(&Change) -> bool| -> Vec<PackageId> {
        ruling.changes.iter().filter(|one| is_meant(one)).map(|one| one.package).collect()
    };
    let of = ruling.of.map(|seq| format!(" of entry {seq}")).unwrap_or_default();
    let what = match ruling.verdict {
        Verdict::Merge => {
            let parts = changed(&|one| matches!(one.after, Fact::MergedInto(Some(_))));
            let whole = ruling.changes.iter().find_map(|one| match one.after {
                Fact::MergedInto(whole) => whole,
                _ => None,
            });
            let whole = whole.map(|whole| format!(" into {whole}")).unwrap_or_default();
            named(&parts) + &whole
        }
        Verdict::Split => {
            let is_new =
                |one: &Change| matches!(one.before, Fact::Tellings(_)) && one.before.is_empty();
            let is_old = |one: &Change| matches!(one.before, Fact::Tellings(_)) && !is_new(one);
            format!("{} off {}", named(&changed(&is_new)), named(&changed(&is_old)))
        }
        Verdict::Amend => {
            let fields: Vec<&str> =
                ruling.changes.iter().map(|one| fact_name(&one.after)).collect();
            format!("{} of {}", fields.join(", "), named(&ruling.packages()))
        }
        // That from which a part is taken changes by the way.
        Verdict::Restore => named(&changed(&|one| {
            matches!(one.after, Fact::MergedInto(_))
                || matches!(one.before, Fact::Standing(was) if !counts_or_waits(was))
        })),
        _ => named(&ruling.packages()),
    };
    let reason = ruling.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    format!("{}{of} {what} by {}{reason}", ruling.verdict, ruling.by)
}

const fn counts_or_waits(standing: Standing) -> bool {
    matches!(standing, Standing::Accepted | Standing::Pending)
}

/// `P1, P2, P3, P4, 29 more`.
fn named(packages: &[PackageId]) -> String {
    let mut named: Vec<String> = packages.iter().take(NAMED).map(ToString::to_string).collect();
    if packages.len() > NAMED {
        named.push(format!("{} more", packages.len() - NAMED));
    }
    named.join(", ")
}

fn watching_summary(watching: &Watching) -> String {
    match watching {
        Watching::Add { address, by, .. } => format!("watch {address} by {by}"),
        Watching::Remove { address, by } => format!("watch {address} no more by {by}"),
        Watching::Poll { address, read, .. } => {
            format!("{address}: {} read", counted(read.len(), "entry", "entries"))
        }
    }
}

/// What an entry says, in a few words.
pub(super) fn summary(entry: &Entry) -> String {
    if let Ok(ruling) = serde_json::from_str::<Ruling>(&entry.body) {
        return ruling_summary(&ruling);
    }
    let body: Value = serde_json::from_str(&entry.body).unwrap_or_default();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    if let Some(decision) = text(&body["decision"]) {
        let package = body["package"].as_u64().map(|number| format!(" P{number}"));
        let pending = if body["pending"] == true { ", pending" } else { "" };
        let reason = text(&body["reason"]).map(|reason| format!(": {reason}"));
        let by = text(&body["by"]).filter(|by| by != "auto").map(|by| format!(" by {by}"));
        let parts = [package, Some(pending.to_owned()), by, reason];
        return decision + &parts.into_iter().flatten().collect::<String>();
    }
    if let Ok(watching) = serde_json::from_value::<Watching>(body.clone()) {
        return watching_summary(&watching);
    }
    if let Ok(table) = serde_json::from_value::<ReferenceTable>(body.clone()) {
        let rates = (table.rates.len(), "rate", "rates");
        let levels = (table.price_levels.len(), "level of prices", "levels of prices");
        let counts = [rates, levels].into_iter().filter(|(count, ..)| *count > 0);
        let counts: Vec<String> = counts.map(|(n, one, many)| counted(n, one, many)).collect();
        return format!("{}, {} by {}", table.source, counts.join(", "), table.by);
    }
    let name = text(&body["source"]["url"]).or_else(|| text(&body["source"]["path"]));
    let title = text(&body["title"]);
    let claims = match body["claims"].as_array().map(Vec::len) {
        Some(1) => ", 1 claim".to_owned(),
        Some(count) => format!(", {count} claims"),
        None => String::new(),
    };
    title.or(name).map_or_else(|| entry.kind.clone(), |name| name + &claims)
}

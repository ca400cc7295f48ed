//! What a decision says when it is made: what changed in which package, and the receipt.

use super::screen::Screen;
use crate::ledger::{Ledger, Receipt, Ruled};
use crate::model::{Change, Fact, Package, PackageId, Ruling, Verdict};
use crate::report::facts::{change_text, fact_name};
use crate::report::figures::{amount_text, item_text};
use crate::report::render::clean;
use anyhow::Result;
use std::io::{self, Write};

/// Says what an order did, and of which packages it was so already.
pub(super) fn write_ruled(ruled: &Ruled, ledger: &Ledger, screen: &mut Screen) -> Result<()> {
    for package in &ruled.unchanged {
        writeln!(screen, "{package}: {} already, nothing changed", already(ruled.verdict))?;
    }
    if let Some(ruling) = &ruled.ruling {
        write_changes(ruling, ruled.receipt.as_ref(), ledger, screen)?;
    }
    write_gone(&ruled.gone, screen)?;
    if let Some(receipt) = &ruled.receipt {
        write_receipt(receipt, screen)?;
    }
    // The user sees each decision when it is saved.
    Ok(screen.flush()?)
}

/// Says which packages turned out to be others.
pub(super) fn write_gone(gone: &[(PackageId, PackageId)], screen: &mut Screen) -> io::Result<()> {
    for (package, into) in gone {
        writeln!(screen, "{package} is the same as {into}, and is told there from now on")?;
    }
    Ok(())
}

/// What a package is of which an order changes nothing.
const fn already(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accept => "accepted",
        Verdict::Reject => "rejected",
        Verdict::Void => "void",
        Verdict::Restore => "in the ledger as it was",
        Verdict::Merge => "part of it",
        Verdict::NotSame => "told apart",
        Verdict::Amend | Verdict::Split | Verdict::Undo | Verdict::Redo => "so",
    }
}

/// `Recorded as entry 12 (5f2c9d8e7a61).`
pub(super) fn write_receipt(receipt: &Receipt, screen: &mut Screen) -> io::Result<()> {
    let hash: String = receipt.hash.chars().take(12).collect();
    writeln!(screen, "Recorded as entry {} ({hash}).", receipt.seq)
}

fn write_changes(
    ruling: &Ruling,
    receipt: Option<&Receipt>,
    ledger: &Ledger,
    screen: &mut Screen,
) -> Result<()> {
    for package in ruling.packages() {
        let ruled = ruling.changes.iter().filter(|change| change.package == package).cloned();
        let mut changes: Vec<Change> = ruled.collect();
        if let Some(receipt) = receipt {
            changes.extend(following(receipt, package, &changes, ledger)?);
        }
        let detail = ledger.package(package)?;
        let maybe = detail.as_ref().filter(|detail| detail.maybe.is_some());
        let waits = maybe.and_then(|detail| detail.pending_reason.clone());
        let text = detail.map_or_else(|| gone(package), |detail| package_text(&detail.package));
        if let [only] = &changes[..]
            && let Fact::Standing(_) = only.after
        {
            writeln!(screen, "{}  {}", clean(&text), change_text(only))?;
            continue;
        }
        writeln!(screen, "{}", clean(&text))?;
        for change in &changes {
            let name = fact_name(&change.after);
            writeln!(screen, "  {name:<10} {}", clean(&change_text(change)))?;
        }
        if let (Verdict::NotSame, Some(reason)) = (ruling.verdict, waits) {
            writeln!(screen, "  {:<10} {}", "waits", clean(&reason))?;
        }
    }
    Ok(())
}

/// The other fields of a package that were chosen anew since its tellings are others now.
fn following(
    receipt: &Receipt,
    package: PackageId,
    ruled: &[Change],
    ledger: &Ledger,
) -> Result<Vec<Change>> {
    let has = |is_meant: fn(&Fact) -> bool| ruled.iter().any(|change| is_meant(&change.after));
    // A part shows nothing of its own.
    if !has(|fact| matches!(fact, Fact::Tellings(_)))
        || has(|fact| matches!(fact, Fact::MergedInto(_)))
    {
        return Ok(Vec::new());
    }
    let steps = ledger.history(package)?.unwrap_or_default();
    let step = steps.into_iter().find(|step| step.entry.seq == receipt.seq);
    let changes = step.map(|step| step.changes).unwrap_or_default().into_iter();
    let both = changes.filter_map(|(before, after)| before.zip(after));
    let is_told = |fact: &Fact| ruled.iter().any(|change| change.after.field() == fact.field());
    let others = both.filter(|(_, after)| !is_told(after));
    Ok(others.map(|(before, after)| Change { package, before, after }).collect())
}

fn gone(package: PackageId) -> String {
    format!("{package}  no telling is left")
}

/// A package on one line: `P3  2022-11-10  US to UA  400 million USD  PDA  HAWK, FIM-92 Stinger`.
pub(super) fn package_text(package: &Package) -> String {
    let none = |codes: &[String]| if codes.is_empty() { "?".to_owned() } else { codes.join(", ") };
    let items: Vec<String> = package.items.iter().take(3).map(item_text).collect();
    let items = match package.items.len() {
        0 => None,
        1..=3 => Some(items.join(", ")),
        count => Some(format!("{} and {} more", items.join(", "), count - 3)),
    };
    let parts = [
        Some(package.id.to_string()),
        Some(package.announced.map_or("no date".to_owned(), |date| date.to_string())),
        Some(format!("{} to {}", none(&package.donors), none(&package.recipients))),
        Some(package.amount.as_ref().map_or("no amount".to_owned(), amount_text)),
        package.mechanism.clone(),
        items,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

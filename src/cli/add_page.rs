//! What `add` says: a line a package under its article, then counts and totals by donor.

use super::extract_page::gap_summary;
use super::recording::Added;
use super::screen::Screen;
use super::totals::thing;
use crate::ledger::{Ledger, LedgerError, Parts, Placed, Receipt};
use crate::model::{Aid, Claim, Filter, PackageId, Placement, Standing, Status};
use crate::report::figures::{amount_text, item_text};
use crate::report::render::clean;
use crate::report::{Format, Key, Preset, Selection, Tally, TotalsQuery, render};
use anyhow::Result;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// What a run has done so far.
#[derive(Default)]
pub(super) struct Counts {
    /// Articles that were read.
    pub(super) articles: usize,
    /// Documents that could not be read.
    pub(super) unreadable: usize,
    already: usize,
    new: usize,
    further: usize,
    doubtful: usize,
    touched: BTreeSet<PackageId>,
    receipt: Option<Receipt>,
}

/// Says what became of one article.
pub(super) fn write_article(
    added: &Added,
    counts: &mut Counts,
    screen: &mut Screen,
) -> io::Result<()> {
    counts.articles += 1;
    let name = clean(&added.name);
    let gaps = &added.extraction.gaps;
    let is_empty = added.recorded.placed.is_empty();
    let heading = if added.recorded.already {
        counts.already += 1;
        format!("{name}: {}", screen.paint.dim("known, nothing changed"))
    } else if is_empty {
        let gaps = if gaps.is_empty() {
            String::new()
        } else {
            format!("; not taken: {}", gap_summary(gaps))
        };
        format!("{name}: {}", screen.paint.dim(&format!("no package{gaps}")))
    } else {
        name
    };
    say(&heading, screen)?;
    if let Some(number) = added.recorded.version_of {
        let text = format!("  changed since it was read as article {number}, which stays");
        let text = screen.paint.dim(&text);
        say(&text, screen)?;
    }
    if added.recorded.already {
        return screen.flush();
    }
    for (placed, wait) in added.recorded.placed.iter().zip(&added.waits) {
        count(placed, counts);
        for line in lines(placed, wait.as_ref(), screen) {
            say(&line, screen)?;
        }
    }
    for (package, into) in &added.recorded.gone {
        let text =
            format!("            {package} is the same as {into}, and is told there from now on");
        let text = screen.paint.dim(&text);
        say(&text, screen)?;
    }
    if !is_empty && !gaps.is_empty() {
        let text = format!("  not taken: {}", gap_summary(gaps));
        let text = screen.paint.dim(&text);
        say(&text, screen)?;
    }
    if let Some(receipt) = &added.recorded.receipt {
        counts.receipt = Some(receipt.clone());
    }
    // The user sees each article when it is done.
    screen.flush()
}

fn say(line: &str, screen: &mut Screen) -> io::Result<()> {
    if screen.is_quiet() { Ok(()) } else { writeln!(screen, "{line}") }
}

fn count(placed: &Placed, counts: &mut Counts) {
    match &placed.placement {
        Placement::New { .. } if placed.standing == Standing::Pending => counts.doubtful += 1,
        Placement::New { .. } => counts.new += 1,
        Placement::Further { .. } => counts.further += 1,
        Placement::Doubtful { .. } => counts.doubtful += 1,
    }
    counts.touched.extend(placed.package);
}

fn lines(placed: &Placed, wait: Option<&String>, screen: &Screen) -> Vec<String> {
    let paint = screen.paint;
    let id = placed.package.map(|id| id.to_string()).unwrap_or_default();
    let (word, reason) = match &placed.placement {
        Placement::New { reason } if placed.standing == Standing::Pending => {
            (paint.doubtful("doubtful"), Some(wait.unwrap_or(reason)))
        }
        Placement::New { .. } => (paint.good("new     "), None),
        Placement::Further { reason, .. } => ("further ".to_owned(), Some(reason)),
        Placement::Doubtful { reason, .. } => (paint.doubtful("doubtful"), Some(reason)),
    };
    let mut lines = vec![format!("  {word}  {id:<5} {}", clean(&claim_text(&placed.claim)))];
    if !matches!(placed.standing, Standing::Accepted | Standing::Pending) {
        let text = format!("                  {id} is {}: it counts in no total", placed.standing);
        lines.push(paint.doubtful(&text));
    }
    if let Some(reason) = reason {
        lines.push(paint.dim(&format!("                  {}", clean(reason))));
    }
    lines
}

/// A claim on one line: `2022-11-10  US to UA  400 million USD  PDA  HAWK, FIM-92 Stinger`.
fn claim_text(claim: &Claim) -> String {
    let none = |codes: &[String]| if codes.is_empty() { "?".to_owned() } else { codes.join(", ") };
    let items: Vec<String> = claim.items.iter().take(3).map(item_text).collect();
    let items = match claim.items.len() {
        0 => None,
        count @ 1..=3 => Some((count, items.join(", "))),
        count => Some((count, format!("{} and {} more", items.join(", "), count - 3))),
    };
    let parts = [
        Some(claim.announced.map_or("no date   ".to_owned(), |date| format!("{date:<10}"))),
        Some(format!("{} to {}", none(&claim.donors), none(&claim.recipients))),
        Some(claim.amount.as_ref().map_or("no amount".to_owned(), amount_text)),
        claim.mechanism.clone(),
        (claim.aid != Aid::Military).then(|| claim.aid.to_string()),
        (claim.status != Status::Announced).then(|| claim.status.to_string()),
        items.map(|(_, text)| text),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}

/// Ends a run: how many of what, the receipt, and the totals by donor of what was recorded.
pub(super) fn write_totals(
    counts: &Counts,
    ledger: &Ledger,
    dry_run: bool,
    screen: &mut Screen,
) -> Result<()> {
    let parts = [
        (counts.articles, "article read", "articles read"),
        (counts.already, "of them known already", "of them known already"),
        (counts.unreadable, "not readable", "not readable"),
        (counts.new, "new package", "new packages"),
        (counts.further, "further telling", "further tellings"),
        (counts.doubtful, "doubtful", "doubtful"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .enumerate()
        .filter(|(index, (count, ..))| *count > 0 || matches!(index, 0 | 3))
        .map(|(_, (count, one, many))| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    if !screen.is_quiet() {
        writeln!(screen)?;
    }
    writeln!(screen, "{}", screen.paint.bold(&parts.join(", ")))?;
    if dry_run {
        writeln!(screen, "Dry run: nothing was written.")?;
    } else if let Some(receipt) = &counts.receipt {
        let hash: String = receipt.hash.chars().take(12).collect();
        writeln!(screen, "Recorded up to entry {} ({hash}).", receipt.seq)?;
    }
    if counts.touched.is_empty() {
        return Ok(());
    }
    let mut selection = Selection::of(Preset::Announced.scope());
    let query = TotalsQuery::by(&[Key::Donor]);
    let mut tally = Tally::of_money(&query, &thing);
    ledger.each_package(&Filter::default(), Parts::NONE, |package| {
        if counts.touched.contains(&package.id) && selection.takes(&package.merits()) {
            tally.add(&package);
        }
        Ok::<(), LedgerError>(())
    })?;
    let mut table = tally.table();
    table.notes.extend(selection.notes());
    writeln!(screen)?;
    let page = screen.page();
    render(&table, Format::Table, page, screen)?;
    Ok(())
}

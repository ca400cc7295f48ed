//! What checks found, in words and as one table for all of them.

use super::facts::{fact_name, fact_text};
use super::figures::amount_text;
use super::table::{Cell, Column, Kind, Table};
use crate::model::finding::{Between, Clue, Fault, Likeness, TotalFault};
use crate::model::{Amount, Bounds, Currency, Fact, Finding, Qualifier};
use rust_decimal::Decimal;

/// One row a finding; the columns of figures are filled by stated totals alone.
pub fn findings(found: &[Finding]) -> Table {
    let mut table = Table::new(vec![
        Column::new("check", "Check", Kind::Text),
        Column::new("packages", "Packages", Kind::Text),
        Column::new("finding", "Finding", Kind::Text),
        Column::new("source", "Source", Kind::Text),
        Column::new("clues", "Could explain it", Kind::Text),
        Column::new("stated", "Stated", Kind::Amount).for_programs(),
        Column::new("since", "Since", Kind::Date).for_programs(),
        Column::new("until", "Until", Kind::Date).for_programs(),
        Column::new("ledger_low", "Ledger, low", Kind::Number).for_programs(),
        Column::new("ledger_high", "Ledger, high", Kind::Number).for_programs(),
        Column::new("off_low", "Off, low", Kind::Number).for_programs(),
        Column::new("off_high", "Off, high", Kind::Number).for_programs(),
        Column::new("arose_from", "From", Kind::Date).for_programs(),
        Column::new("arose_to", "To", Kind::Date).for_programs(),
        Column::new("arose_low", "Arose, low", Kind::Number).for_programs(),
        Column::new("arose_high", "Arose, high", Kind::Number).for_programs(),
    ]);
    table.rows = found.iter().map(row).collect();
    table
}

fn row(finding: &Finding) -> Vec<Cell> {
    let article = finding.article.as_ref();
    let place = article.and_then(|article| article.location.as_ref().or(article.title.as_ref()));
    let mut cells = vec![
        Cell::Text(finding.check.to_string()),
        Cell::List(finding.packages.iter().map(ToString::to_string).collect()),
        Cell::Text(finding_lines(finding).join("; ")),
        Cell::text(place.map(String::as_str)),
        Cell::List(finding.clues.iter().map(clue_text).collect()),
    ];
    match &finding.fault {
        Fault::Total(fault) => cells.extend(figures(fault)),
        _ => cells.extend(vec![Cell::Blank; 11]),
    }
    cells
}

fn figures(fault: &TotalFault) -> Vec<Cell> {
    let mut cells = vec![
        Cell::Amount(fault.total.amount),
        Cell::date(fault.total.since),
        Cell::Date(fault.until),
    ];
    cells.extend([fault.sum, fault.off].into_iter().flat_map(ends));
    match fault.arose {
        Some(stretch) => {
            cells.extend([Cell::date(stretch.from), Cell::Date(stretch.to)]);
            cells.extend(ends(stretch.off));
        }
        None => cells.extend(vec![Cell::Blank; 4]),
    }
    cells
}

fn ends(between: Between) -> [Cell; 2] {
    [Cell::Decimal(between.low), Cell::Decimal(between.high)]
}

/// What was found, in words: what it is about, then what is wrong, a line each.
pub fn finding_lines(finding: &Finding) -> Vec<String> {
    match &finding.fault {
        Fault::Total(fault) => total_lines(fault),
        Fault::NoDate => vec!["no date".to_owned()],
        Fault::NoAmount => vec!["no amount".to_owned()],
        Fault::Alike(likeness) => vec![match finding.packages.len() {
            2 => likeness_text(*likeness),
            count => format!("{}: {count} packages", likeness_text(*likeness)),
        }],
        Fault::Conflict(values) => vec![conflict_text(values)],
        Fault::Order { last, before } => {
            vec![format!("{} {}, but {} {}", last.0, last.1, before.0, before.1)]
        }
        Fault::Parts(amount) => vec![format!("{}, the sum of the others", amount_text(amount))],
        Fault::AllRejected => vec!["all its packages were rejected".to_owned()],
        Fault::Quote(problem) => vec![problem.clone()],
        Fault::Missing { mechanism, first, last } => {
            let route = mechanism.as_deref().unwrap_or("number");
            vec![if first == last {
                format!("no {route} {first}")
            } else {
                format!("no {route} {first} to {last}")
            }]
        }
    }
}

fn total_lines(fault: &TotalFault) -> Vec<String> {
    let total = &fault.total;
    let to = total.recipient.as_ref().map(|recipient| format!(" to {recipient}"));
    let since = total.since.map(|since| format!(" since {since}"));
    let currency = fault.currency();
    let mut lines = vec![
        format!(
            "{}{}: {}{} by {}",
            total.donors.join(", "),
            to.unwrap_or_default(),
            amount_text(&total.amount),
            since.unwrap_or_default(),
            fault.until,
        ),
        format!(
            "the ledger has {}: {}",
            between_text(fault.sum, currency),
            off_text(fault.off, currency),
        ),
    ];
    lines.push(match (fault.arose, fault.previous) {
        (Some(stretch), Some(previous)) => {
            let off = off_text(stretch.off, currency);
            format!("from {previous} to {}: {off}", stretch.to)
        }
        (_, Some(previous)) => format!("as by {previous}: it arose before"),
        (Some(stretch), None) => match stretch.from {
            Some(from) => format!("it arose from {from} to {}", stretch.to),
            None => format!("it arose before {}", stretch.to),
        },
        (None, None) => return lines,
    });
    lines
}

/// `1.2 to 1.4 billion USD`.
fn between_text(between: Between, currency: Currency) -> String {
    let bounds = if between.low == between.high {
        Bounds::of(between.low, Qualifier::Exact)
    } else {
        Bounds::new(Some(between.low), Some(between.high), Qualifier::Range)
            .unwrap_or(Bounds::of(between.high, Qualifier::UpTo))
    };
    if between.high == Decimal::ZERO {
        return "nothing".to_owned();
    }
    amount_text(&Amount { bounds, currency })
}

/// `1.2 to 1.4 billion USD too little`.
fn off_text(off: Between, currency: Currency) -> String {
    if off.high < Decimal::ZERO {
        let missing = Between { low: -off.high, high: -off.low };
        format!("{} too little", between_text(missing, currency))
    } else {
        format!("{} too much", between_text(off, currency))
    }
}

fn likeness_text(likeness: Likeness) -> String {
    match likeness {
        Likeness::Amount(amount, Some(0)) => format!("{} on one day", amount_text(&amount)),
        Likeness::Amount(amount, Some(1)) => format!("{}, a day apart", amount_text(&amount)),
        Likeness::Amount(amount, Some(days)) => {
            format!("{}, {days} days apart", amount_text(&amount))
        }
        Likeness::Amount(amount, None) => {
            format!("{}, of which a date is not known to the day", amount_text(&amount))
        }
        Likeness::Figure(one, other) => {
            format!("one figure in two currencies: {}, {}", amount_text(&one), amount_text(&other))
        }
        Likeness::Sequence(number) => format!("one number: {number}"),
        Likeness::Items(0) => "mostly the same things on one day".to_owned(),
        Likeness::Items(1) => "mostly the same things, a day apart".to_owned(),
        Likeness::Items(days) => format!("mostly the same things, {days} days apart"),
    }
}

fn conflict_text(values: &[Fact]) -> String {
    let name = match values.first() {
        Some(Fact::Items(_)) => "item",
        Some(fact) => fact_name(fact),
        None => "",
    };
    let values: Vec<String> = values.iter().map(fact_text).collect();
    format!("{name}: {}", values.join(" or "))
}

/// `P12 (pending, 400 million USD)`; a value that would close the difference is said to fit.
pub fn clue_text(clue: &Clue) -> String {
    let mut facts: Vec<String> = clue.why.iter().map(ToString::to_string).collect();
    facts.extend(clue.amount.as_ref().map(amount_text));
    if clue.fits {
        facts.push("fits".to_owned());
    }
    format!("{} ({})", clue.package, facts.join(", "))
}

//! The report as Markdown: figures name their packages, and each name leads to its sentences.

use super::money::Money;
use super::proof::{Dossier, Told};
use super::{Report, blocks, phrases};
use crate::model::PackageId;
use crate::report::figures::{amount_text, grouped, item_text};
use crate::report::render::clean;
use crate::report::render::markdown::escape_text;
use crate::report::select::count_packages;
use crate::report::totals::sum::Sum;
use rust_decimal::Decimal;
use std::io::{self, Write};

/// The characters of the longest bar, and of a line over time.
const BAR: u32 = 20;
const LINE: u32 = 40;

/// Writes the report.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", plain(&report.material.title))?;
    writeln!(out, "{}.  ", plain(&phrases::summary(report)))?;
    if let Some(chosen) = phrases::chosen(report) {
        writeln!(out, "{}.  ", plain(&chosen))?;
    }
    writeln!(out, "As of {}.\n", plain(&phrases::head(report)))?;
    if report.material.dossiers.is_empty() {
        writeln!(out, "{}\n", phrases::EMPTY)?;
    } else {
        figures(report, out)?;
    }
    writeln!(out, "## About these figures\n")?;
    for (term, lines) in phrases::about(report) {
        writeln!(out, "**{}**\n", plain(term))?;
        for line in lines {
            writeln!(out, "- {}", plain(&line))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn figures(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    totals(report, out)?;
    let (own, shared) = report.apart();
    for money in own {
        section(report, money, out)?;
    }
    others(report, shared, out)?;
    things(report, out)?;
    packages(report, out)?;
    writeln!(out, "## Sentences\n")?;
    for dossier in &report.material.dossiers {
        sentences(report, dossier, out)?;
    }
    Ok(())
}

/// Text in which nothing steers, and nothing is taken for Markdown.
fn plain(text: &str) -> String {
    escape_text(&clean(text))
}

fn row(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {} |", cells.join(" | "))
}

/// A heading row, and the row under it; columns whose heading ends in a colon are right-aligned.
fn heading(titles: &[&str], out: &mut dyn Write) -> io::Result<()> {
    let names: Vec<String> =
        titles.iter().map(|title| plain(title.trim_end_matches(':'))).collect();
    row(&names, out)?;
    let rules =
        titles.iter().map(|title| if title.ends_with(':') { "---:" } else { "---" }.to_owned());
    row(&rules.collect::<Vec<_>>(), out)
}

fn link(package: PackageId) -> String {
    format!("[{package}](#p{})", package.0)
}

fn links(packages: impl Iterator<Item = PackageId>) -> String {
    packages.map(link).collect::<Vec<_>>().join(" ")
}

fn of(sum: &Sum) -> String {
    links(sum.packages.iter().copied())
}

fn totals(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## In total\n")?;
    heading(&["Currency", "Stated:", "Low:", "High:", "Packages"], out)?;
    let own = report.apart().0.len();
    for (place, money) in report.monies.iter().enumerate() {
        let [stated, low, high] = phrases::ends(&money.total);
        let code = money.currency.to_string();
        // Of whom they are stands at the donors, where each names its own.
        let donors = if place < own {
            format!("#{}-by-donor", code.to_lowercase())
        } else {
            format!("#{}", phrases::OTHERS.to_lowercase().replace(' ', "-"))
        };
        let packages = format!("[{}]({donors})", count_packages(money.total.packages.len()));
        row(&[code, stated, low, high, packages], out)?;
    }
    writeln!(out)?;
    if !report.unstated.is_empty() {
        let packages = count_packages(report.unstated.len());
        let links = links(report.unstated.iter().copied());
        writeln!(out, "{packages} without a stated amount, in no sum: {links}\n")?;
    }
    for words in &report.material.rates {
        writeln!(out, "- {}", plain(words))?;
    }
    if report.material.rates.is_empty() { Ok(()) } else { writeln!(out) }
}

/// The currencies of few packages, by donor.
fn others(report: &Report, monies: &[Money], out: &mut dyn Write) -> io::Result<()> {
    if monies.is_empty() {
        return Ok(());
    }
    writeln!(out, "## {}\n", phrases::OTHERS)?;
    heading(&["Currency", "Donor", "Stated:", "Low:", "High:", "Packages"], out)?;
    for money in monies {
        for share in &money.shares {
            let [stated, low, high] = phrases::ends(&share.sum);
            let donors = plain(&report.actors(&share.donors));
            row(&[money.currency.to_string(), donors, stated, low, high, of(&share.sum)], out)?;
        }
    }
    writeln!(out)
}

fn section(report: &Report, money: &Money, out: &mut dyn Write) -> io::Result<()> {
    let code = money.currency;
    let packages = count_packages(money.total.packages.len());
    writeln!(out, "## {} in {packages}\n", phrases::headline(&money.total, code))?;
    if let Some(curves) = &money.curves {
        writeln!(out, "### {code} cumulative by donor\n")?;
        heading(&["Donor", &format!("{} to {}", curves.first, curves.last), "Sum:"], out)?;
        for line in &curves.lines {
            // Blanks at the beginning, before there was anything, would not be shown.
            let drawn = blocks::line(curves, line, LINE).replace(' ', "\u{a0}");
            let drawn = format!("`{drawn}`");
            row(&[plain(&phrases::line(report, line)), drawn, grouped(line.end())], out)?;
        }
        writeln!(out)?;
        if let Some(note) = phrases::undated(money.undated()) {
            writeln!(out, "- {note}\n")?;
        }
    }
    writeln!(out, "### {code} by donor\n")?;
    let shares = money.shares.iter().map(|share| (report.actors(&share.donors), &share.sum));
    bars("Donor", &shares.collect::<Vec<_>>(), out)?;
    if !money.is_dated() {
        return writeln!(out, "- {}\n", phrases::NO_MONTH);
    }
    writeln!(out, "### {code} by month\n")?;
    let periods = money.periods.iter().map(|(period, sum)| (phrases::period(*period), sum));
    bars("Month", &periods.collect::<Vec<_>>(), out)
}

fn bars(title: &str, sums: &[(String, &Sum)], out: &mut dyn Write) -> io::Result<()> {
    let top = sums.iter().map(|(_, sum)| phrases::reach(sum)).max().unwrap_or(Decimal::ZERO);
    heading(&[title, "", "Stated:", "Low:", "High:", "Packages"], out)?;
    for (name, sum) in sums {
        let [stated, low, high] = phrases::ends(sum);
        let bar = blocks::bar(sum.stated, top, BAR);
        row(&[plain(name), bar, stated, low, high, of(sum)], out)?;
    }
    writeln!(out)
}

fn things(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let matrix = &report.matrix;
    writeln!(out, "## Systems and donors\n")?;
    for block in &matrix.blocks {
        writeln!(out, "### {}\n", phrases::block(block.counted))?;
        heading(&["System", "All:", "By donor"], out)?;
        for line in &block.rows {
            let shares = line.cells.iter().zip(&matrix.donors).filter_map(|(sum, donors)| {
                let sum = sum.as_ref()?;
                let name = plain(&report.actors(donors));
                Some(format!("{name} {} ({})", phrases::quantity(sum), of(sum)))
            });
            let shares = shares.collect::<Vec<_>>().join(", ");
            row(&[plain(&line.title()), phrases::quantity(&line.all), shares], out)?;
        }
        writeln!(out)?;
    }
    if matrix.without_items > 0 {
        let packages = count_packages(matrix.without_items);
        writeln!(out, "- {packages} without items: not in this table\n")?;
    }
    Ok(())
}

fn packages(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## Packages\n")?;
    let dossiers = &report.material.dossiers;
    let converts = dossiers.iter().any(|one| one.worth != one.package.amount);
    let mut titles =
        vec!["ID", "Announced", "Donor", "To", "Amount", "In the sums", "Via", "Stage", "Items"];
    titles.retain(|title| converts || *title != "In the sums");
    heading(&titles, out)?;
    for dossier in dossiers {
        let package = &dossier.package;
        let items: Vec<String> = package.items.iter().map(item_text).collect();
        let worth = match (dossier.worth.filter(|_| dossier.is_summed), package.amount) {
            (Some(worth), _) => amount_text(&worth),
            (None, Some(_)) => "no".to_owned(),
            (None, None) => String::new(),
        };
        let mut cells = vec![
            link(package.id),
            phrases::day(package),
            plain(&report.actors(&package.donors)),
            plain(&report.actors(&package.recipients)),
            package.amount.as_ref().map(amount_text).unwrap_or_default(),
            worth,
            plain(package.mechanism.as_deref().unwrap_or_default()),
            package.stage.to_string(),
            plain(&items.join("; ")),
        ];
        if !converts {
            cells.remove(5);
        }
        row(&cells, out)?;
    }
    writeln!(out)
}

fn sentences(report: &Report, dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let package = &dossier.package;
    // A heading of the number alone has the number as its anchor.
    writeln!(out, "### {}\n", package.id)?;
    let title = format!(
        "{}, {} to {}: {}",
        phrases::day(package),
        report.actors(&package.donors),
        report.actors(&package.recipients),
        phrases::amount(package)
    );
    writeln!(out, "{}\n", plain(&title))?;
    for words in &dossier.amended {
        writeln!(out, "Put right by a person: {}\n", plain(words))?;
    }
    for told in &dossier.tellings {
        for quoted in &told.sentences {
            write!(out, "> ")?;
            for (words, is_marked) in quoted.pieces() {
                write!(out, "{}", marked(words, is_marked))?;
            }
            writeln!(out, "\n>")?;
        }
        if told.sentences.is_empty() && !told.is_left_out {
            writeln!(out, "> No sentence was given.\n>")?;
        }
        writeln!(out, "> {}\n", source(told))?;
    }
    Ok(())
}

/// Blanks at the edges stay outside the stars, which would not be read as such otherwise.
fn marked(words: &str, is_marked: bool) -> String {
    let text = plain(words);
    let inner = text.trim();
    if !is_marked || inner.is_empty() {
        return text;
    }
    text.replacen(inner, &format!("**{inner}**"), 1)
}

fn source(told: &Told) -> String {
    let mut parts: Vec<String> = Vec::new();
    if told.is_by_hand {
        parts.push("Entered by hand".to_owned());
    }
    parts.extend(told.source.title.as_deref().map(plain));
    parts.extend(phrases::published(told).iter().map(|words| plain(words)));
    parts.extend(told.address().map(|address| format!("<{address}>")));
    parts.extend(told.place().map(plain));
    parts.join(", ")
}

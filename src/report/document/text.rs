//! The report for a terminal, its charts of block characters.

use super::money::Money;
use super::proof::{Dossier, Told};
use super::{Report, blocks, phrases};
use crate::report::figures::grouped;
use crate::report::packages::{package_columns, package_row};
use crate::report::render::wrap::wrap;
use crate::report::render::{Format, Page, clean, render};
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::totals::sum::Sum;
use rust_decimal::Decimal;
use std::io::{self, Write};

/// The width of a page of which none is known.
const WIDTH: u16 = 100;

/// The columns of names before a bar, at most.
const NAME: usize = 24;

/// How many columns a bar should have.
const ROOM: usize = 18;

/// Writes the report.
pub(super) fn write(report: &Report, page: Page, out: &mut dyn Write) -> io::Result<()> {
    let mut sheet = Sheet { page, out };
    sheet.title(&report.material.title)?;
    sheet.wrapped(&clean(&phrases::summary(report)), 0)?;
    if let Some(chosen) = phrases::chosen(report) {
        sheet.wrapped(&clean(&chosen), 0)?;
    }
    sheet.wrapped(&format!("as of {}", phrases::head(report)), 0)?;
    sheet.line("")?;
    if report.material.dossiers.is_empty() {
        sheet.wrapped(phrases::EMPTY, 0)?;
        sheet.line("")?;
    } else {
        figures(report, &mut sheet)?;
    }
    sheet.title("About these figures")?;
    for (term, lines) in phrases::about(report) {
        sheet.line(term)?;
        for line in lines {
            sheet.wrapped(&clean(&line), 2)?;
        }
    }
    Ok(())
}

fn figures(report: &Report, sheet: &mut Sheet) -> io::Result<()> {
    totals(report, sheet)?;
    let (own, shared) = report.apart();
    for money in own {
        section(report, money, sheet)?;
    }
    others(report, shared, sheet)?;
    things(report, sheet)?;
    sheet.title("Packages")?;
    let dossiers = &report.material.dossiers;
    let converts = dossiers.iter().any(|one| one.worth != one.package.amount);
    let mut table = Table::new(package_columns(converts));
    let worth = |one: &Dossier| converts.then_some(one.worth.filter(|_| one.is_summed));
    table.rows = dossiers.iter().map(|one| package_row(one.package.clone(), worth(one))).collect();
    sheet.table(&table)?;
    sheet.title("Sentences")?;
    for dossier in &report.material.dossiers {
        sentences(report, dossier, sheet)?;
    }
    Ok(())
}

/// A terminal's page that is written line by line.
struct Sheet<'a> {
    page: Page,
    out: &'a mut dyn Write,
}

impl Sheet<'_> {
    fn width(&self) -> usize {
        usize::from(self.page.width.unwrap_or(WIDTH)).clamp(40, 120)
    }

    fn title(&mut self, text: &str) -> io::Result<()> {
        let (bold, end) = if self.page.colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        let lines = wrap(&clean(text), self.width());
        lines.iter().try_for_each(|line| writeln!(self.out, "{bold}{line}{end}"))
    }

    /// A line of text, or several: line ends of the program's own stay.
    fn line(&mut self, text: &str) -> io::Result<()> {
        for line in text.split('\n') {
            writeln!(self.out, "{}", clean(line).trim_end())?;
        }
        Ok(())
    }

    /// Text, already clean, in lines behind `indent` blanks.
    fn wrapped(&mut self, text: &str, indent: usize) -> io::Result<()> {
        let width = self.width().saturating_sub(indent);
        wrap(text, width).iter().try_for_each(|line| writeln!(self.out, "{:indent$}{line}", ""))
    }

    fn table(&mut self, table: &Table) -> io::Result<()> {
        render(table, Format::Table, self.page, self.out)?;
        writeln!(self.out)
    }
}

fn totals(report: &Report, sheet: &mut Sheet) -> io::Result<()> {
    let mut table = Table::new(vec![
        Column::new("currency", "Currency", Kind::Text),
        Column::new("packages", "Packages", Kind::Number),
        Column::new("stated", "Stated", Kind::Number),
        Column::new("low", "Low", Kind::Number),
        Column::new("high", "High", Kind::Number),
    ]);
    for money in &report.monies {
        let figures = phrases::ends(&money.total).into_iter().map(Cell::Text);
        let count = Cell::Count(money.total.packages.len() as u64);
        let head = [Cell::Text(money.currency.to_string()), count];
        table.rows.push(head.into_iter().chain(figures).collect());
    }
    if !report.unstated.is_empty() {
        let mut row = vec![Cell::Text("no amount".to_owned())];
        row.push(Cell::Count(report.unstated.len() as u64));
        row.extend([Cell::Blank, Cell::Blank, Cell::Blank]);
        table.rows.push(row);
    }
    table.notes.clone_from(&report.material.rates);
    sheet.table(&table)
}

/// The currencies of few packages, by donor.
fn others(report: &Report, monies: &[Money], sheet: &mut Sheet) -> io::Result<()> {
    if monies.is_empty() {
        return Ok(());
    }
    sheet.title(phrases::OTHERS)?;
    for money in monies {
        for share in &money.shares {
            let (code, donors) = (money.currency, report.actors(&share.donors));
            sheet.wrapped(
                &clean(&format!("{code} {} by {donors}", range(&share.sum, grouped))),
                0,
            )?;
        }
    }
    sheet.line("")
}

fn section(report: &Report, money: &Money, sheet: &mut Sheet) -> io::Result<()> {
    let code = money.currency;
    if let Some(curves) = &money.curves {
        let head = format!("{code} cumulative by donor, {} to {}", curves.first, curves.last);
        sheet.title(&head)?;
        let names: Vec<String> =
            curves.lines.iter().map(|line| phrases::line(report, line)).collect();
        let sums: Vec<String> = curves.lines.iter().map(|line| grouped(line.end())).collect();
        let (name, sum) = (widest(&names).min(NAME), widest(&sums));
        let width = u32::try_from(sheet.width().saturating_sub(name + sum + 4)).unwrap_or(20);
        for ((line, label), end) in curves.lines.iter().zip(&names).zip(&sums) {
            let drawn = blocks::line(curves, line, width);
            sheet.line(&format!("{:<name$}  {drawn}  {end:>sum$}", short(label, name)))?;
        }
        if let Some(note) = phrases::undated(money.undated()) {
            sheet.wrapped(&note, 0)?;
        }
        sheet.line("")?;
    }
    sheet.title(&format!("{code} by donor"))?;
    let shares = money.shares.iter().map(|share| (label(report, &share.donors), &share.sum));
    bars(&shares.collect::<Vec<_>>(), sheet)?;
    if !money.is_dated() {
        sheet.wrapped(phrases::NO_MONTH, 0)?;
        return sheet.line("");
    }
    sheet.title(&format!("{code} by month"))?;
    let periods = money.periods.iter();
    let periods = periods.map(|(period, sum)| (phrases::period(*period), sum));
    bars(&periods.collect::<Vec<_>>(), sheet)
}

fn bars(sums: &[(String, &Sum)], sheet: &mut Sheet) -> io::Result<()> {
    let top = sums.iter().map(|(_, sum)| phrases::reach(sum)).max().unwrap_or(Decimal::ZERO);
    let names: Vec<String> = sums.iter().map(|(name, _)| name.clone()).collect();
    let name = widest(&names).min(NAME);
    let figures = |end| sums.iter().map(|(_, sum)| range(sum, end)).collect::<Vec<String>>();
    let left = |figures: &[String]| sheet.width().saturating_sub(name + widest(figures) + 4);
    // The ends give way before the bars: what is stated keeps all its digits.
    let whole = figures(grouped);
    let figures = if left(&whole) < ROOM { figures(phrases::tick) } else { whole };
    let (figure, bar_width) = (widest(&figures), left(&figures).max(8));
    let bar_width = u32::try_from(bar_width).unwrap_or(8);
    for ((label, sum), words) in sums.iter().zip(&figures) {
        let bar = blocks::bar(sum.stated, top, bar_width);
        sheet.line(&format!("{:<name$}  {words:>figure$}  {bar}", short(label, name)))?;
    }
    sheet.line("")
}

/// The stated sum, and its ends, written so, where they differ from it.
fn range(sum: &Sum, end: fn(Decimal) -> String) -> String {
    let [stated, low, high] = phrases::ends(sum);
    if low == stated && high == stated || low.is_empty() {
        return stated;
    }
    let high = if sum.open > 0 { high } else { end(sum.high) };
    format!("{stated} ({} to {high})", end(sum.low))
}

/// The names of donors; of many that give together their codes.
fn label(report: &Report, donors: &[String]) -> String {
    let names = report.actors(donors);
    if names.chars().count() > NAME { donors.join(" ") } else { names }
}

fn widest(texts: &[String]) -> usize {
    texts.iter().map(|text| text.chars().count()).max().unwrap_or_default()
}

/// A name in at most so many characters, its end as a dot where it was longer.
fn short(name: &str, width: usize) -> String {
    if name.chars().count() <= width {
        return name.to_owned();
    }
    name.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

fn things(report: &Report, sheet: &mut Sheet) -> io::Result<()> {
    let matrix = &report.matrix;
    sheet.title("Systems and donors")?;
    let mut table = Table::new(vec![
        Column::new("system", "System", Kind::Text),
        Column::new("counted", "Counted", Kind::Text),
        Column::new("all", "All", Kind::Number),
        Column::new("donors", "By donor", Kind::Text),
    ]);
    for block in &matrix.blocks {
        for row in &block.rows {
            let shares = row.cells.iter().zip(&matrix.donors).filter_map(|(sum, donors)| {
                Some(format!("{} {}", donors.join(" "), phrases::quantity(sum.as_ref()?)))
            });
            table.rows.push(vec![
                Cell::Text(row.title()),
                Cell::Text(block.counted.to_string()),
                Cell::Text(phrases::quantity(&row.all)),
                Cell::Text(shares.collect::<Vec<_>>().join(", ")),
            ]);
        }
    }
    if matrix.without_items > 0 {
        let packages = crate::report::select::count_packages(matrix.without_items);
        table.notes.push(format!("{packages} without items: not in this table"));
    }
    sheet.table(&table)
}

fn sentences(report: &Report, dossier: &Dossier, sheet: &mut Sheet) -> io::Result<()> {
    let package = &dossier.package;
    let head = format!(
        "{} {}, {} to {}: {}",
        package.id,
        phrases::day(package),
        report.actors(&package.donors),
        report.actors(&package.recipients),
        phrases::amount(package)
    );
    sheet.wrapped(&clean(&head), 0)?;
    for words in &dossier.amended {
        sheet.wrapped(&clean(&format!("put right by a person: {words}")), 2)?;
    }
    for told in &dossier.tellings {
        for quoted in &told.sentences {
            let pieces = quoted.pieces().into_iter().map(|(words, is_marked)| {
                if is_marked { format!("[{words}]") } else { words.to_owned() }
            });
            sheet.wrapped(&clean(&pieces.collect::<String>()), 4)?;
        }
        if told.sentences.is_empty() && !told.is_left_out {
            sheet.line("    no sentence was given")?;
        }
        sheet.wrapped(&clean(&source(told)), 6)?;
    }
    sheet.line("")
}

fn source(told: &Told) -> String {
    let mut parts: Vec<String> = Vec::new();
    if told.is_by_hand {
        parts.push("entered by hand".to_owned());
    }
    parts.extend(told.source.title.clone());
    parts.extend(phrases::published(told));
    parts.extend(told.source.location.clone());
    parts.join(", ")
}

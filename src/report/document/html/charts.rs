//! Charts as SVG that is as wide as its place: lengths across are percentages, so that words keep
//! their size on any screen. All positions are whole numbers made of decimals; there is no float.

use super::markup::Markup;
use crate::model::CivilDate;
use crate::report::document::blocks::part;
use crate::report::document::money::{Curves, Line, Money, Period};
use crate::report::document::{Report, phrases};
use crate::report::figures::{grouped, rounded};
use crate::report::totals::sum::Sum;
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// The height of a chart in pixels, and where its ground line is.
const HEIGHT: u32 = 250;
const GROUND: u32 = 224;
/// The height of the highest value above the ground line.
const RISE: u32 = 200;
/// How many parts the width has: hundredths of a percent.
const ACROSS: u32 = 10_000;
/// The classes of the lines, told apart by colour and by dashes.
const CLASSES: [&str; 6] = ["l1", "l2", "l3", "l4", "l5", "l6"];

/// The bar of one figure, solid up to its low end. The words beside it say the same, so it is hidden
/// from those who hear the page.
pub(super) fn bar(name: &str, sum: &Sum, top: Decimal, page: &mut Markup) {
    page.raw("<svg class=\"bar\" aria-hidden=\"true\" focusable=\"false\"><title>").text(name);
    page.raw(": ").text(&phrases::ends_line(sum)).raw("</title>");
    for (class, figure) in [("high", phrases::reach(sum)), ("low", sum.low)] {
        let length = part(figure, top, ACROSS);
        if length > 0 {
            page.raw("<rect").attribute("class", class).attribute("width", &percent(length));
            page.raw(" height=\"100%\"/>");
        }
    }
    page.raw("</svg>");
}

/// How the sums of the largest donors grew.
pub(super) fn curves(report: &Report, money: &Money, page: &mut Markup) {
    let Some(curves) = &money.curves else { return };
    let code = money.currency.to_string();
    let name = |line: &Line| phrases::line(report, line);
    let ends: Vec<String> = curves
        .lines
        .iter()
        .map(|line| format!("{} reaches {}", name(line), grouped(line.end())))
        .collect();
    let title = format!("Sums by donor in {code}, running on from day to day");
    let text = format!("From {} to {}: {}.", curves.first, curves.last, ends.join("; "));
    open(&format!("curve-{code}"), &title, &text, page);
    let top = grid(curves.top, page);
    page.raw("<svg x=\"0\" width=\"100%\"").attribute("y", &(GROUND - RISE).to_string());
    page.attribute("height", &RISE.to_string()).attribute("viewBox", "0 0 10000 1000");
    page.raw(" preserveAspectRatio=\"none\">");
    for (line, class) in curves.lines.iter().zip(CLASSES) {
        page.raw("<path").attribute("class", class).attribute("d", &path(curves, line, top));
        page.raw("/>");
    }
    page.raw("</svg>");
    days(curves.first, curves.last, page);
    page.raw("</svg>\n<figcaption><ul class=\"legend\">\n");
    for (line, class) in curves.lines.iter().zip(CLASSES) {
        page.raw("<li><svg class=\"key\" aria-hidden=\"true\" focusable=\"false\"><line");
        page.attribute("class", class).raw(" x2=\"100%\" y1=\"50%\" y2=\"50%\"/></svg> ");
        page.text(&name(line)).raw(" <b>").text(&rounded(line.end())).raw("</b></li>\n");
    }
    page.raw("</ul>");
    if let Some(note) = phrases::undated(money.undated()) {
        page.element("<p class=\"note\">", &note, "</p>");
    }
    page.raw("</figcaption></figure>\n");
}

/// Steps: a sum stays as it is until the next day that adds to it.
fn path(curves: &Curves, line: &Line, top: Decimal) -> String {
    let days = curves.last.days_since(curves.first);
    let (mut path, mut height) = (String::new(), 1000);
    for (day, sum) in &line.points {
        let across = part(day.days_since(curves.first).into(), days.into(), ACROSS);
        let up = 1000 - part(*sum, top, 1000);
        // Writing to a string cannot fail.
        let _ = match path.as_str() {
            "" => write!(path, "M{across} 1000V{up}"),
            // A step that is lower than the line is thick is not seen.
            _ if up == height => Ok(()),
            _ => write!(path, "H{across}V{up}"),
        };
        height = up;
    }
    path + "H10000"
}

/// What each month brought, solid up to its low end.
pub(super) fn months(money: &Money, page: &mut Markup) {
    let months: Vec<(i64, CivilDate, &Sum)> = money
        .periods
        .iter()
        .filter_map(|(period, sum)| match period {
            Period::Month(date) => Some((month_number(*date), *date, sum)),
            _ => None,
        })
        .collect();
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return };
    if months.len() < 2 {
        return;
    }
    let code = money.currency.to_string();
    let highest = months.iter().max_by_key(|(_, _, sum)| sum.stated).unwrap_or(first);
    let title = format!("Sums by month of announcement in {code}");
    let text = format!(
        "From {} to {}; the most in {}: {}.",
        first.1,
        last.1,
        highest.1,
        grouped(highest.2.stated)
    );
    open(&format!("months-{code}"), &title, &text, page);
    let top =
        grid(months.iter().map(|(_, _, sum)| phrases::reach(sum)).max().unwrap_or_default(), page);
    let slots = last.0 - first.0 + 1;
    let width = part(Decimal::new(8, 1), slots.into(), ACROSS).max(20);
    for (number, date, sum) in &months {
        let left = part((number - first.0).into(), slots.into(), ACROSS);
        page.element("<g><title>", &format!("{date}: {}", phrases::ends_line(sum)), "</title>");
        for (class, figure) in [("high", phrases::reach(sum)), ("low", sum.low)] {
            let up = part(figure, top, RISE);
            if up > 0 {
                page.raw("<rect").attribute("class", class).attribute("x", &percent(left));
                page.attribute("width", &percent(width));
                page.attribute("y", &(GROUND - up).to_string());
                page.attribute("height", &up.to_string()).raw("/>");
            }
        }
        page.raw("</g>");
    }
    days(first.1.first_day(), last.1.last_day(), page);
    page.raw("</svg></figure>\n");
}

fn month_number(date: CivilDate) -> i64 {
    i64::from(date.year_number()) * 12 + i64::from(date.month_number().unwrap_or(1))
}

/// Opens a chart with its title and description.
fn open(id: &str, title: &str, text: &str, page: &mut Markup) {
    page.raw("<figure class=\"chart\"><svg role=\"img\" width=\"100%\"");
    page.attribute("height", &HEIGHT.to_string());
    page.attribute("aria-labelledby", &format!("{id}-t {id}-d")).raw(">\n<title");
    page.attribute("id", &format!("{id}-t")).raw(">").text(title).raw("</title><desc");
    page.attribute("id", &format!("{id}-d")).raw(">").text(text).raw("</desc>\n");
}

/// Lines at round figures, each with its figure before it, in the margin. Gives the figure at the highest line.
fn grid(top: Decimal, page: &mut Markup) -> Decimal {
    let step = round_step(top);
    let mut figures = vec![Decimal::ZERO];
    while figures.last().is_some_and(|last| *last < top) && figures.len() < 6 {
        figures.push(figures[figures.len() - 1].checked_add(step).unwrap_or(Decimal::MAX));
    }
    let highest = figures.last().copied().unwrap_or(top);
    for figure in figures {
        let y = GROUND - part(figure, highest, RISE);
        page.raw("<line class=\"grid\" x1=\"0\" x2=\"100%\"").attribute("y1", &y.to_string());
        page.attribute("y2", &y.to_string()).raw("/>");
        page.raw("<text x=\"-8\" text-anchor=\"end\"").attribute("y", &(y + 4).to_string());
        page.raw(">").text(&phrases::tick(figure)).raw("</text>");
    }
    highest
}

/// 1, 2 or 5 with as many noughts as make four steps or fewer of it.
fn round_step(top: Decimal) -> Decimal {
    let mut unit = Decimal::ONE;
    while let Some(next) = unit.checked_mul(Decimal::TEN) {
        for factor in [1, 2, 5] {
            let step = unit.checked_mul(factor.into()).unwrap_or(unit);
            if step.checked_mul(Decimal::from(4)).is_none_or(|reach| reach >= top) {
                return step;
            }
        }
        unit = next;
    }
    top
}

/// The first and the last month under the ground line, and the years between where there is room: on a narrow
/// page only some of them.
fn days(first: CivilDate, last: CivilDate, page: &mut Markup) {
    let month = |date: CivilDate| {
        CivilDate::month(date.year_number(), date.month_number().unwrap_or(1))
            .map_or_else(|| date.to_string(), |month| month.to_string())
    };
    let length = last.days_since(first);
    let years: Vec<(i32, u32)> = (first.year_number() + 1..=last.year_number())
        .filter_map(|year| Some((year, CivilDate::day(year, 1, 1)?)))
        .map(|(year, day)| (year, part(day.days_since(first).into(), length.into(), ACROSS)))
        .filter(|(_, place)| (1150..=8850).contains(place))
        .collect();
    let years: Vec<_> = years.iter().step_by(years.len().div_ceil(10).max(1)).collect();
    let near: Vec<_> = years.iter().filter(|(_, place)| (3000..=7000).contains(place)).collect();
    let few: Vec<_> = near.iter().step_by(near.len().div_ceil(3).max(1)).collect();
    label(("0", "start"), "", &month(first), page);
    for year in &years {
        let class = if few.iter().any(|few| **few == year) { "" } else { "roomy" };
        label((&percent(year.1), "middle"), class, &year.0.to_string(), page);
    }
    label(("100%", "end"), "", &month(last), page);
}

/// A text under the ground line, at a place and from which of its ends.
fn label((x, anchor): (&str, &str), class: &str, text: &str, page: &mut Markup) {
    page.raw("<text").attribute("x", x).attribute("y", &(GROUND + 18).to_string());
    if !class.is_empty() {
        page.attribute("class", class);
    }
    page.attribute("text-anchor", anchor).raw(">").text(text).raw("</text>");
}

/// Hundredths of a percent: `12.34%`.
fn percent(parts: u32) -> String {
    format!("{}.{:02}%", parts / 100, parts % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_chart_stand_at_round_figures() {
        for (top, step) in [(1, 1), (7, 2), (16_142, 5_000), (400_000, 100_000), (401, 200)] {
            assert_eq!(round_step(top.into()), step.into(), "{top}");
        }
        assert_eq!(percent(1234), "12.34%");
        assert!(round_step(Decimal::MAX) > Decimal::ZERO);
    }
}

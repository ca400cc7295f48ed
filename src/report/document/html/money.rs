//! The sums of one currency: over time, by donor, by month.

use super::charts;
use super::links;
use super::markup::Markup;
use crate::model::PackageId;
use crate::report::document::money::Money;
use crate::report::document::{Report, phrases};
use crate::report::select::count_packages;
use crate::report::totals::sum::Sum;
use rust_decimal::Decimal;

/// A currency's part of the page.
pub(super) fn section(report: &Report, money: &Money, page: &mut Markup) {
    let code = money.currency.to_string();
    let id = format!("money-{code}");
    page.raw("<section").attribute("id", &id).attribute("aria-labelledby", &format!("{id}-h"));
    page.raw(">\n<h2").attribute("id", &format!("{id}-h")).raw(">");
    page.text(&phrases::headline(&money.total, money.currency)).raw(" in ");
    page.text(&count_packages(money.total.packages.len())).raw("</h2>\n");
    if money.curves.is_some() {
        page.raw("<h3>Cumulative, by donor</h3>\n");
        charts::curves(report, money, page);
    }
    page.raw("<h3>By donor</h3>\n<div class=\"bars\">\n");
    let top = money.shares.iter().map(|share| phrases::reach(&share.sum)).max();
    for share in &money.shares {
        let name = report.actors(&share.donors);
        bar(money, &name, &share.sum, top.unwrap_or_default(), page);
        links(report, &share.sum.packages, page);
        page.raw("</details>\n");
    }
    page.raw("</div>\n");
    if money.shares.iter().any(|share| share.sum.low != phrases::reach(&share.sum)) {
        page.raw("<p class=\"note\">Full colour: the low end. Pale: up to the stated figure, or ");
        page.raw("the high end where it is higher.</p>\n");
    }
    if money.is_dated() {
        page.raw("<h3>By month</h3>\n");
        charts::months(money, page);
        months(report, money, page);
    } else {
        page.element("<p class=\"note\">", phrases::NO_MONTH, "</p>\n");
    }
    page.raw("</section>\n");
}

/// The part of the currencies of few packages: what each donor gave, without charts.
pub(super) fn others(report: &Report, monies: &[Money], page: &mut Markup) {
    if monies.is_empty() {
        return;
    }
    page.raw("<section id=\"money-others\" aria-labelledby=\"money-others-h\">\n");
    page.element("<h2 id=\"money-others-h\">", phrases::OTHERS, "</h2>\n<div class=\"bars\">\n");
    for (money, share) in monies.iter().flat_map(|all| all.shares.iter().map(move |one| (all, one)))
    {
        page.raw("<details class=\"row plain\"><summary><span class=\"name\">");
        page.text(&report.actors(&share.donors)).raw(" <span class=\"ends\">");
        page.text(&count_packages(share.sum.packages.len())).raw("</span></span> <span class=");
        page.raw("\"sum\">").text(&phrases::headline(&share.sum, money.currency));
        page.raw("</span></summary>\n");
        page.element("<p class=\"ends\">", &phrases::ends_line(&share.sum), "</p>\n");
        links(report, &share.sum.packages, page);
        page.raw("</details>\n");
    }
    page.raw("</div>\n</section>\n");
}

/// Begins a row that is name, bar and figure, and opens.
fn bar(money: &Money, name: &str, sum: &Sum, top: Decimal, page: &mut Markup) {
    page.raw("<details class=\"row\"><summary><span class=\"name\">").text(name);
    page.raw("</span> ");
    charts::bar(name, sum, top, page);
    page.raw(" <span class=\"sum\">").text(&phrases::headline(sum, money.currency));
    page.raw("</span></summary>\n<p class=\"ends\">").text(&phrases::ends_line(sum));
    page.raw(" · ").text(&count_packages(sum.packages.len())).raw("</p>\n");
}

/// A link to where the rows of packages that stand below each other begin in their table.
fn rows_from(first: PackageId, page: &mut Markup) {
    page.raw("<p class=\"links\"><a").numbered("href=#p", first.0);
    page.element(
        ">Their rows in the table of packages, from ",
        &first.to_string(),
        " on</a></p>\n",
    );
}

/// The months in figures; behind one line where a chart stands above them.
fn months(report: &Report, money: &Money, page: &mut Markup) {
    let is_long = money.periods.len() > 1;
    if is_long {
        page.raw("<details class=\"more\"><summary>The months in figures</summary>\n");
    }
    page.raw("<div class=\"bars\">\n");
    let top = money.periods.iter().map(|(_, sum)| phrases::reach(sum)).max();
    for (period, sum) in &money.periods {
        let name = phrases::period(*period);
        bar(money, &name, sum, top.unwrap_or_default(), page);
        match sum.packages.first() {
            Some(first) if report.material.is_long() => rows_from(*first, page),
            _ => links(report, &sum.packages, page),
        }
        page.raw("</details>\n");
    }
    page.raw(if is_long { "</div>\n</details>\n" } else { "</div>\n" });
}

//! The matrix of systems and donors.

use super::markup::Markup;
use super::{NAMED_WITH_AMOUNT, link, links};
use crate::report::document::{Report, Row, phrases};
use crate::report::select::count_packages;
use crate::report::totals::sum::Sum;
use std::ops::Range;

/// A table has at most so many donors, so that it can be read on a screen and on paper; the next ones
/// have one of their own, with the rows in which they have given anything.
const ABREAST: usize = 8;

/// Tables with more columns than this are printed across.
const BROAD: usize = 6;

/// The part of the page with what was given.
pub(super) fn section(report: &Report, page: &mut Markup) {
    let matrix = &report.matrix;
    let is_broad = matrix.donors.len() > BROAD;
    page.raw("<section id=\"things\" aria-labelledby=\"things-h\"");
    page.raw(if is_broad { " class=\"broad\">" } else { ">" }).raw("\n<h2 id=\"things-h\">");
    page.raw("Systems and donors</h2>\n");
    if matrix.without_items > 0 {
        let packages = count_packages(matrix.without_items);
        page.element("<p class=\"note\">", &packages, " without items: not in this table.</p>\n");
    }
    if matrix.blocks.is_empty() {
        page.raw("<p>No package names what is in it.</p>\n</section>\n");
        return;
    }
    page.raw("<p class=\"note\">34+: at least 34, or more of which the number is not stated. ");
    page.raw("some: no number is stated.</p>\n");
    for first in (0..matrix.donors.len()).step_by(ABREAST) {
        table(report, first..matrix.donors.len().min(first + ABREAST), page);
    }
    page.raw("</section>\n");
}

/// The table of some of the donors.
fn table(report: &Report, donors: Range<usize>, page: &mut Markup) {
    let matrix = &report.matrix;
    let count = matrix.donors.len();
    let words = if count > ABREAST {
        format!(
            "Donors {} to {} of {count}, joint ones together, those of the most packages first",
            donors.start + 1,
            donors.end
        )
    } else {
        "Table of systems and donors".to_owned()
    };
    if count > ABREAST {
        page.element("<h3>", &words, "</h3>\n");
    }
    page.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\"")
        .attribute("aria-label", &words);
    page.raw(">\n<table class=\"matrix\">\n<thead><tr><th scope=\"col\">System</th>");
    page.raw("<th scope=\"col\">All</th>");
    for donors in &matrix.donors[donors.clone()] {
        page.raw("<th scope=\"col\"><abbr").attribute("title", &report.actors(donors)).raw(">");
        page.text(&short(donors)).raw("</abbr></th>");
    }
    page.raw("</tr></thead>\n");
    let width = (donors.len() + 2).to_string();
    for block in &matrix.blocks {
        let gives = |row: &&Row| row.cells[donors.clone()].iter().any(Option::is_some);
        let mut rows = block.rows.iter().filter(gives).peekable();
        if rows.peek().is_none() {
            continue;
        }
        page.raw("<tbody><tr><th class=\"block\" scope=\"rowgroup\"").attribute("colspan", &width);
        page.raw("><span>").text(phrases::block(block.counted)).raw("</span></th></tr>\n");
        for row in rows {
            page.raw("<tr><th scope=row>").text(&row.title());
            all(report, &row.all, page);
            for sum in &row.cells[donors.clone()] {
                cell(report, sum.as_ref(), page);
            }
            page.raw("\n");
        }
        page.raw("</tbody>\n");
    }
    page.raw("</table>\n</div>\n");
}

fn short(donors: &[String]) -> String {
    if donors.is_empty() { "not stated".to_owned() } else { donors.join(" ") }
}

/// The number over all donors; where it is of many packages, those of its row are not named twice.
fn all(report: &Report, sum: &Sum, page: &mut Markup) {
    if sum.packages.len() <= NAMED_WITH_AMOUNT && !report.material.is_long() {
        return cell(report, Some(sum), page);
    }
    page.element("<td><details><summary>", &phrases::quantity(sum), "</summary>\n<p>");
    page.raw("The packages of each donor stand in the rows of this name.</p></details>");
}

/// A number that leads to its sentences: at once where it is of one package, else over a list.
fn cell(report: &Report, sum: Option<&Sum>, page: &mut Markup) {
    page.raw("<td>");
    if let Some(sum) = sum {
        let words = phrases::quantity(sum);
        match sum.packages.as_slice() {
            [package] => {
                link(*package, &words, page);
            }
            packages => {
                page.element("<details><summary>", &words, "</summary>\n");
                links(report, packages, page);
                page.raw("</details>");
            }
        }
    }
}

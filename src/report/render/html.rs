//! A table as one page for a browser, in the style of the report: it loads nothing, runs nothing, and
//! says so in its content security policy.

use super::{Rows, visible, words};
use crate::report::document::html::markup::Markup;
use crate::report::document::html::open;
use crate::report::document::is_web_address;
use crate::report::table::{Cell, Column, Kind, Shown};
use std::io::{self, Write};

/// So many characters of an address are seen.
const SHOWN: usize = 40;

/// A cell of more characters may be broken anywhere.
const LONG: usize = 24;

/// A table of more columns is set in small letters.
const MANY: usize = 10;

/// A page of which the rows are being written.
pub(super) struct Page<'a> {
    /// The places of the columns that are seen, with how their cells open; a text's goes by its length.
    columns: Vec<(usize, Option<&'static str>)>,
    out: &'a mut dyn Write,
}

impl<'a> Page<'a> {
    pub(super) fn begin(
        columns: &[Column],
        title: Option<&str>,
        out: &'a mut dyn Write,
    ) -> io::Result<Self> {
        let shown = visible(columns, Shown::People);
        let mut page = Markup::default();
        let title = title.unwrap_or("Military aid");
        open(title, &mut page);
        page.raw("<body class=\"wide\">\n<main>\n").element("<h1>", title, "</h1>\n");
        page.raw("<p class=\"hint\"><a href=\"#notes\">What counts in this table, and what is not in it</a>");
        page.raw("</p>\n<div class=\"scroll\"");
        page.raw(" role=\"region\" tabindex=\"0\" aria-label=\"Table\">\n<table");
        page.raw(if shown.len() > MANY { " class=\"many\"" } else { "" }).raw(">\n<thead><tr>");
        for index in &shown {
            let column = &columns[*index];
            let head = match column.kind {
                Kind::Number | Kind::Count => "<th scope=\"col\" class=\"figure\">",
                _ => "<th scope=\"col\">",
            };
            page.element(head, &column.title, "</th>");
        }
        let opening = |index: usize| match columns[index].kind {
            Kind::Date => Some("<td class=\"day\">"),
            Kind::Number | Kind::Count => Some("<td class=\"figure\">"),
            Kind::Text => None,
            _ => Some("<td>"),
        };
        page.raw("</tr></thead>\n<tbody>\n");
        out.write_all(page.finish().as_bytes())?;
        let columns = shown.into_iter().map(|index| (index, opening(index))).collect();
        Ok(Self { columns, out })
    }
}

impl Rows for Page<'_> {
    fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        let mut page = Markup::default();
        page.raw("<tr>");
        for (index, opening) in &self.columns {
            let is_long = opening.is_none() && words(&row[*index]).chars().count() > LONG;
            page.raw(opening.unwrap_or(if is_long { "<td class=\"long\">" } else { "<td>" }));
            cell(&row[*index], &mut page);
            page.raw("</td>");
        }
        page.raw("</tr>\n");
        self.out.write_all(page.finish().as_bytes())
    }

    fn end(&mut self, sums: &[Vec<Cell>], notes: &[String]) -> io::Result<()> {
        sums.iter().try_for_each(|row| self.row(row))?;
        let mut page = Markup::default();
        page.raw("</tbody>\n</table>\n</div>\n<section id=\"notes\" aria-label=\"Notes\">\n");
        for note in notes {
            page.element("<p class=\"note\">", note, "</p>\n");
        }
        page.raw("</section>\n</main>\n</body>\n</html>\n");
        self.out.write_all(page.finish().as_bytes())
    }
}

/// What stands in a cell; an address that is safe to follow is a link. Of a file the name stands alone: the
/// folders are those of whoever made the page.
fn cell(cell: &Cell, page: &mut Markup) {
    match cell {
        Cell::Sources(sources) => {
            let places = sources.iter().filter_map(|source| source.location.as_deref());
            for (number, location) in places.enumerate() {
                let name = location.rsplit(['/', '\\']).next().unwrap_or(location);
                page.raw(if number > 0 { "<br>" } else { "" });
                place(if is_web_address(location) { location } else { name }, page);
            }
        }
        Cell::Text(text) => place(text, page),
        other => {
            page.text(&words(other));
        }
    }
}

fn place(text: &str, page: &mut Markup) {
    if is_web_address(text) {
        page.raw("<a").attribute("href", text).raw(">").text(&shown(text)).raw("</a>");
    } else {
        page.text(text);
    }
}

/// As much of an address as tells whose it is and what it is of; the link itself is whole.
fn shown(address: &str) -> String {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    let bare = bare.trim_start_matches("www.").trim_end_matches('/');
    if bare.chars().count() <= SHOWN {
        return bare.to_owned();
    }
    bare.chars().take(SHOWN - 1).chain(['…']).collect()
}

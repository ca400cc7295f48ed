//! A table as one page for a browser, in the style of the report: it loads nothing, runs nothing, and
//! says so in its content security policy.

use super::{Rows, visible, words};
use crate::report::document::html::markup::Markup;
use crate::report::document::html::open;
use crate::report::document::is_web_address;
use crate::report::table::{Cell, Column, Shown};
use std::io::{self, Write};

/// A page of which the rows are being written.
pub(super) struct Page<'a> {
    columns: Vec<usize>,
    out: &'a mut dyn Write,
}

impl<'a> Page<'a> {
    pub(super) fn begin(columns: &[Column], out: &'a mut dyn Write) -> io::Result<Self> {
        let shown = visible(columns, Shown::People);
        let mut page = Markup::default();
        open("Military aid", &mut page);
        page.raw("<body class=\"wide\">\n<main>\n<h1>Military aid</h1>\n<div class=\"scroll\"");
        page.raw(" role=\"region\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n<thead><tr>");
        for index in &shown {
            page.element("<th scope=\"col\">", &columns[*index].title, "</th>");
        }
        page.raw("</tr></thead>\n<tbody>\n");
        out.write_all(page.finish().as_bytes())?;
        Ok(Self { columns: shown, out })
    }
}

impl Rows for Page<'_> {
    fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        let mut page = Markup::default();
        page.raw("<tr>");
        for index in &self.columns {
            page.raw("<td>");
            cell(&row[*index], &mut page);
            page.raw("</td>");
        }
        page.raw("</tr>\n");
        self.out.write_all(page.finish().as_bytes())
    }

    fn end(&mut self, sums: &[Vec<Cell>], notes: &[String]) -> io::Result<()> {
        sums.iter().try_for_each(|row| self.row(row))?;
        let mut page = Markup::default();
        page.raw("</tbody>\n</table>\n</div>\n");
        for note in notes {
            page.element("<p class=\"note\">", note, "</p>\n");
        }
        page.raw("</main>\n</body>\n</html>\n");
        self.out.write_all(page.finish().as_bytes())
    }
}

/// What stands in a cell; an address that is safe to follow is a link.
fn cell(cell: &Cell, page: &mut Markup) {
    match cell {
        Cell::Sources(sources) => {
            for location in sources.iter().filter_map(|source| source.location.as_deref()) {
                place(location, page);
                page.raw(" ");
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
        page.raw("<a").attribute("href", text).raw(">").text(text).raw("</a>");
    } else {
        page.text(text);
    }
}

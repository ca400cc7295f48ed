//! The table of packages, and the sentences that each was read from.

use super::link;
use super::markup::Markup;
use crate::model::CivilDate;
use crate::report::document::proof::{Dossier, Quoted, Told};
use crate::report::document::{Report, phrases};
use crate::report::figures::{amount_text, item_text};

/// So many rows stand in one table: a browser lays out the tables that are seen, and no others.
const ROWS: usize = 100;

/// So many packages' sentences stand in one part, for the same reason.
const SENTENCES: usize = 25;

/// The table of packages; one that is long stands in parts by year.
pub(super) fn table(report: &Report, page: &mut Markup) {
    let dossiers = &report.material.dossiers;
    page.raw("<section id=\"packages\" aria-labelledby=\"packages-h\">\n<h2 id=\"packages-h\">");
    page.raw("Packages</h2>\n");
    if dossiers.is_empty() {
        page.raw("<p>No package is meant.</p>\n</section>\n");
        return;
    }
    let columns = Columns::of(dossiers);
    if dossiers.len() <= ROWS {
        rows(report, dossiers, columns, "Packages", page);
    } else {
        let year = |one: &Dossier| one.package.announced.map(CivilDate::year_number);
        for of_year in dossiers.chunk_by(|one, next| year(one) == year(next)) {
            let name = year(&of_year[0]).map_or("No date".to_owned(), |year| year.to_string());
            page.element("<h3>", &name, "</h3>\n");
            for (number, part) in of_year.chunks(ROWS).enumerate() {
                let label = match number {
                    0 => name.clone(),
                    _ => format!("{name}, part {}", number + 1),
                };
                rows(report, part, columns, &label, page);
            }
        }
    }
    page.raw("</section>\n");
}

/// The columns that stand only where some package has something in them.
#[derive(Clone, Copy)]
struct Columns {
    /// The amount in the money of the report.
    worth: bool,
    /// The mechanism.
    via: bool,
}

impl Columns {
    fn of(dossiers: &[Dossier]) -> Self {
        Self {
            worth: dossiers.iter().any(|one| one.worth != one.package.amount),
            via: dossiers.iter().any(|one| one.package.mechanism.is_some()),
        }
    }
}

/// A table of some packages. Its heading is seen where it is the first of several.
fn rows(report: &Report, dossiers: &[Dossier], columns: Columns, label: &str, page: &mut Markup) {
    page.raw("<div class=\"part\"><table class=\"packages");
    page.raw(if label.contains(", part ") { " more-rows" } else { "" });
    page.raw("\"").attribute("aria-label", label);
    page.raw(">\n<thead><tr><th scope=\"col\">Package</th>");
    page.raw("<th scope=\"col\">Announced</th><th scope=\"col\">Donor</th>");
    page.raw("<th scope=\"col\">To</th><th scope=\"col\">Amount</th>");
    if columns.worth {
        page.raw("<th scope=\"col\" class=\"worth\">In the sums</th>");
    }
    if columns.via {
        page.raw("<th scope=\"col\" class=\"via\">Via</th>");
    }
    page.raw("<th scope=\"col\">Stage</th>");
    page.raw("<th scope=\"col\">What is in it</th></tr></thead>\n<tbody>\n");
    for dossier in dossiers {
        row(report, dossier, columns, page);
    }
    page.raw("</tbody>\n</table></div>\n");
}

/// A row; its cells have no names of their own where they can be told by their place, since a long report has tens
/// of thousands of them.
fn row(report: &Report, dossier: &Dossier, columns: Columns, page: &mut Markup) {
    let package = &dossier.package;
    let id = package.id.to_string();
    page.raw("<tr").numbered("id=p", package.id.0).raw("><th scope=row>");
    match package.amount {
        Some(_) => page.text(&id),
        None => link(package.id, &id, page),
    };
    page.raw("<td>").text(&phrases::day(package));
    page.raw("<td>").text(&report.actors(&package.donors));
    page.raw("<td>").text(&report.actors(&package.recipients)).raw("<td>");
    if package.amount.is_some() {
        link(package.id, &phrases::amount(package), page);
    }
    if columns.worth {
        let worth = dossier.worth.as_ref().filter(|_| dossier.is_summed);
        let words = match (worth, package.amount) {
            (Some(worth), _) => amount_text(worth),
            (None, Some(_)) => "not in the sums".to_owned(),
            (None, None) => String::new(),
        };
        page.raw("<td>").text(&words);
    }
    if columns.via {
        page.raw("<td class=via>").text(package.mechanism.as_deref().unwrap_or_default());
    }
    page.raw("<td>").text(package.stage.as_str());
    let items: Vec<String> = package.items.iter().map(item_text).collect();
    page.raw("<td>").text(&items.join("; ")).raw("\n");
}

/// The sentences of each package.
pub(super) fn sentences(report: &Report, page: &mut Markup) {
    page.raw("<section id=\"sentences\" aria-labelledby=\"sentences-h\">\n");
    page.raw("<h2 id=\"sentences-h\">Sentences</h2>\n");
    page.raw("<p class=\"note\">The words from which a field was read are marked.</p>\n");
    for part in report.material.dossiers.chunks(SENTENCES) {
        page.raw("<div class=\"part words\">\n");
        for dossier in part {
            tellings(report, dossier, page);
        }
        page.raw("</div>\n");
    }
    page.raw("</section>\n");
}

/// A heading to which figures lead, and the sentences under it.
fn tellings(report: &Report, dossier: &Dossier, page: &mut Markup) {
    let package = &dossier.package;
    page.raw("<h3").numbered("id=s", package.id.0).raw("><a");
    page.numbered("href=#p", package.id.0).raw(">");
    page.text(&package.id.to_string()).raw("</a> ");
    page.text(&format!(
        "{}, {} to {}: {}",
        phrases::day(package),
        report.actors(&package.donors),
        report.actors(&package.recipients),
        phrases::amount(package),
    ));
    page.raw("</h3>");
    for words in &dossier.amended {
        page.element("<p class=\"amended\">Put right by a person: ", words, "</p>");
    }
    for told in &dossier.tellings {
        telling(told, page);
    }
    page.raw("\n");
}

fn telling(told: &Told, page: &mut Markup) {
    if told.is_left_out {
        return published(told, page);
    }
    page.raw("<blockquote");
    if let Some(language) = told.language.as_deref().filter(|language| *language != "en") {
        page.attribute("lang", language);
    }
    page.raw(">");
    for quoted in &told.sentences {
        if told.sentences.len() > 1 {
            page.raw("<p>");
        }
        sentence(quoted, page);
    }
    if told.sentences.is_empty() {
        page.raw("<p class=none>No sentence was given.");
    }
    page.raw("</blockquote>");
    published(told, page);
}

/// Where an article was published.
fn published(told: &Told, page: &mut Markup) {
    page.raw("<p class=source>");
    if told.is_by_hand {
        page.raw("Entered by hand. ");
    }
    if let Some(title) = &told.source.title {
        page.element("<cite>", title, "</cite>. ");
    }
    for words in phrases::published(told) {
        page.text(&words).raw(". ");
    }
    if let (Some(address), Some(host)) = (told.address(), told.host()) {
        page.raw("<a").attribute("href", address).raw(">");
        page.text(host).raw("</a>");
    } else if let Some(place) = told.place() {
        page.text(place);
    }
}

fn sentence(quoted: &Quoted, page: &mut Markup) {
    for (words, is_marked) in quoted.pieces() {
        if is_marked {
            page.element("<mark>", words, "</mark>");
        } else {
            page.text(words);
        }
    }
}

//! The report as one page for a browser. It loads nothing, runs nothing, and says so in its content
//! security policy; each figure leads to the sentences that it comes from. Where there are many of them, rows,
//! cells and entries of lists have no end tags (HTML ends them where the next begins), and no line ends between
//! them, each of which would be a node of its own: what a page of ten thousand packages takes to open is what its
//! nodes take to make.

mod charts;
pub(in crate::report) mod markup;
mod money;
mod packages;
mod things;

use super::{Report, phrases};
use crate::model::PackageId;
use crate::report::select::count_packages;
use markup::Markup;
use sha2::{Digest, Sha256};
use std::io::{self, Write};

const STYLE: &str = include_str!("style.css");

/// Up to this many packages of a figure are named with their amounts, more by number alone.
const NAMED_WITH_AMOUNT: usize = 200;

/// Writes the page.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Markup::default();
    open(&report.material.title, &mut page);
    page.raw("<body>\n<a class=\"skip\" href=\"#main\">Skip to the figures</a>\n");
    masthead(report, &mut page);
    page.raw("<main id=\"main\">\n");
    if report.material.dossiers.is_empty() {
        page.element("<p>", phrases::EMPTY, "</p>\n");
    } else {
        figures(report, &mut page);
    }
    page.raw("</main>\n");
    about(report, &mut page);
    page.raw("</body>\n</html>\n");
    out.write_all(page.finish().as_bytes())
}

fn figures(report: &Report, page: &mut Markup) {
    totals(report, page);
    let (own, shared) = report.apart();
    for money in own {
        money::section(report, money, page);
    }
    money::others(report, shared, page);
    things::section(report, page);
    packages::table(report, page);
    packages::sentences(report, page);
}

/// What stands before a page's body.
pub(in crate::report) fn open(title: &str, page: &mut Markup) {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(STYLE.as_bytes()))
    );
    page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    // A policy in an attribute keeps its apostrophes: browsers read `&#39;` as one.
    page.raw("<meta http-equiv=\"Content-Security-Policy\"").attribute("content", &policy);
    page.raw(">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.raw("<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\"");
    page.attribute("content", concat!("aidledger ", env!("CARGO_PKG_VERSION"))).raw(">\n");
    page.element("<title>", title, "</title>\n<style>");
    page.raw(STYLE).raw("</style>\n</head>\n");
}

fn masthead(report: &Report, page: &mut Markup) {
    page.element("<header>\n<h1>", &report.material.title, "</h1>\n<p class=\"summary\">");
    page.text(&phrases::summary(report)).raw(".</p>\n");
    if let Some(chosen) = phrases::chosen(report) {
        page.element("<p class=\"stamp\">", &chosen, ".</p>\n");
    }
    page.raw("<p class=\"stamp\">As of ");
    page.text(&phrases::head(report)).raw(".</p>\n");
    if !report.material.dossiers.is_empty() {
        contents(report, page);
    }
    page.raw("</header>\n");
}

/// The parts of the page.
fn contents(report: &Report, page: &mut Markup) {
    page.raw("<nav aria-label=\"Contents\"><ul>\n");
    page.raw("<li><a href=\"#totals\">In total</a></li>\n");
    let (own, shared) = report.apart();
    for money in own {
        let code = money.currency.to_string();
        page.raw("<li><a").attribute("href", &format!("#money-{code}")).raw(">");
        page.element("", &code, "</a></li>\n");
    }
    if !shared.is_empty() {
        page.element("<li><a href=\"#money-others\">", phrases::OTHERS, "</a></li>\n");
    }
    page.raw("<li><a href=\"#things\">Systems</a></li>\n<li><a href=\"#packages\">Packages</a>");
    page.raw("</li>\n<li><a href=\"#sentences\">Sentences</a></li>\n<li><a href=\"#about\">");
    page.raw("About</a></li>\n</ul></nav>\n");
}

/// A card a currency, and one for what has no amount.
fn totals(report: &Report, page: &mut Markup) {
    page.raw("<section id=\"totals\" aria-labelledby=\"totals-h\">\n<h2 id=\"totals-h\">In total");
    page.raw("</h2>\n<p class=\"hint\">Every figure opens: it names its packages, and each leads ");
    page.raw("to the sentences that it was read from.</p>\n<div class=\"cards\">\n");
    let (own, shared) = report.apart();
    for money in own {
        page.raw("<details class=\"card\"><summary><span class=\"big\">");
        page.text(&phrases::headline(&money.total, money.currency));
        page.raw("</span> <span class=\"of\">in ");
        page.text(&count_packages(money.total.packages.len()));
        page.raw("</span> <span class=\"ends\">").text(&phrases::ends_line(&money.total));
        page.raw("</span></summary>\n");
        if money.total.packages.len() > NAMED_WITH_AMOUNT {
            page.raw("<p class=\"links\"><a")
                .attribute("href", &format!("#money-{}", money.currency));
            page.raw(
                ">By donor and by month, each with its packages</a> <a href=\"#packages\">All ",
            );
            page.raw("packages, each with its sentences</a></p>\n");
        } else {
            links(report, &money.total.packages, page);
        }
        page.raw("</details>\n");
    }
    if !report.unstated.is_empty() {
        page.raw("<details class=\"card\"><summary><span class=\"big\">");
        page.text(&count_packages(report.unstated.len()));
        page.raw("</span> <span class=\"of\">without a stated amount</span> ");
        page.raw("<span class=\"ends\">in no sum, and not taken for zero</span></summary>\n");
        links(report, &report.unstated, page);
        page.raw("</details>\n");
    }
    page.raw("</div>\n");
    if !shared.is_empty() {
        let sums = shared.iter().map(|money| phrases::headline(&money.total, money.currency));
        let sums = sums.collect::<Vec<_>>().join(", ");
        page.element("<p><a href=\"#money-others\">", phrases::OTHERS, "</a>, each in one or two");
        page.element(" packages: ", &sums, ".</p>\n");
    }
    for words in &report.material.rates {
        page.element("<p class=\"note\">", words, "</p>\n");
    }
    if report.monies.len() > 1 {
        page.raw("<p class=\"note\">Money is never added across currencies.</p>\n");
    }
    page.raw("</section>\n");
}

/// The packages of a figure, each leading to its sentences. A paragraph of links, since a page of ten
/// thousand packages has three times as many here, and each node that is saved is time to open it: so the space
/// that parts them stands in them, and the style drops it.
fn links(report: &Report, packages: &[PackageId], page: &mut Markup) {
    let are_few = packages.len() <= NAMED_WITH_AMOUNT && !report.material.is_long();
    page.raw("<p class=\"links\">");
    for dossier in packages.iter().filter_map(|id| report.dossier(*id)) {
        let package = &dossier.package;
        let words = if are_few {
            format!("{} {}, {} ", package.id, phrases::day(package), phrases::amount(package))
        } else {
            format!("{} ", package.id)
        };
        link(package.id, &words, page);
    }
    page.raw("</p>\n");
}

/// A link to the sentences of a package.
fn link<'a>(package: PackageId, text: &str, page: &'a mut Markup) -> &'a mut Markup {
    page.raw("<a").numbered("href=#s", package.0).raw(">").text(text).raw("</a>")
}

fn about(report: &Report, page: &mut Markup) {
    page.raw("<footer id=\"about\">\n<h2>About these figures</h2>\n<dl>\n");
    for (term, lines) in phrases::about(report) {
        page.element("<dt>", term, "</dt>\n");
        for line in lines {
            page.element("<dd>", &line, "</dd>\n");
        }
    }
    page.raw("</dl>\n</footer>\n");
}

/// Standard base 64 with padding, as a content security policy writes a hash.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let byte = |place: usize| u32::from(group.get(place).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= group.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn a_hash_is_written_in_base_64() {
        for (bytes, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }
}

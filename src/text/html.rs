//! Web pages: the main text without navigation, lists and tables kept apart, and the page's data.

use super::page::Page;
use super::{Hint, ReadError, depth, header, language, published, render};
use crate::model::{Article, DocumentFormat, Source, Span};
use dom_smoothie::{Config, Readability};
use scraper::Html;

/// How far into a document its format is looked for, in bytes.
const SNIFFED: usize = 1024;
/// A main text shorter than this is compared with the other ways to find it, in bytes.
const SUSPICIOUS: usize = 200;

/// Whether a document's first characters are those of a web page.
pub(super) fn is_html(text: &str) -> bool {
    let head = &text[..super::boundary(text, SNIFFED)];
    let mut head = head.trim_start_matches('\u{feff}').trim_start();
    // Comments and the XML declaration may stand first.
    while let Some(end) = ["<!--", "<?"].iter().find_map(|open| {
        let close = if *open == "<?" { "?>" } else { "-->" };
        head.strip_prefix(open).and_then(|rest| Some(&rest[rest.find(close)? + close.len()..]))
    }) {
        head = end.trim_start();
    }
    let head = head.to_ascii_lowercase();
    let tags = [
        "html", "head", "body", "title", "meta", "article", "main", "section", "div", "p", "h1",
        "span", "ul", "table",
    ];
    head.starts_with("<!doctype html")
        || tags.iter().any(|tag| {
            head.strip_prefix('<')
                .and_then(|rest| rest.strip_prefix(tag))
                .is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\r', '\t', '/']))
        })
}

/// Whether a document that was saved under a page's name holds markup.
pub(super) fn is_saved_page(path: Option<&str>, text: &str) -> bool {
    let extension = path.and_then(|path| path.rsplit_once('.')).map(|(_, extension)| extension);
    let named = ["html", "htm", "xhtml"];
    extension.is_some_and(|extension| named.iter().any(|name| extension.eq_ignore_ascii_case(name)))
        && text.contains("</")
}

/// An article from a web page, without its hash.
pub(super) fn read(page: &str, hint: &Hint) -> Result<Article, ReadError> {
    depth::check(page)?;
    let document = Html::parse_document(page);
    let data = Page::read(&document);
    let main = main_text(page, &document, &data).ok_or(ReadError::NoText)?;
    let url = hint.url.map(str::to_owned).or_else(|| data.url.clone());
    let day =
        data.published.or_else(|| published::leading_date(&main, url.as_deref())).or(data.modified);
    let (text, title_span) = with_title(data.title.as_deref(), &main);
    let body = Span::new(title_span.map_or(0, |title| title.end), text.len());
    let language = data.language.clone().or_else(|| language::detect(body.of(&text)));
    Ok(Article {
        source: Source { path: hint.path.map(str::to_owned), url, ..Source::default() },
        format: DocumentFormat::Html,
        sha256: String::new(),
        title: data.title,
        title_span,
        publisher: data.publisher,
        published: day,
        language,
        text,
        body,
    })
}

/// The article reader's text, else what the page's data tells, else the whole body's.
fn main_text(page: &str, document: &Html, data: &Page) -> Option<String> {
    let found = reader_text(page).unwrap_or_default();
    if found.len() >= SUSPICIOUS {
        return Some(found);
    }
    // The page's data may hold the text that a script would show.
    let stated = data.body.as_deref().map(str::trim).unwrap_or_default();
    if stated.len() > 2 * found.len() {
        return Some(stated.to_owned());
    }
    [found, render::body(document)].into_iter().find(|text| has_words(text))
}

fn reader_text(page: &str) -> Option<String> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let article = Readability::new(page, None, Some(config)).ok()?.parse().ok()?;
    Some(render::fragment(&Html::parse_fragment(&article.content)))
}

fn has_words(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).take(2).count() == 2
}

/// The main text with the title before it, where it does not begin with the title itself.
fn with_title(title: Option<&str>, main: &str) -> (String, Option<Span>) {
    let Some(title) = title else { return (main.to_owned(), None) };
    let first = main.lines().next().unwrap_or("").trim();
    if header::tidy_title(first) == title {
        return (main.to_owned(), Some(Span::new(0, first.len())));
    }
    (format!("{title}\n\n{main}"), Some(Span::new(0, title.len())))
}

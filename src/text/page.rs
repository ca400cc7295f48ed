//! What a page tells of itself: title, date, publisher, address, language.
//! JSON-LD first, then the page's meta elements, then what is visible.

use super::date::parse_date;
use super::header::tidy_title;
use super::json_ld::{self, Description};
use super::language;
use crate::model::CivilDate;
use scraper::{ElementRef, Html, Selector};

/// Meta elements of the day of publication, in order of trust.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "release_date",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "created",
];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
];
const TITLE: &[&str] = &["og:title", "twitter:title", "dc.title", "dcterms.title", "title"];
const PUBLISHER: &[&str] =
    &["og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name"];
const LANGUAGE: &[&str] = &["og:locale", "content-language", "dc.language", "language"];

/// What a page tells of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) title: Option<String>,
    pub(super) published: Option<CivilDate>,
    pub(super) modified: Option<CivilDate>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    /// The article's text, where the page's data holds it.
    pub(super) body: Option<String>,
}

impl Page {
    /// Reads a page's data.
    pub(super) fn read(document: &Html) -> Self {
        let described = description(document);
        let metas = Metas::read(document);
        let date = |text: Option<&str>| text.and_then(stated_date);
        let publisher = described.publisher.clone().or_else(|| metas.first(PUBLISHER));
        let title = title(document, &described, &metas)
            .map(|title| without_site(&title, publisher.as_deref()));
        Self {
            title,
            published: date(described.published.as_deref())
                .or_else(|| metas.date(PUBLISHED))
                .or_else(|| visible_date(document)),
            modified: date(described.modified.as_deref()).or_else(|| metas.date(MODIFIED)),
            publisher,
            url: canonical(document)
                .or_else(|| metas.first(&["og:url"]))
                .or(described.url)
                .filter(|url| url.starts_with("http")),
            language: attribute(document, "html", "lang")
                .or_else(|| attribute(document, "html", "xml:lang"))
                .or(described.language)
                .or_else(|| metas.first(LANGUAGE))
                .and_then(|tag| language::from_tag(&tag)),
            body: described.body,
        }
    }
}

/// The first dated description of an article, else the first at all.
fn description(document: &Html) -> Description {
    let found: Vec<Description> = select(document, "script[type=\"application/ld+json\"]")
        .filter_map(|script| json_ld::describe(&script.text().collect::<String>()))
        .collect();
    let dated = found.iter().position(|description| description.published.is_some());
    found.into_iter().nth(dated.unwrap_or(0)).unwrap_or_default()
}

/// A page's meta elements: names in lower case, and values.
struct Metas(Vec<(String, String)>);

impl Metas {
    fn read(document: &Html) -> Self {
        let pairs = select(document, "meta[content]").filter_map(|meta| {
            let keys = ["property", "name", "itemprop", "http-equiv"];
            let key = keys.iter().find_map(|key| meta.attr(key))?;
            let value = meta.attr("content")?.trim();
            (!value.is_empty()).then(|| (key.to_ascii_lowercase(), value.to_owned()))
        });
        Self(pairs.collect())
    }

    fn all<'m>(&'m self, names: &'m [&str]) -> impl Iterator<Item = &'m str> {
        names.iter().flat_map(|name| {
            self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
        })
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        self.all(names).next().map(str::to_owned)
    }

    fn date(&self, names: &[&str]) -> Option<CivilDate> {
        self.all(names).find_map(stated_date).filter(|date| date.is_day())
    }
}

/// The date of the element that says it is the publication's, else of the article's first.
fn visible_date(document: &Html) -> Option<CivilDate> {
    let selectors = [
        "[itemprop=\"datePublished\"]",
        "time[pubdate]",
        "time[class*=\"publish\"]",
        "article time[datetime]",
        "main time[datetime]",
        "time[datetime]",
        "article time",
        "time",
    ];
    selectors.iter().find_map(|selector| {
        select(document, selector).find_map(|element| {
            let value = element.attr("datetime").or_else(|| element.attr("content"));
            match value {
                Some(value) => stated_date(value),
                None => stated_date(&element.text().take(8).collect::<String>()),
            }
            .filter(|date| date.is_day())
        })
    })
}

fn title(document: &Html, described: &Description, metas: &Metas) -> Option<String> {
    let heading = || {
        let mut headings = select(document, "h1").map(own_text).filter(|text| !text.is_empty());
        headings.next()
    };
    described
        .headline
        .clone()
        .or_else(|| metas.first(TITLE))
        .or_else(heading)
        .or_else(|| select(document, "head > title, title").map(own_text).next())
        .map(|title| tidy_title(&unescape(&title)))
        .filter(|title| !title.is_empty())
}

/// The first date with a year in a machine's value or a few visible words.
fn stated_date(value: &str) -> Option<CivilDate> {
    parse_date(value).map(|(date, _)| date)
}

/// A title without the publisher's name after a bar or a dash.
fn without_site(title: &str, publisher: Option<&str>) -> String {
    let Some(publisher) = publisher else { return title.to_owned() };
    for bar in [" | ", " - ", " – ", " — ", " :: ", " · "] {
        if let Some((head, site)) = title.rsplit_once(bar)
            && !head.trim().is_empty()
            && site.trim().eq_ignore_ascii_case(publisher.trim())
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

/// Character references that were written twice.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    Html::parse_fragment(text).root_element().text().collect()
}

fn canonical(document: &Html) -> Option<String> {
    attribute(document, "link[rel~=\"canonical\"]", "href")
}

fn attribute(document: &Html, selector: &str, name: &str) -> Option<String> {
    let value = select(document, selector).find_map(|element| element.attr(name))?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

fn own_text(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// The elements that a selector of this file matches.
fn select<'d>(document: &'d Html, selector: &str) -> impl Iterator<Item = ElementRef<'d>> {
    let selector = Selector::parse(selector).ok();
    let found: Vec<_> = selector.iter().flat_map(|selector| document.select(selector)).collect();
    found.into_iter()
}

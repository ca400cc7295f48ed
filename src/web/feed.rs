//! RSS, Atom and JSON feeds become lists of entries. Knows what a feed says of its entries, not
//! what the articles behind them say.

use super::error::BadFeed;
use crate::model::CivilDate;
use feed_rs::model::{Content, Entry as RawEntry, Link, Text};
use feed_rs::parser::{Builder, ParseFeedError};
use std::fmt::Write as _;
use url::Url;

/// A feed has at most this many entries.
const ENTRY_LIMIT: usize = 10_000;

/// What a feed holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedContent {
    /// What it calls itself.
    pub title: Option<String>,
    /// Its entries, in its order.
    pub entries: Vec<Entry>,
}

/// What a feed says of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name by which the feed knows it.
    pub id: String,
    /// Where the article stands, as an address that is complete where the feed's own is known.
    pub link: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The day of publication, by the publisher's clock.
    pub published: Option<CivilDate>,
    /// The article itself or its beginning, as a web page; where the feed holds some.
    pub page: Option<String>,
    /// Whether that is said to be the article itself, and no summary of it.
    pub is_whole: bool,
    /// All that the feed says of it: whoever keeps its hash can tell later whether it is known.
    pub said: String,
}

/// Reads a feed; `address` is where it came from, by which its links are made complete.
///
/// # Errors
/// Where it is no feed, or has too many entries.
pub fn parse_feed(bytes: &[u8], address: Option<&str>) -> Result<FeedContent, BadFeed> {
    let parser = Builder::new()
        .base_uri(address)
        // What bears no name gets none that differs at each reading.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|text| CivilDate::wall_clock(text.trim()))
        .build();
    let feed = parser.parse(bytes).map_err(|error| unreadable(&error))?;
    if feed.entries.len() > ENTRY_LIMIT {
        return Err(BadFeed::TooMany { found: feed.entries.len(), limit: ENTRY_LIMIT });
    }
    let title = words(feed.title.as_ref());
    let base = address.and_then(|address| Url::parse(address).ok());
    let language = feed.language.as_deref();
    let entries = feed
        .entries
        .iter()
        .map(|raw| entry(raw, title.as_deref(), language, base.as_ref()))
        .collect();
    Ok(FeedContent { title, entries })
}

fn unreadable(error: &ParseFeedError) -> BadFeed {
    let text = match error {
        ParseFeedError::ParseError(error) => error.to_string(),
        ParseFeedError::XmlReader(error) => error.to_string(),
        ParseFeedError::JsonSerde(error) => error.to_string(),
        other => other.to_string(),
    };
    BadFeed::Unreadable(text)
}

fn entry(raw: &RawEntry, feed: Option<&str>, language: Option<&str>, base: Option<&Url>) -> Entry {
    let title = words(raw.title.as_ref());
    // What was only ever changed came when it was changed last.
    let published = raw.published.or(raw.updated).map(CivilDate::of_moment);
    let link = raw.links.iter().find(|link| is_article(link)).map(|link| complete(link, base));
    let told = |body: &String| !body.trim().is_empty();
    let whole = raw.content.as_ref().and_then(of_content).filter(told);
    let is_whole = whole.is_some();
    let body = whole.or_else(|| raw.summary.as_ref().map(of_text).filter(told));
    let language = raw.language.as_deref().or(language);
    let page = body.as_ref().map(|body| page(body, title.as_deref(), feed, published, language));
    let moments = [raw.published, raw.updated].map(|moment| moment.map(|one| one.to_string()));
    let parts = [
        Some(raw.id.clone()),
        link.clone(),
        title.clone(),
        body,
        raw.summary.as_ref().map(|summary| summary.content.clone()),
        moments[0].clone(),
        moments[1].clone(),
    ];
    let named = Some(raw.id.clone()).filter(|id| !id.is_empty());
    let id = named.or_else(|| link.clone()).or_else(|| title.clone());
    let id = id.or_else(|| moments[0].clone()).unwrap_or_else(|| "entry".to_owned());
    Entry { id, link, title, published, page, is_whole, said: apart(&parts) }
}

/// Parts after their lengths, so that no two lists of parts give one text.
fn apart(parts: &[Option<String>]) -> String {
    let mut text = String::new();
    for part in parts.iter().map(|part| part.as_deref().unwrap_or_default()) {
        let _ = write!(text, "{}:{part}", part.len());
    }
    text
}

/// Whether a link leads to the article itself, as a page.
fn is_article(link: &Link) -> bool {
    let is_page = |kind: &str| kind.is_empty() || kind.contains("html") || kind == "text/plain";
    matches!(link.rel.as_deref(), None | Some("" | "alternate"))
        && !link.href.trim().is_empty()
        && link.media_type.as_deref().is_none_or(is_page)
}

fn complete(link: &Link, base: Option<&Url>) -> String {
    let href = link.href.trim();
    base.and_then(|base| base.join(href).ok()).map_or_else(|| href.to_owned(), Into::into)
}

fn words(text: Option<&Text>) -> Option<String> {
    let text = text?.content.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn of_content(content: &Content) -> Option<String> {
    let body = content.body.as_deref()?;
    Some(if content.content_type.subty() == "plain" { marked_up(body) } else { body.to_owned() })
}

fn of_text(text: &Text) -> String {
    if text.content_type.subty() == "plain" {
        marked_up(&text.content)
    } else {
        text.content.clone()
    }
}

/// Plain text as markup, a paragraph for each stretch between empty lines. Many feeds send markup
/// and call it plain.
fn marked_up(text: &str) -> String {
    let follows =
        |at: usize| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    if text.match_indices('<').any(|(at, _)| follows(at)) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n");
    text.split("\n\n").fold(String::new(), |mut page, paragraph| {
        let _ = writeln!(page, "<p>{}</p>", escaped(paragraph));
        page
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A page of what a feed holds of an article, with what it says of it.
fn page(
    body: &str,
    title: Option<&str>,
    publisher: Option<&str>,
    day: Option<CivilDate>,
    language: Option<&str>,
) -> String {
    let mut head = String::from("<meta charset=\"utf-8\">\n");
    let mut meta = |name: &str, value: &str| {
        let _ = writeln!(head, "<meta name=\"{name}\" content=\"{}\">", escaped(value));
    };
    if let Some(publisher) = publisher {
        meta("publisher", publisher);
    }
    if let Some(day) = day {
        meta("date", &day.to_string());
    }
    let (mut heading, mut language_of) = (String::new(), String::new());
    if let Some(title) = title.map(escaped) {
        let _ = writeln!(head, "<title>{title}</title>");
        heading = format!("<h1>{title}</h1>\n");
    }
    if let Some(language) = language {
        language_of = format!(" lang=\"{}\"", escaped(language));
    }
    format!(
        "<!doctype html>\n<html{language_of}>\n<head>\n{head}</head>\n<body>\n<article>\n{heading}\
         {body}\n</article>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_completed_and_the_day_is_that_of_the_publishers_clock() {
        let rss = "<?xml version='1.0'?><rss version='2.0'><channel><title>A &amp; B</title>
            <item><title>One</title><link>/news/1</link>
            <pubDate>Thu, 10 Nov 2022 23:30:00 -0500</pubDate></item></channel></rss>";
        let feed = parse_feed(rss.as_bytes(), Some("https://a.org/feed.xml")).unwrap();
        assert_eq!(feed.title.as_deref(), Some("A & B"));
        let entry = &feed.entries[0];
        assert_eq!(entry.link.as_deref(), Some("https://a.org/news/1"));
        assert_eq!(entry.published, "2022-11-10".parse().ok());
        assert_eq!((&entry.page, entry.is_whole), (&None, false));
    }

    #[test]
    fn an_entry_that_names_only_its_last_change_is_of_that_day() {
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><id>a</id><title>A</title>
            <updated>2022-11-12T08:00:00Z</updated>
            <entry><id>1</id><title>One</title><updated>2022-11-10T08:00:00Z</updated></entry>
            <entry><id>2</id><title>Two</title><published>2022-11-09T08:00:00Z</published>
            <updated>2022-11-11T08:00:00Z</updated></entry></feed>";
        let feed = parse_feed(atom.as_bytes(), None).unwrap();
        let days: Vec<_> = feed.entries.iter().map(|entry| entry.published).collect();
        assert_eq!(days, ["2022-11-10", "2022-11-09"].map(|day| day.parse().ok()));
    }

    #[test]
    fn an_entry_that_says_something_else_is_another_one() {
        let rss = |text: &str| {
            format!(
                "<rss version='2.0'><channel><item><guid>1</guid><description>{text}</description>
                 </item></channel></rss>"
            )
        };
        let said =
            |text: &str| parse_feed(rss(text).as_bytes(), None).unwrap().entries[0].said.clone();
        assert_eq!(said("a"), said("a"));
        assert_ne!(said("a"), said("b"));
    }

    #[test]
    fn an_entry_without_a_name_says_the_same_at_each_reading() {
        let rss = "<rss version='2.0'><channel><item><title>Aid</title>
                   <description>a</description></item></channel></rss>";
        let read = || parse_feed(rss.as_bytes(), None).unwrap().entries.remove(0);
        assert_eq!(read(), read());
        assert_eq!(read().id, "Aid");
    }

    #[test]
    fn plain_text_becomes_paragraphs_and_markup_stays() {
        assert_eq!(marked_up("a < b\n\nc & d"), "<p>a &lt; b</p>\n<p>c &amp; d</p>\n");
        assert_eq!(marked_up("<p>a</p>"), "<p>a</p>");
    }

    #[test]
    fn what_is_no_feed_is_refused() {
        for text in ["", "text", "<html><body></body></html>", "<rss version='2.0'><channel>", "{}"]
        {
            assert!(parse_feed(text.as_bytes(), None).is_err(), "{text}");
        }
    }
}

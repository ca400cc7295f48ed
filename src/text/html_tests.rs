//! Pages of ministries, agencies and papers as articles.

use super::{Hint, ReadError, SegmentKind, read, segment};
use crate::model::{Article, DocumentFormat};
use crate::properties::some;
use proptest::prelude::*;

fn page(html: &str) -> Article {
    read(html.as_bytes(), &Hint::default()).unwrap()
}

fn texts(article: &Article, kind: SegmentKind) -> Vec<&str> {
    let wanted = segment(article).into_iter().filter(|segment| segment.kind == kind);
    wanted.map(|segment| segment.span.of(&article.text)).collect()
}

const RELEASE: &str = r#"<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8">
<title>Armoured vehicles for Ukraine | Ministry of Examples</title>
<meta property="og:title" content="Armoured vehicles for Ukraine | Ministry of Examples">
<meta property="og:site_name" content="Ministry of Examples">
<link rel="canonical" href="https://example.org/en/news/2023/donation/">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
 "datePublished":"2023-03-14T23:30:00+01:00","headline":"Armoured vehicles for Ukraine"}</script>
</head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav></header>
<main><article><h1>Armoured vehicles for Ukraine</h1>
<p>The government has decided on a donation package for Ukraine, worth DKK 1.7 billion in all. It
was prepared in close dialogue with the Ukrainian authorities, the ministry said today.</p>
<figure><img src="x.jpg"><figcaption>One of 500 tanks. Photo: the army</figcaption></figure>
<p>The donation consists of the following contributions:</p>
<ul><li>14 Leopard 2 tanks</li><li><p>Armoured vehicles:</p><ul><li>25 M113</li></ul></li>
<li>Ammunition, <b>155</b>mm</li></ul>
<h2>Earlier donations</h2>
<table><thead><tr><th>System</th><th>Quantity</th></tr></thead>
<tbody><tr><td>Harpoon battery</td><td>1</td></tr>
<tr><td><p>CAESAR howitzers</p></td><td>19</td></tr></tbody></table>
<p>“Ukraine needs our help,” said the minister.<br>The vehicles come in the spring.</p>
</article></main>
<aside><h3>Related</h3><ul><li><a href="/x">Sweden gives 10 tanks</a></li></ul></aside>
<footer><p>Copyright 2023 Ministry of Examples. All rights reserved.</p></footer>
</body></html>"#;

#[test]
fn a_release_keeps_its_lists_and_tables_and_loses_its_frame() {
    let article = page(RELEASE);
    assert_eq!(article.format, DocumentFormat::Html);
    assert_eq!(
        texts(&article, SegmentKind::Bullet),
        ["14 Leopard 2 tanks", "Armoured vehicles:", "25 M113", "Ammunition, 155mm"]
    );
    assert_eq!(
        texts(&article, SegmentKind::Row),
        ["System\tQuantity", "Harpoon battery\t1", "CAESAR howitzers\t19"]
    );
    assert_eq!(texts(&article, SegmentKind::Heading), ["Earlier donations"]);
    for outside in ["News", "500 tanks", "Sweden", "Copyright"] {
        assert!(!article.text.contains(outside), "{outside}: {}", article.text);
    }
}

#[test]
fn a_page_tells_title_publisher_date_address_and_language() {
    let article = page(RELEASE);
    assert_eq!(article.title.as_deref(), Some("Armoured vehicles for Ukraine"));
    assert_eq!(article.title_span.unwrap().of(&article.text), "Armoured vehicles for Ukraine");
    assert_eq!(article.publisher.as_deref(), Some("Ministry of Examples"));
    assert_eq!(article.published.unwrap().to_string(), "2023-03-14");
    assert_eq!(article.source.url.as_deref(), Some("https://example.org/en/news/2023/donation/"));
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(article.sha256.len(), 64);
}

#[test]
fn the_date_comes_from_meta_elements_then_time_elements_then_the_text() {
    let body = "<p>Germany gives 14 tanks to Ukraine, the government said on Friday.</p>";
    for (head, body, date) in [
        (
            "<meta property='article:published_time' content='2022-11-10T01:00:00Z'>",
            body,
            "2022-11-10",
        ),
        ("<meta name='DC.date.issued' content='10.11.2022'>", body, "2022-11-10"),
        (
            "",
            "<article><time datetime='2022-11-10'>yesterday</time><p>Tanks for Kyiv.</p></article>",
            "2022-11-10",
        ),
        ("", "<p>KYIV, 10 November 2022 — Tanks came.</p>", "2022-11-10"),
        ("<link rel='canonical' href='https://e.org/2022/11/10/a'>", body, "2022-11-10"),
    ] {
        let article = page(&format!("<html><head>{head}</head><body>{body}</body></html>"));
        assert_eq!(article.published.unwrap().to_string(), date, "{head}{body}");
    }
}

#[test]
fn a_short_page_falls_back_to_its_body_and_an_empty_one_is_refused() {
    let article = page("<html><body><div>Germany gives 14 tanks.</div></body></html>");
    assert!(article.text.contains("Germany gives 14 tanks."));
    for html in ["<html></html>", "<html><body><script>x()</script></body></html>"] {
        assert_eq!(read(html.as_bytes(), &Hint::default()), Err(ReadError::NoText), "{html}");
    }
}

#[test]
fn the_articles_text_may_stand_only_in_the_pages_data() {
    let html = r#"<html><head><script type="application/ld+json">{"@type":"NewsArticle",
        "articleBody":"Sweden gives 10 tanks to Ukraine. They come in May."}</script></head>
        <body><p>Subscribe.</p></body></html>"#;
    assert!(page(html).text.contains("They come in May."));
}

#[test]
fn a_page_that_nests_too_deep_is_refused_by_name() {
    let html = format!("<html><body>{}14 tanks", "<div>".repeat(600));
    let error = read(html.as_bytes(), &Hint::default()).unwrap_err();
    assert!(error.to_string().contains("expected at most 512"), "{error}");
    let nested = format!("<html><body>{}14 tanks for Kyiv", "<ul><li>".repeat(500));
    assert!(read(nested.as_bytes(), &Hint::default()).is_ok());
}

#[test]
fn the_format_is_told_by_content_and_may_be_stated() {
    let text = "<p>14 tanks for Kyiv</p> is how a page would begin";
    let hint = Hint { format: Some(DocumentFormat::Text), ..Hint::default() };
    assert_eq!(read(text.as_bytes(), &hint).unwrap().text, text);
    let commented = "\n<!-- made by hand --><!DOCTYPE HTML><p>14 tanks for Kyiv";
    assert_eq!(page(commented).format, DocumentFormat::Html);
    let saved = Hint { path: Some("a/saved.HTM"), ..Hint::default() };
    let part = read(b"Kyiv gets <b>14</b> tanks", &saved).unwrap();
    assert_eq!((part.format, part.text.as_str()), (DocumentFormat::Html, "Kyiv gets 14 tanks"));
    assert_eq!(page("5 < 7 tanks").format, DocumentFormat::Text);
}

#[test]
fn a_layout_table_is_read_as_paragraphs() {
    let html = "<html><body><table><tr><td><h2>Aid</h2><p>Oslo gives four launchers to Kyiv.</p>\
                <p>They come in May, the ministry said.</p></td><td><p>x</p></td></tr></table>";
    let article = page(html);
    assert!(
        texts(&article, SegmentKind::Sentence).contains(&"They come in May, the ministry said.")
    );
}

/// Pieces of pages, good and broken.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<div class=article>",
        "<ul>",
        "<li>",
        "</ul>",
        "<ol>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<th>",
        "<h1>",
        "</h1>",
        "<h2>",
        "<br>",
        "<br><br>",
        "<b>",
        "</b>",
        "<a href='/x'>",
        "</a>",
        "<script>",
        "</script>",
        "<style>",
        "<!--",
        "-->",
        "<pre>",
        "</pre>",
        "<svg>",
        "</svg>",
        "<math>",
        "<template>",
        "<noscript>",
        "<img src=x>",
        "<figure>",
        "<figcaption>",
        "</figure>",
        "<article>",
        "</article>",
        "<main>",
        "<title>",
        "</title>",
        "<meta property='og:title' content='Tanks for Kyiv'>",
        "<frameset>",
        "<script type='application/ld+json'>",
        "{\"@type\":\"NewsArticle\",\"headline\":\"T\"}",
        "<time datetime='2022-11-10'>",
        "<html lang='xx-yy'>",
        "</html>",
        "<body>",
        "&nbsp;",
        "&#0;",
        "&lt;",
        "<",
        ">",
        "\"",
        "'",
        "\n",
        "é",
        "\u{2029}",
        "Germany gives 14 tanks. ",
        "The ministry said on Friday that aid worth €500 million, and more, will go to Ukraine. ",
        "<select><option>",
        "<form>",
        "<input>",
        "<iframe>",
        "<object>",
        "<center>",
        "<font>",
    ])
}

proptest! {
    #![proptest_config(some())]

    #[test]
    fn any_page_is_read_or_refused(pieces in prop::collection::vec(piece(), 0..80)) {
        let html = format!("<!doctype html>{}", pieces.concat());
        if let Ok(article) = read(html.as_bytes(), &Hint::default()) {
            for segment in segment(&article) {
                prop_assert!(!segment.span.of(&article.text).is_empty());
            }
        }
    }
}

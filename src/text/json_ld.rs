//! What a page tells of itself in JSON-LD.

use serde_json::Value;

/// The parts of an article's description that are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Description {
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) headline: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) body: Option<String>,
}

/// The description of an article in one script; of several, the first that is dated.
pub(super) fn describe(script: &str) -> Option<Description> {
    let script = script.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim();
    // Line ends inside strings are a common slip.
    let value: Value = serde_json::from_str(script)
        .or_else(|_| serde_json::from_str(&script.replace(['\n', '\r', '\t'], " ")))
        .ok()?;
    let mut articles = Vec::new();
    collect(&value, 0, &mut articles);
    let best = articles
        .iter()
        .find(|article| article.get("datePublished").is_some())
        .or(articles.first())?;
    Some(Description {
        published: text(best, "datePublished").or_else(|| text(best, "dateCreated")),
        modified: text(best, "dateModified"),
        headline: text(best, "headline").or_else(|| text(best, "name")),
        publisher: name(best.get("publisher")).or_else(|| name(best.get("sourceOrganization"))),
        language: name(best.get("inLanguage")),
        url: text(best, "url").or_else(|| id(best.get("mainEntityOfPage"))),
        body: text(best, "articleBody"),
    })
}

/// Gathers the objects that describe an article, not a page, a person or a site.
fn collect<'v>(value: &'v Value, depth: usize, articles: &mut Vec<&'v Value>) {
    if depth > 8 {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth + 1, articles)),
        Value::Object(object) => {
            if object.get("@type").is_some_and(is_article) {
                articles.push(value);
            }
            for key in ["@graph", "mainEntity", "itemListElement"] {
                if let Some(inner) = object.get(key) {
                    collect(inner, depth + 1, articles);
                }
            }
        }
        _ => {}
    }
}

fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => {
            let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
            kind.ends_with("Article")
                || kind.ends_with("Posting")
                || kind.ends_with("Release")
                || matches!(kind, "Report" | "LiveBlogPosting" | "GovernmentAnnouncement")
        }
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    let text = match value.get(key)? {
        Value::Array(values) => values.first()?.as_str()?,
        value => value.as_str()?,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn name(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(name) => Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
        Value::Array(values) => name(values.first()),
        value => text(value, "name").or_else(|| text(value, "alternateName")),
    }
}

fn id(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(id) => Some(id.clone()),
        value => text(value, "@id"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dated_article_of_a_graph_is_described() {
        let script = r#"{"@context": "https://schema.org", "@graph": [
            {"@type": "WebSite", "name": "The Paper", "datePublished": "2001-01-01"},
            {"@type": ["NewsArticle"], "headline": "Tanks for
             Kyiv", "datePublished": "2023-01-25T21:00:00+01:00", "inLanguage": "en-GB",
             "publisher": {"@type": "Organization", "name": "The Paper"}}]}"#;
        let found = describe(script).unwrap();
        assert_eq!(found.published.as_deref(), Some("2023-01-25T21:00:00+01:00"));
        assert_eq!(found.publisher.as_deref(), Some("The Paper"));
        assert_eq!(found.language.as_deref(), Some("en-GB"));
        assert!(found.headline.unwrap().starts_with("Tanks for"));
    }

    #[test]
    fn what_is_no_article_describes_nothing() {
        assert_eq!(describe("{\"@type\": \"Person\"}"), None);
        assert_eq!(describe("no json"), None);
    }
}

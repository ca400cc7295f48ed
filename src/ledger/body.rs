//! What the bodies of journal entries say: with the raw articles, all that the ledger knows.
//! A body once written stays as it is, so new fields need a default.

use super::error::LedgerError;
use super::hash::Hasher;
use super::journal::Entry;
use crate::model::{
    Article, CivilDate, Claim, ControlTotal, Decision, DocumentFormat, Extraction, Gap, PackageId,
    ReferenceTable, Ruling, Source, Span, Verdict, Watching,
};
use serde::{Deserialize, Serialize};

/// The kind of an entry that records an article with its claims.
pub(super) const ARTICLE: &str = "article";
/// The kind of an entry that records a decision, automatic or a person's.
pub(super) const DECISION: &str = "decision";

/// The kind of an entry that records a table of rates or of price levels.
pub(super) const TABLE: &str = "table";
/// The kind of an entry that says what becomes of a feed.
pub(super) const FEED: &str = "feed";

/// The body of an entry.
pub(super) enum Body {
    /// An article with all that was read from it.
    Article(Box<ArticleBody>),
    /// Where a claim belongs.
    Placing(Box<Placing>),
    /// A person's decision on packages that the ledger holds.
    Ruling(Box<Ruling>),
    /// Rates or price levels that a person imported.
    Table(Box<ReferenceTable>),
    /// What becomes of a feed.
    Feed(Watching),
}

/// How sure a telling is, by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Why it may tell another package than that in which it stands.
    pub(super) doubt: Option<String>,
    /// Which one that may be.
    pub(super) maybe: Option<PackageId>,
    /// Why it alone is not enough for a package that counts.
    pub(super) weak: Option<String>,
}

/// An article, without its raw bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ArticleBody {
    pub(super) sha256: String,
    pub(super) source: Source,
    pub(super) format: DocumentFormat,
    pub(super) title: Option<String>,
    pub(super) title_span: Option<Span>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<CivilDate>,
    pub(super) language: Option<String>,
    pub(super) body: Span,
    /// The text that was taken from the bytes; `None` where it is exactly the bytes.
    pub(super) text: Option<String>,
    pub(super) claims: Vec<IdentifiedClaim>,
    pub(super) control_totals: Vec<ControlTotal>,
    pub(super) gaps: Vec<Gap>,
}

/// A claim with its content id.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct IdentifiedClaim {
    pub(super) id: String,
    pub(super) claim: Claim,
}

/// Where a claim belongs, with what only the ledger needs to know of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Placing {
    #[serde(flatten)]
    pub(super) decision: Decision,
    /// Of a claim entered by hand: its content id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) entered: Option<String>,
    /// Of a claim that leads the package that it joins, or that was entered by hand: why it may tell
    /// another package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) doubt: Option<String>,
    /// Of a doubtful claim: the package that it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) maybe: Option<PackageId>,
    /// Why the claim alone is not enough for a package that counts, where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) weak: Option<String>,
    /// Of a link: the telling is sure enough that its package need not wait for a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) confirms: bool,
    /// Of a link to a package that others were merged into: the one of them that the claim tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) home: Option<PackageId>,
}

/// A claim that a person types in.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    /// Its content id.
    pub(super) id: String,
    pub(super) claim: Claim,
    pub(super) quote: Option<String>,
    pub(super) source: Option<String>,
    pub(super) by: String,
}

impl ArticleBody {
    /// What the journal keeps of an article. Claims told twice in the very same words are one.
    pub(super) fn new(raw: &[u8], article: &Article, extraction: &Extraction) -> Self {
        let mut claims: Vec<IdentifiedClaim> = Vec::with_capacity(extraction.claims.len());
        for claim in &extraction.claims {
            let claim = in_order(claim.clone());
            let id = claim_id(&article.sha256, &claim);
            if claims.iter().all(|known| known.id != id) {
                claims.push(IdentifiedClaim { id, claim });
            }
        }
        Self {
            sha256: article.sha256.clone(),
            source: article.source.clone(),
            format: article.format,
            title: article.title.clone(),
            title_span: article.title_span,
            publisher: article.publisher.clone(),
            published: article.published,
            language: article.language.clone(),
            body: article.body,
            text: (raw != article.text.as_bytes()).then(|| article.text.clone()),
            claims,
            control_totals: extraction.control_totals.clone(),
            gaps: extraction.gaps.clone(),
        }
    }
}

impl ArticleBody {
    /// A hash of what the article says, whatever else stands on its page: two documents of one
    /// publisher and day with the same words are one article.
    pub(super) fn content(&self, text: &str) -> String {
        let published = self.published.map(|day| day.to_string()).unwrap_or_default();
        Hasher::new("aidledger article v1")
            .part(self.publisher.as_deref().unwrap_or_default().as_bytes())
            .part(published.as_bytes())
            .part(text.as_bytes())
            .finish()
    }
}

impl Placing {
    /// A decision that says no more than where the claim belongs.
    pub(super) fn plain(decision: Decision) -> Self {
        Self {
            decision,
            entered: None,
            doubt: None,
            maybe: None,
            weak: None,
            confirms: false,
            home: None,
        }
    }

    /// The same decision on a claim that a person types in, which this entry records too.
    pub(super) fn typed_in(self, typed: Typed) -> Self {
        let Marks { doubt, maybe, .. } = self.marks();
        let package = self.decision.package();
        let reason = match self.decision {
            Decision::Link { reason, .. } => Some(reason),
            _ => doubt.clone(),
        };
        let Typed { id, claim, quote, source, by } = typed;
        let decision =
            Decision::Enter { package, claim: Box::new(claim), quote, source, reason, by };
        Self { entered: Some(id), doubt, maybe, home: self.home, ..Self::plain(decision) }
    }

    /// How sure the telling is, by itself.
    pub(super) fn marks(&self) -> Marks {
        let (doubt, weak) = match &self.decision {
            Decision::New { pending: true, reason, .. } if self.maybe.is_some() => {
                (Some(reason.clone()), self.weak.clone())
            }
            Decision::New { pending: true, reason, .. } => (None, Some(reason.clone())),
            Decision::New { .. } => (None, None),
            // What a person types in is enough by itself.
            Decision::Enter { .. } => (self.doubt.clone(), None),
            Decision::Link { .. } => {
                let unsure = || Some("told without certainty".to_owned());
                let weak = if self.confirms { None } else { self.weak.clone().or_else(unsure) };
                (self.doubt.clone(), weak)
            }
        };
        Marks { doubt, maybe: self.maybe, weak }
    }
}

/// What the bodies of all decisions begin with.
#[derive(Deserialize)]
struct Named {
    decision: String,
}

/// Reads the body of an entry.
pub(super) fn parse(entry: &Entry) -> Result<Body, LedgerError> {
    let failed = |problem: String| LedgerError::Entry { seq: entry.seq, problem };
    let unreadable = |error: serde_json::Error| failed(format!("its body: {error}"));
    match entry.kind.as_str() {
        ARTICLE => Ok(Body::Article(serde_json::from_str(&entry.body).map_err(unreadable)?)),
        DECISION => {
            let named: Named = serde_json::from_str(&entry.body).map_err(unreadable)?;
            Ok(if named.decision.parse::<Verdict>().is_ok() {
                Body::Ruling(serde_json::from_str(&entry.body).map_err(unreadable)?)
            } else {
                Body::Placing(serde_json::from_str(&entry.body).map_err(unreadable)?)
            })
        }
        TABLE => Ok(Body::Table(serde_json::from_str(&entry.body).map_err(unreadable)?)),
        FEED => Ok(Body::Feed(serde_json::from_str(&entry.body).map_err(unreadable)?)),
        kind => {
            let expected = format!("{ARTICLE}, {DECISION}, {FEED} or {TABLE}");
            Err(failed(format!("its kind is \"{kind}\", expected {expected}")))
        }
    }
}

/// The body as it is stored.
pub(super) fn write(body: &impl Serialize) -> String {
    // A struct of texts and numbers always has a JSON form; an empty one would fail its CHECK.
    serde_json::to_string(body).unwrap_or_default()
}

/// The content id of a claim: a hash over where it was read and what it says.
pub(super) fn claim_id(origin: &str, claim: &Claim) -> String {
    Hasher::new("aidledger claim v1").part(origin.as_bytes()).part(write(claim).as_bytes()).finish()
}

/// The claim with its actors in order and each once, as all comparisons take them.
pub(super) fn in_order(mut claim: Claim) -> Claim {
    for actors in [&mut claim.donors, &mut claim.recipients] {
        actors.sort();
        actors.dedup();
    }
    claim
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::hash::sha256;

    fn entry(kind: &str, body: &str) -> Entry {
        Entry {
            seq: 1,
            recorded_at: String::new(),
            kind: kind.to_owned(),
            body: body.to_owned(),
            prev: sha256(b""),
            hash: sha256(b""),
        }
    }

    /// Bodies as version 1 writes them. They stand in people's ledgers, so that they can be read must
    /// hold for ever; what is written may gain fields.
    #[test]
    fn bodies_of_version_1_can_be_read_and_are_written_alike() {
        let claim = r#"{"donors":["US"],"recipients":["UA"],"announced":"2022-11-10","amount":{"low":"400000000","high":"400000000","qualifier":"exact","currency":"USD"},"aid":"military","status":"announced","mechanism":"PDA","sequence":null,"items":[{"system":"hawk","name":"Hawk","text":"Hawk missiles","class":"air defence","quantity":{"low":null,"high":"4","qualifier":"up_to"},"unit":null,"evidence":{"start":0,"end":4}}],"confidence":970,"evidence":[{"field":"amount","start":0,"end":4,"quote":"$400","rule":"money.symbol"}]}"#;
        let article = format!(
            r#"{{"sha256":"00","source":{{"path":"a.txt","url":null}},"format":"text","title":"T","title_span":{{"start":0,"end":1}},"publisher":null,"published":"2022-11-11","language":"en","body":{{"start":0,"end":9}},"text":null,"claims":[{{"id":"11","claim":{claim}}}],"control_totals":[{{"donors":["US"],"recipient":"UA","amount":{{"low":"5","high":null,"qualifier":"more_than","currency":"USD"}},"since":"2022-02","evidence":{{"field":"amount","start":0,"end":4,"quote":"$400","rule":"r"}}}}],"gaps":[{{"reason":"no-donor","start":0,"end":4,"quote":"$400"}}]}}"#
        );
        let Body::Article(read) = parse(&entry(ARTICLE, &article)).unwrap() else { panic!() };
        assert_eq!(write(&read), article);
        let id = claim_id("00", &read.claims[0].claim);
        assert_eq!(id, "ad68c58578fd8ba9bbd8c41b8f72ac089b4c6b9d9d4847a16e2ed9916dca5496");
        let enter = format!(
            r#"{{"decision":"enter","package":7,"claim":{claim},"quote":"$400","source":null,"by":"ann","entered":"22"}}"#
        );
        for ruling in [
            r#"{"decision":"new","claim":"11","package":7,"pending":true,"reason":"r","by":"auto","maybe":3}"#,
            r#"{"decision":"link","claim":"11","package":7,"reason":"r","by":"auto","confirms":true}"#,
            r#"{"decision":"link","claim":"11","package":7,"reason":"r","by":"auto"}"#,
            r#"{"decision":"link","claim":"11","package":7,"reason":"r","by":"auto","home":8}"#,
            &enter,
        ] {
            let Body::Placing(read) = parse(&entry(DECISION, ruling)).unwrap() else { panic!() };
            assert_eq!(write(&read), ruling);
        }
        for ruling in [
            r#"{"decision":"accept","changes":[{"package":7,"before":{"standing":"pending"},"after":{"standing":"accepted"}}],"reason":null,"by":"ann"}"#,
            r#"{"decision":"amend","changes":[{"package":7,"before":{"amount":null},"after":{"amount":{"low":null,"high":"350","qualifier":"up_to","currency":"USD"}}},{"package":7,"before":{"announced":"2022-11"},"after":{"announced":null}}],"reason":"r","by":"ann"}"#,
            r#"{"decision":"merge","changes":[{"package":8,"before":{"merged_into":null},"after":{"merged_into":7}},{"package":7,"before":{"tellings":["11"]},"after":{"tellings":["11","22"]}}],"reason":null,"by":"ann"}"#,
            r#"{"decision":"not-same","changes":[{"package":7,"before":{"not_same":[]},"after":{"not_same":[8]}}],"reason":null,"by":"ann"}"#,
            r#"{"decision":"undo","changes":[{"package":7,"before":{"standing":"accepted"},"after":{"standing":"pending"}}],"of":12,"reason":null,"by":"ann"}"#,
        ] {
            let Body::Ruling(read) = parse(&entry(DECISION, ruling)).unwrap() else { panic!() };
            assert_eq!(write(&read), ruling);
        }
    }

    #[test]
    fn bodies_of_version_5_can_be_read_and_are_written_alike() {
        for watching in [
            r#"{"feed":"add","address":"https://a.org/f","title":"T","by":"ann"}"#,
            r#"{"feed":"remove","address":"https://a.org/f","by":"ann"}"#,
            r#"{"feed":"poll","address":"https://a.org/f","etag":"\"1\"","last_modified":"x","read":["11"]}"#,
            r#"{"feed":"poll","address":"https://a.org/f","read":[]}"#,
        ] {
            let Body::Feed(read) = parse(&entry(FEED, watching)).unwrap() else { panic!() };
            assert_eq!(write(&read), watching);
        }
    }

    #[test]
    fn an_entry_of_an_unknown_kind_is_refused() {
        let Err(found) = parse(&entry("rumour", "{}")) else { panic!("it was read") };
        let expected = "entry 1: its kind is \"rumour\", expected article, decision, feed or table";
        assert_eq!(found.to_string(), expected);
    }
}

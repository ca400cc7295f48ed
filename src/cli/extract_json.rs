//! The NDJSON of `extract`: one object a document, by the published schema.

use crate::model::{Article, Claim, ControlTotal, Extraction, Gap, Item, Span};
use crate::report::render::{amount_value, quantity_value};
use serde_json::{Value, json};

/// A document and what was read from it.
pub(super) fn document(article: &Article, extraction: &Extraction) -> Value {
    json!({
        "source": {
            "path": article.source.path,
            "url": article.source.url,
            "title": article.title,
            "publisher": article.publisher,
            "published": article.published.filter(|date| date.is_day()).map(|date| date.to_string()),
            "language": article.language,
            "format": article.format.as_str(),
            "sha256": article.sha256,
            "error": null,
        },
        "packages": extraction.claims.iter().map(claim).collect::<Vec<_>>(),
        "stated_totals": extraction.control_totals.iter().map(control_total).collect::<Vec<_>>(),
        "gaps": extraction.gaps.iter().map(gap).collect::<Vec<_>>(),
    })
}

/// A document that could not be read, and why.
pub(super) fn unreadable(path: &str, error: &anyhow::Error) -> Value {
    let text = format!("{error:#}");
    let text = text.strip_prefix(&format!("{path}: ")).unwrap_or(&text);
    json!({
        "source": {
            "path": path,
            "url": null,
            "title": null,
            "publisher": null,
            "published": null,
            "language": null,
            "format": null,
            "sha256": null,
            "error": text,
        },
        "packages": [],
        "stated_totals": [],
        "gaps": [],
    })
}

/// A claim with its evidence.
pub(super) fn claim(claim: &Claim) -> Value {
    let evidence = claim.evidence.iter().map(|evidence| {
        json!({
            "field": evidence.field,
            "start": evidence.span.start,
            "end": evidence.span.end,
            "quote": evidence.quote,
            "rule": evidence.rule,
        })
    });
    let mut shown = json!({
        "donors": claim.donors,
        "recipients": claim.recipients,
        "announced": claim.announced.map(|date| date.to_string()),
        "amount": claim.amount.as_ref().map(amount_value),
        "aid": claim.aid.as_str(),
        "status": claim.status.as_str(),
        "mechanism": claim.mechanism,
        "sequence": claim.sequence,
        "items": claim.items.iter().map(item).collect::<Vec<_>>(),
        "confidence": claim.confidence.as_f64(),
        "evidence": evidence.collect::<Vec<_>>(),
    });
    if let Some(day) = claim.contracted {
        shown["contracted"] = json!(day.to_string());
    }
    if let Some(day) = claim.recalls {
        shown["recalls"] = json!(day.to_string());
    }
    if let Some(correction) = claim.corrects {
        shown["corrects"] = json!({"amount": correction.amount.as_ref().map(amount_value)});
    }
    shown
}

fn item(item: &Item) -> Value {
    json!({
        "system": item.system,
        "name": item.name,
        "text": item.text,
        "class": item.class,
        "quantity": item.quantity.map(quantity_value),
        "unit": item.unit,
        "evidence": span(item.evidence),
    })
}

fn control_total(total: &ControlTotal) -> Value {
    json!({
        "donors": total.donors,
        "recipient": total.recipient,
        "amount": amount_value(&total.amount),
        "since": total.since.map(|date| date.to_string()),
        "evidence": {
            "start": total.evidence.span.start,
            "end": total.evidence.span.end,
            "quote": total.evidence.quote,
            "rule": total.evidence.rule,
        },
    })
}

fn gap(gap: &Gap) -> Value {
    json!({
        "reason": gap.reason,
        "start": gap.span.start,
        "end": gap.span.end,
        "quote": gap.quote,
    })
}

fn span(span: Span) -> Value {
    json!({"start": span.start, "end": span.end})
}

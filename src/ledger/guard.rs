//! Refuses what would break the ledger's first promise: no figure without evidence, and each quote
//! exactly the text under its span.

use super::error::LedgerError;
use super::hash::sha256;
use crate::model::{Article, Bounds, Claim, Confidence, Extraction, Fact, Span};

type Result<T> = std::result::Result<T, LedgerError>;

/// Checks that the article was read from these bytes and that all its quotes stand in its text.
pub(super) fn check(raw: &[u8], article: &Article, extraction: &Extraction) -> Result<()> {
    let place = place(article);
    let found = sha256(raw);
    if found != article.sha256 {
        return Err(LedgerError::Content { place, found, expected: article.sha256.clone() });
    }
    let text = Text { place: &place, text: &article.text };
    text.holds("the body", article.body)?;
    if let Some(span) = article.title_span {
        text.holds("the title", span)?;
    }
    for (number, claim) in extraction.claims.iter().enumerate() {
        check_claim(&text, &format!("claim {}", number + 1), claim)?;
        if claim.amount.is_some() && !claim.evidence.iter().any(|proof| proof.field == "amount") {
            let what = format!("claim {}, field amount", number + 1);
            return Err(LedgerError::NoEvidence { place, what });
        }
    }
    for (number, total) in extraction.control_totals.iter().enumerate() {
        let what = format!("control total {}", number + 1);
        check_actors(&text, &format!("{what}, donor"), &total.donors)?;
        check_bounds(&text, &what, total.amount.bounds)?;
        text.quotes(&what, total.evidence.span, &total.evidence.quote)?;
    }
    for (number, gap) in extraction.gaps.iter().enumerate() {
        text.quotes(&format!("gap {}", number + 1), gap.span, &gap.quote)?;
    }
    Ok(())
}

/// Checks a claim that was entered by hand against the sentence that it quotes.
pub(super) fn check_manual(claim: &Claim, quote: &str, place: &str) -> Result<()> {
    check_parties(place, &claim.donors, &claim.recipients)?;
    check_claim(&Text { place, text: quote }, "the entered claim", claim)
}

/// Checks that nobody is said to give to themselves.
pub(super) fn check_parties(place: &str, donors: &[String], recipients: &[String]) -> Result<()> {
    match recipients.iter().find(|actor| donors.contains(actor)) {
        Some(actor) => {
            Text { place, text: "" }.refuses("recipient", actor, "another one than gives")
        }
        None => Ok(()),
    }
}

/// Checks a field as a person amends it.
pub(super) fn check_fact(place: &str, fact: &Fact) -> Result<()> {
    let text = Text { place, text: "" };
    match fact {
        Fact::Donors(actors) | Fact::Recipients(actors) => {
            let what = fact.field();
            if actors.is_empty() {
                return text.refuses(what, "", "at least one actor");
            }
            check_actors(&text, what, actors)
        }
        Fact::Amount(Some(amount)) if amount.bounds.figure().is_zero() => {
            text.refuses("amount", "0", "more than 0, or none where it is not stated")
        }
        Fact::Amount(Some(amount)) => check_bounds(&text, "amount", amount.bounds),
        Fact::Items(items) => {
            let mut quantities = items.iter().filter_map(|item| item.quantity);
            quantities.try_for_each(|quantity| check_bounds(&text, "items", quantity))
        }
        Fact::Mechanism(Some(mechanism)) if mechanism.is_empty() => {
            text.refuses("mechanism", "", "a name, or none")
        }
        _ => Ok(()),
    }
}

/// Where an article comes from, for messages.
pub(super) fn place(article: &Article) -> String {
    let source = &article.source;
    source.path.as_ref().or(source.url.as_ref()).unwrap_or(&article.sha256).clone()
}

fn check_claim(text: &Text, what: &str, claim: &Claim) -> Result<()> {
    check_actors(text, &format!("{what}, donor"), &claim.donors)?;
    check_actors(text, &format!("{what}, recipient"), &claim.recipients)?;
    if claim.mechanism.as_deref() == Some("") {
        return text.refuses(&format!("{what}, mechanism"), "", "a name, or none");
    }
    if claim.confidence > Confidence(1000) {
        let found = claim.confidence.0.to_string();
        return text.refuses(&format!("{what}, confidence"), &found, "at most 1000 thousandths");
    }
    let amount = claim.amount.map(|amount| amount.bounds);
    let quantities = claim.items.iter().filter_map(|item| item.quantity);
    for bounds in amount.into_iter().chain(quantities) {
        check_bounds(text, what, bounds)?;
    }
    for proof in &claim.evidence {
        text.quotes(&format!("{what}, field {}", proof.field), proof.span, &proof.quote)?;
    }
    for (number, item) in claim.items.iter().enumerate() {
        text.holds(&format!("{what}, item {number}"), item.evidence)?;
    }
    Ok(())
}

fn check_actors(text: &Text, what: &str, actors: &[String]) -> Result<()> {
    let fits = |letter: u8| {
        letter.is_ascii_uppercase() || letter.is_ascii_digit() || matches!(letter, b'_' | b'-')
    };
    match actors.iter().find(|actor| actor.is_empty() || !actor.bytes().all(fits)) {
        Some(actor) => text.refuses(what, actor, "a code of capital letters such as US"),
        None => Ok(()),
    }
}

/// Bounds that were read from a file may not have gone through their constructor.
fn check_bounds(text: &Text, what: &str, bounds: Bounds) -> Result<()> {
    match Bounds::new(bounds.low(), bounds.high(), bounds.qualifier()) {
        Ok(_) => Ok(()),
        Err(found) => text.refuses(what, &found.to_string(), "ends that fit their qualifier"),
    }
}

/// A text that quotes must stand in, and its name.
struct Text<'a> {
    place: &'a str,
    text: &'a str,
}

impl Text<'_> {
    /// The span must be a stretch of the text.
    fn holds(&self, what: &str, span: Span) -> Result<()> {
        if span.start <= span.end && self.text.get(span.start..span.end).is_some() {
            return Ok(());
        }
        let found = format!("no such bytes in a text of {}", self.text.len());
        self.wrong(what, span, "", found)
    }

    /// The quote must be exactly the text under the span.
    fn quotes(&self, what: &str, span: Span, quote: &str) -> Result<()> {
        self.holds(what, span)?;
        let found = span.of(self.text);
        if found == quote { Ok(()) } else { self.wrong(what, span, quote, found.to_owned()) }
    }

    fn refuses(&self, what: &str, found: &str, expected: &'static str) -> Result<()> {
        let (place, what, found) = (self.place.to_owned(), what.to_owned(), found.to_owned());
        Err(LedgerError::Value { place, what, found, expected })
    }

    fn wrong(&self, what: &str, span: Span, quote: &str, found: String) -> Result<()> {
        Err(LedgerError::Quote {
            place: self.place.to_owned(),
            what: what.to_owned(),
            quote: quote.to_owned(),
            start: span.start,
            end: span.end,
            found,
        })
    }
}

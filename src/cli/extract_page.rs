//! The page of `extract` for people: the article's sentences with what was found in them and by
//! which rule, then packages, stated totals and what was not taken.

use super::lexicon::lexicon;
use super::passage::passage;
use super::screen::Screen;
use crate::extraction::learned::{Reason, Reasons};
use crate::model::{Article, Claim, Extraction, Gap, Span};
use crate::report::figures::{amount_text, item_text};
use crate::report::render::clean;
use crate::text::{self, Segment};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The value of an amount that an article does not state.
pub(super) const NOT_STATED: &str = "not stated";

/// So many reasons for a confidence are told, and as many against it.
const REASONS: usize = 4;

/// What the reasons for a claim, for its status, and for a thing that was left out, are called, with the sign of
/// their weight.
const SURE: &[(&str, i32)] = &[("sure by", 1), ("unsure by", -1)];
const STATUS: &[(&str, i32)] = &[("status by", 1), ("against", -1)];
const PASSING: &[(&str, i32)] = &[("by", -1), ("against", 1)];

/// One thing that was found: where, what it is, and the rule that found it.
pub(super) struct Finding {
    pub(super) span: Span,
    pub(super) label: String,
    pub(super) words: String,
    pub(super) rule: String,
}

/// Writes the page of one article.
pub(super) fn write(
    article: &Article,
    extraction: &Extraction,
    reasons: Option<&Reasons>,
    screen: &mut Screen,
) -> io::Result<()> {
    let explain = reasons.is_some();
    write_head(article, screen)?;
    let findings = findings(extraction, explain);
    for segment in text::segment(article) {
        write_sentence(article, &segment, &findings, screen)?;
    }
    for (index, claim) in extraction.claims.iter().enumerate() {
        if index > 0 {
            writeln!(screen)?;
        }
        let title = format!("Package {} of {}", index + 1, extraction.claims.len());
        write_claim(&title, claim, explain, screen)?;
        if let Some(reasons) = reasons.and_then(|reasons| reasons.claims.get(index)) {
            write_reasons(reasons, SURE, screen)?;
        }
        let statuses = reasons.and_then(|reasons| reasons.statuses.get(index));
        if let Some((rules, reasons)) = statuses.and_then(Option::as_ref) {
            writeln!(screen, "  {:<10} {rules}", "by rules")?;
            write_reasons(reasons, STATUS, screen)?;
        }
    }
    let has_more = !(extraction.control_totals.is_empty() && extraction.gaps.is_empty());
    if has_more && !extraction.claims.is_empty() {
        writeln!(screen)?;
    }
    for total in &extraction.control_totals {
        let from = total.donors.join(", ");
        let to = total.recipient.as_deref().unwrap_or("?");
        let since = total.since.map(|date| format!(" since {date}")).unwrap_or_default();
        let amount = amount_text(&total.amount);
        let title = screen.paint.bold("Stated total");
        writeln!(screen, "{title}  {} to {}: {amount}{since}", clean(&from), clean(to))?;
    }
    if extraction.claims.is_empty() {
        writeln!(screen, "No package.")?;
    }
    write_gaps(&extraction.gaps, reasons, screen)
}

fn write_head(article: &Article, screen: &mut Screen) -> io::Result<()> {
    let name = article.source.path.as_deref().unwrap_or("-");
    writeln!(screen, "{}", screen.paint.bold(&clean(name)))?;
    let published = article.published.map(|date| format!("published {date}"));
    let facts: Vec<String> = [
        article.title.clone(),
        article.publisher.clone(),
        Some(published.unwrap_or_else(|| "no date of publication".to_owned())),
        article.language.clone(),
    ]
    .into_iter()
    .flatten()
    .map(|fact| clean(&fact))
    .collect();
    writeln!(screen, "{}\n", screen.paint.dim(&facts.join(" · ")))
}

fn findings(extraction: &Extraction, explain: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, claim) in extraction.claims.iter().enumerate() {
        let number = match extraction.claims.len() {
            1 => String::new(),
            _ => format!("{} ", index + 1),
        };
        findings.extend(claim.evidence.iter().map(|evidence| Finding {
            span: evidence.span,
            label: format!("{number}{}", field_name(&evidence.field)),
            words: evidence.quote.clone(),
            rule: evidence.rule.clone(),
        }));
    }
    findings.extend(extraction.control_totals.iter().map(|total| Finding {
        span: total.evidence.span,
        label: "stated total".to_owned(),
        words: total.evidence.quote.clone(),
        rule: total.evidence.rule.clone(),
    }));
    if explain {
        findings.extend(extraction.gaps.iter().map(|gap| Finding {
            span: gap.span,
            label: "not taken".to_owned(),
            words: gap.quote.clone(),
            rule: gap.reason.clone(),
        }));
    }
    findings
}

/// `item:0` is the first item.
pub(super) fn field_name(field: &str) -> String {
    match field.strip_prefix("item:").and_then(|number| number.parse::<usize>().ok()) {
        Some(number) => format!("item {}", number.saturating_add(1)),
        None => field.to_owned(),
    }
}

/// Writes the sentence with what was found in it, where something was.
pub(super) fn write_sentence(
    article: &Article,
    segment: &Segment,
    findings: &[Finding],
    screen: &mut Screen,
) -> io::Result<()> {
    let is_here = |span: Span| segment.span.start <= span.start && span.start < segment.span.end;
    let here: Vec<&Finding> = findings.iter().filter(|finding| is_here(finding.span)).collect();
    if here.is_empty() {
        return Ok(());
    }
    let marks: Vec<Span> = here.iter().map(|finding| finding.span).collect();
    let text = passage(&article.text, segment.span, &marks, 2, screen);
    screen.write_all(text.as_bytes())?;
    let rows: Vec<(&str, String, &str)> = here
        .iter()
        .map(|finding| (finding.label.as_str(), short(&clean(&finding.words)), &*finding.rule))
        .collect();
    let widest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0);
    let labels = widest(&mut rows.iter().map(|(label, ..)| label.chars().count()));
    let words = widest(&mut rows.iter().map(|(_, words, _)| words.chars().count()));
    for (label, found, rule) in rows {
        let rule = screen.paint.dim(&clean(rule));
        writeln!(screen, "      {label:labels$}  {found:words$}  {rule}")?;
    }
    writeln!(screen)
}

/// The words, or their two ends where they are long; the sentence above has them whole.
fn short(words: &str) -> String {
    let characters: Vec<char> = words.chars().collect();
    if characters.len() <= 60 {
        return words.to_owned();
    }
    let head: String = characters[..28].iter().collect();
    let tail: String = characters[characters.len() - 28..].iter().collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

/// The fields of a claim with their values for people, those that are stated.
pub(super) fn fields(claim: &Claim) -> Vec<(String, String)> {
    let mut fields = vec![
        ("donor", claim.donors.join(", ")),
        ("recipient", claim.recipients.join(", ")),
        ("announced", claim.announced.map(|date| date.to_string()).unwrap_or_default()),
        ("amount", claim.amount.as_ref().map_or(NOT_STATED.to_owned(), amount_text)),
        ("aid", claim.aid.to_string()),
        ("status", claim.status.to_string()),
        ("mechanism", claim.mechanism.clone().unwrap_or_default()),
        ("sequence", claim.sequence.map(|number| number.to_string()).unwrap_or_default()),
    ];
    fields.retain(|(_, value)| !value.is_empty());
    let mut fields: Vec<(String, String)> =
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    for (index, item) in claim.items.iter().enumerate() {
        let class = item.class.as_deref().map(|class| format!(" ({})", class_name(class)));
        let class = class.unwrap_or_default();
        fields.push((format!("item {}", index + 1), format!("{}{class}", item_text(item))));
    }
    fields
}

/// The name of a class for people.
fn class_name(id: &str) -> &str {
    lexicon().class(id).map_or(id, |class| &class.name)
}

fn write_claim(title: &str, claim: &Claim, explain: bool, screen: &mut Screen) -> io::Result<()> {
    let confidence = format!("confidence {:.2}", claim.confidence.as_f64());
    writeln!(screen, "{}  {}", screen.paint.bold(title), screen.paint.dim(&confidence))?;
    for (name, value) in fields(claim) {
        writeln!(screen, "  {name:<10} {}", clean(&value))?;
        if explain {
            let proofs = claim.evidence.iter().filter(|proof| field_name(&proof.field) == name);
            for proof in proofs {
                let place = format!("bytes {}-{}", proof.span.start, proof.span.end);
                let facts = format!("by {}, {place}", clean(&proof.rule));
                let facts = screen.paint.dim(&facts);
                writeln!(screen, "             \"{}\"  {facts}", clean(&proof.quote))?;
            }
        }
    }
    Ok(())
}

/// Writes the weightiest reasons for and against a judgement, with what each adds to its log-odds.
fn write_reasons(reasons: &[Reason], lines: &[(&str, i32)], screen: &mut Screen) -> io::Result<()> {
    for (name, sign) in lines {
        let own = reasons.iter().filter(|reason| reason.weight.signum() == *sign);
        let told: Vec<String> = own
            .take(REASONS)
            .map(|reason| {
                let weight = f64::from(reason.weight) / 1000.0;
                format!("{} ({weight:+.1})", reason.feature)
            })
            .collect();
        if !told.is_empty() {
            writeln!(screen, "  {name:<10} {}", screen.paint.dim(&clean(&told.join("; "))))?;
        }
    }
    Ok(())
}

fn write_gaps(gaps: &[Gap], reasons: Option<&Reasons>, screen: &mut Screen) -> io::Result<()> {
    if gaps.is_empty() {
        return Ok(());
    }
    let title = screen.paint.bold("Not taken");
    let Some(reasons) = reasons else {
        return writeln!(screen, "{title}  {} (--explain shows where)", gap_summary(gaps));
    };
    writeln!(screen, "{title}")?;
    for gap in gaps {
        writeln!(screen, "  {:<16} \"{}\"", clean(&gap.reason), clean(&gap.quote))?;
        let mut passing = reasons.passing.iter();
        if let Some((_, reasons)) = passing.find(|(span, _)| *span == gap.span) {
            write_reasons(reasons, PASSING, screen)?;
        }
    }
    Ok(())
}

/// The reasons for which passages were not taken, with their number: `2 appropriation, 1 no-donor`.
pub(super) fn gap_summary(gaps: &[Gap]) -> String {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for gap in gaps {
        *reasons.entry(&gap.reason).or_default() += 1;
    }
    let reasons: Vec<String> =
        reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    clean(&reasons.join(", "))
}

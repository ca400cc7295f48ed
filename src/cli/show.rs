//! `show`: one package with the sentence behind each of its fields, and the journal entries that
//! touched it.

use super::args::{AsOfArgs, Globals, package_id};
use super::convert::exchanging;
use super::extract_json;
use super::extract_page::{Finding, NOT_STATED, field_name, fields, write_sentence};
use super::failure::Outcome;
use super::log::summary;
use super::screen::Screen;
use super::show_fields::{fields_json, write_fields};
use crate::ledger::{LedgerError, PackageDetail, Telling};
use crate::model::{Claim, PackageId, Standing};
use crate::report::facts::{fact_name, fact_text};
use crate::report::figures::{amount_text, item_text};
use crate::report::render::{clean, package_json, write_json_line};
use crate::text;
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Options of `show`.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The package's number, such as P12
    #[arg(value_name = "ID", value_parser = package_id)]
    id: PackageId,
    /// A page for people, or one JSON object
    #[arg(long, value_enum, default_value = "page", value_name = "FORMAT")]
    format: ShowFormat,
    #[command(flatten)]
    as_of: AsOfArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    /// Fields with their sentences, for people.
    Page,
    /// One object.
    Json,
}

/// Runs `show`.
pub(super) fn run(args: &ShowArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let ledger = exchanging(args.as_of.open(globals, screen)?)?;
    let detail = ledger.package(args.id)?;
    let detail = detail.ok_or(LedgerError::NoPackage { package: args.id })?;
    match args.format {
        ShowFormat::Page => write_page(&detail, screen)?,
        ShowFormat::Json => write_json_line(&as_json(&detail), screen)?,
    }
    Ok(Outcome::Done)
}

/// A package with the sentence behind each field of each of its tellings.
pub(super) fn write_detail(detail: &PackageDetail, screen: &mut Screen) -> io::Result<()> {
    write_package(detail, screen)?;
    write_fields(detail, screen)?;
    for (index, telling) in detail.tellings.iter().enumerate() {
        let title = format!("Telling {} of {}", index + 1, detail.tellings.len());
        write_telling(&title, telling, screen)?;
    }
    Ok(())
}

fn write_page(detail: &PackageDetail, screen: &mut Screen) -> io::Result<()> {
    write_detail(detail, screen)?;
    writeln!(screen, "{}", screen.paint.bold("Journal"))?;
    for entry in &detail.entries {
        let hash: String = entry.hash.chars().take(12).collect();
        let when = screen.paint.dim(&format!("{}  {hash}", entry.recorded_at));
        let summary = clean(&summary(entry));
        writeln!(screen, "  entry {:<4} {when}  {summary}", entry.seq)?;
    }
    Ok(())
}

fn write_package(detail: &PackageDetail, screen: &mut Screen) -> io::Result<()> {
    let package = &detail.package;
    let amount = package.amount.as_ref().map_or("amount not stated".to_owned(), amount_text);
    let title = format!(
        "{}  {} to {}  {amount}",
        package.id,
        package.donors.join(", "),
        package.recipients.join(", "),
    );
    writeln!(screen, "{}", screen.paint.bold(&clean(&title)))?;
    if package.standing == Standing::Pending {
        let reason = detail.pending_reason.as_deref().unwrap_or("a person has still to decide");
        let text = screen.paint.doubtful("pending");
        writeln!(screen, "  {text}: {}", clean(reason))?;
    }
    if let Some(whole) = detail.merged_into {
        writeln!(screen, "  {}: a part of {whole}", screen.paint.doubtful("merged"))?;
    } else if !matches!(package.standing, Standing::Accepted | Standing::Pending) {
        let text = screen.paint.doubtful(package.standing.as_str());
        writeln!(screen, "  {text}: it counts in no total")?;
    }
    let not_same: Vec<String> = detail.not_same.iter().map(ToString::to_string).collect();
    let facts = [
        ("not same", Some(not_same.join(", ")).filter(|others| !others.is_empty())),
        ("announced", package.announced.map(|date| date.to_string())),
        ("stage", Some(stage(detail))),
        ("aid", Some(package.aid.to_string())),
        ("mechanism", package.mechanism.clone()),
        ("sequence", package.sequence.map(|number| number.to_string())),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            writeln!(screen, "  {name:<10} {}", clean(&value))?;
        }
    }
    for (entry, fact) in &detail.amended {
        let text = format!("{} {} (entry {entry})", fact_name(fact), fact_text(fact));
        writeln!(screen, "  {:<10} {}", "amended", clean(&text))?;
    }
    for item in &package.items {
        writeln!(screen, "  {:<10} {}", "item", clean(&item_text(item)))?;
    }
    writeln!(screen)
}

/// How far it has come, and whether only a part of it has.
fn stage(detail: &PackageDetail) -> String {
    let stage = detail.package.stage;
    let has = |in_part| {
        detail.stages.iter().any(|reached| reached.stage == stage && reached.in_part == in_part)
    };
    format!("{stage}{}", if has(true) && !has(false) { " in part" } else { "" })
}

fn write_telling(title: &str, telling: &Telling, screen: &mut Screen) -> io::Result<()> {
    let (name, place) = origin(telling);
    writeln!(screen, "{}  {}", screen.paint.bold(title), clean(&name))?;
    writeln!(screen, "  {}", clean(&place))?;
    writeln!(screen, "  {}\n", screen.paint.dim(&clean(&telling.reason)))?;
    let fields = fields(&telling.claim);
    let value = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, v)| v.clone());
    if let Some(article) = &telling.article {
        let findings: Vec<Finding> = telling
            .claim
            .evidence
            .iter()
            .map(|proof| {
                let label = field_name(&proof.field);
                let words = value(&label).unwrap_or_else(|| proof.quote.clone());
                Finding { span: proof.span, label, words, rule: proof.rule.clone() }
            })
            .collect();
        for segment in text::segment(article) {
            write_sentence(article, &segment, &findings, screen)?;
        }
    } else {
        match &telling.quote {
            Some(quote) => writeln!(screen, "  \"{}\"", clean(quote))?,
            None => writeln!(screen, "  no quote was given")?,
        }
    }
    write_unproven(&telling.claim, &fields, screen)?;
    writeln!(screen)
}

/// Fields that no words of their own prove: entered by hand, or the rule's default.
fn write_unproven(
    claim: &Claim,
    fields: &[(String, String)],
    screen: &mut Screen,
) -> io::Result<()> {
    let is_proven =
        |name: &str| claim.evidence.iter().any(|proof| field_name(&proof.field) == name);
    let is_stated = |value: &str| value != NOT_STATED;
    for (name, value) in fields.iter().filter(|(name, value)| !is_proven(name) && is_stated(value))
    {
        let note = screen.paint.dim("(no words of its own)");
        writeln!(screen, "  {name:<10} {}  {note}", clean(value))?;
    }
    Ok(())
}

/// What a telling comes from, and where that is: title; publisher, date and address.
fn origin(telling: &Telling) -> (String, String) {
    let Some(article) = &telling.article else {
        let source = telling.source.as_deref().unwrap_or("no source given");
        return ("entered by hand".to_owned(), source.to_owned());
    };
    let place = article.source.url.as_deref().or(article.source.path.as_deref());
    let facts = [
        article.publisher.clone(),
        article.published.map(|date| date.to_string()),
        place.map(str::to_owned),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    (article.title.clone().unwrap_or_else(|| "untitled".to_owned()), facts.join(", "))
}

fn as_json(detail: &PackageDetail) -> Value {
    let tellings = detail.tellings.iter().map(|telling| {
        let article = telling.article.as_ref();
        json!({
            "claim": telling.claim_id,
            "reason": telling.reason,
            "article": article.map(|article| &article.sha256),
            "title": article.and_then(|article| article.title.as_deref()),
            "location": article.map_or(telling.source.as_deref(), |article| {
                article.source.url.as_deref().or(article.source.path.as_deref())
            }),
            "quote": telling.quote,
            "says": extract_json::claim(&telling.claim),
        })
    });
    let entries = detail.entries.iter().map(|entry| {
        json!({
            "seq": entry.seq,
            "recorded_at": entry.recorded_at,
            "kind": entry.kind,
            "hash": entry.hash,
        })
    });
    let amended = detail.amended.iter().map(
        |(entry, fact)| json!({"field": fact.field(), "value": fact_text(fact), "entry": entry}),
    );
    let stages = detail.stages.iter().map(|reached| {
        let (stage, told) = (reached.stage.as_str(), reached.day.to_string());
        json!({"stage": stage, "told": told, "in_part": reached.in_part})
    });
    let ids = |packages: &[PackageId]| -> Vec<String> {
        packages.iter().map(ToString::to_string).collect()
    };
    json!({
        "package": package_json(&detail.package),
        "pending_reason": detail.pending_reason,
        "maybe": detail.maybe.map(|maybe| maybe.to_string()),
        "merged_into": detail.merged_into.map(|whole| whole.to_string()),
        "not_same": ids(&detail.not_same),
        "amended": amended.collect::<Vec<_>>(),
        "fields": fields_json(detail),
        "stages": stages.collect::<Vec<_>>(),
        "tellings": tellings.collect::<Vec<_>>(),
        "entries": entries.collect::<Vec<_>>(),
    })
}

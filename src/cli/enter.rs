//! `enter`: records a package by hand, also to put right what extraction missed.

use super::args::{Globals, actor, find_system, one_of, stage_words};
use super::convert::exchanging;
use super::decide::person_name;
use super::failure::{Outcome, usage};
use super::figures;
use super::lexicon::lexicon;
use super::ruled_page::{write_gone, write_receipt};
use super::screen::Screen;
use crate::ledger::{Access, Manual};
use crate::model::{
    Aid, Amount, CivilDate, Claim, Confidence, Item, Placement, Span, Stage, Status,
};
use crate::report::figures::amount_text;
use anyhow::Result;
use clap::Args;
use std::io::Write;

/// Options of `enter`.
#[derive(Debug, Args)]
pub(super) struct EnterArgs {
    /// Donor: a code such as US, or a name; several with commas for a joint package
    #[arg(long, required = true, value_name = "ACTOR", value_delimiter = ',')]
    donor: Vec<String>,
    /// Recipient: a code such as UA, or a name
    #[arg(long, required = true, value_name = "ACTOR", value_delimiter = ',')]
    recipient: Vec<String>,
    /// Day of announcement, as far as known: 2022-11-10, 2022-11 or 2022
    #[arg(long, value_name = "DATE")]
    date: Option<CivilDate>,
    /// Its value: "up to 400 million USD", "€1.2bn", "between 50 and 60 million NOK"
    #[arg(long, allow_hyphen_values = true, value_name = "AMOUNT", value_parser = amount)]
    amount: Option<Amount>,
    /// Legal or budget route, such as PDA
    #[arg(long, value_name = "ID")]
    mechanism: Option<String>,
    /// Kind of help
    #[arg(long, value_name = "KIND", default_value = "military", value_parser = one_of::<Aid>(Aid::ALL.iter().map(|a| a.as_str())))]
    aid: Aid,
    /// How far it has come
    #[arg(long, value_name = "STAGE", default_value = "announced", value_parser = one_of::<Stage>(stage_words()))]
    stage: Stage,
    /// A line of the package: "12 M777 howitzer"; may be repeated
    #[arg(long, value_name = "ITEM", value_parser = figures::item)]
    item: Vec<figures::TypedItem>,
    /// Address of the source
    #[arg(long, value_name = "URL")]
    source: Option<String>,
    /// The sentence of the source that says so
    #[arg(long, value_name = "TEXT")]
    quote: Option<String>,
    /// Who enters it; else `$USER`
    #[arg(long, value_name = "NAME", env = "USER", hide_env = true, default_value = "unnamed",
        value_parser = person_name)]
    by: String,
}

pub(super) fn amount(text: &str) -> Result<Amount, String> {
    figures::amount(text, lexicon())
}

/// Runs `enter`.
pub(super) fn run(args: &EnterArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let manual = Manual {
        claim: claim(args)?,
        quote: args.quote.clone(),
        source: args.source.clone(),
        by: args.by.clone(),
    };
    let mut ledger = exchanging(globals.open(Access::Create)?)?;
    let recorded = ledger.enter(&manual, &CivilDate::now_utc_text())?;
    let amount = manual.claim.amount.as_ref().map_or("no amount".to_owned(), amount_text);
    let donors = manual.claim.donors.join(", ");
    let recipients = manual.claim.recipients.join(", ");
    for placed in &recorded.placed {
        let package = placed.package.map(|package| package.to_string()).unwrap_or_default();
        writeln!(screen, "{package}  {donors} to {recipients}  {amount}")?;
        match &placed.placement {
            Placement::New { .. } => {}
            Placement::Further { reason, .. } => writeln!(screen, "  further telling: {reason}")?,
            Placement::Doubtful { reason, .. } => writeln!(screen, "  pending: {reason}")?,
        }
    }
    write_gone(&recorded.gone, screen)?;
    if let Some(receipt) = &recorded.receipt {
        write_receipt(receipt, screen)?;
    }
    if manual.quote.is_none() {
        screen.message("no --quote: nothing proves these figures but who entered them");
    }
    Ok(Outcome::Done)
}

fn claim(args: &EnterArgs) -> Result<Claim> {
    Ok(Claim {
        donors: actors("--donor", &args.donor)?,
        recipients: actors("--recipient", &args.recipient)?,
        announced: args.date,
        amount: args.amount,
        aid: args.aid,
        status: status(args.stage)?,
        mechanism: args.mechanism.as_deref().map(mechanism).transpose()?,
        sequence: None,
        items: args.item.iter().map(item).collect(),
        confidence: Confidence(1000),
        continues: false,
        contracted: None,
        recalls: None,
        corrects: None,
        evidence: Vec::new(),
    })
}

/// The codes of actors, in order and each once.
pub(super) fn actors(option: &str, words: &[String]) -> Result<Vec<String>> {
    let mut codes: Vec<String> =
        words.iter().map(|word| actor(option, word)).collect::<Result<_>>()?;
    codes.sort();
    codes.dedup();
    Ok(codes)
}

fn status(stage: Stage) -> Result<Status> {
    match stage {
        Stage::Proposed => Ok(Status::Proposed),
        Stage::Announced => Ok(Status::Announced),
        Stage::Delivered => Ok(Status::Delivered),
        Stage::Withdrawn => Ok(Status::Withdrawn),
        Stage::Contracted => Err(usage("--stage: \"contracted\": cannot be entered by hand")),
    }
}

pub(super) fn mechanism(word: &str) -> Result<String> {
    let mechanisms = lexicon().mechanisms();
    let found = mechanisms.iter().find(|mechanism| mechanism.id.eq_ignore_ascii_case(word));
    found.map(|mechanism| mechanism.id.clone()).ok_or_else(|| {
        let mut known: Vec<&str> = mechanisms.iter().map(|known| known.id.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        usage(format!("--mechanism: \"{word}\": expected one of {}", known.join(", ")))
    })
}

/// The line as the lexicon knows it, or as it was typed.
pub(super) fn item(typed: &figures::TypedItem) -> Item {
    let system = find_system(&typed.name);
    Item {
        system: system.map(|system| system.id.clone()),
        name: system.map_or_else(|| typed.name.clone(), |system| system.name.clone()),
        text: typed.text.clone(),
        class: system.map(|system| system.class.clone()),
        kinds: lexicon().kinds(system.map(|system| system.class.as_str())),
        quantity: typed.quantity,
        unit: None,
        evidence: Span::new(0, 0),
    }
}

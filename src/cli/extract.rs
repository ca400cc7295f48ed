//! `extract`: reads articles and prints what they say, without a ledger.

use super::failure::{Outcome, hinted};
use super::lexicon::lexicon;
use super::screen::Screen;
use super::sources::{self, Place, Stated};
use super::{extract_json, extract_page, workers};
use crate::extraction::{self, learned};
use crate::model::{Article, Extraction};
use crate::report::render::write_json_line;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Options of `extract`.
#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// Text and HTML files, folders of them, web addresses, or - for standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// A page for people, or one JSON object a document for programs
    #[arg(long, value_enum, default_value = "page", value_name = "FORMAT")]
    format: ExtractFormat,
    /// Print each field's words and rule, why each package has its confidence, and everything that was not
    /// taken and why
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    stated: Stated,
}

/// How the findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExtractFormat {
    /// The sentences with what was found in them, for people.
    Page,
    /// One JSON object a document, as `aidledger schema extraction` describes.
    Ndjson,
}

/// Runs `extract`.
pub(super) fn run(args: &ExtractArgs, screen: &mut Screen) -> Result<Outcome> {
    let places = sources::expand(&args.sources);
    args.stated.check(places.len())?;
    let (mut failed, mut index) = (0, 0);
    let total = places.len();
    let work = |place: Result<Place, (String, anyhow::Error)>| match place {
        Ok(place) => read(&place, &args.stated).map_err(|error| (place.name(), error)),
        Err(unlisted) => Err(unlisted),
    };
    let take = |found: Result<(Article, Extraction), (String, anyhow::Error)>| {
        let printed = match found {
            Ok((article, extraction)) => print(&article, &extraction, index, args, screen),
            Err((name, error)) => {
                failed += 1;
                print_failure(&name, &error, args, screen)
            }
        };
        index += 1;
        printed.map_or_else(ControlFlow::Break, ControlFlow::Continue)
    };
    if let ControlFlow::Break(error) = workers::in_order(places, work, take) {
        return Err(error);
    }
    // By the contract of the NDJSON, a document that could not be read is part of the output.
    Ok(match failed {
        0 => Outcome::Done,
        _ if failed == total && args.format == ExtractFormat::Page => Outcome::NothingRead,
        _ => Outcome::Partly,
    })
}

fn read(place: &Place, stated: &Stated) -> Result<(Article, Extraction)> {
    let document = sources::read(place, stated).map_err(|error| match place {
        Place::Stdin if error.to_string() == "-" => {
            hinted(format!("standard input: {:#}", error.root_cause()), "pipe an article into it")
        }
        _ => error,
    })?;
    let extraction = extraction::read_claims(lexicon(), &document.article);
    Ok((document.article, extraction))
}

fn print(
    article: &Article,
    extraction: &Extraction,
    index: usize,
    args: &ExtractArgs,
    screen: &mut Screen,
) -> Result<()> {
    match args.format {
        ExtractFormat::Ndjson => {
            write_json_line(&extract_json::document(article, extraction), screen)?;
        }
        ExtractFormat::Page => {
            if index > 0 {
                writeln!(screen)?;
            }
            let reasons =
                args.explain.then(|| learned::reasons(lexicon(), article, &extraction.claims));
            extract_page::write(article, extraction, reasons.as_ref(), screen)?;
        }
    }
    Ok(())
}

fn print_failure(
    name: &str,
    error: &anyhow::Error,
    args: &ExtractArgs,
    screen: &mut Screen,
) -> Result<()> {
    if args.format == ExtractFormat::Ndjson {
        write_json_line(&extract_json::unreadable(name, error), screen)?;
    }
    screen.failure(error);
    Ok(())
}

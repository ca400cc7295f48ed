//! `extract`: reads articles and prints what they say, without a ledger.

use super::failure::{Outcome, hinted};
use super::lexicon::lexicon;
use super::screen::Screen;
use super::sources::{self, Place, Stated};
use super::{extract_json, extract_page};
use crate::extraction;
use crate::report::render::write_json_line;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::path::PathBuf;

/// Options of `extract`.
#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// Text and HTML files, folders of them, or - for standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// A page for people, or one JSON object a document for programs
    #[arg(long, value_enum, default_value = "page", value_name = "FORMAT")]
    format: ExtractFormat,
    /// Print each field's words and rule, and everything that was not taken and why
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
    let mut failed = 0;
    let total = places.len();
    for (index, place) in places.into_iter().enumerate() {
        let (name, read) = match place {
            Ok(place) => (place.name(), read(&place, &args.stated)),
            Err((name, error)) => (name, Err(error)),
        };
        match read {
            Ok(document) => {
                if index > 0 && args.format == ExtractFormat::Page {
                    writeln!(screen)?;
                }
                print(&document, args, screen)?;
            }
            Err(error) => {
                failed += 1;
                if args.format == ExtractFormat::Ndjson {
                    write_json_line(&extract_json::unreadable(&name, &error), screen)?;
                }
                screen.failure(&error);
            }
        }
    }
    // By the contract of the NDJSON, a document that could not be read is part of the output.
    Ok(match failed {
        0 => Outcome::Done,
        _ if failed == total && args.format == ExtractFormat::Page => Outcome::NothingRead,
        _ => Outcome::Partly,
    })
}

fn read(place: &Place, stated: &Stated) -> Result<sources::Document> {
    sources::read(place, stated).map_err(|error| match place {
        Place::Stdin if error.to_string() == "-" => {
            hinted(format!("standard input: {:#}", error.root_cause()), "pipe an article into it")
        }
        _ => error,
    })
}

fn print(document: &sources::Document, args: &ExtractArgs, screen: &mut Screen) -> Result<()> {
    let lexicon = lexicon();
    let article = &document.article;
    let extraction = extraction::read_claims(lexicon, article);
    match args.format {
        ExtractFormat::Ndjson => {
            write_json_line(&extract_json::document(article, &extraction), screen)?;
        }
        ExtractFormat::Page => {
            extract_page::write(article, &extraction, args.explain, screen)?;
        }
    }
    Ok(())
}

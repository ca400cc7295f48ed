//! `report`: one document with totals, charts, systems, packages and the sentences behind them.

use super::args::{Globals, LookArgs, one_of};
use super::convert::Money;
use super::failure::Outcome;
use super::lexicon::lexicon;
use super::output;
use super::screen::Screen;
use super::totals::thing;
use crate::ledger::{Ledger, Library, Telling};
use crate::model::package::PackageSource;
use crate::model::{Article, Fact, Package, Span};
use crate::report::Preset;
use crate::report::document::{
    Dossier, Head, Material, Quoted, Report, ReportFormat, Told, Vocabulary,
};
use crate::report::facts::{fact_name, fact_text};
use crate::report::figures::counted;
use crate::report::select::count_packages;
use crate::text;
use anyhow::Result;
use clap::Args;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Options of `report`.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// The file to write; standard output where none is named
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How it is written; where it is not given, as the name of the file says (.html, .md, .txt),
    /// and as a table on standard output
    #[arg(long, value_name = "FORMAT", value_parser = one_of::<ReportFormat>(ReportFormat::ALL.iter().map(|f| f.as_str())))]
    format: Option<ReportFormat>,
    /// The headline
    #[arg(long, value_name = "WORDS", default_value = "Military aid packages")]
    title: String,
    /// Which stages and kinds of help count; --stage and --aid stand above it
    #[arg(long, value_name = "SETTING", default_value = "announced", value_parser = one_of::<Preset>(Preset::ALL.iter().map(|p| p.as_str())))]
    count: Preset,
    #[command(flatten)]
    look: LookArgs,
}

/// Runs `report`.
pub(super) fn run(args: &ReportArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let ledger = args.look.as_of.open(globals, screen)?;
    let report = report(args, &ledger)?;
    let format = args.format.unwrap_or_else(|| format_of(args.output.as_deref()));
    let page = screen.page();
    let output = args.output.as_deref();
    output::write(output, globals, screen, |out| Ok(report.render(format, page, out)?))?;
    if let Some(path) = &args.output {
        let packages = count_packages(report.material.dossiers.len());
        let sentences = counted(report.sentences(), "sentence", "sentences");
        screen.message(&format!("{}: {packages}, {sentences}", path.display()));
    }
    Ok(Outcome::Done)
}

fn format_of(path: Option<&Path>) -> ReportFormat {
    let Some(path) = path else { return ReportFormat::Table };
    match path.extension().and_then(|end| end.to_str()) {
        Some("md" | "markdown") => ReportFormat::Markdown,
        Some("txt") => ReportFormat::Table,
        _ => ReportFormat::Html,
    }
}

fn report(args: &ReportArgs, ledger: &Ledger) -> Result<Report> {
    let _state = ledger.hold()?;
    let (packages, selection) = args.look.filter.load(ledger, Some(args.count))?;
    let mut money = args.look.money.money(ledger)?;
    let head = ledger.head()?;
    let recorded_at = ledger.entry(head.seq)?.map(|entry| entry.recorded_at);
    let dossiers = dossiers(ledger, packages, &mut money)?;
    let left_out = selection.left_out().into_iter().map(|words| format!("{words}: left out"));
    let material = Material {
        title: args.title.clone(),
        dossiers,
        filter: args.look.filter.words(),
        setting: selection.scope.words(),
        left_out: left_out.collect(),
        rates: money.notes(),
        head: Head { entry: head.seq, hash: head.hash, recorded_at },
    };
    let vocabulary =
        Vocabulary { actor: &|code| lexicon().actor_name(code).map(str::to_owned), thing: &thing };
    Ok(Report::of(material, &vocabulary))
}

fn dossiers(ledger: &Ledger, packages: Vec<Package>, money: &mut Money) -> Result<Vec<Dossier>> {
    let mut library = Library::default();
    let mut sentences = HashMap::new();
    let mut dossiers = Vec::with_capacity(packages.len());
    for package in packages {
        let tellings = ledger.tellings(package.id, &mut library)?;
        let worth = money.worth(&package);
        let amended = ledger.amended(package.id)?;
        dossiers.push(Dossier {
            worth: worth.amount,
            is_summed: worth.is_summed,
            tellings: by_article(tellings.iter().map(|telling| told(telling, &mut sentences))),
            amended: amended.iter().map(in_words).collect(),
            package,
        });
    }
    Ok(dossiers)
}

/// What an article says of a package stands together, though it is several claims.
fn by_article(all: impl Iterator<Item = Told>) -> Vec<Told> {
    let mut tellings: Vec<Told> = Vec::new();
    for told in all {
        let same = |one: &&mut Told| {
            !told.is_by_hand && !one.is_by_hand && one.source.article == told.source.article
        };
        match tellings.iter_mut().find(same) {
            Some(one) => one.sentences.extend(told.sentences),
            None => tellings.push(told),
        }
    }
    tellings
}

/// A field that a person put right, with the entry of the journal that says why.
fn in_words((entry, fact): &(u64, Fact)) -> String {
    format!("{} {} (entry {entry})", fact_name(fact), fact_text(fact))
}

/// Where the sentences of articles stand, by their bytes' hash: several packages share an article.
type Sentences = HashMap<String, Vec<Span>>;

fn told(telling: &Telling, known: &mut Sentences) -> Told {
    let Some(article) = &telling.article else { return by_hand(telling) };
    let spans = known.entry(article.sha256.clone()).or_insert_with(|| {
        text::segment(article).into_iter().map(|segment| segment.span).collect()
    });
    Told {
        source: PackageSource {
            article: article.sha256.clone(),
            title: article.title.clone(),
            publisher: article.publisher.clone(),
            published: article.published,
            location: article.source.url.clone().or_else(|| article.source.path.clone()),
        },
        language: article.language.clone(),
        is_by_hand: false,
        sentences: spans.iter().filter_map(|span| quoted(article, *span, telling)).collect(),
        is_left_out: false,
    }
}

/// A sentence with the words in it that prove a field; `None` where it proves none.
fn quoted(article: &Article, span: Span, telling: &Telling) -> Option<Quoted> {
    let proofs = telling.claim.evidence.iter().filter(|proof| span.overlaps(proof.span));
    let proofs: Vec<_> = proofs.collect();
    let within = |mark: Span| {
        let (start, end) = (mark.start.max(span.start), mark.end.min(span.end));
        Span::new(start - span.start, end - span.start)
    };
    (!proofs.is_empty()).then(|| Quoted {
        text: span.of(&article.text).to_owned(),
        marks: proofs.iter().map(|proof| within(proof.span)).collect(),
        amounts: proofs
            .iter()
            .filter(|proof| proof.field == "amount")
            .map(|proof| within(proof.span))
            .collect(),
    })
}

fn by_hand(telling: &Telling) -> Told {
    let quote = telling.quote.iter();
    let quote =
        quote.map(|quote| Quoted { text: quote.clone(), marks: Vec::new(), amounts: Vec::new() });
    Told {
        source: PackageSource {
            article: String::new(),
            title: None,
            publisher: None,
            published: None,
            location: telling.source.clone(),
        },
        language: None,
        is_by_hand: true,
        sentences: quote.collect(),
        is_left_out: false,
    }
}

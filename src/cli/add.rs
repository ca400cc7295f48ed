//! `add`: reads articles and records what they say in the ledger.

use super::add_page::{Counts, write_article, write_totals};
use super::args::Globals;
use super::failure::Outcome;
use super::interrupt;
use super::lexicon::lexicon;
use super::screen::Screen;
use super::sources::{self, Document, Place, Stated};
use super::workers;
use crate::extraction;
use crate::ledger::{Access, Ledger, LedgerError, Placed, Policy, Recorded};
use crate::model::{CivilDate, Confidence, Extraction, Standing};
use anyhow::Result;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Options of `add`.
#[derive(Debug, Args)]
pub(super) struct AddArgs {
    /// Text and HTML files, folders of them, or - for standard input
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// Say what would be recorded, and write nothing
    #[arg(long, short = 'n')]
    dry_run: bool,
    /// Accept every package that was found, however doubtful
    #[arg(long, conflicts_with = "accept_above")]
    accept_all: bool,
    /// Accept packages whose confidence is at least this, 0 to 1; the others wait for review
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence, default_value = "0.5")]
    accept_above: Confidence,
    #[command(flatten)]
    stated: Stated,
}

impl AddArgs {
    fn policy(&self) -> Policy {
        let accept_from = if self.accept_all { Confidence(0) } else { self.accept_above };
        Policy { accept_from }
    }
}

/// Reads a number from 0 to 1.
pub(super) fn confidence(text: &str) -> Result<Confidence, String> {
    let refuse = || format!("\"{text}\": expected a number from 0 to 1 such as 0.8");
    let number: rust_decimal::Decimal = text.parse().map_err(|_| refuse())?;
    let thousandths = number.checked_mul(1000.into()).ok_or_else(refuse)?;
    u16::try_from(thousandths).ok().filter(|t| *t <= 1000).map(Confidence).ok_or_else(refuse)
}

/// Runs `add`.
pub(super) fn run(args: &AddArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let places = sources::expand(&args.sources);
    args.stated.check(places.len())?;
    let mut ledger = open(args, globals)?;
    // The work goes on where nobody reads what is said of it.
    screen.outlives_pipe = true;
    interrupt::finish_article_first();
    let mut counts = Counts::default();
    let mut progress = Progress::new(places.len(), screen.shows_progress);
    let work = |place: Result<Place, (String, anyhow::Error)>| match place {
        Ok(place) => read(&place, args),
        Err((_, error)) => Err(error),
    };
    let take = |reading: Result<Reading>| {
        if interrupt::is_asked() {
            return ControlFlow::Break(Ok(()));
        }
        let result = match reading {
            Ok(reading) => record(reading, args, &mut ledger),
            Err(error) => Err(Stopped::Unreadable(error)),
        };
        let said = progress.suspend(|| match result {
            Ok(added) => write_article(&added, &mut counts, screen).map_err(anyhow::Error::from),
            Err(Stopped::Unreadable(error)) => {
                counts.unreadable += 1;
                screen.failure(&error);
                Ok(())
            }
            Err(Stopped::Ledger(error)) => {
                let kept = counts.articles;
                screen.message(&format!("stopped; articles read and kept before: {kept}"));
                Err(error)
            }
        });
        progress.step();
        said.map_or_else(|error| ControlFlow::Break(Err(error)), ControlFlow::Continue)
    };
    if let ControlFlow::Break(end) = workers::in_order(places, work, take) {
        end?;
    }
    progress.finish();
    write_totals(&counts, &ledger, args.dry_run, screen)?;
    if interrupt::is_asked() {
        screen.message("interrupted: what is said above is recorded, the rest is not");
        return Ok(Outcome::Interrupted);
    }
    Ok(match counts.unreadable {
        0 => Outcome::Done,
        _ if counts.articles == 0 => Outcome::NothingRead,
        _ => Outcome::Partly,
    })
}

/// The ledger to record in; for a dry run a copy in memory, so that articles of one run are seen
/// by each other as they will be, and nothing is written.
fn open(args: &AddArgs, globals: &Globals) -> Result<Ledger> {
    if !args.dry_run {
        return globals.open(Access::Create);
    }
    if globals.ledger().exists() {
        return Ok(globals.open(Access::Read)?.rehearsal()?);
    }
    Ok(Ledger::in_memory()?)
}

/// An article that was read and recorded.
pub(super) struct Added {
    /// Its name for people.
    pub(super) name: String,
    /// What was read from it.
    pub(super) extraction: Extraction,
    /// What the ledger made of it.
    pub(super) recorded: Recorded,
    /// Why each of its packages waits for a person, where one does.
    pub(super) waits: Vec<Option<String>>,
}

/// Why an article was not recorded: it cannot be read, or the ledger cannot be written.
enum Stopped {
    Unreadable(anyhow::Error),
    Ledger(anyhow::Error),
}

impl Stopped {
    /// What the ledger refuses of one article does not stop the others.
    fn by(error: LedgerError, name: &str) -> Self {
        let is_of_article = matches!(
            error,
            LedgerError::Content { .. }
                | LedgerError::Quote { .. }
                | LedgerError::NoEvidence { .. }
        );
        let error = anyhow::Error::from(error);
        if is_of_article {
            Self::Unreadable(error)
        } else {
            Self::Ledger(error.context(name.to_owned()))
        }
    }
}

/// A document and what it says.
struct Reading {
    name: String,
    document: Document,
    extraction: Extraction,
}

fn read(place: &Place, args: &AddArgs) -> Result<Reading> {
    let document = sources::read(place, &args.stated)?;
    let extraction = extraction::read_claims(lexicon(), &document.article);
    Ok(Reading { name: place.name(), document, extraction })
}

fn record(reading: Reading, args: &AddArgs, ledger: &mut Ledger) -> Result<Added, Stopped> {
    let Reading { name, document: Document { raw, article }, extraction } = reading;
    let now = CivilDate::now_utc_text();
    let recorded = ledger
        .record(&raw, &article, &extraction, args.policy(), &now)
        .map_err(|error| Stopped::by(error, &name))?;
    let waits = recorded.placed.iter().map(|placed| wait(placed, ledger)).collect::<Result<_>>();
    let waits = waits.map_err(Stopped::Ledger)?;
    Ok(Added { name, extraction, recorded, waits })
}

/// Why the package of a claim waits for a person, where it does.
fn wait(placed: &Placed, ledger: &Ledger) -> Result<Option<String>> {
    let Some(id) = placed.package.filter(|_| placed.standing == Standing::Pending) else {
        return Ok(None);
    };
    Ok(ledger.package(id)?.and_then(|detail| detail.pending_reason))
}

/// A progress bar that shows itself only where the work takes more than a second.
struct Progress {
    bar: ProgressBar,
    since: Instant,
    may_show: bool,
}

impl Progress {
    fn new(total: usize, may_show: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30} {pos} of {len} articles, {eta} left")
        {
            bar.set_style(style);
        }
        Self { bar, since: Instant::now(), may_show: may_show && total > 1 }
    }

    fn suspend<T>(&self, say: impl FnOnce() -> T) -> T {
        self.bar.suspend(say)
    }

    fn step(&mut self) {
        self.bar.inc(1);
        if self.may_show && self.since.elapsed() > Duration::from_secs(1) {
            self.may_show = false;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

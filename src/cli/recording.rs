//! Reads documents on several threads and records them one after the other, each with a line that
//! says what became of it.

use super::add_page::{Counts, write_article};
use super::interrupt;
use super::lexicon::lexicon;
use super::screen::Screen;
use super::sources::{self, Document, Place, Stated};
use super::workers;
use crate::extraction;
use crate::ledger::{Ledger, LedgerError, Placed, Policy, Recorded, sha256};
use crate::model::{CivilDate, Extraction, Standing};
use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// How documents are recorded.
pub(super) struct How<'a> {
    /// What is accepted without asking a person.
    pub(super) policy: Policy,
    /// What the user states of the documents.
    pub(super) stated: &'a Stated,
}

/// A place, or the error and the name of a source in which there is none.
pub(super) type Found = Result<Place, (String, anyhow::Error)>;

/// Records what stands at these places, in their order; names each that cannot be read, and goes on.
/// `read` hears the position of each that was read, or is known. Ends early where the user asks.
pub(super) fn record_all(
    mut places: Vec<Found>,
    how: &How,
    ledger: &mut Ledger,
    counts: &mut Counts,
    screen: &mut Screen,
    mut read: impl FnMut(usize),
) -> Result<()> {
    // The work goes on where nobody reads what is said of it.
    screen.outlives_pipe = true;
    interrupt::finish_article_first();
    let known = ledger.known()?;
    ask_for_newer(&mut places, ledger)?;
    let mut progress = Progress::new(places.len(), screen.shows_progress);
    let work = |place: Found| read_place(place, how, &known);
    let mut position = 0;
    let take = |reading: Result<Reading>| {
        if interrupt::is_asked() {
            return ControlFlow::Break(Ok(()));
        }
        let dead = reading.as_ref().ok().and_then(|reading| reading.dead.clone());
        let result = match reading {
            Ok(reading) => record(reading, how, ledger),
            Err(error) => Err(Stopped::Unreadable(error)),
        };
        if let Some(dead) = dead {
            progress.suspend(|| screen.message(&format!("{dead}; read from the feed itself")));
        }
        let said = progress.suspend(|| match result {
            Ok(added) => {
                read(position);
                write_article(&added, counts, screen).map_err(anyhow::Error::from)
            }
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
        position += 1;
        progress.step();
        said.map_or_else(|error| ControlFlow::Break(Err(error)), ControlFlow::Continue)
    };
    let end = workers::in_order(places, work, take);
    progress.finish();
    if let ControlFlow::Break(end) = end { end } else { Ok(()) }
}

/// Servers are asked only for what is newer than what was read from there.
fn ask_for_newer(places: &mut [Found], ledger: &Ledger) -> Result<()> {
    for place in places {
        if let Ok(Place::Address(address)) = place {
            address.known = ledger.validators(&address.url)?;
        }
    }
    Ok(())
}

/// An article that was read and recorded, or is known.
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

/// A document with its name and what it says; nothing where it is known.
struct Reading {
    name: String,
    read: Option<(Document, Extraction)>,
    /// Why it was read from the entry of a feed, and not from where its link leads.
    dead: Option<String>,
}

fn read_place(place: Found, how: &How, known: &BTreeSet<String>) -> Result<Reading> {
    let place = place.map_err(|(_, error)| error)?;
    let is_known = |raw: &[u8]| known.contains(&sha256(raw));
    let (place, document, dead) = match sources::read_new(&place, how.stated, is_known) {
        Ok(document) => (place, document, None),
        Err(error) => {
            let Some(entry) = place.within() else { return Err(error) };
            let document = sources::read_new(&entry, how.stated, is_known)?;
            (entry, document, Some(format!("{error:#}")))
        }
    };
    let read = document.map(|document| {
        let extraction = extraction::read_claims(lexicon(), &document.article);
        (document, extraction)
    });
    Ok(Reading { name: place.name(), read, dead })
}

fn record(reading: Reading, how: &How, ledger: &mut Ledger) -> Result<Added, Stopped> {
    let name = reading.name;
    let Some((Document { raw, article }, extraction)) = reading.read else {
        let recorded = Recorded { already: true, ..Recorded::default() };
        let extraction = Extraction::default();
        return Ok(Added { name, extraction, recorded, waits: Vec::new() });
    };
    let now = CivilDate::now_utc_text();
    let recorded = ledger
        .record(&raw, &article, &extraction, how.policy, &now)
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

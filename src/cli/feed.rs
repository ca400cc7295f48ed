//! `feed`: which feeds are watched, and reading what is new in them.

use super::add::{RecordArgs, end};
use super::add_page::{Counts, write_totals};
use super::args::{AsOfArgs, Globals, one_of};
use super::decide::person_name;
use super::failure::{Outcome, hinted, io_failure};
use super::interrupt;
use super::recording::{Found, How, record_all};
use super::ruled_page::write_receipt;
use super::screen::Screen;
use super::sources::{Address, Place, Stated, is_address};
use crate::ledger::{Access, Ledger, sha256};
use crate::model::{CivilDate, Feed, Validators, Watching};
use crate::report::figures::counted;
use crate::report::render::clean;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::{Format, render};
use crate::web::{
    self, Answer, Entry, FeedContent, Fetched, Reach, SIZE_LIMIT, Wanted, parse_feed,
};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};

/// Options of `feed`.
#[derive(Debug, Args)]
pub(super) struct FeedArgs {
    #[command(subcommand)]
    command: FeedCommand,
}

#[derive(Debug, Subcommand)]
enum FeedCommand {
    /// Watch a feed: RSS, Atom or JSON, at a web address or in a file
    Add(NamedArgs),
    /// Show which feeds are watched
    List(ListArgs),
    /// Read and record what is new in the feeds that are watched
    Poll(PollArgs),
    /// Watch a feed no more; what was read of it stays in the ledger
    Remove(NamedArgs),
}

/// Options of `feed add` and `feed remove`.
#[derive(Debug, Args)]
struct NamedArgs {
    /// The feed's web address, or its file
    #[arg(value_name = "FEED")]
    feed: String,
    /// Who wants it; else `$USER`
    #[arg(long, value_name = "NAME", env = "USER", hide_env = true, default_value = "unnamed",
        value_parser = person_name)]
    by: String,
}

/// Options of `feed list`.
#[derive(Debug, Args)]
struct ListArgs {
    /// How the feeds are written; ndjson is one object a feed
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = one_of::<Format>(Format::ALL.iter().map(|f| f.as_str())))]
    format: Format,
    #[command(flatten)]
    as_of: AsOfArgs,
}

/// Options of `feed poll`.
#[derive(Debug, Args)]
struct PollArgs {
    /// Which feeds, as `feed list` names them; all where none is named
    #[arg(value_name = "FEED")]
    feeds: Vec<String>,
    /// Ask for each article again, also where the feed says nothing new of it
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    record: RecordArgs,
}

/// Runs `feed`.
pub(super) fn run(args: &FeedArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    match &args.command {
        FeedCommand::Add(args) => add(args, globals, screen),
        FeedCommand::List(args) => list(args, globals, screen),
        FeedCommand::Poll(args) => poll(args, globals, screen),
        FeedCommand::Remove(args) => remove(args, globals, screen),
    }
}

fn add(args: &NamedArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let address = address(&args.feed)?;
    let Some((content, ..)) = read(&address, &Validators::default())? else {
        bail!("{address}: expected a feed, found none");
    };
    let FeedContent { title, entries } = content;
    let watching =
        Watching::Add { address: address.clone(), title: title.clone(), by: args.by.clone() };
    let mut ledger = globals.open(Access::Create)?;
    let Some(receipt) = ledger.watch(&watching, &CivilDate::now_utc_text())? else {
        writeln!(screen, "{}: watched already, nothing changed", clean(&address))?;
        return Ok(Outcome::Done);
    };
    let title = title.map(|title| format!("  {title}")).unwrap_or_default();
    let entries = counted(entries.len(), "entry", "entries");
    writeln!(screen, "{}  {entries}", clean(&format!("{address}{title}")))?;
    write_receipt(&receipt, screen)?;
    Ok(Outcome::Done)
}

fn remove(args: &NamedArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let mut ledger = globals.open(Access::Write)?;
    let address = named(&args.feed, &ledger.feeds()?)?.address;
    let watching = Watching::Remove { address: address.clone(), by: args.by.clone() };
    let receipt = ledger.watch(&watching, &CivilDate::now_utc_text())?;
    writeln!(screen, "{}: watched no more", clean(&address))?;
    if let Some(receipt) = receipt {
        write_receipt(&receipt, screen)?;
    }
    Ok(Outcome::Done)
}

fn list(args: &ListArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let feeds = args.as_of.open(globals, screen)?.feeds()?;
    let mut table = Table::new(vec![
        Column::new("address", "Feed", Kind::Text),
        Column::new("title", "Title", Kind::Text),
        Column::new("read", "Read", Kind::Number),
        Column::new("polled", "Last new", Kind::Text),
        Column::new("since", "Since", Kind::Text),
        Column::new("by", "By", Kind::Text),
    ]);
    table.rows = feeds
        .iter()
        .map(|feed| {
            vec![
                Cell::Text(feed.address.clone()),
                Cell::text(feed.title.as_deref()),
                Cell::Count(feed.read),
                Cell::text(feed.polled.as_deref()),
                Cell::Text(feed.since.clone()),
                Cell::Text(feed.by.clone()),
            ]
        })
        .collect();
    if matches!(args.format, Format::Table | Format::Markdown) {
        table.notes.push(counted(feeds.len(), "feed", "feeds"));
    }
    let page = screen.page();
    render(&table, args.format, page, screen)?;
    Ok(Outcome::Done)
}

/// A feed that answered, as far as it is read in this run.
struct Polled {
    feed: Feed,
    /// What to ask with next time, where all is read.
    validators: Validators,
    /// How far its entries may lead.
    reach: Reach,
    /// How many of its entries are to be read, and those that were, by their hash.
    wanted: usize,
    read: Vec<String>,
}

fn poll(args: &PollArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let mut ledger = args.record.open(globals, Access::Write)?;
    let watched = ledger.feeds()?;
    let feeds = if args.feeds.is_empty() {
        watched
    } else {
        let mut feeds: Vec<Feed> =
            args.feeds.iter().map(|name| named(name, &watched)).collect::<Result<_>>()?;
        let mut asked = BTreeSet::new();
        feeds.retain(|feed| asked.insert(feed.address.clone()));
        feeds
    };
    if feeds.is_empty() {
        screen.message("no feed is watched; aidledger feed add FEED watches one");
    }
    let mut counts = Counts::default();
    let mut answered = false;
    // One feed after the other: only one is in memory.
    for feed in feeds {
        match new_entries(feed, args.again, &ledger, screen) {
            Ok((polled, entries)) => {
                answered = true;
                read_entries(polled, entries, args, &mut ledger, &mut counts, screen)?;
            }
            Err(error) => {
                counts.unreadable += 1;
                screen.failure(&error);
            }
        }
        if interrupt::is_asked() {
            break;
        }
    }
    write_totals(&counts, &ledger, args.record.dry_run, screen)?;
    Ok(match end(&counts, screen) {
        Outcome::NothingRead if answered => Outcome::Partly,
        outcome => outcome,
    })
}

/// Reads and records these entries of a feed.
fn read_entries(
    mut polled: Polled,
    entries: Vec<(Entry, String)>,
    args: &PollArgs,
    ledger: &mut Ledger,
    counts: &mut Counts,
    screen: &mut Screen,
) -> Result<()> {
    let mut hashes = Vec::with_capacity(entries.len());
    let mut places: Vec<Found> = Vec::with_capacity(entries.len());
    for (entry, hash) in entries {
        places.push(place(&polled, entry));
        hashes.push(hash);
    }
    let stated = Stated::default();
    let how = How { policy: args.record.policy(), stated: &stated };
    let read = |position: usize| polled.read.push(hashes[position].clone());
    let result = record_all(places, &how, ledger, counts, screen, read);
    // Also of a run that was stopped, what was read is remembered.
    remember(polled, ledger)?;
    result
}

/// The entries of a feed that are to be read, each with its hash.
fn new_entries(
    feed: Feed,
    again: bool,
    ledger: &Ledger,
    screen: &mut Screen,
) -> Result<(Polled, Vec<(Entry, String)>)> {
    let known = if again { Validators::default() } else { feed.validators.clone() };
    let name = clean(&feed.address);
    let Some((content, validators, reach)) = read(&feed.address, &known)? else {
        screen.message(&format!("{name}: nothing new"));
        let (validators, reach) = (feed.validators.clone(), Reach::Public);
        return Ok((Polled { feed, validators, reach, wanted: 0, read: Vec::new() }, Vec::new()));
    };
    let seen = ledger.entries_read(&feed.address)?;
    let all = content.entries.len();
    let mut entries: Vec<(Entry, String)> = content
        .entries
        .into_iter()
        .map(|entry| {
            let hash = sha256(entry.said.as_bytes());
            (entry, hash)
        })
        .filter(|(_, hash)| again || !seen.contains(hash))
        .collect();
    // Feeds begin with what is newest; what was told first is placed first.
    entries.reverse();
    let all = counted(all, "entry", "entries");
    screen.message(&match entries.len() {
        0 => format!("{name}: nothing new in {all}"),
        new => format!("{name}: {new} to read of {all}"),
    });
    let wanted = entries.len();
    Ok((Polled { feed, validators, reach, wanted, read: Vec::new() }, entries))
}

/// Where the article of an entry stands: where its link leads, else in the feed itself.
fn place(polled: &Polled, entry: Entry) -> Found {
    let feed = polled.feed.address.as_str();
    let name = format!("{feed}#{}", entry.id);
    match (entry.link, entry.page) {
        (Some(link), page) => match web::check(&link) {
            Ok(url) => {
                let (published, reach) = (entry.published, polled.reach);
                let within = page.filter(|_| entry.is_whole).map(|page| (name, page));
                Ok(Place::Address(Address { url, published, reach, within, ..Address::default() }))
            }
            Err(error) => {
                let error = anyhow::Error::from(error).context(link);
                Err((name.clone(), error.context(feed.to_owned())))
            }
        },
        (None, Some(page)) => {
            let url = is_address(feed).then(|| feed.to_owned());
            Ok(Place::Entry { name, url, page })
        }
        (None, None) => {
            Err((name.clone(), anyhow!("{name}: neither a link nor a text: expected an article")))
        }
    }
}

fn remember(polled: Polled, ledger: &mut Ledger) -> Result<()> {
    let Polled { feed, validators, wanted, read, .. } = polled;
    // What could not be read is asked for again: the feed must then come whole, changed or not.
    let validators = if read.len() == wanted { validators } else { Validators::default() };
    // A server that names each answer anew has said nothing new; what it knew is only forgotten where
    // entries are to be asked for again.
    let asks_again = wanted > 0 && !feed.validators.is_empty();
    if read.is_empty() && !asks_again {
        return Ok(());
    }
    let watching = Watching::Poll { address: feed.address, validators, read };
    ledger.watch(&watching, &CivilDate::now_utc_text())?;
    Ok(())
}

/// The feed that the user names.
fn named(name: &str, feeds: &[Feed]) -> Result<Feed> {
    let address = address(name)?;
    feeds.iter().find(|feed| feed.address == address).cloned().ok_or_else(|| {
        let message = format!("{name}: no such feed, expected one that is watched");
        hinted(message, "aidledger feed list names them")
    })
}

/// A web address as it is asked for; a file as it is named.
fn address(name: &str) -> Result<String> {
    if is_address(name) {
        return web::check(name).with_context(|| name.to_owned());
    }
    Ok(name.to_owned())
}

/// What a feed holds, what its server says of the version, and how far it may lead; `None` where it is
/// as it was.
fn read(address: &str, known: &Validators) -> Result<Option<(FeedContent, Validators, Reach)>> {
    let (bytes, base, validators, reach) = if is_address(address) {
        let answer = web::get(address, known, Wanted::Feed, Reach::Any);
        match answer.with_context(|| address.to_owned())? {
            Answer::Unchanged => return Ok(None),
            Answer::Document(fetched) => {
                let Fetched { bytes, address, validators, reach, .. } = fetched;
                (bytes, Some(address), validators, reach)
            }
        }
    } else {
        (bytes(address)?, None, Validators::default(), Reach::Any)
    };
    let content = parse_feed(&bytes, base.as_deref()).with_context(|| address.to_owned())?;
    Ok(Some((content, validators, reach)))
}

fn bytes(name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(name)
        .and_then(|file| file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| io_failure(name, &error))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        bail!("{name}: more than {} MiB: expected one feed", SIZE_LIMIT / 1024 / 1024);
    }
    Ok(bytes)
}

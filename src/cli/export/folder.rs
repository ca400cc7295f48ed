//! A Data Package: a folder of CSV files and their description, which is written last.

use super::super::args::Globals;
use super::super::failure::{Outcome, io_failure};
use super::super::output;
use super::super::screen::Screen;
use super::tables::{self, Exporter, Naming, Written};
use super::{DatapackageArgs, What, say};
use crate::ledger::{Digest, Parts, ReadingOrder};
use crate::report::document::is_web_address;
use crate::report::render::{About, Resource, datapackage, write_json_line};
use crate::report::{Format, Page};
use anyhow::Result;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};

/// Up to this many articles are named in the description; `sources.csv` names all.
const NAMED: usize = 1000;

/// Writes the folder. One that was made for it does not stay where that fails.
pub(super) fn write(
    exporter: &Exporter,
    args: &DatapackageArgs,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    let is_new = !args.output.exists();
    let written = fill(exporter, args, globals, screen);
    if written.is_err() && is_new {
        let _ = fs::remove_dir_all(&args.output);
    }
    written
}

fn fill(
    exporter: &Exporter,
    args: &DatapackageArgs,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    let folder = &args.output;
    if folder.is_file() {
        anyhow::bail!("{}: is a file, expected a folder", folder.display());
    }
    fs::create_dir_all(folder)
        .map_err(|error| io_failure(&folder.display().to_string(), &error))?;
    let mut resources = Vec::new();
    let mut notes = Vec::new();
    let mut packages = Written::default();
    for (name, what) in tables::ALL {
        let content = exporter.content(what)?;
        let columns = content.columns();
        let path = folder.join(format!("{name}.csv"));
        let (mut written, mut bytes, mut sha256) = (Written::default(), 0, String::new());
        output::write(Some(&path), globals, screen, |out| {
            let mut out = Summed { out, bytes: 0, digest: Digest::default() };
            let as_csv = (Format::Csv, Page::default());
            written = exporter.pour_lines(&content, Naming::Elsewhere, as_csv, &mut out)?;
            (bytes, sha256) = (out.bytes, out.digest.hex());
            Ok(())
        })?;
        resources.push(Resource { name, columns, bytes, sha256 });
        if what == What::Packages {
            notes.clone_from(&written.notes);
            packages = written;
        } else if what == What::Summary {
            notes.extend(written.notes.iter().map(|note| format!("{name}: {note}")));
        }
    }
    let about = About {
        head: (exporter.head.seq, &exporter.head.hash),
        licence: args.licence.as_deref(),
        sources: sources(exporter)?,
        notes,
    };
    let description = datapackage(&resources, &about);
    let path = folder.join("datapackage.json");
    output::write(Some(&path), globals, screen, |out| Ok(write_json_line(&description, out)?))?;
    if args.licence.is_none() {
        screen.message("no --licence: the package says nothing of how it may be used");
    }
    Ok(say(Some(folder), packages.rows, "package", &packages.notes, screen))
}

/// Title and web address of each article, once; a path of this machine helps nobody elsewhere.
fn sources(exporter: &Exporter) -> Result<Vec<(String, Option<String>)>> {
    let mut all = BTreeMap::new();
    let mut is_cut = false;
    let parts = Parts { sources: true, order: ReadingOrder::Number, ..Parts::NONE };
    exporter.each_summed(None, parts, &mut |package| {
        for source in package.sources {
            let parts = [source.publisher.as_deref(), source.title.as_deref()];
            let title = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
            let nameless = || format!("article {:.12} of sources.csv", source.article);
            let title = if title.is_empty() { nameless() } else { title };
            let address = source.location.filter(|place| is_web_address(place));
            if all.len() < NAMED || all.contains_key(&source.article) {
                all.insert(source.article, (title, address));
            } else {
                is_cut = true;
            }
        }
        Ok(())
    })?;
    let mut sources: Vec<_> = all.into_values().collect();
    if is_cut {
        let title = "further articles: sources.csv names all".to_owned();
        sources.push((title, Some("sources.csv".to_owned())));
    }
    Ok(sources)
}

/// Counts the bytes that go through it, and their SHA-256.
struct Summed<'a> {
    out: &'a mut dyn Write,
    bytes: u64,
    digest: Digest,
}

impl Write for Summed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.bytes += count as u64;
        self.digest.add(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

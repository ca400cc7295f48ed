//! A Data Package: a folder of CSV files and their description, which is written last.

use super::super::args::Globals;
use super::super::failure::{Outcome, io_failure};
use super::super::output;
use super::super::screen::Screen;
use super::{DatapackageArgs, Exported, say, tables};
use crate::ledger::sha256;
use crate::report::render::{About, Resource, datapackage, write_json_line};
use crate::report::{Format, Page, render};
use anyhow::Result;
use std::collections::BTreeMap;
use std::fs;

/// Writes the folder.
pub(super) fn write(
    exported: &Exported,
    args: &DatapackageArgs,
    globals: &Globals,
    screen: &mut Screen,
) -> Result<Outcome> {
    let folder = &args.output;
    fs::create_dir_all(folder)
        .map_err(|error| io_failure(&folder.display().to_string(), &error))?;
    let tables = tables::all(&args.which, exported)?;
    let mut resources = Vec::new();
    for (name, table) in &tables {
        let mut bytes = Vec::new();
        render(table, Format::Csv, Page::default(), &mut bytes)?;
        let path = folder.join(format!("{name}.csv"));
        output::write(Some(&path), globals, screen, |out| out.write_all(&bytes))?;
        resources.push(Resource { name, table, bytes: bytes.len(), sha256: sha256(&bytes) });
    }
    let mut notes = exported.notes();
    notes.extend(
        tables.iter().flat_map(|(name, table)| {
            table.notes.iter().map(move |note| format!("{name}: {note}"))
        }),
    );
    let about = About {
        head: (exported.head.seq, &exported.head.hash),
        licence: args.licence.as_deref(),
        sources: sources(exported),
        notes,
    };
    let description = datapackage(&resources, &about);
    let path = folder.join("datapackage.json");
    output::write(Some(&path), globals, screen, |out| write_json_line(&description, out))?;
    if args.licence.is_none() {
        screen.message("no --licence: the package says nothing of how it may be used");
    }
    Ok(say(Some(folder), exported.selection.packages.len(), "package", &exported.notes(), screen))
}

/// Title and web address of each article, once; a path of this machine helps nobody elsewhere.
fn sources(exported: &Exported) -> Vec<(String, Option<String>)> {
    let mut all = BTreeMap::new();
    for source in exported.selection.packages.iter().flat_map(|package| &package.sources) {
        let parts = [source.publisher.as_deref(), source.title.as_deref()];
        let title = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
        let title = if title.is_empty() { "untitled".to_owned() } else { title };
        let is_web = |place: &String| place.starts_with("http://") || place.starts_with("https://");
        all.insert(source.article.clone(), (title, source.location.clone().filter(is_web)));
    }
    all.into_values().collect()
}

//! What `SOURCE...` names: files, folders of articles and standard input, read with a limit.

use super::failure::{hinted, io_failure};
use super::lexicon::lexicon;
use crate::model::{Article, CivilDate};
use crate::text::{self, Hint};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// An article has at most this many bytes; anything larger is no article.
const SIZE_LIMIT: u64 = 16 * 1024 * 1024;

/// Ends of the names of files in a folder that are taken for articles.
const EXTENSIONS: [&str; 4] = ["txt", "md", "html", "htm"];

/// How deep folders are followed.
const DEPTH_LIMIT: usize = 64;

/// Where one document is to be read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl Place {
    /// Its name for people.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Stdin => "-".to_owned(),
        }
    }
}

/// What the user states of the documents.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Stated {
    /// The day of publication, instead of what the article says of itself
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = full_day)]
    date: Option<CivilDate>,
    /// The web address that the article comes from
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

impl Stated {
    /// Refuses one address for several documents.
    pub(super) fn check(&self, documents: usize) -> Result<()> {
        if self.url.is_some() && documents > 1 {
            let text = format!("--url: {documents} documents: expected one, whose address it is");
            return Err(super::failure::usage(text));
        }
        Ok(())
    }
}

/// Reads a day in full.
pub(super) fn full_day(text: &str) -> Result<CivilDate, String> {
    text.parse()
        .ok()
        .filter(|date: &CivilDate| date.is_day())
        .ok_or_else(|| format!("\"{text}\": expected a day of the calendar such as 2022-11-10"))
}

/// The documents that the sources name, in their order; folders give their articles sorted by
/// name. A source that cannot be listed stands as its error, with its name.
pub(super) fn expand(sources: &[PathBuf]) -> Vec<Result<Place, (String, anyhow::Error)>> {
    let mut places = Vec::new();
    for source in sources {
        let name = source.display().to_string();
        if name == "-" {
            places.push(Ok(Place::Stdin));
        } else if source.is_dir() {
            match folder(source) {
                Ok(files) => places.extend(files.into_iter().map(|file| Ok(Place::File(file)))),
                Err(error) => places.push(Err((name, error))),
            }
        } else if !source.exists() && (name.starts_with("http://") || name.starts_with("https://"))
        {
            let error = hinted(
                format!("{name}: expected a file, a folder or -"),
                "save the page to a file and give its address with --url",
            );
            places.push(Err((name, error)));
        } else {
            places.push(Ok(Place::File(source.clone())));
        }
    }
    places
}

fn folder(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(path, 0, &mut files)?;
    if files.is_empty() {
        bail!(
            "{}: no article in this folder: expected .txt, .md, .html or .htm files",
            path.display()
        );
    }
    Ok(files)
}

fn collect(path: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<()> {
    let failed = |error: io::Error| io_failure(&path.display().to_string(), &error);
    if depth > DEPTH_LIMIT {
        bail!("{}: more than {DEPTH_LIMIT} folders deep", path.display());
    }
    let entries: io::Result<Vec<_>> = fs::read_dir(path).map_err(failed)?.collect();
    let mut entries = entries.map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let child = entry.path();
        // A link to a folder is not followed: it may lead back here.
        if entry.file_type().map_err(failed)?.is_dir() {
            collect(&child, depth + 1, files)?;
        } else if child.is_file() && has_article_extension(&child) {
            files.push(child);
        }
    }
    Ok(())
}

fn has_article_extension(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|found| EXTENSIONS.iter().any(|known| found.eq_ignore_ascii_case(known)))
}

/// A document's bytes, and the article that they are.
pub(super) struct Document {
    /// The bytes as read.
    pub(super) raw: Vec<u8>,
    /// The article.
    pub(super) article: Article,
}

/// Reads one document.
pub(super) fn read(place: &Place, stated: &Stated) -> Result<Document> {
    let name = place.name();
    let raw = read_bytes(place).with_context(|| name.clone())?;
    let hint = Hint { path: Some(&name), url: stated.url.as_deref(), format: None };
    let mut article = text::read(&raw, &hint).with_context(|| name.clone())?;
    article.source.kind =
        article.source.url.as_deref().and_then(|address| lexicon().publisher_kind(address));
    if stated.date.is_some() {
        article.published = stated.date;
    }
    Ok(Document { raw, article })
}

fn read_bytes(place: &Place) -> Result<Vec<u8>> {
    let mut raw = Vec::new();
    let limit = SIZE_LIMIT + 1;
    let read = match place {
        Place::File(path) => {
            File::open(path).and_then(|file| file.take(limit).read_to_end(&mut raw))
        }
        Place::Stdin => io::stdin().lock().take(limit).read_to_end(&mut raw),
    };
    read.map_err(|error| anyhow::anyhow!(super::failure::io_words(&error)))?;
    if raw.len() as u64 > SIZE_LIMIT {
        bail!("more than {} MiB: expected one article", SIZE_LIMIT / 1024 / 1024);
    }
    Ok(raw)
}

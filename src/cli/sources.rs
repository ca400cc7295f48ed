//! What `SOURCE...` names: files, folders of articles, web addresses and standard input, read with
//! a limit.

use super::failure::{io_cause, io_failure};
use super::lexicon::lexicon;
use crate::model::{Article, CivilDate, Validators};
use crate::text::{self, Hint};
use crate::web::{self, Answer, Reach, Wanted};
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
    /// A document on the web.
    Address(Address),
    /// An article, or its beginning, that stands in a feed.
    Entry {
        /// Its name: that of the feed, and the feed's name for it.
        name: String,
        /// The web address of the feed, where it has one.
        url: Option<String>,
        /// What the feed holds of it, as a web page.
        page: String,
    },
}

/// A web address, and what is known of the document there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// The address.
    pub(super) url: String,
    /// By which the server knows the version that was read last.
    pub(super) known: Validators,
    /// The day of publication that a feed states: for an article that states none itself.
    pub(super) published: Option<CivilDate>,
    /// Which machines may be asked for it.
    pub(super) reach: Reach,
    /// Its name in a feed, and the whole of it as that holds it, where one does: for a link that leads nowhere.
    pub(super) within: Option<(String, String)>,
}

impl Place {
    /// The same article as a feed holds it, where one holds the whole of it.
    pub(super) fn within(&self) -> Option<Self> {
        let Self::Address(Address { url, within, .. }) = self else { return None };
        let (name, page) = within.clone()?;
        Some(Self::Entry { name, url: Some(url.clone()), page })
    }

    /// Its name for people.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Stdin => "-".to_owned(),
            Self::Address(address) => address.url.clone(),
            Self::Entry { name, .. } => name.clone(),
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
        } else if is_address(&name) && !source.exists() {
            places.push(match web::check(&name) {
                Ok(url) => Ok(Place::Address(Address { url, ..Address::default() })),
                Err(error) => Err((name.clone(), anyhow::Error::from(error).context(name))),
            });
        } else {
            places.push(Ok(Place::File(source.clone())));
        }
    }
    places
}

/// Whether a source is named as the web names documents, `scheme://...`.
pub(super) fn is_address(name: &str) -> bool {
    name.split_once("://").is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
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
    let bytes = fetch(place).with_context(|| place.name())?;
    let Some(bytes) = bytes else { bail!("{}: expected the document, found none", place.name()) };
    article(bytes, place, stated)
}

/// Reads one document, unless its server says that it is as it was, or its bytes are known; `None`
/// for what is known.
pub(super) fn read_new(
    place: &Place,
    stated: &Stated,
    is_known: impl FnOnce(&[u8]) -> bool,
) -> Result<Option<Document>> {
    let bytes = fetch(place).with_context(|| place.name())?;
    let Some(bytes) = bytes.filter(|bytes| !is_known(&bytes.raw)) else { return Ok(None) };
    article(bytes, place, stated).map(Some)
}

/// A document's bytes, and what came with them.
#[derive(Default)]
struct Bytes {
    raw: Vec<u8>,
    /// The address that sent them.
    url: Option<String>,
    charset: Option<String>,
    validators: Validators,
}

fn article(bytes: Bytes, place: &Place, stated: &Stated) -> Result<Document> {
    let name = place.name();
    let Bytes { raw, url, charset, validators } = bytes;
    let url = stated.url.clone().or(url);
    let hint = Hint {
        path: Some(&name),
        url: url.as_deref(),
        charset: charset.as_deref(),
        ..Hint::default()
    };
    let mut article = text::read(&raw, &hint).with_context(|| name.clone())?;
    article.source.kind =
        article.source.url.as_deref().and_then(|address| lexicon().publisher_kind(address));
    article.source.validators = validators;
    if stated.date.is_some() {
        article.published = stated.date;
    } else if let Place::Address(address) = place {
        article.published = article.published.or(address.published);
    }
    Ok(Document { raw, article })
}

/// The bytes of a document; `None` where its server says that they are as they were.
fn fetch(place: &Place) -> Result<Option<Bytes>> {
    Ok(Some(match place {
        Place::Entry { page, url, .. } => {
            Bytes { raw: page.clone().into_bytes(), url: url.clone(), ..Bytes::default() }
        }
        Place::Address(Address { url, known, reach, .. }) => {
            match web::get(url, known, Wanted::Article, *reach)? {
                Answer::Unchanged => return Ok(None),
                Answer::Document(fetched) => Bytes {
                    raw: fetched.bytes,
                    url: Some(fetched.address),
                    charset: fetched.charset,
                    validators: fetched.validators,
                },
            }
        }
        Place::File(_) | Place::Stdin => Bytes { raw: read_bytes(place)?, ..Bytes::default() },
    }))
}

fn read_bytes(place: &Place) -> Result<Vec<u8>> {
    let mut raw = Vec::new();
    let limit = SIZE_LIMIT + 1;
    let read = match place {
        Place::File(path) => {
            File::open(path).and_then(|file| file.take(limit).read_to_end(&mut raw))
        }
        _ => io::stdin().lock().take(limit).read_to_end(&mut raw),
    };
    read.map_err(|error| io_cause(&place.name(), &error))?;
    if raw.len() as u64 > SIZE_LIMIT {
        bail!("more than {} MiB: expected one article", SIZE_LIMIT / 1024 / 1024);
    }
    Ok(raw)
}

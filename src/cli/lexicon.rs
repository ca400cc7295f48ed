//! The lexicon of a run: the one that ships, or that with the user's own tables over it.

use super::failure::{hinted, io_failure};
use crate::lexicon::{Lexicon, NAMES, Table, is_table};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The user's lexicon, once it is chosen; a run has one.
static OWN: OnceLock<Lexicon> = OnceLock::new();

/// The lexicon of this run.
pub(super) fn lexicon() -> &'static Lexicon {
    OWN.get().unwrap_or_else(Lexicon::builtin)
}

/// Lays the tables of a folder over those that ship, for this run.
pub(super) fn choose(folder: &Path) -> Result<()> {
    let mut texts = Vec::new();
    for name in names(folder)? {
        let path = folder.join(&name);
        let file = path.display().to_string();
        let bytes = fs::read(&path).map_err(|error| io_failure(&file, &error))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.split(|byte| *byte == b'\n').count();
            anyhow::anyhow!("{file}:{line}: bytes that are no UTF-8, expected UTF-8")
        })?;
        texts.push((name, file, text));
    }
    let tables: Vec<Table<'_>> =
        texts.iter().map(|(name, file, text)| Table::own(name, file, text)).collect();
    let own = Lexicon::with_own(&tables)
        .map_err(|error| hinted(error.to_string(), "lexicon/README.md describes the tables"))?;
    OWN.get_or_init(|| own);
    Ok(())
}

/// The names of the folder's tables below it, sorted; an error where there is none, or one of a
/// name that no table has.
fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = tables_in(folder, "")?;
    if folder.join("lang").is_dir() {
        names.extend(tables_in(&folder.join("lang"), "lang/")?);
    }
    names.sort();
    let known = || format!("{}, lang/LANGUAGE.tsv", NAMES.join(", "));
    if names.is_empty() {
        let folder = folder.display();
        anyhow::bail!("{folder}: holds no table of a lexicon, expected one of {}", known());
    }
    match names.iter().find(|name| !is_table(name)) {
        Some(name) => {
            let path = folder.join(name);
            anyhow::bail!("{}: no table of a lexicon, expected one of {}", path.display(), known())
        }
        None => Ok(names),
    }
}

fn tables_in(folder: &Path, prefix: &str) -> Result<Vec<String>> {
    let place = folder.display().to_string();
    let failed = |error: &std::io::Error| io_failure(&place, error).context("--lexicon");
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| failed(&error))? {
        let path: PathBuf = entry.map_err(|error| failed(&error))?.path();
        let name =
            path.file_name().context("a file without a name")?.to_string_lossy().into_owned();
        if path.is_file() && path.extension().is_some_and(|extension| extension == "tsv") {
            names.push(format!("{prefix}{name}"));
        }
    }
    Ok(names)
}

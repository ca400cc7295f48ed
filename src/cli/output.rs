//! Files that commands write: a file is either as it was or whole, and never the ledger.

use super::failure::{io_failure, usage};
use anyhow::{Result, bail};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// What writes the contents of a file.
pub(super) type Writer<'a> = &'a dyn Fn(&mut dyn Write) -> io::Result<()>;

/// Refuses the ledger's own file: writing over it would destroy it.
pub(super) fn refuse_ledger(path: &Path, ledger: &Path) -> Result<()> {
    let is_ledger = match (fs::canonicalize(path), fs::canonicalize(ledger)) {
        (Ok(path), Ok(ledger)) => path == ledger,
        _ => false,
    };
    if is_ledger {
        let path = path.display();
        return Err(usage(format!("--output {path}: expected a file other than the ledger")));
    }
    Ok(())
}

/// Writes to a file beside the target and renames it: the target is either as it was, or whole.
pub(super) fn write_file(path: &Path, write: Writer) -> Result<()> {
    let failed = |error: io::Error| io_failure(&path.display().to_string(), &error);
    if path.is_dir() {
        bail!("{}: is a folder, expected a file", path.display());
    }
    // A device or a pipe cannot be replaced by a file.
    if path.exists() && !path.is_file() {
        let mut out = BufWriter::new(File::options().write(true).open(path).map_err(failed)?);
        return write(&mut out).and_then(|()| out.flush()).map_err(failed);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = write_part(&part, write).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // What is left of the failed attempt helps nobody.
        let _ = fs::remove_file(&part);
    }
    written.map_err(failed)
}

fn write_part(part: &Path, write: Writer) -> io::Result<()> {
    let mut out = BufWriter::new(File::options().write(true).create_new(true).open(part)?);
    write(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

//! Files that commands write: a file is either as it was, or whole, and never the ledger.

use super::args::Globals;
use super::failure::{io_failure, usage};
use super::screen::Screen;
use anyhow::Result;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// How many bytes are gathered before the system is asked to write them; what comes in larger pieces is not
/// copied first.
pub(super) const BUFFER: usize = 1 << 16;

/// After how long the disk is given what was written so far.
const SYNC: Duration = Duration::from_millis(150);

/// Writes to the file, or to standard output where none is named.
pub(super) fn write(
    output: Option<&Path>,
    globals: &Globals,
    screen: &mut Screen,
    write: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let Some(path) = output else { return write(screen) };
    refuse_ledger(path, &globals.ledger())?;
    write_file(path, write)
}

/// Writing over the ledger would destroy it.
pub(super) fn refuse_ledger(path: &Path, ledger: &Path) -> Result<()> {
    let is_ledger = match (fs::canonicalize(path), fs::canonicalize(ledger)) {
        (Ok(path), Ok(ledger)) => path == ledger,
        _ => false,
    };
    if is_ledger {
        return Err(usage(format!(
            "--output {}: expected a file other than the ledger",
            path.display()
        )));
    }
    Ok(())
}

/// Writes to a file beside the target and renames it.
pub(super) fn write_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    write_whole(path, |mut file| {
        let mut out = BufWriter::with_capacity(BUFFER, &mut file);
        write(&mut out)?;
        Ok(out.flush()?)
    })
}

/// The same for what is not written from its beginning to its end.
pub(super) fn write_whole(path: &Path, write: impl FnOnce(&File) -> Result<()>) -> Result<()> {
    let failed = |error: anyhow::Error| match error.downcast_ref::<io::Error>() {
        Some(error) => io_failure(&path.display().to_string(), error),
        None => error,
    };
    if path.is_dir() {
        anyhow::bail!("{}: is a folder, expected a file", path.display());
    }
    // A device or a pipe cannot be replaced by a file.
    if path.exists() && !path.is_file() {
        let file = File::options().write(true).open(path);
        return file.map_err(Into::into).and_then(|file| write(&file)).map_err(failed);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = write_part(&part, write).and_then(|()| Ok(fs::rename(&part, path)?));
    if written.is_err() {
        // What is left of the failed attempt helps nobody.
        let _ = fs::remove_file(&part);
    }
    written.map_err(failed)
}

/// What is written goes to the disk while the rest is still made, so that little is left to wait for.
fn write_part(part: &Path, write: impl FnOnce(&File) -> Result<()>) -> Result<()> {
    let file = File::options().read(true).write(true).create_new(true).open(part)?;
    let (done, waiting) = sync_channel::<()>(0);
    thread::scope(|scope| {
        let file = &file;
        let syncing = scope.spawn(move || {
            while waiting.recv_timeout(SYNC) == Err(RecvTimeoutError::Timeout) {
                file.sync_data()?;
            }
            Ok(())
        });
        let written = write(file);
        drop(done);
        let synced: io::Result<()> = syncing.join().unwrap_or(Ok(()));
        written.and(synced.map_err(Into::into))
    })?;
    Ok(file.sync_all()?)
}

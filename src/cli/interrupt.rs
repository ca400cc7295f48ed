//! Ctrl-C: a run that records stops after the article in hand, every other run stops at once.

use std::sync::atomic::{AtomicBool, Ordering};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static RECORDING: AtomicBool = AtomicBool::new(false);

/// Listens for Ctrl-C and for the signals that end a program.
pub(super) fn listen() {
    // Where the system has no such handler, the signal ends the program at once, and the ledger
    // rolls back what was not committed.
    let _ = ctrlc::set_handler(|| {
        let again = INTERRUPTED.swap(true, Ordering::SeqCst);
        if again || !RECORDING.load(Ordering::SeqCst) {
            // A review may be waiting for a key: the terminal echoes again after it.
            let _ = crossterm::terminal::disable_raw_mode();
            std::process::exit(130);
        }
    });
}

/// From now on Ctrl-C lets the article in hand be finished; a second one ends the run at once.
pub(super) fn finish_article_first() {
    RECORDING.store(true, Ordering::SeqCst);
}

/// Whether the user asked to stop.
pub(super) fn is_asked() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

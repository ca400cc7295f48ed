//! Standard output and error: where data and messages go, with colour or without.

use super::args::Globals;
use crate::report::render::{Page, clean};
use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal that can show it, unless the environment says otherwise.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colour {
    fn applies(self, detected: ColorChoice) -> bool {
        match self {
            Self::Auto => detected != ColorChoice::Never,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// Sets words off with colour, or leaves them as they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    /// Whether there is colour.
    pub(super) colour: bool,
}

impl Paint {
    /// For standard error, before or after the command line is understood.
    pub(super) fn for_errors(colour: Colour) -> Self {
        Self { colour: colour.applies(AutoStream::choice(&io::stderr())) }
    }

    fn wrap(self, codes: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{codes}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    pub(super) fn error(self, text: &str) -> String {
        self.wrap("1;31", text)
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    pub(super) fn dim(self, text: &str) -> String {
        self.wrap("2", text)
    }

    pub(super) fn good(self, text: &str) -> String {
        self.wrap("32", text)
    }

    pub(super) fn doubtful(self, text: &str) -> String {
        self.wrap("33", text)
    }

    /// Opens and closes a stretch of a sentence that was found: colour, or brackets.
    pub(super) fn mark(self) -> (&'static str, &'static str) {
        if self.colour { ("\u{1b}[1;36m", "\u{1b}[0m") } else { ("[", "]") }
    }
}

/// The columns of the terminal, else those that the environment states.
fn width(stdout: &Stdout) -> Option<u16> {
    let stated = || std::env::var("COLUMNS").ok()?.parse().ok();
    comfy_table::Table::new().width().filter(|_| stdout.is_terminal()).or_else(stated)
}

/// The two streams of a run.
pub(super) struct Screen {
    out: BufWriter<Box<dyn Write>>,
    /// Colour of standard output.
    pub(super) paint: Paint,
    /// Colour of standard error.
    pub(super) error_paint: Paint,
    /// The columns of the screen, where they are known.
    pub(super) width: Option<u16>,
    /// Whether standard error is a terminal, where progress may be shown.
    pub(super) shows_progress: bool,
    /// Whether a reader that closed the pipe ends the run, or the work goes on unseen.
    pub(super) outlives_pipe: bool,
    quiet: bool,
}

impl Screen {
    /// The streams as the global options and the environment ask.
    pub(super) fn new(globals: &Globals) -> Self {
        let stdout = io::stdout();
        let colour = globals.color.applies(AutoStream::choice(&stdout));
        Self {
            paint: Paint { colour },
            error_paint: Paint::for_errors(globals.color),
            width: width(&stdout),
            shows_progress: io::stderr().is_terminal() && !globals.quiet,
            outlives_pipe: false,
            quiet: globals.quiet,
            out: BufWriter::new(Box::new(stdout)),
        }
    }

    /// A screen without colour whose data goes elsewhere.
    #[cfg(test)]
    pub(super) fn into(out: Box<dyn Write>) -> Self {
        let paint = Paint { colour: false };
        Self {
            paint,
            error_paint: paint,
            width: None,
            shows_progress: false,
            outlives_pipe: false,
            quiet: true,
            out: BufWriter::new(out),
        }
    }

    /// The page for a table on standard output.
    pub(super) fn page(&self) -> Page {
        Page { width: self.width, colour: self.paint.colour, ..Page::default() }
    }

    /// Says a message on standard error, unless the user wants none.
    pub(super) fn message(&mut self, text: &str) {
        if !self.quiet {
            // The data that stands before the message is seen before it.
            let _ = self.out.flush();
            super::failure::print_line(&clean(text));
        }
    }

    /// Says an error on standard error; a run may go on after it.
    pub(super) fn failure(&mut self, error: &anyhow::Error) {
        let _ = self.out.flush();
        super::failure::say(error, self.error_paint);
    }

    /// Whether messages are wanted.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    fn forgive<T>(&self, result: io::Result<T>, done: T) -> io::Result<T> {
        match result {
            Err(error) if self.outlives_pipe && error.kind() == io::ErrorKind::BrokenPipe => {
                Ok(done)
            }
            result => result,
        }
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.out.write(bytes);
        self.forgive(result, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.out.flush();
        self.forgive(result, ())
    }
}

//! How a run ends: exit codes, and one-line errors with their hint apart.

use super::screen::Paint;
use super::slips::{self, context};
use crate::ledger::LedgerError;
use crate::report::render::clean;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// All was done.
    Done,
    /// Some inputs could not be read; the rest is done.
    Partly,
    /// No input could be read; each was named.
    NothingRead,
    /// A check found problems.
    Problems,
    /// The user stopped the run.
    Interrupted,
}

impl Outcome {
    /// Its exit code.
    pub(super) fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::NothingRead => 1,
            Self::Partly => 3,
            Self::Problems => 4,
            Self::Interrupted => 130,
        })
    }
}

/// A failure that the command line itself caused: exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Usage {
    message: String,
    hint: Option<String>,
}

/// What a user can do about the error that carries it; said on a line of its own.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Hinted {
    message: String,
    hint: String,
}

/// An error with a hint.
pub(super) fn hinted(message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
    Hinted { message: message.into(), hint: hint.into() }.into()
}

/// A usage error.
pub(super) fn usage(message: impl Into<String>) -> anyhow::Error {
    Usage { message: message.into(), hint: None }.into()
}

/// A usage error with a hint.
pub(super) fn usage_hinted(message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
    Usage { message: message.into(), hint: Some(hint.into()) }.into()
}

/// An input/output error in words, with what it is about.
pub(super) fn io_failure(place: &str, error: &io::Error) -> anyhow::Error {
    io_cause(place, error).context(place.to_owned())
}

/// The same without what it is about, which a caller adds.
pub(super) fn io_cause(place: &str, error: &io::Error) -> anyhow::Error {
    // "www.example.org/news.xml"
    let host = place.split('/').next().filter(|host| !host.starts_with('.') && *host != place);
    if error.kind() == io::ErrorKind::NotFound && host.is_some_and(|host| host.contains('.')) {
        return hinted(
            io_words(error),
            format!("a web address begins with https://, as https://{place}"),
        );
    }
    anyhow::anyhow!(io_words(error))
}

fn io_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "no space left on the disk".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or_default().to_lowercase()
        }
    }
}

/// An error with its causes, on one line.
pub(super) fn words(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        // Some errors say their cause themselves.
        if !text.contains(&cause) {
            text.push_str(if text.is_empty() { "" } else { ": " });
            text.push_str(&cause);
        }
    }
    text
}

/// Says an error on stderr in one line, its hint on the next.
pub(super) fn say(error: &anyhow::Error, paint: Paint) {
    print_line(&format!("{} {}", paint.error("error:"), clean(&words(error))));
    let of_ledger = || error.chain().find_map(|cause| cause.downcast_ref::<LedgerError>()?.hint());
    if let Some(Hinted { hint, .. }) = error.downcast_ref() {
        say_hint(hint, paint);
    } else if let Some(Usage { hint: Some(hint), .. }) = error.downcast_ref() {
        say_hint(hint, paint);
    } else if let Some(hint) = of_ledger() {
        say_hint(hint, paint);
    }
}

fn say_hint(hint: &str, paint: Paint) {
    print_line(&format!("{} {}", paint.bold("hint:"), clean(hint)));
}

/// Writes a line to standard error; where nobody listens there is nobody to tell.
pub(super) fn print_line(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Says why the run failed and gives its exit code; a reader that closed the pipe is no failure.
pub(super) fn end(error: &anyhow::Error, paint: Paint) -> ExitCode {
    let is_broken_pipe = error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    });
    if is_broken_pipe {
        return ExitCode::SUCCESS;
    }
    match error.downcast_ref::<io::Error>() {
        Some(io) => say(&io_failure("standard output", io), paint),
        None => say(error, paint),
    }
    ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
}

/// Says what is wrong with the command line; help and version are no errors.
pub(super) fn end_usage(error: &clap::Error, paint: Paint) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader that closed the pipe has seen enough of the help.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            return ExitCode::from(2);
        }
        _ => {}
    }
    print_line(&format!("{} {}", paint.error("error:"), clean(&usage_text(error))));
    let words: Vec<String> = std::env::args().skip(1).collect();
    say_hint(&slips::hint(error, &words), paint);
    ExitCode::from(2)
}

/// What is wrong with the command line, on one line.
pub(super) fn usage_text(error: &clap::Error) -> String {
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let name = argument.split([' ', '=']).next().unwrap_or_default().trim_end_matches("...");
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{name}: expected a value"),
        ErrorKind::InvalidValue => match context(error, ContextKind::ValidValue) {
            Some(valid) => format!("{name}: \"{value}\": expected one of {valid}"),
            None => format!("{name}: \"{value}\" is not valid"),
        },
        ErrorKind::ValueValidation => match error.source() {
            Some(source) => format!("{name}: {source}"),
            None => format!("{name}: \"{value}\" is not valid"),
        },
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("{argument}: no such option here")
        }
        ErrorKind::UnknownArgument => format!("\"{argument}\": expected no further argument here"),
        ErrorKind::TooFewValues => {
            let count = |kind| match error.get(kind) {
                Some(ContextValue::Number(number)) => *number,
                _ => 0,
            };
            let (found, expected) =
                (count(ContextKind::ActualNumValues), count(ContextKind::MinValues));
            format!("{name}: found {found} of them, expected at least {expected}")
        }
        ErrorKind::InvalidSubcommand => {
            let word = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("\"{word}\": no such command")
        }
        ErrorKind::MissingRequiredArgument => format!("missing {argument}"),
        _ => {
            let text = error.render().to_string();
            let line = text.lines().next().unwrap_or_default();
            line.strip_prefix("error: ").unwrap_or(line).to_owned()
        }
    }
}

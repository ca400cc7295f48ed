//! What a command line that is not understood most likely meant, and the form that it wants.

use super::Cli;
use super::args::package_id;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory};

/// The hint for a wrong command line, of which `words` are the arguments.
pub(super) fn hint(error: &clap::Error, words: &[String]) -> String {
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand]
        .iter()
        .find_map(|kind| context(error, *kind));
    if let Some(word) = suggested {
        return format!("did you mean {word}?");
    }
    let (mut command, path) = command(words);
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let is_of_option = argument.starts_with('-');
    let word = match error.kind() {
        ErrorKind::UnknownArgument => argument.clone(),
        _ => context(error, ContextKind::InvalidValue).unwrap_or_default(),
    };
    if !is_of_option && let Some(option) = meant(&command, &word) {
        return format!("did you mean {option}?");
    }
    let is_bare = command.get_positionals().next().is_none();
    let is_looking = is_bare && package_id(&word).is_ok() && !takes_reason(&command);
    if error.kind() == ErrorKind::UnknownArgument && is_looking {
        return format!("aidledger show {word} and aidledger history {word} tell of one package");
    }
    if path.is_empty() || command.get_name() == "help" {
        return "aidledger help tells what there is".to_owned();
    }
    let is_value = matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation);
    if is_of_option && is_value {
        return format!("aidledger help{path} tells what it takes");
    }
    let usage = command.render_usage().to_string();
    let form = usage.trim_start_matches("Usage: ");
    match command.get_about().filter(|_| is_bare) {
        Some(about) => format!("expected {form}: {about}"),
        None if is_value && takes_reason(&command) => {
            format!("expected {form}; the words that say why stand behind --reason")
        }
        None => format!("expected {form}; aidledger help{path} tells more"),
    }
}

fn takes_reason(command: &Command) -> bool {
    command.get_arguments().any(|option| option.get_long() == Some("reason"))
}

/// The command that was called, and its name with that of the one above it, each behind a blank.
fn command(words: &[String]) -> (Command, String) {
    let mut command = Cli::command();
    command.build();
    let mut path = String::new();
    for word in words {
        if let Some(below) = command.find_subcommand(word).cloned() {
            path = format!("{path} {}", below.get_name());
            command = below;
        }
    }
    (command, path)
}

/// The option that a bare word names, "amount", or that takes it as a value, "totals" or "conflict".
fn meant(command: &Command, word: &str) -> Option<String> {
    let options = || command.get_arguments().filter(|option| !option.is_global_set());
    let named = options().find(|option| option.get_long() == Some(word));
    if let Some(long) = named.and_then(Arg::get_long) {
        return Some(format!("--{long}"));
    }
    let begins =
        |value: &str| word.len() > 3 && (value.starts_with(word) || word.starts_with(value));
    [&|value: &str| value == word, &begins as &dyn Fn(&str) -> bool].iter().find_map(|fits| {
        options().find_map(|option| {
            let values = option.get_possible_values();
            let value = values.iter().find(|value| fits(value.get_name()))?;
            Some(format!("--{} {}", option.get_long()?, value.get_name()))
        })
    })
}

/// What clap says of an error, in words.
pub(super) fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}

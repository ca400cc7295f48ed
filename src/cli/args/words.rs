//! Words that users give in options: packages, actors, systems, periods, and those of closed sets.

use crate::cli::failure::usage_hinted;
use crate::cli::lexicon::lexicon;
use crate::lexicon::System;
use crate::model::{CivilDate, DateRange, PackageId, Stage};
use anyhow::Result;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::str::FromStr;

/// Reads a package's number: `P12`, `p12` or `12`.
pub(in crate::cli) fn package_id(text: &str) -> Result<PackageId, String> {
    let read = text.parse().or_else(|_| format!("P{text}").parse());
    read.map_err(|_| format!("\"{text}\": expected a package number such as P12"))
}

/// The code of an actor that the user names by code or by name.
pub(in crate::cli) fn actor(option: &str, word: &str) -> Result<String> {
    let lexicon = lexicon();
    let word = word.trim();
    let code = lexicon.actor_code(word).or_else(|| lexicon.actor_code(&word.to_uppercase()));
    code.map(str::to_owned).ok_or_else(|| {
        let message = format!(
            "{option}: \"{word}\": expected a state or organisation such as US or \"United States\""
        );
        usage_hinted(message, "aidledger actors WORD looks them up")
    })
}

/// The id of a system that the user names by id, name or another form.
pub(in crate::cli) fn system(option: &str, word: &str) -> Result<String> {
    let found = find_system(word).map(|system| system.id.clone());
    found.ok_or_else(|| {
        let message = format!(
            "{option}: \"{word}\": expected a system of the lexicon such as himars or \"FIM-92 Stinger\""
        );
        usage_hinted(message, "aidledger systems WORD looks them up")
    })
}

/// The system of this id, name or other form, in any case.
pub(in crate::cli) fn find_system(word: &str) -> Option<&'static System> {
    let wanted = word.trim().to_lowercase();
    let is_wanted = |form: &str| form.trim_start_matches('?').to_lowercase() == wanted;
    let systems = lexicon().systems();
    systems
        .iter()
        .find(|system| system.id == wanted || is_wanted(&system.name))
        .or_else(|| systems.iter().find(|system| system.forms.iter().any(|form| is_wanted(form))))
}

pub(super) fn first_day(text: &str) -> Result<CivilDate, String> {
    period(text).map(|(first, _)| first)
}

pub(super) fn last_day(text: &str) -> Result<CivilDate, String> {
    period(text).map(|(_, last)| last)
}

fn period(text: &str) -> Result<(CivilDate, CivilDate), String> {
    DateRange::parse_period(text).map_err(|_| {
        format!("\"{text}\": expected a period such as 2022-11-10, 2022-11, 2022-Q4 or 2022")
    })
}

/// A parser of one word of a closed set, which help and completions list.
pub(in crate::cli) fn one_of<T>(
    words: impl Iterator<Item = &'static str>,
) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err = crate::model::UnknownWord> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| word.parse::<T>())
}

/// The stages that a person may enter.
pub(in crate::cli) fn stage_words() -> impl Iterator<Item = &'static str> {
    Stage::ALL.iter().filter(|stage| **stage != Stage::Contracted).map(|stage| stage.as_str())
}

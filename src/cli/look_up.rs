//! Look-ups in the lexicon: `systems` and `actors`, found by any of their forms.

use super::args::one_of;
use super::failure::Outcome;
use super::lexicon::lexicon;
use super::screen::Screen;
use crate::lexicon::token::{each_token, singular};
use crate::lexicon::{ActorForm, System};
use crate::model::{CivilDate, Span};
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::{Format, render};
use anyhow::Result;
use clap::Args;
use std::collections::BTreeMap;

/// Between a class and the one above it.
const BELOW: &str = " › ";

/// Options of the look-ups.
#[derive(Debug, Args)]
pub(super) struct LookUpArgs {
    /// The beginning of an id, a name, any other form or a class, in any spelling; else all
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// How the table is written
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = one_of::<Format>(Format::ALL.iter().map(|f| f.as_str())))]
    format: Format,
}

/// How well a form meets the words that are looked for; the best is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is those words.
    Whole,
    /// It begins with them.
    Beginning,
    /// It has them behind other words.
    Inside,
    /// The class has them.
    Class,
}

/// The words that are looked for, folded as the matcher folds forms.
struct Words {
    folded: Vec<String>,
}

impl Words {
    fn of(args: &LookUpArgs) -> Self {
        Self { folded: fold(&args.words.join(" ")) }
    }

    fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// How the words stand in a form; the last may be the beginning of a word, or its plural.
    fn fit(&self, form: &str) -> Option<Fit> {
        let Some((last, before)) = self.folded.split_last() else { return Some(Fit::Whole) };
        let form = fold(form);
        let single = singular(last);
        let is_begun = |word: &String| {
            word.starts_with(last) || single.as_ref().is_some_and(|single| word == single)
        };
        let stands_at = |at: &usize| {
            let window = &form[*at..*at + self.folded.len()];
            window.starts_with(before) && is_begun(&window[before.len()])
        };
        let places = (form.len() + 1).saturating_sub(self.folded.len());
        let at = (0..places).find(stands_at)?;
        let is_last_whole =
            form.last().is_some_and(|word| word == last || Some(word) == single.as_ref());
        Some(match at {
            0 if form.len() == self.folded.len() && is_last_whole => Fit::Whole,
            0 => Fit::Beginning,
            _ => Fit::Inside,
        })
    }

    /// The best fit of several forms.
    fn best<'a>(&self, forms: impl Iterator<Item = &'a str>) -> Option<Fit> {
        forms.filter_map(|form| self.fit(form)).min()
    }
}

fn fold(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_token(text, Span::new(0, text.len()), |_, word| words.push(word.to_owned()));
    words
}

/// Runs `systems`.
pub(super) fn systems(args: &LookUpArgs, screen: &mut Screen) -> Result<Outcome> {
    let words = Words::of(args);
    let mut found: Vec<(Fit, &System)> = lexicon()
        .systems()
        .iter()
        .filter_map(|system| Some((system_fit(&words, system)?, system)))
        .collect();
    found.sort_by_key(|(fit, _)| *fit);
    let mut table = Table::new(vec![
        Column::new("id", "ID", Kind::Text),
        Column::new("name", "Name", Kind::Text),
        Column::new("class", "Class", Kind::Text).for_programs(),
        Column::new("class_path", "Class", Kind::Text),
        Column::new("origin", "Origin", Kind::Text),
        Column::new("forms", "Other forms", Kind::Text),
        Column::new("source", "Source", Kind::Text),
    ]);
    table.rows = found.into_iter().map(|(_, system)| system_row(system)).collect();
    write(&table, args, screen)
}

fn system_fit(words: &Words, system: &System) -> Option<Fit> {
    let names = [system.id.as_str(), &system.name];
    let forms = names.into_iter().chain(system.forms.iter().map(String::as_str));
    words.best(forms.map(bare)).or_else(|| {
        let line = lexicon().class_line(&system.class);
        let classes = line.iter().flat_map(|class| [class.id.as_str(), &class.name]);
        words.best(classes).map(|_| Fit::Class)
    })
}

fn system_row(system: &System) -> Vec<Cell> {
    let mut path: Vec<&str> =
        lexicon().class_line(&system.class).iter().map(|class| class.name.as_str()).collect();
    path.reverse();
    let forms: Vec<String> = system.forms.iter().map(|form| bare(form).to_owned()).collect();
    vec![
        Cell::Text(system.id.clone()),
        Cell::Text(system.name.clone()),
        Cell::Text(system.class.clone()),
        Cell::Text(path.join(BELOW)),
        Cell::text(system.origin.as_deref()),
        Cell::List(forms.into_iter().filter(|form| *form != system.name).collect()),
        Cell::Text(system.source.clone()),
    ]
}

/// A form without the mark of ambiguous ones.
fn bare(form: &str) -> &str {
    form.trim_start_matches('?')
}

/// Runs `actors`.
pub(super) fn actors(args: &LookUpArgs, screen: &mut Screen) -> Result<Outcome> {
    let words = Words::of(args);
    let mut by_code: BTreeMap<&str, Vec<&ActorForm>> = BTreeMap::new();
    for form in lexicon().actors() {
        by_code.entry(&form.code).or_default().push(form);
    }
    let fit = |(code, forms): (&'static str, Vec<&'static ActorForm>)| {
        let all = std::iter::once(code).chain(forms.iter().map(|form| form.form.as_str()));
        let is_named = lexicon().actor_name(code).is_some_and(|name| words.fit(name).is_some());
        Some(((words.best(all)?, !is_named), code, forms))
    };
    let mut found: Vec<_> = by_code.into_iter().filter_map(fit).collect();
    found.sort_by_key(|(rank, ..)| *rank);
    let mut table = Table::new(vec![
        Column::new("code", "Code", Kind::Text),
        Column::new("name", "Name", Kind::Text),
        Column::new("found_as", "Found as", Kind::Text).for_people(),
        Column::new("forms", "Forms", Kind::Text).for_programs(),
    ]);
    for (_, code, forms) in found {
        table.rows.push(vec![
            Cell::text(Some(code)),
            Cell::text(lexicon().actor_name(code)),
            Cell::text(Some(found_as(&words, &forms)).as_deref().filter(|text| !text.is_empty())),
            Cell::List(forms.iter().map(|form| form.form.clone()).collect()),
        ]);
    }
    write(&table, args, screen)
}

/// The forms that meet the words, each with how it stands for the actor and since when; where all
/// actors are listed, none.
fn found_as(words: &Words, forms: &[&ActorForm]) -> String {
    let met = forms.iter().filter(|form| !words.is_empty() && words.fit(&form.form).is_some());
    let met: Vec<String> = met
        .map(|form| {
            let day =
                |date: Option<CivilDate>| date.map(|date| date.to_string()).unwrap_or_default();
            let term = match (form.from, form.until) {
                (None, None) => String::new(),
                (from, until) => format!(", {}..{}", day(from), day(until)),
            };
            format!("{} ({}{term})", form.form, form.kind)
        })
        .collect();
    met.join("; ")
}

fn write(table: &Table, args: &LookUpArgs, screen: &mut Screen) -> Result<Outcome> {
    if table.rows.is_empty() {
        screen.message("the lexicon holds none of these words");
    }
    let page = screen.page();
    render(table, args.format, page, screen)?;
    Ok(Outcome::Done)
}

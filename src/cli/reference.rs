//! Look-ups and helps: `systems`, `actors`, `completions`, `man`.

use super::Cli;
use super::args::one_of;
use super::failure::Outcome;
use super::screen::Screen;
use crate::lexicon::Lexicon;
use crate::report::table::{Cell, Column, Kind, Table};
use crate::report::{Format, render};
use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::collections::BTreeMap;
use std::io::Write;

/// Options of the look-ups.
#[derive(Debug, Args)]
pub(super) struct LookUpArgs {
    /// Words that an id, a name or another form must hold, in any case
    #[arg(value_name = "WORDS")]
    words: Option<String>,
    /// How the table is written
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = one_of::<Format>(Format::ALL.iter().map(|f| f.as_str())))]
    format: Format,
}

impl LookUpArgs {
    fn matches<'a>(&self, mut forms: impl Iterator<Item = &'a str>) -> bool {
        let Some(words) = self.words.as_ref().map(|words| words.to_lowercase()) else {
            return true;
        };
        forms.any(|form| form.to_lowercase().contains(&words))
    }
}

/// Options of `completions`.
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// Runs `systems`.
pub(super) fn systems(args: &LookUpArgs, screen: &mut Screen) -> Result<Outcome> {
    let lexicon = Lexicon::builtin();
    let mut table = Table::new(vec![
        Column::new("id", "ID", Kind::Text),
        Column::new("name", "Name", Kind::Text),
        Column::new("class", "Class", Kind::Text),
        Column::new("origin", "Origin", Kind::Text),
        Column::new("forms", "Other forms", Kind::Text).for_programs(),
    ]);
    for system in lexicon.systems() {
        let forms = system.forms.iter().map(String::as_str);
        if args.matches([system.id.as_str(), &system.name].into_iter().chain(forms)) {
            let class = lexicon.class(&system.class).map_or(&system.class, |class| &class.name);
            table.rows.push(vec![
                Cell::Text(system.id.clone()),
                Cell::Text(system.name.clone()),
                Cell::Text(class.clone()),
                Cell::text(system.origin.as_deref()),
                Cell::List(system.forms.clone()),
            ]);
        }
    }
    write(&table, args, screen)
}

/// Runs `actors`.
pub(super) fn actors(args: &LookUpArgs, screen: &mut Screen) -> Result<Outcome> {
    let lexicon = Lexicon::builtin();
    let mut by_code: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for form in lexicon.actors() {
        by_code.entry(&form.code).or_default().push(&form.form);
    }
    let mut table = Table::new(vec![
        Column::new("code", "Code", Kind::Text),
        Column::new("name", "Name", Kind::Text),
        Column::new("forms", "Forms", Kind::Text).for_programs(),
    ]);
    for (code, forms) in by_code {
        if args.matches(std::iter::once(code).chain(forms.iter().copied())) {
            let forms: Vec<String> = forms.iter().map(|form| (*form).to_owned()).collect();
            table.rows.push(vec![
                Cell::text(Some(code)),
                Cell::text(lexicon.actor_name(code)),
                Cell::List(forms.clone()),
            ]);
        }
    }
    write(&table, args, screen)
}

fn write(table: &Table, args: &LookUpArgs, screen: &mut Screen) -> Result<Outcome> {
    if table.rows.is_empty() {
        screen.message("the lexicon holds none of these words");
    }
    let page = screen.page();
    render(table, args.format, page, screen)?;
    Ok(Outcome::Done)
}

/// Runs `completions`.
pub(super) fn completions(args: &CompletionsArgs, screen: &mut Screen) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "aidledger", &mut script);
    screen.write_all(&script)?;
    Ok(Outcome::Done)
}

/// Runs `man`: the page of the program, then one of each command.
pub(super) fn man(screen: &mut Screen) -> Result<Outcome> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        clap_mangen::Man::new(sub.clone()).render(&mut page)?;
    }
    screen.write_all(&page)?;
    Ok(Outcome::Done)
}

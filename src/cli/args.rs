//! Options that several commands share: global ones, the filter, and words of closed sets.

use super::convert::{ConvertArgs, currency};
use super::failure::{usage, usage_hinted};
use super::lexicon::lexicon;
use super::screen::{Colour, Screen};
use crate::ledger::{Access, Ledger, Parts, Waiting, selects};
use crate::lexicon::System;
use crate::model::{
    Aid, CivilDate, Currency, DateRange, Filter, Package, PackageId, Stage, Standing,
};
use crate::report::{Preset, Scope, Selection, select};
use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;
use std::str::FromStr;

/// Options of every command.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Globals {
    /// The ledger file; else `$AIDLEDGER_FILE`, else aidledger.db in this folder
    #[arg(long, global = true, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// A folder of lexicon tables that add to those that ship; else `$AIDLEDGER_LEXICON`
    #[arg(long, global = true, value_name = "FOLDER")]
    lexicon: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(super) color: Colour,
    /// No messages on standard error but errors
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

impl Globals {
    /// The ledger file: as the option says, else the environment, else the one in this folder.
    pub(super) fn ledger(&self) -> PathBuf {
        let stated = || std::env::var_os("AIDLEDGER_FILE").filter(|name| !name.is_empty());
        let file = self.ledger.clone().or_else(|| stated().map(PathBuf::from));
        file.unwrap_or_else(|| PathBuf::from("aidledger.db"))
    }

    /// The folder of the user's own lexicon tables, as the option says, else the environment.
    pub(super) fn lexicon(&self) -> Option<PathBuf> {
        let stated = || std::env::var_os("AIDLEDGER_LEXICON").filter(|name| !name.is_empty());
        self.lexicon.clone().or_else(|| stated().map(PathBuf::from))
    }

    /// Opens the ledger.
    pub(super) fn open(&self, access: Access) -> Result<Ledger> {
        Ok(Ledger::open(&self.ledger(), access)?)
    }

    /// Opens the ledger to record in it; for a dry run a copy in memory, so that what comes in one run
    /// is seen by each other as it will be, and nothing is written.
    pub(super) fn open_to_record(&self, access: Access, dry_run: bool) -> Result<Ledger> {
        match dry_run {
            false => self.open(access),
            true if self.ledger().exists() => Ok(self.open(Access::Read)?.rehearsal()?),
            true => Ok(Ledger::in_memory()?),
        }
    }
}

/// When to look at the ledger.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "When")]
pub(super) struct AsOfArgs {
    /// The ledger as it stood at the end of this day, month or year (UTC)
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    as_of: Option<CivilDate>,
}

impl AsOfArgs {
    /// Whether the ledger of another day is asked for.
    pub(super) const fn is_given(&self) -> bool {
        self.as_of.is_some()
    }

    /// Opens the ledger to look at it, as it is or as it stood; says which it is where it is not
    /// that of today.
    pub(super) fn open(&self, globals: &Globals, screen: &mut Screen) -> Result<Ledger> {
        let ledger = globals.open(Access::Read)?;
        let Some(day) = self.as_of else { return Ok(ledger) };
        let past = ledger.as_of(day)?;
        let (then, now) = (past.head()?.seq, ledger.head()?.seq);
        screen.message(&match then {
            0 => format!("as of {day}: no entry of {now}"),
            then => format!("as of {day}: entries 1 to {then} of {now}"),
        });
        Ok(past)
    }
}

/// Which packages, in which money, and as of when: what a command that looks at packages takes.
#[derive(Debug, Clone, Args)]
pub(super) struct LookArgs {
    /// Which packages.
    #[command(flatten)]
    pub(super) filter: FilterArgs,
    /// In which money.
    #[command(flatten)]
    pub(super) money: ConvertArgs,
    /// As of when.
    #[command(flatten)]
    pub(super) as_of: AsOfArgs,
}

/// Which packages are meant, and which of them count.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Which packages")]
pub(super) struct FilterArgs {
    #[command(flatten)]
    which: WhichArgs,
    /// Include packages on which a person has still to decide
    #[arg(long)]
    pending: bool,
    /// What was decided of the package: accepted where it is not given; or all
    #[arg(long, value_name = "STANDING", value_delimiter = ',',
        value_parser = PossibleValuesParser::new(listed_standings().chain(["all"])))]
    standing: Vec<String>,
}

/// Which packages are meant by what they are.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Which packages")]
pub(super) struct WhichArgs {
    /// Announced in or after this day, month, quarter or year: 2024-03-01, 2024-03, 2024-Q1, 2024
    #[arg(long, value_name = "PERIOD", value_parser = first_day)]
    from: Option<CivilDate>,
    /// Announced in or before it; its last day is included
    #[arg(long, value_name = "PERIOD", value_parser = last_day)]
    to: Option<CivilDate>,
    /// Donor: a code such as US, or a name
    #[arg(long, value_name = "ACTOR", value_delimiter = ',')]
    donor: Vec<String>,
    /// Recipient: a code such as UA, or a name
    #[arg(long, value_name = "ACTOR", value_delimiter = ',')]
    recipient: Vec<String>,
    /// A system in the package: its id, or its name
    #[arg(long, value_name = "SYSTEM", value_delimiter = ',')]
    system: Vec<String>,
    /// Legal or budget route, such as PDA
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    mechanism: Vec<String>,
    /// How far the package has come
    #[arg(long, value_name = "STAGE", value_delimiter = ',', value_parser = one_of::<Stage>(Stage::ALL.iter().map(|s| s.as_str())))]
    stage: Vec<Stage>,
    /// Currency code of the amount, such as USD
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = currency)]
    currency: Vec<Currency>,
    /// Words in a source's title, publisher, address or path
    #[arg(long, value_name = "WORDS")]
    source: Vec<String>,
    /// Kind of help, or all; lists and totals take military and mixed where it is not given
    #[arg(long, value_name = "KIND", value_delimiter = ',',
        value_parser = PossibleValuesParser::new(Aid::ALL.iter().map(|a| a.as_str()).chain(["all"])))]
    aid: Vec<String>,
}

/// The standings of packages that lists can hold: a package that was merged is in none.
fn listed_standings() -> impl Iterator<Item = &'static str> {
    Standing::ALL.iter().filter(|word| **word != Standing::Merged).map(|word| word.as_str())
}

impl FilterArgs {
    /// Gives each package of the ledger that is meant and counts to `visit`, by date, with the parts
    /// that are asked for; the selection says what counts, and remembers what does not.
    pub(super) fn each(
        &self,
        ledger: &Ledger,
        selection: &mut Selection,
        parts: Parts,
        mut visit: impl FnMut(Package) -> Result<()>,
    ) -> Result<()> {
        let parts = parts.with_items(selection.scope.specific);
        ledger.each_package(&self.filter()?, parts, |package| {
            if selection.takes(&package.merits()) { visit(package) } else { Ok(()) }
        })
    }

    /// Which packages are meant.
    pub(super) fn filter(&self) -> Result<Filter> {
        self.which.filter()
    }

    /// The packages of the ledger that are meant and count, with all that belongs to them.
    pub(super) fn load(
        &self,
        ledger: &Ledger,
        preset: Option<Preset>,
    ) -> Result<(Vec<Package>, Selection)> {
        let mut selection = self.selection(preset);
        let mut packages = Vec::new();
        self.each(ledger, &mut selection, Parts::ALL, |package| {
            packages.push(package);
            Ok(())
        })?;
        Ok((packages, selection))
    }

    /// The same of packages that are in no ledger.
    pub(super) fn among(&self, mut packages: Vec<Package>) -> Result<Vec<Package>> {
        let filter = self.which.filter()?;
        packages.retain(|package| selects(&filter, package));
        Ok(select(packages, &self.selection(None).scope).0)
    }

    /// What counts, as said by `preset` (all stages where there is none) as far as the user names
    /// nothing else; no package is met yet.
    pub(super) fn selection(&self, preset: Option<Preset>) -> Selection {
        let all = || Scope { stages: Vec::new(), ..Preset::Announced.scope() };
        let preset = preset.map_or_else(all, Preset::scope);
        let stages =
            if self.which.stage.is_empty() { preset.stages } else { self.which.stage.clone() };
        let aids = self.which.aids(&preset.aids);
        Selection::of(Scope { stages, aids, standings: self.standings(), ..preset })
    }

    /// What the user asks for, option by option, in the user's own words.
    pub(super) fn words(&self) -> Vec<(String, String)> {
        let which = &self.which;
        let day = |day: Option<CivilDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let stages = which.stage.iter().map(Stage::to_string).collect::<Vec<_>>();
        let currencies = which.currency.iter().map(Currency::to_string).collect::<Vec<_>>();
        let asked = [
            ("from", day(which.from)),
            ("to", day(which.to)),
            ("donor", which.donor.join(", ")),
            ("recipient", which.recipient.join(", ")),
            ("system", which.system.join(", ")),
            ("mechanism", which.mechanism.join(", ")),
            ("stage", stages.join(", ")),
            ("currency", currencies.join(", ")),
            ("source", which.source.join(", ")),
            ("aid", which.aid.join(", ")),
            ("standing", self.standing.join(", ")),
            ("pending", if self.pending { "included" } else { "" }.to_owned()),
        ];
        let asked = asked.into_iter().filter(|(_, words)| !words.is_empty());
        asked.map(|(name, words)| (name.to_owned(), words)).collect()
    }

    /// Whether packages are meant that are not accepted.
    pub(super) fn takes_other_than_accepted(&self) -> bool {
        self.standings() != [Standing::Accepted]
    }

    /// The standings that count; all where the list is empty.
    fn standings(&self) -> Vec<Standing> {
        if self.standing.iter().any(|word| word == "all") {
            return Vec::new();
        }
        let mut standings: Vec<Standing> =
            self.standing.iter().filter_map(|word| word.parse().ok()).collect();
        if standings.is_empty() {
            standings.push(Standing::Accepted);
        }
        if self.pending {
            standings.push(Standing::Pending);
        }
        standings
    }
}

impl WhichArgs {
    /// The packages that wait for a person and are meant, with their stage and kind of help where
    /// the user names them.
    pub(super) fn waiting(&self, ledger: &Ledger) -> Result<Vec<Waiting>> {
        let filter = Filter { stages: self.stage.clone(), aids: self.aids(&[]), ..self.filter()? };
        Ok(ledger.waiting(&filter)?)
    }

    /// Whether the user names nothing.
    pub(super) fn is_empty(&self) -> bool {
        let lists = [&self.donor, &self.recipient, &self.system, &self.mechanism, &self.source];
        lists.iter().all(|list| list.is_empty())
            && self.from.is_none()
            && self.to.is_none()
            && self.stage.is_empty()
            && self.currency.is_empty()
            && self.aid.is_empty()
    }

    /// The kinds of help that are meant, those of `default` where the user names none; all where the
    /// list is empty.
    fn aids(&self, default: &[Aid]) -> Vec<Aid> {
        if self.aid.is_empty() {
            return default.to_vec();
        }
        let all = self.aid.iter().any(|aid| aid == "all");
        let aids = self.aid.iter().filter(|_| !all);
        aids.filter_map(|aid| aid.parse().ok()).collect()
    }

    fn filter(&self) -> Result<Filter> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(usage(format!("--from {from} --to {to}: expected the earlier day first")));
        }
        Ok(Filter {
            dates: DateRange { from: self.from, to: self.to },
            donors: self.donor.iter().map(|word| actor("--donor", word)).collect::<Result<_>>()?,
            recipients: self
                .recipient
                .iter()
                .map(|word| actor("--recipient", word))
                .collect::<Result<_>>()?,
            systems: self
                .system
                .iter()
                .map(|word| system("--system", word))
                .collect::<Result<_>>()?,
            mechanisms: self.mechanism.iter().map(|id| id.to_uppercase()).collect(),
            currencies: self.currency.iter().map(|code| code.as_str().to_owned()).collect(),
            sources: self.source.clone(),
            ..Filter::default()
        })
    }
}

/// Reads a package's number: `P12`, `p12` or `12`.
pub(super) fn package_id(text: &str) -> Result<PackageId, String> {
    let read = text.parse().or_else(|_| format!("P{text}").parse());
    read.map_err(|_| format!("\"{text}\": expected a package number such as P12"))
}

/// The code of an actor that the user names by code or by name.
pub(super) fn actor(option: &str, word: &str) -> Result<String> {
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
pub(super) fn system(option: &str, word: &str) -> Result<String> {
    let found = find_system(word).map(|system| system.id.clone());
    found.ok_or_else(|| {
        let message = format!(
            "{option}: \"{word}\": expected a system of the lexicon such as himars or \"FIM-92 Stinger\""
        );
        usage_hinted(message, "aidledger systems WORD looks them up")
    })
}

/// The system of this id, name or other form, in any case.
pub(super) fn find_system(word: &str) -> Option<&'static System> {
    let wanted = word.trim().to_lowercase();
    let is_wanted = |form: &str| form.trim_start_matches('?').to_lowercase() == wanted;
    let systems = lexicon().systems();
    systems
        .iter()
        .find(|system| system.id == wanted || is_wanted(&system.name))
        .or_else(|| systems.iter().find(|system| system.forms.iter().any(|form| is_wanted(form))))
}

fn first_day(text: &str) -> Result<CivilDate, String> {
    period(text).map(|(first, _)| first)
}

fn last_day(text: &str) -> Result<CivilDate, String> {
    period(text).map(|(_, last)| last)
}

fn period(text: &str) -> Result<(CivilDate, CivilDate), String> {
    DateRange::parse_period(text).map_err(|_| {
        format!("\"{text}\": expected a period such as 2022-11-10, 2022-11, 2022-Q4 or 2022")
    })
}

/// A parser of one word of a closed set, which help and completions list.
pub(super) fn one_of<T>(
    words: impl Iterator<Item = &'static str>,
) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err = crate::model::UnknownWord> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| word.parse::<T>())
}

/// The stages that a person may enter.
pub(super) fn stage_words() -> impl Iterator<Item = &'static str> {
    Stage::ALL.iter().filter(|stage| **stage != Stage::Contracted).map(|stage| stage.as_str())
}

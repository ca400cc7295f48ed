//! The filter of packages, the same on every command that looks at them.

use super::words::{actor, first_day, last_day, one_of, system};
use crate::cli::convert::currency;
use crate::cli::failure::usage;
use crate::ledger::{Ledger, Parts, Waiting, selects};
use crate::model::{Aid, CivilDate, Currency, DateRange, Filter, Package, Stage, Standing};
use crate::report::{Preset, Scope, Selection, select};
use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;

/// Which packages are meant, and which of them count.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Which packages")]
pub(in crate::cli) struct FilterArgs {
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
pub(in crate::cli) struct WhichArgs {
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
    pub(in crate::cli) fn each(
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
    pub(in crate::cli) fn filter(&self) -> Result<Filter> {
        self.which.filter()
    }

    /// The packages of the ledger that are meant and count, with all that belongs to them.
    pub(in crate::cli) fn load(
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
    pub(in crate::cli) fn among(&self, mut packages: Vec<Package>) -> Result<Vec<Package>> {
        let filter = self.which.filter()?;
        packages.retain(|package| selects(&filter, package));
        Ok(select(packages, &self.selection(None).scope).0)
    }

    /// What counts, as said by `preset` (all stages where there is none) as far as the user names
    /// nothing else; no package is met yet.
    pub(in crate::cli) fn selection(&self, preset: Option<Preset>) -> Selection {
        let all = || Scope { stages: Vec::new(), ..Preset::Announced.scope() };
        let preset = preset.map_or_else(all, Preset::scope);
        let stages =
            if self.which.stage.is_empty() { preset.stages } else { self.which.stage.clone() };
        let aids = self.which.aids(&preset.aids);
        Selection::of(Scope { stages, aids, standings: self.standings(), ..preset })
    }

    /// What the user asks for, option by option, in the user's own words.
    pub(in crate::cli) fn words(&self) -> Vec<(String, String)> {
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
    pub(in crate::cli) fn takes_other_than_accepted(&self) -> bool {
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
    pub(in crate::cli) fn waiting(&self, ledger: &Ledger) -> Result<Vec<Waiting>> {
        let filter = Filter { stages: self.stage.clone(), aids: self.aids(&[]), ..self.filter()? };
        Ok(ledger.waiting(&filter)?)
    }

    /// Whether the user names nothing.
    pub(in crate::cli) fn is_empty(&self) -> bool {
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

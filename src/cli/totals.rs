//! `totals` and `items`: sums of the ledger's packages, or numbers of things, by any keys.

use super::args::{AsOfArgs, FilterArgs, Globals, LookArgs, one_of};
use super::convert::{ConvertArgs, Money};
use super::failure::{Outcome, usage};
use super::lexicon::lexicon;
use super::screen::Screen;
use crate::ledger::{Ledger, Parts};
use crate::model::{Item, Thing};
use crate::report::{Figure, Format, Key, Preset, Table, Tally, TotalsQuery, render};
use anyhow::Result;
use clap::Args;

/// What `help totals` says at its end.
const HELP: &str = "\
What counts, and what publications count (--count):
  announced         announced, contracted or delivered; military or mixed help; what a person has
                    still to decide on does not count
  delivered         handed over as a whole, as articles tell it
  kiel-allocations  the Kiel Ukraine Support Tracker's allocations: aid that is specified, and
                    delivered or set apart for delivery. Here: military help to Ukraine since
                    2022-01-24 that was contracted or delivered, or announced with what is in it
  kiel-commitments  its commitments: all that governments pledged, also years ahead. Here: the same,
                    also where it is not told what is in it
The differences that remain:
  - Kiel values things without a stated price by a list of prices; here they are packages without
    an amount
  - Kiel takes the mean rate of one month for all; here it is the rate of the day unless --rate says
    otherwise. What `import kiel` records is in euros as Kiel converted it, unless --stated was given
  - Kiel parts mixed help by kind; here its presets leave it out
  - Kiel takes a pledge away once it is allocated; here one package counts once, as far as it came
  - Kiel has the European Peace Facility under the EU; here the donor is whom the article names

stated  the figures as they are stated
low     \"up to\" gives nothing; else the low end
high    \"more than\" and \"at least\" leave it open; else the high end; \"about\" is its figure";

/// Options of `totals`.
#[derive(Debug, Args)]
#[command(after_long_help = HELP)]
pub(super) struct TotalsArgs {
    #[command(flatten)]
    query: QueryArgs,
    /// How the table is written
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = one_of::<Format>(Format::ALL.iter().map(|f| f.as_str())))]
    format: Format,
    #[command(flatten)]
    look: LookArgs,
}

/// Options of `items`.
#[derive(Debug, Args)]
#[command(after_long_help = HELP)]
pub(super) struct ItemsArgs {
    #[command(flatten)]
    query: QueryArgs,
    /// How the table is written
    #[arg(long, default_value = "table", value_name = "FORMAT", value_parser = one_of::<Format>(Format::ALL.iter().map(|f| f.as_str())))]
    format: Format,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    as_of: AsOfArgs,
}

/// What totals are grouped by, and what counts.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Which sums")]
pub(super) struct QueryArgs {
    /// What to group by, one or several; donor where it is not given, of things system. Money is
    /// always apart by currency; system and class count things instead
    #[arg(long = "by", value_name = "KEY", num_args = 1.., value_delimiter = ',', value_parser = one_of::<Key>(Key::ALL.iter().map(|k| k.as_str())))]
    keys: Vec<Key>,
    /// A column each month, quarter or year
    #[arg(long, value_name = "PERIOD", value_parser = one_of::<Key>(Key::ALL.iter().filter(|k| k.is_period()).map(|k| k.as_str())))]
    pivot: Option<Key>,
    /// The figure in these columns; stated where it is not given
    #[arg(long, value_name = "FIGURE", value_parser = one_of::<Figure>(Figure::ALL.iter().map(|f| f.as_str())))]
    figure: Option<Figure>,
    /// Each period with all before it
    #[arg(long)]
    cumulative: bool,
    /// Which stages and kinds of help count; --stage and --aid stand above it
    #[arg(long, value_name = "SETTING", default_value = "announced", value_parser = one_of::<Preset>(Preset::ALL.iter().map(|p| p.as_str())))]
    pub(super) count: Preset,
}

impl QueryArgs {
    /// What is asked, where it fits together.
    fn query(&self) -> Result<TotalsQuery> {
        let has_time = self.pivot.is_some() || self.keys.iter().any(|key| key.is_period());
        if self.cumulative && !has_time {
            return Err(usage(
                "--cumulative: expected --pivot, or --by with month, quarter or year",
            ));
        }
        if self.figure.is_some() && self.pivot.is_none() {
            return Err(usage("--figure: expected --pivot with it"));
        }
        Ok(TotalsQuery {
            keys: self.keys.clone(),
            pivot: self.pivot,
            figure: self.figure,
            cumulative: self.cumulative,
        })
    }

    /// The totals of the packages that are meant, with what counts and what is not in them.
    pub(super) fn totals(&self, look: &LookArgs, ledger: &Ledger) -> Result<Table> {
        let query = self.query()?;
        let tally = Tally::of_money(&query, &thing);
        if tally.is_of_items() {
            // What is counted is worth the same in any money.
            return self.things(&look.filter, ledger);
        }
        self.fill(tally, &look.filter, look.money.money(ledger)?, ledger)
    }

    /// The numbers of things of the packages that are meant.
    fn things(&self, filter: &FilterArgs, ledger: &Ledger) -> Result<Table> {
        let query = self.query()?;
        let tally = Tally::of_things(&query, &thing).with_class_names(&class_name);
        self.fill(tally, filter, ConvertArgs::default().money(ledger)?, ledger)
    }

    fn fill(
        &self,
        mut tally: Tally,
        filter: &FilterArgs,
        mut money: Money,
        ledger: &Ledger,
    ) -> Result<Table> {
        let mut selection = filter.selection(Some(self.count));
        let parts = Parts::NONE.with_items(tally.is_of_items());
        filter.each(ledger, &mut selection, parts, |package| {
            if let Some(package) = money.bring(package) {
                tally.add(&package);
            }
            Ok(())
        })?;
        let mut table = tally.table();
        table.notes.extend(money.notes());
        table.notes.push(selection.setting());
        table.notes.extend(selection.notes());
        Ok(table)
    }
}

/// What people know a class as.
fn class_name(id: &str) -> Option<&'static str> {
    lexicon().class(id).map(|class| class.name.as_str())
}

/// What an item is, where numbers are added.
pub(super) fn thing(item: &Item) -> Thing {
    let lexicon = lexicon();
    let counted = lexicon.counted(item.class.as_deref());
    let class = item.class.as_deref().filter(|_| item.system.is_none());
    let name = class.and_then(|class| lexicon.class(class)).map_or(&item.name, |class| &class.name);
    // "rounds" of what is counted as rounds says nothing further.
    let unit = item.unit.as_deref().and_then(|unit| lexicon.unit_name(unit));
    let unit = unit.filter(|unit| unit != counted.as_str());
    Thing { counted, name: name.clone(), unit }
}

/// Runs `totals`.
pub(super) fn run(args: &TotalsArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let ledger = args.look.as_of.open(globals, screen)?;
    write(&args.query.totals(&args.look, &ledger)?, args.format, screen)
}

/// Runs `items`.
pub(super) fn items(args: &ItemsArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let ledger = args.as_of.open(globals, screen)?;
    write(&args.query.things(&args.filter, &ledger)?, args.format, screen)
}

fn write(table: &Table, format: Format, screen: &mut Screen) -> Result<Outcome> {
    if table.rows.is_empty() && format == Format::Table {
        screen.message("no package to count");
    }
    let page = screen.page();
    render(table, format, page, screen)?;
    Ok(Outcome::Done)
}

//! `amend`: sets fields of a package that are other than its articles say. The articles' words stay
//! in the ledger; the amended fields stand above them.

use super::args::{Globals, one_of, package_id};
use super::decide::{PersonArgs, rule};
use super::enter::{actors, amount, item, mechanism};
use super::failure::{Outcome, usage, usage_hinted, usage_text};
use super::figures::{self, TypedItem};
use super::screen::Screen;
use crate::ledger::Order;
use crate::model::{Aid, Amount, CivilDate, Fact, PackageId, Stage};
use anyhow::Result;
use clap::{Args, Parser};
use std::num::NonZeroU32;

/// What stands for a field that is not stated.
const NONE: &str = "none";

/// Options of `amend`.
#[derive(Debug, Args)]
pub(super) struct AmendArgs {
    /// The package's number, such as P12
    #[arg(value_name = "ID", value_parser = package_id)]
    id: PackageId,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    person: PersonArgs,
}

/// The fields of a package that a person may set.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Fields")]
pub(super) struct FieldArgs {
    /// Its value, "up to 350 million USD"; none: not stated
    #[arg(long, allow_hyphen_values = true, value_name = "AMOUNT", value_parser = |text: &str| set(text, amount))]
    amount: Option<Set<Amount>>,
    /// Day of announcement, 2022-11-10, 2022-11 or 2022; none: not known
    #[arg(long, value_name = "DATE", value_parser = |text: &str| set(text, date))]
    date: Option<Set<CivilDate>>,
    /// Donor: a code such as US, or a name; several with commas for a joint package
    #[arg(long, value_name = "ACTOR", value_delimiter = ',')]
    donor: Vec<String>,
    /// Recipient: a code such as UA, or a name
    #[arg(long, value_name = "ACTOR", value_delimiter = ',')]
    recipient: Vec<String>,
    /// Legal or budget route, such as PDA; none: not known
    #[arg(long, value_name = "ID")]
    mechanism: Option<String>,
    /// The ordinal that the package bears; none: not known
    #[arg(long, allow_negative_numbers = true, value_name = "NUMBER", value_parser = |text: &str| set(text, sequence))]
    sequence: Option<Set<u32>>,
    /// A line of what is in it, "12 M777 howitzer"; may be repeated, and they take the place of all
    /// lines; none: not known
    #[arg(long, value_name = "ITEM", value_parser = |text: &str| set(text, figures::item))]
    item: Vec<Set<TypedItem>>,
    /// Kind of help
    #[arg(long, value_name = "KIND", value_parser = one_of::<Aid>(Aid::ALL.iter().map(|a| a.as_str())))]
    aid: Option<Aid>,
    /// How far it has come
    #[arg(long, value_name = "STAGE", value_parser = one_of::<Stage>(Stage::ALL.iter().map(|s| s.as_str())))]
    stage: Option<Stage>,
}

/// A value that is set, or said not to be stated.
#[derive(Debug, Clone)]
struct Set<T>(Option<T>);

fn set<T>(text: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Set<T>, String> {
    if text == NONE { Ok(Set(None)) } else { read(text).map(|value| Set(Some(value))) }
}

fn date(text: &str) -> Result<CivilDate, String> {
    text.parse().map_err(|error: crate::model::date::BadDate| error.to_string())
}

fn sequence(text: &str) -> Result<u32, String> {
    let number: Result<NonZeroU32, _> = text.parse();
    number.map(NonZeroU32::get).map_err(|_| format!("\"{text}\": expected a number such as 25"))
}

impl FieldArgs {
    /// The fields that are set.
    fn facts(&self) -> Result<Vec<Fact>> {
        let donors = actors("--donor", &self.donor)?;
        let recipients = actors("--recipient", &self.recipient)?;
        let mechanism = match self.mechanism.as_deref() {
            None => None,
            Some(NONE) => Some(None),
            Some(word) => Some(Some(mechanism(word)?)),
        };
        let items = self.item.iter().filter_map(|typed| typed.0.as_ref()).map(item).collect();
        let facts = [
            Some(Fact::Donors(donors)).filter(|_| !self.donor.is_empty()),
            Some(Fact::Recipients(recipients)).filter(|_| !self.recipient.is_empty()),
            self.date.as_ref().map(|date| Fact::Announced(date.0)),
            self.amount.as_ref().map(|amount| Fact::Amount(amount.0)),
            mechanism.map(Fact::Mechanism),
            self.sequence.as_ref().map(|sequence| Fact::Sequence(sequence.0)),
            self.aid.map(Fact::Aid),
            self.stage.map(Fact::Stage),
            Some(Fact::Items(items)).filter(|_| !self.item.is_empty()),
        ];
        Ok(facts.into_iter().flatten().collect())
    }
}

/// Fields as they are typed elsewhere than on the command line, which reads them alike.
#[derive(Debug, Parser)]
#[command(no_binary_name = true)]
struct TypedFields {
    #[command(flatten)]
    fields: FieldArgs,
}

/// The field of this option's name with the value that a person typed.
pub(super) fn fact(option: &str, text: &str) -> Result<Fact> {
    let typed = TypedFields::try_parse_from([format!("--{option}={text}")]);
    let typed = typed.map_err(|error| usage(usage_text(&error)))?;
    let expected = || usage(format!("--{option}: \"{text}\": expected one value"));
    typed.fields.facts()?.pop().ok_or_else(expected)
}

/// Runs `amend`.
pub(super) fn run(args: &AmendArgs, globals: &Globals, screen: &mut Screen) -> Result<Outcome> {
    let facts = args.fields.facts()?;
    if facts.is_empty() {
        let message = format!("{}: expected a field to amend, such as --amount", args.id);
        return Err(usage_hinted(message, "aidledger help amend names the fields"));
    }
    let person = args.person.with_reason()?;
    rule(&Order::Amend(args.id, facts), &person, globals, screen)
}

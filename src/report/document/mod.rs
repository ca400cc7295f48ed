//! The report of a ledger as one document: what it shows, apart from the formats that write it, a
//! file each. Knows only the model: no ledger, no lexicon, no clock.

mod blocks;
pub(super) mod html;
mod markdown;
mod matrix;
mod money;
mod phrases;
mod proof;
mod text;

pub use matrix::{Block, Matrix, Row};
pub use money::{Curves, Line, Money, Period, Share};
pub use proof::{Dossier, Quoted, Told, is_web_address};

use super::render::Page;
use crate::model::{Item, PackageId, Thing, closed_set};
use std::collections::BTreeMap;
use std::io::{self, Write};

closed_set! {
    /// The formats that a report is given out in.
    ReportFormat {
        /// One page for a browser that loads nothing and runs nothing.
        Html = "html",
        /// Markdown for people.
        Markdown = "markdown",
        /// Text for a terminal.
        Table = "table",
    }
}

/// Up to this many packages, every sentence that proves a field is quoted.
pub const QUOTED_IN_FULL: usize = 2000;

/// Fewer packages than these make no chart.
const FEW: usize = 3;

/// The last entry of the journal that the report is made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// Its number; 0 of an empty journal.
    pub entry: u64,
    /// Its hash, which commits to the whole journal before it.
    pub hash: String,
    /// When it was recorded, as `2022-11-10T18:00:00Z`.
    pub recorded_at: Option<String>,
}

/// What a report is made of.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// Its headline.
    pub title: String,
    /// The packages by date, each with what proves it.
    pub dossiers: Vec<Dossier>,
    /// The filter: what was asked for, and the words.
    pub filter: Vec<(String, String)>,
    /// Which stages, kinds of help and standings count.
    pub setting: String,
    /// Which rates and prices were taken, and what could not be brought to them.
    pub rates: Vec<String>,
    /// What is not in the report, and why.
    pub left_out: Vec<String>,
    /// Where the journal ends.
    pub head: Head,
}

impl Material {
    /// Whether it is of so many packages that what a page of them takes to open matters more than each word: then
    /// a package is quoted once, and figures name their packages by number alone.
    pub fn is_long(&self) -> bool {
        self.dossiers.len() > QUOTED_IN_FULL
    }
}

/// What codes and items are called.
pub struct Vocabulary<'a> {
    /// The name of an actor.
    pub actor: &'a dyn Fn(&str) -> Option<String>,
    /// What an item is, where numbers are added.
    pub thing: &'a dyn Fn(&Item) -> Thing,
}

/// What a report shows.
#[derive(Debug, Clone)]
pub struct Report {
    /// What it is made of.
    pub material: Material,
    /// Sums of money, one part a currency: nothing is added across them.
    pub monies: Vec<Money>,
    /// The packages without a stated amount.
    pub unstated: Vec<PackageId>,
    /// Things by system and donor.
    pub matrix: Matrix,
    names: BTreeMap<String, String>,
    places: BTreeMap<PackageId, usize>,
}

impl Report {
    /// The report that this material makes.
    pub fn of(mut material: Material, vocabulary: &Vocabulary) -> Self {
        if material.is_long() {
            material.dossiers.iter_mut().for_each(|one| proof::keep_amount(&mut one.tellings));
        }
        let dossiers = &material.dossiers;
        let codes = dossiers.iter().flat_map(|one| {
            one.package.donors.iter().chain(&one.package.recipients).map(String::as_str)
        });
        let names = codes.filter_map(|code| Some((code.to_owned(), (vocabulary.actor)(code)?)));
        Self {
            monies: money::monies(dossiers),
            unstated: dossiers
                .iter()
                .filter(|one| one.is_summed && one.worth.is_none())
                .map(|one| one.package.id)
                .collect(),
            matrix: matrix::matrix(dossiers, vocabulary.thing),
            names: names.collect(),
            places: dossiers.iter().enumerate().map(|(at, one)| (one.package.id, at)).collect(),
            material,
        }
    }

    /// Writes the report in the format; the page is that of a terminal.
    pub fn render(&self, format: ReportFormat, page: Page, out: &mut dyn Write) -> io::Result<()> {
        match format {
            ReportFormat::Html => html::write(self, out),
            ReportFormat::Markdown => markdown::write(self, out),
            ReportFormat::Table => text::write(self, page, out),
        }
    }

    /// How many sentences it quotes.
    pub fn sentences(&self) -> usize {
        let tellings = self.material.dossiers.iter().flat_map(|one| &one.tellings);
        tellings.map(|told| told.sentences.len()).sum()
    }

    /// The currencies that have a part of their own, and those of few packages, which share one. A single
    /// one of few shares with none.
    fn apart(&self) -> (&[Money], &[Money]) {
        let is_small = |money: &Money| money.total.packages.len() < FEW;
        let own = self.monies.iter().position(is_small).unwrap_or(self.monies.len()).max(1);
        match self.monies.split_at_checked(own) {
            Some((own, shared)) if shared.len() > 1 => (own, shared),
            _ => (&self.monies, &[]),
        }
    }

    fn dossier(&self, package: PackageId) -> Option<&Dossier> {
        self.places.get(&package).map(|place| &self.material.dossiers[*place])
    }

    /// The actors by name: `Germany and Netherlands`.
    fn actors(&self, codes: &[String]) -> String {
        let name = |code: &String| self.names.get(code).unwrap_or(code).clone();
        match codes.split_last() {
            None => "not stated".to_owned(),
            Some((last, [])) => name(last),
            Some((last, before)) => {
                let before: Vec<String> = before.iter().map(name).collect();
                format!("{} and {}", before.join(", "), name(last))
            }
        }
    }
}

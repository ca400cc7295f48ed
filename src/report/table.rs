//! The one table model: columns with a kind, rows of typed cells, rows of sums, notes.
//! Knows nothing of how a format writes them.

use crate::model::package::PackageSource;
use crate::model::{Amount, Bounds, CivilDate, Ends, Item, Lines, PackageId, Tellers};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// What a column holds; decides alignment, and into which fields a format splits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Whole or decimal numbers.
    Number,
    /// Whole numbers: how many, which one.
    Count,
    /// Yes or no.
    Flag,
    /// A civil date.
    Date,
    /// Money: one cell for people; low, high, currency and qualifier apart for programs.
    Amount,
    /// A number of things: one cell for people; low, high, qualifier and unit apart for programs.
    Quantity,
}

/// For whom a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// For every format.
    Everywhere,
    /// For tables that people read: text and Markdown.
    People,
    /// For CSV, TSV, JSON and NDJSON.
    Programs,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The field's name in CSV and JSON.
    pub name: Cow<'static, str>,
    /// The heading for people.
    pub title: Cow<'static, str>,
    /// What it holds.
    pub kind: Kind,
    /// For whom it is.
    pub shown: Shown,
    /// What it says in all rows alike, where it does: no row holds it then, and it stands behind all others.
    /// A table without rows says it in its heading, or in an object of its own.
    pub same: Option<String>,
}

impl Column {
    /// A column for every format.
    pub const fn new(name: &'static str, title: &'static str, kind: Kind) -> Self {
        let (name, title) = (Cow::Borrowed(name), Cow::Borrowed(title));
        Self { name, title, kind, shown: Shown::Everywhere, same: None }
    }

    /// A column for every format, with a name that is also its heading.
    pub fn named(name: String, kind: Kind) -> Self {
        let (name, title) = (Cow::Owned(name.clone()), Cow::Owned(name));
        Self { name, title, kind, shown: Shown::Everywhere, same: None }
    }

    /// A column for programs, which says the same in all rows.
    pub fn same(name: &'static str, title: &'static str, text: String) -> Self {
        Self { same: Some(text), ..Self::new(name, title, Kind::Text).for_programs() }
    }

    /// The same column, for people only.
    #[must_use]
    pub fn for_people(self) -> Self {
        Self { shown: Shown::People, ..self }
    }

    /// The same column, for programs only.
    #[must_use]
    pub fn for_programs(self) -> Self {
        Self { shown: Shown::Programs, ..self }
    }
}

/// A value of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Not stated, or not there.
    Blank,
    /// Not known, where a word is needed for it: the group of what has no date.
    Unknown,
    /// Words.
    Text(String),
    /// An id for programs, and what people know it as.
    Named(String, String),
    /// A word of a closed set.
    Word(&'static str),
    /// The number of a package.
    Package(PackageId),
    /// Several words, such as donor codes.
    List(Vec<String>),
    /// How many.
    Count(u64),
    /// A decimal number.
    Decimal(Decimal),
    /// An upper end that is not bounded ("more than").
    Open,
    /// A date with its precision.
    Date(CivilDate),
    /// A sum of money.
    Amount(Amount),
    /// A number of things, and their unit where it is not the thing itself.
    Quantity(Bounds, Option<String>),
    /// Yes or no.
    Flag(bool),
    /// The lines of a package.
    Items(Vec<Item>),
    /// The articles that tell a package.
    Sources(Vec<PackageSource>),
}

/// A field of a row that is handed on as it stands: what a cell is, borrowed.
#[derive(Debug, Clone, Copy)]
pub enum Field<'a> {
    /// Not stated.
    Blank,
    /// Words.
    Text(&'a str),
    /// A word of a closed set, or digits: nothing in it is ever quoted or guarded.
    Word(&'a str),
    /// The number of a package.
    Package(PackageId),
    /// Codes with commas between them.
    Codes(&'a str),
    /// How many.
    Count(u64),
    /// A whole number as its digits.
    Digits(&'a str),
    /// Yes or no.
    Flag(bool),
    /// A date with its precision.
    Date(CivilDate),
    /// A sum of money; where there is none, as many blank fields as one takes.
    Sum(Option<Ends<'a>>),
    /// A number of things; where there is none, as many blank fields as one takes.
    Many(Option<Ends<'a>>),
    /// The lines of a package.
    Items(Lines<'a>),
    /// The articles that tell a package.
    Sources(Tellers<'a>),
    /// How many articles tell it.
    Told(Tellers<'a>),
}

impl<'a> Field<'a> {
    /// Words, or nothing.
    pub fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Blank, Self::Text)
    }

    /// A whole number, or nothing.
    pub fn digits(digits: Option<&'a str>) -> Self {
        digits.map_or(Self::Blank, Self::Digits)
    }
}

impl Cell {
    /// A text cell, or a blank one where there is no text.
    pub fn text(text: Option<&str>) -> Self {
        text.map_or(Self::Blank, |text| Self::Text(text.to_owned()))
    }

    /// A date cell, or a blank one where there is no date.
    pub fn date(date: Option<CivilDate>) -> Self {
        date.map_or(Self::Blank, Self::Date)
    }
}

/// A table: what every report is before a format writes it. Each row has one cell a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// Sums of the rows, set under them for people and apart from them in JSON; never in CSV.
    pub sums: Vec<Vec<Cell>>,
    /// What a reader must know beside the figures, such as what is not in them.
    pub notes: Vec<String>,
}

impl Table {
    /// An empty table with these columns.
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, ..Self::default() }
    }
}

//! What a check of a ledger finds: which check, on which packages and articles, and what is wrong.

use super::package::PackageSource;
use super::{Amount, CivilDate, ControlTotal, Currency, Fact, PackageId, Stage, closed_set};
use rust_decimal::Decimal;

closed_set! {
    /// What is looked for in a ledger.
    Check {
        /// Totals that articles state, beside the ledger's sums.
        Totals = "totals",
        /// Packages that count and have no date.
        NoDate = "no-date",
        /// Packages that count and have no amount.
        NoAmount = "no-amount",
        /// Packages that may be one.
        Duplicates = "duplicates",
        /// Fields in which the tellings of a package differ.
        Conflicts = "conflicts",
        /// Stages that are told in an order in which they cannot have been.
        StageOrder = "stage-order",
        /// Packages that are the sum of others, which count beside them.
        SumOverParts = "sum-over-parts",
        /// Articles whose packages were all rejected.
        AllRejected = "all-rejected",
        /// Quotes that are not what the text says under their span.
        Quotes = "quotes",
        /// Numbers that are missing between numbered packages.
        SequenceGaps = "sequence-gaps",
    }
}

impl Check {
    /// What it looks for, in words for its user.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::Totals => {
                "totals that articles state, beside the ledger's sum of the same donors, recipient, \
                 currency and time"
            }
            Self::NoDate => "packages that count, without a date of announcement",
            Self::NoAmount => "packages that count, without an amount",
            Self::Duplicates => "packages that count twice, if they are one",
            Self::Conflicts => "fields in which the articles on one package contradict each other",
            Self::StageOrder => {
                "packages told as delivered before they were announced, or after they were withdrawn"
            }
            Self::SumOverParts => "packages that are the sum of others which count beside them",
            Self::AllRejected => "articles whose packages were all rejected",
            Self::Quotes => "quotes that are no longer what the article says in that place",
            Self::SequenceGaps => "numbers missing between numbered packages: 24 and 26, but no 25",
        }
    }
}

/// A sum of money as it is known: from its low to its high end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Between {
    /// The low end.
    pub low: Decimal,
    /// The high end.
    pub high: Decimal,
}

/// Something that a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check.
    pub check: Check,
    /// The packages that it is about.
    pub packages: Vec<PackageId>,
    /// The article that it is about, where it is about one.
    pub article: Option<PackageSource>,
    /// What is wrong.
    pub fault: Fault,
    /// The packages that could explain it, the likeliest first.
    pub clues: Vec<Clue>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The ledger's sum is not the one that an article states.
    Total(Box<TotalFault>),
    /// A package has no date.
    NoDate,
    /// A package has no amount.
    NoAmount,
    /// Packages are alike.
    Alike(Likeness),
    /// The tellings of a package differ in a field.
    Conflict(Vec<Fact>),
    /// A stage is dated before one that it follows.
    Order {
        /// The stage that comes last, and its day.
        last: (Stage, CivilDate),
        /// The stage that it should follow, or that ends all others, and its day.
        before: (Stage, CivilDate),
    },
    /// The first package is the sum of the others.
    Parts(Amount),
    /// All packages of an article were rejected.
    AllRejected,
    /// A quote does not stand where it should.
    Quote(String),
    /// Packages of these numbers are missing.
    Missing {
        /// The route that is numbered.
        mechanism: Option<String>,
        /// The first number that is missing.
        first: u32,
        /// The last number that is missing.
        last: u32,
    },
}

/// In what packages are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// They have one amount, so many days apart; `None` where a date is missing.
    Amount(Amount, Option<i64>),
    /// They have one figure in two currencies.
    Figure(Amount, Amount),
    /// They bear one number.
    Sequence(u32),
    /// They hold mostly the same things, so many days apart.
    Items(i64),
}

/// How far the ledger is off a total that an article states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalFault {
    /// The total.
    pub total: ControlTotal,
    /// The day up to which it counts.
    pub until: CivilDate,
    /// The ledger's sum of the same scope.
    pub sum: Between,
    /// The ledger's sum less the stated one: below zero where the ledger has too little.
    pub off: Between,
    /// Where in time the difference arose; `None` where the total before it is off by as much.
    pub arose: Option<Stretch>,
    /// The day of the total before it in the same series.
    pub previous: Option<CivilDate>,
}

/// A span of time in which the ledger and the stated totals part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// From the day of the total before; `None` from the beginning.
    pub from: Option<CivilDate>,
    /// To the day of the total.
    pub to: CivilDate,
    /// By how much they part in it.
    pub off: Between,
}

impl TotalFault {
    /// The currency of its figures.
    pub const fn currency(&self) -> Currency {
        self.total.amount.currency
    }
}

/// A package that could explain what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clue {
    /// The package.
    pub package: PackageId,
    /// Its value, where it has one.
    pub amount: Option<Amount>,
    /// Whether this value would close the difference.
    pub fits: bool,
    /// Why it is not in the sum, or should not be.
    pub why: Vec<Why>,
}

closed_set! {
    /// Why a package could explain that the ledger is off.
    Why {
        /// A person has still to decide on it.
        Pending = "pending",
        /// A person rejected it.
        Rejected = "rejected",
        /// A person took it out of the totals.
        Void = "void",
        /// It is only proposed.
        Proposed = "proposed",
        /// It was withdrawn.
        Withdrawn = "withdrawn",
        /// It has no amount.
        NoAmount = "no amount",
        /// It has no date.
        NoDate = "no date",
        /// It is in another currency.
        OtherCurrency = "other currency",
        /// It is no military help.
        OtherAid = "not military",
        /// Others give or receive it too.
        Shared = "shared with others",
        /// It was announced just outside the time.
        JustOutside = "just outside the time",
        /// It may be counted twice.
        Alike = "like another",
        /// It bears no number.
        NoNumber = "no number",
    }
}

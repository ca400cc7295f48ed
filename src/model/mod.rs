//! The nouns of the program: what an article, a claim, a package and their parts are.
//! Knows no files, no clock, no SQL and no word of a human language.

pub mod span;
pub mod date;
pub mod amount;
pub mod article;
pub mod item;
pub mod claim;
pub mod package;
pub mod decision;
pub mod ruling;
pub mod carried;
pub mod accord;
pub mod finding;
pub mod reference;
pub mod feed;
pub mod exchange;
pub mod fields;
pub mod folio;

pub use amount::{Amount, BadBounds, Bounds, Currency, Qualifier};
pub use article::{Article, DocumentFormat, PublisherKind, Source};
pub use carried::{Carried, Entered, Pointer};
pub use claim::{
    Aid, Claim, Confidence, ControlTotal, Correction, Evidence, Extraction, Gap, Status,
};
pub use date::{CivilDate, DateRange};
pub use decision::{Decision, Placement};
pub use exchange::{Exchange, NoRates, Price};
pub use feed::{Feed, Validators, Watching};
pub use fields::{Damaged, Fields};
pub use finding::{Check, Finding};
pub use folio::{Codes, Ends, Folio, Line, Lines, Merits, Proof, Teller, Tellers};
pub use item::{Counted, Item, Thing};
pub use package::{Filter, Package, PackageId, Stage, Standing};
pub use reference::{PriceLevel, Quote, ReferenceTable};
pub use ruling::{Change, Fact, Ruling, Verdict};
pub use span::Span;

/// Declares an enum whose values have one spelling each, shared by lexicon, schema, command line
/// and outputs.
macro_rules! closed_set {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The one spelling of this value.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::model::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| {
                    $crate::model::UnknownWord {
                        found: text.to_owned(),
                        expected: Self::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(", "),
                    }
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}
pub(crate) use closed_set;

/// A word that belongs to no value of a closed set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{found}\": expected one of {expected}")]
pub struct UnknownWord {
    /// The word that was found.
    pub found: String,
    /// The words that are allowed, separated by commas.
    pub expected: String,
}

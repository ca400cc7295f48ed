//! What is weighed by numbers that were fitted on annotated articles, from features that are written down:
//! how likely a claim is to be right, how far its package had come, and whether a thing belongs to it.
//! CONTRIBUTING.md tells how the weights are fitted.

pub mod belonging;
mod listed;
pub mod confidence;
pub mod status;

use crate::extraction::document::Document;
use crate::extraction::grouping::{Group, Grouped};
use crate::lexicon::Lexicon;
use crate::model::{Article, Claim, Span, Status};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The feature that holds of every case.
const ALWAYS: &str = "always";

/// A feature that holds of a case, and what it adds to its log-odds, in thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The feature.
    pub feature: String,
    /// Its weight.
    pub weight: i32,
}

/// Why an article's claims and things were weighed as they were, the weightiest reason first.
#[derive(Debug, Clone)]
pub struct Reasons {
    /// Why each claim has its confidence.
    pub claims: Vec<Vec<Reason>>,
    /// Why a claim has another status than the rules gave it, with theirs.
    pub statuses: Vec<Option<(Status, Vec<Reason>)>>,
    /// Why each thing that is told in passing was left out, by where it stands.
    pub passing: Vec<(Span, Vec<Reason>)>,
}

/// The reasons of an article of which these claims were read.
pub fn reasons(lexicon: &Lexicon, article: &Article, claims: &[Claim]) -> Reasons {
    Reasons {
        claims: confidence::reasons(lexicon, article, claims),
        statuses: status::reasons(lexicon, article),
        passing: belonging::reasons(lexicon, article),
    }
}

/// Reads an article as far as its document, and looks at that.
fn reading<T>(lexicon: &Lexicon, article: &Article, look: impl Fn(&Document<'_>) -> T) -> T {
    let sentences = crate::mentions::find(lexicon, article, &crate::text::segment(article));
    look(&Document::new(lexicon, article, &sentences))
}

/// The claims that these groups make.
fn claims_of(document: &Document<'_>, groups: &[Group]) -> Vec<Claim> {
    let grouped = Grouped {
        groups: groups.to_vec(),
        unclear: Vec::new(),
        purchased: Vec::new(),
        passing: Vec::new(),
    };
    crate::extraction::claims::write(document, &[], &grouped).claims
}

/// A table of features and their weights in thousandths of log-odds, as `tests/fit_weights.py` wrote it.
struct Weights {
    table: &'static str,
    parsed: OnceLock<FxHashMap<&'static str, i32>>,
}

impl Weights {
    const fn of(table: &'static str) -> Self {
        Self { table, parsed: OnceLock::new() }
    }

    fn all(&self) -> &FxHashMap<&'static str, i32> {
        self.parsed.get_or_init(|| {
            let lines = self.table.lines().filter(|line| !line.starts_with('#'));
            lines
                .filter_map(|line| line.split_once('\t'))
                .filter_map(|(name, weight)| Some((name, weight.parse().ok()?)))
                .collect()
        })
    }

    /// The features that have a weight, with it.
    fn reasons(&self, features: Vec<String>) -> Vec<Reason> {
        let weights = self.all();
        let known = features.into_iter().filter_map(|feature| {
            let weight = *weights.get(feature.as_str())?;
            Some(Reason { feature, weight })
        });
        known.collect()
    }

    /// The weight of a feature, none where it was too rare to be weighed.
    fn of_feature(&self, feature: &str) -> i32 {
        self.all().get(feature).copied().unwrap_or(0)
    }

    /// The log-odds of a case, in thousandths.
    fn log_odds(&self, features: &[String]) -> i32 {
        features.iter().map(|feature| self.of_feature(feature)).sum()
    }
}

/// The reasons that differ from case to case, the weightiest first.
fn weightiest(mut reasons: Vec<Reason>) -> Vec<Reason> {
    reasons.retain(|reason| reason.feature != ALWAYS);
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.weight.abs()));
    reasons
}

/// A count in words for a range of counts.
const fn count_range(count: usize) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=5 => "3 to 5",
        6..=10 => "6 to 10",
        _ => "11 and more",
    }
}

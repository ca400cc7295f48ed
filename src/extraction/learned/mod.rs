//! What is weighed by numbers that were fitted on annotated articles, from features that are written down:
//! how likely a claim is to be right, and whether a thing belongs to the package that it was read into.
//! CONTRIBUTING.md tells how the weights are fitted.

pub mod belonging;
pub mod confidence;

use crate::lexicon::Lexicon;
use crate::model::{Article, Claim, Span};
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
    /// Why each thing that is told in passing was left out, by where it stands.
    pub passing: Vec<(Span, Vec<Reason>)>,
}

/// The reasons of an article of which these claims were read.
pub fn reasons(lexicon: &Lexicon, article: &Article, claims: &[Claim]) -> Reasons {
    Reasons {
        claims: confidence::reasons(lexicon, article, claims),
        passing: belonging::reasons(lexicon, article),
    }
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

    /// The log-odds of a case, in thousandths.
    fn log_odds(&self, features: &[String]) -> i32 {
        features.iter().filter_map(|feature| self.all().get(feature.as_str())).sum()
    }
}

/// The reasons that differ from case to case, the weightiest first.
fn weightiest(mut reasons: Vec<Reason>) -> Vec<Reason> {
    reasons.retain(|reason| reason.feature != ALWAYS);
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.weight.abs()));
    reasons
}

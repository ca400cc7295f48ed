//! A sentence with its tokens, its mentions and its cues, and the questions that rules ask of it.

use super::labels::Labels;
use super::{ItemMention, Mention, Value};
use crate::lexicon::{
    Grade, Hit, Inflection, KnownToken, Label, Lexicon, Meaning, token::TokenKind,
};
use crate::model::Span;
use crate::text::Segment;
use rust_decimal::Decimal;
use std::ops::Range;

/// A cue of the language in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct CueMention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it means.
    pub label: Label,
    /// Its number, where it has one.
    pub value: Option<Decimal>,
    /// Its inflection, where it is a verb.
    pub inflection: Inflection,
}

impl CueMention {
    /// Whether its label and value are those of a grade.
    pub fn is(&self, grade: Grade) -> bool {
        grade.grades(self.label, self.value)
    }

    /// Whether it tells of what comes itself, and takes no object: "five trucks came".
    pub fn comes_itself(&self) -> bool {
        [Grade::Comes, Grade::ComesTo, Grade::ComesLast].iter().any(|grade| self.is(*grade))
    }
}

/// One segment of an article with all that was found in it.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// The segment.
    pub segment: Segment,
    /// Its tokens.
    pub tokens: Vec<KnownToken>,
    /// Money, numbers, dates and names, in order, without overlap.
    pub mentions: Vec<Mention>,
    /// Cues in order of their beginning; they may overlap.
    pub cues: Vec<CueMention>,
    /// Lines of contents: noun phrases for materiel with their quantities.
    pub items: Vec<ItemMention>,
    /// By token: the labels of the cues that cover it.
    covers: Vec<Labels>,
    /// The labels of all cues.
    labels: Labels,
    /// Tokens of the longest cue.
    longest_cue: usize,
}

/// Whether a stretch is a part of a longer one.
fn is_inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end && outer.len() > inner.len()
}

/// Cues inside a longer cue with one of these labels are no cues of their own: "more" in "more
/// than", "week" in "last week".
const CLOSED: [Label; 13] = [
    Label::Aside,
    Label::TotalBefore,
    Label::Spares,
    Label::Source,
    Label::MoreThan,
    Label::AtLeast,
    Label::UpTo,
    Label::Undated,
    Label::RelativeDay,
    Label::Vague,
    Label::Number,
    Label::Fraction,
    Label::Unnamed,
];

/// Verbs, of which one in several words holds the shorter ones inside it.
const PHRASAL: [Label; 10] = [
    Label::Give,
    Label::Announce,
    Label::Receive,
    Label::Say,
    Label::Expect,
    Label::Withdraw,
    Label::Arrive,
    Label::Buy,
    Label::Request,
    Label::OwnUse,
];

impl Sentence {
    /// A sentence of which only the tokens are known.
    pub fn new(segment: Segment, tokens: Vec<KnownToken>) -> Self {
        let covers = vec![Labels::default(); tokens.len()];
        let (mentions, cues, items) = (vec![], vec![], vec![]);
        let labels = Labels::default();
        Self { segment, tokens, mentions, cues, items, covers, labels, longest_cue: 0 }
    }

    /// "are intended for preparing soldiers": what the thing is for, and no plan to give it.
    pub fn is_purpose(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        let after_for = start.checked_sub(1).is_some_and(|at| self.is(Label::For, at));
        let inside = self.cues_into(start).any(|cue| cue.label == Label::Include);
        verb.inflection == Inflection::Gerund && after_for || inside
    }

    /// Takes the cues among the hits.
    pub fn set_cues(&mut self, lexicon: &Lexicon, hits: &[Hit]) {
        let mut cues: Vec<CueMention> = hits
            .iter()
            .filter_map(|hit| {
                let form = lexicon.matcher().form(hit.form);
                let Meaning::Cue(number) = form.meaning else { return None };
                let cue = lexicon.cue_at(number);
                let inflection = Inflection::at(form.slot);
                Some(CueMention {
                    tokens: hit.start..hit.end,
                    label: cue.label,
                    value: cue.value,
                    inflection,
                })
            })
            .collect();
        // "2,000 pairs of boots": what is counted there is pairs.
        let tokens = &self.tokens;
        let digits = |at: usize| tokens[at].token.kind == TokenKind::Number;
        cues.retain(|cue| {
            let start = cue.tokens.start;
            cue.label != Label::Number
                || cue.tokens.len() == 1
                || !start.checked_sub(1).is_some_and(digits)
        });
        // "were handed by Oslo to Kenya", "will be given to Kenya": what stands before is given.
        let ends = |label: Label| {
            let cues = cues.iter().filter(move |cue| cue.label == label);
            cues.map(|cue| cue.tokens.end).collect::<Vec<usize>>()
        };
        let gives = ends(Label::Give);
        let parties: Vec<usize> =
            ends(Label::By).into_iter().chain(ends(Label::To)).map(|end| end - 1).collect();
        cues.retain(|cue| {
            let (len, end) = (cue.tokens.len(), cue.tokens.end);
            let passive = cue.label == Label::Receive && len > 1 && gives.contains(&end);
            !(passive && parties.contains(&end))
        });
        // A verb in several words holds the verbs inside it: "given the green light" gives nothing.
        let closed: Vec<(Range<usize>, bool)> = cues
            .iter()
            .filter(|cue| cue.tokens.len() > 1)
            .filter(|cue| CLOSED.contains(&cue.label) || PHRASAL.contains(&cue.label))
            .map(|cue| (cue.tokens.clone(), PHRASAL.contains(&cue.label)))
            .collect();
        let longest = closed.iter().map(|(outer, _)| outer.len()).max().unwrap_or(0);
        cues.retain(|cue| {
            // Hits come in order of their beginning: only those close before can be around a cue.
            let start = cue.tokens.start;
            let from = closed.partition_point(|(outer, _)| outer.start + longest <= start);
            let near = closed[from..].iter().take_while(|(outer, _)| outer.start <= start);
            !near
                .filter(|(_, phrasal)| !phrasal || PHRASAL.contains(&cue.label))
                .any(|(outer, _)| is_inside(&cue.tokens, outer))
        });
        cues.sort_by_key(|cue| (cue.tokens.start, std::cmp::Reverse(cue.tokens.end)));
        self.cues = cues;
        self.index_cues();
    }

    /// Drops the cues that are only parts of a name or of an idiom.
    pub fn mask_cues(&mut self) {
        let mut cues = std::mem::take(&mut self.cues);
        let idioms: Vec<Range<usize>> = cues
            .iter()
            .filter(|cue| cue.label == Label::Idiom)
            .map(|cue| cue.tokens.clone())
            .collect();
        cues.retain(|cue| {
            cue.label == Label::Idiom || !idioms.iter().any(|idiom| is_inside(&cue.tokens, idiom))
        });
        cues.retain(|cue| {
            !self.mention_at(cue.tokens.start).is_some_and(|mention| {
                // "exceeds" before a sum says how firm it is, and that it is a total.
                let totals = matches!(cue.label, Label::TotalWeak | Label::TotalBefore);
                let is_name = match mention.value {
                    Value::Actor(_) | Value::Mechanism(_) | Value::System(_) => true,
                    Value::Money(_) => mention.tokens.len() > 1 && !totals,
                    Value::Date(_) => mention.tokens.len() > 1,
                    _ => false,
                };
                is_name && is_inside(&cue.tokens, &mention.tokens)
            })
        });
        self.cues = cues;
        self.index_cues();
    }

    /// Drops the cues for which this does not hold.
    pub fn retain_cues(&mut self, keep: impl Fn(&CueMention) -> bool) {
        self.cues.retain(keep);
        self.index_cues();
    }

    pub(super) fn index_cues(&mut self) {
        self.covers.fill(Labels::default());
        self.labels = Labels::of(self.cues.iter().map(|cue| cue.label));
        self.longest_cue = self.cues.iter().map(|cue| cue.tokens.len()).max().unwrap_or(0);
        for cue in &self.cues {
            for cover in &mut self.covers[cue.tokens.clone()] {
                cover.add(cue.label);
            }
        }
    }

    /// The stretch of the article under a range of tokens.
    pub fn span_of(&self, range: &Range<usize>) -> Span {
        match (
            self.tokens.get(range.start),
            range.end.checked_sub(1).and_then(|last| self.tokens.get(last)),
        ) {
            (Some(first), Some(last)) => first.token.span.join(last.token.span),
            _ => Span::new(self.segment.span.start, self.segment.span.start),
        }
    }

    /// Whether a cue of this label covers the token.
    pub fn is(&self, label: Label, at: usize) -> bool {
        self.covers.get(at).is_some_and(|cover| cover.has(label))
    }

    /// Whether a cue of one of these labels covers the token.
    pub fn is_any(&self, labels: &[Label], at: usize) -> bool {
        labels.iter().any(|label| self.is(*label, at))
    }

    /// Whether a cue of this label begins inside the range.
    pub fn has(&self, label: Label, range: &Range<usize>) -> bool {
        self.has_any(&[label], range)
    }

    /// Whether a cue of one of these labels begins inside the range.
    pub fn has_any(&self, labels: &[Label], range: &Range<usize>) -> bool {
        let known = Labels::of(labels.iter().copied()).also_in(self.labels);
        let whole = range.start == 0 && range.end >= self.tokens.len();
        // Most labels are nowhere in a sentence, and most questions are about all of it.
        !known.is_empty() && (whole || self.cues_in(range).any(|cue| known.has(cue.label)))
    }

    /// The first cue of this label that begins inside the range.
    pub fn first(&self, label: Label, range: &Range<usize>) -> Option<&CueMention> {
        self.cues_in(range).find(|cue| cue.label == label)
    }

    /// The cues that begin inside the range, in order.
    pub fn cues_in<'s>(
        &'s self,
        range: &Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &'s CueMention> + use<'s> {
        let from = self.cues.partition_point(|cue| cue.tokens.start < range.start);
        let to = self.cues.partition_point(|cue| cue.tokens.start < range.end);
        self.cues[from..to.max(from)].iter()
    }

    /// The cues that begin before the token and cover it.
    pub fn cues_into(&self, at: usize) -> impl Iterator<Item = &CueMention> {
        self.cues_in(&(at.saturating_sub(self.longest_cue)..at))
            .filter(move |cue| cue.tokens.end > at)
    }

    /// The cue of this label that ends right before the token, where there is one.
    pub fn ending_at(&self, label: Label, at: usize) -> Option<&CueMention> {
        at.checked_sub(1).filter(|last| self.is(label, *last))?;
        self.cues_ending_at(at).filter(|cue| cue.label == label).max_by_key(|cue| cue.tokens.len())
    }

    /// The cues that end right before the token, in order.
    pub fn cues_ending_at(&self, at: usize) -> impl Iterator<Item = &CueMention> {
        self.cues_in(&(at.saturating_sub(self.longest_cue)..at))
            .filter(move |cue| cue.tokens.end == at)
    }

    /// The longest cue of this label that begins at the token.
    pub fn starting_at(&self, label: Label, at: usize) -> Option<&CueMention> {
        if !self.is(label, at) {
            return None;
        }
        self.cues_in(&(at..at + 1)).find(|cue| cue.label == label)
    }

    /// The mentions that begin inside the range, in order.
    pub fn mentions_in(&self, range: &Range<usize>) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|mention| mention.tokens.start < range.start);
        let to = self.mentions.partition_point(|mention| mention.tokens.start < range.end);
        self.mentions[from..to.max(from)].iter()
    }

    /// The mention that covers the token.
    pub fn mention_at(&self, at: usize) -> Option<&Mention> {
        let number = self.mentions.partition_point(|mention| mention.tokens.end <= at);
        self.mentions.get(number).filter(|mention| mention.tokens.start <= at)
    }

    /// Whether the token is this sign.
    pub fn is_sign(&self, text: &str, at: usize, signs: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|known| {
            known.token.kind == TokenKind::Sign && signs.contains(&known.token.span.of(text))
        })
    }

    /// Whether no cue begins at a token, but for the sign of a genitive.
    pub fn is_silent(&self, at: usize) -> bool {
        self.cues_in(&(at..at + 1)).all(|cue| cue.label == Label::Genitive)
    }

    /// Whether the token is any sign.
    pub fn is_any_sign(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|known| known.token.kind == TokenKind::Sign)
    }

    /// The range of all tokens.
    pub fn all(&self) -> Range<usize> {
        0..self.tokens.len()
    }
}

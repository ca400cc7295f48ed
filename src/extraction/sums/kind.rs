//! What kind of help a sum pays for: military, financial, humanitarian.

use super::Reader;
use crate::extraction::document::{SHORT_ARTICLE, names_aid};
use crate::lexicon::{Label, Role};
use crate::mentions::Value;
use crate::model::Aid;
use std::ops::Range;

/// How far from a sum, in tokens, a word for civil help still says what the sum is for.
const CIVIL_REACH: usize = 9;

/// So many tokens lie between "and" and the last thing of a list.
const LISTED: usize = 5;

impl Reader<'_> {
    /// What kind of help the sum pays for, from the words nearest to it.
    pub(super) fn aid(&self, place: usize, territory: &Range<usize>) -> Aid {
        let own = self.tokens(place);
        let military = nearest(territory, &own, |at| self.is_military(at));
        let financial = nearest(territory, &own, |at| self.sentence.is(Label::Financial, at))
            .filter(|distance| *distance <= CIVIL_REACH);
        let humanitarian = nearest(territory, &own, |at| {
            self.sentence.is_any(&[Label::Humanitarian, Label::Civil], at)
        });
        let humanitarian = humanitarian.filter(|distance| *distance <= CIVIL_REACH);
        if self.sentence.has(Label::Mixed, territory) || self.lists_both(territory, &own) {
            return Aid::Mixed;
        }
        // "2.2 billion in long-term investments under FMF": what goes by such a route arms.
        if financial.is_some() && humanitarian.is_none() && self.goes_by_route(territory) {
            return Aid::Military;
        }
        // Of two words at one place the civil one says more: "demining" and "demining farmland".
        let least = [
            (humanitarian, Aid::Humanitarian),
            (military, Aid::Military),
            (financial, Aid::Financial),
        ]
        .into_iter()
        .filter_map(|(distance, aid)| distance.map(|distance| (distance, aid)))
        .min_by_key(|(distance, _)| *distance);
        match least {
            Some((_, aid)) => aid,
            None => *self.aid.get_or_init(|| self.aid_of_sentence()),
        }
    }

    /// "70 vehicles, shells and fresh money for humanitarian work make up a package of 110 million": things that arm
    /// and other help in one list before the sum.
    fn lists_both(&self, territory: &Range<usize>, own: &Range<usize>) -> bool {
        let before = territory.start..own.start;
        let civil = before.clone().find(|at| self.sentence.is(Label::Humanitarian, *at));
        civil.is_some_and(|civil| {
            let links = (before.start..civil).rev().take(LISTED);
            let linked = links.into_iter().find(|at| self.sentence.is(Label::And, *at));
            let counted = |end: usize| (before.start..end).any(|at| self.is_military(at));
            linked.is_some_and(counted)
                && self.sentence.has(Label::PackageNoun, &(civil..territory.end))
        })
    }

    /// Whether the stretch names a route that is one giver's own.
    fn goes_by_route(&self, territory: &Range<usize>) -> bool {
        self.sentence.mentions_in(territory).any(|mention| match mention.value {
            Value::Mechanism(number) => self.document.lexicon.mechanism_at(number).donor.is_some(),
            _ => false,
        })
    }

    /// Without a word beside the sum: the kind that the sentence speaks of, else its neighbours.
    pub(super) fn aid_of_sentence(&self) -> Aid {
        let all = self.sentence.all();
        if all.clone().any(|at| self.is_military(at)) {
            return Aid::Military;
        }
        if self.sentence.has(Label::Humanitarian, &all) {
            return Aid::Humanitarian;
        }
        if self.sentence.has(Label::Financial, &all) {
            return Aid::Financial;
        }
        // "helmets worth 5 million": as military as the things are without their price.
        let things = self.sentence.items.iter().any(|item| item.role == Role::Item);
        if things && self.sentence.has_any(&[Label::Give, Label::Receive, Label::Arrive], &all) {
            return Aid::Military;
        }
        let near =
            self.index.saturating_sub(2)..(self.index + 2).min(self.document.sentences.len());
        let lexicon = self.document.lexicon;
        let military =
            self.document.sentences[near].iter().any(|sentence| names_aid(lexicon, sentence));
        let short = self.document.sentences.len() <= SHORT_ARTICLE;
        // "It is the 22nd package. It is worth 190 million", in a text on military aid
        let before = &self.document.sentences[self.index.saturating_sub(1)..=self.index];
        let package = before.iter().any(|told| told.has(Label::PackageNoun, &told.all()));
        if self.document.is_military && (military || short || package) {
            Aid::Military
        } else {
            Aid::Financial
        }
    }

    pub(super) fn is_military(&self, at: usize) -> bool {
        self.sentence.is(Label::Military, at)
            || matches!(
                self.sentence.mention_at(at).map(|m| &m.value),
                Some(Value::System(_) | Value::Mechanism(_))
            )
            || matches!(self.sentence.mention_at(at).map(|m| &m.value), Some(Value::Materiel(number)) if {
                let noun = self.document.lexicon.materiel_at(*number);
                noun.role == Role::Item && !noun.is_everyday
            })
    }

    /// "In 2022 it provided helmets worth 2.2 million": of arms and gear, which are no loan whatever the article is on.
    pub(super) fn tells_of_arms(&self, territory: &Range<usize>) -> bool {
        let mut items = self.sentence.items.iter();
        self.sentence.has(Label::Military, territory)
            || items.any(|item| {
                let told = territory.contains(&item.tokens.start);
                told && item.role != Role::Vague && !item.is_everyday
            })
    }

    /// "lost 14 tanks worth 60 million", but not "finances drones with 7 million and treats wounded soldiers".
    pub(super) fn is_lost(&self, own: &Range<usize>, territory: &Range<usize>) -> bool {
        let joined = |at: &usize| self.sentence.is(Label::And, *at);
        let end = (own.end..territory.end).find(joined).unwrap_or(territory.end);
        self.near(Label::Lose, own, &(territory.start..end), 9)
    }
}

/// Distance in tokens to the nearest such word; words before the sum count as a little farther,
/// since what a sum is for mostly stands behind it.
fn nearest(
    territory: &Range<usize>,
    own: &Range<usize>,
    is: impl Fn(usize) -> bool,
) -> Option<usize> {
    let after = (own.end..territory.end).find(|at| is(*at)).map(|at| at - own.end);
    let before = (territory.start..own.start).rev().find(|at| is(*at)).map(|at| own.start - at + 2);
    match (before, after) {
        (Some(before), Some(after)) => Some(before.min(after)),
        (before, after) => before.or(after),
    }
}

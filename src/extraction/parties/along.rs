//! Who acts along with a giver: "together with Germany", "jointly with Norway".

use super::{Part, Reader};
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, Mention, Value};

/// So many tokens before "with" the word stands that says who acts along.
const REACH_OF_JOINT: usize = 4;

impl Reader<'_> {
    /// "will buy 15 tanks for Ukraine together with Germany": who is named behind what is given acts
    /// along with its giver.
    pub(super) fn acts_along(&self, mention: &Mention) -> bool {
        let Some(with) = self.before(mention.tokens.start) else { return false };
        let near = with.saturating_sub(REACH_OF_JOINT)..with;
        let text = &self.document.article.text;
        // "45 tanks, a joint undertaking with Germany": what it is, and not who gives.
        let apposed = |cue: &CueMention| {
            let article = cue.tokens.start.checked_sub(1);
            let article = article.filter(|at| self.sentence.is(Label::Indefinite, *at));
            article
                .and_then(|at| at.checked_sub(1))
                .is_some_and(|at| self.sentence.is_sign(text, at, &[","]))
        };
        let mut joint = self.sentence.cues_in(&near).filter(|cue| cue.label == Label::Joint);
        // "shields created in collaboration with France", "built together with": who made a thing.
        let made = |cue: &CueMention| {
            cue.tokens.start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Made, at))
        };
        let joint = joint.any(|cue| !apposed(cue) && !made(cue));
        let before = 0..with;
        // "ammunition, which Denmark finances in collaboration with Sweden": said of one thing.
        let relative = (1..with).rev().find(|at| {
            self.sentence.is_sign(text, at - 1, &[","])
                && self.sentence.is(Label::Clause, *at)
                && self.sentence.is(Label::It, *at)
        });
        let of_thing = relative.is_some_and(|start| {
            let items = || self.sentence.items.iter();
            items().any(|item| item.tokens.end <= start)
                && items().any(|item| item.tokens.start > with)
        });
        if of_thing {
            return false;
        }
        let acts = self.sentence.has_any(&[Label::Give, Label::Buy, Label::Announce], &before);
        let thing = self.sentence.items.iter().any(|item| item.tokens.end <= with)
            || self
                .sentence
                .mentions_in(&before)
                .any(|before| matches!(before.value, Value::Money(_)));
        let told = [Label::Give, Label::Buy, Label::PackageNoun];
        let opens = with <= REACH_OF_JOINT && self.sentence.has_any(&told, &self.sentence.all());
        // "entered into a partnership with Germany to donate": what they are to do together.
        let end = self.list_end(mention);
        let to_give = self.sentence.is(Label::To, end)
            && self.sentence.cues_in(&(end + 1..end + 2)).any(|verb| {
                matches!(verb.label, Label::Give | Label::Buy)
                    && verb.inflection == Inflection::Base
            });
        joint && (acts && thing || opens || to_give)
    }

    /// "received 150 vehicles under the US military assistance programme": whose help it is from which
    /// things came.
    pub(super) fn is_source_of_what_came(&self, before: usize) -> bool {
        let routes = [Label::Share, Label::Clause, Label::Aside];
        let route = |label| self.sentence.ending_at(label, before + 1).is_some();
        let opening = 0..before;
        let came = self.sentence.has_any(&[Label::Receive, Label::Arrive], &opening);
        let things = self.sentence.items.iter().any(|item| item.tokens.end <= before);
        came && things
            && routes.into_iter().any(route)
            && !self.sentence.has_any(&[Label::From, Label::By], &opening)
    }

    /// "20 tanks have left Denmark for Ukraine"
    pub(super) fn by_departure(&self, mention: &Mention) -> Option<Part> {
        let start = mention.tokens.start;
        let the = start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Definite, at));
        let mut verbs = self.sentence.cues_ending_at(start - usize::from(the));
        verbs.any(|cue| cue.is(Grade::Leaves)).then_some(Part::Gives(4, "donor.from"))
    }

    /// "Together with Germany, Denmark is behind the delivery": who stands behind those who act along.
    pub(super) fn is_accompanied(&self, actors: &[&Mention], index: usize) -> bool {
        let mention = actors[index];
        let opening = 0..mention.tokens.start;
        let comma = mention.tokens.start.checked_sub(1).filter(|at| {
            let the = usize::from(self.sentence.is(Label::Definite, *at));
            let before = at.checked_sub(the);
            before.is_some_and(|at| self.sentence.is_sign(&self.document.article.text, at, &[","]))
        });
        let first = actors[..index].first();
        comma.is_some()
            && self.sentence.has(Label::Joint, &(0..2))
            && first.is_some_and(|first| {
                let with = self.before(first.tokens.start);
                with.is_some_and(|at| self.sentence.is(Label::With, at)) && self.acts_along(first)
            })
            && self.sentence.first(Label::Give, &opening).is_none()
    }
}

//! Who acts along with a giver: "together with Germany", "jointly with Norway".

use super::{Part, Reader};
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, Mention, Value};

/// So many tokens before "with" the word stands that says who acts along.
const REACH_OF_JOINT: usize = 4;

/// Within so many tokens behind "joined Britain in" the package is named, with its sum.
const REACH_OF_PACKAGE: usize = 7;

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
            || self.opens_beside_pronoun(mention, with)
            || self.resolves_along(mention, with)
    }

    /// "With Belgium it financed 28 lorries": a pronoun is the subject.
    fn opens_beside_pronoun(&self, mention: &Mention, with: usize) -> bool {
        let end = self.list_end(mention);
        let comma = self.sentence.is_sign(&self.document.article.text, end, &[","]);
        let subject = end + usize::from(comma);
        let near = subject + 1..subject + REACH_OF_JOINT;
        with == 0
            && self.sentence.is_any(&[Label::It, Label::We], subject)
            && self.sentence.has_any(&[Label::Give, Label::Buy], &near)
    }

    /// "announced with Germany and Denmark that it would", "has agreed with Oslo to supply": with whom
    /// somebody resolves what they give.
    fn resolves_along(&self, mention: &Mention, with: usize) -> bool {
        let end = self.list_end(mention);
        let resolves = self
            .sentence
            .cues_ending_at(with)
            .any(|cue| cue.label == Label::Announce && cue.inflection.is_past_form());
        let ahead = [Label::Will, Label::Would];
        // "announced with Germany on Tuesday that it would"
        let dated = self.sentence.mention_at(end + usize::from(self.sentence.is(Label::In, end)));
        let dated = dated.filter(|day| matches!(day.value, Value::Date(_)));
        let end = dated.map_or(end, |day| day.tokens.end);
        let clause = self.sentence.is(Label::Clause, end)
            && self.sentence.is_any(&[Label::It, Label::We], end + 1)
            && self.sentence.has_any(&ahead, &(end + 2..end + 3));
        let infinitive = self.sentence.is(Label::To, end)
            && self.sentence.starting_at(Label::Give, end + 1).is_some();
        resolves && !self.is_attacked(mention) && (clause || infinitive)
    }

    /// "Norway and Sweden have joined Britain in a £60 million package", "joined Germany in sending", "joined us
    /// in": those who join and who is joined give together.
    pub(super) fn joins_in(&self, mention: &Mention) -> bool {
        let list = self.list_end(mention);
        let end = list + usize::from(self.sentence.is(Label::Have, list));
        let joins = |cue: &&CueMention| cue.is(Grade::Joins);
        let verb = if self.is_companion(mention) {
            let before = mention.tokens.start.saturating_sub(REACH_OF_JOINT)..mention.tokens.start;
            self.sentence.cues_in(&before).find(joins)
        } else {
            self.sentence.cues_in(&(end..end + 1)).find(joins)
        };
        let Some(verb) = verb else { return false };
        let near = verb.tokens.end..verb.tokens.end + REACH_OF_JOINT;
        let Some(what) = near.clone().find(|at| self.sentence.is(Label::In, *at)) else {
            return false;
        };
        let told = what + 1..what + REACH_OF_PACKAGE;
        let sum = |mention: &Mention| matches!(mention.value, Value::Money(_));
        let package = self.sentence.has(Label::PackageNoun, &told)
            && self.sentence.mentions_in(&told).any(sum);
        let act = what + 1..what + REACH_OF_JOINT;
        let sends = self.sentence.has_any(&[Label::Give, Label::Buy], &act)
            && self.sentence.items.iter().any(|item| item.tokens.start > what);
        (package || sends) && self.is_state(mention)
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

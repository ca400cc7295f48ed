//! Who asked for what is given, who is asked, who takes it, and from whom it is held back.

use super::{Part, Reader};
use crate::lexicon::{ActorKind, Inflection, Label};
use crate::mentions::{CueMention, Mention, Value};

/// So many tokens before "from" what is held back is named, and the verb before that.
const WITHHELD: usize = 10;

/// So many tokens behind a name its army and the stocks of that are named.
const STORES: usize = 4;

impl Reader<'_> {
    /// "Chad and Greece signed an accord under which Greece will deliver 20 carriers": who signs it with the
    /// giver receives.
    pub(super) fn settle_accord(&self, actors: &[&Mention], parts: &mut [Part]) {
        let Some(accord) = self.sentence.first(Label::Accord, &self.sentence.all()) else { return };
        let giver = (0..actors.len()).find(|place| {
            let stands = actors[*place].tokens.start > accord.tokens.end;
            stands && matches!(parts[*place], Part::Gives(3.., _))
        });
        let Some(giver) = giver else { return };
        let code = |place: usize| self.document.actor_code(&actors[place].value);
        let other = |place: &usize| code(*place) != code(giver) && self.is_state(actors[*place]);
        let mut others = (0..giver).filter(other);
        let (Some(first), receives) =
            (others.next(), |part: &Part| matches!(part, Part::Receives(..)))
        else {
            return;
        };
        if others.all(|place| code(place) == code(first)) && !parts.iter().any(receives) {
            parts[first] = Part::Receives(3, "recipient.accord");
        }
    }

    /// "is being withheld from Egypt": a verb of holding back right before.
    pub(super) fn is_withheld(&self, mention: &Mention) -> bool {
        let start = mention.tokens.start;
        let near = start.saturating_sub(4)..start;
        // "withheld seven vehicles from Togo"
        let object = start.saturating_sub(WITHHELD)..start;
        let verb = self.sentence.cues_in(&object).rfind(|cue| cue.label == Label::Withdraw);
        self.sentence.has(Label::Withdraw, &near)
            || verb.is_some_and(|verb| {
                let between = verb.tokens.end..start;
                let verbs = [Label::Give, Label::Announce, Label::Arrive, Label::PackageNoun];
                let mut items = self.sentence.items.iter();
                let mut told = self.sentence.mentions_in(&between);
                (items.any(|item| between.contains(&item.tokens.start))
                    || told.any(|told| matches!(told.value, Value::Money(_))))
                    && !self.sentence.has_any(&verbs, &between)
            })
    }

    /// "following a request from Male", "a request by Male": who asked for it.
    pub(super) fn has_asked(&self, mention: &Mention) -> Option<Part> {
        let before = self.before(mention.tokens.start);
        let asked = before.and_then(|at| self.sentence.ending_at(Label::Request, at));
        self.asks(asked?)
    }

    /// Who asks receives; surely where an answer is told.
    fn asks(&self, request: &CueMention) -> Option<Part> {
        let score = if self.sentence.is_answered(request) { 3 } else { 2 };
        let noun = request.inflection == Inflection::Base;
        noun.then_some(Part::Receives(score, "recipient.asked"))
    }

    /// "were received by the army", "taken over by Moldova": who takes what is given.
    pub(super) fn is_received_by(&self, mention: &Mention) -> bool {
        let by = self.before(mention.tokens.start);
        let by = by.and_then(|at| self.sentence.ending_at(Label::By, at + 1));
        by.is_some_and(|by| {
            self.sentence
                .cues_ending_at(by.tokens.start)
                .any(|cue| cue.label == Label::Receive && cue.inflection.is_past_form())
                // "the tanks that it was given by Moldova"
                && !self.sentence.cues_ending_at(by.tokens.start).any(|cue| cue.label == Label::Give)
        })
    }

    /// "On behalf of the Danish government, the ambassador presented": for whom the subject of the
    /// sentence acts; behind the verb it is who gets what is given.
    pub(super) fn is_acted_for(&self, mention: &Mention) -> bool {
        let by = self.before(mention.tokens.start);
        let by = by.and_then(|at| self.sentence.ending_at(Label::By, at + 1));
        let behind = mention.tokens.end..self.sentence.tokens.len();
        by.is_some_and(|by| by.tokens.start == 0) && self.sentence.has(Label::Give, &behind)
    }

    /// "83 howitzers from the Australian army will be sent", "from Australian army stocks": out of whose
    /// stores a thing comes that is given.
    pub(super) fn is_from_stores(&self, mention: &Mention) -> bool {
        let from = self.before(mention.tokens.start);
        let thing =
            from.is_some_and(|from| self.sentence.items.iter().any(|item| item.tokens.end == from));
        let near = mention.tokens.end..mention.tokens.end + STORES;
        let acts = [Label::Give, Label::Arrive];
        (thing || self.sentence.has(Label::Military, &near))
            && !self.is_attacked(mention)
            && self.sentence.has_any(&acts, &self.sentence.all())
            && !self.sentence.has_any(&[Label::Lose, Label::Withdraw], &self.sentence.all())
    }

    /// "a Kenyan request for mortars", "at Kenya's request": whose wish it is; "Spain's request to send
    /// jets" is for somebody else.
    pub(super) fn owns_request(&self, mention: &Mention) -> Option<Part> {
        let owner = self.is_possessive(mention);
        let at = mention.tokens.end + usize::from(owner);
        let describes = owner || self.kind(mention) == Some(ActorKind::Adjective);
        // "Ukraine's direct request to Canada"
        let near = at..at + 2;
        let asked = self.sentence.first(Label::Request, &near).filter(|_| describes)?;
        let of = self.sentence.mention_at(asked.tokens.end + 1);
        let named = of.is_some_and(|of| matches!(of.value, Value::Actor(_)));
        let other = self.sentence.is(Label::To, asked.tokens.end) && !named;
        self.asks(asked).filter(|_| !other)
    }

    /// "urges Germany to deliver": who is asked does not give yet.
    pub(super) fn is_called_upon(&self, mention: &Mention) -> bool {
        // "asked Poland to give 14 tanks and Spain to give six"
        let start = mention.tokens.start;
        let linked = start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::And, at));
        let from = if linked { 0 } else { start.saturating_sub(3) };
        (from..start).any(|at| self.sentence.is(Label::Request, at))
            && self.sentence.is(Label::To, mention.tokens.end)
    }

    /// "will hand over to Ukraine 20 howitzers", "has sent to the Libyan army tents": who receives stands
    /// between the verb and its object.
    pub(super) fn is_given_to(&self, mention: &Mention) -> bool {
        let kinds = [ActorKind::Name, ActorKind::Capital, ActorKind::Forces];
        let name = self.kind(mention).is_some_and(|kind| kinds.contains(&kind))
            || self.sentence.is(Label::Forces, mention.tokens.end);
        let words = [Label::Forces, Label::Of, Label::Definite];
        let start = mention.tokens.start;
        let start =
            start - (0..start).rev().take_while(|at| self.sentence.is_any(&words, *at)).count();
        let to = start.checked_sub(1).filter(|_| name);
        to.is_some_and(|to| {
            let mut verbs = self.sentence.cues_ending_at(to);
            self.sentence.is(Label::To, to) && verbs.any(|cue| cue.label == Label::Give)
        })
    }

    /// "its request to Canada": who is asked.
    pub(super) fn is_asked(&self, mention: &Mention) -> bool {
        let to = self.before(mention.tokens.start);
        to.is_some_and(|to| self.sentence.ending_at(Label::Request, to).is_some())
    }

    /// "pays 4 million to the coalition led by Britain", "3 million for drones, through the coalition led by
    /// Latvia": who only leads those that are given something.
    pub(super) fn leads_receivers(&self, mention: &Mention, by: usize) -> bool {
        let behind = mention.tokens.end..self.sentence.tokens.len();
        let Some(lead) = self.sentence.ending_at(Label::Lead, by) else { return false };
        let is_sum = |mention: &Mention| matches!(mention.value, Value::Money(_));
        let is_given = self.sentence.has(Label::Give, &(0..by))
            || self.sentence.ending_at(Label::PackageNoun, lead.tokens.start).is_none()
                && self.sentence.mentions_in(&(0..lead.tokens.start)).any(is_sum);
        self.kind(mention) != Some(ActorKind::Person)
            && is_given
            && !self.sentence.has(Label::Give, &behind)
    }
}

//! States that are named as places: passed through, arrived in, where people are sent.

use super::Reader;
use crate::lexicon::{ActorKind, Grade, Inflection, Label};
use crate::mentions::Mention;

/// Within so many tokens an aside ends that says whose partner the subject is.
const ASIDE: usize = 7;

/// Within so many tokens before where it goes stands what departs.
const REACH_OF_DEPARTURE: usize = 4;

/// Within so many tokens the clause "which it once got from" is told.
const FORMER: usize = 5;

impl Reader<'_> {
    /// "for the United Kingdom to buy weapons": who buys them, and not for whom they are.
    pub(super) fn is_to_buy(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let mut verbs = self.sentence.cues_in(&(end + 1..end + 2));
        self.sentence.is(Label::To, end)
            && verbs.any(|verb| matches!(verb.label, Label::Buy | Label::Trade))
    }

    /// "will give 22 vehicles which it once got from the United States": from whom the giver has them.
    pub(super) fn is_former_source(&self, mention: &Mention) -> bool {
        let sentence = self.sentence;
        let before = 0..mention.tokens.start;
        let got = [Label::Receive, Label::Buy, Label::Trade];
        let Some(verb) = sentence.cues_in(&before).rfind(|cue| got.contains(&cue.label)) else {
            return false;
        };
        let start = verb.tokens.start;
        let mut subject = (start.saturating_sub(FORMER)..start).rev();
        let clause = subject.find(|at| sentence.is(Label::Clause, *at));
        let told = clause.is_some_and(|clause| {
            let near = clause + 1..start;
            sentence.has(Label::It, &near) && sentence.has(Label::Give, &(0..clause))
        });
        let near = mention.tokens.start.saturating_sub(verb.tokens.end) <= FORMER;
        told && near && verb.inflection.is_past_form()
    }

    /// "flew rifles to Poland": where a thing is carried to, in an article on one who is attacked.
    pub(super) fn is_transit(&self, mention: &Mention) -> bool {
        let carried =
            self.sentence.cues_in(&(0..mention.tokens.start)).any(|cue| cue.is(Grade::Carries));
        let attacked = |other: &Mention| self.is_attacked(other);
        carried
            && !self.is_attacked(mention)
            && self.document.sentences.iter().flat_map(|s| &s.mentions).any(attacked)
    }

    /// "sends 70 instructors to the UK": who is sent there receives nothing.
    pub(super) fn is_sent_people(&self, mention: &Mention) -> bool {
        let to = self.before(mention.tokens.start);
        // "MiG-29 fighters to Kyiv" are no people.
        let thing = |to: usize| self.sentence.items.iter().any(|item| item.tokens.end == to);
        // "new contributions to Kyiv" are no people either.
        let gift = |to: usize| self.sentence.ending_at(Label::PackageNoun, to).is_some();
        to.is_some_and(|to| {
            self.sentence.ending_at(Label::Counted, to).is_some() && !thing(to) && !gift(to)
        })
    }

    /// "the decision of Germany to give", "In Lisbon, the government approved".
    pub(super) fn is_subject_of_resolve(&self, mention: &Mention) -> bool {
        self.resolves_at(mention).is_some() || self.is_seat_named_first(mention)
    }

    /// "In Lisbon, the government approved 14 howitzers": the place before its office.
    fn is_seat_named_first(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let comma = self.sentence.is_sign(&self.document.article.text, end, &[","]);
        let article = end + usize::from(comma);
        let office = article + usize::from(self.sentence.is(Label::Definite, article));
        let seated = self.sentence.starting_at(Label::Office, office);
        let acts = [Label::Say, Label::Give, Label::Announce];
        mention.tokens.start == 1
            && self.kind(mention) == Some(ActorKind::Capital)
            && self.sentence.is(Label::In, 0)
            && (comma || office > article)
            && seated.is_some_and(|office| {
                let near = office.tokens.end..office.tokens.end + 3;
                office.is(Grade::Seated) && self.sentence.has_any(&acts, &near)
            })
    }

    /// An adjective of industry, or a place: who is named so takes no part.
    pub(super) fn names_no_party(&self, mention: &Mention) -> bool {
        self.names_industry(mention)
            || self.is_address(mention)
            || self.is_aim_of_visit(mention)
            || self.is_asked_first(mention)
            || self.describes_another(mention)
            || self.owns_veto(mention)
    }

    /// "the Hungarian veto", "Budapest's blockade": who stands against a gift of others.
    fn owns_veto(&self, mention: &Mention) -> bool {
        let behind = mention.tokens.end + usize::from(self.is_possessive(mention));
        let noun = self.sentence.starting_at(Label::Withdraw, behind);
        noun.is_some_and(|noun| noun.inflection == Inflection::Base)
            && (self.is_possessive(mention) || self.kind(mention) == Some(ActorKind::Adjective))
    }

    /// "has offered 14 tanks, provided that Berlin agrees": whose leave is a condition.
    fn is_asked_first(&self, mention: &Mention) -> bool {
        let start = mention.tokens.start;
        let the = start.checked_sub(1).filter(|at| self.sentence.is(Label::Definite, *at));
        let condition = self
            .sentence
            .cues_ending_at(the.unwrap_or(start))
            .any(|cue| cue.is(Grade::OpensCondition));
        let before = 0..start;
        let verb = self.sentence.cues_in(&(mention.tokens.end..mention.tokens.end + 3)).next();
        condition
            && self.sentence.has_any(&[Label::Give, Label::Announce], &before)
            && verb.is_some_and(|verb| matches!(verb.label, Label::Announce | Label::Permit))
    }

    /// "Qatar, Ankara's close partner, sent 68 vehicles": whose partner the subject is.
    fn describes_another(&self, mention: &Mention) -> bool {
        let text = &self.document.article.text;
        let comma = |at: usize| self.sentence.is_sign(text, at, &[","]);
        let (start, end) = (mention.tokens.start, mention.tokens.end);
        let Some(opens) = start.checked_sub(1).filter(|at| comma(*at)) else { return false };
        let subject = self.sentence.mentions.iter().find(|other| other.tokens.end == opens);
        let other = subject.is_some_and(|other| {
            self.is_state(other)
                && self.document.actor_code(&other.value)
                    != self.document.actor_code(&mention.value)
        });
        let close = (end..end + ASIDE).find(|at| comma(*at));
        let acts = [Label::Give, Label::Announce, Label::Office, Label::Say, Label::And];
        other
            && self.is_possessive(mention)
            && close.is_some_and(|close| {
                !self.sentence.has_any(&acts, &(end..close))
                    && self.sentence.mentions_in(&(end..close)).next().is_none()
            })
    }

    /// "visited partners in Mogadishu, Somalia, to hand over": a state behind one of its places.
    fn is_address(&self, mention: &Mention) -> bool {
        let text = &self.document.article.text;
        let comma = |at: usize| self.sentence.is_sign(text, at, &[","]);
        let Some(place) = mention.tokens.start.checked_sub(2).filter(|at| comma(at + 1)) else {
            return false;
        };
        let code = |mention: &Mention| self.document.actor_code(&mention.value);
        let known = self.sentence.mention_at(place);
        // "at Ramstein Air Base, Germany,": a name that only holds a place.
        let names_place =
            |known: &Mention| code(known).is_some_and(|code| !self.document.lexicon.can_give(code));
        let within = known.map_or(self.is_title_word(place), |known| {
            names_place(known) || code(known) == code(mention)
        });
        let from = place.saturating_sub(3);
        let opening = known.map_or(place, |known| known.tokens.start.min(place));
        let from = from.min(opening.saturating_sub(1));
        let located = (from..opening).rev().find(|at| !self.is_title_word(*at));
        let end = mention.tokens.end;
        within
            && located.is_some_and(|at| self.sentence.is(Label::In, at))
            && (comma(end) || self.sentence.is_sign(text, end, &["."]))
    }

    /// "visited Paraguay to present 30 trucks": where the visit goes to, told with its aim.
    fn is_aim_of_visit(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let acts = [Label::Give, Label::Announce];
        self.is_visited(mention)
            && self.sentence.is(Label::To, end)
            && self.sentence.has_any(&acts, &(end + 1..end + 2))
    }

    /// "have arrived in Chad": the place where materiel comes to, unless it goes on from there.
    pub(super) fn has_arrived(&self, mention: &Mention) -> bool {
        let end = self.sentence.tokens.len();
        let state = self.kind(mention) == Some(ActorKind::Name);
        let capital = self.kind(mention) == Some(ActorKind::Capital)
            && self.document.actor_code(&mention.value) != self.document.main_donor.as_deref();
        let preposition = self.before(mention.tokens.start).filter(|_| state || capital);
        preposition.is_some_and(|at| {
            let mut verbs = self.sentence.cues_ending_at(at);
            verbs.any(|cue| {
                // "were handed over in Mogadishu", "changed hands in Mogadishu"
                let called = self.sentence.has(Label::Handover, &cue.tokens);
                let handed = cue.label == Label::Arrive && (called || self.is_passive(cue));
                cue.is(Grade::ArrivesIn) && state || capital && handed
            })
        }) && !self.sentence.has_any(&[Label::To, Label::For], &(mention.tokens.end..end))
            && !self.is_bound_elsewhere(mention)
    }

    /// "reached the armed forces of Chad", "are now with the Ukrainians": who stands right behind a verb of
    /// coming is whom things come to.
    pub(super) fn is_reached(&self, mention: &Mention) -> bool {
        let of = mention.tokens.start.checked_sub(1).filter(|at| self.sentence.is(Label::Of, *at));
        let forces = of.and_then(|of| self.sentence.ending_at(Label::Forces, of));
        let mut at = forces.map_or(mention.tokens.start, |forces| forces.tokens.start);
        while at > 0 && self.sentence.is_any(&[Label::Definite, Label::Military], at - 1) {
            at -= 1;
        }
        let before = 0..at;
        let thing = self.sentence.items.iter().any(|item| before.contains(&item.tokens.start));
        let mut verbs = self.sentence.cues_ending_at(at);
        thing
            && verbs.any(|cue| {
                let gives = self.sentence.is(Label::Give, cue.tokens.start);
                let visits = self.sentence.is(Label::Visit, cue.tokens.start);
                let from = self.sentence.is(Label::From, at.saturating_sub(1));
                cue.label == Label::Arrive && !gives && !visits && !from && !cue.is(Grade::Leaves)
            })
            && !self.is_waypoint(mention)
            && !self.is_bound_elsewhere(mention)
    }

    /// "arrived in a Polish port", in an article on who is attacked: a place on the way.
    pub(super) fn is_waypoint(&self, mention: &Mention) -> bool {
        let main = self.document.main_recipient.as_deref();
        main.is_some_and(|code| self.document.lexicon.is_attacked(code))
            && !self.is_attacked(mention)
    }

    /// "departed on Monday for Belgium", of what goes to another: the next stage of the way.
    pub(super) fn departs_for(&self, mention: &Mention) -> bool {
        let near = mention.tokens.start.saturating_sub(REACH_OF_DEPARTURE)..mention.tokens.start;
        let leaves = self.sentence.has(Label::Come, &near);
        leaves && (self.is_waypoint(mention) || self.is_bound_elsewhere(mention))
    }

    /// "the tanks that Spain is donating to Ukraine arrived in Poland": they only pass there.
    fn is_bound_elsewhere(&self, mention: &Mention) -> bool {
        let place = self.document.actor_code(&mention.value);
        let before = 0..mention.tokens.start;
        self.sentence.mentions_in(&before).any(|other| {
            let code = self.document.actor_code(&other.value);
            let behind = other.tokens.start.checked_sub(1);
            code.is_some_and(|code| self.document.lexicon.can_receive(code))
                && code != place
                && behind.is_some_and(|at| self.sentence.is_any(&[Label::To, Label::For], at))
        })
    }
}

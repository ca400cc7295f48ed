//! Verbs around an actor: whose subject or object it is, active or passive.

use super::purchase::BUYS;
use super::{Part, Reader};
use crate::lexicon::{ActorKind, Grade, Inflection, Label, PartyKind};
use crate::mentions::{CueMention, ItemMention, Mention, Value};
use std::ops::Range;

/// So many tokens behind its owner a gift is named.
const OWNED: usize = 5;

impl Reader<'_> {
    /// "give Ukraine tanks", "supplying Kyiv with shells": the actor right after a giving verb.
    pub(super) fn by_object(&self, mention: &Mention) -> Option<Part> {
        let mut at = mention.tokens.start;
        // "gave the armed forces of Niger seven trucks"
        let of_forces = at >= 2
            && self.sentence.is(Label::Of, at - 1)
            && self.sentence.ending_at(Label::Forces, at - 1).is_some();
        if let Some(forces) = of_forces.then(|| self.sentence.ending_at(Label::Forces, at - 1)) {
            at = forces.map_or(at, |cue| cue.tokens.start);
        }
        while at > 0
            && self.sentence.is_any(&[Label::Definite, Label::Military], at - 1)
            && !self.sentence.is_any(&[Label::Give, Label::Clause], at - 1)
        {
            at -= 1;
        }
        let verb = self.sentence.cues_ending_at(at).find(|cue| cue.label == Label::Give)?;
        // "to fund the Czech Republic's donation": whose gift it is.
        let owns = mention.tokens.end..mention.tokens.end + OWNED;
        let gift = [Label::PackageNoun, Label::Venture];
        if self.is_possessive(mention)
            && !self.is_attacked(mention)
            && self.sentence.has_any(&gift, &owns)
        {
            return None;
        }
        // "providing German Leopard 2 tanks": whose the things were.
        let own =
            |item: &ItemMention| item.quantity.is_none() && item.tokens.start == mention.tokens.end;
        if self.kind(mention) == Some(ActorKind::Adjective)
            && !self.is_attacked(mention)
            && self.sentence.items.iter().any(own)
        {
            return None;
        }
        (!self.is_passive(verb) || verb.inflection == Inflection::Gerund)
            .then_some(Part::Receives(3, "recipient.object"))
    }

    /// "will help Albania's land forces to equip a battalion": armed forces that are put into a position to do
    /// something.
    pub(super) fn is_enabled(&self, mention: &Mention) -> bool {
        let at = mention.tokens.start;
        let article = at.checked_sub(1).filter(|at| self.sentence.is(Label::Definite, *at));
        self.sentence.ending_at(Label::Enable, article.unwrap_or(at)).is_some()
    }

    /// Whether the verb has another subject than this actor.
    fn is_other_subject(
        &self,
        actors: &[&Mention],
        index: usize,
        verb: &CueMention,
        possessive: bool,
    ) -> bool {
        let mention = actors[index];
        let inside = |other: &&Mention| {
            let aside = self.aside_of(other, verb);
            aside.contains(&mention.tokens.start)
                && (self.sentence.is(Label::Clause, aside.start + 1)
                    || self.sentence.is(Label::By, aside.start + 2))
        };
        let resolves = |other: &&Mention| self.resolves_at(other) == Some(verb.tokens.start);
        // "Denmark joins Norway, which has pledged": the verb of the clause.
        let clause = |other: &&Mention| self.verb_of_clause(other) == Some(verb);
        let behind = &actors[index + 1..];
        let clause = || behind.iter().any(|other| clause(other) && !self.is_joined(mention, other));
        if actors[..index].iter().any(inside) || behind.iter().any(resolves) || clause() {
            return true;
        }
        let aside = self.aside_of(mention, verb);
        let between = actors[index + 1..].iter();
        let next_actor =
            between.take_while(|next| next.tokens.start < verb.tokens.start).find(|next| {
                if aside.contains(&next.tokens.start) {
                    return false;
                }
                let at = self.before(next.tokens.start);
                at.is_none_or(|at| self.preposition_at(at).is_none())
                    && !self.is_joined(mention, next)
                    && !self.is_forerunner(next)
                    && !self.is_companion(next)
                    && !self.is_addressed(next)
                    && !self.is_group(next)
                    && self.document.actor_code(&next.value)
                        != self.document.actor_code(&mention.value)
            });
        if self.is_in_opening(mention, verb) || self.is_forerunner(mention) {
            return true;
        }
        // "commented on Poland's decision to supply": who decides gives.
        let infinitive = verb.tokens.start.checked_sub(1);
        let infinitive = infinitive.filter(|at| self.sentence.is(Label::To, *at));
        let owner =
            actors[index + 1..].iter().take_while(|next| next.tokens.end < verb.tokens.start);
        let decides = owner.last().is_some_and(|next| {
            self.is_possessive(next)
                && self.gives_next(next)
                && self.document.actor_code(&next.value) != self.document.actor_code(&mention.value)
        });
        if decides && infinitive.is_some() && verb.label == Label::Give {
            return true;
        }
        // "signed with Azerbaijan a protocol to provide": who signed it acts.
        let with = self.before(mention.tokens.start);
        let infinitive = verb.tokens.start.checked_sub(1);
        if with.is_some_and(|at| at > 0 && self.sentence.is(Label::With, at))
            && infinitive.is_some_and(|at| self.sentence.is(Label::To, at))
            && index > 0
        {
            return true;
        }
        // "During talks with Samoa's premier, Foreign Minister Wong announced": who is only met says nothing.
        let met = with.is_some_and(|at| self.sentence.is(Label::With, at));
        if let Some(next) = next_actor
            && (!possessive || verb.label == Label::Receive || self.says_before(mention, next))
            && (met || self.kind(next) != Some(ActorKind::Person))
        {
            return true;
        }
        self.is_called_upon(mention) || self.only_leads(mention, verb)
    }

    /// "Benin's chief of staff said the Union had given": who speaks is another than who gives.
    fn says_before(&self, mention: &Mention, next: &Mention) -> bool {
        let between = mention.tokens.end..next.tokens.start;
        self.sentence.has(Label::Say, &between)
    }

    /// The subject of the next verb to the right.
    pub(super) fn by_subject(
        &self,
        actors: &[&Mention],
        index: usize,
        possessive: bool,
    ) -> Option<Part> {
        let mention = actors[index];
        let labels = [
            Label::Give,
            Label::Announce,
            Label::Receive,
            Label::Withdraw,
            Label::Expect,
            Label::Buy,
        ];
        let end = self.sentence.tokens.len();
        let reach = mention.tokens.end..end.min(mention.tokens.end + 25);
        let verb = self
            .sentence
            .cues_in(&reach)
            .find(|cue| labels.contains(&cue.label) && !self.is_noun_use(cue));
        let Some(verb) = verb.filter(|verb| !self.ends_before(mention, verb)) else {
            if verb.is_none() && self.attends_handover(mention) {
                return Some(Part::Gives(3, "donor.attends"));
            }
            let tells = verb.is_none() && self.speaks_of_arrival(mention);
            return tells.then_some(Part::Gives(3, "donor.announces"));
        };
        if self.is_other_subject(actors, index, verb, possessive) {
            return None;
        }
        // "is likely to be given", "is set to receive": the verb behind says who does what.
        let planned = (verb.label == Label::Expect).then(|| {
            let near = verb.tokens.end..(verb.tokens.end + 4).min(end);
            self.sentence.cues_in(&near).find(|cue| {
                cue.label == Label::Receive || cue.label == Label::Give && self.is_passive(cue)
            })
        });
        let verb = planned.flatten().unwrap_or(verb);
        let passive = self.is_passive(verb);
        match verb.label {
            Label::Receive if self.meets_somebody(verb) || self.reports(mention, verb) => None,
            Label::Receive => Some(Part::Receives(3, "recipient.subject")),
            Label::Give if passive && self.has_thing_between(mention, verb) => {
                self.speaks_for_itself(mention, verb).then_some(Part::Gives(3, "donor.announces"))
            }
            // "planes that were used against rebels are to be handed over": the things are.
            Label::Give
                if passive
                    && self.sentence.is(Label::Arrive, verb.tokens.start)
                    && !self.is_counted_thing(verb.tokens.end) =>
            {
                None
            }
            Label::Give if passive => Some(Part::Receives(2, "recipient.passive-subject")),
            Label::Announce | Label::Expect | Label::Withdraw if passive => None,
            Label::Expect if self.plans_else(verb) => None,
            Label::Give if self.is_enemy(mention) => None,
            Label::Give => Some(Part::Gives(4, "donor.subject")),
            _ if self.is_enemy(mention) => None,
            Label::Expect if self.resolves_to_give(verb) => Some(Part::Gives(4, "donor.subject")),
            Label::Expect if self.plans_to_announce(verb) => {
                Some(Part::Gives(3, "donor.announces"))
            }
            Label::Expect => Some(Part::Gives(2, "donor.plans")),
            // "Norway pays for a third system", behind others' gifts
            Label::Buy
                if verb.inflection == Inflection::Third
                    && self.sentence.is(Label::Give, verb.tokens.start) =>
            {
                Some(Part::Gives(3, "donor.subject"))
            }
            Label::Buy => Some(Part::Gives(1, BUYS)),
            Label::Announce if self.speaks_of_another(actors, index, verb) => None,
            Label::Announce | Label::Withdraw if self.resolves_to_give(verb) => {
                Some(Part::Gives(4, "donor.subject"))
            }
            _ => Some(Part::Gives(3, "donor.announces")),
        }
    }

    /// "a scheme that Tokyo set up so that friends can get": a conjunction without a comma before it
    /// ends the clause of the actor, and the verb behind it has a subject of its own.
    fn ends_before(&self, mention: &Mention, verb: &CueMention) -> bool {
        let between = mention.tokens.end..verb.tokens.start;
        let text = &self.document.article.text;
        let comma = between.clone().find(|at| self.sentence.is_sign(text, *at, &[","]));
        let parted = between.clone().any(|at| self.sentence.is_sign(text, at, &[";"]));
        parted
            || self.sentence.cues_in(&between).any(|cue| {
                cue.is(Grade::EndsClause) && comma.is_none_or(|comma| cue.tokens.start < comma)
            })
    }

    /// "Niger, where the last soldiers left Agadez, had been promised", "Poland, backed by Britain, will
    /// give": what a clause or another name between two commas says of the subject.
    fn aside_of(&self, mention: &Mention, verb: &CueMention) -> Range<usize> {
        let text = &self.document.article.text;
        let end = mention.tokens.end;
        let opens = [Label::Clause, Label::Indefinite, Label::Definite, Label::In];
        let opens = |at| {
            self.sentence.is_any(&opens, at)
                || self.sentence.is_any(&[Label::Number, Label::Source], at)
        };
        let opens = self.sentence.is_sign(text, end, &[","])
            && (opens(end + 1) || self.sentence.is(Label::By, end + 2) && self.is_state(mention));
        let comma = |at: &usize| self.sentence.is_sign(text, *at, &[","]);
        let last = (end + 1..verb.tokens.start).rev().find(comma);
        if opens { end..last.unwrap_or(end) } else { end..end }
    }

    /// "the third country after Germany and the United States to give": who gave before is named
    /// between a conjunction and an infinitive whose subject stands further to the left.
    fn is_forerunner(&self, mention: &Mention) -> bool {
        let actor = |at: usize| {
            let named = self.sentence.mention_at(at);
            named.is_some_and(|other| self.document.actor_code(&other.value).is_some())
        };
        let text = &self.document.article.text;
        let inside = |at: usize| {
            actor(at)
                || self.sentence.is_any(&[Label::And, Label::Definite], at)
                || self.sentence.is_sign(text, at, &[","])
        };
        let end = (mention.tokens.end..self.sentence.tokens.len())
            .find(|at| !inside(*at))
            .unwrap_or(mention.tokens.end);
        let start = (0..mention.tokens.start).rev().find(|at| !inside(*at));
        let infinitive = self.sentence.is(Label::To, end)
            && self.sentence.cues_in(&(end + 1..end + 2)).any(|cue| cue.label == Label::Give);
        infinitive && start.is_some_and(|at| at > 0 && self.sentence.is(Label::Clause, at))
    }

    /// "The President announced that Germany would make available": who only says it gives nothing.
    fn speaks_of_another(&self, actors: &[&Mention], index: usize, verb: &CueMention) -> bool {
        let end = verb.tokens.end;
        let near = |next: &&&Mention| (end..end + 3).contains(&next.tokens.start);
        let Some(next) = actors[index + 1..].iter().find(near) else { return false };
        let clause = self.sentence.is(Label::Clause, end) && self.sentence.is(Label::Definite, end);
        let behind = next.tokens.end..next.tokens.end + 6;
        let mut acts = self
            .sentence
            .cues_in(&behind)
            .filter(|cue| matches!(cue.label, Label::Give | Label::Receive));
        clause && acts.next().is_some_and(|cue| cue.label == Label::Give && !self.is_passive(cue))
    }

    /// "the first NATO country to give": a group only describes the state before it.
    fn is_group(&self, mention: &Mention) -> bool {
        let counted = mention.tokens.start.checked_sub(1);
        let code = self.document.actor_code(&mention.value);
        counted.is_some_and(|at| self.sentence.is(Label::Ordinal, at))
            && code.is_some_and(|code| self.document.lexicon.party_kind(code) == PartyKind::Group)
    }

    /// "To help Ukraine hold its lines, the President has authorized": the opening phrase has a verb
    /// or a preposition of its own, and the subject of the main verb stands behind its comma.
    fn is_in_opening(&self, mention: &Mention, verb: &CueMention) -> bool {
        let opens = [
            Label::To,
            Label::In,
            Label::For,
            Label::With,
            Label::Since,
            Label::Source,
            Label::Clause,
            Label::Include,
        ];
        let text = &self.document.article.text;
        let comma = (mention.tokens.end..verb.tokens.start)
            .find(|at| self.sentence.is_sign(text, *at, &[","]));
        mention.tokens.start > 0
            && self.sentence.is_any(&opens, 0)
            && comma.is_some_and(|comma| {
                !(0..mention.tokens.start).any(|at| self.sentence.is_sign(text, at, &[","]))
                    && comma + 1 < verb.tokens.start
            })
    }

    /// "Poland's plan to transfer": a giving verb close behind a possessive.
    pub(super) fn gives_next(&self, mention: &Mention) -> bool {
        self.sentence.has(Label::Give, &(mention.tokens.end..mention.tokens.end + 6))
    }

    /// "$13 million to the Czech Republic's": right before "to" stands a sum.
    pub(super) fn is_paid(&self, mention: &Mention) -> bool {
        let to = self.before(mention.tokens.start);
        to.and_then(|to| self.sentence.mention_at(to.checked_sub(1)?))
            .is_some_and(|sum| matches!(sum.value, Value::Money(_)))
    }

    /// Whether materiel stands between an actor and a passive verb: then that is the subject.
    pub(super) fn has_thing_between(&self, mention: &Mention, verb: &CueMention) -> bool {
        self.sentence.mentions_in(&(mention.tokens.end..verb.tokens.start)).any(|between| {
            matches!(between.value, Value::System(_) | Value::Materiel(_) | Value::Money(_))
        })
    }

    /// A verb's form that is a noun here: "the support", "a supply of".
    pub(super) fn is_noun_use(&self, verb: &CueMention) -> bool {
        let before = verb.tokens.start.checked_sub(1);
        let article = before.is_some_and(|at| {
            self.sentence.is_any(
                &[Label::Definite, Label::Indefinite, Label::Of, Label::AidNoun, Label::Military],
                at,
            )
        });
        verb.inflection == Inflection::Base && article
            || matches!(verb.inflection, Inflection::Base | Inflection::Third)
                && self.sentence.is_any(&[Label::PackageNoun, Label::AidNoun], verb.tokens.start)
                && !self.follows_subject(verb)
                && !before.is_some_and(|at| {
                    self.sentence.is_any(&[Label::Will, Label::Would, Label::To], at)
                })
    }

    /// "Tokyo supports", "the Swedish government pledges": a third person right behind an actor that owns
    /// nothing is a verb.
    fn follows_subject(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        let office = self.sentence.ending_at(Label::Office, start).map(|cue| cue.tokens.start);
        let before = office.unwrap_or(start).checked_sub(1);
        let actor = before.and_then(|at| self.sentence.mention_at(at));
        verb.inflection == Inflection::Third
            && actor.is_some_and(|actor| self.document.actor_code(&actor.value).is_some())
    }

    /// Whether the verb is passive: a participle with a form of "be" before it.
    pub(super) fn is_passive(&self, verb: &CueMention) -> bool {
        if verb.inflection == Inflection::Gerund {
            return false;
        }
        let from = verb.tokens.start.saturating_sub(3);
        // "500 million was what London came up with": somebody else is the subject of the verb.
        let be = (from..verb.tokens.start).rev().find(|at| self.sentence.is(Label::Be, *at));
        let be = be.is_some_and(|be| {
            let between = be + 1..verb.tokens.start;
            !self
                .sentence
                .mentions_in(&between)
                .any(|mention| matches!(mention.value, Value::Actor(_)))
        });
        let participle = verb.inflection.is_past_form();
        participle && (be || self.sentence.is(Label::By, verb.tokens.end))
    }
}

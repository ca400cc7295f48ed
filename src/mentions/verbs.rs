//! Which forms are verbs here: "Russian supply lines" and "the support" are nouns, and some verbs need
//! a complement to tell of a gift.

use super::{Sentence, Value};
use crate::lexicon::token::Joint;
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, Mention};
use std::ops::Range;

/// Verbs whose base forms are often nouns.
const VERBS: [Label; 9] = [
    Label::Give,
    Label::Arrive,
    Label::Withdraw,
    Label::Include,
    Label::Announce,
    Label::Lose,
    Label::OwnUse,
    Label::Trade,
    Label::Buy,
];

/// How many tokens before a request the verb stands that answers it.
const REACH_OF_ANSWER: usize = 6;

/// How many tokens behind a verb of coming its goal is named.
pub(super) const REACH_OF_GOAL: usize = 3;

/// How many tokens beside a verb of reaching the accord stands that is reached.
const REACH_OF_ACCORD: usize = 4;

/// How many tokens the receiver between "support" and "with" may have.
const REACH_OF_WITH: usize = 8;

/// Within so many tokens behind a verb that gives only with something "with 100 million" is looked for.
const REACH_OF_SUM: usize = 18;

/// How many tokens the sum between "signed" and "contract" may have.
const REACH_OF_CONTRACT: usize = 7;

/// How many tokens what is given between "make" and "available" may have.
const REACH_OF_COMPLEMENT: usize = 16;

impl Sentence {
    /// Drops verbs that are nouns here: "Russian supply lines", "the support". A base form needs a
    /// word before it that a verb can follow, or the beginning of the sentence.
    pub fn drop_noun_uses(&mut self) {
        let nouns: Vec<bool> = self
            .cues
            .iter()
            .map(|cue| {
                let verb = VERBS.contains(&cue.label);
                self.is_cut_short(cue)
                    || self.is_part_of_a_word(cue)
                    || self.is_no_journey(cue)
                    || self.names_a_thing(cue)
                    || self.only_says(cue)
                    || self.signs_to_buy(cue)
                    || self.only_has(cue)
                    || self.is_told_beside_act(cue)
                    || verb
                        && (self.lacks_complement(cue)
                            || self.reaches_accord(cue)
                            || self.lacks_goal(cue)
                            || match cue.inflection {
                                Inflection::Base => !self.can_be_base(cue),
                                Inflection::Third if self.is_act_of_forces(cue) => false,
                                // "another 18 are to follow"
                                Inflection::Third if self.is_plan(cue) => false,
                                Inflection::Third => {
                                    self.follows_article(cue)
                                        || cue.value.is_some() && !self.has_subject(cue)
                                }
                                _ => false,
                            })
            })
            .collect();
        let mut nouns = nouns.into_iter();
        self.cues.retain(|_| !nouns.next().unwrap_or(false));
        self.index_cues();
    }

    /// "The need is great, Austin added": a verb of giving that is one of saying too, with nothing behind it.
    fn only_says(&self, cue: &CueMention) -> bool {
        let end = cue.tokens.end;
        let before = cue.tokens.start.checked_sub(1);
        cue.label == Label::Give
            && !before.is_some_and(|at| self.is_any(&[Label::Be, Label::Is], at))
            && self.cues.iter().any(|say| say.label == Label::Say && say.tokens == cue.tokens)
            && end + 1 >= self.tokens.len()
    }

    /// "agreed to a Ukrainian request for 40 mortars", "turned down a request by Kyiv for": what is asked
    /// for is what the answer is about.
    pub fn is_answered(&self, request: &CueMention) -> bool {
        let start = request.tokens.start;
        let near = start.saturating_sub(REACH_OF_ANSWER)..start;
        let answers = [Label::Announce, Label::Withdraw, Label::Expect];
        let verb = self.cues_in(&near).rfind(|verb| answers.contains(&verb.label));
        request.label == Label::Request
            && request.inflection == Inflection::Base
            && !self.is(Label::To, request.tokens.end)
            && verb.is_some_and(|verb| {
                let between = verb.tokens.end..start;
                self.has_any(&[Label::Definite, Label::Indefinite], &between)
                    && !self.has_any(&[Label::Give, Label::Clause], &between)
                    && !between.clone().any(|at| self.is_any_sign(at))
            })
    }

    /// "mine-clearing vehicles", "bomb-disposal robots": a word that a hyphen joins to another one.
    fn is_part_of_a_word(&self, cue: &CueMention) -> bool {
        let joined =
            |at: usize| self.tokens.get(at).is_some_and(|known| known.token.joint == Joint::Hyphen);
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        matches!(cue.label, Label::Announce | Label::Lose)
            && matches!(cue.inflection, Inflection::Base | Inflection::Gerund)
            && end == start + 1
            && (joined(start) || joined(end))
    }

    /// "glide bombs", "500 bombs", "operating rooms": a thing, where nobody bombs or operates.
    fn names_a_thing(&self, cue: &CueMention) -> bool {
        let thing = self
            .mention_at(cue.tokens.start)
            .is_some_and(|mention| matches!(mention.value, Value::Materiel(_) | Value::System(_)));
        // "the training of soldiers" is an act, "an operating room" a thing.
        let part = |mention: &Mention| mention.tokens.len() > cue.tokens.len();
        let names = cue.label == Label::Lose
            || cue.label == Label::OwnUse && self.mention_at(cue.tokens.start).is_some_and(part);
        names && thing && !self.has_subject(cue)
    }

    /// "going to" is a journey before a state, and else what will be: "are going to Kyiv", "is going to
    /// give".
    fn is_no_journey(&self, cue: &CueMention) -> bool {
        let end = cue.tokens.end;
        let state = (end..end + 2).any(|at| {
            let actor = self.mention_at(at);
            actor.is_some_and(|mention| matches!(mention.value, Value::Actor(_)))
        });
        let also = |label| self.starting_at(label, cue.tokens.start).is_some();
        match cue.label {
            Label::Arrive => also(Label::Will) && !state,
            Label::Will => also(Label::Arrive) && state,
            _ => false,
        }
    }

    /// "were handed" in "were handed over": the verb that goes on is meant.
    fn is_cut_short(&self, cue: &CueMention) -> bool {
        let within = cue.tokens.start + 1..cue.tokens.end;
        cue.label == Label::Receive
            && self.cues.iter().any(|other| {
                other.label == Label::Give
                    && within.contains(&other.tokens.start)
                    && other.tokens.end > cue.tokens.end
            })
    }

    /// "support", "assist": they give only "with" something; "make" and "put" only what is then
    /// "available" or "at the disposal of" somebody.
    fn lacks_complement(&self, verb: &CueMention) -> bool {
        if verb.is(Grade::BuysByContract) || verb.is(Grade::TradesByContract) {
            return !self.is_contracted_for_another(verb);
        }
        if verb.is(Grade::Spends) {
            return !self.spends_alike(verb);
        }
        let (label, reach) = if verb.is(Grade::GivesWith) || verb.is(Grade::PaysIn) {
            (Label::With, REACH_OF_WITH)
        } else if verb.is(Grade::GivesCompleted) {
            (Label::Complement, REACH_OF_COMPLEMENT)
        } else {
            return false;
        };
        let end = (verb.tokens.end + reach).min(self.tokens.len());
        let acts = [Label::Give, Label::Announce, Label::Receive, Label::Say, Label::Clause];
        // "takes part in the Czech initiative for the purchase of ammunition with 100 million": a sum says so
        // from farther away.
        let pays = |with: usize| {
            self.is(Label::With, with)
                && self
                    .mentions_in(&(with + 1..with + 4))
                    .any(|mention| matches!(mention.value, Value::Money(_)))
        };
        let far = (verb.tokens.end + REACH_OF_SUM).min(self.tokens.len());
        if verb.is(Grade::PaysIn) {
            let with = (verb.tokens.end..far).find(|at| self.is(Label::With, *at) && pays(*at));
            return !with.is_some_and(|with| self.names_fund(&(verb.tokens.end..with)));
        }
        let found = (verb.tokens.end..end).find(|at| self.is(label, *at));
        let found = found.or_else(|| (end..far).find(|at| label == Label::With && pays(*at)));
        found.is_none_or(|at| {
            let mut between = self.cues_in(&(verb.tokens.end..at));
            between.any(|cue| {
                acts.contains(&cue.label)
                    && cue.tokens.start >= verb.tokens.end
                    && !self.is_part_of_a_word(cue)
            })
        })
    }

    /// "the Czech ammunition initiative", "the fund": what several pay into.
    fn names_fund(&self, range: &Range<usize>) -> bool {
        self.has(Label::Venture, range)
            || self.mentions_in(range).any(|it| matches!(it.value, Value::Mechanism(_)))
    }

    /// Whether a contract stands behind a verb, and behind that a state for which it is: who signs one for its own
    /// army gives nothing.
    fn is_contracted_for_another(&self, verb: &CueMention) -> bool {
        let end = verb.tokens.end;
        let behind = end..(end + REACH_OF_CONTRACT).min(self.tokens.len());
        let Some(contract) = self.cues_in(&behind).find(|cue| cue.is(Grade::Contract)) else {
            return false;
        };
        self.mentions_in(&(contract.tokens.end..self.tokens.len())).any(|mention| {
            let start = mention.tokens.start;
            matches!(mention.value, Value::Actor(_))
                && self.has_any(&[Label::For, Label::To], &(start.saturating_sub(2)..start))
        })
    }

    /// "are spending 200 million each on one package": several who spend as much, and what each spends.
    fn spends_alike(&self, verb: &CueMention) -> bool {
        let end = verb.tokens.end;
        let near = end..end + REACH_OF_GOAL;
        let sum = self.mentions_in(&near).find(|m| matches!(m.value, Value::Money(_)));
        sum.is_some_and(|sum| self.is(Label::Each, sum.tokens.end))
    }

    /// "signed a $40 million contract": what is signed buys, and makes nothing public.
    fn signs_to_buy(&self, cue: &CueMention) -> bool {
        let same = |other: &&CueMention| other.tokens == cue.tokens;
        let mut buys = self.cues.iter().filter(same).filter(|cue| cue.is(Grade::BuysByContract));
        cue.label == Label::Announce && buys.any(|verb| !self.lacks_complement(verb))
    }

    /// "came to 45 million", "came to power", "left for good": no state right behind the verb to which
    /// something comes, or none that it leaves for another.
    fn lacks_goal(&self, verb: &CueMention) -> bool {
        if verb.is(Grade::Leaves) {
            return self.left_for_another(verb).is_none();
        }
        // "the pledge of the day that followed"
        if verb.is(Grade::ComesLast) {
            let relative = self.ending_at(Label::Clause, verb.tokens.start).is_some();
            // "followed by Australia with three radars" only links.
            let links = self.starting_at(Label::And, verb.tokens.start).is_some();
            return relative || links || !self.ends_clause(verb.tokens.end);
        }
        if self.only_joins(verb) {
            return true;
        }
        let behind = verb.tokens.end..verb.tokens.end + REACH_OF_GOAL;
        verb.is(Grade::ComesTo)
            && !self
                .mentions_in(&behind)
                .next()
                .is_some_and(|mention| matches!(mention.value, Value::Actor(_)))
    }

    /// "are to follow": a verb that also tells of a plan is no noun.
    fn is_plan(&self, verb: &CueMention) -> bool {
        let start = verb.tokens.start;
        self.is(Label::Be, start) && self.starting_at(Label::Expect, start).is_some()
    }

    /// Whether nothing stands at a token but the end of a clause, a time, or a preposition.
    pub fn ends_clause(&self, at: usize) -> bool {
        let ends = [
            Label::And,
            Label::Clause,
            Label::In,
            Label::From,
            Label::For,
            Label::Until,
            Label::Have,
            Label::Be,
            Label::Will,
            Label::Would,
            Label::Expect,
        ];
        // "followed in May", "followed a few weeks later"
        let time = self.mention_at(at).is_some_and(|told| matches!(told.value, Value::Date(_)))
            || self.has(Label::TimeUnit, &(at..at + 3));
        at >= self.tokens.len() || self.is_any_sign(at) || time || self.is_any(&ends, at)
    }

    /// "have reached an agreement on", "a deal was reached": what states sign, and no goal.
    fn reaches_accord(&self, verb: &CueMention) -> bool {
        let (start, end) = (verb.tokens.start, verb.tokens.end);
        let before = start.saturating_sub(REACH_OF_ACCORD)..start;
        let passive = verb.inflection == Inflection::Participle && self.has(Label::Be, &before);
        let near = if passive { before } else { end..end + REACH_OF_ACCORD };
        verb.label == Label::Arrive && verb.value.is_some() && self.has(Label::Accord, &near)
    }

    fn can_be_base(&self, cue: &CueMention) -> bool {
        let start = cue.tokens.start;
        if start <= 1 || cue.tokens.len() > 1 {
            return true;
        }
        let opens =
            [Label::Will, Label::Would, Label::To, Label::Not, Label::We, Label::It, Label::Expect];
        let near = (start.saturating_sub(3)..start).any(|at| self.is_any(&opens, at));
        let actor = |at: usize| {
            self.mention_at(at).is_some_and(|mention| matches!(mention.value, Value::Actor(_)))
        };
        // "Finland and Estonia supply", "and send": but "Russian supply lines" is a noun.
        // "its support for the army with"
        if self.is(Label::AidNoun, start) && self.is(Label::It, start - 1) {
            return false;
        }
        let joined = self.is(Label::And, start - 1)
            || actor(start - 1) && start > 1 && self.is(Label::And, start - 2);
        // "150 security vehicles arrive in September"
        let comes = cue.label == Label::Arrive
            && self.mention_at(start - 1).is_some_and(|mention| {
                matches!(mention.value, Value::Materiel(_) | Value::System(_))
            });
        (near || joined || comes) && !self.follows_article(cue) && !actor(start)
    }

    /// A third person that is mostly a plural noun ("supplies", "ships", "funds") is a verb where its
    /// subject stands before it: an actor, a pronoun, or "which".
    fn has_subject(&self, cue: &CueMention) -> bool {
        let start = cue.tokens.start;
        if self.is_told_of_receivers(start) {
            return false;
        }
        // "gave 20 drones in April and now promises 30 trucks": an object of its own behind "and"
        let object = self.mention_at(cue.tokens.end).map(|mention| &mention.value);
        let object = matches!(object, Some(Value::Number(_) | Value::Money(_)));
        let near = start.saturating_sub(2)..start;
        object && self.has(Label::And, &near)
            || near.clone().any(|at| {
                let actor = self.mention_at(at).is_some_and(|m| matches!(m.value, Value::Actor(_)));
                actor || self.is_any(&[Label::It, Label::Clause, Label::Office], at)
            })
    }

    /// "to give Tunisia and Jordan funds": the states right before a noun are those who get it.
    fn is_told_of_receivers(&self, noun: usize) -> bool {
        let actor = |at: usize| {
            let mention = self.mention_at(at)?;
            matches!(mention.value, Value::Actor(_)).then_some(mention.tokens.start)
        };
        let mut start = noun;
        while let Some(before) = start.checked_sub(1) {
            let link = self.is_any(&[Label::And, Label::Definite], before);
            match actor(before) {
                Some(first) => start = first,
                None if link && start < noun => start = before,
                None => break,
            }
        }
        start < noun && self.ending_at(Label::Give, start).is_some()
    }

    /// "the army hands its tanks": forces before the verb, and an object behind it.
    fn is_act_of_forces(&self, cue: &CueMention) -> bool {
        let end = cue.tokens.end;
        let objects = [Label::Definite, Label::Indefinite, Label::It];
        let named = self.mention_at(end).is_some_and(|mention| {
            matches!(mention.value, Value::Actor(_) | Value::Number(_) | Value::Money(_))
        });
        cue.tokens.start.checked_sub(1).is_some_and(|at| self.is(Label::Forces, at))
            && (named || self.is_any(&objects, end))
    }

    fn follows_article(&self, cue: &CueMention) -> bool {
        cue.tokens.start.checked_sub(1).is_some_and(|at| {
            self.is_any(
                &[Label::Definite, Label::Indefinite, Label::Of, Label::New, Label::Military],
                at,
            )
        })
    }
}

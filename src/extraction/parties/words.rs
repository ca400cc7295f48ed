//! Words beside an actor: prepositions, titles, possessives, and the nouns that its name describes.

use super::{Noun, PREPOSITIONS, Reader};
use crate::lexicon::{ActorKind, Grade, Inflection, Label, Role, token::Shape};
use crate::mentions::{CueMention, Mention, Value};

/// So many tokens before "from" what comes from there is named.
const REACH_OF_FROM: usize = 3;

/// So many tokens behind an accord, with those who sign it, stands what it is on.
const SIGNED: usize = 12;

/// Within so many tokens behind whose decision it is stands what is decided.
const RESOLVED: usize = 5;

/// So many tokens before "by" something that is given would stand.
const UNKNOWN: usize = 4;

impl Reader<'_> {
    /// "in a move that was welcomed by the United States", "used by Russia": what is done by somebody
    /// is no giving.
    pub(super) fn does_else(&self, mention: &Mention) -> bool {
        let others = [
            Label::Say,
            Label::OwnUse,
            Label::Lose,
            Label::Attack,
            Label::Made,
            Label::Request,
            Label::Wish,
            Label::Thank,
        ];
        let gives = [Label::Give, Label::Announce, Label::Receive, Label::Arrive, Label::Buy];
        let Some(by) = self.before(mention.tokens.start) else { return false };
        let passive = |cue: &CueMention| cue.inflection.is_past_form();
        // "Poland, backed by Britain, will give": only the one that is backed gives.
        let pays = self.sentence.cues_into(by).any(|cue| gives.contains(&cue.label));
        let aside = by.checked_sub(2).filter(|at| !pays && self.sentence.is_any_sign(*at));
        let backs = aside.and_then(|comma| self.sentence.mention_at(comma.checked_sub(1)?));
        if backs.is_some_and(|other| self.is_state(other)) {
            return true;
        }
        if self.is_led(by) || self.leads_receivers(mention, by) {
            return true;
        }
        // "at an event organised by the German ambassador": nothing of the kind stands before.
        let near = by.saturating_sub(UNKNOWN)..by;
        let aid = [Label::AidNoun, Label::PackageNoun];
        let thing = |mention: &Mention| !matches!(mention.value, Value::Actor(_) | Value::Date(_));
        let unknown = near.len() == UNKNOWN
            && near.clone().all(|at| !self.sentence.is_any_sign(at))
            && !self.sentence.has_any(&gives, &near)
            && !self.sentence.has_any(&aid, &near)
            && !self.sentence.has_any(&[Label::Will, Label::Be, Label::Have], &near)
            && !self.sentence.mentions_in(&near).any(thing)
            && !self.sentence.items.iter().any(|item| near.contains(&(item.tokens.end - 1)))
            && self.is_unknown_word(by - 1);
        // "relations are being undermined by Beijing"
        let other_act = by >= 2
            && self.is_unknown_word(by - 1)
            && self.sentence.is(Label::Be, by - 2)
            && !self.sentence.is_any_sign(by - 1);
        if unknown || other_act {
            return true;
        }
        let mut verbs = self.sentence.cues_ending_at(by);
        verbs.any(|cue| others.contains(&cue.label) && passive(cue))
            && !by.checked_sub(1).is_some_and(|at| self.sentence.is_any(&gives, at))
    }

    /// "The Maldives will receive six boats from the Australian Defence Force": who receives and what stand
    /// before.
    pub(super) fn is_received_from(&self, mention: &Mention) -> bool {
        let opening = 0..mention.tokens.start;
        self.sentence.first(Label::Receive, &opening).is_some_and(|verb| {
            let between = verb.tokens.end..opening.end;
            let mut things = self.sentence.items.iter();
            things.any(|item| between.contains(&item.tokens.start))
                && !self.sentence.has_any(&[Label::Clause, Label::Lose, Label::Attack], &between)
        })
    }

    /// A word of which nothing is known.
    fn is_unknown_word(&self, at: usize) -> bool {
        self.sentence.is_silent(at) && self.sentence.mention_at(at).is_none()
    }

    /// "the decision of Germany to give", "a decision by Oslo to send", "took note of Bonn's offer to send":
    /// where the verb begins of which the actor is the subject, whoever speaks of that.
    pub(super) fn resolves_at(&self, mention: &Mention) -> Option<usize> {
        let (at, end) = (self.before(mention.tokens.start)?, mention.tokens.end);
        let of = self.sentence.is(Label::Of, at);
        let noun = at.checked_sub(1).is_some_and(|noun| {
            let passive = (noun.saturating_sub(2)..noun).any(|at| self.sentence.is(Label::Be, at));
            self.sentence.is_silent(noun) && self.sentence.mention_at(noun).is_none() && !passive
        });
        let infinitive = |to: &usize| {
            let verb = self.sentence.starting_at(Label::Give, to + 1);
            self.sentence.is(Label::To, *to)
                && verb.is_some_and(|verb| verb.inflection == Inflection::Base)
        };
        let mut behind = if of && self.is_possessive(mention) {
            end + 1..end + RESOLVED
        } else if noun && (of || self.sentence.is(Label::By, at)) && self.is_state(mention) {
            end..end + 1
        } else {
            return None;
        };
        behind.find(infinitive).map(|to| to + 1)
    }

    /// "Denmark joined France and Spain in the purchase": who is joined is not the subject of what follows.
    pub(super) fn is_companion(&self, mention: &Mention) -> bool {
        let before = 0..mention.tokens.start;
        let Some(joins) = self.sentence.cues_in(&before).rfind(|cue| cue.is(Grade::Joins)) else {
            return false;
        };
        let end = joins.tokens.end;
        let first = end + usize::from(self.sentence.is(Label::Definite, end));
        let first = self.sentence.mention_at(first);
        first.is_some_and(|first| {
            first.tokens == mention.tokens
                || self.is_state(first) && self.list_end(first) >= mention.tokens.end
        })
    }

    /// "despite warnings from Moscow", "a request from its government": nothing that can be given, and
    /// no verb of giving, stands before "from".
    pub(super) fn comes_with_nothing(&self, mention: &Mention) -> bool {
        let Some(from) = self.before(mention.tokens.start) else { return false };
        let near = from.saturating_sub(REACH_OF_FROM)..from;
        let words = [
            Label::Give,
            Label::Announce,
            Label::Receive,
            Label::Return,
            Label::Arrive,
            Label::Buy,
            Label::AidNoun,
            Label::PackageNoun,
            Label::Military,
            Label::And,
            Label::Number,
            Label::Thank,
            Label::Definite,
        ];
        let plain = from.checked_sub(1).is_some_and(|at| {
            self.sentence.mention_at(at).is_none()
                && self.sentence.cues_into(at + 1).next().is_none()
        });
        let tells = self.sentence.has_any(&words, &near)
            || self.sentence.mentions_in(&near).any(|m| !matches!(m.value, Value::Actor(_)))
            || self.sentence.mention_at(from.saturating_sub(1)).is_some();
        from > 0 && plain && !tells
    }

    /// The token before an actor, past articles, titles and other words that belong to its name.
    pub(super) fn before(&self, start: usize) -> Option<usize> {
        let mut at = start.checked_sub(1)?;
        let mut steps = 0;
        while steps < 4 && at > 0 && self.is_title_word(at) {
            at -= 1;
            steps += 1;
        }
        Some(at)
    }

    pub(super) fn is_title_word(&self, at: usize) -> bool {
        // "Ukraine that Latvia leads": such a word opens a clause and is no article.
        if self.sentence.is(Label::Definite, at) && self.sentence.is(Label::Clause, at) {
            return false;
        }
        self.sentence.is_any(&[Label::Definite, Label::Indefinite], at)
            || self.sentence.is(Label::Military, at) && !self.sentence.is_any(&PREPOSITIONS, at)
            || self.sentence.mention_at(at).is_some_and(|m| matches!(m.value, Value::Actor(_)))
            || self.sentence.is_silent(at)
                && self.sentence.mention_at(at).is_none()
                && !self.sentence.is_any_sign(at)
                && self.sentence.tokens[at].token.shape != Shape::Lower
    }

    /// "by the government of Estonia": the preposition before the noun that "of" belongs to.
    pub(super) fn outer_preposition(&self, of: usize) -> Option<Label> {
        let from = of.saturating_sub(4);
        let at = (from..of).rev().find(|at| self.preposition_at(*at).is_some())?;
        let plain = (at + 1..of).all(|at| {
            !self.sentence.is_any_sign(at)
                && !self.sentence.is_any(&[Label::AidNoun, Label::PackageNoun, Label::And], at)
                && !matches!(
                    self.sentence.mention_at(at).map(|mention| &mention.value),
                    Some(Value::Money(_) | Value::System(_) | Value::Number(_))
                )
        });
        // "tested by the growing presence of China": no such thing gives.
        let acts = of.checked_sub(1).is_some_and(|noun| {
            self.sentence.is_any(&[Label::Office, Label::Forces], noun)
                || self.sentence.tokens[noun].token.shape != Shape::Lower
        });
        self.preposition_at(at).filter(|label| match label {
            Label::By => plain && acts,
            Label::From | Label::To | Label::For => plain,
            _ => false,
        })
    }

    /// "the ministry of defence of", "the army of", with "of" at a place: what stands for a state.
    pub(super) fn is_office_of(&self, of: usize) -> bool {
        let office = [Label::Office, Label::Forces];
        let cues = office.into_iter().filter_map(|label| self.sentence.ending_at(label, of));
        // "patrol boats of the navy of"
        let alone = |start| self.before(start).is_none_or(|at| self.preposition_at(at).is_none());
        cues.map(|cue| cue.tokens.start).any(alone)
    }

    pub(super) fn preposition_at(&self, at: usize) -> Option<Label> {
        PREPOSITIONS.into_iter().find(|label| self.sentence.ending_at(*label, at + 1).is_some())
    }

    pub(super) fn is_possessive(&self, mention: &Mention) -> bool {
        self.sentence.tokens.get(mention.tokens.end).is_some_and(|known| {
            let raw = known.token.span.of(&self.document.article.text);
            raw.len() > 1 && raw.starts_with(['\'', '’', '‘', 'ʼ', '`'])
        })
    }

    /// "For Washington, ...": the sentence's topic, not its receiver.
    pub(super) fn is_topic(&self, mention: &Mention, before: Option<usize>) -> bool {
        before == Some(0)
            && self.sentence.is_sign(&self.document.article.text, mention.tokens.end, &[","])
            && matches!(
                self.kind(mention),
                Some(ActorKind::Capital | ActorKind::Office | ActorKind::Person)
            )
    }

    /// "on donating", "on the transfer of", with at most who signs it before.
    pub(super) fn is_about_giving(&self, accord: usize) -> bool {
        let gives = |at: usize| {
            let article = usize::from(self.sentence.is(Label::Definite, at));
            let mut cues = self.sentence.cues_in(&(at + article..at + article + 2));
            cues.any(|cue| {
                cue.tokens.start == at + article
                    && (cue.label == Label::Give && cue.inflection == Inflection::Gerund
                        || cue.label == Label::PackageNoun)
            })
        };
        (accord..accord + SIGNED).any(|at| self.sentence.is(Label::In, at) && gives(at + 1))
    }

    /// Whether somebody is at war with the actor, so that it is mostly a receiver.
    pub(super) fn is_attacked(&self, mention: &Mention) -> bool {
        let code = self.document.actor_code(&mention.value);
        code.is_some_and(|code| self.document.lexicon.is_attacked(code))
    }

    /// "informed Moldova's government": who is told something, right behind the verb; "was told that
    /// Canada" says what is told.
    pub(super) fn is_addressed(&self, mention: &Mention) -> bool {
        let start = (mention.tokens.start.saturating_sub(2)..mention.tokens.start)
            .rev()
            .take_while(|at| {
                self.sentence.is(Label::Definite, *at) && !self.sentence.is(Label::Clause, *at)
            })
            .last()
            .unwrap_or(mention.tokens.start);
        self.sentence.cues_ending_at(start).any(|cue| cue.is(Grade::SaysTo))
    }

    /// "to Lebanon 6 million euros": a name right before a sum that is its own.
    pub(super) fn has_own_sum(&self, mention: &Mention) -> bool {
        let name = self.kind(mention) == Some(ActorKind::Name);
        let next = self.sentence.mention_at(mention.tokens.end);
        name && next.is_some_and(|next| matches!(next.value, Value::Money(_)))
    }

    /// "on a visit to Warsaw": a place, no receiver.
    pub(super) fn is_visited(&self, mention: &Mention) -> bool {
        let from = mention.tokens.start.saturating_sub(4);
        // "two more helicopters arrived from Russia" tells of no journey of people.
        let comes = |at: usize| {
            let mut items = self.sentence.items.iter();
            self.sentence.is(Label::Arrive, at)
                && items.any(|item| item.tokens.end <= at && at - item.tokens.end <= 3)
        };
        (from..mention.tokens.start).any(|at| self.sentence.is(Label::Visit, at) && !comes(at))
    }

    /// "24 vehicles, a gift of France", "the support of Russia to Kyrgyzstan": whose gift it is, where it is
    /// no attacked state's supply.
    pub(super) fn is_gift_of(&self, mention: &Mention) -> bool {
        let before = self.before(mention.tokens.start).and_then(|of| of.checked_sub(1));
        let gift = before.is_some_and(|at| {
            self.sentence.is(Label::PackageNoun, at)
                && at.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Indefinite, at))
                || self.sentence.is(Label::AidNoun, at)
                    && self.sentence.is(Label::To, mention.tokens.end)
        });
        gift && !self.is_attacked(mention) && !self.is_enemy(mention)
    }

    fn is_modifier(&self, number: u32) -> bool {
        self.document.lexicon.materiel_at(number).role == Role::Modifier
    }

    /// "to Laos and ten to Cambodia", "to Ukraine and received": what goes on behind "and" is no noun
    /// of the actor's.
    fn opens_anew(&self, at: usize) -> bool {
        let verbs = [Label::Give, Label::Receive, Label::Announce, Label::Buy, Label::Arrive];
        self.is_figure(at) || self.sentence.is_any(&verbs, at)
    }

    /// What kind of noun the actor's name describes: "US military aid", "Ukrainian forces".
    pub(super) fn noun_after(&self, mention: &Mention) -> Noun {
        let mut at = mention.tokens.end + usize::from(self.is_possessive(mention));
        let limit = at + 5;
        // "will transfer to Ukraine 40 howitzers"
        if self.is_counted_thing(at) && !self.is_possessive(mention) {
            return Noun::Other;
        }
        let mut military = false;
        while at < limit.min(self.sentence.tokens.len()) {
            // "The measure for the Ghana Armed Forces amounts to": a verb.
            let verb = self.sentence.starting_at(Label::Worth, at).is_some();
            if !verb && self.sentence.is_any(&[Label::AidNoun, Label::PackageNoun], at) {
                return Noun::Aid;
            }
            if self.sentence.is(Label::Forces, at) {
                // "Moldova's national army"
                let forces = self.sentence.starting_at(Label::Forces, at);
                at = forces.map_or(at, |cue| cue.tokens.end - 1);
                let after = (at + 1..at + 3).find(|next| !self.sentence.is(Label::Forces, *next));
                if after.is_some_and(|next| self.sentence.is(Label::Office, next)) {
                    // "France's armed forces minister"
                    return Noun::Other;
                }
                let describes = self.sentence.is_any(&[Label::AidNoun, Label::PackageNoun], at + 1);
                // "German military equipment": a name that holds the word.
                let thing = self.sentence.mention_at(at + 1).is_some_and(|mention| {
                    mention.tokens.end > at + 1
                        && matches!(mention.value, Value::System(_) | Value::Materiel(_))
                });
                return if describes || thing { Noun::Aid } else { Noun::Forces };
            }
            match self.sentence.mention_at(at).map(|m| &m.value) {
                Some(Value::Money(_) | Value::System(_)) => return Noun::Aid,
                Some(Value::Materiel(number)) if !self.is_modifier(*number) => return Noun::Aid,
                Some(Value::Actor(_)) => return Noun::Other,
                _ => {}
            }
            let stops = [
                Label::Be,
                Label::Have,
                Label::Will,
                Label::Would,
                Label::Clause,
                Label::Indefinite,
                // "a package for Ukraine worth 2 billion"
                Label::Worth,
                Label::TotalWeak,
            ];
            // "Albania recently purchased military drones", "the package for Ukraine includes tanks"
            let acts = self.sentence.cues_in(&(at..at + 1)).any(|cue| match cue.label {
                Label::Buy => cue.inflection == Inflection::Past,
                // "For the tanks Slovenia gets 40 military trucks"
                Label::Receive => matches!(cue.inflection, Inflection::Past | Inflection::Third),
                Label::Include => true,
                _ => false,
            });
            if self.sentence.is_any_sign(at)
                || acts
                || self.sentence.is_any(&PREPOSITIONS, at)
                || self.sentence.is_any(&stops, at)
                || self.sentence.is(Label::And, at) && self.opens_anew(at + 1)
            {
                break;
            }
            military |= self.sentence.is(Label::Military, at);
            if !military
                && !self.sentence.is_any(&[Label::New, Label::Military], at)
                && at > mention.tokens.end + 2
            {
                break;
            }
            at += 1;
        }
        Noun::Other
    }
}

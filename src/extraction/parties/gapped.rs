//! Actors without a verb of their own: they take the verb of the actor before them, each with a sum
//! or a number of its own.

use super::{Part, Reader};
use crate::extraction::document::Document;
use crate::lexicon::{ActorKind, Grade, Inflection, Label, PartyKind, Role};
use crate::mentions::{ItemMention, Mention, Sentence, Value};
use crate::model::{Bounds, Qualifier};
use rust_decimal::Decimal;

/// Bare numbers between these are years.
const FIRST_YEAR: Decimal = Decimal::from_parts(1900, 0, 0, false, 0);
const LAST_YEAR: Decimal = Decimal::from_parts(2100, 0, 0, false, 0);

/// From here on a bare number is a sum.
const MOST: u32 = 1_000_000;

/// The rule for who gives by the verb of the giver before: "Canada promised C$40 million and Belgium
/// 200 million euros".
pub const GIVER: &str = "donor.gapped";

/// The rule for who receives by the verb before: "gave Uruguay 11 tanks and Paraguay six howitzers".
pub const RECEIVER: &str = "recipient.gapped";

impl Reader<'_> {
    /// The part of an actor that stands between a link and a sum or a counted thing, by the actor
    /// before it that plays a part of the same verb.
    pub(super) fn gapped(&self, actors: &[&Mention], index: usize) -> Option<Part> {
        let mention = actors[index];
        if self.gives_with(actors, index) {
            return Some(Part::Gives(3, GIVER));
        }
        if !self.opens_share(mention) {
            return None;
        }
        let code = |mention: &Mention| self.document.actor_code(&mention.value);
        let mut places = (0..index).rev().filter(|place| self.is_bare(actors[*place]));
        let mut place = places.next()?;
        if self.by_object(actors[place]).is_some() {
            // "Prague sent Ukraine tanks, Slovakia an S-300 battery": past who alone receives.
            if !self.is_attacked(actors[place]) || self.is_attacked(mention) {
                return (code(actors[place]) != code(mention))
                    .then_some(Part::Receives(3, RECEIVER));
            }
            place = places.next()?;
        }
        let other = actors[place];
        if code(other) == code(mention) {
            return None;
        }
        let between = other.tokens.end..mention.tokens.start;
        let verb = self.sentence.cues_in(&between).find(|cue| {
            matches!(cue.label, Label::Give | Label::Announce | Label::Receive)
                && !self.is_noun_use(cue)
        });
        match verb {
            Some(verb) if verb.label == Label::Receive => Some(Part::Receives(3, RECEIVER)),
            Some(verb) if verb.label == Label::Give && self.is_passive(verb) => {
                (!self.has_thing_between(other, verb)).then_some(Part::Receives(3, RECEIVER))
            }
            Some(_) => Some(Part::Gives(4, GIVER)),
            None => self.gapped(&actors[..=place], place),
        }
    }

    /// "Other donors followed: Greece with 20 mortars and France with 14 radars": several of a group, each with a
    /// figure.
    fn gives_with(&self, actors: &[&Mention], index: usize) -> bool {
        let with = |mention: &Mention| {
            let end = mention.tokens.end;
            self.sentence.is(Label::With, end) && self.is_figure(end + 1) && self.is_state(mention)
        };
        let first = actors.iter().position(|mention| with(mention));
        let group = |mention: &&Mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| self.document.lexicon.party_kind(code) == PartyKind::Group)
        };
        let told = first.is_some_and(|first| {
            let before = 0..actors[first].tokens.start;
            let acts = [Label::Group, Label::Give, Label::Announce];
            let start = before.end.checked_sub(1);
            let colon = |at| self.sentence.is_sign(&self.document.article.text, at, &[":"]);
            actors[..first].iter().any(group)
                || self.sentence.has_any(&acts, &before)
                || start.is_some_and(colon)
        });
        // "supplied Prague with 14 tanks, Bratislava with 15": they receive.
        let receives = first.is_some_and(|first| self.by_object(actors[first]).is_some());
        told && !receives
            && with(actors[index])
            && !self.is_enemy(actors[index])
            && actors.iter().filter(|mention| with(mention)).count() > 1
    }

    /// "thanked Sweden for 14 guns, Belgium for 30 jets and Spain for tanks": who is thanked along with
    /// another, each for what is told behind it.
    pub(super) fn is_thanked_along(&self, actors: &[&Mention], index: usize) -> bool {
        let mention = actors[index];
        let text = &self.document.article.text;
        let link = self.before(mention.tokens.start).map(|at| {
            // "and to Italy for", "and I thank"
            if self.sentence.is(Label::To, at) { at.saturating_sub(1) } else { at }
        });
        let linked = link.is_some_and(|at| {
            self.sentence.is(Label::And, at) || self.sentence.is_sign(text, at, &[",", ";"])
        });
        let code = |mention: &Mention| self.document.actor_code(&mention.value);
        let thanked = |other: &&&Mention| self.is_thanked(other) && code(other) != code(mention);
        linked
            && self.sentence.is(Label::For, mention.tokens.end)
            && !self.is_enemy(mention)
            && actors[..index].iter().any(|other| thanked(&other))
    }

    /// Whether no preposition stands before the actor; "with Norway paying for half" is an act.
    fn is_bare(&self, mention: &Mention) -> bool {
        let preposition = self.before(mention.tokens.start).and_then(|at| self.preposition_at(at));
        let acts =
            self.sentence.cues_in(&(mention.tokens.end..mention.tokens.end + 1)).any(|cue| {
                cue.inflection == Inflection::Gerund && cue.tokens.start == mention.tokens.end
            });
        preposition.is_none_or(|label| label == Label::With && acts)
    }

    /// "and Belgium 200 million euros", ", Slovakia an S-300 battery", "; Athens with 40", ", and Sweden
    /// and Denmark 25 million each".
    fn opens_share(&self, mention: &Mention) -> bool {
        let text = &self.document.article.text;
        let opened = self.before(mention.tokens.start).is_some_and(|at| {
            self.sentence.is(Label::And, at) || self.sentence.is_sign(text, at, &[",", ";"])
        });
        let mut at = self.past_aside(self.list_end(mention));
        let from = at;
        while self.sentence.is_any(&[Label::With, Label::New, Label::About, Label::UpTo], at)
            && at < from + 2
        {
            at += 1;
        }
        opened
            && (self.is_figure(at)
                || self.is_other_half(at)
                || self.counts_vaguely(at)
                || self.names_thing_behind(mention, at)
                || self.sentence.is(Label::For, at) && self.is_sum(at + 1))
    }

    /// "Denmark tanks and Spain howitzers": things without a number right behind the name of a state, which
    /// describes them where it is short for an adjective: "US tanks".
    fn names_thing_behind(&self, mention: &Mention, at: usize) -> bool {
        let named = matches!(self.kind(mention), Some(ActorKind::Name | ActorKind::Capital));
        let short = !mention.span.of(&self.document.article.text).contains(char::is_lowercase);
        let thing = |item: &ItemMention| item.tokens.start == at && item.role != Role::Vague;
        named && !short && at == mention.tokens.end && self.sentence.items.iter().any(thing)
    }

    /// "and Sweden a number of armoured cars"
    fn counts_vaguely(&self, at: usize) -> bool {
        let vague = self.sentence.starting_at(Label::Vague, at).map(|cue| cue.tokens.end);
        let near = |item: &ItemMention| {
            vague.is_some_and(|end| (at..end + 2).contains(&item.tokens.start))
        };
        self.sentence.items.iter().any(near)
    }

    /// "Sweden, for its part, 35 mortars": past a phrase of "for", with its commas.
    fn past_aside(&self, at: usize) -> usize {
        let text = &self.document.article.text;
        let comma = |at: usize| usize::from(self.sentence.is_sign(text, at, &[","]));
        let start = at + comma(at);
        // "its", but not "for the other half"
        let whose = self.sentence.starting_at(Label::Definite, start + 1);
        let aside = self.sentence.is(Label::For, start)
            && whose.is_some_and(|cue| cue.is(Grade::Possessive));
        let end = start + 3;
        if aside { end + comma(end) } else { at }
    }

    /// "and the Netherlands for the other half": whether a fraction stands behind "for".
    fn is_other_half(&self, at: usize) -> bool {
        let near = at + 1..at + 4;
        self.sentence.is(Label::For, at) && self.sentence.has(Label::Fraction, &near)
    }

    /// Whether a sum, a counted thing or a bare number begins at the token.
    pub(super) fn is_figure(&self, at: usize) -> bool {
        self.is_counted_thing(at)
            || self.is_sum(at)
            || bare_count(self.document, self.sentence, at).is_some()
    }

    fn is_sum(&self, at: usize) -> bool {
        let mention = self.sentence.mention_at(at);
        mention.is_some_and(|mention| matches!(mention.value, Value::Money(_)))
    }

    /// Whether a counted thing begins at the token.
    pub(super) fn is_counted_thing(&self, at: usize) -> bool {
        let begins = |start: usize| {
            start == at || start == at + 1 && self.sentence.is(Label::Indefinite, at)
        };
        let mut items = self.sentence.items.iter();
        items.any(|item| item.quantity.is_some() && begins(item.tokens.start))
    }
}

/// The number at a token that counts what was named before: "and Denmark five".
pub fn bare_count(document: &Document<'_>, sentence: &Sentence, at: usize) -> Option<Bounds> {
    // "the first was given to Tonga and the second to Fiji"
    if let Some(ordinal) = sentence.starting_at(Label::Ordinal, at) {
        let end = ordinal.tokens.end;
        let named = at.checked_sub(1).is_some_and(|at| sentence.is(Label::Definite, at));
        let alone = named && sentence.is_any(&[Label::To, Label::For], end);
        // "Germany gives two systems, and Norway pays for a third", "sends a third one"
        let more = at.checked_sub(1).is_some_and(|at| sentence.is(Label::Indefinite, at));
        let one = usize::from(sentence.is(Label::Indefinite, end));
        let verbs = [Label::Be, Label::Have, Label::Will, Label::Would, Label::Expect];
        let object = sentence.ends_clause(end + one) && !sentence.is_any(&verbs, end + one);
        let alone = alone || more && object;
        return alone.then(|| Bounds::of(Decimal::ONE, Qualifier::Exact));
    }
    let mention = sentence.mention_at(at).filter(|mention| mention.tokens.start == at)?;
    let Value::Number(bounds) = mention.value else { return None };
    let end = mention.tokens.end;
    let follows =
        [Label::And, Label::To, Label::For, Label::From, Label::By, Label::New, Label::Each];
    // "the four that Ottawa promised", "the 28 delivered in 2022"
    let pointed = at.checked_sub(1).is_some_and(|at| sentence.is(Label::Definite, at))
        && (sentence.is(Label::Definite, end) && sentence.is(Label::Clause, end)
            || sentence.cues_in(&(end..end + 1)).any(|cue| {
                matches!(cue.label, Label::Give | Label::Arrive | Label::Announce)
                    && cue.inflection == Inflection::Participle
            }));
    // "adds another 100 as a donation", "another 12 are on their way"
    let another = at.checked_sub(1).is_some_and(|at| sentence.is(Label::New, at))
        && sentence.ends_clause(end);
    // "will give 14 of them", but not "howitzers, 14 of them", "in all, twelve states get 24 of them"
    let apart = at.checked_sub(1).is_some_and(|at| !sentence.is_any_sign(at));
    let of_them = apart
        && sentence.is(Label::Of, end)
        && sentence.is(Label::It, end + 1)
        && !sentence.has_any(&[Label::TotalBefore, Label::TotalAfter], &(0..at));
    // "after 30 in January", "received two last year"
    let date = |at: usize| {
        let told = sentence.mention_at(at).filter(|told| told.tokens.start == at);
        told.is_some_and(|told| matches!(told.value, Value::Date(_)))
    };
    let dated = sentence.is(Label::In, end) && (date(end) || date(end + 1))
        || sentence.is_any(&[Label::YearWord, Label::MonthWord], end) && date(end);
    let stops = pointed
        || another
        || dated
        || of_them
        || end >= sentence.tokens.len()
        || sentence.is_sign(&document.article.text, end, &[",", ";", ".", ")"])
        || sentence.is_any(&follows, end);
    let year = (FIRST_YEAR..=LAST_YEAR).contains(&bounds.figure());
    let inside = sentence.items.iter().any(|item| item.tokens.contains(&at));
    // "100 million goes to Chad": money whose currency was told before.
    let money = bounds.figure() >= Decimal::from(MOST);
    (stops && !year && !inside && !money).then_some(bounds)
}

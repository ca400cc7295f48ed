//! Settles which forms really stand for an actor here: office-holders by their dates of office,
//! ambiguous forms by the rest of the document, adjectives of origin not at all.

use super::{CueMention, Mention, Sentence, Value};
use crate::lexicon::{
    ActorForm, ActorKind, Inflection, Label, Lexicon, PartyKind,
    token::{Joint, Shape},
};
use crate::model::Article;
use std::collections::HashSet;

/// Up to this many sentences an article has one subject: a foreign state in it makes others likely.
const SHORT_ARTICLE: usize = 30;

/// Drops the mentions of actors that are none.
pub fn settle(lexicon: &Lexicon, sentences: &mut [Sentence]) {
    let sure: HashSet<&str> = sentences
        .iter()
        .flat_map(|sentence| &sentence.mentions)
        .filter(|mention| mention.rule != "ambiguous")
        .filter_map(|mention| match mention.value {
            Value::Actor(number) => Some(lexicon.actor_at(number)),
            _ => None,
        })
        .filter(|actor| actor.kind != ActorKind::Person)
        .map(|actor| actor.code.as_str())
        .collect();
    // "an EU measure to support Georgia": a union gives no American state anything.
    let foreign =
        |code: &&str| lexicon.can_receive(code) || lexicon.party_kind(code) == PartyKind::Union;
    let short_and_foreign = sentences.len() <= SHORT_ARTICLE && sure.iter().any(foreign);
    for sentence in sentences {
        let kept: Vec<Mention> = sentence
            .mentions
            .iter()
            .filter(|mention| match mention.value {
                Value::Actor(number) => {
                    let actor = lexicon.actor_at(number);
                    let known = sure.contains(actor.code.as_str());
                    let clear = mention.rule != "ambiguous"
                        || known && !belongs_to_another(lexicon, sentence, mention)
                        || actor.kind == ActorKind::Name
                            && !is_part_of_a_name(sentence, mention)
                            && (short_and_foreign
                                || has_foreign_neighbour(lexicon, sentence, mention))
                        || actor.kind == ActorKind::Capital
                            && (acts(sentence, mention)
                                || is_seat(sentence, mention)
                                || is_paired(lexicon, sentence, mention)
                                || !is_part_of_a_name(sentence, mention)
                                    && gets_things(sentence, mention))
                        || actor.kind == ActorKind::Body
                            && (supplies(sentence, mention) || backs(sentence, mention))
                        // "the Georgian army", "the Georgian Ministry of Defence", "Jordan's armed forces"
                        || actor.kind == ActorKind::Adjective
                            && sentence.is_any(&[Label::Forces, Label::Office], mention.tokens.end)
                        || actor.kind == ActorKind::Name
                            && sentence.is(Label::Genitive, mention.tokens.end)
                            && sentence.is(Label::Forces, mention.tokens.end + 1)
                        || actor.kind == ActorKind::Name
                            && !is_part_of_a_name(sentence, mention)
                            && gets(sentence, mention);
                    clear && !is_origin(sentence, mention) && !is_epithet(sentence, mention)
                }
                _ => true,
            })
            .map(|mention| seat_of_the_known(lexicon, &sure, mention))
            .collect();
        sentence.mentions = kept;
        sentence.mask_cues();
    }
}

/// "Brussels", in an article that names the European Union and not Belgium: of those who have their seat
/// in a city the one that is named.
fn seat_of_the_known(lexicon: &Lexicon, sure: &HashSet<&str>, mention: &Mention) -> Mention {
    let Value::Actor(number) = mention.value else { return mention.clone() };
    let actor = lexicon.actor_at(number);
    if actor.kind != ActorKind::Capital || sure.contains(actor.code.as_str()) {
        return mention.clone();
    }
    let same = |other: &ActorForm| {
        other.kind == ActorKind::Capital
            && other.form == actor.form
            && sure.contains(other.code.as_str())
    };
    let known = lexicon.actors().iter().position(same).and_then(|place| u32::try_from(place).ok());
    known.map_or_else(
        || mention.clone(),
        |number| Mention { value: Value::Actor(number), ..mention.clone() },
    )
}

/// Whether an office-holder held the office on the article's day; other mentions always count.
pub fn is_in_office(lexicon: &Lexicon, article: &Article, mention: &Mention) -> bool {
    let (Value::Actor(number), Some(day)) = (&mention.value, article.published) else {
        return true;
    };
    let actor = lexicon.actor_at(*number);
    actor.from.is_none_or(|from| from <= day) && actor.until.is_none_or(|until| day <= until)
}

/// "Russian-made", "Soviet-era", "US-built": where a thing comes from, not who gives it.
fn is_origin(sentence: &Sentence, mention: &Mention) -> bool {
    let at = mention.tokens.end;
    sentence.is(Label::Made, at)
        && sentence.tokens.get(at).is_some_and(|known| known.token.joint == Joint::Hyphen)
}

/// "the EU member will deliver": which group a state belongs to, and not who acts.
fn is_epithet(sentence: &Sentence, mention: &Mention) -> bool {
    sentence.cues.iter().any(|cue| {
        cue.label == Label::Aside
            && cue.tokens.start < mention.tokens.start
            && mention.tokens.end < cue.tokens.end
    })
}

/// "Moldova, Georgia and Ukraine": a name that is also another's counts beside a sure state.
fn has_foreign_neighbour(lexicon: &Lexicon, sentence: &Sentence, mention: &Mention) -> bool {
    let near = mention.tokens.start.saturating_sub(8)..mention.tokens.end + 8;
    let code = |mention: &Mention| match mention.value {
        Value::Actor(number) => Some(lexicon.actor_at(number).code.as_str()),
        _ => None,
    };
    sentence.mentions_in(&near).any(|other| {
        other.rule != "ambiguous" && code(other).is_some() && code(other) != code(mention)
    })
}

/// "In Sofia, the deputies voted", "the ministry in Paris": a city where an office has its seat.
fn is_seat(sentence: &Sentence, mention: &Mention) -> bool {
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    let office = |at: usize| sentence.is(Label::Office, at);
    let within = start > 0 && sentence.is(Label::In, start - 1);
    let opens = start == 1 && (end..end + 3).any(office);
    within && (opens || start > 1 && office(start - 2))
}

/// "a joint gift from Rome and Paris": a city right beside a sure capital is one too.
fn is_paired(lexicon: &Lexicon, sentence: &Sentence, mention: &Mention) -> bool {
    let capital = |at: Option<usize>| {
        let other = at.and_then(|at| sentence.mention_at(at));
        other.filter(|other| other.rule != "ambiguous").is_some_and(|other| match other.value {
            Value::Actor(number) => lexicon.actor_at(number).kind == ActorKind::Capital,
            _ => false,
        })
    };
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    let linked = |at: Option<usize>| at.is_some_and(|at| sentence.is(Label::And, at));
    linked(start.checked_sub(1)) && capital(start.checked_sub(2))
        || linked(Some(end)) && capital(Some(end + 1))
}

/// "Georgia's Defence Forces", "the Irish Defence Forces": a name that many states use goes by the
/// state right before it.
fn belongs_to_another(lexicon: &Lexicon, sentence: &Sentence, mention: &Mention) -> bool {
    let code = |mention: &Mention| match mention.value {
        Value::Actor(number) => Some(lexicon.actor_at(number).code.as_str()),
        _ => None,
    };
    let near = mention.tokens.start.saturating_sub(4)..mention.tokens.start;
    sentence.mentions_in(&near).any(|owner| {
        // The sign of the genitive is a token of its own.
        owner.tokens.end <= mention.tokens.start
            && owner.tokens.end + 1 >= mention.tokens.start
            && code(owner).is_some()
            && code(owner) != code(mention)
            && !sentence.is_any(&[Label::And, Label::To], owner.tokens.end)
    })
}

/// "delivered 58 howitzers to Amman": the name of a city to which things are given.
fn gets_things(sentence: &Sentence, mention: &Mention) -> bool {
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    // "will give Amman 25 million euros"
    let given = |mention: &Mention| !matches!(mention.value, Value::Actor(_) | Value::Date(_));
    if sentence.ending_at(Label::Give, start).is_some()
        && sentence.mention_at(end).is_some_and(given)
    {
        return true;
    }
    let verb = sentence.cues_in(&(0..start)).rfind(|cue| cue.label == Label::Give);
    let thing = |mention: &Mention| {
        matches!(mention.value, Value::System(_) | Value::Materiel(_) | Value::Money(_))
    };
    // "was sent to Amman": what is given stands before a passive verb.
    let passive = |verb: &CueMention| {
        let be = verb.tokens.start.saturating_sub(2)..verb.tokens.start;
        verb.inflection.is_past_form() && sentence.has(Label::Be, &be)
    };
    start.checked_sub(1).is_some_and(|at| sentence.is_any(&[Label::To, Label::For], at))
        && verb.is_some_and(|verb| {
            let from = if passive(verb) { 0 } else { verb.tokens.end };
            sentence.mentions_in(&(from..start)).any(thing)
                && !sentence.has(Label::Clause, &(verb.tokens.end..start))
        })
}

/// "handed over boats to Jordan": a name behind "to" in a sentence with a verb of giving.
fn gets(sentence: &Sentence, mention: &Mention) -> bool {
    let start = mention.tokens.start;
    let preposition =
        start.checked_sub(1).is_some_and(|at| sentence.is_any(&[Label::To, Label::For], at));
    preposition && sentence.has(Label::Give, &(0..start))
}

/// So many tokens behind the name of a city that speaks stands what it says it would do.
const SAID: usize = 8;

/// "Paris will send", "by Paris": the name of a city that acts like a government.
fn acts(sentence: &Sentence, mention: &Mention) -> bool {
    let verbs = [Label::Give, Label::Announce, Label::Expect, Label::Withdraw, Label::Buy];
    let auxiliaries = [Label::Will, Label::Would, Label::Have, Label::Is];
    let end = mention.tokens.end;
    let start = mention.tokens.start;
    let verb = |at: usize| {
        sentence.cues_in(&(at..at + 1)).any(|cue| {
            verbs.contains(&cue.label)
                && matches!(cue.inflection, Inflection::Third | Inflection::Past)
        })
    };
    let goes_on = sentence.is_any(&auxiliaries, end) && {
        let near = end + 1..end + 6;
        sentence.has_any(&verbs, &near)
    };
    let says = sentence.is(Label::Say, end) && sentence.has(Label::Would, &(end + 1..end + SAID));
    let by = start.checked_sub(1).is_some_and(|at| sentence.is_any(&[Label::By, Label::From], at))
        && sentence.has_any(&[Label::Give, Label::Receive], &(0..start));
    !is_part_of_a_name(sentence, mention) && (verb(end) || goes_on || says || by)
}

/// "received two batteries from its partners": those from whom something comes.
fn supplies(sentence: &Sentence, mention: &Mention) -> bool {
    let start = mention.tokens.start;
    let mut near = start.saturating_sub(3)..start;
    let Some(from) = near.find(|at| sentence.is(Label::From, *at)) else { return false };
    let received = sentence.cues_in(&(0..from)).find(|cue| cue.label == Label::Receive);
    received.is_some_and(|verb| {
        let given = |mention: &Mention| {
            matches!(mention.value, Value::System(_) | Value::Materiel(_) | Value::Money(_))
        };
        sentence.mentions_in(&(verb.tokens.end..from)).any(given)
    })
}

/// "Ukraine's allies", "Kyiv's partners": those of a state that is named.
fn backs(sentence: &Sentence, mention: &Mention) -> bool {
    let genitive = mention.tokens.start.checked_sub(1);
    let genitive = genitive.filter(|at| sentence.is(Label::Genitive, *at));
    let owner = genitive.and_then(|at| at.checked_sub(1)).and_then(|at| sentence.mention_at(at));
    owner.is_some_and(|owner| matches!(owner.value, Value::Actor(_)))
}

/// "Michael Jordan": another capital word right beside it in the middle of a sentence.
fn is_part_of_a_name(sentence: &Sentence, mention: &Mention) -> bool {
    let capital = |at: usize| {
        sentence.tokens.get(at).is_some_and(|known| {
            known.token.shape == Shape::Capital && sentence.mention_at(at).is_none()
        })
    };
    mention.tokens.start > 1 && capital(mention.tokens.start - 1) || capital(mention.tokens.end)
}

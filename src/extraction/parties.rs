//! Who gives and who receives, from verbs, prepositions and possessives around the actors.

use super::document::Document;
use crate::lexicon::{ActorKind, Inflection, Label, Role};
use crate::mentions::{CueMention, Mention, Sentence, Value};
use crate::model::Span;
use std::ops::Range;

/// An actor in a role.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Its code.
    pub code: String,
    /// Where it is named.
    pub span: Span,
    /// Its tokens in the sentence.
    pub tokens: Range<usize>,
    /// How strong the evidence for the role is: 1 is a guess, 2 and more are grammar.
    pub score: i32,
    /// The rule that gave it the role.
    pub rule: &'static str,
}

/// The actors of a stretch of text in their roles.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parties {
    /// Who gives, strongest first.
    pub donors: Vec<Party>,
    /// Who receives, strongest first.
    pub recipients: Vec<Party>,
}

impl Parties {
    /// Codes of all donors whose evidence is at least this strong and as strong as the best.
    pub fn firm_donors(&self, least: i32) -> Vec<&Party> {
        let top = self.donors.iter().map(|party| party.score).max().unwrap_or(0);
        self.donors.iter().filter(|party| party.score >= least.max(top - 1)).collect()
    }
}

/// Finds the parties among the actors that begin inside a range of a sentence.
pub fn in_range(document: &Document<'_>, sentence: &Sentence, range: &Range<usize>) -> Parties {
    let reader = Reader { document, sentence };
    let mut parties = Parties::default();
    let actors: Vec<&Mention> = sentence
        .mentions
        .iter()
        .filter(|mention| document.actor_code(&mention.value).is_some())
        .collect();
    let mut judged: Vec<(usize, Part)> =
        actors.iter().enumerate().map(|(index, _)| (index, reader.judge(&actors, index))).collect();
    reader.spread(&actors, &mut judged);
    for (index, role) in judged {
        let mention = actors[index];
        let Some(code) = document.actor_code(&mention.value) else { continue };
        if !range.contains(&mention.tokens.start) {
            continue;
        }
        let party = |score, rule| Party {
            code: code.to_owned(),
            span: mention.span,
            tokens: mention.tokens.clone(),
            score,
            rule,
        };
        match role {
            Part::Gives(score, rule) if Document::is_party(code) && !reader.is_enemy(mention) => {
                push(&mut parties.donors, party(score, rule))
            }
            Part::Receives(score, rule)
                if Document::is_party(code) && reader.can_receive(mention) =>
            {
                push(&mut parties.recipients, party(score, rule));
            }
            _ => {}
        }
    }
    // "Germany clears Poland's request to send": who only permits is no giver beside one who gives.
    if let Some(permit) = sentence.first(Label::Permit, range)
        && parties.donors.iter().any(|party| party.tokens.start >= permit.tokens.start)
    {
        parties.donors.retain(|party| party.tokens.start >= permit.tokens.start);
    }
    if parties.donors.iter().any(|party| party.code != "COALITION" && party.score >= 2) {
        parties.donors.retain(|party| party.code != "COALITION");
    }
    // "the second NATO country": beside a state an alliance mostly only describes it.
    if parties
        .donors
        .iter()
        .any(|party| party.code.len() == 2 && party.code != "EU" && party.score >= 2)
    {
        parties.donors.retain(|party| party.code != "NATO" && party.code != "G7");
    }
    parties.donors.sort_by_key(|party| std::cmp::Reverse(party.score));
    parties.recipients.sort_by_key(|party| std::cmp::Reverse(party.score));
    parties
}

fn push(parties: &mut Vec<Party>, party: Party) {
    match parties.iter_mut().find(|other| other.code == party.code) {
        Some(other) if other.score < party.score => *other = party,
        Some(_) => {}
        None => parties.push(party),
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    Gives(i32, &'static str),
    Receives(i32, &'static str),
    Nothing,
}

struct Reader<'a> {
    document: &'a Document<'a>,
    sentence: &'a Sentence,
}

const PREPOSITIONS: [Label; 8] = [
    Label::To,
    Label::For,
    Label::From,
    Label::By,
    Label::Of,
    Label::In,
    Label::Against,
    Label::With,
];

impl Reader<'_> {
    fn judge(&self, actors: &[&Mention], index: usize) -> Part {
        let mention = actors[index];
        let before = self.before(mention.tokens.start);
        let preposition = before.and_then(|at| self.preposition_at(at));
        let preposition = match (preposition, before) {
            (Some(Label::Of), Some(at)) => self.outer_preposition(at).or(preposition),
            _ => preposition,
        };
        let possessive = self.is_possessive(mention);
        let noun = self.noun_after(mention);
        if let Some(role) = self.by_preposition(mention, preposition, noun) {
            return role;
        }
        if noun == Noun::Forces
            && preposition != Some(Label::From)
            && preposition != Some(Label::By)
        {
            return Part::Receives(2, "recipient.forces");
        }
        if let Some(role) = self.by_object(mention) {
            return role;
        }
        if preposition.is_none_or(|label| label == Label::With)
            && let Some(role) = self.by_subject(actors, index, possessive)
        {
            return role;
        }
        if noun == Noun::Aid && !matches!(preposition, Some(Label::To | Label::For)) {
            return Part::Gives(2, "donor.adjective");
        }
        self.by_kind(mention, preposition)
    }

    /// The token before an actor, past articles, titles and other words that belong to its name.
    fn before(&self, start: usize) -> Option<usize> {
        let mut at = start.checked_sub(1)?;
        let mut steps = 0;
        while steps < 4 && at > 0 && self.is_title_word(at) {
            at -= 1;
            steps += 1;
        }
        Some(at)
    }

    fn is_title_word(&self, at: usize) -> bool {
        self.sentence.is_any(&[Label::Definite, Label::Indefinite], at)
            || self.sentence.is(Label::Military, at) && !self.sentence.is_any(&PREPOSITIONS, at)
            || self.sentence.mention_at(at).is_some_and(|m| matches!(m.value, Value::Actor(_)))
            || self.sentence.cues_in(&(at..at + 1)).next().is_none()
                && self.sentence.mention_at(at).is_none()
                && !self.sentence.is_any_sign(at)
                && self.sentence.tokens[at].token.shape != crate::lexicon::token::Shape::Lower
    }

    /// "by the government of Estonia": the preposition before the noun that "of" belongs to.
    fn outer_preposition(&self, of: usize) -> Option<Label> {
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
        self.preposition_at(at).filter(|label| {
            plain && matches!(label, Label::By | Label::From | Label::To | Label::For)
        })
    }

    fn preposition_at(&self, at: usize) -> Option<Label> {
        PREPOSITIONS.into_iter().find(|label| {
            self.sentence.cues.iter().any(|cue| cue.label == *label && cue.tokens.end == at + 1)
        })
    }

    fn is_possessive(&self, mention: &Mention) -> bool {
        self.sentence.tokens.get(mention.tokens.end).is_some_and(|known| {
            let raw = known.token.span.of(&self.document.article.text);
            raw.len() > 1 && raw.starts_with(['\'', '’', '‘', 'ʼ', '`'])
        })
    }

    /// What kind of noun the actor's name describes: "US military aid", "Ukrainian forces".
    fn noun_after(&self, mention: &Mention) -> Noun {
        let mut at = mention.tokens.end + usize::from(self.is_possessive(mention));
        let limit = at + 5;
        let mut military = false;
        while at < limit.min(self.sentence.tokens.len()) {
            if self.sentence.is_any(&[Label::AidNoun, Label::PackageNoun], at) {
                return Noun::Aid;
            }
            if self.sentence.is(Label::Forces, at) {
                let describes = self.sentence.is_any(&[Label::AidNoun, Label::PackageNoun], at + 1);
                return if describes { Noun::Aid } else { Noun::Forces };
            }
            match self.sentence.mention_at(at).map(|m| &m.value) {
                Some(Value::Money(_)) => return Noun::Aid,
                Some(Value::Materiel(number)) => {
                    if self.document.lexicon.materiel_at(*number).role != Role::Modifier {
                        return Noun::Aid;
                    }
                }
                Some(Value::System(_)) => return Noun::Aid,
                Some(Value::Actor(_)) => return Noun::Other,
                _ => {}
            }
            if self.sentence.is_any_sign(at) || self.sentence.is_any(&PREPOSITIONS, at) {
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

    fn by_preposition(
        &self,
        mention: &Mention,
        preposition: Option<Label>,
        noun: Noun,
    ) -> Option<Part> {
        let person = self.kind(mention) == Some(ActorKind::Person);
        match preposition? {
            Label::By => Some(Part::Gives(4, "donor.by")),
            Label::From if self.is_enemy(mention) => Some(Part::Nothing),
            Label::From if noun != Noun::Forces => Some(Part::Gives(4, "donor.from")),
            Label::To | Label::For if self.is_possessive(mention) && self.gives_next(mention) => {
                Some(Part::Gives(3, "donor.possessive"))
            }
            Label::To | Label::For if noun == Noun::Aid && !person => {
                Some(Part::Gives(1, "donor.adjective"))
            }
            Label::To | Label::For if self.is_enemy(mention) => Some(Part::Nothing),
            Label::To | Label::For => Some(Part::Receives(3, "recipient.preposition")),
            Label::Against => Some(Part::Nothing),
            _ => None,
        }
    }

    /// "Poland's plan to transfer": a giving verb close behind a possessive.
    fn gives_next(&self, mention: &Mention) -> bool {
        self.sentence.has(Label::Give, &(mention.tokens.end..mention.tokens.end + 6))
    }

    /// "give Ukraine tanks", "supplying Kyiv with shells": the actor right after a giving verb.
    fn by_object(&self, mention: &Mention) -> Option<Part> {
        let mut at = mention.tokens.start;
        while at > 0
            && self.sentence.is_any(&[Label::Definite, Label::Military], at - 1)
            && !self.sentence.is(Label::Give, at - 1)
        {
            at -= 1;
        }
        let verb = self
            .sentence
            .cues
            .iter()
            .find(|cue| cue.label == Label::Give && cue.tokens.end == at)?;
        (!self.is_passive(verb) || verb.inflection == Inflection::Gerund)
            .then_some(Part::Receives(3, "recipient.object"))
    }

    /// The subject of the next verb to the right.
    fn by_subject(&self, actors: &[&Mention], index: usize, possessive: bool) -> Option<Part> {
        let mention = actors[index];
        let labels = [Label::Give, Label::Announce, Label::Receive, Label::Withdraw, Label::Expect];
        let next_actor = actors.get(index + 1..).into_iter().flatten().find(|next| {
            let at = self.before(next.tokens.start);
            at.is_none_or(|at| self.preposition_at(at).is_none())
                && !self.is_joined(mention, next)
                && self.document.actor_code(&next.value) != self.document.actor_code(&mention.value)
        });
        let end = self.sentence.tokens.len();
        let reach = mention.tokens.end..end.min(mention.tokens.end + 25);
        let verb = self
            .sentence
            .cues_in(&reach)
            .find(|cue| labels.contains(&cue.label) && !self.is_noun_use(cue))?;
        if let Some(next) = next_actor
            && next.tokens.start < verb.tokens.start
            && !possessive
            && self.kind(next) != Some(ActorKind::Person)
        {
            return None;
        }
        let passive = self.is_passive(verb);
        match verb.label {
            Label::Receive if self.meets_somebody(verb) => None,
            Label::Receive => Some(Part::Receives(3, "recipient.subject")),
            Label::Give if passive => Some(Part::Receives(2, "recipient.passive-subject")),
            Label::Announce | Label::Expect | Label::Withdraw if passive => None,
            Label::Give if self.is_enemy(mention) => None,
            Label::Give => Some(Part::Gives(4, "donor.subject")),
            _ if self.is_enemy(mention) => None,
            Label::Expect => Some(Part::Gives(2, "donor.plans")),
            _ => Some(Part::Gives(3, "donor.announces")),
        }
    }

    /// "received President Zelenskyy": a person right after the verb.
    fn meets_somebody(&self, verb: &CueMention) -> bool {
        let near = verb.tokens.end..verb.tokens.end + 4;
        let person = |mention: &&Mention| self.kind(mention) == Some(ActorKind::Person);
        self.sentence.mentions_in(&near).any(|mention| person(&mention))
    }

    fn is_joined(&self, one: &Mention, two: &Mention) -> bool {
        (one.tokens.end..two.tokens.start).all(|at| {
            self.sentence.is_any(&[Label::And, Label::Definite, Label::We], at)
                || self.sentence.is_sign(&self.document.article.text, at, &[","])
        })
    }

    /// A verb's form that is a noun here: "the support", "a supply of".
    fn is_noun_use(&self, verb: &CueMention) -> bool {
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
                && !before.is_some_and(|at| {
                    self.sentence.is_any(&[Label::Will, Label::Would, Label::To], at)
                })
    }

    /// Whether the verb is passive: a participle with a form of "be" before it.
    fn is_passive(&self, verb: &CueMention) -> bool {
        if verb.inflection == Inflection::Gerund {
            return false;
        }
        let from = verb.tokens.start.saturating_sub(3);
        let be = (from..verb.tokens.start).rev().any(|at| self.sentence.is(Label::Be, at));
        let participle = matches!(verb.inflection, Inflection::Participle | Inflection::Past);
        participle && (be || self.sentence.is(Label::By, verb.tokens.end))
    }

    fn kind(&self, mention: &Mention) -> Option<ActorKind> {
        match mention.value {
            Value::Actor(number) => Some(self.document.lexicon.actor_at(number).kind),
            _ => None,
        }
    }

    /// Ministries and parliaments of a receiver take part, but aid goes to the state; an enemy gets
    /// none, and unnamed groups are given none.
    fn can_receive(&self, mention: &Mention) -> bool {
        let office = self.kind(mention) == Some(ActorKind::Office);
        let giver = self.document.actor_code(&mention.value).is_some_and(|code| {
            matches!(code, "NATO" | "G7" | "COALITION" | "EU")
                || office && !self.document.lexicon.is_attacked(code)
        });
        !giver && !self.is_enemy(mention)
    }

    /// Whether the actor is the one that the usual receiver is at war with.
    fn is_enemy(&self, mention: &Mention) -> bool {
        let code = self.document.actor_code(&mention.value);
        code.is_some_and(|code| self.document.enemies.contains(code))
    }

    /// Without grammar: an office or person stands for a giver, a name after "of" or "in" for none.
    fn by_kind(&self, mention: &Mention, preposition: Option<Label>) -> Part {
        if self.is_enemy(mention) {
            return Part::Nothing;
        }
        let code = self.document.actor_code(&mention.value);
        let receives = code.is_some_and(|code| self.document.lexicon.is_attacked(code));
        match (self.kind(mention), preposition) {
            _ if receives => Part::Receives(1, "recipient.named"),
            (_, Some(Label::In | Label::Of | Label::With)) => Part::Nothing,
            _ => Part::Gives(1, "donor.named"),
        }
    }

    /// Actors joined by "and" or commas share the role of the firmest of them.
    fn spread(&self, actors: &[&Mention], judged: &mut [(usize, Part)]) {
        for index in (1..actors.len()).rev() {
            if self.is_joined(actors[index - 1], actors[index]) {
                let (left, right) = (judged[index - 1].1, judged[index].1);
                if strength(left) >= 2 && strength(right) < strength(left) {
                    judged[index].1 = left;
                } else if strength(right) >= 2 && strength(left) < strength(right) {
                    judged[index - 1].1 = right;
                }
            }
        }
        for index in 1..actors.len() {
            if self.is_joined(actors[index - 1], actors[index])
                && strength(judged[index - 1].1) >= 2
                && strength(judged[index].1) < strength(judged[index - 1].1)
            {
                judged[index].1 = judged[index - 1].1;
            }
        }
    }
}

fn strength(role: Part) -> i32 {
    match role {
        Part::Gives(score, _) | Part::Receives(score, _) => score,
        Part::Nothing => 0,
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Noun {
    Aid,
    Forces,
    Other,
}

/// Whether a verb is passive, for the other rules.
pub fn is_passive(document: &Document<'_>, sentence: &Sentence, verb: &CueMention) -> bool {
    Reader { document, sentence }.is_passive(verb)
}

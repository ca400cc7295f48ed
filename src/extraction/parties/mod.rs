//! Who gives and who receives, from verbs, prepositions and possessives around the actors.

mod asked;
mod along;
mod backers;
mod cited;
mod gapped;
mod kinds;
mod leads;
mod lists;
mod others;
mod places;
mod plans;
mod purchase;
mod relative;
mod speakers;
mod thanks;
mod ventures;
mod verbs;
mod words;

use super::document::Document;
use crate::lexicon::{ActorKind, Label, PartyKind};
use crate::mentions::{CueMention, Mention, Sentence, Value};
use crate::model::Span;
use std::ops::Range;
use std::rc::Rc;

pub use gapped::{GIVER as GAPPED_GIVER, RECEIVER as GAPPED_RECEIVER, bare_count};
pub use purchase::buys_for_another;
pub use speakers::{heads_as_speaker, is_given_the_floor};

/// The rule for who is told that something will be given, where nobody else is named who gets it.
const ADDRESSED: &str = "recipient.addressed";

/// The rule for whose idea a fund is into which others pay.
pub const VENTURE: &str = "donor.venture";

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
    let judged = reader.judged();
    let start = |judged: &Judged| sentence.mentions[judged.mention].tokens.start;
    let from = judged.partition_point(|judged| start(judged) < range.start);
    for Judged { mention, part } in
        judged[from..].iter().take_while(|judged| start(judged) < range.end)
    {
        let mention = &sentence.mentions[*mention];
        let Some(code) = document.actor_code(&mention.value) else { continue };
        let party = |score, rule| Party {
            code: code.to_owned(),
            span: mention.span,
            tokens: mention.tokens.clone(),
            score,
            rule,
        };
        match *part {
            Part::Gives(score, rule)
                if document.lexicon.can_give(code) && !reader.is_enemy(mention) =>
            {
                push(&mut parties.donors, party(score, rule));
            }
            Part::Receives(score, rule)
                if document.lexicon.can_give(code) && reader.can_receive(mention) =>
            {
                push(&mut parties.recipients, party(score, rule));
            }
            _ => {}
        }
    }
    // "to Niger, where French troops were stationed": forces that only stand in the sentence.
    if parties.recipients.iter().any(|party| party.score >= 3) {
        parties.recipients.retain(|party| party.rule != "recipient.forces");
    }
    // "told Germany that it would give Ukraine tanks"
    if parties.recipients.iter().any(|party| party.rule != ADDRESSED) {
        parties.recipients.retain(|party| party.rule != ADDRESSED);
    }
    others::set_apart(document, sentence, range, &mut parties);
    // "the second NATO country": beside a state a group mostly only describes it.
    let kind = |party: &Party| document.lexicon.party_kind(&party.code);
    if parties.donors.iter().any(|party| kind(party) == PartyKind::State && party.score >= 2) {
        parties.donors.retain(|party| kind(party) != PartyKind::Group);
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

/// The part that an actor of a sentence plays.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// Its mention, by number in the sentence.
    mention: usize,
    part: Part,
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
    /// The parts of all actors of the sentence, in order: judged once, however often it is asked.
    fn judged(&self) -> Rc<[Judged]> {
        let known = self.document.judged.borrow().get(&self.sentence.segment.span).cloned();
        known.unwrap_or_else(|| {
            let judged: Rc<[Judged]> = self.judge_all().into();
            let mut table = self.document.judged.borrow_mut();
            table.insert(self.sentence.segment.span, Rc::clone(&judged));
            judged
        })
    }

    fn judge_all(&self) -> Vec<Judged> {
        let is_actor = |mention: &Mention| self.document.actor_code(&mention.value).is_some();
        let (places, actors): (Vec<usize>, Vec<&Mention>) =
            self.sentence.mentions.iter().enumerate().filter(|(_, m)| is_actor(m)).unzip();
        let mut parts: Vec<Part> =
            (0..actors.len()).map(|index| self.judge(&actors, index)).collect();
        self.spread(&actors, &mut parts);
        self.settle_accord(&actors, &mut parts);
        places.into_iter().zip(parts).map(|(mention, part)| Judged { mention, part }).collect()
    }

    fn judge(&self, actors: &[&Mention], index: usize) -> Part {
        let mention = actors[index];
        let before = self.before(mention.tokens.start);
        let preposition = before.and_then(|at| self.preposition_at(at));
        let preposition = match (preposition, before) {
            // "the government of Japan" is Japan; where it only says so, others may give.
            (Some(Label::Of), Some(at)) => {
                let says = self.sentence.is(Label::Say, mention.tokens.end);
                let own = preposition.filter(|_| says || !self.is_office_of(at));
                self.outer_preposition(at).or(own)
            }
            _ => preposition,
        };
        let possessive = self.is_possessive(mention);
        let noun = self.noun_after(mention);
        let seat = preposition == Some(Label::In) && before.is_some_and(|at| self.is_office_in(at));
        let preposition = preposition.filter(|_| !seat);
        if self.names_no_party(mention) {
            return Part::Nothing;
        }
        if self.is_addressed(mention) {
            let behind = mention.tokens.end..self.sentence.tokens.len();
            let given = self.sentence.has(Label::Give, &behind) && self.is_state(mention);
            return if given { Part::Receives(1, ADDRESSED) } else { Part::Nothing };
        }
        if let Some(role) = self.owns_request(mention).or_else(|| self.is_backed(mention)) {
            return role;
        }
        if self.names_venture(mention) {
            return Part::Gives(1, VENTURE);
        }
        if self.joins_in(mention) {
            return Part::Gives(3, "donor.joins");
        }
        if self.is_visited(mention) && self.is_promised_there(mention) {
            return Part::Gives(2, "donor.visited");
        }
        if preposition == Some(Label::For) && self.is_topic(mention, before) {
            return Part::Gives(2, "donor.topic");
        }
        if let Some(part) = self.beside_act(actors, index) {
            return part;
        }
        if self.is_subject_of_resolve(mention) && !self.is_enemy(mention) {
            return Part::Gives(4, "donor.subject");
        }
        if let Some(part) = self.listed_with_sum(mention) {
            return part;
        }
        if let Some(role) = self.by_preposition(mention, preposition, noun) {
            return role;
        }
        if self.is_reached(mention) && !self.is_enemy(mention) {
            return Part::Receives(3, "recipient.arrival");
        }
        if preposition.is_none() && self.gives_by_saying(mention) {
            return Part::Gives(3, "donor.announces");
        }
        if let Some(role) = self.gapped(actors, index) {
            return role;
        }
        if possessive && self.is_valued(mention) {
            // "Copenhagen's share comes to around $90 million"
            return Part::Gives(3, "donor.possessive");
        }
        if let Some(role) = self.by_object(mention) {
            return role;
        }
        if noun == Noun::Forces && self.is_enabled(mention) {
            return Part::Receives(2, "recipient.forces");
        }
        if noun == Noun::Forces {
            let subject = self.by_subject(actors, index, false);
            if let Some(part @ (Part::Gives(3.., _) | Part::Receives(3.., _))) = subject {
                return part;
            }
            if !matches!(preposition, Some(Label::From | Label::By)) {
                return Part::Receives(2, "recipient.forces");
            }
        }
        // "Egypt's military aid, held back over rights": the aid is what the verb is about.
        let owns_aid = possessive && noun == Noun::Aid;
        if !owns_aid
            && preposition.is_none_or(|label| label == Label::With)
            && let Some(role) = self.by_subject(actors, index, possessive)
            && (!seat || matches!(role, Part::Gives(2.., _)))
        {
            return role;
        }
        if seat {
            return Part::Gives(2, "donor.seat");
        }
        if self.is_accompanied(actors, index) {
            return Part::Gives(3, "donor.along");
        }
        if noun == Noun::Aid && !matches!(preposition, Some(Label::To | Label::For)) {
            return self.by_aid(preposition, before, possessive);
        }
        self.by_kind(mention, preposition)
    }

    fn by_preposition(
        &self,
        mention: &Mention,
        preposition: Option<Label>,
        noun: Noun,
    ) -> Option<Part> {
        let person = self.kind(mention) == Some(ActorKind::Person);
        match preposition? {
            Label::To if self.is_acted_for(mention) => Some(Part::Gives(4, "donor.by")),
            Label::By if self.has_asked(mention).is_some() => self.has_asked(mention),
            Label::By if self.is_received_by(mention) => Some(Part::Receives(3, "recipient.by")),
            Label::By if self.does_else(mention) => Some(Part::Nothing),
            Label::By => Some(Part::Gives(4, "donor.by")),
            Label::From if self.has_asked(mention).is_some() => {
                // "a request from Berlin to re-export" is for somebody else.
                let plain = !self.sentence.is(Label::To, mention.tokens.end);
                self.has_asked(mention).map(|asks| if plain { asks } else { Part::Nothing })
            }
            Label::To if self.is_asked(mention) => Some(Part::Gives(1, "donor.asked")),
            Label::To | Label::For if self.has_own_sum(mention) => {
                Some(Part::Receives(3, "recipient.preposition"))
            }
            Label::In if self.has_own_sum(mention) => Some(Part::Nothing),
            Label::From if self.is_enemy(mention) || self.is_visited(mention) => {
                Some(Part::Nothing)
            }
            Label::From if self.is_withheld(mention) => {
                Some(Part::Receives(3, "recipient.withheld"))
            }
            Label::From if self.comes_with_nothing(mention) || self.is_former_source(mention) => {
                Some(Part::Nothing)
            }
            Label::From
                if noun != Noun::Forces
                    || self.is_from_stores(mention)
                    || self.is_received_from(mention) =>
            {
                Some(Part::Gives(4, "donor.from"))
            }
            Label::To | Label::For if self.is_for_another(mention) || self.is_to_buy(mention) => {
                Some(Part::Nothing)
            }
            // "contributes $13 million to Prague's efforts to provide shells"
            Label::To | Label::For if self.is_possessive(mention) && self.gives_next(mention) => {
                let paid = noun != Noun::Forces && self.is_paid(mention);
                Some(if paid { Part::Nothing } else { Part::Gives(3, "donor.possessive") })
            }
            Label::To | Label::For if self.is_possessive(mention) && self.is_attacked(mention) => {
                Some(Part::Receives(3, "recipient.possessive"))
            }
            Label::To | Label::For
                if noun == Noun::Aid && !person && !self.is_given_to(mention) =>
            {
                Some(Part::Gives(1, "donor.adjective"))
            }
            Label::To
                if self.is_visited(mention)
                    || self.is_transit(mention)
                    || self.is_sent_people(mention) =>
            {
                Some(Part::Nothing)
            }
            Label::To | Label::For if self.is_enemy(mention) => Some(Part::Nothing),
            Label::For if self.departs_for(mention) => Some(Part::Nothing),
            Label::To | Label::For => Some(Part::Receives(3, "recipient.preposition")),
            Label::Of if noun == Noun::Other && self.is_gift_of(mention) => {
                Some(Part::Gives(3, "donor.gift"))
            }
            Label::In if self.has_arrived(mention) && !self.is_waypoint(mention) => {
                Some(Part::Receives(3, "recipient.arrival"))
            }
            Label::Against => Some(Part::Nothing),
            Label::With if self.acts_along(mention) => Some(Part::Gives(3, "donor.along")),
            Label::With if self.is_agreed_with(mention) => {
                Some(Part::Receives(2, "recipient.accord"))
            }
            _ => None,
        }
    }

    fn kind(&self, mention: &Mention) -> Option<ActorKind> {
        match mention.value {
            Value::Actor(number) => Some(self.document.lexicon.actor_at(number).kind),
            _ => None,
        }
    }

    /// Whether the actor is the one that the usual receiver is at war with.
    fn is_enemy(&self, mention: &Mention) -> bool {
        let code = self.document.actor_code(&mention.value);
        code.is_some_and(|code| self.document.enemies.contains(code))
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

//! Who is meant by a pronoun, or by words that only count states: "they", "the two countries".

use super::{Grouper, Telling};
use crate::extraction::parties::{Party, is_passive};
use crate::lexicon::{Label, PartyKind};
use crate::mentions::{CueMention, Mention, Sentence};
use rust_decimal::prelude::ToPrimitive;

/// Within so many tokens a pronoun opens a sentence: "In March of last year, it".
pub(super) const PRONOUN: usize = 8;

/// Within so many tokens the words stand that say that a gift answers another one.
const RETURN: usize = 3;

/// Within so many sentences before them, states stand that are only counted: "the three countries".
const COUNTED: usize = 4;

impl Grouper<'_> {
    /// "It wants to give 14 Leopards", "In March it sent": those who give in the sentence before, else
    /// the actor that it begins with.
    pub(super) fn meant_by_pronoun(&self, telling: &Telling) -> Vec<String> {
        let sentence = &self.document.sentences[telling.sentence];
        let before = telling.sentence.checked_sub(1);
        let Some(previous) = before.and_then(|at| self.document.sentences.get(at)) else {
            return Vec::new();
        };
        let Some(word) = self.pronoun_giver(sentence) else { return Vec::new() };
        if let Some(count) = word.value.and_then(|count| count.to_usize()) {
            return self.counted_states(telling, word, count);
        }
        let told = self
            .focus
            .map(|index| &self.groups[index])
            .filter(|group| group.last_sentence + 1 == telling.sentence && group.donor_is_explicit);
        if let Some(group) = told {
            return group.donors.clone();
        }
        let Some(subject) = previous.mentions.first() else { return Vec::new() };
        let code = self.document.actor_code(&subject.value);
        let gives = |code: &&str| {
            self.document.lexicon.can_give(code)
                && !self.document.enemies.contains(*code)
                && !self.document.lexicon.is_attacked(code)
        };
        let code = code.filter(gives).filter(|_| subject.tokens.start <= 3);
        // "The Czech Republic and Denmark act together. They will send"
        let joined = previous.mentions.get(1).filter(|other| {
            let between = subject.tokens.end..other.tokens.start;
            !between.is_empty()
                && between.clone().any(|at| previous.is(Label::And, at))
                && between.clone().all(|at| previous.is_any(&[Label::And, Label::Definite], at))
        });
        let other = joined.and_then(|other| self.document.actor_code(&other.value)).filter(gives);
        code.into_iter().flat_map(|code| [Some(code), other]).flatten().map(str::to_owned).collect()
    }

    /// "In return it will receive 20 tanks", "It will get 20 tanks from Germany", behind what the subject of the
    /// sentence before gives: who gave before receives them, from somebody else.
    pub(super) fn name_returned(&self, telling: &mut Telling) {
        let sentence = &self.document.sentences[telling.sentence];
        let verbs = [Label::Give, Label::Receive];
        let verb = sentence.cues.iter().find(|cue| verbs.contains(&cue.label));
        let Some(verb) = verb.filter(|verb| verb.label == Label::Receive) else { return };
        let before = 0..verb.tokens.start;
        let returns = sentence.first(Label::Return, &(0..RETURN));
        let returns = returns.or_else(|| self.subject_before(telling));
        let named = |mention: &Mention| self.document.actor_code(&mention.value).is_some();
        let meant = sentence.has_any(&[Label::It, Label::Definite], &before)
            && !sentence.mentions_in(&before).any(named);
        let Some(returns) = returns.filter(|_| meant) else { return };
        let told = self.focus.map(|index| &self.groups[index]);
        let told = told.filter(|group| group.last_sentence + 1 == telling.sentence);
        let givers = told.map(|group| group.donors.clone()).unwrap_or_default();
        let party = |code| Party {
            code,
            span: sentence.span_of(&returns.tokens),
            tokens: returns.tokens.clone(),
            score: 3,
            rule: "recipient.subject",
        };
        if !givers.is_empty() {
            telling.parties.donors.retain(|party| !givers.contains(&party.code));
            telling.parties.recipients = givers.into_iter().map(party).collect();
        }
    }

    /// The pronoun that a sentence opens with, where the subject of the one before gives, and somebody else here.
    fn subject_before(&self, telling: &Telling) -> Option<&CueMention> {
        let sentence = &self.document.sentences[telling.sentence];
        let previous = self.document.sentences.get(telling.sentence.checked_sub(1)?)?;
        let subject = previous.mentions.first().filter(|subject| subject.tokens.start <= 1)?;
        let code = self.document.actor_code(&subject.value)?;
        let gave = self.focus.is_some_and(|index| self.groups[index].donors.iter().eq([code]));
        let mut donors = telling.parties.donors.iter();
        let other = donors.any(|party| party.rule == "donor.from" && party.code != code);
        sentence.starting_at(Label::It, 0).filter(|_| gave && other)
    }

    /// "Promised by the three countries": as many states as the words say, of those that are named last
    /// before them; the article's giver is one of them where it goes without saying.
    fn counted_states(&self, telling: &Telling, word: &CueMention, count: usize) -> Vec<String> {
        let document = self.document;
        let gives = |code: &&str| {
            document.lexicon.can_give(code)
                && document.lexicon.party_kind(code) == PartyKind::State
                && !document.enemies.contains(*code)
                && !document.lexicon.is_attacked(code)
        };
        let from = telling.sentence.saturating_sub(COUNTED);
        let mut found: Vec<String> = Vec::new();
        for index in (from..=telling.sentence).rev() {
            let sentence = &document.sentences[index];
            let end =
                if index == telling.sentence { word.tokens.start } else { sentence.tokens.len() };
            let before = 0..end;
            let named = sentence.mentions_in(&before);
            let states = named.filter_map(|mention| document.actor_code(&mention.value));
            for code in states.filter(gives) {
                if !found.iter().any(|known| known == code) {
                    found.push(code.to_owned());
                }
            }
            if found.len() >= count {
                break;
            }
        }
        if let Some(main) = document.main_donor.as_ref().filter(|main| !found.contains(main))
            && found.len() + 1 == count
        {
            found.push(main.clone());
        }
        if found.len() == count { found } else { Vec::new() }
    }

    /// The pronoun that is the subject of the first verb of the sentence, one of giving; or the states
    /// that are only counted, "by the two countries".
    pub(super) fn pronoun_giver<'s>(&self, sentence: &'s Sentence) -> Option<&'s CueMention> {
        let counted = sentence.cues.iter().find(|cue| {
            let before = cue.tokens.start.checked_sub(1);
            cue.label == Label::It
                && cue.value.is_some()
                && before.is_some_and(|at| sentence.is(Label::By, at))
        });
        if counted.is_some() {
            return counted;
        }
        // "With Belgium it financed": who acts along stands before the pronoun.
        let along = sentence.is_any(&[Label::With, Label::Joint], 0);
        let verbs = [Label::Give, Label::Receive, Label::Arrive, Label::Announce];
        // "It delivered": a verb of arriving, too; "She announced seven more guns".
        let first = sentence.cues.iter().find(|cue| verbs.contains(&cue.label))?;
        let mut verbs = sentence.cues_in(&first.tokens);
        let verb = verbs.find(|cue| matches!(cue.label, Label::Give | Label::Announce))?;
        let opening = 0..verb.tokens.start.min(PRONOUN);
        let pronoun = sentence.first(Label::It, &opening)?;
        let from = if along { pronoun.tokens.end } else { 0 };
        let named = sentence
            .mentions_in(&(from..verb.tokens.start))
            .any(|mention| self.document.actor_code(&mention.value).is_some());
        let active = !named && !is_passive(self.document, sentence, verb);
        Some(pronoun).filter(|_| active)
    }

    /// "Norway leads, with Denmark, a coalition; on Tuesday it promised": who opens the sentence is meant by
    /// the pronoun before the verb.
    pub(super) fn opening_actor<'t>(&self, telling: &'t Telling) -> Option<&'t Party> {
        let sentence = &self.document.sentences[telling.sentence];
        let mut verbs = sentence.cues.iter().filter(|cue| cue.label == Label::Give);
        let acts = verbs.any(|verb| {
            let near = verb.tokens.start.saturating_sub(2)..verb.tokens.start;
            sentence.has(Label::It, &near) && !is_passive(self.document, sentence, verb)
        });
        let mut weak = telling.parties.donors.iter();
        weak.find(|party| party.tokens.start <= 1).filter(|_| acts)
    }
}

//! Who gives where one speaks as "we", or an office is named without its state.

use super::pronouns::PRONOUN;
use super::{Grouper, Telling};
use crate::extraction::parties::{Party, is_passive};
use crate::extraction::topic::buys_for_somebody;
use crate::lexicon::{Inflection, Label, PartyKind};
use crate::mentions::{CueMention, Mention, Sentence};
use std::ops::Range;

/// How many tokens before a verb of saying who speaks is named.
const SPEAKER: usize = 6;

/// And so many behind it: "said Jan Jansen, the minister of defence of".
const BEHIND: usize = 10;

/// Within so many tokens a paragraph names whose it is: "And again, the United States".
const OPENING: usize = 5;

/// So many sentences before it an office is called by its state.
const CALLED: usize = 3;

impl Grouper<'_> {
    /// "\"We will give Kenya 60 drones,\" the Finnish minister said": who speaks right beside the verb.
    pub(super) fn speaker(&self, telling: &Telling) -> Option<Party> {
        let sentence = &self.document.sentences[telling.sentence];
        let all = sentence.all();
        let acts = telling.has_giving_verb || buys_for_somebody(sentence);
        let own = sentence.first(Label::We, &all).filter(|_| acts)?;
        let says = |cue: &&CueMention| {
            cue.label == Label::Say
                && matches!(cue.inflection, Inflection::Past | Inflection::Third)
                && cue.tokens.start > own.tokens.end
        };
        let verb = sentence.cues_in(&all).rfind(says)?;
        let near = verb.tokens.start.saturating_sub(SPEAKER)..verb.tokens.end + BEHIND;
        let free = |code: &str| {
            let receives = telling.parties.recipients.iter().any(|party| party.code == code);
            self.may_speak(code) && !receives
        };
        let mut speakers = sentence.mentions_in(&near).filter_map(|mention| {
            let code = self.document.actor_code(&mention.value).filter(|code| free(code))?;
            let (span, tokens) = (mention.span, mention.tokens.clone());
            Some(Party { code: code.to_owned(), span, tokens, score: 3, rule: "donor.speaker" })
        });
        let first = speakers.next()?;
        speakers.all(|other| other.code == first.code).then_some(first)
    }

    /// "Spain stands with Ukraine. We sent rifles. We will announce ten tanks": whose state opens the
    /// paragraph in which "we" give.
    pub(super) fn own_state<'s>(&'s self, telling: &Telling) -> Option<(&'s CueMention, String)> {
        let sentences = &self.document.sentences;
        let sentence = &sentences[telling.sentence];
        let verbs = [Label::Give, Label::Announce];
        let verb = sentence.cues.iter().find(|cue| verbs.contains(&cue.label))?;
        let own = sentence.first(Label::We, &(0..verb.tokens.start))?;
        let states = |sentence: &Sentence| {
            let codes = sentence.mentions.iter().filter_map(|m| self.document.actor_code(&m.value));
            codes.filter(|code| self.may_speak(code)).count()
        };
        let block = sentence.segment.block;
        let mut before = sentences[..telling.sentence].iter().rev();
        let opening = before
            .by_ref()
            .take_while(|other| other.segment.block == block)
            .find(|other| !other.has(Label::We, &other.all()))?;
        let subject = opening.mentions.first().filter(|m| m.tokens.start <= OPENING)?;
        let code = self.document.actor_code(&subject.value).filter(|code| self.may_speak(code))?;
        (states(opening) == 1).then(|| (own, code.to_owned()))
    }

    /// Whether an actor is a state of whose givers "we" may be said.
    pub(super) fn may_speak(&self, code: &str) -> bool {
        self.document.lexicon.party_kind(code) == PartyKind::State
            && !self.document.lexicon.is_attacked(code)
            && !self.document.enemies.contains(code)
    }

    /// "The ministry is preparing a further package with 20 howitzers": whose it is goes without saying.
    pub(super) fn office_giver(&self, telling: &Telling) -> Option<&CueMention> {
        let sentence = &self.document.sentences[telling.sentence];
        let verbs = [Label::Give, Label::Announce, Label::Expect];
        let office = sentence.cues.iter().find(|cue| {
            let start = cue.tokens.start;
            let definite = start.checked_sub(1).is_some_and(|at| sentence.is(Label::Definite, at));
            cue.label == Label::Office && definite && start <= PRONOUN
        });
        let acts = |office: &&CueMention| {
            let (start, end) = (office.tokens.start, office.tokens.end);
            let near = start..end + 4;
            let named = |mention: &Mention| self.document.actor_code(&mention.value).is_some();
            let verb = sentence.cues_in(&(end..end + 4)).find(|cue| verbs.contains(&cue.label));
            !sentence.mentions_in(&near).any(named)
                && verb.is_some_and(|verb| !is_passive(self.document, sentence, verb))
        };
        let counted = telling.items.iter().any(|item| item.quantity.is_some());
        let open = telling.parties.donors.iter().all(|party| party.score < 2);
        office.filter(acts).filter(|_| counted && open)
    }

    /// "the State Council of Finland ... The State Council decided": whose the office was called right
    /// before.
    pub(super) fn state_of_office(&self, telling: &Telling, office: &CueMention) -> Option<String> {
        let words = |sentence: &Sentence, tokens: &Range<usize>| {
            let span = sentence.span_of(tokens);
            span.of(&self.document.article.text).to_lowercase()
        };
        let sentences = &self.document.sentences;
        let own = words(&sentences[telling.sentence], &office.tokens);
        let from = telling.sentence.saturating_sub(CALLED);
        let state = |sentence: &Sentence| {
            let called = sentence.cues.iter().filter(|cue| cue.label == Label::Office);
            let called = called.filter(|cue| words(sentence, &cue.tokens) == own);
            let mut states = called.filter_map(|cue| {
                let (start, end) = (cue.tokens.start, cue.tokens.end);
                let of = sentence.is(Label::Of, end).then_some(end + 1);
                let places = [of, start.checked_sub(1), start.checked_sub(2)];
                let named = places.into_iter().flatten().find_map(|at| sentence.mention_at(at));
                named.and_then(|named| self.document.actor_code(&named.value))
            });
            states.find(|code| self.may_speak(code)).map(str::to_owned)
        };
        sentences[from..telling.sentence].iter().rev().find_map(state)
    }
}

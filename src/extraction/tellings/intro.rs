//! What the sentence before a list says of its entries, and what an entry takes from it.

use super::labels::LABELS;
use super::{Reader, Telling, status};
use crate::extraction::parties::Party;
use crate::lexicon::{Inflection, Label, PartyKind};
use crate::mentions::{Mention, Value};
use crate::model::Status;

/// What a sentence introduces.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Entries {
    /// Things that are given, or not.
    Things,
    /// Acts of those whom it names: "The minister:".
    Acts,
}

/// What the sentence before a list says of its entries.
#[derive(Clone)]
pub(super) struct Intro {
    /// Whether they are given.
    pub(super) given: bool,
    /// Whether they were given before.
    pub(super) inventory: bool,
    /// How far they are, where the sentence says more than that they are given.
    pub(super) status: Option<status::Reading>,
    /// Whether they are another package than what was told before.
    pub(super) separate: bool,
    /// What they are.
    pub(super) entries: Entries,
    /// Whose acts they are, where it names one state that gives.
    pub(super) giver: Option<Party>,
}

impl Reader<'_> {
    /// What the sentence says of the list behind it: "the following items have been handed over:".
    pub(super) fn intro(&self) -> Intro {
        let days = self.days(false);
        let read = status::read(self.document, self.sentence, &self.act, None, &days);
        let told = matches!(read.status, Status::Delivered | Status::Withdrawn);
        Intro {
            given: !self.is_blocked(),
            inventory: self.is_inventory(),
            status: told.then_some(read),
            separate: self.is_separate(),
            entries: if self.introduces_acts() { Entries::Acts } else { Entries::Things },
            giver: self.introduced().filter(|_| self.introduces_acts()),
        }
    }

    /// "Furthermore, Canada will:": the one state that the sentence names.
    fn introduced(&self) -> Option<Party> {
        let lexicon = self.document.lexicon;
        let mut named = self.sentence.mentions.iter().filter_map(|mention| {
            let code = self.document.actor_code(&mention.value)?;
            Some((mention, code))
        });
        let (mention, code) = named.next()?;
        let gives = lexicon.can_give(code)
            && lexicon.party_kind(code) == PartyKind::State
            && !lexicon.is_attacked(code)
            && self.document.main_recipient.as_deref() != Some(code);
        (gives && named.all(|(_, other)| other == code)).then(|| Party {
            code: code.to_owned(),
            span: mention.span,
            tokens: mention.tokens.clone(),
            score: 4,
            rule: LABELS[0],
        })
    }

    /// "In the field of defence, the Prime Minister:", with no gift of its own.
    fn introduces_acts(&self) -> bool {
        let gifts =
            [Label::PackageNoun, Label::AidNoun, Label::Give, Label::Include, Label::Receive];
        let sum = |mention: &Mention| matches!(mention.value, Value::Money(_));
        let office = self.sentence.cues.iter().any(|cue| cue.label == Label::Office);
        let actor =
            self.sentence.mentions.iter().any(|m| self.document.actor_code(&m.value).is_some());
        (office || actor)
            && !self.sentence.has_any(&gifts, &self.sentence.all())
            && !self.sentence.mentions.iter().any(sum)
            && self.sentence.items.is_empty()
    }

    /// Of entries that no sentence introduces.
    pub(super) fn without_intro(&self) -> Intro {
        Intro {
            given: self.is_given_list(),
            inventory: false,
            status: None,
            separate: false,
            entries: Entries::Things,
            giver: None,
        }
    }

    /// An entry of a list is as far as its introduction says; a whole sentence is an act of its own.
    pub(super) fn entry(&self, mut telling: Telling, intro: &Intro) -> Telling {
        if telling.status.status == Status::Announced
            && let Some(status) = intro.status
        {
            telling.status = status::Reading { span: None, ..status };
        }
        telling.is_separate |= intro.separate;
        let speaks = telling.first_person && telling.has_giving_verb;
        // "150 vehicles are bound for the Kenya Defence Forces": a sentence, no mere thing.
        let told = self.sentence.has_any(&[Label::Is, Label::Will, Label::Have], &self.act)
            && (telling.parties.recipients.iter().any(|party| party.score >= 3)
                || telling.parties.donors.iter().any(|party| party.score >= 4));
        // "The minister:" says who acts in each entry.
        let carried = intro.entries == Entries::Acts
            && self.opens_with_act()
            && telling.parties.donors.iter().all(|party| party.score < 3);
        match intro.giver.clone().filter(|_| carried) {
            Some(giver) => telling.parties.donors = vec![giver],
            None => telling.first_person |= carried,
        }
        let acts = speaks || told || carried || self.has_subject();
        telling.is_entry_act = acts && !telling.refers_back;
        telling
    }

    /// "promised 20 carriers", "confirmed that 800 drones will be delivered": a verb with its subject in
    /// the introduction.
    fn opens_with_act(&self) -> bool {
        let first = self.sentence.all().find(|at| !self.sentence.is_any_sign(*at)).unwrap_or(0);
        let verbs = [Label::Give, Label::Announce, Label::Say, Label::Buy, Label::Trade];
        !self.is_inside_item(first)
            && self.sentence.cues_in(&(first..first + 1)).any(|cue| {
                // "Norway will:" goes on with "give 14 howitzers".
                let finite = [Inflection::Past, Inflection::Third, Inflection::Base];
                verbs.contains(&cue.label) && finite.contains(&cue.inflection)
            })
    }
}

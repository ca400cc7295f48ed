//! Which tellings of the perfect ("has sent") recall what was given before the news.

use super::compare::{is_kin, shares, shares_things};
use super::contents::is_same_thing;
use super::{Group, Grouper, Telling};
use crate::extraction::days::Day;
use crate::extraction::document::Document;
use crate::lexicon::{Inflection, Label};
use crate::mentions::{CueMention, ItemMention, Sentence};
use crate::model::{CivilDate, Status};

/// Up to so many sentences behind what is recalled, what is done by now is recalled too.
const RECALLING: usize = 3;

/// Within so many tokens before a verb stands what says that it lies ahead.
const MODAL: usize = 4;

/// Verbs by which a thing changes hands.
const TRANSFER: [Label; 3] = [Label::Give, Label::Receive, Label::Arrive];

/// "sent", "has provided", "donated by", and not "would be sent": a verb that tells what is done.
pub(super) fn is_done(sentence: &Sentence, verb: &CueMention) -> bool {
    let before = verb.tokens.start.saturating_sub(MODAL)..verb.tokens.start;
    let ahead = [Label::Will, Label::Would, Label::Expect, Label::To, Label::Not];
    let past = verb.inflection.is_past_form();
    past && !sentence.has_any(&ahead, &before)
}

/// The verb of what is done by which a thing changes hands.
pub(super) fn done_transfer<'a>(
    sentence: &'a Sentence,
    range: &std::ops::Range<usize>,
) -> Option<&'a CueMention> {
    let mut verbs = sentence.cues_in(range).filter(|cue| TRANSFER.contains(&cue.label));
    verbs.find(|verb| is_done(sentence, verb))
}

/// "Canada has provided eight tanks", "the 14 tanks sent by Britain", "Washington has agreed to supply",
/// behind the news of others: given before, where no day of its own says that it is news too. What
/// others pay into one purse is told in the same words.
pub(super) fn is_given_before(document: &Document<'_>, group: &Group, news: &[String]) -> bool {
    let dated =
        |day: &Day| day.date.is_some_and(CivilDate::is_day) && !day.is_span && !day.is_earlier;
    let done = |telling: &Telling| {
        let sentence = &document.sentences[telling.sentence];
        let all = sentence.all();
        let acts =
            |cue: &&CueMention| TRANSFER.contains(&cue.label) || cue.label == Label::Announce;
        let mut verbs = sentence.cues_in(&all).filter(acts);
        let past = verbs.next().map(|first| {
            let resolved = first.label == Label::Announce;
            is_done(sentence, first) && verbs.all(|verb| is_done(sentence, verb) || resolved)
        });
        // "Norway's donation of 22 howitzers was among the first": a noun, with nothing that lies ahead.
        let ahead = [Label::Will, Label::Would, Label::Expect, Label::New];
        let holds =
            |cue: &CueMention| cue.label == Label::Include && cue.inflection == Inflection::Third;
        let noun = || {
            sentence.has(Label::PackageNoun, &all)
                && !sentence.has_any(&ahead, &all)
                && !sentence.cues_in(&all).any(holds)
        };
        past.unwrap_or_else(noun) && !telling.days.iter().any(dated) && !telling.first_person
    };
    // "Earlier this week, Washington announced a package worth": its time says that it is no news.
    let lately = |telling: &Telling| {
        telling.days.iter().any(|day| {
            let beside_act = day.dates_act || day.opens_sentence();
            day.date.is_none() && beside_act && !day.is_later && !day.is_span
        })
    };
    let main = document.main_donor.as_ref();
    !document.is_live
        && (group.amount().is_none() || group.tellings.iter().all(lately))
        && !shares(&group.donors, news)
        && main.is_none_or(|main| !group.donors.contains(main))
        && group.tellings.iter().all(done)
}

impl Grouper<'_> {
    /// "Among other things Australia has sent 120 Bushmasters", behind what it will give: things that
    /// were given before.
    pub(super) fn is_done_before(&self, index: usize, telling: &Telling) -> bool {
        let group = &self.groups[index];
        let status = group.status().status;
        let announced = matches!(status, Status::Announced | Status::Proposed)
            && !group.tellings[0].is_done
            && (group.amount().is_some()
                || group.tellings[0].days.iter().any(|day| !day.is_span)
                || self.resolves(&group.tellings[0]));
        let already = |telling: &Telling| self.is_told_as_done(telling);
        // "has already supplied tanks", behind what is announced or handed over now.
        let behind = status != Status::Past
            && already(telling)
            && !already(&group.tellings[0])
            && telling.sentence > group.last_sentence;
        // "has already supplied shells, tanks, guns and radars": a list of which little is the news.
        let kin = |item: &&ItemMention| self.holds(group, item);
        let shared = telling.items.iter().filter(kin).count();
        let lists = || behind && self.opens_as_done(telling) && telling.items.len() > 2 * shared;
        telling.is_done
            && telling.amount.is_none()
            && (announced || behind)
            && (shared == 0 || lists())
    }

    /// "has decided to donate", "will hand over": words that tell of news, or of what lies ahead.
    fn resolves(&self, telling: &Telling) -> bool {
        let sentence = &self.document.sentences[telling.sentence];
        sentence.has_any(&[Label::Announce, Label::Will, Label::Expect], &sentence.all())
    }

    /// Whether a package holds a thing, or one of its kind that goes by no other name.
    fn holds(&self, group: &Group, item: &ItemMention) -> bool {
        let other = |held: &ItemMention| {
            held.system.is_some() && item.system.is_some() && held.system != item.system
        };
        is_kin(self.document, group, item) && !group.items.iter().all(other)
    }

    /// "300,000 shells have already been sent", behind shells that are announced now without a number:
    /// theirs is none of these.
    pub(super) fn leave_out_done(&self, index: usize, telling: &mut Telling) {
        let group = &self.groups[index];
        let recalls = matches!(group.status().status, Status::Announced | Status::Proposed)
            && telling.is_done
            && telling.amount.is_none()
            && self.is_told_as_done(telling)
            && !self.is_told_as_done(&group.tellings[0]);
        let open = |item: &ItemMention| {
            let same = |other: &ItemMention| {
                other.quantity.is_none() && is_same_thing(self.document, other, item)
            };
            item.quantity.is_some() && group.items.iter().any(same)
        };
        telling.items.retain(|item| !(recalls && open(item)));
    }

    /// "The gift of the howitzers was agreed in May", behind howitzers that are given now: things without a
    /// number that were told of before.
    pub(super) fn is_echo(
        &self,
        telling: &Telling,
        donors: &[String],
        recipients: &[String],
    ) -> bool {
        let sentence = &self.document.sentences[telling.sentence];
        let known = |item: &ItemMention| {
            let before = item.tokens.start.checked_sub(1);
            item.quantity.is_none() && before.is_some_and(|at| sentence.is(Label::Definite, at))
        };
        let told = |group: &Group| {
            let open = |own: &[String], told: &[String]| told.is_empty() || shares(own, told);
            let same = open(&group.donors, donors) && open(&group.recipients, recipients);
            let news = group.status().status != Status::Past;
            same && news && telling.items.iter().all(|item| is_kin(self.document, group, item))
        };
        telling.status.status == Status::Past
            && telling.amount.is_none()
            && telling.items.first().is_some_and(known)
            && telling.items.iter().all(|item| item.quantity.is_none())
            && done_transfer(sentence, &sentence.all()).is_none()
            && self.groups.iter().any(told)
    }

    /// Whether such words stand before all things that are told.
    fn opens_as_done(&self, telling: &Telling) -> bool {
        let sentence = &self.document.sentences[telling.sentence];
        let first = telling.items.iter().map(|item| item.tokens.start).min();
        first.is_some_and(|first| sentence.has(Label::TotalAfter, &(0..first)))
    }

    /// Whether words say that all that the sentence tells is done by now.
    fn is_told_as_done(&self, telling: &Telling) -> bool {
        let sentence = &self.document.sentences[telling.sentence];
        sentence.has(Label::TotalAfter, &sentence.all())
    }

    /// "The howitzers we have sent", soon behind what was given at the start of the war: further things
    /// that are only recalled.
    pub(super) fn goes_on_recalling(
        &self,
        target: Option<usize>,
        telling: &Telling,
        donors: &[String],
    ) -> bool {
        let recalled = |group: &Group| {
            group.status().status == Status::Past
                && group.last_sentence + RECALLING >= telling.sentence
                && (donors.is_empty() || shares(&group.donors, donors))
        };
        let of_target =
            target.is_some_and(|index| shares_things(self.document, &self.groups[index], telling));
        // "has supplied a third batch": names the package of which the news was told.
        let named = telling.sequence.is_some() && telling.items.is_empty();
        telling.is_done
            && !of_target
            && !named
            && telling.amount.is_none()
            && telling.days.is_empty()
            && self.groups.iter().any(recalled)
    }
}

//! What was given before, told beside an act in a clause or a phrase of its own: "from the Netherlands,
//! which in 2022 had sent five", "to the 50 drones pledged in February".

use super::acts::{GIVERS, VERBS};
use super::{Reader, parties};
use crate::extraction::days;
use crate::extraction::parties::Party;
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, ItemMention, Mention, Value};
use std::ops::Range;

/// So many tokens behind a link stands the number of what was given before.
const NUMBER: usize = 6;

/// So many tokens behind a thing stands the verb of the clause that tells of it.
const RELATIVE: usize = 5;

/// So many tokens behind its opening the verb of a relative clause stands.
const RESUMED: usize = 8;

impl Reader<'_> {
    /// "from the Netherlands, which in 2022 had sent five howitzers": where the last clause of a
    /// sentence tells what its subject gave, behind another act.
    pub(super) fn relative_act(&self) -> Option<usize> {
        let end = self.sentence.tokens.len();
        let start = (1..end).rev().find(|at| self.relative_to(*at).is_some())?;
        let clause = start..end;
        let verb = self.sentence.cues_in(&clause).find(|cue| VERBS.contains(&cue.label))?;
        let near = verb.label == Label::Give && verb.tokens.start <= start + 7;
        let active = !parties::is_passive(self.document, self.sentence, verb);
        let comma = (start + 1..end).any(|at| self.sentence.is_sign(self.text(), at, &[","]));
        let tells = self.sentence.has_any(&VERBS, &(0..start)) && self.has_thing(&(0..start));
        (near && active && !comma && tells && self.has_thing(&clause)).then_some(start)
    }

    /// "To the 50 drones pledged in February, Estonia adds another 20", "After 35 mortars in March, Bulgaria
    /// gives 30 more": where the act begins behind what was given before.
    pub(super) fn recalled_opening(&self) -> Option<usize> {
        let start = usize::from(self.sentence.is_any_sign(0));
        if let Some(comma) = self.subject_behind_opening(start) {
            return Some(comma);
        }
        let given = self.recalled_phrase(start..start + 1)?.1;
        let all = self.sentence.all();
        let sign = |at: usize| self.sentence.is_sign(self.text(), at, &[",", ";"]);
        let behind = given.tokens.end..all.end;
        let close = behind.clone().rev().find(|at| sign(*at) && self.acts_behind(*at));
        // "To the 35 mortars that it gave in March it now adds"
        let pronoun = || {
            let mut it =
                behind.clone().skip(RELATIVE).filter(|at| self.sentence.is(Label::It, *at));
            it.find(|at| self.acts_behind(*at))
        };
        close.or_else(pronoun)
    }

    /// "Following last month's gift of ten trucks, Spain will send": a phrase that names what was before,
    /// up to the comma behind which the subject of an act stands.
    fn subject_behind_opening(&self, start: usize) -> Option<usize> {
        // "Having handed over eight helicopters in January, Oslo will send"
        let having = |cue: &&CueMention| cue.is(Grade::Having);
        let opening = self.sentence.starting_at(Label::EarlierAfter, start);
        let opening =
            opening.or_else(|| self.sentence.starting_at(Label::Have, start).filter(having))?;
        let all = opening.tokens.end..self.sentence.tokens.len();
        let comma = |at: &usize| self.sentence.is_sign(self.text(), *at, &[","]);
        let actor = |at: usize| {
            self.sentence.mention_at(at).is_some_and(|it| matches!(it.value, Value::Actor(_)))
        };
        all.filter(comma).find(|at| {
            let behind = at + 1..at + 1 + RESUMED;
            let subject = at + 1 + usize::from(self.sentence.is(Label::Definite, at + 1));
            let opens = actor(subject)
                || self.sentence.is_any(&[Label::We, Label::It, Label::Office], subject);
            let verbs = [Label::Give, Label::Announce];
            let named = start..*at;
            // "In addition to 12 tanks, Poland will give": both are given now.
            let known = self.sentence.has_any(&[Label::Definite, Label::Earlier], &named)
                || self.sentence.has_any(&VERBS, &named)
                || self.sentence.mentions_in(&named).any(|it| matches!(it.value, Value::Date(_)));
            let gives = self.sentence.has_any(&verbs, &behind) && self.acts_behind(*at);
            opens && known && gives
        })
    }

    /// "adds ten vehicles to the 40 carriers promised in January", "will send 20 howitzers, besides 35 mortars
    /// from Sweden": where what was given before begins.
    pub(super) fn recalled_ending(&self) -> Option<usize> {
        let link = self.recalled_phrase(1..self.sentence.tokens.len())?.0;
        let before = 0..link;
        (self.sentence.has_any(&VERBS, &before) && self.has_thing(&before)).then_some(link)
    }

    /// The last link in a range with things right behind it that were given before, and the first of them.
    fn recalled_phrase(&self, range: Range<usize>) -> Option<(usize, &ItemMention)> {
        let close = |at: usize| self.sentence.is_sign(self.text(), at, &[",", ";"]);
        range.rev().find_map(|link| {
            let to = self.sentence.is(Label::To, link);
            let beside = self.sentence.starting_at(Label::Clause, link);
            let beside = beside.filter(|cue| cue.is(Grade::Beside));
            let earlier = self.sentence.starting_at(Label::EarlierAfter, link);
            let opened = earlier.or(beside).map(|cue| cue.tokens.end);
            let answered = self.answered_at(link);
            let from = opened.or(to.then_some(link + 1)).or(answered)?;
            let end = (from..self.sentence.tokens.len()).find(|at| close(*at));
            let phrase = from..end.unwrap_or(self.sentence.tokens.len());
            let mut things = self
                .sentence
                .items
                .iter()
                .filter(|item| phrase.contains(&item.tokens.start))
                .filter(|item| answered.is_some() || item.quantity.is_some());
            let first = things.next().filter(|item| item.tokens.start <= from + NUMBER)?;
            let known = (link..first.tokens.start).any(|at| self.sentence.is(Label::Definite, at));
            let mut all = std::iter::once(first).chain(things);
            let verb_only = to || answered.is_some();
            let done = all.any(|item| self.is_done_before(item, phrase.end, verb_only));
            (done && (known || !to)).then_some((link, first))
        })
    }

    /// "in return for the 28 tanks given to Ukraine", "gets trucks from Berlin for the tanks it sent": where what
    /// an act answers begins.
    pub(super) fn answered_at(&self, link: usize) -> Option<usize> {
        if let Some(cue) = self.sentence.starting_at(Label::Against, link) {
            return Some(cue.tokens.end);
        }
        let inside = self.sentence.items.iter().any(|item| item.tokens.contains(&link));
        let gets = self.sentence.is(Label::For, link)
            && !inside
            && self.sentence.has(Label::Receive, &(0..link));
        gets.then_some(link + 1)
    }

    /// "the 50 drones pledged", "35 mortars that it gave", "35 mortars from Sweden in March": a verb of an act, or
    /// an earlier time, stands right behind a thing.
    fn is_done_before(&self, item: &ItemMention, end: usize, verb_only: bool) -> bool {
        let behind = item.tokens.end;
        let acts = [Label::Give, Label::Announce, Label::Arrive];
        // "that it gave", "it gave", "Prague gave"
        let actor = |mention: &Mention| self.document.actor_code(&mention.value).is_some();
        let relative = self.sentence.is(Label::Clause, behind)
            && self.sentence.is_any(&[Label::It, Label::Definite], behind)
            || self.sentence.is(Label::It, behind)
            || self.sentence.mention_at(behind).is_some_and(actor);
        let near = if relative { behind + 1..behind + RELATIVE } else { behind..behind + 1 };
        let verb = self
            .sentence
            .cues_in(&near)
            .any(|cue| acts.contains(&cue.label) && cue.inflection.is_past_form());
        let dated = || {
            let near = behind..end.min(behind + RELATIVE);
            let days = days::in_range(self.document, self.sentence, &near, false);
            days.iter().any(|day| day.is_earlier && !day.is_span)
        };
        verb || !verb_only && dated()
    }

    /// Whether a verb of giving or arriving, with a figure or a thing, stands behind a comma.
    fn acts_behind(&self, comma: usize) -> bool {
        let behind = comma + 1..self.sentence.tokens.len();
        let acts = self.sentence.cues_in(&behind).any(|cue| match cue.label {
            // "another 12 are on their way"
            Label::Arrive | Label::Include => true,
            label => {
                let at = cue.tokens.start;
                let finite = (at.saturating_sub(2)..at).any(|at| self.sentence.is(Label::Be, at));
                VERBS.contains(&label) && (finite || cue.inflection != Inflection::Gerund)
            }
        });
        acts && self.has_thing(&behind)
    }

    /// "Denmark, which has already sent 20 tanks, will give 40 howitzers": where the main clause goes on
    /// behind what its subject gave before.
    pub(super) fn resumed_act(&self) -> Option<usize> {
        let end = self.sentence.tokens.len();
        let sign = |at: &usize| self.sentence.is_sign(self.text(), *at, &[",", "–", "—"]);
        let opens = (1..end).find(|at| self.relative_to(*at).is_some())?;
        let reach = opens..end.min(opens + RESUMED);
        let verb = self.sentence.cues_in(&reach).find(|cue| VERBS.contains(&cue.label))?;
        // "which broke ranks last week by promising 14 tanks, is adding"
        let by = verb.inflection == Inflection::Gerund
            && verb.tokens.start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::By, at));
        let gave = matches!(verb.label, Label::Give | Label::Receive | Label::Announce)
            && (verb.inflection.is_past_form() && verb.label != Label::Announce || by)
            && !parties::is_passive(self.document, self.sentence, verb);
        let goes_on = |at: &usize| {
            let near = at + 1..at + 4;
            let finite = [Label::Will, Label::Would, Label::Have, Label::Is, Label::Announce];
            // ", added 10,000 more", ", now supplies 162 vehicles"
            let gives = || {
                let mut verbs = self.sentence.cues_in(&(at + 1..at + 3));
                verbs.any(|cue| {
                    let first = cue.tokens.start == at + 1;
                    let now = cue.inflection == Inflection::Third;
                    cue.label == Label::Give && (first && cue.inflection.is_past_form() || now)
                })
            };
            sign(at) && (self.sentence.has_any(&finite, &near) || gives())
        };
        let close = (verb.tokens.end..end).find(goes_on)?;
        let main = close..end;
        (gave
            && self.has_thing(&(opens..close))
            && self.sentence.has_any(&VERBS, &main)
            && self.has_thing(&main))
        .then_some(close)
    }

    /// The actor right before a comma or dash with "which" behind it.
    fn relative_to(&self, at: usize) -> Option<&Mention> {
        let relative = self.sentence.is_sign(self.text(), at, &[",", "–", "—"])
            && self.sentence.is(Label::Clause, at + 1)
            && self.sentence.is(Label::It, at + 1);
        let actor = relative.then(|| self.sentence.mention_at(at - 1)).flatten()?;
        self.document.actor_code(&actor.value).map(|_| actor)
    }

    /// Who gives in an act that is a relative clause: "by Denmark and Norway, which have paid" are both.
    pub(super) fn relative_subjects(&self) -> Vec<Party> {
        let last = self.act.start.checked_sub(1).and(self.relative_to(self.act.start));
        let before = last.map_or(&[][..], |last| {
            let end = self.sentence.mentions.iter().position(|it| it.tokens == last.tokens);
            &self.sentence.mentions[..end.map_or(0, |end| end + 1)]
        });
        let mut subjects: Vec<Party> = Vec::new();
        let mut next: Option<&Mention> = None;
        for actor in before.iter().rev() {
            let listed = next.is_none_or(|next| self.is_linked(actor, next, subjects.len() == 1));
            let code = self.document.actor_code(&actor.value);
            let Some(code) = code.filter(|_| listed) else { break };
            let gives = self.document.lexicon.can_give(code);
            if gives && !self.document.enemies.contains(code) {
                subjects.push(Party {
                    code: code.to_owned(),
                    span: actor.span,
                    tokens: actor.tokens.clone(),
                    score: 4,
                    rule: GIVERS[0],
                });
            }
            next = Some(actor);
        }
        subjects
    }

    /// Whether nothing but commas and "and" stand between two actors, and "and" before the last.
    fn is_linked(&self, one: &Mention, two: &Mention, is_last: bool) -> bool {
        let mut between = one.tokens.end..two.tokens.start;
        let links = |at: usize| {
            self.sentence.is_sign(self.text(), at, &[","])
                || self.sentence.is_any(&[Label::And, Label::Definite], at)
        };
        !between.is_empty()
            && between.clone().all(links)
            && (!is_last || between.any(|at| self.sentence.is(Label::And, at)))
    }
}

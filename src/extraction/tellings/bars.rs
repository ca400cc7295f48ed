//! Small words right before an item that make it nobody's gift: a threat, a tool, a place, or the
//! thing that another thing serves.

use super::governor::GIVEN;
use super::{Reader, parties};
use crate::lexicon::token::has_plural_ending;
use crate::lexicon::{ActorKind, Label, Role};
use crate::mentions::{CueMention, ItemMention, Mention, Value};
use rust_decimal::Decimal;
use std::ops::Range;

/// Small words after which an item is nobody's gift: a threat, a tool, a place, an origin.
const BARS: [Label; 9] = [
    Label::Against,
    Label::By,
    Label::Lose,
    Label::OwnUse,
    Label::Request,
    Label::Not,
    Label::To,
    Label::From,
    Label::In,
];

/// Within so many tokens before its verb a subject ends.
const SUBJECT: usize = 4;

/// So many tokens before a thing the word stands against what a list of things is done.
const THREATS: usize = 12;

impl Reader<'_> {
    /// Whether the small word before an item says that it is not given.
    pub(super) fn is_barred(&self, item: &ItemMention) -> bool {
        let sentence = self.sentence;
        let mut at = item.tokens.start;
        let mut words = 0;
        while let Some(before) = at.checked_sub(1) {
            let small = sentence.is_any(
                &[Label::Definite, Label::Indefinite, Label::Vague, Label::New, Label::Made],
                before,
            );
            let own = sentence.is(Label::Genitive, before);
            let small = small || own && item.quantity.is_none();
            let actor = sentence
                .mention_at(before)
                .is_some_and(|mention| matches!(mention.value, Value::Actor(_)));
            let plain = self.is_plain(before);
            // Before a number an actor or a plain word is none of the item's.
            let describes = item.quantity.is_none() && (actor || plain);
            if !small && !describes || words == 4 {
                break;
            }
            // "to Ukraine come 20 radars": a word behind the name of a state begins anew.
            let parted = words > 0 && actor && sentence.is(Label::To, before.saturating_sub(1));
            if parted && self.is_plain(at) || actor && self.goes_to(before) {
                return false;
            }
            words += 1;
            at = before;
        }
        let Some(direct) = at.checked_sub(1) else { return false };
        if self.is_plain(direct) && direct > 0 && sentence.is(Label::To, direct - 1) {
            // "to refurbish 100 tanks": an infinitive that says nothing of giving.
            return true;
        }
        // "to clear mines": the words of the purpose outweigh the verb alone, which may announce; "the total
        // number of pledged jets" gives none either.
        let told = sentence.is_any(&[Label::Give, Label::Announce], direct);
        let counts = told.then(|| sentence.ending_at(Label::Against, direct)).flatten();
        let counts = counts.is_some_and(|cue| cue.tokens.len() > 1);
        if counts || sentence.ending_at(Label::Against, at).is_some() {
            return true;
        }
        if self.is_in_range(item, direct) || self.takes_a_sum(direct) {
            return false;
        }
        if sentence.is_any(&GIVEN, direct) || sentence.is(Label::And, direct) {
            return false;
        }
        if sentence.is(Label::With, direct) && self.is_accessory(item, direct) {
            return true;
        }
        if sentence.is(Label::For, direct) {
            return item.quantity.is_none() && self.is_served_at(direct, item.system.is_some());
        }
        let counted = item.quantity.is_some_and(|bounds| bounds.figure() > Decimal::ONE);
        let place = sentence.is_any(&[Label::In, Label::To], direct);
        sentence.is_any(&BARS, direct) && !(place && (counted || self.is_worth(direct)))
    }

    /// "Australia has sent 150 troops and France a frigate": soldiers go with their own arms, and nobody
    /// is named who gets them.
    pub(super) fn sends_people(&self) -> bool {
        let sentence = self.sentence;
        let all = sentence.all();
        let people = sentence.cues_in(&all).any(|cue| {
            let (start, near) = (cue.tokens.end, cue.tokens.end..cue.tokens.end + 4);
            let counted = sentence.is(Label::Number, start)
                || sentence.mention_at(start).is_some_and(|m| matches!(m.value, Value::Number(_)));
            cue.label == Label::Give
                && counted
                && sentence.cues_in(&near).any(|cue| {
                    cue.label == Label::Counted && sentence.is(Label::Forces, cue.tokens.start)
                })
        });
        let receives = || {
            let parties = parties::in_range(self.document, sentence, &all);
            parties.recipients.iter().any(|party| party.score >= 3)
        };
        people && !receives()
    }

    /// "150 million euros goes to the maintenance of jets and to drones": what the sum goes to is bought.
    fn takes_a_sum(&self, to: usize) -> bool {
        let before = 0..to;
        let is_sum = |mention: &Mention| matches!(mention.value, Value::Money(_));
        self.sentence.is(Label::To, to)
            && to > 0
            && self.sentence.is(Label::And, to - 1)
            && self.sentence.mentions_in(&before).any(is_sum)
    }

    /// "ranging from pistols to tanks": both ends are named.
    fn is_in_range(&self, item: &ItemMention, direct: usize) -> bool {
        let sentence = self.sentence;
        let opens = |at: usize| {
            sentence.ending_at(Label::Between, at).is_some_and(|cue| cue.tokens.len() > 1)
        };
        let first = sentence.items.iter().find(|other| other.tokens.end == direct);
        opens(item.tokens.start)
            || sentence.is(Label::To, direct)
                && first.is_some_and(|first| opens(first.tokens.start))
    }

    /// "handed over to Ukraine howitzers", "turned over to the Philippine military a batch of weapons": who
    /// receives stands between the verb and its object.
    fn goes_to(&self, actor: usize) -> bool {
        let Some(mention) = self.sentence.mention_at(actor) else { return false };
        let Value::Actor(number) = mention.value else { return false };
        let kind = self.document.lexicon.actor_at(number).kind;
        let forces = kind == ActorKind::Forces
            || kind == ActorKind::Adjective && self.sentence.is(Label::Forces, mention.tokens.end);
        let state = matches!(kind, ActorKind::Name | ActorKind::Capital);
        let to = mention.tokens.start.checked_sub(1).filter(|_| forces || state);
        let to = to.and_then(|to| {
            let article = forces && self.sentence.is(Label::Definite, to);
            if article { to.checked_sub(1) } else { Some(to) }
        });
        to.is_some_and(|to| {
            let mut verbs = self.sentence.cues_ending_at(to);
            verbs.any(|cue| matches!(cue.label, Label::Give | Label::Arrive))
        })
    }

    /// "boats with cannon": right behind a thing and the word "with" stands what it bears.
    fn is_accessory(&self, item: &ItemMention, with: usize) -> bool {
        let bears =
            self.sentence.items.iter().any(|other| {
                other.tokens.end == with && matches!(other.role, Role::Item | Role::Head)
            });
        let single = !has_plural_ending(&item.name);
        let lexicon = self.document.lexicon;
        let fired = item.class.as_deref().is_some_and(|class| {
            lexicon.ammunition_class(class).is_some_and(|ammunition| ammunition.id == class)
        });
        bears
            && item.quantity.is_none_or(|bounds| bounds.figure() == Decimal::ONE)
            && (single || self.is_armament(item))
            && !fired
            && !matches!(item.role, Role::Ammunition | Role::Part)
    }

    /// Whether a thing is mounted on others: guns of all kinds.
    fn is_armament(&self, item: &ItemMention) -> bool {
        self.is_under(
            item,
            &["artillery", "small-arms", "aa-gun", "naval-gun", "optics", "night-vision"],
        )
    }

    /// "missile and drone attacks": what attacks stands behind "and", and the word for it behind that.
    pub(super) fn joins_attacks(&self, item: &ItemMention) -> bool {
        let mut behind = self.sentence.items.iter();
        behind.find(|next| next.tokens.start >= item.tokens.end).is_some_and(|next| {
            self.is_and(&(item.tokens.end..next.tokens.start))
                && next.quantity.is_none()
                && self.sentence.is(Label::Attack, next.tokens.end)
        })
    }

    /// Whether a thing is what arms are aimed at: "against drones, missiles and aircraft".
    pub(super) fn is_target(&self, item: &ItemMention) -> bool {
        item.quantity.is_none()
            && !matches!(item.role, Role::Ammunition | Role::Part)
            && self.is_under(item, &["drone", "missile", "aircraft", "armour", "naval"])
    }

    fn is_under(&self, item: &ItemMention, classes: &[&str]) -> bool {
        let lexicon = self.document.lexicon;
        item.class
            .as_deref()
            .is_some_and(|class| classes.iter().any(|above| lexicon.is_within(class, above)))
    }

    /// Commas and "and" alone.
    pub(super) fn is_list_sign(&self, gap: &Range<usize>) -> bool {
        let sign = |at: usize| {
            self.sentence.is_sign(self.text(), at, &[","]) || self.sentence.is(Label::And, at)
        };
        !gap.is_empty() && gap.clone().all(sign)
    }

    /// ", bunkers and": words of a list, of which one or two may be unknown.
    pub(super) fn is_loose_list(&self, gap: &Range<usize>) -> bool {
        let plain = gap.clone().filter(|at| self.is_plain(*at)).count();
        let sign = |at: usize| {
            self.sentence.is_sign(self.text(), at, &[","]) || self.sentence.is(Label::And, at)
        };
        !gap.is_empty() && plain <= 2 && gap.clone().all(|at| sign(at) || self.is_plain(at))
    }

    /// "protection from explosive devices, roadside bombs and small arms fire": one of a list of what
    /// something is done against.
    pub(super) fn is_listed_threat(&self, item: &ItemMention) -> bool {
        let start = item.tokens.start;
        let listed = start.checked_sub(1).is_some_and(|at| self.is_list_sign(&(at..start)));
        let plain = |at: usize| {
            self.is_plain(at) || self.is_list_sign(&(at..at + 1)) || self.is_inside_item(at)
        };
        let from = start.saturating_sub(THREATS);
        let opening = (from..start).rev().find(|at| !plain(*at));
        item.quantity.is_none()
            && listed
            && opening.is_some_and(|at| self.sentence.ending_at(Label::Against, at + 1).is_some())
    }

    /// "and" alone.
    pub(super) fn is_and(&self, gap: &Range<usize>) -> bool {
        !gap.is_empty() && gap.clone().all(|at| self.sentence.is(Label::And, at))
    }

    /// ", which Kyiv uses with success, as well as": such words behind a comma go on with the list
    /// that the clause broke off.
    pub(super) fn resumes(&self, gap: &Range<usize>) -> bool {
        self.sentence.cues_in(gap).any(|cue| {
            let before = cue.tokens.start.checked_sub(1).filter(|at| gap.contains(at));
            cue.label == Label::And
                && cue.tokens.len() > 1
                && before.is_some_and(|at| self.sentence.is_sign(self.text(), at, &[","]))
        })
    }

    /// "to maintain and repair howitzers": the second of two infinitives of which nothing is known,
    /// which was read as a word of the item's.
    pub(super) fn is_second_use(&self, item: &ItemMention) -> bool {
        let start = item.tokens.start;
        let Some(to) = start.checked_sub(3) else { return false };
        item.quantity.is_none()
            && self.is_plain(start)
            && self.sentence.is(Label::And, start - 1)
            && self.is_plain(start - 2)
            && self.sentence.is(Label::To, to)
    }

    /// "tanks, which it bought together with howitzers": a verb in a clause that tells of an item.
    pub(super) fn is_told_of_item(&self, at: usize) -> bool {
        let near = at.saturating_sub(4)..at;
        let mut clauses = self.sentence.cues_in(&near);
        clauses.any(|cue| self.is_relative(cue))
    }

    /// "NASAMS, the National Advanced Surface-to-Air Missile System": the same thing again.
    pub(super) fn is_apposition(&self, gap: &Range<usize>) -> bool {
        gap.len() == 2
            && self.sentence.is_any_sign(gap.start)
            && self.sentence.is(Label::Definite, gap.start + 1)
    }

    /// A word of which nothing is known.
    pub(super) fn is_plain(&self, at: usize) -> bool {
        let sentence = self.sentence;
        !sentence.is_any_sign(at)
            && sentence.mention_at(at).is_none()
            && sentence.is_silent(at)
            && sentence.cues_into(at).next().is_none()
    }

    /// "drones bought with funds that volunteers collected": no state's gift.
    pub(super) fn is_crowdfunded(&self, item: &ItemMention) -> bool {
        let end = item.tokens.end;
        let bought = self.sentence.first(Label::Buy, &(end..end + 3));
        bought.is_some_and(|bought| {
            let by = bought.tokens.end;
            self.sentence.is_any(&[Label::With, Label::By, Label::From, Label::For], by)
                && self.sentence.has(Label::Private, &(by..by + 9))
        })
    }

    /// "parts for tanks", "equipment for NASAMS": an item right before the word for what it serves;
    /// a bare word for arms serves only what has a name.
    fn is_served_at(&self, at: usize, named: bool) -> bool {
        let items = &self.sentence.items;
        items.iter().any(|item| item.tokens.end == at && (named || item.role != Role::Vague))
    }

    /// "ploughs for T-72": an item without a number right behind another one and the word "for".
    pub(super) fn serves_another(&self, place: usize) -> bool {
        let item = &self.sentence.items[place];
        // "spares to refurbish 100 tanks and carriers"
        let joined = || {
            let last = &self.sentence.items[place - 1];
            let gap = last.tokens.end..item.tokens.start.max(last.tokens.end);
            item.quantity.is_none() && self.is_and(&gap) && self.serves_another(place - 1)
        };
        place > 0 && !item.tokens.is_empty() && (self.is_barred(item) || joined())
    }

    /// "Equipment to integrate launchers, missiles and radars with": what stands behind the first of several
    /// things that another one is there for.
    pub(super) fn is_of_purpose(&self, place: usize) -> bool {
        let (sentence, item) = (self.sentence, &self.sentence.items[place]);
        let first = &sentence.items[0];
        let aims = |at: usize| sentence.is(Label::To, at) && self.is_plain(at + 1);
        place > 0 && item.quantity.is_none() && first.tokens.clone().any(aims)
    }

    /// "100 million in drones"
    fn is_worth(&self, at: usize) -> bool {
        self.sentence
            .mentions_in(&(at.saturating_sub(8)..at))
            .any(|mention| matches!(mention.value, Value::Money(_)))
    }

    /// "missiles to Russia", "Russia has supplied 200 drones to its troops", in an article on gifts to those
    /// whom Russia attacks.
    pub(super) fn goes_to_enemy(&self, item: &ItemMention) -> bool {
        let enemy = |mention: &Mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| {
                self.document.enemies.contains(code)
                    && self.document.main_recipient.as_deref() != Some(code)
                    && self.document.main_donor.as_deref() != Some(code)
            })
        };
        let end = item.tokens.end;
        let goes = (end + 1..end + 3).any(|at| self.sentence.mention_at(at).is_some_and(enemy));
        let before = 0..item.tokens.start;
        // "Moscow received 200 drones"
        let moves = |cue: &&CueMention| matches!(cue.label, Label::Give | Label::Receive);
        let verb = self.sentence.cues_in(&before).rfind(moves);
        let subject = verb.and_then(|verb| {
            let near = verb.tokens.start.saturating_sub(SUBJECT)..verb.tokens.start;
            let passive = parties::is_passive(self.document, self.sentence, verb);
            self.sentence.mentions_in(&near).last().filter(|_| !passive)
        });
        self.sentence.is(Label::To, end) && goes || subject.is_some_and(enemy)
    }
}

//! What governs each item of a sentence: a verb of giving, a verb of something else, or a small
//! word right before it that makes it a threat, a place or the thing that another thing serves.

use super::Reader;
use crate::lexicon::{Inflection, Label, Role};
use crate::mentions::{CueMention, ItemMention, Value};
use rust_decimal::Decimal;
use std::ops::Range;

/// What the words before an item say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Governor {
    /// Nothing yet: the item is a subject, or stands alone.
    Nothing,
    /// It is given, or is a part of what is given.
    Given,
    /// Something else is done with it.
    Other,
}

/// Words that say that what follows is given.
const GIVEN: [Label; 12] = [
    Label::Give,
    Label::EarlierAfter,
    Label::Receive,
    Label::Include,
    Label::Arrive,
    Label::Announce,
    Label::PackageNoun,
    Label::Buy,
    Label::Thank,
    Label::Withdraw,
    Label::Share,
    Label::ListIntro,
];

/// So many of them say it by themselves; the others only open a list.
const FIRM: usize = 10;

/// Words that say that something else is done with what follows.
const OTHER: [Label; 6] =
    [Label::OwnUse, Label::Replacement, Label::Lose, Label::Request, Label::Wish, Label::Raise];

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

impl Reader<'_> {
    /// For each item of the sentence whether its words say that it is given.
    pub(super) fn governed(&self) -> Vec<bool> {
        let items = &self.sentence.items;
        let mut given = Vec::with_capacity(items.len());
        // The governor in force, and the one before a clause or a purpose was put in.
        let (mut governor, mut base) = (Governor::Nothing, Governor::Nothing);
        let (mut seen, mut end, mut barred, mut used) = (0, 0, false, false);
        for item in items {
            let gap = end..item.tokens.start.max(end);
            let bar = self.is_barred(item);
            // Words such as "supply" and "shipment" are items too, and govern what follows.
            let found = self.governor_in(&(seen..item.tokens.start.max(seen)));
            // "systems, which are fitted with missiles": these come with the systems.
            let found = found.filter(|_| !self.is_fitted(item, &gap));
            if let Some((new, weak)) = found {
                // "what it needs, above all drones": only goes on with what was said.
                let new = if weak && governor == Governor::Other { base } else { new };
                if new == Governor::Given || governor != Governor::Given {
                    base = new;
                }
                governor = new;
            } else if governor == Governor::Other && self.goes_on(item, &gap) {
                governor = base;
            } else if governor == Governor::Other && self.is_passive_gift(item, &gap) {
                governor = Governor::Nothing;
            }
            let shared = barred
                && found.is_none()
                && (self.is_and(&gap) || self.is_apposition(&gap))
                && item.quantity.is_none();
            // "to maintain and repair guns, tanks and trucks"
            let served = self.is_object_of_use(&gap);
            let goes_on = used && found.is_none() && self.is_list_sign(&gap);
            used = (served || goes_on) && item.quantity.is_none();
            barred = bar || shared || used;
            let fits = match governor {
                Governor::Given => true,
                Governor::Other => false,
                Governor::Nothing => self.is_subject_of_giving(item) || self.is_let(item),
            };
            given.push(fits && !barred);
            end = item.tokens.end;
            seen = if item.role == Role::Vague { item.tokens.start.max(seen) } else { end };
        }
        given
    }

    /// The last governor inside a gap between items, and whether it is only a word that opens a
    /// list.
    fn governor_in(&self, gap: &Range<usize>) -> Option<(Governor, bool)> {
        let sentence = self.sentence;
        let cue = |cue: &CueMention| {
            let at = cue.tokens.start;
            if cue.label == Label::Receive && self.returns(cue) {
                return Some((cue.tokens.end, Governor::Other, false));
            }
            if GIVEN.contains(&cue.label) {
                let weak = !sentence.is_any(&GIVEN[..FIRM], at);
                return Some((cue.tokens.end, Governor::Given, weak));
            }
            if cue.label == Label::Have && self.holds(cue) {
                return Some((cue.tokens.end, Governor::Given, false));
            }
            // "training, fuel and ammunition": a thing of the list governs none of it.
            let small = self.is_inside_item(at)
                || sentence.is_any(&GIVEN, at)
                || sentence.is(Label::And, at)
                || self.is_part_of_cue(cue);
            let other = OTHER.contains(&cue.label) || self.is_relative(cue);
            (other && !small).then_some((cue.tokens.end, Governor::Other, false))
        };
        let by_cue = sentence.cues_in(gap).filter_map(cue);
        let by_money = sentence
            .mentions_in(gap)
            .filter(|mention| matches!(mention.value, Value::Money(_)))
            .map(|mention| (mention.tokens.end, Governor::Given, false));
        let by_colon = gap
            .clone()
            .filter(|at| sentence.is_sign(self.text(), *at, &[":"]))
            .map(|at| (at + 1, Governor::Given, true));
        by_cue
            .chain(by_money)
            .chain(by_colon)
            .max_by_key(|(end, _, weak)| (*end, !*weak))
            .map(|(_, governor, weak)| (governor, weak))
    }

    /// "It has shells and rifles", behind a package: its contents.
    fn holds(&self, cue: &CueMention) -> bool {
        let sentence = self.sentence;
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let opens = (0..start).any(|at| sentence.is_any(&[Label::It, Label::Definite], at));
        let near = sentence.items.iter().any(|item| {
            let gap = end..item.tokens.start.max(end);
            item.tokens.start >= end && gap.len() <= 2 && !sentence.has_any(&GIVEN, &gap)
        });
        let before = self.index.saturating_sub(3)..self.index;
        let package = self.document.sentences[before].iter().any(|told| {
            told.has(Label::PackageNoun, &told.all())
                || told.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)))
        });
        start <= 3 && opens && near && package
    }

    /// Whether the sentence tells what a package told before holds.
    pub(super) fn tells_contents(&self) -> bool {
        let have = self.sentence.first(Label::Have, &(0..4));
        have.is_some_and(|cue| self.holds(cue))
    }

    fn is_inside_item(&self, at: usize) -> bool {
        self.sentence.items.iter().any(|item| item.tokens.contains(&at))
    }

    /// "gives tanks and gets others": behind "and" who has given receives.
    fn returns(&self, cue: &CueMention) -> bool {
        let start = cue.tokens.start;
        (start.saturating_sub(2)..start).any(|at| self.sentence.is(Label::And, at))
            && self.sentence.has(Label::Give, &(0..start))
    }

    /// "press" in "press conference": a word of a longer cue is none of its own.
    fn is_part_of_cue(&self, cue: &CueMention) -> bool {
        self.sentence
            .cues_in(&(cue.tokens.start..cue.tokens.start + 1))
            .any(|longer| longer.tokens.len() > cue.tokens.len() && !OTHER.contains(&longer.label))
    }

    /// "which", "that" right behind an item: what follows is told of the item.
    fn is_relative(&self, cue: &CueMention) -> bool {
        let at = cue.tokens.start;
        let sentence = self.sentence;
        let pronoun =
            cue.label == Label::Clause && sentence.is_any(&[Label::It, Label::Definite], at);
        let mut last = at;
        while last > 0 && sentence.is_any_sign(last - 1) {
            last -= 1;
        }
        pronoun && sentence.items.iter().any(|item| item.tokens.end == last)
    }

    fn is_fitted(&self, item: &ItemMention, gap: &Range<usize>) -> bool {
        let start = item.tokens.start;
        let with = start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::With, at));
        with && self.sentence.has(Label::Clause, gap)
            && self.sentence.has(Label::Be, gap)
            && !self.sentence.has_any(&OTHER, gap)
            && !self.sentence.has_any(&GIVEN, gap)
    }

    /// ", 20 tanks": a number right behind a comma goes on with the list that a clause or a purpose
    /// broke off.
    fn goes_on(&self, item: &ItemMention, gap: &Range<usize>) -> bool {
        let sign = |at: usize| {
            self.sentence.is_sign(self.text(), at, &[",", ";"]) || self.sentence.is(Label::And, at)
        };
        item.quantity.is_some() && !gap.is_empty() && gap.clone().all(sign)
    }

    /// "to maintain and repair": behind an item an infinitive of which nothing is known.
    fn is_object_of_use(&self, gap: &Range<usize>) -> bool {
        gap.start > 0
            && gap.len() > 1
            && gap.len() <= 6
            && self.sentence.is(Label::To, gap.start)
            && self.is_plain(gap.start + 1)
            && !gap.clone().any(|at| self.sentence.is_any_sign(at))
    }

    fn is_list_sign(&self, gap: &Range<usize>) -> bool {
        let sign = |at: usize| {
            self.sentence.is_sign(self.text(), at, &[","]) || self.sentence.is(Label::And, at)
        };
        !gap.is_empty() && gap.clone().all(sign)
    }

    fn is_and(&self, gap: &Range<usize>) -> bool {
        !gap.is_empty() && gap.clone().all(|at| self.sentence.is(Label::And, at))
    }

    /// "Crews practise, and spare parts were flown in": behind "and" an item begins a clause.
    fn is_passive_gift(&self, item: &ItemMention, gap: &Range<usize>) -> bool {
        gap.clone().any(|at| self.sentence.is(Label::And, at)) && self.is_subject_of_giving(item)
    }

    /// "NASAMS, the National Advanced Surface-to-Air Missile System": the same thing again.
    fn is_apposition(&self, gap: &Range<usize>) -> bool {
        gap.len() == 2
            && self.sentence.is_any_sign(gap.start)
            && self.sentence.is(Label::Definite, gap.start + 1)
    }

    /// Whether the small word before an item says that it is not given.
    fn is_barred(&self, item: &ItemMention) -> bool {
        let sentence = self.sentence;
        let mut at = item.tokens.start;
        let mut words = 0;
        while let Some(before) = at.checked_sub(1) {
            let small = sentence.is_any(
                &[Label::Definite, Label::Indefinite, Label::Vague, Label::New, Label::Made],
                before,
            );
            let actor = sentence
                .mention_at(before)
                .is_some_and(|mention| matches!(mention.value, Value::Actor(_)));
            let plain = self.is_plain(before);
            // Before a number an actor or a plain word is none of the item's.
            let describes = item.quantity.is_none() && (actor || plain);
            if !small && !describes || words == 4 {
                break;
            }
            words += 1;
            at = before;
        }
        let Some(direct) = at.checked_sub(1) else { return false };
        if self.is_plain(direct) && direct > 0 && sentence.is(Label::To, direct - 1) {
            // "to refurbish 100 tanks": an infinitive that says nothing of giving.
            return true;
        }
        if sentence.is_any(&GIVEN, direct) || sentence.is(Label::And, direct) {
            return false;
        }
        if sentence.is(Label::Against, direct) {
            return true;
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

    /// "boats with cannon": right behind a thing and the word "with" stands what it bears.
    fn is_accessory(&self, item: &ItemMention, with: usize) -> bool {
        let bears =
            self.sentence.items.iter().any(|other| {
                other.tokens.end == with && matches!(other.role, Role::Item | Role::Head)
            });
        let lexicon = self.document.lexicon;
        let fired = item.class.as_deref().is_some_and(|class| {
            lexicon.ammunition_class(class).is_some_and(|ammunition| ammunition.id == class)
        });
        bears
            && item.quantity.is_none()
            && !fired
            && !matches!(item.role, Role::Ammunition | Role::Part)
    }

    /// A word of which nothing is known.
    fn is_plain(&self, at: usize) -> bool {
        let sentence = self.sentence;
        !sentence.is_any_sign(at)
            && sentence.mention_at(at).is_none()
            && sentence.cues_in(&(at..at + 1)).next().is_none()
            && sentence.cues_into(at).next().is_none()
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
        place > 0 && !item.tokens.is_empty() && self.is_barred(item)
    }

    /// "100 million in drones"
    fn is_worth(&self, at: usize) -> bool {
        self.sentence
            .mentions_in(&(at.saturating_sub(8)..at))
            .any(|mention| matches!(mention.value, Value::Money(_)))
    }

    /// "Luxembourg will let Ukraine have 100 launchers": who gives and receives is all that is said.
    fn is_let(&self, item: &ItemMention) -> bool {
        let governs =
            |cue: &CueMention| GIVEN[..FIRM].contains(&cue.label) || OTHER.contains(&cue.label);
        let have = item.tokens.start.saturating_sub(2)..item.tokens.start;
        item.quantity.is_some_and(|bounds| bounds.figure() > Decimal::ONE)
            && self.sentence.has(Label::Have, &have)
            && self.sentence.has_any(&[Label::Will, Label::Would], &(0..have.start))
            && !self.sentence.cues.iter().any(governs)
    }

    /// Whether a clause that tells of the item stands around a verb behind it.
    fn is_in_clause(&self, item: &ItemMention, cue: &CueMention) -> bool {
        let gap = item.tokens.end..cue.tokens.start;
        gap.len() <= 8 && self.sentence.has(Label::Clause, &gap)
    }

    /// "Two helicopters were handed over", "Trucks are in the package", "24 jets promised by": what
    /// stands behind an item says that it is given.
    fn is_subject_of_giving(&self, item: &ItemMention) -> bool {
        let sentence = self.sentence;
        let end = item.tokens.end;
        // "Beds are in the consignment": a word for a package is an item too.
        let inside = |cue: &CueMention| {
            self.is_inside_item(cue.tokens.start) && cue.label != Label::PackageNoun
        };
        let counted = item.quantity.is_some_and(|bounds| bounds.figure() > Decimal::ONE);
        // "two guns, which Germany had announced before, arrived"
        let governs = |cue: &&CueMention| {
            (GIVEN.contains(&cue.label) || OTHER.contains(&cue.label))
                && !inside(cue)
                && !(counted && cue.label == Label::Announce && self.is_in_clause(item, cue))
        };
        let Some(next) = sentence.cues_in(&(end..sentence.tokens.len())).find(governs) else {
            return false;
        };
        let at = next.tokens.start;
        let worth = sentence.is(Label::Worth, end)
            && sentence
                .mentions_in(&(end..end + 4))
                .any(|mention| matches!(mention.value, Value::Money(_)));
        let firm = GIVEN[..FIRM].contains(&next.label)
            && !matches!(next.label, Label::Announce | Label::Thank);
        if worth || counted && firm {
            return true;
        }
        let direct = (end..at).all(|at| sentence.is_any_sign(at));
        sentence.cues_in(&(at..at + 1)).any(|cue| match cue.label {
            Label::Give | Label::Announce | Label::Buy | Label::Receive => {
                let done = matches!(cue.inflection, Inflection::Participle | Inflection::Past);
                let mut near = at.saturating_sub(4)..cue.tokens.end;
                let passive = near.any(|at| sentence.is(Label::Be, at));
                passive && (done || cue.label == Label::Receive)
                    || done && direct && (at == end || sentence.is(Label::By, cue.tokens.end))
            }
            Label::Thank => false,
            label => GIVEN.contains(&label),
        })
    }
}

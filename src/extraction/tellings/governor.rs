//! What governs each item of a sentence: a verb of giving, or a verb of something else. What the
//! small words right before an item say is in `bars`.

use super::Reader;
use crate::lexicon::{Grade, Inflection, Label, Role};
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

/// A governor and where its words end.
#[derive(Debug, Clone, Copy)]
struct Found {
    end: usize,
    governor: Governor,
    /// Whether it only opens a list.
    opens: bool,
    /// Whether it only goes on with what a verb of something else says.
    goes_on: bool,
}

impl Found {
    const GIVEN: Self = Self { end: 0, governor: Governor::Given, opens: false, goes_on: false };
}

/// Words that say that what follows is given.
pub(super) const GIVEN: [Label; 12] = [
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
pub(super) const FIRM: usize = 10;

/// Words that say that something else is done with what follows.
pub(super) const OTHER: [Label; 6] =
    [Label::OwnUse, Label::Replacement, Label::Lose, Label::Request, Label::Wish, Label::Raise];

/// Within so many tokens behind a verb of holding back its object begins.
const OBJECT: usize = 3;

/// Whether more than one is told of.
pub(super) fn is_counted(item: &ItemMention) -> bool {
    item.quantity.is_some_and(|bounds| bounds.figure() > Decimal::ONE)
}

impl Reader<'_> {
    /// For each item of the sentence whether its words say that it is given.
    pub(super) fn governed(&self) -> Vec<bool> {
        let items = &self.sentence.items;
        let mut given = Vec::with_capacity(items.len());
        // The governor in force, and the one before a clause or a purpose was put in.
        let (mut governor, mut base) = (Governor::Nothing, Governor::Nothing);
        let (mut seen, mut end, mut barred, mut used) = (0, 0, false, false);
        let mut denied = false;
        let lists = self.lists_contents();
        for item in items {
            let gap = end..item.tokens.start.max(end);
            let bar = item.tokens.start != self.act.start && self.is_barred(item);
            let not =
                item.tokens.start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Not, at));
            denied = not || denied && barred;
            // Words such as "supply" and "shipment" are items too, and govern what follows.
            let found = self.governor_in(&(seen..item.tokens.start.max(seen)));
            // "systems, which are fitted with missiles": these come with the systems.
            let found = found.filter(|_| !self.is_fitted(item, &gap));
            if let Some(found) = found {
                // "what it needs, above all drones": only goes on with what was said.
                let goes_on = found.goes_on || found.opens && governor == Governor::Other;
                // "is sending guns, and will replenish its stocks with new ones: howitzers made in Ohio"
                let before = 0..item.tokens.start;
                let other = self.sentence.cues_in(&before).rfind(|cue| OTHER.contains(&cue.label));
                let own = base == Governor::Given
                    && other.is_some_and(|other| other.label == Label::Replacement);
                let new = match (goes_on, own) {
                    (true, true) => Governor::Other,
                    (true, false) => base,
                    _ => found.governor,
                };
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
                && (self.is_and(&gap)
                    || self.is_apposition(&gap)
                    || denied && self.is_list_sign(&gap)
                    || self.is_target(item) && self.is_loose_list(&gap))
                && item.quantity.is_none();
            // "to maintain and repair guns, tanks and trucks"
            let served = self.is_object_of_use(&gap) || self.is_second_use(item);
            let goes_on = used && found.is_none() && self.is_list_sign(&gap);
            used = (served || goes_on) && item.quantity.is_none();
            barred = bar || shared || used || self.is_listed_threat(item);
            let fits = match governor {
                Governor::Given => true,
                Governor::Other => self.is_given_in_clause(item),
                Governor::Nothing => {
                    self.is_subject_of_giving(item)
                        || self.is_let(item)
                        || self.is_planned_for(item)
                        || self.is_given_in_clause(item)
                        || self.comes_along(item)
                        || lists
                }
            };
            given.push(fits && !barred);
            end = item.tokens.end;
            seen = if item.role == Role::Vague { item.tokens.start.max(seen) } else { end };
        }
        given
    }

    /// The last governor inside a gap between items.
    fn governor_in(&self, gap: &Range<usize>) -> Option<Found> {
        let sentence = self.sentence;
        let by_cue = sentence.cues_in(gap).filter_map(|cue| self.governor_of(cue));
        let by_money = sentence
            .mentions_in(gap)
            .filter(|mention| matches!(mention.value, Value::Money(_)))
            .map(|mention| Found { end: mention.tokens.end, ..Found::GIVEN });
        let by_colon = gap
            .clone()
            .filter(|at| sentence.is_sign(self.text(), *at, &[":"]))
            .map(|at| Found { end: at + 1, opens: true, ..Found::GIVEN });
        let mut all: Vec<Found> = by_cue.chain(by_money).chain(by_colon).collect();
        all.sort_by_key(|found| (found.end, !found.opens));
        let last = *all.last()?;
        let firm = all.iter().rev().find(|found| !found.opens);
        // "What they need above all is tanks": a word that only opens a list goes on with the verb.
        let asked = last.opens
            && firm.is_some_and(|firm| firm.governor == Governor::Other)
            && !all.iter().any(|found| !found.opens && found.governor == Governor::Given);
        let resumed = last.governor == Governor::Other && self.resumes(&(last.end..gap.end));
        Some(Found { goes_on: asked || resumed, ..last })
    }

    /// What a cue says of the items behind it.
    fn governor_of(&self, cue: &CueMention) -> Option<Found> {
        let sentence = self.sentence;
        let (at, end) = (cue.tokens.start, cue.tokens.end);
        let other = Found { end, governor: Governor::Other, ..Found::GIVEN };
        let given = Found { end, ..Found::GIVEN };
        if cue.label == Label::Receive && (self.returns(cue) || self.is_hoped_for(cue))
            || cue.label == Label::Give
                && (self.is_asked_of_others(cue)
                    || self.is_refused(cue)
                    || self.is_not_done(cue)
                    || self.is_only_urged(cue)
                    || self.fits_out(cue))
            || cue.label == Label::PackageNoun && self.is_awaited(cue)
            || self.is_bought_by_army(cue)
            || self.is_bought_instead(cue)
            || cue.label == Label::Include && self.is_contents_of_nothing(cue)
            || cue.label == Label::Withdraw
                && !self.document.tells_withdrawal()
                && !self.stops_shipment(cue)
            || cue.label == Label::Buy && (self.is_told_of_item(at) || self.uses_itself(at))
        {
            return Some(other);
        }
        if sentence.is_answered(cue) {
            return Some(given);
        }
        // "Five trucks came in November": nothing that stands behind it comes.
        // "To Ukraine come five trucks": what stands right behind it does.
        if cue.comes_itself() || cue.is(Grade::Leaves) {
            return sentence.items.iter().any(|item| item.tokens.start == end).then_some(given);
        }
        if GIVEN.contains(&cue.label) {
            return Some(Found { opens: !sentence.is_any(&GIVEN[..FIRM], at), ..given });
        }
        if cue.label == Label::Have && self.holds(cue) {
            return Some(given);
        }
        // "training, fuel and ammunition": a thing of the list governs none of it.
        let small = self.is_inside_item(at)
            || sentence.is_any(&GIVEN, at)
            || sentence.is(Label::And, at)
            || self.is_part_of_cue(cue);
        (!small && (OTHER.contains(&cue.label) || self.bears(cue) || self.is_relative(cue)))
            .then_some(other)
    }

    /// "We have paused a shipment of bombs", "a pause in the delivery of guns": news of its own, wherever it
    /// is told.
    fn stops_shipment(&self, cue: &CueMention) -> bool {
        let object = cue.tokens.end..cue.tokens.end + OBJECT;
        let noun = self.sentence.first(Label::PackageNoun, &object);
        let base = cue.inflection == Inflection::Base && cue.tokens.len() == 1;
        !base && noun.is_some_and(|noun| self.sentence.is(Label::Of, noun.tokens.end))
    }

    /// "operates 80 tanks and has ordered": who uses things itself buys for itself too.
    fn uses_itself(&self, at: usize) -> bool {
        let before = 0..at;
        self.sentence.has(Label::OwnUse, &before) && !self.sentence.has_any(&GIVEN[..FIRM], &before)
    }

    /// "urged Berlin to let its allies pass on tanks": an infinitive behind a verb of asking and the
    /// one who is asked.
    fn is_asked_of_others(&self, cue: &CueMention) -> bool {
        let sentence = self.sentence;
        let start = cue.tokens.start;
        let asks = sentence
            .cues_in(&(start.saturating_sub(14)..start))
            .rfind(|ask| matches!(ask.label, Label::Request | Label::Wish));
        let Some(asks) = asks else { return false };
        let between = asks.tokens.end..start;
        let infinitive = cue.inflection == Inflection::Base
            && between.clone().any(|at| sentence.is(Label::To, at));
        let mut others = sentence.mentions_in(&between);
        infinitive
            && others.any(|mention| matches!(mention.value, Value::Actor(_)))
            && !sentence.has_any(&[Label::Give, Label::Announce, Label::Will], &between)
    }

    /// "It carries a gun": what a thing is armed with, unless a delivery is told of.
    fn bears(&self, cue: &CueMention) -> bool {
        let moves = [Label::Arrive, Label::Handover, Label::PackageNoun, Label::Carriage];
        // "equipped with" says so even of what has arrived; "carried" may speak of a ship.
        cue.label == Label::Bear
            && (cue.tokens.len() > 1 || !self.sentence.has_any(&moves, &self.sentence.all()))
    }

    /// "vehicles equipped with mortars", "the boats are equipped with radars": what a thing has.
    fn fits_out(&self, cue: &CueMention) -> bool {
        let sentence = self.sentence;
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let with = end - start > 1 && sentence.is(Label::With, end - 1);
        let done = cue.inflection.is_past_form();
        let mut around = sentence.cues.iter().filter(|other| other.label == Label::Bear);
        let thing = sentence.items.iter().any(|item| item.tokens.end == start);
        // "They are made in Spain and equipped with a gun each"
        let told = sentence.is(Label::It, 0) && sentence.has(Label::Be, &(0..start));
        with && done && (thing || told || around.any(|other| other.tokens.end == end))
    }

    /// "Manila's shopping list includes jets", "has asked for arms, including jets", "not in the package
    /// are jets", "will move forces, including a Patriot battery".
    fn is_contents_of_nothing(&self, cue: &CueMention) -> bool {
        let sentence = self.sentence;
        let start = cue.tokens.start;
        let before = start.saturating_sub(16)..start;
        // "$400 million in weapons Ukraine has been asking for, including missiles": given all the same.
        let given = [Label::Give, Label::Announce, Label::PackageNoun];
        let wish = sentence
            .cues_in(&before)
            .rfind(|cue| matches!(cue.label, Label::Wish | Label::Request))
            .filter(|wish| !sentence.has_any(&given, &(0..wish.tokens.start)));
        let forces = |cue: &&CueMention| {
            cue.label == Label::OwnUse && sentence.has(Label::Forces, &cue.tokens)
        };
        let wish = wish.or_else(|| sentence.cues_in(&before).rfind(forces));
        let denied = self.is_denied(cue);
        denied
            || wish.is_some_and(|wish| {
                !sentence.has_any(&[Label::Give, Label::PackageNoun], &(wish.tokens.end..start))
            })
    }

    /// "It has shells and rifles", behind a package: its contents.
    fn holds(&self, cue: &CueMention) -> bool {
        let sentence = self.sentence;
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let opens = (0..start).any(|at| sentence.is_any(&[Label::It, Label::Definite], at))
            || start == 0 && cue.tokens.len() > 1;
        let near = sentence.items.iter().any(|item| {
            let gap = end..item.tokens.start.max(end);
            item.tokens.start >= end && gap.len() <= 2 && !sentence.has_any(&GIVEN, &gap)
        });
        // "The Swedish army has 48 Archers"
        let owned = sentence.has(Label::Forces, &(0..start))
            || sentence.mentions_in(&(0..start)).any(|m| matches!(m.value, Value::Actor(_)));
        start <= 3 && opens && !owned && near && self.follows_package()
    }

    /// Whether a package or a sum is named right before the sentence.
    pub(super) fn follows_package(&self) -> bool {
        let before = self.index.saturating_sub(3)..self.index;
        self.document.sentences[before].iter().any(|told| {
            told.has(Label::PackageNoun, &told.all())
                || told.mentions.iter().any(|mention| matches!(mention.value, Value::Money(_)))
        })
    }

    /// "It has shells and rifles", "There are spare parts": what a package told before holds.
    pub(super) fn tells_contents(&self) -> bool {
        let have = self.sentence.first(Label::Have, &(0..4));
        have.is_some_and(|cue| self.holds(cue))
    }

    pub(super) fn is_inside_item(&self, at: usize) -> bool {
        self.sentence.items.iter().any(|item| item.tokens.contains(&at))
    }

    /// "gives tanks and gets others": behind "and" who has given receives.
    fn returns(&self, cue: &CueMention) -> bool {
        let start = cue.tokens.start;
        (start.saturating_sub(2)..start).any(|at| self.sentence.is(Label::And, at))
            && self.sentence.has(Label::Give, &(self.act.start..start))
    }

    /// "press" in "press conference": a word of a longer cue is none of its own.
    pub(super) fn is_part_of_cue(&self, cue: &CueMention) -> bool {
        self.sentence
            .cues_in(&(cue.tokens.start..cue.tokens.start + 1))
            .any(|longer| longer.tokens.len() > cue.tokens.len() && !OTHER.contains(&longer.label))
    }

    /// "which", "that" right behind an item: what follows is told of the item.
    pub(super) fn is_relative(&self, cue: &CueMention) -> bool {
        let at = cue.tokens.start;
        let sentence = self.sentence;
        let pronoun =
            cue.label == Label::Clause && sentence.is_any(&[Label::It, Label::Definite], at);
        let mut last = at;
        let small = |at: usize| {
            sentence.is_any_sign(at) || sentence.is_any(&[Label::With, Label::By, Label::For], at)
        };
        while last > 0 && small(last - 1) {
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
    /// broke off; ", a ship" goes on with the clause.
    fn goes_on(&self, item: &ItemMention, gap: &Range<usize>) -> bool {
        let sign = |at: usize| {
            self.sentence.is_sign(self.text(), at, &[",", ";"]) || self.sentence.is(Label::And, at)
        };
        is_counted(item) && !gap.is_empty() && gap.clone().all(sign)
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

    /// "Crews practise, and spare parts were flown in": behind "and" an item begins a clause.
    fn is_passive_gift(&self, item: &ItemMention, gap: &Range<usize>) -> bool {
        gap.clone().any(|at| self.sentence.is(Label::And, at)) && self.is_subject_of_giving(item)
    }
}

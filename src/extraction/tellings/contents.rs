//! Which of a sentence's items are given, and which are asked for, lost, or somebody else's.

use super::Reader;
use crate::extraction::grouping::is_kind_of;
use crate::lexicon::{Grade, Label, Role, token::has_plural_ending};
use crate::mentions::{CueMention, ItemMention};
use rust_decimal::Decimal;
use std::ops::Range;

/// Words that say that a sentence speaks of giving.
pub(super) const FRAME: [Label; 6] = [
    Label::Give,
    Label::Receive,
    Label::Arrive,
    Label::Include,
    Label::PackageNoun,
    Label::Withdraw,
];

impl Reader<'_> {
    /// Whether the sentence speaks of what is asked for, lost, or used by others.
    pub(super) fn is_blocked(&self) -> bool {
        let all = self.sentence.all();
        let asks = self.sentence.cues_in(&all).any(|cue| {
            matches!(cue.label, Label::Request | Label::Wish) && !self.sentence.is_answered(cue)
        });
        let loses = self.sentence.has(Label::Lose, &all);
        let acts = [Label::Give, Label::Announce, Label::Receive, Label::Arrive];
        let contents = [Label::PackageNoun, Label::Include];
        let gives = self.sentence.has_any(&acts, &all) || self.sentence.has_any(&contents, &all);
        // "Is the bomb in there?": who asks tells nothing.
        let last = self.sentence.tokens.len().saturating_sub(1);
        let question = (last.saturating_sub(1)..=last)
            .any(|at| self.sentence.is_sign(self.text(), at, &["?"]));
        // "What is in the package?", "What does Kyiv get?", over a list: a heading.
        let heads = self.opens_list
            && (self.sentence.has_any(&contents, &all)
                || self.sentence.has_any(&[Label::ListIntro, Label::Receive], &all));
        question && !heads || (asks || loses) && (!gives || asks && self.only_calls())
    }

    /// "urges Germany to deliver": every verb of giving is an infinitive behind a verb of asking.
    fn only_calls(&self) -> bool {
        let all = self.sentence.all();
        let Some(asks) = self.sentence.first(Label::Request, &all) else { return false };
        // "marks its donation of 100 vehicles, as it seeks to provide": what was told before is no wish.
        let opening = 0..asks.tokens.start;
        let gift = self.sentence.first(Label::PackageNoun, &opening);
        let told = gift.map_or(0..0, |gift| gift.tokens.end..asks.tokens.start);
        let mut things = self.sentence.items.iter().filter(|item| item.quantity.is_some());
        if things.any(|item| told.contains(&item.tokens.start)) {
            return false;
        }
        // "had requested support to acquire two helicopters"
        let acts = |cue: &&CueMention| matches!(cue.label, Label::Give | Label::Receive);
        let mut gives = self.sentence.cues_in(&all).filter(acts).peekable();
        gives.peek().is_some()
            && gives.all(|cue| {
                let start = cue.tokens.start;
                let infinitive =
                    (start.saturating_sub(2)..start).any(|at| self.sentence.is(Label::To, at));
                // "While Kyiv needs more, Madrid wants to supply": what somebody else plans.
                let planned = asks.tokens.end.min(start)..start;
                infinitive
                    && asks.tokens.start < start
                    && !self.sentence.has(Label::Expect, &planned)
            })
            && !self.sentence.has(Label::Announce, &all)
    }

    pub(super) fn is_inventory(&self) -> bool {
        let all = self.sentence.all();
        // "The package includes parts for tanks donated earlier": said of what the contents serve.
        let include = self.sentence.first(Label::Include, &all).map(|cue| cue.tokens.start);
        let include = include.filter(|at| self.sentence.has(Label::PackageNoun, &(0..*at)));
        // "including shells for howitzers that it has already sent"
        let relative = self.sentence.cues_in(&all).find(|cue| self.is_relative(cue));
        let relative = relative
            .map(|cue| cue.tokens.start)
            .filter(|at| self.sentence.has_any(&[Label::Include, Label::Share], &(0..*at)));
        let told = 0..include.or(relative).unwrap_or(all.end);
        let earlier =
            self.sentence.has_any(&[Label::Earlier, Label::TotalAfter, Label::TotalBefore], &told);
        let since = self.sentence.has(Label::Since, &all) && self.sentence.has(Label::Have, &all);
        // "In total, Norway will transfer:" tells what is still to be given.
        let ahead = self.sentence.has(Label::Will, &all);
        (earlier || since) && !ahead && !self.names_new(&all)
    }

    /// "new", "another"; the first word of "more than" says nothing of it.
    pub(super) fn names_new(&self, range: &Range<usize>) -> bool {
        let mut cues = self.sentence.cues_in(range).filter(|cue| cue.label == Label::New);
        cues.any(|cue| !self.is_part_of_cue(cue))
    }

    /// "has to date supplied 3,000 drones": a running total of things.
    pub(super) fn counts_up(&self) -> bool {
        let all = self.sentence.all();
        let parts = |at: &usize| self.sentence.is_sign(self.text(), *at, &[";"]);
        let end = all.clone().find(parts).unwrap_or(all.end);
        let clause = 0..end.min(self.before_what_was_done());
        // "Some of the assistance so far includes 39 vehicles"
        let include = self.sentence.first(Label::Include, &clause).map(|cue| 0..cue.tokens.start);
        let holds = include.is_some_and(|subject| {
            self.sentence.has(Label::AidNoun, &subject)
                && !self.sentence.has(Label::PackageNoun, &subject)
        });
        self.sums_up_to_now(&clause)
            && (holds || self.sentence.has(Label::Have, &clause))
            && !self.names_new(&all)
            && !self.sentence.has(Label::SequenceNoun, &all)
    }

    /// "In addition, tents and generators went to Ukraine", right behind what was given so far.
    pub(super) fn goes_on_counting_up(&self) -> bool {
        let Some(index) = self.index.checked_sub(1) else { return false };
        let sentence = &self.document.sentences[index];
        let (act, frame) = (sentence.all(), sentence.all());
        let before = Reader { sentence, index, act, frame, ..*self };
        let all = self.sentence.all();
        let told = [Label::Will, Label::Would, Label::Expect, Label::New, Label::PackageNoun];
        self.sentence.starting_at(Label::Separate, 0).is_some()
            && !self.sentence.has_any(&told, &all)
            && before.is_inventory()
            && (before.counts_up() || before.sums_up_act())
    }

    /// ", having given 5 million in three years": where such words begin behind an act.
    pub(super) fn before_what_was_done(&self) -> usize {
        let all = self.sentence.all();
        let having = self.sentence.cues_in(&all).find(|cue| {
            let comma = cue.tokens.start.checked_sub(1);
            cue.is(Grade::Having)
                && comma.is_some_and(|at| self.sentence.is_sign(self.text(), at, &[","]))
        });
        having.map_or(all.end, |cue| cue.tokens.start)
    }

    /// "It includes eight tanks", behind a sum over several packages: what they held together.
    pub(super) fn continues_total(&self) -> bool {
        let opens = (0..2).any(|at| self.sentence.is_any(&[Label::It, Label::Definite], at));
        // "The latest package includes" tells of one of them, "Among the donations are" of all.
        let one = (0..4).any(|at| {
            let single = |raw: &str| !has_plural_ending(raw);
            self.sentence.is(Label::PackageNoun, at)
                && single(self.sentence.tokens[at].token.span.of(self.text()))
        });
        opens && !one && self.sentence.has_any(&[Label::Include, Label::Share], &(0..5))
    }

    /// "has already provided": all that the act tells is done by now.
    pub(super) fn sums_up_act(&self) -> bool {
        let act = self.act.start..self.act.end.min(self.before_what_was_done());
        self.sentence.has(Label::Have, &act) && self.sentence.has(Label::TotalAfter, &act)
    }

    /// Items of an entry in a list of contents.
    pub(super) fn listed_items(&self) -> Vec<ItemMention> {
        let items = &self.sentence.items;
        let kept = items.iter().enumerate().filter(|(place, item)| {
            self.act.contains(&item.tokens.start)
                && self.is_named(item)
                && !self.is_aim(item)
                && !self.is_traded(item)
                && !self.is_of_many(item)
                && !self.serves_another(*place)
                && !self.is_of_purpose(*place)
                && !self.heads_a_model(*place)
                && !self.sums_up(*place)
                && !self.explains_another(*place)
        });
        self.named_before(kept.map(|(_, item)| item.clone()).collect())
    }

    /// Items beginning inside the range that the sentence says are given.
    pub(super) fn given_items(&self, range: &Range<usize>, beside_sum: bool) -> Vec<ItemMention> {
        let recalled = self.sentence.starting_at(Label::EarlierAfter, range.start).is_some();
        let framed = beside_sum
            || recalled
            || self.goes_on_about_package()
            || self.lists_contents()
            || self.lists_aid()
            || self.sentence.has_any(&FRAME, &self.sentence.all());
        if !framed || self.is_blocked() || self.sends_people() {
            return Vec::new();
        }
        let items = &self.sentence.items;
        let governed = self.governed();
        let kept = items.iter().enumerate().filter(|(place, item)| {
            governed[*place]
                && self.is_named(item)
                && range.contains(&item.tokens.start)
                && self.is_given(item)
                && !self.is_running_total(item)
                && !self.is_receivers_own(item)
                && !self.is_of_many(item)
                && !self.heads_a_model(*place)
                && !self.sums_up(*place)
                && !self.explains_another(*place)
                && !self.is_aim(item)
                && !self.is_aim_of_venture(item)
                && !self.is_only_owned(item)
                && !self.is_others_gift(item)
                && !self.is_traded(item)
                && !self.is_carrier(item)
                && !self.is_for_own_forces(item)
                && !self.is_replacement(item)
                && !self.is_crowdfunded(item)
        });
        self.named_before(kept.map(|(_, item)| item.clone()).collect())
    }

    /// Whether the sentence tells what a package told before holds, without a verb of giving: "It has
    /// helmets", "The funds will buy helmets", "It is for the sea: radars and boats".
    pub(super) fn goes_on_about_package(&self) -> bool {
        let all = self.sentence.all();
        let aid = (0..4).any(|at| self.sentence.is(Label::AidNoun, at));
        let points = (0..2).any(|at| self.sentence.is_any(&[Label::It, Label::Definite], at));
        let buys = self.sentence.has(Label::Buy, &all);
        let colon = || {
            let first = self.sentence.items.first().map_or(0, |item| item.tokens.start);
            (0..first).any(|at| self.sentence.is_sign(self.text(), at, &[":"]))
        };
        buys && (aid || self.with_it())
            || points && self.follows_package() && (buys || colon())
            || self.tells_contents()
    }

    /// "will be bought with it", "with that money": with what was told before.
    fn with_it(&self) -> bool {
        self.sentence.all().any(|at| {
            let money = || (at + 1..at + 4).any(|at| self.sentence.is(Label::AidNoun, at));
            self.sentence.is(Label::With, at)
                && self.sentence.is_any(&[Label::It, Label::Definite], at + 1)
                && (self.sentence.is(Label::It, at + 1) || money())
        })
    }

    /// "unmanned systems, which are armed drones": says what the item before it is.
    fn explains_another(&self, place: usize) -> bool {
        let items = &self.sentence.items;
        let Some(last) = place.checked_sub(1).map(|before| &items[before]) else { return false };
        let start = items[place].tokens.start;
        let gap = last.tokens.end..start.max(last.tokens.end);
        let relative = |at: usize| {
            self.sentence.is(Label::Clause, at)
                && self.sentence.is_any(&[Label::It, Label::Definite], at)
        };
        let told_of = gap.clone().any(relative)
            && start.checked_sub(1).is_some_and(|at| self.sentence.is(Label::Be, at));
        told_of || self.is_apposed(last, &items[place], &gap) || self.is_gloss(place)
    }

    /// "the Gripen, a fighter": a word for the kind of what has just been named.
    fn is_apposed(&self, named: &ItemMention, item: &ItemMention, gap: &Range<usize>) -> bool {
        let sign = !gap.is_empty() && self.sentence.is_any_sign(gap.start);
        // "the S-300, a Soviet system", where an actor stands before the item's own words.
        let opens = gap.start + 1..item.tokens.start + 1;
        let one = opens.len() <= 4
            && self.sentence.is(Label::Indefinite, opens.start)
            && !self.sentence.has(Label::And, &opens);
        let is = named.system.map(|number| &self.document.lexicon.system_at(number).class);
        let whole = ItemMention { class: is.cloned(), role: item.role, ..named.clone() };
        sign && one && item.system.is_none() && is_kind_of(self.document, &whole, item)
    }

    /// "drones such as Switchblade": a general word without a number before a named model of its
    /// kind adds nothing to it.
    fn heads_a_model(&self, place: usize) -> bool {
        let items = &self.sentence.items;
        let (item, Some(next)) = (&items[place], items.get(place + 1)) else { return false };
        let gap = item.tokens.end..next.tokens.start.max(item.tokens.end);
        let mut signs = gap.clone();
        let colon = signs.any(|at| self.sentence.is_sign(self.text(), at, &[":"]));
        let lists = [Label::Include, Label::Share, Label::ListIntro];
        item.system.is_none()
            && item.quantity.is_none()
            && (next.system.is_some() && self.sentence.has_any(&lists, &gap) || colon)
            && is_kind_of(self.document, next, item)
    }

    /// Whether nothing right beside an item says that it is somebody else's or not given.
    pub(super) fn is_given(&self, item: &ItemMention) -> bool {
        let start = item.tokens.start;
        let mut before = start;
        while before > 0
            && self.sentence.is_any(&[Label::Definite, Label::Indefinite, Label::Vague], before - 1)
        {
            before -= 1;
        }
        let direct = before.checked_sub(1);
        let enemy = direct.and_then(|at| self.sentence.mention_at(at)).is_some_and(|mention| {
            self.document
                .actor_code(&mention.value)
                .is_some_and(|code| self.document.enemies.contains(code))
        });
        // "pistols, 7,000 assault rifles": a word inside the next item's name says nothing of this one.
        let items = &self.sentence.items;
        let next = items.partition_point(|other| other.tokens.start < item.tokens.end);
        let limit = items.get(next).map_or(usize::MAX, |next| next.tokens.start);
        let end = item.tokens.end;
        let after = end..(end + 3).min(limit);
        // "been given 12 vehicles by Russia", where Russia is who gives.
        let giver = |at: usize| {
            let mention = self.sentence.mention_at(at);
            let code = mention.and_then(|mention| self.document.actor_code(&mention.value));
            code.is_some() && code == self.document.main_donor.as_deref()
        };
        let attack = self.sentence.has(Label::Attack, &after) && !after.clone().any(giver)
            || self.joins_attacks(item)
            || direct.is_some_and(|at| self.sentence.is(Label::Attack, at));
        let describes = self.sentence.is_any(&[Label::PackageNoun, Label::AidNoun], end)
            && item.role != Role::Part;
        // "the truck replacement": what replaces the giver's own.
        let describes = describes || self.sentence.is(Label::Replacement, end - 1);
        // "F-16 pilots": what is counted behind it is people.
        let describes = describes
            || item.quantity.is_none()
                && self.sentence.starting_at(Label::Counted, end).is_some()
                && !self.sentence.is_any_sign(end);
        // "the missiles", without name and number: what was told before.
        let words = (0..start).rev().take(2).take_while(|at| self.is_plain(*at)).count();
        // "guns and the associated spare parts"
        let opening = start.checked_sub(2);
        let belongs = matches!(item.role, Role::Part | Role::Ammunition)
            && self.is_plain(start)
            && opening.is_some_and(|at| self.sentence.is_any(&[Label::And, Label::With], at))
            || start.checked_sub(1).is_some_and(|at| self.goes_with_another(at));
        let again = !belongs
            && (start - words).checked_sub(1).is_some_and(|at| {
                // "its howitzers", "their tanks" are told for the first time.
                let mut whose = self.sentence.cues_in(&(at..at + 1));
                self.sentence.is(Label::Definite, at)
                    && !self.sentence.is(Label::It, at)
                    && !whose.any(|cue| cue.is(Grade::Possessive))
            })
            && self.is_told_again(item);
        let left = self.goes_to_enemy(item) || self.is_left_out(item);
        !enemy && !attack && !describes && !again && !left
    }
}

impl Reader<'_> {
    /// "associated", "corresponding": said of what goes with the thing before.
    fn goes_with_another(&self, at: usize) -> bool {
        let mut cues = self.sentence.cues_in(&(at..at + 1));
        cues.any(|cue| cue.is(Grade::Associated))
    }

    /// Whether an item is more than a bare word for arms: its name says what it is, or it is counted.
    /// "15 packages of military aid" are still no things.
    pub(super) fn is_named(&self, item: &ItemMention) -> bool {
        let counted = item.quantity.is_some_and(|bounds| bounds.figure() > Decimal::ONE);
        let last = item.tokens.end - 1;
        // "about 20 items": a word that only opens a list.
        let aid = [Label::AidNoun, Label::PackageNoun, Label::ListIntro];
        let aid = self.sentence.is_any(&aid, last);
        item.role != Role::Vague || counted && !aid
    }
}

//! Which sentences are entries of a list, which one introduces them, and which list things in prose.

use super::Reader;
use super::acts::VERBS;
use crate::extraction::document::Document;
use crate::extraction::grouping::is_kind_of;
use crate::extraction::parties::Parties;
use crate::lexicon::{Label, Role};
use crate::mentions::{ItemMention, Mention, Sentence, Value};
use crate::text::SegmentKind;
use std::ops::Range;

/// Whether a list stands right behind a sentence; headings may part it from what introduces it.
pub(super) fn opens_list(document: &Document<'_>, index: usize) -> bool {
    let sentence = &document.sentences[index];
    let introduces = sentence.segment.kind == SegmentKind::Heading
        || sentence.segment.span.of(&document.article.text).trim_end().ends_with(':');
    let behind = document.sentences.get(index + 1..).unwrap_or_default();
    let next = behind.iter().find(|next| {
        next.segment.kind != SegmentKind::Heading || !introduces || names_a_package(next)
    });
    next.is_some_and(is_entry)
}

/// So many tokens has a heading at most that only names a kind of aid.
const PART: usize = 5;

/// Whether a heading speaks of a package of its own.
pub(super) fn names_a_package(sentence: &Sentence) -> bool {
    let labels = [Label::PackageNoun, Label::Give, Label::Announce, Label::Earlier];
    // "Non-lethal aid:" is a part of what the list is about.
    let aid = sentence.has(Label::AidNoun, &sentence.all()) && sentence.tokens.len() > PART;
    aid || sentence.has_any(&labels, &sentence.all())
        || sentence
            .mentions
            .iter()
            .any(|m| matches!(m.value, Value::Money(_) | Value::Actor(_) | Value::Date(_)))
}

/// Whether a sentence is an entry of a list or a table.
pub(in crate::extraction) fn is_entry(sentence: &Sentence) -> bool {
    matches!(sentence.segment.kind, SegmentKind::Bullet | SegmentKind::Row)
}

/// Words with which a list of things is not the contents of a package told before.
const ELSEWHERE: [Label; 12] = [
    Label::OwnUse,
    Label::Replacement,
    Label::Lose,
    Label::Request,
    Label::Wish,
    Label::Raise,
    Label::Attack,
    Label::Not,
    Label::Earlier,
    Label::TotalAfter,
    Label::TotalBefore,
    Label::Bear,
];

/// Words that say that a list behind them is of a package told before.
const POINTING: [Label; 10] = [
    Label::It,
    Label::PackageNoun,
    Label::AidNoun,
    Label::SequenceNoun,
    Label::Announce,
    Label::Include,
    Label::ListIntro,
    Label::Share,
    Label::Receive,
    Label::Source,
];

impl Reader<'_> {
    /// Whether things that stand without a verb are given, as far as the text around them says.
    pub(super) fn is_given_list(&self) -> bool {
        self.document.is_military && !self.is_blocked()
    }

    /// "Germany: 18 Leopard 2A6 tanks": a line of its own is no heading then, and without a verb as good
    /// as an entry of a list.
    pub(super) fn is_labelled_line(&self) -> bool {
        let sentence = self.sentence;
        let heads = sentence.segment.kind == SegmentKind::Heading;
        !self.is_title()
            && self.labelled().is_some()
            && (heads || !sentence.has_any(&VERBS, &sentence.all()))
            && !sentence.items.is_empty()
    }

    /// "Officials named helmets, rations and tents": several things side by side, right behind a package
    /// and with no word that says anything else of them, are its contents.
    pub(super) fn lists_contents(&self) -> bool {
        let joined = |pair: &&[ItemMention]| {
            let gap = pair[0].tokens.end..pair[1].tokens.start.max(pair[0].tokens.end);
            self.is_list_sign(&gap) && pair.iter().all(|item| item.role != Role::Vague)
        };
        let mut pairs = self.sentence.items.windows(2);
        let Some(first) = pairs.find(joined).map(|pair| &pair[0]) else { return false };
        let enemy = |mention: &Mention| {
            let code = self.document.actor_code(&mention.value);
            code.is_some_and(|code| self.document.enemies.contains(code))
        };
        // "assault rifles": a word of a thing's name says nothing else.
        let all = self.sentence.all();
        let elsewhere = self.sentence.cues_in(&all).any(|cue| {
            ELSEWHERE.contains(&cue.label)
                && !self.is_inside_item(cue.tokens.start)
                && !self.is_part_of_cue(cue)
        });
        self.sentence.segment.kind == SegmentKind::Sentence
            && self.tells_of_package(first.tokens.start)
            && !elsewhere
            && !self.sentence.mentions.iter().any(enemy)
            && (self.follows_package() || self.follows_gift())
    }

    /// "Among them are six howitzers", "These are rifles and pistols", behind a gift of which only
    /// general words were told.
    fn follows_gift(&self) -> bool {
        let first = usize::from(self.sentence.is_any_sign(0));
        let points = self.sentence.is_any(&[Label::It, Label::Definite], first)
            && self.sentence.is(Label::Be, first + 1);
        let opens = points || self.sentence.has_any(&[Label::Share, Label::ListIntro], &(0..2));
        // "There will also be six howitzers"
        let there =
            self.sentence.starting_at(Label::Have, 0).is_some_and(|cue| cue.tokens.len() > 1);
        let before = self.index.checked_sub(1).map(|index| &self.document.sentences[index]);
        (opens || there)
            && before.is_some_and(|told| {
                told.has_any(&[Label::Give, Label::Receive], &told.all())
                    && !told.items.is_empty()
                    && (there || told.items.iter().all(|item| self.is_general_here(item)))
            })
    }

    /// "50 vehicles", behind which the sentence tells of which kinds they are.
    fn is_general_here(&self, told: &ItemMention) -> bool {
        let kind = |item: &ItemMention| is_kind_of(self.document, item, told);
        told.role == Role::Vague || told.system.is_none() && self.sentence.items.iter().all(kind)
    }

    /// Whether a list that begins there is said of a package: it opens the sentence, or a word before
    /// it points to the package, says, or names contents.
    fn tells_of_package(&self, start: usize) -> bool {
        let sentence = self.sentence;
        let said = sentence.cues_in(&(0..start)).rfind(|cue| cue.label == Label::Say);
        let spoken = said.is_some_and(|cue| !sentence.has(Label::Clause, &(cue.tokens.end..start)));
        let small = |at: usize| sentence.is_any(&[Label::Definite, Label::Vague], at);
        start <= 1
            || (0..start).all(small)
            || spoken
            || sentence.has_any(&POINTING, &(0..start))
            || sentence.is(Label::Be, start - 1)
            || (0..start).any(|at| sentence.is_sign(self.text(), at, &[":"]))
    }

    /// "helmets, in addition to two boats": such words between two things go on with the list, where
    /// nothing says that the second was given before.
    pub(super) fn lists_on(&self, cue: &Range<usize>) -> bool {
        let sentence = self.sentence;
        let comma =
            cue.start.checked_sub(1).filter(|at| sentence.is_sign(self.text(), *at, &[","]));
        let end = comma.unwrap_or(cue.start);
        let before = sentence.items.iter().any(|item| item.tokens.end == end);
        let next = sentence.items.iter().find(|item| item.tokens.start == cue.end);
        let Some(next) = next.filter(|_| before) else { return false };
        let told = [Label::Have, Label::Had, Label::Clause, Label::Earlier, Label::TotalAfter];
        // "in addition to 20 tanks pledged last year"
        let done = [Label::Give, Label::Announce, Label::Arrive];
        !sentence.has_any(&told, &(cue.end..self.act.end))
            && !sentence.is(Label::Definite, cue.end - 1)
            && !sentence.is_any(&done, next.tokens.end)
    }

    /// Contents in a sentence that names nobody who gives and no package: they are of what was just
    /// told.
    pub(super) fn is_plain_list(&self, parties: &Parties) -> bool {
        parties.firm_donors(3).is_empty() && self.lists_contents()
    }

    /// "Then fifty Humvees. And 2,000 rounds for the Carl Gustaf.": nothing but things, as a list goes
    /// on that a sentence before began.
    pub(super) fn is_bare_list(&self) -> bool {
        let items = &self.sentence.items;
        let small = [
            Label::And,
            Label::With,
            Label::New,
            Label::Vague,
            Label::Definite,
            Label::Indefinite,
            Label::About,
            Label::MoreThan,
            Label::AtLeast,
            Label::Be,
            // "Ten howitzers, Warsaw said."
            Label::Say,
        ];
        // "A thousand Javelins — that makes it over 8,500": the list ends at the dash.
        let first = items.first().map_or(0, |item| item.tokens.end);
        let dash = |at: &usize| self.sentence.is_sign(self.text(), *at, &["—", "–"]);
        let end = (first..self.sentence.tokens.len()).find(dash);
        let end = end.unwrap_or(self.sentence.tokens.len());
        let others = (0..end).filter(|at| {
            !self.sentence.is_any_sign(*at)
                && !items.iter().any(|item| item.tokens.contains(at))
                && !self.sentence.is_any(&small, *at)
        });
        let other = [Label::Bear, Label::OwnUse, Label::Request, Label::Lose];
        items.iter().any(|item| self.is_named(item))
            && others.count() <= 1
            && !self.sentence.has_any(&other, &self.sentence.all())
    }
}

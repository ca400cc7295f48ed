//! What became of arms that no act took: begun from the thing, not from a verb. In an article on military
//! aid, arms or a sum with both parties, a time of their own, and nothing that says they are no gift, were
//! given then.

use super::evident::is_civil;
use super::recalled::done_transfer;
use super::topic::is_of_its_topic;
use super::{Group, Grouper, Telling, recipients, shares, shares_things};
use crate::extraction::days::Day;
use crate::extraction::document::{Document, is_arms};
use crate::extraction::parties::Party;
use crate::extraction::status::Reading;
use crate::extraction::sums::{Sum, SumRole};
use crate::extraction::tellings::fate::{self, Stretch};
use crate::extraction::tellings::survey::Survey;
use crate::lexicon::{Grade, Inflection, Label, PartyKind, Role};
use crate::mentions::{CueMention, ItemMention, Sentence};
use crate::model::{Aid, CivilDate, Span, Status};
use crate::text::SegmentKind;
use std::ops::Range;

/// How many sentences of an article tell its news.
const NOTICE: usize = 5;

/// So many days before the news an act is recalled.
const OLD: i64 = 2;

/// What stands in a sentence whose things are no gift that was made.
const NO_GIFT: [Label; 10] = [
    Label::Request,
    Label::Wish,
    Label::SaleStrong,
    Label::Sale,
    Label::Trade,
    Label::Lose,
    Label::Loan,
    Label::Withdraw,
    Label::Remaining,
    Label::Appropriation,
];

/// What tells of things in somebody's hands: no gift either, but where the sentence says who gave them.
const IN_USE: [Label; 3] = [Label::OwnUse, Label::Bear, Label::Attack];

/// What counts several gifts together.
const TOTALS: [Label; 2] = [Label::TotalAfter, Label::TotalBefore];

/// What else makes a sum no gift.
const NO_SUM: [Label; 6] =
    [Label::Frame, Label::Year, Label::Since, Label::Cost, Label::Domestic, Label::Replacement];

/// Words by which something changes hands, or that name it as a gift.
const TRANSFER: [Label; 7] = [
    Label::Give,
    Label::Receive,
    Label::Arrive,
    Label::Announce,
    Label::Handover,
    Label::PackageNoun,
    Label::SequenceNoun,
];

/// Adds the recalled packages that are told of by their things alone.
pub(super) fn recall(document: &Document<'_>, sums: &[Sum], groups: Vec<Group>) -> Vec<Group> {
    let about = document.is_military && document.other_topic.is_none() && !document.votes_money;
    if !about || groups.is_empty() {
        return groups;
    }
    let told = groups.clone();
    let survey = Survey::of(document);
    let mut grouper = Grouper { document, groups, focus: None };
    for (index, sentence) in document.sentences.iter().enumerate() {
        let kind = sentence.segment.kind;
        if !matches!(kind, SegmentKind::Sentence | SegmentKind::Bullet | SegmentKind::Row) {
            continue;
        }
        let open = |sum: &&Sum| {
            let role = matches!(sum.role, SumRole::Package | SumRole::Other("no-aid"));
            sum.sentence == index && role
        };
        let own: Vec<&Sum> = sums.iter().filter(open).collect();
        let reader = Reader { document, sentence, groups: &told };
        for stretch in fate::stretches(document, index, &own) {
            if let Some(mut telling) = reader.recalled(stretch) {
                survey.name_receiver(document, &mut telling);
                grouper.found_recalled(telling);
            }
        }
    }
    grouper.groups
}

impl Grouper<'_> {
    /// Founds a package of its own, given by whom the sentence names, or who gave right before it, or
    /// who mostly gives.
    fn found_recalled(&mut self, mut telling: Telling) {
        let before = |group: &Group| {
            let mut tellings = group.tellings.iter().filter(|told| !told.is_title);
            tellings.any(|told| told.sentence <= telling.sentence)
        };
        let nearest = |index: &usize| self.groups[*index].last_sentence;
        let told = (0..self.groups.len()).filter(|index| before(&self.groups[*index]));
        self.focus = told.max_by_key(nearest);
        // "The eleventh, in June, was small by comparison: 250 million"
        let numbered = |group: &Group| {
            let mut tellings = group.tellings.iter();
            group.amount().is_none()
                && group.items.is_empty()
                && tellings.any(|told| told.sentence == telling.sentence && told.sequence.is_some())
        };
        if let Some(index) = self.groups.iter().position(numbered) {
            let (donors, recipients) = (Vec::new(), Vec::new());
            self.join(index, telling, &donors, &recipients);
            return;
        }
        let recalled = !matches!(telling.status.status, Status::Announced | Status::Proposed);
        if telling.parties.donors.is_empty() && !telling.first_person && recalled {
            telling.parties.donors.extend(self.named_before(telling.sentence));
        }
        if telling.parties.donors.is_empty() && !telling.first_person && !recalled {
            telling.parties.donors.extend(self.giver_of_kin(&telling));
        }
        self.name_giver(&mut telling);
        let mut donors = self.donors(&telling);
        // Where nobody is named, not all who gave together before are meant, but who mostly gives.
        let main = self.document.main_donor.as_ref().filter(|code| donors.contains(code));
        if let Some(main) = main.filter(|_| telling.parties.donors.is_empty()) {
            donors = vec![main.clone()];
        }
        let recipients = recipients(&telling, &donors);
        self.found(telling, donors, recipients);
        let receives = |code: &String| self.document.main_recipient.as_ref() == Some(code);
        let unclear = self.groups.last().is_some_and(|group| {
            !is_of_its_topic(self.document, &self.groups, group)
                || group.donors.is_empty()
                || group.recipients.is_empty()
                || shares(&group.donors, &group.recipients)
                || group.donors.iter().any(receives)
        });
        if unclear {
            self.groups.pop();
        }
    }
}

impl Grouper<'_> {
    /// "And Berlin? On 5 January": the one state that could give which the sentence before names.
    fn named_before(&self, index: usize) -> Option<Party> {
        let document = self.document;
        let before = document.sentences.get(index.checked_sub(1)?)?;
        let gives = |code: &&str| {
            document.lexicon.can_give(code)
                && document.lexicon.party_kind(code) == PartyKind::State
                && !document.lexicon.is_attacked(code)
                && !document.enemies.contains(*code)
                && document.main_recipient.as_deref() != Some(*code)
        };
        let named = before.mentions.iter().filter_map(|mention| {
            let code = document.actor_code(&mention.value).filter(gives)?;
            Some((mention, code))
        });
        let mut named =
            named.filter(|_| before.segment.block == document.sentences[index].segment.block);
        let (mention, code) = named.next()?;
        named.all(|(_, other)| other == code).then(|| Party {
            code: code.to_owned(),
            span: mention.span,
            tokens: 0..0,
            score: 2,
            rule: "donor.named-before",
        })
    }
}

impl Grouper<'_> {
    /// "Eighteen more will come": by who gave such things right before.
    fn giver_of_kin(&self, telling: &Telling) -> Option<Party> {
        let group = &self.groups[self.focus?];
        let kin = shares_things(self.document, group, telling) && group.donors.len() == 1;
        let mut donors = group.tellings.iter().flat_map(|told| &told.parties.donors);
        kin.then(|| donors.find(|party| group.donors.contains(&party.code)).cloned()).flatten()
    }
}

/// A sentence, with the packages that are known already.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) sentence: &'a Sentence,
    pub(super) groups: &'a [Group],
}

impl Reader<'_> {
    /// The stretch as the telling of a recalled package, where it is one.
    fn recalled(&self, stretch: Stretch) -> Option<Telling> {
        let Stretch { range, mut telling, is_number } = stretch;
        let sums_up = self.says_no_gift(&self.own_words(&range, &telling), &TOTALS);
        // "operates 14 tanks donated by Britain": whoever has them now, they were given.
        let in_use = self.says_no_gift(&range, &IN_USE) && !self.names_origin(&range);
        if sums_up || in_use || self.says_no_gift(&range, &NO_GIFT) {
            return None;
        }
        // "attacked with 30 tanks; 12 more are on their way"
        let counted = is_number
            && [&NO_GIFT[..], &IN_USE].iter().any(|no| self.says_no_gift(&(0..range.start), no));
        if counted {
            return None;
        }
        let before = telling.items.len();
        let sentence = telling.sentence;
        telling.items.retain(|item| !self.tellings().any(|told| holds(told, sentence, item)));
        telling.amount = telling.amount.take().filter(|amount| {
            let told = self.tellings().filter_map(|told| told.amount.as_ref());
            told.into_iter().all(|known| known.span != amount.span)
        });
        let told = before > telling.items.len();
        if self.lies_ahead(&range, &telling) {
            telling.status = self.ahead(&range, &telling, is_number)?;
            return Some(telling);
        }
        let Some(rule) = self.thing(&range, &telling, is_number, told) else {
            telling.status = self.ahead(&range, &telling, is_number)?;
            return Some(telling);
        };
        let arrived = self.arrived(&range, &telling).filter(|_| !is_number);
        let status = if arrived.is_some() { Status::Delivered } else { Status::Past };
        let span = arrived.or_else(|| self.time(&range, &telling));
        telling.status = match span {
            Some(span) => Reading { status, span: Some(span), rule },
            None => self.ahead(&range, &telling, is_number)?,
        };
        Some(telling)
    }

    /// "donated by Britain": a participle with the giver behind it.
    fn names_origin(&self, range: &Range<usize>) -> bool {
        self.sentence.cues_in(range).any(|cue| {
            cue.label == Label::Give
                && cue.inflection.is_past_form()
                && self.sentence.is(Label::By, cue.tokens.end)
        })
    }

    /// "A batch of 25 vehicles followed on Monday": what came on a day of the news is no recalled gift.
    fn arrived(&self, range: &Range<usize>, telling: &Telling) -> Option<Span> {
        let fresh = |day: &Day| {
            day.date.is_some_and(CivilDate::is_day) && !(day.is_earlier || day.is_later)
        };
        let dated = telling.days.iter().any(|day| fresh(day) && !day.is_span);
        let other = [Label::Earlier, Label::EarlierAfter, Label::Had, Label::Will, Label::Not];
        let mut verbs = self.sentence.cues_in(range);
        let verb = verbs.find(|verb| {
            let done = verb.inflection.is_past_form();
            verb.label == Label::Arrive && done
        })?;
        let counted = telling.items.iter().any(|item| item.quantity.is_some());
        let early = telling.sentence <= NOTICE;
        let news = early && dated && counted && !self.sentence.has_any(&other, range);
        news.then(|| self.sentence.span_of(&verb.tokens))
    }

    /// The stretch up to the "and" behind its thing and its time: "12 boats in May, and brings the total to".
    fn own_words(&self, range: &Range<usize>, telling: &Telling) -> Range<usize> {
        let sum = telling.amount.as_ref().map(|amount| amount.span);
        let ends = self.sentence.mentions.iter().filter(|mention| {
            Some(mention.span) == sum || telling.days.iter().any(|day| day.span == mention.span)
        });
        let ends = ends.map(|mention| mention.tokens.end);
        let things = telling.items.iter().map(|item| item.tokens.end);
        let told = ends.chain(things).filter(|end| *end <= range.end).max().unwrap_or(range.end);
        let and = (told..range.end).find(|at| self.sentence.is(Label::And, *at));
        range.start..and.unwrap_or(range.end)
    }

    fn tellings(&self) -> impl Iterator<Item = &Telling> {
        self.groups.iter().flat_map(|group| &group.tellings)
    }

    /// Whether a word of these stands in a stretch; "already" only says that an act is done, and
    /// "a share in the purchase of" is a gift.
    fn says_no_gift(&self, range: &Range<usize>, labels: &[Label]) -> bool {
        let softer = |cue: &CueMention| match cue.label {
            Label::TotalAfter => cue.is(Grade::Done),
            Label::Sale => cue.is(Grade::Buys),
            _ => false,
        };
        let mut cues = self.sentence.cues_in(range);
        cues.any(|cue| labels.contains(&cue.label) && !softer(cue))
    }

    /// What the stretch is about, as the name of the rule that takes it for a gift; `told` says that a
    /// package holds a part of its things.
    fn thing(
        &self,
        range: &Range<usize>,
        telling: &Telling,
        is_number: bool,
        told: bool,
    ) -> Option<&'static str> {
        let lexicon = self.document.lexicon;
        let moved = self.sentence.has_any(&TRANSFER, range);
        let is_told = || self.tellings().any(|known| known.sentence == telling.sentence);
        if is_number {
            return (moved && !is_told()).then_some("fate.number");
        }
        let dated = telling.days.iter().any(|day| day.date.is_some());
        let counted = |item: &ItemMention| item.quantity.is_some();
        let named = |item: &ItemMention| dated && (item.system.is_some() || moved && !told);
        let gear = |item: &ItemMention| {
            counted(item) && item.role != Role::Vague && !is_civil(self.document, item)
        };
        let arms = |item: &ItemMention| is_arms(lexicon, item) && (counted(item) || named(item));
        if telling.items.iter().any(|item| arms(item) || moved && dated && gear(item)) {
            return Some("fate.arms");
        }
        if telling.amount.is_some() {
            let military = matches!(telling.aid, Aid::Military | Aid::Mixed);
            return (military && !self.says_no_gift(range, &NO_SUM)).then_some("fate.sum");
        }
        let number = telling.sequence.as_ref().map(|sequence| sequence.value);
        let known = self.groups.iter().any(|group| group.sequence() == number);
        let decided = self.sentence.has_any(&[Label::Announce, Label::Give, Label::Arrive], range);
        let new = number.map_or_else(|| dated && self.names_new_package(range), |_| !known);
        let denied = self.sentence.has(Label::Not, range);
        (decided && new && !denied && !self.is_of_told_day(telling)).then_some("fate.package")
    }

    /// Whether a package of which something is told in the sentence, or on the same day, is known.
    fn is_of_told_day(&self, telling: &Telling) -> bool {
        let day = |day: &Day| day.date.filter(|_| !day.is_span);
        let own = || telling.days.iter().filter_map(day);
        self.tellings()
            .any(|known| known.days.iter().filter_map(day).any(|told| own().any(|own| own == told)))
    }

    /// "a first package", "another consignment": one that was not told before.
    fn names_new_package(&self, range: &Range<usize>) -> bool {
        let new = [Label::New, Label::Indefinite, Label::Ordinal];
        self.sentence.cues_in(range).any(|cue| {
            let start = cue.tokens.start;
            let before = start.saturating_sub(3)..start;
            let single = !self.sentence.tokens[cue.tokens.end - 1].is_plural();
            cue.label == Label::PackageNoun && single && self.sentence.has_any(&new, &before)
        })
    }

    /// The words that say when it was: a day before the news, a word for an earlier time, the past perfect.
    fn time(&self, range: &Range<usize>, telling: &Telling) -> Option<Span> {
        let news = self.document.published();
        let old = |day: &&Day| {
            let before = day.date.zip(news).is_some_and(|(day, news)| news.days_since(day) >= OLD);
            !day.is_span && !day.is_later && (day.is_earlier || before)
        };
        let words = [Label::Earlier, Label::EarlierAfter];
        let says = |cue: &&CueMention| {
            let near = cue.tokens.end..cue.tokens.end + 4;
            let mut verbs = self.sentence.cues_in(&near);
            words.contains(&cue.label)
                || cue.label == Label::Had
                    && verbs.any(|verb| verb.inflection == Inflection::Participle)
        };
        // "will deliver 40 guns that it promised in May" is no act of May.
        let ahead = |day: &&Day| !self.sentence.has(Label::Will, &(range.start..day.at));
        let day = telling.days.iter().filter(ahead).find(old).map(|day| day.span);
        let mut cues = self.sentence.cues_in(range);
        let word = || cues.find(says).map(|cue| self.sentence.span_of(&cue.tokens));
        day.or_else(word).or_else(|| self.done(range, telling))
    }

    /// "Spain has provided six tanks", "the 14 tanks sent by Poland": what a giver whom the sentence names
    /// has done, with no time of its own and none of the news.
    fn done(&self, range: &Range<usize>, telling: &Telling) -> Option<Span> {
        let named = telling.parties.donors.iter().any(|party| party.score >= 3);
        let counted = telling.items.iter().any(|item| item.quantity.is_some());
        let told = telling.days.iter().any(|day| day.date.is_some());
        let verb = done_transfer(self.sentence, range).filter(|_| named && counted && !told)?;
        Some(self.sentence.span_of(&verb.tokens))
    }
}

/// Whether a telling holds a thing of a sentence: the name where it stands, or the number that counts it.
fn holds(telling: &Telling, sentence: usize, thing: &ItemMention) -> bool {
    let counted = |item: &ItemMention| telling.sentence == sentence && item.tokens == thing.tokens;
    telling.items.iter().any(|item| item.span == thing.span || counted(item))
}

//! What became of arms that no act took: begun from the thing, not from a verb. In an article on military
//! aid, arms or a sum with both parties, a time of their own, and nothing that says they are no gift, were
//! given then.

use super::days::Day;
use super::document::{Document, is_arms};
use super::grouping::{Group, Grouped};
use super::parties::Party;
use super::status::Reading;
use super::sums::{Sum, SumRole};
use super::tellings::Telling;
use super::tellings::fate::{self, Stretch};
use crate::lexicon::Label;
use crate::mentions::{CueMention, ItemMention, Sentence};
use crate::model::{Span, Status};
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::ops::Range;

/// So many days before the news an act is recalled.
const OLD: i64 = 2;

/// What stands in a sentence whose things are no gift that was made.
const NO_GIFT: [Label; 14] = [
    Label::Request,
    Label::Wish,
    Label::SaleStrong,
    Label::Sale,
    Label::Trade,
    Label::Lose,
    Label::OwnUse,
    Label::Attack,
    Label::Loan,
    Label::TotalAfter,
    Label::TotalBefore,
    Label::Withdraw,
    Label::Remaining,
    Label::Appropriation,
];

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
pub fn recall(document: &Document<'_>, sums: &[Sum], grouped: &mut Grouped) {
    let about = document.is_military
        && document.other_topic.is_none()
        && !document.votes_money
        && !grouped.groups.is_empty();
    if !about {
        return;
    }
    let body = |kind| {
        matches!(kind, SegmentKind::Sentence | SegmentKind::Bullet | SegmentKind::Row)
    };
    let mut found = Vec::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        if !body(sentence.segment.kind) {
            continue;
        }
        let open = |sum: &&Sum| {
            let role = matches!(sum.role, SumRole::Package | SumRole::Other("no-aid"));
            sum.sentence == index && role
        };
        let own: Vec<&Sum> = sums.iter().filter(open).collect();
        let stretches = fate::stretches(document, index, &own);
        let reader = Reader { document, sentence, groups: &grouped.groups };
        found.extend(stretches.into_iter().filter_map(|stretch| reader.package(stretch)));
    }
    grouped.groups.extend(found);
}

/// A sentence, with the packages that are known already.
struct Reader<'a> {
    document: &'a Document<'a>,
    sentence: &'a Sentence,
    groups: &'a [Group],
}

impl Reader<'_> {
    fn package(&self, stretch: Stretch) -> Option<Group> {
        let Stretch { range, mut telling, is_number } = stretch;
        if self.says_no_gift(&range, &NO_GIFT) {
            return None;
        }
        let before = telling.items.len();
        telling.items.retain(|item| !self.tellings().any(|told| holds(told, item.span)));
        telling.amount = telling.amount.take().filter(|amount| {
            let same = |told: &Telling| told.amount.as_ref().map(|known| known.span) == Some(amount.span);
            !self.tellings().any(same)
        });
        let told = before > telling.items.len();
        let rule = self.thing(&range, &telling, is_number, told)?;
        let time = self.time(&range, &telling.days)?;
        telling.status = Reading { status: Status::Past, span: Some(time), rule };
        let donors = self.givers(&telling.parties.donors);
        let recipients = self.receivers(&telling.parties.recipients, &donors);
        if donors.is_empty() || recipients.is_empty() {
            return None;
        }
        Some(Group {
            donor_is_explicit: telling.parties.donors.iter().any(|party| party.score >= 2),
            donors,
            recipients,
            items: telling.items.clone(),
            in_title: false,
            last_sentence: telling.sentence,
            settled: None,
            tellings: vec![telling],
        })
    }

    fn tellings(&self) -> impl Iterator<Item = &Telling> {
        self.groups.iter().flat_map(|group| &group.tellings)
    }

    /// Whether a word of these stands in a stretch; "already" only says that an act is done, and
    /// "a share in the purchase of" is a gift.
    fn says_no_gift(&self, range: &Range<usize>, labels: &[Label]) -> bool {
        let softer = |cue: &CueMention| match cue.label {
            Label::TotalAfter => cue.value == Some(Decimal::TWO),
            Label::Sale => cue.value == Some(Decimal::ONE),
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
        let counted = |item: &ItemMention| item.quantity.is_some() || item.system.is_some();
        let mut arms = telling.items.iter().filter(|item| is_arms(lexicon, item));
        if arms.any(|item| counted(item) || moved && !told) {
            return Some("fate.arms");
        }
        if telling.amount.is_some() {
            return (!self.says_no_gift(range, &NO_SUM)).then_some("fate.sum");
        }
        let number = telling.sequence.as_ref().map(|sequence| sequence.value);
        let known = self.groups.iter().any(|group| group.sequence() == number);
        let decided = self.sentence.has_any(&[Label::Announce, Label::Give, Label::Arrive], range);
        let new = number.map_or_else(|| self.names_new_package(range), |_| !known);
        (decided && new && !is_told()).then_some("fate.package")
    }

    /// "a first package", "another consignment": one that was not told before.
    fn names_new_package(&self, range: &Range<usize>) -> bool {
        let new = [Label::New, Label::Indefinite, Label::Ordinal];
        self.sentence.cues_in(range).any(|cue| {
            let start = cue.tokens.start;
            let before = start.saturating_sub(3)..start;
            cue.label == Label::PackageNoun && self.sentence.has_any(&new, &before)
        })
    }

    /// The words that say when it was: a day before the news, a word for an earlier time, the past perfect.
    fn time(&self, range: &Range<usize>, days: &[Day]) -> Option<Span> {
        let news = self.document.published();
        let old = |day: &&Day| {
            let before = day.date.zip(news).is_some_and(|(day, news)| news.days_since(day) >= OLD);
            !day.is_span && !day.is_later && (day.is_earlier || before)
        };
        let words = [Label::Earlier, Label::EarlierAfter, Label::Had, Label::Ago];
        let cue = || self.sentence.cues_in(range).find(|cue| words.contains(&cue.label));
        let day = days.iter().find(old).map(|day| day.span);
        day.or_else(|| cue().map(|cue| self.sentence.span_of(&cue.tokens)))
    }

    /// Who gives: by grammar, else who is named beside it, else who gives in the whole text.
    fn givers(&self, parties: &[Party]) -> Vec<String> {
        let document = self.document;
        let main = document.main_recipient.as_deref();
        let gives = |code: &str| {
            let takes = document.lexicon.is_attacked(code) || document.enemies.contains(code);
            Some(code) != main && !takes
        };
        let firm = parties.iter().filter(|party| party.score >= 2);
        let firm = codes(firm.map(|party| party.code.as_str()).filter(|code| gives(code)));
        if !firm.is_empty() {
            return firm;
        }
        let named = parties.iter().map(|party| party.code.as_str());
        let mut named = named.chain(document.main_donor.as_deref());
        codes(named.find(|code| gives(code)))
    }

    fn receivers(&self, parties: &[Party], donors: &[String]) -> Vec<String> {
        let new = |code: &&str| donors.iter().all(|donor| donor != code);
        let firm = parties.iter().filter(|party| party.score >= 2);
        let firm = codes(firm.map(|party| party.code.as_str()).filter(new));
        if firm.is_empty() {
            return codes(self.document.main_recipient.as_deref().filter(new));
        }
        firm
    }
}

/// Whether a telling holds the thing at a place of the text.
fn holds(telling: &Telling, span: Span) -> bool {
    telling.items.iter().any(|item| item.span == span)
}

/// Codes in their order, each once.
fn codes<'c>(named: impl IntoIterator<Item = &'c str>) -> Vec<String> {
    let mut codes: Vec<String> = named.into_iter().map(str::to_owned).collect();
    codes.sort();
    codes.dedup();
    codes
}

//! What looks like aid and is in no claim, each with the reason: nothing that looks like aid goes
//! unsaid.

use super::Writer;
use crate::extraction::document::{is_arms, names_aid};
use crate::extraction::grouping::{Group, Grouped, is_civil};
use crate::extraction::parties::bare_count;
use crate::extraction::sums::{Sum, SumRole};
use crate::extraction::tellings::Telling;
use crate::lexicon::{Grade, Label, Role};
use crate::mentions::{Mention, Sentence};
use crate::model::{Gap, Span};
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Words by which something changes hands.
const TRANSFER: [Label; 8] = [
    Label::Give,
    Label::Receive,
    Label::Arrive,
    Label::Announce,
    Label::Thank,
    Label::Buy,
    Label::PackageNoun,
    Label::AidNoun,
];

/// What a sentence may say instead of giving, with the reason that it gives for a gap.
const INSTEAD: [(Label, &str); 8] = [
    (Label::Request, "request"),
    (Label::Wish, "request"),
    (Label::SaleStrong, "sale"),
    (Label::Sale, "sale"),
    (Label::Lose, "losses"),
    (Label::OwnUse, "own-use"),
    (Label::Private, "private"),
    (Label::TotalAfter, "running-total"),
];

impl Writer<'_> {
    /// All gaps, in the order of the text.
    pub(super) fn gaps(&self, sums: &[Sum], grouped: &Grouped) -> Vec<Gap> {
        let unclear = grouped.unclear.iter().map(|item| self.reason("act-unclear", item.span));
        let passing = grouped.passing.iter().map(|item| self.reason("in-passing", item.span));
        let bought = grouped.purchased.iter().flat_map(|group| &group.items);
        let bought = bought.map(|item| self.reason("purchase", item.span));
        let by_sum = sums.iter().filter_map(|sum| self.of_sum(sum, grouped));
        let mut gaps: Vec<Gap> = by_sum.chain(unclear).chain(passing).chain(bought).collect();
        let told = self.told(sums, grouped, &gaps);
        let sentences = self.document.sentences.iter().enumerate();
        let silent = sentences.filter(|(index, _)| !told.contains(index));
        gaps.extend(silent.filter_map(|(_, sentence)| self.of_sentence(sentence)));
        gaps.sort_by_key(|gap| gap.span);
        gaps
    }

    fn reason(&self, reason: &str, span: Span) -> Gap {
        let quote = span.of(&self.document.article.text).to_owned();
        Gap { reason: reason.to_owned(), span, quote }
    }

    /// Why a sum became neither a package nor a total.
    fn of_sum(&self, sum: &Sum, grouped: &Grouped) -> Option<Gap> {
        let span = self.document.sentences[sum.sentence].mentions[sum.mention].span;
        let told = |groups: &[Group]| {
            let tellings = groups.iter().flat_map(|group| &group.tellings);
            tellings.filter_map(|telling| telling.amount.as_ref()).any(|amount| amount.span == span)
        };
        let reason = match sum.role {
            SumRole::Total => return None,
            SumRole::Package if told(&grouped.groups) => return None,
            SumRole::Package if told(&grouped.purchased) => "purchase",
            SumRole::Package => "parties-unclear",
            SumRole::Share => "share",
            SumRole::Conversion => "conversion",
            SumRole::Other(reason) => reason,
        };
        Some(self.reason(reason, span))
    }

    /// The sentences that a claim, a total or another gap stands for.
    fn told(&self, sums: &[Sum], grouped: &Grouped, gaps: &[Gap]) -> BTreeSet<usize> {
        let (bare, full): (Vec<&Group>, Vec<&Group>) = grouped
            .groups
            .iter()
            .partition(|group| group.amount().is_none() && group.items.is_empty());
        // What names neither a sum nor contents is a package by its words alone.
        let bare = bare.into_iter().flat_map(|group| &group.tellings);
        let tellings = full.into_iter().flat_map(|group| &group.tellings);
        let says = |telling: &&Telling| {
            !telling.items.is_empty()
                || telling.amount.is_some()
                || telling.sequence.is_some()
                || telling.mechanism.is_some()
        };
        let claims = tellings.filter(says).map(|telling| telling.sentence);
        let totals = sums.iter().filter(|sum| sum.role == SumRole::Total).map(|sum| sum.sentence);
        let sentences = &self.document.sentences;
        let gaps = gaps
            .iter()
            .map(|gap| sentences.partition_point(|s| s.segment.span.end <= gap.span.start));
        claims.chain(bare.map(|telling| telling.sentence)).chain(totals).chain(gaps).collect()
    }

    /// What looks like aid in a sentence of which nothing was taken.
    fn of_sentence(&self, sentence: &Sentence) -> Option<Gap> {
        let title = matches!(sentence.segment.kind, SegmentKind::Meta | SegmentKind::Title);
        let thing = self.moved(sentence).or_else(|| self.named(sentence)).filter(|_| !title)?;
        // "already" only says that an act is done.
        let instead = INSTEAD.iter().find(|(label, _)| {
            let mut cues = sentence.cues.iter().filter(|cue| cue.label == *label);
            cues.any(|cue| !cue.is(Grade::Done))
        });
        let denied = sentence.cues.iter().any(|cue| cue.is(Grade::Denies));
        let instead = instead.filter(|_| !denied);
        let unclear = match (denied, self.document.is_of_trade) {
            (true, _) => "denied",
            (_, true) => "sale",
            _ => "act-unclear",
        };
        Some(self.reason(instead.map_or(unclear, |(_, reason)| reason), thing))
    }

    /// The first thing beside a verb by which it changes hands: arms, and in an article on military
    /// aid all that is counted, named or not: "Portugal will give three".
    fn moved(&self, sentence: &Sentence) -> Option<Span> {
        let document = self.document;
        if !sentence.has_any(&TRANSFER, &sentence.all()) {
            return None;
        }
        let told = document.is_military || self.names_actor(sentence);
        let mut things = sentence.items.iter().filter(|item| {
            let counted = item.quantity.is_some() && !item.is_everyday && !is_civil(document, item);
            let known =
                item.system.is_some() || told && (counted || is_arms(document.lexicon, item));
            item.role != Role::Vague && known
        });
        let gives = document.is_military && sentence.has(Label::Give, &sentence.all());
        let several = |mention: &&Mention| {
            let start = mention.tokens.start;
            let before = start.saturating_sub(1);
            let actor = |other: &Mention| document.actor_code(&other.value).is_some();
            let opened =
                sentence.is(Label::Give, before) || sentence.mention_at(before).is_some_and(actor);
            let count = bare_count(document, sentence, start);
            opened && count.is_some_and(|count| count.figure() > Decimal::ONE)
        };
        let number = || sentence.mentions.iter().find(several).filter(|_| gives);
        things.next().map(|item| item.span).or_else(|| number().map(|mention| mention.span))
    }

    /// In an article on military aid, arms that are counted, or a package of arms that is decided on:
    /// "four helicopters changed owner", "cleared a first package of arms".
    fn named(&self, sentence: &Sentence) -> Option<Span> {
        let document = self.document;
        if !document.is_military {
            return None;
        }
        let mut arms = sentence.items.iter().filter(|item| is_arms(document.lexicon, item));
        let counted =
            arms.find(|item| item.quantity.is_some_and(|count| count.figure() > Decimal::ONE));
        let decided = [Label::Announce, Label::Expect, Label::Withdraw];
        let package = || {
            let noun = sentence.cues.iter().find(|cue| cue.label == Label::PackageNoun)?;
            let told = sentence.has_any(&decided, &sentence.all())
                && self.names_actor(sentence)
                && names_aid(document.lexicon, sentence);
            told.then(|| sentence.span_of(&noun.tokens))
        };
        counted.map(|item| item.span).or_else(package)
    }

    fn names_actor(&self, sentence: &Sentence) -> bool {
        let mut mentions = sentence.mentions.iter();
        mentions.any(|mention| self.document.actor_code(&mention.value).is_some())
    }
}

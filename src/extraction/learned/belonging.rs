//! Whether a thing belongs to the package that it was read into, or is told in passing: "the howitzer that
//! fires these shells", "a country that also flies the F-16". A weighted sum of features that are written
//! down here, fitted on annotated articles. What does not belong is left out, and is named as a gap.

use super::listed::let_stay;
use super::{ALWAYS, Reason, Weights, claims_of, count_range, reading, weightiest};
use crate::extraction::document::Document;
use crate::extraction::grouping::{Group, Grouped, is_kind_of};
use crate::extraction::parties::Party;
use crate::extraction::tellings::Telling;
use crate::lexicon::{Label, Lexicon};
use crate::mentions::{CueMention, ItemMention, Sentence, Value};
use crate::model::{Article, Bounds, Claim, Span};
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

static WEIGHTS: Weights = Weights::of(include_str!("belonging.tsv"));

/// What has lower log-odds, in thousandths, does not belong. It lies below even odds: a thing that is left out
/// is lost to whoever only reads the totals, and a false one can be seen beside its sentence.
const LEAST: i32 = -200;

/// So many tokens before a thing, and so many behind it, tell what is said of it.
const BEFORE: usize = 6;
const BEHIND: usize = 4;

/// Takes out what does not belong. A package of things alone keeps the one that belongs most.
pub fn sift(document: &Document<'_>, mut grouped: Grouped) -> Grouped {
    let groups = &grouped.groups;
    let stays: Vec<Vec<bool>> =
        (0..groups.len()).map(|at| belonging(document, groups, at)).collect();
    for (group, stays) in grouped.groups.iter_mut().zip(stays) {
        let (own, passing): (Vec<_>, Vec<_>) =
            group.items.drain(..).zip(stays).partition(|(_, stays)| *stays);
        group.items = own.into_iter().map(|(item, _)| item).collect();
        grouped.passing.extend(passing.into_iter().map(|(item, _)| item));
    }
    grouped
}

/// Which things of a group belong to it.
fn belonging(document: &Document<'_>, groups: &[Group], group: usize) -> Vec<bool> {
    let things = things(document, groups, group);
    let odds_of = |thing: Thing<'_>| {
        let odds = WEIGHTS.log_odds(&thing.features());
        if thing.is_paid_for() { odds.max(LEAST) } else { odds }
    };
    let odds: Vec<i32> = things.map(odds_of).collect();
    let best = odds.iter().copied().max().unwrap_or(LEAST);
    let least = if groups[group].amount().is_none() { LEAST.min(best) } else { LEAST };
    let mut stays: Vec<bool> = odds.into_iter().map(|odds| odds >= least).collect();
    let listed: Vec<_> =
        self::things(document, groups, group).map(|t| (t.sentence(), t.mention())).collect();
    let_stay(document, &listed, &mut stays);
    stays
}

fn things<'a>(
    document: &'a Document<'a>,
    groups: &'a [Group],
    group: usize,
) -> impl Iterator<Item = Thing<'a>> {
    (0..groups[group].items.len()).map(move |item| Thing { document, groups, group, item })
}

/// Why each thing that an article tells in passing was left out, by where it stands, the weightiest reason
/// first.
pub fn reasons(lexicon: &Lexicon, article: &Article) -> Vec<(Span, Vec<Reason>)> {
    unsifted(lexicon, article, |document, groups| {
        let mut reasons = Vec::new();
        for group in 0..groups.len() {
            let stays = belonging(document, groups, group);
            for (thing, stays) in things(document, groups, group).zip(stays) {
                if !stays {
                    let span = thing.mention().span;
                    reasons.push((span, weightiest(WEIGHTS.reasons(thing.features()))));
                }
            }
        }
        reasons
    })
}

/// The claims of an article before anything is left out, with the features of each of their things.
pub fn features(lexicon: &Lexicon, article: &Article) -> Vec<(Claim, Vec<Vec<String>>)> {
    unsifted(lexicon, article, |document, groups| {
        let claims = claims_of(document, groups);
        let features =
            |group| things(document, groups, group).map(|thing| thing.features()).collect();
        claims.into_iter().zip((0..groups.len()).map(features)).collect()
    })
}

fn unsifted<T>(
    lexicon: &Lexicon,
    article: &Article,
    read: impl Fn(&Document<'_>, &[Group]) -> T,
) -> T {
    reading(lexicon, article, |document| {
        read(document, &crate::extraction::unsifted(document).1.groups)
    })
}

/// One thing of one group among those of its document.
struct Thing<'a> {
    document: &'a Document<'a>,
    groups: &'a [Group],
    group: usize,
    item: usize,
}

impl<'a> Thing<'a> {
    fn own(&self) -> &'a Group {
        &self.groups[self.group]
    }

    fn mention(&self) -> &'a ItemMention {
        &self.own().items[self.item]
    }

    /// The place that tells it.
    fn telling(&self) -> &'a Telling {
        let (own, span) = (self.own(), self.mention().span);
        let tells = |telling: &&Telling| telling.items.iter().any(|item| item.span == span);
        let around = |telling: &&Telling| {
            let place = self.document.sentences[telling.sentence].segment.span;
            place.start <= span.start && span.end <= place.end
        };
        let mut tellings = own.tellings.iter();
        let told = tellings.clone().find(tells).or_else(|| tellings.find(around));
        told.unwrap_or(&own.tellings[0])
    }

    fn sentence(&self) -> &'a Sentence {
        &self.document.sentences[self.telling().sentence]
    }

    /// "- $3 million for drones, through the coalition led by Latvia", in the list of what a package of money is
    /// for: whoever else is named there, it is bought.
    fn is_paid_for(&self) -> bool {
        let sentence = self.sentence();
        let first = sentence.mentions.first();
        let sum = first.filter(|first| matches!(first.value, Value::Money(_)));
        let tokens = &self.mention().tokens;
        self.own().amount().is_some_and(|(priced, _)| priced.sentence != self.telling().sentence)
            && sentence.segment.kind == SegmentKind::Bullet
            && sum.is_some_and(|sum| {
                sum.tokens.start <= 1 && sentence.has(Label::For, &(sum.tokens.end..tokens.start))
            })
    }

    /// The features that hold, by name.
    fn features(&self) -> Vec<String> {
        let mut features = BTreeSet::from([ALWAYS.to_owned()]);
        features.extend(self.place());
        features.extend(self.said());
        features.extend(self.parties());
        features.extend(self.thing());
        features.extend(self.others());
        features.into_iter().collect()
    }

    /// Where it is told, among the sentences that tell its package.
    fn place(&self) -> Vec<String> {
        let (own, telling, sentence) = (self.own(), self.telling(), self.sentence());
        let at = telling.sentence;
        let body = || own.tellings.iter().filter(|telling| !telling.is_title);
        let first = body().map(|telling| telling.sentence).min().unwrap_or(0);
        let says = |telling: &&Telling| !telling.items.is_empty() || telling.amount.is_some();
        let priced = own.amount().map(|(telling, _)| telling.sentence);
        let told = own.tellings.iter().find(says).map_or(first, |telling| telling.sentence);
        let main = priced.unwrap_or(told);
        let last = body().map(|telling| telling.sentence).filter(|told| *told < at).max();
        let between =
            |telling: &Telling| last.is_some_and(|last| (last + 1..at).contains(&telling.sentence));
        let strangers = self.strangers().any(|group| group.tellings.iter().any(between));
        let block = |index: usize| self.document.sentences[index].segment.block;
        let sum = match priced {
            None => "none",
            Some(sum) if sum == at => "beside",
            Some(sum) if sum < at => "before",
            Some(_) => "behind",
        };
        let mut features = vec![
            format!("stands in a {:?}", sentence.segment.kind),
            format!("sum: {sum}"),
            format!("sentences from the first: {}", count_range(at.saturating_sub(first))),
            match at.checked_sub(main) {
                None => "before the sum or the first things".to_owned(),
                Some(count) => {
                    format!("sentences from the sum or the first things: {}", count_range(count))
                }
            },
            format!(
                "sentences from the last: {}",
                last.map_or("none before", |last| count_range(at - last))
            ),
        ];
        if strangers {
            features.push("another package told between".to_owned());
        }
        if last.is_some_and(|last| block(last) == sentence.segment.block) {
            features.push("same paragraph".to_owned());
        }
        features
    }

    /// What is said of it.
    fn said(&self) -> Vec<String> {
        let (own, telling, sentence) = (self.own(), self.telling(), self.sentence());
        let tokens = &self.mention().tokens;
        let first = std::ptr::eq(telling, &raw const own.tellings[0]);
        let held = [
            ("told first", first),
            ("told by the headline", telling.is_title),
            ("package in the headline", own.in_title),
            ("verb of giving", telling.has_giving_verb),
            ("we", telling.first_person),
            ("points back", telling.refers_back),
            ("goes on", telling.goes_on),
            ("done by now", telling.is_done),
            ("plain list", telling.is_plain_list),
            ("inventory", telling.is_inventory),
            ("new", telling.has_new),
            ("entry of acts", telling.is_entry_act),
            ("another package", telling.opens_another),
            ("separate", telling.is_separate),
            ("release", self.document.is_release),
        ];
        let held = held.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name.to_owned());
        let near = |cue: &&CueMention| {
            let (from, to) = (tokens.start.saturating_sub(BEFORE), tokens.end + BEHIND);
            let before = cue.tokens.end <= tokens.start && cue.tokens.end > from;
            before || (tokens.end..to).contains(&cue.tokens.start)
        };
        let side = |label: Label, start| {
            let side = if start < tokens.start { "before it" } else { "behind it" };
            format!("{label:?} {side}")
        };
        let cues = sentence.cues.iter().filter(near);
        let stage = format!("told as {} of what is {}", telling.status.status, own.status().status);
        held.chain(cues.map(|cue| side(cue.label, cue.tokens.start))).chain([stage]).collect()
    }

    /// Who is named beside it.
    fn parties(&self) -> Vec<String> {
        let (own, telling) = (self.own(), self.telling());
        let names = |own: &[String], told: &[Party]| match told {
            [] => "nobody",
            _ if told.iter().any(|party| own.contains(&party.code)) => "its own",
            _ => "another",
        };
        let mentions = self.sentence().mentions.iter();
        let codes: Vec<&str> =
            mentions.filter_map(|mention| self.document.actor_code(&mention.value)).collect();
        let known = |code: &str| own.donors.iter().chain(&own.recipients).any(|own| own == code);
        let mut features = vec![
            format!("giver told: {}", names(&own.donors, &telling.parties.donors)),
            format!("receiver told: {}", names(&own.recipients, &telling.parties.recipients)),
        ];
        if codes.is_empty() {
            features.push("nobody named".to_owned());
        }
        if codes.iter().any(|code| !known(code)) {
            features.push("somebody else named".to_owned());
        }
        features
    }

    /// What kind of thing it is, and how it is told beside others.
    fn thing(&self) -> Vec<String> {
        let (own, item, telling) = (self.own(), self.mention(), self.telling());
        let count = match item.quantity {
            None => "none",
            Some(bounds) if bounds.figure() == Decimal::ONE => "one",
            Some(_) => "many",
        };
        let here = |item: &ItemMention| is_told_in(telling, item);
        let mut features = vec![
            format!("part: {:?}", item.role),
            format!("number: {count}"),
            format!("a system: {}", item.system.is_some()),
            format!("plural: {}", item.name.ends_with('s')),
            format!("words: {}", count_range(item.name.split(' ').count())),
            format!("things beside it: {}", count_range(telling.items.len())),
            format!("things of the package: {}", count_range(own.items.len())),
        ];
        if item.is_everyday {
            features.push("everyday".to_owned());
        }
        if own.items.iter().all(here) {
            features.push("all things told here".to_owned());
        }
        features
    }

    /// How it goes with the other things of its package.
    fn others(&self) -> Vec<String> {
        let (own, item, telling) = (self.own(), self.mention(), self.telling());
        let mut features = Vec::new();
        let mut sum = Some(Decimal::ZERO);
        for (place, other) in own.items.iter().enumerate().filter(|(place, _)| *place != self.item)
        {
            let alike = item.role == other.role;
            let finer = alike && is_kind_of(self.document, other, item);
            let relations = [
                ("same system", item.system.is_some() && item.system == other.system),
                ("same noun", noun(item) == noun(other)),
                ("same class", item.class.is_some() && item.class == other.class),
                ("finer thing", finer),
                ("coarser thing", alike && is_kind_of(self.document, item, other)),
            ];
            let order = if place < self.item { "before" } else { "behind" };
            let near = if is_told_in(telling, other) { "here" } else { "elsewhere" };
            for (name, _) in relations.into_iter().filter(|(_, holds)| *holds) {
                features.push(format!("{name} {order}, {near}"));
                if other.quantity.is_some() {
                    features.push(format!("{name} counted, {near}"));
                }
                if let (Some(one), Some(two)) = (item.quantity, other.quantity) {
                    let same = if one.figure() == two.figure() { "same" } else { "other" };
                    features.push(format!("{name} in {same} number"));
                }
            }
            if finer {
                let count = other.quantity.map_or(Decimal::ZERO, Bounds::figure);
                sum = sum.and_then(|sum| sum.checked_add(count));
            }
        }
        if item.quantity.is_some() && item.quantity.map(Bounds::figure) == sum {
            features.push("sum of finer things".to_owned());
        }
        features
    }

    fn strangers(&self) -> impl Iterator<Item = &'a Group> {
        let own = self.group;
        self.groups
            .iter()
            .enumerate()
            .filter(move |(index, _)| *index != own)
            .map(|(_, group)| group)
    }
}

fn is_told_in(telling: &Telling, item: &ItemMention) -> bool {
    telling.items.iter().any(|told| told.span == item.span)
}

/// The last word of a name, in lower case and without the plural's letter.
fn noun(item: &ItemMention) -> String {
    let last = item.name.rsplit(' ').next().unwrap_or_default();
    last.trim_end_matches('s').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Extraction;

    const PASSING: &str = "TITLE: Finland's 25th package\nDATE: 2024-08-28\n\nFinland will give Ukraine a \
        package of mortars and assault rifles worth 118 million euros, the ministry said on Wednesday. The \
        minister has in several interviews ruled out that Finland would part with its Hornet fighters before \
        the new F-35s have come into service.\n";

    fn article(page: &str) -> Article {
        crate::text::read(page.as_bytes(), &crate::text::Hint::default()).unwrap()
    }

    fn read(page: &str) -> Extraction {
        crate::extraction::read_claims(Lexicon::builtin(), &article(page))
    }

    #[test]
    fn what_is_told_in_passing_is_a_gap_with_its_reasons_and_no_thing_of_the_package() {
        let told = read(PASSING);
        let names: Vec<&str> = told.claims[0].items.iter().map(|item| item.name.as_str()).collect();
        assert_eq!(names, ["mortars", "assault rifles"]);
        let gaps = told.gaps.iter().filter(|gap| gap.reason == "in-passing");
        let gaps: Vec<Span> = gaps.map(|gap| gap.span).collect();
        let reasons = reasons(Lexicon::builtin(), &article(PASSING));
        assert_eq!(gaps, reasons.iter().map(|(span, _)| *span).collect::<Vec<_>>());
        for (_, reasons) in reasons {
            let odds: i32 = reasons.iter().map(|reason| reason.weight).sum();
            assert!(odds + WEIGHTS.all()[ALWAYS] < LEAST);
        }
    }

    #[test]
    fn a_package_of_things_alone_keeps_the_one_that_belongs_most() {
        let lone =
            "TITLE: Aid\nDATE: 2024-08-28\n\nHelsinki says that Finland gave Ukraine howitzers.\n";
        assert_eq!(read(lone).claims[0].items.len(), 1);
    }
}

//! What the sums in the entries of a list are by the words that open it, and what shares say of their whole.

use super::{Sum, SumRole};
use crate::extraction::document::Document;
use crate::extraction::{parties, routes};
use crate::lexicon::{Grade, Label, PartyKind};
use crate::mentions::{Money, Sentence, Value};
use crate::model::Aid;
use crate::text::SegmentKind;
use rust_decimal::Decimal;
use std::ops::Range;

/// The roles of sums that nobody has voted yet.
const NOT_YET: [SumRole; 2] = [SumRole::Other("appropriation"), SumRole::Other("request")];

/// The rule for a share in the entry of a list.
const LISTED: &str = "sum.listed";

/// The rule for a share in what is told of a package.
const DESCRIBED: &str = "sum.described";

/// Within so many tokens "the package consists of" opens a sentence.
const OPENING: usize = 5;

/// So many sentences before the words that open a list stands the sum that these point back to.
const POINTED_AT: usize = 2;

/// The entries of each list with a sum that is told in the words before it, or that these point back to.
pub(super) fn entries(document: &Document<'_>, sums: &mut [Sum]) {
    let is_entry = |at: &usize| document.sentences[*at].segment.kind == SegmentKind::Bullet;
    let mut place = 0;
    while place < sums.len() {
        let first = sums[place].sentence;
        let end = (first..document.sentences.len()).find(|at| !is_entry(at));
        let end = end.unwrap_or(document.sentences.len());
        let listed =
            place..place + sums[place..].iter().take_while(|sum| sum.sentence < end).count();
        if listed.is_empty() {
            place += 1;
            continue;
        }
        let lead = (0..first).rev().find(|at| !is_entry(at)).filter(|lead| opens(document, *lead));
        if let Some(lead) = lead {
            kinds(sums, lead, &listed);
            shares(document, sums, lead, &listed);
        }
        place = listed.end;
    }
}

/// "The package includes:"
fn opens(document: &Document<'_>, lead: usize) -> bool {
    document.sentences[lead].segment.span.of(&document.article.text).trim_end().ends_with(':')
}

/// "The request to Congress for $3.3 billion prioritizes: $1 billion to ensure": the entries of a list are
/// of the kind of the sum that opens it, where that is no aid yet.
fn kinds(sums: &mut [Sum], lead: usize, listed: &Range<usize>) {
    let opening = sums[..listed.start].iter().rev().find(|sum| sum.sentence == lead);
    let Some((kind, rule)) = opening.map(|sum| (sum.role, sum.rule)) else { return };
    if NOT_YET.contains(&kind) {
        for sum in sums[listed.clone()].iter_mut().filter(|sum| sum.role == SumRole::Package) {
            (sum.role, sum.rule) = (kind, rule);
        }
    }
}

/// "is giving 25.9 million. The package includes:" and its entries: what they name of the same money is a
/// share of it each, unless they come to more, or one is given by another, to another or by a route of its own.
fn shares(document: &Document<'_>, sums: &mut [Sum], lead: usize, listed: &Range<usize>) {
    let Some(whole) = whole(document, &sums[..listed.start], lead) else { return };
    let Some(worth) = money(document, &sums[whole]) else { return };
    let of_whole: Vec<usize> = listed
        .clone()
        .filter(|place| {
            sums[*place].role == SumRole::Package
                && money(document, &sums[*place]).is_some_and(|own| own.currency == worth.currency)
        })
        .collect();
    let figures = of_whole.iter().filter_map(|place| money(document, &sums[*place]));
    let all = figures.map(|own| own.bounds.figure()).try_fold(Decimal::ZERO, Decimal::checked_add);
    let is_within = all.is_some_and(|all| all <= worth.bounds.figure());
    let is_own =
        |place: &usize| is_own_package(document, &document.sentences[sums[*place].sentence]);
    if !is_within || of_whole.iter().any(is_own) {
        return;
    }
    for place in of_whole {
        (sums[place].role, sums[place].rule) = (SumRole::Share, LISTED);
    }
}

/// "decided on a package of SEK 4.6 billion. The package consists of gear and money. SEK 300 million goes to
/// drones. SEK 20 million is put into the coalition": what is told of it sentence by sentence, with sums of the
/// same money that nobody gives anew, are shares of it, unless they come to more.
pub(super) fn described(document: &Document<'_>, sums: &mut [Sum]) {
    for lead in 0..document.sentences.len() {
        if !describes(document, lead) {
            continue;
        }
        let first = sums.iter().position(|sum| sum.sentence >= lead).unwrap_or(sums.len());
        let Some(whole) = whole(document, &sums[..first], lead) else { continue };
        let Some(worth) = money(document, &sums[whole]) else { continue };
        let mut left = worth.bounds.figure();
        let currency = worth.currency.clone();
        let mut last = lead;
        for sum in &mut sums[first..] {
            let at = sum.sentence;
            let is_near = (last + 1..=at).all(|between| goes_on(document, between));
            if at > last + POINTED_AT || !is_near {
                break;
            }
            last = at;
            let own = money(document, sum).filter(|own| own.currency == currency);
            let rest = own.and_then(|own| left.checked_sub(own.bounds.figure()));
            if let Some(rest) = rest.filter(|rest| *rest >= Decimal::ZERO)
                && sum.role == SumRole::Package
            {
                left = rest;
                (sum.role, sum.rule) = (SumRole::Share, DESCRIBED);
            }
        }
    }
}

/// "The package consists of"
fn describes(document: &Document<'_>, lead: usize) -> bool {
    let sentence = &document.sentences[lead];
    let opening = 0..OPENING.min(sentence.tokens.len());
    let package = sentence.first(Label::PackageNoun, &opening);
    package.is_some_and(|package| {
        package.tokens.start > 0
            && sentence.is(Label::Definite, package.tokens.start - 1)
            && sentence.starting_at(Label::Include, package.tokens.end).is_some()
    })
}

/// Whether a sentence goes on telling what is in a package: nobody gives, says or recalls anything in it, and
/// nothing is given to others.
fn goes_on(document: &Document<'_>, at: usize) -> bool {
    let sentence = &document.sentences[at];
    let all = sentence.all();
    let apart = [Grade::Beside, Grade::Apart];
    let beside = sentence.cues_in(&all).any(|cue| apart.iter().any(|grade| cue.is(*grade)));
    sentence.segment.kind == SegmentKind::Sentence
        && !beside
        && !sentence.has_any(&[Label::Earlier, Label::Announce, Label::Say], &all)
        && parties::in_range(document, sentence, &all).firm_donors(3).is_empty()
        && !is_own_package(document, sentence)
}

/// The package's sum in the words that open a list, or in what stands right before them and "it", "the package"
/// means.
fn whole(document: &Document<'_>, before: &[Sum], lead: usize) -> Option<usize> {
    let opening = &document.sentences[lead];
    let all = opening.all();
    let last = before.iter().rposition(|sum| sum.role == SumRole::Package)?;
    let told = before[last].sentence;
    let includes = opening.has_any(&[Label::Include, Label::Worth], &all);
    let points_back = opening.has_any(&[Label::It, Label::Definite], &all)
        && opening.has_any(&[Label::PackageNoun, Label::Include, Label::Give, Label::It], &all);
    let package = document.sentences[told].has(Label::PackageNoun, &document.sentences[told].all());
    let is_meant = if told == lead {
        includes || package
    } else {
        told + POINTED_AT >= lead && points_back && (includes || package)
    };
    is_meant.then_some(last)
}

/// Whether an entry gives to another receiver than the text's own, has a giver of its own, or goes by a route
/// that is one giver's: that is a package for itself.
fn is_own_package(document: &Document<'_>, entry: &Sentence) -> bool {
    let parties = parties::in_range(document, entry, &entry.all());
    let lexicon = document.lexicon;
    let is_other = |code: &str| {
        lexicon.party_kind(code) == PartyKind::State
            && document.main_recipient.as_deref() != Some(code)
    };
    routes::is_givers_own(document, entry, &entry.all())
        || !parties.firm_donors(4).is_empty()
        || parties.recipients.iter().any(|party| party.score >= 3 && is_other(&party.code))
}

/// A package of which a share right behind it pays for other help than arms is for both: the largest sum of the
/// same money in the sentences before the share, or before the list in which it stands.
pub(super) fn mixed(document: &Document<'_>, sums: &mut [Sum]) {
    for place in 0..sums.len() {
        let share = &sums[place];
        let civil = matches!(share.aid, Aid::Humanitarian | Aid::Financial);
        if share.role != SumRole::Share || !civil {
            continue;
        }
        let Some(own) = money(document, share) else { continue };
        let (sentence, is_listed) = (share.sentence, share.rule == LISTED);
        let worth = |at: &usize| {
            let whole = money(document, &sums[*at])?;
            let figure = whole.bounds.figure();
            (whole.currency == own.currency && figure > own.bounds.figure()).then_some(figure)
        };
        let in_list = document.sentences[sentence].segment.kind == SegmentKind::Bullet;
        let is_near = |at: &usize| {
            let told = sums[*at].sentence;
            is_listed || told == sentence || !in_list && told + 1 == sentence
        };
        let mut packages = (0..place).filter(|at| sums[*at].role == SumRole::Package);
        let is_whole = |at: &usize| worth(at).is_some() && is_near(at);
        let whole = if is_listed {
            packages.rfind(is_whole)
        } else {
            packages.filter(is_whole).max_by_key(worth)
        };
        if let Some(whole) = whole
            && sums[whole].aid == Aid::Military
        {
            sums[whole].aid = Aid::Mixed;
        }
    }
}

fn money<'a>(document: &'a Document<'_>, sum: &Sum) -> Option<&'a Money> {
    match &document.sentences[sum.sentence].mentions[sum.mention].value {
        Value::Money(money) => Some(money),
        _ => None,
    }
}

//! Stated totals: whose they are, for whom, and from which day on they count.

use super::days;
use super::document::Document;
use super::parties;
use super::routes::ANY_DONOR;
use super::sums::{Sum, SumRole};
use crate::lexicon::{Label, PartyKind};
use crate::mentions::{Sentence, Value};
use crate::model::{Amount, CivilDate, ControlTotal, Evidence};
use std::ops::Range;

/// How far behind "since", in tokens, its day stands: "since Russia launched its full-scale invasion of
/// Ukraine on February 24, 2022".
const SINCE_REACH: usize = 14;

/// The total that a sum states, where it states one.
pub fn total(document: &Document<'_>, sum: &Sum) -> Option<ControlTotal> {
    if sum.role != SumRole::Total {
        return None;
    }
    let sentence = &document.sentences[sum.sentence];
    let mention = &sentence.mentions[sum.mention];
    let Value::Money(money) = &mention.value else { return None };
    let parties = parties::in_range(document, sentence, &sentence.all());
    // "brings Australia's support to Ukraine to 790 million": who gives in the text receives no total.
    let gives = |code: &str| document.main_donor.as_deref() == Some(code);
    let recipient = parties.recipients.iter().find(|party| !gives(&party.code));
    let recipient = recipient.map(|party| party.code.clone());
    let recipient = recipient.or_else(|| document.main_recipient.clone());
    let donors = donors(document, sum, recipient.as_deref());
    let donor = donors.first().map(String::as_str);
    let currency = document.currency(&money.currency, sum.sentence, sum.mention, donor)?;
    let quote = mention.span.of(&document.article.text).to_owned();
    Some(ControlTotal {
        donors,
        recipient,
        amount: Amount { bounds: money.bounds, currency },
        since: since(document, sum),
        evidence: Evidence {
            field: "amount".to_owned(),
            span: mention.span,
            quote,
            rule: sum.rule.to_owned(),
        },
    })
}

/// Who gave it: by grammar beside the sum, then in its sentence, then whoever is named nearest before
/// it, then the giver of the sentence before, then the one of whom the text mostly tells.
fn donors(document: &Document<'_>, sum: &Sum, recipient: Option<&str>) -> Vec<String> {
    let sentence = &document.sentences[sum.sentence];
    let anchor = sentence.mentions[sum.mention].tokens.start;
    let by_grammar = |sentence: &Sentence, range: &Range<usize>| {
        let parties = parties::in_range(document, sentence, range);
        let mut codes: Vec<String> =
            parties.firm_donors(2).iter().map(|party| party.code.clone()).collect();
        codes.retain(|code| Some(code.as_str()) != recipient);
        codes.sort();
        codes
    };
    let nearest = |range: &Range<usize>| -> Vec<String> {
        let mut named: Vec<(usize, &str)> = sentence
            .mentions_in(range)
            .filter_map(|mention| {
                Some((mention.tokens.start, document.actor_code(&mention.value)?))
            })
            .filter(|(_, code)| {
                Some(*code) != recipient
                    && document.lexicon.can_give(code)
                    && !document.enemies.contains(*code)
            })
            .collect();
        named.sort_by_key(|(at, _)| at.abs_diff(anchor));
        named.first().map(|(_, code)| (*code).to_owned()).into_iter().collect()
    };
    // "$4 billion has been committed to PURL": into a route that is open to all.
    let open_route = sentence.mentions_in(&sum.territory).any(|mention| match mention.value {
        Value::Mechanism(number) => {
            document.lexicon.mechanism_at(number).donor.as_deref() == Some(ANY_DONOR)
        }
        _ => false,
    });
    let previous = || {
        let previous = &document.sentences[sum.sentence.checked_sub(1)?];
        let codes = by_grammar(previous, &previous.all());
        (codes.len() == 1 && !document.is_release && !open_route).then_some(codes)
    };
    // "With this one we're at $1.5 billion": whoever speaks is the one who gives.
    let speaks = || -> Vec<String> {
        let own = sentence.has(Label::We, &sum.territory);
        document.main_donor.iter().filter(|_| own).cloned().collect()
    };
    // "European allies and Canada": a group and one of its members, who is none but one of many.
    let group = |range: &Range<usize>| -> Vec<String> {
        let is_group = |code: &str| document.lexicon.party_kind(code) == PartyKind::Group;
        let joined = sentence.mentions_in(range).filter_map(|mention| {
            let code = document.actor_code(&mention.value).filter(|code| is_group(code))?;
            let behind = sentence.mention_at(mention.tokens.end + 1);
            let linked = sentence.is(Label::And, mention.tokens.end)
                && behind.is_some_and(|other| document.actor_code(&other.value).is_some());
            linked.then(|| code.to_owned())
        });
        joined.take(1).collect()
    };
    let compared = sum.rule == super::sums::COMPARED;
    let beside = if compared { nearest(&sum.territory) } else { Vec::new() };
    [
        beside,
        group(&sum.territory),
        by_grammar(sentence, &sum.territory),
        speaks(),
        by_grammar(sentence, &sentence.all()),
        nearest(&(0..anchor)),
    ]
    .into_iter()
    .find(|codes| !codes.is_empty())
    .or_else(previous)
    .unwrap_or_else(|| {
        if open_route {
            return Vec::new();
        }
        // Under a route that is open to all, who mostly gives may be nobody by name.
        let known = |code: &&String| document.lexicon.actor_name(code).is_some();
        document.main_donor.iter().filter(known).cloned().collect()
    })
}

/// The day from which the sum counts.
fn since(document: &Document<'_>, sum: &Sum) -> Option<CivilDate> {
    let sentence = &document.sentences[sum.sentence];
    let cue = sentence.first(Label::Since, &sum.territory)?;
    let end = (cue.tokens.end + SINCE_REACH).min(sentence.tokens.len());
    let text = &document.article.text;
    let stop = (cue.tokens.end..end).find(|at| sentence.is_sign(text, *at, &[",", ";", "(", ":"]));
    // "since February 24, 2022" has a comma of its own.
    let day = days::in_range(document, sentence, &(cue.tokens.end..stop.unwrap_or(end)), false);
    day.first().and_then(|day| day.date)
}

//! Who takes part beside those who give and receive: who only permits, who sells, whose arms they are,
//! and which of two that exchange notes receives. Knows nothing of single actors.

use super::purchase::{self, BUYS};
use super::{Parties, Party};
use crate::extraction::document::Document;
use crate::lexicon::{Grade, Inflection, Label};
use crate::mentions::{CueMention, Sentence, Value};
use crate::text::SegmentKind;
use std::ops::Range;

/// So many tokens behind leave to do so stands the verb of giving.
const LEAVE: usize = 8;

/// So many tokens before whose leave is needed stands the word for that.
const NEED: usize = 2;

/// Takes those who only take part out of the givers.
pub(super) fn set_apart(
    document: &Document<'_>,
    sentence: &Sentence,
    range: &Range<usize>,
    parties: &mut Parties,
) {
    permitted(sentence, range, parties);
    stopped(sentence, range, parties);
    related(sentence, range, parties);
    exchange(document, sentence, range, parties);
    purchase::settle(sentence, range, parties);
    origin(sentence, range, parties);
}

/// "Germany clears Poland's request to send": who only permits is no giver beside one who gives.
fn permitted(sentence: &Sentence, range: &Range<usize>, parties: &mut Parties) {
    let Some(permit) = sentence.first(Label::Permit, range) else { return };
    let (start, end) = (permit.tokens.start, permit.tokens.end);
    if let Some(place) = granted(sentence, permit, parties) {
        let holder =
            Party { score: 4, rule: "donor.permitted", ..parties.recipients.remove(place) };
        parties.donors = vec![holder];
        return;
    }
    // "Estonia's request to send", "gave the Netherlands permission": whose leave it is.
    let near = |party: &&Party| {
        let end = party.tokens.end;
        let owns = end + 1 == start && sentence.is(Label::Genitive, end);
        party.score >= 2 && (end == start || owns)
    };
    let holder = parties.donors.iter().find(near).map(|party| party.tokens.start);
    // "it needs Berlin's consent": on whom it depends.
    let needed = |at: &usize| sentence.has(Label::Request, &(at.saturating_sub(NEED)..*at));
    if let Some(holder) = holder.filter(needed) {
        parties.donors.retain(|party| party.tokens.start != holder);
        return;
    }
    let from = holder.unwrap_or(start);
    // "has the green light from Washington": whose leave is meant permits as well.
    let permits = |party: &Party| party.tokens.start >= end && party.tokens.start <= end + 1;
    parties.donors.retain(|party| party.rule != "donor.from" || !permits(party));
    if parties.donors.iter().any(|party| party.tokens.start >= from) {
        parties.donors.retain(|party| party.tokens.start >= from);
    }
    if holder.is_none() && parties.donors.iter().any(|party| !permits(party)) {
        parties.donors.retain(|party| !permits(party));
    }
}

/// "Bern has vetoed Denmark's plan to give", "Hungary blocks 6.6 billion of EU aid", "refused to let Poland send":
/// who stops another's gift has none that is stopped.
fn stopped(sentence: &Sentence, range: &Range<usize>, parties: &mut Parties) {
    let words = [
        Label::Definite,
        Label::Indefinite,
        Label::Of,
        Label::To,
        Label::Give,
        Label::Permit,
        Label::Enable,
    ];
    let mut verbs = sentence.cues_in(range).filter(|cue| cue.label == Label::Withdraw);
    let stops = verbs.find_map(|verb| {
        let subject =
            parties.donors.iter().rev().find(|party| party.tokens.end <= verb.tokens.start)?;
        let owner = parties
            .donors
            .iter()
            .find(|party| party.tokens.start >= verb.tokens.end && party.code != subject.code)?;
        let mut between = verb.tokens.end..owner.tokens.start;
        let direct = between.all(|at| {
            sentence.is_any(&words, at)
                || sentence.mention_at(at).is_some_and(|it| matches!(it.value, Value::Money(_)))
        });
        direct.then(|| subject.code.clone())
    });
    if let Some(code) = stops {
        parties.donors.retain(|party| party.code != code);
    }
}

/// "gave Berlin the green light to send", "Estonia has received Bonn's permission to send": who gets
/// leave to give is the giver.
fn granted(sentence: &Sentence, permit: &CueMention, parties: &Parties) -> Option<usize> {
    let (start, end) = (permit.tokens.start, permit.tokens.end);
    let sends = sentence.cues_in(&(end - 1..end + LEAVE)).any(|cue| {
        cue.label == Label::Give
            && cue.inflection == Inflection::Base
            && sentence.is(Label::To, cue.tokens.start.saturating_sub(1))
    });
    let the = start.checked_sub(1).filter(|at| sentence.is(Label::Definite, *at));
    parties.recipients.iter().position(|party| {
        let object = party.tokens.end == the.unwrap_or(start);
        let receives = || sentence.has(Label::Receive, &(party.tokens.end..start));
        sends && party.tokens.end <= start && (object || receives())
    })
}

/// "contribute 7.5 million towards arms which London is buying": an entry that opens with its verb has
/// a giver who goes without saying, and not the one of its relative clause.
fn related(sentence: &Sentence, range: &Range<usize>, parties: &mut Parties) {
    let mut opening = sentence.cues_in(&(range.start..range.start + 1));
    let bare = opening.any(|cue| {
        matches!(cue.label, Label::Give | Label::Announce)
            && cue.inflection == Inflection::Base
            && cue.tokens.start == range.start
    });
    let entry = sentence.segment.kind == SegmentKind::Bullet;
    let clause = sentence.first(Label::Clause, range).filter(|_| bare && entry);
    if let Some(clause) = clause.map(|cue| cue.tokens.start) {
        parties.donors.retain(|party| party.tokens.start < clause);
    }
}

/// "The Netherlands gives 500 million for arms from US stockpiles", "a package of US arms": beside who
/// gives, the state that things come from is no giver.
fn origin(sentence: &Sentence, range: &Range<usize>, parties: &mut Parties) {
    let buys = sentence.has_any(&[Label::Buy, Label::Trade], range);
    let is_giver = |party: &Party| {
        matches!(party.rule, "donor.subject" | BUYS) && party.score >= 3
            || buys && party.rule == "donor.announces"
    };
    let Some(giver) = parties.donors.iter().find(|party| is_giver(party)).cloned() else { return };
    let receives = sentence.has(Label::Receive, range);
    parties.donors.retain(|party| {
        let at = party.tokens.start;
        let of = at.checked_sub(1).is_some_and(|at| sentence.is(Label::Of, at));
        let comes = match party.rule {
            "donor.from" => !receives,
            "donor.adjective" => of,
            _ => false,
        };
        !comes || at < giver.tokens.start || party.code == giver.code
    });
}

/// "Japan and Fiji exchanged notes on a grant": one of the two gives, the other receives.
fn exchange(
    document: &Document<'_>,
    sentence: &Sentence,
    range: &Range<usize>,
    parties: &mut Parties,
) {
    let both = sentence.cues_in(range).any(|cue| cue.is(Grade::Mutual));
    let Some(main) = document.main_donor.as_deref().filter(|_| both) else { return };
    if parties.recipients.is_empty() && parties.donors.iter().any(|party| party.code == main) {
        let (mut others, own): (Vec<Party>, Vec<Party>) =
            parties.donors.drain(..).partition(|party| party.code != main && party.score >= 3);
        parties.donors = own;
        parties.recipients.append(&mut others);
    }
}

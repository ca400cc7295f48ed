//! Gifts that one sentence tells by itself, whatever the rest of the text is about.

use super::compare::shares_things;
use super::told::is_gear;
use super::{Group, Telling};
use crate::extraction::document::{Document, is_arms};
use crate::extraction::topic::buys_for_somebody;
use crate::lexicon::{Inflection, Label};
use crate::mentions::{CueMention, ItemMention};
use crate::model::Status;

/// The first so many words of other topics are no gift's, even where something is bought for another.
const BOUGHT: usize = 7;

/// Within so many tokens behind a verb of announcing its object begins, behind a day.
const OBJECT: usize = 4;

/// "Belgium is sending air defence systems to Ukraine", "will buy drones for Kyiv": one giver, a receiver and
/// arms by one verb need no figure in a short text; "Belgium supplies Ukraine with arms" is said of always.
pub(super) fn gives_arms(document: &Document<'_>, telling: &Telling) -> bool {
    let arms = |item: &ItemMention| is_arms(document.lexicon, item) || is_gear(document, item);
    let [giver] = telling.parties.donors.as_slice() else { return false };
    let sentence = &document.sentences[telling.sentence];
    let all = sentence.all();
    let mut verbs = sentence.cues_in(&all).filter(|cue| cue.label == Label::Give);
    let acts = telling.has_giving_verb && verbs.all(|cue| cue.inflection != Inflection::Third);
    // "Belgium announced on Tuesday anti-tank weapons for Ukraine"
    let announces = giver.rule == "donor.announces"
        && sentence.cues_in(&all).any(|cue| {
            let near = cue.tokens.end..cue.tokens.end + OBJECT;
            cue.label == Label::Announce
                && telling.items.iter().any(|item| near.contains(&item.tokens.start))
        });
    (giver.score >= 4 && (acts || buys_for_somebody(sentence)) || announces)
        && !sentence.has_any(&[Label::Withdraw, Label::Not], &all)
        && telling.amount.is_none()
        && telling.parties.recipients.iter().any(|party| party.score >= 3)
        && telling.items.iter().any(arms)
}

/// Whether somebody gives in sentences that have nothing to do with what the article is about, a
/// sale or losses: "In January, Britain promised 14 tanks", "Oslo will buy 14 tanks for Kyiv".
pub(super) fn stands_apart(document: &Document<'_>, group: &Group, counted_gift: bool) -> bool {
    let sold = document.other_topic == Some(Label::Sale);
    let whole = || group.tellings.iter().any(|telling| gives_arms(document, telling));
    if !counted_gift && (sold || !whole()) {
        return false;
    }
    let others = [
        Label::Sale,
        Label::SaleStrong,
        Label::Loan,
        Label::Lose,
        Label::Request,
        Label::Wish,
        Label::Appropriation,
        Label::Industry,
        Label::Buy,
        Label::Trade,
    ];
    let main = document.main_recipient.as_ref();
    let recalled = group.status().status == Status::Past;
    let subject = |telling: &Telling| {
        let mut donors = telling.parties.donors.iter();
        donors.any(|party| party.score >= 4 && party.rule != "donor.pronoun")
    };
    group.tellings.iter().all(|telling| {
        let sentence = &document.sentences[telling.sentence];
        let words = if buys_for_somebody(sentence) { &others[..BOUGHT] } else { &others[..] };
        !sentence.has_any(words, &sentence.all())
    }) && group.tellings.iter().any(subject)
        && group.recipients.iter().all(|code| {
            recalled && Some(code) == main && document.lexicon.is_attacked(code)
                || group
                    .tellings
                    .iter()
                    .flat_map(|telling| &telling.parties.recipients)
                    .any(|party| party.code == *code && party.score >= 3)
        })
}

/// "Denmark's donation to Kyiv comprises 12 vehicles", "Greece's help to Ukraine: 40 vehicles": whose gift
/// it is, to whom, and what is in it.
pub(super) fn lists_own_aid(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let Some(first) = telling.items.iter().find(|item| item.quantity.is_some()) else {
        return false;
    };
    let before = 0..first.tokens.start;
    let nouns = [Label::PackageNoun, Label::AidNoun];
    let owned = telling.parties.donors.iter().any(|party| {
        let behind = party.tokens.end..before.end;
        behind.start < behind.end && sentence.has_any(&nouns, &behind)
    });
    let text = &document.article.text;
    let mut opening = first.tokens.start.saturating_sub(3)..first.tokens.start;
    let colon = opening.any(|at| sentence.is_sign(text, at, &[":"]));
    let mut recipients = telling.parties.recipients.iter();
    // "Estonia's contribution comprises 10,000 shells", where all is for one state.
    let open = sentence.has(Label::PackageNoun, &before) && telling.parties.recipients.is_empty();
    owned
        && (open || recipients.any(|party| party.score >= 3))
        && (sentence.has(Label::Include, &before) || colon)
}

/// "The Council also approved 2.3 million euros for hospitals": a sum that somebody gives, or that is for things
/// of its own, with no word that points at what was told before.
pub(super) fn is_act_with_sum(document: &Document<'_>, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let all = sentence.all();
    let points = |cue: &CueMention| {
        cue.label == Label::It || cue.label == Label::Definite && cue.value.is_some()
    };
    let acts = sentence.has_any(&[Label::Give, Label::Announce], &all);
    (acts || telling.names_military_aid || !telling.items.is_empty())
        && !telling.states_value
        && !telling.refers_back
        && !sentence.cues_in(&all).any(points)
}

/// "renewed a grant of 60 million dollars, and 162 vehicles were promised": counted things that an act of their
/// own tells beside a sum, in one sentence.
pub(super) fn is_act_beside_sum(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    let priced = |told: &Telling| told.sentence == telling.sentence && told.amount.is_some();
    let counted = telling.items.iter().any(|item| item.quantity.is_some());
    counted
        && telling.amount.is_none()
        && !telling.refers_back
        && group.tellings.iter().any(priced)
        && !shares_things(document, group, telling)
}

/// "Papua benefits, too: two aircraft worth 11 million", behind things for Fiji: whether none of those who receive
/// have to do with a package.
pub(super) fn is_for_others(group: &Group, recipients: &[String]) -> bool {
    let known = |code: &String| group.recipients.contains(code) || group.donors.contains(code);
    let told = !group.recipients.is_empty() && !recipients.is_empty();
    told && !group.items.is_empty() && !recipients.iter().any(known)
}

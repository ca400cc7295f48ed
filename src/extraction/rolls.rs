//! Rolls of givers: sentences and lines in which states take turns with figures, whatever verbs and signs
//! part them. "On the Swedish side 12 helicopters, on the Danish 80 million", "14 mortars (Estonia), 9 (Latvia)".

use super::document::Document;
use super::entries::{head_of, lone, make_survey};
use super::parties::{self, Party};
use crate::lexicon::{ActorKind, Label, PartyKind, Role};
use crate::mentions::{ItemMention, Mention, Sentence, Value};
use crate::text::SegmentKind;
use std::collections::BTreeSet;
use std::ops::Range;

/// A giver, or several that are named together, with what stands between it and the next.
pub(super) struct Entry<'s> {
    /// Its stretch of the sentence.
    pub(super) range: Range<usize>,
    /// Who gives; nobody where a pronoun opens the roll.
    pub(super) givers: Vec<&'s Mention>,
}

impl Entry<'_> {
    /// Whether a figure there is of this entry too: it ends with figures, and nothing parts them.
    fn is_open(&self, sentence: &Sentence, text: &str, start: usize) -> bool {
        let end = self.range.end;
        let last = self.givers.last().map_or(0, |giver| giver.tokens.end);
        last < end && !(end..start).any(|at| sentence.is_sign(text, at, &[";"]))
    }
}

/// Words of acts that make a roll one of gifts.
const GIFTS: [Label; 5] =
    [Label::Give, Label::Announce, Label::Receive, Label::AidNoun, Label::PackageNoun];

/// Words with which states and figures take turns in other matters.
const OTHERS: [Label; 17] = [
    Label::Withdraw,
    Label::Permit,
    Label::Domestic,
    Label::Lose,
    Label::Attack,
    Label::Request,
    Label::Wish,
    Label::Sale,
    Label::SaleStrong,
    Label::Trade,
    Label::Buy,
    Label::Not,
    Label::OwnUse,
    Label::Replacement,
    Label::TotalBefore,
    Label::TotalAfter,
    Label::TotalWeak,
];

/// So many sentences back what introduces a roll is looked for.
const REACH: usize = 60;

/// So many sentences before a roll may open it.
const LEADS: usize = 4;

/// So many tokens a line of a roll has at most.
const LINE: usize = 25;

/// Before a name these say that it does not give.
const ELSEWHERE: [Label; 5] = [Label::To, Label::In, Label::Against, Label::For, Label::Of];

/// Whether the article is on what one giver gives by a route of its own to several receivers: "Under Official
/// Security Assistance, Malaysia got boats". Of who is attacked others are givers too.
pub(super) fn goes_to_each(document: &Document<'_>) -> bool {
    let mentions = document.sentences.iter().flat_map(|sentence| &sentence.mentions);
    let mut named = mentions.filter_map(|mention| document.actor_code(&mention.value));
    let attacked = match document.main_recipient.as_deref() {
        Some(receiver) => document.lexicon.is_attacked(receiver),
        None => named.any(|code| document.lexicon.is_attacked(code)),
    };
    !attacked && document.main_donor.as_deref().is_some_and(|giver| document.route_of(giver))
}

enum Turn<'s> {
    Giver(&'s Mention),
    Figure(Range<usize>),
}

/// The entries of a sentence in which at least two givers take turns with figures; none elsewhere.
pub(super) fn entries<'s>(document: &Document<'_>, sentence: &'s Sentence) -> Vec<Entry<'s>> {
    if !document.is_military || tells_of_other(sentence) || others_give(document, sentence) {
        return Vec::new();
    }
    pair(document, sentence, turns(document, sentence)).unwrap_or_default()
}

/// "France on its own account delivered 12 pickups, and Germany six kitchens", beside a union's own route: others
/// give too.
fn others_give(document: &Document<'_>, sentence: &Sentence) -> bool {
    let main = document.main_donor.as_deref();
    document.goes_to_each && {
        let told = parties::in_range(document, sentence, &sentence.all());
        told.donors.iter().any(|party| party.score >= 4 && Some(party.code.as_str()) != main)
    }
}

/// Whether words of other matters stand in a sentence; "patrol" in "patrol boats" is none.
fn tells_of_other(sentence: &Sentence) -> bool {
    let named = |at: usize| sentence.items.iter().any(|item| item.tokens.contains(&at));
    sentence.cues.iter().any(|cue| OTHERS.contains(&cue.label) && !named(cue.tokens.start))
}

/// The names that may give and the figures of a sentence, in order.
fn turns<'s>(document: &Document<'_>, sentence: &'s Sentence) -> Vec<Turn<'s>> {
    let counted = |item: &&ItemMention| {
        item.quantity.is_some() || item.system.is_some() && item.role != Role::Vague
    };
    let things = sentence.items.iter().filter(counted).map(|item| item.tokens.clone());
    let mut turns: Vec<(usize, Turn<'s>)> =
        things.map(|tokens| (tokens.start, Turn::Figure(tokens))).collect();
    let told = parties::in_range(document, sentence, &sentence.all());
    let firm = told.recipients.into_iter().filter(|party| party.score >= 2);
    let firm = firm.filter(|_| !document.goes_to_each);
    let receivers: BTreeSet<String> = firm.map(|party| party.code).collect();
    for mention in &sentence.mentions {
        let start = mention.tokens.start;
        match mention.value {
            Value::Money(_) => turns.push((start, Turn::Figure(mention.tokens.clone()))),
            Value::Actor(number) => {
                let actor = document.lexicon.actor_at(number);
                if !receivers.contains(&actor.code)
                    && may_be_giver(document, &actor.code)
                    && stands_as_giver(sentence, mention, actor.kind)
                {
                    turns.push((start, Turn::Giver(mention)));
                }
            }
            _ => {}
        }
    }
    turns.sort_by_key(|(start, _)| *start);
    turns.into_iter().map(|(_, turn)| turn).collect()
}

/// Whether an actor can be a giver here: a state, or a union of them, other than the receiver. Where one giver
/// gives to several, those who take turns are these.
fn may_be_giver(document: &Document<'_>, code: &str) -> bool {
    if document.goes_to_each {
        let other = document.main_donor.as_deref() != Some(code);
        return other
            && document.lexicon.can_receive(code)
            && document.lexicon.party_kind(code) == PartyKind::State;
    }
    document.lexicon.can_give(code)
        && document.lexicon.party_kind(code) != PartyKind::Group
        && !document.lexicon.is_attacked(code)
        && !document.enemies.contains(code)
        && document.main_recipient.as_deref() != Some(code)
}

/// Whether a name stands where a giver's may: behind none of some prepositions, and not in a thing's name.
fn stands_as_giver(sentence: &Sentence, mention: &Mention, kind: ActorKind) -> bool {
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    let small = |at: usize| sentence.is(Label::Definite, at);
    let before = (0..start).rev().find(|at| !small(*at));
    let elsewhere =
        acts_along(sentence, mention) || before.is_some_and(|at| sentence.is_any(&ELSEWHERE, at));
    let describes = sentence.items.iter().any(|item| {
        let own = item.tokens.start == end && item.quantity.is_none();
        item.tokens.contains(&start) || kind == ActorKind::Adjective && own
    });
    !elsewhere && !describes && !before.is_some_and(|at| does_something_else(sentence, at))
}

/// "288 missiles, to be repaired by the United States": who does something else with the things takes no turn.
fn does_something_else(sentence: &Sentence, by: usize) -> bool {
    let Some(verb) = by.checked_sub(1).filter(|_| sentence.is(Label::By, by)) else { return false };
    let gives = [Label::Give, Label::Announce, Label::Arrive, Label::Number];
    let thing = sentence.items.iter().any(|item| item.tokens.contains(&verb));
    let figure = sentence.mention_at(verb).is_some();
    let verbal = sentence.has(Label::Be, &(verb.saturating_sub(1)..verb));
    verbal
        && !thing
        && !figure
        && !gives.iter().any(|gives| sentence.ending_at(*gives, by).is_some())
}

/// So many tokens before its last one those who act along begin to be named.
const COMPANY: usize = 24;

/// "finances a system together with Canada and Denmark, with 80 million": who acts along takes no turn.
fn acts_along(sentence: &Sentence, mention: &Mention) -> bool {
    let small = |at: &usize| {
        // "together with" links too.
        sentence.is_any(&[Label::Definite, Label::And], *at) && !sentence.is(Label::With, *at)
            || sentence.mention_at(*at).is_some_and(|other| matches!(other.value, Value::Actor(_)))
    };
    let link = (0..mention.tokens.start).rev().take(COMPANY).find(|at| !small(at));
    link.is_some_and(|at| {
        sentence.is(Label::With, at) && sentence.ending_at(Label::Joint, at).is_some()
    })
}

/// Gives each figure to one giver: those before a name behind "from" or in brackets, else those behind it.
fn pair<'s>(
    document: &Document<'_>,
    sentence: &'s Sentence,
    turns: Vec<Turn<'s>>,
) -> Option<Vec<Entry<'s>>> {
    let text = &document.article.text;
    let mut entries: Vec<Entry<'s>> = Vec::new();
    // Figures that nobody gives yet, givers that wait for theirs, and the last figure of the giver before.
    let mut open: Option<Range<usize>> = None;
    let mut waiting: Vec<&'s Mention> = Vec::new();
    let mut spare: Option<Range<usize>> = None;
    let opens_alone = document.goes_to_each && sentence.is(Label::It, 0);
    for turn in turns {
        match turn {
            Turn::Figure(figure) if !waiting.is_empty() => {
                let mut givers = std::mem::take(&mut waiting);
                // "Sweden and Norway pay in, Stockholm with 215 million": named again, now with a figure.
                let code = |giver: &&Mention| document.actor_code(&giver.value);
                let last = givers.len() - 1;
                if givers[..last].iter().any(|giver| code(giver) == code(&givers[last])) {
                    givers.drain(..last);
                }
                let start = givers[0].tokens.start;
                entries.push(Entry { range: start..figure.end, givers });
                spare = None;
            }
            Turn::Figure(figure) => match (entries.last_mut(), &mut open) {
                (_, Some(open)) => open.end = figure.end,
                // "20 howitzers worth 30 million": of the giver before.
                (Some(last), None) if last.is_open(sentence, text, figure.start) => {
                    let gap = last.range.end..figure.start;
                    let link = |at: usize| {
                        sentence.is(Label::And, at) || sentence.is_sign(text, at, &[","])
                    };
                    spare = gap.clone().any(link).then_some(gap.start..figure.end);
                    last.range.end = figure.end;
                }
                _ => open = Some(figure),
            },
            Turn::Giver(giver) => {
                let from = is_source(sentence, text, giver.tokens.start);
                let taken = match (open.take(), spare.take()) {
                    // "Spain gives 20 howitzers, and 12 come from Italy"
                    (None, Some(figure)) if from => {
                        entries.last_mut()?.range.end = figure.start;
                        Some(figure)
                    }
                    // "It was to have radars for 600 million yen, Malaysia boats for 400 million"
                    (Some(figure), _) if !from && opens_alone && entries.is_empty() => {
                        entries.push(Entry { range: figure, givers: Vec::new() });
                        None
                    }
                    (Some(_), _) if !from => return None,
                    (open, _) => open,
                };
                match taken {
                    Some(figure) => {
                        let range = figure.start..giver.tokens.end;
                        entries.push(Entry { range, givers: vec![giver] });
                    }
                    None => waiting.push(giver),
                }
            }
        }
    }
    // Each entry has one giver, and each giver one entry.
    let code = |giver: &&Mention| document.actor_code(&giver.value);
    let codes = entries.iter().map(|entry| entry.givers.iter().map(code).collect::<BTreeSet<_>>());
    let codes: Vec<BTreeSet<_>> = codes.collect();
    let named = codes.iter().skip_while(|codes| codes.is_empty());
    let single = named.clone().all(|codes| codes.len() == 1);
    let distinct = codes.iter().flatten().collect::<BTreeSet<_>>().len() == named.count();
    let whole = open.is_none() && waiting.is_empty();
    (whole && entries.len() > 1 && single && distinct).then_some(entries)
}

/// "from Spain", "by Spain", "(Spain)", "– Spain": what was told before comes from there.
fn is_source(sentence: &Sentence, text: &str, start: usize) -> bool {
    let small = |at: usize| sentence.is(Label::Definite, at);
    let before = (0..start).rev().find(|at| !small(*at));
    before.is_some_and(|at| {
        sentence.is_any(&[Label::From, Label::By], at)
            || sentence.is_sign(text, at, &["(", "–", "—", "-"])
    })
}

/// Whether a sum stands in a roll of gifts: beside one of several givers of its sentence, or in one of several
/// lines each of which names a giver.
pub(super) fn pledges_in_turn(document: &Document<'_>, index: usize) -> bool {
    let line = |index: Option<usize>| {
        let other = index.and_then(|index| document.sentences.get(index));
        other.is_some_and(|other| is_line(document, other) || bears_label(document, other))
    };
    let beside = || line(index.checked_sub(1)) || line(Some(index + 1));
    let sentence = &document.sentences[index];
    let headed = || head_of(document, index).is_some() && make_survey(document);
    (!entries(document, sentence).is_empty()
        || is_line(document, sentence) && beside()
        || document.is_military && headed() && is_of_figures(document, sentence))
        && tells_gifts(document, index)
}

/// "€480 million" below the name of who gives it: figures, and no other name.
fn is_of_figures(document: &Document<'_>, sentence: &Sentence) -> bool {
    let turns = turns(document, sentence);
    let figures = turns.iter().all(|turn| matches!(turn, Turn::Figure(_)));
    is_short(sentence) && figures && !turns.is_empty() && !sentence.has_any(&GIFTS, &sentence.all())
}

fn is_short(sentence: &Sentence) -> bool {
    let all = sentence.all();
    all.len() <= LINE && !tells_of_other(sentence)
}

/// Whether a sentence is such a line.
fn is_line(document: &Document<'_>, sentence: &Sentence) -> bool {
    giver_of_line(document, sentence).is_some()
}

/// "- Estonia: 14 mortars", "14 mortars (Estonia)": the one giver at an end of a short line, beside figures.
pub(super) fn giver_of_line<'s>(
    document: &Document<'_>,
    sentence: &'s Sentence,
) -> Option<&'s Mention> {
    if !document.is_military || !is_short(sentence) {
        return None;
    }
    let turns = turns(document, sentence);
    let named = |turn: &Turn<'s>| match turn {
        Turn::Giver(mention) => Some(*mention),
        Turn::Figure(_) => None,
    };
    let ends = [turns.first().and_then(named), turns.last().and_then(named)];
    let codes = turns.iter().filter_map(named).map(|giver| document.actor_code(&giver.value));
    let single = codes.collect::<BTreeSet<_>>().len() == 1 && turns.len() > 1;
    ends.into_iter().flatten().next().filter(|_| single)
}

/// Whether the text around makes figures beside states those of gifts: the sentence itself, or what introduces
/// its list.
pub(super) fn tells_gifts(document: &Document<'_>, index: usize) -> bool {
    let sentence = &document.sentences[index];
    let tells = |told: &Sentence| told.has_any(&GIFTS, &told.all());
    let totals = |told: &Sentence| tells_of_other(told);
    let before = document.sentences[index.saturating_sub(REACH)..index].iter().rev();
    let before = before.filter(|told| told.segment.kind != SegmentKind::Meta);
    let entry = |told: &Sentence| {
        is_line(document, told)
            || is_of_figures(document, told)
            || lone(document, told).is_some()
            || bears_label(document, told)
    };
    let mut leads = before.filter(|told| !entry(told)).take_while(|told| !totals(told)).take(LEADS);
    // "Other donors followed: Greece with 20 mortars", behind what one of them gives.
    let group = sentence.has(Label::Group, &(0..2))
        || sentence.mentions.first().is_some_and(|first| is_group(document, first));
    let goes_on = || {
        let before = index.checked_sub(1).map(|at| &document.sentences[at]);
        group && before.is_some_and(tells)
    };
    let first = leads.next().is_some_and(|lead| opens_roll(document, lead));
    // "Allies announced new military aid in Ramstein. Most of it is for the air."
    let aid = [Label::AidNoun, Label::PackageNoun];
    let opens = |lead: &Sentence| lead.has_any(&aid, &lead.all()) && opens_roll(document, lead);
    tells(sentence) || goes_on() || first || leads.any(opens)
}

/// "– Latvia: 12,000 drones were bought", in a list: the name of a state, and a sign behind it.
fn bears_label(document: &Document<'_>, sentence: &Sentence) -> bool {
    let listed = matches!(sentence.segment.kind, SegmentKind::Bullet | SegmentKind::Row);
    let first = sentence.mentions.first().filter(|first| listed && first.tokens.start <= 1);
    first.is_some_and(|first| {
        let signs = [":", "–", "—", "-", "|", "("];
        document.actor_code(&first.value).is_some()
            && sentence.is_sign(&document.article.text, first.tokens.end, &signs)
    })
}

fn is_group(document: &Document<'_>, mention: &Mention) -> bool {
    let code = document.actor_code(&mention.value);
    code.is_some_and(|code| document.lexicon.party_kind(code) == PartyKind::Group)
}

/// "Kyiv's partners promised more aid", "New pledges at a glance": an act, and no single state whose it is.
fn opens_roll(document: &Document<'_>, lead: &Sentence) -> bool {
    let all = lead.all();
    let acts = [Label::Give, Label::Announce, Label::PackageNoun];
    let parties = parties::in_range(document, lead, &all);
    let state = |party: &Party| document.lexicon.party_kind(&party.code) == PartyKind::State;
    let alone = parties.firm_donors(3).into_iter().filter(|party| state(party)).count() == 1;
    lead.has_any(&acts, &all) && !alone
}

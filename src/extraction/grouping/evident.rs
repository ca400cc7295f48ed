//! Whether a document says enough of a group to call it a package.

use super::context::{has_transfer, is_between_leaders, is_for_whom_all_is, pledges_arms};
use super::gifts::{gives_arms, lists_own_aid, stands_apart};
use super::parties::ALONG;
use super::settled::is_background;
use super::told::{
    counts_gift, gives_in_full, gives_unnamed, goes_to_forces, is_called_off_by_day, is_gear,
    is_labelled, is_news, is_of_the_topic, is_ordered, is_plain_gift, is_surveyed,
    names_own_package, names_own_things, tells_vaguely_how_many,
};
use super::{Group, Telling};
use crate::extraction::document::{AID_CLASS, Document, SHORT_ARTICLE, is_arms};
use crate::extraction::parties::Party;
use crate::extraction::tellings::SERIES;
use crate::lexicon::{Label, PartyKind, Role};
use crate::mentions::ItemMention;
use crate::model::Status;

/// So many sentences before an act may name its receiver.
const NEAR_BEFORE: usize = 6;

/// Words of what is sold, lost, wished for or used: things in such sentences need more signs of a gift.
const OTHERS: [Label; 8] = [
    Label::Sale,
    Label::SaleStrong,
    Label::Trade,
    Label::Lose,
    Label::Attack,
    Label::Wish,
    Label::OwnUse,
    Label::Permit,
];

/// Whether the document says enough of a group for a package: a sum; or else contents or an ordinal
/// with words that make clear who gives what.
pub(super) fn is_something(document: &Document<'_>, group: &Group) -> bool {
    let has_sum = group.tellings.iter().any(|telling| telling.amount.is_some());
    if group.donors.is_empty() || group.donors == group.recipients {
        return false;
    }
    // "will give Ukraine helmets worth 5 million": a price makes a gift no less clear.
    let priced = !group.items.is_empty() && !group.is_civil();
    has_sum && is_told_of_somebody(document, group)
        || (!has_sum || priced) && is_clear_gift(document, group)
}

/// A sum needs a receiver, a document that speaks of military aid, and words beside it for at least
/// one of the parties; a giver and a receiver that are both only guessed from the document are none.
fn is_told_of_somebody(document: &Document<'_>, group: &Group) -> bool {
    let told = |parties: fn(&Telling) -> &[Party], codes: &[String]| {
        group
            .tellings
            .iter()
            .flat_map(parties)
            .filter(|party| codes.contains(&party.code))
            .map(|party| if party.score >= 3 { 2 } else { 1 })
            .max()
            .unwrap_or(0)
    };
    let donor = told(|telling| &telling.parties.donors, &group.donors);
    let receiver = told(|telling| &telling.parties.recipients, &group.recipients);
    let own_word = group.tellings.iter().any(|telling| telling.first_person) && document.is_release;
    // In a short article on aid, beside a package's own name, and in a survey of gifts, the parties go
    // without saying.
    let short = document.sentences.len() <= SHORT_ARTICLE || is_surveyed(document, group);
    let named = group.tellings.iter().any(|telling| {
        let told_before = telling.has_package_noun && telling.refers_back;
        telling.mechanism.is_some()
            || telling.sequence.is_some()
            || telling.names_military_aid
            || told_before
    });
    // A long text speaks of much else: there the sum's own words must say that it is for arms.
    let armed = group.items.iter().any(|item| is_arms(document.lexicon, item));
    let topic = || group.tellings.iter().any(|telling| is_of_the_topic(document, telling));
    if !short && !named && !armed && !group.in_title && !topic() {
        return false;
    }
    let near = || group.tellings.iter().any(|told| has_just_named_receiver(document, told));
    let owner = group.tellings.iter().any(|telling| telling.mechanism.is_some());
    if !short && !group.in_title && donor + receiver == 0 && !owner && !near() {
        return false;
    }
    let points = donor
        + receiver
        + i32::from(own_word)
        + i32::from(group.in_title)
        + i32::from(short)
        + i32::from(named);
    document.speaks_of_aid && !group.recipients.is_empty() && points >= 1
}

/// Without a sum, a package needs a giver and a receiver and at least two of: a figure or a named
/// system, a verb of giving with its subject, the headline, a word for the package or its ordinal.
pub(super) fn is_clear_gift(document: &Document<'_>, group: &Group) -> bool {
    missing_signs(document, group).is_some_and(|missing| missing <= 0)
}

/// How many signs a group without a sum lacks to be a gift; none where something speaks against it.
pub(super) fn missing_signs(document: &Document<'_>, group: &Group) -> Option<i32> {
    let status = group.status().status;
    // "its 45th package of military aid" counts no things.
    let bare =
        |item: &ItemMention| item.role == Role::Vague && item.class.as_deref() == Some(AID_CLASS);
    let counted = group.items.iter().any(|item| item.quantity.is_some() && !bare(item));
    let named = group.items.iter().any(|item| item.system.is_some());
    let (sequence, series) = numbers(document, group);
    let labelled = group.tellings.iter().any(is_labelled);
    let verb = labelled || group.tellings.iter().any(|telling| acts(document, telling));
    let firm = |party: &Party| party.score >= 3;
    // "is weighing a Kenyan request for 40 mortars"
    let plans = |party: &Party| party.rule == "donor.plans";
    let told = group.tellings.iter().any(|telling| {
        let receives = telling.parties.recipients.iter().any(firm);
        telling.parties.donors.iter().any(|party| firm(party) || receives && plans(party))
    });
    let received = group.tellings.iter().any(|telling| telling.parties.recipients.iter().any(firm));
    let surveyed = is_surveyed(document, group);
    let short = document.sentences.len() <= SHORT_ARTICLE || surveyed;
    let weapon = group.items.iter().any(|item| is_arms(document.lexicon, item));
    let general =
        is_general(document, group, verb && received && (counted || weapon), verb && counted);
    let main = document.main_recipient.as_ref();
    let backward = !verb && group.donors.iter().any(|donor| Some(donor) == main);
    let to_forces = group.tellings.iter().any(|telling| goes_to_forces(document, telling));
    let military = to_forces || group.items.iter().any(|item| !is_civil(document, item));
    if !group.items.is_empty() && !military {
        return None;
    }
    // "a bridge to the alliance", "cars imported from": what is of civil life too is a gift only by a
    // verb of giving with those who give and receive.
    let plain_thing = group.items.iter().any(|item| !item.is_everyday && !is_civil(document, item));
    let given =
        || labelled || group.tellings.iter().any(|telling| gives_in_full(document, telling));
    if !group.items.is_empty() && !plain_thing && !group.in_title && !given() {
        return None;
    }
    let recalled = status == Status::Past
        && (counted || is_dated(document, group))
        && has_transfer(document, group)
        && is_between_leaders(document, group);
    let arms = weapon || to_forces || labelled && counted;
    let weapon = arms || group.items.iter().any(|item| is_gear(document, item));
    let whole = tells_whole(document, group, verb && counted) || recalled;
    if !short && !group.items.is_empty() && !(weapon && (whole || sequence || group.in_title)) {
        return None;
    }
    // In an article on a sale, a wish list or losses, materiel alone is no gift.
    let other = document.other_topic.is_some() || document.votes_money;
    let apart = stands_apart(document, group, verb && counted);
    let ordered = status == Status::Past && is_ordered(document, group);
    if other && !apart && !ordered && status != Status::Withdrawn {
        return None;
    }
    if group.items.is_empty() && !sequence || group.recipients.is_empty() || backward {
        return None;
    }
    let background = status != Status::Past && is_background(document, group);
    if status == Status::Past || background {
        // What the giver of a short article gave before goes without its name.
        let own = group.donors.iter().eq(document.main_donor.iter()) && (short || recalled);
        let told = group.donor_is_explicit || own && (sequence || tells_of_act(document, group));
        let known = counted || sequence || is_dated(document, group);
        let recalled = known && told && !general;
        if recalled || !background {
            return recalled.then_some(0);
        }
    }
    // "could announce 14 howitzers for Ukraine": who, what and to whom.
    // "is preparing to supply shells to Ukraine": arms need no number then.
    // "The next package, with 14 radars, is being prepared"
    let another = group.tellings.iter().any(|telling| telling.opens_another);
    let to_somebody =
        received || is_offered(group) || arms && verb && is_for_whom_all_is(document, group);
    let planned = counted && (verb || told && (received || another))
        || (arms || weapon && received && group.donors.len() == 1) && short && verb && to_somebody
        || sequence && verb;
    let whole_gift = is_plain_gift(document, group);
    let told_here = short && pledges_arms(document, group);
    let points = i32::from(counted)
        + i32::from(named)
        + i32::from(verb)
        + i32::from((verb || told) && to_somebody && short)
        + i32::from(group.in_title)
        + i32::from(sequence)
        + 4 * i32::from(series)
        + i32::from(sequence && received && group.donor_is_explicit)
        + i32::from(group.tellings.len() > 1)
        + i32::from(another && told && counted)
        + i32::from(whole_gift)
        + i32::from(told_here)
        + i32::from(
            surveyed && (weapon || plain_thing) && group.tellings.iter().any(|t| t.has_giving_verb),
        )
        + i32::from(group.tellings.iter().any(|t| t.has_package_noun))
        - 2 * i32::from(general)
        - i32::from(!group.donor_is_explicit)
        - i32::from(status == Status::Proposed && !group.in_title && !planned);
    // Who gives what, all told by grammar, needs no further sign: "is sending dozens of carriers to".
    let vague = group.tellings.iter().any(|telling| tells_vaguely_how_many(document, telling));
    let plain = (verb || received) && (counted || named)
        || group.tellings.iter().any(|telling| gives_arms(document, telling) && !telling.is_done)
        || (verb || told) && received && vague && weapon
        || status == Status::Proposed && is_offered(group) && verb && arms
        || verb && weapon && status == Status::Withdrawn && group.tellings[0].has_package_noun;
    let whole = whole_gift && status != Status::Proposed || told_here;
    let least = if short && (plain || whole) { 2 } else { 3 };
    let clear = (verb || told) && !general && status != Status::Proposed;
    Some(least - i32::from(clear && counts_arms_of_one(document, group)) - points)
}

/// "The allies gave weapons": whether only groups of states or unions give, and words do not tell enough of it.
fn is_general(
    document: &Document<'_>,
    group: &Group,
    groups_tell: bool,
    unions_tell: bool,
) -> bool {
    group.donors.iter().all(|donor| match document.lexicon.party_kind(donor) {
        PartyKind::Group => !groups_tell,
        kind => kind == PartyKind::Union && !unions_tell,
    })
}

/// Whether a group has an ordinal of its own or the day by which it is known, and one in a series of packages.
fn numbers(document: &Document<'_>, group: &Group) -> (bool, bool) {
    let mut told = group.tellings.iter().filter_map(|telling| telling.sequence.as_ref()).peekable();
    let sequence = is_called_off_by_day(document, group) || told.peek().is_some();
    (sequence, told.any(|number| number.rule == SERIES))
}

/// "Chad could be offered drones by France": whether who receives is the subject of a passive verb.
fn is_offered(group: &Group) -> bool {
    let mut receivers = group.tellings.iter().flat_map(|telling| &telling.parties.recipients);
    receivers.any(|party| party.rule == "recipient.passive-subject")
}

/// Whether a group has counted arms or gear of one state, or of two that act along, in words of no other
/// matter: they need one sign less.
fn counts_arms_of_one(document: &Document<'_>, group: &Group) -> bool {
    let arms = |item: &ItemMention| is_arms(document.lexicon, item) || is_gear(document, item);
    let lot = |item: &ItemMention| item.quantity.is_some() && arms(item);
    let joint = |telling: &Telling| telling.parties.donors.iter().any(|party| party.rule == ALONG);
    let mut sentences = group.tellings.iter().map(|told| &document.sentences[told.sentence]);
    (group.donors.len() == 1 || group.tellings.iter().any(joint))
        && group.items.iter().any(lot)
        && !sentences.any(|sentence| sentence.has_any(&OTHERS, &sentence.all()))
}

/// "The previous delivery consisted of 79 howitzers": whether a telling has a word for an act of giving or for
/// its contents.
fn tells_of_act(document: &Document<'_>, group: &Group) -> bool {
    let contents = [Label::Announce, Label::Include, Label::PackageNoun];
    let mut sentences = group.tellings.iter().map(|told| &document.sentences[told.sentence]);
    has_transfer(document, group)
        || sentences.any(|sentence| sentence.has_any(&contents, &sentence.all()))
}

/// Whether a verb of giving has its subject in a telling.
fn acts(document: &Document<'_>, telling: &Telling) -> bool {
    counts_gift(document, telling)
        || telling.parties.donors.iter().any(|party| party.score >= 4)
        || gives_unnamed(document, telling)
        || names_own_things(document, telling)
        || names_own_package(document, telling)
        || lists_own_aid(document, telling)
        || gives_arms(document, telling)
}

/// Whether one sentence of a long text tells of giver, receiver and arms; where all of it is about one
/// receiver, a counted gift with its giver will do.
fn tells_whole(document: &Document<'_>, group: &Group, counted_gift: bool) -> bool {
    let led = document.is_live || counted_gift && leads_with_receiver(document);
    group.tellings.iter().any(|telling| {
        let receiver_known =
            led || is_news(document, telling) && has_just_named_receiver(document, telling);
        let gives = telling.parties.donors.iter().any(|party| party.score >= 3)
            || gives_unnamed(document, telling)
            || is_labelled(telling);
        let receives = telling.parties.recipients.iter().any(|party| party.score >= 2);
        let armed = telling.items.iter().any(|item| {
            is_arms(document.lexicon, item) || is_labelled(telling) && item.quantity.is_some()
        });
        gives && (receiver_known || receives) && armed
    })
}

/// The first arms of a group that is no package, where a verb of giving stands beside them.
pub(super) fn unclear_gift(document: &Document<'_>, group: &Group) -> Option<ItemMention> {
    let given = group.tellings.iter().filter(|telling| telling.has_giving_verb);
    given.flat_map(|telling| &telling.items).find(|item| is_arms(document.lexicon, item)).cloned()
}

/// Whether the sentences right before a telling, or its own, name the receiver that the document is
/// about: in a long text each stretch speaks of something else.
fn has_just_named_receiver(document: &Document<'_>, telling: &Telling) -> bool {
    let from = telling.sentence.saturating_sub(NEAR_BEFORE);
    document.sentences[from..=telling.sentence]
        .iter()
        .flat_map(|sentence| &sentence.mentions)
        .filter_map(|mention| document.actor_code(&mention.value))
        .any(|code| Some(code) == document.main_recipient.as_deref())
}

/// "The President announced a new package of military assistance": an act of which neither sum nor
/// contents are told, with giver, receiver and words that leave no doubt of what it is.
pub(super) fn is_bare_announcement(document: &Document<'_>, group: &Group) -> bool {
    let status = group.status().status;
    let handed = group.tellings.iter().any(|telling| telling.hands_over_arms);
    let open = matches!(status, Status::Announced | Status::Proposed) || handed;
    let topic = document.other_topic.is_some() || document.votes_money;
    let said = group.tellings.iter().any(|telling| {
        let sentence = &document.sentences[telling.sentence];
        let all = sentence.all();
        // "announced a new package and stressed the need for": what else was said asks for no gift.
        let package = sentence.first(Label::PackageNoun, &all);
        let told = package.map_or(all.clone(), |cue| 0..cue.tokens.end);
        let gives = telling.parties.donors.iter().any(|party| party.score >= 3)
            || telling.first_person && document.is_release;
        let receives =
            !telling.parties.recipients.is_empty() || has_just_named_receiver(document, telling);
        // "will send more weapons, the ministry said"
        let vague = telling.has_giving_verb
            && telling.has_new
            && sentence.has(Label::Will, &all)
            && sentence.items.iter().any(|item| item.role == Role::Vague)
            && sentence.has_any(&[Label::Say, Label::Announce], &all);
        let package = telling.has_package_noun
            && telling.names_military_aid
            && sentence.has(Label::Announce, &all);
        gives
            && receives
            && (package || vague)
            && sentence.has(Label::New, &all)
            && !sentence.has_any(&[Label::Not, Label::Request, Label::Wish], &told)
    });
    let parties = group.donor_is_explicit
        && !group.recipients.is_empty()
        && group.donors != group.recipients
        && group.donors.iter().all(|donor| Some(donor) != document.main_recipient.as_ref());
    // "announced that we will speed up the delivery of more vaccines"
    let civil = group.items.iter().any(|item| is_civil(document, item));
    open && !topic && (said || handed) && status != Status::Past && parties && !civil
}

/// Whether the first sentences name the receiver that the document is about.
fn leads_with_receiver(document: &Document<'_>) -> bool {
    let lead = document.sentences.iter().take(6).flat_map(|sentence| &sentence.mentions);
    lead.filter_map(|mention| document.actor_code(&mention.value))
        .any(|code| Some(code) == document.main_recipient.as_deref())
}

/// Whether an earlier month or day is told of an act of giving.
fn is_dated(document: &Document<'_>, group: &Group) -> bool {
    let verbs = [Label::Give, Label::Receive, Label::Arrive];
    let acts = |telling: &&Telling| {
        let sentence = &document.sentences[telling.sentence];
        let all = sentence.all();
        // "On Dec. 11, Sweden approved a package with radars"
        let package = telling.has_package_noun && sentence.has(Label::Announce, &all);
        sentence.has_any(&verbs, &all) || package
    };
    group.tellings.iter().filter(acts).any(|telling| {
        // A year alone dates only the act of a giver or for a receiver whom grammar names.
        let subject = telling.parties.donors.iter().any(|party| party.score >= 4)
            || telling.parties.recipients.iter().any(|party| party.score >= 3);
        telling.days.iter().any(|day| {
            let known = day.date.is_some_and(|day| subject || day.month_number().is_some());
            known && !day.is_later && !day.is_span
        })
    })
}

/// Medicine, food and shelter alone make no military package.
pub(in crate::extraction) fn is_civil(document: &Document<'_>, item: &ItemMention) -> bool {
    let class = item.class.as_deref().and_then(|class| document.lexicon.class(class));
    class.is_some_and(|class| class.kiel.as_deref() == Some("Humanitarian"))
}

//! Compares tellings and groups: parties, sums, numbers.

use super::contents::{is_kind_of, is_version};
use super::evident::is_civil;
use super::{Group, Telling};
use crate::extraction::dating::stands_behind_things;
use crate::extraction::days::Day;
use crate::extraction::document::Document;
use crate::extraction::entries;
use crate::extraction::tellings::Proven;
use crate::extraction::tellings::labels::LABELS;
use crate::lexicon::Label;
use crate::mentions::ItemMention;
use crate::model::{Amount, Bounds, CivilDate, Qualifier, Status};
use crate::text::SegmentKind;
use rust_decimal::Decimal;

/// Things told so many sentences after a package, with no word that points back, are none of it.
const OUT_OF_REACH: usize = 40;

/// Up to so many days apart two may date one delivery of the same things.
const ONE_DELIVERY: i64 = 3;

/// The receivers that a telling names: by grammar, else by name.
pub(super) fn recipients(telling: &Telling, donors: &[String]) -> Vec<String> {
    let firm = telling
        .parties
        .recipients
        .iter()
        .filter(|party| party.score >= 2 && !donors.contains(&party.code));
    let firm = codes(firm.map(|party| party.code.as_str()));
    if !firm.is_empty() {
        return firm;
    }
    codes(
        telling
            .parties
            .recipients
            .iter()
            .filter(|party| !donors.contains(&party.code))
            .map(|party| party.code.as_str()),
    )
}

/// Whether a telling counts the same thing otherwise than the group does: another batch.
pub(super) fn differs_in_number(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    telling.items.iter().any(|item| {
        group.items.iter().any(|other| {
            item.quantity.is_some()
                && other.quantity.is_some()
                && item.quantity != other.quantity
                && is_kind_of(document, other, item)
        })
    })
}

/// Whether an item of the group is of one kind with this one, whichever is the more general.
pub(super) fn is_kin(document: &Document<'_>, group: &Group, item: &ItemMention) -> bool {
    let kin = |other| is_kind_of(document, other, item) || is_kind_of(document, item, other);
    group.items.iter().any(kin)
}

/// Whether a telling names a thing that the group holds.
pub(super) fn shares_things(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    telling.items.iter().any(|item| is_kin(document, group, item))
}

/// Whether a telling counts a thing just as the group does.
pub(super) fn holds_counted(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    telling.items.iter().any(|item| {
        let same = |other: &ItemMention| {
            other.quantity == item.quantity && is_kind_of(document, other, item)
        };
        item.quantity.is_some() && group.items.iter().any(same)
    })
}

/// Whether a recalled act with a time or a number of its own is none that the group tells of: its
/// giver gives something else, and nothing points back.
pub(super) fn is_own_act(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    let counted = telling.items.iter().any(|item| item.quantity.is_some());
    let dated = telling.days.iter().any(|day| day.is_earlier && !day.is_span);
    let sentence = &document.sentences[telling.sentence];
    let acts = [Label::Arrive, Label::Receive, Label::Announce];
    let gives = telling.has_giving_verb || sentence.has_any(&acts, &sentence.all());
    let gives = gives && !telling.refers_back;
    let told_there = group.tellings.iter().any(|other| other.sentence == telling.sentence);
    // "Two weeks ago it pledged 14 vehicles." "Last October it promised 30 Bushmasters": another day, another act.
    let opens = |one: &Telling| {
        one.days.iter().any(|day| day.is_earlier && !day.is_span && day.opens_sentence())
    };
    let same = |item: &ItemMention| {
        let figure = |other: &ItemMention| other.quantity == item.quantity;
        item.quantity.is_none()
            || group.items.iter().any(|other| figure(other) && is_kind_of(document, other, item))
    };
    let another =
        opens(telling) && group.tellings.iter().any(opens) && !telling.items.iter().any(same);
    (counted || dated)
        && gives
        && !telling.items.is_empty()
        && (another || !shares_things(document, group, telling))
        && !told_there
}

/// "It refuses to send fighter jets", behind a gift of other things.
pub(super) fn refuses_others(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    let firm = matches!(group.status().status, Status::Announced | Status::Delivered);
    firm && telling.status.status == Status::Withdrawn
        && !(telling.refers_back && telling.has_package_noun)
        && telling.amount.is_none()
        && !telling.items.is_empty()
        && !shares_things(document, group, telling)
}

/// "refused to supply air defence systems and sent 2,000 helmets", "It has given 40 carriers": what is
/// given is none of what is refused in the same sentence, nor of what was refused before.
pub(super) fn is_given_instead(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    let withdrawn = |one: &Telling| one.status.status == Status::Withdrawn;
    let acts = telling.has_giving_verb && telling.parties.donors.iter().any(|p| p.score >= 3);
    let refused = |other: &Telling| other.sentence == telling.sentence || acts && !other.is_title;
    group.tellings.iter().any(|other| withdrawn(other) && !withdrawn(telling) && refused(other))
        && !telling.items.is_empty()
        && !telling.items.iter().any(|item| {
            let kin =
                |other| is_kind_of(document, other, item) || is_kind_of(document, item, other);
            group.items.iter().any(|other| kin(other) && !are_two_systems(document, other, item))
        })
}

/// Whether both are named systems, and neither a version of the other: Piranhas are no kind of M113s.
fn are_two_systems(document: &Document<'_>, one: &ItemMention, two: &ItemMention) -> bool {
    let (Some(first), Some(second)) = (one.system, two.system) else { return false };
    let id = |number| document.lexicon.system_at(number).id.as_str();
    first != second && !is_version(id(first), id(second)) && !is_version(id(second), id(first))
}

/// Whether a telling dates its act otherwise than the group's own tellings do: "on 22 August the
/// ministry handed over 12 vehicles".
pub(super) fn dated_otherwise(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    let told = |day: &Day| day.date.filter(|_| !day.is_span && !day.is_later);
    let sentence = &document.sentences[telling.sentence];
    let acts = |day: &&Day| {
        day.dates_act
            || day.is_earlier
            || day.opens_sentence()
            || stands_behind_things(sentence, day.at)
    };
    let own: Vec<CivilDate> = telling.days.iter().filter(acts).filter_map(told).collect();
    let days = group.tellings.iter().flat_map(|telling| &telling.days);
    let days: Vec<CivilDate> = days.filter_map(told).collect();
    let meet = |one: &CivilDate, two: &CivilDate| {
        one.first_day() <= two.last_day() && two.first_day() <= one.last_day()
    };
    let opens = telling.has_package_noun && !telling.refers_back && telling.has_new;
    let tells = !telling.items.is_empty() || telling.amount.is_some() || opens;
    // "arrived on April 5", "we handed them over last night": one delivery, told by two.
    let told = told_of_one_delivery(group, telling);
    let meet = |one: &CivilDate, two: &CivilDate| {
        let apart = one.first_day().days_since(two.first_day()).abs();
        meet(one, two) || told && one.is_day() && two.is_day() && apart <= ONE_DELIVERY
    };
    tells
        && !own.is_empty()
        && !days.is_empty()
        && !own.iter().any(|day| days.iter().any(|other| meet(day, other)))
}

/// "40 million in June 2022, and 40 million again in May 2023": the same sum on another day, and not "the 40
/// million" of before.
pub(super) fn is_given_again(document: &Document<'_>, group: &Group, telling: &Telling) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let sum = telling.amount.as_ref().map(|amount| amount.span.start);
    let sum = sentence.mentions.iter().find(|mention| Some(mention.span.start) == sum);
    let points = sum.is_some_and(|sum| {
        (sum.tokens.start.saturating_sub(1)..=sum.tokens.start)
            .any(|at| sentence.is(Label::Definite, at))
    });
    !points
        && group.tellings.iter().all(|told| told.amount.is_some())
        && dated_otherwise(document, group, telling)
}

/// Whether both tell of the arrival of the same named things, none of them counted.
fn told_of_one_delivery(group: &Group, telling: &Telling) -> bool {
    let delivered = |status: Status| status == Status::Delivered;
    let mut things = telling.items.iter();
    let same = |item: &ItemMention| {
        item.quantity.is_none()
            && item.system.is_some()
            && group
                .items
                .iter()
                .any(|other| other.system == item.system && other.quantity.is_none())
    };
    delivered(group.status().status)
        && delivered(telling.status.status)
        && !telling.items.is_empty()
        && things.all(same)
}

pub(super) fn codes<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut codes: Vec<String> = codes.map(str::to_owned).collect();
    codes.sort();
    codes.dedup();
    codes
}

pub(super) fn shares(one: &[String], two: &[String]) -> bool {
    one.iter().any(|code| two.contains(code))
}

/// Whether two sums of one document are one: equal, or one a rounding of the other.
pub(super) fn same_sum(one: &Amount, two: &Amount) -> bool {
    if one.currency != two.currency {
        return false;
    }
    let (one_figure, two_figure) = (one.bounds.figure(), two.bounds.figure());
    if one_figure == two_figure {
        return true;
    }
    // "a further 250 million" is no sum that "around 245 million" rounds.
    let rounds = |amount: &Amount, other: &Amount| {
        amount.bounds.qualifier() == Qualifier::About && digits(amount) <= digits(other)
    };
    let difference = (one_figure - two_figure).abs();
    (rounds(one, two) || rounds(two, one))
        && difference
            .checked_mul(Decimal::from(100))
            .is_some_and(|d| d <= one_figure.max(two_figure).saturating_mul(Decimal::from(2)))
}

/// How many digits a sum is told with.
pub(super) fn digits(amount: &Amount) -> usize {
    let figure = amount.bounds.figure().normalize().to_string();
    figure.trim_end_matches('0').len()
}

/// Whether the giver itself said what only unnamed people put a price on, or a later sentence calls
/// planned.
pub(super) fn overrules(opening: &Telling, priced: &Telling) -> bool {
    // "announced that it gives helmets. The planned package is worth a billion."
    let planned = priced.status.status == Status::Proposed && is_made_public(opening);
    let unnamed = priced.status.rule == "status.unnamed-source"
        && opening.parties.donors.iter().any(|party| party.score >= 4);
    opening.sentence != priced.sentence && (unnamed || planned)
}

/// Whether a giver announces it in so many words.
pub(super) fn is_made_public(telling: &Telling) -> bool {
    telling.status.status == Status::Announced
        && telling.parties.donors.iter().any(|party| party.rule == "donor.announces")
}

/// "ten tanks given by Denmark, Germany and the Netherlands", behind what Denmark alone gives; or an entry that
/// several head.
pub(super) fn is_joint_act(group: &Group, telling: &Telling, donors: &[String]) -> bool {
    let heads = telling.parties.donors.iter().filter(|party| party.rule == LABELS[0]).count();
    if heads > 1 && group.donors != donors && is_told(group) {
        return true;
    }
    let named = telling.parties.firm_donors(4).len();
    let counted = telling.items.iter().any(|item| item.quantity.is_some());
    let done = matches!(telling.status.status, Status::Delivered | Status::Past);
    counted
        && (done && group.status().status == Status::Announced)
        && named > group.donors.len()
        && donors.len() > group.donors.len()
        && group.donor_is_explicit
        && is_told(group)
        && !telling.refers_back
}

/// Whether a sum or contents of a package were told.
pub(super) fn is_told(group: &Group) -> bool {
    group.amount().is_some() || !group.items.is_empty()
}

/// "Estonia has put together its largest package": who opens the sentence is the giver, and none of
/// the package.
pub(super) fn opens_with_another(group: &Group, telling: &Telling) -> bool {
    telling.parties.donors.iter().any(|party| {
        party.tokens.start <= 1
            && !group.donors.contains(&party.code)
            && !group.recipients.contains(&party.code)
    })
}

/// "4.5 million New Zealand dollars" and "$4.5 million": one figure, told once by the name of its
/// currency and once by the sign that several share. A round figure may be another sum's, too.
pub(super) fn is_bare_repeat(one: &Proven<Amount>, two: &Proven<Amount>) -> bool {
    let bare = |sum: &Proven<Amount>| sum.rule == "money.symbol";
    one.value.bounds.figure() == two.value.bounds.figure()
        && one.value.currency != two.value.currency
        && bare(one) != bare(two)
        && digits(&one.value) > 1
}

/// Whether a live blog tells other things of it at another time of day.
pub(super) fn is_at_another_time(
    document: &Document<'_>,
    group: &Group,
    telling: &Telling,
) -> bool {
    entries::are_moments_apart(document, telling.sentence, group.last_sentence)
        && !telling.items.is_empty()
        && !shares_things(document, group, telling)
}

/// Whether a telling of things stands in another part of a long text than the package.
pub(super) fn is_out_of_reach(group: &Group, telling: &Telling) -> bool {
    let far = telling.sentence.saturating_sub(group.last_sentence) > OUT_OF_REACH;
    let points_back =
        telling.refers_back || telling.mechanism.is_some() || telling.sequence.is_some();
    far && !telling.items.is_empty() && !points_back
}

/// "A C-130 aircraft will be turned over in February", some sentences behind trucks: counted things of another
/// kind that nothing ties to what was told are another gift.
pub(super) fn counts_other_things(
    document: &Document<'_>,
    group: &Group,
    telling: &Telling,
) -> bool {
    let sentence = &document.sentences[telling.sentence];
    let all = sentence.all();
    let lot = |item: &ItemMention| {
        let several = |bounds: Bounds| bounds.figure() > Decimal::ONE || item.system.is_some();
        item.quantity.is_some_and(several) && !is_civil(document, item)
    };
    let acts = [Label::Give, Label::Receive, Label::Arrive, Label::Announce];
    let tied = telling.refers_back
        || telling.goes_on
        || telling.mechanism.is_some()
        || telling.sequence.is_some()
        || telling.status.status == Status::Withdrawn
        || sentence.has(Label::Include, &all);
    let mut parties = telling.parties.donors.iter().chain(&telling.parties.recipients);
    let named = telling.first_person || parties.any(|party| party.score >= 2);
    telling.items.iter().any(lot)
        && named
        && sentence.has_any(&acts, &all)
        && !tied
        && sentence.segment.kind == SegmentKind::Sentence
        && telling.sentence > group.last_sentence + 1
        && is_told(group)
        && !shares_things(document, group, telling)
}

/// "has sent a massive amount of help. We have paused a shipment of bombs": what is held back is none of what
/// only was told to be given.
pub(super) fn stops_other_things(group: &Group, telling: &Telling) -> bool {
    let held = Status::Withdrawn;
    telling.status.status == held
        && group.status().status != held
        && !telling.items.is_empty()
        && group.items.is_empty()
        && group.amount().is_none()
        && !telling.refers_back
}

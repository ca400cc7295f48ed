//! Holds what each telling of a package says against what the package shows, field by field.

use super::choose::{self, Told, anchor, thing};
use super::error::LedgerError;
use super::lines::Names;
use super::matching::earlier;
use super::reach::{self, of_total};
use super::steps::step;
use super::store::select;
use crate::model::accord::{Accord, FieldTold, Said};
use crate::model::{
    Aid, Amount, Bounds, CivilDate, Claim, Exchange, Fact, Item, Package, Stage, Status,
};
use rusqlite::Connection;
use rust_decimal::Decimal;

/// That a package came so far on this day, the whole of it or a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reached {
    /// The day.
    pub day: CivilDate,
    /// How far.
    pub stage: Stage,
    /// Whether only a part of what is in it.
    pub in_part: bool,
}

/// The fields of a package of which its tellings say anything, in the order in which they are shown, with
/// what a later text took back. `amended` are those that a person set.
pub(super) fn agreement(
    connection: &Connection,
    package: &Package,
    tellings: &[Told],
    amended: &[Fact],
    exchange: &dyn Exchange,
) -> Result<Vec<FieldTold>, LedgerError> {
    let claims: Vec<Claim> = tellings.iter().map(|told| told.claim.clone()).collect();
    let mut fields = compared(package, &claims, &Names::of(tellings), amended);
    for field in &mut fields {
        exchanged(field, package, tellings, exchange);
    }
    for field in &mut fields {
        field.said.retain(|said| !is_day_of_correction(said, tellings));
    }
    if fields.iter().any(FieldTold::is_conflict) {
        let anew = select::told_anew(connection, tellings)?;
        for field in &mut fields {
            mark_taken_back(field, &claims, &anew);
        }
    }
    Ok(fields)
}

/// Says of sums in other money whether they are the one that is shown, at the rate of the day by which the
/// telling was compared; they contradict it where they are too far off to be what somebody made of it.
fn exchanged(field: &mut FieldTold, package: &Package, told: &[Told], exchange: &dyn Exchange) {
    let Fact::Amount(Some(shown)) = field.value else { return };
    for said in field.said.iter_mut().filter(|said| said.accord == Accord::OtherCurrency) {
        let announced = package.announced.filter(|date| date.is_day());
        let day = earlier(told.get(said.telling).and_then(anchor), announced);
        let (Fact::Amount(Some(other)), Some(day)) = (&said.value, day) else { continue };
        let is = |sum| reach::converted(*other, sum, day, exchange).is_some();
        let mut taken_back = told.iter().filter_map(|told| told.claim.corrects?.amount);
        if is(shown) {
            said.accord = Accord::Agrees;
        } else if taken_back.any(is) {
            said.accord = Accord::Corrected;
        } else if let Some(worth) = worth(*other, shown, day, exchange) {
            said.accord = if is_far(worth, shown.bounds) {
                Accord::Conflicts
            } else if figures(shown.bounds, worth) == Accord::Agrees {
                Accord::Agrees
            } else {
                Accord::OtherCurrency
            };
        }
    }
}

/// What a sum is worth in the money of another one, on a day.
fn worth(sum: Amount, other: Amount, day: CivilDate, exchange: &dyn Exchange) -> Option<Bounds> {
    let price = exchange.price(sum.currency, other.currency, day)?;
    sum.bounds.map(|end| end.checked_mul(price.value))
}

/// Whether sums cannot be one, by whatever rate of those weeks: more than a twentieth apart, and neither end
/// open to the other.
fn is_far(one: Bounds, other: Bounds) -> bool {
    let (left, right) = (one.figure(), other.figure());
    let apart = reach::minus(left, right).abs().checked_mul(Decimal::from(20));
    apart.is_some_and(|apart| apart > left.max(right)) && figures(other, one) == Accord::Conflicts
}

/// Whether what contradicts the day of the announcement is only the day of a correction itself.
fn is_day_of_correction(said: &Said, tellings: &[Told]) -> bool {
    let told = tellings.get(said.telling).filter(|told| told.claim.corrects.is_some());
    let day = told.and_then(|told| told.published);
    said.accord == Accord::Conflicts && day.is_some() && said.value == Fact::Announced(day)
}

/// Marks what contradicts a field no more: a sum that another telling takes back, and what a text told
/// that is told `anew` by another one, as is shown. Of those the numbers are pairs.
fn mark_taken_back(field: &mut FieldTold, claims: &[Claim], anew: &[(usize, usize)]) {
    let takes_back = |said: &Said| match said.value {
        Fact::Amount(amount) => claims
            .iter()
            .filter_map(|claim| claim.corrects)
            .any(|correction| correction.takes_back(amount)),
        _ => false,
    };
    let is_shown = |telling: usize| {
        let told = field.said.iter().find(|said| said.telling == telling);
        told.is_some_and(|said| said.accord != Accord::Conflicts)
    };
    let is_told_anew = |said: &Said| {
        anew.iter().any(|(before, after)| *before == said.telling && is_shown(*after))
    };
    let taken: Vec<bool> = field
        .said
        .iter()
        .map(|said| said.accord == Accord::Conflicts && (takes_back(said) || is_told_anew(said)))
        .collect();
    for (said, is_taken) in field.said.iter_mut().zip(taken) {
        if is_taken {
            said.accord = Accord::Corrected;
        }
    }
}

fn compared(
    package: &Package,
    tellings: &[Claim],
    names: &Names,
    amended: &[Fact],
) -> Vec<FieldTold> {
    let mut fields = vec![
        field(Fact::Donors(package.donors.clone()), tellings, |claim| {
            let said = Fact::Donors(claim.donors.clone());
            Some((said, parties(&package.donors, &claim.donors)))
        }),
        field(Fact::Recipients(package.recipients.clone()), tellings, |claim| {
            let said = Fact::Recipients(claim.recipients.clone());
            Some((said, parties(&package.recipients, &claim.recipients)))
        }),
        field(Fact::Announced(package.announced), tellings, |claim| {
            // The day of a plan, of an order or of a handover is not the day of the announcement.
            let is_of_announcement = matches!(claim.status, Status::Announced | Status::Past);
            let said = claim.announced.filter(|_| is_of_announcement)?;
            let accord = dates(package.announced?, said);
            let is_of_order = step(claim) == 1 && accord == Accord::Conflicts;
            (!is_of_order).then_some((Fact::Announced(Some(said)), accord))
        }),
        field(Fact::Amount(package.amount), tellings, |claim| {
            let said = claim.amount?;
            Some((Fact::Amount(Some(said)), amounts(package.amount?, said)))
        }),
        field(Fact::Aid(package.aid), tellings, |claim| {
            Some((Fact::Aid(claim.aid), aids(package.aid, claim.aid)))
        }),
        field(Fact::Mechanism(package.mechanism.clone()), tellings, |claim| {
            let said = claim.mechanism.clone()?;
            let accord = equal(package.mechanism.as_ref()?, &said);
            Some((Fact::Mechanism(Some(said)), accord))
        }),
        field(Fact::Sequence(package.sequence), tellings, |claim| {
            let said = claim.sequence?;
            Some((Fact::Sequence(Some(said)), equal(&package.sequence?, &said)))
        }),
    ];
    fields.extend(package.items.iter().map(|item| {
        field(Fact::Items(vec![item.clone()]), tellings, |claim| {
            let said = nearest(item, &claim.items, names)?;
            let accord = quantities(item.quantity, said.quantity);
            // A part that is handed over contradicts nothing.
            let is_part = accord == Accord::Conflicts && is_of_part(claim, item, names);
            let is_less_exact = accord == Accord::Same && thing(said) != thing(item);
            let accord = if is_part || is_less_exact { Accord::Agrees } else { accord };
            Some((Fact::Items(vec![said.clone()]), accord))
        })
    }));
    for field in &mut fields {
        field.amended = amended.iter().any(|fact| fact.field() == field.value.field());
    }
    fields.retain(|field| !field.said.is_empty());
    fields
}

fn field(
    value: Fact,
    tellings: &[Claim],
    read: impl Fn(&Claim) -> Option<(Fact, Accord)>,
) -> FieldTold {
    let said = tellings.iter().enumerate().filter_map(|(telling, claim)| {
        let (value, accord) = read(claim)?;
        Some(Said { telling, value, accord })
    });
    FieldTold { said: said.collect(), value, amended: false, why: None }
}

fn equal<T: PartialEq>(shown: &T, said: &T) -> Accord {
    if shown == said { Accord::Same } else { Accord::Conflicts }
}

/// Who gives or receives: a part of them is less exact, others contradict.
fn parties(shown: &[String], said: &[String]) -> Accord {
    let within = |few: &[String], many: &[String]| few.iter().all(|one| many.contains(one));
    if shown == said {
        Accord::Same
    } else if within(shown, said) || within(said, shown) {
        Accord::Agrees
    } else {
        Accord::Conflicts
    }
}

fn dates(shown: CivilDate, said: CivilDate) -> Accord {
    if shown == said {
        Accord::Same
    } else if shown.first_day() <= said.last_day() && said.first_day() <= shown.last_day() {
        Accord::Agrees
    } else {
        Accord::Conflicts
    }
}

fn amounts(shown: Amount, said: Amount) -> Accord {
    if shown.currency == said.currency {
        figures(shown.bounds, said.bounds)
    } else {
        Accord::OtherCurrency
    }
}

fn figures(shown: Bounds, said: Bounds) -> Accord {
    if shown == said {
        Accord::Same
    } else if reach::can_be_nothing(reach::less(of_total(shown), of_total(said))) {
        Accord::Agrees
    } else {
        Accord::Conflicts
    }
}

fn aids(shown: Aid, said: Aid) -> Accord {
    if shown == said {
        Accord::Same
    } else if shown == Aid::Mixed || said == Aid::Mixed {
        Accord::Agrees
    } else {
        Accord::Conflicts
    }
}

fn quantities(shown: Option<Bounds>, said: Option<Bounds>) -> Accord {
    match (shown, said) {
        (None, None) => Accord::Same,
        (Some(shown), Some(said)) => figures(shown, said),
        _ => Accord::Agrees,
    }
}

/// The line of a telling that tells the same thing; of several the one whose quantity agrees best.
fn nearest<'a>(item: &Item, lines: &'a [Item], names: &Names) -> Option<&'a Item> {
    lines
        .iter()
        .filter(|line| names.are_one(line, item))
        .min_by_key(|line| quantities(item.quantity, line.quantity))
}

/// Each stage that is told with its day, where it is known. What is only recalled dates no stage but
/// the announcement; the day of a plan is the day on which it was told.
pub(super) fn stages(tellings: &[Told]) -> Vec<(Stage, CivilDate)> {
    let days = |told: &Told| {
        let claim = &told.claim;
        let day = match claim.status {
            Status::Proposed => told.published,
            Status::Past => claim.announced,
            _ => claim.announced.or(told.published),
        };
        let told = [
            (choose::stage(claim.status), day.filter(|day| day.is_day())),
            (Stage::Contracted, claim.contracted),
        ];
        told.into_iter().filter_map(|(stage, day)| Some((stage, day?))).collect::<Vec<_>>()
    };
    tellings.iter().flat_map(days).collect()
}

/// How far a package came and when: the first day on which each stage is told, in order of the days, and
/// each day on which a part of it was handed over.
pub(super) fn stage_history(tellings: &[Told], package: &Package) -> Vec<Reached> {
    let (mut told, names): (Vec<Reached>, Names) = (Vec::new(), Names::of(tellings));
    for telling in tellings {
        let in_part = package.items.iter().any(|item| is_of_part(&telling.claim, item, &names));
        let reached = stages(std::slice::from_ref(telling)).into_iter();
        told.extend(reached.map(|(stage, day)| Reached { day, stage, in_part }));
    }
    told.sort();
    let mut history: Vec<Reached> = Vec::new();
    for reached in told {
        let is_known = |known: &Reached| {
            known.stage == reached.stage
                && known.in_part == reached.in_part
                && (!reached.in_part || known.day == reached.day)
        };
        if !history.iter().any(is_known) {
            history.push(reached);
        }
    }
    history
}

/// Whether it tells that fewer of a thing were handed over than there are.
fn is_of_part(claim: &Claim, item: &Item, names: &Names) -> bool {
    let said = nearest(item, &claim.items, names).and_then(|said| said.quantity);
    claim.status == Status::Delivered
        && matches!((item.quantity, said), (Some(all), Some(said)) if said.figure() < all.figure())
}

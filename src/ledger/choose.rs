//! The written rule by which a package's fields are taken from its tellings. Each field is the best
//! telling's under a total order, so the order of reading does not matter, and what was best before
//! together with a new telling gives the same as all tellings together.

use super::print::Print;
use super::steps::is_bare_end;
use super::wording::Wording;
use crate::model::accord::Why;
use crate::model::{
    Aid, Amount, CivilDate, Claim, Fact, Item, PublisherKind, Qualifier, Stage, Status,
};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A claim as a telling of a package.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// The claim's number in the ledger.
    pub(super) number: u64,
    /// The claim's content id.
    pub(super) id: String,
    /// What it says.
    pub(super) claim: Claim,
    /// The number of its article; `None` where it was entered by hand.
    pub(super) article: Option<u64>,
    /// When its article was published.
    pub(super) published: Option<CivilDate>,
    /// Who published it, where the lexicon knows.
    pub(super) kind: Option<PublisherKind>,
    /// The words in which its article tells it.
    pub(super) wording: Wording,
    /// The words of its article.
    pub(super) print: Print,
    /// How often what it tells was told before and is corrected by it.
    pub(super) amends: u32,
}

impl Told {
    /// A claim of no article.
    pub(super) fn new(number: u64, id: String, claim: Claim) -> Self {
        let (article, published, kind) = (None, None, None);
        let (wording, print) = Default::default();
        let amends = u32::from(claim.corrects.is_some());
        Self { number, id, claim, article, published, kind, wording, print, amends }
    }

    /// Whether another claim of the same article goes on with what this one tells, or the reverse: what
    /// both name is told of two things then.
    pub(super) fn goes_on_with(&self, other: &Self) -> bool {
        let goes_on = self.claim.continues || other.claim.continues;
        goes_on && self.article.is_some() && self.article == other.article
    }
}

/// A value and the number of the claim that it was taken from; `None` where a person amended it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken<T> {
    pub(super) value: T,
    pub(super) from: Option<u64>,
}

/// The fields of a package, each with its claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) donors: Vec<String>,
    pub(super) recipients: Vec<String>,
    pub(super) announced: Option<Taken<CivilDate>>,
    pub(super) amount: Option<Taken<Amount>>,
    pub(super) aid: Taken<Aid>,
    pub(super) stage: Taken<Stage>,
    pub(super) mechanism: Option<Taken<String>>,
    pub(super) sequence: Option<Taken<u32>>,
    /// The day near which it is told: of announcement, else of the earliest telling.
    pub(super) around: Taken<Option<CivilDate>>,
    /// Whether every telling only recalls it.
    pub(super) recalled: bool,
}

/// Takes the fields of a package from its tellings; `None` where there is no telling.
///
/// - donors and recipients: of the telling that leads, by [`rank`];
/// - amount: of an official source before a news agency before others; then in the money of one who
///   gives before what somebody made of it; then a correction before what it corrects, of several the
///   later; then what is exact or a range, then the figure of more digits, then the more exact qualifier
///   (exact, range, about, up to, at least, more than);
/// - announced: the more precise date, then one that is not the day of a correction itself, then the telling
///   of the announcement before one of the order, of the handover, of the plan, of the past; then by source; then a correction; then the earliest;
/// - stage: the furthest that any telling says;
/// - aid: of a telling that names an amount; mechanism and sequence: of any that names them;
/// - for each of them then: the telling that does not only recall, the source, the correction, the later
///   article (it corrects the earlier one), the higher confidence, the lower id.
pub(super) fn fields(tellings: &[Told]) -> Option<Fields> {
    let leader = leader(tellings)?;
    let announced = best(tellings, |told| {
        let date = told.claim.announced?;
        let weight = (directness(&told.claim), authority(told), told.amends);
        // A correction that says nothing of the day bears its own.
        let is_own = told.claim.corrects.is_some() && told.published == Some(date);
        Some(((precision(date), !is_own, weight, Reverse(date)), date))
    });
    let around = best(tellings, |told| {
        let day = anchor(told);
        Some(((is_direct(told), day.is_some(), Reverse(day)), day))
    })?;
    let known_day = announced.as_ref().map(|taken| taken.value).filter(|date| date.is_day());
    Some(Fields {
        donors: leader.claim.donors.clone(),
        recipients: leader.claim.recipients.clone(),
        amount: best(tellings, |told| Some((worth(told)?, told.claim.amount?))),
        aid: best(tellings, |told| Some((told.claim.amount.is_some(), told.claim.aid)))?,
        stage: best(tellings, |told| {
            let stage = reached(&told.claim);
            Some((stage, stage))
        })?,
        mechanism: best(tellings, |told| Some(((), told.claim.mechanism.clone()?))),
        sequence: best(tellings, |told| Some(((), told.claim.sequence?))),
        recalled: !tellings.iter().any(is_direct),
        around: Taken { value: known_day.or(around.value), from: around.from },
        announced,
    })
}

/// How much the sum that a telling states weighs against those of others; `None` where it states none.
fn worth(told: &Told) -> Option<(u8, bool, u32, Exactness)> {
    let amount = told.claim.amount?;
    let is_own = told.claim.donors.iter().any(|donor| amount.currency.is_of(donor));
    Some((authority(told), is_own, told.amends, Exactness::of(amount)))
}

/// How exactly a sum is told: "up to 567 million" more so than "about 570 million", which may be it rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Exactness {
    is_exact: bool,
    digits: usize,
    qualifier: u8,
}

impl Exactness {
    fn of(amount: Amount) -> Self {
        let qualifier = amount.bounds.qualifier();
        let figure = amount.bounds.figure().normalize().mantissa().to_string();
        Self {
            is_exact: matches!(qualifier, Qualifier::Exact | Qualifier::Range),
            digits: figure.trim_end_matches('0').len(),
            qualifier: exactness(qualifier),
        }
    }
}

/// Why the sum that a package shows was taken before the others that its tellings state: by the first
/// thing in which it is ahead of the best of them.
pub(super) fn why_amount(tellings: &[Told], shown: Option<Amount>) -> Option<Why> {
    let priced = |is_shown: bool| {
        let told = tellings.iter().filter(move |told| {
            told.claim.amount.is_some() && (told.claim.amount == shown) == is_shown
        });
        told.max_by(|left, right| {
            worth(left).cmp(&worth(right)).then_with(|| weight(left).cmp(&weight(right)))
        })
    };
    let (taken, other) = (priced(true)?, priced(false)?);
    let ((source, is_own, amends, exact), other_worth) = (worth(taken)?, worth(other)?);
    let (other_source, other_own, other_amends, other_exact) = other_worth;
    Some(if source > other_source {
        if source == authority_of(Some(PublisherKind::Official)) {
            Why::Official
        } else {
            Why::Agency
        }
    } else if is_own && !other_own {
        Why::OwnMoney
    } else if amends > other_amends {
        Why::Correction
    } else if exact > other_exact {
        Why::Exact
    } else if is_direct(taken) && !is_direct(other) {
        Why::Direct
    } else if taken.published > other.published {
        Why::Later
    } else {
        return None;
    })
}

/// The telling that leads the others.
pub(super) fn leader(tellings: &[Told]) -> Option<&Told> {
    tellings.iter().min_by_key(|told| rank(told, told.article.is_none()))
}

/// The claims that a package's fields were taken from, each once; who gives and receives is taken from
/// the one that leads.
pub(super) fn sources(fields: &Fields) -> BTreeSet<u64> {
    let always = [fields.aid.from, fields.stage.from, fields.around.from];
    let mut claims: BTreeSet<u64> = always.into_iter().flatten().collect();
    claims.extend(fields.announced.iter().filter_map(|taken| taken.from));
    claims.extend(fields.amount.iter().filter_map(|taken| taken.from));
    claims.extend(fields.mechanism.iter().filter_map(|taken| taken.from));
    claims.extend(fields.sequence.iter().filter_map(|taken| taken.from));
    claims
}

/// Sets the field of a package that a person amended: it comes from no claim then.
pub(super) fn amend(fields: &mut Fields, fact: &Fact) {
    match fact.clone() {
        Fact::Donors(donors) => fields.donors = donors,
        Fact::Recipients(recipients) => fields.recipients = recipients,
        Fact::Announced(date) => {
            fields.announced = amended(date);
            if let Some(day) = date.filter(|date| date.is_day()) {
                fields.around.value = Some(day);
            }
        }
        Fact::Amount(amount) => fields.amount = amended(amount),
        Fact::Aid(aid) => fields.aid = Taken { value: aid, from: None },
        Fact::Stage(stage) => fields.stage = Taken { value: stage, from: None },
        Fact::Mechanism(mechanism) => fields.mechanism = amended(mechanism),
        Fact::Sequence(sequence) => fields.sequence = amended(sequence),
        // Lines have a table of their own, and the others are no fields of what a package is.
        Fact::Items(_)
        | Fact::Standing(_)
        | Fact::MergedInto(_)
        | Fact::Tellings(_)
        | Fact::NotSame(_) => {}
    }
}

fn amended<T>(value: Option<T>) -> Option<Taken<T>> {
    value.map(|value| Taken { value, from: None })
}

/// What an item is, for comparison: its system, else its name in lower case.
pub(super) fn thing(item: &Item) -> String {
    item.system.clone().unwrap_or_else(|| item.name.to_lowercase())
}

/// The day by which a telling is compared: of announcement where known, else of publication, held
/// within the month or year of announcement.
pub(super) fn anchor(told: &Told) -> Option<CivilDate> {
    let published = told.published.map(CivilDate::first_day);
    match (told.claim.announced, published) {
        (None, published) => published,
        (Some(announced), None) => Some(announced.first_day()),
        (Some(announced), Some(published)) => {
            Some(published.clamp(announced.first_day(), announced.last_day()))
        }
    }
}

/// Higher than any rank.
pub(super) const LAST: &str = "~";

/// By which of several tellings leads their package, the lowest first: what a person typed in, then
/// the announcement before the order, the handover, the plan, the recall; then what says most, and most exactly;
/// then the earliest. It comes from the telling alone, so no order of reading changes it.
pub(super) fn rank(told: &Told, is_by_hand: bool) -> String {
    let claim = &told.claim;
    // What does not say which package will not come is compared with all that may be it.
    let told_of = if is_bare_end(claim) { 9 } else { 5 - directness(claim) };
    let says = |says: bool, worth: usize| if says { worth } else { 0 };
    let full = says(claim.amount.is_some(), 2)
        + says(claim.announced.is_some_and(CivilDate::is_day), 2)
        + says(claim.sequence.is_some(), 1)
        + says(claim.mechanism.is_some(), 1)
        + says(!claim.items.is_empty(), 1);
    let exact = claim.amount.map_or(0, |amount| exactness(amount.bounds.qualifier()));
    let day = |date: Option<CivilDate>| date.map_or("9999".to_owned(), |date| date.to_string());
    // What takes a sum back is found by that one, or by its words, and by its own sum.
    let takes_back = claim.corrects.is_some();
    // What goes on with another's package leads none.
    let begins = if claim.continues { 2 } else { u8::from(!is_by_hand) };
    format!(
        "{begins}{told_of}{}{}{}{}{:02} {} {} {}",
        u8::from(!takes_back),
        9 - full,
        9 - exact,
        9 - authority(told),
        99 - claim.items.len().min(99),
        day(anchor(told)),
        day(told.published),
        told.id
    )
}

/// How far a package has come that is told like this.
pub(super) fn reached(claim: &Claim) -> Stage {
    let stage = stage(claim.status);
    if claim.contracted.is_some() { stage.max(Stage::Contracted) } else { stage }
}

/// How far a package has come that is told with this status.
pub(super) const fn stage(status: Status) -> Stage {
    match status {
        Status::Proposed => Stage::Proposed,
        Status::Announced | Status::Past => Stage::Announced,
        Status::Delivered => Stage::Delivered,
        Status::Withdrawn => Stage::Withdrawn,
    }
}

/// The telling with the highest key, and its value.
fn best<K: Ord, T>(tellings: &[Told], read: impl Fn(&Told) -> Option<(K, T)>) -> Option<Taken<T>> {
    tellings
        .iter()
        .filter_map(|told| read(told).map(|(key, value)| (key, value, told)))
        .max_by(|(left_key, _, left), (right_key, _, right)| {
            left_key.cmp(right_key).then_with(|| weight(left).cmp(&weight(right)))
        })
        .map(|(_, value, told)| Taken { value, from: Some(told.number) })
}

/// What settles between tellings that are equally good on a field.
pub(super) fn weight(told: &Told) -> impl Ord {
    (
        is_direct(told),
        authority(told),
        told.amends,
        told.published,
        told.claim.confidence,
        Reverse(told.id.clone()),
    )
}

/// How much the word of a source weighs against that of another.
const fn authority(told: &Told) -> u8 {
    authority_of(told.kind)
}

const fn authority_of(kind: Option<PublisherKind>) -> u8 {
    match kind {
        Some(PublisherKind::Official) => 2,
        Some(PublisherKind::Agency) => 1,
        None => 0,
    }
}

fn is_direct(told: &Told) -> bool {
    told.claim.status != Status::Past
}

const fn directness(claim: &Claim) -> u8 {
    match claim.status {
        Status::Announced if claim.contracted.is_none() => 5,
        Status::Announced => 4,
        Status::Delivered => 3,
        Status::Withdrawn => 2,
        Status::Proposed => 1,
        Status::Past => 0,
    }
}

pub(super) const fn exactness(qualifier: Qualifier) -> u8 {
    match qualifier {
        Qualifier::Exact => 5,
        Qualifier::Range => 4,
        Qualifier::About => 3,
        Qualifier::UpTo => 2,
        Qualifier::AtLeast => 1,
        Qualifier::MoreThan => 0,
    }
}

const fn precision(date: CivilDate) -> u8 {
    match (date.month_number(), date.day_number()) {
        (Some(_), Some(_)) => 2,
        (Some(_), None) => 1,
        _ => 0,
    }
}

//! Finds the claims and the packages that a claim may have to do with, by index: the cost does not
//! grow with the ledger.

use super::beside::{self, Apart};
use super::unlike::{is_other_sum, is_too_far};
use super::values::{
    amount, column, correction, joined, number, parse, parse_some, shown as written,
};
use super::{faces, select};
use crate::ledger::apart::Said;
use crate::ledger::choose::{Told, anchor, reached};
use crate::ledger::error::LedgerError;
use crate::ledger::matching::{Candidate, LATER, Openness, PLAN, REACH};
use crate::ledger::steps::{is_later, step};
use crate::ledger::things::Thing;
use crate::ledger::traces::{self, ABOUT, FOREMOST, Search, Sought};
use crate::model::{Currency, Exchange, PackageId, Standing, Status};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::{BTreeMap, BTreeSet};

type Result<T> = std::result::Result<T, LedgerError>;

/// A claim that tells some package and may have to do with another claim.
#[derive(Debug, Clone)]
pub(in crate::ledger) struct Near {
    pub(in crate::ledger) claim: u64,
    pub(in crate::ledger) rank: String,
    pub(in crate::ledger) home: PackageId,
    /// Whether it leads its home.
    pub(in crate::ledger) leads: bool,
}

const NEAR: &str = "SELECT claim.number, claim.rank, telling.home, trace.leads, claim.amount_low,
           claim.amount_high, claim.qualifier, claim.currency, claim.sequence, claim.around,
           claim.announced,
           claim.status IN ('delivered', 'withdrawn')
           OR claim.status <> 'past' AND claim.contracted IS NOT NULL, claim.corrects, claim.status,
           claim.recalls
      FROM trace JOIN claim ON claim.number = trace.claim JOIN telling ON telling.claim = claim.number
     WHERE trace.donors = ?1 AND trace.recipients = ?2 AND trace.trace = ?3
       AND trace.around BETWEEN ?4 AND ?5 AND trace.leads = ?6
     ORDER BY trace.around, trace.rank LIMIT ?7";

/// All that are found.
const ALL: i64 = -1;

/// The leaders with the same donors and recipients that matching could find alike, by their number.
pub(in crate::ledger) fn near(
    connection: &Connection,
    told: &Told,
    exchange: &dyn Exchange,
) -> Result<Vec<Near>> {
    let mut look = Look::of(connection, told, exchange);
    let sought = look.sought()?;
    for search in &sought.like {
        look.find(search, true, ALL)?;
    }
    for search in crowded(&sought).chain(recalled(&sought)) {
        look.find(&search, true, column(FOREMOST))?;
    }
    look.find_open(&sought)?;
    Ok(look.found.into_values().collect())
}

/// What takes the place of a claim of this rank, or makes place for it, among the few of its day that are
/// looked at: the last of these, where it comes behind it.
pub(in crate::ledger) fn at_the_edge(
    connection: &Connection,
    told: &Told,
    rank: &str,
) -> Result<BTreeSet<u64>> {
    let sql = "SELECT rank, claim FROM trace
                WHERE donors = ?1 AND recipients = ?2 AND trace = ?3 AND leads = 1 AND around = ?4
                  AND claim <> ?5 ORDER BY rank LIMIT 1 OFFSET ?6";
    let mut statement = connection.prepare_cached(sql)?;
    let (donors, recipients) = (joined(&told.claim.donors), joined(&told.claim.recipients));
    let around = written(anchor(told)).unwrap_or_default();
    let last = column(FOREMOST - 1);
    let mut edge = BTreeSet::new();
    for trace in traces::left_in_crowds(told) {
        let values = params![donors, recipients, trace, around, column(told.number), last];
        let read = |row: &Row| Ok((row.get::<_, String>(0)?, number(row, 1)?));
        let found = statement.query_row(values, read).optional()?;
        edge.extend(found.filter(|(other, _)| other.as_str() > rank).map(|(_, claim)| claim));
    }
    Ok(edge)
}

/// The claims that matching could find alike to one of this rank if it leads: where one claim finds
/// another, that one finds it too. In a crowd it is found where it is among so many of the `foremost`.
pub(in crate::ledger) fn concerned(
    connection: &Connection,
    told: &Told,
    (rank, foremost): (&str, usize),
    exchange: &dyn Exchange,
) -> Result<Vec<Near>> {
    let mut look = Look::of(connection, told, exchange);
    let sought = look.sought()?;
    let mut searches: Vec<Search> = sought.like.iter().cloned().collect();
    let (mut is_first, mut own) = (false, BTreeSet::new());
    for trace in traces::left_in_crowds(told) {
        if look.is_foremost((rank, foremost), &trace)? {
            is_first |= !traces::outweighs_sum(&trace);
            own.insert(trace);
        }
    }
    searches.extend(crowded(&sought).filter(|search| {
        let joins = traces::outweighs_sum(&search.trace);
        if joins { own.contains(&search.trace) } else { is_first }
    }));
    searches.extend(recalled(&sought));
    searches.extend(sought.ended);
    for search in searches {
        for leads in [false, true] {
            look.find(&search, leads, ALL)?;
        }
    }
    Ok(look.found.into_values().collect())
}

/// One search a trace and day.
fn crowded(sought: &Sought) -> impl Iterator<Item = Search> {
    let of_day = |trace: &String, day: &String| Search {
        trace: trace.clone(),
        from: day.clone(),
        to: day.clone(),
    };
    let crowds = sought.crowds.iter();
    crowds.flat_map(move |trace| sought.days.iter().map(move |day| of_day(trace, day)))
}

/// One search a kind and day near that of an announcement which a handover names.
fn recalled(sought: &Sought) -> impl Iterator<Item = Search> {
    sought.recalled.iter().flat_map(|day| {
        let of_day = |trace: String| Search { trace, from: day.clone(), to: day.clone() };
        traces::kinds().map(of_day)
    })
}

struct Look<'a> {
    connection: &'a Connection,
    told: &'a Told,
    exchange: &'a dyn Exchange,
    donors: String,
    recipients: String,
    found: BTreeMap<u64, Near>,
}

impl<'a> Look<'a> {
    fn of(connection: &'a Connection, told: &'a Told, exchange: &'a dyn Exchange) -> Self {
        let (donors, recipients) = (joined(&told.claim.donors), joined(&told.claim.recipients));
        Self { connection, told, exchange, donors, recipients, found: BTreeMap::new() }
    }

    fn sought(&self) -> Result<Sought> {
        let currencies = currencies(self.connection, &self.donors, &self.recipients)?;
        Ok(traces::sought(self.told, &currencies, self.exchange))
    }

    fn find(&mut self, search: &Search, leads: bool, limit: i64) -> Result<()> {
        let (connection, told) = (self.connection, self.told);
        let Search { trace, from, to } = search;
        let mut statement = connection.prepare_cached(NEAR)?;
        let values = params![self.donors, self.recipients, trace, from, to, leads, limit];
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            let (amount, sequence, around) = (amount(row, 4)?, row.get(8)?, parse_some(row, 9)?);
            let near = Near {
                claim: number(row, 0)?,
                rank: row.get(1)?,
                home: PackageId(number(row, 2)?),
                leads: row.get(3)?,
            };
            let (corrects, status) = (correction(row, 12)?, parse(row, 13)?);
            let said = Said {
                announced: parse_some(row, 10)?,
                recalls: parse_some(row, 14)?,
                is_plan: status == Status::Proposed,
                is_ended: is_later(status),
                is_correction: corrects.is_some(),
            };
            let is_later = step(&told.claim) > 0 || row.get(11)?;
            let reach = match told.claim.amount.is_some() && amount.is_some() {
                _ if is_later => LATER,
                true => REACH,
                false => PLAN,
            };
            let is_other = !traces::outweighs_sum(trace)
                && is_other_sum(told, (amount, corrects), sequence, around, self.exchange)
                || is_too_far(told, sequence, around, &said, reach);
            if near.claim != told.number && !is_other {
                self.found.insert(near.claim, near);
            }
        }
        Ok(())
    }

    /// The last leaders that may be what is called off by words that do not say what.
    fn find_open(&mut self, sought: &Sought) -> Result<()> {
        let Some((from, to)) = &sought.open else { return Ok(()) };
        let sql = "SELECT claim.number, claim.rank, telling.home FROM trace
                     JOIN claim ON claim.number = trace.claim
                     JOIN telling ON telling.claim = claim.number
                    WHERE trace.donors = ?1 AND trace.recipients = ?2 AND trace.trace = ?3
                      AND trace.leads = 1 AND trace.around BETWEEN ?4 AND ?5
                      AND claim.status NOT IN ('delivered', 'withdrawn') AND claim.number <> ?6
                    ORDER BY trace.around DESC, trace.rank LIMIT ?7";
        let mut statement = self.connection.prepare_cached(sql)?;
        for kind in traces::kinds() {
            let own = column(self.told.number);
            let values =
                params![self.donors, self.recipients, kind, from, to, own, column(FOREMOST)];
            let mut rows = statement.query(values)?;
            while let Some(row) = rows.next()? {
                let (claim, home) = (number(row, 0)?, PackageId(number(row, 2)?));
                self.found.insert(claim, Near { claim, rank: row.get(1)?, home, leads: true });
            }
        }
        Ok(())
    }

    /// Whether a claim of this rank is looked at in the crowd of its day that leaves this trace.
    fn is_foremost(&self, (rank, of): (&str, usize), trace: &str) -> Result<bool> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM trace
                    WHERE donors = ?1 AND recipients = ?2 AND trace = ?3 AND leads = 1
                      AND around = ?4 AND rank < ?5 LIMIT ?6)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let around = written(anchor(self.told)).unwrap_or_default();
        let values = params![self.donors, self.recipients, trace, around, rank, column(of)];
        Ok(statement.query_row(values, |row| number(row, 0))? < of as u64)
    }
}

/// The currencies in which these donors give these recipients something.
fn currencies(connection: &Connection, donors: &str, recipients: &str) -> Result<Vec<Currency>> {
    let sql = "SELECT trace FROM trace WHERE donors = ?1 AND recipients = ?2 AND trace > ?3
                ORDER BY trace LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut currencies = Vec::new();
    let mut after = ABOUT.to_owned();
    loop {
        let row = statement.query_row([donors, recipients, &after], |row| row.get::<_, String>(0));
        let next = row.optional()?;
        let named =
            next.as_deref().and_then(|trace| trace.strip_prefix(ABOUT)?.get(..3)?.parse().ok());
        let Some(currency) = named else { return Ok(currencies) };
        currencies.push(currency);
        after = format!("{ABOUT}{currency}~");
    }
}

/// The packages among which a claim of this rank is placed: those that are led by a near claim of a
/// lower rank, and those on which a person ruled before the claim was recorded, in each shape in which they
/// stand: who ruled on one that was there beside it had the two to compare, and who split one had it to put to
/// a part. Those in `apart` are left out.
pub(in crate::ledger) fn find(
    connection: &Connection,
    told: &Told,
    rank: &str,
    near: &[Near],
    apart: &Apart,
    exchange: &dyn Exchange,
) -> Result<Vec<Candidate>> {
    let mut candidates = Vec::new();
    for one in near.iter().filter(|one| one.leads) {
        if apart.has(connection, one.home)? {
            continue;
        }
        let ruled = select::is_ruled(connection, one.home)?;
        if ruled && select::is_settled_beside(connection, one.home, told.number)? {
            continue;
        }
        let ruled_before = ruled && select::is_ruled_before(connection, one.home, told.number)?;
        // What joined it after the ruling leads it as any other: not what ranks before it.
        let is_looked_at = one.rank.as_str() < rank
            || ruled_before && select::is_settled(connection, one.home, one.claim)?;
        if is_looked_at && let Some(mut candidate) = led(connection, one, (ruled, ruled_before))? {
            beside::compare(connection, told, &mut candidate, one.claim)?;
            candidates.push(candidate);
        }
    }
    candidates.extend(faces::shown(connection, told, exchange)?);
    let mut left = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        if !apart.has(connection, candidate.id)? {
            left.push(candidate);
        }
    }
    Ok(left)
}

/// A package as its leading claim tells it, and as it was ruled on before; `None` where it was undone.
fn led(
    connection: &Connection,
    near: &Near,
    (ruled, ruled_before): (bool, bool),
) -> Result<Option<Candidate>> {
    let Some(stored) = select::continued(connection, near.claim)? else { return Ok(None) };
    let mut candidate = as_candidate(&stored.told(), &near.rank, near.home);
    if select::marks(connection, near.claim)?.maybe.is_some() {
        candidate.openness = Openness::Doubtful;
    }
    if !ruled {
        return Ok(Some(candidate));
    }
    let (amount, openness) = (candidate.amount, candidate.openness);
    let whole = as_ruled(connection, candidate)?;
    Ok(whole.map(|one| if ruled_before { one } else { Candidate { amount, openness, ..one } }))
}

/// The package as persons' decisions have it: part of which, and whether it is closed.
pub(super) fn as_ruled(connection: &Connection, candidate: Candidate) -> Result<Option<Candidate>> {
    let id = select::whole(connection, candidate.home)?;
    let standing = select::standing(connection, id)?;
    // Whatever was ruled of a package, it is one by now.
    let openness = match standing {
        Some(Standing::Rejected | Standing::Void) => Openness::Closed,
        Some(Standing::Pending) => candidate.openness,
        _ => Openness::Open,
    };
    // What names no sum is of the package of which a person said that it is one with it.
    let amount = match candidate.amount {
        None if select::has_parts(connection, id)? => {
            select::fields(connection, id)?.and_then(|(whole, _)| Some(whole.amount?.value))
        }
        own => own,
    };
    let candidate = Candidate { id, amount, openness, ..candidate };
    Ok(Some(candidate).filter(|_| standing != Some(Standing::Undone)))
}

/// A claim as it would lead a package.
pub(in crate::ledger) fn as_candidate(told: &Told, rank: &str, home: PackageId) -> Candidate {
    let claim = &told.claim;
    Candidate {
        id: home,
        home,
        rank: rank.to_owned(),
        announced: claim.announced,
        around: anchor(told),
        amount: claim.amount,
        aid: claim.aid,
        stage: reached(claim),
        mechanism: claim.mechanism.clone(),
        sequence: claim.sequence,
        things: Thing::all(&claim.items),
        recalled: claim.status == Status::Past,
        wording: told.wording.clone(),
        print: told.print.clone(),
        corrects: claim.corrects,
        recalls: claim.recalls,
        is_beside: false,
        is_revised: false,
        openness: Openness::Open,
    }
}

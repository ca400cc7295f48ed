//! Places claims, so that the packages are a function of the claims and not of the order in which
//! they were read. Each claim is compared only with claims of a lower rank that lead a package; so
//! where a new claim leads one, those after it that it concerns are placed anew, lowest rank first.
//! What a person ruled stays. Each placement is an entry of the journal with its reason.

mod anew;
mod by_hand;
mod follow;
mod page;

use super::body::{self, DECISION, Marks, Typed};
use super::choose::{LAST, Told};
use super::error::LedgerError;
use super::journal::Receipt;
use super::matching::{self, Candidate};
use super::print::Print;
use super::record::{AUTO, append};
use super::store::beside::{self, Apart};
use super::store::candidates::{self, Near};
use super::store::select;
use super::wording::Wording;
use crate::model::{Article, Claim, Decision, Exchange, PackageId, Placement};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

pub(super) use anew::{Entered, again, doubt_left, without};
pub(super) use by_hand::enter;

type Result<T> = std::result::Result<T, LedgerError>;

/// Stands for a claim that leads no package yet.
const NOBODY: PackageId = PackageId(0);

/// The claims that are to be placed, and what came of it.
pub(super) struct Placing<'a> {
    connection: &'a Connection,
    exchange: &'a dyn Exchange,
    recorded_at: &'a str,
    /// Claims by rank.
    queue: BTreeSet<(String, u64)>,
    /// Of new claims: why each alone is not enough.
    weak: BTreeMap<u64, Option<String>>,
    /// Claims beside a leader that came or went: they may lead now, or no more, where they are.
    loose: BTreeSet<u64>,
    placements: BTreeMap<String, Placement>,
    /// From which package to which one claims moved.
    moved: BTreeMap<PackageId, PackageId>,
    /// Which number a new package bears instead of the one that is next.
    numbers: BTreeMap<PackageId, PackageId>,
    /// The highest number that was given.
    given: u64,
    /// Claims that are not looked at for now, and the packages that they lead.
    unseen: (BTreeSet<u64>, BTreeSet<PackageId>),
    /// What a person types in, until the entry that places it records it.
    typed: Option<Typed>,
    last: Option<Receipt>,
}

/// What placing came to.
pub(super) struct Done {
    /// How each claim was placed, by its id.
    pub(super) placements: BTreeMap<String, Placement>,
    /// Packages that turned out to be others, with these.
    pub(super) gone: Vec<(PackageId, PackageId)>,
    /// Proof of the last entry of the journal, where any was written.
    pub(super) last: Option<Receipt>,
}

/// A claim whose turn it is.
struct Turn {
    told: Told,
    rank: String,
    article: Option<u64>,
    marks: Marks,
    /// Where it stands, whether it leads there, and whether a person ruled on that before it came.
    home: Option<PackageId>,
    leads: bool,
    is_guest: bool,
    near: Vec<Near>,
    /// Where it is not placed.
    apart: Apart,
}

/// Where a claim belongs beside what is recorded, if nothing else of its article were.
pub(super) fn alone(
    connection: &Connection,
    article: &Article,
    claim: &Claim,
    exchange: &dyn Exchange,
) -> Result<Placement> {
    let claim = body::in_order(claim.clone());
    let id = body::claim_id(&article.sha256, &claim);
    let (published, kind) = (article.published, article.source.kind);
    // No claim that is recorded has the number 0.
    let wording = Wording::of(&claim, &article.text);
    let print = Print::of(article.body.of(&article.text));
    let told = Told { published, kind, wording, print, ..Told::new(0, id, claim) };
    let near = candidates::near(connection, &told, exchange)?;
    let found = candidates::find(connection, &told, LAST, &near, &Apart::default(), exchange)?;
    Ok(matching::place(&told, &found, exchange).0)
}

impl<'a> Placing<'a> {
    /// Nothing to place; `last` proves what was written before.
    pub(super) fn new(
        connection: &'a Connection,
        exchange: &'a dyn Exchange,
        recorded_at: &'a str,
        last: Option<Receipt>,
        numbers: BTreeMap<PackageId, PackageId>,
    ) -> Result<Self> {
        let (queue, weak, loose, placements, moved) = Default::default();
        let given = select::last_package(connection)?;
        Ok(Self {
            connection,
            exchange,
            recorded_at,
            queue,
            weak,
            loose,
            placements,
            moved,
            numbers,
            given,
            unseen: Default::default(),
            typed: None,
            last,
        })
    }

    /// A claim that is recorded and not placed yet, and why it alone is not enough.
    pub(super) fn add(&mut self, id: &str, weak: Option<String>) -> Result<()> {
        if let Some(number) = select::claim_number(self.connection, id)? {
            self.queue.insert((select::rank(self.connection, number)?, number));
            self.weak.insert(number, weak);
        }
        Ok(())
    }

    /// Places them.
    pub(super) fn run(mut self) -> Result<Done> {
        while let Some((rank, number)) = self.queue.pop_first() {
            if let Some(head) = select::head_of(self.connection, number)? {
                self.go_on(number, head)?;
            } else if let Some(turn) = self.turn(rank, number)? {
                self.place(&turn)?;
            }
        }
        let mut gone = Vec::new();
        for (package, into) in self.moved {
            if select::standing(self.connection, package)?.is_none() {
                gone.push((package, into));
            }
        }
        Ok(Done { placements: self.placements, gone, last: self.last })
    }

    /// What is known of a claim; `None` where a person ruled on its package.
    fn turn(&self, rank: String, number: u64) -> Result<Option<Turn>> {
        let home = select::home_now(self.connection, number)?;
        if self.unseen.0.contains(&number) {
            return Ok(None);
        }
        if let Some(home) = home
            && select::is_settled(self.connection, home, number)?
        {
            return Ok(None);
        }
        self.known(rank, number)
    }

    /// What is known of a claim, whatever a person ruled on its package.
    fn known(&self, rank: String, number: u64) -> Result<Option<Turn>> {
        let connection = self.connection;
        let home = select::home_now(connection, number)?;
        let Some(stored) = select::continued(connection, number)? else { return Ok(None) };
        let mut marks = select::marks(connection, number)?;
        if let Some(weak) = self.weak.get(&number) {
            marks.weak.clone_from(weak);
        }
        let leads = home.map_or(Ok(false), |home| leads(connection, home, number))?;
        let is_guest = home.map_or(Ok(false), |home| select::is_ruled(connection, home))?;
        let article = stored.article;
        let beside = article.map(|article| (article, rank.clone()));
        let apart = Apart { unseen: self.unseen.1.clone(), beside };
        let told = stored.told();
        let near = candidates::near(connection, &told, self.exchange)?;
        Ok(Some(Turn { told, rank, article, marks, home, leads, is_guest, near, apart }))
    }

    /// Puts a claim that goes on with the package of another one where that one is.
    fn go_on(&mut self, number: u64, head: u64) -> Result<()> {
        let connection = self.connection;
        let Some(home) = select::home_now(connection, head)? else { return Ok(()) };
        let before = select::home_now(connection, number)?;
        if let Some(before) = before
            && (before == home || select::is_settled(connection, before, number)?)
        {
            return Ok(());
        }
        let Some(stored) = select::bare_claim(connection, number)? else { return Ok(()) };
        let weak = match self.weak.get(&number) {
            Some(weak) => weak.clone(),
            None => select::marks(connection, number)?.weak,
        };
        self.moved.extend(before.map(|before| (before, home)));
        let package = select::whole(connection, home)?;
        let reason = "the next row of one package".to_owned();
        let (claim, by) = (stored.id.clone(), AUTO.to_owned());
        let decision = Decision::Link { claim, package, reason: reason.clone(), by };
        let mut placing = body::Placing::plain(decision);
        placing.home = Some(home).filter(|home| *home != package);
        placing.confirms = weak.is_none();
        placing.weak = weak;
        self.write(placing)?;
        self.placements.insert(stored.id, Placement::Further { package, reason });
        Ok(())
    }

    fn place(&mut self, turn: &Turn) -> Result<()> {
        let told = &turn.told;
        let (placement, home) = matching::place(told, &self.candidates(turn)?, self.exchange);
        let placement = self.beside_earlier(turn, placement)?;
        match placement {
            Placement::Further { package, ref reason } => {
                let home = home.unwrap_or(package);
                if turn.home != Some(home) {
                    let marks = Marks { weak: turn.marks.weak.clone(), ..Marks::default() };
                    self.link(turn, package, home, reason, marks)?;
                    if leads(self.connection, home, told.number)? {
                        // On what a person ruled, what would lead it joins it.
                        self.follow(turn, true, Some(home))?;
                    } else {
                        self.follow(turn, turn.leads || self.is_loose(turn), None)?;
                    }
                } else if self.is_loose(turn) {
                    self.follow(turn, true, None)?;
                }
            }
            Placement::New { ref reason } => self.lead(turn, reason, None)?,
            Placement::Doubtful { package, ref reason } => {
                self.lead(turn, reason, Some((reason.clone(), package)))?;
            }
        }
        let known = self.placements.get(&told.id);
        if known.is_none_or(|known| !matches!(known, Placement::Further { .. })) {
            self.placements.insert(told.id.clone(), placement);
        }
        Ok(())
    }

    /// The packages among which a claim is placed. What a person types in is none that was put out
    /// before: its author knows better by now.
    fn candidates(&self, turn: &Turn) -> Result<Vec<Candidate>> {
        let Turn { told, rank, near, apart, .. } = turn;
        let mut found = candidates::find(self.connection, told, rank, near, apart, self.exchange)?;
        found.retain(|candidate| turn.article.is_some() || !candidate.is_closed());
        Ok(found)
    }

    /// Lets a claim lead a package: the one that it leads already, that of a claim which turns out to
    /// tell the same, or a new one.
    fn lead(
        &mut self,
        turn: &Turn,
        reason: &str,
        doubt: Option<(String, Option<PackageId>)>,
    ) -> Result<()> {
        let (doubt, maybe) = doubt.map_or((None, None), |(doubt, maybe)| (Some(doubt), maybe));
        let marks = Marks { doubt, maybe, weak: turn.marks.weak.clone() };
        let own = turn.home.filter(|_| turn.leads && !turn.is_guest);
        if own.is_some() && turn.marks == marks {
            return if self.is_loose(turn) { self.follow(turn, true, None) } else { Ok(()) };
        }
        let follower = if own.is_none() { self.follower(turn)? } else { None };
        if let Some((package, reason)) = follower {
            self.link(turn, package, package, &reason, marks)?;
            let further = Placement::Further { package, reason };
            self.placements.insert(turn.told.id.clone(), further);
            return self.follow(turn, true, Some(package));
        }
        let package = own.unwrap_or_else(|| self.next_number());
        self.found(turn, package, reason, marks)?;
        self.follow(turn, true, None)
    }

    /// The number of a package that is new.
    fn next_number(&mut self) -> PackageId {
        self.given += 1;
        let next = PackageId(self.given);
        self.numbers.get(&next).copied().unwrap_or(next)
    }

    /// The first claim after this one that leads a package and tells the same: its package becomes
    /// that of this claim, and keeps its number.
    fn follower(&self, turn: &Turn) -> Result<Option<(PackageId, String)>> {
        let mut after: Vec<&Near> =
            turn.near.iter().filter(|near| near.leads && near.rank > turn.rank).collect();
        after.sort_by(|left, right| left.rank.cmp(&right.rank));
        for near in after {
            let Some(other) = self.turn(near.rank.clone(), near.claim)? else { continue };
            let is_told = match turn.article {
                Some(article) => select::is_told_in(self.connection, article, near.home)?,
                None => false,
            };
            let is_ruled = select::is_ruled(self.connection, near.home)?;
            if is_told || is_ruled || turn.apart.has(self.connection, near.home)? {
                continue;
            }
            let mut found = self.candidates(&other)?;
            let own = (&turn.told, &turn.rank[..], NOBODY);
            found.push(beside::as_candidate_for(self.connection, &other.told, own)?);
            if let (Placement::Further { package: NOBODY, reason }, _) =
                matching::place(&other.told, &found, self.exchange)
            {
                return Ok(Some((near.home, reason)));
            }
        }
        Ok(None)
    }

    fn is_loose(&self, turn: &Turn) -> bool {
        self.loose.contains(&turn.told.number)
    }

    fn link(
        &mut self,
        turn: &Turn,
        package: PackageId,
        home: PackageId,
        reason: &str,
        marks: Marks,
    ) -> Result<()> {
        self.moved.extend(turn.home.map(|before| (before, home)));
        let (claim, by) = (turn.told.id.clone(), AUTO.to_owned());
        let decision = Decision::Link { claim, package, reason: reason.to_owned(), by };
        let mut placing = body::Placing::plain(decision);
        placing.home = Some(home).filter(|home| *home != package);
        placing.confirms = marks.weak.is_none();
        (placing.doubt, placing.maybe, placing.weak) = (marks.doubt, marks.maybe, marks.weak);
        self.write(placing)
    }

    fn found(&mut self, turn: &Turn, package: PackageId, reason: &str, marks: Marks) -> Result<()> {
        let Marks { doubt, maybe, weak } = marks;
        let pending = doubt.is_some() || weak.is_some();
        let why = doubt.clone().or_else(|| weak.clone()).unwrap_or_else(|| reason.to_owned());
        let (claim, by) = (turn.told.id.clone(), AUTO.to_owned());
        let decision = Decision::New { claim, package, pending, reason: why, by };
        let mut placing = body::Placing::plain(decision);
        placing.maybe = maybe;
        placing.weak = weak.filter(|_| doubt.is_some());
        self.write(placing)
    }

    fn write(&mut self, mut placing: body::Placing) -> Result<()> {
        if let Some(typed) = self.typed.take() {
            placing = placing.typed_in(typed);
        }
        let written = body::write(&placing);
        let entry = append(self.connection, self.recorded_at, DECISION, written)?;
        self.last = Some(entry.receipt());
        Ok(())
    }
}

fn leads(connection: &Connection, home: PackageId, claim: u64) -> Result<bool> {
    Ok(select::leader(connection, home)?.is_some_and(|(first, ..)| first == claim))
}

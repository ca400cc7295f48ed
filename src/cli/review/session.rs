//! The session of a review: goes from package to package, and turns keys into orders that the ledger
//! carries out at once. Knows no terminal: keys come from whoever has them.

use super::keys::{FIELDS, Wish, wish};
use super::page;
use super::terminal::{Key, Keys, Line};
use crate::cli::amend::fact;
use crate::cli::args::package_id;
use crate::cli::failure::{Outcome, words};
use crate::cli::ruled_page::write_ruled;
use crate::cli::screen::Screen;
use crate::cli::together::check_fit;
use crate::ledger::{Ledger, LedgerError, Order, PackageDetail, Person, Ruled, Waiting};
use crate::model::{CivilDate, PackageId, Standing};
use crate::report::render::clean;
use anyhow::Result;
use std::io::Write;

/// Why a field was set, where the person does not say.
const EDITED: &str = "set in review";

/// A review that is going on.
pub(super) struct Session<'a> {
    ledger: &'a mut Ledger,
    person: &'a Person,
    keys: &'a mut dyn Keys,
    screen: &'a mut Screen,
    waiting: Vec<Waiting>,
    /// The place of the package that is being looked at.
    at: usize,
    /// The entries of the decisions that stand: undo goes back no further.
    decided: Vec<u64>,
    skipped: usize,
}

/// What comes after a key.
enum Next {
    /// The same package again, with its fields.
    Again,
    /// The next key for the same package.
    Stay,
    /// The next package.
    Forward,
    /// The end.
    End(Outcome),
}

impl Next {
    /// What comes where a line was asked for and none was given.
    const fn after(line: &Line) -> Self {
        match line {
            Line::Interrupt => Self::End(Outcome::Interrupted),
            Line::Text(_) | Line::Cancelled => Self::Stay,
        }
    }
}

impl<'a> Session<'a> {
    /// A review of these packages.
    pub(super) fn new(
        ledger: &'a mut Ledger,
        person: &'a Person,
        keys: &'a mut dyn Keys,
        screen: &'a mut Screen,
        waiting: Vec<Waiting>,
    ) -> Self {
        Self { ledger, person, keys, screen, waiting, at: 0, decided: Vec::new(), skipped: 0 }
    }

    /// Goes through all packages, or until the person leaves.
    pub(super) fn run(mut self) -> Result<Outcome> {
        let mut outcome = Outcome::Done;
        while let Some(waiting) = self.waiting.get(self.at) {
            let detail = self.ledger.package(waiting.package.id)?;
            // An earlier decision, or another person, may have settled it meanwhile.
            let detail = detail.filter(|detail| detail.package.standing == Standing::Pending);
            let Some(detail) = detail else {
                self.at += 1;
                continue;
            };
            let count = self.waiting.len();
            let confidence = waiting.confidence;
            let maybe = match detail.maybe {
                Some(maybe) => self.ledger.package(maybe)?,
                None => None,
            };
            let heading = page::Heading { place: self.at + 1, count, confidence };
            page::write(&heading, &detail, maybe.as_ref(), self.screen)?;
            if let Some(end) = self.decide(&detail)? {
                outcome = end;
                break;
            }
        }
        self.finish()?;
        Ok(outcome)
    }

    /// Takes keys until the package is done with; gives how the review ends, where it does.
    fn decide(&mut self, detail: &PackageDetail) -> Result<Option<Outcome>> {
        loop {
            self.listen()?;
            page::write_prompt(detail.maybe, self.screen)?;
            let key = self.keys.key()?;
            writeln!(self.screen)?;
            match self.answer(wish(key, detail.maybe), detail)? {
                Next::Stay => {}
                Next::Again => return Ok(None),
                Next::Forward => {
                    self.at += 1;
                    return Ok(None);
                }
                Next::End(outcome) => return Ok(Some(outcome)),
            }
        }
    }

    fn answer(&mut self, wish: Wish, detail: &PackageDetail) -> Result<Next> {
        let id = detail.package.id;
        match wish {
            Wish::Accept => self.rule(&Order::Accept(vec![id]), Next::Forward),
            Wish::Reject => self.rule(&Order::Reject(vec![id]), Next::Forward),
            Wish::Same(Some(other)) => self.merge(other, id),
            Wish::Same(None) => self.same(id),
            Wish::NotSame(other) => self.rule(&Order::NotSame(vec![id, other]), Next::Again),
            Wish::Edit => self.edit(id),
            Wish::Undo => self.undo(),
            Wish::Skip => {
                self.skipped += 1;
                Ok(Next::Forward)
            }
            Wish::Help => {
                page::write_help(self.screen)?;
                Ok(Next::Stay)
            }
            Wish::Nothing => {
                page::write_help(self.screen)?;
                self.keys.forget()?;
                Ok(Next::Stay)
            }
            Wish::Quit => Ok(Next::End(Outcome::Done)),
            Wish::Interrupt => Ok(Next::End(Outcome::Interrupted)),
        }
    }

    /// Gives an order; what the ledger refuses of it is said, and the package stays.
    fn rule(&mut self, order: &Order, next: Next) -> Result<Next> {
        self.rule_as(order, &self.person.clone(), next)
    }

    fn rule_as(&mut self, order: &Order, person: &Person, next: Next) -> Result<Next> {
        let Some(ruled) = self.give(order, person)? else { return Ok(Next::Stay) };
        self.decided.extend(ruled.receipt.as_ref().map(|receipt| receipt.seq));
        Ok(next)
    }

    /// What an order did; `None` where the ledger refuses it.
    fn give(&mut self, order: &Order, person: &Person) -> Result<Option<Ruled>> {
        match self.ledger.rule(order, person, &CivilDate::now_utc_text()) {
            Ok(ruled) => {
                write_ruled(&ruled, self.ledger, self.screen)?;
                Ok(Some(ruled))
            }
            Err(
                error @ (LedgerError::Refused { .. }
                | LedgerError::NoPackage { .. }
                | LedgerError::Nothing { .. }
                | LedgerError::Value { .. }),
            ) => {
                self.complain(&error.to_string())?;
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn same(&mut self, id: PackageId) -> Result<Next> {
        let text = match self.ask("same as which package, such as P12: ")? {
            Line::Text(text) if !text.is_empty() => text,
            none => return Ok(Next::after(&none)),
        };
        match package_id(&text) {
            Ok(other) => self.merge(other, id),
            Err(problem) => self.complain(&problem),
        }
    }

    /// Rules that a package is part of another one, unless they contradict each other.
    fn merge(&mut self, into: PackageId, id: PackageId) -> Result<Next> {
        match check_fit(self.ledger, into, &[id]) {
            Ok(()) => self.rule(&Order::Merge(into, vec![id]), Next::Forward),
            Err(error) => self.complain(&words(&error)),
        }
    }

    /// Sets one field, then shows the package again.
    fn edit(&mut self, id: PackageId) -> Result<Next> {
        self.listen()?;
        page::write_fields(self.screen)?;
        let key = self.keys.key()?;
        writeln!(self.screen)?;
        let field = match key {
            Key::Interrupt => return Ok(Next::End(Outcome::Interrupted)),
            Key::Char(letter) => FIELDS.iter().find(|(known, _)| *known == letter),
            _ => return Ok(Next::Stay),
        };
        let Some((_, field)) = field else {
            return self.complain("no field has this key: expected one of those in brackets");
        };
        let text = match self.ask(&format!("{field}, or none: "))? {
            Line::Text(text) if !text.is_empty() => text,
            none => return Ok(Next::after(&none)),
        };
        let fact = match fact(field, &text) {
            Ok(fact) => fact,
            Err(error) => return self.complain(&words(&error)),
        };
        let reason = match self.ask("why: ")? {
            Line::Text(reason) => reason,
            none => return Ok(Next::after(&none)),
        };
        let stated = Some(reason).filter(|reason| !reason.is_empty());
        let reason = stated.or_else(|| self.person.reason.clone());
        let reason = Some(reason.unwrap_or_else(|| EDITED.to_owned()));
        let person = Person { reason, ..self.person.clone() };
        self.rule_as(&Order::Amend(id, vec![fact]), &person, Next::Again)
    }

    /// Takes back the last decision of this review and returns to the package that it was about.
    fn undo(&mut self) -> Result<Next> {
        let Some(last) = self.decided.last().copied() else {
            return self.complain("nothing was decided in this review");
        };
        let Some(ruled) = self.give(&Order::TakeBack(last), &self.person.clone())? else {
            return Ok(Next::Stay);
        };
        self.decided.pop();
        let packages = ruled.ruling.map(|ruling| ruling.packages()).unwrap_or_default();
        let back = (0..=self.at.min(self.waiting.len() - 1))
            .rev()
            .find(|place| packages.contains(&self.waiting[*place].package.id));
        self.at = back.unwrap_or(self.at);
        Ok(Next::Again)
    }

    /// Says what was wrong. What was typed ahead was meant for what would have come if it were right.
    fn complain(&mut self, text: &str) -> Result<Next> {
        writeln!(self.screen, "{}", self.screen.paint.error(&clean(text)))?;
        self.screen.flush()?;
        self.keys.forget()?;
        Ok(Next::Stay)
    }

    /// Whatever was said before goes to the terminal while it still ends lines by itself.
    fn listen(&mut self) -> Result<()> {
        self.screen.flush()?;
        self.keys.listen()
    }

    fn ask(&mut self, prompt: &str) -> Result<Line> {
        self.listen()?;
        write!(self.screen, "{prompt}")?;
        self.screen.flush()?;
        self.keys.line()
    }

    fn finish(&mut self) -> Result<()> {
        let mut left = 0;
        for waiting in &self.waiting {
            let standing = self.ledger.package(waiting.package.id)?;
            left += usize::from(
                standing.is_some_and(|detail| detail.package.standing == Standing::Pending),
            );
        }
        let decisions = match self.decided.len() {
            1 => "1 decision saved".to_owned(),
            count => format!("{count} decisions saved"),
        };
        writeln!(self.screen, "{decisions}, {} skipped, {left} still wait", self.skipped)?;
        Ok(self.screen.flush()?)
    }
}

//! What of persons' decisions holds, and what follows from it for packages and tellings.

use super::traces::leading_anew;
use crate::ledger::choose::Fields;
use crate::ledger::error::LedgerError;
use crate::ledger::store::select;
use crate::ledger::store::values::{column, ends, joined, shown};
use crate::model::{PackageId, Standing};
use rusqlite::{Connection, params};

type Result<T> = std::result::Result<T, LedgerError>;

/// A value that a person's decision gives a field of a package.
pub(in crate::ledger) struct Effect {
    pub(in crate::ledger) package: PackageId,
    pub(in crate::ledger) field: &'static str,
    pub(in crate::ledger) claim: Option<u64>,
    /// The value as JSON.
    pub(in crate::ledger) value: String,
}

/// An effect of the decision of this entry; `number` counts them.
pub(in crate::ledger) fn effect(
    connection: &Connection,
    entry: u64,
    number: usize,
    effect: &Effect,
) -> Result<()> {
    let sql = "INSERT INTO effect (entry, number, package, field, claim, value)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute(params![
        column(entry),
        column(number),
        column(effect.package.0),
        effect.field,
        effect.claim.map(column),
        effect.value,
    ])?;
    Ok(())
}

/// Takes the effects of an entry away.
pub(in crate::ledger) fn no_effects(connection: &Connection, entry: u64) -> Result<()> {
    let sql = "DELETE FROM effect WHERE entry = ?1";
    connection.prepare_cached(sql)?.execute([column(entry)])?;
    Ok(())
}

/// Whether a decision was undone, and by which entry.
pub(in crate::ledger) fn undone(
    connection: &Connection,
    entry: u64,
    by: Option<u64>,
) -> Result<()> {
    let sql = "UPDATE decision SET undone = ?2 WHERE entry = ?1";
    connection.prepare_cached(sql)?.execute(params![column(entry), by.map(column)])?;
    Ok(())
}

/// What a person ruled of a package, and the package that it was made part of.
pub(in crate::ledger) fn ruled(
    connection: &Connection,
    package: PackageId,
    ruled: Option<Standing>,
    merged_into: Option<PackageId>,
) -> Result<()> {
    let sql = "UPDATE package SET ruled = ?2, merged_into = ?3 WHERE number = ?1";
    connection.prepare_cached(sql)?.execute(params![
        column(package.0),
        ruled.map(Standing::as_str),
        merged_into.map(|whole| column(whole.0)),
    ])?;
    Ok(())
}

/// Moves a telling to another home; which package that is part of is said by [`retold`].
pub(in crate::ledger) fn home(connection: &Connection, claim: u64, home: PackageId) -> Result<()> {
    let sql = "UPDATE telling SET home = ?2 WHERE claim = ?1";
    let homes: Vec<PackageId> =
        select::home_now(connection, claim)?.into_iter().chain([home]).collect();
    leading_anew(connection, &homes, || {
        connection.prepare_cached(sql)?.execute([column(claim), column(home.0)])?;
        Ok(())
    })
}

/// Puts the tellings of a home under the package that it is part of.
pub(in crate::ledger) fn retold(
    connection: &Connection,
    home: PackageId,
    package: PackageId,
) -> Result<()> {
    let sql = "UPDATE telling SET package = ?2 WHERE home = ?1";
    connection.prepare_cached(sql)?.execute([column(home.0), column(package.0)])?;
    Ok(())
}

/// Takes a package away that nothing tells any more.
pub(in crate::ledger) fn no_package(connection: &Connection, package: PackageId) -> Result<()> {
    let sql = "DELETE FROM package WHERE number = ?1";
    connection.prepare_cached(sql)?.execute([column(package.0)])?;
    Ok(())
}

/// How a package is told where it is shown otherwise; `None` where it is shown as it is told.
pub(in crate::ledger) fn face(
    connection: &Connection,
    package: PackageId,
    fields: Option<&Fields>,
) -> Result<()> {
    let sql = "DELETE FROM face WHERE number = ?1";
    connection.prepare_cached(sql)?.execute([column(package.0)])?;
    let Some(fields) = fields else { return Ok(()) };
    let sql = "INSERT INTO face (number, donors, recipients, announced, amount_low, amount_high,
                   qualifier, currency, aid, stage, mechanism, sequence, recalled, figure, around)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    let amount = fields.amount.as_ref().map(|taken| taken.value);
    let (low, high, qualifier) = ends(amount.map(|amount| amount.bounds));
    connection.prepare_cached(sql)?.execute(params![
        column(package.0),
        joined(&fields.donors),
        joined(&fields.recipients),
        shown(fields.announced.as_ref().map(|taken| taken.value)),
        low,
        high,
        qualifier,
        shown(amount.map(|amount| amount.currency)),
        fields.aid.value.as_str(),
        fields.stage.value.as_str(),
        fields.mechanism.as_ref().map(|taken| &taken.value),
        fields.sequence.as_ref().map(|taken| taken.value),
        fields.recalled,
        shown(amount.map(|amount| amount.bounds.figure().normalize())),
        shown(fields.around.value),
    ])?;
    Ok(())
}

//! What comes out of the ledger's tables, row by row as values of the model.

mod entries;
mod claims;
mod packages;
mod effects;
mod tellings;
mod pointers;
mod stream;
mod versions;

use crate::ledger::error::LedgerError;
use crate::model::{PackageId, Proof};

pub(in crate::ledger) use claims::*;
pub(in crate::ledger) use effects::*;
pub(in crate::ledger) use entries::*;
pub(in crate::ledger) use packages::*;
pub(in crate::ledger) use pointers::*;
pub use stream::{Order, Parts};
pub(in crate::ledger) use stream::{
    each_package, folios_within, package, packages, packages_within,
};
pub(in crate::ledger) use tellings::*;
pub(in crate::ledger) use versions::*;

/// What is done with a piece of evidence of a package and the number of its article; false ends it.
type Visit<'a> = dyn FnMut(PackageId, Option<u64>, Proof) -> Result<bool, LedgerError> + 'a;

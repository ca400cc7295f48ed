//! What comes out of the ledger's tables, row by row as values of the model.

mod entries;
mod claims;
mod packages;
mod effects;
mod tellings;
mod pointers;
mod stream;

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

//! Records military aid packages from articles in a `SQLite` ledger, each figure with the sentence
//! that proves it. The modules stand in reading order; ARCHITECTURE.md draws the map.

pub mod model;
pub mod lexicon;
pub mod text;
pub mod mentions;
pub mod extraction;
pub mod sheets;
pub mod ledger;
pub mod rates;
pub mod web;
pub mod report;
pub mod cli;
#[cfg(test)]
mod properties;

//! The questions that a ledger answers, each as one table, and the formats that a table is given
//! out in. Knows only the model: no ledger, no files, no clock.

pub mod table;
pub mod select;
pub mod figures;
pub mod facts;
pub mod findings;
pub mod packages;
pub mod folios;
pub mod totals;
pub mod compare;
pub mod render;
pub mod document;

pub use compare::{Finding, Theirs, compare};
pub use packages::{EvidenceRow, evidence, items, packages, sources, tidy};
pub use render::{Format, Lines, Page, Rows, joined, lines, render, rows};
pub use select::{Preset, Reason, Scope, Selection, select};
pub use table::{Cell, Column, Field, Kind, Shown, Table};
pub use totals::{Figure, Key, Tally, TotalsQuery, totals};

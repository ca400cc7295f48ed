//! What stands under a table of totals: what its figures leave open, and what is not in them.

use super::lines::Lines;
use super::{Figure, Key, TotalsQuery};
use crate::model::Package;
use crate::report::figures::{counted, grouped};
use crate::report::select::count_packages;
use crate::report::table::Table;

/// Of how many packages something is not known.
#[derive(Debug, Clone, Default)]
pub(super) struct Met {
    without_items: usize,
    undated: usize,
    /// Dated only to the year.
    coarse: usize,
}

impl Met {
    pub(super) fn add(&mut self, package: &Package) {
        self.without_items += usize::from(package.items.is_empty());
        self.undated += usize::from(package.announced.is_none());
        let is_coarse = package.announced.is_some_and(|date| date.month_number().is_none());
        self.coarse += usize::from(is_coarse);
    }
}

pub(super) fn of_money(table: &mut Table, lines: &Lines, met: &Met, query: &TotalsQuery) {
    let (without, open, floors) = lines.doubts();
    if without > 0 {
        let packages = count_packages(without);
        table.notes.push(format!("{packages} without a stated amount: counted, not in the sums"));
    }
    if open > 0 {
        let floors: Vec<String> =
            floors.iter().map(|(of, sum)| format!("{} {of}", grouped(*sum))).collect();
        table.notes.push(format!(
            "{} stated as \"more than\" or \"at least\": the high end is open (at least {})",
            count_packages(open),
            floors.join(", "),
        ));
    }
    of_time(table, lines, met, query);
}

pub(super) fn of_things(table: &mut Table, lines: &Lines, met: &Met, query: &TotalsQuery) {
    if met.without_items > 0 {
        let packages = count_packages(met.without_items);
        table.notes.push(format!("{packages} without items: not in this table"));
    }
    let (without, open, _) = lines.doubts();
    if without > 0 {
        let items = counted(without, "item", "items");
        table.notes.push(format!("{items} without a stated quantity: not in the sums"));
    }
    if open > 0 {
        table.notes.push(
            "an open high end: a quantity stated as \"more than\" or \"at least\"".to_owned(),
        );
    }
    table.notes.push("quantities, not money: a package's value is never split".to_owned());
    of_time(table, lines, met, query);
}

fn of_time(table: &mut Table, lines: &Lines, met: &Met, query: &TotalsQuery) {
    if let Some(pivot) = query.pivot {
        let figure = match query.figure() {
            Figure::Stated => "the figures as they are stated",
            Figure::Low => "the low ends",
            Figure::High => "the high ends",
            Figure::Packages => "numbers of packages",
        };
        table.notes.push(format!("by {pivot}: {figure}"));
    }
    let times = || query.keys.iter().chain(&query.pivot);
    if query.cumulative {
        table.notes.push("cumulative: each period with all before it".to_owned());
    }
    if lines.leaves_unknown_out() {
        let packages = count_packages(met.undated);
        table.notes.push(format!("{packages} without a date: not in the sums that run on"));
    }
    if met.coarse > 0 && times().any(|key| matches!(key, Key::Month | Key::Quarter)) {
        let packages = count_packages(met.coarse);
        table.notes.push(format!("{packages} dated only to the year: under the year"));
    }
}

//! What stands under a table of totals: what its figures leave open, and what is not in them.

use super::lines::Lines;
use super::{Figure, Key, TotalsQuery};
use crate::model::Package;
use crate::report::figures::{counted, grouped};
use crate::report::select::count_packages;
use crate::report::table::Table;

pub(super) fn of_money(
    table: &mut Table,
    lines: &Lines,
    packages: &[Package],
    query: &TotalsQuery,
) {
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
    of_time(table, lines, packages, query);
}

pub(super) fn of_things(
    table: &mut Table,
    lines: &Lines,
    packages: &[Package],
    query: &TotalsQuery,
) {
    let without_items = packages.iter().filter(|package| package.items.is_empty()).count();
    if without_items > 0 {
        let packages = count_packages(without_items);
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
    of_time(table, lines, packages, query);
}

fn of_time(table: &mut Table, lines: &Lines, packages: &[Package], query: &TotalsQuery) {
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
        let unknown = packages.iter().filter(|package| package.announced.is_none()).count();
        let packages = count_packages(unknown);
        table.notes.push(format!("{packages} without a date: not in the sums that run on"));
    }
    if times().any(|key| matches!(key, Key::Month | Key::Quarter)) {
        let known = packages.iter().filter_map(|package| package.announced);
        let coarse = known.filter(|date| date.month_number().is_none()).count();
        if coarse > 0 {
            let packages = count_packages(coarse);
            table.notes.push(format!("{packages} dated only to the year: under the year"));
        }
    }
}

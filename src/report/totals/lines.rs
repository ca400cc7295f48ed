//! The lines of a table of totals: a sum a group, or a row of them, one a period.

use super::group::{Group, group, periods};
use super::sum::{Number, Sum};
use super::{Figure, Key, TotalsQuery, head};
use crate::model::{Bounds, CivilDate, Package};
use crate::report::table::{Cell, Column, Kind, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A sum, and that of each period where the table has columns of periods.
#[derive(Debug, Clone, Default)]
struct Line {
    sum: Sum<Number>,
    periods: BTreeMap<Group, Sum<Number>>,
}

/// The lines, by the values of the keys.
pub(super) struct Lines {
    pivot: Option<Key>,
    figure: Figure,
    is_cumulative: bool,
    /// The place of the key of time in the paths.
    time: Option<(usize, Key)>,
    /// Of the paths, what sums over all lines are kept apart by.
    apart: Range<usize>,
    by_path: BTreeMap<Vec<Group>, Line>,
    all: BTreeMap<Vec<Group>, Line>,
    dates: Option<(CivilDate, CivilDate)>,
    coarse: BTreeSet<Group>,
    has_unknown: bool,
}

impl Lines {
    /// No line yet.
    pub(super) fn new(keys: &[Key], query: &TotalsQuery, apart: Range<usize>) -> Self {
        let mut times = keys.iter().enumerate().filter(|(_, key)| key.is_period());
        Self {
            pivot: query.pivot,
            figure: query.figure(),
            is_cumulative: query.cumulative,
            time: times.next().map(|(place, key)| (place, *key)),
            apart,
            by_path: BTreeMap::new(),
            all: BTreeMap::new(),
            dates: None,
            coarse: BTreeSet::new(),
            has_unknown: false,
        }
    }

    /// Adds a figure of a package.
    pub(super) fn add(&mut self, path: Vec<Group>, package: &Package, bounds: Option<Bounds>) {
        let period = self.pivot.map(|key| group(key, package, None));
        let key = self.pivot.or(self.time.map(|(_, key)| key));
        if let (Some(key), Some(date)) = (key, package.announced) {
            if key != Key::Year && date.month_number().is_none() {
                self.coarse.insert(group(key, package, None));
            } else {
                let (first, last) = self.dates.unwrap_or((date, date));
                self.dates = Some((first.min(date), last.max(date)));
            }
        }
        self.has_unknown |= key.is_some() && package.announced.is_none();
        let apart = path[self.apart.clone()].to_vec();
        let lines = [self.by_path.entry(path).or_default(), self.all.entry(apart).or_default()];
        for line in lines {
            line.sum.add(package, bounds);
            if let Some(period) = &period {
                line.periods.entry(period.clone()).or_default().add(package, bounds);
            }
        }
    }

    /// Every period of the table in order, without gaps; what has no date last, unless sums run on.
    fn periods(&self) -> Vec<Group> {
        let key = self.pivot.or(self.time.map(|(_, key)| key));
        let mut all: BTreeSet<Group> = self.coarse.clone();
        if let (Some(key), Some((first, last))) = (key, self.dates) {
            all.extend(periods(key, first, last));
        }
        let mut all: Vec<Group> = all.into_iter().collect();
        if self.has_unknown && !self.is_cumulative {
            all.extend(self.by_path.values().flat_map(|line| line.periods.keys()).max().cloned());
        }
        all
    }

    /// Whether some figures have no place in sums that run on over time.
    pub(super) const fn leaves_unknown_out(&self) -> bool {
        self.is_cumulative && self.has_unknown
    }

    /// How many figures are not stated, how many are open, and the floor of open sums by what they
    /// are kept apart by.
    pub(super) fn doubts(&self) -> (usize, usize, Vec<(String, rust_decimal::Decimal)>) {
        let without = self.all.values().map(|line| line.sum.without).sum();
        let open = self.all.values().map(|line| line.sum.open).sum();
        let floors = self.all.iter().filter(|(_, line)| line.sum.open > 0);
        let floors = floors.map(|(path, line)| {
            (path.first().map(|group| group.text.clone()).unwrap_or_default(), line.sum.high)
        });
        (without, open, floors.collect())
    }

    /// Makes columns and rows of the lines; `without` is the column of those without a figure.
    pub(super) fn fill(&self, table: &mut Table, keys: Vec<Column>, without: Column) {
        let periods = if self.pivot.is_some() { self.periods() } else { Vec::new() };
        let head_cells = keys.len();
        table.columns = keys;
        table.columns.extend(periods.iter().map(|period| {
            let name = if period.unknown { "unknown" } else { period.text.as_str() };
            Column::named(name.to_owned(), Kind::Number)
        }));
        table.columns.extend([
            Column::new("packages", "Packages", Kind::Count),
            without,
            Column::new("stated", "Stated", Kind::Number),
            Column::new("low", "Low", Kind::Number),
            Column::new("high", "High", Kind::Number),
        ]);
        let running;
        let lines = match self.time {
            Some((place, _)) if self.is_cumulative && self.pivot.is_none() => {
                running = self.running(place);
                &running
            }
            _ => &self.by_path,
        };
        let row = |mut cells: Vec<Cell>, line: &Line| {
            cells.extend(self.period_cells(line, &periods));
            cells.extend(line.sum.cells());
            cells
        };
        table.rows = lines
            .iter()
            .map(|(path, line)| row(path.iter().map(Group::cell).collect(), line))
            .collect();
        if self.by_path.len() > self.all.len() {
            table.sums = self
                .all
                .iter()
                .map(|(path, line)| {
                    let mut cells = head(head_cells - path.len());
                    cells.extend(path.iter().map(Group::cell));
                    row(cells, line)
                })
                .collect();
        }
    }

    fn period_cells(&self, line: &Line, periods: &[Group]) -> Vec<Cell> {
        let mut running = Sum::<Number>::default();
        let cells = periods.iter().map(|period| {
            let sum = line.periods.get(period);
            if self.is_cumulative {
                if let Some(sum) = sum {
                    running.join(sum);
                }
                return running.cell(self.figure);
            }
            sum.map_or(Cell::Blank, |sum| sum.cell(self.figure))
        });
        cells.collect()
    }

    /// The lines with each period holding all before it, from a group's first period to the last of
    /// all, without gaps. What has no date has no place in them.
    fn running(&self, place: usize) -> BTreeMap<Vec<Group>, Line> {
        let periods = self.periods();
        let mut by_rest: BTreeMap<Vec<Group>, BTreeMap<&Group, &Line>> = BTreeMap::new();
        for (path, line) in self.by_path.iter().filter(|(path, _)| !path[place].unknown) {
            let mut rest = path.clone();
            rest.remove(place);
            by_rest.entry(rest).or_default().insert(&path[place], line);
        }
        let mut running = BTreeMap::new();
        for (rest, lines) in by_rest {
            let mut line = Line::default();
            let mut has_begun = false;
            for period in &periods {
                if let Some(one) = lines.get(period) {
                    line.sum.join(&one.sum);
                    has_begun = true;
                }
                if has_begun {
                    let mut path = rest.clone();
                    path.insert(place, period.clone());
                    running.insert(path, line.clone());
                }
            }
        }
        running
    }
}

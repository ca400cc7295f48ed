//! A running sum of figures with a low and a high end.

use super::Figure;
use crate::model::{Bounds, Package, PackageId};
use crate::report::table::Cell;
use rust_decimal::Decimal;

/// The packages of a sum, each once: all figures of a package come together.
pub(in crate::report) trait Packages: Clone + Default {
    /// Takes in a package.
    fn take(&mut self, package: PackageId);

    /// Takes in those of another sum, which are others.
    fn join(&mut self, others: &Self);

    /// How many they are.
    fn count(&self) -> usize;
}

/// Which they are, in the order in which they were added.
impl Packages for Vec<PackageId> {
    fn take(&mut self, package: PackageId) {
        if self.last() != Some(&package) {
            self.push(package);
        }
    }

    fn join(&mut self, others: &Self) {
        self.extend(others);
    }

    fn count(&self) -> usize {
        self.len()
    }
}

/// Only how many they are: of a million packages no list is kept.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Number {
    count: usize,
    last: Option<PackageId>,
}

impl Packages for Number {
    fn take(&mut self, package: PackageId) {
        self.count += usize::from(self.last != Some(package));
        self.last = Some(package);
    }

    fn join(&mut self, others: &Self) {
        self.count += others.count;
    }

    fn count(&self) -> usize {
        self.count
    }
}

/// A sum over packages, which are listed where nothing else is said.
#[derive(Debug, Clone, Default)]
pub(in crate::report) struct Sum<P = Vec<PackageId>> {
    pub(in crate::report) packages: P,
    pub(in crate::report) without: usize,
    pub(in crate::report) figures: usize,
    pub(in crate::report) open: usize,
    pub(in crate::report) stated: Decimal,
    pub(in crate::report) low: Decimal,
    pub(in crate::report) high: Decimal,
    pub(in crate::report) too_large: bool,
}

impl<P: Packages> Sum<P> {
    /// "Up to" gives nothing to the low end; "more than" leaves the high end open.
    pub(in crate::report) fn add(&mut self, package: &Package, bounds: Option<Bounds>) {
        self.packages.take(package.id);
        let Some(bounds) = bounds else {
            self.without += 1;
            return;
        };
        self.figures += 1;
        self.open += usize::from(bounds.high().is_none());
        self.stated = self.plus(self.stated, bounds.figure());
        self.low = self.plus(self.low, bounds.low().unwrap_or_default());
        self.high = self.plus(self.high, bounds.high().unwrap_or(bounds.figure()));
    }

    /// Takes in all of another sum, which is of other packages.
    pub(super) fn join(&mut self, other: &Self) {
        self.packages.join(&other.packages);
        self.without += other.without;
        self.figures += other.figures;
        self.open += other.open;
        self.stated = self.plus(self.stated, other.stated);
        self.low = self.plus(self.low, other.low);
        self.high = self.plus(self.high, other.high);
        self.too_large |= other.too_large;
    }

    fn plus(&mut self, sum: Decimal, figure: Decimal) -> Decimal {
        sum.checked_add(figure).unwrap_or_else(|| {
            self.too_large = true;
            sum
        })
    }

    /// One figure.
    pub(super) fn cell(&self, figure: Figure) -> Cell {
        match figure {
            Figure::Packages if self.packages.count() == 0 => Cell::Blank,
            Figure::Packages => Cell::Count(self.packages.count() as u64),
            _ if self.figures == 0 => Cell::Blank,
            Figure::Stated if self.too_large => Cell::text(Some("too large")),
            _ if self.too_large => Cell::Blank,
            Figure::Stated => Cell::Decimal(self.stated),
            Figure::Low => Cell::Decimal(self.low),
            Figure::High if self.open > 0 => Cell::Open,
            Figure::High => Cell::Decimal(self.high),
        }
    }

    /// The number of packages and of those without a figure, and all three figures.
    pub(super) fn cells(&self) -> Vec<Cell> {
        let counts = [Cell::Count(self.packages.count() as u64), Cell::Count(self.without as u64)];
        let figures = [Figure::Stated, Figure::Low, Figure::High];
        counts.into_iter().chain(figures.map(|figure| self.cell(figure))).collect()
    }
}

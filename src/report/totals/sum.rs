//! A running sum of figures with a low and a high end.

use super::Figure;
use crate::model::{Bounds, Package, PackageId};
use crate::report::table::Cell;
use rust_decimal::Decimal;

/// A sum over packages, and which they are.
#[derive(Debug, Clone, Default)]
pub(in crate::report) struct Sum {
    /// In the order in which they were added, each once: all figures of a package come together.
    pub(in crate::report) packages: Vec<PackageId>,
    pub(in crate::report) without: usize,
    pub(in crate::report) figures: usize,
    pub(in crate::report) open: usize,
    pub(in crate::report) stated: Decimal,
    pub(in crate::report) low: Decimal,
    pub(in crate::report) high: Decimal,
    pub(in crate::report) too_large: bool,
}

impl Sum {
    /// "Up to" gives nothing to the low end; "more than" leaves the high end open.
    pub(in crate::report) fn add(&mut self, package: &Package, bounds: Option<Bounds>) {
        if self.packages.last() != Some(&package.id) {
            self.packages.push(package.id);
        }
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
        self.packages.extend(&other.packages);
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
            Figure::Packages if self.packages.is_empty() => Cell::Blank,
            Figure::Packages => Cell::Count(self.packages.len() as u64),
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
        let counts = [Cell::Count(self.packages.len() as u64), Cell::Count(self.without as u64)];
        let figures = [Figure::Stated, Figure::Low, Figure::High];
        counts.into_iter().chain(figures.map(|figure| self.cell(figure))).collect()
    }
}

//! Amounts and quantities in words for people, exact to the last digit unless they say `rounded`.

pub use crate::model::amount::grouped;

use crate::model::amount::{push_grouped, push_grouped_digits};
use crate::model::{Amount, Bounds, Damaged, Ends, Item, Lines, Qualifier};
use rust_decimal::{Decimal, RoundingStrategy};

const SCALES: [(i64, &str); 3] =
    [(1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million")];

/// A sum of money in words: `up to 400 million USD`.
pub fn amount_text(amount: &Amount) -> String {
    let bounds = amount.bounds;
    let figures = match (bounds.qualifier(), bounds.low(), bounds.high()) {
        (Qualifier::Range, Some(low), Some(high)) => range_text(low, high),
        _ => short_number(bounds.figure()),
    };
    format!("{}{figures} {}", lead(bounds.qualifier()), amount.currency)
}

/// A number of things in words: `at least 12`, `50 to 60`.
pub fn bounds_text(bounds: Bounds) -> String {
    let mut out = String::new();
    push_bounds(bounds, &mut out);
    out
}

fn push_bounds(bounds: Bounds, out: &mut String) {
    out.push_str(lead(bounds.qualifier()));
    if let (Qualifier::Range, Some(low), Some(high)) =
        (bounds.qualifier(), bounds.low(), bounds.high())
    {
        push_grouped(low, out);
        out.push_str(" to ");
        push_grouped(high, out);
    } else {
        push_grouped(bounds.figure(), out);
    }
}

/// A number of things with its unit: `10,000 rounds`.
pub fn quantity_text(bounds: Bounds, unit: Option<&str>) -> String {
    let mut out = String::new();
    push_quantity(bounds, unit, &mut out);
    out
}

fn push_quantity(bounds: Bounds, unit: Option<&str>, out: &mut String) {
    push_bounds(bounds, out);
    if let Some(unit) = unit {
        out.push(' ');
        out.push_str(unit);
    }
}

/// A line of a package in words: `800 FIM-92 Stinger`.
pub fn item_text(item: &Item) -> String {
    let mut out = String::new();
    push_item(item, &mut out);
    out
}

fn push_item(item: &Item, out: &mut String) {
    push_named(item.quantity, item.unit.as_deref(), &item.name, out);
}

fn push_named(quantity: Option<Bounds>, unit: Option<&str>, name: &str, out: &mut String) {
    if let Some(bounds) = quantity {
        push_quantity(bounds, unit, out);
        out.push(' ');
    }
    out.push_str(name);
}

/// The lines of a folio in the same words.
pub fn push_lines(lines: Lines, out: &mut String) -> Result<(), Damaged> {
    for (number, line) in lines.each().enumerate() {
        let line = line?;
        if number > 0 {
            out.push_str("; ");
        }
        if let Some(ends) = line.quantity {
            push_ends(ends, out);
            if let Some(word) = line.unit {
                out.push(' ');
                out.push_str(word);
            }
            out.push(' ');
        }
        out.push_str(line.name);
    }
    Ok(())
}

/// The same as a text of their own.
pub fn lines_text(lines: Lines) -> Result<String, Damaged> {
    let mut out = String::new();
    push_lines(lines, &mut out)?;
    Ok(out)
}

/// A number of things in the same words, from its digits: to read them only to write them again would
/// take most of the time of a large export.
fn push_ends(ends: Ends, out: &mut String) {
    let qualifier = ends.qualifier.parse().unwrap_or(Qualifier::Exact);
    out.push_str(lead(qualifier));
    let (low, high) = (ends.low.or(ends.high), ends.high.or(ends.low));
    let figure = if qualifier == Qualifier::UpTo { high } else { low };
    push_grouped_digits(figure.unwrap_or_default(), out);
    if qualifier == Qualifier::Range {
        out.push_str(" to ");
        push_grouped_digits(high.unwrap_or_default(), out);
    }
}

/// The lines of a package in words: `800 FIM-92 Stinger; 12 M777 howitzer`.
pub fn items_text(items: &[Item]) -> String {
    let mut out = String::new();
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            out.push_str("; ");
        }
        push_item(item, &mut out);
    }
    out
}

/// A large sum at a glance, to three digits: `16.1 billion`. Stands only where the exact figure
/// stands beside it.
pub fn rounded(number: Decimal) -> String {
    for (scale, name) in SCALES {
        let scale = Decimal::from(scale);
        if let Some(figure) = number.checked_div(scale).filter(|_| number >= scale) {
            let whole_digits = figure.trunc().to_string().len();
            let places = u32::try_from(3_usize.saturating_sub(whole_digits)).unwrap_or_default();
            return format!("{} {name}", grouped(half_up(figure, places).normalize()));
        }
    }
    grouped(half_up(number, 0))
}

/// As people round: a half goes up, so that 7.965 is 7.97.
fn half_up(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// A number of things by their name: `1 row`, `2,000 rows`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count.into()), if count == 1 { one } else { many })
}

fn lead(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Exact | Qualifier::Range => "",
        Qualifier::UpTo => "up to ",
        Qualifier::About => "about ",
        Qualifier::MoreThan => "more than ",
        Qualifier::AtLeast => "at least ",
    }
}

/// A large number by its scale where that loses nothing and stays short, else with all its digits.
fn short_number(number: Decimal) -> String {
    match scaled(number) {
        Some((figure, scale)) => format!("{} {scale}", grouped(figure)),
        None => grouped(number),
    }
}

fn range_text(low: Decimal, high: Decimal) -> String {
    match (scaled(low), scaled(high)) {
        (Some((low, low_scale)), Some((high, high_scale))) if low_scale == high_scale => {
            format!("{} to {} {high_scale}", grouped(low), grouped(high))
        }
        _ => format!("{} to {}", short_number(low), short_number(high)),
    }
}

fn scaled(number: Decimal) -> Option<(Decimal, &'static str)> {
    let (scale, name) = SCALES
        .iter()
        .map(|(scale, name)| (Decimal::from(*scale), *name))
        .find(|(scale, _)| number >= *scale)?;
    let figure = number.checked_div(scale)?.normalize();
    (figure.scale() <= 3 && figure.checked_mul(scale) == Some(number)).then_some((figure, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Currency;

    fn amount(low: Option<i64>, high: Option<i64>, qualifier: Qualifier) -> String {
        let bounds = Bounds::new(low.map(Decimal::from), high.map(Decimal::from), qualifier);
        amount_text(&Amount { bounds: bounds.unwrap(), currency: Currency::USD })
    }

    #[test]
    fn an_amount_reads_as_people_write_it_and_loses_no_digit() {
        let m = 1_000_000;
        assert_eq!(amount(None, Some(400 * m), Qualifier::UpTo), "up to 400 million USD");
        assert_eq!(
            amount(Some(2_980 * m), Some(2_980 * m), Qualifier::About),
            "about 2.98 billion USD"
        );
        assert_eq!(amount(Some(50 * m), Some(60 * m), Qualifier::Range), "50 to 60 million USD");
        assert_eq!(
            amount(Some(900 * m), Some(1000 * m), Qualifier::Range),
            "900 million to 1 billion USD"
        );
        assert_eq!(amount(Some(123_456_789), None, Qualifier::AtLeast), "at least 123,456,789 USD");
        assert_eq!(amount(Some(999), Some(999), Qualifier::Exact), "999 USD");
    }
}

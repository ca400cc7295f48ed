//! Charts of block characters, for a terminal and for Markdown; and the share of a length that a
//! figure takes, without a float.

use super::money::Curves;
use super::money::Line;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

const ACROSS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
const UP: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Which part of `whole` a figure is where `top` is all of it, rounded; never more than all.
pub(super) fn part(figure: Decimal, top: Decimal, whole: u32) -> u32 {
    let share = figure.checked_div(top).and_then(|share| share.checked_mul(whole.into()));
    share.and_then(|share| share.round().to_u32()).unwrap_or_default().min(whole)
}

/// A bar of up to `width` characters; a figure that is not zero is always seen.
pub(super) fn bar(figure: Decimal, top: Decimal, width: u32) -> String {
    let mut eighths = part(figure, top, width.saturating_mul(8));
    if figure > Decimal::ZERO {
        eighths = eighths.max(1);
    }
    let mut bar = String::new();
    for _ in 0..eighths / 8 {
        bar.push(ACROSS[7]);
    }
    if let Some(rest) = (eighths % 8).checked_sub(1) {
        bar.push(ACROSS[rest as usize]);
    }
    bar
}

/// A line of a chart over time, in `width` characters.
pub(super) fn line(curves: &Curves, line: &Line, width: u32) -> String {
    let days = curves.last.days_since(curves.first);
    let mut out = String::new();
    for place in 0..width {
        let day = curves.first.plus_days(days * i64::from(place) / i64::from(width.max(2) - 1));
        let sum = day.map(|day| line.on(day)).unwrap_or_default();
        out.push(if sum.is_zero() {
            ' '
        } else {
            UP[(part(sum, curves.top, 8).max(1) - 1) as usize]
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_figure_and_a_small_one_is_seen() {
        let bar = |figure: i64| bar(figure.into(), 800.into(), 10);
        assert_eq!(bar(800), "██████████");
        assert_eq!(bar(440), "█████▌");
        assert_eq!(bar(1), "▏");
        assert_eq!(bar(0), "");
        assert_eq!(super::bar(5.into(), 0.into(), 10), "▏");
        assert_eq!(part(Decimal::MAX, Decimal::ONE, 10), 0);
        assert_eq!(part(Decimal::from(9), Decimal::ONE, 10), 10);
    }
}

//! By the first digits of a figure a rounded or converted one finds it. Pure.

use rust_decimal::Decimal;

/// The first two digits of a figure after the length of its whole part: texts in the order of figures.
pub(super) fn digits(figure: Decimal) -> String {
    let text = figure.normalize().to_string();
    let whole = text.split('.').next().unwrap_or_default();
    if whole.starts_with('0') {
        return "0000".to_owned();
    }
    let two: String =
        text.chars().filter(char::is_ascii_digit).chain("0".chars()).take(2).collect();
    format!("{:02}{two}", whole.len())
}

/// The first digits of all figures from a little below the one to a little above the other: further than
/// rounding or another bank's rate leads.
pub(super) fn between(low: Decimal, high: Decimal) -> Vec<String> {
    let percent = |figure: Decimal, percent: i64| {
        figure.checked_mul(Decimal::new(percent, 2)).unwrap_or(figure)
    };
    let (mut digits, last) = (digits(percent(low, 97)), digits(percent(high, 103)));
    let mut all = Vec::new();
    while digits < last {
        let number: u32 = digits.parse().unwrap_or_default();
        // After 99 comes 10, one place longer; after all that is below 1 comes 1.
        let next = match number {
            0 => 110,
            _ if number % 100 == 99 => number + 11,
            _ => number + 1,
        };
        all.push(std::mem::replace(&mut digits, format!("{next:04}")));
    }
    all.push(last);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_digits_are_in_the_order_of_figures() {
        let figure = |text: &str| digits(text.parse().unwrap());
        let shown: Vec<String> =
            ["0", "0.5", "1", "1.04", "9.99", "10", "298", "2980000000"].map(figure).into();
        let expected = ["0000", "0000", "0110", "0110", "0199", "0210", "0329", "1029"];
        assert_eq!(shown, expected);
    }

    #[test]
    fn first_digits_between_two_figures_leave_none_out() {
        let between = |low: &str, high: &str| between(low.parse().unwrap(), high.parse().unwrap());
        assert_eq!(between("1000", "1000"), ["0397", "0398", "0399", "0410"]);
        assert_eq!(between("298", "300"), ["0328", "0329", "0330"]);
        assert_eq!(between("0.2", "1"), ["0000", "0110"]);
        assert_eq!(between("0", "0"), ["0000"]);
        assert!(!between("1", &Decimal::MAX.to_string()).is_empty());
    }
}

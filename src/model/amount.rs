//! Amounts of money and quantities of things, with the doubt that the source left in them.

use super::closed_set;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};
use std::str::FromStr;

closed_set! {
    /// How firmly a figure is stated.
    Qualifier {
        /// A bare figure: low = high.
        Exact = "exact",
        /// "up to", "as much as": only high.
        UpTo = "up_to",
        /// "about", "nearly", "some": low = high.
        About = "about",
        /// "more than", "over": only low.
        MoreThan = "more_than",
        /// "at least", "a minimum of": only low.
        AtLeast = "at_least",
        /// "between 50 and 60": both.
        Range = "range",
    }
}

/// A figure with its low and high end. Built by [`Bounds::new`], which keeps ends and qualifier in
/// step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bounds {
    low: Option<Decimal>,
    high: Option<Decimal>,
    qualifier: Qualifier,
}

/// Ends that do not fit their qualifier, or a range that is upside down or below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("ends {} and {} do not fit the qualifier {qualifier}", end(*.low), end(*.high))]
pub struct BadBounds {
    low: Option<Decimal>,
    high: Option<Decimal>,
    qualifier: Qualifier,
}

fn end(figure: Option<Decimal>) -> String {
    figure.map_or_else(|| "none".to_owned(), |figure| figure.to_string())
}

impl Bounds {
    /// Makes bounds from both ends, which must be there exactly as the qualifier says.
    pub fn new(
        low: Option<Decimal>,
        high: Option<Decimal>,
        qualifier: Qualifier,
    ) -> Result<Self, BadBounds> {
        let fits = match (low, high, qualifier) {
            (Some(low), Some(high), Qualifier::Exact | Qualifier::About) => low == high,
            (Some(low), Some(high), Qualifier::Range) => low <= high,
            (None, Some(_), Qualifier::UpTo)
            | (Some(_), None, Qualifier::MoreThan | Qualifier::AtLeast) => true,
            _ => false,
        };
        let positive = low.or(high).is_some_and(|end| end >= Decimal::ZERO);
        if fits && positive {
            let (low, high) = (low.map(|end| end.normalize()), high.map(|end| end.normalize()));
            Ok(Self { low, high, qualifier })
        } else {
            Err(BadBounds { low, high, qualifier })
        }
    }

    /// Bounds for one stated figure under a qualifier; for `range`, both ends are the figure.
    /// A negative figure is taken without its sign.
    pub fn of(figure: Decimal, qualifier: Qualifier) -> Self {
        let figure = figure.abs().normalize();
        let (low, high) = match qualifier {
            Qualifier::Exact | Qualifier::About | Qualifier::Range => (Some(figure), Some(figure)),
            Qualifier::UpTo => (None, Some(figure)),
            Qualifier::MoreThan | Qualifier::AtLeast => (Some(figure), None),
        };
        Self { low, high, qualifier }
    }

    /// The stated lower end, where there is one.
    pub const fn low(self) -> Option<Decimal> {
        self.low
    }

    /// The stated upper end, where there is one.
    pub const fn high(self) -> Option<Decimal> {
        self.high
    }

    /// The same with each end changed by `change`, which must keep their order and sign; `None` where
    /// it fails or does not keep them.
    pub fn map(self, change: impl Fn(Decimal) -> Option<Decimal>) -> Option<Self> {
        let end = |end: Option<Decimal>| match end {
            Some(end) => change(end).map(Some),
            None => Some(None),
        };
        Self::new(end(self.low)?, end(self.high)?, self.qualifier).ok()
    }

    /// How firmly it is stated.
    pub const fn qualifier(self) -> Qualifier {
        self.qualifier
    }

    /// The one figure that the words name: the upper end of "up to", else the lower end.
    pub fn figure(self) -> Decimal {
        match self.qualifier {
            Qualifier::UpTo => self.high.or(self.low),
            _ => self.low.or(self.high),
        }
        .unwrap_or(Decimal::ZERO)
    }
}

/// The states whose money is the euro (European Commission, "Countries using the euro", 2026).
const EURO_AREA: [&str; 21] = [
    "AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PT", "SI", "SK",
];

/// An ISO 4217 currency code: three upper-case letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// A text that is no currency code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\": expected a currency code of three capital letters such as USD")]
pub struct BadCurrency(pub String);

impl Currency {
    /// The United States dollar.
    pub const USD: Self = Self(*b"USD");
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// Whether it is the money of this actor, by its ISO 3166 code, with which ISO 4217 begins the code of
    /// a currency; the euro is that of the EU and of the states that have it.
    pub fn is_of(self, actor: &str) -> bool {
        actor.len() == 2 && self.as_str().starts_with(actor)
            || self == Self::EUR && EURO_AREA.contains(&actor)
    }

    /// Its three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl FromStr for Currency {
    type Err = BadCurrency;

    fn from_str(text: &str) -> Result<Self, BadCurrency> {
        match text.as_bytes() {
            [a, b, c] if text.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                Ok(Self([*a, *b, *c]))
            }
            _ => Err(BadCurrency(text.to_owned())),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl TryFrom<String> for Currency {
    type Error = BadCurrency;

    fn try_from(text: String) -> Result<Self, BadCurrency> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

/// A sum of money in full units of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Amount {
    /// Its low and high end.
    #[serde(flatten)]
    pub bounds: Bounds,
    /// Its currency.
    pub currency: Currency,
}

/// A number with its thousands apart: `400,000,000`.
pub fn grouped(number: Decimal) -> String {
    let mut out = String::new();
    push_grouped(number, &mut out);
    out
}

/// Writes a number with its thousands apart.
pub fn push_grouped(number: Decimal, out: &mut String) {
    let start = out.len();
    push_decimal(number, out);
    group(start, out);
}

/// Writes a number that is at hand as its digits with its thousands apart.
pub fn push_grouped_digits(digits: &str, out: &mut String) {
    let start = out.len();
    out.push_str(digits);
    group(start, out);
}

/// Sets the thousands of the number apart that begins here.
fn group(start: usize, out: &mut String) {
    if out.len() <= start + 3 {
        return;
    }
    let whole = out[start..].find('.').map_or(out.len(), |point| start + point);
    let first = start + usize::from(out[start..].starts_with('-'));
    let mut at = whole;
    while at > first + 3 {
        at -= 3;
        out.insert(at, ',');
    }
}

/// Writes a number with the digits that it needs. Large exports write millions of them, most of them
/// whole and small, for which the machinery of formatting is slow.
pub fn push_decimal(number: Decimal, out: &mut String) {
    let number = number.normalize();
    match u64::try_from(number.mantissa()) {
        Ok(whole) if number.scale() == 0 => push_digits(whole, 1, out),
        _ => {
            // Writing to a text never fails.
            let _ = write!(out, "{number}");
        }
    }
}

/// Writes a whole number with at least so many digits.
pub fn push_digits(number: u64, least: usize, out: &mut String) {
    let mut digits = [b'0'; 20];
    let (mut rest, mut first) = (number, digits.len());
    while rest > 0 {
        first -= 1;
        digits[first] += u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
    let first = first.min(digits.len() - least.clamp(1, digits.len()));
    out.push_str(std::str::from_utf8(&digits[first..]).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_must_fit_their_qualifier() {
        let five = Some(Decimal::from(5));
        assert!(Bounds::new(five, five, Qualifier::Exact).is_ok());
        let refusal = Bounds::new(five, None, Qualifier::Exact).unwrap_err().to_string();
        assert_eq!(refusal, "ends 5 and none do not fit the qualifier exact");
        assert!(Bounds::new(None, five, Qualifier::UpTo).is_ok());
        assert!(Bounds::new(five, five, Qualifier::UpTo).is_err());
        assert!(Bounds::new(Some(Decimal::from(6)), five, Qualifier::Range).is_err());
        assert!(Bounds::new(Some(Decimal::from(-6)), None, Qualifier::MoreThan).is_err());
    }

    #[test]
    fn a_currency_is_three_capital_letters() {
        for text in ["usd", "US", "USDT", "U$D", "€"] {
            assert!(text.parse::<Currency>().is_err(), "{text}");
        }
        assert_eq!("UAH".parse::<Currency>().unwrap().as_str(), "UAH");
    }

    #[test]
    fn a_currency_is_that_of_its_country_and_the_euro_that_of_its_states() {
        let is_of = |code: &str, actor: &str| code.parse::<Currency>().unwrap().is_of(actor);
        for (code, actor) in [("USD", "US"), ("NOK", "NO"), ("EUR", "EU"), ("EUR", "DE")] {
            assert!(is_of(code, actor), "{code} {actor}");
        }
        for (code, actor) in
            [("USD", "NO"), ("EUR", "PL"), ("EUR", "NATO"), ("NOK", ""), ("NOK", "N")]
        {
            assert!(!is_of(code, actor), "{code} {actor}");
        }
    }
}

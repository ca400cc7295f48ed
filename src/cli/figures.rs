//! Amounts, quantities and items as a person types them on the command line. What is not
//! understood is an error that says what was expected, never zero and never a guess.

use crate::lexicon::Lexicon;
use crate::model::{Amount, Bounds, Currency, Qualifier};
use rust_decimal::Decimal;

const AMOUNT: &str = "expected an amount such as \"up to 400 million USD\", \"€1.2bn\" or \
                      \"between 50 and 60 million NOK\"";
const QUANTITY: &str = "expected a number, \"more than 3\", \"up to 12\" or \"6 to 12\"";
const ITEM: &str = "expected an item such as \"12 M777 howitzer\" or \"at least 100 Stinger\"";

/// Words before a figure, and how firmly they state it; longer ones first.
const QUALIFIERS: [(&str, Qualifier); 6] = [
    ("up to", Qualifier::UpTo),
    ("about", Qualifier::About),
    ("around", Qualifier::About),
    ("more than", Qualifier::MoreThan),
    ("over", Qualifier::MoreThan),
    ("at least", Qualifier::AtLeast),
];

const SCALES: [(&str, u64); 14] = [
    ("k", 1_000),
    ("thousand", 1_000),
    ("lakh", 100_000),
    ("m", 1_000_000),
    ("mn", 1_000_000),
    ("mln", 1_000_000),
    ("million", 1_000_000),
    ("crore", 10_000_000),
    ("b", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("billion", 1_000_000_000),
    ("tn", 1_000_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("trn", 1_000_000_000_000),
];

/// Reads an amount in a currency that the lexicon knows.
pub(super) fn amount(text: &str, lexicon: &Lexicon) -> Result<Amount, String> {
    let refuse = |what: &str| format!("\"{text}\": {what}");
    let (rest, currency) = take_currency(text.trim(), lexicon).map_err(|what| refuse(&what))?;
    let Some(currency) = currency else {
        return Err(refuse(&format!("no currency: {AMOUNT}")));
    };
    let code: Currency = currency.parse().map_err(|_| refuse(AMOUNT))?;
    if !lexicon.has_currency(code.as_str()) {
        return Err(refuse(&format!(
            "\"{code}\" is no currency: expected an ISO 4217 code such as USD, EUR or UAH"
        )));
    }
    let bounds = bounds(&rest).ok_or_else(|| refuse(AMOUNT))?;
    if bounds.high().or(bounds.low()).is_some_and(|end| end.is_zero()) {
        // What is not stated is left out, or amended to none; it is never zero.
        return Err(refuse("expected more than zero; what is not stated is none"));
    }
    Ok(Amount { bounds, currency: code })
}

/// Reads how many there are of a thing.
pub(super) fn quantity(text: &str) -> Result<Bounds, String> {
    bounds(text).ok_or_else(|| format!("quantity \"{text}\": {QUANTITY}"))
}

/// An item as typed: how many, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypedItem {
    /// How many; `None` where not stated.
    pub(super) quantity: Option<Bounds>,
    /// The words without the quantity.
    pub(super) name: String,
    /// The words as typed.
    pub(super) text: String,
}

/// Reads an item.
pub(super) fn item(text: &str) -> Result<TypedItem, String> {
    let refuse = || format!("\"{text}\": {ITEM}");
    let words: Vec<&str> = text.split_whitespace().collect();
    let typed = |quantity, name: &[&str]| {
        let name = name.join(" ");
        let has_name = name.chars().any(char::is_alphabetic);
        has_name
            .then(|| TypedItem { quantity, name, text: text.trim().to_owned() })
            .ok_or_else(refuse)
    };
    for taken in (1..=words.len().min(5)).rev() {
        let head = words[..taken].join(" ");
        if !head.ends_with(|end: char| end.is_ascii_alphabetic())
            && let Some(bounds) = bounds(&head)
        {
            return typed(Some(bounds), &words[taken..]);
        }
    }
    // "1.5e3" is a number in a spelling that is not read, and no name.
    let is_number = |word: &&str| {
        word.starts_with(|first: char| first.is_ascii_digit()) && word.parse::<f64>().is_ok()
    };
    if words.first().is_some_and(is_number) {
        return Err(refuse());
    }
    let lower = text.to_lowercase();
    let is_qualified = QUALIFIERS.iter().any(|(word, _)| lower.starts_with(word));
    if is_qualified || lower.starts_with("between ") {
        return Err(refuse());
    }
    typed(None, &words)
}

/// Takes a currency sign or code off the text; a sign of several currencies, `¥` or `kr`, is none.
fn take_currency(text: &str, lexicon: &Lexicon) -> Result<(String, Option<String>), String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text.to_owned();
    for (sign, code) in lexicon.currency_signs() {
        while let Some(at) = rest.find(sign) {
            rest.replace_range(at..at + sign.len(), " ");
            found.push(code.to_string());
        }
    }
    let words: Vec<&str> = rest.split_whitespace().collect();
    let mut kept = Vec::new();
    for word in words {
        if word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
            found.push(word.to_owned());
        } else {
            kept.push(word);
        }
    }
    if found.is_empty() {
        found.extend(take_name(&mut kept, lexicon)?);
    }
    found.dedup();
    if found.len() > 1 {
        return Err(format!("two currencies, {}: expected one", found.join(" and ")));
    }
    Ok((kept.join(" "), found.pop()))
}

/// Takes the name of a currency off the end of the words, the longest first: `euros`, `Norwegian kroner`.
fn take_name(words: &mut Vec<&str>, lexicon: &Lexicon) -> Result<Option<String>, String> {
    for first in words.len().saturating_sub(4)..words.len() {
        let name = words[first..].join(" ");
        match lexicon.currency_named(&name) {
            Ok(Some(currency)) => {
                words.truncate(first);
                return Ok(Some(currency.to_string()));
            }
            Ok(None) => {}
            Err(several) => {
                let codes: Vec<&str> = several.iter().map(Currency::as_str).collect();
                let codes = codes.join(", ");
                return Err(format!(
                    "\"{name}\" is money of several states: expected one of {codes}"
                ));
            }
        }
    }
    Ok(None)
}

/// Reads a figure with its qualifier: `up to 400 million`, `between 50 and 60`, `50 to 60 m`.
fn bounds(text: &str) -> Option<Bounds> {
    let text = text.trim().to_lowercase();
    if let Some(rest) = text.strip_prefix("between ") {
        let (low, high) = rest.split_once(" and ")?;
        return range(low, high);
    }
    for (word, qualifier) in QUALIFIERS {
        if let Some(rest) = text.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')) {
            return Some(Bounds::of(number(rest)?, qualifier));
        }
    }
    if let Some((low, high)) = text.split_once(" to ").or_else(|| text.split_once('-')) {
        return range(low, high);
    }
    number(&text).map(|figure| Bounds::of(figure, Qualifier::Exact))
}

/// A range; the scale of the upper end holds for a lower end without one: `50 to 60 million`.
fn range(low: &str, high: &str) -> Option<Bounds> {
    let high_figure = number(high)?;
    let (digits, _) = split_scale(low.trim());
    let low_figure = if digits.len() == low.trim().len() {
        let (_, scale) = split_scale(high.trim());
        plain_number(digits)?.checked_mul(scale_of(scale)?)?
    } else {
        number(low)?
    };
    Bounds::new(Some(low_figure), Some(high_figure), Qualifier::Range).ok()
}

/// A number with its scale: `400 million`, `1.2bn`, `1,250,000`.
fn number(text: &str) -> Option<Decimal> {
    let (digits, scale) = split_scale(text.trim());
    plain_number(digits)?.checked_mul(scale_of(scale)?)
}

fn split_scale(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    (text[..end].trim(), text[end..].trim())
}

fn scale_of(word: &str) -> Option<Decimal> {
    if word.is_empty() {
        return Some(Decimal::ONE);
    }
    SCALES.iter().find(|(name, _)| *name == word).map(|(_, scale)| Decimal::from(*scale))
}

/// Digits with at most one decimal point; commas only between groups of three.
fn plain_number(text: &str) -> Option<Decimal> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.contains(',') {
        let mut groups = whole.split(',');
        let first = groups.next()?;
        if !is_digits(first) || first.len() > 3 || !groups.all(|g| is_digits(g) && g.len() == 3) {
            return None;
        }
    } else if !is_digits(whole) {
        return None;
    }
    if fraction.is_some_and(|fraction| !is_digits(fraction)) {
        return None;
    }
    text.replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::figures::{amount_text, bounds_text};

    fn read(text: &str) -> Result<String, String> {
        amount(text, Lexicon::builtin()).map(|amount| amount_text(&amount))
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, expected) in [
            ("up to 400 million USD", "up to 400 million USD"),
            ("$400m", "400 million USD"),
            ("$ 1.2 bn", "1.2 billion USD"),
            ("€1.2bn", "1.2 billion EUR"),
            ("about US$2.98 billion", "about 2.98 billion USD"),
            ("more than 1,250,000 EUR", "more than 1.25 million EUR"),
            ("at least NOK 7 billion", "at least 7 billion NOK"),
            ("between 50 and 60 million SEK", "50 to 60 million SEK"),
            ("between $900 million and $1 billion", "900 million to 1 billion USD"),
            ("50-60 million DKK", "50 to 60 million DKK"),
            ("50 to 60 million DKK", "50 to 60 million DKK"),
            ("12 crore INR", "120 million INR"),
            ("UAH 0.5 million", "500,000 UAH"),
            ("A$5m", "5 million AUD"),
            ("NT$120 million", "120 million TWD"),
            ("₩2.4 billion", "2.4 billion KRW"),
            ("30 million euros", "30 million EUR"),
            ("up to 1 billion Norwegian kroner", "up to 1 billion NOK"),
            ("350 million dollars", "350 million USD"),
            ("5 million Canadian dollars", "5 million CAD"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "4O0 million",
            "4O0 million USD",
            "400 million",
            "USD",
            "",
            "400 millions USD",
            "-5 USD",
            "1,5 million USD",
            "1.2.3 USD",
            "400 million XQQ",
            "400 million USD EUR",
            "400 usd",
            "between 60 and 50 million USD",
            "up to USD",
            "¥400",
            "1e9 USD",
            "nearly 5 USD",
            "400 million million USD",
            "99999999999999999999 trillion USD",
            "5 USD 6",
            "0 USD",
            "30 million kroner",
            "30 million euros USD",
            "30 euros million",
            "euros",
            "up to 0.0 million EUR",
        ] {
            assert!(read(text).is_err(), "{text}: {:?}", read(text));
        }
        assert!(read("4O0 million USD").unwrap_err().contains("expected an amount such as"));
        assert!(read("30 million kroner").unwrap_err().contains("expected one of "));
        assert!(read("4 XQQ").unwrap_err().contains("\"XQQ\" is no currency"));
    }

    #[test]
    fn items_are_read_with_their_quantity() {
        for (text, quantity, name) in [
            ("12 M777 howitzer", Some("12"), "M777 howitzer"),
            ("at least 100 Stinger", Some("at least 100"), "Stinger"),
            ("10,000 155mm shells", Some("10,000"), "155mm shells"),
            ("155mm shells", None, "155mm shells"),
            ("2S1 Gvozdika", None, "2S1 Gvozdika"),
            ("between 5 and 7 Leopard 2A6", Some("5 to 7"), "Leopard 2A6"),
            ("HAWK", None, "HAWK"),
        ] {
            let item = item(text).unwrap();
            assert_eq!(item.quantity.map(bounds_text).as_deref(), quantity, "{text}");
            assert_eq!(item.name, name);
        }
        for text in ["", "12", "1.5e3 HAWK", "up to M777", "between 7 and 5 tanks"] {
            assert!(item(text).is_err(), "{text}");
        }
    }
}

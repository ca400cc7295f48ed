//! The form in which many daily rates take little room: each day's rate as the difference from the
//! one before, in whole numbers of seven bits a byte.
//!
//! A head line; the number of days, then each day as days since the one before, the first since
//! 1970-01-01; the number of currencies, then for each its code of three letters, its number of
//! decimals, and a number a day: 0 where there is no rate, else 1 and the difference, folded so that
//! small ones of both signs are small numbers.

use crate::model::{CivilDate, Currency};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::{BTreeMap, BTreeSet};

const HEAD: &[u8] = b"aidledger rates 1\n";

/// Euro rates by currency and day.
pub(super) type Table = BTreeMap<Currency, BTreeMap<CivilDate, Decimal>>;

fn epoch() -> CivilDate {
    CivilDate::day(1970, 1, 1).unwrap_or_else(|| unreachable!("the calendar has this day"))
}

/// Packs what one euro cost in each currency on each day.
pub fn pack(table: &BTreeMap<Currency, BTreeMap<CivilDate, Decimal>>) -> Vec<u8> {
    let mut out = HEAD.to_vec();
    let days: BTreeSet<CivilDate> = table.values().flat_map(|row| row.keys().copied()).collect();
    push(&mut out, days.len() as u64);
    let mut last = epoch();
    for day in &days {
        push(&mut out, day.days_since(last).unsigned_abs());
        last = *day;
    }
    push(&mut out, table.len() as u64);
    for (currency, row) in table {
        let scale = row.values().map(|rate| rate.normalize().scale()).max().unwrap_or(0);
        out.extend_from_slice(currency.as_str().as_bytes());
        push(&mut out, u64::from(scale));
        let mut last = 0;
        for day in &days {
            let Some(rate) = row.get(day) else {
                push(&mut out, 0);
                continue;
            };
            let mut whole = *rate;
            whole.rescale(scale);
            let whole = whole.mantissa().to_i64().unwrap_or_default();
            push(&mut out, folded(whole - last) + 1);
            last = whole;
        }
    }
    out
}

/// Unpacks what was packed; `None` where the bytes are not of this form.
pub fn unpack(bytes: &[u8]) -> Option<BTreeMap<Currency, BTreeMap<CivilDate, Decimal>>> {
    let mut rest = bytes.strip_prefix(HEAD)?;
    let mut day = epoch();
    let mut days = Vec::new();
    for _ in 0..take(&mut rest)? {
        day = day.plus_days(i64::try_from(take(&mut rest)?).ok()?)?;
        days.push(day);
    }
    let mut table = BTreeMap::new();
    for _ in 0..take(&mut rest)? {
        let (code, behind) = rest.split_at_checked(3)?;
        rest = behind;
        let currency: Currency = std::str::from_utf8(code).ok()?.parse().ok()?;
        let scale = u32::try_from(take(&mut rest)?).ok()?;
        let mut row = Vec::with_capacity(days.len());
        let mut last = 0_i64;
        for day in &days {
            let Some(number) = take(&mut rest)?.checked_sub(1) else { continue };
            last = last.checked_add(unfolded(number))?;
            row.push((*day, Decimal::try_new(last, scale).ok()?.normalize()));
        }
        table.insert(currency, row.into_iter().collect());
    }
    rest.is_empty().then_some(table)
}

/// Small numbers of both signs as small numbers: 0, -1, 1, -2, 2 ... as 0, 1, 2, 3, 4 ...
const fn folded(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

const fn unfolded(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}

fn push(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..63).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_back_and_other_bytes_are_refused() {
        let day = |text: &str| text.parse::<CivilDate>().unwrap();
        let rate = |text: &str| text.parse::<Decimal>().unwrap();
        let mut table = Table::new();
        let usd = [("1999-01-04", "1.1789"), ("1999-01-05", "1.17"), ("2026-10-30", "1.1172")];
        let try_ = [("1999-01-05", "372274"), ("2026-10-30", "55.8015")];
        table.insert(Currency::USD, usd.iter().map(|(d, r)| (day(d), rate(r))).collect());
        table.insert("TRY".parse().unwrap(), try_.iter().map(|(d, r)| (day(d), rate(r))).collect());
        let packed = pack(&table);
        assert_eq!(unpack(&packed).unwrap(), table);
        assert_eq!(unpack(&packed[..packed.len() - 1]), None);
        assert_eq!(unpack(b"Date,USD\n"), None);
        for number in [0, 1, -1, 63, -64, i64::MAX / 2, i64::MIN / 2] {
            assert_eq!(unfolded(folded(number)), number);
        }
    }
}

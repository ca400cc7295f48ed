//! Numbers in digits and words, with powers of ten and qualifiers.

use super::{CueMention, Mention, Sentence, Value};
use crate::lexicon::{
    Label,
    token::{Joint, Shape, TokenKind},
};
use crate::model::{Bounds, Qualifier};
use rust_decimal::Decimal;
use std::str::FromStr;

/// A number and the token after its last one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// Its value with its power of ten.
    pub value: Decimal,
    /// One past its last token.
    pub end: usize,
    /// Whether a power of ten was written out: "million".
    pub scaled: bool,
    /// The power of ten, 1 where there is none.
    pub scale: Decimal,
}

/// Reads the number that begins at a token.
pub fn read(text: &str, sentence: &Sentence, at: usize) -> Option<Reading> {
    let found = digits(text, sentence, at).or_else(|| words(sentence, at));
    let (value, end) = found.or_else(|| single(sentence, at))?;
    let half = sentence.starting_at(Label::FractionMore, end);
    // "1 and a half billion"
    let (value, end) = match half.filter(|cue| scale_at(sentence, cue.tokens.end).is_some()) {
        Some(cue) => (value.checked_add(cue.value?)?, cue.tokens.end),
        None => (value, end),
    };
    let (scale, scale_end) = scale_at(sentence, end).unwrap_or((Decimal::ONE, end));
    let whole = decimal_or_group(text, sentence, at, value, scale != Decimal::ONE);
    let value = whole.checked_mul(scale)?;
    let mut reading = Reading { value, end: scale_end, scaled: scale_end > end, scale };
    // "a billion and a half"
    if reading.scaled
        && let Some(cue) = sentence.starting_at(Label::FractionMore, scale_end)
    {
        reading.value = reading.value.checked_add(cue.value?.checked_mul(scale)?)?;
        reading.end = cue.tokens.end;
        return Some(reading);
    }
    // "1 billion 200 million": a smaller power of ten goes on.
    if reading.scaled {
        let next = digits(text, sentence, scale_end)
            .or_else(|| words(sentence, scale_end))
            .and_then(|(more, after)| scale_at(sentence, after).map(|found| (more, found)));
        if let Some((more, (smaller, after))) = next
            && smaller < scale
            && smaller >= Decimal::ONE_THOUSAND
            && !sentence.is_any_sign(scale_end)
        {
            reading.value = reading.value.checked_add(more.checked_mul(smaller)?)?;
            reading.end = after;
        }
    }
    Some(reading)
}

/// A power of ten after a number; single letters must be joined to it: `725m`, `$500-M`. Square
/// brackets of an editor are passed over: `150 [million]`.
fn scale_at(sentence: &Sentence, end: usize) -> Option<(Decimal, usize)> {
    let mut at = end;
    let mut bracketed = false;
    while at < end + 2
        && sentence.is_any_sign(at)
        && sentence.starting_at(Label::Scale, at).is_none()
    {
        at += 1;
        bracketed = true;
    }
    let cue = sentence.starting_at(Label::Scale, at)?;
    let token = sentence.tokens[at].token;
    if bracketed && (token.span.len() < 4 || token.joint != Joint::Tight) {
        return None;
    }
    if token.span.len() == 1 && token.joint == Joint::Space {
        return None;
    }
    if sentence.is(Label::Calibre, at) {
        return None;
    }
    let mut value = cue.value?;
    let mut after = cue.tokens.end;
    // "hundred thousand", "lakh crore"
    if let Some(second) = sentence.starting_at(Label::Scale, after)
        && sentence.tokens[after].token.span.len() > 1
    {
        value = value.checked_mul(second.value?)?;
        after = second.tokens.end;
    }
    let closes = bracketed && after < sentence.tokens.len() && sentence.is_any_sign(after);
    Some((value, if closes { after + 1 } else { after }))
}

/// "a billion euros", "an additional billion": one, where a power of ten has no number before it.
fn single(sentence: &Sentence, at: usize) -> Option<(Decimal, usize)> {
    let cue = sentence.starting_at(Label::Scale, at)?;
    let before = at.checked_sub(1)?;
    let large = cue.value.is_some_and(|value| value >= Decimal::from(100_000));
    // "a thousand rounds", but not "another hundred and twenty"
    let counts = cue.value.is_some_and(|value| value >= Decimal::ONE_HUNDRED)
        && sentence.is(Label::Indefinite, before)
        && !sentence.is(Label::Vague, before);
    let large = large || counts;
    let opened = sentence.is_any(&[Label::Indefinite, Label::New], before);
    let word = sentence.tokens[at].token.span.len() > 2;
    (large && word && opened).then_some((Decimal::ONE, at))
}

fn digits(text: &str, sentence: &Sentence, at: usize) -> Option<(Decimal, usize)> {
    let token = sentence.tokens.get(at)?.token;
    if token.kind != TokenKind::Number || token.plural {
        return None;
    }
    Some((parse(token.span.of(text), true)?, at + 1))
}

/// A dot before three digits parts thousands where no power of ten follows: "20.000 rounds".
fn decimal_or_group(
    text: &str,
    sentence: &Sentence,
    at: usize,
    value: Decimal,
    scaled: bool,
) -> Decimal {
    let token = sentence.tokens[at].token;
    if token.kind != TokenKind::Number || scaled {
        return value;
    }
    parse(token.span.of(text), false).unwrap_or(value)
}

/// Reads digits with separators as people of several countries write them. With `decimal`, one dot
/// before three digits is a decimal point.
fn parse(raw: &str, decimal: bool) -> Option<Decimal> {
    let raw: String =
        raw.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let groups = |sign: char| {
        let mut parts = raw.split(sign);
        parts.next().is_some_and(|first| (1..=3).contains(&first.len()))
            && parts.clone().count() > 0
            && parts.all(|part| part.len() == 3)
    };
    let plain = match (raw.find(','), raw.find('.')) {
        (Some(_), None) if groups(',') || is_indian(&raw) => raw.replace(',', ""),
        (Some(_), None) if raw.matches(',').count() == 1 => raw.replace(',', "."),
        (None, Some(_)) if raw.matches('.').count() > 1 => {
            if groups('.') {
                raw.replace('.', "")
            } else {
                return None;
            }
        }
        (None, Some(_)) if !decimal && groups('.') => raw.replace('.', ""),
        (None, _) => raw.clone(),
        (Some(comma), Some(dot)) if comma < dot => raw.replace(',', ""),
        (Some(_), Some(_)) => raw.replace('.', "").replace(',', "."),
        (Some(_), None) => return None,
    };
    Decimal::from_str(&plain).ok()
}

/// `12,00,000`: groups of two before the last group of three.
fn is_indian(raw: &str) -> bool {
    let parts: Vec<&str> = raw.split(',').collect();
    parts.len() > 2
        && parts.last().is_some_and(|last| last.len() == 3)
        && parts[1..parts.len() - 1].iter().all(|part| part.len() == 2)
}

/// Within so many tokens behind "both" stands the "and" of its list.
const LISTED: usize = 8;

fn words(sentence: &Sentence, at: usize) -> Option<(Decimal, usize)> {
    if let Some(cue) = sentence.starting_at(Label::Fraction, at)
        && sentence.starting_at(Label::Scale, cue.tokens.end).is_some()
    {
        return Some((cue.value?, cue.tokens.end));
    }
    let cue = sentence.starting_at(Label::Number, at)?;
    if cue.tokens.len() == 1 && sentence.is(Label::Vague, at) {
        // "dozens more": no dozen
        return None;
    }
    // "both tanks and howitzers" counts nothing.
    let list = cue.tokens.end..cue.tokens.end + LISTED;
    if sentence.is(Label::Each, at) && sentence.has(Label::And, &list) {
        return None;
    }
    if cue.tokens.len() == 1 && sentence.tokens[at].is_plural() {
        // "the eighties"
        return None;
    }
    let (mut value, mut end) = (cue.value?, cue.tokens.end);
    // "seven hundred and seventy-five"
    let hundred = sentence
        .starting_at(Label::Scale, end)
        .filter(|scale| scale.value == Some(Decimal::ONE_HUNDRED));
    if let Some(scale) = hundred
        && value < Decimal::TEN
    {
        value = value.checked_mul(Decimal::ONE_HUNDRED)?;
        end = scale.tokens.end;
        let next = if sentence.is(Label::And, end) { end + 1 } else { end };
        if let Some(rest) = sentence.starting_at(Label::Number, next)
            && rest.value.is_some_and(|rest| rest < Decimal::ONE_HUNDRED)
        {
            value = value.checked_add(rest.value?)?;
            end = rest.tokens.end;
        }
    }
    Some((value, end))
}

/// "handed over 24 tanks": a word of the verb, no qualifier.
fn is_particle(sentence: &Sentence, cue: &CueMention) -> bool {
    let verbs = [Label::Give, Label::Arrive, Label::Receive];
    cue.tokens.len() == 1
        && sentence.cues.iter().any(|verb| {
            verbs.contains(&verb.label)
                && verb.tokens.end == cue.tokens.end
                && verb.tokens.len() > 1
        })
}

/// The qualifier whose words end right before a token, and where its words begin.
pub fn qualifier_before(sentence: &Sentence, at: usize) -> Option<(Qualifier, usize)> {
    let labels = [
        (Label::UpTo, Qualifier::UpTo),
        (Label::MoreThan, Qualifier::MoreThan),
        (Label::AtLeast, Qualifier::AtLeast),
        (Label::About, Qualifier::About),
    ];
    let found = |end: usize| {
        labels
            .iter()
            .filter_map(|(label, qualifier)| {
                sentence
                    .ending_at(*label, end)
                    .filter(|cue| !is_particle(sentence, cue))
                    .map(|cue| (*qualifier, cue.tokens.clone()))
            })
            .max_by_key(|(_, tokens)| tokens.len())
    };
    // "over a billion", "more than another", "up to an additional": small words may stand between. In "under a
    // $250 million package" the article is the package's.
    let small = |start: usize| {
        let before = start.checked_sub(1)?;
        let is_article = sentence.is(Label::Indefinite, before) && !sentence.is(Label::New, before);
        let of_number = start < at || sentence.starting_at(Label::Scale, at).is_some();
        (sentence.is(Label::New, before) || is_article && of_number).then_some(before)
    };
    let between = small(at);
    found(at)
        .or_else(|| between.and_then(found))
        .or_else(|| between.and_then(small).and_then(found))
        .map(|(qualifier, tokens)| (qualifier, tokens.start))
}

/// Numbers that may count things: no years, model numbers, calibres, shares or ordinals.
pub fn find(text: &str, sentence: &Sentence) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        let Some((low, reading)) = read_range(text, sentence, at) else {
            at += 1;
            continue;
        };
        if counts(text, sentence, at, &reading) {
            let before = qualifier_before(sentence, at);
            let start = before.map_or(at, |(_, start)| start);
            // "200+ tanks"
            let plus = sentence.is_sign(text, reading.end, &["+"])
                && sentence.tokens[reading.end].token.joint != Joint::Space;
            let end = reading.end + usize::from(plus);
            let bounds = match (low, before) {
                (None, None) if plus => Bounds::of(reading.value, Qualifier::MoreThan),
                (Some(low), _) => Bounds::new(Some(low), Some(reading.value), Qualifier::Range)
                    .unwrap_or(Bounds::of(reading.value, Qualifier::Exact)),
                (None, Some((qualifier, _))) => Bounds::of(reading.value, qualifier),
                (None, None) => Bounds::of(reading.value, Qualifier::Exact),
            };
            let span = sentence.span_of(&(start..end));
            let value = Value::Number(bounds);
            mentions.push(Mention { span, tokens: start..end, value, rule: "number.count" });
        }
        at = reading.end.max(at + 1);
    }
    mentions
}

/// A number or a range: "50 to 60", "between 50 and 60". The low end is there for a range only.
fn read_range(text: &str, sentence: &Sentence, at: usize) -> Option<(Option<Decimal>, Reading)> {
    let first = read(text, sentence, at)?;
    let middle = first.end;
    let between = sentence.ending_at(Label::Between, at).is_some();
    let links = sentence.is(Label::To, middle)
        || between && sentence.is(Label::And, middle)
        || sentence.is_sign(text, middle, &["–", "—", "-"])
        || sentence.tokens.get(middle).is_some_and(|known| {
            known.token.joint == Joint::Hyphen && known.token.kind == TokenKind::Number
        });
    if links {
        let next = if sentence.tokens[middle].token.kind == TokenKind::Number {
            middle
        } else {
            middle + 1
        };
        if let Some(second) = read(text, sentence, next) {
            let low =
                if first.scaled { first.value } else { first.value.checked_mul(second.scale)? };
            if low <= second.value {
                return Some((Some(low), second));
            }
        }
    }
    Some((None, first))
}

/// Whether a token multiplies: "20 x".
pub fn is_times(raw: &str) -> bool {
    matches!(raw, "x" | "X" | "×" | "х" | "Х")
}

fn counts(text: &str, sentence: &Sentence, at: usize, reading: &Reading) -> bool {
    let token = sentence.tokens[at].token;
    let previous = at.checked_sub(1).map(|before| sentence.tokens[before].token);
    let glued_left =
        token.joint != Joint::Space && previous.is_some_and(|p| p.kind != TokenKind::Sign);
    let next = sentence.tokens.get(reading.end).map(|known| known.token);
    let glued_right = next.is_some_and(|next| {
        next.kind == TokenKind::Word && next.joint != Joint::Space && !is_times(next.span.of(text))
    });
    let unit_after = sentence.is_any(&[Label::Calibre, Label::Percent], reading.end)
        || sentence.starting_at(Label::OrdinalEnding, reading.end).is_some() && glued_right;
    let is_year = token.kind == TokenKind::Number
        && !reading.scaled
        && token.span.len() == 4
        && (Decimal::from(1900)..=Decimal::from(2060)).contains(&reading.value);
    let after_name = token.kind == TokenKind::Number
        && previous.is_some_and(|p| p.kind == TokenKind::Word && p.shape == Shape::Capital)
        && at > 1
        && !next.is_some_and(|next| next.kind == TokenKind::Word)
        && !sentence.mention_at(at - 1).is_some_and(|m| matches!(m.value, Value::Actor(_)));
    // "MAN 40M": a letter right behind digits that stand behind a name is part of the name.
    let model = reading.scaled
        && previous.is_some_and(|p| p.kind == TokenKind::Word && p.shape != Shape::Lower)
        && sentence.tokens[reading.end - 1].token.span.len() == 1;
    let is_money_sign = previous.is_some_and(|p| p.kind == TokenKind::Sign)
        && sentence.mention_at(at - 1).is_some_and(|m| matches!(m.value, Value::Currency(_)));
    !(glued_left || glued_right || unit_after || is_year || after_name || model || is_money_sign)
}

/// "The 22nd package came in November; 1 billion was set aside in the 21st": whether ordinals before a place
/// number packages.
pub(super) fn counts_packages(text: &str, sentence: &Sentence, at: usize) -> bool {
    (0..at).any(|number| {
        let digits = sentence.tokens[number].token.kind == TokenKind::Number;
        let ordinal = sentence.starting_at(Label::OrdinalEnding, number + 1).is_some();
        let named = (number + 2..number + 5).take_while(|at| !sentence.is_any_sign(*at));
        let read = digits && ordinal && sentence.tokens[number].token.span.of(text).len() <= 2;
        read && named.into_iter().any(|at| sentence.starting_at(Label::PackageNoun, at).is_some())
    })
}

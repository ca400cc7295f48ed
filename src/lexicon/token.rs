//! Tokens: the words, numbers and signs of a text, folded so that spellings of one name agree.
//! Text and lexicon go through the same function; a form is a row of tokens.

use crate::model::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// So many letters a sign for a unit of measure has at most: "mm".
const LONGEST_UNIT: usize = 2;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters.
    Word,
    /// Digits, with separators inside.
    Number,
    /// Any other visible sign, one a token.
    Sign,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Begins with a small letter, or has no letters.
    Lower,
    /// Begins with a capital letter.
    Capital,
    /// Has capital letters only.
    Upper,
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// White space, or the beginning of the text.
    Space,
    /// A hyphen.
    Hyphen,
    /// Nothing.
    Tight,
}

/// A word, a number or a sign of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is written.
    pub shape: Shape,
    /// What stands before it.
    pub joint: Joint,
    /// Whether it is a number with a plural ending: `16s`, `1980s`.
    pub plural: bool,
}

/// Cuts the stretch `span` of `text` into tokens and hands each with its folded form to `take`.
pub fn each_token(text: &str, span: Span, mut take: impl FnMut(Token, &str)) {
    let mut scanner = Scanner { text: span.of(text), base: span.start, at: 0 };
    let mut folded = String::new();
    while let Some(token) = scanner.next(&mut folded) {
        take(token, &folded);
    }
}

struct Scanner<'a> {
    text: &'a str,
    base: usize,
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    fn next(&mut self, folded: &mut String) -> Option<Token> {
        folded.clear();
        let mut joint = if self.at == 0 { Joint::Space } else { Joint::Tight };
        let first = loop {
            let letter = self.peek(self.at)?;
            if letter.is_whitespace() || is_invisible(letter) || letter == '*' {
                // A star only marks words as bold.
                joint = if is_invisible(letter) { joint } else { Joint::Space };
            } else if is_hyphen(letter) && self.is_inner_hyphen(joint) {
                joint = Joint::Hyphen;
            } else {
                break letter;
            }
            self.at += letter.len_utf8();
        };
        let start = self.at;
        let (kind, plural) = if first.is_alphabetic() {
            self.word(folded);
            (TokenKind::Word, false)
        } else if first.is_ascii_digit() {
            (TokenKind::Number, self.number(folded))
        } else if is_apostrophe(first)
            // Alone it is a form of the lexicon.
            && (joint == Joint::Tight || self.text.len() == first.len_utf8() + 1)
            && self.is_possessive()
        {
            self.at += first.len_utf8() + 1;
            folded.push_str("'s");
            (TokenKind::Word, false)
        } else {
            self.at += first.len_utf8();
            folded.push(if is_apostrophe(first) { '\'' } else { first });
            (TokenKind::Sign, false)
        };
        let raw = &self.text[start..self.at];
        let span = Span::new(self.base + start, self.base + self.at);
        Some(Token { span, kind, shape: shape_of(raw), joint, plural })
    }

    /// Reads letters; an abbreviation such as `U.S.` is one word without its full stops.
    fn word(&mut self, folded: &mut String) {
        let start = self.at;
        if let Some(end) = self.abbreviation_end() {
            self.at = end;
        } else {
            while let Some(letter) = self.peek(self.at) {
                if !(letter.is_alphabetic() || is_combining_mark(letter) || is_invisible(letter)) {
                    break;
                }
                self.at += letter.len_utf8();
            }
        }
        fold_word(&self.text[start..self.at], folded);
    }

    fn abbreviation_end(&self) -> Option<usize> {
        let mut at = self.at;
        let mut letters = 0;
        while let Some(letter) = self.peek(at).filter(|letter| letter.is_alphabetic()) {
            let after = at + letter.len_utf8();
            if self.peek(after) != Some('.') {
                // `U.S` without its last full stop is one too, `U.Some` is not.
                let ends = !self.peek(after).is_some_and(char::is_alphanumeric);
                return (letters > 0 && ends && letter.is_uppercase()).then_some(after);
            }
            at = after + 1;
            letters += 1;
        }
        (letters > 1).then_some(at)
    }

    /// Reads digits with separators between digits; says whether a plural `s` follows.
    fn number(&mut self, folded: &mut String) -> bool {
        let start = self.at;
        while let Some(letter) = self.peek(self.at) {
            let next_is_digit =
                self.peek(self.at + letter.len_utf8()).is_some_and(|next| next.is_ascii_digit());
            if letter.is_ascii_digit() {
                folded.push(letter);
            } else if letter == '.' && next_is_digit {
                folded.push('.');
            } else if !(next_is_digit && (letter == ',' || self.parts_groups(start, letter))) {
                break;
            }
            self.at += letter.len_utf8();
        }
        let ending = self.peek(self.at).filter(|letter| is_apostrophe(*letter));
        let at = self.at + ending.map_or(0, char::len_utf8);
        let plural =
            self.peek(at) == Some('s') && !self.peek(at + 1).is_some_and(char::is_alphanumeric);
        if plural {
            self.at = at + 1;
        }
        plural
    }

    /// A narrow space or an apostrophe parts groups of three digits of the number that begins at
    /// `start`: "20 000", "1'000'000", but not "2,000 155mm". A plain space does so where it cannot part
    /// two numbers: before "000", where another group follows, or before what is counted: "1 200
    /// helmets", but not "12 155 mm".
    fn parts_groups(&self, start: usize, letter: char) -> bool {
        let plain = letter == ' ';
        if !plain && !is_group_space(letter) && !is_apostrophe(letter) {
            return false;
        }
        let rest = &self.text[self.at + letter.len_utf8()..];
        let passed = &self.text[start..self.at];
        let is_digit = |c: char| c.is_ascii_digit();
        let group = |text: &str| {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            digits == 3 && !text[digits..].starts_with(char::is_alphabetic)
        };
        let first = passed.split(|c| !is_digit(c)).next().unwrap_or_default();
        let goes_on = passed.contains(letter);
        let behind = rest.get(3..).and_then(|more| more.strip_prefix(' '));
        let is_word = |text: &str| {
            let letters = text.chars().take_while(|letter| letter.is_lowercase());
            letters.count() > LONGEST_UNIT
        };
        let sure = !plain
            || goes_on
            || rest.starts_with("000")
            || behind.is_some_and(group)
            || behind.is_some_and(is_word) && self.text[..start].ends_with(' ');
        let alike = passed.chars().all(|c| is_digit(c) || c == letter);
        (1..=3).contains(&first.len()) && alike && sure && group(rest)
    }

    fn is_possessive(&self) -> bool {
        let at = self.at + self.peek(self.at).map_or(0, char::len_utf8);
        matches!(self.peek(at), Some('s' | 'S'))
            && !self.peek(at + 1).is_some_and(char::is_alphanumeric)
    }

    /// A hyphen between two letters or digits joins them; any other is a sign.
    fn is_inner_hyphen(&self, joint: Joint) -> bool {
        let hyphen = self.peek(self.at).map_or(1, char::len_utf8);
        joint == Joint::Tight && self.peek(self.at + hyphen).is_some_and(char::is_alphanumeric)
    }
}

/// Folds a word: small letters, no accents, look-alike letters of other alphabets as Latin ones.
pub fn fold_word(word: &str, folded: &mut String) {
    if word.is_ascii() {
        folded.extend(word.chars().filter(|c| *c != '.').map(|c| c.to_ascii_lowercase()));
        return;
    }
    let lookalike = word.chars().all(|c| c.is_ascii() || latin_lookalike(c).is_some());
    for letter in word.nfkd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c) && *c != '.') {
        let letter = if lookalike { latin_lookalike(letter).unwrap_or(letter) } else { letter };
        match letter {
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            _ => folded.extend(letter.to_lowercase()),
        }
    }
}

/// The Latin letter that a Cyrillic or Greek one cannot be told from by eye.
const fn latin_lookalike(letter: char) -> Option<char> {
    Some(match letter {
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'а' => 'a',
        'с' => 'c',
        'е' => 'e',
        'і' => 'i',
        'о' | 'ο' => 'o',
        'р' => 'p',
        'х' => 'x',
        'у' => 'y',
        _ => return None,
    })
}

/// The singular that a word in the plural may have; `None` where it has no plural ending.
pub fn singular(word: &str) -> Option<String> {
    if word.len() < 3 || word.ends_with("ss") {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return Some(format!("{stem}y"));
    }
    for ending in ["ches", "shes", "xes", "sses", "buses"] {
        if word.ends_with(ending) {
            return word.strip_suffix("es").map(str::to_owned);
        }
    }
    word.strip_suffix('s').map(str::to_owned)
}

/// Whether a word as written has a plural ending.
pub fn has_plural_ending(raw: &str) -> bool {
    singular(&raw.to_lowercase()).is_some()
}

fn shape_of(raw: &str) -> Shape {
    let mut letters = raw.chars().filter(|letter| letter.is_alphabetic());
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            if letters.all(char::is_uppercase) {
                Shape::Upper
            } else {
                Shape::Capital
            }
        }
        _ => Shape::Lower,
    }
}

const fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}' | '\u{2011}' | '\u{00ad}')
}

const fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '`')
}

const fn is_group_space(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2009}')
}

const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each_token(text, Span::new(0, text.len()), |_, word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn spellings_of_one_name_fold_to_the_same_tokens() {
        for text in ["Leopard 2A6", "Leopard-2A6s", "LEOPARD 2 A6", "Leopard 2A-6"] {
            assert_eq!(folded(text), ["leopard", "2", "a", "6"], "{text}");
        }
        assert_eq!(folded("М777"), folded("M777"));
        assert_eq!(folded("Störe Türkiye Łódź"), ["store", "turkiye", "lodz"]);
    }

    #[test]
    fn abbreviations_possessives_and_numbers_are_single_tokens() {
        assert_eq!(folded("U.S.-made"), ["us", "made"]);
        assert_eq!(folded("the U.S. Ukraine’s"), ["the", "us", "ukraine", "'s"]);
        assert_eq!(folded("$1,234.5m"), ["$", "1234.5", "m"]);
        assert_eq!(folded("13 MiG-29s"), ["13", "mig", "29"]);
        assert_eq!(folded("1 000 000 and 12 500 000"), ["1000000", "and", "12500000"]);
        assert_eq!(folded("CHF 1'000'000"), ["chf", "1000000"]);
        assert_eq!(folded("2,000 155mm, 18 155 km"), ["2000", "155", "mm", ",", "18", "155", "km"]);
        assert_eq!(folded("end. A"), ["end", ".", "a"]);
    }

    #[test]
    fn any_text_can_be_cut() {
        for text in ["", "-", "'s", "’", "a\u{301}", "1.", "U.", "\u{feff}-1-", "——", "🇺🇦x"]
        {
            each_token(text, Span::new(0, text.len()), |token, _| assert!(!token.span.is_empty()));
        }
    }
}

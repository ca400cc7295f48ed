//! Cuts a paragraph into sentences, in one pass.
//! What a stop means is told by the word before it, the word after it, and the abbreviations.

use crate::model::Span;
use crate::text::boundary;
use crate::text::words::{Abbreviation, words};

/// The longest word before a stop that is looked at, in bytes.
const WORD: usize = 40;
/// The longest sentence, in bytes; what runs on without a stop is no sentence, and is cut at a
/// blank. No text is lost, and the rules, which compare the parts of a sentence, stay quick.
const LONGEST: usize = 8 * 1024;
/// The longest word after a stop that is looked at, in characters.
const ADDRESS: usize = 500;
/// Marks that end a sentence in any script.
const STOPS: &[char] = &['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।'];
/// Marks that close a quote or a bracket after a stop.
const CLOSERS: &[char] = &['"', '\'', '”', '’', '»', '›', ')', ']', '}', '*', '_', '“', '\\'];
/// Marks that open a quote or a bracket before a sentence.
const OPENERS: &[char] = &[
    '"', '\'', '“', '‘', '«', '‹', '(', '[', '*', '_', '„', '‚', '—', '–', '-', '\\', '•', '¿', '¡',
];

/// Calls `push` with each sentence of `span`, without the blanks around it.
pub(super) fn split(text: &str, span: Span, mut push: impl FnMut(Span)) {
    let paragraph = span.of(text);
    let mut start = 0;
    let mut chars = paragraph.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_ascii_alphanumeric() || c == ' ' || !STOPS.contains(&c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((next, c)) = chars.peek().copied().filter(|(_, c)| STOPS.contains(c)) {
            end = next + c.len_utf8();
            chars.next();
        }
        let stops = &paragraph[at..end];
        let rest = &paragraph[end..];
        let closed = end + closers(rest);
        if ends(&paragraph[start..at], stops, &paragraph[end..closed], &paragraph[closed..]) {
            emit(paragraph, span.start, start, closed, &mut push);
            start = closed;
            while chars.next_if(|(next, _)| *next < closed).is_some() {}
        }
    }
    emit(paragraph, span.start, start, paragraph.len(), &mut push);
}

/// Bytes of closing marks; an opening quote after a blank is none of them.
fn closers(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches(CLOSERS).len()
}

fn emit(paragraph: &str, offset: usize, start: usize, end: usize, push: &mut impl FnMut(Span)) {
    let mut start = start;
    while start < end {
        let cut = start + cut(&paragraph[start..end]);
        let piece = &paragraph[start..cut];
        let lead = piece.len() - piece.trim_start().len();
        let piece = piece.trim();
        if piece.contains(char::is_alphanumeric) {
            let start = offset + start + lead;
            push(Span::new(start, start + piece.len()));
        }
        start = cut;
    }
}

/// Bytes of a sentence up to its end, or to the last blank before the limit.
fn cut(sentence: &str) -> usize {
    if sentence.len() <= LONGEST {
        return sentence.len();
    }
    let head = &sentence[..boundary(sentence, LONGEST)];
    head.rfind(char::is_whitespace).filter(|at| *at > 0).unwrap_or(head.len())
}

/// Whether a sentence ends after `before`, its stops and its closing marks.
fn ends(before: &str, stops: &str, closers: &str, rest: &str) -> bool {
    let word = last_word(before);
    let Some(first) = rest.chars().next() else { return true };
    if stops.contains(['。', '！', '？', '۔', '।', '؟']) {
        return true;
    }
    if !first.is_whitespace() {
        return stops == "." && is_missing_blank(word, closers, rest);
    }
    let next = rest.trim_start();
    let opened = next.trim_start_matches(OPENERS);
    let Some(begin) = opened.trim_start().chars().next() else { return true };
    // A new sentence begins with a capital, a number, or a letter of a script without case.
    if begin.is_lowercase()
        || (!begin.is_alphanumeric() && !"$€£¥₴#@\u{2116}<+~≈%&".contains(begin))
    {
        return false;
    }
    let single = stops == "." && closers.chars().all(|c| matches!(c, '\'' | '’' | '*' | '_'));
    if !single || word.is_empty() {
        return true;
    }
    stop_ends(before, word, next)
}

/// Whether a single stop after `word` ends a sentence, where a capital or a number follows.
fn stop_ends(before: &str, word: &str, next: &str) -> bool {
    let digit = next.starts_with(|c: char| c.is_numeric());
    let starter = begins_with_starter(next);
    let plain = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let tail = plain.rsplit(['-', '–', '/', '(']).next().unwrap_or(plain);
    let found = [plain, tail].into_iter().find_map(|word| words().abbreviations.get(word));
    match found {
        Some(Abbreviation::Before) => return false,
        Some(Abbreviation::Number) => return !begins_with_number(next),
        Some(Abbreviation::Either) => return starter,
        Some(Abbreviation::Unit) => return true,
        None => {}
    }
    // Initials and what is written like them: `J. Doe`, `S.p.A. Rome`.
    let mut letters = tail.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    if initial || is_dotted(tail) {
        return starter && !(initial && is_one_letter(next));
    }
    let month = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    if is_short_month(&plain.to_lowercase()) {
        return if digit { false } else { starter || before.len() == word.len() };
    }
    // `5. May 2023` counts a day; `1. Tanks` at the beginning counts an entry.
    let count =
        !plain.is_empty() && plain.len() <= 2 && plain.bytes().all(|byte| byte.is_ascii_digit());
    if count && (words().months.contains_key(&month) || before.trim_start().len() == word.len()) {
        return false;
    }
    true
}

/// `Sept`: the beginning of a month's longer name; `July` is whole.
fn is_short_month(word: &str) -> bool {
    let months = &words().months;
    months.get(word).is_some_and(|month| {
        months.iter().any(|(name, number)| {
            number == month && name.len() > word.len() && name.starts_with(word)
        })
    })
}

/// `Ukraine.The package`: a stop between a small letter or a closing mark and a capital.
fn is_missing_blank(word: &str, closers: &str, rest: &str) -> bool {
    let mut after = rest.chars();
    let capital = after.next().is_some_and(char::is_uppercase);
    let goes_on = after.next().is_some_and(|c| c.is_lowercase() || c.is_whitespace());
    let address = |text: &str| text.contains(['@', '/', ':']) || text.starts_with("www.");
    let small = word.chars().rev().take(2).filter(|c| c.is_lowercase()).count() == 2;
    let closed = closers.contains(['”', '"', ')', '»']);
    if !(capital && goes_on && (small || closed)) || address(word) || word.contains('.') {
        return false;
    }
    let end = rest.char_indices().nth(ADDRESS).map_or(rest.len(), |(at, _)| at);
    let next = rest[..end].split(char::is_whitespace).next().unwrap_or("");
    !address(next) && !next.trim_end_matches(STOPS).contains('.')
}

/// The letters and marks before a stop, up to a blank.
fn last_word(before: &str) -> &str {
    let from = before.len().saturating_sub(WORD);
    let from = (from..=before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or(0);
    let near = &before[from..];
    let start = near
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace() || matches!(c, '—' | '“' | '"' | '„'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    &near[start..]
}

/// Single letters between stops: `U.S`, `e.g`.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().take(2).count() == 1)
}

fn is_one_letter(next: &str) -> bool {
    next.chars().nth(1).is_none_or(|c| !c.is_alphanumeric())
}

/// Whether the next word is a number, a designation with one (`A-130`), or a numeral as Rome wrote it
/// (`III`).
fn begins_with_number(next: &str) -> bool {
    let word = || next.chars().take_while(|c| !c.is_whitespace()).take(WORD);
    let letters = || word().take_while(|c| c.is_alphabetic());
    let roman = letters().all(|c| "IVX".contains(c)) && letters().next().is_some();
    word().any(char::is_numeric) || roman
}

fn begins_with_starter(next: &str) -> bool {
    let opened = next.trim_start_matches(OPENERS);
    let quoted = opened.len() < next.len() && !next.starts_with(['(', '[', '-', '–', '—']);
    let word = opened.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).next();
    let word = word.unwrap_or("").replace('’', "'");
    quoted || words().starters.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        split(text, Span::new(0, text.len()), |span| found.push(span.of(text)));
        found
    }

    #[test]
    fn a_stop_inside_a_sentence_does_not_end_it() {
        for text in [
            "The U.S. Department of Defense gives $1.5 billion.",
            "Gen. Smith and Lt. Col. Jones met J. D. Vance in St. Petersburg.",
            "It costs approx. Rs 5 crore, i.e. No. 5 on the list.",
            "It arrived on Sept. 5 at 2 p.m. EDT in Washington, D.C., he said.",
            "Raytheon Co. Ltd. makes it, e.g. the AIM-9, for Mr. Zelenskyy's army.",
            "“Will it come?” he asked, and “Yes!” was the answer.",
            "It comes ... when it comes.",
            "On 5. May 2023 Berlin gave 14 tanks.",
            "See www.example.com/Ukraine.The or write to press@Mod.Gov.ua today.",
            "The U.S.-made F-16s (approx. 14) go to Ukraine.",
            "It stands in Circular No. A-130 of the office.",
            "Under H.R. 815 and S. Con. Res. 14 the money flows.",
        ] {
            assert_eq!(sentences(text), [text]);
        }
    }

    #[test]
    fn what_runs_on_without_a_stop_is_cut_at_a_blank_and_none_of_it_is_lost() {
        let text = "fourteen tanks für Kyiv ".repeat(LONGEST / 10);
        let parts = sentences(&text);
        assert!(parts.len() > 1 && parts.iter().all(|part| part.len() <= LONGEST));
        assert_eq!(parts.join(" "), text.trim());
        assert_eq!(sentences(&"ü".repeat(LONGEST)).concat(), "ü".repeat(LONGEST));
    }

    #[test]
    fn sentences_end_where_the_next_begins() {
        for (text, parts) in [
            ("It is in the U.S. The tanks go.", vec!["It is in the U.S.", "The tanks go."]),
            ("He left at 5 p.m. He came back.", vec!["He left at 5 p.m.", "He came back."]),
            ("“We give it.” The rest follows.", vec!["“We give it.”", "The rest follows."]),
            ("\"Keep it up.\" \"Thanks.\"", vec!["\"Keep it up.\"", "\"Thanks.\""]),
            ("Really?! Yes. 14 tanks go.", vec!["Really?!", "Yes.", "14 tanks go."]),
            ("Sixty-one tons.. It is meant.", vec!["Sixty-one tons..", "It is meant."]),
            ("War in Ukraine.The package helps.", vec!["War in Ukraine.", "The package helps."]),
            (
                "It is big (very big). $5 million go.",
                vec!["It is big (very big).", "$5 million go."],
            ),
            ("More to come… Kyiv waits.", vec!["More to come…", "Kyiv waits."]),
            ("Yes. (Laughter.) Sorry.", vec!["Yes.", "(Laughter.)", "Sorry."]),
            ("It runs\nover lines. Then\nit ends.", vec!["It runs\nover lines.", "Then\nit ends."]),
            ("Made by Acme Inc. It works.", vec!["Made by Acme Inc.", "It works."]),
            ("First aid, etc. The rest.", vec!["First aid, etc.", "The rest."]),
            ("It flies 250 km. Britain has it.", vec!["It flies 250 km.", "Britain has it."]),
            ("Is it true? No. Never.", vec!["Is it true?", "No.", "Never."]),
            ("Допомога прийшла. Дякуємо.", vec!["Допомога прийшла.", "Дякуємо."]),
        ] {
            assert_eq!(sentences(text), parts, "{text}");
        }
    }
}

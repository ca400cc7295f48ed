//! The marks with which a list's entries begin.

/// Marks that may also be dashes or emphasis: a blank must follow.
const DASHES: &[char] = &['-', '–', '—', '*', '·', '+', 'o', '>', '‐', '−'];
/// Marks that begin nothing but an entry.
const DOTS: &[char] = &[
    '•', '○', '▪', '◦', '●', '■', '□', '‣', '⁃', '➢', '➤', '✓', '✔', '►', '▶', '→', '♦', '◆', '✅',
    '❖', '➔', '⚫', '🔹', '🔸', '▫', '\u{f0b7}', '\u{f0a7}',
];

/// Whether a character is a picture, or half of a flag: posts put one before each entry.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// A mark at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Bytes of the mark with the blanks after it.
    pub(super) length: usize,
    /// Whether the line may also be running text: a dash, or a number with a stop.
    pub(super) doubtful: bool,
    /// The number of a numbered entry.
    pub(super) number: Option<u32>,
}

/// The mark with which a line without indent begins, where text follows it.
pub(super) fn mark(line: &str) -> Option<Mark> {
    let first = line.chars().next()?;
    let found = if DOTS.contains(&first) {
        let after = first.len_utf8() + blanks_and_selectors(&line[first.len_utf8()..]);
        Some(Mark { length: after, doubtful: false, number: None })
    } else if is_pictograph(first) {
        let after = line.len() - line.trim_start_matches(is_pictograph).len();
        let length = after + blanks_and_selectors(&line[after..]);
        Some(Mark { length, doubtful: true, number: None })
    } else if DASHES.contains(&first) {
        let after = first.len_utf8();
        let blanks = blanks(&line[after..]);
        let doubtful = first != '*';
        (blanks > 0).then_some(Mark { length: after + blanks, doubtful, number: None })
    } else {
        numbered(line)
    };
    found.filter(|mark| mark.length < line.len())
}

/// `1)`, `1.`, `(1)`, `\(1\)`, `1\.`, `a)`, `(iv)`.
fn numbered(line: &str) -> Option<Mark> {
    let unescaped = |text: &str, sign: char| {
        let rest = text.strip_prefix('\\').unwrap_or(text);
        rest.strip_prefix(sign).map(|rest| text.len() - rest.len())
    };
    let open = unescaped(line, '(').unwrap_or(0);
    let inner = &line[open..];
    let label = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, rest) = inner.split_at(label);
    let digits = (1..=2).contains(&label) && name.bytes().all(|byte| byte.is_ascii_digit());
    let roman = (1..=4).contains(&label) && name.bytes().all(|byte| b"ivx".contains(&byte));
    let letter = label == 1 && name.bytes().all(|byte| byte.is_ascii_lowercase());
    let stop = (open == 0 && digits).then(|| unescaped(rest, '.')).flatten();
    let capital = open > 0 && label == 1;
    let close = (digits || roman || letter || capital).then(|| unescaped(rest, ')')).flatten();
    let end = open + label + close.or(stop)?;
    let blanks = blanks(&line[end..]);
    let doubtful = close.is_none();
    (blanks > 0).then(|| Mark { length: end + blanks, doubtful, number: name.parse().ok() })
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn blanks_and_selectors(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{fe0f}').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_lists_are_told_from_text() {
        for (line, rest) in [
            ("-   800 Stinger", "800 Stinger"),
            ("• 6,000 AT-4", "6,000 AT-4"),
            ("•6,000 AT-4", "6,000 AT-4"),
            ("* 14 tanks", "14 tanks"),
            ("1. First", "First"),
            ("(12) Twelve", "Twelve"),
            ("\\(1\\) the obligation", "the obligation"),
            ("a) helmets", "helmets"),
            ("(iv) fuel", "fuel"),
            ("(B) ensure", "ensure"),
            ("— Stinger", "Stinger"),
            ("🇱🇻 Latvia: 14", "Latvia: 14"),
            ("⚡️ Latvia", "Latvia"),
        ] {
            assert_eq!(mark(line).map(|mark| &line[mark.length..]), Some(rest), "{line}");
        }
        for line in
            ["-800", "*Ahlan*", "2022. The", "1.5 billion", "(In English.) Thanks", "A. Smith", "-"]
        {
            assert_eq!(mark(line), None, "{line}");
        }
    }
}

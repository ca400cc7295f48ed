//! The labels of speakers in transcripts (`MR. KIRBY:`, `Q`).
//! Judges by capitals and punctuation; knows no name.

/// The longest label, in bytes.
const LONGEST: usize = 72;

/// A label at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    /// Bytes before the label: emphasis.
    pub(super) start: usize,
    /// Bytes up to the label's end, without colon.
    pub(super) end: usize,
    /// Bytes up to what is said.
    pub(super) text_at: usize,
    /// Whether the label may also be a place before a wire's first sentence or a heading.
    pub(super) doubtful: bool,
}

/// The speaker's label with which a line begins, where words follow.
pub(super) fn label(line: &str) -> Option<Label> {
    let start = line.len() - line.trim_start_matches(['*', '_']).len();
    question(line, start).or_else(|| shouted(line, start))
}

/// `Q` or `A` alone, apart from what is said by a tab, two blanks or a colon.
fn question(line: &str, start: usize) -> Option<Label> {
    let inner = &line[start..];
    let letter = inner.chars().next().filter(|c| c.is_uppercase())?;
    let end = start + letter.len_utf8();
    let rest = line[end..].trim_start_matches(['*', '_']);
    let gap: String = rest.chars().take_while(|c| c.is_whitespace() || *c == ':').collect();
    let apart = gap.contains(':') || gap.contains('\t') || gap.chars().count() >= 2;
    let said = rest.trim_start_matches([':', '*', '_']).trim_start();
    (apart && !said.is_empty() && letter.is_ascii()).then(|| Label {
        start,
        end,
        text_at: line.len() - said.len(),
        doubtful: gap.contains(':'),
    })
}

/// Words in capitals before a colon.
fn shouted(line: &str, start: usize) -> Option<Label> {
    let inner = &line[start..];
    let colon = inner.bytes().take(LONGEST).position(|byte| byte == b':')?;
    let name = inner[..colon].trim_end_matches(['*', '_', ' ']);
    let said = inner[colon + 1..].trim_start_matches(['*', '_']);
    let text = said.trim_start();
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    let small = name.chars().filter(|c| c.is_lowercase()).count();
    let plain = name.chars().all(|c| c.is_alphabetic() || " .'’‘-–,&/()".contains(c));
    let fits = plain && capitals >= 2 && small * 4 <= capitals && name.len() <= LONGEST;
    (fits && said.len() > text.len() && !text.is_empty()).then(|| Label {
        start,
        end: start + name.len(),
        text_at: line.len() - text.len(),
        doubtful: true,
    })
}

/// A name in capitals and small letters before a colon (`Mr. Kirby:`); one only where it recurs.
pub(super) fn name(line: &str) -> Option<Label> {
    let start = line.len() - line.trim_start_matches(['*', '_']).len();
    let inner = &line[start..];
    let colon = inner.bytes().take(LONGEST).position(|byte| byte == b':')?;
    let name = inner[..colon].trim_end_matches(['*', '_', ' ']);
    let said = inner[colon + 1..].trim_start_matches(['*', '_']);
    let text = said.trim_start();
    let words = name.split_whitespace().count();
    let capitalised = name.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    (capitalised && (1..=5).contains(&words) && said.len() > text.len() && !text.is_empty()).then(
        || Label {
            start,
            end: start + name.len(),
            text_at: line.len() - text.len(),
            doubtful: true,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_transcripts_are_found() {
        for (line, name, said) in [
            ("PRESIDENT BIDEN:  It’s an honor", "PRESIDENT BIDEN", "It’s an honor"),
            ("Q    Mr. President", "Q", "Mr. President"),
            ("Q: Why?", "Q", "Why?"),
            ("**MR. KIRBY:** Thanks.", "MR. KIRBY", "Thanks."),
            ("MS. JEAN-PIERRE: Hi.", "MS. JEAN-PIERRE", "Hi."),
            ("GEN. McKENZIE: We are", "GEN. McKENZIE", "We are"),
        ] {
            let found = label(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((&line[found.start..found.end], &line[found.text_at..]), (name, said));
        }
        for line in ["A drone of", "Why now: Only", "I  ", "At 10:30 they", "USA:12"] {
            assert_eq!(label(line), None, "{line}");
        }
    }
}

//! Text in lines of a terminal, broken between words.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The lines of at most so many columns; a word that is longer stands on a line of its own.
pub(in crate::report) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The same with no line longer than that: a longer word is broken behind its hyphens and slashes, and only a
/// part that is still longer within itself.
pub(super) fn fit(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ if word.width() <= width => lines.push(word.to_owned()),
            _ => lines.extend(broken(word, width)),
        }
    }
    lines
}

fn broken(word: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for part in parts(word) {
        if line.width() + part.width() > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in part.chars() {
            if line.width() + letter.width().unwrap_or(0) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
    }
    lines.push(line);
    lines
}

/// The parts of a word, each with the hyphen or slash at its end.
pub(super) fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split_inclusive(['-', '/'])
}

#[cfg(test)]
mod tests {
    use super::{fit, wrap};

    #[test]
    fn words_are_broken_at_hyphens_where_they_must_be() {
        assert_eq!(fit("air-defence-ammunition", 12), ["air-defence-", "ammunition"]);
        assert_eq!(fit("two 155-mm shells", 8), ["two", "155-mm", "shells"]);
        assert_eq!(fit("Instandsetzung/IRIS-T", 8), ["Instands", "etzung/", "IRIS-T"]);
        assert_eq!(fit("surface-to-air missile", 12), ["surface-to-", "air missile"]);
        assert_eq!(fit("武器武器", 5), ["武器", "武器"]);
    }

    #[test]
    fn no_word_is_broken() {
        let lines = wrap("in EUR at the rate of announcement", 10);
        assert_eq!(lines, ["in EUR at", "the rate", "of", "announcement"]);
        assert_eq!(wrap("武器 武器", 5), ["武器", "武器"]);
        assert!(wrap(" ", 5).is_empty());
    }
}

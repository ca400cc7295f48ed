//! Text in lines of a terminal, broken between words.

use unicode_width::UnicodeWidthStr;

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

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn no_word_is_broken() {
        let lines = wrap("in EUR at the rate of announcement", 10);
        assert_eq!(lines, ["in EUR at", "the rate", "of", "announcement"]);
        assert_eq!(wrap("武器 武器", 5), ["武器", "武器"]);
        assert!(wrap(" ", 5).is_empty());
    }
}

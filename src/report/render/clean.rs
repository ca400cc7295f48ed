//! Makes text from articles harmless on a screen: no control characters, no terminal escapes, no
//! characters that turn the direction of writing.

/// The text on one line: line ends and tabs as spaces, every other control or direction character
/// as a visible replacement.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            _ if is_hostile(character) => char::REPLACEMENT_CHARACTER,
            _ => character,
        })
        .collect()
}

/// Whether a character steers a terminal or the direction of writing instead of being read.
pub(super) fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_in_an_article_does_not_reach_the_terminal() {
        assert_eq!(
            clean("a\u{1b}[31mb\u{9b}2Jc\u{202e}d\r\ne"),
            "a\u{fffd}[31mb\u{fffd}2Jc\u{fffd}d  e"
        );
    }
}

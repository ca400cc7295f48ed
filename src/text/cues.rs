//! Finds the cues of lines that are not the article's own telling: bylines, captions, links, tails.

use super::words::{Cue, Place, first_word, words};

/// The longest paragraph that is searched for cues, in bytes.
const LONGEST: usize = 2000;
/// The longest line that a cue at its start may claim, in bytes.
const SHORT: usize = 200;
/// Marks that end a sentence.
const STOPS: [char; 4] = ['.', '!', '?', '…'];

/// The cue that makes a whole line what it is, whatever else it says.
pub(super) fn line_cue(line: &str) -> Option<Cue> {
    if line.len() > 2 * SHORT {
        return None;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(cue) = words().lines.get(bare) {
        return Some(*cue);
    }
    let plain = lower.trim_start_matches(['*', '_', '#', '>', '»', '▶', '►', ' ']);
    let forms = words().cues.get(first_word(plain)).into_iter().flatten();
    let mut by_form =
        forms.filter(|(form, place, _)| begins(plain, form, *place)).map(|(_, _, cue)| *cue);
    by_form.next().or_else(|| closing_cue(plain)).or_else(|| is_byline(line).then_some(Cue::Byline))
}

/// The cue in the brackets that close a line: `A drone in flight (Photo: the army)`.
fn closing_cue(line: &str) -> Option<Cue> {
    let open =
        line.rfind(['(', '[']).filter(|_| line.len() <= SHORT && line.ends_with([')', ']']))?;
    let rest = &line[open..];
    let forms = words().cues.get(first_word(rest)).into_iter().flatten();
    let mut found =
        forms.filter(|(form, place, _)| *place == Place::Open && has_prefix(rest, form));
    found.next().map(|(_, _, cue)| *cue)
}

/// The strongest tail cue that stands anywhere in a paragraph.
pub(super) fn tail_cue(paragraph: &str) -> Option<Cue> {
    if paragraph.len() > LONGEST {
        return None;
    }
    let lower = paragraph.to_lowercase();
    if words().signs.iter().any(|sign| lower.starts_with(sign.as_str())) {
        return Some(Cue::TailStrong);
    }
    let mut weak = None;
    let mut inside = false;
    for (at, c) in lower.char_indices() {
        let begins = c.is_alphanumeric() && !inside;
        inside = c.is_alphanumeric();
        if !begins {
            continue;
        }
        let rest = &lower[at..];
        let forms = words().cues.get(first_word(rest)).into_iter().flatten();
        let here = |place: Place| place == Place::Within || (at == 0 && place == Place::Start);
        let tails = forms.filter(|(form, place, cue)| {
            matches!(cue, Cue::TailWeak | Cue::TailStrong) && here(*place) && has_prefix(rest, form)
        });
        for (_, _, cue) in tails {
            if *cue == Cue::TailStrong {
                return Some(*cue);
            }
            weak = Some(*cue);
        }
    }
    weak
}

/// Whether nothing stands in a line but an address of the web or of mail.
pub(super) fn is_address(line: &str) -> bool {
    let count = line.split_whitespace().take(4).count();
    let web = line.trim_start_matches('<');
    let mail = line.contains('@') && line.contains('.');
    (count == 1 && (web.starts_with("http") || web.starts_with("www."))) || (count <= 3 && mail)
}

/// Whether a sentence ends inside a line, after a word and not after an abbreviation.
pub(super) fn holds_sentence_end(content: &str) -> bool {
    content.match_indices(". ").any(|(at, _)| {
        content[..at].chars().rev().take(4).filter(|c| c.is_lowercase()).count() >= 3
    })
}

fn begins(line: &str, form: &str, place: Place) -> bool {
    if !has_prefix(line, form) {
        return false;
    }
    let rest = line[form.len()..].trim_start_matches(['*', '_', ')']);
    let after = rest.trim_start();
    let dash = rest.starts_with(' ') && after.starts_with("- ");
    let labels =
        after.trim_end_matches(STOPS).is_empty() || dash || after.starts_with([':', '–', '—', '|']);
    match place {
        Place::Label => labels,
        Place::Start | Place::Open => line.len() <= SHORT,
        Place::StartShort => labels || (line.len() <= SHORT && !line.ends_with(STOPS)),
        Place::Line | Place::Within => false,
    }
}

/// Whether `text` begins with `form` and no letter follows.
fn has_prefix(text: &str, form: &str) -> bool {
    text.strip_prefix(form).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// `By Jane Doe and John Roe`.
fn is_byline(line: &str) -> bool {
    let plain = line.trim_start_matches(['*', '_']);
    let Some((word, names)) = plain.split_once(' ') else { return false };
    // Few lines begin so: the others are not counted through.
    if line.len() > 120 || !words().bylines.contains(&word.to_lowercase()) {
        return false;
    }
    let count = names.split_whitespace().count();
    let capitalised =
        names.split_whitespace().filter(|name| name.starts_with(char::is_uppercase)).count();
    !line.ends_with(STOPS)
        && !names.contains(|c: char| c.is_ascii_digit())
        && (1..=10).contains(&count)
        && capitalised * 2 > count
        && names.starts_with(|c: char| !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_beside_the_article_are_known_by_their_cues() {
        for (line, cue) in [
            ("By Jane Doe and John Roe", Cue::Byline),
            ("Reporting by Jane Doe; editing by John Roe", Cue::Byline),
            ("Prepared by: our correspondent", Cue::Byline),
            ("Photo: Ministry of Defence", Cue::Caption),
            ("Archive photo.", Cue::Caption),
            ("(Photo by Jane Doe)", Cue::Caption),
            ("A drone in flight (Photo: archive)", Cue::Caption),
            ("READ ALSO: Kyiv gets tanks", Cue::Related),
            ("On the same topic: Stockholm weighs jets", Cue::Related),
            ("See also:", Cue::Related),
            ("Share with friends", Cue::Navigation),
        ] {
            assert_eq!(line_cue(line), Some(cue), "{line}");
        }
    }

    #[test]
    fn sentences_that_begin_like_a_cue_are_sentences() {
        for line in [
            "By Friday 14 tanks will arrive",
            "Related equipment goes along, too, the ministry said.",
            "Photo reconnaissance drones are part of the package.",
            "More tanks will follow.",
            "Source code was not part of it.",
        ] {
            assert_eq!(line_cue(line), None, "{line}");
        }
    }

    #[test]
    fn legal_and_advertising_paragraphs_are_known() {
        assert_eq!(tail_cue("© 2015-2023 The Paper"), Some(Cue::TailStrong));
        assert_eq!(tail_cue("Whoever quotes from this page must link"), Some(Cue::TailStrong));
        assert_eq!(tail_cue("Our newsletter costs nothing"), Some(Cue::TailWeak));
        assert_eq!(tail_cue("Denmark gives 14 tanks to Ukraine."), None);
    }
}

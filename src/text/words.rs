//! The words by which documents are read, from `lexicon/lang/*.document.tsv`.
//! Knows what the labels mean; knows no word itself.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// Every language's file, with its path for messages.
const FILES: &[(&str, &str)] =
    &[("lexicon/lang/en.document.tsv", include_str!("../../lexicon/lang/en.document.tsv"))];

/// What a header line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeaderLabel {
    Title,
    Date,
    Url,
    Publisher,
    Author,
    Language,
    Other,
}

/// What an abbreviation's full stop may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Its stop never ends a sentence.
    Before,
    /// Its stop ends no sentence before a number.
    Number,
    /// Its stop ends a sentence only before a word that begins one.
    Either,
    /// A unit of measure, by which no name begins: its stop ends a sentence before a capital or a number.
    Unit,
}

/// What a line that is not the article's own text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Cue {
    Byline,
    Caption,
    Related,
    Navigation,
    TailWeak,
    TailStrong,
}

/// Where in a line a cue must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Line,
    Label,
    Start,
    StartShort,
    Open,
    Within,
}

/// All words for reading documents, in lower case but for abbreviations and sentence starters.
#[derive(Debug, Default)]
pub(super) struct DocumentWords {
    pub(super) headers: FxHashMap<String, HeaderLabel>,
    pub(super) published: Vec<String>,
    pub(super) updated: Vec<String>,
    pub(super) months: FxHashMap<String, u32>,
    pub(super) weekdays: FxHashMap<String, u32>,
    pub(super) abbreviations: FxHashMap<String, Abbreviation>,
    pub(super) starters: FxHashSet<String>,
    pub(super) bylines: FxHashSet<String>,
    pub(super) clocks: FxHashSet<String>,
    pub(super) ordinal_suffixes: FxHashSet<String>,
    pub(super) date_joiners: FxHashSet<String>,
    pub(super) place_prefixes: Vec<String>,
    pub(super) signs: Vec<String>,
    /// Cues of a whole line.
    pub(super) lines: FxHashMap<String, Cue>,
    /// All other cues, by the first word of their form.
    pub(super) cues: FxHashMap<String, Vec<(String, Place, Cue)>>,
}

/// The words of all languages, read once.
pub(super) fn words() -> &'static DocumentWords {
    static WORDS: OnceLock<DocumentWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = DocumentWords::default();
        for (path, content) in FILES {
            // The files are part of the program; a test reads them.
            words.add(path, content).expect("built-in words are well formed");
        }
        words
    })
}

/// The first word of a form or text, without punctuation at its end.
pub(super) fn first_word(text: &str) -> &str {
    let end = text
        .char_indices()
        .find(|(at, c)| *at > 0 && !c.is_alphanumeric())
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

impl DocumentWords {
    fn add(&mut self, path: &str, content: &str) -> Result<(), String> {
        let lines = content.lines().enumerate().filter(|(_, line)| !line.starts_with('#')).skip(1);
        for (index, line) in lines {
            let bad = |what: &str| format!("{path}:{}: {what}", index + 1);
            let mut cells = line.split('\t');
            let (Some(label), Some(form), Some(value), None) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                return Err(bad("expected the three columns label, form, value"));
            };
            self.add_entry(label, form, value).ok_or_else(|| bad("unknown label or value"))?;
        }
        self.published.sort_by_key(|form| std::cmp::Reverse(form.len()));
        self.updated.sort_by_key(|form| std::cmp::Reverse(form.len()));
        Ok(())
    }

    fn add_entry(&mut self, label: &str, form: &str, value: &str) -> Option<()> {
        let owned = form.to_owned();
        match label {
            "published" => self.published.push(owned),
            "updated" => self.updated.push(owned),
            "month" => self.months.extend([(owned, value.parse().ok()?)]),
            "weekday" => self.weekdays.extend([(owned, value.parse().ok()?)]),
            "abbreviation" => self.abbreviations.extend([(owned, abbreviation(value)?)]),
            "starter" => self.starters.extend([owned]),
            "by" => self.bylines.extend([owned]),
            "clock" => self.clocks.extend([owned]),
            "ordinal.suffix" => self.ordinal_suffixes.extend([owned]),
            "date.joiner" => self.date_joiners.extend([owned]),
            "place.prefix" => self.place_prefixes.push(owned),
            "tail.sign" => self.signs.push(owned),
            _ => match label.strip_prefix("header.") {
                Some(header) => self.headers.extend([(owned, header_label(header)?)]),
                None => self.add_cue(cue(label)?, owned, place(value)?),
            },
        }
        Some(())
    }

    fn add_cue(&mut self, cue: Cue, form: String, place: Place) {
        if place == Place::Line {
            self.lines.insert(form, cue);
        } else {
            let key = first_word(&form).to_owned();
            self.cues.entry(key).or_default().push((form, place, cue));
        }
    }
}

fn header_label(text: &str) -> Option<HeaderLabel> {
    Some(match text {
        "title" => HeaderLabel::Title,
        "date" => HeaderLabel::Date,
        "url" => HeaderLabel::Url,
        "publisher" => HeaderLabel::Publisher,
        "author" => HeaderLabel::Author,
        "language" => HeaderLabel::Language,
        "other" => HeaderLabel::Other,
        _ => return None,
    })
}

fn abbreviation(text: &str) -> Option<Abbreviation> {
    Some(match text {
        "before" => Abbreviation::Before,
        "number" => Abbreviation::Number,
        "either" => Abbreviation::Either,
        "unit" => Abbreviation::Unit,
        _ => return None,
    })
}

fn cue(text: &str) -> Option<Cue> {
    Some(match text {
        "byline" => Cue::Byline,
        "caption" => Cue::Caption,
        "related" => Cue::Related,
        "navigation" => Cue::Navigation,
        "tail.weak" => Cue::TailWeak,
        "tail.strong" => Cue::TailStrong,
        _ => return None,
    })
}

fn place(text: &str) -> Option<Place> {
    Some(match text {
        "line" => Place::Line,
        "label" => Place::Label,
        "start" => Place::Start,
        "start.short" => Place::StartShort,
        "open" => Place::Open,
        "within" => Place::Within,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_words_load_and_are_sorted_and_unique() {
        for (path, content) in FILES {
            DocumentWords::default().add(path, content).unwrap();
            let rows: Vec<&str> =
                content.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
            let keys: Vec<&str> =
                rows.iter().filter_map(|row| row.rsplit_once('\t')).map(|(key, _)| key).collect();
            assert!(rows.is_sorted(), "{path}: sort the lines bytewise");
            let unique: FxHashSet<_> = keys.iter().collect();
            assert_eq!(unique.len(), keys.len(), "{path}: one line for each label and form");
        }
    }

    #[test]
    fn a_bad_line_is_named_by_file_and_number() {
        let mut words = DocumentWords::default();
        let content = "label\tform\tvalue\nmonth\tmay\tfive\n";
        assert_eq!(words.add("x.tsv", content).unwrap_err(), "x.tsv:2: unknown label or value");
    }
}

//! What of an article's words other articles can have too: what a speaker says in it, and its text as a
//! whole, which copies of one agency's story share whatever is cut from them or put before them.

use super::choose::Told;
use super::matching::Candidate;
use super::things::Shared;
use std::collections::BTreeSet;

/// How many places a sketch has.
const PLACES: usize = 32;

/// So many places at least must be filled: so short a text is like many others.
const FILLED: usize = 16;

/// How many words in a row a sketch is made of.
const RUN: usize = 4;

/// How many words somebody must say in a row for them to be his own.
const SPOKEN: usize = 8;

/// How many such stretches of an article are kept.
const KEPT: usize = 48;

/// Of ten places of two sketches that copies fill alike.
const ALIKE: usize = 6;

/// Letters of a hash in a sketch.
const WIDTH: usize = 8;

/// The signs that open or close what somebody says.
const QUOTES: [char; 7] = ['"', '“', '”', '„', '‟', '«', '»'];

/// Where what somebody says is cut, since articles put "he said" there.
const CUTS: [char; 9] = ['.', ',', ';', ':', '!', '?', '…', '—', '–'];

/// The words of an article as texts that are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Print {
    /// Hashes of what speakers say in it, in order.
    pub(super) spoken: String,
    /// For each place the least hash of a row of words that belongs there.
    pub(super) sketch: String,
}

impl Print {
    /// Of the body of an article.
    pub(super) fn of(body: &str) -> Self {
        Self { spoken: spoken(body), sketch: sketch(body) }
    }

    /// Whether in both a speaker says the same.
    pub(super) fn quotes(&self, other: &Self) -> bool {
        let said: BTreeSet<&str> = self.spoken.split_whitespace().collect();
        other.spoken.split_whitespace().any(|one| said.contains(one))
    }

    /// Whether one is the other, cut or added to.
    pub(super) fn copies(&self, other: &Self) -> bool {
        let places =
            self.sketch.as_bytes().chunks(WIDTH).zip(other.sketch.as_bytes().chunks(WIDTH));
        let is_filled = |place: &[u8]| place.first() != Some(&b'-');
        let (mut filled, mut alike) = (0, 0);
        for (one, two) in places.filter(|(one, two)| is_filled(one) || is_filled(two)) {
            filled += 1;
            alike += usize::from(one == two);
        }
        filled >= FILLED && alike * 10 >= filled * ALIKE
    }
}

/// Which words two tellings have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// Those that tell the package.
    Telling,
    /// Nearly all of both articles.
    Article,
    /// What a speaker says.
    Spoken,
}

impl Words {
    /// Of a telling and a candidate.
    pub(super) fn of(told: &Told, candidate: &Candidate) -> Option<Self> {
        let words = &told.wording.words;
        if words.is_some() && *words == candidate.wording.words {
            Some(Self::Telling)
        } else if told.print.copies(&candidate.print) {
            Some(Self::Article)
        } else {
            told.print.quotes(&candidate.print).then_some(Self::Spoken)
        }
    }

    /// Whether they are enough of tellings of the same days without sums. A speaker may say the same of
    /// two things, and an article may tell of two.
    pub(super) const fn settle(self, shared: &Shared) -> bool {
        match self {
            Self::Telling => true,
            Self::Article => shared.count > 0 || shared.unnamed,
            Self::Spoken => shared.count > 0,
        }
    }

    /// How much they speak for one package.
    pub(super) const fn weight(self) -> i64 {
        match self {
            Self::Telling | Self::Article => 4,
            Self::Spoken => 2,
        }
    }

    /// In words.
    pub(super) const fn describe(self) -> &'static str {
        match self {
            Self::Telling => "in the same words",
            Self::Article => "in nearly the same text",
            Self::Spoken => "with the same quote",
        }
    }
}

fn spoken(body: &str) -> String {
    let stretches = body.lines().flat_map(|line| line.split(QUOTES).skip(1).step_by(2));
    let hashes: BTreeSet<String> = stretches
        .flat_map(|said| said.split(CUTS))
        .map(words)
        .filter(|words| words.len() >= SPOKEN)
        .map(|words| format!("{:016x}", hash(&words)))
        .collect();
    hashes.into_iter().take(KEPT).collect::<Vec<_>>().join(" ")
}

fn sketch(body: &str) -> String {
    let words = words(body);
    let mut least: [Option<u64>; PLACES] = [None; PLACES];
    for row in words.windows(RUN) {
        let hash = hash(row);
        let place = usize::try_from(hash % PLACES as u64).unwrap_or_default();
        let value = hash >> 32;
        least[place] = Some(least[place].map_or(value, |known| known.min(value)));
    }
    let blank = "-".repeat(WIDTH);
    let shown = |value: &Option<u64>| value.map_or(blank.clone(), |value| format!("{value:08x}"));
    least.iter().map(shown).collect()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|one: char| !one.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// FNV-1a with its bits mixed: the same on any machine, and quick, since all words of all articles pass it.
fn hash(words: &[String]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "OSLO (Wire) - Norway will send Ukraine four more batteries of the NASAMS air defence \
        system this winter, the government said on Friday. \"The winter will be hard and the people of \
        Ukraine need protection now\", the minister of defence said after talks in Kyiv. The batteries come \
        from stocks of the air force, which will get new ones from industry in two years. Norway gave its \
        first batteries last year and trains crews at a base in the south of the country. Parliament was \
        told of the decision on Thursday evening, a spokeswoman said, and no party spoke against it.";

    #[test]
    fn a_copy_that_was_cut_and_headed_is_a_copy() {
        let cut = format!(
            "Four more batteries for Kyiv\n\n{}",
            &STORY[..STORY.find("Parliament").unwrap()]
        );
        assert!(Print::of(STORY).copies(&Print::of(&cut)));
        assert!(Print::of(&cut).copies(&Print::of(STORY)));
    }

    #[test]
    fn another_story_and_a_short_text_are_no_copies() {
        let other = STORY.replace("four more batteries", "20 tanks");
        let other: String = other.split_whitespace().rev().collect::<Vec<_>>().join(" ");
        assert!(!Print::of(STORY).copies(&Print::of(&other)));
        let short = "Norway will send Ukraine four more batteries.";
        assert!(!Print::of(short).copies(&Print::of(short)));
        assert!(!Print::of("").copies(&Print::of("")));
    }

    #[test]
    fn the_same_words_of_a_speaker_are_found_in_other_marks_and_cut() {
        let quoted = |text: &str| Print::of(STORY).quotes(&Print::of(text));
        assert!(quoted(
            "He said: «The winter will be hard and the people of Ukraine need protection now!»"
        ));
        assert!(!quoted("The winter will be hard and the people of Ukraine need protection now."));
        assert!(!quoted("\"The winter will be hard\", he said."));
        assert!(!Print::of("").quotes(&Print::of("")));
    }
}

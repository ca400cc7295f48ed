//! Articles that are cut, spliced, shuffled, written in other scripts or filled with random bytes are
//! read without a panic, and what is found in them is still quoted to the byte.

use crate::support::root;
use aidledger::extraction::read_claims;
use aidledger::lexicon::Lexicon;
use aidledger::text::{self, Hint};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many documents a run reads, unless the variable `MUTATED` asks for more.
const DOCUMENTS: usize = 1_500;

/// Scraps that readers stumble over: other scripts, marks of direction, wide digits, open brackets.
const SCRAPS: [&str; 16] = [
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "ОТ-64",
    "援助３億円",
    "مليون ١٢٣",
    "₴ 1,2 млрд.",
    "$€£¥",
    "999999999999999999999999999999 billion",
    "1.2.3.4",
    "31.02.2023",
    "((((((",
    "“‘«",
    "\r\n\r\n|||\t|",
    "U.S.-made F-16s, 155mm x 39",
    "e\u{301}\u{302}\u{303}",
];

struct Mutator {
    state: u64,
    texts: Vec<Vec<u8>>,
}

impl Mutator {
    /// `SplitMix64` (Steele, Lea and Flood 2014): the same documents on every machine.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    fn text(&mut self) -> Vec<u8> {
        let index = self.below(self.texts.len());
        self.texts[index].clone()
    }

    fn document(&mut self) -> Vec<u8> {
        let mut bytes = self.text();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            match self.below(8) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(..at)),
                2 => {
                    let other = self.text();
                    let from = self.below(other.len());
                    bytes.truncate(at);
                    bytes.extend_from_slice(&other[from..]);
                }
                3 => {
                    let mut words: Vec<&[u8]> = bytes.split(|byte| *byte == b' ').collect();
                    for index in (1..words.len()).rev() {
                        words.swap(index, self.below(index + 1));
                    }
                    bytes = words.join(&b' ');
                }
                4 => bytes.insert(at, self.byte()),
                5 => {
                    let end = (at + self.below(40)).min(bytes.len());
                    bytes[at..end].fill_with(|| self.byte());
                }
                6 => bytes.retain(|byte| !matches!(byte, b'.' | b'\n' | b',')),
                _ => {
                    let scrap = SCRAPS[self.below(SCRAPS.len())].bytes();
                    drop(bytes.splice(at..at, scrap));
                }
            }
        }
        bytes
    }
}

/// Reads a document; a text that cannot be read at all is an error of its own, no panic.
fn read(bytes: &[u8]) {
    let Ok(article) = text::read(bytes, &Hint::default()) else { return };
    let extraction = read_claims(Lexicon::builtin(), &article);
    let claims = extraction.claims.iter().flat_map(|claim| &claim.evidence);
    let totals = extraction.control_totals.iter().map(|total| &total.evidence);
    for evidence in claims.chain(totals) {
        assert_eq!(evidence.span.of(&article.text), evidence.quote);
    }
}

#[test]
fn mutated_articles_are_read_without_a_panic() {
    let folder = fs::read_dir(root().join("fixtures/articles")).unwrap();
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end != "golden"));
    paths.sort();
    let texts = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    let mut mutator = Mutator { state: 1, texts };
    let count = std::env::var("MUTATED").ok().and_then(|count| count.parse().ok());
    for number in 0..count.unwrap_or(DOCUMENTS) {
        let bytes = mutator.document();
        let outcome = catch_unwind(AssertUnwindSafe(|| read(&bytes)));
        assert!(outcome.is_ok(), "document {number} panics:\n{}", String::from_utf8_lossy(&bytes));
    }
}

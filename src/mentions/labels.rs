//! Sets of labels: which cues cover a token, and which a sentence has at all, is asked more often than anything
//! else.

use crate::lexicon::Label;

/// As many words of bits as all labels need.
const WORDS: usize = Label::ALL.len().div_ceil(u64::BITS as usize);

/// A set of labels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Labels([u64; WORDS]);

impl Labels {
    /// Those of a list.
    pub(super) fn of(labels: impl IntoIterator<Item = Label>) -> Self {
        let mut set = Self::default();
        labels.into_iter().for_each(|label| set.add(label));
        set
    }

    /// Puts one in.
    pub(super) fn add(&mut self, label: Label) {
        let (word, bit) = place(label);
        self.0[word] |= bit;
    }

    /// Whether one is in it.
    pub(super) fn has(self, label: Label) -> bool {
        let (word, bit) = place(label);
        self.0[word] & bit != 0
    }

    /// Those that are in another one too.
    pub(super) fn also_in(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    /// Whether none is in it.
    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// Where a label stands among the bits.
const fn place(label: Label) -> (usize, u64) {
    let number = label as usize;
    (number / u64::BITS as usize, 1 << (number % u64::BITS as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_has_a_place_of_its_own() {
        for label in Label::ALL {
            let alone = Labels::of([*label]);
            let found: Vec<&Label> = Label::ALL.iter().filter(|one| alone.has(**one)).collect();
            assert_eq!(found, [label]);
        }
        let all = Labels::of(Label::ALL.iter().copied());
        assert!(Label::ALL.iter().all(|label| all.has(*label)));
        assert!(Labels::of([Label::Give]).also_in(Labels::of([Label::Say])).is_empty());
        assert!(!Labels::of([Label::Give]).also_in(all).is_empty());
    }
}

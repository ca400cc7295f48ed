//! What the keys of a review mean.

use super::terminal::Key;
use crate::model::PackageId;

/// What a person wants of the package that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// It is right.
    Accept,
    /// It is no package.
    Reject,
    /// A field is to be set.
    Edit,
    /// It is the same as another one; `None`: which one is to be asked.
    Same(Option<PackageId>),
    /// It is not the same as this one.
    NotSame(PackageId),
    /// It is left for later.
    Skip,
    /// The last decision is to be taken back.
    Undo,
    /// What the keys mean.
    Help,
    /// To leave; what was decided stays.
    Quit,
    /// To leave at once.
    Interrupt,
    /// The key means nothing here.
    Nothing,
}

/// The fields that can be set, each with its key and the name of its option in `amend`.
pub(super) const FIELDS: [(char, &str); 9] = [
    ('a', "amount"),
    ('d', "date"),
    ('g', "donor"),
    ('t', "recipient"),
    ('m', "mechanism"),
    ('n', "sequence"),
    ('i', "item"),
    ('k', "aid"),
    ('s', "stage"),
];

/// What a key means for a package that may be another one.
pub(super) fn wish(key: Key, maybe: Option<PackageId>) -> Wish {
    match (key, maybe) {
        (Key::Interrupt, _) => Wish::Interrupt,
        (Key::Escape | Key::Char('q'), _) => Wish::Quit,
        (Key::Char('a'), _) => Wish::Accept,
        (Key::Char('r'), _) => Wish::Reject,
        (Key::Char('e'), _) => Wish::Edit,
        (Key::Char('s'), maybe) => Wish::Same(maybe),
        (Key::Char('o'), _) => Wish::Same(None),
        (Key::Char('n'), Some(other)) => Wish::NotSame(other),
        (Key::Char('k' | ' '), _) => Wish::Skip,
        (Key::Char('u'), _) => Wish::Undo,
        (Key::Char('?' | 'h'), _) => Wish::Help,
        _ => Wish::Nothing,
    }
}

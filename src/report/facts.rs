//! A field of a package and its value in words, as decisions change it.

use super::figures::{amount_text, item_text};
use crate::model::{Change, Fact, PackageId};

/// The name of the field for people.
pub const fn fact_name(fact: &Fact) -> &'static str {
    match fact {
        Fact::MergedInto(_) => "part of",
        Fact::NotSame(_) => "not same",
        Fact::Donors(_) => "donor",
        Fact::Recipients(_) => "recipient",
        _ => fact.field(),
    }
}

/// The value in words; what is not stated is said to be so, never zero.
pub fn fact_text(fact: &Fact) -> String {
    let stated = |text: Option<String>| text.unwrap_or_else(|| "not stated".to_owned());
    match fact {
        Fact::Standing(standing) => standing.to_string(),
        Fact::Donors(actors) | Fact::Recipients(actors) => actors.join(", "),
        Fact::Announced(date) => stated(date.map(|date| date.to_string())),
        Fact::Amount(amount) => stated(amount.as_ref().map(amount_text)),
        Fact::Aid(aid) => aid.to_string(),
        Fact::Stage(stage) => stage.to_string(),
        Fact::Mechanism(mechanism) => stated(mechanism.clone()),
        Fact::Sequence(sequence) => stated(sequence.map(|number| number.to_string())),
        Fact::Items(items) if items.is_empty() => "not stated".to_owned(),
        Fact::Items(items) => items.iter().map(item_text).collect::<Vec<_>>().join("; "),
        Fact::MergedInto(whole) => {
            whole.map_or_else(|| "no other".to_owned(), |whole| whole.to_string())
        }
        Fact::Tellings(claims) if claims.len() == 1 => "1 telling".to_owned(),
        Fact::Tellings(claims) => format!("{} tellings", claims.len()),
        Fact::NotSame(packages) if packages.is_empty() => "none".to_owned(),
        Fact::NotSame(packages) => ids_text(packages),
    }
}

/// `400 million USD → up to 350 million USD`.
pub fn change_text(change: &Change) -> String {
    format!("{} → {}", fact_text(&change.before), fact_text(&change.after))
}

/// `P1, P2`.
pub fn ids_text(packages: &[PackageId]) -> String {
    packages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

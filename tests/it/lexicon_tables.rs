//! The tables that ship: their size, their references, and that no form stands for two systems.

use aidledger::lexicon::token::each_token;
use aidledger::lexicon::{Lexicon, System};
use aidledger::model::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The types of Kiel's first level, as lexicon/README.md lists them.
const KIEL: [&str; 9] = [
    "Ammunition for heavy weapon",
    "Ammunition for light infantry",
    "Ammunition for portable defence system",
    "Aviation and drones",
    "Heavy weapon",
    "Humanitarian",
    "Light armaments & infantry",
    "Military equipment",
    "Portable defence system",
];

/// A form as the matcher sees it: its folded tokens.
fn fold(form: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    each_token(form, Span::new(0, form.len()), |_, token| tokens.push(token.to_owned()));
    tokens
}

/// All forms of a system, its name among them, each with whether it is ambiguous.
fn forms(system: &System) -> BTreeMap<&str, bool> {
    let mut forms: BTreeMap<&str, bool> = BTreeMap::from([(system.name.as_str(), false)]);
    for form in &system.forms {
        let bare = form.trim_start_matches('?');
        forms.insert(bare, form != bare);
    }
    forms
}

#[test]
fn the_lexicon_is_large_and_every_system_has_a_source_and_a_slug() {
    let systems = Lexicon::builtin().systems();
    let forms: usize = systems.iter().map(|system| forms(system).len()).sum();
    println!("{} systems with {forms} forms", systems.len());
    assert!(systems.len() >= 1500, "{} systems, expected 1,500", systems.len());
    assert!(forms >= 4500, "{forms} forms, expected 4,500");
    for system in systems {
        let is_slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(system.id.chars().all(is_slug), "\"{}\", expected a slug", system.id);
        let origin = system.origin.as_deref().unwrap_or("XX");
        let is_country = origin.len() == 2 && origin.chars().all(|c| c.is_ascii_uppercase());
        assert!(is_country, "{}: origin \"{origin}\", expected two capitals", system.id);
    }
}

#[test]
fn every_source_of_a_system_is_explained() {
    let readme = include_str!("../../lexicon/README.md");
    let systems = Lexicon::builtin().systems();
    let sources: BTreeSet<&str> = systems.iter().map(|system| system.source.as_str()).collect();
    for source in sources {
        assert!(readme.contains(&format!("`{source}`")), "source \"{source}\" is not explained");
    }
}

#[test]
fn no_form_stands_for_two_systems_unless_it_is_ambiguous_in_both() {
    let mut owners: BTreeMap<Vec<String>, Vec<(&str, bool)>> = BTreeMap::new();
    for system in Lexicon::builtin().systems() {
        let mut folded: BTreeMap<Vec<String>, bool> = BTreeMap::new();
        for (form, is_ambiguous) in forms(system) {
            // A spelling that folds to another of the same system is ambiguous only where both are.
            let tokens = fold(form);
            let all = folded.get(&tokens).is_none_or(|known| *known);
            folded.insert(tokens, all && is_ambiguous);
        }
        for (tokens, is_ambiguous) in folded {
            owners.entry(tokens).or_default().push((&system.id, is_ambiguous));
        }
    }
    let is_shared = |owners: &[(&str, bool)]| {
        owners.len() > 1 && owners.iter().any(|(_, is_ambiguous)| !is_ambiguous)
    };
    let faults: Vec<String> = owners
        .iter()
        .filter(|(_, owners)| is_shared(owners))
        .map(|(tokens, owners)| format!("{}: {owners:?}", tokens.join(" ")))
        .collect();
    assert!(faults.is_empty(), "{} forms\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_class_is_of_a_type_of_kiels_and_is_used() {
    let lexicon = Lexicon::builtin();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let systems = lexicon.systems().iter().map(|system| system.class.as_str());
    let nouns = lexicon.materiel().iter().filter_map(|noun| noun.class.as_deref());
    for class in systems.chain(nouns) {
        used.extend(lexicon.class_line(class).iter().map(|class| class.id.as_str()));
        used.extend(lexicon.ammunition_class(class).map(|class| class.id.as_str()));
    }
    for class in lexicon.classes() {
        let kiel = class.kiel.as_deref().unwrap_or("-");
        assert!(KIEL.contains(&kiel), "{}: Kiel's type is \"{kiel}\"", class.id);
        assert!(used.contains(class.id.as_str()), "nothing is of class \"{}\"", class.id);
    }
}

#[test]
fn ammunition_is_of_its_weapons_class_or_the_nearest_one_above() {
    let lexicon = Lexicon::builtin();
    for (class, expected) in [
        ("howitzer-155-sp", Some("howitzer-155-ammunition")),
        ("howitzer-sp", Some("howitzer-ammunition")),
        ("tank", Some("tank-ammunition")),
        ("ifv", Some("armour-ammunition")),
        ("manpads", Some("manpads-ammunition")),
        ("sam-long", Some("air-defence-ammunition")),
        ("pistol", Some("small-arms-ammunition")),
        ("anti-tank-launcher", Some("anti-armour-ammunition")),
        ("patrol-boat", Some("naval-ammunition")),
        ("mlrs-227", Some("mlrs-227-ammunition")),
        ("cruise-missile", Some("cruise-missile")),
        ("small-arms-ammunition", Some("small-arms-ammunition")),
        ("truck", None),
        ("no-class", None),
    ] {
        let found = lexicon.ammunition_class(class).map(|class| class.id.as_str());
        assert_eq!(found, expected, "{class}");
    }
}

//! The lexicon that ships: its size, its references, its forms, and how it meets Kiel's items.

use crate::support::{root, shared};
use aidledger::lexicon::{Class, Lexicon};
use aidledger::mentions::{self, ItemMention};
use aidledger::text::{self, Hint};
use std::fmt::Write as _;
use std::fs;

/// The items that the program finds in an article of this one line.
fn items_of(line: &str) -> Vec<ItemMention> {
    let article = text::read(line.as_bytes(), &Hint::default()).unwrap();
    let segments = text::segment(&article);
    let sentences = mentions::find(Lexicon::builtin(), &article, &segments);
    sentences.into_iter().flat_map(|sentence| sentence.items).collect()
}

/// The class of an item, from its system and its noun.
fn class_of(item: &ItemMention) -> Option<&'static Class> {
    let lexicon = Lexicon::builtin();
    let system = item.system.map(|number| lexicon.system_at(number).class.as_str());
    lexicon.item_class(system, item.class.as_deref(), item.role)
}

/// Kiel's type of what is no thing that is given.
const NO_MATERIEL: &str = "Funding, training, services";

/// A type or an item of Kiel's without the differences of spelling in its list, and without the
/// country in brackets behind it.
fn plain(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let text =
        text.rsplit_once('(').filter(|_| text.ends_with(')')).map_or(&*text, |(bare, _)| bare);
    text.trim().trim_end_matches('s').to_owned()
}

/// Whether a type of ours is one of those that Kiel gives the item; at times it says no more than
/// "Ammunition".
fn is_type(class: &Class, kiel: &[String]) -> bool {
    let own = plain(class.kiel.as_deref().unwrap_or_default());
    kiel.iter().any(|kiel| own == *kiel || kiel == "ammunition" && own.starts_with(kiel))
}

#[test]
fn nearly_all_items_of_the_kiel_tracker_get_a_class_of_its_type() {
    let Some(shared) = shared() else {
        println!("nearly_all_items_of_the_kiel_tracker: skipped, there is no ../shared");
        return;
    };
    let path = shared.join("data/gazetteer/kiel_items.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let (mut all, mut found, mut same) = (0, 0, 0);
    let mut misses = String::new();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for record in records.iter().filter(|record| record[1] != *NO_MATERIEL) {
        let name = &record[0];
        // Kiel gives some items one type in one donor's rows and another in another's.
        let same_item = records.iter().filter(|other| plain(&other[0]) == plain(name));
        let kiel: Vec<String> = same_item.map(|other| plain(&other[1])).collect();
        all += 1;
        // Some lines name two things, for which Kiel has one type.
        let classes: Vec<&Class> = items_of(name).iter().filter_map(class_of).collect();
        found += usize::from(!classes.is_empty());
        if classes.iter().any(|class| is_type(class, &kiel)) {
            same += 1;
        } else {
            let own: Vec<&str> = classes.iter().map(|class| class.id.as_str()).collect();
            writeln!(misses, "{name}: {own:?}, in Kiel {}", &record[1]).unwrap();
        }
    }
    println!("{misses}{found} of {all} items get a class; {same} of these have Kiel's type");
    assert!(found * 100 >= all * 97, "{found} of {all} items get a class, expected 97%");
    assert!(same * 100 >= found * 95, "{same} of {found} have Kiel's type, expected 95%");
}

#[test]
fn ambiguous_forms_count_only_with_their_context() {
    let lexicon = Lexicon::builtin();
    let text = fs::read_to_string(root().join("fixtures/phrases/ambiguous.tsv")).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
    assert!(lines.len() >= 120, "{} sentences, expected 120", lines.len());
    let mut faults = Vec::new();
    for line in lines {
        let [_form, expected, sentence] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("\"{line}\", expected form, system, sentence");
        };
        let items = items_of(sentence);
        let found: Vec<&str> = items
            .iter()
            .filter_map(|item| item.system)
            .map(|number| lexicon.system_at(number).id.as_str())
            .collect();
        if if expected == "-" { !found.is_empty() } else { !found.contains(&expected) } {
            faults.push(format!("{line}\t{found:?}"));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

//! Loading: what ships loads, a user's tables add to it, and every fault names its place.

use super::load::SYSTEMS;
use super::{BUILTIN, Cue, Grade, Label, Lexicon, Role, Table};

#[test]
fn the_lexicon_that_ships_loads() {
    if let Err(error) = Lexicon::load(&BUILTIN) {
        panic!("{error}");
    }
}

#[test]
fn a_users_line_replaces_the_line_of_its_id_and_others_are_added() {
    let text = "id\tclass\torigin\tname\tforms\tsource\n\
                zz-gun\thowitzer\tXX\tZZ gun\t-\tme\n\
                stinger\tmanpads\tXX\tMy Stinger\t-\tme\n";
    let lexicon = Lexicon::with_own(&[Table::own("systems.tsv", "x.tsv", text)]).unwrap();
    let names = |id: &str| -> Vec<&str> {
        let of_id = lexicon.systems().iter().filter(|system| system.id == id);
        of_id.map(|system| system.name.as_str()).collect()
    };
    assert_eq!((names("stinger"), names("zz-gun")), (vec!["My Stinger"], vec!["ZZ gun"]));
    assert_eq!(lexicon.systems().len(), Lexicon::builtin().systems().len() + 1);
    assert!(lexicon.systems().is_sorted_by_key(|system| &system.id));
    assert_ne!(lexicon.fingerprint(), Lexicon::builtin().fingerprint());
}

#[test]
fn every_fault_of_a_table_says_what_was_found_and_what_was_expected() {
    let systems = "id\tclass\torigin\tname\tforms\tsource\n";
    for (name, text, fault) in [
        (
            "systems.tsv",
            "id\tclass\n",
            "1: \"id\tclass\", expected the columns id, class, origin, name, forms, source, separated by tabs",
        ),
        ("systems.tsv", "a\tb\n", "2: 2 cells, expected 6 separated by tabs"),
        ("systems.tsv", "a\tb\t-\tA\t-\tme\n", "2: class \"b\", expected an id of classes.tsv"),
        (
            "systems.tsv",
            "a\ttank\t-\tA\t-\tme\n\na\ttank\t-\tB\t-\tme\n",
            "4: \"a\" stands in line 2 too, expected one line of it",
        ),
        ("systems.tsv", "a\ttank\t-\t-\t-\tme\n", "2: no name, expected the designation of \"a\""),
        (
            "classes.tsv",
            "a\tb\t-\t-\tA\nb\ta\t-\t-\tB\n",
            "3: parent \"a\", expected a class not below it",
        ),
        ("classes.tsv", "a\t-\t-\tb\tA\n", "2: ammunition \"b\", expected a class id"),
        (
            "materiel.tsv",
            "x\ttank\tthing\t-\n",
            "2: \"thing\": expected one of item, head, vague, ammunition, part, unit, modifier",
        ),
        (
            "currencies.tsv",
            "XXX\tsign\tx\n",
            "2: \"sign\", expected code, name, symbol, of, greatest",
        ),
    ] {
        let header = BUILTIN.iter().find(|table| table.name == name).unwrap().text;
        let header = header.lines().find(|line| !line.starts_with('#')).unwrap();
        let own =
            if fault.starts_with('1') { text.to_owned() } else { format!("{header}\n{text}") };
        let error = Lexicon::with_own(&[Table::own(name, "own.tsv", &own)]).unwrap_err();
        assert_eq!(error.to_string(), format!("own.tsv:{fault}"), "{text}");
    }
    let twice = format!("{systems}b\ttank\t-\tB\t-\tme\nb\ttank\t-\tB\t-\tme\n");
    let unsorted = format!("{systems}b\ttank\t-\tB\t-\tme\na\ttank\t-\tA\t-\tme\n");
    for (text, fault) in [(twice, "stands twice"), (unsorted, "expected bytewise order")] {
        let table = SYSTEMS.join(std::iter::once(Table::shipped("systems.tsv", &text)));
        let error = table.unwrap_err().to_string();
        assert!(error.starts_with("systems.tsv:3: ") && error.contains(fault), "{error}");
    }
}

#[test]
fn a_fault_names_file_and_line() {
    let text = "id\tparent\tkiel\tammunition\tname\na\tb\t-\t-\tA\n";
    let error = Lexicon::load(&[Table::shipped("classes.tsv", text)]).unwrap_err();
    assert_eq!(error.to_string(), "classes.tsv:2: parent \"b\", expected a class id");
}

#[test]
fn each_unit_has_one_name() {
    let lexicon = Lexicon::builtin();
    for (word, name) in [
        ("round", Some("rounds")),
        ("Rounds", Some("rounds")),
        ("metric tons", Some("tonnes")),
        ("ton", Some("tons")),
        ("pcs", None),
        ("pieces", None),
    ] {
        assert_eq!(lexicon.unit_name(word).as_deref(), name, "{word}");
    }
    for unit in lexicon.materiel().iter().filter(|noun| noun.role == Role::Unit) {
        let name = lexicon.unit_name(&unit.form);
        assert_ne!(name.as_ref(), Some(&unit.form), "expected a line of units.tsv");
    }
}

#[test]
fn each_graded_value_has_a_name_and_each_name_a_form() {
    let cues = &Lexicon::builtin().cues;
    for grade in Grade::ALL {
        assert!(cues.iter().any(|cue| grade.is_of(cue)), "{grade:?} is the grade of no form");
    }
    // Of all verbs 1 says the same, and pronouns are graded by how many states they count.
    let graded =
        |label| label != Label::It && Grade::ALL.iter().any(|grade| grade.line().0 == label);
    let named = |cue: &Cue| Grade::ALL.iter().any(|grade| grade.is_of(cue));
    let verb = |cue: &Cue| cue.label.as_str().starts_with("verb.") && cue.value == Some(1.into());
    for cue in cues.iter().filter(|cue| cue.value.is_some() && graded(cue.label)) {
        assert!(named(cue) || verb(cue), "{} {:?}", cue.label.as_str(), cue.value);
    }
}

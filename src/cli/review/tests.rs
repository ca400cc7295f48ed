//! Reviews with scripted keys, on a ledger in memory and without a terminal.

use super::session::Session;
use super::terminal::{Key, Keys, Line};
use crate::cli::failure::Outcome;
use crate::cli::screen::Screen;
use crate::extraction;
use crate::ledger::{Access, Ledger, Order, Person, Policy};
use crate::lexicon::Lexicon;
use crate::model::{Confidence, Filter, PackageId};
use crate::report::figures::amount_text;
use crate::text::{Hint, read};
use anyhow::{Result, bail};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// Keys and lines as a person would type them: a letter a key, `<...>` a line.
struct Script(VecDeque<String>);

impl Script {
    fn new(text: &str) -> Self {
        let mut typed = VecDeque::new();
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let (one, after) = match rest.strip_prefix('<').and_then(|line| line.split_once('>')) {
                Some((line, after)) => (format!("<{line}"), after),
                None => (letter.to_string(), &rest[letter.len_utf8()..]),
            };
            typed.push_back(one);
            rest = after;
        }
        Self(typed)
    }
}

impl Keys for Script {
    fn listen(&mut self) -> Result<()> {
        Ok(())
    }

    fn key(&mut self) -> Result<Key> {
        match self.0.pop_front().as_deref() {
            Some("^") => Ok(Key::Interrupt),
            Some("\u{1b}") => Ok(Key::Escape),
            Some(one) if !one.starts_with('<') => Ok(Key::Char(one.chars().next().unwrap())),
            other => bail!("a key was asked for, the script has {other:?}"),
        }
    }

    fn line(&mut self) -> Result<Line> {
        let next = self.0.pop_front();
        match (next.as_deref(), next.as_deref().and_then(|one| one.strip_prefix('<'))) {
            (_, Some(line)) => Ok(Line::Text(line.to_owned())),
            (Some("\u{1b}"), None) => Ok(Line::Cancelled),
            (Some("^"), None) => Ok(Line::Interrupt),
            (other, None) => bail!("a line was asked for, the script has {other:?}"),
        }
    }

    fn forget(&mut self) -> Result<()> {
        Ok(())
    }
}

/// What was written, for looking at afterwards.
#[derive(Clone, Default)]
struct Sheet(Arc<Mutex<Vec<u8>>>);

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A ledger in which P1, P2 and P3 wait; P3 may be P2.
fn ledger() -> Ledger {
    filled(Ledger::in_memory().unwrap())
}

fn filled(mut ledger: Ledger) -> Ledger {
    let lexicon = Lexicon::builtin();
    for (sum, day) in [("60", "2022-06-10"), ("400", "2022-11-11"), ("400", "2022-11-17")] {
        let text = format!(
            "TITLE: US announces new military aid for Ukraine\nDATE: {day}\n\nThe United States on \
             Thursday announced a new package of military aid for Ukraine worth ${sum} million, \
             drawn from the stocks of the Department of Defense.\n"
        );
        let article = read(text.as_bytes(), &Hint::default()).unwrap();
        let extraction = extraction::read_claims(lexicon, &article);
        assert_eq!(extraction.claims.len(), 1);
        let policy = Policy { accept_from: Confidence(1000) };
        let now = "2022-12-01T00:00:00Z";
        ledger.record(text.as_bytes(), &article, &extraction, policy, now).unwrap();
    }
    ledger
}

/// Reviews all that waits and gives how it ended and what was shown.
fn review(ledger: &mut Ledger, script: &str) -> (Outcome, String) {
    let mut keys = Script::new(script);
    let reviewed = review_with(ledger, &mut keys);
    assert!(keys.0.is_empty(), "not typed: {:?}", keys.0);
    reviewed
}

fn review_with(ledger: &mut Ledger, keys: &mut dyn Keys) -> (Outcome, String) {
    let waiting = ledger.waiting(&Filter::default()).unwrap();
    let person = Person { by: "ann".to_owned(), reason: None };
    let sheet = Sheet::default();
    let mut screen = Screen::into(Box::new(sheet.clone()));
    let outcome = Session::new(ledger, &person, keys, &mut screen, waiting).run().unwrap();
    drop(screen);
    let shown = String::from_utf8(sheet.0.lock().unwrap().clone()).unwrap();
    assert_eq!(ledger.verify().unwrap().problems, Vec::<String>::new());
    (outcome, shown)
}

fn standings(ledger: &Ledger) -> [&'static str; 3] {
    [1, 2, 3]
        .map(|number| ledger.package(PackageId(number)).unwrap().unwrap().package.standing.as_str())
}

#[test]
fn one_key_decides_and_the_sentence_stands_beside_the_fields() {
    let mut ledger = ledger();
    let (outcome, shown) = review(&mut ledger, "arsq");
    assert_eq!(outcome, Outcome::Done);
    assert_eq!(standings(&ledger), ["accepted", "rejected", "pending"]);
    for text in [
        "1 of 3, confidence 0.",
        "P1  US to UA  60 million USD\n  pending: confidence 0.",
        "[$60 million], drawn [from the stocks",
        "amount     60 million USD",
        "may be  P2  2022-11-10  US to UA  400 million USD  PDA  rejected\n",
        "[s]ame as P2  [n]ot P2  same as an[o]ther",
        "P2: found a rejected package, expected a package that is pending or accepted",
    ] {
        assert!(shown.contains(text), "{text}\n{shown}");
    }
}

#[test]
fn the_same_and_not_the_same_are_one_key_each() {
    let mut one = ledger();
    let (_, shown) = review(&mut one, "kas");
    assert_eq!(standings(&one), ["pending", "accepted", "merged"]);
    assert!(shown.ends_with("2 decisions saved, 1 skipped, 1 still wait\n"), "{shown}");
    let mut two = ledger();
    review(&mut two, "kkn");
    assert_eq!(standings(&two), ["pending", "pending", "accepted"]);
    // Another one than the package that it may be; what is no number is said, and asked again.
    let mut other = ledger();
    let (_, shown) = review(&mut other, "kko<twelve>o<>o<P1>");
    assert_eq!(standings(&other), ["pending", "pending", "merged"]);
    assert!(shown.contains("\"twelve\": expected a package number such as P12\n"), "{shown}");
}

#[test]
fn a_field_is_set_in_its_place_and_read_as_amend_reads_it() {
    let mut ledger = ledger();
    let script = "ea<6O million>ea<up to 50 million USD><their own list>es<contracted><>aq";
    let (_, shown) = review(&mut ledger, script);
    assert!(shown.contains("--amount: \"6O million\": no currency: expected an amount such as"));
    assert!(shown.contains("  amount     60 million USD → up to 50 million USD\n"), "{shown}");
    let detail = ledger.package(PackageId(1)).unwrap().unwrap();
    assert_eq!(amount_text(&detail.package.amount.unwrap()), "up to 50 million USD");
    assert_eq!(standings(&ledger), ["accepted", "pending", "pending"]);
    let steps = ledger.history(PackageId(1)).unwrap().unwrap();
    let reasons: Vec<_> = steps[1..].iter().map(|step| step.reason.as_deref()).collect();
    assert_eq!(reasons, [Some("their own list"), Some("set in review"), None]);
}

#[test]
fn a_question_can_be_left_without_an_answer_and_a_key_that_means_nothing_changes_nothing() {
    for script in ["ea\u{1b}q", "e\u{1b}q", "ea<5 million USD>\u{1b}q", "exq", "s\u{1b}q"] {
        let mut ledger = ledger();
        let (outcome, shown) = review(&mut ledger, script);
        assert_eq!(outcome, Outcome::Done);
        assert!(shown.ends_with("0 decisions saved, 0 skipped, 3 still wait\n"), "{shown}");
    }
    for script in ["e^", "ea^", "ea<5 million USD>^", "s^"] {
        let (outcome, shown) = review(&mut ledger(), script);
        assert_eq!(outcome, Outcome::Interrupted);
        assert!(shown.ends_with("0 decisions saved, 0 skipped, 3 still wait\n"), "{shown}");
    }
}

#[test]
fn undo_goes_back_to_the_package_and_no_further_than_the_review() {
    let mut ledger = ledger();
    let (_, shown) = review(&mut ledger, "uaruuuq");
    assert_eq!(standings(&ledger), ["pending", "pending", "pending"]);
    assert_eq!(shown.matches("nothing was decided in this review").count(), 2, "{shown}");
    assert_eq!(shown.matches("1 of 3, ").count(), 2, "{shown}");
    assert!(shown.ends_with("0 decisions saved, 0 skipped, 3 still wait\n"), "{shown}");
}

/// A script during which, at `@`, somebody else decides on the same ledger.
struct Meddled(Script, PathBuf);

impl Keys for Meddled {
    fn listen(&mut self) -> Result<()> {
        Ok(())
    }

    fn key(&mut self) -> Result<Key> {
        let key = self.0.key()?;
        if key != Key::Char('@') {
            return Ok(key);
        }
        let mut ledger = Ledger::open(&self.1, Access::Write)?;
        let bob = Person { by: "bob".to_owned(), reason: None };
        ledger.rule(&Order::Void(vec![PackageId(1)]), &bob, "2022-12-01T08:00:00Z")?;
        self.0.key()
    }

    fn line(&mut self) -> Result<Line> {
        self.0.line()
    }

    fn forget(&mut self) -> Result<()> {
        self.0.forget()
    }
}

#[test]
fn undo_in_a_review_leaves_what_somebody_else_decided_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut ledger = filled(Ledger::open(&path, Access::Create).unwrap());
    let mut keys = Meddled(Script::new("a@uq"), path);
    let (_, shown) = review_with(&mut ledger, &mut keys);
    assert_eq!(standings(&ledger), ["void", "pending", "pending"]);
    assert!(shown.contains(", which was decided after it, expected the last decision"), "{shown}");
    assert!(shown.ends_with("1 decision saved, 0 skipped, 2 still wait\n"), "{shown}");
}

#[test]
fn leaving_keeps_what_was_decided() {
    for (script, expected) in
        [("a^", Outcome::Interrupted), ("a\u{1b}", Outcome::Done), ("ax?hq", Outcome::Done)]
    {
        let mut ledger = ledger();
        let (outcome, shown) = review(&mut ledger, script);
        assert_eq!(outcome, expected);
        assert_eq!(standings(&ledger), ["accepted", "pending", "pending"]);
        assert!(shown.ends_with("1 decision saved, 0 skipped, 2 still wait\n"), "{shown}");
    }
}

//! A review in a terminal that is killed or closed: what was decided is saved, and nothing half.

use crate::support::{ARTICLE, Place, binary};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A ledger in which P1, P2 and P3 wait.
fn waiting() -> Place {
    let place = Place::new();
    for (name, sum, day) in [("a", "60", "06-10"), ("b", "275", "08-11"), ("c", "400", "11-17")] {
        let text = ARTICLE.replace("$400", &format!("${sum}")).replace("11-11", day);
        place.file(&format!("{name}.txt"), text);
    }
    place.run("add -q --accept-above 1 a.txt b.txt c.txt").ends(0);
    assert_eq!(standings(&place), ["pending", "pending", "pending"]);
    place
}

fn standings(place: &Place) -> Vec<String> {
    let out = place.run("list --format ndjson --standing all").ends(0).out;
    let rows = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    rows.map(|row| row["standing"].as_str().unwrap().to_owned()).collect()
}

fn entries(place: &Place) -> usize {
    place.run("log --format ndjson").ends(0).out.lines().count()
}

/// How long a review may be silent, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(60);

/// How a review ended; one that does not end fails the test by name.
fn end_of(child: &mut Child) -> ExitStatus {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if began.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("the review goes on {PATIENCE:?} after it should have ended");
        }
        sleep(Duration::from_millis(10));
    }
}

/// A review in a terminal of its own.
struct Review {
    child: Child,
    terminal: File,
    /// Our hold of the review's end: while it is open, what a review said as it ended can still be read.
    _end: File,
    shown: String,
}

impl Review {
    fn new(place: &Place) -> Self {
        let terminal =
            openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&terminal).unwrap();
        unlockpt(&terminal).unwrap();
        let name = ptsname(&terminal, Vec::new()).unwrap().into_string().unwrap();
        let end = || OpenOptions::new().read(true).write(true).open(&name).unwrap();
        let ours = binary();
        // It is the terminal of the process, so that the system tells when it is closed.
        let mut command = Command::new("setsid");
        command.arg("--ctty").arg(ours.get_program()).args(["review", "--by", "ann"]);
        for (name, value) in ours.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.current_dir(place.path()).stdin(end()).stdout(end()).stderr(end());
        let child = command.spawn().unwrap();
        Self { child, terminal: File::from(terminal), _end: end(), shown: String::new() }
    }

    /// Reads what is shown until these words come, and forgets what stood before them. Words that do
    /// not come fail the test by name.
    fn waits_for(&mut self, words: &str) -> &mut Self {
        let mut bytes = [0; 4096];
        while !self.shown.contains(words) {
            let mut terminal = [PollFd::new(&self.terminal, PollFlags::IN)];
            let limit = Timespec { tv_sec: PATIENCE.as_secs().cast_signed(), tv_nsec: 0 };
            if poll(&mut terminal, Some(&limit)).unwrap() == 0 {
                self.child.kill().unwrap();
                panic!("nothing for {PATIENCE:?}, expected \"{words}\" after: {}", self.shown);
            }
            let count = self.terminal.read(&mut bytes).unwrap();
            assert!(count > 0, "{}", self.shown);
            self.shown += &String::from_utf8_lossy(&bytes[..count]);
        }
        self.shown = self.shown.split_once(words).unwrap().1.to_owned();
        self
    }

    fn types(&mut self, keys: &str) -> &mut Self {
        self.terminal.write_all(keys.as_bytes()).unwrap();
        self
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The person closes the window.
    fn close(self) {
        let Self { mut child, terminal, .. } = self;
        drop(terminal);
        assert!(!end_of(&mut child).success());
    }
}

const PROMPT: &str = "[?] ";

#[test]
fn what_was_decided_in_a_review_that_is_killed_is_saved() {
    let place = waiting();
    let before = entries(&place);
    let mut review = Review::new(&place);
    review.waits_for(PROMPT).types("a").waits_for("Recorded as entry ").waits_for(PROMPT);
    review.types("r").waits_for("Recorded as entry ").waits_for(PROMPT);
    review.kill();
    assert_eq!(standings(&place), ["accepted", "rejected", "pending"]);
    assert_eq!(entries(&place), before + 2);
    place.run("verify").ends(0);
    // The next one goes on where it ended.
    let mut review = Review::new(&place);
    review.waits_for("1 of 1").waits_for(PROMPT).types("q").waits_for("1 still wait");
    assert!(end_of(&mut review.child).success());
}

#[test]
fn a_decision_is_whole_or_not_at_all_where_the_kill_comes_right_after_the_key() {
    for _ in 0..3 {
        let place = waiting();
        let before = entries(&place);
        let mut review = Review::new(&place);
        review.waits_for(PROMPT).types("a");
        review.kill();
        let decided = entries(&place) - before;
        let first = if decided == 1 { "accepted" } else { "pending" };
        assert!(decided <= 1);
        assert_eq!(standings(&place), [first, "pending", "pending"]);
        place.run("verify").ends(0);
    }
}

#[test]
fn nothing_of_a_field_that_is_still_being_typed_is_recorded() {
    let place = waiting();
    let before = entries(&place);
    let mut review = Review::new(&place);
    review.waits_for(PROMPT).types("e").waits_for("set [a] amount");
    review.types("a").waits_for("amount, or none: ").types("5 million");
    review.kill();
    assert_eq!((standings(&place)[0].as_str(), entries(&place)), ("pending", before));
    place.run("verify").ends(0);
}

#[test]
fn what_was_typed_ahead_of_a_field_that_is_refused_decides_nothing() {
    for typed in ["ea6O million\nrar", "exarr", "stwelve\nrar"] {
        let place = waiting();
        let before = entries(&place);
        let mut review = Review::new(&place);
        review.waits_for(PROMPT).types(typed).waits_for("expected").waits_for(PROMPT);
        // Nothing waits behind the prompt either.
        review.types("q").waits_for("0 decisions saved, 0 skipped, 3 still wait");
        assert!(end_of(&mut review.child).success());
        assert_eq!(entries(&place), before, "{typed}");
    }
}

#[test]
fn a_line_is_mended_while_it_is_typed_and_escape_leaves_it() {
    let place = waiting();
    let mut review = Review::new(&place);
    review.waits_for(PROMPT).types("ea").waits_for("amount, or none: ").types("5 million\u{1b}");
    review.waits_for(PROMPT).types("ea").waits_for("amount, or none: ");
    review.types("x\u{15}5O\u{7f}0 million USD\r").waits_for("why: ").types("their list\n");
    review.waits_for("60 million USD → 50 million USD").waits_for(PROMPT);
    review.types("ea").waits_for("amount, or none: ").types("\u{3}").waits_for("1 decision saved");
    assert_eq!(end_of(&mut review.child).code(), Some(130));
    assert_eq!(standings(&place), ["pending", "pending", "pending"]);
    place.run("verify").ends(0);
}

#[test]
fn a_review_ends_with_its_terminal_and_keeps_what_was_decided() {
    let place = waiting();
    let mut review = Review::new(&place);
    review.waits_for(PROMPT).types("a").waits_for("Recorded as entry ").waits_for(PROMPT);
    review.close();
    assert_eq!(standings(&place), ["accepted", "pending", "pending"]);
    place.run("verify").ends(0);
    place.run("accept P2").ends(0);
}

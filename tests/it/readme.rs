//! Keeps the README true: its set-up commands, and every command with the output that it shows.

use crate::support::{binary, check_golden, is_updating, root};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// The beginnings of the lines that are run.
const PROMPT: &str = "$ aidledger";

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

#[test]
#[cfg(unix)]
fn every_command_of_the_readme_prints_what_the_readme_shows() {
    let folder = TempDir::new().unwrap();
    std::os::unix::fs::symlink(root().join("fixtures"), folder.path().join("fixtures")).unwrap();
    let text = readme();
    let mut out = String::new();
    let mut is_console = false;
    let mut is_output = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_console = line == "```console";
            is_output = false;
        }
        if is_console && line.starts_with(PROMPT) {
            out.push_str(line);
            out.push('\n');
            out.push_str(&run(line, folder.path()));
            is_output = true;
        } else if !is_output {
            out.push_str(line);
            out.push('\n');
        }
    }
    check_golden(&root().join("README.md"), &out);
}

/// What the command prints, errors after data, with what differs from run to run made equal.
fn run(line: &str, folder: &Path) -> String {
    let binary = binary();
    let programs = Path::new(binary.get_program()).parent().unwrap().to_owned();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-c", line.trim_start_matches("$ ")])
        .current_dir(folder)
        .env("PATH", path)
        .env("COLUMNS", "100")
        .env("USER", "you")
        .env_remove("AIDLEDGER_FILE")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    masked(&String::from_utf8(text).unwrap())
}

/// Hashes and moments are those of no particular run.
fn masked(text: &str) -> String {
    let is_word = |character: char| character.is_ascii_alphanumeric() || "-:".contains(character);
    let mut out = String::new();
    for piece in text.split_inclusive(|character| !is_word(character)) {
        let word = piece.trim_end_matches(|character| !is_word(character));
        let is_hash = matches!(word.len(), 12 | 64)
            && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            // A sum of money may have as many digits; one hash in 300 has no letter.
            && !word.ends_with("00000");
        let is_moment = word.len() == 20 && word.ends_with('Z') && word.as_bytes()[10] == b'T';
        if is_hash {
            out.push_str(&"5f2c9d8e7a61".repeat(6)[..word.len()]);
        } else if is_moment {
            out.push_str("2026-11-22T12:00:00Z");
        } else {
            out.push_str(word);
        }
        out.push_str(&piece[word.len()..]);
    }
    // A report says the moment in words.
    let moment = out.lines().find_map(|line| line.strip_prefix("as of journal entry "));
    let moment =
        moment.and_then(|line| line.split_once(" of ")).map(|(_, moment)| moment.to_owned());
    moment.map_or(out.clone(), |moment| out.replace(&moment, "22 November 2026, 12:00 UTC"))
}

#[test]
fn two_commands_do_all_the_set_up() {
    let text = readme();
    let block = text.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let commands: Vec<&str> =
        block.lines().map(|line| line.split('#').next().unwrap().trim()).collect();
    assert_eq!(commands, ["cargo run --release -- add fixtures/articles", "cargo test"]);
}

#[test]
fn every_command_and_every_format_is_in_the_readme() {
    if is_updating() {
        return;
    }
    let text = readme();
    let help = String::from_utf8(binary().arg("--help").output().unwrap().stdout).unwrap();
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    // A description may go on in further lines, which are set in deeper.
    for line in commands.lines().filter(|line| !line.starts_with("   ")) {
        let command = line.split_whitespace().next().unwrap();
        if command != "help" {
            assert!(text.contains(&format!("aidledger {command}")), "the README lacks {command}");
        }
    }
    for format in aidledger::report::Format::ALL {
        assert!(text.contains(&format!("`{format}`")), "the README lacks the format {format}");
    }
}

//! Keeps the shape of the source: layers, where SQL and printing may stand, length of files.

use crate::support::root;
use std::fs;
use std::path::{Path, PathBuf};

/// What each layer may use besides itself: the table of ARCHITECTURE.md.
const LAYERS: [(&str, &[&str]); 11] = [
    ("model", &[]),
    ("lexicon", &["model"]),
    ("text", &["model", "lexicon"]),
    ("mentions", &["model", "lexicon", "text"]),
    ("extraction", &["model", "lexicon", "text", "mentions"]),
    ("sheets", &["model", "lexicon", "text", "mentions"]),
    ("ledger", &["model"]),
    ("rates", &["model"]),
    ("web", &["model"]),
    ("report", &["model"]),
    (
        "cli",
        &[
            "model",
            "lexicon",
            "text",
            "mentions",
            "extraction",
            "sheets",
            "ledger",
            "rates",
            "web",
            "report",
        ],
    ),
];

const LINES: usize = 400;

struct Source {
    path: PathBuf,
    layer: String,
    text: String,
    /// The text without line comments.
    code: String,
}

fn sources(folder: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    collect(&root().join(folder), &mut sources);
    assert!(!sources.is_empty(), "{folder} holds no source");
    sources
}

fn collect(folder: &Path, sources: &mut Vec<Source>) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let within = path.strip_prefix(root().join("src")).unwrap_or(&path);
            let layer = within.iter().next().unwrap().to_string_lossy().into_owned();
            let code = text
                .lines()
                .map(|line| if line.trim_start().starts_with("//") { "" } else { line })
                .collect::<Vec<_>>()
                .join("\n");
            sources.push(Source { path, layer, text, code });
        }
    }
}

#[test]
fn each_layer_uses_only_those_above_it() {
    let mut faults = Vec::new();
    for source in sources("src") {
        let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == source.layer) else {
            continue;
        };
        for used in crate_paths(&source.code) {
            let is_layer = LAYERS.iter().any(|(layer, _)| *layer == used);
            if is_layer && used != source.layer && !allowed.contains(&used.as_str()) {
                faults.push(format!("{}: uses {used}", source.path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The modules that the code names after `crate::`, alone or in braces.
fn crate_paths(code: &str) -> Vec<String> {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let name = |text: &str| text.trim_start().chars().take_while(|c| is_name(*c)).collect();
    let mut names = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        let rest = &code[at + found.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut is_head = true;
            for (index, character) in group.char_indices() {
                if depth == 0 && is_head && is_name(character) {
                    names.push(name(&group[index..]));
                    is_head = false;
                }
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => is_head = true,
                    _ => {}
                }
            }
        } else {
            names.push(name(rest));
        }
    }
    names
}

#[test]
fn names_after_crate_are_found_alone_and_in_braces() {
    let code = "use crate::model::Span; use crate::{text, ledger::{Access, Ledger}, report};";
    assert_eq!(crate_paths(code), ["model", "text", "ledger", "report"]);
}

#[test]
fn the_layers_of_the_architecture_document_are_those_of_the_test() {
    let document = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for (layer, allowed) in LAYERS {
        let allowed = if allowed.is_empty() {
            "nothing".to_owned()
        } else {
            allowed.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let row = format!("| `{layer}` | {allowed} |");
        assert!(document.contains(&row), "ARCHITECTURE.md lacks the row {row}");
    }
}

#[test]
fn sql_stands_only_in_the_ledger() {
    let words = ["SELECT ", "INSERT INTO", "CREATE TABLE", "DELETE FROM", "PRAGMA ", "rusqlite"];
    let mut faults = Vec::new();
    for source in sources("src").into_iter().filter(|source| source.layer != "ledger") {
        for (number, line) in source.code.lines().enumerate() {
            if words.iter().any(|word| line.contains(word)) {
                faults.push(format!("{}:{}: {line}", source.path.display(), number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_command_line_prints() {
    let words = ["println!", "print!", "dbg!", "io::stdout", "io::stderr"];
    let mut faults = Vec::new();
    for source in sources("src").into_iter().filter(|source| source.layer != "cli") {
        for (number, line) in source.code.lines().enumerate() {
            if words.iter().any(|word| line.contains(word)) {
                faults.push(format!("{}:{}: {line}", source.path.display(), number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_is_short_and_says_what_it_is_for() {
    let mut faults = Vec::new();
    for source in sources("src").into_iter().chain(sources("tests")) {
        let lines = source.text.lines().count();
        if lines > LINES {
            faults.push(format!("{}: {lines} lines, at most {LINES}", source.path.display()));
        }
        let is_test_part = source.path.ends_with("main.rs")
            || source
                .path
                .file_stem()
                .is_some_and(|stem| stem.to_string_lossy().ends_with("tests"));
        if !source.text.starts_with("//!") && !is_test_part {
            faults.push(format!("{}: has no //! header", source.path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

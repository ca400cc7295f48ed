//! Runs the binary in a folder of its own, and compares outputs with their goldens.

use aidledger::extraction;
use aidledger::lexicon::Lexicon;
use aidledger::mentions::{self, Sentence};
use aidledger::model::{Article, Extraction};
use aidledger::text::{self, Hint};
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Everything that is read from one article.
pub(crate) struct Reading {
    pub(crate) article: Article,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) extraction: Extraction,
}

impl Reading {
    /// Reads the bytes of an article with the lexicon that ships.
    pub(crate) fn of(bytes: &[u8], hint: &Hint<'_>) -> Self {
        let article = text::read(bytes, hint).unwrap();
        let lexicon = Lexicon::builtin();
        let segments = text::segment(&article);
        let sentences = mentions::find(lexicon, &article, &segments);
        let extraction = extraction::extract(lexicon, &article, &sentences);
        Self { article, sentences, extraction }
    }
}

/// The project's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The materials that are not part of the project, where they are at hand.
pub(crate) fn shared() -> Option<PathBuf> {
    let mut folder = root();
    // A work tree may lie beside the project or inside it.
    for _ in 0..3 {
        folder = folder.parent()?;
        let shared = folder.join("shared");
        if shared.join("dev/score.py").is_file() {
            return Some(shared);
        }
    }
    None
}

/// The binary, with nothing of the caller's environment that would change its output.
pub(crate) fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aidledger"));
    let of_output = ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"];
    let of_input =
        ["AIDLEDGER_FILE", "AIDLEDGER_LEXICON", "ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY"];
    for name in
        of_output.iter().chain(&of_input).flat_map(|name| [(*name).to_owned(), name.to_lowercase()])
    {
        command.env_remove(name);
    }
    command.env("USER", "tester").env("TERM", "xterm");
    command
}

/// A folder in which commands run.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Runs the binary with these arguments, set apart by blanks; `'...'` keeps blanks.
    pub(crate) fn run(&self, arguments: &str) -> Ran {
        self.run_with(arguments, "", &[])
    }

    pub(crate) fn run_with(&self, arguments: &str, input: &str, env: &[(&str, &str)]) -> Ran {
        let mut child = binary()
            .args(split(arguments))
            .envs(env.iter().copied())
            .current_dir(self.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that ends without reading its input closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Ran::new(child.wait_with_output().unwrap())
    }
}

/// How a command ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn new(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Asserts the exit code and gives what was printed.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// Asserts that exactly this was said on stderr.
    #[track_caller]
    pub(crate) fn says(self, err: &str) -> Self {
        assert_eq!(self.err.trim_end(), err.trim_end());
        self
    }
}

/// Arguments as a shell splits them, with single and double quotes only.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in line.chars() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, ' ' | '\n') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

/// Whether goldens are to be written anew.
pub(crate) fn is_updating() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1")
}

/// Compares a text with the golden file; `UPDATE_GOLDEN=1` writes the file anew.
#[track_caller]
pub(crate) fn check_golden(path: &Path, actual: &str) {
    if is_updating() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == actual,
        "{} differs (UPDATE_GOLDEN=1 writes it anew):\n{}",
        path.display(),
        difference(&expected, actual),
    );
}

/// The lines that differ, the golden's with `-` and the new ones with `+`.
fn difference(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let mut out = String::new();
    for index in 0..old.len().max(new.len()) {
        let (before, after) = (old.get(index), new.get(index));
        if before != after {
            for (sign, line) in [('-', before), ('+', after)] {
                if let Some(line) = line {
                    writeln!(out, "{:4} {sign} {line}", index + 1).unwrap();
                }
            }
        }
    }
    out
}

/// An article that tells one package of 400 million dollars.
pub(crate) const ARTICLE: &str = "\
TITLE: US announces new military aid for Ukraine
DATE: 2022-11-11

The United States on Thursday announced a new package of military aid for Ukraine worth $400 \
million, drawn from the stocks of the Department of Defense under a Presidential Drawdown. The \
package includes missiles for Hawk air defence systems and four Avenger air defence systems.
";

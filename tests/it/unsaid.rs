//! Nothing that looks like aid goes unsaid: each sentence by which arms change hands, and each
//! annotated package, leaves a trace: a claim, a stated total, or a gap with its reason.

use crate::support::{Reading, root};
use aidledger::lexicon::{Label, Lexicon, Role};
use aidledger::mentions::ItemMention;
use aidledger::model::Span;
use aidledger::text::{Hint, SegmentKind};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// So many annotated packages of the sets from one letter to another leave no trace where they are
/// told; it may only fall.
const WITHOUT_TRACE: [(char, char, usize); 2] = [('a', 'j', 14), ('k', 'p', 16)];

fn read(path: &Path) -> Reading {
    let bytes = fs::read(path).unwrap();
    let hint = Hint { path: path.to_str(), ..Hint::default() };
    Reading::of(&bytes, &hint)
}

impl Reading {
    /// Where claims, totals and gaps have their words.
    fn traces(&self) -> Vec<Span> {
        let told = &self.extraction;
        let claims = told.claims.iter().flat_map(|claim| &claim.evidence).map(|found| found.span);
        let totals = told.control_totals.iter().map(|total| total.evidence.span);
        let gaps = told.gaps.iter().map(|gap| gap.span);
        claims.chain(totals).chain(gaps).collect()
    }

    /// Whether a claim holds the thing: one package is often told several times.
    fn is_told(&self, thing: &ItemMention) -> bool {
        let system = thing.system.map(|number| &Lexicon::builtin().system_at(number).id);
        let mut items = self.extraction.claims.iter().flat_map(|claim| &claim.items);
        items.any(|item| item.class == thing.class || system == item.system.as_ref())
    }
}

fn articles() -> Vec<PathBuf> {
    let folder = root().join("fixtures/articles");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt" || end == "html"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_sentence_by_which_arms_change_hands_leaves_a_trace() {
    let lexicon = Lexicon::builtin();
    let moves = [Label::Give, Label::Receive, Label::Arrive];
    let (mut silent, mut seen) = (String::new(), 0);
    for path in articles() {
        let reading = read(&path);
        let traces = reading.traces();
        for sentence in &reading.sentences {
            let told = sentence.segment.kind == SegmentKind::Sentence;
            let named = |item: &&ItemMention| {
                item.system.is_some() && matches!(item.role, Role::Item | Role::Head)
            };
            let Some(thing) = sentence.items.iter().find(named) else { continue };
            if !told || !sentence.has_any(&moves, &sentence.all()) {
                continue;
            }
            seen += 1;
            let span = sentence.segment.span;
            let has_one =
                traces.iter().any(|trace| span.start <= trace.start && trace.end <= span.end);
            if !has_one && !reading.is_told(thing) {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let system = thing.system.map(|number| &lexicon.system_at(number).id);
                let words = span.of(&reading.article.text);
                writeln!(silent, "{name}: {system:?}: {words}").unwrap();
            }
        }
    }
    assert!(seen > 300, "only {seen} such sentences in the fixtures");
    assert!(silent.is_empty(), "{silent}");
}

#[test]
fn every_annotated_package_leaves_a_trace_where_it_is_told() {
    let paths = articles();
    for (first, last, most) in WITHOUT_TRACE {
        let (mut silent, mut count) = (String::new(), 0);
        for set in first..=last {
            let gold = root().join(format!("fixtures/gold-{set}.jsonl"));
            for line in fs::read_to_string(gold).unwrap().lines() {
                for package in without_trace(&paths, line) {
                    count += 1;
                    writeln!(silent, "{package}").unwrap();
                }
            }
        }
        assert!(count <= most, "{first} to {last}: {count} leave none:\n{silent}");
    }
}

/// The annotated packages of an article for which nothing stands.
fn without_trace(paths: &[PathBuf], line: &str) -> Vec<String> {
    let document: Value = serde_json::from_str(line).unwrap();
    let id = document["id"].as_str().unwrap();
    let path = paths.iter().find(|path| path.file_stem().is_some_and(|stem| stem == id));
    let path = path.unwrap_or_else(|| panic!("{id} is not among the articles"));
    let reading = read(path);
    let traces = reading.traces();
    let packages = document["packages"].as_array().unwrap().iter();
    let silent = packages.filter(|package| {
        let optional = package["optional"].as_bool().unwrap_or(false);
        !optional && package["kind"] == "military" && !leaves_trace(&reading, &traces, package)
    });
    silent.map(|package| format!("{id}: {} {}", package["donors"], package["amount"])).collect()
}

/// Whether something stands for one of the sentences with the sum, the things or the day.
fn leaves_trace(reading: &Reading, traces: &[Span], package: &Value) -> bool {
    let proofs = package["evidence"].as_array().unwrap().iter();
    let quotes = proofs
        .filter(|proof| proof["field"] != "donor")
        .filter_map(|proof| proof["quote"].as_str());
    let mut spans = quotes
        .flat_map(|quote| {
            reading.article.text.match_indices(quote).map(|(start, _)| start).collect::<Vec<_>>()
        })
        .peekable();
    let none = spans.peek().is_none();
    none || spans.any(|start| {
        let sentence = reading.sentences.iter().find(|sentence| start < sentence.segment.span.end);
        sentence.is_some_and(|sentence| {
            let span = sentence.segment.span;
            traces.iter().any(|trace| span.start <= trace.start && trace.end <= span.end)
        })
    })
}

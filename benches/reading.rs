//! How fast articles are read: the sample articles from bytes to claims, and the lexicon's loading.

#![allow(missing_docs, reason = "the macros of criterion make public functions")]

use aidledger::extraction::read_claims;
use aidledger::lexicon::{BUILTIN, Lexicon};
use aidledger::model::Article;
use aidledger::text::{Hint, read, segment};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fs;
use std::hint::black_box;

/// The bytes of the sample articles, in the order of their names.
fn samples() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/articles");
    let entries = fs::read_dir(folder).expect("the sample articles are there");
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt" || end == "html"));
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

fn reading(criterion: &mut Criterion) {
    let samples = samples();
    let bytes: usize = samples.iter().map(Vec::len).sum();
    let article = |sample: &Vec<u8>| read(sample, &Hint::default()).expect("a sample is readable");
    let articles: Vec<Article> = samples.iter().map(article).collect();
    let lexicon = Lexicon::builtin();
    let mut group = criterion.benchmark_group("articles");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("read", |bencher| {
        bencher
            .iter(|| samples.iter().map(article).map(|article| article.text.len()).sum::<usize>());
    });
    group.bench_function("segment", |bencher| {
        bencher.iter(|| articles.iter().map(|article| segment(article).len()).sum::<usize>());
    });
    group.bench_function("claims", |bencher| {
        let claims = |article: &Article| read_claims(lexicon, article).claims.len();
        bencher.iter(|| articles.iter().map(claims).sum::<usize>());
    });
    group.finish();
}

/// A text of one sentence length after another must cost in proportion to its length, also where it
/// has no stop.
fn without_stops(criterion: &mut Criterion) {
    let phrase = "the United States will send 31 Abrams tanks and $400 million to Ukraine, ";
    let mut group = criterion.benchmark_group("no stops");
    group.sample_size(10);
    for length in [25_000_usize, 100_000] {
        let text = phrase.repeat(length / phrase.len());
        let article = read(text.as_bytes(), &Hint::default()).expect("text is readable");
        group.throughput(Throughput::Bytes(length as u64));
        group.bench_function(length.to_string(), |bencher| {
            bencher.iter(|| read_claims(Lexicon::builtin(), &article).claims.len());
        });
    }
    group.finish();
}

fn loading(criterion: &mut Criterion) {
    criterion.bench_function("lexicon", |bencher| {
        bencher.iter(|| Lexicon::load(black_box(&BUILTIN)).expect("it loads"));
    });
}

criterion_group!(benches, reading, without_stops, loading);
criterion_main!(benches);

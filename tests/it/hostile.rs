//! Texts that nobody would publish are read without a panic, in time that grows with their length.

use aidledger::extraction::read_claims;
use aidledger::lexicon::Lexicon;
use aidledger::text::{self, Hint};
use std::time::{Duration, Instant};

/// Far more than a debug build takes, far less than a rule takes that compares all with all.
const LIMIT: Duration = Duration::from_secs(60);

fn is_read_in_time(sentence: &str) {
    let page = format!("Aid\n\nDATE: 11 November 2022\n\n{sentence}");
    let start = Instant::now();
    let article = text::read(page.as_bytes(), &Hint::default()).unwrap();
    let extraction = read_claims(Lexicon::builtin(), &article);
    for evidence in extraction.claims.iter().flat_map(|claim| &claim.evidence) {
        assert_eq!(evidence.span.of(&article.text), evidence.quote);
    }
    assert!(start.elapsed() < LIMIT, "{:?} for {:.60}", start.elapsed(), sentence);
}

fn row(count: usize, separator: &str, piece: impl Fn(usize) -> String) -> String {
    (1..=count).map(piece).collect::<Vec<_>>().join(separator)
}

#[test]
fn a_line_with_thousands_of_actors_sums_or_items_is_read_in_time() {
    is_read_in_time(&row(2000, "; ", |n| format!("Germany gave Ukraine ${n} million")));
    is_read_in_time(&row(5000, " and ", |_| "Germany to Ukraine".to_owned()));
    is_read_in_time(&"Germany's ".repeat(5000));
    let items = row(2000, ", ", |n| format!("{n} Leopard tanks worth $5{n}000"));
    is_read_in_time(&format!("Germany gave Ukraine {items}."));
}

#[test]
fn sums_in_alternating_currencies_do_not_exhaust_the_stack() {
    let sums = row(4000, "; ", |n| format!("{}{n} million", if n % 2 == 0 { '€' } else { '$' }));
    is_read_in_time(&format!("Germany gave Ukraine ({sums}) in military aid."));
}

#[test]
fn stops_without_blanks_are_read_in_time() {
    is_read_in_time(&"U.".repeat(50_000));
    is_read_in_time(&"Aid.".repeat(50_000));
}

#[test]
fn figures_and_dates_beyond_all_bounds_are_no_error() {
    is_read_in_time(
        "Germany gave Ukraine $79228162514264337593543950335 trillion in military aid.",
    );
    is_read_in_time(
        "Germany gave Ukraine about $79228162514264337593543950335 and nearly $1 in aid.",
    );
    is_read_in_time("On 31 February 2022 Germany gave Ukraine $0, -$5 million and $-1 in arms.");
}

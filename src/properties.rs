//! How property tests draw their cases. The same ones in every run, so that no run fails by luck; with
//! `PROPTEST_CASES=1000` others in each run, to search further.

use proptest::test_runner::{Config, RngSeed};

/// For properties of a single value or text.
pub(crate) fn some() -> Config {
    cases(256)
}

/// For properties of a ledger: each case makes dozens of them.
pub(crate) fn few() -> Config {
    cases(24)
}

fn cases(usual: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|number| number.parse().ok());
    let rng_seed = if asked.is_some() { Config::default().rng_seed } else { RngSeed::Fixed(1) };
    Config {
        cases: asked.unwrap_or(usual),
        rng_seed,
        // A failure is worth a minute of looking for the smallest case.
        // Of `u32::MAX` only four steps a case are made.
        max_shrink_iters: 1_000_000,
        max_shrink_time: 60_000,
        ..Config::default()
    }
}

//! The one integration binary; each module says in its names what the program promises.

mod browser;
mod checks;
mod commands;
mod composed;
mod decisions;
mod errors;
mod exports;
mod dead_links;
mod feeds;
mod floors;
mod golden;
mod hostile;
mod hostile_texts;
mod iati;
mod lexicon;
mod lexicon_tables;
mod mutated;
mod own_lexicon;
mod parquet_files;
mod phrases;
mod rates;
mod readme;
mod report;
mod reports;
#[cfg(target_os = "linux")]
mod review;
mod schemas;
mod server;
mod stories;
mod spreadsheets;
mod streams;
mod support;
mod tidy;
mod trade;
mod unsaid;

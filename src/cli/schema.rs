//! `schema`: the shapes of what the program prints and keeps, for those who build on it.

use super::failure::Outcome;
use super::screen::Screen;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::io::Write;

/// Options of `schema`.
#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// Of what
    #[arg(value_enum, default_value = "extraction", value_name = "WHAT")]
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// JSON Schema of a line of `extract --format ndjson`
    Extraction,
    /// JSON Schema of a line of `list --format ndjson`
    Package,
    /// JSON Schema of `list`, `totals`, `log` and `history` with `--format json`
    Table,
    /// The ledger's tables, as SQL
    Ledger,
}

/// Runs `schema`.
pub(super) fn run(args: &SchemaArgs, screen: &mut Screen) -> Result<Outcome> {
    let text = match args.what {
        What::Extraction => include_str!("../../schemas/extraction.schema.json"),
        What::Package => include_str!("../../schemas/package.schema.json"),
        What::Table => include_str!("../../schemas/table.schema.json"),
        What::Ledger => include_str!("../../schema.sql"),
    };
    screen.write_all(text.as_bytes())?;
    Ok(Outcome::Done)
}

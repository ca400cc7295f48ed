//! Makes `rates/ecb.bin` from the European Central Bank's table of all daily reference rates:
//!
//! ```sh
//! unzip -p eurofxref-hist.zip | cargo run --example compact_rates > rates/ecb.bin
//! ```

use aidledger::rates::{pack, read};
use std::collections::BTreeMap;
use std::io::{self, Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let mut table: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for quote in read(&text)?.rates {
        table.entry(quote.currency).or_default().insert(quote.day, quote.rate);
    }
    io::stdout().write_all(&pack(&table))?;
    Ok(())
}

//! What the ledger promises: evidence, an unchangeable history, tables that the journal gives.

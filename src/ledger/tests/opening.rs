//! Opening: what is no ledger, what may not be written, what another process holds.

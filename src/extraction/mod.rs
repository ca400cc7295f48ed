//! extraction.

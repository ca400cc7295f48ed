//! Documents from the web: one request, its limits, and feeds as lists of entries. Knows no ledger
//! and no article; sends nothing but what names the document and the version that is known of it.

mod error;
mod feed;
mod fetch;
mod reach;

pub use error::{BadFeed, WebError};
pub use feed::{Entry, FeedContent, parse_feed};
pub use fetch::{Answer, Fetched, SIZE_LIMIT, Wanted, check, get};
pub use reach::Reach;

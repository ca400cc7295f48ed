//! Whose address a document has: a government's own, a news agency's, or somebody else's.

use super::Lexicon;
use crate::model::{PublisherKind, closed_set};

closed_set! {
    /// Which part of an address a form is looked for in.
    AddressPart {
        /// The host name, its end, or one of its labels.
        Host = "host",
        /// A segment of the path.
        Path = "path",
    }
}

/// A line of `publishers.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublisherLine {
    /// Where the form stands.
    pub part: AddressPart,
    /// The form, in lower case.
    pub form: String,
    /// Whose address it is.
    pub kind: PublisherKind,
}

impl Lexicon {
    /// Who publishes under a web address, where the lexicon knows.
    pub fn publisher_kind(&self, address: &str) -> Option<PublisherKind> {
        let address = address.to_lowercase();
        let (_, rest) = address.split_once("://").unwrap_or(("", &address));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let end_of_host = |form: &str| {
            host.strip_suffix(form).is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        let fits = |line: &&PublisherLine| match line.part {
            AddressPart::Host => {
                end_of_host(&line.form) || host.split('.').any(|label| label == line.form)
            }
            AddressPart::Path => path.split('/').any(|segment| segment == line.form),
        };
        self.publishers.iter().find(fits).map(|line| line.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_whose_release_it_is() {
        let lexicon = Lexicon::builtin();
        let kind = |address| lexicon.publisher_kind(address);
        assert_eq!(kind("https://www.defense.gov/News/Releases/1"), Some(PublisherKind::Official));
        assert_eq!(kind("https://www.mod.gov.xx/en/a"), Some(PublisherKind::Official));
        assert_eq!(kind("https://www.example.org/press-releases/7"), Some(PublisherKind::Official));
        assert_eq!(kind("https://www.reuters.com/world/a"), Some(PublisherKind::Agency));
        assert_eq!(kind("https://governor.example.org/mil/a"), None);
        assert_eq!(kind("no address"), None);
    }
}

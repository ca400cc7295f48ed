//! Who publishes a document, by its address or the name in its head: a government, a news agency, somebody else.

use super::Lexicon;
use crate::model::{PublisherKind, closed_set};

closed_set! {
    /// Where a form is looked for.
    PublisherPart {
        /// The host name, its end, or one of its labels.
        Host = "host",
        /// A segment of the path.
        Path = "path",
        /// The name of a publisher, as whole words.
        Name = "name",
    }
}

/// A line of `publishers.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublisherLine {
    /// Where the form stands.
    pub part: PublisherPart,
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
            PublisherPart::Host => {
                end_of_host(&line.form) || host.split('.').any(|label| label == line.form)
            }
            PublisherPart::Path => path.split('/').any(|segment| segment == line.form),
            PublisherPart::Name => false,
        };
        self.publishers.iter().find(fits).map(|line| line.kind)
    }

    /// Who publishes under a name, where the lexicon knows: "Ministry of Defence of the Republic of Latvia".
    pub fn named_publisher_kind(&self, name: &str) -> Option<PublisherKind> {
        let name: Vec<String> = words_of(name).collect();
        let fits = |line: &&PublisherLine| {
            let form: Vec<String> = words_of(&line.form).collect();
            line.part == PublisherPart::Name && name.windows(form.len()).any(|some| some == form)
        };
        self.publishers.iter().find(fits).map(|line| line.kind)
    }
}

/// The words of a name, in lower case.
fn words_of(name: &str) -> impl Iterator<Item = String> {
    let is_apart = |c: char| !c.is_alphanumeric() && c != '\'';
    name.split(is_apart).filter(|word| !word.is_empty()).map(str::to_lowercase)
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

    #[test]
    fn a_name_tells_whose_release_it_is() {
        let lexicon = Lexicon::builtin();
        let kind = |name| lexicon.named_publisher_kind(name);
        let official = Some(PublisherKind::Official);
        assert_eq!(kind("Ministry of Defence of the Republic of Latvia"), official);
        assert_eq!(kind("Government Offices of Sweden, Ministry of Defence"), official);
        assert_eq!(kind("Rt Hon Christopher Luxon, Prime Minister"), official);
        assert_eq!(kind("Reuters"), Some(PublisherKind::Agency));
        assert_eq!(kind("Baltic Defence Review"), None);
        assert_eq!(kind(""), None);
    }
}

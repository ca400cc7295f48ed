//! A package with the sentences that prove it, and where they were published.

use crate::model::package::PackageSource;
use crate::model::{Amount, Package, Span};

/// A package with what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// The package with its amount as it is stated.
    pub package: Package,
    /// Its amount in the money of the report; `None` where none is stated.
    pub worth: Option<Amount>,
    /// Whether its amount can be in sums: one without a level of prices for its year cannot.
    pub is_summed: bool,
    /// The articles that tell it, each with its sentences.
    pub tellings: Vec<Told>,
    /// The fields that a person put right, in words: what stands there is in no sentence.
    pub amended: Vec<String>,
}

/// What one article says of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The article.
    pub source: PackageSource,
    /// The language of its sentences, as a BCP 47 tag.
    pub language: Option<String>,
    /// Whether a person typed it in.
    pub is_by_hand: bool,
    /// The sentences in their order.
    pub sentences: Vec<Quoted>,
    /// Whether its sentences were left out, since the report is long and another article's is quoted.
    pub is_left_out: bool,
}

/// A sentence as it stands in the article, with the words in it that prove something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The sentence.
    pub text: String,
    /// The words, as bytes of it.
    pub marks: Vec<Span>,
    /// Those of them that state the amount.
    pub amounts: Vec<Span>,
}

/// Keeps the first sentence that states the amount, with that alone marked, or the first sentence of all; of the
/// other articles only where they were published. The one that is quoted comes first.
pub(super) fn keep_amount(tellings: &mut [Told]) {
    let states = |quoted: &Quoted| !quoted.amounts.is_empty();
    let stating = tellings.iter().position(|told| told.sentences.iter().any(states));
    let quoting = || tellings.iter().position(|told| !told.sentences.is_empty());
    let Some(kept) = stating.or_else(quoting) else { return };
    tellings[..=kept].rotate_right(1);
    let Some((quoted, others)) = tellings.split_first_mut() else { return };
    let kept = quoted.sentences.iter().position(states).unwrap_or(0);
    quoted.sentences = quoted.sentences.drain(..).skip(kept).take(1).collect();
    for sentence in quoted.sentences.iter_mut().filter(|one| states(one)) {
        sentence.marks.clone_from(&sentence.amounts);
    }
    for other in others {
        other.sentences.clear();
        other.is_left_out = true;
    }
}

impl Told {
    /// Its web address, where it has one that is safe to follow.
    pub(super) fn address(&self) -> Option<&str> {
        self.source.location.as_deref().filter(|location| is_web_address(location))
    }

    /// Where else it was read, for those who see the report: of a file the name alone, since its folders are
    /// those of whoever made the report.
    pub(super) fn place(&self) -> Option<&str> {
        let location = self.source.location.as_deref().filter(|_| self.address().is_none())?;
        if self.is_by_hand { Some(location) } else { location.rsplit(['/', '\\']).next() }
    }

    /// The host of its web address.
    pub(super) fn host(&self) -> Option<&str> {
        let rest = self.address()?.split_once("://")?.1;
        rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
    }
}

/// Whether a text is a web address that is safe to follow.
pub fn is_web_address(text: &str) -> bool {
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "<>\"'`\\^{|}".contains(c);
    let is_web = ["https://", "http://"].iter().any(|scheme| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    is_web && !text.chars().any(is_odd) && !crate::report::render::clean(text).contains('\u{fffd}')
}

impl Quoted {
    /// The sentence in pieces, each with whether it is one of the words that prove something.
    pub(super) fn pieces(&self) -> Vec<(&str, bool)> {
        let mut marks = self.marks.clone();
        marks.sort_unstable();
        let mut pieces: Vec<(&str, bool)> = Vec::new();
        let mut at = 0;
        for mark in marks {
            let start = mark.start.max(at);
            if let (Some(before), Some(words)) =
                (self.text.get(at..start), self.text.get(start..mark.end.max(start)))
            {
                match pieces.last_mut() {
                    // One right behind another is one with it.
                    Some((last, true)) if before.is_empty() => {
                        let begins = start - last.len();
                        *last = self.text.get(begins..mark.end.max(start)).unwrap_or(last);
                    }
                    _ => pieces.extend([(before, false), (words, true)]),
                }
                at = mark.end.max(start);
            }
        }
        pieces.push((self.text.get(at..).unwrap_or_default(), false));
        pieces.retain(|(words, _)| !words.is_empty());
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_overlap_or_do_not_fit_lose_no_letter_of_the_sentence() {
        let text = "The US gives 5 M777 – now".to_owned();
        let marks = vec![Span::new(13, 19), Span::new(4, 6), Span::new(15, 19), Span::new(20, 21)];
        let quoted = Quoted { text, marks, amounts: Vec::new() };
        let pieces = quoted.pieces();
        assert_eq!(pieces.iter().map(|(words, _)| *words).collect::<String>(), quoted.text);
        assert_eq!(
            pieces,
            [
                ("The ", false),
                ("US", true),
                (" gives ", false),
                ("5 M777", true),
                (" – now", false)
            ]
        );
    }

    fn told(location: &str) -> Told {
        Told {
            source: PackageSource {
                article: String::new(),
                title: None,
                publisher: None,
                published: None,
                location: Some(location.to_owned()),
            },
            language: None,
            is_by_hand: false,
            sentences: Vec::new(),
            is_left_out: false,
        }
    }

    #[test]
    fn of_a_long_report_a_package_keeps_the_words_that_state_its_amount_and_every_source() {
        let text = "The US gives 5 M777 worth $4 million".to_owned();
        let (marks, amounts) = (vec![Span::new(4, 6), Span::new(26, 36)], vec![Span::new(26, 36)]);
        let silent =
            Quoted { text: "It was sent.".to_owned(), marks: Vec::new(), amounts: Vec::new() };
        let stating = Quoted { text, marks, amounts: amounts.clone() };
        let first = Told { sentences: vec![silent.clone()], ..told("https://a.example") };
        let second = Told { sentences: vec![silent, stating], ..told("https://b.example") };
        let mut tellings = vec![first, second];
        super::keep_amount(&mut tellings);
        assert_eq!(tellings[0].host(), Some("b.example"));
        assert_eq!(tellings[0].sentences.len(), 1);
        assert_eq!(tellings[0].sentences[0].marks, amounts);
        assert_eq!(tellings[1].host(), Some("a.example"));
        assert!(tellings[1].is_left_out && tellings[1].sentences.is_empty());
    }

    #[test]
    fn only_a_plain_web_address_is_one_to_follow() {
        assert_eq!(told("https://mod.example/a?b=1").host(), Some("mod.example"));
        for location in [
            "javascript:alert(1)",
            "data:text/html,x",
            "articles/1.txt",
            "https://a b",
            "https://a\"onclick=",
            "https://a\u{202e}b",
            "//mod.example",
            "",
        ] {
            assert_eq!(told(location).address(), None, "{location}");
        }
    }

    #[test]
    fn of_a_file_the_name_is_shown_and_not_the_folders() {
        assert_eq!(told("/home/anna/aid/articles/1.txt").place(), Some("1.txt"));
        assert_eq!(told("C:\\Users\\anna\\1.txt").place(), Some("1.txt"));
        assert_eq!(told("https://mod.example/a").place(), None);
        let by_hand = Told { is_by_hand: true, ..told("phone call, 12/3") };
        assert_eq!(by_hand.place(), Some("phone call, 12/3"));
    }
}

//! The sentence around some words. Where a few are asked for, an article need not be judged line by line.

use super::{SegmentKind, ground, kinds::Ground, sentences, title, trimmed};
use crate::model::{Article, Span};

/// The sentences of an article, cut where they are asked for. They are the segments of [`super::segment`], but
/// for those of lines that are no part of the telling: also these are cut into sentences.
#[derive(Debug)]
pub struct Sentences {
    title: Option<Span>,
    ground: Option<Ground>,
    /// The sentences of the paragraph that was asked for last.
    last: Vec<Span>,
}

impl Sentences {
    /// Of this article.
    pub fn new(article: &Article) -> Self {
        let is_whole = article.text.get(article.body.start..article.body.end).is_some();
        let ground = is_whole.then(|| ground(article));
        Self { title: title(article), ground, last: Vec::new() }
    }

    /// The sentence, heading or row in which the whole of a span stands; `article` is that of which they are.
    pub fn around(&mut self, article: &Article, span: Span) -> Option<Span> {
        let around = |sentences: &[Span]| sentences.iter().copied().find(|one| one.contains(span));
        if let Some(found) = around(&self.last).or_else(|| around(self.title.as_slice())) {
            return Some(found);
        }
        let units = &self.ground.as_ref()?.units;
        let index = units.partition_point(|unit| unit.span.end < span.end);
        self.last.clear();
        units.get(index).filter(|unit| unit.span.start <= span.start)?;
        self.cut(article, index);
        around(&self.last)
    }

    /// Cuts a paragraph into sentences.
    fn cut(&mut self, article: &Article, index: usize) {
        let Some(ground) = &self.ground else { return };
        let text = article.text.as_str();
        let unit = ground.told(text, article.title.as_deref(), index);
        self.last.extend(unit.dateline.map(|dateline| trimmed(text, dateline)));
        match unit.kind {
            SegmentKind::Sentence | SegmentKind::Bullet => {
                sentences::split(text, unit.span, |span| self.last.push(trimmed(text, span)));
            }
            _ => self.last.push(trimmed(text, unit.span)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Hint, read, segment};
    use std::fs;

    #[test]
    fn what_is_told_stands_in_the_same_sentences_as_where_all_are_cut() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/articles");
        let mut count = 0;
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension == "golden") {
                continue;
            }
            let article = read(&fs::read(&path).unwrap(), &Hint::default()).unwrap();
            let mut sentences = Sentences::new(&article);
            for one in segment(&article) {
                if one.kind != SegmentKind::Meta {
                    let found = sentences.around(&article, one.span);
                    assert_eq!(found, Some(one.span), "{}", path.display());
                    count += 1;
                }
            }
        }
        assert!(count > 5000, "{count} segments");
    }

    #[test]
    fn words_that_no_sentence_holds_stand_in_none() {
        let article =
            read(b"Denmark gives 14 tanks. Norway gives 2.\n\nMore follows.", &Hint::default());
        let article = article.unwrap();
        let mut sentences = Sentences::new(&article);
        let mut around = |start, end| {
            sentences.around(&article, Span::new(start, end)).map(|span| span.of(&article.text))
        };
        assert_eq!(around(0, 7), Some("Denmark gives 14 tanks."));
        assert_eq!(around(24, 30), Some("Norway gives 2."));
        assert_eq!(around(14, 30), None);
        assert_eq!(around(30, 45), None);
        assert_eq!(around(41, 45), Some("More follows."));
        assert_eq!(around(900, 901), None);
    }
}

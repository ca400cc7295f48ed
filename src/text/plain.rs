//! Plain text documents: the text is kept byte for byte.

use super::{Hint, header, language};
use crate::model::{Article, DocumentFormat, Source, Span};

/// An article from plain text, without its hash.
pub(super) fn read(text: String, hint: &Hint) -> Article {
    let header = header::read(&text, hint.url);
    let body = Span::new(header.body_start, text.len());
    let language = header.language.or_else(|| language::detect(body.of(&text)));
    Article {
        source: Source {
            path: hint.path.map(str::to_owned),
            url: hint.url.map(str::to_owned).or(header.url),
            ..Source::default()
        },
        format: DocumentFormat::Text,
        sha256: String::new(),
        title: header.title,
        title_span: header.title_span,
        publisher: header.publisher,
        published: header.published,
        language,
        text,
        body,
    }
}

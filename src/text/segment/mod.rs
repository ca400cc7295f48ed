//! An article's title and body as sentences, bullets, headings and rows, in order.
//! Knows the shape of lines and a language's abbreviations; judges no content.

mod around;
mod kinds;
mod layout;
mod lines;
mod marks;
mod sentences;
mod speakers;
mod tail;
mod units;

use crate::model::{Article, Span};
pub use around::Sentences;
use kinds::{Ground, Sorted};

/// What a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SegmentKind {
    /// The headline, also where it stands again in the body.
    Title,
    /// A short line over what follows.
    Heading,
    /// A sentence of running text.
    Sentence,
    /// A sentence of a list's entry, without its mark.
    Bullet,
    /// A row of a table.
    Row,
    /// What is not the article's own telling: dateline, byline, caption, links, legal tail.
    Meta,
}

/// One sentence, heading or row; `span` has no blanks at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Where it stands in the article's text; it may run over line ends.
    pub span: Span,
    /// What it is.
    pub kind: SegmentKind,
    /// The number of the paragraph, list or table that it belongs to; a list shares its number
    /// with the sentence or heading ending in a colon that leads into it.
    pub block: u32,
    /// The number of the entry or row within its block, from 0; `None` outside lists and tables.
    pub entry: Option<u32>,
    /// The label of the speaker (`MR. KIRBY`) of all segments up to the next label.
    pub speaker: Option<Span>,
}

/// Splits an article's title and body into segments: in order, not overlapping, none empty.
pub fn segment(article: &Article) -> Vec<Segment> {
    let text = article.text.as_str();
    let body = article.body;
    if text.get(body.start..body.end).is_none() {
        return Vec::new();
    }
    let mut segments = Vec::new();
    if let Some(span) = title(article) {
        segments.push(Segment {
            span,
            kind: SegmentKind::Title,
            block: 0,
            entry: None,
            speaker: None,
        });
    }
    let sorted = kinds::sort(text, article.title.as_deref(), &ground(article));
    number(text, &sorted, &mut segments);
    for segment in &mut segments {
        segment.span = trimmed(text, segment.span);
    }
    segments.retain(|segment| !segment.span.of(text).is_empty());
    segments
}

/// Where the title stands before the body.
fn title(article: &Article) -> Option<Span> {
    let is_before = |title: &Span| title.end <= article.body.start;
    article.title_span.filter(is_before).filter(|title| !title.of(&article.text).is_empty())
}

/// The units of an article's body, with what decides what they are.
fn ground(article: &Article) -> Ground {
    let text = article.text.as_str();
    let lines = lines::lines(text, article.body);
    let layout = layout::detect(text, &lines);
    Ground::new(text, units::units(text, &lines, layout), layout)
}

/// Marks that were taken off an edge can leave blanks there.
fn trimmed(text: &str, span: Span) -> Span {
    let raw = span.of(text);
    let start = span.start + raw.len() - raw.trim_start().len();
    Span::new(start, start + raw.trim().len())
}

/// Gives the units their blocks and cuts them into sentences.
fn number(text: &str, sorted: &[Sorted], segments: &mut Vec<Segment>) {
    let mut block = 0;
    let mut entry = None;
    let mut speaker = None;
    for (index, unit) in sorted.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| &sorted[index]);
        let listed = unit.is_listed();
        let follows = before.is_some_and(|before| listed && before.is_same_list(unit));
        let led = listed && before.is_some_and(|before| before.leads(text));
        if !follows && !led {
            block += 1;
        }
        entry = match (listed, unit.goes_on) {
            (true, true) => entry,
            (true, false) if follows => entry.map_or(Some(0), |entry| Some(entry + 1)),
            (true, false) => Some(0),
            (false, _) => None,
        };
        speaker = unit.speaker.or(if unit.ends_speech { None } else { speaker });
        let push = |span: Span, kind: SegmentKind| Segment { span, kind, block, entry, speaker };
        if let Some(dateline) = unit.dateline {
            segments.push(Segment { speaker: None, ..push(dateline, SegmentKind::Meta) });
        }
        match unit.kind {
            SegmentKind::Sentence | SegmentKind::Bullet => {
                let from = segments.len();
                sentences::split(text, unit.span, |span| {
                    let credit = kinds::is_credit(span.of(text));
                    segments.push(push(span, if credit { SegmentKind::Meta } else { unit.kind }));
                });
                // The sentence that leads into a list belongs to the list.
                let leads =
                    sorted.get(index + 1).is_some_and(|next| next.is_listed() && unit.leads(text));
                if leads && unit.kind == SegmentKind::Sentence && segments.len() > from + 1 {
                    block += 1;
                    if let Some(last) = segments.last_mut() {
                        last.block = block;
                    }
                }
            }
            SegmentKind::Meta => {
                segments.push(Segment { speaker: None, ..push(unit.span, unit.kind) });
            }
            kind => segments.push(push(unit.span, kind)),
        }
    }
}

#[cfg(test)]
mod tests;

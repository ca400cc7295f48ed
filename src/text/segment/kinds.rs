//! Decides for each unit whether it is title, heading, text, list, or no part of the telling.

use super::SegmentKind;
use super::layout::Layout;
use super::speakers;
use super::tail;
use super::units::{Form, Unit};
use crate::model::Span;
use crate::text::cues::{holds_sentence_end, is_address, line_cue};
use crate::text::dateline::{date_line, dateline, is_time_line, place_line};
use crate::text::header::tidy_title;
use crate::text::published::is_publication_line;
use crate::text::words::Cue;
use std::collections::HashMap;

/// How many units may stand before an event's time of day as its place.
const VENUE_UNITS: usize = 6;
/// How many units at the beginning may have a dateline.
const DATELINE_UNITS: usize = 8;
/// The longest heading, in bytes and words.
const HEADING: (usize, usize) = (120, 14);
/// The longest entry of a list without marks, in bytes.
const ENTRY: usize = 240;

/// A unit that knows what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sorted {
    pub(super) span: Span,
    pub(super) kind: SegmentKind,
    /// The dateline before the unit's text.
    pub(super) dateline: Option<Span>,
    /// The label of the speaker who begins here.
    pub(super) speaker: Option<Span>,
    /// Whether what a speaker said ends here.
    pub(super) ends_speech: bool,
    /// Whether it is a further paragraph of the entry before it.
    pub(super) goes_on: bool,
}

impl Sorted {
    fn sentence(text: &str, unit: &Unit) -> Self {
        Self {
            span: emphasis_cut(text, unit.span),
            kind: SegmentKind::Sentence,
            dateline: None,
            speaker: None,
            ends_speech: false,
            goes_on: unit.goes_on,
        }
    }

    /// Whether it is an entry of a list or a row of a table.
    pub(super) fn is_listed(&self) -> bool {
        matches!(self.kind, SegmentKind::Bullet | SegmentKind::Row)
    }

    /// Whether `next`, directly after it, belongs to the same list.
    pub(super) fn is_same_list(&self, next: &Self) -> bool {
        self.kind == next.kind && self.is_listed()
    }

    /// Whether it ends in a colon, as what leads into a list does.
    pub(super) fn leads(&self, text: &str) -> bool {
        matches!(self.kind, SegmentKind::Sentence | SegmentKind::Heading)
            && self.span.of(text).trim_end_matches(['*', '_', ' ']).ends_with(':')
    }
}

/// What decides what the units of an article are where they are part of its telling.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) units: Vec<Unit>,
    layout: Layout,
    /// How many units at the beginning name the place of an event.
    venue: usize,
    labels: Labels,
}

impl Ground {
    pub(super) fn new(text: &str, units: Vec<Unit>, layout: Layout) -> Self {
        let shouted: Vec<Option<speakers::Label>> =
            units.iter().map(|unit| speakers::label(unit.span.of(text))).collect();
        let venue = venue_end(text, &units, &shouted);
        let labels = Labels::count(text, &units, shouted, venue > 0);
        Self { units, layout, venue, labels }
    }

    /// What a unit is as part of the telling of an article with this title.
    pub(super) fn told(&self, text: &str, title: Option<&str>, index: usize) -> Sorted {
        let unit = &self.units[index];
        let content = unit.span.of(text);
        let mut item = Sorted::sentence(text, unit);
        if title.is_some_and(|title| is_title(content, title)) {
            item.kind = SegmentKind::Title;
        } else if let Some(label) = self.labels.of[index] {
            item.speaker =
                Some(Span::new(unit.span.start + label.start, unit.span.start + label.end));
            item.span.start = unit.span.start + label.text_at;
        } else {
            item.kind = own_kind(content, unit, self.layout, self.labels.transcript);
            cut_dateline(content, index, unit, &mut item);
        }
        item
    }
}

/// Sorts the units of an article.
pub(super) fn sort(text: &str, title: Option<&str>, ground: &Ground) -> Vec<Sorted> {
    let units = &ground.units;
    let tail = tail::start(text, units);
    let mut related = false;
    let mut sorted: Vec<Sorted> = Vec::with_capacity(units.len());
    for (index, unit) in units.iter().enumerate() {
        let content = unit.span.of(text);
        let cue = beside(content);
        related = match cue {
            Some(Cue::Related) => true,
            Some(cue) if cue != Cue::Navigation => false,
            _ => related && (unit.form == Form::Entry || is_short(content)),
        };
        sorted.push(if index >= tail || index < ground.venue || related || cue.is_some() {
            let ends_speech = index >= tail;
            Sorted { kind: SegmentKind::Meta, ends_speech, ..Sorted::sentence(text, unit) }
        } else {
            ground.told(text, title, index)
        });
    }
    list_without_marks(text, units, &mut sorted);
    sorted
}

/// Whether a paragraph is the title again. Few begin as it does: only those are tidied.
fn is_title(content: &str, title: &str) -> bool {
    let first = |text: &str| text.split_whitespace().next().and_then(|word| word.chars().next());
    content.len() < 400
        && (first(content) == first(title) || content.starts_with('\\'))
        && tidy_title(content) == title
}

fn own_kind(content: &str, unit: &Unit, layout: Layout, transcript: bool) -> SegmentKind {
    // What is said in a few words is no heading.
    let said = transcript && !content.starts_with(['#', '*']);
    match unit.form {
        Form::Row => SegmentKind::Row,
        Form::Entry => SegmentKind::Bullet,
        Form::Paragraph if !said && is_heading(content, unit, layout) => SegmentKind::Heading,
        Form::Paragraph => SegmentKind::Sentence,
    }
}

fn cut_dateline(content: &str, index: usize, unit: &Unit, item: &mut Sorted) {
    if index >= DATELINE_UNITS || unit.form != Form::Paragraph {
        return;
    }
    if let Some(found) = dateline(content).filter(|found| found.length > 0) {
        let start = unit.span.start;
        item.dateline = Some(Span::new(start, start + found.length));
        item.span.start = start + found.text_at;
        item.kind = SegmentKind::Sentence;
    }
}

/// The cue of a line that is no part of the telling.
fn beside(content: &str) -> Option<Cue> {
    line_cue(content).or_else(|| {
        let line = !content.contains('\n') && content.len() <= 200;
        let found = line
            && (is_publication_line(content)
                || date_line(content).is_some()
                || place_line(content).is_some()
                || is_time_line(content)
                || is_address(content));
        found.then_some(Cue::Byline)
    })
}

/// Whether a sentence only names an agency or a source: `(ABC)`, `Source: Agencies`.
pub(super) fn is_credit(sentence: &str) -> bool {
    if sentence.len() > 80 {
        return false;
    }
    let inner = sentence.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let agency = inner.is_some_and(|name| {
        name.len() <= 24 && name.chars().all(|c| c.is_uppercase() || matches!(c, '/' | '-' | ' '))
    });
    agency || (sentence.contains(':') && line_cue(sentence) == Some(Cue::Byline))
}

/// Whether a line is too short for a sentence of the article and has no stop.
fn is_short(content: &str) -> bool {
    content.len() <= 160
        && !content.ends_with(['.', '!', ':', ';', '…', '”', '"'])
        && !holds_sentence_end(content)
}

/// The units that name the place of an event, up to its time of day or its first speaker.
fn venue_end(text: &str, units: &[Unit], labels: &[Option<speakers::Label>]) -> usize {
    let head = &units[..units.len().min(VENUE_UNITS)];
    let begins = |index: usize| {
        is_time_line(units[index].span.of(text))
            || labels[index].is_some_and(|label| !label.doubtful)
    };
    let begin = (0..head.len()).find(|index| begins(*index));
    let Some(end) = begin.or_else(|| labelled_event(labels)) else {
        return 0;
    };
    let named = head[..end].iter().all(|unit| {
        let content = unit.span.of(text);
        content.len() <= 80 && !content.ends_with(['!', '?', ':', ';', ','])
    });
    if named { end } else { 0 }
}

/// Where a transcript without a time of day begins: at the first of several labels.
fn labelled_event(labels: &[Option<speakers::Label>]) -> Option<usize> {
    let several = labels.iter().flatten().take(3).count() == 3;
    labels.iter().take(VENUE_UNITS).position(Option::is_some).filter(|_| several)
}

/// Whether a paragraph is a heading by its shape.
fn is_heading(content: &str, unit: &Unit, layout: Layout) -> bool {
    let marked = content.starts_with('#') || (content.starts_with("**") && content.ends_with("**"));
    if content.len() > HEADING.0 * if marked { 2 } else { 1 } {
        return false;
    }
    let plain = content.trim_matches(['*', '_', '#', ' ']);
    let count = plain.split_whitespace().take(HEADING.1 + 1).count();
    if count > HEADING.1 {
        return false;
    }
    if marked && unit.lines <= 3 {
        // A bold sentence is a sentence.
        return !(plain.ends_with(['.', '!', '”', '"']) && count > 5);
    }
    let apart = (unit.gap_before && unit.gap_after) || layout == Layout::Lines;
    let digits = plain.bytes().any(|byte| byte.is_ascii_digit());
    let colon = plain.ends_with(':');
    let quoted = plain.ends_with(['”', '"', '’', '\'', ')']) && plain.starts_with(['“', '"', '(']);
    let begins = plain
        .starts_with(|c: char| !c.is_lowercase() && (c.is_alphanumeric() || "“\"‘$€£".contains(c)));
    unit.lines == 1
        && apart
        && begins
        && !quoted
        && !plain.ends_with(['.', ',', ';', '!', '…', '—', '–', '-'])
        && !(plain.ends_with(['”', '"'])
            && plain.trim_end_matches(['”', '"']).ends_with(['.', ',', '!', '?']))
        && !holds_sentence_end(plain)
        && !(colon && (digits || count > 6))
}

/// A span without the emphasis or heading marks around it.
fn emphasis_cut(text: &str, span: Span) -> Span {
    let content = span.of(text);
    let mark = |c: char| c.is_whitespace() || matches!(c, '#' | '*' | '_' | '>');
    let start = content.trim_start_matches(mark);
    let inner = start.trim_end_matches(|c| c != '>' && mark(c));
    if inner.is_empty() {
        return span;
    }
    let begin = span.end - start.len();
    Span::new(begin, begin + inner.len())
}

/// Lines below a colon that are entries though no mark stands before them.
fn list_without_marks(text: &str, units: &[Unit], sorted: &mut [Sorted]) {
    let mut index = 1;
    while index < sorted.len() {
        if !sorted[index - 1].leads(text) || sorted[index].kind == SegmentKind::Bullet {
            index += 1;
            continue;
        }
        let (mut end, mut parted) = (index, false);
        while let Some(unit) = units.get(end).filter(|unit| unit.form == Form::Paragraph) {
            let content = unit.span.of(text);
            let plain = matches!(sorted[end].kind, SegmentKind::Sentence | SegmentKind::Heading);
            let semicolon = content.ends_with([';', ',']);
            let stop = content.ends_with(['.', '!', '?', ':', '”', '"']);
            let speech = sorted[end].speaker.is_some() || sorted[end].dateline.is_some();
            if !plain
                || speech
                || content.len() > ENTRY
                || (stop && !parted)
                || content.ends_with(':')
            {
                break;
            }
            end += 1;
            parted |= semicolon;
            if stop || (parted && !semicolon && !content.ends_with(char::is_alphabetic)) {
                break;
            }
        }
        if end >= index + 2 {
            sorted[index..end].iter_mut().for_each(|item| item.kind = SegmentKind::Bullet);
        }
        index = end.max(index + 1);
    }
}

/// The labels of speakers that a document uses.
#[derive(Debug)]
struct Labels {
    transcript: bool,
    /// With which each unit begins.
    of: Vec<Option<speakers::Label>>,
}

impl Labels {
    /// `labels`: with which the units begin, of those that are written in capitals.
    fn count(
        text: &str,
        units: &[Unit],
        labels: Vec<Option<speakers::Label>>,
        event: bool,
    ) -> Self {
        let mut shouted = 0;
        let mut recurring: HashMap<&str, usize> = HashMap::new();
        let mut found = Vec::with_capacity(units.len());
        for (unit, label) in units.iter().zip(labels) {
            let content = unit.span.of(text);
            let label = label.map(|label| (label, None));
            let named = |label: speakers::Label| (label, Some(&content[label.start..label.end]));
            let label = label.or_else(|| speakers::name(content).map(named));
            let label = label.filter(|_| unit.form == Form::Paragraph);
            match label {
                Some((_, Some(name))) => *recurring.entry(name).or_insert(0) += 1,
                Some((_, None)) => shouted += 1,
                None => {}
            }
            found.push(label);
        }
        let transcript = shouted >= 2 || (event && shouted > 0);
        // A name alone is a label only where it recurs.
        let holds = |name: Option<&str>| match name {
            Some(name) => recurring.get(name).is_some_and(|count| *count >= 3),
            None => transcript,
        };
        let kept = |(label, name): (speakers::Label, Option<&str>)| holds(name).then_some(label);
        Self { transcript, of: found.into_iter().map(|found| found.and_then(kept)).collect() }
    }
}
